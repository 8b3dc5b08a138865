//! Decides which sign marks decimals in a table, from all its numbers together.
//!
//! Must not know: what a column means.

use crate::points::decimal::Decimal;
use crate::points::read::{self, Notation, NumberProblem};
use crate::points::rounding::Rounding;

/// Most decimals kept; a computed workbook cell carries up to 17 digits of binary noise.
const KEPT_PLACES: usize = 6;

/// The sign that marks decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// 87,42
    Comma,
    /// 87.42
    Point,
}

/// Which signs are certainly used as decimal signs among some numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Some number can only be read with a decimal comma.
    pub comma: bool,
    /// Some number can only be read with a decimal point.
    pub point: bool,
}

impl Evidence {
    /// Gathers the evidence of texts that are numbers; others are passed over.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Evidence {
        let mut evidence = Evidence::default();
        for text in texts {
            match certain_sign(text) {
                Some(Sign::Comma) => evidence.comma = true,
                Some(Sign::Point) => evidence.point = true,
                None => {}
            }
        }
        evidence
    }

    /// The sign, when only one is in use.
    pub fn sign(self) -> Option<Sign> {
        match (self.comma, self.point) {
            (true, false) => Some(Sign::Comma),
            (false, true) => Some(Sign::Point),
            _ => None,
        }
    }

    /// Whether both signs are in use as decimal signs.
    pub fn mixed(self) -> bool {
        self.comma && self.point
    }

    /// The evidence of both.
    pub fn or(self, other: Evidence) -> Evidence {
        Evidence { comma: self.comma || other.comma, point: self.point || other.point }
    }
}

/// The cell's text as a number's text: no percent sign, no spaces.
pub fn bare(text: &str) -> String {
    text.trim().trim_end_matches('%').chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether the cell says that there is no number: empty, a dash, a cross.
pub fn is_blank(text: &str) -> bool {
    matches!(bare(text).as_str(), "" | "-" | "–" | "—" | "x" | "X" | "/" | "…" | "...")
}

/// Reads a number; `sign` settles what could be read in two ways.
///
/// Numbers with more than six decimals (computed workbook cells) are rounded half up to six.
///
/// # Errors
/// See [`NumberProblem`]; `Ambiguous` only when `sign` is `None`.
pub fn number(text: &str, sign: Option<Sign>) -> Result<Decimal, NumberProblem> {
    let original = text.trim();
    let text = shortened(&bare(text));
    match (read::decimal(&text, Notation::Typed), sign) {
        (Err(NumberProblem::Ambiguous { .. }), Some(sign)) => {
            let decimal_sign = if sign == Sign::Comma { ',' } else { '.' };
            let data = if text.contains(decimal_sign) {
                text.replace(decimal_sign, ".")
            } else {
                text.replace([',', '.'], "")
            };
            read::decimal(&data, Notation::Data)
        }
        (Ok(decimal), _) if usize::from(decimal.places()) > KEPT_PLACES => {
            Ok(Rounding::HalfUp.apply(&decimal.exact(), KEPT_PLACES as u8).trimmed())
        }
        (Err(NumberProblem::NotANumber(_)), _) => Err(NumberProblem::NotANumber(original.to_owned())),
        (read, _) => read,
    }
}

/// A number with a long fraction, cut to the digits that matter for six places.
fn shortened(text: &str) -> String {
    match text.rfind(['.', ',']) {
        Some(at) if text.len() - at - 1 > 12 && text.is_ascii() => text[..at + 13].to_owned(),
        _ => text.to_owned(),
    }
}

/// The decimal sign of a number that can be read in one way only.
fn certain_sign(text: &str) -> Option<Sign> {
    let text = shortened(&bare(text));
    let decimal = read::decimal(&text, Notation::Typed).ok()?;
    let last = text.chars().rev().find(|c| matches!(c, ',' | '.'))?;
    // "1.234.567" groups thousands by point, so its decimal sign would be the other one.
    let is_decimal = decimal.places() > 0;
    Some(if (last == ',') == is_decimal { Sign::Comma } else { Sign::Point })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_certain_number_settles_the_sign_for_all() {
        let rows: [(&[&str], Option<Sign>); 6] = [
            (&["87,42", "1.160"], Some(Sign::Comma)),
            (&["87.42", "1.160"], Some(Sign::Point)),
            (&["1.160", "2.500"], None),
            (&["87,42", "86.52"], None),
            (&["1.234.567"], Some(Sign::Comma)),
            (&["98", "x", ""], None),
        ];
        for (texts, expect) in rows {
            assert_eq!(Evidence::of(texts.iter().copied()).sign(), expect, "{texts:?}");
        }
    }

    #[test]
    fn an_ambiguous_number_is_read_by_the_sign_of_its_table() {
        assert_eq!(number("1.160", Some(Sign::Comma)).unwrap().to_string(), "1160");
        assert_eq!(number("1.160", Some(Sign::Point)).unwrap().to_string(), "1.160");
        assert_eq!(number("61,125", Some(Sign::Comma)).unwrap().to_string(), "61.125");
        assert!(matches!(number("1.160", None), Err(NumberProblem::Ambiguous { .. })));
    }

    #[test]
    fn computed_workbook_cells_lose_only_their_binary_noise() {
        assert_eq!(number("83.94999999999999", None).unwrap().to_string(), "83.95");
        assert_eq!(number("87.41836734693877", None).unwrap().to_string(), "87.418367");
        assert_eq!(number("82.08 %", None).unwrap().to_string(), "82.08");
    }
}
