//! Small files that ask for much: each is answered within bounded memory, with a sentence and no panic.
#![cfg(unix)]

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const YEAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/lai-chau-2020");
/// Kilobytes of addresses that the program may take, its own code among them.
const MEMORY: &str = "800000";

/// Exit code and what was said, under the bound on memory.
fn parindex(place: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_parindex")]);
    let output = command.current_dir(place).args(arguments).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap_or(-1), said)
}

fn archive(path: &Path, members: &[(&str, String)]) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, text) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relations(list: &[(&str, &str, &str)]) -> String {
    let each = list.iter().map(|(id, kind, target)| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
    });
    format!("<Relationships>{}</Relationships>", each.collect::<String>())
}

/// A workbook of one sheet.
fn workbook(path: &Path, name: &str, sheet: &str, shared: &str) {
    let members = [
        ("_rels/.rels", relations(&[("r1", "officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"{name}\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[("r1", "worksheet", "sheet.xml"), ("r2", "sharedStrings", "shared.xml")]),
        ),
        ("xl/sheet.xml", format!("<worksheet>{sheet}</worksheet>")),
        ("xl/shared.xml", format!("<sst>{shared}</sst>")),
    ];
    archive(path, &members);
}

fn document(path: &Path, body: &str, notes: &str) {
    let members = [
        ("word/document.xml", format!("<document><body>{body}</body></document>")),
        ("word/footnotes.xml", format!("<footnotes>{notes}</footnotes>")),
    ];
    archive(path, &members);
}

fn paragraph(text: &str) -> String {
    format!("<p><r><t>{text}</t></r></p>")
}

#[test]
fn a_workbook_is_read_within_bounds_whatever_its_cells_name_or_span() {
    let place = tempfile::TempDir::new().unwrap();
    let at = |name: &str| place.path().join(name);
    let named = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>".repeat(30_000);
    let named = format!("<sheetData>{named}</sheetData>");
    let text = format!("<si><t>{}</t></si>", "x".repeat(30_000));
    workbook(&at("named.xlsx"), "Tiêu chí", &named, &text);
    let long = "x".repeat(40_000);
    let cell = format!(
        "<sheetData><row/><row r=\"7\"><c t=\"inlineStr\"><is><t>{long}</t></is></c></row></sheetData>"
    );
    workbook(&at("cell.xlsx"), "Tiêu chí", &cell, "");
    let last = "<row r=\"1000000\"><c r=\"A1000000\"><v>1</v></c></row>";
    let head: String =
        (0..26).map(|column| format!("<c r=\"{}1\"><v>1</v></c>", char::from(b'A' + column))).collect();
    let merged: String = (b'A'..=b'Z')
        .map(|letter| format!("<mergeCell ref=\"{0}1:{0}1048576\"/>", char::from(letter)))
        .collect();
    let spread =
        format!("<sheetData><row r=\"1\">{head}</row>{last}</sheetData><mergeCells>{merged}</mergeCells>");
    workbook(&at("merged.xlsx"), "Bảng", &spread, "");
    workbook(
        &at("packed.xlsx"),
        "Tiêu chí",
        "<sheetData/>",
        &format!("<si><t>{}</t></si>", " ".repeat(80 << 20)),
    );
    let rows = [
        (&["recheck", "named.xlsx"][..], "giải nén ra hơn 64 MB"),
        (&["framework", "check", "named.xlsx"], "giải nén ra hơn 64 MB"),
        (&["recheck", "cell.xlsx"], "cell.xlsx [Tiêu chí]:7: một ô ở dòng này dài hơn 32767 chữ"),
        (&["framework", "import", "cell.xlsx", "bo"], "ô A7 có nhiều chữ hơn mức Excel cho phép"),
        (&["recheck", "merged.xlsx"], "giải nén ra hơn 64 MB"),
        (&["recheck", "packed.xlsx"], "giải nén ra hơn 64 MB"),
        (&["framework", "check", "packed.xlsx"], "giải nén ra hơn 64 MB"),
    ];
    for (arguments, words) in rows {
        let (code, said) = parindex(place.path(), arguments);
        assert!(code == 1 && said.contains(words) && said.len() < 500, "{arguments:?}: {code} {said:.500}");
    }
}

#[test]
fn a_table_of_text_is_read_within_bounds() {
    let place = tempfile::TempDir::new().unwrap();
    let head = "STT,Đơn vị,Tổng điểm,Chỉ số,Xếp hạng\n";
    let long = "x".repeat(40_000);
    std::fs::write(place.path().join("o.csv"), format!("{head}1,{long},1,1,1\n")).unwrap();
    let commas = ",".repeat(600);
    std::fs::write(place.path().join("cot.csv"), format!("{head}1{commas}x\n")).unwrap();
    for (file, words) in
        [("o.csv", "o.csv:2: một ô ở dòng này dài hơn 32767 chữ"), ("cot.csv", "bảng có hơn 500 cột")]
    {
        let (code, said) = parindex(place.path(), &["recheck", file]);
        assert!(code == 1 && said.contains(words) && said.len() < 500, "{file}: {code} {said:.500}");
    }
}

#[test]
fn a_document_is_read_within_bounds_whatever_its_paragraphs_anchor() {
    let place = tempfile::TempDir::new().unwrap();
    let at = |name: &str| place.path().join(name);
    document(&at("doan.docx"), &[paragraph("Kết quả."), paragraph(&"1 ".repeat(600_000))].concat(), "");
    document(&at("nen.docx"), &paragraph(&" ".repeat(70 << 20)), "");
    let anchors = "<r><footnoteReference id=\"7\"/></r>".repeat(20_000);
    let note = format!("<footnote id=\"7\">{}</footnote>", paragraph(&"chú thích ".repeat(20_000)));
    document(&at("neo.docx"), &format!("<p><r><t>Kết quả.</t></r>{anchors}</p>"), &note);
    let rows = [
        (&["lint", "doan.docx", "--against", YEAR][..], "đoạn thứ 2 dài hơn 1 MB"),
        (&["lint", "nen.docx", "--against", YEAR], "tối đa 64 MB, kể cả sau khi giải nén"),
        (&["lint", "neo.docx", "--against", YEAR], "Không có số nào đối chiếu được"),
        (&["report", YEAR, "--docx", "b.docx", "--template", "nen.docx"], "mở ra lớn hơn 64 MB"),
    ];
    for (arguments, words) in rows {
        let (code, said) = parindex(place.path(), arguments);
        assert!(code == 1 && said.contains(words), "{arguments:?}: {code} {said:.500}");
    }
}
