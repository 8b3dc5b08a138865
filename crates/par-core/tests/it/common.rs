//! The demo year and criteria sets as test material.
#![allow(dead_code, reason = "each test binary takes what it needs")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use par_core::framework::read::Files;
use par_core::report::wording::Wording;
use par_core::score::results::Results;
use par_core::year::Year;
use par_core::year::read::{self, HEADER, SETS};
use par_core::year::sheets::Sheets;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files below a folder, by path.
pub fn folder(path: &Path) -> Files {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(path).expect("the folder is part of the repository") {
        let entry = entry.expect("the folder can be listed").path();
        let name = entry.file_name().expect("entries have names").to_string_lossy().into_owned();
        if entry.is_dir() {
            files.extend(folder(&entry).into_iter().map(|(below, text)| (format!("{name}/{below}"), text)));
        } else {
            files.insert(name, fs::read_to_string(&entry).expect("the file is UTF-8"));
        }
    }
    files
}

/// The demo year's files with its criteria sets in place.
pub fn demo_files() -> Files {
    let path = root().join("demo/lai-chau-2020");
    let mut files = folder(&path);
    for (id, set) in read::set_folders(&files[HEADER]) {
        files.extend(
            folder(&path.join(set)).into_iter().map(|(file, text)| (format!("{SETS}{id}/{file}"), text)),
        );
    }
    files
}

/// The demo year.
pub fn demo_year() -> Year {
    let (year, problems) = read::read(&demo_files());
    assert!(problems.is_empty(), "{problems:#?}");
    year.expect("a year without problems is there")
}

/// The demo year with the sheets of its survey.
pub fn demo_with_sheets() -> (Year, Sheets) {
    let (read, problems) = read::read_with_sheets(&demo_files());
    assert!(problems.is_empty(), "{problems:#?}");
    read.expect("a year without problems is there")
}

/// The demo year evaluated.
pub fn demo() -> Results {
    Results::of(demo_year())
}

/// The wording of the demo year: the default with the year's own files over it.
pub fn demo_wording() -> Wording {
    let mut files = folder(&root().join("wording"));
    files.extend(folder(&root().join("demo/lai-chau-2020/wording")));
    let (wording, problems) = par_core::report::wording::read::read(&files);
    assert!(problems.is_empty(), "{problems:#?}");
    wording
}

/// The default wording without remarks of a year's own.
pub fn wording() -> Wording {
    let (wording, problems) = par_core::report::wording::read::read(&folder(&root().join("wording")));
    assert!(problems.is_empty(), "{problems:#?}");
    wording
}

/// Compares with a file of `tests/golden`, or writes it when `UPDATE_GOLDEN` is set.
pub fn golden(name: &str, got: &str) {
    let path = root().join("crates/par-core/tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().expect("goldens stand in a folder"))
            .expect("the folder can be made");
        fs::write(&path, got).expect("the golden can be written");
        return;
    }
    let expect = fs::read_to_string(&path).unwrap_or_default();
    for (number, (got, expect)) in got.lines().zip(expect.lines()).enumerate() {
        assert_eq!(got, expect, "{name}:{}", number + 1);
    }
    assert_eq!(got.lines().count(), expect.lines().count(), "{name}: number of lines");
}
