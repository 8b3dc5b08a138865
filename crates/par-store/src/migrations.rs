//! The schema's versions, applied in order and recorded, an older database only after a copy of it; a
//! schema newer than the program is refused.

use std::cmp::Ordering;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::database::{Database, Transaction, statements};
use crate::error::{Error, Result};
use crate::journal::{By, Payload, hex};
use crate::location::Location;
use crate::tables::seal;
use crate::write::Write;

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

/// Word of a journal line that brought the schema to a newer version.
pub const UPGRADE: &str = "upgrade";

/// The newest version this program knows.
pub(crate) const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

statements! {
    YEARS = "select year from years order by year";
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

/// What an upgrade has done so far: for who looks on, and for tests that end the program there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The database as it was stands in this file.
    BackedUp(PathBuf),
    /// The schema has this version, unless the program ends before [`Step::Done`].
    Applied(i64),
    /// What the tables say was written into the journal; the same holds.
    Sealed,
    /// All of it is there for good.
    Done {
        /// The version before.
        from: i64,
        /// The version now.
        to: i64,
    },
}

/// An upgrade to this program's version.
pub struct Upgrade<'u> {
    /// Server time in milliseconds UTC.
    pub now_ms: i64,
    /// Where an SQLite file is copied to before, a name that is free; nothing where whoever runs it
    /// says that there is a backup. A PostgreSQL database is not copied, and refused without that word.
    pub backup: Option<PathBuf>,
    /// Is told each step.
    pub told: &'u mut (dyn FnMut(Step) + Send),
}

/// Makes the schema where there is none; one of this version is left as it is.
pub(crate) async fn create(database: &Database, now_ms: i64) -> Result<()> {
    create_up_to(database, NEWEST, now_ms).await
}

/// The same up to an earlier version: what an earlier program wrote needs its own schema.
pub(crate) async fn create_up_to(database: &Database, version: i64, now_ms: i64) -> Result<()> {
    if version > NEWEST {
        return Err(Error::SchemaTooNew { found: version, known: NEWEST });
    }
    if database.is_foreign_file().await? {
        return Err(Error::NotOurs);
    }
    match ready(database).await {
        Err(Error::NotOurs) if is_empty(database).await? => {}
        Err(Error::SchemaTooOld { found, .. }) if found == version => return Ok(()),
        Ok(()) if version < NEWEST => return Err(Error::SchemaTooNew { found: NEWEST, known: version }),
        other => return other,
    }
    let mut nobody = |_| {};
    match apply(database, now_ms, 0..version, &mut nobody).await {
        Err(Error::Other(error)) if is_there(error.as_ref()) => {}
        other => return other,
    }
    // Two instances may start on an empty PostgreSQL: `if not exists` is no lock there, and the second
    // creation fails after the first. The second attempt then finds all of it. Where it does not, the
    // tables of these names are another program's.
    match apply(database, now_ms, 0..version, &mut nobody).await {
        Err(Error::Other(error)) if is_there(error.as_ref()) => Err(Error::NotOurs),
        other => other,
    }
}

/// Whether no version was ever recorded; tables of other programs may be there.
async fn is_empty(database: &Database) -> Result<bool> {
    match database.read().await?.rows(VERSIONS, &[], |row| row.text(1)).await {
        Ok(found) => Ok(found.is_empty()),
        Err(Error::Other(error)) if has_no_table(error.as_ref()) => Ok(true),
        Err(Error::Other(error)) if is_missing(error.as_ref()) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Brings an older schema up to this program's version: a copy first, then all of it or nothing.
pub(crate) async fn upgrade(database: &Database, upgrade: &mut Upgrade<'_>) -> Result<()> {
    let from = match ready(database).await {
        Err(Error::SchemaTooOld { found, .. }) => found,
        other => return other,
    };
    match (database, &upgrade.backup) {
        (_, None) => {}
        (Database::Postgres { .. }, Some(_)) => {
            return Err(Error::BackupFirst { found: from, known: NEWEST });
        }
        (Database::Sqlite { .. }, Some(path)) => {
            if back_up(database, from, path).await? {
                (upgrade.told)(Step::BackedUp(path.clone()));
            }
        }
    }
    apply(database, upgrade.now_ms, from..NEWEST, upgrade.told).await?;
    (upgrade.told)(Step::Done { from, to: NEWEST });
    Ok(())
}

/// Copies an SQLite file whole or not at all; false when another instance was faster with the upgrade.
async fn back_up(database: &Database, from: i64, path: &Path) -> Result<bool> {
    let failed = |error| Error::NoBackup { path: path.to_owned(), error };
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| failed(std::io::ErrorKind::InvalidFilename.into()))?;
    let half = path.with_file_name(format!("{name}.dang-ghi"));
    if half.exists() {
        fs::remove_file(&half).map_err(failed)?;
    }
    let text = half.to_str().ok_or_else(|| failed(std::io::ErrorKind::InvalidFilename.into()))?;
    database.copy_to(text).await?;
    let copy = Database::open_existing(&Location::File(half.clone())).await?;
    let copied = version(&copy).await;
    copy.close().await;
    if copied? != from {
        // This is no copy of the old version.
        fs::remove_file(&half).map_err(failed)?;
        return Ok(false);
    }
    let synced = fs::File::open(&half).and_then(|file| file.sync_all());
    synced.and_then(|()| fs::rename(&half, path)).map_err(failed)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(true)
}

/// Applies the versions that are missing, in one transaction, above `versions.start` up to its end.
async fn apply(
    database: &Database,
    now_ms: i64,
    versions: Range<i64>,
    told: &mut (dyn FnMut(Step) + Send),
) -> Result<()> {
    let mut transaction = database.write().await?;
    transaction.wait_long().await?;
    transaction.run(TABLE).await?;
    let mut applied = 0;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version <= versions.end) {
        // The row is the lock: a second instance waits here and then finds the version applied.
        let hash = hash(migration);
        let values = [migration.version.into(), migration.name.into(), (&hash).into(), now_ms.into()];
        if transaction.execute(RECORD, &values).await? == 1 {
            transaction.run(migration.text).await?;
            applied = migration.version;
            told(Step::Applied(applied));
        }
    }
    if versions.start == 0 || applied == 0 {
        return transaction.commit().await;
    }
    let mut write = Write::begin(transaction).await?;
    let payload = Payload::default().with("from", versions.start).with("to", applied);
    let payload = sealed(&mut write, payload).await?;
    told(Step::Sealed);
    write.commit(&By { actor: "parindex", at_ms: now_ms }, UPGRADE, None, payload).await
}

/// What the tables say now, of every year.
async fn sealed(write: &mut Write, mut payload: Payload) -> Result<Payload> {
    let years = write.transaction.rows(YEARS, &[], |row| row.whole(0)).await?;
    for year in years {
        let year = u16::try_from(year).map_err(|_| Error::other(format!("{year} is no year")))?;
        for (_, seal) in seal::of_year(&mut write.transaction, year).await {
            payload = payload.with("table", seal?.told(year));
        }
    }
    Ok(payload)
}

/// The version of the schema, 0 when there is none.
async fn version(database: &Database) -> Result<i64> {
    match newest_applied(&mut database.read().await?).await {
        Ok(found) => Ok(found),
        Err(Error::Other(error)) if is_missing(error.as_ref()) => Err(Error::NotOurs),
        Err(error) => Err(error),
    }
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
    matches!(code.as_deref(), Some("1" | "42P01" | "42703"))
}

/// Whether a statement failed because its table is not there.
fn has_no_table(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    let code = error.downcast_ref::<sqlx::Error>().and_then(crate::error::code);
    code.as_deref() == Some("42P01") || error.to_string().contains("no such table")
}

/// Whether a statement failed because a table is there already: made by another instance meanwhile, or
/// by another program.
fn is_there(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    let code = error.downcast_ref::<sqlx::Error>().and_then(crate::error::code);
    matches!(code.as_deref(), Some("42P07" | "42710" | "23505"))
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

fn hash(migration: &Migration) -> String {
    hex(&Sha256::digest(migration.text))
}
