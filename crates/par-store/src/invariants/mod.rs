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

use par_core::score::evaluate;
use par_core::year::Year;

use crate::database::Transaction;
use crate::error::{Error, Result};
use crate::fact::Fact;
use crate::finding::{Finding, Findings};
use crate::store::Store;
use crate::{assemble, migrations, tables};

/// Checks every fact about the whole database; an empty list is a sound one.
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
    let lines = crate::journal::lines(&mut transaction).await?;
    let head = crate::journal::head(&mut transaction).await?;
    journal::check(&lines, head, &mut findings);
    let years = crate::store::all_years(&mut transaction).await?;
    journal::check_years(&lines, &years, &mut findings);
    for (year, _) in &years {
        let mut of_year = Findings::of(*year);
        let rows = tables::publications::of_year(&mut transaction, *year).await?;
        publication::check_versions(&lines, &rows, &mut of_year);
        for row in rows {
            let files = tables::publications::files(&mut transaction, *year, row.version).await?;
            publication::check_package(&row, &files, &mut of_year);
        }
        findings.list.append(&mut of_year.list);
    }
    for (year, revision) in years {
        let rows = match tables::read(&mut transaction, year).await {
            Ok(Some(rows)) => rows,
            Ok(None) => continue,
            Err(Error::Other(error)) => {
                findings.year = Some(i64::from(year));
                findings.add(Fact::ReadableRow, "", error, "text and whole numbers as declared");
                continue;
            }
            Err(error) => return Err(error),
        };
        let mut of_year = Findings::of(year);
        journal::check_cells(&lines, &rows, revision, &mut of_year);
        let (assembled, found) = assemble::year(rows);
        of_year.list.extend(found);
        if let Some(year) = assembled {
            check_year(&year, &mut of_year);
            check_sheets(&mut transaction, &year, &mut of_year).await?;
        }
        findings.list.append(&mut of_year.list);
    }
    Ok(findings.list)
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
    match tables::sheets::read(transaction, year.year).await {
        Ok(rows) => {
            let (sheets, found) = assemble::sheets(year, rows);
            findings.list.extend(found);
            survey::check_sheets(year, &sheets, findings);
        }
        Err(Error::Other(error)) => {
            findings.add(Fact::ReadableRow, "", error, "text and whole numbers as declared");
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

async fn check_schema(store: &Store, findings: &mut Findings) -> Result<()> {
    let [found, expected] = migrations::recorded(store.database()).await?;
    let told = |list: &[(i64, String, String)]| {
        let told: Vec<String> =
            list.iter().map(|(version, name, hash)| format!("{version} {name} {hash}")).collect();
        told.join(", ")
    };
    findings.same(Fact::SchemaVersion, "schema_versions", told(&found), told(&expected));
    Ok(())
}
