//! A place where a fact does not hold, as data.
//!
//! Must not know: how it is told to people.

use std::fmt;

use crate::fact::{Fact, Phase};

/// A place where a fact does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The fact.
    pub fact: Fact,
    /// The year concerned, if any.
    pub year: Option<i64>,
    /// Where: codes and words as they stand in the database, from the large to the small.
    pub place: String,
    /// What stands there.
    pub said: String,
    /// What should stand there or what it was held against: a value, a range `low to high`, or a phrase
    /// that says no more than the fact does.
    pub expected: String,
    /// Whether it speaks against the database: what an unpublished year still lacks, and what an earlier
    /// version let pass, does not.
    pub is_fault: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.fact.name())?;
        if let Some(year) = self.year {
            write!(f, " {year}")?;
        }
        write!(f, " {}: {:?}, expected {:?}", self.place, self.said, self.expected)
    }
}

/// Findings under way.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) year: Option<i64>,
    pub(crate) list: Vec<Finding>,
}

impl Findings {
    pub(crate) fn of(year: u16) -> Findings {
        Findings { year: Some(i64::from(year)), list: Vec::new() }
    }

    /// Records that a fact does not hold.
    pub(crate) fn add(
        &mut self,
        fact: Fact,
        place: impl Into<String>,
        said: impl ToString,
        expected: impl ToString,
    ) {
        let (said, expected) = (said.to_string(), expected.to_string());
        let is_fault = fact.phase() == Phase::Always;
        self.list.push(Finding { fact, year: self.year, place: place.into(), said, expected, is_fault });
    }

    /// The year is published: what has to hold from then on is a fault where it does not.
    pub(crate) fn is_published(&mut self) {
        for finding in self.list.iter_mut().filter(|finding| finding.fact.phase() == Phase::Published) {
            finding.is_fault = true;
        }
    }

    /// Records the fact unless both are equal.
    pub(crate) fn same<T: PartialEq + ToString>(
        &mut self,
        fact: Fact,
        place: impl Into<String>,
        said: T,
        expected: T,
    ) {
        if said != expected {
            self.add(fact, place, said, expected);
        }
    }
}
