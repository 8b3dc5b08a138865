//! Rechecks a published result table of any province or year: do sums, indices, places, classes
//! and means follow from what is printed, and by which conventions?
//!
//! Must not know: files, the program's own criteria sets, the language of the answer.

pub mod cell;
mod changes;
pub mod checks;
pub mod classes;
pub mod figures;
pub mod finding;
pub mod heading_rows;
pub mod headings;
pub mod layout;
pub mod means;
pub mod numbers;
mod place_column;
pub mod places;
pub mod rows;
mod scales;
mod signs;
pub mod table;
mod wording;

use std::collections::BTreeMap;

use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use checks::Check;
use classes::ClassFit;
use figures::Figures;
use finding::{Finding, Kind, Value};
use headings::{Role, marked};
use means::MeanFit;
use places::PlaceFit;
use rows::Verdict;
use scales::ScaleFit;
use table::{Measure, PrintedMean, Row, Statistic, Table};

/// What the office states beside the table.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Class names with their lower bounds (inclusive), best first; empty to infer them.
    pub classes: Vec<(String, Decimal)>,
    /// Means printed elsewhere, to be reproduced from the table.
    pub means: Vec<(String, Decimal)>,
    /// Scales of units or blocks (by name), or of everything (empty name), where the table has none.
    pub scales: Vec<(String, Decimal)>,
}

/// The result: one verdict a row, what was found, and what fits.
#[derive(Clone, Debug)]
pub struct Recheck {
    /// One entry for each of [`Table::rows`], in the same order.
    pub rows: Vec<RowVerdicts>,
    /// Everything worth saying, in the order of the lines of the file.
    pub findings: Vec<Finding>,
    /// Which checks were made, on how many rows, or why not.
    pub checks: Vec<Check>,
    /// The conventions that reproduce the table.
    pub fits: Fits,
}

/// What was found about each figure of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowVerdicts {
    /// Sum of parts against total.
    pub sum: Verdict,
    /// Total over scale against index.
    pub index: Verdict,
    /// Place against the order of the indices.
    pub place: Verdict,
    /// Class against the index.
    pub class: Verdict,
    /// Change against the indices of both years.
    pub change: Verdict,
}

/// Conventions that reproduce the table.
#[derive(Clone, Debug)]
pub struct Fits {
    /// Every rounding mode with how many indices it reproduces; the chosen one first.
    pub rounding: Vec<RoundingFit>,
    /// Rows with total, scale and index, which the modes were tried on.
    pub rounded_rows: usize,
    /// Order, scope and tie rules.
    pub places: PlaceFit,
    /// Class bounds: one entry for the table, or one a block where blocks differ.
    pub classes: Vec<ClassFit>,
    /// Means, computed and printed.
    pub means: MeanFit,
    /// Scales that the table does not print and its figures imply.
    pub scales: Vec<ScaleFit>,
}

/// How well a rounding mode reproduces the printed indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundingFit {
    /// The mode.
    pub mode: Rounding,
    /// Rows whose index follows from the printed total.
    pub rederived: usize,
    /// Rows whose index follows from an unrounded total only.
    pub explained: usize,
    /// Rows whose index does not follow.
    pub unexplained: usize,
}

impl Recheck {
    /// Whether nothing is left unexplained.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| !finding.is_fault())
    }

    /// Whether anything was compared; a table of which nothing was is not sound, only unread.
    pub fn compared(&self) -> bool {
        self.checks.iter().any(|check| check.made > 0)
    }
}

/// The figures by which units are ranked, classed and averaged: none of units that are not ranked.
fn ranked_only(table: &Table, figures: &[Figures]) -> Vec<Figures> {
    let rows = table.rows.iter().zip(figures);
    rows.map(|(row, own)| if row.unranked { Figures::default() } else { *own }).collect()
}

/// Rechecks a table.
pub fn recheck(table: &Table, options: &Options) -> Recheck {
    let mut findings = Vec::new();
    let (scales, scale_fits) = scales::settle(table, options, &mut findings);
    let rounding = rounding_fits(table, &scales);
    let mode = rounding.first().map_or_else(Rounding::default, |fit| fit.mode);
    let mut verdicts = vec![RowVerdicts::default(); table.rows.len()];
    let figures = figures::settle(table, &scales, mode, &mut verdicts, &mut findings);
    plain_faults(table, &scales, &verdicts, &mut findings);
    odd_parts(table, &verdicts, &mut findings);
    computed_for_missing(&figures, &mut findings);
    layout_notes(table, &mut findings);
    let ranked = ranked_only(table, &figures);
    let places = places::check(table, &ranked, &mut verdicts, &mut findings);
    let classes = classes::check(table, &ranked, options, &mut verdicts, &mut findings);
    let stated = options.means.iter().map(|(name, value)| PrintedMean {
        line: None,
        name: name.clone(),
        statistic: Statistic::Mean,
        value: *value,
        block: None,
    });
    let printed: Vec<PrintedMean> = table.means.iter().cloned().chain(stated).collect();
    let means = means::check(table, &ranked, &printed, &places.excerpts, &mut findings);
    let changes_follow = changes::check(table, &figures, &mut verdicts, &mut findings);
    let checks = checks::of(table, &verdicts, &places, &means, changes_follow);
    findings.sort_by_key(|finding| finding.line.unwrap_or(usize::MAX));
    let rounded_rows = verdicts.iter().filter(|row| row.index != Verdict::Unchecked).count();
    let fits = Fits { rounding, rounded_rows, places, classes, means, scales: scale_fits };
    Recheck { rows: verdicts, findings, checks, fits }
}

/// Tries every mode on every row. The one the table most plausibly used comes first: one of the
/// three "nearest" modes, unless always down or up reproduces nearly every row and more of them.
fn rounding_fits(table: &Table, scales: &[Option<Decimal>]) -> Vec<RoundingFit> {
    let places = table.layout.index_places;
    let mut fits: Vec<RoundingFit> =
        Rounding::ALL.map(|mode| RoundingFit { mode, rederived: 0, explained: 0, unexplained: 0 }).to_vec();
    for (row, scale) in table.rows.iter().zip(scales) {
        let quotient = rows::Quotient::of_total(row, *scale, &table.layout);
        let (Some(quotient), Some(index)) = (quotient, row.index) else { continue };
        for fit in &mut fits {
            match quotient.check(index, places, fit.mode).verdict {
                Verdict::Right => fit.rederived += 1,
                Verdict::Explained => fit.explained += 1,
                Verdict::Wrong | Verdict::Unchecked => fit.unexplained += 1,
            }
        }
    }
    let directed = |fit: &RoundingFit| matches!(fit.mode, Rounding::Down | Rounding::Up);
    fits.sort_by_key(|fit| (directed(fit), fit.unexplained, usize::MAX - fit.rederived));
    let (nearest, rows) = (fits[0], fits[0].rederived + fits[0].explained + fits[0].unexplained);
    let better = |fit: &RoundingFit| {
        directed(fit)
            && fit.rederived > nearest.rederived
            && fit.unexplained <= nearest.unexplained
            && rows - fit.rederived <= (rows / 10).max(1)
    };
    if let Some(at) = (0..fits.len()).filter(|at| better(&fits[*at])).max_by_key(|at| fits[*at].rederived) {
        fits[..=at].rotate_right(1);
    }
    fits
}

/// What is wrong with a row whatever the conventions: missing, doubled, impossible figures.
fn plain_faults(
    table: &Table,
    scales: &[Option<Decimal>],
    verdicts: &[RowVerdicts],
    findings: &mut Vec<Finding>,
) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let some_class = table.rows.iter().any(|row| row.class.is_some());
    let some_place = table.rows.iter().any(|row| row.place.is_some());
    for (at, row) in table.rows.iter().enumerate() {
        let mut fault =
            |kind, said: Option<Value>| findings.push(Finding::of_row(table, at, kind).said(said));
        let line = *first.entry(marked(&row.unit)).or_insert(row.line);
        if line != row.line {
            fault(Kind::DuplicateUnit { line }, Some(Value::Text(row.unit.clone())));
        }
        if row.without_result {
            fault(Kind::WithoutResult, None);
            continue;
        }
        if row.unranked {
            fault(Kind::Unranked, None);
        }
        let by_index = table.layout.measure == Measure::Index;
        let missing = [
            (Role::Index, by_index && row.index.is_none()),
            (Role::Total, table.layout.has_total && row.total.is_none()),
            (Role::Scale, table.layout.has_scale && scales[at].is_none()),
            (Role::Class, some_class && row.class.is_none() && !row.unranked && !row.classless),
            (Role::Place, some_place && row.place.is_none() && !row.unranked && !row.placeless),
        ];
        for (role, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            fault(Kind::Missing { column: role }, None);
        }
        impossible_figures(row, scales[at], verdicts[at], table, &mut fault);
    }
}

/// Parts far above those of all other units, where no sum says that they are right: 70 among figures
/// up to 10 is a decimal sign left out.
fn odd_parts(table: &Table, verdicts: &[RowVerdicts], findings: &mut Vec<Finding>) {
    for (slot, column) in table.layout.parts.iter().enumerate() {
        let mut parts: Vec<(Decimal, usize)> = (0..table.rows.len())
            .filter_map(|at| table.rows[at].parts[slot].map(|part| (part, at)))
            .collect();
        parts.sort();
        let [.., (most, _), (part, at)] = parts.as_slice() else { continue };
        let (least, few) = (parts[0].0, parts.len() < 4);
        // The others must lie close together, or a long column of small figures would have many such.
        let close = least.units() > 0 && most.exact() <= &least.exact() * &Exact::whole(3);
        let far = part.exact() >= &most.exact() * &Exact::whole(5);
        if !few && close && far && verdicts[*at].sum == Verdict::Unchecked {
            let kind = Kind::OddPart { column: column.clone(), most: *most };
            findings.push(Finding::of_row(table, *at, kind).said(Some(Value::Number(*part))));
        }
    }
}

/// Says of a missing index what it would be.
fn computed_for_missing(figures: &[Figures], findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|found| found.kind == Kind::Missing { column: Role::Index }) {
        finding.computed = finding.row.and_then(|row| figures[row].index).map(Value::Number);
    }
}

/// Figures out of range, unless they are already named as wrong.
fn impossible_figures(
    row: &Row,
    scale: Option<Decimal>,
    verdicts: RowVerdicts,
    table: &Table,
    fault: &mut impl FnMut(Kind, Option<Value>),
) {
    let wrong = verdicts.index == Verdict::Wrong || verdicts.sum == Verdict::Wrong;
    let layout = &table.layout;
    for ((part, name), minus) in row.parts.iter().zip(&layout.parts).zip(&layout.minus) {
        // What brings the sum down to the printed total is meant so.
        let meant = *minus || verdicts.sum == Verdict::Right;
        if let Some(part) = part.filter(|part| part.units() < 0 && !meant) {
            fault(Kind::NegativePart { column: name.clone() }, Some(Value::Number(part)));
        }
    }
    if let Some(scale) = scale.filter(|scale| scale.units() <= 0) {
        fault(Kind::ScaleNotPositive, Some(Value::Number(scale)));
        return;
    }
    let by_index = layout.measure == Measure::Index;
    if let Some(index) = row.index.filter(|index| by_index && index.units() < 0 && !wrong) {
        fault(Kind::IndexNegative, Some(Value::Number(index)));
    }
    if layout.has_bonus {
        return;
    }
    if let (Some(total), Some(scale)) = (row.total, scale)
        && total > scale
        && !wrong
    {
        fault(Kind::TotalAboveScale { scale }, Some(Value::Number(total)));
    } else if let Some(index) = row.index.filter(|index| by_index && *index > Decimal::new(100, 0) && !wrong)
    {
        fault(Kind::IndexAboveHundred, Some(Value::Number(index)));
    }
}

fn layout_notes(table: &Table, findings: &mut Vec<Finding>) {
    let line = table.layout.heading_line;
    if !table.layout.mixed_signs.is_empty() {
        let columns = table.layout.mixed_signs.clone();
        findings.push(Finding::of_line(line, Kind::MixedSigns { columns }));
    }
    if let Some((count, first)) = &table.layout.unread_places {
        let note = Finding::of_line(line, Kind::UnreadPlaces { count: *count });
        findings.push(note.said(Some(Value::Text(first.clone()))));
    }
    if !table.layout.unused.is_empty() {
        let columns = table.layout.unused.clone();
        findings.push(Finding::of_line(line, Kind::UnusedColumns { columns }));
    }
}
