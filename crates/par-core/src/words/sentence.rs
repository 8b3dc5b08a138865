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

/// A date as yyyy-mm-dd in the language's notation, `05/04/2021` or `5 April 2021`; any other text, and
/// a month there is not, as it is.
pub fn date(text: &str, language: Language) -> String {
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day]
            if year.len() == 4
                && month.len() == 2
                && day.len() == 2
                && [year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) =>
        {
            let name = month.parse().ok().and_then(|month: usize| MONTHS.get(month.checked_sub(1)?));
            match (language, name) {
                (Language::Vi, _) => format!("{day}/{month}/{year}"),
                (Language::En, Some(name)) => format!("{} {name} {year}", day.trim_start_matches('0')),
                (Language::En, None) => text.to_owned(),
            }
        }
        _ => text.to_owned(),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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
    fn changes_and_dates_are_said_in_both_languages() {
        let said = |units| Language::ALL.map(|language| change(Decimal::new(units, 2), language));
        assert_eq!(said(332), ["tăng 3,32 điểm phần trăm", "+3.32 percentage points"]);
        assert_eq!(said(-10), ["giảm 0,10 điểm phần trăm", "-0.10 percentage points"]);
        assert_eq!(said(0), ["không thay đổi", "unchanged"]);
        let said = |text| Language::ALL.map(|language| date(text, language));
        assert_eq!(said("2021-04-05"), ["05/04/2021", "5 April 2021"]);
        assert_eq!(said("2021-12-31"), ["31/12/2021", "31 December 2021"]);
        assert_eq!(said("2021-13-05")[1], "2021-13-05");
        assert_eq!(said("2021-00-05")[1], "2021-00-05");
        assert_eq!(said("quý I"), ["quý I", "quý I"]);
    }
}
