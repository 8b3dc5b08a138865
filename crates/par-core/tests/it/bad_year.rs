//! A year folder with a fault is refused whole, and the fault is named with its file and line.

use crate::common;

use par_core::framework::read::Files;
use par_core::points::Points;
use par_core::points::read::{Notation, NumberProblem, points};
use par_core::problem::{Named, Problem, ProblemKind};
use par_core::rule::problem::InputProblem;
use par_core::year::read;

/// The demo year with `from` replaced by `to` once in `file` must give exactly these problems.
fn refused(file: &str, from: &str, to: &str, expect: &[(usize, ProblemKind)]) {
    let mut files = common::demo_files();
    let text = files.get_mut(file).unwrap_or_else(|| panic!("no {file}"));
    assert!(text.contains(from), "{file} has no {from:?}");
    *text = text.replacen(from, to, 1);
    let problems = problems(&files);
    let got: Vec<(usize, ProblemKind)> = problems
        .into_iter()
        .map(|problem| {
            assert_eq!(problem.file, file);
            (problem.line, problem.kind)
        })
        .collect();
    assert_eq!(got, expect, "{from:?} → {to:?}");
}

fn problems(files: &Files) -> Vec<Problem> {
    let (year, problems) = read::read(files);
    assert!(year.is_none() && !problems.is_empty(), "nothing may be loaded from a faulty folder");
    problems
}

fn number(text: &str) -> Points {
    points(text, Notation::Data).expect("a number")
}

fn name(text: &str) -> String {
    text.to_owned()
}

#[test]
fn scores_that_do_not_follow_from_the_rule_are_named() {
    let stage = || name("council");
    let row = "SNV,1.1.3,1,a=21;b=21,1,a=21;b=21,1,a=21;b=21,1,a=21;b=21";
    let with = |council: &str| format!("SNV,1.1.3,1,a=21;b=21,1,a=21;b=21,1,a=21;b=21,{council}");
    let check = |council: &str, kind| refused("scores.csv", row, &with(council), &[(4, kind)]);
    check(
        "0.9,a=21;b=21",
        ProblemKind::PointsDifferFromRule { stage: stage(), said: number("0.9"), rule: number("1") },
    );
    let input = |problem| ProblemKind::Input { stage: stage(), problem };
    check("1,a=21", input(InputProblem::Missing(name("b"))));
    check("1,a=21;b=21;c=1", input(InputProblem::Unknown(name("c"))));
    check(
        "1,a=21;b=-1",
        input(InputProblem::OutOfRange { name: name("b"), min: name("0"), max: name("1000000000") }),
    );
    check("1,a=21;a=21", input(InputProblem::Twice(name("a"))));
    check(
        "1.5,",
        ProblemKind::OutOfRange { key: stage(), value: name("1.5"), min: name("0"), max: name("1") },
    );
    check("0.12345,", ProblemKind::TooManyPlaces { key: stage(), points: number("0.12345"), places: 4 });
    let not_a_number = NumberProblem::NotANumber(name("một"));
    check("một,", ProblemKind::Number { key: stage(), problem: not_a_number });
}

#[test]
fn rows_that_name_nothing_of_the_year_are_named() {
    refused(
        "scores.csv",
        "SNV,1.1.1,",
        "SNX,1.1.1,",
        &[
            (2, ProblemKind::UnknownName { what: Named::Unit, name: name("SNX") }),
            (0, ProblemKind::ScoreMissing { unit: name("SNV"), code: name("1.1.1"), more: 0 }),
        ],
    );
    refused(
        "scores.csv",
        "SNV,1.1.1,",
        "SNV,1.1.9,",
        &[
            (2, ProblemKind::UnknownCode(name("1.1.9"))),
            (0, ProblemKind::ScoreMissing { unit: name("SNV"), code: name("1.1.1"), more: 0 }),
        ],
    );
    refused(
        "scores.csv",
        "SNV,1.1.1,",
        "SNV,1.1,",
        &[
            (2, ProblemKind::NotALeaf(name("1.1"))),
            (0, ProblemKind::ScoreMissing { unit: name("SNV"), code: name("1.1.1"), more: 0 }),
        ],
    );
    refused(
        "scores.csv",
        "SNV,1.1.2,",
        "SNV,1.1.1,",
        &[
            (3, ProblemKind::Duplicate { value: name("SNV 1.1.1"), first: name("scores.csv") }),
            (0, ProblemKind::ScoreMissing { unit: name("SNV"), code: name("1.1.2"), more: 0 }),
        ],
    );
}

#[test]
fn exemptions_of_what_is_not_there_are_named() {
    let last = "BQL,8.1,";
    let with = |row: &str| format!("{row}\nBQL,8.1,");
    let check = |row: &str, kind| refused("exemptions.csv", last, &with(row), &[(27, kind)]);
    check("SNV,9.9,Lý do", ProblemKind::UnknownCode(name("9.9")));
    check("SNX,1.1,Lý do", ProblemKind::UnknownName { what: Named::Unit, name: name("SNX") });
    check("SNGV,3.4,Lý do", ProblemKind::ExemptTwice { unit: name("SNGV"), code: name("3.4") });
    check("SNGV,3.4.1,", ProblemKind::KeyMissing(name("reason")));
}

#[test]
fn files_that_are_missing_or_no_csv_are_named() {
    let mut files = common::demo_files();
    files.remove("scores.csv");
    let found = problems(&files);
    assert_eq!((found[0].file.as_str(), &found[0].kind), ("scores.csv", &ProblemKind::FileMissing));
    assert_eq!(problems(&Files::new())[0].kind, ProblemKind::FileMissing);

    let mut files = common::demo_files();
    files.insert("units.csv".to_owned(), "mã,tên\n\"a".to_owned());
    let kinds: Vec<ProblemKind> = problems(&files).into_iter().map(|problem| problem.kind).collect();
    let wanted = ["code", "name", "block"].map(str::to_owned).to_vec();
    assert_eq!(kinds, [ProblemKind::NoHeadings(wanted)], "one line names the cause, nothing what follows");
}

#[test]
fn no_file_makes_the_reader_panic() {
    let garbage =
        ["", "\u{feff}", "\0\0\0", "[[", "a,b\n1", "\"", "year = 2020", "[area]\ncode = 1", "🙂,🙂\n🙂"];
    // Every file meets three of the texts, every text many files.
    let demo = common::demo_files();
    for (i, file) in demo.keys().enumerate() {
        for text in garbage.iter().cycle().skip(i).take(3) {
            let mut files = demo.clone();
            files.insert(file.clone(), (*text).to_owned());
            let _ = read::read(&files);
        }
    }
}

#[test]
fn faults_of_all_files_are_told_at_once_and_each_once() {
    let mut files = common::demo_files();
    let mut change = |file: &str, from: &str, to: &str| {
        let text = files.get_mut(file).expect("a file of the demo");
        assert!(text.contains(from), "{file} has no {from:?}");
        *text = text.replacen(from, to, 1);
    };
    change("year.toml", "title =", "titel =");
    change("units.csv", "SYT,Sở Y tế,departments", "SYT,Sở Y tế,khac");
    change("scores.csv", "SNV,1.1.1,0.5,opt=1", "SNV,1.1.1,0.5,opt=9");
    change("exemptions.csv", "BQL,8.1,", "BQL,8.9,");
    change(
        "survey-plan.csv",
        "M1,HDND_TINH,Đại biểu HĐND tỉnh,40,39",
        "M1,HDND_TINH,Đại biểu HĐND tỉnh,-40,39",
    );
    change(
        "survey-sheets.csv",
        "M1-0001,M1,HDND_TINH,accepted,,SNV,A",
        "M1-0001,M9,HDND_TINH,accepted,,SNV,A",
    );
    change("previous.csv", "SNV,82.96", "SNV,82.x");
    change("sets/districts/area-1.toml", "max = \"15.5\"", "max = \"15\"");
    files.remove("reasons.csv");
    let told: Vec<String> =
        problems(&files).iter().map(|problem| format!("{}:{}", problem.file, problem.line)).collect();
    let expected = [
        "year.toml:1",
        "year.toml:2",
        "sets/districts/area-1.toml:2",
        "units.csv:16",
        "survey-plan.csv:2",
        "survey-sheets.csv:2",
        "previous.csv:2",
    ];
    for place in expected {
        assert!(told.iter().any(|one| one == place), "{place} is not told: {told:#?}");
    }
    // With a broken criteria set nothing can be said about scores; with sound sets they come along.
    assert!(told.len() <= 10, "one line a fault: {told:#?}");
    let area = files.get_mut("sets/districts/area-1.toml").expect("an area");
    *area = area.replacen("max = \"15\"", "max = \"15.5\"", 1);
    let told = problems(&files);
    let at = |file: &str| told.iter().filter(|problem| problem.file == file).count();
    assert_eq!((at("exemptions.csv"), at("scores.csv")), (1, 6), "{told:#?}");
}
