//! A document value as HTML: every figure a link to its derivation, footnotes at the end.

use std::fmt::Write;

use par_core::report::{Align, Document, Lead, Part, Picture, RowKind, Run, Table, Text};
use par_render::charts::svg::escape;

use super::pen::Pen;

/// Writes the parts of a document.
pub struct Writer<'r> {
    pen: Pen<'r>,
    /// Gives the SVG of a picture; empty when there is none.
    chart: &'r dyn Fn(&Picture) -> String,
    html: String,
    notes: Vec<String>,
}

/// The whole document.
pub fn write(document: &Document, pen: Pen<'_>, chart: &dyn Fn(&Picture) -> String) -> String {
    let mut writer = Writer { pen, chart, html: String::new(), notes: Vec::new() };
    writer.parts(&document.body);
    for appendix in &document.appendices {
        let number = format!("Phụ lục {}", appendix.number);
        let title = writer.text(&appendix.title);
        writer.add(format_args!("<section class=\"appendix\"><h2>{}: {title}</h2>", escape(number.trim())));
        writer.parts(&appendix.parts);
        writer.add(format_args!("</section>"));
    }
    if !writer.notes.is_empty() {
        writer.add(format_args!("<section class=\"notes\"><h2>Chú thích</h2><ol>"));
        for (note, number) in std::mem::take(&mut writer.notes).into_iter().zip(1..) {
            writer.add(format_args!(
                "<li id=\"chu-thich-{number}\">{note} <a href=\"#cho-chu-thich-{number}\" aria-label=\"Về chỗ có chú thích {number}\">↩</a></li>"
            ));
        }
        writer.add(format_args!("</ol></section>"));
    }
    writer.html
}

impl Writer<'_> {
    fn add(&mut self, html: std::fmt::Arguments<'_>) {
        self.html.write_fmt(html).expect("writing to a string cannot fail");
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Heading { level, number, text } => {
                    let text = self.text(text);
                    // The page's title is the first heading.
                    let level = level + 1;
                    self.add(format_args!("<h{level}>{} {text}</h{level}>", escape(number)));
                }
                Part::Paragraph { lead, text } => self.paragraph(*lead, text),
                Part::Table(table) => self.table(table),
                Part::Picture(picture) => self.picture(picture),
            }
        }
    }

    fn paragraph(&mut self, lead: Lead, text: &Text) {
        let text = self.text(text);
        match lead {
            Lead::Body => self.add(format_args!("<p>{text}</p>")),
            Lead::Dash => self.add(format_args!("<p class=\"item\">– {text}</p>")),
            Lead::Number(number) => self.add(format_args!("<p class=\"item\">({number}) {text}</p>")),
            Lead::Remark => self.add(format_args!("<p class=\"remark\">{text}</p>")),
        }
    }

    fn picture(&mut self, picture: &Picture) {
        let svg = (self.chart)(picture);
        let title = escape(&picture.title);
        self.add(format_args!(
            "<figure><div class=\"chart\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\">{svg}</div><figcaption>{title}</figcaption></figure>"
        ));
    }

    fn table(&mut self, table: &Table) {
        let caption = self.text(&table.caption);
        let spoken = escape(&par_core::report::plain(&table.caption));
        self.add(format_args!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{spoken}\"><table><caption>{caption}</caption><thead><tr>"
        ));
        for column in &table.columns {
            let (class, title) = (class(column.align), escape(&column.title));
            self.add(format_args!("<th scope=\"col\"{class}>{title}</th>"));
        }
        self.add(format_args!("</tr></thead><tbody>"));
        let columns = table.columns.len();
        for row in &table.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| self.text(cell)).collect();
            match row.kind {
                RowKind::Group => self.add(format_args!(
                    "<tr class=\"group\"><th scope=\"colgroup\" colspan=\"{columns}\">{}</th></tr>",
                    cells.first().map_or("", String::as_str)
                )),
                kind => {
                    let row_class = if kind == RowKind::Summary { " class=\"summary\"" } else { "" };
                    self.add(format_args!("<tr{row_class}>"));
                    for (cell, column) in cells.iter().zip(&table.columns) {
                        self.add(format_args!("<td{}>{cell}</td>", class(column.align)));
                    }
                    self.add(format_args!("</tr>"));
                }
            }
        }
        self.add(format_args!("</tbody></table></div>"));
    }

    fn text(&mut self, text: &Text) -> String {
        let mut html = String::new();
        for run in text {
            match run {
                Run::Plain(words) => html.push_str(&escape(words)),
                Run::Strong(words) => html.push_str(&format!("<strong>{}</strong>", escape(words))),
                Run::Figure(printed, figure) => html.push_str(&format!(
                    "<a class=\"figure\" href=\"{}\">{}</a>",
                    escape(&self.pen.derivation(figure)),
                    escape(printed)
                )),
                Run::Note(note) => {
                    let note = self.text(note);
                    self.notes.push(note);
                    let number = self.notes.len();
                    html.push_str(&format!(
                        "<sup id=\"cho-chu-thich-{number}\"><a href=\"#chu-thich-{number}\" aria-label=\"Chú thích {number}\">{number}</a></sup>"
                    ));
                }
            }
        }
        html
    }
}

fn class(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Centre => " class=\"centre\"",
        Align::Right => " class=\"number\"",
    }
}
