//! Phrases that sentences about numbers are made of.

use crate::points::decimal::Decimal;

/// A change against the year before; always in percentage points, never a bare percent sign.
pub fn change(change: Decimal) -> String {
    let size = Decimal::new(change.units().abs(), change.places()).vi();
    match change.units().signum() {
        1 => format!("tăng {size} điểm phần trăm"),
        -1 => format!("giảm {size} điểm phần trăm"),
        _ => "không thay đổi".to_owned(),
    }
}

/// A date as yyyy-mm-dd in Vietnamese notation; any other text as it is.
pub fn date(text: &str) -> String {
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day]
            if year.len() == 4
                && month.len() == 2
                && day.len() == 2
                && [year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) =>
        {
            format!("{day}/{month}/{year}")
        }
        _ => text.to_owned(),
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
