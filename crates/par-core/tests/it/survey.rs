//! The survey of a year: counted from sheets, or brought as counts.

use crate::common;

use par_core::framework::read::Files;
use par_core::problem::{Named, ProblemKind};
use par_core::year::survey::Counts;
use par_core::year::{read, write};

/// The demo year's files with counts in place of the sheets.
fn counted() -> Files {
    write::write(&common::demo_year())
}

#[test]
fn a_folder_with_counts_gives_the_year_that_its_sheets_give() {
    let (year, sheets) = common::demo_with_sheets();
    assert_eq!(sheets.0.len(), 1160);
    let files = counted();
    assert!(files.contains_key("survey-counts.csv") && !files.contains_key("survey-sheets.csv"));
    let (read, problems) = read::read_with_sheets(&files);
    let (again, none) = read.unwrap_or_else(|| panic!("{problems:#?}"));
    assert_eq!(again, year);
    assert!(none.0.is_empty(), "counts are no sheets");
}

#[test]
fn sheets_are_counted_by_what_became_of_them() {
    let survey = common::demo_year().survey;
    let all = survey.counts(None);
    assert_eq!((all.issued(), all.collected()), (1160, all.accepted + all.rejected));
    let sum: Counts = survey.plan.iter().map(|stratum| survey.counts_of(stratum)).sum();
    assert_eq!(sum, all, "every sheet belongs to a quota");
    assert!(all.over_quota <= all.rejected);
}

#[test]
fn counts_that_cannot_be_are_named_with_their_line() {
    let name = |text: &str| text.to_owned();
    let unknown = |what, text| ProblemKind::UnknownName { what, name: name(text) };
    let first = |file: &str| counted()[file].lines().nth(1).expect("a row").to_owned();
    let of = |file: &str, line: &str, kind: ProblemKind| {
        let mut files = counted();
        let row = first(file);
        let text = files.get_mut(file).expect("the file is there");
        *text = text.replacen(&row, line, 1);
        let (year, problems) = read::read(&files);
        assert!(year.is_none());
        assert!(
            problems.iter().any(|one| (one.file.as_str(), one.line, &one.kind) == (file, 2, &kind)),
            "{line}: {problems:#?}"
        );
    };
    let counts = "survey-counts.csv";
    let row = first(counts);
    let cells: Vec<&str> = row.split(',').collect();
    let with = |at: usize, cell: &str| {
        let mut cells = cells.clone();
        cells[at] = cell;
        cells.join(",")
    };
    of(counts, &with(0, "M9"), unknown(Named::Form, "M9"));
    of(counts, &with(1, "XYZ"), unknown(Named::Unit, "XYZ"));
    of(counts, &with(2, "Q99"), unknown(Named::Question, "Q99"));
    of(counts, &with(3, "a"), ProblemKind::BadAnswer { column: name("option"), answer: name("a") });
    let returns = "survey-returns.csv";
    of(returns, "M1,X,1,0,0,0", unknown(Named::Stratum, "M1 X"));
    let row = first(returns);
    let stratum: Vec<&str> = row.split(',').take(2).collect();
    let range = |key: &str, value: &str, max: &str| ProblemKind::OutOfRange {
        key: name(key),
        value: name(value),
        min: name("0"),
        max: name(max),
    };
    of(returns, &format!("{},5,2,3,0", stratum.join(",")), range("over_quota", "3", "2"));
}

#[test]
fn no_question_has_more_answers_about_a_unit_than_sheets_were_accepted() {
    let mut files = counted();
    let text = files.get_mut("survey-counts.csv").expect("counts");
    let row = text.lines().nth(1).expect("a row").to_owned();
    let (before, _) = row.rsplit_once(',').expect("a count");
    *text = text.replacen(&row, &format!("{before},4000000000"), 1);
    let (_, problems) = read::read(&files);
    assert!(
        problems.iter().all(|one| matches!(&one.kind, ProblemKind::OutOfRange { key, .. } if key == "count")),
        "{problems:#?}"
    );
    assert!(!problems.is_empty());
}

#[test]
fn sheets_and_counts_beside_each_other_are_refused() {
    let mut files = counted();
    let sheets = common::demo_files()["survey-sheets.csv"].clone();
    files.insert("survey-sheets.csv".to_owned(), sheets);
    let (year, problems) = read::read(&files);
    assert!(year.is_none());
    assert!(problems.iter().any(|one| one.kind == ProblemKind::SheetsAndCounts));
}
