//! The schema's versions, applied in order and recorded; a schema newer than the program is refused.

use std::cmp::Ordering;

use sha2::{Digest, Sha256};

use crate::database::{Database, Transaction, statements};
use crate::error::{Error, Result};
use crate::journal::hex;

struct Migration {
    version: i64,
    name: &'static str,
    text: &'static str,
}

const MIGRATIONS: [Migration; 3] = [
    Migration { version: 1, name: "year", text: include_str!("../migrations/0001_year.sql") },
    Migration { version: 2, name: "publication", text: include_str!("../migrations/0002_publication.sql") },
    Migration { version: 3, name: "ground", text: include_str!("../migrations/0003_ground.sql") },
];

/// The newest version this program knows.
pub(crate) const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

statements! {
    VERSIONS = "select version, name, hash from schema_versions order by version";
    NEWEST_APPLIED = "select coalesce(max(version), 0) as newest from schema_versions";
    FIRST_AND_LAST = "select (select name from schema_versions where version = 1), coalesce(max(version), 0) from schema_versions";
    RECORD = "insert into schema_versions (version, name, hash, applied_ms) values ($1, $2, $3, $4) on conflict do nothing";
}

/// The table of versions stands outside the versions.
const TABLE: &str = "create table if not exists schema_versions (
    version bigint not null primary key, -- 1, 2, 3 …
    name text not null, -- what the version brought
    hash text not null, -- SHA-256 of the migration's text: a schema made by another text shows
    applied_ms bigint not null -- server time, milliseconds UTC
)";

/// Applies the versions that are missing.
pub(crate) async fn apply(database: &Database, now_ms: i64) -> Result<()> {
    apply_up_to(database, NEWEST, now_ms).await
}

/// Applies the versions that are missing up to one: what an earlier program wrote needs its own schema.
pub(crate) async fn apply_up_to(database: &Database, version: i64, now_ms: i64) -> Result<()> {
    if version > NEWEST {
        return Err(Error::SchemaTooNew { found: version, known: NEWEST });
    }
    if database.is_foreign_file().await? {
        return Err(Error::NotOurs);
    }
    // Two instances may start on an empty PostgreSQL: `if not exists` is no lock there, and the
    // second creation fails after the first. The second attempt then finds the table.
    if create_table(database).await.is_err() {
        create_table(database).await?;
    }
    refuse_newer(database).await?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version <= version) {
        let mut transaction = database.write().await?;
        // The row is the lock: a second instance waits here and then finds the version applied.
        let hash = hash(migration);
        let values = [migration.version.into(), migration.name.into(), (&hash).into(), now_ms.into()];
        if transaction.execute(RECORD, &values).await? == 1 {
            transaction.run(migration.text).await?;
            transaction.commit().await?;
        }
    }
    Ok(())
}

/// Fails unless the schema is the one of this program.
pub(crate) async fn ready(database: &Database) -> Result<()> {
    let mut transaction = database.read().await?;
    let found =
        match transaction.row(FIRST_AND_LAST, &[], |row| Ok((row.maybe_text(0)?, row.whole(1)?))).await {
            Ok(found) => found,
            Err(Error::Other(error)) if is_missing(error.as_ref()) => return Err(Error::NotOurs),
            Err(error) => return Err(error),
        };
    // Other programs number their schemas as well, but do not begin with our first version.
    match found {
        Some((Some(first), found)) if first == MIGRATIONS[0].name => match found.cmp(&NEWEST) {
            Ordering::Less => Err(Error::SchemaTooOld { found, known: NEWEST }),
            Ordering::Equal => Ok(()),
            Ordering::Greater => Err(Error::SchemaTooNew { found, known: NEWEST }),
        },
        _ => Err(Error::NotOurs),
    }
}

/// Whether a statement failed because a table or column is not there.
fn is_missing(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    let code = error.downcast_ref::<sqlx::Error>().and_then(crate::error::code);
    matches!(code.as_deref(), Some("1" | "42P01" | "42703" | "42501"))
}

/// Fails when a newer program has written the database.
pub(crate) async fn refuse_newer(database: &Database) -> Result<()> {
    let found = newest_applied(&mut database.read().await?).await?;
    if found > NEWEST { Err(Error::SchemaTooNew { found, known: NEWEST }) } else { Ok(()) }
}

/// The newest version applied; 0 before the first.
pub(crate) async fn newest_applied(transaction: &mut Transaction) -> Result<i64> {
    Ok(transaction.row(NEWEST_APPLIED, &[], |row| row.whole(0)).await?.unwrap_or(0))
}

/// Recorded and expected versions as (version, name, hash).
pub(crate) async fn recorded(database: &Database) -> Result<[Vec<(i64, String, String)>; 2]> {
    let mut transaction = database.read().await?;
    let found =
        transaction.rows(VERSIONS, &[], |row| Ok((row.whole(0)?, row.text(1)?, row.text(2)?))).await?;
    let expected = MIGRATIONS.iter().map(|one| (one.version, one.name.to_owned(), hash(one))).collect();
    Ok([found, expected])
}

async fn create_table(database: &Database) -> Result<()> {
    let mut transaction = database.write().await?;
    transaction.run(TABLE).await?;
    transaction.commit().await
}

fn hash(migration: &Migration) -> String {
    hex(&Sha256::digest(migration.text))
}
