//! Why inputs cannot be scored by a rule. Holds data only.

use crate::points::read::NumberProblem;

/// Why inputs cannot be scored by a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InputProblem {
    /// Not of the form `name=value;name=value`.
    Malformed(String),
    /// The rule needs this input.
    Missing(String),
    /// The rule has no such input.
    Unknown(String),
    /// Not a number.
    Number {
        /// The input.
        name: String,
        /// Why.
        problem: NumberProblem,
    },
    /// A count must be whole.
    NotWhole(String),
    /// Too small or too large.
    OutOfRange {
        /// The input.
        name: String,
        /// Smallest allowed value.
        min: String,
        /// Largest allowed value.
        max: String,
    },
    /// The parts exceed the whole they are counted from.
    PartsExceedWhole,
    /// Something was done although nothing was to be done: a = 0 and b above it.
    PartOfNothing,
    /// An input or an item of a list is given twice.
    Twice(String),
    /// Points that are no allowed step.
    NotAStep(String),
    /// The leaf is scored from the survey, not from inputs.
    FromSurvey,
    /// Nobody expressed an opinion, so there is no mean.
    NoAnswers,
}

impl InputProblem {
    /// All names, in the order of the enum.
    pub const NAMES: [&'static str; 11] = [
        "malformed",
        "missing",
        "unknown",
        "not_a_number",
        "not_whole",
        "out_of_range",
        "parts_exceed_whole",
        "part_of_nothing",
        "not_a_step",
        "from_survey",
        "no_answers",
    ];

    /// A stable name, as cases of a criteria set expect it: `refused = "out_of_range"`.
    pub fn name(&self) -> &'static str {
        match self {
            InputProblem::Malformed(_) | InputProblem::Twice(_) => "malformed",
            InputProblem::Missing(_) => "missing",
            InputProblem::Unknown(_) => "unknown",
            InputProblem::Number { .. } => "not_a_number",
            InputProblem::NotWhole(_) => "not_whole",
            InputProblem::OutOfRange { .. } => "out_of_range",
            InputProblem::PartsExceedWhole => "parts_exceed_whole",
            InputProblem::PartOfNothing => "part_of_nothing",
            InputProblem::NotAStep(_) => "not_a_step",
            InputProblem::FromSurvey => "from_survey",
            InputProblem::NoAnswers => "no_answers",
        }
    }
}
