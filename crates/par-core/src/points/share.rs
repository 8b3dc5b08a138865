//! Points earned out of a maximum: the exact form of an index or a component index.

use std::cmp::Ordering;

use super::Points;
use super::decimal::Decimal;
use super::exact::Exact;
use super::rounding::{Rounding, divide};

/// Points earned of the points that could be earned; its percent is earned / of × 100.
///
/// Compared by cross-multiplication, so order is exact and costs two integer products.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    earned: Points,
    of: Points,
}

impl Share {
    /// `None` when the maximum is not positive: such a share has no percent.
    pub fn new(earned: Points, of: Points) -> Option<Share> {
        (of > Points::ZERO).then_some(Share { earned, of })
    }

    /// The points earned.
    pub fn earned(self) -> Points {
        self.earned
    }

    /// The maximum.
    pub fn of(self) -> Points {
        self.of
    }

    /// earned / of × 100, exact.
    pub fn percent(self) -> Exact {
        Exact::ratio(i128::from(self.earned.millionths()) * 100, i128::from(self.of.millionths()))
    }

    /// The percent rounded to `places` decimals by `mode`.
    pub fn rounded(self, places: u8, mode: Rounding) -> Decimal {
        let scaled = i128::from(self.earned.millionths()) * 100 * 10i128.pow(u32::from(places));
        Decimal::new(divide(scaled, i128::from(self.of.millionths()), mode), places)
    }

    /// Whether the percent is at least `bound`.
    pub fn reaches(self, bound: Points) -> bool {
        let left = i128::from(self.earned.millionths()) * 100;
        left * 1_000_000 >= i128::from(bound.millionths()) * i128::from(self.of.millionths())
    }
}

impl PartialEq for Share {
    fn eq(&self, other: &Share) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Share {}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Share) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Share) -> Ordering {
        if self.of == other.of {
            return self.earned.cmp(&other.earned);
        }
        let left = i128::from(self.earned.millionths()) * i128::from(other.of.millionths());
        let right = i128::from(other.earned.millionths()) * i128::from(self.of.millionths());
        left.cmp(&right)
    }
}
