//! Reading numbers that people type and files carry; ambiguous ones are refused, not guessed.

use super::Points;
use super::decimal::Decimal;

/// Longest run of digits accepted on either side of the decimal sign.
const DIGITS: usize = 12;

/// Which sign marks decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notation {
    /// Data files: a decimal point, no thousands sign. `1.160` is 1.16.
    Data,
    /// Typed by people: comma or point. `1.160` and `1,160` are refused, since they may mean
    /// one thousand one hundred and sixty or one and sixteen hundredths.
    Typed,
}

/// Why a text is not a usable number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NumberProblem {
    /// Nothing was given.
    Empty,
    /// Not a number at all.
    NotANumber(String),
    /// May be read in two ways; carries both.
    Ambiguous {
        /// What was typed.
        text: String,
        /// Read with the sign as a decimal sign.
        as_decimal: String,
        /// Read with the sign between thousands.
        as_thousands: String,
    },
    /// More than six decimals or too many digits for points.
    TooPrecise(String),
}

/// Reads a decimal number.
///
/// # Errors
/// See [`NumberProblem`].
pub fn decimal(text: &str, notation: Notation) -> Result<Decimal, NumberProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NumberProblem::Empty);
    }
    let not_a_number = || NumberProblem::NotANumber(text.to_owned());
    // The true minus sign and the en dash come from word processors.
    let (negative, body) = match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !body.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return Err(not_a_number());
    }
    let (whole, fraction) = split(body, notation).map_err(|problem| match problem {
        Split::Malformed => not_a_number(),
        Split::Ambiguous { as_decimal, as_thousands } => {
            NumberProblem::Ambiguous { text: text.to_owned(), as_decimal, as_thousands }
        }
    })?;
    if whole.is_empty() || (fraction.is_empty() && body.ends_with(['.', ','])) {
        return Err(not_a_number());
    }
    if whole.len() > DIGITS || fraction.len() > DIGITS {
        return Err(NumberProblem::TooPrecise(text.to_owned()));
    }
    let units: i128 = format!("{whole}{fraction}").parse().map_err(|_| not_a_number())?;
    let places = u8::try_from(fraction.len()).expect("at most 12 places");
    Ok(Decimal::new(if negative { -units } else { units }, places))
}

/// Reads points: a decimal number with at most six decimals.
///
/// # Errors
/// See [`NumberProblem`].
pub fn points(text: &str, notation: Notation) -> Result<Points, NumberProblem> {
    decimal(text, notation)?.points().ok_or_else(|| NumberProblem::TooPrecise(text.trim().to_owned()))
}

enum Split {
    Malformed,
    Ambiguous { as_decimal: String, as_thousands: String },
}

/// Splits at the decimal sign and drops thousands signs.
fn split(body: &str, notation: Notation) -> Result<(String, String), Split> {
    let signs: Vec<(usize, char)> = body.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    match (notation, signs.as_slice()) {
        (_, []) => Ok((body.to_owned(), String::new())),
        (Notation::Data, [(at, '.')]) => Ok((body[..*at].to_owned(), body[at + 1..].to_owned())),
        (Notation::Data, _) => Err(Split::Malformed),
        (Notation::Typed, [(at, _)]) => {
            let (whole, fraction) = (&body[..*at], &body[at + 1..]);
            let could_group =
                fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            if could_group {
                return Err(Split::Ambiguous {
                    as_decimal: format!("{whole},{}", fraction.trim_end_matches('0'))
                        .trim_end_matches(',')
                        .to_owned(),
                    as_thousands: format!("{whole}{fraction}"),
                });
            }
            Ok((whole.to_owned(), fraction.to_owned()))
        }
        (Notation::Typed, [.., (at, last)]) => {
            let (grouped, fraction) = (&body[..*at], &body[at + 1..]);
            if grouped.contains(*last) {
                // The same sign throughout can only group thousands.
                grouped_digits(body, *last).map(|whole| (whole, String::new()))
            } else {
                let sign = if *last == ',' { '.' } else { ',' };
                grouped_digits(grouped, sign).map(|whole| (whole, fraction.to_owned()))
            }
        }
    }
}

fn grouped_digits(text: &str, sign: char) -> Result<String, Split> {
    let groups: Vec<&str> = text.split(sign).collect();
    let well_formed = (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    if well_formed { Ok(groups.concat()) } else { Err(Split::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, notation: Notation, expect: &str) {
        let got = decimal(text, notation).expect("a number").to_string();
        assert_eq!(got, expect, "reading {text:?}");
    }

    fn refuse(text: &str, notation: Notation, problem: NumberProblem) {
        assert_eq!(decimal(text, notation), Err(problem), "reading {text:?}");
    }

    fn not_a_number(text: &str) -> NumberProblem {
        NumberProblem::NotANumber(text.to_owned())
    }

    fn ambiguous(text: &str, as_decimal: &str, as_thousands: &str) -> NumberProblem {
        NumberProblem::Ambiguous {
            text: text.to_owned(),
            as_decimal: as_decimal.to_owned(),
            as_thousands: as_thousands.to_owned(),
        }
    }

    #[test]
    fn typed_numbers_take_comma_or_point_and_refuse_the_ambiguous() {
        check("87,42", Notation::Typed, "87.42");
        check(" 87.42 ", Notation::Typed, "87.42");
        check("-0,10", Notation::Typed, "-0.10");
        check("−1,5", Notation::Typed, "-1.5");
        check("0,125", Notation::Typed, "0.125");
        check("1.160,5", Notation::Typed, "1160.5");
        check("1,160.5", Notation::Typed, "1160.5");
        check("1.234.567", Notation::Typed, "1234567");
        refuse("1.160", Notation::Typed, ambiguous("1.160", "1,16", "1160"));
        refuse("2,000", Notation::Typed, ambiguous("2,000", "2", "2000"));
        refuse("", Notation::Typed, NumberProblem::Empty);
        for text in ["12.34.567", "1.2.", ",5", "1e5", "NaN"] {
            refuse(text, Notation::Typed, not_a_number(text));
        }
    }

    #[test]
    fn data_numbers_have_a_decimal_point_only() {
        check("1.160", Notation::Data, "1.160");
        refuse("1,5", Notation::Data, not_a_number("1,5"));
        refuse("5.", Notation::Data, not_a_number("5."));
    }

    #[test]
    fn points_hold_six_decimals() {
        assert_eq!(points("0.123456", Notation::Data), Ok(Points::from_millionths(123_456)));
        assert!(points("0.1234567", Notation::Data).is_err());
    }
}
