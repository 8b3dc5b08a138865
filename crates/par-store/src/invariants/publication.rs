//! Published versions against themselves, the journal and a recomputation.

use std::collections::{BTreeMap, BTreeSet};

use par_core::framework::read::Files;
use par_core::publication::anonymous::publishable;
use par_core::publication::compare::compare;
use par_core::publication::earlier::reckoned_as_then;
use par_core::publication::level::{Level, at_level};
use par_core::publication::standing::tables;
use par_core::score::results::Results;
use par_core::year::{Year, read};
use sha2::{Digest, Sha256};

use crate::fact::Fact;
use crate::finding::Findings;
use crate::invariants::journal::Named;
use crate::journal::hex;
use crate::tables::publications::PublicationRow;

/// The list of a package's hashes.
const MANIFEST: &str = "SHA256SUMS";

/// The list of a package's description.
const RECORD: &str = "publication.json";

/// Versions are numbered without a gap and are those the journal tells of.
pub(super) fn check_versions(told: &[String], rows: &[PublicationRow], findings: &mut Findings) {
    for (row, expected) in rows.iter().zip(1i64..) {
        if row.version != expected {
            findings.add(Fact::PublicationVersion, "publications", row.version, expected);
            break;
        }
    }
    let stored: Vec<String> = rows
        .iter()
        .map(|row| {
            let (version, id, at) = (row.version, &row.package_id, row.published_ms);
            format!("{version} {id} {} {at} {}", row.revision, row.reason)
        })
        .collect();
    findings.same(Fact::PublicationJournal, "publications", stored.join("; "), told.join("; "));
}

/// The line of the journal that a version says it was published at, if it says so.
pub(super) fn named_line(year: u16, version: i64, files: &BTreeMap<String, Vec<u8>>) -> Option<Named> {
    let record: serde_json::Value = serde_json::from_slice(files.get(RECORD)?).ok()?;
    let journal = record.get("journal")?;
    let (sequence, hash) = (journal.get("sequence")?.as_i64()?, journal.get("hash")?.as_str()?);
    Some(Named { year, version, sequence, hash: hash.to_owned() })
}

/// The year in a version's inputs.
pub(super) fn inputs(files: &BTreeMap<String, Vec<u8>>) -> Option<Year> {
    let inputs: Files = files
        .iter()
        .filter_map(|(path, bytes)| {
            let file = path.strip_prefix("inputs/")?;
            Some((file.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        })
        .collect();
    read::read(&inputs).0
}

/// What a year says now against what was published of it, when nothing was written since.
pub(super) fn check_inputs(now: &Year, published: &Year, version: i64, findings: &mut Findings) {
    // A version of an earlier form says more than is published today: what it would say counts.
    let published = &if published.losses.is_none() { publishable(published) } else { published.clone() };
    let now = at_level(&Results::of(publishable(now)), Level::of(published));
    let parts = [
        (
            "years",
            (&now.title, &now.province, &now.notice)
                == (&published.title, &published.province, &published.notice),
        ),
        ("province_mean", now.province_mean == published.province_mean),
        ("criteria_sets", now.sets == published.sets),
        ("clusters", now.clusters == published.clusters),
        ("blocks", now.blocks == published.blocks),
        ("thresholds", now.thresholds == published.thresholds),
        ("reasons", now.reasons == published.reasons),
        ("facts", now.facts == published.facts),
        ("units", now.units == published.units),
        ("exemptions", now.exemptions == published.exemptions),
        ("judgements", now.files == published.files),
        ("losses", now.losses == published.losses),
        ("survey", now.survey == published.survey),
        ("previous_units", now.previous == published.previous),
    ];
    for (part, _) in parts.into_iter().filter(|(_, same)| !same) {
        findings.add(Fact::PublicationInputs, part, "", format!("publications {version}"));
    }
}

/// What was kept sealed with a version is what its public description names, if it names anything.
pub(super) fn check_sealed(
    version: i64,
    public: &BTreeMap<String, Vec<u8>>,
    sealed: &BTreeMap<String, Vec<u8>>,
    findings: &mut Findings,
) {
    let record = public.get(RECORD).and_then(|text| serde_json::from_slice::<serde_json::Value>(text).ok());
    let named = record.as_ref().and_then(|record| record.get("sealed")?.as_str());
    if named.is_some() || !sealed.is_empty() {
        check_files(named.unwrap_or_default(), &format!("sealed {version}"), sealed, findings);
    }
}

/// The files of a package are those its id was taken over.
fn check_files(id: &str, of: &str, files: &BTreeMap<String, Vec<u8>>, findings: &mut Findings) {
    let sha256 = |bytes: &[u8]| hex(&Sha256::digest(bytes));
    let manifest = files.get(MANIFEST).map_or(&[][..], Vec::as_slice);
    let place = |file: &str| format!("{of} {file}");
    findings.same(Fact::PublicationFiles, place(MANIFEST), sha256(manifest), id.to_owned());
    let mut named = BTreeSet::from([MANIFEST]);
    let text = String::from_utf8_lossy(manifest);
    for line in text.lines() {
        let (hash, path) = line.split_once("  ").unwrap_or_default();
        let found = files.get(path).map_or_else(String::new, |bytes| sha256(bytes));
        findings.same(Fact::PublicationFiles, place(path), found, hash.to_owned());
        named.insert(path);
    }
    for path in files.keys().filter(|path| !named.contains(path.as_str())) {
        findings.add(Fact::PublicationFiles, place(path), sha256(&files[path]), "");
    }
}

/// A version's files are those of its id, and its figures follow from its inputs.
pub(super) fn check_package(
    row: &PublicationRow,
    files: &BTreeMap<String, Vec<u8>>,
    findings: &mut Findings,
) {
    let place = |file: &str| format!("publications {} {file}", row.version);
    check_files(&row.package_id, &format!("publications {}", row.version), files, findings);
    let Some(year) = inputs(files) else {
        findings.add(Fact::PublicationStanding, place("inputs"), "", "");
        return;
    };
    let is_earlier = year.losses.is_none();
    let results = Results::of(year);
    let mut all = tables(&results);
    if is_earlier {
        all = reckoned_as_then(&results, all);
    }
    for table in all {
        let said = files.get(&table.path()).map_or(&[][..], Vec::as_slice);
        let differences = compare(&table, &String::from_utf8_lossy(said)).len();
        findings.same(Fact::PublicationStanding, place(&table.path()), differences, 0);
    }
}
