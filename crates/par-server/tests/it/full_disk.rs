//! A disk that takes no more: nothing half written, a sentence with the place, and the next try ends well.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const YEAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/lai-chau-2020");

/// Exit code and what was said where no file may grow beyond so many bytes; 0 is no bound.
fn parindex(place: &Path, most: u32, arguments: &[&str]) -> (i32, String) {
    let bound = if most > 0 { format!("trap '' XFSZ; ulimit -f {};", most / 512) } else { String::new() };
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{bound} exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_parindex")]);
    let output = command.current_dir(place).args(arguments).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap_or(-1), said)
}

/// Every file below a folder with its length, but for those of the database's locks: where they cannot be
/// made, what was begun of them says nothing and stays.
fn files(folder: &Path) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let (name, length) = (entry.path().display().to_string(), entry.metadata().unwrap().len());
            let is_lock = name.ends_with("-shm") || (name.ends_with("-wal") && length == 0);
            if entry.path().is_dir() {
                waiting.push(entry.path());
            } else if !is_lock {
                found.push((name, length));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn an_import_that_finds_the_disk_full_can_be_made_again() {
    for most in [512, 8 << 10, 100 << 10, 400 << 10] {
        let place = tempfile::TempDir::new().unwrap();
        let (code, said) = parindex(place.path(), most, &["import", YEAR, "--data", "d"]);
        assert!(code == 3 && said.contains("d: ") && said.contains("ổ đĩa"), "{most}: {code} {said}");
        assert!(!said.contains("os error"), "{most}: {said}");
        assert_eq!(parindex(place.path(), 0, &["score", "--data", "d"]).0, 2, "{most}: nothing of the year");
        let (code, said) = parindex(place.path(), 0, &["import", YEAR, "--data", "d"]);
        assert_eq!(code, 0, "{most}: {said}");
        assert!(!place.path().join("d/.parindex.sqlite.dang-tao").exists());
    }
}

#[test]
fn what_stands_stays_when_the_disk_is_full() {
    let place = tempfile::TempDir::new().unwrap();
    let at = place.path();
    assert_eq!(parindex(at, 0, &["import", YEAR]).0, 0);
    assert_eq!(parindex(at, 0, &["backup", "a.zip"]).0, 0);
    let before = files(at);
    let rows: [(u32, &[&str], &str); 6] = [
        (8 << 10, &["backup", "b.zip"], ".b.zip.dang-ghi: "),
        (100 << 10, &["backup", "b.zip"], ".b.zip.dang-ghi: "),
        (512, &["restore", "a.zip", "moi"], "ổ đĩa"),
        (100 << 10, &["restore", "a.zip", "moi"], "ổ đĩa"),
        (20 << 10, &["package", "g.zip", "--from", YEAR], "g.zip: không ghi được"),
        (20 << 10, &["report", YEAR, "--text", "b.txt"], "b.txt: không ghi được"),
    ];
    for (most, command, words) in rows {
        let (code, said) = parindex(at, most, command);
        assert!(code == 3 && said.contains(words), "{most} {command:?}: {code} {said}");
        assert!(!said.contains("os error") && !said.contains("ZipWriter"), "{command:?}: {said}");
        assert_eq!(files(at), before, "{most} {command:?}");
    }
    assert_eq!(parindex(at, 0, &["check"]).0, 0);
}

#[test]
fn an_empty_or_foreign_file_is_not_filled() {
    for (bytes, words) in [(&b""[..], "trống hoặc của chương trình khác"), (&[b'x'; 4096], "đã bị hỏng")]
    {
        let place = tempfile::TempDir::new().unwrap();
        fs::create_dir(place.path().join("d")).unwrap();
        fs::write(place.path().join("d/parindex.sqlite"), bytes).unwrap();
        for command in [
            &["demo", "--listen", "127.0.0.1:0", "--data", "d"][..],
            &["import", YEAR, "--data", "d"],
            &["serve", "--listen", "127.0.0.1:0", "--data", "d"],
        ] {
            let (code, said) = parindex(place.path(), 0, command);
            assert!(code == 1 && said.contains(words), "{command:?}: {code} {said}");
        }
        assert_eq!(fs::read(place.path().join("d/parindex.sqlite")).unwrap(), bytes);
    }
}
