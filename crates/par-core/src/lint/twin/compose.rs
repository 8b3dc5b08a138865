//! The composed report in the form in which texts are checked, with the address of each figure.
//!
//! Head and tail are left out: the office fills them in.

use std::collections::HashMap;

use super::lines::Spot;
use crate::lint::document::{Document, Note, Paragraph, Part};
use crate::report::{self, Picture, Run, Table, Text};
use crate::score::figure::Figure;
use crate::text;

/// Addresses by place: byte range in the text.
pub(super) type Figures = HashMap<Spot, Vec<((usize, usize), Figure)>>;

/// The report as a text to be read.
pub(super) fn composed(report: &report::Document) -> (Document, Figures) {
    let mut writer = Writer::default();
    writer.parts(&report.closed());
    for appendix in &report.appendices {
        writer.plain(Part::Heading(1), format!("Phụ lục {}", appendix.number).trim_end());
        writer.text(Part::Heading(1), String::new(), &appendix.title);
        writer.parts(&appendix.parts);
    }
    (writer.document, writer.figures)
}

#[derive(Default)]
struct Writer {
    document: Document,
    figures: Figures,
    tables: usize,
}

/// Words being put together.
#[derive(Default)]
struct Flat {
    text: String,
    figures: Vec<((usize, usize), Figure)>,
    notes: Vec<(usize, Text)>,
}

impl Flat {
    fn of(start: String, text: &Text) -> Flat {
        let mut flat = Flat { text: start, ..Flat::default() };
        for run in text {
            let from = flat.text.len();
            match run {
                Run::Plain(words) | Run::Strong(words) => flat.text.push_str(&text::compose(words)),
                Run::Figure(words, figure) => {
                    flat.text.push_str(&text::compose(words));
                    flat.figures.push(((from, flat.text.len()), figure.clone()));
                }
                Run::Note(note) => flat.notes.push((from, note.clone())),
            }
        }
        flat
    }
}

impl Writer {
    fn parts(&mut self, parts: &[report::Part]) {
        for part in parts {
            match part {
                report::Part::Heading { level, number, text } => {
                    self.text(Part::Heading(*level), format!("{number} "), text);
                }
                report::Part::Paragraph { text, .. } => self.text(Part::Text, String::new(), text),
                report::Part::Table(table) => self.table(table),
                report::Part::Picture(picture) => self.picture(picture),
            }
        }
    }

    fn plain(&mut self, part: Part, words: &str) {
        self.document.paragraphs.push(Paragraph::of(part, text::compose(words), None));
    }

    fn text(&mut self, part: Part, start: String, words: &Text) {
        self.push(part, Flat::of(start, words));
    }

    fn push(&mut self, part: Part, flat: Flat) {
        let position = self.document.paragraphs.len();
        self.figures.insert((position, None), flat.figures);
        let mut paragraph = Paragraph::of(part, flat.text, None);
        for (number, (at, words)) in flat.notes.into_iter().enumerate() {
            let note = Flat::of(String::new(), &words);
            self.figures.insert((position, Some(number)), note.figures);
            paragraph.notes.push(Note { at, text: note.text, line: None });
        }
        self.document.paragraphs.push(paragraph);
    }

    /// Title and description: a Word document prints the one, a plain text both.
    fn picture(&mut self, picture: &Picture) {
        self.plain(Part::Text, &picture.title);
        self.plain(Part::Text, &format!("[{}: {}]", picture.title, picture.description));
    }

    fn table(&mut self, table: &Table) {
        self.text(Part::Text, String::new(), &table.caption);
        let titles: Vec<String> = table.columns.iter().map(|column| text::compose(&column.title)).collect();
        self.document.paragraphs.push(Paragraph::row(self.tables, titles, None));
        for row in &table.rows {
            self.row(&row.cells);
        }
        self.tables += 1;
    }

    fn row(&mut self, cells: &[Text]) {
        let flat: Vec<Flat> = cells.iter().map(|cell| Flat::of(String::new(), cell)).collect();
        let mut joined = Flat::default();
        let mut at = 0;
        for cell in &flat {
            let moved =
                |((from, to), figure): &((usize, usize), Figure)| ((at + from, at + to), figure.clone());
            joined.figures.extend(cell.figures.iter().map(moved));
            joined.notes.extend(cell.notes.iter().map(|(place, note)| (at + place, note.clone())));
            at += if cell.text.is_empty() { 0 } else { cell.text.len() + super::lines::BETWEEN_CELLS };
        }
        let cells: Vec<String> = flat.into_iter().map(|cell| cell.text).collect();
        joined.text = Paragraph::row(self.tables, cells.clone(), None).text;
        self.push(Part::Row { table: self.tables, cells }, joined);
    }
}
