//! Why the store could not do what was asked, as data; sentences are made by the server.

use std::fmt;

use par_core::year::Judgement;

use crate::invariants::Finding;
use crate::store::Revision;

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
    /// What is stored contradicts itself; `check` lists everything.
    Damaged(Vec<Finding>),
    /// The database or the way to it failed.
    Other(Box<dyn std::error::Error + Send + Sync>),
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
    /// Somebody else has written the judgement since it was read.
    Judgement {
        /// The revision that was read; `None` when the cell was empty.
        based_on: Option<Revision>,
        /// What stands there now; `None` when it is empty.
        current: Option<(Judgement, Revision)>,
        /// What was to be written.
        given: Judgement,
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
            _ => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        Error::Other(Box::new(error))
    }
}
