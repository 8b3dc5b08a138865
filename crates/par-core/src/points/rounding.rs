//! Named rounding modes; the one place in the program where digits are lost.

use super::decimal::Decimal;
use super::exact::Exact;

/// How a number between two printable ones is rounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Rounding {
    /// Nearest, a half away from zero: 0.125 → 0.13, as Excel's `ROUND` and office practice.
    #[default]
    HalfUp,
    /// Nearest, a half to the even digit: 0.125 → 0.12.
    HalfEven,
    /// Nearest, a half towards zero: 0.125 → 0.12, 0.1251 → 0.13.
    HalfDown,
    /// Towards zero: 0.129 → 0.12.
    Down,
    /// Away from zero: 0.121 → 0.13.
    Up,
}

impl Rounding {
    /// All modes, in the order in which a table is tested against them.
    pub const ALL: [Rounding; 5] =
        [Rounding::HalfUp, Rounding::HalfEven, Rounding::HalfDown, Rounding::Down, Rounding::Up];

    /// The name used in criteria sets and data files.
    pub fn name(self) -> &'static str {
        match self {
            Rounding::HalfUp => "half_up",
            Rounding::HalfEven => "half_even",
            Rounding::HalfDown => "half_down",
            Rounding::Down => "down",
            Rounding::Up => "up",
        }
    }

    /// The mode with that name.
    pub fn named(name: &str) -> Option<Rounding> {
        Rounding::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// Rounds an exact number to `places` decimals.
    pub fn apply(self, value: &Exact, places: u8) -> Decimal {
        value.rounded(places, self)
    }
}

/// `numerator / denominator` as the neighbouring integer that `mode` names.
///
/// # Panics
/// If `denominator` is 0.
pub(crate) fn divide(numerator: i128, denominator: i128, mode: Rounding) -> i128 {
    let (numerator, denominator) =
        if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
    // Almost all numbers fit the machine's own division, which is several times faster.
    let (quotient, rest) = match (i64::try_from(numerator), i64::try_from(denominator)) {
        (Ok(small), Ok(by)) => (i128::from(small / by), i128::from(small % by)),
        _ => (numerator / denominator, numerator % denominator),
    };
    let rest = rest.abs();
    if away_from_zero(rest.cmp(&(denominator - rest)), rest == 0, quotient % 2 != 0, mode) {
        quotient + numerator.signum()
    } else {
        quotient
    }
}

/// Divides many numbers by the same denominator, without a division a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Divisor {
    by: u64,
    /// 2⁶⁴ / by, rounded down.
    reciprocal: u64,
    mode: Rounding,
}

impl Divisor {
    /// A positive denominator.
    pub fn new(by: i64, mode: Rounding) -> Divisor {
        let by = u64::try_from(by).ok().filter(|by| *by > 0).expect("scales are positive");
        let reciprocal = (1u128 << 64) / u128::from(by);
        Divisor { by, reciprocal: u64::try_from(reciprocal).unwrap_or(u64::MAX), mode }
    }

    /// `numerator / by` as [`divide`] gives it.
    #[inline]
    pub fn divide(self, numerator: u64) -> u64 {
        let quotient = (u128::from(numerator) * u128::from(self.reciprocal)) >> 64;
        let mut quotient = quotient as u64;
        let mut rest = numerator - quotient * self.by;
        // The reciprocal is too small by less than one, and so is the quotient.
        if rest >= self.by {
            quotient += 1;
            rest -= self.by;
        }
        let up =
            away_from_zero(rest.cmp(&(self.by - rest)), rest == 0, !quotient.is_multiple_of(2), self.mode);
        quotient + u64::from(up)
    }
}

/// Whether the truncated quotient moves away from zero: `to_half` compares the rest with one half.
#[inline]
pub(super) fn away_from_zero(to_half: std::cmp::Ordering, divides: bool, odd: bool, mode: Rounding) -> bool {
    use std::cmp::Ordering::{Equal, Greater, Less};
    if divides {
        return false;
    }
    match (mode, to_half) {
        (Rounding::Up, _) => true,
        (Rounding::Down, _) | (_, Less) => false,
        (_, Greater) => true,
        (Rounding::HalfUp, Equal) => true,
        (Rounding::HalfDown, Equal) => false,
        (Rounding::HalfEven, Equal) => odd,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mode_treats_halves_and_signs_as_named() {
        let rows = [
            // value in thousandths, half_up, half_even, half_down, down, up (hundredths)
            (125, [13, 12, 12, 12, 13]),
            (135, [14, 14, 13, 13, 14]),
            (-125, [-13, -12, -12, -12, -13]),
            (121, [12, 12, 12, 12, 13]),
            (129, [13, 13, 13, 12, 13]),
            (-129, [-13, -13, -13, -12, -13]),
            (120, [12; 5]),
            (0, [0; 5]),
        ];
        for (value, expect) in rows {
            for (mode, expect) in Rounding::ALL.into_iter().zip(expect) {
                assert_eq!(divide(value, 10, mode), expect, "{value} by {}", mode.name());
                assert_eq!(divide(-value, -10, mode), expect, "{value} by {}", mode.name());
                let exact = Exact::ratio(value, 1000);
                assert_eq!(mode.apply(&exact, 2).units(), expect, "{value} by {}", mode.name());
            }
        }
    }

    #[test]
    fn dividing_often_by_the_same_number_gives_what_dividing_once_gives() {
        let numbers =
            [0, 1, 2, 7, 49, 50, 51, 980_000, 98_000_000, 4_900_000_000_001, u64::MAX / 3, u64::MAX];
        for mode in Rounding::ALL {
            for by in [1, 2, 3, 7, 98_000_000, 78_500_000, i64::MAX] {
                for number in numbers.into_iter().flat_map(|n| [n, n.saturating_mul(by.cast_unsigned())]) {
                    let expect = divide(i128::from(number), i128::from(by), mode);
                    let got = Divisor::new(by, mode).divide(number);
                    assert_eq!(i128::from(got), expect, "{number} / {by} by {}", mode.name());
                }
            }
        }
    }
}
