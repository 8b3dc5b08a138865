//! Phrases that sentences about numbers are made of.

use crate::language::Language;
use crate::points::decimal::Decimal;

/// A change against the year before; always in percentage points, never a bare percent sign.
pub fn change(change: Decimal, language: Language) -> String {
    let size = language.number(Decimal::new(change.units().abs(), change.places()));
    match (language, change.units().signum()) {
        (Language::Vi, 1) => format!("tăng {size} điểm phần trăm"),
        (Language::Vi, -1) => format!("giảm {size} điểm phần trăm"),
        (Language::En, 1) => format!("+{size} percentage points"),
        (Language::En, -1) => format!("-{size} percentage points"),
        _ => language.of("không thay đổi", "unchanged").to_owned(),
    }
}

/// A number of a heading or appendix: I, II, III, IV, …
pub fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            roman.push_str(sign);
            number -= value;
        }
    }
    roman
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_said_in_both_languages() {
        let said = |units| Language::ALL.map(|language| change(Decimal::new(units, 2), language));
        assert_eq!(said(332), ["tăng 3,32 điểm phần trăm", "+3.32 percentage points"]);
        assert_eq!(said(-10), ["giảm 0,10 điểm phần trăm", "-0.10 percentage points"]);
        assert_eq!(said(0), ["không thay đổi", "unchanged"]);
    }
}
