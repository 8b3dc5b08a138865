//! How a workbook's number formats show a number: as it is, in percent, as a date.
//!
//! Must not know: cells.

use std::collections::HashMap;

use par_core::language::Language;
use par_core::moment::Day;
use par_core::points::decimal::Decimal;
use par_core::points::rounding::Rounding;
use quick_xml::events::Event;

use super::super::xml::{attribute, events};
use super::Value;

/// Most decimals kept of a number; what lies behind is noise of binary fractions.
const PLACES: u8 = 6;

/// How a format shows a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// As it is.
    #[default]
    Plain,
    /// A hundred times as much, with a percent sign.
    Percent,
    /// As a date or a time.
    Date,
}

/// The formats of a workbook's cell styles, in order.
#[derive(Default)]
pub struct Formats {
    by_style: Vec<Shown>,
    from_1904: bool,
}

impl Formats {
    /// Reads the styles of a workbook.
    pub fn of(xml: &str, from_1904: bool) -> Option<Formats> {
        let mut codes: HashMap<u32, Shown> = HashMap::new();
        let mut by_style = Vec::new();
        let mut in_cells = false;
        events(xml, |event| {
            match &event {
                Event::Start(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = true,
                Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = false,
                Event::Start(tag) | Event::Empty(tag) => {
                    let id = attribute(tag, "numFmtId").and_then(|id| id.parse().ok());
                    match tag.local_name().as_ref() {
                        "numFmt" => {
                            let code = attribute(tag, "formatCode").unwrap_or_default();
                            codes.extend(id.map(|id| (id, shown(&code))));
                        }
                        "xf" if in_cells => {
                            let id = id.unwrap_or(0);
                            by_style.push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
            Some(())
        })?;
        Some(Formats { by_style, from_1904 })
    }

    /// How cells of a style are shown.
    pub fn shown(&self, style: usize) -> Shown {
        self.by_style.get(style).copied().unwrap_or_default()
    }

    /// Day/month/year of a number of days; `None` where it is none.
    pub fn date(&self, text: &str) -> Option<String> {
        let days: i64 = text.trim().split(['.', 'E', 'e']).next()?.parse().ok()?;
        let days = days + if self.from_1904 { 1462 } else { 0 };
        // Excel takes 1900 for a leap year: days before 1 March 1900 are one less.
        let since_1970 = days - if days < 60 { 25_568 } else { 25_569 };
        (0..=2_958_465).contains(&days).then(|| Day::since_1970(since_1970).said(Language::Vi))
    }
}

/// Formats that every workbook has without naming them.
fn built_in(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Date,
        _ => Shown::Plain,
    }
}

/// What a format's code shows: texts in quotes, colours and currencies in brackets, and letters
/// behind a backslash are no signs of it.
fn shown(code: &str) -> Shown {
    let (mut quoted, mut bracket, mut skip) = (false, false, false);
    let mut shown = Shown::Plain;
    // Only the part for positive numbers counts.
    for sign in code.chars() {
        if std::mem::take(&mut skip) {
            continue;
        }
        match sign {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            '\\' | '_' | '*' => skip = true,
            ';' => break,
            '%' => return Shown::Percent,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => shown = Shown::Date,
            _ => {}
        }
    }
    shown
}

/// A number as Excel shows it, to 15 digits, and at most six decimals; in percent a hundred times as
/// much.
pub fn number(text: &str, percent: bool) -> Value {
    let decimal = text.trim().parse::<f64>().ok().filter(|number| number.is_finite()).and_then(|number| {
        let digits = format!("{number:.14e}");
        let (mantissa, exponent) = digits.split_once('e')?;
        let units: i128 = mantissa.replace('.', "").parse().ok()?;
        let places = 14 - exponent.parse::<i32>().ok()? - if percent { 2 } else { 0 };
        match places {
            0..=30 => Some(Decimal::new(units, u8::try_from(places).ok()?).trimmed()),
            -12..=-1 => Some(Decimal::new(units * 10i128.pow(places.unsigned_abs()), 0)),
            // Less than a millionth of a millionth.
            31.. => Some(Decimal::new(0, 0)),
            _ => None,
        }
    });
    match decimal {
        Some(decimal) if decimal.places() > PLACES => {
            Value::Number(Rounding::HalfUp.apply(&decimal.exact(), PLACES).trimmed())
        }
        Some(decimal) => Value::Number(decimal),
        None => Value::Unusual(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_digits_excel_shows() {
        let rows = [
            ("1.1", "1.1"),
            ("0.30000000000000004", "0.3"),
            ("80.51000000000001", "80.51"),
            ("15.5", "15.5"),
            ("2020", "2020"),
            ("-5", "-5"),
            ("0", "0"),
            ("1E-7", "0.000000"),
            ("87.41836734693877", "87.418367"),
            ("1E15", "1000000000000000"),
        ];
        for (text, expect) in rows {
            let Value::Number(number) = number(text, false) else { panic!("{text} is a number") };
            assert_eq!(number, expect.parse_decimal(), "{text}");
        }
        assert_eq!(number("0.8742857142857143", true), Value::Number(Decimal::new(87_428_571, 6)));
        assert_eq!(number("0.9", true), Value::Number(Decimal::new(90, 0)));
    }

    trait Parsed {
        fn parse_decimal(&self) -> Decimal;
    }

    impl Parsed for &str {
        fn parse_decimal(&self) -> Decimal {
            let notation = par_core::points::read::Notation::Data;
            par_core::points::read::decimal(self, notation).unwrap_or(Decimal::new(1_000_000_000_000_000, 0))
        }
    }

    #[test]
    fn codes_tell_percents_and_dates() {
        for (code, expect) in [
            ("0.00%", Shown::Percent),
            ("#,##0.00\\ \"điểm\"", Shown::Plain),
            ("[Red]0.0;[Blue]-0.0", Shown::Plain),
            ("[$-42A]dd/mm/yyyy", Shown::Date),
            ("d-mmm", Shown::Date),
            ("_-* #,##0.00\\ _₫_-", Shown::Plain),
            ("General", Shown::Plain),
            ("0.0\"%\"", Shown::Plain),
        ] {
            assert_eq!(shown(code), expect, "{code}");
        }
    }

    #[test]
    fn days_are_told_as_dates() {
        let formats = Formats::default();
        for (days, date) in
            [("45787", "10/05/2025"), ("1", "01/01/1900"), ("61", "01/03/1900"), ("43831.5", "01/01/2020")]
        {
            assert_eq!(formats.date(days).as_deref(), Some(date), "{days}");
        }
        assert_eq!(formats.date("-3"), None);
    }
}
