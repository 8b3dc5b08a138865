//! Decides which sign marks decimals in a table, from all its numbers together.
//!
//! Must not know: what a column means.

use super::cell::{Cell, Content};
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
    /// Gathers the evidence of texts that are numbers; typed numbers and other texts are passed over.
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Evidence {
        let mut evidence = Evidence::default();
        for cell in cells.into_iter().filter(|cell| cell.content == Content::Text) {
            match certain_sign(&cell.text) {
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

/// The cell's text as a number's text: no percent sign, no spaces, no mark of a footnote.
pub fn bare(text: &str) -> String {
    let text = without_mark(text);
    text.trim().trim_end_matches('%').chars().filter(|c| !c.is_whitespace()).collect()
}

/// A text without the mark of a footnote behind it: 87,42* 85,92 (1) 82,15¹ 98[2].
pub(super) fn without_mark(text: &str) -> String {
    let mut text = text.trim();
    let signs = ['*', '†', '‡', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', '='];
    loop {
        let mut shorter = text.trim_end_matches(signs).trim_end();
        for (open, close) in [('(', ')'), ('[', ']')] {
            let inside = shorter.strip_suffix(close).and_then(|rest| rest.rsplit_once(open));
            let Some((before, mark)) = inside else { continue };
            let short = mark.chars().count() <= 2 && mark.chars().all(|c| c.is_alphanumeric() || c == '*');
            let number = before
                .trim_end()
                .trim_end_matches('%')
                .ends_with(|c: char| c.is_ascii_digit() || signs.contains(&c));
            if short && number {
                shorter = before.trim_end();
            }
        }
        if shorter == text {
            return text.trim_start_matches('=').to_owned();
        }
        text = shorter;
    }
}

/// A text without a star or a raised figure behind it: "Tốt*".
pub(super) fn without_note(text: &str) -> String {
    text.trim().trim_end_matches(['*', '¹', '²', '³', '⁴', '⁵']).trim_end().to_owned()
}

/// Whether the cell says that there is no number: empty, a dash, a cross.
pub fn is_blank(text: &str) -> bool {
    matches!(bare(text).as_str(), "" | "-" | "–" | "—" | "x" | "X" | "/" | "…" | "...")
}

/// What a cell of numbers holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The number.
    pub value: Decimal,
    /// The maximum printed behind it, as in 15,41/18.
    pub of: Option<Decimal>,
}

/// Why a cell of a number column holds no usable number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellProblem {
    /// Its text is no number, or can be read in two ways.
    Number(NumberProblem),
    /// A date that Excel made of it, as the cell shows it.
    Date(String),
    /// A formula without a stored value.
    Formula,
}

/// Reads a cell; `None` where it says that there is no number.
///
/// # Errors
/// See [`CellProblem`].
pub fn cell(cell: &Cell, sign: Option<Sign>) -> Result<Option<Printed>, CellProblem> {
    match cell.content {
        Content::Number(value) => return Ok(Some(Printed { value, of: None })),
        Content::Date => return Err(CellProblem::Date(cell.text.clone())),
        Content::Formula => return Err(CellProblem::Formula),
        Content::Text if is_blank(&cell.text) || super::wording::says_none(&cell.text) => return Ok(None),
        Content::Text => {}
    }
    if let Some((value, of)) = cell.text.split_once('/')
        && let (Ok(value), Ok(of)) = (number(value, sign), number(of, sign))
        && value <= of
    {
        return Ok(Some(Printed { value, of: Some(of) }));
    }
    number(&cell.text, sign).map(|value| Some(Printed { value, of: None })).map_err(CellProblem::Number)
}

/// A change as tables print it: +4,30 −0,94 "tăng 2,13" ▼0,94; `None` where it is no number.
pub fn change(cell: &Cell, sign: Option<Sign>) -> Option<Decimal> {
    if let Content::Number(value) = cell.content {
        return Some(value);
    }
    let folded = super::headings::fold(&cell.text);
    let falls = folded.starts_with("giam") || cell.text.contains(['▼', '↓']);
    let bare = cell.text.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '−' | '–'))?;
    let value = number(&cell.text[bare..], sign).ok()?;
    Some(if falls && value.units() > 0 { Decimal::new(-value.units(), value.places()) } else { value })
}

/// Whether a text cell can be read in two ways.
pub(super) fn is_ambiguous(cell: &Cell) -> bool {
    cell.content == Content::Text
        && matches!(read::decimal(&bare(&cell.text), Notation::Typed), Err(NumberProblem::Ambiguous { .. }))
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
            assert_eq!(
                Evidence::of(texts.iter().map(|text| Cell::from(*text)).collect::<Vec<_>>().iter()).sign(),
                expect,
                "{texts:?}"
            );
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
