//! The report as a Word document: layout of Nghị định 30/2020, what Word needs, what readers need.

use par_core::report::{Chart, Document, Lead, Part, Picture, Run, words};
use par_core::score::figure::Figure;
use par_render::docx::{Options, write};

use super::sample::{self, options};
use super::schema;
use super::text::{self, Node, part, paths, tree};

fn file() -> Vec<u8> {
    write(&sample::report(), &options()).unwrap()
}

fn body(file: &[u8]) -> Node {
    tree(&part(file, "word/document.xml"))
}

/// The paragraph whose words are these.
fn paragraph<'a>(body: &'a Node, words: &str) -> &'a Node {
    let all = body.all("w:p");
    let found = all.into_iter().find(|one| one.text().trim() == words);
    found.unwrap_or_else(|| panic!("no paragraph {words:?}"))
}

fn value<'a>(node: &'a Node, path: &[&str], attribute: &str) -> &'a str {
    let mut at = node;
    for name in path {
        at = at.child(name).unwrap_or_else(|| panic!("no {name} in {}", at.name));
    }
    at.attribute(attribute)
}

fn millimetres(twips: &str) -> f64 {
    twips.parse::<f64>().unwrap() / 1440.0 * 25.4
}

#[test]
fn elements_stand_in_the_order_of_the_schema() {
    let names = ["document", "styles", "settings", "footnotes", "header1", "header2", "fontTable"];
    for document in [sample::report(), sample::profile(), sample::odd(), Document::default()] {
        let file = write(&document, &options()).unwrap();
        for name in names {
            let found = schema::faults(&tree(&part(&file, &format!("word/{name}.xml"))));
            assert!(found.is_empty(), "{name}: {found:#?}");
        }
    }
}

#[test]
fn every_footnote_in_the_text_has_its_words() {
    let file = write(&sample::odd(), &options()).unwrap();
    let body = body(&file);
    let used: Vec<&str> = body.all("w:footnoteReference").iter().map(|one| one.attribute("w:id")).collect();
    let notes = tree(&part(&file, "word/footnotes.xml"));
    let given: Vec<&str> = notes.all("w:footnote")[2..].iter().map(|one| one.attribute("w:id")).collect();
    assert_eq!(used, given);
    assert!(notes.text().contains("Ghi chú (trong ghi chú)\n"));
}

#[test]
fn paper_and_margins_are_those_of_the_decree_on_every_page() {
    let body = body(&file());
    let sections = body.all("w:sectPr");
    assert_eq!(sections.len(), 4, "text, the appendix on its side, two appendices after it");
    for (at, section) in sections.iter().enumerate() {
        let size = section.child("w:pgSz").unwrap();
        let (width, height) = if at == 1 { ("16838", "11906") } else { ("11906", "16838") };
        assert_eq!((size.attribute("w:w"), size.attribute("w:h")), (width, height));
        assert_eq!(size.attribute("w:orient"), if at == 1 { "landscape" } else { "" });
        let margin = |side: &str| millimetres(value(section, &["w:pgMar"], side));
        assert!((20.0..=25.0).contains(&margin("w:top")), "{}", margin("w:top"));
        assert!((20.0..=25.0).contains(&margin("w:bottom")));
        assert!((30.0..=35.0).contains(&margin("w:left")));
        assert!((15.0..=20.0).contains(&margin("w:right")), "{}", margin("w:right"));
    }
}

#[test]
fn pages_are_numbered_in_the_top_margin_from_the_second_on() {
    let file = file();
    let header = tree(&part(&file, "word/header1.xml"));
    assert_eq!(header.all("w:instrText")[0].words, " PAGE ");
    assert_eq!(value(header.all("w:p")[0], &["w:pPr", "w:jc"], "w:val"), "center");
    assert!(tree(&part(&file, "word/header2.xml")).all("w:fldChar").is_empty());
    let body = body(&file);
    let sections = body.all("w:sectPr");
    assert_eq!(sections.len(), 1 + sample::report().appendices.len());
    for (at, section) in sections.iter().enumerate() {
        assert!(section.child("w:titlePg").is_some(), "no number on the first page");
        let kinds: Vec<&str> =
            section.all("w:headerReference").iter().map(|one| one.attribute("w:type")).collect();
        assert_eq!(kinds, ["default", "first"]);
        let start = section.child("w:pgNumType").map(|one| one.attribute("w:start"));
        assert_eq!(start, (at > 0).then_some("1"), "each appendix is numbered by itself");
    }
}

#[test]
fn the_ground_is_times_new_roman_14_in_vietnamese() {
    let styles = tree(&part(&file(), "word/styles.xml"));
    let ground = styles.all("w:rPrDefault")[0].child("w:rPr").unwrap();
    for letters in ["w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"] {
        assert_eq!(value(ground, &["w:rFonts"], letters), "Times New Roman");
    }
    assert_eq!(value(ground, &["w:sz"], "w:val"), "28");
    assert_eq!(value(ground, &["w:lang"], "w:val"), "vi-VN");
    let text =
        styles.all("w:style").into_iter().find(|one| one.attribute("w:styleId") == "BodyText").unwrap();
    assert_eq!(value(text, &["w:pPr", "w:ind"], "w:firstLine"), "720", "1,27 cm");
    assert_eq!(value(text, &["w:pPr", "w:jc"], "w:val"), "both");
    assert_eq!(value(text, &["w:pPr", "w:spacing"], "w:before"), "120", "6 pt");
    assert_eq!(value(text, &["w:pPr", "w:spacing"], "w:line"), "264");
    for (id, level) in [("Heading1", "0"), ("Heading2", "1"), ("Heading3", "2")] {
        let heading = styles.all("w:style").into_iter().find(|one| one.attribute("w:styleId") == id).unwrap();
        assert_eq!(value(heading, &["w:pPr", "w:outlineLvl"], "w:val"), level);
    }
}

#[test]
fn the_head_has_issuer_nation_number_date_kind_and_subject() {
    let body = body(&file());
    let look = |words: &str| {
        let found = paragraph(&body, words);
        let run = found.all("w:rPr").into_iter().find(|run| run.child("w:sz").is_some()).unwrap();
        let has = |name: &str| run.child(name).is_some();
        (value(run, &["w:sz"], "w:val").to_owned(), has("w:b"), has("w:i"))
    };
    assert_eq!(look("ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU".lines().next().unwrap()), ("24".into(), false, false));
    assert_eq!(look("SỞ NỘI VỤ"), ("24".into(), true, false));
    assert_eq!(look("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("24".into(), true, false));
    assert_eq!(look("Độc lập - Tự do - Hạnh phúc"), ("26".into(), true, false));
    assert_eq!(look("Số:        /BC-SNV"), ("26".into(), false, false));
    assert_eq!(look("Lai Châu, ngày      tháng 4 năm 2021"), ("28".into(), false, true));
    assert_eq!(look("BÁO CÁO"), ("28".into(), true, false));
}

#[test]
fn lines_below_issuer_and_motto_have_their_lengths() {
    let body = body(&file());
    let table = body.all("w:tbl")[0];
    let columns: Vec<f64> =
        table.all("w:gridCol").iter().map(|column| column.attribute("w:w").parse().unwrap()).collect();
    let ruled: Vec<&Node> =
        table.all("w:p").into_iter().filter(|one| !one.all("w:pBdr").is_empty()).collect();
    let length = |at: usize| {
        let ind = ruled[at].all("w:ind")[0];
        let side = |name: &str| ind.attribute(name).parse::<f64>().unwrap();
        assert_eq!(side("w:left"), side("w:right"), "in the middle");
        columns[at] - side("w:left") - side("w:right")
    };
    assert_eq!(ruled.len(), 2);
    // Widths measured in a font with the metrics of Times New Roman, in twips.
    let (issuer, motto) = (62.0 * 20.0, 159.1 * 20.0);
    assert!((issuer / 3.0..=issuer / 2.0).contains(&length(0)), "{}", length(0));
    assert!((length(1) - motto).abs() < 40.0, "{}", length(1));
    assert!(columns[1] > 250.4 * 20.0, "the nation's name stays on one line");
}

#[test]
fn the_text_ends_with_its_sign_just_once() {
    let last = |text: &str| {
        let document = Document {
            body: vec![Part::Paragraph { lead: Lead::Body, text: words(text) }],
            tail: Some(sample::tail()),
            ..Document::default()
        };
        let file = write(&document, &options()).unwrap();
        tree(&part(&file, "word/document.xml")).all("w:p")[0].text()
    };
    assert_eq!(last("Kính trình xem xét."), "Kính trình xem xét./.\n");
    assert_eq!(last("Kính trình xem xét"), "Kính trình xem xét./.\n");
    assert_eq!(last("Kính trình xem xét./."), "Kính trình xem xét./.\n");
    let words = text::words(&file());
    assert_eq!(words.matches("./.").count(), 1, "appendices and notes have none");
    assert!(words.contains("kính trình Ủy ban nhân dân tỉnh xem xét./.\n"));
}

#[test]
fn the_tail_names_receivers_and_signer_and_stays_with_the_text() {
    let body = body(&file());
    let receivers = paragraph(&body, "Nơi nhận:");
    let look = receivers.all("w:rPr")[0];
    assert_eq!(value(look, &["w:sz"], "w:val"), "24");
    assert!(look.child("w:b").is_some() && look.child("w:i").is_some());
    paragraph(&body, "- Ủy ban nhân dân tỉnh (để báo cáo);");
    paragraph(&body, "- Lưu: VT, CCHC.");
    for line in ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn A"] {
        assert!(paragraph(&body, line).all("w:rPr")[0].child("w:b").is_some());
    }
    let room: u32 =
        value(paragraph(&body, "Nguyễn Văn A"), &["w:pPr", "w:spacing"], "w:before").parse().unwrap();
    assert!(room >= 1134, "2 cm to sign");
    let last = paragraph(&body, "Trên đây là kết quả năm 2020, kính trình Ủy ban nhân dân tỉnh xem xét./.");
    assert!(last.all("w:keepNext").len() == 1);
}

#[test]
fn appendices_say_what_they_belong_to() {
    let file = file();
    let words = text::words(&file);
    assert!(words.contains(
        "Phụ lục I\nCHỈ SỐ THÀNH PHẦN\n(Kèm theo Báo cáo số        /BC-SNV ngày      tháng 4 năm 2021)\n"
    ));
    let body = body(&file);
    assert!(body.all("w:pageBreakBefore").is_empty(), "a section begins on a page of its own");

    let mut only = sample::report();
    only.appendices.truncate(1);
    only.appendices[0].number.clear();
    only.head.as_mut().unwrap().number.clear();
    let words = text::words(&write(&only, &options()).unwrap());
    assert!(words.contains("\nPhụ lục\nCHỈ SỐ THÀNH PHẦN\n"), "{words}");
    assert!(!words.contains("Kèm theo"), "a report without a number");
    only.head = None;
    assert!(!text::words(&write(&only, &options()).unwrap()).contains("Kèm theo"));
}

#[test]
fn tables_repeat_their_header_and_keep_rows_whole() {
    let body = body(&file());
    let tables: Vec<&Node> =
        body.all("w:tbl").into_iter().filter(|table| !table.all("w:tblHeader").is_empty()).collect();
    assert_eq!(tables.len(), 2);
    for table in &tables {
        let rows = table.all("w:tr");
        assert_eq!(rows[0].all("w:tblHeader").len(), 1, "the first row");
        assert_eq!(table.all("w:tblHeader").len(), 1);
        assert_eq!(table.all("w:cantSplit").len(), rows.len());
        let whole: u32 =
            table.all("w:gridCol").iter().map(|one| one.attribute("w:w").parse::<u32>().unwrap()).sum();
        assert_eq!(whole.to_string(), value(table, &["w:tblPr", "w:tblW"], "w:w"));
    }
    let ranked = tables[0];
    assert_eq!(
        value(ranked, &["w:tblPr", "w:tblCaption"], "w:val"),
        "Bảng 1. Xếp hạng Chỉ số cải cách hành chính năm 2020"
    );
    let rows = ranked.all("w:tr");
    assert_eq!(rows[1].all("w:gridSpan")[0].attribute("w:val"), "6");
    assert_eq!(rows[1].all("w:b").len(), 1, "a group is bold");
    assert!(!rows.last().unwrap().all("w:b").is_empty(), "a sum is bold");
    let sides: Vec<&str> = rows[2].all("w:jc").iter().map(|jc| jc.attribute("w:val")).collect();
    assert_eq!(sides, ["center", "left", "right", "right", "right", "center"]);
    assert_eq!(ranked.all("w:gridCol")[1].attribute("w:w"), "3629", "40 of 100 parts of 16 cm");
}

#[test]
fn footnotes_are_real_and_numbered_as_they_come() {
    let file = file();
    let notes = tree(&part(&file, "word/footnotes.xml"));
    let ids: Vec<&str> = notes.all("w:footnote").iter().map(|note| note.attribute("w:id")).collect();
    assert_eq!(ids, ["-1", "0", "1", "2", "3"]);
    let kinds: Vec<&str> = notes.all("w:footnote")[..2].iter().map(|note| note.attribute("w:type")).collect();
    assert_eq!(kinds, ["separator", "continuationSeparator"]);
    let words = text::words(&file);
    assert!(words.contains("đơn vị tự chấm điểm[^1] và gửi"));
    assert!(words.contains("Gồm 20 sở, ban, ngành & 8 huyện, thành phố <đủ>.\n"));
    assert!(words.contains("xuống dòng trong ô[^2]\n"), "also in cells");
}

#[test]
fn charts_are_described_and_as_wide_as_the_text() {
    let file = file();
    let body = body(&file);
    let drawing = body.all("wp:docPr")[0];
    assert_eq!(drawing.attribute("title"), "Hình 1. Chỉ số theo thứ hạng");
    assert_eq!(
        drawing.attribute("descr"),
        "Cột ngang cho từng đơn vị; cao nhất 94,99 \"%\" & thấp nhất 55,60."
    );
    let extent = body.all("wp:extent")[0];
    assert_eq!(extent.attribute("cx"), (9072 * 635).to_string());
    assert_eq!(extent.attribute("cy"), (4536 * 635).to_string());
    let links = part(&file, "word/_rels/document.xml.rels");
    assert!(links.contains("Id=\"rIdPar1\"") && links.contains("media/par1.png"));
    assert!(paths(&file).contains(&"word/media/par1.png".to_owned()));
    let undrawn = Options { draw: &|_: &Picture| None, ..options() };
    let picture = Picture {
        chart: Chart::Areas,
        part: 0,
        title: "Hình".to_owned(),
        description: "Điều cần biết.".to_owned(),
    };
    let document = Document { body: vec![Part::Picture(picture)], ..Document::default() };
    let words = text::words(&write(&document, &undrawn).unwrap());
    assert!(words.starts_with("Điều cần biết.\nHình\n"), "{words}");
}

#[test]
fn a_profile_begins_with_its_text() {
    let words = text::words(&write(&sample::profile(), &options()).unwrap());
    assert!(words.starts_with("Hồ sơ đơn vị\n"), "{words}");
    assert!(!words.contains("CỘNG HÒA") && !words.contains("Nơi nhận"));
}

#[test]
fn properties_tell_title_language_and_time() {
    let core = tree(&part(&file(), "docProps/core.xml"));
    let words = |name: &str| core.child(name).unwrap().words.clone();
    assert_eq!(words("dc:title"), "Báo cáo mẫu");
    assert_eq!(words("dc:language"), "vi-VN");
    assert_eq!(words("dcterms:created"), sample::CREATED);
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(file(), file());
}

#[test]
fn signs_that_xml_cannot_hold_do_no_harm() {
    let text = vec![Run::Plain("a\u{0}\u{b}b]]> & <c>\nd\te".to_owned())];
    let document =
        Document { body: vec![Part::Paragraph { lead: Lead::Remark, text }], ..Document::default() };
    let words = text::words(&write(&document, &options()).unwrap());
    assert!(words.starts_with("ab]]> & <c>\nd\te\n"), "{words:?}");
}

#[test]
fn figures_lead_to_their_derivation_and_look_like_the_words_around_them() {
    let link = |_: &Figure| "https://cchc.example/ket-qua/2020?a=1&b=2".to_owned();
    let linked = write(&sample::report(), &Options { link: Some(&link), ..options() }).unwrap();
    let figures = body(&linked);
    let found = figures.all("w:hyperlink");
    assert!(!found.is_empty());
    for one in &found {
        assert_eq!(one.attribute("r:id"), "rIdParLink1-1", "an address is there once");
        assert!(one.all("w:rStyle").is_empty() && one.all("w:color").is_empty() && one.all("w:u").is_empty());
    }
    let links = part(&linked, "word/_rels/document.xml.rels");
    assert!(
        links.contains(r#"Target="https://cchc.example/ket-qua/2020?a=1&amp;b=2" TargetMode="External""#)
    );
    assert_eq!(figures.text(), body(&file()).text());
    assert!(body(&file()).all("w:hyperlink").is_empty(), "no address, no links");
}
