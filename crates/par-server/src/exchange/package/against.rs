//! How a database stands to a package that was kept elsewhere, as data.

/// How a database stands to a package that was kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// The package itself is not the one of its list of hashes; the first file that differs.
    Spoilt(String),
    /// The package does not say which year and version it is.
    NoRecord,
    /// The database has no such version.
    Missing {
        /// The year.
        year: u16,
        /// The version.
        version: u32,
    },
    /// The database has another package under that version.
    Other {
        /// The year.
        year: u16,
        /// The version.
        version: u32,
        /// The id of the package in the database.
        here: String,
        /// The id of the package given.
        given: String,
    },
    /// The package's line of the journal is not the one in the database.
    Journal {
        /// Its number.
        sequence: i64,
        /// The hash in the database; empty when there is no such line.
        here: String,
        /// The hash in the package.
        given: String,
    },
    /// They belong together.
    Same {
        /// The year.
        year: u16,
        /// The version.
        version: u32,
        /// Whether the package names a line of the journal, so that the journal up to it is proved too.
        names_journal: bool,
    },
}
