//! The styles of an official document and how they look where no template says otherwise.

use std::fmt::Write;

use super::xml::{DECLARATION, W, escaped};

/// What a paragraph, run or table is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// A paragraph of the text.
    Body,
    /// An item of a list.
    List,
    /// A remark.
    Remark,
    /// Headings of the three levels.
    Heading1,
    Heading2,
    Heading3,
    /// The kind of document.
    Title,
    /// What the document is about.
    Subtitle,
    /// Above a table, below a picture.
    Caption,
    /// Around a picture.
    Picture,
    /// In the cells of a table.
    TableText,
    /// Where a table has many columns.
    TableTextSmall,
    /// Head and signature.
    Head,
    /// Who receives the document.
    Recipients,
    /// Number, title and reference of an appendix.
    AppendixNumber,
    AppendixTitle,
    AppendixReference,
    /// The page number.
    Header,
    FootnoteText,
    FootnoteReference,
    /// Tables of figures.
    Table,
}

/// A style's place in `styles.xml`.
struct Definition {
    style: Style,
    id: &'static str,
    /// Names that Word knows are English, as in every file; our own are read in Word's list of styles.
    name: &'static str,
    /// From the element after `w:name` on.
    rest: &'static str,
}

const fn define(style: Style, id: &'static str, name: &'static str, rest: &'static str) -> Definition {
    Definition { style, id, name, rest }
}

const DEFINITIONS: [Definition; 21] = [
    define(
        Style::Body,
        "BodyText",
        "Body Text",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>\
         <w:spacing w:before=\"120\" w:after=\"0\" w:line=\"264\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"720\"/><w:jc w:val=\"both\"/></w:pPr>",
    ),
    define(Style::List, "List", "List", "<w:basedOn w:val=\"BodyText\"/><w:qFormat/>"),
    define(
        Style::Remark,
        "ParRemark",
        "Ghi chú",
        "<w:basedOn w:val=\"BodyText\"/><w:qFormat/><w:rPr><w:i/><w:iCs/></w:rPr>",
    ),
    define(
        Style::Heading1,
        "Heading1",
        "heading 1",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/>\
         <w:keepLines/><w:spacing w:before=\"240\" w:after=\"0\" w:line=\"264\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"720\"/><w:jc w:val=\"both\"/>\
         <w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>",
    ),
    define(
        Style::Heading2,
        "Heading2",
        "heading 2",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/>\
         <w:keepLines/><w:spacing w:before=\"180\" w:after=\"0\" w:line=\"264\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"720\"/><w:jc w:val=\"both\"/>\
         <w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>",
    ),
    define(
        Style::Heading3,
        "Heading3",
        "heading 3",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/>\
         <w:keepLines/><w:spacing w:before=\"120\" w:after=\"0\" w:line=\"264\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"720\"/><w:jc w:val=\"both\"/>\
         <w:outlineLvl w:val=\"2\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr>",
    ),
    define(
        Style::Title,
        "Title",
        "Title",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Subtitle\"/><w:qFormat/><w:pPr><w:keepNext/>\
         <w:spacing w:before=\"360\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr>\
         <w:b/><w:bCs/><w:caps/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>",
    ),
    define(
        Style::Subtitle,
        "Subtitle",
        "Subtitle",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/>\
         <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr>\
         <w:b/><w:bCs/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>",
    ),
    define(
        Style::Caption,
        "Caption",
        "caption",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepLines/>\
         <w:spacing w:before=\"120\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr>\
         <w:b/><w:bCs/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/></w:rPr>",
    ),
    define(
        Style::Picture,
        "ParPicture",
        "Hình",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Caption\"/><w:qFormat/><w:pPr><w:keepNext/>\
         <w:spacing w:before=\"120\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr>",
    ),
    define(
        Style::TableText,
        "ParTableText",
        "Chữ trong bảng",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>\
         <w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/></w:pPr><w:rPr><w:sz w:val=\"24\"/>\
         <w:szCs w:val=\"24\"/></w:rPr>",
    ),
    define(
        Style::TableTextSmall,
        "ParTableTextSmall",
        "Chữ nhỏ trong bảng",
        "<w:basedOn w:val=\"ParTableText\"/><w:qFormat/><w:rPr><w:sz w:val=\"20\"/>\
         <w:szCs w:val=\"20\"/></w:rPr>",
    ),
    define(
        Style::Head,
        "ParHead",
        "Đầu văn bản",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>\
         <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr>",
    ),
    define(
        Style::Recipients,
        "ParRecipients",
        "Nơi nhận",
        "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>\
         <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/></w:pPr><w:rPr><w:sz w:val=\"22\"/>\
         <w:szCs w:val=\"22\"/></w:rPr>",
    ),
    define(
        Style::AppendixNumber,
        "ParAppendixNumber",
        "Số phụ lục",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"ParAppendixTitle\"/><w:qFormat/><w:pPr>\
         <w:keepNext/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>\
         <w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>",
    ),
    define(
        Style::AppendixTitle,
        "ParAppendixTitle",
        "Tên phụ lục",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/>\
         <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr>\
         <w:b/><w:bCs/></w:rPr>",
    ),
    define(
        Style::AppendixReference,
        "ParAppendixReference",
        "Dẫn chiếu phụ lục",
        "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/>\
         <w:spacing w:before=\"0\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr>\
         <w:i/><w:iCs/></w:rPr>",
    ),
    define(
        Style::Header,
        "Header",
        "header",
        "<w:basedOn w:val=\"Normal\"/><w:pPr>\
         <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr>",
    ),
    define(
        Style::FootnoteText,
        "FootnoteText",
        "footnote text",
        "<w:basedOn w:val=\"Normal\"/><w:pPr>\
         <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:right=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"both\"/></w:pPr><w:rPr>\
         <w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>",
    ),
    define(
        Style::FootnoteReference,
        "FootnoteReference",
        "footnote reference",
        "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>",
    ),
    define(
        Style::Table,
        "ParTable",
        "Bảng số liệu",
        "<w:qFormat/><w:tblPr><w:tblBorders>\
         <w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
         <w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
         <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
         <w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
         <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/></w:tblBorders>\
         <w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr>",
    ),
];

/// What styles rest on: the font, size and language of everything.
const GROUND: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
    w:eastAsia=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/>\
    <w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
    <w:pPrDefault><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>\
    </w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
    <w:qFormat/></w:style><w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
    <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
    <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
    <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
    <w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"0\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
    <w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";

/// A style a template already has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub id: String,
    pub name: String,
    pub is_default_paragraph: bool,
}

/// Under which id each style goes in a document.
#[derive(Debug)]
pub(super) struct Styles {
    ids: Vec<(Style, String)>,
    /// Definitions the document's styles still lack, one after another.
    pub missing: String,
}

impl Styles {
    /// The styles of a document that has `known` ones: its own go before ours of the same name.
    pub fn beside(known: &[Known]) -> Styles {
        let normal = known.iter().find(|style| style.is_default_paragraph);
        let normal = normal.map_or("Normal", |style| style.id.as_str());
        let mut styles = Styles { ids: Vec::new(), missing: String::new() };
        let mut renamed = vec![("Normal", normal.to_owned())];
        for definition in &DEFINITIONS {
            let same_name = |style: &&Known| style.name.eq_ignore_ascii_case(definition.name);
            // Some programs give Word's own styles names of their own and keep the ids.
            let same_id = |style: &&Known| definition.is_of_word() && style.id == definition.id;
            let found = known.iter().find(same_name).or_else(|| known.iter().find(same_id));
            let id = found.map_or_else(|| free(definition.id, known), |style| style.id.clone());
            renamed.push((definition.id, id.clone()));
            styles.ids.push((definition.style, id));
        }
        for (definition, (_, id)) in DEFINITIONS.iter().zip(&styles.ids) {
            if !known.iter().any(|style| style.id == *id) {
                styles.missing.push_str(&definition.written(id, &renamed));
            }
        }
        styles
    }

    /// The id of a style in this document.
    pub fn id(&self, style: Style) -> &str {
        let found = self.ids.iter().find(|(one, _)| *one == style);
        found.map(|(_, id)| id.as_str()).expect("every style has a definition")
    }

    /// `styles.xml` of a document without a template.
    pub fn part(&self) -> String {
        format!("{DECLARATION}<w:styles xmlns:w=\"{W}\">{GROUND}{}</w:styles>", self.missing)
    }
}

/// `id`, or with a number behind it where a template uses it for something else.
fn free(id: &str, known: &[Known]) -> String {
    let taken = |id: &str| known.iter().any(|style| style.id == id);
    let mut free = id.to_owned();
    let mut number = 1;
    while taken(&free) {
        number += 1;
        free = format!("{id}{number}0");
    }
    free
}

impl Definition {
    /// Whether Word knows the style by itself.
    fn is_of_word(&self) -> bool {
        !self.id.starts_with("Par")
    }

    fn written(&self, id: &str, renamed: &[(&str, String)]) -> String {
        let kind = match self.style {
            Style::FootnoteReference => "character",
            Style::Table => "table",
            _ => "paragraph",
        };
        let mut out = String::new();
        write!(
            out,
            "<w:style w:type=\"{kind}\"{} w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
            if self.is_of_word() { "" } else { " w:customStyle=\"1\"" },
            escaped(id),
            escaped(self.name)
        )
        .expect("a string takes all");
        let mut rest = self.rest.to_owned();
        for (from, to) in renamed {
            for element in ["basedOn", "next"] {
                let named = |id: &str| format!("<w:{element} w:val=\"{id}\"/>");
                rest = rest.replace(&named(from), &named(&escaped(to)));
            }
        }
        out.push_str(&rest);
        out.push_str("</w:style>");
        out
    }
}
