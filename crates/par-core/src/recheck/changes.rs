//! Checks printed changes against the two indices they lie between.
//!
//! Must not know: places, classes, means.

use super::RowVerdicts;
use super::figures::Figures;
use super::finding::{Explanation, Finding, Kind, Value};
use super::rows::Verdict;
use super::table::{Table, at_places};
use crate::points::decimal::Decimal;

/// Checks all changes; `false` where most do not follow from the indices, so that they may be
/// counted otherwise (relative, or of points) and none is judged.
pub(super) fn check(
    table: &Table,
    figures: &[Figures],
    verdicts: &mut [RowVerdicts],
    findings: &mut Vec<Finding>,
) -> bool {
    let falls = table.rows.iter().filter_map(|row| row.change).any(|change| change.units() < 0);
    let judged: Vec<(usize, Decimal, Verdict)> = (0..table.rows.len())
        .filter_map(|at| {
            let (computed, verdict) = judge(table, figures, at, falls)?;
            Some((at, computed, verdict))
        })
        .collect();
    let wrong = judged.iter().filter(|(.., verdict)| *verdict == Verdict::Wrong).count();
    if judged.len() > 1 && wrong * 2 > judged.len() {
        return false;
    }
    for (at, computed, verdict) in judged {
        verdicts[at].change = verdict;
        if verdict == Verdict::Right {
            continue;
        }
        let finding = Finding::of_row(table, at, Kind::Change)
            .said(table.rows[at].change.map(Value::Number))
            .computed(Value::Number(computed));
        findings.push(match verdict {
            Verdict::Explained => finding.explained_by(Explanation::UnroundedIndices),
            _ => finding,
        });
    }
    true
}

/// The change that a row's indices give, and how the printed one compares.
fn judge(table: &Table, figures: &[Figures], at: usize, falls: bool) -> Option<(Decimal, Verdict)> {
    let row = &table.rows[at];
    let (before, change) = (row.before?, row.change?);
    let places = table.layout.index_places.max(before.places()).max(change.places());
    let units = |number: Decimal| at_places(number, places).units();
    let of = |index: Decimal| {
        let change = units(index) - units(before);
        // Where no printed change is negative, they are printed without their sign.
        if falls { change } else { change.abs() }
    };
    let candidates: Vec<i128> = [row.index, figures[at].index].into_iter().flatten().map(of).collect();
    let computed = Decimal::new(*candidates.last()?, places);
    let said = units(change);
    // Both indices and the change are rounded: together they may hide one unit and a half.
    let slack = 10i128.pow(u32::from(places - places.min(change.places()))) * 3 / 2;
    let verdict = if candidates.contains(&said) {
        Verdict::Right
    } else if candidates.iter().any(|computed| (computed - said).abs() <= slack) {
        Verdict::Explained
    } else {
        Verdict::Wrong
    };
    Some((computed, verdict))
}
