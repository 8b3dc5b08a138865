//! A judgement among allowed steps, for criteria that fit no other rule.

use super::inputs::Given;
use super::working::Working;
use super::{Award, Frame, read_points};
use crate::framework::document::Table;
use crate::points::Points;
use crate::problem::ProblemKind;
use crate::rule::problem::InputProblem;

/// Points that may be given, as multiples of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Points are multiples of this, from 0 to the maximum.
    pub step: Points,
}

impl Judged {
    pub(super) fn read(table: &Table<'_, '_>, max: Points, places: u8) -> Option<Judged> {
        let step = read_points(table, "step", places)?;
        if step <= Points::ZERO || step > max {
            let (value, max) = (step.to_string(), max.to_string());
            let (key, min) = ("step".to_owned(), "> 0".to_owned());
            return table.fault("step", ProblemKind::OutOfRange { key, value, min, max });
        }
        if max.millionths() % step.millionths() != 0 {
            return table.fault("step", ProblemKind::StepDoesNotDivide { step, max });
        }
        Some(Judged { step })
    }

    pub(super) fn award(&self, frame: Frame, given: &mut Given<'_>) -> Option<Award<'_>> {
        let number = given.number("points")?;
        match number.points().filter(|points| *points <= frame.max && self.allows(*points)) {
            Some(points) => Some(Award { points, working: Working::Judged(points) }),
            None => given.fault(InputProblem::NotAStep(number.to_string())),
        }
    }

    /// Whether points are a multiple of the step.
    pub(super) fn allows(&self, points: Points) -> bool {
        points.millionths() % self.step.millionths() == 0
    }
}
