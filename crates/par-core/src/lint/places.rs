//! Where things stand in a text, and what the headings above say about them.
//!
//! Must not know: what is found.

use super::data::Data;
use super::document::{Document, Note, Part};
use super::finding::Place;
use super::sentence::Context;
use super::{listing, names_index, numerals, section_of};
use crate::score::results::{Measure, Scope};

/// Characters of a sentence shown on either side of a number.
const AROUND: usize = 110;

/// What a heading says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub measure: Option<Measure>,
    pub scope: Option<Scope>,
}

/// Headings of a text.
pub(super) struct Places<'a> {
    document: &'a Document,
    /// For each paragraph: the heading above, how far below it, and what is spoken of.
    known: Vec<(Option<usize>, usize, Context)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Document, data: &Data) -> Places<'a> {
        let whole = Context { measure: index_of_plain(document, data), scope: None };
        let mut open: Vec<(u8, Section)> = Vec::new();
        let (mut heading, mut below) = (None, 0);
        let mut known = Vec::with_capacity(document.paragraphs.len());
        for (position, paragraph) in document.paragraphs.iter().enumerate() {
            below += 1;
            if let Part::Heading(level) = paragraph.part {
                open.retain(|(above, _)| *above < level);
                open.push((level, section_of(&paragraph.text, data)));
                (heading, below) = (Some(position), 0);
            }
            let measure = open.iter().rev().find_map(|(_, section)| section.measure.clone());
            let scope = open.iter().rev().find_map(|(_, section)| section.scope);
            let context = match paragraph.part {
                Part::LooseNote => Context { measure: None, scope: None },
                _ => Context { measure: measure.or_else(|| whole.measure.clone()), scope },
            };
            known.push((heading, below, context));
        }
        Places { document, known }
    }

    pub(super) fn context(&self, position: usize) -> Context {
        self.known[position].2.clone()
    }

    /// The place of a byte offset in a paragraph or in a footnote of it.
    pub(super) fn place(
        &self,
        position: usize,
        at: usize,
        note: Option<&Note>,
        sentences: &[(usize, usize)],
    ) -> Place {
        let paragraph = &self.document.paragraphs[position];
        let (heading, below, _) = &self.known[position];
        let text = note.map_or(paragraph.text.as_str(), |note| &note.text);
        let found = sentences.partition_point(|(start, _)| *start <= at).checked_sub(1);
        let (start, end) = found.map_or((0, text.len()), |found| sentences[found]);
        let loose = paragraph.part == Part::LooseNote;
        // Nobody knows under which heading a footnote at the end of a file belongs.
        let heading = heading.filter(|_| !loose);
        Place {
            heading: heading.map_or_else(String::new, |at| self.document.paragraphs[at].text.clone()),
            paragraph: if loose { 0 } else { *below },
            line: note
                .and_then(|note| note.line)
                .or_else(|| paragraph.line_at(note.map_or(at, |note| note.at))),
            note: note.is_some() || loose,
            sentence: shortened(text, start, end, at),
        }
    }
}

/// In a text without headings the index is spoken of wherever a paragraph names it.
fn index_of_plain(document: &Document, data: &Data) -> Option<Measure> {
    let plain = document.paragraphs.iter().all(|paragraph| !matches!(paragraph.part, Part::Heading(_)));
    let named = plain && document.paragraphs.iter().any(|paragraph| names_index(&paragraph.text, data));
    named.then_some(Measure::Index)
}

/// The sentence from `start` to `end`, cut to what stands around `at`.
fn shortened(text: &str, start: usize, end: usize, at: usize) -> String {
    let at = at.clamp(start, end);
    let before = text[start..at].char_indices().rev().nth(AROUND - 1).map_or(start, |(cut, _)| start + cut);
    let after = text[at..end].char_indices().nth(AROUND).map_or(end, |(cut, _)| at + cut);
    // Words are not cut.
    let from = if before == start {
        start
    } else {
        text[before..at].find(' ').map_or(before, |space| before + space + 1)
    };
    let to = if after == end { end } else { text[at..after].rfind(' ').map_or(after, |space| at + space) };
    let (head, tail) = (if from > start { "… " } else { "" }, if to < end { " …" } else { "" });
    format!("{head}{}{tail}", text[from..to].trim())
}

/// The text with the numbers of headings and list items blanked out, byte for byte.
pub(super) fn without_numerals(text: &str) -> String {
    let mut plain = text.to_owned();
    let mut blank = |from: usize, length: usize| {
        let spaces = " ".repeat(length);
        plain.replace_range(from..from + length, &spaces);
    };
    if let Some(numeral) = numerals::leading(text) {
        blank(0, numeral.length);
    }
    for (at, numeral) in listing::marks(text) {
        blank(at, numeral.length);
    }
    plain
}
