//! A document as plain text, for people who read goldens and for the check of a text against data.

use super::{Document, Lead, Part, Run, Table, Text};

/// The document line by line: cells of a row stand between bars, footnotes below the part they belong
/// to, numbered through the document.
pub fn write(document: &Document) -> String {
    let mut writer = Writer::default();
    if let Some(head) = &document.head {
        for line in [&head.parent, &head.issuer, &head.number, &head.dated, &head.kind, &head.subject] {
            writer.line(line);
        }
        writer.line("");
    }
    writer.parts(&document.closed());
    if let Some(tail) = &document.tail {
        writer.line("");
        writer.line("Nơi nhận:");
        tail.recipient_lines().iter().for_each(|line| writer.line(line));
        tail.signer.iter().chain([&tail.name]).for_each(|line| writer.line(line));
    }
    for appendix in &document.appendices {
        let title = writer.text(&appendix.title);
        writer.line("");
        writer.line(format!("Phụ lục {}", appendix.number).trim_end());
        writer.line(&title);
        if let Some(head) = &document.head {
            writer.line(&head.reference());
        }
        writer.parts(&appendix.parts);
    }
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    notes: usize,
    /// Footnotes waiting for the end of their part.
    waiting: Vec<String>,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
        for note in std::mem::take(&mut self.waiting) {
            self.out.push_str(&note);
            self.out.push('\n');
        }
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Heading { number, text, .. } => {
                    let text = self.text(text);
                    self.line("");
                    self.line(format!("{number} {text}").trim_start());
                }
                Part::Paragraph { lead, text } => {
                    let sign = match lead {
                        Lead::Body | Lead::Remark => String::new(),
                        Lead::Dash => "- ".to_owned(),
                        Lead::Number(number) => format!("({number}) "),
                    };
                    let text = self.text(text);
                    self.line(&format!("{sign}{text}"));
                }
                Part::Table(table) => self.table(table),
                Part::Picture(picture) => {
                    self.line(&format!("[{}: {}]", picture.title, picture.description));
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let caption = self.text(&table.caption);
        self.line(&caption);
        let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
        self.line(&format!("| {} |", titles.join(" | ")));
        for row in &table.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| self.text(cell)).collect();
            self.line(&format!("| {} |", cells.join(" | ")));
        }
    }

    fn text(&mut self, text: &Text) -> String {
        let mut out = String::new();
        for run in text {
            match run {
                Run::Plain(words) | Run::Strong(words) | Run::Figure(words, _) => out.push_str(words),
                Run::Note(note) => {
                    self.notes += 1;
                    let number = self.notes;
                    out.push_str(&format!("[{number}]"));
                    let words = self.text(note);
                    self.waiting.push(format!("    [{number}] {words}"));
                }
            }
        }
        out
    }
}
