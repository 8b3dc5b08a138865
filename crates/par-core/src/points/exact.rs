//! Exact rationals for everything above a leaf: indices, means, changes.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::decimal::Decimal;
use super::rounding::{Rounding, away_from_zero};
use super::share::Share;

/// An exact rational number of any size.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Exact {
    /// `numerator / denominator`.
    ///
    /// # Panics
    /// If `denominator` is 0.
    pub fn ratio(numerator: i128, denominator: i128) -> Exact {
        assert!(denominator != 0, "a denominator is not 0");
        // Brought to lowest terms while still machine numbers, which is several times faster.
        let common = common_divisor(numerator, denominator) * denominator.signum();
        Exact(BigRational::new_raw(BigInt::from(numerator / common), BigInt::from(denominator / common)))
    }

    /// A whole number.
    pub fn whole(value: i128) -> Exact {
        Exact(BigRational::from_integer(BigInt::from(value)))
    }

    /// Zero.
    pub fn zero() -> Exact {
        Exact(BigRational::zero())
    }

    /// `self / other`, or `None` when `other` is zero.
    pub fn checked_div(&self, other: &Exact) -> Option<Exact> {
        if other.0.is_zero() { None } else { Some(Exact(&self.0 / &other.0)) }
    }

    /// Negative, zero or positive as -1, 0, 1.
    pub fn signum(&self) -> i8 {
        match (self.0.is_zero(), self.0.is_positive()) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => -1,
        }
    }

    /// Distance from zero.
    pub fn abs(&self) -> Exact {
        Exact(self.0.abs())
    }

    /// Unweighted mean, or `None` of nothing.
    pub fn mean<'a>(values: impl IntoIterator<Item = &'a Exact>) -> Option<Exact> {
        let mut sum = BigRational::zero();
        let mut count = 0i64;
        for value in values {
            sum += &value.0;
            count += 1;
        }
        (count > 0).then(|| Exact(sum / BigInt::from(count)))
    }

    /// Unweighted mean of the percents of shares, or `None` of nothing.
    ///
    /// Shares of the same maximum are added as integers first, so the cost is that of one addition
    /// a share, with one rational a distinct maximum.
    pub fn mean_percent(shares: impl IntoIterator<Item = Share>) -> Option<Exact> {
        let mut by_maximum: BTreeMap<i64, i128> = BTreeMap::new();
        let mut count = 0i128;
        for share in shares {
            *by_maximum.entry(share.of().millionths()).or_default() +=
                i128::from(share.earned().millionths());
            count += 1;
        }
        if count == 0 {
            return None;
        }
        let sum = by_maximum
            .into_iter()
            .map(|(of, earned)| BigRational::new(BigInt::from(earned), BigInt::from(of)))
            .fold(BigRational::zero(), |sum, part| sum + part);
        Some(Exact(sum * BigInt::from(100) / BigInt::from(count)))
    }

    /// The square root rounded to `places` decimals, a half away from zero; `None` of a negative number.
    ///
    /// # Panics
    /// If the root exceeds 10³⁸.
    pub fn root(&self, places: u8) -> Option<Decimal> {
        if self.0.is_negative() {
            return None;
        }
        // √(n/d) × 10^p ≥ m + ½ exactly when 4 × n × 10^2p ≥ d × (2m + 1)².
        let scaled = self.0.numer() * BigInt::from(10).pow(2 * u32::from(places));
        let whole = (&scaled / self.0.denom()).sqrt();
        let half = &whole + &whole + BigInt::one();
        let up = scaled * BigInt::from(4) >= self.0.denom() * &half * &half;
        let units = if up { whole + BigInt::one() } else { whole };
        Some(Decimal::new(units.to_i128().expect("roots of points and percents are far below 10^38"), places))
    }

    /// Rounds to `places` decimals by `mode`; the only way from a rational to a printed number.
    ///
    /// # Panics
    /// If the rounded value exceeds 10³⁸: inputs are bounded to twelve digits where they are read,
    /// so no point, count or percent comes near.
    pub fn rounded(&self, places: u8, mode: Rounding) -> Decimal {
        let scaled = self.0.numer() * BigInt::from(10).pow(u32::from(places));
        let denominator = self.0.denom();
        let quotient = &scaled / denominator;
        let rest = (&scaled % denominator).abs();
        let to_half = (&rest + &rest).cmp(denominator);
        let odd = (&quotient % BigInt::from(2)) != BigInt::zero();
        let units = if away_from_zero(to_half, rest.is_zero(), odd, mode) {
            if scaled.is_negative() { quotient - BigInt::one() } else { quotient + BigInt::one() }
        } else {
            quotient
        };
        Decimal::new(units.to_i128().expect("printed numbers are far below 10^38"), places)
    }
}

/// The greatest common divisor of two numbers that are not both 0.
fn common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl fmt::Display for Exact {
    /// Lowest terms: `8567/98`, or `7` when whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        Exact(&self.0 + &other.0)
    }
}

impl Sub for &Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        Exact(&self.0 - &other.0)
    }
}

impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        Exact(&self.0 * &other.0)
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact(-&self.0)
    }
}

impl PartialEq<Decimal> for Exact {
    fn eq(&self, other: &Decimal) -> bool {
        *self == other.exact()
    }
}

impl PartialOrd<Decimal> for Exact {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(&other.exact()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_rounded_to_the_nearest_decimal() {
        let rows = [
            (2, 1, 4, 14142),
            (1, 4, 4, 5000),
            (0, 1, 4, 0),
            // 0.00005² = 25 / 10^10: a half is away from zero.
            (25, 10_000_000_000, 4, 1),
            (24, 10_000_000_000, 4, 0),
            (9, 16, 2, 75),
        ];
        for (numerator, denominator, places, units) in rows {
            let root = Exact::ratio(numerator, denominator).root(places).expect("not negative");
            assert_eq!(root.units(), units, "√({numerator}/{denominator})");
        }
        assert_eq!(Exact::whole(-1).root(4), None);
    }
}
