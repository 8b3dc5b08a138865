//! Placeholders for single words and lines: found, judged, replaced.

use std::ops::Range;

use par_core::report::Document;

use super::super::xml::inside_run;
use super::scan::{Paragraph, Scan};
use super::{CONTENT, Place, TemplateProblem};

/// What stands for a placeholder; nothing where there is no such placeholder.
fn value(document: &Document, name: &str) -> Option<String> {
    let head = document.head.as_ref();
    let tail = document.tail.as_ref();
    let value = match name {
        "SO" => head.map(|head| head.bare_number().to_owned()),
        "NGAY" => head.map(|head| head.bare_date().to_owned()),
        "CO_QUAN" => head.map(|head| head.issuer.clone()),
        "CO_QUAN_CAP_TREN" => head.map(|head| head.parent.clone()),
        "LOAI" => head.map(|head| head.kind.clone()),
        "TRICH_YEU" => head.map(|head| head.subject.clone()),
        "NGUOI_KY" => tail.map(|tail| tail.name.clone()),
        "CHUC_VU" => tail.map(|tail| tail.signer.join("\n")),
        "NOI_NHAN" => tail.map(|tail| tail.recipient_lines().join("\n")),
        _ => return None,
    };
    Some(value.unwrap_or_default())
}

/// A placeholder in a paragraph's words: where its braces stand, and its name; none where it does
/// not end.
struct Found {
    range: Range<usize>,
    name: Option<String>,
}

fn placeholders(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = text[at..].find("{{").map(|begin| at + begin) {
        let Some(length) = text[begin..].find("}}") else {
            found.push(Found { range: begin..text.len(), name: None });
            break;
        };
        let name = text[begin + 2..begin + length].trim().to_uppercase();
        at = begin + length + 2;
        found.push(Found { range: begin..at, name: Some(name) });
    }
    found
}

/// Whether a paragraph holds the place of the content.
pub(super) fn holds_content(paragraph: &Paragraph) -> bool {
    placeholders(&paragraph.text()).iter().any(|one| one.name.as_deref() == Some(CONTENT))
}

/// The edits that put the words of `document` where their placeholders stand.
pub(super) fn edits(
    scan: &Scan,
    place: Place,
    document: &Document,
    problems: &mut Vec<TemplateProblem>,
) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    for paragraph in &scan.paragraphs {
        let text = paragraph.text();
        let mut values = Vec::new();
        for Found { range, name } in placeholders(&text) {
            let Some(name) = name else {
                problems.push(TemplateProblem::Unclosed { text: text[range].to_owned(), place });
                continue;
            };
            match value(document, &name) {
                Some(value) => values.push((range, value)),
                None if name == CONTENT => {}
                None => problems.push(TemplateProblem::UnknownPlaceholder { name, place }),
            }
        }
        if !values.is_empty() {
            edits.extend(replaced(paragraph, &values));
        }
    }
    edits
}

/// The elements of a paragraph whose words change: a value goes where its placeholder begins, the
/// rest of a placeholder vanishes from the runs it is split over.
fn replaced(paragraph: &Paragraph, values: &[(Range<usize>, String)]) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    let mut begin = 0;
    for words in &paragraph.words {
        let end = begin + words.text.len();
        let mut new = String::new();
        let mut at = begin;
        for (range, value) in values {
            if range.end <= begin || range.start >= end {
                continue;
            }
            if range.start >= begin {
                new.push_str(&words.text[at - begin..range.start - begin]);
                new.push_str(value);
            }
            at = range.end.min(end);
        }
        new.push_str(&words.text[at - begin..]);
        if new != words.text {
            let mut xml = String::new();
            inside_run(&mut xml, &new);
            edits.push((words.range.clone(), xml));
        }
        begin = end;
    }
    edits
}
