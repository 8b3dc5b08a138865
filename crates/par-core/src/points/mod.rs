//! Exact numbers: points, shares of points, rationals, rounding, reading and printing.
//!
//! Must not know: criteria, units, where a number comes from.

pub mod decimal;
pub mod exact;
pub mod read;
pub mod rounding;
pub mod share;

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use decimal::Decimal;
use exact::Exact;
use rounding::{Rounding, divide};

/// Decimal places a [`Points`] can hold.
pub const POINT_PLACES: u8 = 6;
const ONE: i64 = 1_000_000;

/// An exact number of points (điểm), in millionths.
///
/// Range ±9.2 × 10¹² points; sums of a whole country stay far inside it. Never rounded implicitly:
/// the only ways to fewer digits are [`Points::round`] and [`Points::nearest`], which take a named
/// [`Rounding`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

impl Points {
    /// No points.
    pub const ZERO: Points = Points(0);

    /// Points from millionths, the form in which they are stored.
    pub const fn from_millionths(millionths: i64) -> Points {
        Points(millionths)
    }

    /// A whole number of points.
    pub const fn whole(points: i32) -> Points {
        Points(points as i64 * ONE)
    }

    /// The millionths, for storage.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// The rational rounded to `places` decimals (0 to 6) by `mode`; `None` if out of range.
    pub fn nearest(value: &Exact, places: u8, mode: Rounding) -> Option<Points> {
        value.rounded(places, mode).points()
    }

    /// Rounds to `places` decimals (0 to 6) by `mode`.
    pub fn round(self, places: u8, mode: Rounding) -> Points {
        let step = 10i128.pow(u32::from(POINT_PLACES - places));
        let rounded = divide(i128::from(self.0), step, mode) * step;
        Points(i64::try_from(rounded).expect("rounding moves a number by less than one point"))
    }

    /// The same number as a printable decimal with all six places.
    pub fn decimal(self) -> Decimal {
        Decimal::new(i128::from(self.0), POINT_PLACES)
    }

    /// The same number as a rational.
    pub fn exact(self) -> Exact {
        Exact::ratio(i128::from(self.0), i128::from(ONE))
    }

    /// The shortest exact form in Vietnamese notation: `1,25`, `15,5`, `2`.
    pub fn vi(self) -> String {
        self.decimal().trimmed().vi()
    }

    /// With at least two decimals, and more where it needs them: nothing is rounded away.
    pub fn full(self) -> Decimal {
        let mut decimal = self.decimal().trimmed();
        while decimal.places() < 2 {
            decimal = Decimal::new(decimal.units() * 10, decimal.places() + 1);
        }
        decimal
    }

    /// Whether the number needs no more than `places` decimals.
    pub fn fits(self, places: u8) -> bool {
        self.round(places, Rounding::Down) == self
    }
}

impl fmt::Display for Points {
    /// The shortest exact form with a decimal point: `1.25`, `15.5`, `2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().trimmed().fmt(f)
    }
}

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} points")
    }
}

impl Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0 + other.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        self.0 += other.0;
    }
}

impl Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0 - other.0)
    }
}

impl Neg for Points {
    type Output = Points;
    fn neg(self) -> Points {
        Points(-self.0)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(iter: I) -> Points {
        iter.fold(Points::ZERO, Add::add)
    }
}
