//! Published versions of years with the files of their packages.
//!
//! Architecture invariant: there is no statement that changes or removes a version.

use std::collections::BTreeMap;

use crate::database::{Transaction, inserts, statements};
use crate::error::{Error, Result};
use crate::journal::hex;
use crate::value::{Row, Value};

statements! {
    ADD = "insert into publications (year, version, package_id, revision, published_ms, reason) values ($1, $2, $3, $4, $5, $6)";
    OF_YEAR = "select version, package_id, revision, published_ms, reason from publications where year = $1 order by version";
    FILES = "select path, form, content from publication_files where year = $1 and version = $2 order by path";
    SEALED = "select path, form, content from sealed_files where year = $1 and version = $2 order by path";
    FILE = "select path, form, content from publication_files where year = $1 and version = $2 and path = $3";
    ORPHANS = "select year, version from publication_files
        where not exists (select 1 from publications where publications.year = publication_files.year and publications.version = publication_files.version)
        union select year, version from publications where year not in (select year from years)";
}

inserts! {
    ADD_FILES[5] = "insert into publication_files (year, version, path, form, content) values";
    ADD_SEALED[5] = "insert into sealed_files (year, version, path, form, content) values";
}

/// A published version, as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicationRow {
    pub(crate) version: i64,
    pub(crate) package_id: String,
    pub(crate) revision: i64,
    pub(crate) published_ms: i64,
    pub(crate) reason: String,
}

pub(crate) async fn insert(
    transaction: &mut Transaction,
    year: u16,
    row: &PublicationRow,
    files: &BTreeMap<String, Vec<u8>>,
    sealed: &BTreeMap<String, Vec<u8>>,
) -> Result<()> {
    let values = [
        year.into(),
        row.version.into(),
        (&row.package_id).into(),
        row.revision.into(),
        row.published_ms.into(),
        (&row.reason).into(),
    ];
    transaction.execute(ADD, &values).await?;
    for (into, files) in [(&ADD_FILES, files), (&ADD_SEALED, sealed)] {
        let told: Vec<(&String, &str, String)> =
            files.iter().map(|(path, bytes)| (path, form_of(bytes), content_of(bytes))).collect();
        let rows: Vec<[Value<'_>; 5]> = told
            .iter()
            .map(|(path, form, content)| {
                [year.into(), row.version.into(), (*path).into(), (*form).into(), content.into()]
            })
            .collect();
        if !rows.is_empty() {
            transaction.insert(into, &rows).await?;
        }
    }
    Ok(())
}

pub(crate) async fn of_year(transaction: &mut Transaction, year: u16) -> Result<Vec<PublicationRow>> {
    let read = |row: &Row<'_>| {
        Ok(PublicationRow {
            version: row.whole(0)?,
            package_id: row.text(1)?,
            revision: row.whole(2)?,
            published_ms: row.whole(3)?,
            reason: row.text(4)?,
        })
    };
    transaction.rows(OF_YEAR, &[year.into()], read).await
}

pub(crate) async fn files(
    transaction: &mut Transaction,
    year: u16,
    version: i64,
) -> Result<BTreeMap<String, Vec<u8>>> {
    let rows = transaction.rows(FILES, &[year.into(), version.into()], texts).await?;
    rows.into_iter().map(|(path, form, content)| Ok((path, bytes_of(&form, content)?))).collect()
}

/// The files of the full package from which a version was published; none where it was not sealed.
pub(crate) async fn sealed(
    transaction: &mut Transaction,
    year: u16,
    version: i64,
) -> Result<BTreeMap<String, Vec<u8>>> {
    let rows = transaction.rows(SEALED, &[year.into(), version.into()], texts).await?;
    rows.into_iter().map(|(path, form, content)| Ok((path, bytes_of(&form, content)?))).collect()
}

pub(crate) async fn file(
    transaction: &mut Transaction,
    year: u16,
    version: i64,
    path: &str,
) -> Result<Option<Vec<u8>>> {
    let row = transaction.row(FILE, &[year.into(), version.into(), path.into()], texts).await?;
    row.map(|(_, form, content)| bytes_of(&form, content)).transpose()
}

/// Files of no version, and versions of no year.
pub(crate) async fn orphans(transaction: &mut Transaction) -> Result<Vec<(i64, i64)>> {
    transaction.rows(ORPHANS, &[], |row| Ok((row.whole(0)?, row.whole(1)?))).await
}

fn texts(row: &Row<'_>) -> sqlx::Result<(String, String, String)> {
    Ok((row.text(0)?, row.text(1)?, row.text(2)?))
}

/// Text stands as it is, so that a person can read it; PostgreSQL holds no text with a zero byte.
fn form_of(bytes: &[u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => "text",
        _ => "hex",
    }
}

fn content_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text.to_owned(),
        _ => hex(bytes),
    }
}

fn bytes_of(form: &str, content: String) -> Result<Vec<u8>> {
    if form == "text" {
        return Ok(content.into_bytes());
    }
    let digit = |pair: &[u8]| {
        let text = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(text, 16).ok().filter(|_| pair.len() == 2)
    };
    let bytes: Option<Vec<u8>> = content.as_bytes().chunks(2).map(digit).collect();
    bytes.ok_or_else(|| Error::Unreadable {
        table: "publication_files".to_owned(),
        column: "content".to_owned(),
    })
}
