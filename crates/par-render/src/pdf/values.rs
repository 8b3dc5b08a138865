//! A document as the JSON the template reads: words and kinds, never markup.

use par_core::report::{
    Align, Appendix, Document, Head, Lead, Part, Picture, Row, RowKind, Run, Table, Tail,
};
use par_core::report::{Chart, Text, plain};
use par_core::score::figure::Figure;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use super::Imprint;
use super::world::chart_name;

/// The values of a document, and its charts in the order in which they are named.
pub(super) fn document(document: &Document, imprint: Imprint<'_>) -> (Value, Vec<(Chart, usize)>) {
    let mut pen = Pen { link: imprint.link, charts: Vec::new() };
    let body = pen.parts(&document.closed(), 1);
    let appended = document.appendices.iter();
    let head = document.head.as_ref();
    let appendices: Vec<Value> = appended.map(|one| pen.appendix(one, head)).collect();
    let values = json!({
        "title": nfc(imprint.title),
        "author": head.map_or_else(Vec::new, |head| vec![nfc(&head.issuer)]),
        "head": head.map(above),
        "body": body,
        "tail": document.tail.as_ref().map(below),
        "appendices": appendices,
    });
    (values, pen.charts)
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}

fn above(head: &Head) -> Value {
    json!({
        "parent": nfc(&head.parent),
        "issuer": nfc(&head.issuer),
        "number": nfc(&head.number),
        "dated": nfc(&head.dated),
        "kind": nfc(&head.kind),
        "subject": nfc(&head.subject),
    })
}

fn below(tail: &Tail) -> Value {
    json!({
        "recipients": tail.recipient_lines().iter().map(|line| nfc(line)).collect::<Vec<_>>(),
        "signer": tail.signer.iter().map(|line| nfc(line)).collect::<Vec<_>>(),
        "name": nfc(&tail.name),
    })
}

/// Makes values of what may hold charts and figures.
struct Pen<'a> {
    link: Option<&'a dyn Fn(&Figure) -> String>,
    /// The charts met so far.
    charts: Vec<(Chart, usize)>,
}

impl Pen<'_> {
    fn appendix(&mut self, appendix: &Appendix, head: Option<&Head>) -> Value {
        let label = format!("Phụ lục {}", nfc(&appendix.number));
        json!({
            "label": label.trim_end(),
            "title": self.runs(&appendix.title),
            "with": head.map_or_else(String::new, |head| nfc(&head.reference())),
            "landscape": appendix.landscape,
            // The title of the appendix is a heading of level 1 itself.
            "parts": self.parts(&appendix.parts, 2),
        })
    }

    /// `top` is the depth of a heading of level 1. A level left out would be a fault in a tagged
    /// document, so that depths go down step by step whatever the levels are.
    fn parts(&mut self, parts: &[Part], top: u8) -> Vec<Value> {
        let mut depth = top - 1;
        let mut values = Vec::new();
        for part in parts {
            if let Part::Heading { level, .. } = part {
                depth = (level + top - 1).clamp(top, depth + 1);
            }
            values.push(match part {
                Part::Heading { level, number, text } => json!({
                    "kind": "heading",
                    "level": level,
                    "depth": depth,
                    "number": nfc(number),
                    "text": self.runs(text),
                }),
                Part::Paragraph { lead: Lead::Body, text } => {
                    json!({ "kind": "body", "text": self.runs(text) })
                }
                Part::Paragraph { lead: Lead::Remark, text } => {
                    json!({ "kind": "remark", "text": self.runs(text) })
                }
                Part::Paragraph { lead: Lead::Dash, text } => {
                    add_item(&mut values, json!({ "number": null, "text": self.runs(text) }));
                    continue;
                }
                Part::Paragraph { lead: Lead::Number(number), text } => {
                    add_item(&mut values, json!({ "number": number, "text": self.runs(text) }));
                    continue;
                }
                Part::Table(table) => self.rows(table),
                Part::Picture(picture) => self.drawing(picture),
            });
        }
        values
    }

    fn rows(&self, table: &Table) -> Value {
        let columns: Vec<Value> = table
            .columns
            .iter()
            .map(|column| json!({ "title": nfc(&column.title), "align": side(column.align), "width": column.width.max(1) }))
            .collect();
        json!({
            "kind": "table",
            "caption": self.runs(&table.caption),
            "columns": columns,
            "rows": table.rows.iter().map(|one| self.row(one, table.columns.len())).collect::<Vec<_>>(),
        })
    }

    /// A row has as many cells as the table has columns, whatever was given: a cell missing or left
    /// over would move all that follow.
    fn row(&self, row: &Row, columns: usize) -> Value {
        let empty = Text::new();
        let wanted = if row.kind == RowKind::Group { 1 } else { columns };
        let cells: Vec<Value> =
            (0..wanted).map(|at| self.runs(row.cells.get(at).unwrap_or(&empty))).collect();
        let kind = match row.kind {
            RowKind::Plain => "plain",
            RowKind::Group => "group",
            RowKind::Summary => "summary",
        };
        let whole = row.cells.iter().all(|cell| plain(cell).chars().count() <= LONGEST_WHOLE);
        json!({ "kind": kind, "cells": cells, "whole": whole })
    }

    fn drawing(&mut self, picture: &Picture) -> Value {
        self.charts.push((picture.chart, picture.part));
        json!({
            "kind": "picture",
            "file": chart_name(self.charts.len() - 1),
            "title": nfc(&picture.title),
            "description": nfc(&picture.description),
        })
    }

    fn runs(&self, text: &[Run]) -> Value {
        let run = |run: &Run| match run {
            Run::Figure(words, figure) => match self.link {
                Some(link) => json!({ "kind": "figure", "words": nfc(words), "address": link(figure) }),
                None => json!({ "kind": "plain", "words": nfc(words) }),
            },
            Run::Plain(words) => json!({ "kind": "plain", "words": nfc(words) }),
            Run::Strong(words) => json!({ "kind": "strong", "words": nfc(words) }),
            Run::Note(text) => json!({ "kind": "note", "runs": self.runs(text) }),
        };
        text.iter().map(run).collect()
    }
}

/// Rows are kept on one page unless a cell has more letters: in a narrow column it might be taller
/// than a page, and words off the page are lost.
const LONGEST_WHOLE: usize = 400;

/// An item goes on the list before it when that is of the same kind.
fn add_item(values: &mut Vec<Value>, item: Value) {
    let list = values.last_mut().and_then(|last| last.get_mut("items")).and_then(Value::as_array_mut);
    match list {
        Some(items) if items[0]["number"].is_null() == item["number"].is_null() => items.push(item),
        _ => values.push(json!({ "kind": "list", "items": [item] })),
    }
}

fn side(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Centre => "centre",
        Align::Right => "right",
    }
}
