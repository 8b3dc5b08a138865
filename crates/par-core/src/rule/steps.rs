//! A table of steps over a count or over the ratio b / a.

use super::inputs::Given;
use super::working::{Bound, Ratio, Working};
use super::{Award, ratio, read_points};
use crate::framework::document::Table;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::problem::ProblemKind;

/// Steps from the highest; the first whose `min` is reached gives its points.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// The steps, `min` falling; the last begins at 0.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Lower bound, inclusive: a count, or a ratio such as 0.95.
    pub min: Decimal,
    /// Points it earns.
    pub points: Points,
}

impl Steps {
    /// `highest` bounds the steps' `min`: a ratio above 1 is a percent written without its sign.
    pub(super) fn read(table: &Table<'_, '_>, places: u8, highest: i128) -> Option<Steps> {
        table.require("steps")?;
        let mut steps = Vec::new();
        for row in table.tables("steps") {
            let min = row.decimal("min").filter(|min| is_between(&row, *min, highest));
            let step = min.zip(read_points(&row, "points", places));
            row.finish();
            steps.push(step.map(|(min, points)| Step { min, points }));
        }
        let steps = steps.into_iter().collect::<Option<Vec<Step>>>()?;
        if steps.windows(2).any(|pair| pair[0].min <= pair[1].min) {
            return table.fault("steps", ProblemKind::StepsOutOfOrder("steps".to_owned()));
        }
        if steps.last().is_none_or(|step| step.min.units() != 0) {
            return table.fault("steps", ProblemKind::StepsOpenBelow("steps".to_owned()));
        }
        Some(Steps { steps })
    }

    pub(super) fn reaches(&self) -> Points {
        self.steps.iter().map(|step| step.points).max().unwrap_or_default()
    }

    pub(super) fn gives(&self, points: Points) -> bool {
        self.steps.iter().any(|step| step.points == points)
    }

    pub(super) fn award_count(&self, given: &mut Given<'_>) -> Option<Award<'_>> {
        let count = given.count("n")?;
        let (step, bound) = self.reached(&Exact::whole(count));
        Some(Award { points: step.points, working: Working::Count(count, bound) })
    }

    pub(super) fn award_ratio(&self, given: &mut Given<'_>) -> Option<Award<'_>> {
        let (a, b) = ratio::parts(given)?;
        let Some(share) = ratio::share(a, b) else {
            return Some(Award { points: Points::ZERO, working: Working::Empty(false) });
        };
        let (step, bound) = self.reached(&share);
        Some(Award { points: step.points, working: Working::Step(Ratio { a, b }, bound) })
    }

    /// The step a value reaches, and what tells it from the others: its own bound or, below all, the
    /// bound it missed.
    fn reached(&self, value: &Exact) -> (&Step, Bound) {
        let reached = self.steps.iter().position(|step| *value >= step.min.exact());
        let at = reached.expect("the last step begins at 0 and inputs are not negative");
        let bound = match at.checked_sub(1) {
            Some(above) if at + 1 == self.steps.len() => Bound::Missed(self.steps[above].min),
            _ => Bound::Reached(self.steps[at].min),
        };
        (&self.steps[at], bound)
    }
}

fn is_between(row: &Table<'_, '_>, min: Decimal, highest: i128) -> bool {
    let fits = min.units() >= 0 && min <= Decimal::new(highest, 0);
    if !fits {
        let kind = ProblemKind::OutOfRange {
            key: "min".to_owned(),
            value: min.to_string(),
            min: "0".to_owned(),
            max: highest.to_string(),
        };
        row.fault::<()>("min", kind);
    }
    fits
}
