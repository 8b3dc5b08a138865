//! `parindex recheck` as an official meets it: files in, pages, exit codes and problems out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use par_server::exchange::table::{self, Limits};
use rust_xlsxwriter::Workbook;
use serde_json::Value as Json;

const UNITS: &str = include_str!("../data/units-2020.csv");

/// Runs the program in a folder of its own, so that pages name files without their folder.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parindex"))
        .current_dir(folder)
        .arg("recheck")
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recheck").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// Compares with `tests/golden/recheck/NAME`; `UPDATE_GOLDEN=1` writes it instead.
fn golden(name: &str, got: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/recheck").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, got).unwrap();
    }
    let expect = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(got, expect, "{} differs; look, then run with UPDATE_GOLDEN=1", path.display());
}

/// Rechecks a table given as text: standard output, problems, exit code.
fn page(name: &str, content: impl AsRef<[u8]>, options: &[&str]) -> (String, String, i32) {
    let folder = folder(name.trim_end_matches(".csv"));
    std::fs::write(folder.join(name), content).unwrap();
    let output = run(&folder, &[&[name], options].concat());
    (text(&output.stdout), text(&output.stderr), output.status.code().expect("not killed"))
}

fn json(name: &str, content: &str, options: &[&str]) -> Json {
    let (stdout, stderr, _) = page(name, content, &[&["--format", "json"], options].concat());
    serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}{stderr}"))
}

fn count(result: &Json, check: &str, verdict: &str) -> usize {
    result["rows"].as_array().unwrap().iter().filter(|row| row[check] == verdict).count()
}

/// Faults as `line kind said computed suspect`.
fn faults(result: &Json) -> Vec<String> {
    let plain = |value: &Json| value.as_str().map_or(value.to_string(), str::to_owned);
    let findings = result["findings"].as_array().unwrap().iter();
    let faults = findings.filter(|finding| finding["fault"] == true);
    let fields = ["line", "kind", "said", "computed", "suspect"];
    faults.map(|fault| fields.map(|field| plain(&fault[field])).join(" | ")).collect()
}

/// What the 2020 table says, whatever the file it comes in.
fn check_2020(result: &Json) {
    assert_eq!(count(result, "sum", "right"), 28);
    assert_eq!(count(result, "index", "right"), 25);
    let explained: Vec<&str> = result["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["kind"] == "index")
        .inspect(|finding| assert_eq!(finding["explained_by"], "unrounded_total"))
        .map(|finding| finding["row"]["unit"].as_str().unwrap())
        .collect();
    assert_eq!(explained, ["Sở Ngoại vụ", "BQL Khu KTCK Ma Lù Thàng", "Huyện Sìn Hồ"]);
    assert_eq!(count(result, "place", "wrong") + count(result, "place", "unchecked"), 0);
    assert_eq!(count(result, "class", "right"), 28);
    assert_eq!(faults(result), Vec::<String>::new());
    assert_eq!(result["fits"]["rounding"][0]["mode"], "half_up");
    assert_eq!(result["fits"]["classes"][0]["scales"][0], serde_json::json!(["90", "80", "70"]));
    let means = result["fits"]["means"]["computed"].as_array().unwrap();
    let mean_of = |units: usize| means.iter().find(|mean| mean["units"] == units).unwrap();
    assert!(mean_of(20)["printed_indices"].as_str().unwrap().starts_with("82.0"));
    assert!(mean_of(8)["printed_indices"].as_str().unwrap().starts_with("72.64"));
}

/// The table as the report prints it: titles, two tables in one file, group rows, means, footnotes.
fn as_in_the_report() -> String {
    let mut report = String::from(
        "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU;;;;;;\n(Kèm theo Báo cáo năm 2020);;;;;;\n;;;;;;\n\
         2. Kết quả Chỉ số CCHC năm 2020 của các sở, ban, ngành tỉnh;;;;;;\n\
         STT;Tên đơn vị;Điểm thẩm định;Điểm điều tra;Tổng điểm đạt được;Chỉ số CCHC (%);Xếp loại\n\
         I;Nhóm đơn vị xếp loại trên thang điểm 98 (trừ 02 điểm đánh giá năng lực cạnh tranh);;;;;\n",
    );
    let mut notes = String::new();
    for line in UNITS.lines().skip(1) {
        let line = line.replace("\"Sở Văn hóa, thể thao và Du lịch\"", "Sở Văn hóa thể thao và Du lịch");
        let line = line.replace("\"Sở Lao động, TB&XH\"", "Sở Lao động TB&XH");
        let cells: Vec<&str> = line.split(',').collect();
        let [block, place, unit, appraisal, survey, total, scale, index, class] = cells.try_into().unwrap();
        if (block, place) == ("special", "1") {
            report.push_str("II;Nhóm đơn vị đặc thù xếp loại trên thang điểm thấp hơn 98 điểm;;;;;\n");
        }
        if (block, place) == ("districts", "1") {
            report.push_str(
                ";Chỉ số trung bình khối sở, ngành tỉnh;82,08 %;;;;\n;;;;;;\n\
                 3. Kết quả Chỉ số CCHC năm 2020 của các huyện, thành phố (thang điểm 98);;;;;;\n\
                 STT;Tên đơn vị;Điểm thẩm định;Điểm điều tra;Tổng điểm;Chỉ số (%);Xếp loại\n",
            );
        }
        if block == "special" {
            notes.push_str(&format!("¹ {unit} xếp loại trên thang điểm {};;;;;;\n", scale.replace('.', ",")));
        }
        let figures = [appraisal, survey, total, index].map(|figure| figure.replace('.', ",")).join(";");
        report.push_str(&format!("{place};{unit};{figures};{class}\n"));
    }
    report + ";Chỉ số trung bình của các huyện, thành phố;72,65;;;;\n;;;;;;\nGhi chú:;;;;;;\n" + &notes
}

#[test]
fn the_published_2020_table_is_sound() {
    check_2020(&json("units-2020.csv", UNITS, &[]));
    let (page, _, code) =
        page("units-2020.csv", UNITS, &["--mean", "Khối sở, ngành=82,08", "--mean", "Cấp huyện=72,65"]);
    assert_eq!(code, 0);
    golden("units-2020.txt", &page);
}

#[test]
fn the_table_as_printed_in_the_report_says_the_same() {
    let report = as_in_the_report();
    let result = json("bao-cao-2020.csv", &report, &[]);
    check_2020(&result);
    let printed = &result["fits"]["means"]["printed"];
    assert_eq!(printed[0]["blocks"].as_array().unwrap().len(), 2);
    assert!(printed.as_array().unwrap().iter().all(|mean| mean["reproduced_by"][0] == "printed_indices"));
    golden("bao-cao-2020.txt", &page("bao-cao-2020.csv", &report, &[]).0);
    golden("bao-cao-2020.csv", &page("bao-cao-2020.csv", &report, &["--format", "csv"]).0);
}

#[test]
fn a_workbook_with_number_cells_says_the_same() {
    let folder = folder("xlsx");
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Bìa").unwrap();
    let sheet = workbook.add_worksheet().set_name("Kết quả").unwrap();
    sheet.merge_range(0, 0, 0, 8, "KẾT QUẢ CHỈ SỐ CCHC NĂM 2020", &rust_xlsxwriter::Format::new()).unwrap();
    let book = table::parse("units-2020.csv", UNITS.into(), None, &Limits::default()).unwrap();
    for (row, cells) in (2u32..).zip(&book.grids[0].rows) {
        for (column, cell) in (0u16..).zip(&cells.cells) {
            let cell = &cell.text;
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    workbook.save(folder.join("ket-qua.xlsx")).unwrap();
    for sheet in [&["--sheet", "Kết quả"][..], &[]] {
        let output = run(&folder, &[&["ket-qua.xlsx", "--format", "json"], sheet].concat());
        check_2020(&serde_json::from_slice(&output.stdout).unwrap());
    }
    let output = run(&folder, &["ket-qua.xlsx", "--sheet", "Khác"]);
    assert_eq!(output.status.code(), Some(1));
    golden("khong-co-trang-tinh.txt", &text(&output.stderr));
}

#[test]
fn each_spoilt_figure_is_named_at_its_row_and_nowhere_else() {
    let rows: [(&str, &str, &str, &[&str]); 12] = [
        ("index", "85.67,98,87.42", "85.67,98,87.24", &["2 | index | 87.24 | 87.42 | index"]),
        ("index-last", "69.73,98,71.15", "69.73,98,17.15", &["26 | index | 17.15 | 71.15 | index"]),
        ("total", "23.37,85.67,98", "23.37,85.76,98", &["2 | sum_and_index | 85.76 | 85.67 | total"]),
        ("part", "62.30,23.37", "62.30,23.73", &["2 | sum | 85.67 | 86.03 | part"]),
        ("scale", "61.63,80.00,77.04", "61.63,88.00,77.04", &["20 | index | 77.04 | 70.03 | scale"]),
        ("scale-usual", "85.67,98,87.42", "85.67,89,87.42", &["2 | index | 87.42 | 96.26 | scale"]),
        ("place", "departments,3,Sở Kế", "departments,8,Sở Kế", &["4 | place | 8 | 3 | null"]),
        ("class-top", "87.42,Tốt", "87.42,Khá", &["2 | class | Khá | Tốt | null"]),
        ("class-middle", "74.58,Khá", "74.58,Trung bình", &["24 | class | Trung bình | Khá | null"]),
        ("class-special", "72.19,Khá", "72.19,Tốt", &["21 | class | Tốt | Khá | null"]),
        ("twice", "Sở Tư pháp", "Sở Nội vụ", &["3 | duplicate_unit | Sở Nội vụ | null | null"]),
        ("missing", "84.34,98,86.06", "84.34,98,", &["4 | missing | null | 86.06 | null"]),
    ];
    for (name, from, to, expect) in rows {
        assert_eq!(UNITS.matches(from).count(), 1, "{from}");
        let result = json(&format!("spoilt-{name}.csv"), &UNITS.replace(from, to), &[]);
        let got = faults(&result);
        assert_eq!(got, expect, "{name}");
    }
}

#[test]
fn two_rows_swapped_in_place_are_both_named() {
    let swapped =
        UNITS.replace("departments,8,", "departments,@,").replace("departments,9,", "departments,8,");
    let swapped = swapped.replace("departments,@,", "departments,9,");
    let result = json("spoilt-swap.csv", &swapped, &[]);
    assert_eq!(faults(&result), ["9 | place | 9 | 8 | null", "10 | place | 8 | 9 | null"]);
}

#[test]
fn a_wrong_mean_is_named_with_the_mean_of_the_blocks_above_it() {
    let result = json("spoilt-mean.csv", &as_in_the_report().replace("82,08 %", "82,80 %"), &[]);
    let faults = faults(&result);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].ends_with("| mean | 82.80 | 82.08 | null"), "{faults:?}");
}

#[test]
fn a_spoilt_table_reads_like_a_note_to_a_colleague() {
    let spoilt = UNITS
        .replace("23.37,85.67,98", "23.37,85.76,98")
        .replace("86.06,Tốt", "86.60,Tốt")
        .replace("61.25,22.70", "61.52,22.70")
        .replace("81.95,Tốt", "81.95,Khá")
        .replace("special,4,", "special,3,");
    let (page, _, code) = page("sai.csv", &spoilt, &["--mean", "Khối sở=82,50"]);
    assert_eq!(code, 1);
    golden("sai.txt", &page);
}

#[test]
fn headings_in_two_rows_column_numbers_and_means_in_group_rows_are_understood() {
    let table = "TT\tCơ quan, đơn vị\tĐiểm\t\tTổng\tThang điểm\tChỉ số\tXếp loại\n\
                 \t\tThẩm định\tĐiều tra\t\t\t(%)\t\n\
                 (1)\t(2)\t(3)\t(4)\t(5=3+4)\t(6)\t(7)\t(8)\n\
                 A\tKHỐI SỞ\t\t\t\t\t82,92\t\n\
                 1\tSở A\t62,30\t23,37\t85,67\t98\t87,42\tA\n\
                 2\tB\t60\t16,84\t76,84\t98\t78,41\tB\n\
                 Tổng cộng\t\t122,3\t\t\t\t\t\n";
    let result = json("two-rows.csv", table, &[]);
    assert_eq!(faults(&result), Vec::<String>::new());
    assert_eq!((count(&result, "sum", "right"), count(&result, "index", "right")), (2, 2));
    assert_eq!(result["fits"]["means"]["printed"][0]["name"], "KHỐI SỞ");
}

#[test]
fn a_table_of_places_and_indices_alone_tells_its_tie_rule() {
    let table = "place,unit,index,class\n1,X,90.1,A\n2,Y,85,A\n2,Z,85,A\n4,W,70.5,B\n";
    let result = json("english.csv", table, &[]);
    assert_eq!(faults(&result), Vec::<String>::new());
    assert_eq!(result["fits"]["ties"]["rules"][0]["rule"], "1-2-2-4");
    assert_eq!(count(&result, "index", "unchecked"), 4);
}

#[test]
fn a_unit_that_is_not_ranked_is_checked_by_itself_and_kept_out_of_places_and_means() {
    let table = "Thứ hạng,Đơn vị,Tổng điểm,Thang điểm,Chỉ số,Xếp loại\n\
                 1,Sở A,90.00,100.00,90.00,Tốt\n2,Sở B,80.00,100.00,80.00,Khá\n3,Sở C,70.00,100.00,70.00,Khá\n\
                 ,Trung bình,,,80.00,\n,Sở D,95.00,100.00,95.00,Không xếp hạng\n";
    let sound = json("khong-xep-hang.csv", table, &[]);
    assert_eq!(faults(&sound), [""; 0], "{sound}");
    let told = sound["findings"].as_array().unwrap().iter().any(|one| one["kind"] == "unranked");
    assert!(told, "{sound}");
    let wrong = json("khong-xep-hang.csv", &table.replace("95.00,Không", "96.00,Không"), &[]);
    assert!(faults(&wrong).iter().any(|fault| fault.contains("index")), "{wrong}");
}

#[test]
fn scales_that_a_table_does_not_print_are_inferred_or_asked_for() {
    let drop_scale = |line: &str| line.replace(",98,", ",");
    let districts: Vec<String> = UNITS.lines().skip(21).map(drop_scale).collect();
    let table = "Khối,STT,Đơn vị,Điểm thẩm định,Điểm điều tra,Tổng điểm,Chỉ số,Xếp loại\n".to_owned();
    let result = json("no-scale.csv", &(table + &districts.join("\n")), &[]);
    assert_eq!(faults(&result), Vec::<String>::new());
    assert_eq!(result["fits"]["scales"][0]["scale"], "98");
    assert_eq!(count(&result, "index", "right"), 7);
}

#[test]
fn stated_class_bounds_are_checked_instead_of_inferred() {
    let classes = ["--classes", "Xuất sắc=90, Tốt=82, Khá=70; Trung bình=50"];
    let result = json("stated.csv", UNITS, &classes);
    let faults = faults(&result);
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert_eq!(faults[0], "11 | class | Tốt | Khá | null");
}

#[test]
fn files_that_are_no_result_table_are_refused_with_what_to_do() {
    let heading = "STT,Đơn vị,Tổng điểm,Thang điểm,Chỉ số\n";
    let windows_1258 = b"STT,Don vi,Chi so\n1,S\xF4 N\xF4i v\xF8,87.42\n".to_vec();
    let ambiguous = "STT,Đơn vị,Tổng điểm,Thang điểm\n1,Sở A,1.160,2.000\n".to_owned();
    let words = format!("{heading}1,Sở A,tám mươi,98,87.42\nhai,Sở B,80,98,8x.42\n");
    let deep = format!("{heading}1,\"Sở A,80,98,81.63\n2,Sở B,79,98,80.61\n");
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("empty.csv", Vec::new()),
        ("blank.csv", b"\n;;;\n , , \n".to_vec()),
        ("windows-1258.csv", windows_1258),
        (
            "utf16.csv",
            "STT\tĐơn vị".encode_utf16().fold(vec![0xFF, 0xFE], |mut bytes, unit| {
                bytes.extend(unit.to_le_bytes());
                bytes
            }),
        ),
        ("binary.csv", vec![0, 1, 2, 3, 255, 254]),
        ("report.pdf", b"%PDF-1.7 ...".to_vec()),
        ("old.xls", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        ("not-a-workbook.xlsx", b"PK\x03\x04 garbage".to_vec()),
        ("cut-workbook.xlsx", b"PK\x03\x04 xl/workbook.xml garbage".to_vec()),
        ("no-index.csv", "STT,Đơn vị,Xếp loại\n1,Sở A,Tốt\n".into()),
        ("no-headings.csv", "1,2,3\n4,5,6\n".into()),
        ("prose.txt", "Kính gửi: Sở Nội vụ\nXin gửi báo cáo.\n".into()),
        ("only-headings.csv", heading.into()),
        ("ambiguous.csv", ambiguous.into()),
        ("words.csv", words.into()),
        ("open-quote.csv", deep.into()),
        ("no-unit.csv", format!("{heading}1,,80,98,81.63\n").into()),
    ];
    let mut all = String::new();
    for (name, content) in files {
        let (stdout, stderr, code) = page(name, content, &[]);
        assert_eq!((stdout.as_str(), code), ("", 1), "{name}: {stderr}");
        all.push_str(&stderr);
    }
    golden("problems.txt", &all);
}

#[test]
fn a_name_of_no_file_ends_with_code_2() {
    let folder = folder("absent");
    for name in ["absent.csv", "."] {
        let output = run(&folder, &[name]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(text(&output.stderr).contains('→'));
    }
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let folder = folder("pipe");
    let mut many = UNITS.lines().next().unwrap().to_owned() + "\n";
    for place in 1..4000 {
        many.push_str(&format!("x,{place},Xã {place},50,20,70,98,71.43,Khá\n"));
    }
    std::fs::write(folder.join("many.csv"), many).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_parindex"))
        .current_dir(&folder)
        .args(["recheck", "many.csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
}

#[test]
fn damaged_workbooks_are_refused_and_never_panic() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0u32..).zip(UNITS.lines()) {
        for (column, cell) in (0u16..).zip(line.split(',')) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let mut seed = 7u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for round in 0..300 {
        let mut damaged = bytes.clone();
        if round % 3 == 0 {
            damaged.truncate(random(bytes.len()));
        }
        for _ in 0..=random(8) {
            if !damaged.is_empty() {
                let at = random(damaged.len());
                damaged[at] = u8::try_from(random(256)).unwrap();
            }
        }
        // Whatever comes of it, it comes as a value.
        let _ = table::parse("damaged.xlsx", damaged, None, &Limits::default());
    }
}

#[test]
fn lines_are_counted_as_an_editor_shows_them() {
    let parse =
        |text: &str| table::parse("t.csv", text.into(), None, &Limits::default()).unwrap().grids.remove(0);
    let lines = |text: &str| parse(text).rows.iter().map(|row| row.line).collect::<Vec<_>>();
    assert_eq!(lines("a,b\n\n\nc,d\n"), [1, 4]);
    assert_eq!(lines("a,b\r\n\r\nc,\"d\r\nd\"\r\ne,f\r\n"), [1, 3, 5]);
    assert_eq!(lines("\u{FEFF}a,b\n"), [1]);
}

#[test]
fn comma_semicolon_and_tab_separate_cells() {
    let parse = |text: &str| -> Vec<String> {
        let grid = table::parse("t.csv", text.into(), None, &Limits::default()).unwrap().grids.remove(0);
        grid.rows[1].cells.iter().map(|cell| cell.text.clone()).collect()
    };
    for separator in [",", ";", "\t"] {
        let text =
            ["STT", "Đơn vị", "Chỉ số"].join(separator) + "\n" + &["1", "Sở A", "\"87,42\""].join(separator);
        assert_eq!(parse(&text), ["1", "Sở A", "87,42"]);
    }
    assert_eq!(parse("STT;Đơn vị;Chỉ số\n1;Sở A; 87,42 \n"), ["1", "Sở A", "87,42"]);
}

#[test]
fn tables_beyond_the_limits_are_refused() {
    let limits = Limits { bytes: 1 << 20, rows: 10, columns: 5 };
    let kind = |text: &str| format!("{:?}", table::parse("t.csv", text.into(), None, &limits).unwrap_err());
    assert!(kind(&"a,b\n".repeat(11)).contains("line: Some(11), kind: TooManyRows(10)"));
    assert!(kind("a,b\na,b,c,d,e,f\n").contains("line: Some(2), kind: TooManyColumns(5)"));
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_string(1_048_575, 16_383, "x").unwrap();
    let far = workbook.save_to_buffer().unwrap();
    let problem = table::parse("far.xlsx", far, None, &Limits::default()).unwrap_err();
    assert_eq!(problem.line, Some(1_048_576));
}
