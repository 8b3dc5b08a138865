//! The count of a year's writes.

use std::fmt;

/// Counts the writes of a year: what was made from one revision holds until the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(i64);

impl Revision {
    /// The revision with that number, as it came from a page or an API.
    pub const fn from_number(number: i64) -> Revision {
        Revision(number)
    }

    /// Its number: 1 after the import.
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
