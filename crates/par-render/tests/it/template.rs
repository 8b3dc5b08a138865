//! The office's own template: what is kept, what is replaced, what is refused.

use std::io::{Cursor, Write};

use par_core::report::Document;
use par_render::docx::template::hazard::Hazard;
use par_render::docx::template::{Place, TemplateProblem};
use par_render::docx::{Options, write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::sample::{self, options};
use super::text::{self, Node, part, paths, tree};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const SECTION: &str = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/>\
    <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\" w:right=\"851\" w:bottom=\"1418\" w:left=\"1985\" \
    w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:cols w:space=\"720\"/>\
    <w:titlePg/></w:sectPr>";

/// A template as an office might have made it in a Vietnamese Word: styles with ids of its own.
struct Template {
    body: String,
    header: String,
    types: String,
    relations: String,
    more: Vec<(String, String)>,
}

impl Template {
    fn new(body: &str) -> Template {
        let of = |part: &str, kind: &str| {
            format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{OFFICE}.{kind}+xml\"/>")
        };
        let types =
            [of("document", "document.main"), of("styles", "styles"), of("header7", "header")].concat();
        let link = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{target}\"/>")
        };
        let relations =
            [link("s1", "styles", "styles.xml"), link("h1", "header", "/word/header7.xml")].concat();
        let header = "<w:p><w:r><w:t>Sở Nội vụ – bản của {{NGUOI_KY}}</w:t></w:r></w:p>".to_owned();
        Template { body: body.to_owned(), header, types, relations, more: Vec::new() }
    }

    fn file(&self) -> Vec<u8> {
        let style = |id: &str, name: &str, rest: &str| {
            format!(
                "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"{rest}><w:name w:val=\"{name}\"/></w:style>"
            )
        };
        let styles = [
            style("Binhthng", "Normal", " w:default=\"1\""),
            style("u1", "heading 1", ""),
            style("u2", "Heading 2", ""),
            style("Heading3", "Tiểu mục", ""),
            style("ParTable", "Của cơ quan", ""),
        ]
        .concat();
        let document = format!(
            "<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>{}</w:body></w:document>",
            self.body
        );
        let links =
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{}</Relationships>", self.relations);
        let root = format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{R}/officeDocument\" \
             Target=\"word/document.xml\"/></Relationships>"
        );
        let types = format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{}\
             </Types>",
            self.types
        );
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), types),
            ("_rels/.rels".to_owned(), root),
            ("word/document.xml".to_owned(), document),
            ("word/_rels/document.xml.rels".to_owned(), links),
            ("word/styles.xml".to_owned(), format!("<w:styles xmlns:w=\"{W}\">{styles}</w:styles>")),
            ("word/header7.xml".to_owned(), format!("<w:hdr xmlns:w=\"{W}\">{}</w:hdr>", self.header)),
            ("word/theme/theme1.xml".to_owned(), "<chủ-đề/>".to_owned()),
        ];
        parts.extend(self.more.iter().cloned());
        archive(&parts)
    }
}

fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        writer.start_file(path.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn words(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

const PLACE: &str = "<w:p><w:r><w:t>{{NOI_DUNG}}</w:t></w:r></w:p>";

fn within(document: &Document, template: &Template) -> Vec<u8> {
    let file = template.file();
    write(document, &Options { template: Some(&file), ..options() }).unwrap()
}

fn refused(file: &[u8]) -> Vec<TemplateProblem> {
    write(&sample::report(), &Options { template: Some(file), ..options() }).unwrap_err()
}

fn body(file: &[u8]) -> Node {
    tree(&part(file, "word/document.xml"))
}

#[test]
fn placeholders_are_filled_even_where_word_split_them() {
    let split = "<w:p><w:r><w:t xml:space=\"preserve\">Số: {</w:t></w:r><w:proofErr w:type=\"spellStart\"/>\
        <w:r><w:rPr><w:b/></w:rPr><w:t>{S</w:t></w:r><w:r><w:t>O}} và {{ loai }}: {{TRICH</w:t></w:r>\
        <w:r><w:t>_YEU}}!</w:t></w:r></w:p>";
    let lines = [
        split,
        &words("{{CO_QUAN_CAP_TREN}} / {{CO_QUAN}}"),
        &words("Lai Châu, {{NGAY}}"),
        PLACE,
        &words("{{NOI_NHAN}}"),
        &words("{{CHUC_VU}}"),
        &words("{{NGUOI_KY}}"),
    ];
    let file = within(&sample::report(), &Template::new(&(lines.concat() + SECTION)));
    let text = body(&file).text();
    let first = text.lines().next().unwrap();
    let start = "Số:        /BC-SNV và BÁO CÁO: Kết quả xác định Chỉ số cải cách hành chính năm 2020";
    assert!(first.starts_with(start) && first.ends_with("thành phố!"), "{first}");
    assert!(
        text.contains("\nỦY BAN NHÂN DÂN TỈNH LAI CHÂU / SỞ NỘI VỤ\nLai Châu, ngày      tháng 4 năm 2021\n")
    );
    assert!(
        text.contains("\n- Ủy ban nhân dân tỉnh (để báo cáo);\n- Các sở, ban, ngành;\n- Lưu: VT, CCHC.\n")
    );
    assert!(text.contains("\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Văn A\n"));
    assert!(!text.contains("{{") && !text.contains("}}"));
    assert_eq!(tree(&part(&file, "word/header7.xml")).text(), "Sở Nội vụ – bản của Nguyễn Văn A\n");
    assert!(!text.contains("CỘNG HÒA"), "the template's own head and tail stand alone");
    assert_eq!(text.matches("Nguyễn Văn A").count(), 1);
}

#[test]
fn the_content_takes_the_template_s_headings_and_pages() {
    let file = within(&sample::report(), &Template::new(&format!("{PLACE}{SECTION}")));
    let body = body(&file);
    let styles: Vec<&str> = body.all("w:pStyle").iter().map(|style| style.attribute("w:val")).collect();
    for used in ["u1", "u2", "Heading3", "BodyText", "ParTableText"] {
        assert!(styles.contains(&used), "{used}");
    }
    assert!(!styles.contains(&"Heading1") && !styles.contains(&"Heading2"));
    let defined = tree(&part(&file, "word/styles.xml"));
    assert!(!part(&file, "word/styles.xml").contains("w:val=\"heading 3\""), "known by its id");
    let ids: Vec<&str> = defined.all("w:style").iter().map(|style| style.attribute("w:styleId")).collect();
    for id in &styles {
        assert_eq!(ids.iter().filter(|one| one == &id).count(), 1, "{id} is defined once");
    }
    assert_eq!(
        body.all("w:tblStyle")[0].attribute("w:val"),
        "ParTable20",
        "its own ParTable is something else"
    );
    let text =
        defined.all("w:style").into_iter().find(|one| one.attribute("w:styleId") == "BodyText").unwrap();
    assert_eq!(text.child("w:basedOn").unwrap().attribute("w:val"), "Binhthng");

    let sections = body.all("w:sectPr");
    assert_eq!(sections.len(), 4, "the text and three appendices");
    assert!(
        sections[0].child("w:titlePg").is_some() && sections[0].child("w:pgNumType").is_some(),
        "as it was"
    );
    let size = sections[1].child("w:pgSz").unwrap();
    assert_eq!((size.attribute("w:w"), size.attribute("w:orient")), ("16838", "landscape"));
    for later in &sections[1..] {
        assert!(later.child("w:titlePg").is_none(), "no letterhead above an appendix");
        let numbers = later.all("w:pgNumType");
        assert_eq!((numbers.len(), numbers[0].attribute("w:start")), (1, "1"), "numbered by itself");
        assert_eq!(later.child("w:headerReference").unwrap().attribute("r:id"), "h1");
        assert_eq!(later.child("w:pgMar").unwrap().attribute("w:left"), "1985");
    }
    let whole = body.all("w:tbl").into_iter().find(|table| !table.all("w:tblHeader").is_empty()).unwrap();
    assert_eq!(whole.all("w:tblW")[0].attribute("w:w"), (11906 - 1985 - 851).to_string());
    assert_eq!(part(&file, "word/theme/theme1.xml"), "<chủ-đề/>");
}

#[test]
fn what_the_template_lacks_is_added_and_declared() {
    let file = within(&sample::report(), &Template::new(&format!("{PLACE}{SECTION}")));
    let types = part(&file, "[Content_Types].xml");
    let links = part(&file, "word/_rels/document.xml.rels");
    for declared in ["Extension=\"png\"", "/word/footnotes.xml", "/docProps/core.xml"] {
        assert_eq!(types.matches(declared).count(), 1, "{declared}");
    }
    for link in ["footnotes.xml", "media/par1.png"] {
        assert_eq!(links.matches(link).count(), 1, "{link}");
    }
    tree(&types);
    tree(&links);
    assert!(text::words(&file).contains("Gồm 20 sở"), "footnotes");
    let text = body(&file).text();
    assert!(
        text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && text.contains("Nơi nhận:"),
        "head and tail"
    );
    let mut all = paths(&file);
    all.sort();
    let count = all.len();
    all.dedup();
    assert_eq!(all.len(), count, "no part twice");
}

#[test]
fn the_template_s_own_footnotes_and_pictures_keep_their_numbers() {
    let mut template = Template::new(&format!(
        "<w:p><w:r><w:t>Lời đầu</w:t></w:r><w:r><w:footnoteReference w:id=\"4\"/></w:r></w:p>{PLACE}{SECTION}"
    ));
    let note = "<w:footnote w:id=\"4\"><w:p><w:r><w:t>Của {{CO_QUAN}}</w:t></w:r></w:p></w:footnote>";
    let notes = format!("<w:footnotes xmlns:w=\"{W}\">{note}</w:footnotes>");
    template.more.push(("word/footnotes.xml".to_owned(), notes));
    template.more.push(("word/media/par1.png".to_owned(), "ảnh".to_owned()));
    template.relations +=
        &format!("<Relationship Id=\"f\" Type=\"{R}/footnotes\" Target=\"footnotes.xml\"/>");
    let file = within(&sample::report(), &template);
    let notes = tree(&part(&file, "word/footnotes.xml"));
    let ids: Vec<&str> = notes.all("w:footnote").iter().map(|note| note.attribute("w:id")).collect();
    assert_eq!(ids, ["4", "5", "6", "7"]);
    assert!(notes.text().starts_with("Của SỞ NỘI VỤ\n"));
    assert!(paths(&file).contains(&"word/media/par2.png".to_owned()));
    assert_eq!(part(&file, "word/media/par1.png"), "ảnh");
}

#[test]
fn our_own_document_serves_as_a_template() {
    let first = write(&sample::profile(), &options()).unwrap();
    let mut parts: Vec<(String, String)> =
        paths(&first).iter().map(|path| (path.clone(), part(&first, path))).collect();
    let text = &mut parts.iter_mut().find(|(path, _)| path == "word/document.xml").unwrap().1;
    *text = text.replacen("Hồ sơ đơn vị", "{{NOI_DUNG}}", 1);
    let file = archive(&parts);
    let file = write(&sample::report(), &Options { template: Some(&file), ..options() }).unwrap();
    let defined = tree(&part(&file, "word/styles.xml"));
    let ids: Vec<&str> = defined.all("w:style").iter().map(|style| style.attribute("w:styleId")).collect();
    assert_eq!(ids.iter().filter(|id| **id == "Heading1").count(), 1);
    assert!(text::words(&file).contains("QUÁ TRÌNH TRIỂN KHAI"));
}

#[test]
fn a_dotx_becomes_a_document_and_one_with_macros_is_refused() {
    let mut template = Template::new(&format!("{PLACE}{SECTION}"));
    template.types = template.types.replace("document.main", "template.main");
    let file = within(&sample::report(), &template);
    assert!(part(&file, "[Content_Types].xml").contains("document.main+xml"));
    template.types +=
        "<Override PartName=\"/x\" ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>";
    assert_eq!(refused(&template.file()), [TemplateProblem::HasMacros]);
}

#[test]
fn what_acts_by_itself_or_is_fetched_from_elsewhere_is_refused_with_its_place() {
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
    let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let said = |text: &str| format!("<w:r><w:instrText xml:space=\"preserve\">{text}</w:instrText></w:r>");
    let paragraph = |inside: &str| format!("<w:p>{inside}</w:p>{PLACE}{SECTION}");
    let text = |hazard| TemplateProblem::Hazard { hazard, part: "word/document.xml".to_owned() };
    let field = |word: &str| text(Hazard::Field(word.to_owned()));
    let split = [begin, &said(" DDE"), &said("AUTO c:\\\\x \"y\""), end].concat();
    let nested = [begin, begin, &said(" QUOTE 68 68 "), end, &said("AUTO"), end].concat();
    let simple =
        "<w:fldSimple w:instr=\" includepicture http://x/y.png\"><w:r><w:t>x</w:t></w:r></w:fldSimple>";
    let rows = [
        (split, vec![field("DDEAUTO")]),
        (nested, vec![field("QUOTE"), field("AUTO")]),
        (simple.to_owned(), vec![field("INCLUDEPICTURE")]),
        ("<w:altChunk r:id=\"x\"/>".to_owned(), vec![text(Hazard::Chunk)]),
        (
            "<w:r><w:object><o:OLEObject r:id=\"x\"/></w:object></w:r>".to_owned(),
            vec![text(Hazard::Embedded)],
        ),
        (
            "<w:pict><v:imagedata src=\"http://x/y.png\"/></w:pict>".to_owned(),
            vec![text(Hazard::OutsidePicture)],
        ),
    ];
    for (inside, expected) in rows {
        assert_eq!(refused(&Template::new(&paragraph(&inside)).file()), expected, "{inside}");
    }
    // Fields that show only the document, and a link that somebody has to click, are an office's own.
    let page = [begin, &said(" PAGE \\* MERGEFORMAT "), end].concat();
    let mut template = Template::new(&paragraph(&page));
    let outside = |kind: &str, target: &str| {
        format!("<Relationship Id=\"y1\" Type=\"{R}/{kind}\" Target=\"{target}\" TargetMode=\"External\"/>")
    };
    template.relations += &outside("hyperlink", "https://laichau.gov.vn");
    within(&sample::report(), &template);

    let links = "word/_rels/settings.xml.rels";
    let at = |hazard, part: &str| TemplateProblem::Hazard { hazard, part: part.to_owned() };
    let relations = [
        (outside("attachedTemplate", "http://x/y.dotm"), at(Hazard::AttachedTemplate, links)),
        (outside("image", "http://x/y.png"), at(Hazard::OutsidePicture, links)),
        (outside("frame", "http://x/y.htm"), at(Hazard::Outside("frame".to_owned()), links)),
        (
            format!("<Relationship Id=\"z\" Type=\"{R}/oleObject\" Target=\"embeddings/o.bin\"/>"),
            at(Hazard::Embedded, links),
        ),
        (
            format!("<Relationship Id=\"z\" Type=\"{R}/styles\" Target=\"../../x.xml\"/>"),
            at(Hazard::Path, links),
        ),
    ];
    for (relation, expected) in relations {
        let mut template = Template::new(&format!("{PLACE}{SECTION}"));
        let xml = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{relation}</Relationships>");
        template.more.push((links.to_owned(), xml));
        assert_eq!(refused(&template.file()), [expected], "{relation}");
    }
    for (name, hazard) in [
        ("word/vbaProject.bin", Hazard::Macro),
        ("word/../../x.xml", Hazard::Path),
        ("/abs.xml", Hazard::Path),
        ("C:\\x.xml", Hazard::Path),
    ] {
        let mut template = Template::new(&format!("{PLACE}{SECTION}"));
        template.more.push((name.to_owned(), "<x/>".to_owned()));
        assert_eq!(refused(&template.file()), [at(hazard, name)], "{name}");
    }
}

#[test]
fn all_problems_of_a_template_are_told_at_once() {
    let cell = format!("<w:tbl><w:tr><w:tc>{PLACE}</w:tc></w:tr></w:tbl>");
    let mut template = Template::new(&format!("{}{cell}{SECTION}", words("{{NGAY_KY}} và {{SO")));
    template.header = format!("{}{PLACE}", words("{{LOGO}}"));
    assert_eq!(
        refused(&template.file()),
        [
            TemplateProblem::UnknownPlaceholder { name: "NGAY_KY".to_owned(), place: Place::Text },
            TemplateProblem::Unclosed { text: "{{SO".to_owned(), place: Place::Text },
            TemplateProblem::ContentNotInText { place: Place::Text },
            TemplateProblem::ContentNotInText { place: Place::Header },
            TemplateProblem::UnknownPlaceholder { name: "LOGO".to_owned(), place: Place::Header },
        ]
    );
}

#[test]
fn the_place_of_the_content_is_there_once_and_alone() {
    let with = |body: &str| refused(&Template::new(&format!("{body}{SECTION}")).file());
    assert_eq!(with(&words("Báo cáo")), [TemplateProblem::NoContentPlace]);
    assert_eq!(with(&format!("{PLACE}{PLACE}")), [TemplateProblem::SeveralContentPlaces]);
    let text = "Nội dung: {{NOI_DUNG}}".to_owned();
    assert_eq!(with(&words(&text)), [TemplateProblem::ContentNotAlone { text }]);
}

#[test]
fn what_is_no_word_document_is_refused() {
    let no = [TemplateProblem::NotADocument];
    assert_eq!(refused(b"%PDF-1.7"), no);
    assert_eq!(refused(b""), no);
    assert_eq!(refused(&archive(&[("mimetype".to_owned(), "application/vnd.oasis".to_owned())])), no);
    let damaged = Template::new("<w:p><w:r></w:p>");
    assert_eq!(refused(&damaged.file()), no);
    let mut file = Template::new(&format!("{PLACE}{SECTION}")).file();
    file.truncate(file.len() / 2);
    assert_eq!(refused(&file), no);
    let bomb = Template::new(&format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{PLACE}{SECTION}"));
    assert_eq!(refused(&bomb.file()), no);
    let strict = Template::new("").file();
    let mut parts: Vec<(String, String)> =
        paths(&strict).iter().map(|path| (path.clone(), part(&strict, path))).collect();
    parts[2].1 = "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"/>".to_owned();
    assert_eq!(refused(&archive(&parts)), [TemplateProblem::Strict]);
    let many: Vec<(String, String)> = (0..2_001).map(|at| (format!("word/{at}"), String::new())).collect();
    let large = archive(&many);
    assert_eq!(refused(&large), [TemplateProblem::TooLarge { limit: 64 << 20 }]);
}

#[test]
fn placeholders_in_boxes_and_controls_are_filled_too() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", words("Số {{SO}}"));
    let boxed = format!(
        "<w:p><w:r><w:t>{{{{CO_</w:t></w:r><w:r><w:pict>{inside}</w:pict></w:r><w:r><w:t>QUAN}}}}</w:t></w:r></w:p>"
    );
    let control = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", words("{{NGUOI_KY}}"));
    let file = within(&sample::report(), &Template::new(&format!("{boxed}{PLACE}{control}{SECTION}")));
    let text = body(&file).text();
    assert!(text.starts_with("SỞ NỘI VỤSố        /BC-SNV\n\n"), "{text}");
    assert!(text.contains("\nNguyễn Văn A\n"));
}

#[test]
fn a_place_that_ends_a_section_keeps_its_pages() {
    let narrow = SECTION.replace("w:right=\"851\"", "w:right=\"3851\"");
    let place = format!("<w:p><w:pPr>{narrow}</w:pPr><w:r><w:t>{{{{NOI_DUNG}}}}</w:t></w:r></w:p>");
    let file = within(&sample::report(), &Template::new(&format!("{place}{}{SECTION}", words("Hết"))));
    let body = body(&file);
    assert_eq!(body.all("w:sectPr").len(), 5);
    let table = body.all("w:tbl").into_iter().find(|table| !table.all("w:tblHeader").is_empty()).unwrap();
    assert_eq!(table.all("w:tblW")[0].attribute("w:w"), (11906 - 1985 - 3851).to_string());
    assert!(body.text().contains("\nHết\nPhụ lục I\n") || body.text().contains("\nHết\n\nPhụ lục I\n"));
}

#[test]
fn pages_of_unknown_size_are_a4_with_the_template_s_headers() {
    for size in ["", "<w:pgSz w:w=\"595.3pt\" w:h=\"-9223372036854775808\"/>"] {
        let section =
            format!("<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/>{size}</w:sectPr>");
        for body in [format!("{PLACE}{section}"), PLACE.to_owned()] {
            let file = within(&sample::report(), &Template::new(&body));
            let sections = self::body(&file);
            let sections = sections.all("w:sectPr");
            assert_eq!(sections.len(), 4);
            assert_eq!(sections[1].child("w:pgSz").unwrap().attribute("w:w"), "16838");
            for one in sections.iter().flat_map(|section| section.all("w:headerReference")) {
                assert_eq!(one.attribute("r:id"), "h1", "no header that the template does not have");
            }
        }
    }
}

#[test]
fn damage_anywhere_is_told_and_stops_nothing() {
    let whole = Template::new(&format!("{}{PLACE}{SECTION}", words("{{SO}}"))).file();
    let parts: Vec<(String, String)> =
        paths(&whole).iter().map(|path| (path.clone(), part(&whole, path))).collect();
    for (at, (path, text)) in parts.iter().enumerate() {
        let cuts = text.char_indices().map(|(at, _)| at).step_by(23);
        for cut in cuts {
            let mut damaged = parts.clone();
            damaged[at].1.truncate(cut);
            let file = archive(&damaged);
            let written = write(&sample::profile(), &Options { template: Some(&file), ..options() });
            let unread = path.contains("theme");
            assert!(unread || written.is_err(), "{path} cut at {cut}");
        }
    }
}
