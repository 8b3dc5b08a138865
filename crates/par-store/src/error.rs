//! Why the store could not do what was asked, as data; sentences are made by the server.

use std::fmt;
use std::path::PathBuf;

use par_core::year::Judgement;

use crate::finding::Finding;
use crate::revision::Revision;

/// Shorthand for results of the store.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the store could not do what was asked.
#[derive(Debug)]
pub enum Error {
    /// What was named is not there.
    NotFound(Missing),
    /// The write was based on something that has changed since. Nothing was written.
    Conflict(Box<Conflict>),
    /// A newer program has written this database.
    SchemaTooNew {
        /// Version found in the database.
        found: i64,
        /// Newest version this program knows.
        known: i64,
    },
    /// An older program has written this database.
    SchemaTooOld {
        /// Version found in the database.
        found: i64,
        /// Version this program works with.
        known: i64,
    },
    /// The database is empty or belongs to another program.
    NotOurs,
    /// The database said why it does not serve.
    Refused(Refusal),
    /// The way to the database failed.
    Unreachable(std::io::Error),
    /// A row holds what its column cannot: the file is damaged, or another program wrote to it.
    Unreadable {
        /// The table.
        table: String,
        /// The column; empty when it is not known.
        column: String,
    },
    /// An older program has written this PostgreSQL database, and nobody says that there is a backup.
    BackupFirst {
        /// Version found in the database.
        found: i64,
        /// Version this program works with.
        known: i64,
    },
    /// The copy that an upgrade must be preceded by could not be made.
    NoBackup {
        /// Where it was to be.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// What is stored contradicts itself; `check` lists everything.
    Damaged(Vec<Finding>),
    /// The database or the way to it failed.
    Other(Box<dyn std::error::Error + Send + Sync>),
}

/// Why a database does not serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The file is no database, or its pages are damaged.
    NotADatabase,
    /// File or folder may not be written.
    ReadOnly,
    /// The file cannot be opened: it or its folder is not there or not for this user.
    CannotOpen,
    /// Another program holds the lock for too long.
    Busy,
    /// The disk is full.
    Full,
    /// The server does not know the user or the password.
    Login,
    /// The server has no database of that name.
    NoSuchDatabase,
    /// The address cannot be read.
    Address,
    /// The server does not answer in time, or all its connections are taken.
    Silent,
    /// The server does not keep texts in UTF-8.
    Encoding,
    /// The user has not the right to do this in the database.
    Right,
    /// The address asks for an encrypted connection, which this build has not.
    Encryption,
    /// The disk fails at reading or writing.
    Disk,
}

/// What is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A year.
    Year(u16),
    /// A unit of a year.
    Unit {
        /// The year.
        year: u16,
        /// The unit's code.
        unit: String,
    },
}

/// What a write ran into.
#[derive(Clone, Debug, PartialEq)]
pub enum Conflict {
    /// The year is already there.
    YearExists {
        /// The year.
        year: u16,
        /// Its revision.
        revision: Revision,
    },
    /// What was to be filled holds rows already.
    NotEmpty,
    /// Somebody else has written the judgement since it was read.
    Judgement {
        /// The revision that was read; `None` when the cell was empty.
        based_on: Option<Revision>,
        /// What stands there now; `None` when it is empty.
        current: Option<(Judgement, Revision)>,
        /// What was to be written.
        given: Judgement,
    },
    /// The year has moved on since the package was made, or another version was published meanwhile.
    Publication {
        /// The revision the package was made from.
        based_on: Revision,
        /// The year's revision now.
        current: Revision,
        /// The version that could be published next.
        next: i64,
    },
}

impl Error {
    pub(crate) fn other(text: impl Into<String>) -> Error {
        Error::Other(text.into().into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotFound(missing) => write!(f, "not found: {missing:?}"),
            Error::Conflict(conflict) => write!(f, "conflict: {conflict:?}"),
            Error::SchemaTooNew { found, known } => write!(
                f,
                "the database has schema version {found}, this program knows versions up to {known}: use the newer program"
            ),
            Error::SchemaTooOld { found, known } => {
                write!(f, "the database has schema version {found}, this program needs version {known}")
            }
            Error::NotOurs => write!(f, "the database is empty or belongs to another program"),
            Error::Refused(refusal) => write!(f, "the database refused: {refusal:?}"),
            Error::Unreachable(error) => write!(f, "the database cannot be reached: {error}"),
            Error::Unreadable { table, column } => write!(f, "unreadable value in {table}.{column}"),
            Error::BackupFirst { found, known } => {
                write!(f, "schema version {found} becomes {known} only after a backup")
            }
            Error::NoBackup { path, error } => write!(f, "no backup at {}: {error}", path.display()),
            Error::Damaged(findings) => match findings.first() {
                Some(first) => write!(f, "the database is damaged ({} findings): {first}", findings.len()),
                None => write!(f, "the database is damaged"),
            },
            Error::Other(error) => write!(f, "database: {error}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Other(error) => Some(error.as_ref()),
            Error::Unreachable(error) | Error::NoBackup { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        match error {
            sqlx::Error::Io(error) => Error::Unreachable(error),
            sqlx::Error::Configuration(_) => Error::Refused(Refusal::Address),
            sqlx::Error::Tls(_) => Error::Refused(Refusal::Encryption),
            sqlx::Error::PoolTimedOut => Error::Refused(Refusal::Silent),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Error::Unreadable { table: String::new(), column: String::new() }
            }
            error => match code(&error).as_deref().and_then(refusal) {
                Some(refusal) => Error::Refused(refusal),
                None => Error::Other(Box::new(error)),
            },
        }
    }
}

/// The code of a database's own error: five characters on PostgreSQL, a number on SQLite.
pub(crate) fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(|code| code.into_owned())
}

fn refusal(code: &str) -> Option<Refusal> {
    match code {
        "28000" | "28P01" => return Some(Refusal::Login),
        "3D000" => return Some(Refusal::NoSuchDatabase),
        "53100" => return Some(Refusal::Full),
        // Locks not had in time; too many connections; the server starts or stops.
        "55P03" | "40P01" => return Some(Refusal::Busy),
        "53300" | "57P01" | "57P02" | "57P03" | "25P03" => return Some(Refusal::Silent),
        "42501" => return Some(Refusal::Right),
        // A byte or letter that the database's encoding has not.
        "22021" | "22P05" => return Some(Refusal::Encoding),
        _ if code.len() == 5 => return None,
        _ => {}
    }
    // The low byte is the primary code, whatever more SQLite says: https://sqlite.org/rescode.html
    let code = code.parse::<u32>().ok()?;
    // The file of shared memory could not be made as large as it has to be.
    if code == 10 | 19 << 8 {
        return Some(Refusal::Full);
    }
    match code & 0xff {
        5 | 6 => Some(Refusal::Busy),
        8 => Some(Refusal::ReadOnly),
        10 => Some(Refusal::Disk),
        11 | 26 => Some(Refusal::NotADatabase),
        13 => Some(Refusal::Full),
        14 => Some(Refusal::CannotOpen),
        _ => None,
    }
}
