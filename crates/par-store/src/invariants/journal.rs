//! The journal against itself, against the years, and against the cells it speaks of.

use std::collections::{BTreeMap, HashMap};

use par_core::points::Points;
use par_core::points::read::{Notation, decimal};

use crate::fact::Fact;
use crate::finding::Findings;
use crate::journal::{Line, value_of};
use crate::revision::Revision;
use crate::store::{IMPORT_YEAR, RECORD_JUDGEMENT};
use crate::tables::YearRows;
use crate::tables::scores::{JudgementRow, digest};

/// Sequence, chain and head.
pub(super) fn check(lines: &[Line], head: Option<(i64, String)>, findings: &mut Findings) {
    let mut previous = "";
    for (line, expected) in lines.iter().zip(1i64..) {
        if line.sequence != expected {
            findings.add(Fact::JournalSequence, "journal", line.sequence, expected);
            // One gap is one finding, not one a line behind it.
            break;
        }
    }
    for line in lines {
        let expected = line.expected_hash(previous);
        findings.same(Fact::JournalHash, format!("journal {}", line.sequence), &line.hash, &expected);
        previous = &line.hash;
    }
    let last =
        lines.last().map_or_else(|| "0 ".to_owned(), |line| format!("{} {}", line.sequence, line.hash));
    let said = head.map_or_else(String::new, |(sequence, hash)| format!("{sequence} {hash}"));
    findings.same(Fact::JournalHead, "journal_head", said, last);
}

/// Revisions of years, in the journal and in their headers.
pub(super) fn check_years(lines: &[Line], years: &[(u16, Revision)], findings: &mut Findings) {
    let mut last: BTreeMap<i64, i64> = BTreeMap::new();
    for line in lines {
        let Some((year, revision)) = line.year else { continue };
        let before = last.insert(year, revision).unwrap_or(0);
        if revision != before + 1 {
            findings.add(Fact::JournalRevision, format!("journal {}", line.sequence), revision, before + 1);
        }
    }
    for (year, revision) in years {
        let expected = last.remove(&i64::from(*year)).unwrap_or(0);
        findings.same(Fact::YearRevision, format!("years {year}"), revision.number(), expected);
    }
    for year in last.into_keys() {
        findings.add(Fact::YearReference, "journal", year, "a year that is there");
    }
}

type CellName = (String, String, String);

/// Judgements and requests of a year against its lines.
pub(super) fn check_cells(lines: &[Line], rows: &YearRows, revision: Revision, findings: &mut Findings) {
    let of_year: Vec<&Line> =
        lines.iter().filter(|line| line.year.map(|(year, _)| year) == findings.year).collect();
    let mut first: HashMap<CellName, &Line> = HashMap::new();
    let mut last: HashMap<CellName, &Line> = HashMap::new();
    for line in of_year.iter().filter(|line| line.act == RECORD_JUDGEMENT) {
        let name = |part| value_of(&line.payload, part).unwrap_or_default();
        let cell = (name("unit"), name("leaf"), name("stage"));
        first.entry(cell.clone()).or_insert(line);
        last.insert(cell, line);
    }
    let judgements =
        rows.scores.judgements.iter().map(|row| (&row.unit, &row.leaf, row.stage.as_str(), row.revision));
    let requests = rows.scores.requests.iter().map(|row| (&row.unit, &row.leaf, "request", row.revision));
    for (unit, leaf, what, said) in judgements.chain(requests) {
        if !(1..=revision.number()).contains(&said) {
            let expected = format!("1 to {revision}");
            findings.add(Fact::CellRevision, format!("{unit} {leaf} {what}"), said, expected);
        }
    }
    for row in &rows.scores.judgements {
        check_cell(row, last.remove(&cell_name(row)), revision, findings);
    }
    for ((unit, leaf, stage), line) in last {
        let expected = format!("journal {}", line.sequence);
        findings.add(Fact::CellJournal, format!("{unit} {leaf} {stage}"), "missing", expected);
    }
    let Some(import) = of_year.iter().find(|line| line.act == IMPORT_YEAR) else { return };
    if let Some(expected) = value_of(&import.payload, "judgements_digest") {
        let said = digest(&as_imported(rows, &first));
        findings.same(Fact::ImportDigest, format!("journal {}", import.sequence), said, expected);
    }
}

fn cell_name(row: &JudgementRow) -> CellName {
    (row.unit.clone(), row.leaf.clone(), row.stage.clone())
}

/// A cell says what its last line says; one of the import has no line of its own.
fn check_cell(row: &JudgementRow, line: Option<&Line>, revision: Revision, findings: &mut Findings) {
    let said = format!("{} {} of revision {}", Points::from_millionths(row.points), row.inputs, row.revision);
    let expected = match line {
        Some(line) => {
            let name = |part| value_of(&line.payload, part).unwrap_or_default();
            let revision = line.year.map_or(0, |(_, revision)| revision);
            format!("{} {} of revision {revision}", name("points"), name("inputs"))
        }
        // A revision out of range is a finding of its own.
        None if row.revision == 1 || !(1..=revision.number()).contains(&row.revision) => return,
        None => "a journal line".to_owned(),
    };
    let place = format!("{} {} {}", row.unit, row.leaf, row.stage);
    findings.same(Fact::CellJournal, place, said, expected);
}

/// The judgements as the import brought them: cells written later take what their first line says
/// stood there before.
fn as_imported(rows: &YearRows, first: &HashMap<CellName, &Line>) -> Vec<JudgementRow> {
    let copy = |(unit, leaf, stage): CellName, points: i64, inputs: String| JudgementRow {
        unit,
        leaf,
        stage,
        points,
        inputs,
        revision: 1,
    };
    let untouched = rows
        .scores
        .judgements
        .iter()
        .filter(|row| !first.contains_key(&cell_name(row)))
        .map(|row| copy(cell_name(row), row.points, row.inputs.clone()));
    let touched = first.iter().filter_map(|(cell, line)| {
        let before = value_of(&line.payload, "before")?;
        let points = decimal(&before, Notation::Data).ok()?.points()?;
        let inputs = value_of(&line.payload, "before_inputs")?;
        Some(copy(cell.clone(), points.millionths(), inputs))
    });
    untouched.chain(touched).collect()
}
