//! `parindex analyse`: how firm the standing is, as a text or JSON.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::score::results::Results;
use par_core::words;

use super::{Data, Failure, Outcome, output, source};
use crate::ops::analysis::{self, Analysis, Block, ClassDistance, Settings, Unit};

const EXAMPLES: &str = "Ví dụ:
  parindex analyse 2020                                      năm 2020 trong thư mục dữ liệu
  parindex analyse demo/lai-chau-2020 --draws 10000          một thư mục tệp, 10.000 lượt mô phỏng
  parindex analyse 2020 --draws 2000 --seed 7 --format json  cho chương trình khác; cùng hạt giống, cùng kết quả

Đây là phân tích tham khảo, không phải kết quả chính thức.";

/// Phân tích độ vững của kết quả: khoảng thứ hạng, khoảng cách tới xếp loại khác, tiêu chí quyết định thứ hạng
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Analyse {
    /// Năm trong thư mục dữ liệu, thư mục tệp của năm, hoặc thư mục dữ liệu
    #[arg(value_name = "NĂM|THƯ-MỤC")]
    year_or_path: Option<String>,
    /// Năm, khi thư mục dữ liệu có nhiều năm
    #[arg(long, value_parser = super::source::parse_year)]
    year: Option<u16>,
    /// Số lượt mô phỏng, từ 1 đến 10.000.000
    #[arg(long, value_name = "N", default_value_t = analysis::DRAWS, value_parser = parse_draws,
          allow_negative_numbers = true)]
    draws: u64,
    /// Hạt giống của số ngẫu nhiên, một số nguyên từ 0
    #[arg(long, value_name = "S", default_value_t = analysis::SEED, value_parser = parse_seed,
          allow_negative_numbers = true)]
    seed: u64,
    /// Dạng kết quả
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn parse_draws(text: &str) -> Result<u64, &'static str> {
    let draws = text.parse().ok().filter(|draws| (1..=analysis::MOST_DRAWS).contains(draws));
    draws.ok_or("số lượt mô phỏng là một số nguyên từ 1 đến 10.000.000; viết liền, không có dấu chấm")
}

fn parse_seed(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(
        |_| "hạt giống là một số nguyên từ 0 đến 18.446.744.073.709.551.615; viết liền, không có dấu chấm",
    )
}

impl Analyse {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        let year = match source::year_or_path(self.year_or_path.as_deref(), self.year, data) {
            Ok(year) => year,
            Err(ended) => return ended,
        };
        if self.draws > 100_000 {
            output::progress(format!("mô phỏng {} lượt", Decimal::new(i128::from(self.draws), 0).vi()));
        }
        let settings = Settings { draws: self.draws, seed: self.seed };
        let analysis = analysis::analyse(&Results::of(year), settings);
        output::print(match self.format {
            Format::Text => text(&analysis),
            Format::Json => serde_json::to_string_pretty(&analysis).expect("rows are plain values") + "\n",
        })?;
        Ok(Outcome::Sound)
    }
}

fn text(analysis: &Analysis) -> String {
    let mut text = format!("{}: {}\n", analysis.remark.to_uppercase(), analysis.title);
    if let Some(notice) = &analysis.notice {
        let _ = writeln!(text, "({notice})");
    }
    let Settings { draws, seed } = analysis.settings;
    let _ = writeln!(text, "\n{} lượt mô phỏng, hạt giống {seed}.", Decimal::new(i128::from(draws), 0).vi());
    for sentence in analysis.model.words {
        let _ = writeln!(text, "- {sentence}");
    }
    for sentence in words::analysis::areas(Language::Vi) {
        let _ = writeln!(text, "- {sentence}");
    }
    for block in &analysis.blocks {
        let _ = write!(text, "\n{}\n", block.name);
        if block.units.is_empty() {
            text.push_str("  không có đơn vị nào được xếp hạng\n");
            continue;
        }
        text.push_str(&intervals(block));
        text.push_str("\n  Khoảng cách (điểm)\n");
        text.push_str(&distances(block));
        text.push_str(&pairs(block));
        text.push_str(&areas(block));
        for note in &block.notes {
            let _ = writeln!(text, "  Lưu ý: {}", par_core::text::small(note));
        }
    }
    text
}

fn intervals(block: &Block) -> String {
    let mut table = vec![
        [
            "Hạng",
            "Đơn vị",
            "Chỉ số (%)",
            "Hạng 5–95%",
            "Chỉ số 5–95%",
            "Giữ hạng (%)",
            "Xếp loại",
            "Giữ loại (%)",
            "Còn ý kiến khác",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    table.extend(block.units.iter().map(|unit| {
        let ([best, worst], [low, high]) = (unit.place_interval, unit.index_interval);
        vec![
            unit.place.to_string(),
            unit.unit.clone(),
            unit.index.printed.vi(),
            format!("{best}–{worst}"),
            format!("{}–{}", low.vi(), high.vi()),
            unit.same_place.percent.vi(),
            unit.class.clone().unwrap_or_else(blank),
            unit.same_class.percent.vi(),
            unit.disputed_leaves.to_string(),
        ]
    }));
    output::columns(&table, &[true, false, true, true, true, true, false, true, true])
}

fn distances(block: &Block) -> String {
    let mut table = vec![
        [
            "Hạng",
            "Đơn vị",
            "Để bằng hạng trên",
            "Để lên loại trên",
            "Loại trên",
            "Mất tối đa mà vẫn giữ loại",
            "Loại dưới",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    let class = |distance: &Option<ClassDistance>| {
        distance.as_ref().map_or_else(|| [blank(), blank()], |to| [to.points.printed.vi(), to.class.clone()])
    };
    table.extend(block.units.iter().map(|unit: &Unit| {
        let ([up, above], [down, below]) = (class(&unit.class_above), class(&unit.class_below));
        let level = unit.place_above.as_ref().map_or_else(blank, |above| above.points.printed.vi());
        vec![unit.place.to_string(), unit.unit.clone(), level, up, above, down, below]
    }));
    output::columns(&table, &[true, false, true, true, false, true, false])
}

fn pairs(block: &Block) -> String {
    let mut text = String::from("\n  Thứ hạng phụ thuộc vào từng tiêu chí\n");
    for pair in &block.pairs {
        let gap = format!("{} – {}: cách {} điểm phần trăm", pair.first, pair.second, pair.gap.printed.vi());
        if pair.changes.is_empty() {
            let _ = writeln!(text, "  {gap}; không tiêu chí nào một mình làm thay đổi");
            continue;
        }
        let _ = writeln!(text, "  {gap}");
        for change in &pair.changes {
            let _ = writeln!(
                text,
                "    {} – {} {}: {} → {} ({}): {}",
                change.unit,
                change.code,
                change.name,
                change.from_vi,
                change.to_vi,
                change.said_by,
                change.outcome
            );
        }
    }
    text
}

fn areas(block: &Block) -> String {
    let areas = &block.areas;
    let mut text = String::from("\n  Lĩnh vực\n");
    if !areas.computable {
        let _ = writeln!(text, "  có {} đơn vị, cần ít nhất 3 đơn vị để tính", areas.units);
        return text;
    }
    let mut table = vec![vec![
        "Mã".to_owned(),
        "Lĩnh vực".to_owned(),
        "Tỷ trọng điểm (%)".to_owned(),
        "Phần phương sai (%)".to_owned(),
    ]];
    table[0].extend(areas.areas.iter().map(|area| format!("r với {}", area.code)));
    table.extend(areas.areas.iter().map(|area| {
        let effective = area.effective.as_ref().map_or_else(blank, |share| share.printed.vi());
        let mut row = vec![area.code.clone(), area.name.clone(), area.nominal.printed.vi(), effective];
        row.extend(area.correlations.iter().map(|one| one.pearson.map_or_else(blank, Decimal::vi)));
        row
    }));
    let right: Vec<bool> = (0..table[0].len()).map(|column| column > 1).collect();
    text.push_str(&output::columns(&table, &right));
    let alpha = areas.alpha.as_ref().map_or_else(|| "không tính được".to_owned(), |alpha| alpha.printed.vi());
    let _ = writeln!(
        text,
        "  Độ tin cậy (Cronbach alpha) trên các lĩnh vực {}: {alpha}",
        areas.alpha_areas.join(", ")
    );
    text
}

fn blank() -> String {
    "–".to_owned()
}
