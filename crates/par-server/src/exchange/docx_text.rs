//! Reads the text of a Word document: paragraphs with their headings, tables, footnotes at their
//! anchors. Pictures, fields' codes and deleted passages are passed over.
//!
//! Must not know: what the text is about.

use std::collections::{HashMap, HashSet};

use par_core::lint::document::{Document, Note, Paragraph, Part};
use par_core::lint::numerals;
use par_core::text;
use quick_xml::events::{BytesStart, Event};

use super::document::DocumentProblem;
use super::unpack::{Archive, Spoilt};
use super::xml::{attribute, content, events};

/// Reads a document.
///
/// # Errors
/// `NotAText` for another archive, `TooLarge`, `Broken`, `Locked`.
pub fn parse(bytes: Vec<u8>) -> Result<Document, DocumentProblem> {
    let spoilt = |spoilt| match spoilt {
        Spoilt::Broken(member) => DocumentProblem::Broken(member),
        Spoilt::Locked => DocumentProblem::Locked,
        Spoilt::TooLarge(most) => DocumentProblem::TooLarge(most),
        Spoilt::LongCell(_) => unreachable!("only a workbook has cells"),
    };
    let mut archive = Archive::open(bytes).map_err(spoilt)?;
    let mut member = |name: &str| archive.text(name).map_err(spoilt);
    let Some(xml) = member("word/document.xml")? else { return Err(DocumentProblem::NotAText) };
    let broken = |name: &str| DocumentProblem::Broken(name.to_owned());
    let mut body = Body::default();
    if let Some(styles) = member("word/styles.xml")? {
        (body.headings, body.hidden_styles) = styles_of(&styles).ok_or_else(|| broken("word/styles.xml"))?;
    }
    for kind in ["footnote", "endnote"] {
        let name = format!("word/{kind}s.xml");
        if let Some(xml) = member(&name)? {
            body.notes.extend(notes_of(kind, &xml).ok_or_else(|| broken(&name))?);
        }
    }
    let body = body.read(&xml).ok_or_else(|| broken("word/document.xml"))?;
    Ok(Document { paragraphs: body.paragraphs, hidden: body.hidden })
}

/// Whether a switch such as `w:b` is on.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "none" | "off"))
}

/// Heading levels by style (the outline level, or a built-in heading's name), and the styles whose
/// text is hidden.
fn styles_of(xml: &str) -> Option<(HashMap<String, u8>, HashSet<String>)> {
    let mut levels = HashMap::new();
    let mut hidden = HashSet::new();
    let mut style = None;
    events(xml, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            match tag.local_name().as_ref() {
                "style" => style = attribute(tag, "styleId"),
                "vanish" if is_on(tag) => hidden.extend(style.clone()),
                "outlineLvl" => {
                    let level = attribute(tag, "val").and_then(|level| level.parse::<u8>().ok());
                    if let (Some(style), Some(level @ 0..9)) = (&style, level) {
                        levels.insert(style.clone(), level + 1);
                    }
                }
                "name" => {
                    let level = attribute(tag, "val").as_deref().and_then(level_of_name);
                    if let (Some(style), Some(level)) = (&style, level) {
                        levels.entry(style.clone()).or_insert(level);
                    }
                }
                _ => {}
            }
        }
        Some(())
    })?;
    Some((levels, hidden))
}

/// "heading 2", "Heading2"
fn level_of_name(name: &str) -> Option<u8> {
    let level = name.to_lowercase().strip_prefix("heading")?.trim().parse::<u8>().ok()?;
    (1..=9).contains(&level).then_some(level)
}

/// Footnotes by kind and id.
type Notes = HashMap<(&'static str, String), String>;

fn notes_of(kind: &'static str, xml: &str) -> Option<Notes> {
    let mut notes = Notes::new();
    let mut open: Option<(String, String)> = None;
    let mut in_text = false;
    events(xml, |event| {
        match &event {
            Event::Start(tag) if tag.local_name().as_ref() == kind => {
                // Separators are notes of a type.
                let separator = attribute(tag, "type").is_some_and(|kind| kind != "normal");
                open = attribute(tag, "id").filter(|_| !separator).map(|id| (id, String::new()));
            }
            Event::End(tag) if tag.local_name().as_ref() == kind => {
                if let Some((id, note)) = open.take() {
                    notes.insert((kind, id), tidy(&note));
                }
            }
            Event::Start(tag) => in_text = tag.local_name().as_ref() == "t",
            Event::Empty(_) => {
                if let Some((_, note)) = &mut open {
                    note.push(' ');
                }
            }
            Event::End(tag) => {
                in_text = false;
                let paragraph = tag.local_name().as_ref() == "p";
                if let (true, Some((_, note))) = (paragraph, &mut open) {
                    note.push(' ');
                }
            }
            other if in_text => {
                if let (Some(text), Some((_, note))) = (content(other)?, &mut open) {
                    note.push_str(&text);
                }
            }
            _ => {}
        }
        Some(())
    })?;
    Some(notes)
}

/// Composed, with single spaces.
fn tidy(written: &str) -> String {
    text::compose(written).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A paragraph being read.
#[derive(Default)]
struct Open {
    text: String,
    level: Option<u8>,
    /// Letters in bold and all letters.
    bold: usize,
    letters: usize,
    notes: Vec<(usize, String)>,
}

/// The body being read.
#[derive(Default)]
struct Body {
    headings: HashMap<String, u8>,
    hidden_styles: HashSet<String>,
    /// Passages that are hidden and were passed over.
    hidden: usize,
    run_hidden: bool,
    /// Whether the properties being read are a paragraph mark's, not a run's.
    in_run: bool,
    paragraph_hidden: bool,
    notes: Notes,
    paragraphs: Vec<Paragraph>,
    /// Paragraphs that are open: a text box stands inside one.
    open: Vec<Open>,
    /// Rows and cells of the outermost table.
    row: Vec<String>,
    cell: Vec<String>,
    row_notes: Vec<String>,
    span: usize,
    depth: usize,
    tables: usize,
    in_text: bool,
    run_bold: bool,
    skipped: usize,
}

impl Body {
    fn read(mut self, xml: &str) -> Option<Body> {
        self.span = 1;
        events(xml, |event| {
            match &event {
                Event::Start(tag) => self.start(tag),
                Event::Empty(tag) => self.empty(tag),
                Event::End(tag) => self.end(tag.local_name().as_ref()),
                other if self.in_text && self.skipped == 0 => {
                    if let Some(text) = content(other)? {
                        self.write(&text);
                    }
                }
                _ => {}
            }
            Some(())
        })?;
        Some(self)
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            // The fallback repeats in old drawing what stands in the choice before it.
            "Fallback" => self.skipped += 1,
            _ if self.skipped > 0 => {}
            "p" => {
                self.open.push(Open::default());
                self.paragraph_hidden = false;
            }
            "r" => {
                (self.run_bold, self.run_hidden, self.in_run) = (false, self.paragraph_hidden, true);
            }
            "t" => {
                self.in_text = true;
                self.hidden += usize::from(self.run_hidden);
            }
            "tbl" => self.depth += 1,
            "tc" if self.depth == 1 => (self.cell, self.span) = (Vec::new(), 1),
            _ => self.setting(tag),
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>) {
        if self.skipped > 0 {
            return;
        }
        match tag.local_name().as_ref() {
            "tab" | "br" | "cr" | "noBreakHyphen" => {
                let hyphen = tag.local_name().as_ref() == "noBreakHyphen";
                self.write(if hyphen { "-" } else { " " });
            }
            "p" => {
                self.open.push(Open::default());
                self.end("p");
            }
            "tc" if self.depth == 1 => self.row.push(String::new()),
            _ => self.setting(tag),
        }
    }

    fn setting(&mut self, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "val");
        match tag.local_name().as_ref() {
            "b" => self.run_bold = is_on(tag),
            // The mark of a paragraph may be hidden without its text.
            "vanish" | "webHidden" if self.in_run => self.run_hidden = is_on(tag),
            "rStyle" if value().is_some_and(|style| self.hidden_styles.contains(&style)) => {
                self.run_hidden = true;
            }
            "gridSpan" => self.span = value().and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, 100),
            "pStyle" => {
                self.paragraph_hidden = value().is_some_and(|style| self.hidden_styles.contains(&style));
                let level = value()
                    .and_then(|style| self.headings.get(&style).copied().or_else(|| level_of_name(&style)));
                if let Some(open) = self.open.last_mut() {
                    open.level = open.level.or(level);
                }
            }
            "outlineLvl" => {
                let level = value().and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 9);
                if let (Some(open), Some(level)) = (self.open.last_mut(), level) {
                    open.level = Some(level + 1);
                }
            }
            "footnoteReference" => self.note("footnote", value_of_id(tag)),
            "endnoteReference" => self.note("endnote", value_of_id(tag)),
            _ => {}
        }
    }

    /// A note stands where it is anchored first: thousands of anchors can name one note.
    fn note(&mut self, kind: &'static str, id: Option<String>) {
        if self.run_hidden {
            return;
        }
        let note = id.and_then(|id| self.notes.remove(&(kind, id)));
        if let (Some(open), Some(note)) = (self.open.last_mut(), note) {
            open.notes.push((open.text.len(), note));
        }
    }

    fn write(&mut self, text: &str) {
        if self.run_hidden {
            return;
        }
        let bold = self.run_bold;
        if let Some(open) = self.open.last_mut() {
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            open.letters += letters;
            open.bold += if bold { letters } else { 0 };
            open.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            "t" => self.in_text = false,
            "r" => (self.in_run, self.run_hidden) = (false, false),
            "p" => self.end_paragraph(),
            "tc" if self.depth == 1 => {
                self.row.push(self.cell.join(" "));
                self.row.extend(std::iter::repeat_n(String::new(), self.span - 1));
            }
            "tr" if self.depth == 1 => self.end_row(),
            "tbl" => {
                self.depth = self.depth.saturating_sub(1);
                self.tables += usize::from(self.depth == 0);
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        let mut row = Paragraph::row(self.tables, std::mem::take(&mut self.row), None);
        let at = row.text.len();
        row.notes = self.row_notes.drain(..).map(|text| Note { at, text, line: None }).collect();
        self.paragraphs.push(row);
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let text = tidy(&open.text);
        if self.depth > 0 {
            self.cell.push(text);
            self.cell.retain(|text| !text.is_empty());
            self.row_notes.extend(open.notes.into_iter().map(|(_, note)| note));
            return;
        }
        if text.is_empty() && open.notes.is_empty() {
            return;
        }
        let bold = open.letters > 0 && open.bold == open.letters;
        let numbered = numerals::leading(&text).filter(|_| bold).and_then(|numeral| match numeral.style {
            numerals::Style::Roman => Some(1),
            numerals::Style::Arabic => u8::try_from(numeral.parts.len() + 1).ok(),
            _ => None,
        });
        let level = open.level.or(numbered).or_else(|| numerals::heading_level(&text));
        // Spaces were joined: anchors are found again by the text before them.
        let place = |at: usize| tidy(&open.text[..at]).len().min(text.len());
        let notes = open
            .notes
            .iter()
            .map(|(at, note)| Note { at: place(*at), text: note.clone(), line: None })
            .collect();
        let mut paragraph = Paragraph::of(level.map_or(Part::Text, Part::Heading), text, None);
        paragraph.notes = notes;
        self.paragraphs.push(paragraph);
    }
}

fn value_of_id(tag: &BytesStart<'_>) -> Option<String> {
    attribute(tag, "id")
}
