//! Pieces of XML as strings: escaping, elements with one value, runs of words.

use std::fmt::Write;

/// What every part begins with.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The namespace of WordprocessingML as Word writes it (transitional).
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of references from a part to others.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Adds `text` with its special signs escaped; signs that XML cannot hold are left out.
pub(super) fn escape_into(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // In an attribute a bare one would be read as a space.
            '\n' => out.push_str("&#10;"),
            '\t' => out.push('\t'),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}

/// `text` escaped, for element content and attribute values.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// A run of words with run properties (children of `w:rPr` in the order of the schema); a line feed
/// becomes a line break, a tab a tab.
pub(super) fn run(out: &mut String, properties: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    out.push_str("<w:r>");
    if !properties.is_empty() {
        write!(out, "<w:rPr>{properties}</w:rPr>").expect("a string takes all");
    }
    inside_run(out, words);
    out.push_str("</w:r>");
}

/// What stands inside a run for `words`.
pub(super) fn inside_run(out: &mut String, words: &str) {
    let mut rest = words;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\t']).unwrap_or(rest.len());
        if end > 0 {
            out.push_str("<w:t xml:space=\"preserve\">");
            escape_into(out, &rest[..end]);
            out.push_str("</w:t>");
        }
        match rest[end..].chars().next() {
            Some('\n') => out.push_str("<w:br/>"),
            Some(_) => out.push_str("<w:tab/>"),
            None => break,
        }
        rest = &rest[end + 1..];
    }
}

/// A paragraph: its properties (children of `w:pPr` in the order of the schema) and its runs.
pub(super) fn paragraph(out: &mut String, properties: &str, runs: &str) {
    out.push_str("<w:p>");
    if !properties.is_empty() {
        write!(out, "<w:pPr>{properties}</w:pPr>").expect("a string takes all");
    }
    out.push_str(runs);
    out.push_str("</w:p>");
}
