//! `parindex explain`: how a figure came about, as an indented text that adds up by hand.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use par_core::language::Language;
use par_core::score::derive::{Derivation, Part, Said, Value};
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::results::Results;
use par_core::text;
use par_core::words;

use super::{Data, Failure, Outcome, output, source};

const EXAMPLES: &str = "Ví dụ:
  parindex explain \"Sở Nội vụ\" --from demo/lai-chau-2020   cả chỉ số, đến từng tiêu chí
  parindex explain SNV 2.1.1 --from demo/lai-chau-2020      một tiêu chí, với điểm chấm của từng bước
  parindex explain so-noi-vu 3                              một lĩnh vực, từ thư mục dữ liệu";

/// Diễn giải chỉ số của một đơn vị, hoặc điểm của một lĩnh vực, tiêu chí, tiêu chí thành phần
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Explain {
    /// Đơn vị: mã, tên hoặc phần địa chỉ
    unit: String,
    /// Mã lĩnh vực, tiêu chí hoặc tiêu chí thành phần; bỏ trống để diễn giải cả chỉ số
    code: Option<String>,
    /// Thư mục tệp của năm hoặc thư mục dữ liệu; mặc định là --data
    #[arg(long)]
    from: Option<PathBuf>,
    /// Năm, khi thư mục dữ liệu có nhiều năm
    #[arg(long, value_parser = super::source::parse_year)]
    year: Option<u16>,
}

impl Explain {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        let year = match source::year(self.from.as_deref(), self.year, data) {
            Ok(year) => year,
            Err(ended) => return ended,
        };
        let results = Results::of(year);
        let unit = find_unit(&results, &self.unit)?;
        let figure = match self.code {
            None => UnitFigure::Index,
            Some(code) if results.year.set_of(unit).find(&code).is_some() => UnitFigure::Node(code),
            Some(code) => {
                let set = results.year.set_of(unit);
                let areas: Vec<&str> = set.areas().map(|(_, node)| node.code.as_str()).collect();
                return Err(Failure::usage(format!("«{}» không có mã {code}", set.name))
                    .hint(format!("mã có dạng 1.2.3; các lĩnh vực: {}", areas.join(", "))));
            }
        };
        let mut text = String::new();
        if let Some(notice) = &results.year.notice {
            let _ = writeln!(text, "({notice})\n");
        }
        explain(&results, &results.derive(&Figure::Unit(unit, figure), Language::Vi), 0, "", &mut text);
        output::print(text)?;
        Ok(Outcome::Sound)
    }
}

fn find_unit(results: &Results, name: &str) -> Result<usize, Failure> {
    let folded = text::fold(name);
    let units = &results.year.units;
    let found = results
        .year
        .find_unit(name)
        .or_else(|| units.iter().position(|unit| text::fold(&unit.name) == folded));
    found.ok_or_else(|| {
        let close: Vec<String> = units
            .iter()
            .filter(|unit| {
                text::fold(&unit.name).contains(&folded) || text::fold(&unit.code).contains(&folded)
            })
            .map(|unit| format!("{} ({})", unit.name, unit.code))
            .take(5)
            .collect();
        let hint = if close.is_empty() {
            "xem danh sách đơn vị bằng `parindex score`".to_owned()
        } else {
            close.join(", ")
        };
        Failure::usage(format!("năm {} không có đơn vị «{name}»", results.year.year)).hint(hint)
    })
}

/// Writes a derivation and, below it, the derivations of its parts that belong to the same unit.
fn explain(results: &Results, derivation: &Derivation, depth: usize, note: &str, text: &mut String) {
    let indent = "  ".repeat(depth);
    let (places, mode) = results.print_for(&derivation.figure);
    let remark = if note.is_empty() { String::new() } else { format!(" ({note})") };
    let _ = writeln!(
        text,
        "{indent}{}: {}{remark}",
        derivation.title,
        derivation.value.say(places, mode, Language::Vi)
    );
    if depth == 0 {
        let _ = writeln!(text, "{indent}  {}", derivation.rule);
    }
    let leaf = !derivation.history.is_empty();
    if !derivation.working.is_empty() && !leaf {
        let _ = writeln!(text, "{indent}  = {}", derivation.working);
    }
    for same in derivation.history.chunk_by(says_the_same) {
        let _ = writeln!(text, "{indent}  {}", stage_line(results, same));
    }
    for part in &derivation.parts {
        below(results, derivation, part, depth, text);
    }
}

fn below(results: &Results, above: &Derivation, part: &Part, depth: usize, text: &mut String) {
    let opens = match (&above.figure, &part.figure) {
        (Figure::Unit(unit, _), Some(Figure::Unit(of, _))) if unit == of => part.figure.as_ref(),
        _ => None,
    };
    match opens.filter(|_| part.value != Value::Nothing) {
        Some(figure) => {
            let mut derivation = results.derive(figure, Language::Vi);
            derivation.title.clone_from(&part.label);
            explain(results, &derivation, depth + 1, &part.note, text);
        }
        None => {
            let (places, mode) = results.print_for(part.figure.as_ref().unwrap_or(&above.figure));
            let remark = if part.note.is_empty() { String::new() } else { format!(" ({})", part.note) };
            let _ = writeln!(
                text,
                "{}{}: {}{remark}",
                "  ".repeat(depth + 1),
                part.label,
                part.value.say(places, mode, Language::Vi)
            );
        }
    }
}

/// Stages that repeat the judgement before them share its line, unless an explanation lies between.
fn says_the_same(before: &Said, after: &Said) -> bool {
    before.points == after.points && before.inputs == after.inputs && before.request.is_none()
}

/// `→ thẩm định lần 2, Hội đồng thẩm định: 1,3333 — 1,5 × 8/9 (88,89%)`
fn stage_line(results: &Results, same: &[Said]) -> String {
    let stages: Vec<&str> = same.iter().map(|said| words::stage(said.stage, Language::Vi)).collect();
    let last = same.last().expect("chunks are not empty");
    let arrow = if last.binding { "→ " } else { "  " };
    let mut line = format!("{arrow}{}: {}", stages.join(", "), last.points.vi());
    if !last.working.is_empty() {
        let _ = write!(line, " — {}", last.working);
    }
    if let Some(request) = &last.request {
        let reason = results.year.reason(&request.reason);
        let _ =
            write!(line, "; yêu cầu giải trình: {reason}; {}", words::outcome(request.outcome, Language::Vi));
        if let Some(answer) = &request.answer {
            let _ = write!(line, ": «{answer}»");
        }
    }
    line
}
