//! Tables: a header row that repeats, rows that stay whole, cells that stand as their column says.

use std::fmt::Write;

use par_core::report::{Align, Column, Row, RowKind, Run, Table, plain};

use super::content::Content;
use super::page::line_without_words;
use super::style::Style;
use super::xml::{escaped, paragraph, run};

/// From how many columns on the words are smaller.
const MANY: usize = 9;
const BOLD: &str = "<w:b/><w:bCs/>";

/// The table with its caption above.
pub(super) fn table(content: &mut Content, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    if plain(&table.caption).is_empty() {
        space(&mut content.out);
    } else {
        content.caption(&table.caption, true);
    }
    let widths = widths(&table.columns, content.area.width);
    let mut out = start(content, table, &widths);
    if table.columns.iter().any(|column| !column.title.is_empty()) {
        header(content, &mut out, table, &widths);
    }
    for row in &table.rows {
        self::row(content, &mut out, table, row, &widths);
    }
    out.push_str("</w:tbl>");
    content.out.push_str(&out);
    // Two tables in a row would become one.
    space(&mut content.out);
}

/// Six points between a table and what stands around it.
pub(super) fn space(out: &mut String) {
    line_without_words(out, 120, "");
}

fn start(content: &Content, table: &Table, widths: &[u32]) -> String {
    let style = escaped(content.styles.id(Style::Table));
    let mut out = String::new();
    let caption = escaped(plain(&table.caption).trim());
    let caption = if caption.is_empty() { caption } else { format!("<w:tblCaption w:val=\"{caption}\"/>") };
    write!(
        out,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" \
         w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>{caption}</w:tblPr><w:tblGrid>",
        widths.iter().sum::<u32>()
    )
    .expect("a string takes all");
    for width in widths {
        write!(out, "<w:gridCol w:w=\"{width}\"/>").expect("a string takes all");
    }
    out.push_str("</w:tblGrid>");
    out
}

fn header(content: &Content, out: &mut String, table: &Table, widths: &[u32]) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (column, width) in table.columns.iter().zip(widths) {
        let mut runs = String::new();
        run(&mut runs, BOLD, &column.title);
        cell(out, *width, 1, &properties(content, table, Align::Centre, true), &runs);
    }
    out.push_str("</w:tr>");
}

fn row(content: &mut Content, out: &mut String, table: &Table, row: &Row, widths: &[u32]) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    let look = if row.kind == RowKind::Plain { "" } else { BOLD };
    let nothing: Vec<Run> = Vec::new();
    if row.kind == RowKind::Group {
        let mut runs = String::new();
        content.runs(&mut runs, row.cells.first().unwrap_or(&nothing), look);
        let properties = properties(content, table, Align::Left, true);
        cell(out, widths.iter().sum(), widths.len(), &properties, &runs);
    } else {
        for (at, (column, width)) in table.columns.iter().zip(widths).enumerate() {
            let mut runs = String::new();
            content.runs(&mut runs, row.cells.get(at).unwrap_or(&nothing), look);
            cell(out, *width, 1, &properties(content, table, column.align, false), &runs);
        }
    }
    out.push_str("</w:tr>");
}

fn properties(content: &Content, table: &Table, align: Align, stays_with_next: bool) -> String {
    let style = if table.columns.len() < MANY { Style::TableText } else { Style::TableTextSmall };
    let keep = if stays_with_next { "<w:keepNext/>" } else { "" };
    let side = match align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
    };
    format!("<w:pStyle w:val=\"{}\"/>{keep}<w:jc w:val=\"{side}\"/>", escaped(content.styles.id(style)))
}

fn cell(out: &mut String, width: u32, span: usize, properties: &str, runs: &str) {
    write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>").expect("a string takes all");
    if span > 1 {
        write!(out, "<w:gridSpan w:val=\"{span}\"/>").expect("a string takes all");
    }
    out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    paragraph(out, properties, runs);
    out.push_str("</w:tc>");
}

/// Widths of the columns that together fill `whole` twips.
fn widths(columns: &[Column], whole: u32) -> Vec<u32> {
    let parts: Vec<u32> = columns.iter().map(|column| u32::from(column.width.max(1))).collect();
    let all: u32 = parts.iter().sum();
    let mut done = 0;
    let mut before = 0;
    parts
        .into_iter()
        .map(|part| {
            done += part;
            let end = u32::try_from(u64::from(whole) * u64::from(done) / u64::from(all)).unwrap_or(whole);
            let width = end - before;
            before = end;
            width
        })
        .collect()
}
