//! How numbers are written throughout a text.
//!
//! Must not know: what the numbers are about.

use super::document::{Document, Part};
use super::finding::Kind;
use super::places::without_numerals;
use super::tokens::{TokenKind, tokens};
use crate::score::results::Results;

/// How many numbers of the rarer kind are shown.
const SHOWN: usize = 5;

/// Decimal comma and decimal point in one text, at the first number of the rarer kind.
pub(super) fn mixed_signs(document: &Document, results: &Results) -> Option<((usize, usize), Kind)> {
    let mut found: [Vec<((usize, usize), String)>; 2] = Default::default();
    for (position, paragraph) in document.paragraphs.iter().enumerate() {
        let notes = paragraph.notes.iter().map(|note| (Some(note.at), note.text.as_str()));
        for (anchor, text) in std::iter::once((None, paragraph.text.as_str())).chain(notes) {
            for token in tokens(&without_numerals(text)) {
                let TokenKind::Number(number) = &token.kind else { continue };
                let Some(sign) = number.sign else { continue };
                let written = text[token.at..token.end].to_owned();
                if anchor.is_none() && is_code(&paragraph.part, &written, results) {
                    continue;
                }
                found[usize::from(sign == ',')].push(((position, anchor.unwrap_or(token.at)), written));
            }
        }
    }
    let [points, commas] = &found;
    let rarer = if commas.len() <= points.len() { commas } else { points };
    let first = rarer.first()?.0;
    let shown = rarer.iter().take(SHOWN).map(|(_, written)| written.clone()).collect();
    let kind = Kind::MixedDecimalSigns { commas: commas.len(), points: points.len(), rarer: shown };
    Some((first, kind))
}

/// Whether a number in a table is the code of a criterion in a cell of its own.
fn is_code(part: &Part, written: &str, results: &Results) -> bool {
    let Part::Row { cells, .. } = part else { return false };
    let known = results.year.sets.iter().any(|set| set.find(written).is_some());
    known && cells.iter().any(|cell| cell == written)
}
