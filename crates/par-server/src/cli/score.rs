//! `parindex score`: the standing as a text table, CSV or JSON.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use par_core::language::Language;
use par_core::score::results::Results;
use par_core::words;
use par_core::year::status::Status;
use par_core::year::write;
use serde::Serialize;

use super::{Failure, Outcome, output, source};
use crate::ops::standing::{self, Mean, Row, Shown};

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
    #[arg(long, value_parser = super::source::parse_year)]
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
    let adjusted = results.year.has_adjustments();
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
        let mut headings = headings.map(str::to_owned).to_vec();
        headings.splice(
            4..4,
            ["Thưởng", "Trừ", "Vượt khung"].map(str::to_owned).into_iter().filter(|_| adjusted),
        );
        let mut table = vec![headings];
        table.extend(rows.iter().filter(|row| row.block == block.id).map(|row| cells(row, adjusted)));
        let mut right = vec![true, false, true, true, true, true, true, false, true];
        right.splice(4..4, [true; 3].into_iter().filter(|_| adjusted));
        text.push_str(&output::columns(&table, &right));
        let unscored = rows.iter().filter(|row| row.block == block.id && row.unscored > 0).count();
        if unscored > 0 {
            text.push_str(&format!("{unscored} đơn vị chưa chấm xong, nên bảng này là tạm tính.\n"));
        }
        for row in rows.iter().filter(|row| row.block == block.id) {
            if let Some(remark) = &row.remark {
                text.push_str(&format!("{}: {remark}.\n", row.unit));
            }
        }
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

/// A unit's row of the text table.
fn cells(row: &Row, adjusted: bool) -> Vec<String> {
    let blank = || "–".to_owned();
    let printed = |one: &Option<Shown>| one.as_ref().map_or_else(blank, |one| one.printed.vi());
    let mut cells = vec![
        row.place.map_or_else(blank, |place| place.to_string()),
        row.unit.clone(),
        printed(&row.appraisal),
        printed(&row.survey),
        printed(&row.total),
        printed(&row.scale),
        printed(&row.index),
        match row.unscored {
            0 => class(row).unwrap_or_else(blank),
            missing => words::unscored(missing, Language::Vi),
        },
        row.change.as_ref().map_or_else(blank, |change| change.printed.vi_signed()),
    ];
    cells.splice(4..4, adjustments(row).map(printed).into_iter().filter(|_| adjusted));
    cells
}

/// The class, or what stands in its place.
fn class(row: &Row) -> Option<String> {
    let status = row.status.and_then(Status::named);
    let instead = status.and_then(|status| words::instead_of_class(status, Language::Vi));
    instead.map(str::to_owned).or_else(|| row.class.clone())
}

/// Columns that only a year with bonus or penalty points has.
fn adjustments(row: &Row) -> [&Option<Shown>; 3] {
    [&row.bonus, &row.penalty, &row.cut]
}

/// The table as CSV; with columns of bonus and penalty points, of criteria not yet scored and of status
/// where the year has such.
fn csv(rows: &[Row]) -> String {
    let adjusted = rows.iter().any(|row| row.bonus.is_some());
    let waiting = rows.iter().any(|row| row.unscored > 0);
    let printed = |one: &Option<Shown>| one.as_ref().map_or_else(String::new, |one| one.printed.to_string());
    let mut headings =
        vec!["block", "place", "unit", "appraisal", "survey", "total", "scale", "index", "class"];
    headings.splice(5..5, ["bonus", "penalty", "cut"].into_iter().filter(|_| adjusted));
    headings.extend(waiting.then_some("unscored"));
    let says_status = rows.iter().any(|row| row.status.is_some());
    headings.extend(["status", "remark"].into_iter().filter(|_| says_status));
    let rows = rows.iter().map(|row| {
        let mut cells = vec![
            row.block.clone(),
            row.place.map_or_else(String::new, |place| place.to_string()),
            row.unit.clone(),
            printed(&row.appraisal),
            printed(&row.survey),
            printed(&row.total),
            printed(&row.scale),
            printed(&row.index),
            class(row).unwrap_or_default(),
        ];
        cells.splice(5..5, adjustments(row).map(printed).into_iter().filter(|_| adjusted));
        cells.extend(waiting.then(|| row.unscored.to_string()));
        if let Some(status) = row.status {
            cells.extend([status.to_owned(), row.remark.clone().unwrap_or_default()]);
        }
        cells
    });
    write::csv(&headings, &rows.collect::<Vec<_>>())
}
