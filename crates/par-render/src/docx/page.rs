//! Pages: paper, margins, page numbers, upright and lying sections. Lengths in twips.

use super::xml::{DECLARATION, R, W, paragraph};

/// A4.
const SHORT: u32 = 11906;
const LONG: u32 = 16838;
/// Margins of Nghị định 30/2020: top and bottom 20 to 25 mm, left 30 to 35, right 15 to 20.
const TOP: u32 = 1134;
const LEFT: u32 = 1701;
const RIGHT: u32 = 1133;
/// From the paper's edge to the page number.
const HEADER: u32 = 567;

/// Relations of the headers in a document without a template.
pub(super) const HEADER_ID: &str = "rId5";
pub(super) const FIRST_HEADER_ID: &str = "rId6";

/// The area text may fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub width: u32,
    pub height: u32,
}

/// The sections a document is made of: `w:sectPr` elements and the area each leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    /// Of the text.
    pub first: (String, Area),
    /// Of an appendix on upright pages, which are numbered from 1 (Nghị định 30/2020, Phụ lục I).
    pub upright: (String, Area),
    /// Of an appendix on pages on their side.
    pub lying: (String, Area),
}

/// Numbers the pages of a section from 1.
pub(super) const FROM_ONE: &str = "<w:pgNumType w:start=\"1\"/>";

impl Pages {
    /// The pages of an official document: no number on the first, nor on the first of an appendix.
    pub fn official() -> Pages {
        let number = format!("<w:headerReference w:type=\"default\" r:id=\"{HEADER_ID}\"/>");
        let none = format!("<w:headerReference w:type=\"first\" r:id=\"{FIRST_HEADER_ID}\"/>");
        let area = |width: u32, height: u32| Area { width: width - LEFT - RIGHT, height: height - 2 * TOP };
        let section = |(width, height): (u32, u32), numbers: &str| {
            let turned = if width > height { " w:orient=\"landscape\"" } else { "" };
            let xml = format!(
                "<w:sectPr>{number}{none}<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{turned}/>\
                 <w:pgMar w:top=\"{TOP}\" w:right=\"{RIGHT}\" w:bottom=\"{TOP}\" w:left=\"{LEFT}\" \
                 w:header=\"{HEADER}\" w:footer=\"{HEADER}\" w:gutter=\"0\"/>{numbers}<w:cols w:space=\"720\"/><w:titlePg/></w:sectPr>"
            );
            (xml, area(width, height))
        };
        Pages {
            first: section((SHORT, LONG), ""),
            upright: section((SHORT, LONG), FROM_ONE),
            lying: section((LONG, SHORT), FROM_ONE),
        }
    }

    /// The section and area of an appendix.
    pub fn appendix(&self, is_lying: bool) -> &(String, Area) {
        if is_lying { &self.lying } else { &self.upright }
    }
}

/// The paragraph that ends a section.
pub(super) fn end_of_section(out: &mut String, section: &str) {
    line_without_words(out, 20, section);
}

/// A paragraph without words of a height in twips; at 20 so small that it never takes a page of its own.
pub(super) fn line_without_words(out: &mut String, height: u32, section: &str) {
    let properties = format!(
        "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{height}\" w:lineRule=\"exact\"/>\
         <w:rPr><w:sz w:val=\"2\"/><w:szCs w:val=\"2\"/></w:rPr>{section}"
    );
    paragraph(out, &properties, "");
}

/// The header with the page's number in the middle.
pub(super) fn numbered_header(style: &str) -> String {
    header(&format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:jc w:val=\"center\"/></w:pPr>\
         <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
    ))
}

/// The header of the first page, without a number.
pub(super) fn empty_header(style: &str) -> String {
    header(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr></w:p>"))
}

fn header(content: &str) -> String {
    format!("{DECLARATION}<w:hdr xmlns:w=\"{W}\" xmlns:r=\"{R}\">{content}</w:hdr>")
}
