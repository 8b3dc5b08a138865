//! Numbers as they are printed: a fixed number of decimals, Vietnamese or data notation.

use std::cmp::Ordering;
use std::fmt;

use super::exact::Exact;
use super::{POINT_PLACES, Points};

/// A decimal number with a fixed count of places, as printed in a table.
///
/// Two decimals are equal when their values are: 1.50 = 1.5.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    units: i128,
    places: u8,
}

impl Decimal {
    /// `units / 10^places`; `places` at most 30.
    pub const fn new(units: i128, places: u8) -> Decimal {
        Decimal { units, places }
    }

    /// The value in units of the last place.
    pub const fn units(self) -> i128 {
        self.units
    }

    /// How many decimals are printed.
    pub const fn places(self) -> u8 {
        self.places
    }

    /// Without trailing zeros after the decimal sign: 1.50 → 1.5, 2.00 → 2.
    pub fn trimmed(mut self) -> Decimal {
        while self.places > 0 && self.units % 10 == 0 {
            self.units /= 10;
            self.places -= 1;
        }
        self
    }

    /// The same number as a rational.
    pub fn exact(self) -> Exact {
        Exact::ratio(self.units, 10i128.pow(u32::from(self.places)))
    }

    /// The same number as points, or `None` if it needs more than six decimals or is too large.
    pub fn points(self) -> Option<Points> {
        let trimmed = self.trimmed();
        let shift = POINT_PLACES.checked_sub(trimmed.places)?;
        let millionths = trimmed.units.checked_mul(10i128.pow(u32::from(shift)))?;
        i64::try_from(millionths).ok().map(Points::from_millionths)
    }

    /// Vietnamese notation: decimal comma, dot between thousands: `1.135,50`, `-0,10`.
    pub fn vi(self) -> String {
        self.with('.', ',')
    }

    /// English notation: decimal point, comma between thousands: `1,135.50`, `-0.10`.
    pub fn en(self) -> String {
        self.with(',', '.')
    }

    fn with(self, thousands: char, decimal: char) -> String {
        let (sign, whole, fraction) = self.digits();
        let mut text = String::from(sign);
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                text.push(thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(decimal);
            text.push_str(&fraction);
        }
        text
    }

    /// Vietnamese notation with an explicit sign, for changes: `+3,32`, `-0,10`, `0,00`.
    pub fn vi_signed(self) -> String {
        if self.units > 0 { format!("+{}", self.vi()) } else { self.vi() }
    }

    fn digits(self) -> (&'static str, String, String) {
        let places = usize::from(self.places);
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        (if self.units < 0 { "-" } else { "" }, whole.to_owned(), fraction.to_owned())
    }
}

impl fmt::Display for Decimal {
    /// Data notation: decimal point, no thousands sign: `1135.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, whole, fraction) = self.digits();
        let dot = if fraction.is_empty() { "" } else { "." };
        f.pad(&format!("{sign}{whole}{dot}{fraction}"))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        if self.places == other.places {
            return self.units.cmp(&other.units);
        }
        let (a, b) = (self.trimmed(), other.trimmed());
        if a.places == b.places { a.units.cmp(&b.units) } else { a.exact().cmp(&b.exact()) }
    }
}

/// A count in Vietnamese notation, with a dot between thousands: `1.160`.
pub fn count_vi(count: usize) -> String {
    Decimal::new(count as i128, 0).vi()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_in_both_notations() {
        let rows = [
            (8742, 2, "87.42", "87,42"),
            (-10, 2, "-0.10", "-0,10"),
            (113_550, 2, "1135.50", "1.135,50"),
            (1_234_567, 0, "1234567", "1.234.567"),
            (100, 0, "100", "100"),
            (0, 2, "0.00", "0,00"),
        ];
        for (units, places, data, vi) in rows {
            let decimal = Decimal::new(units, places);
            assert_eq!((decimal.to_string().as_str(), decimal.vi().as_str()), (data, vi));
        }
        assert_eq!(Decimal::new(332, 2).vi_signed(), "+3,32");
        assert_eq!(Decimal::new(-11_355_005, 2).en(), "-113,550.05");
    }
}
