//! The ratio b / a times the maximum, with an optional floor and target.

use super::inputs::{Inputs, Slot};
use super::{Award, Frame};
use crate::framework::document::Table;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::problem::InputProblem;

/// `max × min(1, (b / a) / target)`, nothing below the floor.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratio {
    /// Below this ratio nothing is earned; 0 for no floor.
    pub floor: Decimal,
    /// The ratio that earns the maximum; 1 for a plain ratio.
    pub target: Decimal,
    /// What a = 0 earns: nothing had to be done.
    pub empty: Empty,
}

/// What a unit earns that had nothing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// The maximum.
    Full,
    /// Nothing.
    Zero,
}

impl Empty {
    /// The word used in criteria sets.
    pub fn name(self) -> &'static str {
        match self {
            Empty::Full => "full",
            Empty::Zero => "zero",
        }
    }
}

impl Ratio {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Ratio> {
        let floor = if table.has("floor") { fraction(table, "floor", 0)? } else { Decimal::new(0, 0) };
        let target = if table.has("target") { fraction(table, "target", 1)? } else { Decimal::new(1, 0) };
        let empty = if table.has("empty") {
            table.word("empty", &["full", "zero"], |word| match word {
                "full" => Some(Empty::Full),
                "zero" => Some(Empty::Zero),
                _ => None,
            })?
        } else {
            Empty::Zero
        };
        Some(Ratio { floor, target, empty })
    }

    pub(super) fn award(&self, frame: Frame, inputs: &Inputs) -> Result<Award, InputProblem> {
        let (a, b) = parts(inputs)?;
        let Some(share) = b.exact().checked_div(&a.exact()) else {
            return Ok(match self.empty {
                Empty::Full => Award {
                    points: frame.max,
                    working: "a = 0: không phát sinh, đạt tối đa".to_owned(),
                },
                Empty::Zero => Award { points: Points::ZERO, working: "a = 0".to_owned() },
            });
        };
        let shown = percent_of(a, b, &share);
        if share < self.floor.exact() {
            let working = format!("{shown} < {}: không tính điểm", percent(&self.floor.exact()));
            return Ok(Award { points: Points::ZERO, working });
        }
        let reached = share.checked_div(&self.target.exact()).expect("a target is above 0");
        if reached >= Exact::whole(1) {
            let working = format!("{shown} ≥ {}: đạt tối đa", percent(&self.target.exact()));
            return Ok(Award { points: frame.max, working });
        }
        let points = frame.round(&(&frame.max.exact() * &reached));
        let over = if self.target == Decimal::new(1, 0) {
            String::new()
        } else {
            format!(" ÷ {}", percent(&self.target.exact()))
        };
        Ok(Award { points, working: format!("{} × {shown}{over}", frame.max.vi()) })
    }
}

pub(super) fn slots() -> Vec<Slot> {
    vec![Slot::number("a", "Tổng số (a)"), Slot::number("b", "Số đạt (b)")]
}

/// The inputs a and b.
pub(super) fn parts(inputs: &Inputs) -> Result<(Decimal, Decimal), InputProblem> {
    Ok((inputs.number("a")?, inputs.number("b")?))
}

/// `2640/2644 (99,85%)`
pub(super) fn percent_of(a: Decimal, b: Decimal, share: &Exact) -> String {
    format!("{}/{} ({})", b.trimmed().vi(), a.trimmed().vi(), percent(share))
}

/// A ratio as a percent with at most two decimals: `95%`, `99,85%`.
pub(super) fn percent(ratio: &Exact) -> String {
    let shown = Rounding::HalfUp.apply(&(ratio * &Exact::whole(100)), 2);
    format!("{}%", shown.trimmed().vi())
}

/// A ratio parameter between 0 and 1; `above` 1 refuses 0.
pub(super) fn fraction(table: &Table<'_, '_>, key: &str, above: i128) -> Option<Decimal> {
    let number = table.decimal(key)?;
    if number.units() < above || number > Decimal::new(1, 0) {
        return table.fault(
            key,
            crate::problem::ProblemKind::OutOfRange {
                key: key.to_owned(),
                value: number.to_string(),
                min: if above > 0 { "> 0" } else { "0" }.to_owned(),
                max: "1".to_owned(),
            },
        );
    }
    Some(number)
}
