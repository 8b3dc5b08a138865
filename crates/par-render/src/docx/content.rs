//! Parts of a report as WordprocessingML: headings, paragraphs, footnotes, appendices.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Write;

use par_core::report::{Appendix, Document, Head, Lead, Part, Picture, Run, Text, plain};
use par_core::score::figure::Figure;

use super::page::{Area, Pages, end_of_section};
use super::parts::link_relation;
use super::style::{Style, Styles};
use super::xml::{R, escaped, paragraph, run};
use super::{Options, head, table};
use crate::png::Png;

/// Where numbers of a document's own things begin, behind those a template already uses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    /// The first footnote's id.
    pub note: u32,
    /// The first picture's number.
    pub picture: u32,
    /// The series of relations to addresses.
    pub link: u32,
}

/// What is being written, and what it refers to.
pub(super) struct Content<'a> {
    /// The elements of the body so far.
    pub out: String,
    /// Footnotes as elements of `footnotes.xml`.
    pub notes: String,
    /// Pictures in order.
    pub pictures: Vec<Png>,
    /// Addresses that figures lead to, each once.
    pub links: Vec<String>,
    /// Ids of styles.
    pub styles: &'a Styles,
    /// The area of the page written on.
    pub area: Area,
    options: &'a Options<'a>,
    start: Start,
    numbers: HashMap<String, usize>,
    next_note: u32,
}

/// How a document's own head and tail are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub with_head: bool,
    pub with_tail: bool,
}

/// How text in a paragraph is set besides its style.
#[derive(Clone, Copy, Debug, Default)]
struct Look<'a> {
    /// Properties after the style, in the order of the schema.
    paragraph: &'a str,
    /// Run properties of all its words.
    run: &'a str,
}

impl<'a> Content<'a> {
    /// Nothing yet.
    pub fn new(styles: &'a Styles, area: Area, options: &'a Options<'a>, start: Start) -> Content<'a> {
        let (out, notes) = (String::with_capacity(1 << 16), String::new());
        let (pictures, links, numbers) = (Vec::new(), Vec::new(), HashMap::new());
        let next_note = start.note;
        Content { out, notes, pictures, links, styles, area, options, start, numbers, next_note }
    }

    /// The text with its own head and tail where asked.
    pub fn text(&mut self, document: &Document, frame: Frame) {
        if let (Some(head), true) = (&document.head, frame.with_head) {
            head::head(self, head);
        }
        let tail = document.tail.as_ref();
        let body = document.closed();
        for (at, part) in body.iter().enumerate() {
            match part {
                // The signature never stands alone on a page.
                Part::Paragraph { lead, text } if tail.is_some() && at + 1 == body.len() => {
                    self.paragraph(*lead, text, "<w:keepNext/>");
                }
                other => self.part(other),
            }
        }
        if let (Some(tail), true) = (tail, frame.with_tail) {
            head::tail(self, tail);
        }
    }

    /// The appendices, each a section with pages of its own; gives the section that ends the document.
    pub fn appendices(&mut self, document: &Document, pages: &Pages) -> String {
        let mut section = &pages.first.0;
        for appendix in &document.appendices {
            end_of_section(&mut self.out, section);
            let (own, area) = pages.appendix(appendix.landscape);
            (section, self.area) = (own, *area);
            self.appendix(appendix, document.head.as_ref());
        }
        section.clone()
    }

    fn appendix(&mut self, appendix: &Appendix, head: Option<&Head>) {
        let name = format!("Phụ lục {}", appendix.number);
        let mut runs = String::new();
        run(&mut runs, "", name.trim_end());
        self.styled(Style::AppendixNumber, "", &runs);
        self.words(Style::AppendixTitle, &appendix.title, Look::default());
        if let Some(head) = head.filter(|head| !head.bare_number().is_empty()) {
            let mut runs = String::new();
            run(&mut runs, "", &head.reference());
            self.styled(Style::AppendixReference, "", &runs);
        }
        for part in &appendix.parts {
            self.part(part);
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading { level, number, text } => {
                let style = match level {
                    0 | 1 => Style::Heading1,
                    2 => Style::Heading2,
                    _ => Style::Heading3,
                };
                self.numbered(style, number, text);
            }
            Part::Paragraph { lead, text } => self.paragraph(*lead, text, ""),
            Part::Table(table) => table::table(self, table),
            Part::Picture(picture) => self.picture(picture),
        }
    }

    fn numbered(&mut self, style: Style, number: &str, text: &Text) {
        let mut runs = String::new();
        if !number.is_empty() {
            run(&mut runs, "", &format!("{number} "));
        }
        self.runs(&mut runs, text, "");
        self.styled(style, "", &runs);
    }

    fn paragraph(&mut self, lead: Lead, text: &Text, keep: &str) {
        let mut runs = String::new();
        let style = match lead {
            Lead::Body => Style::Body,
            Lead::Remark => Style::Remark,
            Lead::Dash => {
                run(&mut runs, "", "- ");
                Style::List
            }
            Lead::Number(number) => {
                run(&mut runs, "", &format!("({number}) "));
                Style::List
            }
        };
        self.runs(&mut runs, text, "");
        self.styled(style, keep, &runs);
    }

    fn words(&mut self, style: Style, text: &Text, look: Look) {
        let mut runs = String::new();
        self.runs(&mut runs, text, look.run);
        self.styled(style, look.paragraph, &runs);
    }

    /// A caption; one above its table stays with it.
    pub fn caption(&mut self, text: &Text, is_above: bool) {
        let paragraph = if is_above { "<w:keepNext/>" } else { "" };
        self.words(Style::Caption, text, Look { paragraph, run: "" });
    }

    /// A paragraph of a style with more properties behind it and runs inside.
    pub fn styled(&mut self, style: Style, more: &str, runs: &str) {
        let properties = format!("<w:pStyle w:val=\"{}\"/>{more}", escaped(self.styles.id(style)));
        paragraph(&mut self.out, &properties, runs);
    }

    /// The runs of a text, each with `look`; footnotes go to the end of their page.
    pub fn runs(&mut self, out: &mut String, text: &[Run], look: &str) {
        for piece in text {
            match piece {
                Run::Plain(words) => run(out, look, words),
                Run::Figure(words, figure) => self.figure(out, look, (words, figure)),
                Run::Strong(words) if look.contains("<w:b/>") => run(out, look, words),
                Run::Strong(words) => run(out, &format!("<w:b/><w:bCs/>{look}"), words),
                Run::Note(note) => {
                    let id = self.note(note);
                    let style = escaped(self.styles.id(Style::FootnoteReference));
                    write!(
                        out,
                        "<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr><w:footnoteReference w:id=\"{id}\"/></w:r>"
                    )
                    .expect("a string takes all");
                }
            }
        }
    }

    /// A figure, which leads to its derivation without looking otherwise than the words around it.
    fn figure(&mut self, out: &mut String, look: &str, (words, figure): (&str, &Figure)) {
        let Some(link) = self.options.link else { return run(out, look, words) };
        let number = match self.numbers.entry(link(figure)) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.links.push(new.key().clone());
                *new.insert(self.links.len())
            }
        };
        let relation = link_relation(self.start.link, number);
        write!(out, "<w:hyperlink xmlns:r=\"{R}\" r:id=\"{relation}\" w:history=\"0\">")
            .expect("a string takes all");
        run(out, look, words);
        out.push_str("</w:hyperlink>");
    }

    fn note(&mut self, text: &[Run]) -> u32 {
        let id = self.next_note;
        self.next_note += 1;
        let style = escaped(self.styles.id(Style::FootnoteText));
        let reference = escaped(self.styles.id(Style::FootnoteReference));
        let mut runs = format!("<w:r><w:rPr><w:rStyle w:val=\"{reference}\"/></w:rPr><w:footnoteRef/></w:r>");
        run(&mut runs, "", " ");
        for piece in text {
            match piece {
                Run::Plain(words) | Run::Figure(words, _) => run(&mut runs, "", words),
                Run::Strong(words) => run(&mut runs, "<w:b/><w:bCs/>", words),
                // A footnote has no footnotes of its own: its words stand in brackets.
                Run::Note(inner) => run(&mut runs, "", &format!(" ({})", plain(inner))),
            }
        }
        write!(self.notes, "<w:footnote w:id=\"{id}\">").expect("a string takes all");
        paragraph(&mut self.notes, &format!("<w:pStyle w:val=\"{style}\"/>"), &runs);
        self.notes.push_str("</w:footnote>");
        id
    }

    fn picture(&mut self, picture: &Picture) {
        let title = vec![Run::Plain(picture.title.clone())];
        let drawn = (self.options.draw)(picture).filter(|png| png.width > 0 && png.height > 0);
        let Some(png) = drawn else {
            // What the chart says is not lost where it could not be drawn.
            let words = vec![Run::Plain(picture.description.clone())];
            self.paragraph(Lead::Remark, &words, "<w:keepNext/>");
            return self.caption(&title, false);
        };
        let number = self.start.picture + u32::try_from(self.pictures.len()).expect("few pictures");
        let runs = super::picture::inline(picture, number, super::picture::size(&png, self.area));
        self.pictures.push(png);
        self.styled(Style::Picture, "", &runs);
        self.caption(&title, false);
    }
}
