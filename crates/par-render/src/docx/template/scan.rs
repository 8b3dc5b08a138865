//! Reading a template's XML by place, so that what is not ours stays byte for byte.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// Damaged XML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Damaged;

/// A `w:t` element and its words.
#[derive(Debug)]
pub(super) struct Words {
    pub range: Range<usize>,
    pub text: String,
}

/// A paragraph with the words that stand directly in it, not in boxes inside it.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub range: Range<usize>,
    /// Whether it is a child of the body.
    pub is_in_body: bool,
    pub words: Vec<Words>,
    /// The section it ends.
    pub section: Option<Range<usize>>,
}

impl Paragraph {
    /// All its words.
    pub fn text(&self) -> String {
        self.words.iter().map(|words| words.text.as_str()).collect()
    }
}

/// What was found in a part.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Paragraphs in the order in which they end.
    pub paragraphs: Vec<Paragraph>,
    /// The last section of the body.
    pub section: Option<Range<usize>>,
    /// Where the body ends.
    pub body_end: Option<usize>,
}

/// An element with its attributes, as it was found.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub name: String,
    pub range: Range<usize>,
    /// How many elements stand around it.
    pub depth: usize,
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// All elements in the order in which they begin.
pub(super) fn elements(xml: &str) -> Result<Vec<Element>, Damaged> {
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let begin = position(&reader);
        let event = reader.read_event().map_err(|_| Damaged)?;
        let end = position(&reader);
        match event {
            Event::Start(tag) => {
                open.push(found.len());
                found.push(element(&tag, begin..end, open.len() - 1)?);
            }
            Event::Empty(tag) => found.push(element(&tag, begin..end, open.len())?),
            Event::End(_) => found[open.pop().ok_or(Damaged)?].range.end = end,
            // Word writes none; one could blow a few bytes up to gigabytes.
            Event::DocType(_) => return Err(Damaged),
            Event::Eof if open.is_empty() && !found.is_empty() => return Ok(found),
            Event::Eof => return Err(Damaged),
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("the part is in memory")
}

fn element(tag: &BytesStart, range: Range<usize>, depth: usize) -> Result<Element, Damaged> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| Damaged)?;
        let value = unescape(attribute.value.as_ref()).map_err(|_| Damaged)?.into_owned();
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Ok(Element { name: tag.name().as_ref().to_owned(), range, depth, attributes })
}

/// Paragraphs, words and sections of a part.
pub(super) fn scan(xml: &str) -> Result<Scan, Damaged> {
    let all = elements(xml)?;
    let mut scan = Scan::default();
    let body = all.iter().find(|one| one.name == "w:body" && one.depth == 1).cloned();
    if let Some(body) = &body {
        scan.body_end = xml[..body.range.end].rfind("</");
    }
    let is_in_body =
        |one: &Element| body.as_ref().is_some_and(|b| one.depth == 2 && b.range.contains(&one.range.start));
    // Paragraphs that are open at the element looked at, innermost last.
    let mut open: Vec<Paragraph> = Vec::new();
    for one in &all {
        while open.last().is_some_and(|paragraph| paragraph.range.end <= one.range.start) {
            scan.paragraphs.extend(open.pop());
        }
        match one.name.as_str() {
            "w:p" => {
                let (range, is_in_body) = (one.range.clone(), is_in_body(one));
                open.push(Paragraph { range, is_in_body, words: Vec::new(), section: None });
            }
            "w:t" => {
                if let Some(paragraph) = open.last_mut() {
                    let text = words(&xml[one.range.clone()])?;
                    paragraph.words.push(Words { range: one.range.clone(), text });
                }
            }
            "w:sectPr" if is_in_body(one) => scan.section = Some(one.range.clone()),
            "w:sectPr" => {
                if let Some(paragraph) = open.last_mut() {
                    paragraph.section = Some(one.range.clone());
                }
            }
            _ => {}
        }
    }
    while let Some(paragraph) = open.pop() {
        scan.paragraphs.push(paragraph);
    }
    Ok(scan)
}

/// The words between the tags of an element.
pub(super) fn words(element: &str) -> Result<String, Damaged> {
    let Some(end) = element.rfind("</") else { return Ok(String::new()) };
    let begin = element.find('>').ok_or(Damaged)? + 1;
    if begin > end {
        return Ok(String::new());
    }
    unescape(&element[begin..end]).map(|text| text.into_owned()).map_err(|_| Damaged)
}

/// `text` with ranges replaced; ranges do not overlap.
pub(super) fn spliced(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len() + edits.iter().map(|(_, new)| new.len()).sum::<usize>());
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}
