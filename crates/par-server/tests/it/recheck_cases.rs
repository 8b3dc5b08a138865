//! Result tables as people have them: what each says when it is rechecked, as one golden that lists
//! every file with its exit code, its faults and remarks, and what was compared.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

fn run(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
    let output = command.current_dir(folder).args(arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code().expect("not killed"))
}

/// What a file says: exit code, checks, faults and remarks.
fn said(folder: &Path, name: &str) -> String {
    let (stdout, stderr, code) = run(folder, &["recheck", name, "--format", "json"]);
    let mut said = format!("{name}: {code}\n{stderr}");
    if stdout.is_empty() {
        return said;
    }
    let result: Json = serde_json::from_str(&stdout).expect("the output is JSON");
    for table in result["tables"].as_array().unwrap() {
        let checks = table["checks"].as_array().unwrap().iter();
        let made = checks.filter(|check| check["made"] != 0 || check["why_not"] != "not_printed");
        let made: Vec<&str> = made.map(|check| check["sentence"].as_str().unwrap()).collect();
        writeln!(said, "  [{}] {}", table["name"].as_str().unwrap(), made.join(" ")).unwrap();
    }
    for finding in result["findings"].as_array().unwrap() {
        let mark = if finding["fault"] == true { "SAI" } else { "lưu ý" };
        let unit = finding["row"]["unit"].as_str().unwrap_or_default();
        let sentence = finding["sentence"].as_str().unwrap();
        writeln!(said, "  {mark}, dòng {} {unit}: {sentence}", finding["line"]).unwrap();
    }
    let unread = &result["unread"];
    if unread["hidden_sheets"] != serde_json::json!([]) || unread["hidden"] != serde_json::json!([]) {
        writeln!(said, "  ẩn: {} {}", unread["hidden_sheets"], unread["hidden"]).unwrap();
    }
    said
}

#[test]
fn tables_as_people_have_them_are_judged_by_what_they_say() {
    let folder = data().join("recheck");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let got: String = names.iter().map(|name| said(&folder, name) + "\n").collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/recheck/cases.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &got).unwrap();
    }
    let expect = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(got, expect, "look, then run with UPDATE_GOLDEN=1");
}

#[test]
fn a_year_folder_gives_the_same_result_however_excel_saved_it() {
    let folder = data().join("scoring");
    let score = |name: &str| run(&folder, &["score", &format!("{name}/year"), "--format", "csv"]);
    let plain = score("csv-plain");
    assert_eq!(plain.2, 0, "{}", plain.1);
    for name in ["csv-semicolons", "csv-semicolons-decimal-commas", "csv-decimal-commas-quoted"] {
        assert_eq!(score(name), plain, "{name}");
    }
}

#[test]
fn a_score_that_may_be_a_thousand_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |from: &str| {
        for part in ["set", "year"] {
            let (from, to) = (data().join("scoring").join(from).join(part), folder.path().join(part));
            std::fs::create_dir_all(&to).unwrap();
            for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
                std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    };
    copy("csv-semicolons-decimal-commas");
    let scores = folder.path().join("year/scores.csv");
    let text = std::fs::read_to_string(&scores).unwrap();
    std::fs::write(&scores, text.replace("97,5;", "1.160;")).unwrap();
    let (_, stderr, code) = run(folder.path(), &["score", "year"]);
    assert_eq!(code, 1);
    assert!(stderr.contains("scores.csv:2") && stderr.contains("«1.160» có thể hiểu là"), "{stderr}");
}

#[test]
fn a_spoilt_list_of_units_is_told_once_and_not_for_every_row() {
    let folder = tempfile::tempdir().unwrap();
    for (content, cause) in [("", "Tệp trống"), ("x|y\n1|2\n", "Dòng đầu không có tên cột nào")]
    {
        for part in ["set", "year"] {
            let to = folder.path().join(part);
            std::fs::create_dir_all(&to).unwrap();
            for entry in std::fs::read_dir(data().join("scoring/csv-plain").join(part)).unwrap() {
                let entry = entry.unwrap();
                std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
        std::fs::write(folder.path().join("year/units.csv"), content).unwrap();
        let (_, stderr, code) = run(folder.path(), &["score", "year"]);
        assert_eq!((code, stderr.lines().count()), (1, 1), "{stderr}");
        assert!(stderr.contains(cause), "{stderr}");
    }
}
