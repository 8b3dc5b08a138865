//! The reference of settings and file formats says what the reader knows, and nothing else.

use std::collections::BTreeSet;
use std::fs;

use par_core::framework::{Cap, Source};
use par_core::points::rounding::Rounding;
use par_core::rule::KINDS;
use par_core::rule::problem::InputProblem;
use par_core::year::sheets::SheetStatus;
use par_core::year::status::Status;
use par_core::year::{Outcome, Stage};

use crate::common;

/// The files of the reader in which keys and columns stand.
const READERS: [&str; 6] = [
    "framework/read.rs",
    "framework/cases.rs",
    "year/read.rs",
    "year/scores_read.rs",
    "year/survey_read.rs",
    "rule/mod.rs",
];

fn source(file: &str) -> String {
    let path = common::root().join("crates/par-core/src").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Words in backticks.
fn documented() -> BTreeSet<String> {
    let text = fs::read_to_string(common::root().join("docs/formats.md")).expect("the reference is there");
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Keys that a reader asks its tables and rows for: `.text("code")`.
fn asked() -> BTreeSet<String> {
    let mut rules: Vec<String> = fs::read_dir(common::root().join("crates/par-core/src/rule"))
        .expect("the rules are there")
        .map(|entry| format!("rule/{}", entry.expect("listed").file_name().to_string_lossy()))
        .collect();
    rules.extend(READERS.map(str::to_owned));
    let calls = [
        "text",
        "name",
        "optional_text",
        "decimal",
        "points",
        "whole",
        "optional_whole",
        "word",
        "table",
        "tables",
        "texts",
        "filled",
    ];
    let mut found = BTreeSet::new();
    for text in rules.iter().map(|file| source(file)) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in calls {
            for rest in code.split(&format!(".{call}(\"")).skip(1) {
                found.extend(rest.split('"').next().map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn every_key_and_column_of_the_reader_is_documented() {
    let documented = documented();
    let missing: Vec<String> = asked().into_iter().filter(|key| !documented.contains(key)).collect();
    assert!(missing.is_empty(), "docs/formats.md does not name {missing:?}");
}

#[test]
fn every_word_of_a_setting_is_documented() {
    let documented = documented();
    let words = Rounding::ALL.map(Rounding::name).into_iter();
    let words = words.chain(Source::ALL.map(Source::name)).chain(Cap::ALL.map(Cap::name)).chain(KINDS);
    let words = words
        .chain(Stage::ALL.map(Stage::name))
        .chain(Status::ALL.map(Status::name))
        .chain(Outcome::ALL.map(Outcome::name));
    let words = words.chain(SheetStatus::ALL.map(SheetStatus::name)).chain(InputProblem::NAMES);
    let words =
        words.chain(["exact", "printed", "share", "dense", "breaker", "reduce_scale", "rescale_to_full"]);
    let missing: Vec<&str> = words.filter(|word| !documented.contains(*word)).collect();
    assert!(missing.is_empty(), "docs/formats.md does not name {missing:?}");
}

#[test]
fn every_documented_column_is_one_the_reader_takes() {
    let text = fs::read_to_string(common::root().join("docs/formats.md")).expect("the reference is there");
    let readers: String = READERS.map(source).concat() + &source("year/mod.rs");
    let tables = text.split("## CSV files").nth(1).expect("a chapter on CSV files");
    for row in tables.lines().filter(|line| line.starts_with("| `")) {
        let mut words = row.split('`').skip(1).step_by(2);
        let file = words.next().expect("a file");
        assert!(readers.contains(&format!("\"{file}\"")), "no reader takes {file}");
        for column in words.filter(|word| !["all"].contains(word)) {
            let stage = column.strip_suffix("_input").unwrap_or(column);
            let known = Stage::named(stage).is_some() || readers.contains(&format!("\"{column}\""));
            assert!(known, "{file}: no reader takes {column}");
        }
    }
}
