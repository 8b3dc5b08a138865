//! `parindex lint` as an official meets it: texts in, findings, exit codes and problems out.

use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;

use unicode_normalization::UnicodeNormalization;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::golden::golden;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const CORRECT: &str = include_str!("../data/lint/correct.txt");
const SLIPS: &str = include_str!("../data/lint/slips.txt");

/// Checks a text against the demonstration year: standard output, standard error, exit code.
fn lint(name: &str, content: impl AsRef<[u8]>) -> (String, String, i32) {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join(name), content).unwrap();
    run(folder.path(), name, &Path::new(ROOT).join("demo/lai-chau-2020").to_string_lossy())
}

fn run(folder: &Path, name: &str, year: &str) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_parindex"))
        .current_dir(folder)
        .args(["lint", name, "--against", year])
        .output()
        .expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
    (text(&output.stdout), text(&output.stderr), output.status.code().expect("not killed"))
}

#[test]
fn a_text_whose_figures_are_right_is_left_alone_however_it_is_stored() {
    let composed = lint("bao-cao.txt", CORRECT);
    assert_eq!((composed.2, composed.1.as_str()), (0, ""), "{}", composed.0);
    assert!(composed.0.starts_with("Không thấy sai lệch"), "{}", composed.0);
    let decomposed: String = CORRECT.nfd().collect();
    assert_ne!(decomposed, CORRECT);
    let windows = format!("\u{FEFF}{}", CORRECT.replace('\n', "\r\n"));
    for text in [decomposed, windows] {
        assert_eq!(lint("bao-cao.txt", text), composed);
    }
}

#[test]
fn every_slip_of_a_text_is_told_with_place_what_it_says_and_what_the_data_say() {
    let (page, _, code) = lint("bao-cao.txt", SLIPS);
    assert_eq!(code, 1);
    golden("lint/slips.txt", &page);
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const SPACE: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

fn paragraph(style: &str, runs: &str) -> String {
    let style = if style.is_empty() {
        String::new()
    } else {
        format!(r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#)
    };
    format!("<w:p>{style}{runs}</w:p>")
}

fn words(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn row(cells: &[(&str, usize)]) -> String {
    let cell = |(text, span): &(&str, usize)| {
        format!(
            r#"<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{}</w:tc>"#,
            paragraph("", &words(text))
        )
    };
    format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
}

/// A Word document of these members.
fn archive(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Headings by style, a table with a cell over several columns, a footnote at its anchor; `index` is
/// the index of Sở Tư pháp, `fall` the change told in the footnote.
fn report(index: &str, fall: &str) -> Vec<u8> {
    let note = r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#;
    let body = [
        paragraph("Heading1", &words("Kết quả Chỉ số CCHC của các sở, ban, ngành")),
        paragraph(
            "",
            &format!(
                "{}{note}{}",
                words("Có 5/20 đơn vị "),
                words("giảm &amp; 15/20 đơn vị tăng so với năm 2019.")
            ),
        ),
        "<w:tbl>".to_owned(),
        row(&[("Tên đơn vị", 1), ("Tổng điểm", 1), ("Chỉ số CCHC (%)", 1)]),
        row(&[("Sở Tư pháp", 1), ("84,79", 1), (index, 1)]),
        row(&[("Trung bình các sở, ban, ngành", 2), ("82,08", 1)]),
        "</w:tbl>".to_owned(),
        paragraph("Muc", &words("Cải cách tài chính công")),
        paragraph("", &words("Tỷ lệ điểm trung bình đạt 72,43%.")),
    ];
    let body = body.concat();
    archive(&[
        ("word/document.xml", &format!("{HEAD}<w:document {SPACE}><w:body>{body}</w:body></w:document>")),
        (
            "word/styles.xml",
            &format!(
                r#"{HEAD}<w:styles {SPACE}><w:style w:styleId="Muc"><w:name w:val="Mục"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>"#
            ),
        ),
        (
            "word/footnotes.xml",
            &format!(
                r#"{HEAD}<w:footnotes {SPACE}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">{}</w:footnote></w:footnotes>"#,
                paragraph(
                    "",
                    &words(&format!("Giảm nhiều nhất là Sở Tài chính (giảm {fall} điểm phần trăm)."))
                )
            ),
        ),
    ])
}

#[test]
fn a_word_document_is_read_with_headings_tables_and_footnotes() {
    let (page, told, code) = lint("bao-cao.docx", report("86,52", "6,02"));
    assert_eq!((code, told.as_str()), (0, ""), "{page}");
    let (page, _, code) = lint("bao-cao.docx", report("86,25", "6,20"));
    assert_eq!(code, 1);
    golden("lint/docx.txt", &page);
}

#[test]
fn a_file_that_is_no_text_is_refused_with_what_to_do() {
    let sound = report("86,52", "6,02");
    let open = format!("{HEAD}<w:document {SPACE}><w:body><w:p>");
    let files: [(&str, Vec<u8>, &str); 8] = [
        ("cut.docx", sound[..sound.len() / 2].to_vec(), "bị hỏng"),
        ("open.docx", archive(&[("word/document.xml", &open)]), "word/document.xml"),
        ("crossed.docx", archive(&[("word/document.xml", "<a><b></a></b>")]), "word/document.xml"),
        ("book.docx", archive(&[("xl/workbook.xml", "<a/>")]), "không phải văn bản"),
        ("empty.docx", archive(&[("word/document.xml", "<a/>")]), "không có chữ nào"),
        ("empty.txt", Vec::new(), "không có chữ nào"),
        ("old.doc", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1], "kiểu cũ"),
        ("latin.txt", b"dong 1\nS\xF4\n".to_vec(), "dòng 2"),
    ];
    for (name, bytes, says) in files {
        let (page, told, code) = lint(name, bytes);
        assert_eq!((code, page.as_str()), (1, ""), "{name}: {told}");
        assert!(told.contains(says) && told.contains(name) && told.contains('→'), "{name}: {told}");
    }
}

#[test]
fn a_text_or_year_that_is_not_there_is_wrong_usage() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Một đoạn.").unwrap();
    for (name, year) in [("khong-co.txt", "2020"), ("a.txt", "2020"), ("a.txt", "khong-co"), (".", "2020")] {
        let (_, told, code) = run(folder.path(), name, year);
        assert_eq!(code, 2, "{name} {year}: {told}");
    }
}
