//! Published versions against themselves, the journal and a recomputation.

use std::collections::{BTreeMap, BTreeSet};

use par_core::framework::read::Files;
use par_core::publication::compare::compare;
use par_core::publication::standing::tables;
use par_core::score::results::Results;
use par_core::year::read;
use sha2::{Digest, Sha256};

use crate::fact::Fact;
use crate::finding::Findings;
use crate::journal::{Line, hex, value_of};
use crate::publications::PUBLISH_YEAR;
use crate::tables::publications::PublicationRow;

/// The list of a package's hashes.
const MANIFEST: &str = "SHA256SUMS";

/// Versions are numbered without a gap and are those the journal tells of.
pub(super) fn check_versions(lines: &[Line], rows: &[PublicationRow], findings: &mut Findings) {
    for (row, expected) in rows.iter().zip(1i64..) {
        if row.version != expected {
            findings.add(Fact::PublicationVersion, "publications", row.version, expected);
            break;
        }
    }
    let of_year = |line: &&Line| line.act == PUBLISH_YEAR && line.year.map(|(year, _)| year) == findings.year;
    let told: Vec<String> = lines
        .iter()
        .filter(of_year)
        .map(|line| {
            let part = |name| value_of(&line.payload, name).unwrap_or_default();
            let revision = line.year.map_or(0, |(_, revision)| revision);
            format!("{} {} {revision} {} {}", part("version"), part("package_id"), line.at_ms, part("reason"))
        })
        .collect();
    let stored: Vec<String> = rows
        .iter()
        .map(|row| {
            let (version, id, at) = (row.version, &row.package_id, row.published_ms);
            format!("{version} {id} {} {at} {}", row.revision, row.reason)
        })
        .collect();
    findings.same(Fact::PublicationJournal, "publications", stored.join("; "), told.join("; "));
}

/// A version's files are those of its id, and its figures follow from its inputs.
pub(super) fn check_package(
    row: &PublicationRow,
    files: &BTreeMap<String, Vec<u8>>,
    findings: &mut Findings,
) {
    let sha256 = |bytes: &[u8]| hex(&Sha256::digest(bytes));
    let manifest = files.get(MANIFEST).map_or(&[][..], Vec::as_slice);
    let place = |file: &str| format!("publications {} {file}", row.version);
    findings.same(Fact::PublicationFiles, place(MANIFEST), sha256(manifest), row.package_id.clone());
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
    let inputs: Files = files
        .iter()
        .filter_map(|(path, bytes)| {
            let file = path.strip_prefix("inputs/")?;
            Some((file.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        })
        .collect();
    let Some(year) = read::read(&inputs).0 else {
        findings.add(Fact::PublicationStanding, place("inputs"), "", "");
        return;
    };
    for table in tables(&Results::of(year)) {
        let said = files.get(&table.path()).map_or(&[][..], Vec::as_slice);
        let differences = compare(&table, &String::from_utf8_lossy(said)).len();
        findings.same(Fact::PublicationStanding, place(&table.path()), differences, 0);
    }
}
