//! A folder of templates → wording, with every problem of every file.

use super::facts::facts;
use super::letter::Letter;
use super::names::Context;
use super::{Finding, Test, Wording, check, parse};
use crate::framework::document::{Document, Table};
use crate::framework::read::Files;
use crate::problem::{Named, Problem, ProblemKind};
use crate::report::wording::fault::WordingFault;
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

/// The files there can be, as they are named for people.
pub const FILES: [&str; 4] = ["report-….txt", UNIT, LETTER, FINDINGS];

/// Reads templates. What could be read is returned beside the problems, so that a page can show both.
/// Of a file in another encoding nothing is read: what follows from its broken letters is no news.
pub fn read(files: &Files) -> (Wording, Vec<Problem>) {
    let mut problems: Vec<Problem> = Vec::new();
    let mut wording = Wording::default();
    for (file, source) in files {
        // Notepad marks UTF-8 with a sign that is no letter of the text.
        let source = source.trim_start_matches('\u{FEFF}');
        if let Some(broken) = broken(file, source) {
            problems.push(broken);
            continue;
        }
        let mut blocks = || parse::blocks(file, &text::compose(source), &mut problems);
        match file.as_str() {
            UNIT => wording.unit = blocks(),
            LETTER => wording.letter = Letter::read(LETTER, source, &mut problems),
            FINDINGS => wording.findings = findings(source, &mut problems),
            report if report.starts_with(REPORT) && report.ends_with(".txt") => {
                wording.report.extend(blocks())
            }
            _ => {
                let fault = WordingFault::UnknownFile(FILES.map(str::to_owned).to_vec());
                let kind = ProblemKind::Wording { column: 0, fault };
                problems.push(Problem { file: file.clone(), line: 0, kind });
            }
        }
    }
    if !files.contains_key(LETTER) {
        problems.push(Problem { file: LETTER.to_owned(), line: 0, kind: ProblemKind::FileMissing });
    }
    problems.extend(check::check(&wording.report, &[]));
    problems.extend(check::check(&wording.unit, &[Context::Unit]));
    problems.sort_by(|a, b| (&a.file, a.line, a.kind.column()).cmp(&(&b.file, b.line, b.kind.column())));
    (wording, problems)
}

/// Where a text that is not UTF-8 first shows it.
fn broken(file: &str, source: &str) -> Option<Problem> {
    // A text of two bytes a letter without its mark shows as letters with zeros between them.
    let strange =
        |letter: char| letter == char::REPLACEMENT_CHARACTER || (letter.is_control() && letter != '\t');
    let place = |line: &str| line.trim_end().chars().position(strange);
    let (line, column) = source.lines().zip(1..).find_map(|(text, line)| Some((line, place(text)? + 1)))?;
    let kind = ProblemKind::Wording { column, fault: WordingFault::NotUtf8 };
    Some(Problem { file: file.to_owned(), line, kind })
}

/// Facts that a wording names and that neither the year nor the wording built in knows: a slip of the
/// pen as a rule, and never a reason to refuse the wording, since an office may give a fact in one year
/// and none in another.
pub fn unknown_facts(wording: &Wording, built_in: &Wording, year: &Year) -> Vec<Problem> {
    let asked = |wording: &Wording| [facts(&wording.report), facts(&wording.unit)].concat();
    let mut known: Vec<String> = asked(built_in).into_iter().map(|(_, fact)| fact).collect();
    known.extend(year.facts.iter().map(|fact| fact.key.clone()));
    known.sort();
    known.dedup();
    let same = |fact: &str| known.iter().any(|one| text::slug(one) == text::slug(fact));
    let unknown = asked(wording).into_iter().filter(|(_, fact)| !same(fact));
    let mut problems: Vec<Problem> = unknown
        .map(|(at, name)| {
            let near = text::alike(&name, known.iter().map(String::as_str));
            check::at(&at, WordingFault::UnknownFact { name, near })
        })
        .collect();
    problems.dedup();
    problems
}

/// Remarks whose tests name what the year's criteria sets do not have, other than for the level of publication.
pub fn misfits(wording: &Wording, year: &Year) -> Vec<Problem> {
    let fault = |kind| Problem { file: FINDINGS.to_owned(), line: 0, kind };
    let told = || wording.findings.iter().filter(|finding| !finding.is_hidden(year));
    let tests = told().flat_map(|finding| &finding.tests);
    let mut problems: Vec<Problem> = tests
        .filter_map(|(set, test)| {
            if year.sets.iter().all(|known| known.id != *set) {
                return Some(fault(ProblemKind::UnknownName { what: Named::Set, name: set.clone() }));
            }
            (!test.fits(year, set)).then(|| fault(ProblemKind::UnknownCode(test.code().to_owned())))
        })
        .collect();
    for finding in told() {
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
                    let fault = WordingFault::BadTest(words.to_owned());
                    let kind = ProblemKind::Wording { column: 0, fault };
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
