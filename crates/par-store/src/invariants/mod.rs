//! Facts that hold in every sound database, whoever wrote it: `check` lists where they do not.
//!
//! Runs on damaged databases too: what cannot be placed is a finding, the rest is still checked.
//! Must not know: how a finding is told to people.

mod journal;
mod lists;
mod publication;
mod results;
mod scores;
mod survey;

use std::collections::BTreeMap;

use par_core::score::evaluate;
use par_core::year::Year;

use self::journal::{Named, OfYear};
use crate::database::Transaction;
use crate::error::{Error, Refusal, Result};
use crate::fact::Fact;
use crate::finding::{Finding, Findings};
use crate::revision::Revision;
use crate::store::Store;
use crate::tables::publications::PublicationRow;
use crate::{assemble, migrations, tables};

/// Checks every fact about the whole database; one without faults in the list is sound.
///
/// # Errors
/// Only when the database cannot be asked at all.
pub async fn check(store: &Store) -> Result<Vec<Finding>> {
    let mut findings = Findings::default();
    check_schema(store, &mut findings).await?;
    let mut transaction = store.read().await?;
    for (year, version) in tables::publications::orphans(&mut transaction).await? {
        findings.add(Fact::YearReference, format!("publications {version}"), year, "a year that is there");
    }
    for (table, year) in tables::orphans(&mut transaction).await? {
        findings.add(Fact::YearReference, table, year, "a year that is there");
    }
    let years = readable(crate::store::all_years(&mut transaction).await, &mut findings)?.unwrap_or_default();
    let published = check_packages(&mut transaction, &years, &mut findings).await?;
    let named = published.values().flat_map(|of_year| of_year.named.clone()).collect();
    let mut walk = journal::Walk::looking_for(named);
    readable(crate::journal::each(&mut transaction, |line| walk.see(line)).await, &mut findings)?;
    let head = readable(crate::journal::head(&mut transaction).await, &mut findings)?.flatten();
    let told = walk.end(head, &years, &mut findings);
    for (year, revision) in years {
        let mut of_year = Findings::of(year);
        let nothing = OfYear::default();
        let told = told.get(&i64::from(year)).unwrap_or(&nothing);
        let published = &published[&year];
        publication::check_versions(&told.published, &published.rows, &mut of_year);
        check_tables(&mut transaction, year, told, &mut of_year).await?;
        check_rows(&mut transaction, (year, revision), told, published, &mut of_year).await?;
        if !published.rows.is_empty() || !told.published.is_empty() {
            of_year.is_published();
        }
        findings.list.append(&mut of_year.list);
    }
    Ok(findings.list)
}

/// Checks the journal alone: its numbers, the hash of every line, its head, and that it gives every year
/// its revision. What the rows say is not held against it.
///
/// # Errors
/// When the database cannot be asked.
pub async fn check_journal(store: &Store) -> Result<Vec<Finding>> {
    let mut findings = Findings::default();
    let mut transaction = store.read().await?;
    let years = readable(crate::store::all_years(&mut transaction).await, &mut findings)?.unwrap_or_default();
    let mut walk = journal::Walk::default();
    readable(crate::journal::each(&mut transaction, |line| walk.see(line)).await, &mut findings)?;
    let head = readable(crate::journal::head(&mut transaction).await, &mut findings)?.flatten();
    walk.end(head, &years, &mut findings);
    Ok(findings.list)
}

/// Years of which only a later upgrade said what their tables hold, not the import: edits from between
/// the two do not show.
///
/// # Errors
/// When the database cannot be asked.
pub async fn sealed_late(store: &Store) -> Result<Vec<u16>> {
    let mut transaction = store.read().await?;
    let years = crate::store::all_years(&mut transaction).await?;
    let mut walk = journal::Walk::default();
    crate::journal::each(&mut transaction, |line| walk.see(line)).await?;
    let told = walk.end(None, &years, &mut Findings::default());
    let late = |year: &u16| told.get(&i64::from(*year)).is_some_and(|told| !told.is_sealed_by_import());
    Ok(years.into_iter().map(|(year, _)| year).filter(late).collect())
}

/// What is published of a year.
#[derive(Debug, Default)]
struct Published {
    rows: Vec<PublicationRow>,
    /// Lines of the journal that the versions name.
    named: Vec<Named>,
    /// The inputs of the last version.
    inputs: Option<Year>,
}

/// What could be read; a value that its column cannot hold and a damaged page are findings.
fn readable<T>(read: Result<T>, findings: &mut Findings) -> Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(Error::Unreadable { table, column }) => {
            findings.add(Fact::ReadableRow, table, column, "text and whole numbers as declared");
            Ok(None)
        }
        Err(Error::Refused(Refusal::NotADatabase)) => {
            findings.add(Fact::FileIntegrity, "", "", "readable pages");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Every version against its hashes and a recomputation, one at a time.
async fn check_packages(
    transaction: &mut Transaction,
    years: &[(u16, Revision)],
    findings: &mut Findings,
) -> Result<BTreeMap<u16, Published>> {
    let mut all = BTreeMap::new();
    for (year, _) in years {
        let mut of_year = Findings::of(*year);
        let rows = tables::publications::of_year(transaction, *year).await;
        let mut published =
            Published { rows: readable(rows, &mut of_year)?.unwrap_or_default(), ..Published::default() };
        for row in &published.rows {
            let files = tables::publications::files(transaction, *year, row.version).await;
            let Some(files) = readable(files, &mut of_year)? else { continue };
            publication::check_package(row, &files, &mut of_year);
            let sealed = tables::publications::sealed(transaction, *year, row.version).await;
            if let Some(sealed) = readable(sealed, &mut of_year)? {
                publication::check_sealed(row.version, &files, &sealed, &mut of_year);
            }
            published.named.extend(publication::named_line(*year, row.version, &files));
            published.inputs = publication::inputs(&files);
        }
        findings.list.append(&mut of_year.list);
        all.insert(*year, published);
    }
    Ok(all)
}

/// What the tables of a year say against what they said when they were sealed.
async fn check_tables(
    transaction: &mut Transaction,
    year: u16,
    told: &OfYear,
    findings: &mut Findings,
) -> Result<()> {
    for (table, seal) in tables::seal::of_year(transaction, year).await {
        // What cannot be read is told where the rows are read.
        if let Ok(seal) = seal {
            told.check_seal(table, &seal.content, findings);
        }
    }
    Ok(())
}

/// Rows of a year against the journal, against each other, and against what is published.
async fn check_rows(
    transaction: &mut Transaction,
    (year, revision): (u16, Revision),
    told: &OfYear,
    published: &Published,
    findings: &mut Findings,
) -> Result<()> {
    // Every set is read again: what is kept in memory says nothing about the database.
    let nothing = tables::sets::Known::new();
    let rows = readable(tables::read(transaction, year, &nothing).await, findings)?.flatten();
    let Some(rows) = rows else { return Ok(()) };
    told.check_cells(&rows, revision, findings);
    let (assembled, found) = assemble::year(rows);
    findings.list.extend(found);
    let Some(year) = assembled else { return Ok(()) };
    check_year(&year, findings);
    check_sheets(transaction, &year, findings).await?;
    if let (Some(last), Some(inputs)) = (published.rows.last(), &published.inputs)
        && last.revision == revision.number()
    {
        publication::check_inputs(&year, inputs, last.version, findings);
    }
    Ok(())
}

/// Facts about the content of a year.
fn check_year(year: &Year, findings: &mut Findings) {
    lists::check(year, findings);
    survey::check(year, findings);
    scores::check(year, findings);
    results::check(year, &evaluate(year), findings);
}

/// Facts about the sheets of a year's survey.
async fn check_sheets(transaction: &mut Transaction, year: &Year, findings: &mut Findings) -> Result<()> {
    let rows = tables::sheets::read(transaction, year.year).await;
    if let Some(rows) = readable(rows, findings)? {
        let (sheets, found) = assemble::sheets(year, rows);
        findings.list.extend(found);
        survey::check_sheets(year, &sheets, findings);
    }
    Ok(())
}

async fn check_schema(store: &Store, findings: &mut Findings) -> Result<()> {
    let faults = store.database().integrity().await;
    for fault in readable(faults, findings)?.unwrap_or_default() {
        findings.add(Fact::FileIntegrity, "", fault, "ok");
    }
    let [found, expected] = migrations::recorded(store.database()).await?;
    let told = |list: &[(i64, String, String)]| {
        let told: Vec<String> =
            list.iter().map(|(version, name, hash)| format!("{version} {name} {hash}")).collect();
        told.join(", ")
    };
    findings.same(Fact::SchemaVersion, "schema_versions", told(&found), told(&expected));
    Ok(())
}
