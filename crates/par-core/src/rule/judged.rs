//! A judgement among allowed steps, for criteria that fit no other rule.

use super::inputs::Inputs;
use super::working::Working;
use super::{Award, Frame, read_points};
use crate::framework::document::Table;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::problem::{InputProblem, ProblemKind};

/// Points that may be given, as multiples of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Points are multiples of this, from 0 to the maximum.
    pub step: Points,
}

impl Judged {
    pub(super) fn read(table: &Table<'_, '_>, max: Points, places: u8) -> Option<Judged> {
        let step = read_points(table, "step", places)?;
        let divides = step > Points::ZERO && max.millionths() % step.millionths() == 0;
        if !divides {
            return table.fault(
                "step",
                ProblemKind::OutOfRange {
                    key: "step".to_owned(),
                    value: step.to_string(),
                    min: "> 0".to_owned(),
                    max: max.to_string(),
                },
            );
        }
        Some(Judged { step })
    }

    pub(super) fn award(&self, frame: Frame, inputs: &Inputs) -> Result<Award<'_>, InputProblem> {
        let given: Decimal = inputs.number("points")?;
        let allowed = given
            .points()
            .filter(|points| *points <= frame.max && points.millionths() % self.step.millionths() == 0);
        match allowed {
            Some(points) => Ok(Award { points, working: Working::Judged(points) }),
            None => Err(InputProblem::NotAStep(given.to_string())),
        }
    }
}
