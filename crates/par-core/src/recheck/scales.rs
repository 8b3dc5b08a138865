//! Finds each row's scale: printed, stated, or implied by the figures of its block.
//!
//! Must not know: places, classes, means.

use std::collections::BTreeMap;

use super::Options;
use super::finding::{Finding, Kind, Value};
use super::headings::fold;
use super::rows::{Quotient, Verdict};
use super::table::{Measure, Row, Table};
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;

/// A scale that the figures of a block imply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleFit {
    /// Position of the block.
    pub block: usize,
    /// The scale.
    pub scale: Decimal,
    /// Units it was inferred from.
    pub rows: usize,
    /// Units whose index it reproduces.
    pub fitting: usize,
}

/// The scale of every row; notes where it is inferred or stays unknown.
pub(super) fn settle(
    table: &Table,
    options: &Options,
    findings: &mut Vec<Finding>,
) -> (Vec<Option<Decimal>>, Vec<ScaleFit>) {
    let stated = Stated::of(options);
    let mut scales: Vec<Option<Decimal>> =
        table.rows.iter().map(|row| row.scale.or_else(|| stated.of_row(table, row))).collect();
    let mut fits = Vec::new();
    if !table.layout.has_total || table.layout.measure == Measure::Points {
        return (scales, fits);
    }
    let mut open: Vec<Vec<usize>> = vec![Vec::new(); table.blocks.len()];
    for (at, row) in table.rows.iter().enumerate().filter(|(at, _)| scales[*at].is_none()) {
        if row.without_result {
            continue;
        }
        open[row.block].push(at);
    }
    for (block, rows) in open.into_iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
        let fit = if table.layout.has_scale { None } else { common_scale(table, block, &rows) };
        match fit {
            Some(fit) => {
                rows.iter().for_each(|at| scales[*at] = Some(fit.scale));
                for at in &rows {
                    if let Some(own) = own_scale(table, *at, fit.scale) {
                        scales[*at] = Some(own);
                        let note = Finding::of_row(table, *at, Kind::OwnScale);
                        findings.push(note.computed(Value::Number(own)));
                    }
                }
                let line = table.rows[rows[0]].line;
                findings.push(
                    Finding::of_line(line, Kind::ScaleInferred { block }).computed(Value::Number(fit.scale)),
                );
                fits.push(fit);
            }
            None if table.layout.has_scale => {}
            None => findings.extend(rows.iter().map(|at| unknown(table, *at))),
        }
    }
    (scales, fits)
}

/// Scales stated beside the table, by folded name of unit or block; empty for all.
struct Stated(Vec<(String, Decimal)>);

impl Stated {
    fn of(options: &Options) -> Stated {
        Stated(options.scales.iter().map(|(name, scale)| (fold(name), *scale)).collect())
    }

    fn of_row(&self, table: &Table, row: &Row) -> Option<Decimal> {
        if self.0.is_empty() {
            return None;
        }
        let (unit, block) = (fold(&row.unit), fold(&table.blocks[row.block].name));
        let named = |name: &str| self.0.iter().find(|(stated, _)| stated == name).map(|(_, scale)| *scale);
        named(&unit).or_else(|| named(&block)).or_else(|| named(""))
    }
}

fn unknown(table: &Table, at: usize) -> Finding {
    let finding = Finding::of_row(table, at, Kind::ScaleUnknown);
    match implied(table, at) {
        Some(scale) => finding.computed(Value::Number(scale)),
        None => finding,
    }
}

/// The one scale under which most of the rows follow: of at least three, more than half.
fn common_scale(table: &Table, block: usize, rows: &[usize]) -> Option<ScaleFit> {
    let ranges: Vec<(Exact, Exact)> =
        rows.iter().filter_map(|at| Quotient::scales(&table.rows[*at], &table.layout)).collect();
    let mut candidates: BTreeMap<(u8, i128), usize> = BTreeMap::new();
    for at in rows {
        if let Some(scale) = implied(table, *at) {
            *candidates.entry((scale.places(), scale.units())).or_default() += 1;
        }
    }
    // Only the candidates named most often can fit most rows; few are tried, so large files stay fast.
    let mut tried: Vec<_> = candidates.into_iter().collect();
    tried.sort_by_key(|(key, count)| (usize::MAX - count, *key));
    let fit = |key: (u8, i128)| {
        let scale = Decimal::new(key.1, key.0);
        let exact = scale.exact();
        let fitting = ranges.iter().filter(|(least, most)| *least <= exact && exact <= *most).count();
        ScaleFit { block, scale, rows: rows.len(), fitting }
    };
    let best = tried
        .into_iter()
        .take(10)
        .map(|(key, _)| fit(key))
        .max_by_key(|fit| (fit.fitting, std::cmp::Reverse(fit.scale.places())))?;
    (best.fitting >= 3 && best.fitting * 2 > rows.len()).then_some(best)
}

/// A whole scale below the others' that gives a row's index where theirs does not: some units are
/// judged on fewer points.
fn own_scale(table: &Table, at: usize, common: Decimal) -> Option<Decimal> {
    let row = &table.rows[at];
    let quotient = Quotient::of_total(row, Some(common), &table.layout)?;
    let follows = quotient.check(row.index?, table.layout.index_places, Rounding::HalfUp).verdict;
    let own = implied(table, at).filter(|own| own.places() == 0)?;
    let least = Rounding::Up.apply(&(&common.exact() * &Exact::ratio(1, 2)), 0);
    (follows == Verdict::Wrong && own < common && own >= least).then_some(own)
}

/// The scale with the fewest decimals (at most two) that gives the row's index from its total.
fn implied(table: &Table, at: usize) -> Option<Decimal> {
    let (least, most) = Quotient::scales(&table.rows[at], &table.layout)?;
    (0..=2).find_map(|places| {
        let up = Rounding::Up.apply(&least, places);
        (up.exact() <= most).then_some(up)
    })
}
