//! What does not hold in a package, as data; `messages` makes the sentences.

use par_core::problem::Problem;
use par_core::publication::compare::DifferenceKind;

use super::ObstacleKind;

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file; empty for the package as a whole.
    pub file: String,
    /// Line counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong with a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The package could not be read.
    Obstacle(ObstacleKind),
    /// The file is needed and not there.
    Needed,
    /// A line of the list of hashes that is none.
    ManifestLine(String),
    /// The lines of the list of hashes end as on another system: its hash is not the published one.
    ManifestEnds,
    /// The list of hashes names a file twice.
    ManifestTwice(String),
    /// The file is in the list of hashes and not there.
    Missing,
    /// The file is there and not in the list of hashes.
    Extra,
    /// The file is listed and whole, but no file of a package: nobody checks what it says.
    Stranger,
    /// The file is not the one whose hash was written down.
    Hash {
        /// As written down.
        said: String,
        /// Of the file.
        found: String,
    },
    /// Not the JSON of this form; carries the reader's words.
    NotJson(String),
    /// A value that is not what follows.
    Field {
        /// Its name.
        field: String,
        /// As it stands.
        said: String,
        /// As it follows.
        expected: String,
    },
    /// A value that cannot be one of its kind.
    Malformed {
        /// Its name.
        field: String,
        /// As it stands.
        said: String,
    },
    /// A problem of the inputs.
    Input(Problem),
    /// A difference between a table and the inputs.
    Row {
        /// The row by its key; empty for the table as a whole.
        row: String,
        /// What differs.
        kind: DifferenceKind,
    },
    /// A text that is not the one that follows, first in this line.
    Text {
        /// As it stands; `None` where the text has ended.
        said: Option<String>,
        /// As it follows; `None` where the text should have ended.
        expected: Option<String>,
    },
    /// The package is not the one that was named.
    Id {
        /// As named.
        wanted: String,
        /// Its own.
        found: String,
    },
}
