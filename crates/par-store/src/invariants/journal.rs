//! The journal against itself, against the years, and against the rows it speaks of.
//!
//! One walk over the lines: what is kept of them grows with the cells written, never with the lines.

use std::collections::{BTreeMap, HashMap};

use par_core::points::Points;
use par_core::points::read::{Notation, decimal};

use crate::fact::Fact;
use crate::finding::Findings;
use crate::journal::{Line, value_of, values_of};
use crate::migrations::UPGRADE;
use crate::publications::PUBLISH_YEAR;
use crate::revision::Revision;
use crate::store::{IMPORT_YEAR, RECORD_JUDGEMENT};
use crate::tables::YearRows;
use crate::tables::scores::{JudgementRow, digest};

/// What a walk over the journal has seen.
#[derive(Debug, Default)]
pub(super) struct Walk {
    findings: Findings,
    /// Lines that something else names, by sequence: who names them and with what hash.
    named: BTreeMap<i64, Vec<Named>>,
    has_gap: bool,
    last: Option<(i64, String)>,
    revisions: BTreeMap<i64, i64>,
    years: HashMap<i64, OfYear>,
}

/// A line that a published version names as the end of the journal it was published at.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) year: u16,
    pub(super) version: i64,
    pub(super) sequence: i64,
    pub(super) hash: String,
}

/// What the journal says of a year.
#[derive(Debug, Default)]
pub(super) struct OfYear {
    /// Sequence and digest of judgements of the import.
    import: Option<(i64, String)>,
    /// What each table said when it was last sealed: the line's sequence, and rows with their digest.
    seals: BTreeMap<String, (i64, String)>,
    cells: HashMap<CellName, CellLines>,
    /// Versions as [`super::publication`] compares them.
    pub(super) published: Vec<String>,
}

type CellName = (String, String, String);

/// The lines of one cell.
#[derive(Debug)]
struct CellLines {
    /// What stood there before the first of them; `None` when it was empty.
    before: Option<(i64, String)>,
    /// What the last of them wrote, and its sequence.
    last: (String, i64),
}

impl Walk {
    pub(super) fn looking_for(lines: Vec<Named>) -> Walk {
        let mut walk = Walk::default();
        for line in lines {
            walk.named.entry(line.sequence).or_default().push(line);
        }
        walk
    }

    /// Takes the next line.
    pub(super) fn see(&mut self, line: Line) {
        let (before, hash) = self.last.take().unwrap_or_default();
        if line.sequence != before + 1 && !self.has_gap {
            // One gap is one finding, not one a line behind it.
            self.findings.add(Fact::JournalSequence, "journal", line.sequence, before + 1);
            self.has_gap = true;
        }
        let place = format!("journal {}", line.sequence);
        self.findings.same(Fact::JournalHash, place, &line.hash, &line.expected_hash(&hash));
        for named in self.named.remove(&line.sequence).unwrap_or_default() {
            self.compare(&named, &line.hash);
        }
        self.meaning(&line);
        self.last = Some((line.sequence, line.hash));
    }

    fn compare(&mut self, named: &Named, hash: &str) {
        self.findings.year = Some(i64::from(named.year));
        let place = format!("publications {}", named.version);
        self.findings.same(Fact::PublicationHead, place, hash, named.hash.as_str());
        self.findings.year = None;
    }

    fn meaning(&mut self, line: &Line) {
        if line.act == UPGRADE {
            for told in values_of(&line.payload, "table") {
                self.seal(told, line.sequence);
            }
        }
        let Some((year, revision)) = line.year else { return };
        let before = self.revisions.insert(year, revision).unwrap_or(0);
        if revision != before + 1 {
            let place = format!("journal {}", line.sequence);
            self.findings.add(Fact::JournalRevision, place, revision, before + 1);
        }
        let part = |name| value_of(&line.payload, name).unwrap_or_default();
        let of_year = self.years.entry(year).or_default();
        match line.act.as_str() {
            IMPORT_YEAR => {
                of_year.import = Some((line.sequence, part("judgements_digest")));
                for told in values_of(&line.payload, "table") {
                    self.seal(told, line.sequence);
                }
            }
            RECORD_JUDGEMENT => of_year.record((part("unit"), part("leaf"), part("stage")), line, revision),
            PUBLISH_YEAR => of_year.published.push(format!(
                "{} {} {revision} {} {}",
                part("version"),
                part("package_id"),
                line.at_ms,
                part("reason")
            )),
            _ => {}
        }
    }

    fn seal(&mut self, told: &str, sequence: i64) {
        let mut parts = told.splitn(3, ' ');
        let (Some(year), Some(table), Some(content)) = (parts.next(), parts.next(), parts.next()) else {
            return;
        };
        let Ok(year) = year.parse::<i64>() else { return };
        let seals = &mut self.years.entry(year).or_default().seals;
        seals.insert(table.to_owned(), (sequence, content.to_owned()));
    }

    /// The end of the walk: the head, the years' revisions, what was named and is not there.
    pub(super) fn end(
        mut self,
        head: Option<(i64, String)>,
        years: &[(u16, Revision)],
        findings: &mut Findings,
    ) -> HashMap<i64, OfYear> {
        for named in std::mem::take(&mut self.named).into_values().flatten() {
            self.compare(&named, "missing");
        }
        let told = |end: Option<(i64, String)>| end.map(|(sequence, hash)| format!("{sequence} {hash}"));
        let last = told(self.last).unwrap_or_else(|| "0 ".to_owned());
        self.findings.same(Fact::JournalHead, "journal_head", told(head).unwrap_or_default(), last);
        for (year, revision) in years {
            let expected = self.revisions.remove(&i64::from(*year)).unwrap_or(0);
            self.findings.same(Fact::YearRevision, format!("years {year}"), revision.number(), expected);
        }
        for year in self.revisions.into_keys() {
            self.findings.add(Fact::YearReference, "journal", year, "a year that is there");
        }
        findings.list.append(&mut self.findings.list);
        self.years
    }
}

impl OfYear {
    fn record(&mut self, cell: CellName, line: &Line, revision: i64) {
        let part = |name| value_of(&line.payload, name).unwrap_or_default();
        let last = (format!("{} {} of revision {revision}", part("points"), part("inputs")), line.sequence);
        match self.cells.get_mut(&cell) {
            Some(known) => known.last = last,
            None => {
                let before = value_of(&line.payload, "before");
                let before = before.and_then(|before| decimal(&before, Notation::Data).ok()?.points());
                let before = before.map(|points| (points.millionths(), part("before_inputs")));
                self.cells.insert(cell, CellLines { before, last });
            }
        }
    }

    /// What a table says against what it said when it was sealed. Nothing was sealed before 0.2.
    pub(super) fn check_seal(&self, table: &str, content: &str, findings: &mut Findings) {
        if let Some((_, sealed)) = self.seals.get(table) {
            findings.same(Fact::YearSeal, table, content, sealed.as_str());
        }
    }

    /// Whether the import itself said what the tables hold, or only a later upgrade did.
    pub(super) fn is_sealed_by_import(&self) -> bool {
        let import = self.import.as_ref().map(|(sequence, _)| *sequence);
        self.seals.values().all(|(sequence, _)| Some(*sequence) == import)
    }

    /// Judgements and requests of a year against its lines.
    pub(super) fn check_cells(&self, rows: &YearRows, revision: Revision, findings: &mut Findings) {
        let judgements =
            rows.scores.judgements.iter().map(|row| (&row.unit, &row.leaf, row.stage.as_str(), row.revision));
        let requests = rows.scores.requests.iter().map(|row| (&row.unit, &row.leaf, "request", row.revision));
        for (unit, leaf, what, said) in judgements.chain(requests) {
            if !(1..=revision.number()).contains(&said) {
                let expected = format!("1 to {revision}");
                findings.add(Fact::CellRevision, format!("{unit} {leaf} {what}"), said, expected);
            }
        }
        let mut lines: BTreeMap<&CellName, &CellLines> = self.cells.iter().collect();
        for row in &rows.scores.judgements {
            check_cell(row, lines.remove(&cell_name(row)), revision, findings);
        }
        for ((unit, leaf, stage), line) in lines {
            let expected = format!("journal {}", line.last.1);
            findings.add(Fact::CellJournal, format!("{unit} {leaf} {stage}"), "missing", expected);
        }
        if let Some((sequence, expected)) = self.import.as_ref().filter(|(_, digest)| !digest.is_empty()) {
            let said = digest(&self.as_imported(rows));
            findings.same(Fact::ImportDigest, format!("journal {sequence}"), said, expected.clone());
        }
    }

    /// The judgements as the import brought them: cells written later take what their first line says
    /// stood there before.
    fn as_imported(&self, rows: &YearRows) -> Vec<JudgementRow> {
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
            .filter(|row| !self.cells.contains_key(&cell_name(row)))
            .map(|row| copy(cell_name(row), row.points, row.inputs.clone()));
        let touched = self.cells.iter().filter_map(|(cell, lines)| {
            let (points, inputs) = lines.before.clone()?;
            Some(copy(cell.clone(), points, inputs))
        });
        untouched.chain(touched).collect()
    }
}

fn cell_name(row: &JudgementRow) -> CellName {
    (row.unit.clone(), row.leaf.clone(), row.stage.clone())
}

/// A cell says what its last line says; one of the import has no line of its own.
fn check_cell(row: &JudgementRow, lines: Option<&CellLines>, revision: Revision, findings: &mut Findings) {
    let said = format!("{} {} of revision {}", Points::from_millionths(row.points), row.inputs, row.revision);
    let expected = match lines {
        Some(lines) => lines.last.0.clone(),
        // A revision out of range is a finding of its own.
        None if row.revision == 1 || !(1..=revision.number()).contains(&row.revision) => return,
        None => "a journal line".to_owned(),
    };
    let place = format!("{} {} {}", row.unit, row.leaf, row.stage);
    findings.same(Fact::CellJournal, place, said, expected);
}
