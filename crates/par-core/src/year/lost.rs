//! Why points were lost, and what a public year says of it in place of the single requests.
//!
//! Must not know: how points are summed.

use crate::points::Points;
use crate::year::Outcome;

/// Why points were lost at a leaf of a unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The appraisers asked for an explanation, the last time with this reason code, and gave fewer
    /// points than the unit gave itself; fewer than the maximum where the unit does not score itself.
    Reason(String),
    /// Fewer points than the unit gave itself, without a request for explanation.
    Unexplained,
    /// The unit did not claim them itself.
    Unclaimed,
    /// Survey answers gave less than the maximum.
    Survey,
    /// No binding score exists yet: the leaf counts as 0 until it is judged.
    Unscored,
    /// Scored by the appraisers or taken from an index of others, without a request for explanation.
    Appraised,
}

/// The causes that are no reason of a request, with the words used in files.
const WORDS: [(&str, Cause); 5] = [
    ("unexplained", Cause::Unexplained),
    ("unclaimed", Cause::Unclaimed),
    ("survey", Cause::Survey),
    ("unscored", Cause::Unscored),
    ("appraised", Cause::Appraised),
];

/// The word of a reason.
const REASON: &str = "reason";

impl Cause {
    /// The words used in files.
    pub const WORDS: [&str; 6] = [REASON, WORDS[0].0, WORDS[1].0, WORDS[2].0, WORDS[3].0, WORDS[4].0];

    /// The word used in files, and the reason's code.
    pub fn word(&self) -> (&'static str, &str) {
        match self {
            Cause::Reason(code) => (REASON, code),
            other => (WORDS.iter().find(|(_, cause)| cause == other).map_or(REASON, |(word, _)| word), ""),
        }
    }

    /// The cause with that word; a reason is named by its code.
    pub fn named(word: &str, reason: &str) -> Option<Cause> {
        if word == REASON {
            return (!reason.is_empty()).then(|| Cause::Reason(reason.to_owned()));
        }
        WORDS.iter().find(|(known, _)| *known == word).map(|(_, cause)| cause.clone())
    }
}

/// What a public year says of a unit's losses in an area for one cause: sums, where the single cases and
/// the requests themselves are not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossGiven {
    /// Position of the unit; a list of them is in the order of units.
    pub unit: usize,
    /// Code of the area in the unit's set; empty where areas are not published.
    pub area: String,
    /// The cause.
    pub cause: Cause,
    /// Requests with this reason; for other causes the leaves at which points were lost.
    pub cases: usize,
    /// What became of the requests, in the order of [`Outcome::ALL`]; nothing for other causes.
    pub outcomes: [usize; Outcome::ALL.len()],
    /// Points lost, exact.
    pub points: Points,
}
