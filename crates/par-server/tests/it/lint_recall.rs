//! How much the lint notices in an edited report of our own: every number and every unit's name of
//! the report of 2020 is changed once, and what goes unnoticed is a golden to be read.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use par_core::lint::lint_beside;
use par_core::report::{Document, compose, text};
use par_core::score::results::Results;
use par_core::text::small;
use par_server::exchange::document;
use par_server::ops::{load, report};

use crate::golden::golden;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/lai-chau-2020");

/// A year with the report the program writes of it.
struct Written {
    results: Results,
    report: Document,
    lines: Vec<String>,
    /// The first line of the text itself: what is above is filled in by the office.
    first: usize,
}

/// A change: line, byte range in it, what it becomes.
type Change = (usize, (usize, usize), String);

fn written() -> Written {
    let Ok((year, _)) = load::year_folder(Path::new(DEMO)) else { panic!("the demo year is sound") };
    let results = Results::of(year);
    let folders = report::Wordings::YearFolder(DEMO.into()).folders(results.year.year);
    let worded = report::worded(&folders, &results.year).expect("the wording can be read");
    let report = compose::report(&results, &worded.wording).document;
    let lines: Vec<String> = text::write(&report).lines().map(str::to_owned).collect();
    let first = lines.iter().position(|line| line.starts_with("I. ")).expect("a first heading");
    Written { results, report, lines, first }
}

impl Written {
    /// Lines of the text with findings when these changes are made, none of them in one line.
    fn noticed(&self, changes: &[&Change], whole: bool) -> HashSet<usize> {
        let mut lines = self.lines.clone();
        // Long paragraphs and tables that nobody changed are left out: they only take time.
        let changed: HashSet<usize> = changes.iter().map(|change| change.0).collect();
        let of_table = |line: usize| self.lines[line].starts_with('|');
        let tables = changed.iter().any(|line| of_table(*line));
        for line in (self.first..lines.len()).filter(|line| !whole && !changed.contains(line)) {
            let long = lines[line].len() > 300 && !lines[line].starts_with(['(', '[', '|', ' ']);
            if long || (of_table(line) && !tables) {
                lines[line].clear();
            }
        }
        for (line, (from, to), new) in changes {
            lines[*line].replace_range(from..to, new);
        }
        let edited = document::parse(lines.join("\n").into_bytes()).expect("a text");
        let found = lint_beside(&edited, &self.results, &self.report).findings;
        found.iter().filter_map(|finding| Some(finding.place.line? - 1)).collect()
    }

    /// Changes nobody would notice. Each line is changed in one place at a time, many lines at once;
    /// what then seems unnoticed is tried alone, since changes of neighbours can hide one another.
    fn unseen<'a>(&self, changes: &'a [Change]) -> Vec<&'a Change> {
        let mut rounds: BTreeMap<usize, Vec<&Change>> = BTreeMap::new();
        let mut of_line: BTreeMap<usize, usize> = BTreeMap::new();
        for change in changes {
            let number = of_line.entry(change.0).or_default();
            rounds.entry(*number).or_default().push(change);
            *number += 1;
        }
        let mut doubtful = Vec::new();
        for round in rounds.values() {
            let noticed = self.noticed(round, false);
            doubtful.extend(round.iter().copied().filter(|change| !noticed.contains(&change.0)));
        }
        doubtful.retain(|change| self.noticed(&[change], false).is_empty());
        doubtful.sort_by_key(|(line, range, _)| (*line, range.0));
        doubtful
    }

    fn names(&self) -> Vec<String> {
        self.results.year.units.iter().map(|unit| unit.name.clone()).collect()
    }

    /// Where units are named, with the unit.
    fn named(&self) -> Vec<(usize, (usize, usize), usize)> {
        let mut found: Vec<(usize, (usize, usize), usize)> = Vec::new();
        for (unit, name) in self.names().iter().enumerate() {
            for (number, line) in self.lines.iter().enumerate().skip(self.first) {
                for form in [name.clone(), small(name)] {
                    found.extend(
                        line.match_indices(&form).map(|(at, _)| (number, (at, at + form.len()), unit)),
                    );
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// A sentence around a change, for people to read.
    fn shown(&self, (line, (from, to), new): &Change) -> String {
        let text = &self.lines[*line];
        let before: Vec<char> = text[..*from].chars().rev().take(50).collect();
        let before: String = before.into_iter().rev().collect();
        let behind: String = text[*to..].chars().take(50).collect();
        format!("dòng {}: {before}[{} → {new}]{behind}\n", line + 1, &text[*from..*to])
    }
}

/// Numbers of a line as byte ranges; parts of a date or of a ratio count apart, marks of footnotes not
/// at all.
fn numbers(line: &str) -> Vec<(usize, usize)> {
    let bytes = line.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let from = at;
        while digit(at) || (at > from && matches!(bytes.get(at), Some(b'.' | b',')) && digit(at + 1)) {
            at += 1;
        }
        let mark = from > 0 && bytes[from - 1] == b'[' && bytes.get(at) == Some(&b']');
        if at > from && !mark {
            found.push((from, at));
        }
        at = at.max(from + 1);
    }
    found
}

/// The number with another last digit.
fn changed(number: &str) -> String {
    let (kept, last) = number.split_at(number.len() - 1);
    let last: u8 = last.parse().expect("a digit");
    format!("{kept}{}", (last + 1) % 10)
}

/// A name with its two last letters exchanged.
fn misspelt(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let last = letters.len() - 1;
    letters.swap(last, last - 1);
    letters.into_iter().collect()
}

#[test]
fn a_changed_number_or_name_of_our_own_report_is_noticed_but_for_those_listed() {
    let written = written();
    for whole in [true, false] {
        assert_eq!(written.noticed(&[], whole), HashSet::new(), "a false alarm");
    }
    let names = written.names();
    let mut of_numbers: Vec<Change> = Vec::new();
    for (number, line) in written.lines.iter().enumerate().skip(written.first) {
        let ranges = numbers(line).into_iter();
        of_numbers.extend(ranges.map(|(from, to)| (number, (from, to), changed(&line[from..to]))));
    }
    let named = written.named();
    let exchanged: Vec<Change> = named
        .iter()
        .map(|(line, range, unit)| (*line, *range, names[(unit + 1) % names.len()].clone()))
        .collect();
    let slips: Vec<Change> = named
        .iter()
        .map(|(line, (from, to), _)| (*line, (*from, *to), misspelt(&written.lines[*line][*from..*to])))
        .collect();
    let mut page = String::new();
    for (what, changes) in [
        ("số bị sửa chữ số cuối", &of_numbers),
        ("tên đơn vị bị thay bằng tên đơn vị khác", &exchanged),
        ("tên đơn vị bị viết sai", &slips),
    ] {
        let unseen = written.unseen(changes);
        let noticed = changes.len() - unseen.len();
        page.push_str(&format!(
            "{what}: {} chỗ, phát hiện {noticed}, không phát hiện {}\n",
            changes.len(),
            unseen.len()
        ));
        unseen.iter().for_each(|change| page.push_str(&written.shown(change)));
        page.push('\n');
    }
    golden("lint-unseen.txt", &page);
}
