//! What a check of a text finds, as data; sentences are made elsewhere.

use crate::points::decimal::Decimal;
use crate::score::figure::Figure;
use crate::score::results::{Measure, Scope};

/// Something in the text that the data or the text itself contradicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
}

/// A place that stays the same whatever the page breaks.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Place {
    /// The nearest heading above; empty before the first.
    pub heading: String,
    /// Paragraphs and rows below that heading, from 1; 0 is the heading itself.
    pub paragraph: usize,
    /// Line of the file, where it has lines.
    pub line: Option<usize>,
    /// Whether it is in a footnote.
    pub note: bool,
    /// The sentence around it, shortened when long.
    pub sentence: String,
}

/// A number that was not compared with the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchecked {
    /// Where.
    pub place: Place,
    /// The number as written.
    pub said: String,
}

/// A number in a text and what it is said about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// A unit's index or component index, percent.
    Percent(usize, Measure),
    /// A unit's change against the year before, percentage points.
    Change(usize, Measure),
    /// A mean, percent.
    Mean(Scope, Measure),
    /// Change of a mean, percentage points.
    MeanChange(Scope, Measure),
    /// A unit's scale, of the index or of a node, points.
    Scale(usize, Measure),
    /// A unit's points.
    Points(usize, Points),
    /// A unit's place in its ranking list.
    Place(usize),
    /// A count of the survey.
    Survey(Sheets),
    /// How many criteria an area has.
    Criteria(Measure),
}

/// Which points of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Points {
    /// Appraisal points.
    Appraisal,
    /// Survey points.
    Survey,
    /// Their sum.
    Total,
}

/// Which count of the survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheets {
    /// Sheets handed out.
    Issued,
    /// Sheets that came back.
    Collected,
    /// Sheets accepted.
    Accepted,
    /// Sheets refused.
    Rejected,
    /// Sheets that never came back.
    NotReturned,
    /// Form types.
    Forms,
    /// Sheets that came back in percent of those handed out.
    ReturnRate,
}

/// Which units are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Those whose figure rose.
    Up,
    /// Those whose figure fell.
    Down,
    /// Those above a mark.
    Above(Decimal),
    /// Those at a mark or above.
    AtLeast(Decimal),
    /// Those below a mark.
    Below(Decimal),
    /// Those at a mark or below.
    AtMost(Decimal),
    /// Those from the first mark to below the second.
    Between(Decimal, Decimal),
    /// Those of a class.
    Class(String),
    /// Those of a class the year before.
    ClassBefore(String),
    /// How many more (positive) or fewer units have the class than the year before.
    ClassChange(String),
}

/// What carries a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A table or picture by its caption.
    Caption,
}

/// Which end of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    /// The highest value.
    Highest,
    /// The lowest value.
    Lowest,
    /// The greatest rise.
    Rise,
    /// The greatest fall.
    Fall,
}

/// What can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number that the data contradict; `data` is `None` where the data have no such figure.
    Value {
        /// What the number is said about.
        of: Of,
        /// What the text says.
        said: Decimal,
        /// What the data say, with as many decimals.
        data: Option<Decimal>,
    },
    /// A count of units.
    Count {
        /// Which units.
        selection: Selection,
        /// Among which.
        scope: Scope,
        /// By which figure.
        measure: Measure,
        /// What the text says.
        said: i64,
        /// What the data say.
        data: i64,
    },
    /// `a/b`: b is not the number of units that have the figure.
    Denominator {
        /// Among which units.
        scope: Scope,
        /// Which figure.
        measure: Measure,
        /// What the text says.
        said: usize,
        /// How many units have the figure.
        data: usize,
    },
    /// `a/b` is right, but for other units than the paragraph speaks of.
    OtherScope {
        /// What the paragraph speaks of.
        scope: Scope,
        /// Of what the count is true.
        fits: Scope,
        /// Which figure.
        measure: Measure,
        /// The denominators written.
        said: Vec<usize>,
        /// How many units of `scope` have the figure.
        data: usize,
    },
    /// Counts over the whole province use different denominators, some of them where a part of the
    /// units is spoken of.
    MixedDenominators {
        /// Each denominator with the number of places.
        denominators: Vec<(usize, usize)>,
    },
    /// A unit is named where units are spoken of to which it does not belong.
    OutOfScope {
        /// The unit.
        unit: usize,
        /// What the sentence speaks of.
        scope: Scope,
    },
    /// Another unit is the highest or lowest.
    Extreme {
        /// Which end.
        extreme: Extreme,
        /// 1 for the first, 2 for the next.
        rank: usize,
        /// Among which units.
        scope: Scope,
        /// By which figure.
        measure: Measure,
        /// The unit named.
        said: usize,
        /// The unit that is.
        data: usize,
        /// Its value.
        value: Decimal,
    },
    /// The units listed are not those counted.
    List {
        /// Which units.
        selection: Selection,
        /// Among which.
        scope: Scope,
        /// By which figure.
        measure: Measure,
        /// Units that belong to the list and are not named.
        missing: Vec<usize>,
        /// Units that are named and do not belong to it.
        extra: Vec<usize>,
    },
    /// The number of units said is not the number of units named.
    ListLength {
        /// The number said.
        said: usize,
        /// The number of names.
        named: usize,
    },
    /// The range of the remaining units.
    Rest {
        /// Among which units.
        scope: Scope,
        /// Which figure.
        measure: Measure,
        /// What the text says.
        said: (Decimal, Decimal),
        /// What the data say.
        data: (Decimal, Decimal),
    },
    /// A class that the data contradict.
    Class {
        /// The unit.
        unit: usize,
        /// What the text says.
        said: String,
        /// What the data say.
        data: Option<String>,
    },
    /// A number in a list or of a heading is missing.
    NumberingGap {
        /// The number written.
        said: String,
        /// The number expected.
        expected: String,
        /// What is numbered.
        of: Numbered,
    },
    /// A number in a list or of a heading stands twice.
    NumberingRepeat {
        /// The number written.
        said: String,
        /// The number expected.
        expected: String,
        /// What is numbered.
        of: Numbered,
    },
    /// Decimal comma and decimal point in one text.
    MixedDecimalSigns {
        /// Numbers with a comma.
        commas: usize,
        /// Numbers with a point.
        points: usize,
        /// The first numbers of the rarer kind.
        rarer: Vec<String>,
    },
    /// Changes in percentage points are written with "%".
    ChangeInPercent {
        /// In how many places.
        places: usize,
    },
    /// A number or name differs from the report composed of the same data, in a line of the same words.
    Differs {
        /// As the text writes it.
        said: String,
        /// As the report writes it.
        data: String,
        /// The figure, where the report has an address for it.
        figure: Option<Figure>,
    },
    /// A name that is almost the name of a unit.
    Misspelt {
        /// As the text writes it.
        said: String,
        /// The unit that is meant.
        unit: usize,
    },
    /// A row's parts do not add up to its total (of a unit the data do not know).
    RowSum {
        /// The total written.
        said: Decimal,
        /// The sum of the parts.
        data: Decimal,
    },
    /// A row's index is not total / scale × 100 (of a unit the data do not know).
    RowIndex {
        /// The index written.
        said: Decimal,
        /// What follows from total and scale.
        data: Decimal,
    },
}

impl Kind {
    /// Whether it is about how a text is written, whatever the data say.
    pub(super) fn is_of_form(&self) -> bool {
        matches!(
            self,
            Kind::NumberingGap { .. }
                | Kind::NumberingRepeat { .. }
                | Kind::MixedDecimalSigns { .. }
                | Kind::ChangeInPercent { .. }
                | Kind::Misspelt { .. }
        )
    }

    /// A short name for tests and data files.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Value { .. } => "value",
            Kind::Count { .. } => "count",
            Kind::Denominator { .. } => "denominator",
            Kind::OtherScope { .. } => "other_scope",
            Kind::MixedDenominators { .. } => "mixed_denominators",
            Kind::OutOfScope { .. } => "out_of_scope",
            Kind::Extreme { .. } => "extreme",
            Kind::List { .. } => "list",
            Kind::ListLength { .. } => "list_length",
            Kind::Rest { .. } => "rest",
            Kind::Class { .. } => "class",
            Kind::NumberingGap { .. } => "numbering_gap",
            Kind::NumberingRepeat { .. } => "numbering_repeat",
            Kind::MixedDecimalSigns { .. } => "mixed_decimal_signs",
            Kind::ChangeInPercent { .. } => "change_in_percent",
            Kind::Differs { .. } => "differs",
            Kind::Misspelt { .. } => "misspelt",
            Kind::RowSum { .. } => "row_sum",
            Kind::RowIndex { .. } => "row_index",
        }
    }
}
