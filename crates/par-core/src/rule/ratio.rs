//! The ratio b / a times the maximum, with an optional floor and target.

use super::inputs::{Given, Slot};
use super::working::{self, Working};
use super::{Award, Frame};
use crate::framework::document::Table;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::problem::ProblemKind;
use crate::rule::problem::InputProblem;

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
        let or = |key: &str, above: i128, otherwise: i128| {
            if table.has(key) { fraction(table, key, above) } else { Some(Decimal::new(otherwise, 0)) }
        };
        let (floor, target) = (or("floor", 0, 0), or("target", 1, 1));
        let empty = if table.has("empty") {
            table.word("empty", &["full", "zero"], |word| match word {
                "full" => Some(Empty::Full),
                "zero" => Some(Empty::Zero),
                _ => None,
            })
        } else {
            Some(Empty::Zero)
        };
        let (floor, target, empty) = (floor?, target?, empty?);
        if floor > target {
            // Between the target and the floor a ratio would earn the maximum and nothing at once.
            let (value, max) = (floor.to_string(), target.to_string());
            let (key, min) = ("floor".to_owned(), "0".to_owned());
            return table.fault("floor", ProblemKind::OutOfRange { key, value, min, max });
        }
        Some(Ratio { floor, target, empty })
    }

    /// The fewest points above 0 that a ratio can earn: those at the floor.
    pub(super) fn least(&self, frame: Frame) -> Points {
        let reached = self.floor.exact().checked_div(&self.target.exact()).expect("a target is above 0");
        frame.round(&(&frame.max.exact() * &reached))
    }

    pub(super) fn award(&self, frame: Frame, given: &mut Given<'_>) -> Option<Award<'_>> {
        let (a, b) = parts(given)?;
        let Some(share) = share(a, b) else {
            let full = self.empty == Empty::Full;
            let points = if full { frame.max } else { Points::ZERO };
            return Some(Award { points, working: Working::Empty(full) });
        };
        let ratio = working::Ratio { a, b };
        if self.floor.units() > 0 && share < self.floor.exact() {
            return Some(Award { points: Points::ZERO, working: Working::BelowFloor(ratio, self.floor) });
        }
        let target = Some(self.target).filter(|target| *target != Decimal::new(1, 0));
        let reached = match target {
            Some(target) => share.checked_div(&target.exact()).expect("a target is above 0"),
            None => share,
        };
        if reached >= Exact::whole(1) {
            return Some(Award { points: frame.max, working: Working::AtTarget(ratio, self.target) });
        }
        let points = frame.round(&(&frame.max.exact() * &reached));
        Some(Award { points, working: Working::Part(frame.max, ratio, target) })
    }
}

pub(super) fn slots() -> Vec<Slot> {
    vec![Slot::number("a", "Tổng số (a)"), Slot::number("b", "Số đạt (b)")]
}

/// The inputs a and b; nothing can be done of what was not to be done.
pub(super) fn parts(given: &mut Given<'_>) -> Option<(Decimal, Decimal)> {
    let (a, b) = (given.number("a"), given.number("b"));
    let (a, b) = (a?, b?);
    if a.units() == 0 && b.units() > 0 { given.fault(InputProblem::PartOfNothing) } else { Some((a, b)) }
}

/// b / a, or `None` when a is 0.
pub(super) fn share(a: Decimal, b: Decimal) -> Option<Exact> {
    // Machine numbers are several times faster, and hold all inputs but those of dozens of decimals.
    let scaled = |one: Decimal, by: Decimal| 10i128.checked_pow(by.places().into())?.checked_mul(one.units());
    match (scaled(b, a), scaled(a, b)) {
        (_, Some(0)) => None,
        (Some(b), Some(a)) => Some(Exact::ratio(b, a)),
        _ => b.exact().checked_div(&a.exact()),
    }
}

/// A ratio parameter between 0 and 1; `above` 1 refuses 0.
pub(super) fn fraction(table: &Table<'_, '_>, key: &str, above: i128) -> Option<Decimal> {
    let number = table.decimal(key)?;
    if number.units() < above || number > Decimal::new(1, 0) {
        return table.fault(
            key,
            ProblemKind::OutOfRange {
                key: key.to_owned(),
                value: number.to_string(),
                min: if above > 0 { "> 0" } else { "0" }.to_owned(),
                max: "1".to_owned(),
            },
        );
    }
    Some(number)
}
