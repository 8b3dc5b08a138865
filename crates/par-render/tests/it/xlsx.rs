//! The tables of a report as a workbook.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use par_core::report::{Align, Column, Document, Part, Row, RowKind, Run, Table, words};
use par_render::xlsx::{Options, write};

use super::sample;
use super::text::{part, paths, tree};

const OPTIONS: Options<'static> =
    Options { title: "Phụ lục số liệu", author: "Sở Nội vụ", created: sample::CREATED };

fn file() -> Vec<u8> {
    write(&sample::report(), &OPTIONS).unwrap()
}

fn book(file: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(file)).unwrap()
}

/// A document of one table with a column of numbers.
fn numbers(cells: &[&str]) -> Document {
    let row = |cell: &&str| Row { kind: RowKind::Plain, cells: vec![words(*cell)] };
    let table = Table {
        columns: vec![Column { title: "Số".to_owned(), align: Align::Right, width: 1 }],
        rows: cells.iter().map(row).collect(),
        ..Table::default()
    };
    Document { body: vec![Part::Table(table)], ..Document::default() }
}

#[test]
fn each_table_has_a_sheet_with_a_name_people_read() {
    let names = book(file()).sheet_names();
    assert_eq!(names, ["Mục lục", "Bảng 1. Xếp hạng Chỉ số cải", "Chỉ số thành phần (theo lĩnh"]);
    let mut twice = sample::report();
    twice.body.push(Part::Table(sample::ranked()));
    twice.body.push(Part::Table(Table { caption: Vec::new(), ..sample::ranked() }));
    twice.body.push(Part::Table(Table { caption: words("mục LỤC"), ..sample::ranked() }));
    let names = book(write(&twice, &OPTIONS).unwrap()).sheet_names();
    assert_eq!(
        names[2..5],
        ["Bảng 1. Xếp hạng Chỉ số cải (2)", "KẾT QUẢ", "mục LỤC (2)"],
        "the same caption again; none, so the heading above; one that is taken"
    );
}

#[test]
fn the_first_sheet_leads_to_all_others() {
    let file = file();
    let links = tree(&part(&file, "xl/worksheets/sheet1.xml"));
    let places: Vec<&str> = links.all("hyperlink").iter().map(|link| link.attribute("location")).collect();
    assert_eq!(places, ["'Bảng 1. Xếp hạng Chỉ số cải'!A1", "'Chỉ số thành phần (theo lĩnh'!A1"]);
    let sheet = book(file).worksheet_range("Mục lục").unwrap();
    assert_eq!(sheet.get_value((0, 0)), Some(&Data::String("Phụ lục số liệu".to_owned())));
    assert_eq!(sheet.get_value((3, 2)), Some(&Data::Float(41.0)), "units, without groups and means");
}

#[test]
fn numbers_are_numbers_and_all_else_is_text() {
    let sheet = book(file()).worksheet_range("Bảng 1. Xếp hạng Chỉ số cải").unwrap();
    let cell = |row: u32, column: u32| sheet.get_value((row, column)).unwrap().clone();
    let text = |words: &str| Data::String(words.to_owned());
    assert_eq!(cell(1, 2), text("Chỉ số (%)"));
    assert_eq!(cell(2, 0), text("Các sở, ban, ngành"));
    assert_eq!(
        (cell(3, 0), cell(3, 2), cell(3, 3), cell(3, 4)),
        (1.0.into(), 94.99.into(), 3.32.into(), 1160.0.into())
    );
    assert_eq!(cell(4, 1), text("Đơn vị thứ 2 có tên dài để xuống dòng trong ô (1)"));
    assert_eq!(cell(44, 1), text("=SUM(A1:A9) không phải công thức"));
    assert_eq!(cell(44, 3), Data::Float(-0.5));
    assert_eq!(cell(45, 1), text("Trung bình chung"));
    assert_eq!(cell(47, 0), text("(1) Thang điểm 78,5 do không đánh giá lĩnh vực 3."));
    let file = file();
    assert!(!part(&file, "xl/worksheets/sheet2.xml").contains("<f>"), "no formula");
}

#[test]
fn a_number_is_shown_as_it_was_printed() {
    let printed = ["87,42", "1.160", "+3,32", "0,00", "-0,10", "2020", "12.345.678,5", "−1,5"];
    let file = write(&numbers(&printed), &OPTIONS).unwrap();
    let styles = tree(&part(&file, "xl/styles.xml"));
    let sheet = tree(&part(&file, "xl/worksheets/sheet2.xml"));
    let formats = styles.all("cellXfs")[0].all("xf");
    let shown: Vec<(String, String)> = sheet.all("row")[1..]
        .iter()
        .map(|row| {
            let cell = row.all("c")[0];
            let format = formats[cell.attribute("s").parse::<usize>().unwrap()].attribute("numFmtId");
            let own = styles.all("numFmt").into_iter().find(|one| one.attribute("numFmtId") == format);
            let code = own.map_or(format, |one| one.attribute("formatCode"));
            (cell.all("v")[0].words.clone(), code.to_owned())
        })
        .collect();
    let expected = [
        ("87.42", "0.00"),
        ("1160", "#,##0"),
        ("3.32", "+0.00;-0.00;+0.00"),
        ("0", "0.00"),
        ("-0.1", "0.00;-0.00;-0.00"),
        ("2020", "0"),
        ("12345678.5", "#,##0.0"),
        ("-1.5", "0.0;\"−\"0.0;\"−\"0.0"),
    ];
    let expected: Vec<(String, String)> =
        expected.iter().map(|(value, code)| ((*value).to_owned(), (*code).to_owned())).collect();
    assert_eq!(shown, expected);
}

#[test]
fn what_only_looks_like_a_number_stays_a_text() {
    let texts =
        ["1.2.3", "007", "4/20", "1,", "12.34", "98,1 %", "+", "1234567890123456", "1 160", "KĐG", "1,2,3"];
    let mut book = book(write(&numbers(&texts), &OPTIONS).unwrap());
    let sheet = book.worksheet_range("Bảng 1").unwrap();
    for (row, text) in (1..).zip(texts) {
        assert_eq!(sheet.get_value((row, 0)), Some(&Data::String(text.to_owned())));
    }
}

#[test]
fn headers_stay_in_sight_and_are_printed_on_every_page() {
    let file = file();
    let (upright, lying) =
        (tree(&part(&file, "xl/worksheets/sheet2.xml")), tree(&part(&file, "xl/worksheets/sheet3.xml")));
    assert_eq!(upright.all("pane")[0].attribute("ySplit"), "2", "caption and header");
    assert_eq!(upright.all("pane")[0].attribute("state"), "frozen");
    for (sheet, orientation) in [(&upright, "portrait"), (&lying, "landscape")] {
        let setup = sheet.all("pageSetup")[0];
        assert_eq!((setup.attribute("paperSize"), setup.attribute("orientation")), ("9", orientation));
        assert_eq!(setup.attribute("fitToHeight"), "0");
    }
    let merged: Vec<&str> = upright.all("mergeCell").iter().map(|one| one.attribute("ref")).collect();
    assert_eq!(merged, ["A1:F1", "A3:F3", "A44:F44", "A48:F48"], "caption, groups and the note");
    let names = part(&file, "xl/workbook.xml");
    assert!(names.contains("_xlnm.Print_Titles") && names.contains("$1:$2"), "{names}");
    let widths: Vec<f64> =
        upright.all("col").iter().map(|col| col.attribute("width").parse().unwrap()).collect();
    assert!(widths[1] > 2.0 * widths[2], "{widths:?}");
}

#[test]
fn a_note_on_a_number_leaves_it_a_number() {
    let mut document = numbers(&["72,5"]);
    if let Part::Table(table) = &mut document.body[0] {
        table.rows[0].cells[0].push(Run::Note(words("Theo thang điểm 80.")));
    }
    let file = write(&document, &OPTIONS).unwrap();
    assert!(part(&file, "xl/styles.xml").contains("0.0&quot; (1)&quot;"));
    let sheet = book(file).worksheet_range("Bảng 1").unwrap();
    assert_eq!(sheet.get_value((1, 0)), Some(&Data::Float(72.5)));
    assert_eq!(sheet.get_value((3, 0)), Some(&Data::String("(1) Theo thang điểm 80.".to_owned())));
}

#[test]
fn tables_without_caption_header_or_rows_are_sheets_too() {
    let names = book(write(&sample::odd(), &OPTIONS).unwrap()).sheet_names();
    assert_eq!(names[..4], ["Mục lục", "Bảng 1", "Bảng trống", "Phụ lục có tên rất dài và đậm"]);
    assert_eq!(names.len(), 11);
}

#[test]
fn a_report_without_tables_is_a_list_of_nothing() {
    let file = write(&Document::default(), &OPTIONS).unwrap();
    assert_eq!(book(file).sheet_names(), ["Mục lục"]);
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let (first, second) = (file(), file());
    assert_eq!(first, second);
    assert!(paths(&first).contains(&"docProps/core.xml".to_owned()));
    assert!(part(&first, "docProps/core.xml").contains("2021-04-20T00:00:00Z"));
    assert!(write(&sample::report(), &Options { created: "hôm nay", ..OPTIONS }).is_err());
}
