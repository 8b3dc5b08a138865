//! What a recheck finds, as data; sentences are made elsewhere.

use super::headings::Role;
use super::table::{Statistic, Table};
use crate::points::decimal::Decimal;

/// Something worth saying about a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Position in [`Table::rows`], if it is about a unit's row.
    pub row: Option<usize>,
    /// Line of the file, if it is about one.
    pub line: Option<usize>,
    /// What it is.
    pub kind: Kind,
    /// What the table says.
    pub said: Option<Value>,
    /// What it should say, from the other figures.
    pub computed: Option<Value>,
    /// Why the difference is no fault.
    pub explained_by: Option<Explanation>,
    /// The figure most likely to be wrong.
    pub suspect: Option<Suspect>,
}

/// A printed or computed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Points or percent, with the printed places.
    Number(Decimal),
    /// A place in the ranking.
    Place(u32),
    /// A class or a name.
    Text(String),
    /// Classes between which the table does not decide.
    OneOf(Vec<String>),
}

/// What can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The total is not the sum of its parts.
    Sum,
    /// The index is not total / scale × 100.
    Index,
    /// Neither the sum nor the index agrees with the total, but they agree with each other.
    SumAndIndex {
        /// The index that the printed total would give.
        index_from_total: Decimal,
    },
    /// The place does not follow from the indices.
    Place,
    /// The index and the place contradict each other: between its neighbours in place the index
    /// is too high or too low. `said` is the index, `computed` the place it would give.
    OutOfOrder {
        /// The printed place.
        place: u32,
    },
    /// No unit has these places, and no shared place explains it.
    MissingPlaces {
        /// First of them.
        from: u32,
        /// Last of them.
        to: u32,
    },
    /// So many places are left out that the table is an excerpt.
    Excerpt {
        /// Units with a place.
        units: usize,
        /// The last place.
        last: u32,
    },
    /// Places that cannot be read; `said` is the first.
    UnreadPlaces {
        /// How many.
        count: usize,
    },
    /// The table says that the unit has no result.
    WithoutResult,
    /// The table says that the unit is not ranked: its own figures are checked, and nothing else.
    Unranked,
    /// Equal printed indices with different places.
    HiddenTie {
        /// Line of the unit with the same printed index and the place before.
        with: usize,
    },
    /// Equal printed indices, placed against the order of total / scale.
    TieOrder {
        /// Line of the unit that stands before and should not.
        with: usize,
    },
    /// The class contradicts the classes of the other units or the stated bounds.
    Class,
    /// The class follows from the unrounded index only.
    ClassAtBound,
    /// The class contradicts a well-known scale that all other rows follow.
    ClassUnusual {
        /// Lower bounds of that scale.
        bounds: Vec<u8>,
    },
    /// A printed mean that no definition reproduces.
    Mean {
        /// What the table calls it.
        name: String,
    },
    /// A printed extreme or median that the figures do not give.
    Statistic {
        /// What the table calls it.
        name: String,
        /// What it is.
        statistic: Statistic,
    },
    /// The change is not this year's index minus that of the year before.
    Change,
    /// A part far above those of all other units.
    OddPart {
        /// Heading of the part.
        column: String,
        /// The greatest of the others.
        most: Decimal,
    },
    /// The unit stands in the table twice.
    DuplicateUnit {
        /// Line on which it stood first.
        line: usize,
    },
    /// A cell that other rows have filled is empty.
    Missing {
        /// The column.
        column: Role,
    },
    /// An index above 100 %.
    IndexAboveHundred,
    /// An index below zero.
    IndexNegative,
    /// A total above the scale.
    TotalAboveScale {
        /// The scale.
        scale: Decimal,
    },
    /// A scale of zero or less.
    ScaleNotPositive,
    /// A part below zero.
    NegativePart {
        /// Heading of the part.
        column: String,
    },
    /// No scale for this row: its index cannot be checked. `computed` is the scale it implies.
    ScaleUnknown,
    /// The row follows from a scale of its own, smaller than the inferred one; `computed` is it.
    OwnScale,
    /// The block's scale was inferred from its figures.
    ScaleInferred {
        /// Position of the block.
        block: usize,
    },
    /// The running number does not follow the index: it is no place.
    SerialIsNoPlace,
    /// Columns in which decimal comma and decimal point are mixed.
    MixedSigns {
        /// Their headings.
        columns: Vec<String>,
    },
    /// Columns that play no part in the check.
    UnusedColumns {
        /// Their headings.
        columns: Vec<String>,
    },
}

/// Why a difference is no fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// Parts and total were rounded separately.
    RoundingOfParts,
    /// The index was computed from an unrounded total, i.e. from unrounded parts.
    UnroundedTotal,
    /// The unrounded indices differ where the printed ones do not.
    HiddenDecimals,
    /// The mean was computed from unrounded indices.
    UnroundedIndices,
}

/// The figure most likely to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspect {
    /// One of the parts.
    Part,
    /// The total.
    Total,
    /// The scale.
    Scale,
    /// The index.
    Index,
}

impl Kind {
    /// The name used in data files.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Sum => "sum",
            Kind::Index => "index",
            Kind::SumAndIndex { .. } => "sum_and_index",
            Kind::Place => "place",
            Kind::OutOfOrder { .. } => "out_of_order",
            Kind::MissingPlaces { .. } => "missing_places",
            Kind::Excerpt { .. } => "excerpt",
            Kind::UnreadPlaces { .. } => "unread_places",
            Kind::WithoutResult => "without_result",
            Kind::Unranked => "unranked",
            Kind::HiddenTie { .. } => "hidden_tie",
            Kind::TieOrder { .. } => "tie_order",
            Kind::Class => "class",
            Kind::ClassAtBound => "class_at_bound",
            Kind::ClassUnusual { .. } => "class_unusual",
            Kind::Mean { .. } => "mean",
            Kind::Statistic { .. } => "statistic",
            Kind::Change => "change",
            Kind::OddPart { .. } => "odd_part",
            Kind::DuplicateUnit { .. } => "duplicate_unit",
            Kind::Missing { .. } => "missing",
            Kind::IndexAboveHundred => "index_above_100",
            Kind::IndexNegative => "index_negative",
            Kind::TotalAboveScale { .. } => "total_above_scale",
            Kind::ScaleNotPositive => "scale_not_positive",
            Kind::NegativePart { .. } => "negative_part",
            Kind::ScaleUnknown => "scale_unknown",
            Kind::OwnScale => "own_scale",
            Kind::ScaleInferred { .. } => "scale_inferred",
            Kind::SerialIsNoPlace => "serial_is_no_place",
            Kind::MixedSigns { .. } => "mixed_signs",
            Kind::UnusedColumns { .. } => "unused_columns",
        }
    }

    /// Whether it only informs: nothing contradicts anything.
    pub fn is_note(&self) -> bool {
        matches!(
            self,
            Kind::ClassUnusual { .. }
                | Kind::ScaleUnknown
                | Kind::ScaleInferred { .. }
                | Kind::OwnScale
                | Kind::SerialIsNoPlace
                | Kind::Excerpt { .. }
                | Kind::UnreadPlaces { .. }
                | Kind::WithoutResult
                | Kind::Unranked
                | Kind::MixedSigns { .. }
                | Kind::UnusedColumns { .. }
        )
    }
}

impl Explanation {
    /// The name used in data files.
    pub fn name(self) -> &'static str {
        match self {
            Explanation::RoundingOfParts => "rounding_of_parts",
            Explanation::UnroundedTotal => "unrounded_total",
            Explanation::HiddenDecimals => "hidden_decimals",
            Explanation::UnroundedIndices => "unrounded_indices",
        }
    }
}

impl Suspect {
    /// The name used in data files.
    pub fn name(self) -> &'static str {
        match self {
            Suspect::Part => "part",
            Suspect::Total => "total",
            Suspect::Scale => "scale",
            Suspect::Index => "index",
        }
    }
}

impl Finding {
    /// A finding about a unit's row.
    pub(super) fn of_row(table: &Table, row: usize, kind: Kind) -> Finding {
        Finding { row: Some(row), ..Finding::of_line(table.rows[row].line, kind) }
    }

    /// A finding about a line that is no unit's.
    pub(super) fn of_line(line: usize, kind: Kind) -> Finding {
        let line = Some(line);
        Finding { row: None, line, kind, said: None, computed: None, explained_by: None, suspect: None }
    }

    pub(super) fn said(self, said: Option<Value>) -> Finding {
        Finding { said, ..self }
    }

    pub(super) fn computed(self, computed: Value) -> Finding {
        Finding { computed: Some(computed), ..self }
    }

    pub(super) fn explained_by(self, explanation: Explanation) -> Finding {
        Finding { explained_by: Some(explanation), ..self }
    }

    pub(super) fn suspect(self, suspect: Option<Suspect>) -> Finding {
        Finding { suspect, ..self }
    }

    /// Whether something is wrong that nothing explains.
    pub fn is_fault(&self) -> bool {
        self.explained_by.is_none() && !self.kind.is_note()
    }
}
