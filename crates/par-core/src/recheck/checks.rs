//! Which checks of a table were made, on how many rows, and why the others were not.
//!
//! Must not know: what they found.

use super::RowVerdicts;
use super::means::MeanFit;
use super::places::PlaceFit;
use super::rows::Verdict;
use super::table::{Layout, Measure, PartsOf, PlaceColumn, Statistic, Table};

/// One check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub subject: Subject,
    /// Rows (of means: printed values) that were compared.
    pub made: usize,
    /// Rows that the table has for it.
    pub rows: usize,
    /// Why it was not made, or not on all of them.
    pub why_not: Option<WhyNot>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Sum of parts against the total, or the index where that is their sum.
    Sum,
    /// Total over scale against the index.
    Index,
    /// Places against the order.
    Place,
    /// Classes against bounds.
    Class,
    /// Means, extremes and medians.
    Mean,
    /// Changes since the year before.
    Change,
}

/// Why something was not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyNot {
    /// The table has no column for it.
    NotPrinted,
    /// There are no two columns of parts.
    NoParts,
    /// The parts hardly ever add up: they may be weighted.
    PartsDoNotAddUp,
    /// The table has no total.
    NoTotal,
    /// The scale is not known.
    NoScale,
    /// The running number does not follow the index.
    SerialIsNoPlace,
    /// Nothing in the column can be read as a place.
    Unreadable,
    /// Too many different texts to be classes.
    NoClasses,
    /// The table is an excerpt, or a figure that belongs to it is missing or impossible.
    Incomplete,
    /// The index of the year before is not printed.
    NoYearBefore,
    /// Most changes do not follow from the indices: they may be counted otherwise.
    CountedOtherwise,
    /// Cells of single rows are empty.
    EmptyCells,
}

impl Subject {
    /// The name used in data files.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Sum => "sum",
            Subject::Index => "index",
            Subject::Place => "place",
            Subject::Class => "class",
            Subject::Mean => "mean",
            Subject::Change => "change",
        }
    }
}

impl WhyNot {
    /// The name used in data files.
    pub fn name(self) -> &'static str {
        match self {
            WhyNot::NotPrinted => "not_printed",
            WhyNot::NoParts => "no_parts",
            WhyNot::PartsDoNotAddUp => "parts_do_not_add_up",
            WhyNot::NoTotal => "no_total",
            WhyNot::NoScale => "no_scale",
            WhyNot::SerialIsNoPlace => "serial_is_no_place",
            WhyNot::Unreadable => "unreadable",
            WhyNot::NoClasses => "no_classes",
            WhyNot::Incomplete => "incomplete",
            WhyNot::NoYearBefore => "no_year_before",
            WhyNot::CountedOtherwise => "counted_otherwise",
            WhyNot::EmptyCells => "empty_cells",
        }
    }
}

/// All checks, in the order of [`Subject`].
pub(super) fn of(
    table: &Table,
    verdicts: &[RowVerdicts],
    places: &PlaceFit,
    means: &MeanFit,
    changes_follow: bool,
) -> Vec<Check> {
    let layout = &table.layout;
    let rows = table.rows.iter().filter(|row| !row.without_result).count();
    let of_rows = |subject, pick: fn(&RowVerdicts) -> Verdict, none: WhyNot| {
        let made = verdicts.iter().filter(|row| pick(row) != Verdict::Unchecked).count();
        let why_not = if made == 0 { Some(none) } else { (made < rows).then_some(WhyNot::EmptyCells) };
        Check { subject, made, rows, why_not }
    };
    let compared = means.printed.iter().filter(|mean| mean.compared).count();
    let printed = means.printed.iter().filter(|mean| mean.printed.statistic != Statistic::Other).count();
    let no_mean = if printed == 0 { WhyNot::NotPrinted } else { WhyNot::Incomplete };
    vec![
        of_rows(Subject::Sum, |row| row.sum, no_sum(layout)),
        of_rows(Subject::Index, |row| row.index, no_index(layout)),
        of_rows(Subject::Place, |row| row.place, no_place(layout, places)),
        of_rows(
            Subject::Class,
            |row| row.class,
            if layout.has_class { WhyNot::NoClasses } else { WhyNot::NotPrinted },
        ),
        Check {
            subject: Subject::Mean,
            made: compared,
            rows: printed,
            why_not: (compared == 0 || compared < printed).then_some(no_mean),
        },
        of_rows(Subject::Change, |row| row.change, no_change(layout, changes_follow)),
    ]
}

fn no_sum(layout: &Layout) -> WhyNot {
    match layout.parts_of {
        PartsOf::Neither => WhyNot::PartsDoNotAddUp,
        _ if layout.parts.len() < 2 => WhyNot::NoParts,
        _ => WhyNot::NoTotal,
    }
}

fn no_index(layout: &Layout) -> WhyNot {
    match layout.measure {
        Measure::Points => WhyNot::NotPrinted,
        Measure::Index if layout.has_total => WhyNot::NoScale,
        Measure::Index => WhyNot::NoTotal,
    }
}

fn no_place(layout: &Layout, places: &PlaceFit) -> WhyNot {
    match layout.place {
        _ if places.serial_is_no_place => WhyNot::SerialIsNoPlace,
        None => WhyNot::NotPrinted,
        Some(PlaceColumn::Ranks) if layout.unread_places.is_some() => WhyNot::Unreadable,
        Some(_) => WhyNot::EmptyCells,
    }
}

fn no_change(layout: &Layout, follow: bool) -> WhyNot {
    match (layout.has_change, layout.has_before) {
        _ if !follow => WhyNot::CountedOtherwise,
        (true, false) => WhyNot::NoYearBefore,
        (true, true) => WhyNot::EmptyCells,
        (false, _) => WhyNot::NotPrinted,
    }
}
