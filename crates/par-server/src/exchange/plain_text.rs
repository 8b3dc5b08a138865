//! Cuts a plain text into headings, paragraphs, table rows and footnotes.
//!
//! Lines that go on in the middle of a sentence are joined; cells stand on lines that begin with a
//! tab, between tabs or between bars. Must not know: what the text is about.

use par_core::lint::document::{Document, Paragraph, Part};
use par_core::lint::numerals;
use par_core::text;

use super::plain_notes as notes;

/// Cuts a text in composed form.
pub fn parse(text: &str) -> Document {
    let mut reader = Reader::default();
    for (number, line) in text.lines().enumerate() {
        reader.line(number + 1, line.trim_end_matches('\r'));
    }
    reader.end_table();
    reader.end_paragraph();
    Document { paragraphs: notes::anchored(reader.paragraphs, &reader.notes), hidden: 0 }
}

#[derive(Default)]
struct Reader {
    paragraphs: Vec<Paragraph>,
    open: Option<Paragraph>,
    /// Rows of the table being read with their first lines.
    rows: Vec<(usize, Vec<String>)>,
    /// Footnotes by their number, with their position among the paragraphs.
    notes: Vec<(usize, usize)>,
    /// Footnotes below rows of the table being read: line, number, text.
    row_notes: Vec<(usize, Option<usize>, String)>,
    /// Whether the next cell begins a row.
    between_rows: bool,
    tables: usize,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        let content = line.trim();
        if content.is_empty() && !line.contains('\t') {
            self.end_paragraph();
            self.between_rows = true;
        } else if let Some(cells) = cells_of(line) {
            self.end_paragraph();
            self.between_rows = true;
            if !is_rule(&cells) {
                self.rows.push((number, cells));
            }
        } else if line.trim_start_matches(' ').starts_with('\t') {
            self.end_paragraph();
            self.cell(number, content);
        } else if let (false, Some(note)) = (self.rows.is_empty(), note_of(content)) {
            // A footnote below its row does not end the table.
            self.row_notes.push((number, note.0, note.1.to_owned()));
        } else {
            self.end_table();
            self.text(number, content);
        }
    }

    /// One cell a line: rows are parted by empty lines.
    fn cell(&mut self, number: usize, content: &str) {
        let last = self.rows.last_mut().filter(|(_, cells)| {
            // A footnote's mark leaves an empty line between a unit's name and its figures.
            let named = cells.len() == 2 && is_whole(&cells[0]) && !is_number(&cells[1]);
            !self.between_rows || (named && is_number(content))
        });
        match last {
            Some((_, cells)) => cells.push(content.to_owned()),
            None => self.rows.push((number, vec![content.to_owned()])),
        }
        self.between_rows = false;
    }

    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let filled: Vec<_> =
            rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
        for (number, cells) in &filled {
            self.paragraphs.push(Paragraph::row(self.tables, cells.clone(), Some(*number)));
        }
        self.tables += usize::from(!filled.is_empty());
        for (number, mark, note) in std::mem::take(&mut self.row_notes) {
            self.notes.extend(mark.map(|mark| (mark, self.paragraphs.len())));
            self.paragraphs.push(Paragraph::of(Part::LooseNote, note, Some(number)));
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.take() else { return };
        if paragraph.part == Part::Text {
            let level = appendix_level(&paragraph.text).or_else(|| numerals::heading_level(&paragraph.text));
            paragraph.part = level.map_or(Part::Text, Part::Heading);
        }
        self.paragraphs.push(paragraph);
    }

    fn text(&mut self, number: usize, content: &str) {
        if let Some(note) = note_of(content) {
            self.end_paragraph();
            let (mark, note) = note;
            self.notes.extend(mark.map(|mark| (mark, self.paragraphs.len())));
            self.open = Some(Paragraph::of(Part::LooseNote, note, Some(number)));
            return;
        }
        match &mut self.open {
            Some(open) if goes_on(&open.text, content) => {
                open.text.push(' ');
                open.lines.push((open.text.len(), number));
                open.text.push_str(content);
            }
            _ => {
                self.end_paragraph();
                self.open = Some(Paragraph::text(content, Some(number)));
            }
        }
    }
}

/// Cells between tabs or bars on one line.
fn cells_of(line: &str) -> Option<Vec<String>> {
    let trimmed = |cells: &mut dyn Iterator<Item = &str>| cells.map(|cell| cell.trim().to_owned()).collect();
    let content = line.trim();
    if content.starts_with('|') && content.ends_with('|') && content.len() > 1 {
        return Some(trimmed(&mut content[1..content.len() - 1].split('|')));
    }
    let inner = line.trim_matches([' ', '\t']).matches('\t').count();
    (inner >= 2).then(|| trimmed(&mut line.trim_end().split('\t')))
}

/// The line of dashes under a heading in bars.
fn is_rule(cells: &[String]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-' || c == ':'))
}

fn is_whole(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit())
}

fn is_number(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit())
}

/// The number and text of a footnote: behind the sign a lost anchor leaves, or `[1]`.
fn note_of(content: &str) -> Option<(Option<usize>, &str)> {
    if let Some(note) = content.strip_prefix('\u{FFFD}') {
        return Some((None, note.trim()));
    }
    let (number, note) = content.strip_prefix('[')?.split_once(']')?;
    is_whole(number).then(|| (number.parse().ok(), note.trim()))
}

/// "Phụ lục II" on a line of its own is a heading above all others.
fn appendix_level(text: &str) -> Option<u8> {
    let number = text::fold(text).strip_prefix("phu luc")?.trim().trim_end_matches(['.', ':']).to_owned();
    number.chars().all(|c| c.is_ascii_digit() || "ivxl".contains(c)).then_some(1)
}

/// Whether a line goes on with the sentence before it.
fn goes_on(before: &str, line: &str) -> bool {
    let Some(first) = line.chars().next() else { return false };
    // What an appendix goes with stands on a line of its own.
    if numerals::leading(line).is_some() || line.starts_with("(Kèm theo ") {
        return false;
    }
    let ended = before.ends_with(['.', ':', ';', '!', '?']);
    let heading = || numerals::heading_level(before).is_some();
    match first {
        '.' | ',' | ';' | ')' | '%' => true,
        '(' => !ended,
        first if first.is_lowercase() => true,
        first if first.is_ascii_digit() => !ended && !heading(),
        _ => false,
    }
}
