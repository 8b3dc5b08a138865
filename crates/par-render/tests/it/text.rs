//! The words of a Word document, read back from its file, and its XML as a tree.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// A part of the file as text.
pub fn part(file: &[u8], path: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Paths of all parts, in order.
pub fn paths(file: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    (0..archive.len()).map(|at| archive.by_index(at).unwrap().name().unwrap().into_owned()).collect()
}

/// An element with everything in it.
#[derive(Debug, Default, Clone)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// Words directly in it.
    pub words: String,
}

impl Node {
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// All elements of a name inside, however deep, in order.
    pub fn all(&self, name: &str) -> Vec<&Node> {
        let mut found = Vec::new();
        self.gather(name, &mut found);
        found
    }

    fn gather<'a>(&'a self, name: &str, found: &mut Vec<&'a Node>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.gather(name, found);
        }
    }

    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Its printed words; paragraphs end with a line feed, footnotes stand as `[^3]`.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.say(&mut out);
        out
    }

    fn say(&self, out: &mut String) {
        match self.name.as_str() {
            "w:t" => out.push_str(&self.words),
            "w:br" => out.push('\n'),
            "w:tab" => out.push('\t'),
            "w:footnoteReference" => out.push_str(&format!("[^{}]", self.attribute("w:id"))),
            _ => {}
        }
        self.children.iter().for_each(|child| child.say(out));
        if self.name == "w:p" {
            out.push('\n');
        }
    }
}

/// A part as a tree.
pub fn tree(xml: &str) -> Node {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => open.push(node(&tag)),
            Event::Empty(tag) => open.last_mut().unwrap().children.push(node(&tag)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().words.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let sign = format!("&{};", name.xml10_content());
                open.last_mut().unwrap().words.push_str(&unescape(&sign).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "elements are closed");
    open.pop().unwrap().children.pop().unwrap()
}

fn node(tag: &BytesStart) -> Node {
    let attribute = |attribute: quick_xml::events::attributes::Attribute| {
        (attribute.key.as_ref().to_owned(), unescape(attribute.value.as_ref()).unwrap().into_owned())
    };
    let attributes = tag.attributes().map(|one| attribute(one.unwrap())).collect();
    Node { name: tag.name().as_ref().to_owned(), attributes, ..Node::default() }
}

/// All words of a document: text with table cells, then footnotes.
pub fn words(file: &[u8]) -> String {
    let body = tree(&part(file, "word/document.xml")).text();
    let notes = tree(&part(file, "word/footnotes.xml")).text();
    format!("{body}{notes}")
}

/// Paragraphs, rows of tables (cells between bars) and footnotes, one line each.
pub fn lines(file: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    for path in ["word/document.xml", "word/footnotes.xml"] {
        gather(&tree(&part(file, path)), &mut lines);
    }
    lines
}

fn gather(node: &Node, lines: &mut Vec<String>) {
    for child in &node.children {
        match child.name.as_str() {
            "w:p" => lines.push(child.text().trim_end().to_owned()),
            "w:tr" => {
                let cells = child.all("w:tc");
                let cells: Vec<String> = cells.iter().map(|cell| cell.text().trim_end().to_owned()).collect();
                lines.push(format!("| {} |", cells.join(" | ")));
            }
            _ => gather(child, lines),
        }
    }
}
