//! Checks sums and indices of all rows, names the figure most likely to be wrong, and settles
//! which figures the checks across rows can trust.
//!
//! One wrong digit must be found once: order, classes and means use the figure that the rest of
//! the row supports, so that they do not repeat the same fault.

use super::RowVerdicts;
use super::finding::{Explanation, Finding, Kind, Suspect, Value};
use super::rows::{self, Check, Quotient, Verdict};
use super::table::{Measure, PartsOf, Table};
use crate::points::decimal::Decimal;
use crate::points::rounding::Rounding;

/// The figures of a row that checks across rows use.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// The index, as printed or, where that is wrong, as computed.
    pub index: Option<Decimal>,
    /// Total over scale, when known and in agreement with the index.
    pub quotient: Option<Quotient>,
}

/// Most rows for which the order is asked whether the index or the scale is wrong.
const DOUBTFUL: usize = 50;

/// Checks every row and returns the figures to trust.
pub(super) fn settle(
    table: &Table,
    scales: &[Option<Decimal>],
    mode: Rounding,
    verdicts: &mut [RowVerdicts],
    findings: &mut Vec<Finding>,
) -> Vec<Figures> {
    let usual = usual_scales(table, scales);
    let mut doubtful = Vec::new();
    let mut figures = Vec::with_capacity(table.rows.len());
    for at in 0..table.rows.len() {
        let checks = Checks::of(table, at, scales[at], mode);
        verdicts[at].sum = checks.sum.map_or(Verdict::Unchecked, |check| check.verdict);
        verdicts[at].index = checks.index.map_or(Verdict::Unchecked, |check| check.verdict);
        let outcome = checks.outcome(table, at, scales[at], usual[table.rows[at].block], mode);
        if outcome.index_in_doubt {
            doubtful.push((at, findings.len()));
        }
        findings.extend(outcome.findings);
        figures.push(outcome.figures);
    }
    // Where many rows are wrong their order supports nothing, and asking would cost their square.
    if doubtful.len() > DOUBTFUL {
        doubtful.clear();
    }
    sums_by_order(table, verdicts, findings, &mut figures);
    keep_impossible_out(table, &mut figures);
    for (at, finding) in doubtful {
        if order_supports_printed(table, &figures, at) {
            figures[at] = Figures { index: table.rows[at].index, quotient: None };
            let suspect =
                if verdicts[at].sum == Verdict::Unchecked { Suspect::Total } else { Suspect::Scale };
            let of_index = findings[finding..].iter_mut().find(|finding| finding.kind == Kind::Index);
            of_index.expect("a doubtful index was reported there").suspect = Some(suspect);
        }
    }
    figures
}

/// Where no index tells whether a sum's total or its parts are wrong, the order may: the value that
/// fits between the neighbours in place is taken.
fn sums_by_order(table: &Table, verdicts: &[RowVerdicts], findings: &mut [Finding], figures: &mut [Figures]) {
    let alone = match table.layout.parts_of {
        PartsOf::Total => table.layout.measure == Measure::Points,
        PartsOf::Index => true,
        PartsOf::Neither | PartsOf::Nothing => false,
    };
    let wrong: Vec<usize> =
        (0..verdicts.len()).filter(|at| verdicts[*at].sum == Verdict::Wrong && alone).collect();
    if wrong.len() > DOUBTFUL {
        return;
    }
    for at in wrong {
        let finding = findings.iter_mut().find(|found| found.row == Some(at) && found.kind == Kind::Sum);
        let Some(finding) = finding else { continue };
        let Some(Value::Number(sum)) = finding.computed else { continue };
        let fits = |value: Option<Decimal>| value.is_some_and(|value| fits_order(table, figures, at, value));
        let suspect = if table.layout.parts_of == PartsOf::Index { Suspect::Index } else { Suspect::Total };
        match (fits(table.rows[at].index), fits(Some(sum))) {
            (false, true) => {
                finding.suspect = Some(suspect);
                figures[at].index = Some(sum);
            }
            (true, false) => finding.suspect = Some(Suspect::Part),
            _ => {}
        }
    }
}

/// An index that cannot be is named once; order, classes and means pass it over.
fn keep_impossible_out(table: &Table, figures: &mut [Figures]) {
    if table.layout.measure == Measure::Points {
        return;
    }
    for figures in figures {
        figures.index = figures
            .index
            .filter(|index| index.units() >= 0 && (*index <= Decimal::new(100, 0) || table.layout.has_bonus));
    }
}

/// The scale that at least two thirds of a block's rows share.
fn usual_scales(table: &Table, scales: &[Option<Decimal>]) -> Vec<Option<Decimal>> {
    let mut by_block: Vec<Vec<Decimal>> = vec![Vec::new(); table.blocks.len()];
    for (row, scale) in table.rows.iter().zip(scales) {
        by_block[row.block].extend(*scale);
    }
    let usual = |mut scales: Vec<Decimal>| {
        scales.sort();
        // What two thirds share also stands in the middle.
        let middle = *scales.get(scales.len() / 2)?;
        let shared = scales.iter().filter(|scale| **scale == middle).count();
        (shared * 3 >= scales.len() * 2).then_some(middle)
    };
    by_block.into_iter().map(usual).collect()
}

struct Checks {
    sum: Option<Check>,
    index: Option<Check>,
    quotient: Option<Quotient>,
}

struct Outcome {
    findings: Vec<Finding>,
    figures: Figures,
    /// The index is wrong, and only the order can tell whether it or the scale is.
    index_in_doubt: bool,
}

impl Checks {
    fn of(table: &Table, at: usize, scale: Option<Decimal>, mode: Rounding) -> Checks {
        let row = &table.rows[at];
        let quotient = Quotient::of_total(row, scale, &table.layout);
        let index = row
            .index
            .zip(quotient)
            .map(|(index, quotient)| quotient.check(index, table.layout.index_places, mode));
        Checks { sum: rows::sum(row, &table.layout), index, quotient }
    }

    fn outcome(
        &self,
        table: &Table,
        at: usize,
        scale: Option<Decimal>,
        usual: Option<Decimal>,
        mode: Rounding,
    ) -> Outcome {
        let wrong = |check: Option<Check>| check.filter(|check| check.verdict == Verdict::Wrong);
        // A unit whose index is missing still takes its place in the order.
        let places = table.layout.index_places;
        let computed = || self.quotient.map(|quotient| quotient.index(places, mode));
        let printed = Figures { index: table.rows[at].index.or_else(computed), quotient: self.quotient };
        if let (Some(sum), Some(index)) = (wrong(self.sum), wrong(self.index))
            && let Some(quotient) = index_follows_from_parts(table, at, scale, mode)
        {
            let row = &table.rows[at];
            let kind = Kind::SumAndIndex { index_from_total: index.computed };
            let finding = Finding::of_row(table, at, kind)
                .said(row.total.map(Value::Number))
                .computed(Value::Number(sum.computed))
                .suspect(Some(Suspect::Total));
            let figures = Figures { quotient: Some(quotient), ..printed };
            return Outcome { findings: vec![finding], figures, index_in_doubt: false };
        }
        let mut findings: Vec<Finding> = self.sum_finding(table, at).into_iter().collect();
        let Some(index) = wrong(self.index) else {
            findings.extend(self.index_explained(table, at));
            return Outcome { findings, figures: printed, index_in_doubt: false };
        };
        let usual_fits = usual_scale_fits(table, at, scale, usual, mode);
        let suspect = if usual_fits { Suspect::Scale } else { Suspect::Index };
        findings.push(
            Finding::of_row(table, at, Kind::Index)
                .said(table.rows[at].index.map(Value::Number))
                .computed(Value::Number(index.computed))
                .suspect(Some(suspect)),
        );
        let figures = if usual_fits {
            Figures { quotient: None, ..printed }
        } else {
            Figures { index: Some(index.computed), ..printed }
        };
        Outcome { findings, figures, index_in_doubt: !usual_fits }
    }

    fn sum_finding(&self, table: &Table, at: usize) -> Option<Finding> {
        let check = self.sum.filter(|check| check.verdict != Verdict::Right)?;
        let row = &table.rows[at];
        let said = if table.layout.parts_of == PartsOf::Index { row.index } else { row.total };
        let finding = Finding::of_row(table, at, Kind::Sum)
            .said(said.map(Value::Number))
            .computed(Value::Number(check.computed));
        if check.verdict == Verdict::Explained {
            return Some(finding.explained_by(Explanation::RoundingOfParts));
        }
        let index_agrees = self.index.is_some_and(|index| index.verdict != Verdict::Wrong);
        Some(finding.suspect(index_agrees.then_some(Suspect::Part)))
    }

    fn index_explained(&self, table: &Table, at: usize) -> Option<Finding> {
        let check = self.index.filter(|check| check.verdict == Verdict::Explained)?;
        let finding = Finding::of_row(table, at, Kind::Index)
            .said(table.rows[at].index.map(Value::Number))
            .computed(Value::Number(check.computed));
        Some(finding.explained_by(Explanation::UnroundedTotal))
    }
}

/// Parts over scale, if that gives the printed index: then only the total is wrong.
fn index_follows_from_parts(
    table: &Table,
    at: usize,
    scale: Option<Decimal>,
    mode: Rounding,
) -> Option<Quotient> {
    let row = &table.rows[at];
    let quotient = Quotient::of_parts(row, scale, &table.layout)?;
    let check = quotient.check(row.index?, table.layout.index_places, mode);
    (check.verdict != Verdict::Wrong).then_some(quotient)
}

/// Whether the scale of the rest of the block gives the printed index, and the row's own does not.
fn usual_scale_fits(
    table: &Table,
    at: usize,
    scale: Option<Decimal>,
    usual: Option<Decimal>,
    mode: Rounding,
) -> bool {
    let row = &table.rows[at];
    let quotient = usual
        .filter(|_| usual != scale)
        .and_then(|usual| Quotient::of_total(row, Some(usual), &table.layout));
    let places = table.layout.index_places;
    row.index
        .zip(quotient)
        .is_some_and(|(index, quotient)| quotient.check(index, places, mode).verdict != Verdict::Wrong)
}

/// Whether a wrong index as printed, but not as computed, fits between the neighbours in place.
fn order_supports_printed(table: &Table, figures: &[Figures], at: usize) -> bool {
    let (Some(printed), Some(computed)) = (table.rows[at].index, figures[at].index) else { return false };
    table.rows[at].place.is_some()
        && fits_order(table, figures, at, printed)
        && !fits_order(table, figures, at, computed)
}

/// Whether a value of a row lies between those of its neighbours in place.
fn fits_order(table: &Table, figures: &[Figures], at: usize, value: Decimal) -> bool {
    let row = &table.rows[at];
    let Some(place) = row.place else { return true };
    let mut above: Option<(u32, Decimal)> = None;
    let mut below: Option<(u32, Decimal)> = None;
    for (other, figures) in table.rows.iter().zip(figures).filter(|(other, _)| other.block == row.block) {
        let (Some(other_place), Some(index)) = (other.place, figures.index) else { continue };
        if other_place < place && above.is_none_or(|(nearest, _)| other_place > nearest) {
            above = Some((other_place, index));
        }
        if other_place > place && below.is_none_or(|(nearest, _)| other_place < nearest) {
            below = Some((other_place, index));
        }
    }
    above.is_none_or(|(_, above)| value <= above) && below.is_none_or(|(_, below)| value >= below)
}
