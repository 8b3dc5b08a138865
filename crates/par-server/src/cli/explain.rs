//! `parindex explain`: how a figure came about, as an indented text that adds up by hand.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use par_core::score::derive::{Derivation, Part, Said, Value};
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::results::Results;
use par_core::text;
use par_core::words;

use super::{Data, Failure, Outcome, output, source};

const EXAMPLES: &str = "Examples:
  parindex explain \"Sở Nội vụ\" --from demo/lai-chau-2020       the whole index, down to every criterion
  parindex explain SNV 2.1.1 --from demo/lai-chau-2020          one criterion, with every stage's judgement
  parindex explain so-noi-vu 3 --from demo/lai-chau-2020        one area";

/// Explain a unit's index, or the points of one area, criterion or component.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Explain {
    /// The unit: code, name or address part.
    unit: String,
    /// Code of an area, criterion or component; the whole index when left out.
    code: Option<String>,
    /// A folder of year files, or a data folder with a database (default: --data).
    #[arg(long)]
    from: Option<PathBuf>,
    /// The year, when the data folder holds several.
    #[arg(long)]
    year: Option<u16>,
}

impl Explain {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        let Some(year) = source::year(self.from.as_deref(), self.year, data)? else {
            return Ok(Outcome::Problems);
        };
        let results = Results::of(year);
        let unit = find_unit(&results, &self.unit)?;
        let figure = match self.code {
            None => UnitFigure::Index,
            Some(code) if results.year.set_of(unit).find(&code).is_some() => UnitFigure::Node(code),
            Some(code) => {
                let set = results.year.set_of(unit);
                let areas: Vec<&str> = set.areas().map(|(_, node)| node.code.as_str()).collect();
                return Err(Failure::new(format!("«{}» has no criterion {code}", set.name))
                    .hint(format!("codes look like 1.2.3; its areas are {}", areas.join(", "))));
            }
        };
        let mut text = String::new();
        if let Some(notice) = &results.year.notice {
            let _ = writeln!(text, "({notice})\n");
        }
        explain(&results, &results.derive(&Figure::Unit(unit, figure)), 0, "", &mut text);
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
        let hint =
            if close.is_empty() { "`parindex score` lists the units".to_owned() } else { close.join(", ") };
        Failure::new(format!("no unit is called \"{name}\" in {}", results.year.year)).hint(hint)
    })
}

/// Writes a derivation and, below it, the derivations of its parts that belong to the same unit.
fn explain(results: &Results, derivation: &Derivation, depth: usize, note: &str, text: &mut String) {
    let indent = "  ".repeat(depth);
    let (places, mode) = results.print();
    let remark = if note.is_empty() { String::new() } else { format!(" ({note})") };
    let _ = writeln!(text, "{indent}{}: {}{remark}", derivation.title, derivation.value.vi(places, mode));
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
            let mut derivation = results.derive(figure);
            derivation.title.clone_from(&part.label);
            explain(results, &derivation, depth + 1, &part.note, text);
        }
        None => {
            let (places, mode) = results.print();
            let remark = if part.note.is_empty() { String::new() } else { format!(" ({})", part.note) };
            let _ = writeln!(
                text,
                "{}{}: {}{remark}",
                "  ".repeat(depth + 1),
                part.label,
                part.value.vi(places, mode)
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
    let stages: Vec<&str> = same.iter().map(|said| words::stage(said.stage)).collect();
    let last = same.last().expect("chunks are not empty");
    let arrow = if last.binding { "→ " } else { "  " };
    let mut line = format!("{arrow}{}: {}", stages.join(", "), last.points.vi());
    if !last.working.is_empty() {
        let _ = write!(line, " — {}", last.working);
    }
    if let Some(request) = &last.request {
        let known = results.year.reasons.iter().find(|reason| reason.code == request.reason);
        let reason = known.map_or(request.reason.as_str(), |reason| reason.name.as_str());
        let _ = write!(line, "; yêu cầu giải trình: {reason}; {}", words::outcome(request.outcome));
        if let Some(answer) = &request.answer {
            let _ = write!(line, ": «{answer}»");
        }
    }
    line
}
