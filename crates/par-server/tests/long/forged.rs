//! Whoever can write to the database can make it agree with itself again; a package kept elsewhere shows it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const FORGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/long/forge.py");

fn parindex(place: &Path, arguments: &[&str]) -> Output {
    let year = Path::new(ROOT).join("demo/lai-chau-2020");
    let arguments = arguments.iter().map(|argument| match *argument {
        "YEAR" => year.to_str().unwrap(),
        other => other,
    });
    let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
    command.current_dir(place).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.as_slice(), &output.stderr].concat()).unwrap()
}

/// The columns of units that a seal is taken over.
const UNITS: &str = include_str!("../../../par-store/src/tables/seal.rs");

#[test]
fn what_agrees_with_itself_again_is_told_by_the_published_package() {
    let place = tempfile::TempDir::new().unwrap();
    assert!(parindex(place.path(), &["import", "YEAR"]).status.success());
    let published = parindex(place.path(), &["publish"]);
    assert!(published.status.success(), "{}", said(&published));
    assert!(parindex(place.path(), &["package", "goi.zip", "--from", "data"]).status.success());
    let file = place.path().join("data/parindex.sqlite");
    let sound = fs::read(&file).unwrap();
    let columns = UNITS.split("\"units\" = \"").nth(1).unwrap().split(" from ").next().unwrap();
    let columns = columns.trim_start_matches("select").trim_start();
    // What `check` alone says of each, and what the package says.
    let rows = [
        ("nothing", true, "Khớp với gói được nêu"),
        ("actor", false, "nhật ký đã bị viết lại"),
        ("unit", false, "nhật ký đã bị viết lại"),
        ("files", true, "là gói khác với gói được nêu"),
        ("unpublished", true, "bản công bố đã bị gỡ"),
    ];
    for (kind, holds, told) in rows {
        fs::write(&file, &sound).unwrap();
        let mut forge =
            Command::new("python3").arg(FORGE).arg(kind).arg(&file).stdin(Stdio::piped()).spawn().unwrap();
        forge.stdin.take().unwrap().write_all(columns.as_bytes()).unwrap();
        assert!(forge.wait().unwrap().success());
        let alone = parindex(place.path(), &["check"]);
        assert_eq!(alone.status.success(), holds, "{kind}: {}", said(&alone));
        let with = parindex(place.path(), &["check", "--package", "goi.zip"]);
        assert_eq!(with.status.success(), kind == "nothing", "{kind}");
        assert!(said(&with).contains(told), "{kind}: {}", said(&with));
    }
}
