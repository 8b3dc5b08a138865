//! Footnotes of a plain text: `[3]` behind a word and `[3] …` on a line of its own become a footnote
//! at its anchor.
//!
//! Must not know: what the text is about.

use std::collections::HashMap;

use par_core::lint::document::{Note, Paragraph, Part};

/// Puts footnotes at their anchors and takes the anchors out of the text. `notes` are their numbers
/// with their positions among the paragraphs; a footnote without exactly one anchor stays where it is.
pub fn anchored(mut paragraphs: Vec<Paragraph>, notes: &[(usize, usize)]) -> Vec<Paragraph> {
    let mut by_number: HashMap<usize, Vec<usize>> = HashMap::new();
    for (number, position) in notes {
        by_number.entry(*number).or_default().push(*position);
    }
    let mut moved: Vec<usize> = Vec::new();
    for position in 0..paragraphs.len() {
        if paragraphs[position].part == Part::LooseNote {
            continue;
        }
        // A footnote stands behind its anchor; the next one of that number is meant.
        let note_of = |number: usize| {
            by_number.get(&number)?.iter().copied().find(|note| *note > position && !moved.contains(note))
        };
        let found = anchors(&paragraphs[position].text, note_of);
        if found.is_empty() {
            continue;
        }
        let cut_before = |place: usize| -> usize {
            found.iter().take_while(|(at, ..)| *at < place).map(|(_, length, _)| length).sum()
        };
        let note = |(at, _, note): &(usize, usize, usize)| {
            let note = &paragraphs[*note];
            Note { at: at - cut_before(*at), text: note.text.clone(), line: note.line_at(0) }
        };
        let notes: Vec<Note> = found.iter().map(note).collect();
        moved.extend(found.iter().map(|(.., note)| *note));
        let paragraph = &mut paragraphs[position];
        for (start, _) in &mut paragraph.lines {
            *start -= cut_before(*start);
        }
        paragraph.text = without(&paragraph.text, &found);
        if let Part::Row { cells, .. } = &mut paragraph.part {
            for cell in cells {
                let marks = anchors(cell, |number| by_number.contains_key(&number).then_some(0));
                *cell = without(cell, &marks);
            }
        }
        paragraph.notes = notes;
    }
    moved.sort_unstable();
    let mut position = 0;
    paragraphs.retain(|_| {
        position += 1;
        moved.binary_search(&(position - 1)).is_err()
    });
    paragraphs
}

/// `[3]` glued to what stands before it: byte offset, length and what `note_of` gives for its number.
fn anchors(text: &str, note_of: impl Fn(usize) -> Option<usize>) -> Vec<(usize, usize, usize)> {
    let glued = |at: usize| text[..at].ends_with(|c: char| !c.is_whitespace());
    let anchor = |at: usize| {
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).take(5).count();
        let end = at + 1 + digits;
        let closed = text[end..].starts_with(']');
        let number = text[at + 1..end].parse().ok().filter(|_| closed)?;
        Some((at, digits + 2, note_of(number)?))
    };
    text.match_indices('[').map(|(at, _)| at).filter(|at| glued(*at)).filter_map(anchor).collect()
}

fn without(text: &str, marks: &[(usize, usize, usize)]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for (at, length, _) in marks {
        left.push_str(&text[from..*at]);
        from = at + length;
    }
    left.push_str(&text[from..]);
    left
}
