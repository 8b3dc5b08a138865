//! A folder of templates → wording, with every problem of every file.

use super::letter::Letter;
use super::names::Context;
use super::{Finding, Test, Wording, check, parse};
use crate::framework::document::{Document, Table};
use crate::framework::read::Files;
use crate::problem::{Named, Problem, ProblemKind, WordingFault};
use crate::text;
use crate::year::Year;

/// Head and end of the report.
pub const LETTER: &str = "letter.toml";
/// Remarks about areas.
pub const FINDINGS: &str = "findings.toml";
/// Templates of the report: all files of that beginning, in the order of their names.
pub const REPORT: &str = "report";
/// The template of a unit's profile.
pub const UNIT: &str = "unit.txt";

/// Reads templates. What could be read is returned beside the problems, so that a page can show both.
pub fn read(files: &Files) -> (Wording, Vec<Problem>) {
    let mut problems = Problem::broken_texts(files);
    let mut wording = Wording::default();
    for (file, source) in files {
        if file.starts_with(REPORT) && file.ends_with(".txt") {
            wording.report.extend(parse::blocks(file, &text::compose(source), &mut problems));
        }
    }
    if let Some(source) = files.get(UNIT) {
        wording.unit = parse::blocks(UNIT, &text::compose(source), &mut problems);
    }
    match files.get(LETTER) {
        Some(source) => wording.letter = Letter::read(LETTER, source, &mut problems),
        None => {
            problems.push(Problem { file: LETTER.to_owned(), line: 0, kind: ProblemKind::FileMissing });
        }
    }
    if let Some(source) = files.get(FINDINGS) {
        wording.findings = findings(source, &mut problems);
    }
    let known = |file: &str| {
        [UNIT, LETTER, FINDINGS].contains(&file) || (file.starts_with(REPORT) && file.ends_with(".txt"))
    };
    for file in files.keys().filter(|file| !known(file)) {
        let names = [format!("{REPORT}-….txt"), UNIT.to_owned(), LETTER.to_owned(), FINDINGS.to_owned()];
        let kind = ProblemKind::Wording(WordingFault::UnknownFile(names.to_vec()));
        problems.push(Problem { file: file.clone(), line: 0, kind });
    }
    problems.extend(check::check(&wording.report, &[]));
    problems.extend(check::check(&wording.unit, &[Context::Unit]));
    problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    (wording, problems)
}

/// Remarks whose tests name what the year's criteria sets do not have.
pub fn misfits(wording: &Wording, year: &Year) -> Vec<Problem> {
    let fault = |kind| Problem { file: FINDINGS.to_owned(), line: 0, kind };
    let tests = wording.findings.iter().flat_map(|finding| &finding.tests);
    let mut problems: Vec<Problem> = tests
        .filter_map(|(set, test)| {
            if year.sets.iter().all(|known| known.id != *set) {
                return Some(fault(ProblemKind::UnknownName { what: Named::Set, name: set.clone() }));
            }
            (!test.fits(year, set)).then(|| fault(ProblemKind::UnknownCode(test.code().to_owned())))
        })
        .collect();
    for finding in &wording.findings {
        if year.sets.iter().all(|set| set.find_compared(&finding.area).is_none()) {
            problems.push(fault(ProblemKind::UnknownCode(finding.area.clone())));
        }
    }
    problems.dedup();
    problems
}

fn findings(source: &str, problems: &mut Vec<Problem>) -> Vec<Finding> {
    let document = Document::new(FINDINGS, source);
    let top = document.top();
    let findings = top.tables("finding").into_iter().filter_map(finding).collect();
    top.finish();
    problems.extend(document.into_problems());
    findings
}

/// One remark; every key beside `area` and `text` is the id of a criteria set.
fn finding(table: Table<'_, '_>) -> Option<Finding> {
    let area = table.text("area");
    let text = table.text("text");
    let sets: Vec<String> =
        table.keys().into_iter().filter(|key| !["area", "text"].contains(&key.as_str())).collect();
    let mut tests = Vec::new();
    for set in sets {
        let Some(words) = table.text(&set) else { continue };
        for words in words.split(" or ") {
            match test(words) {
                Some(test) => tests.push((set.clone(), test)),
                None => {
                    let kind = ProblemKind::Wording(WordingFault::BadTest(words.to_owned()));
                    table.document().report(table.line_of(&set), kind);
                }
            }
        }
    }
    table.finish();
    Some(Finding { area: area?, text: text?, tests })
}

fn test(words: &str) -> Option<Test> {
    match words.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["lost", code] => Some(Test::Lost((*code).to_owned())),
        ["earned", code] => Some(Test::Earned((*code).to_owned())),
        ["zero", code] => Some(Test::Zero((*code).to_owned())),
        ["event", code, input] => Some(Test::Event((*code).to_owned(), (*input).to_owned())),
        _ => None,
    }
}
