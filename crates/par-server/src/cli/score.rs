//! `parindex score`: the standing as a text table, CSV or JSON.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use par_core::score::results::Results;
use par_core::year::write;
use serde::Serialize;

use super::{Failure, Outcome, output, source};
use crate::ops::standing::{self, Mean, Row};

const EXAMPLES: &str = "Ví dụ:
  parindex score demo/lai-chau-2020                      bảng xếp hạng của một thư mục tệp
  parindex score demo/lai-chau-2020 --format csv         cho bảng tính hoặc chương trình khác
  parindex score --data data --year 2020 --format json   kèm giá trị chính xác bên cạnh số in";

/// In kết quả của một năm: thứ hạng, chỉ số, xếp loại, trung bình và thay đổi
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Score {
    /// Thư mục tệp của năm hoặc thư mục dữ liệu; mặc định là --data
    path: Option<PathBuf>,
    /// Năm, khi thư mục dữ liệu có nhiều năm
    #[arg(long)]
    year: Option<u16>,
    /// Dạng kết quả
    ///
    /// csv: mã UTF-8 (không có BOM), cách nhau bằng dấu phẩy, số thập phân ghi dấu chấm, dòng đầu là tên cột; dạng này không đổi giữa các phiên bản.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Csv,
    Json,
}

#[derive(Serialize)]
struct Document<'r> {
    year: u16,
    title: &'r str,
    notice: Option<&'r str>,
    units: Vec<Row>,
    means: Vec<Mean>,
}

impl Score {
    pub(super) fn run(self, data: &super::Data) -> Result<Outcome, Failure> {
        let year = match source::year(self.path.as_deref(), self.year, data) {
            Ok(year) => year,
            Err(ended) => return ended,
        };
        let results = Results::of(year);
        let rows = standing::rows(&results);
        let text = match self.format {
            Format::Text => text(&results, &rows),
            Format::Csv => csv(&rows),
            Format::Json => {
                let document = Document {
                    year: results.year.year,
                    title: &results.year.title,
                    notice: results.year.notice.as_deref(),
                    units: rows,
                    means: standing::means(&results),
                };
                serde_json::to_string_pretty(&document).expect("rows are plain values") + "\n"
            }
        };
        output::print(text)?;
        Ok(Outcome::Sound)
    }
}

fn text(results: &Results, rows: &[Row]) -> String {
    let mut text = format!("{}\n", results.year.title);
    if let Some(notice) = &results.year.notice {
        text.push_str(&format!("({notice})\n"));
    }
    for block in &results.year.blocks {
        text.push_str(&format!("\n{}\n", block.name));
        let headings = [
            "STT",
            "Đơn vị",
            "Thẩm định",
            "Điều tra",
            "Tổng điểm",
            "Thang điểm",
            "Chỉ số (%)",
            "Xếp loại",
            "So với năm trước",
        ];
        let mut table = vec![headings.map(str::to_owned).to_vec()];
        table.extend(rows.iter().filter(|row| row.block == block.id).map(|row| {
            let blank = || "–".to_owned();
            vec![
                row.place.map_or_else(blank, |place| place.to_string()),
                row.unit.clone(),
                row.appraisal.printed.vi(),
                row.survey.printed.vi(),
                row.total.printed.vi(),
                row.scale.printed.vi(),
                row.index.as_ref().map_or_else(blank, |index| index.printed.vi()),
                row.class.clone().unwrap_or_else(blank),
                row.change.as_ref().map_or_else(blank, |change| change.printed.vi_signed()),
            ]
        }));
        text.push_str(&output::columns(&table, &[true, false, true, true, true, true, true, false, true]));
    }
    text.push_str("\nChỉ số trung bình (%) và thay đổi so với năm trước (điểm phần trăm)\n");
    let means: Vec<Vec<String>> = standing::means(results)
        .into_iter()
        .map(|mean| {
            let blank = || "–".to_owned();
            vec![
                mean.name,
                mean.mean.map_or_else(blank, |mean| mean.printed.vi()),
                mean.change.map_or_else(blank, |change| change.printed.vi_signed()),
            ]
        })
        .collect();
    text.push_str(&output::columns(&means, &[false, true, true]));
    text
}

fn csv(rows: &[Row]) -> String {
    let headings = ["block", "place", "unit", "appraisal", "survey", "total", "scale", "index", "class"];
    let rows = rows.iter().map(|row| {
        vec![
            row.block.clone(),
            row.place.map_or_else(String::new, |place| place.to_string()),
            row.unit.clone(),
            row.appraisal.printed.to_string(),
            row.survey.printed.to_string(),
            row.total.printed.to_string(),
            row.scale.printed.to_string(),
            row.index.as_ref().map_or_else(String::new, |index| index.printed.to_string()),
            row.class.clone().unwrap_or_default(),
        ]
    });
    write::csv(&headings, &rows.collect::<Vec<_>>())
}
