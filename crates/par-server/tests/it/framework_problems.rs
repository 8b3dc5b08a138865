//! What people read when their criteria are wrong: one file a mistake under `golden/framework`, with
//! the mistake above `== kết quả` and what the program prints below. `UPDATE=1` writes what it prints.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

const RESULT: &str = "== kết quả\n";

#[test]
fn mistakes_in_folders_are_told_in_plain_words() {
    check_all("folder", |mistake, place| {
        let dir = place.join("bo");
        copy(&data(), &dir);
        for (file, text) in sections(mistake) {
            let path = dir.join(&file);
            fs::create_dir_all(path.parent().expect("below the folder"))
                .expect("temporary folders can be made");
            match text.as_str() {
                "(không có)\n" => fs::remove_file(path).expect("the file was copied"),
                text => fs::write(path, text).expect("temporary files can be written"),
            }
        }
        run(place, &["framework", "check", "bo"])
    });
}

#[test]
fn mistakes_in_workbooks_are_told_in_plain_words() {
    check_all("workbook", |mistake, place| {
        let path = place.join("bo.xlsx");
        run(place, &["framework", "export", data().to_str().expect("UTF-8"), "bo.xlsx"]);
        fs::write(&path, edited(&fs::read(&path).expect("just exported"), mistake)).expect("writable");
        run(place, &["framework", "check", "bo.xlsx"])
    });
}

#[test]
fn files_that_are_no_workbooks_are_refused_with_exit_code_1_and_absent_ones_with_2() {
    let place = temporary("no-workbook");
    fs::write(place.join("bo.xlsx"), "Mã,Tên\n1,Lĩnh vực").expect("writable");
    let text = run(&place, &["framework", "check", "bo.xlsx"]);
    assert!(text.starts_with("mã thoát 1\n"), "{text}");
    assert!(text.contains("không phải tệp Excel .xlsx"), "{text}");
    assert!(run(&place, &["framework", "check", "khong-co"]).starts_with("mã thoát 2\n"));
}

#[test]
fn import_replaces_only_when_asked_and_keeps_cases_and_comments() {
    let place = temporary("import");
    let dir = place.join("bo");
    copy(&data(), &dir);
    fs::create_dir_all(dir.join("cases")).expect("writable");
    let case = "[[case]]\nname = \"Có thực hiện\"\nleaf = \"1.5\"\ngiven = \"yes=1\"\npoints = \"0.5\"\n";
    fs::write(dir.join("cases/area-1.toml"), case).expect("writable");
    fs::write(dir.join("GHI-CHU.txt"), "giữ lại").expect("writable");
    assert!(run(&place, &["framework", "export", "bo", "bo.xlsx"]).starts_with("mã thoát 0\n"));
    assert!(run(&place, &["framework", "import", "bo.xlsx", "bo"]).starts_with("mã thoát 2\n"));
    // Export writes over nothing either, and only workbooks.
    assert!(run(&place, &["framework", "export", "bo", "bo.xlsx"]).starts_with("mã thoát 2\n"));
    assert!(run(&place, &["framework", "export", "bo", "bo/framework.toml"]).starts_with("mã thoát 2\n"));
    assert!(run(&place, &["framework", "export", "bo", "bo.xlsx", "--replace"]).starts_with("mã thoát 0\n"));
    let changed = "Tiêu chí!B3 text Tiêu chí một, tên mới\n";
    let bytes = edited(&fs::read(place.join("bo.xlsx")).expect("exported"), changed);
    fs::write(place.join("bo.xlsx"), bytes).expect("writable");
    let text = run(&place, &["framework", "import", "bo.xlsx", "bo", "--replace"]);
    assert!(text.starts_with("mã thoát 0\n"), "{text}");
    let read = |file: &str| fs::read_to_string(dir.join(file)).expect("the file is there");
    assert!(read("area-1.toml").contains("tên mới"));
    assert!(read("framework.toml").starts_with("# Bộ nhỏ để thử các lỗi.\n"));
    assert_eq!((read("cases/area-1.toml").as_str(), read("GHI-CHU.txt").as_str()), (case, "giữ lại"));

    // A case that no longer holds stops the import, and nothing has changed.
    let before = read("area-1.toml");
    let bytes = edited(
        &fs::read(place.join("bo.xlsx")).expect("exported"),
        "Tiêu chí!C3 number 1\nTiêu chí!C7 number 1\n",
    );
    fs::write(place.join("bo.xlsx"), bytes).expect("writable");
    let text = run(&place, &["framework", "import", "bo.xlsx", "bo", "--replace"]);
    assert!(text.starts_with("mã thoát 1\n") && text.contains("Có thực hiện"), "{text}");
    assert_eq!(read("area-1.toml"), before);
    let left = fs::read_dir(&place).expect("listable").count();
    assert_eq!(left, 2, "only the set and the workbook stay");
}

fn check_all(kind: &str, outcome: impl Fn(&str, &Path) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/framework").join(kind);
    let mut wrong = Vec::new();
    for entry in fs::read_dir(&folder).expect("the goldens are part of the repository") {
        let path = entry.expect("listable").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("UTF-8");
        let (mistake, expected) = text.split_once(RESULT).unwrap_or((text.as_str(), ""));
        let got = outcome(mistake, &temporary(&format!("{kind}-{name}")));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, format!("{mistake}{RESULT}{got}")).expect("writable");
        } else if got != expected {
            wrong.push(format!("{name}\nexpected:\n{expected}\ngot:\n{got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Runs the program; its exit code and what it prints on standard error, or on standard output.
fn run(place: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_parindex"))
        .args(arguments)
        .current_dir(place)
        .output()
        .expect("the program was built");
    let text = if output.stderr.is_empty() { output.stdout } else { output.stderr };
    let code = output.status.code().expect("not killed");
    format!("mã thoát {code}\n{}", String::from_utf8(text).expect("UTF-8"))
}

/// `== file` headings and the text below each.
fn sections(mistake: &str) -> BTreeMap<String, String> {
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    let mut current = None;
    for line in mistake.lines() {
        if let Some(file) = line.strip_prefix("== ") {
            current = Some(file.to_owned());
        } else if let Some(file) = &current {
            sections.entry(file.clone()).or_default().extend([line, "\n"]);
        }
    }
    sections
}

/// A plain copy of a workbook with cells changed: `Tiêu chí!C3 number 1`, `text`, `error`, `date`,
/// `empty`, `merge A3:A4`, `sheet gone`. `\n` in a text is a line break.
fn edited(bytes: &[u8], mistake: &str) -> Vec<u8> {
    let mut source: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes.to_vec())).expect("just exported");
    let mut target = Workbook::new();
    for name in ["Tiêu chí", "Thiết lập"] {
        let range = source.worksheet_range(name).expect("exported workbooks have it");
        let edits: Vec<Vec<&str>> = mistake
            .lines()
            .filter_map(|line| line.strip_prefix(name)?.strip_prefix('!'))
            .map(|line| line.splitn(3, ' ').collect())
            .collect();
        if edits.iter().any(|edit| edit[1] == "gone") {
            continue;
        }
        let sheet = target.add_worksheet().set_name(name).expect("a plain name");
        let blank = edits.iter().any(|edit| edit[1] == "blank");
        for (row, column, value) in range.used_cells().filter(|_| !blank) {
            let (row, column) = (u32::try_from(row).expect("few"), u16::try_from(column).expect("few"));
            match value {
                Data::Float(number) => sheet.write_number(row, column, *number),
                other => sheet.write_string(row, column, other.to_string()),
            }
            .expect("fits");
        }
        for edit in edits.iter().filter(|edit| edit[1] != "blank") {
            let (row, column) = cell(edit[0]);
            let value = edit.get(2).copied().unwrap_or_default();
            match edit[1] {
                "number" => sheet.write_number(row, column, value.parse::<f64>().expect("a number")),
                "text" => sheet.write_string(row, column, value.replace("\\n", "\n")),
                "error" => sheet.write_formula(row, column, Formula::new("=1/0").set_result(value)),
                "date" => {
                    let date = ExcelDateTime::from_ymd(2025, 10, 1).expect("a date");
                    sheet.write_datetime_with_format(
                        row,
                        column,
                        date,
                        &Format::new().set_num_format("d/m/yyyy"),
                    )
                }
                "empty" => sheet.write_string(row, column, " "),
                _ => {
                    let (last_row, last_column) = cell(value);
                    let text = range.get_value((row, u32::from(column))).map(ToString::to_string);
                    sheet.merge_range(
                        row,
                        column,
                        last_row,
                        last_column,
                        &text.unwrap_or_default(),
                        &Format::new(),
                    )
                }
            }
            .expect("fits");
        }
    }
    target.save_to_buffer().expect("the workbook can be made")
}

/// `C14` → row and column from 0; all columns here have one letter.
fn cell(name: &str) -> (u32, u16) {
    let (letter, row) = name.split_at(1);
    (row.parse::<u32>().expect("a row") - 1, u16::from(letter.as_bytes()[0] - b'A'))
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/framework")
}

/// An empty folder of that name, made anew for every run.
fn temporary(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("framework-{name}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("temporary folders can be made");
    path
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("writable");
    for entry in fs::read_dir(from).expect("the data is part of the repository") {
        let path = entry.expect("listable").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("copyable");
    }
}
