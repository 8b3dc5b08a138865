//! A report as a Word document in the layout of Nghị định 30/2020/NĐ-CP, or in the office's template.
//!
//! Writes WordprocessingML itself: repeating header rows, footnotes and alternative texts are what an
//! official document needs, and the order of elements is what Word is strict about. Knows no files.

mod archive;
mod content;
mod head;
mod page;
mod parts;
mod picture;
mod style;
mod table;
pub mod template;
mod xml;

use par_core::report::{Document, Picture};
use par_core::score::figure::Figure;

use crate::png::Png;
use archive::Entry;
use content::{Content, Frame, Start};
use page::Pages;
use style::{Style, Styles};
use template::TemplateProblem;
use xml::{DECLARATION, R, W};

/// What a document needs besides its text.
pub struct Options<'a> {
    /// The document's title, shown by readers in the window's title.
    pub title: &'a str,
    /// Who issues it.
    pub author: &'a str,
    /// When it was made, as in `2021-04-20T00:00:00Z`.
    pub created: &'a str,
    /// Draws a chart; where it gives nothing, the chart's description is printed instead.
    pub draw: &'a dyn Fn(&Picture) -> Option<Png>,
    /// Gives the address at which a figure opens into what it is made of; without it nothing is a link.
    pub link: Option<&'a dyn Fn(&Figure) -> String>,
    /// The office's own template, a `.docx` or `.dotx` file with `{{NOI_DUNG}}` where the text goes.
    pub template: Option<&'a [u8]>,
}

/// The document as a `.docx` file. The same arguments always give the same bytes.
///
/// # Errors
/// Everything the template is refused for; never without a template.
pub fn write(document: &Document, options: &Options) -> Result<Vec<u8>, Vec<TemplateProblem>> {
    match options.template {
        Some(template) => template::write(document, options, template),
        None => Ok(official(document, options)),
    }
}

fn official(document: &Document, options: &Options) -> Vec<u8> {
    let styles = Styles::beside(&[]);
    let pages = Pages::official();
    let mut content = Content::new(&styles, pages.first.1, options, Start { note: 1, picture: 1, link: 1 });
    content.text(document, Frame { with_head: true, with_tail: true });
    let section = content.appendices(document, &pages);
    let body = format!(
        "{DECLARATION}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>{}{section}</w:body></w:document>",
        content.out
    );
    let mut links = String::new();
    let fixed = [
        ("rId1", "styles", "styles.xml"),
        ("rId2", "settings", "settings.xml"),
        ("rId3", "fontTable", "fontTable.xml"),
        ("rId4", "footnotes", "footnotes.xml"),
        (page::HEADER_ID, "header", "header1.xml"),
        (page::FIRST_HEADER_ID, "header", "header2.xml"),
        ("rId7", "theme", "theme/theme1.xml"),
    ];
    for (id, kind, target) in fixed {
        links.push_str(&parts::relation(id, kind, target));
    }
    for number in (1..).take(content.pictures.len()) {
        links.push_str(&parts::relation(&picture::relation(number), "image", &picture::file(number)));
    }
    for (number, address) in (1..).zip(&content.links) {
        links.push_str(&parts::outside(&parts::link_relation(1, number), address));
    }
    let header = styles.id(Style::Header);
    let text = |path: &str, part: String| (path.to_owned(), part.into_bytes());
    let mut entries: Vec<Entry> = vec![
        text("[Content_Types].xml", parts::content_types()),
        text("_rels/.rels", parts::package_relations()),
        text("word/document.xml", body),
        text("word/_rels/document.xml.rels", parts::relations(&links)),
        text("word/styles.xml", styles.part()),
        text("word/settings.xml", parts::settings()),
        text("word/fontTable.xml", parts::fonts()),
        text("word/footnotes.xml", parts::footnotes(&content.notes)),
        text("word/header1.xml", page::numbered_header(header)),
        text("word/header2.xml", page::empty_header(header)),
        text("word/theme/theme1.xml", parts::theme()),
        text("docProps/core.xml", parts::core(options.title, options.author, options.created)),
        text("docProps/app.xml", parts::app()),
    ];
    for (number, png) in (1..).zip(content.pictures) {
        entries.push((format!("word/{}", picture::file(number)), png.bytes));
    }
    archive::written(&entries)
}
