//! The small parts of a document without a template: what is in the file, settings, properties.

use super::xml::{DECLARATION, R, W, escaped};

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// `[Content_Types].xml`.
pub(super) fn content_types() -> String {
    let mut out = format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let parts = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("footnotes", "footnotes"),
        ("header1", "header"),
        ("header2", "header"),
    ];
    for (part, kind) in parts {
        out.push_str(&overridden(&format!("/word/{part}.xml"), &format!("{OFFICE}.{kind}+xml")));
    }
    let theme = "application/vnd.openxmlformats-officedocument.theme+xml";
    out.push_str(&overridden("/word/theme/theme1.xml", theme));
    out.push_str(&overridden("/docProps/core.xml", CORE_TYPE));
    let extended = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    out.push_str(&overridden("/docProps/app.xml", extended));
    out.push_str("</Types>");
    out
}

/// What the properties of a document are declared as.
pub(super) const CORE_TYPE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
/// The relation to the properties of a document.
pub(super) const CORE_RELATION: &str =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/// The content type of a part of the main document, such as `styles`.
pub(super) fn content_type(kind: &str) -> String {
    format!("{OFFICE}.{kind}+xml")
}

/// The line that says what a part is.
pub(super) fn overridden(part: &str, kind: &str) -> String {
    format!("<Override PartName=\"{}\" ContentType=\"{kind}\"/>", escaped(part))
}

/// One relation.
pub(super) fn relation(id: &str, kind: &str, target: &str) -> String {
    let kind = if kind.contains(':') { kind.to_owned() } else { format!("{R}/{kind}") };
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{}\"/>", escaped(target))
}

/// The relation to an address outside the document.
pub(super) fn outside(id: &str, address: &str) -> String {
    format!(
        "<Relationship Id=\"{id}\" Type=\"{R}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
        escaped(address)
    )
}

/// The relation under which the `number`th address is found; `series` is one that a template lacks.
pub(super) fn link_relation(series: u32, number: usize) -> String {
    format!("rIdParLink{series}-{number}")
}

/// A part of relations.
pub(super) fn relations(lines: &str) -> String {
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{lines}</Relationships>")
}

/// `_rels/.rels`.
pub(super) fn package_relations() -> String {
    let document = relation("rId1", "officeDocument", "word/document.xml");
    let core = relation("rId2", CORE_RELATION, "docProps/core.xml");
    let extended = relation("rId3", "extended-properties", "docProps/app.xml");
    relations(&format!("{document}{core}{extended}"))
}

/// `word/settings.xml`.
pub(super) fn settings() -> String {
    let setting = |name: &str, value: &str| {
        format!(
            "<w:compatSetting w:name=\"{name}\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"{value}\"/>"
        )
    };
    format!(
        "{DECLARATION}<w:settings xmlns:w=\"{W}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:footnotePr><w:footnote w:id=\"-1\"/>\
         <w:footnote w:id=\"0\"/></w:footnotePr><w:compat>{}{}{}{}</w:compat><w:themeFontLang w:val=\"vi-VN\"/>\
         <w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/></w:settings>",
        setting("compatibilityMode", "15"),
        setting("overrideTableStyleFontSizeAndJustification", "1"),
        setting("enableOpenTypeFeatures", "1"),
        setting("doNotFlipMirrorIndents", "1"),
    )
}

/// `word/fontTable.xml`.
pub(super) fn fonts() -> String {
    format!(
        "{DECLARATION}<w:fonts xmlns:w=\"{W}\"><w:font w:name=\"Times New Roman\">\
         <w:panose1 w:val=\"02020603050405020304\"/><w:charset w:val=\"00\"/><w:family w:val=\"roman\"/>\
         <w:pitch w:val=\"variable\"/></w:font></w:fonts>"
    )
}

/// `word/footnotes.xml` with the lines that part notes from the text.
pub(super) fn footnotes(notes: &str) -> String {
    let line = |id: i32, kind: &str, element: &str| {
        format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" \
             w:lineRule=\"auto\"/></w:pPr><w:r><w:{element}/></w:r></w:p></w:footnote>"
        )
    };
    format!(
        "{DECLARATION}<w:footnotes xmlns:w=\"{W}\">{}{}{notes}</w:footnotes>",
        line(-1, "separator", "separator"),
        line(0, "continuationSeparator", "continuationSeparator"),
    )
}

/// `docProps/core.xml`; `created` as in `2021-04-20T00:00:00Z`.
pub(super) fn core(title: &str, author: &str, created: &str) -> String {
    let (title, author, created) = (escaped(title), escaped(author), escaped(created));
    let dated = |element: &str| {
        format!("<dcterms:{element} xsi:type=\"dcterms:W3CDTF\">{created}</dcterms:{element}>")
    };
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>{author}</dc:creator>{}{}<dc:language>vi-VN</dc:language></cp:coreProperties>",
        dated("created"),
        dated("modified"),
    )
}

/// `docProps/app.xml`.
pub(super) fn app() -> String {
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>parindex</Application></Properties>"
    )
}

/// `word/theme/theme1.xml`: black on white in Times New Roman, for what an office adds itself.
pub(super) fn theme() -> String {
    let colours = [
        ("dk1", "000000"),
        ("lt1", "FFFFFF"),
        ("dk2", "1F2937"),
        ("lt2", "E5E7EB"),
        ("accent1", "1F4E79"),
        ("accent2", "C55A11"),
        ("accent3", "7F7F7F"),
        ("accent4", "BF9000"),
        ("accent5", "2E75B6"),
        ("accent6", "548235"),
        ("hlink", "0563C1"),
        ("folHlink", "954F72"),
    ];
    let colours: String = colours
        .iter()
        .map(|(name, colour)| format!("<a:{name}><a:srgbClr val=\"{colour}\"/></a:{name}>"))
        .collect();
    let font = |name: &str| {
        format!(
            "<a:{name}><a:latin typeface=\"Times New Roman\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:{name}>"
        )
    };
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"6350\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "{DECLARATION}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Văn bản\">\
         <a:themeElements><a:clrScheme name=\"Văn bản\">{colours}</a:clrScheme><a:fontScheme name=\"Văn bản\">{}{}\
         </a:fontScheme><a:fmtScheme name=\"Văn bản\"><a:fillStyleLst>{}</a:fillStyleLst><a:lnStyleLst>{}</a:lnStyleLst>\
         <a:effectStyleLst>{}</a:effectStyleLst><a:bgFillStyleLst>{}</a:bgFillStyleLst></a:fmtScheme>\
         </a:themeElements></a:theme>",
        font("majorFont"),
        font("minorFont"),
        fill.repeat(3),
        line.repeat(3),
        effect.repeat(3),
        fill.repeat(3),
    )
}
