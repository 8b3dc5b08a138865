//! What a public year folder says of lost points: `losses.csv`, by unit, area and cause.

use std::collections::HashSet;

use super::lost::{Cause, LossGiven};
use super::read::Reader;
use super::{Outcome, Year};
use crate::points::Points;
use crate::problem::{Named, ProblemKind};

/// The file.
pub(super) const FILE: &str = "losses.csv";

/// Its columns.
pub(super) const COLUMNS: [&str; 10] =
    ["unit", "area", "cause", "reason", "cases", "accepted", "partly", "rejected", "none", "points"];

/// The rows in the order of units; `None` where the folder has the requests themselves.
pub(super) fn losses(reader: &mut Reader<'_>, year: &Year) -> Option<Vec<LossGiven>> {
    if !reader.has(FILE) {
        return None;
    }
    let mut losses: Vec<LossGiven> = Vec::new();
    let mut met = HashSet::new();
    for row in reader.rows(FILE, &COLUMNS, &[]) {
        let Some(unit) = year.units.iter().position(|unit| unit.code == row.text("unit")) else {
            reader.unknown(&row, Named::Unit, row.text("unit"));
            continue;
        };
        let area = row.text("area").to_owned();
        let set = year.set_of(unit);
        let is_area = set.find(&area).is_some_and(|node| set.node(node).depth == 1);
        if !area.is_empty() && !is_area {
            row.fault::<()>(&mut reader.problems, ProblemKind::UnknownCode(area));
            continue;
        }
        let Some(cause) = Cause::named(row.text("cause"), row.text("reason")) else {
            let allowed = Cause::WORDS.map(str::to_owned).to_vec();
            let (key, value) = ("cause".to_owned(), row.text("cause").to_owned());
            row.fault::<()>(&mut reader.problems, ProblemKind::NotAllowed { key, value, allowed });
            continue;
        };
        if let Cause::Reason(code) = &cause
            && year.reasons.iter().all(|known| known.code != *code)
        {
            reader.unknown(&row, Named::Reason, code);
        }
        let mut count = |column: &str| row.whole(column, &mut reader.problems).unwrap_or(0) as usize;
        let cases = count("cases");
        let outcomes = Outcome::ALL.map(|outcome| count(outcome.name()));
        let points = row.decimal("points", &mut reader.problems).and_then(|number| number.points());
        if !met.insert((unit, area.clone(), cause.clone())) {
            let value = format!("{} {area} {}", row.text("unit"), row.text("cause"));
            let kind = ProblemKind::Duplicate { value, first: FILE.to_owned() };
            row.fault::<()>(&mut reader.problems, kind);
            continue;
        }
        let points = points.unwrap_or(Points::ZERO);
        losses.push(LossGiven { unit, area, cause, cases, outcomes, points });
    }
    losses.sort_by_key(|one| one.unit);
    Some(losses)
}
