//! Reads the text of a Word document: paragraphs with their headings, tables, footnotes at their
//! anchors. Pictures, fields' codes and deleted passages are passed over.
//!
//! Must not know: what the text is about.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use par_core::lint::document::{Document, Note, Paragraph, Part};
use par_core::lint::numerals;
use par_core::text;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::document::{DocumentProblem, LIMIT};

/// Members an archive may have.
const MEMBERS: usize = 10_000;

/// Reads a document.
///
/// # Errors
/// `NotAText` for another archive, `TooLarge`, `Broken`.
pub fn parse(bytes: Vec<u8>) -> Result<Document, DocumentProblem> {
    let broken = |_| DocumentProblem::Broken(String::new());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MEMBERS {
        return Err(DocumentProblem::TooLarge(LIMIT >> 20));
    }
    let mut left = LIMIT;
    let mut member = |name: &str| member(&mut archive, name, &mut left);
    let Some(body) = member("word/document.xml")? else { return Err(DocumentProblem::NotAText) };
    let styles = member("word/styles.xml")?;
    let headings = styles.map_or(Ok(HashMap::new()), |styles| styles_of("word/styles.xml", &styles))?;
    let mut notes = HashMap::new();
    for kind in ["footnote", "endnote"] {
        let name = format!("word/{kind}s.xml");
        if let Some(xml) = member(&name)? {
            notes.extend(notes_of(&name, kind, &xml)?);
        }
    }
    let body = Body { headings, notes, ..Body::new() }.read("word/document.xml", &body)?;
    Ok(Document { paragraphs: body.paragraphs })
}

/// A member's bytes; `None` when it is not there.
fn member(
    archive: &mut ZipArchive<Cursor<Vec<u8>>>,
    name: &str,
    left: &mut u64,
) -> Result<Option<Vec<u8>>, DocumentProblem> {
    if archive.index_for_name(name).is_none() {
        return Ok(None);
    }
    let broken = || DocumentProblem::Broken(name.to_owned());
    let file = archive.by_name(name).map_err(|_| broken())?;
    let mut bytes = Vec::new();
    // What is unpacked is counted, not what the directory declares.
    file.take(*left + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
    let length = bytes.len() as u64;
    if length > *left {
        return Err(DocumentProblem::TooLarge(LIMIT >> 20));
    }
    *left -= length;
    Ok(Some(bytes))
}

/// Calls `each` with every event of an XML text.
fn events(
    name: &str,
    xml: &[u8],
    mut each: impl FnMut(Event<'_>) -> Option<()>,
) -> Result<(), DocumentProblem> {
    let broken = || DocumentProblem::Broken(name.to_owned());
    let mut reader = Reader::from_str(std::str::from_utf8(xml).map_err(|_| broken())?);
    let mut depth = 0i64;
    loop {
        let event = reader.read_event().map_err(|_| broken())?;
        depth += match &event {
            Event::Start(_) => 1,
            Event::End(_) => -1,
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(broken()),
            _ => 0,
        };
        each(event).ok_or_else(broken)?;
    }
}

/// The value of an attribute by its local name.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// Whether a switch such as `w:b` is on.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "none" | "off"))
}

/// Heading levels by style: the outline level, or a built-in heading's name.
fn styles_of(name: &str, xml: &[u8]) -> Result<HashMap<String, u8>, DocumentProblem> {
    let mut levels = HashMap::new();
    let mut style = None;
    events(name, xml, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            match tag.local_name().as_ref() {
                "style" => style = attribute(tag, "styleId"),
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
    Ok(levels)
}

/// "heading 2", "Heading2"
fn level_of_name(name: &str) -> Option<u8> {
    let level = name.to_lowercase().strip_prefix("heading")?.trim().parse::<u8>().ok()?;
    (1..=9).contains(&level).then_some(level)
}

/// Footnotes by kind and id.
type Notes = HashMap<(&'static str, String), String>;

fn notes_of(name: &str, kind: &'static str, xml: &[u8]) -> Result<Notes, DocumentProblem> {
    let mut notes = Notes::new();
    let mut open: Option<(String, String)> = None;
    let mut in_text = false;
    events(name, xml, |event| {
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
    Ok(notes)
}

/// The characters of a text event; `Some(None)` of any other, `None` where they are no text.
fn content(event: &Event<'_>) -> Option<Option<String>> {
    match event {
        Event::Text(text) => Some(Some(text.xml10_content().into_owned())),
        Event::CData(text) => Some(Some(text.xml10_content().into_owned())),
        Event::GeneralRef(reference) => {
            if let Some(letter) = reference.resolve_char_ref().ok()? {
                return Some(Some(letter.to_string()));
            }
            let letter = match &**reference {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                _ => return None,
            };
            Some(Some(letter.to_owned()))
        }
        _ => Some(None),
    }
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
struct Body {
    headings: HashMap<String, u8>,
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
    fn new() -> Body {
        Body {
            headings: HashMap::new(),
            notes: HashMap::new(),
            paragraphs: Vec::new(),
            open: Vec::new(),
            row: Vec::new(),
            cell: Vec::new(),
            row_notes: Vec::new(),
            span: 1,
            depth: 0,
            tables: 0,
            in_text: false,
            run_bold: false,
            skipped: 0,
        }
    }

    fn read(mut self, name: &str, xml: &[u8]) -> Result<Body, DocumentProblem> {
        events(name, xml, |event| {
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
        Ok(self)
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            // The fallback repeats in old drawing what stands in the choice before it.
            "Fallback" => self.skipped += 1,
            _ if self.skipped > 0 => {}
            "p" => self.open.push(Open::default()),
            "r" => self.run_bold = false,
            "t" => self.in_text = true,
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
            "gridSpan" => self.span = value().and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, 100),
            "pStyle" => {
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

    fn note(&mut self, kind: &'static str, id: Option<String>) {
        let note = id.and_then(|id| self.notes.get(&(kind, id)).cloned());
        if let (Some(open), Some(note)) = (self.open.last_mut(), note) {
            open.notes.push((open.text.len(), note));
        }
    }

    fn write(&mut self, text: &str) {
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
