//! Points of a part as they were published: what they are made of is not public.
//!
//! The inputs say how much the part could give the unit and how many of the points come from a survey, so
//! that scales and sums follow as from the parts themselves.

use super::Frame;
use super::inputs::{Inputs, Slot};
use crate::framework::document::Table;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::problem::ProblemKind;
use crate::rule::problem::InputProblem;

/// Points that are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Whether they are bonus or penalty points, which stand outside the scale.
    pub adjusts: bool,
}

/// What a part gave a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Points; below 0 for a penalty.
    pub points: Points,
    /// The most the part could give this unit; below 0 for a penalty.
    pub max: Points,
    /// Points among them that come from survey answers.
    pub survey: Points,
}

impl Given {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Given> {
        match table.optional_text("outside_scale").as_deref() {
            None => Some(Given { adjusts: false }),
            Some("yes") => Some(Given { adjusts: true }),
            Some(other) => table.fault(
                "outside_scale",
                ProblemKind::NotAllowed {
                    key: "outside_scale".to_owned(),
                    value: other.to_owned(),
                    allowed: vec!["yes".to_owned()],
                },
            ),
        }
    }

    pub(super) fn slots() -> Vec<Slot> {
        vec![
            Slot::number("points", "Điểm"),
            Slot::number("max", "Điểm tối đa áp dụng"),
            Slot::number("survey", "Trong đó điểm điều tra"),
        ]
    }

    /// What inputs say, held against the part's own maximum.
    ///
    /// # Errors
    /// When they are missing, or more than they can be.
    pub fn part(frame: Frame, inputs: &Inputs) -> Result<Part, InputProblem> {
        let sign = if frame.max < Points::ZERO { -1 } else { 1 };
        let signed = |points: Points| Points::from_millionths(sign * points.millionths());
        let most = signed(frame.max);
        let bounded = |name: &str, most: Points| -> Result<Points, InputProblem> {
            let given: Decimal = inputs.number(name)?;
            let fits = |points: &Points| *points <= most && points.fits(frame.places);
            given.points().filter(fits).ok_or_else(|| InputProblem::OutOfRange {
                name: name.to_owned(),
                min: "0".to_owned(),
                max: most.to_string(),
            })
        };
        let max = bounded("max", most)?;
        let points = bounded("points", max)?;
        let survey = if inputs.has("survey") { bounded("survey", points)? } else { Points::ZERO };
        Ok(Part { points: signed(points), max: signed(max), survey })
    }
}
