//! What is published, as public pages read it: each version of a year from its package alone, and what the
//! pages of a year are made from once a version.
//!
//! Must not know: working years. Nobody who makes a page asks the database; [`watch`] brings in what is new.

pub mod laid;
pub mod watch;

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use par_core::language::Language;
use par_core::moment::{self, Moment};
use par_core::score::results::Results;
use par_core::year::Year;

use super::release;
use super::report::{self, Worded, Wordings};
use crate::exchange::package::Package;
use crate::exchange::package::record::{self, Record};
use laid::Laid;

/// One published version of a year.
#[derive(Debug)]
pub struct Version {
    /// The year.
    pub year: u16,
    /// 1 first, one more for each amendment.
    pub number: u32,
    /// When it was published, as its package says: `2021-04-15T08:00:00+07:00`; empty where that cannot be
    /// read.
    pub published_at: String,
    /// Why it amends the version before; empty for the first.
    pub reason: String,
    /// Its package.
    pub package: Laid,
}

/// A year with its versions.
#[derive(Debug)]
pub struct PublishedYear {
    /// The versions, oldest first; never none.
    pub versions: Vec<Arc<Version>>,
    /// What pages are made from, of the last version; nothing when its inputs are damaged.
    pub content: Option<Content>,
}

/// What the pages of a version are made from.
#[derive(Clone, Debug)]
pub struct Content {
    /// The year with its standing.
    pub results: Arc<Results>,
    /// The wording of its report.
    pub worded: Arc<Worded>,
}

/// The years at one moment. Pages made from one state hold until the next.
#[derive(Debug, Default)]
pub struct State {
    /// The years, by their number.
    pub years: BTreeMap<u16, Arc<PublishedYear>>,
    /// Counts the states.
    pub generation: u64,
}

/// The published years, as they are now.
#[derive(Debug, Default)]
pub struct Publications {
    state: RwLock<Arc<State>>,
}

impl Publications {
    /// The present state. It stays as it is for whoever holds it.
    pub fn now(&self) -> Arc<State> {
        Arc::clone(&self.state.read().expect("nobody panics holding the state"))
    }

    /// Puts years in place of those that are there.
    fn put(&self, years: BTreeMap<u16, Arc<PublishedYear>>) {
        let mut state = self.state.write().expect("nobody panics holding the state");
        *state = Arc::new(State { years, generation: state.generation + 1 });
    }

    /// Versions that are in memory, for what is made from files without a data folder; oldest first.
    pub fn of(versions: Vec<Version>, wordings: &Wordings) -> Publications {
        let publications = Publications::default();
        let content = |last: &Version| Content::of(&last.package.package(), last.year, wordings);
        publications.put(by_year(versions.into_iter().map(Arc::new), |_, last| content(last)));
        publications
    }
}

/// Versions as years, with what `content` gives for the last of each.
fn by_year(
    versions: impl Iterator<Item = Arc<Version>>,
    mut content: impl FnMut(u16, &Version) -> Option<Content>,
) -> BTreeMap<u16, Arc<PublishedYear>> {
    let mut years: BTreeMap<u16, Vec<Arc<Version>>> = BTreeMap::new();
    for version in versions {
        years.entry(version.year).or_default().push(version);
    }
    let year = |(year, mut versions): (u16, Vec<Arc<Version>>)| {
        versions.sort_by_key(|version| version.number);
        let content = versions.last().and_then(|last| content(year, last));
        (year, Arc::new(PublishedYear { versions, content }))
    };
    years.into_iter().map(year).collect()
}

impl State {
    /// The years there are, oldest first.
    pub fn list(&self) -> Vec<u16> {
        self.years.keys().copied().collect()
    }

    /// The results of all years that can be read, oldest first.
    pub fn results(&self) -> Vec<Arc<Results>> {
        let content = self.years.values().filter_map(|year| year.content.as_ref());
        content.map(|content| Arc::clone(&content.results)).collect()
    }

    /// All versions.
    pub fn versions(&self) -> impl Iterator<Item = &Arc<Version>> {
        self.years.values().flat_map(|year| &year.versions)
    }
}

impl PublishedYear {
    /// The version that pages show.
    pub fn last(&self) -> &Version {
        self.versions.last().expect("a year is published by its first version")
    }
}

impl Version {
    /// A version by what its package says of itself.
    pub fn of(year: u16, number: u32, package: Laid) -> Version {
        let record = package.read(record::FILE).ok().flatten();
        let record: Option<Record> = record.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let (published_at, reason) = match record {
            Some(mut record) => {
                (record.published_at, record.amendments.pop().map(|last| last.reason).unwrap_or_default())
            }
            None => Default::default(),
        };
        Version { year, number, published_at, reason, package }
    }

    /// Its moment for people.
    pub fn moment(&self, language: Language) -> String {
        moment::said(&self.published_at, language)
    }

    /// Its moment in milliseconds UTC; 0 where it cannot be read.
    pub fn at_ms(&self) -> i64 {
        Moment::read_exact(&self.published_at).map_or(0, Moment::ms)
    }
}

impl Content {
    /// What a package holds for pages; nothing when files of its inputs are missing or another year's.
    pub fn of(package: &Package, year: u16, wordings: &Wordings) -> Option<Content> {
        let inputs: Year = release::published_year(package).filter(|inputs| inputs.year == year)?;
        let results = Arc::new(Results::of(inputs));
        let worded = match report::published_wording(&package.files) {
            Some(folder) => report::worded_by(folder, &results.year),
            // Packages of the first form were published without their wording.
            None => report::worded(&wordings.folders(year), &results.year).unwrap_or_else(|unreadable| {
                tracing::warn!(?unreadable, "the office's wording cannot be read; the built-in one is taken");
                report::worded_by(crate::exchange::folder::wording(), &results.year)
            }),
        };
        Some(Content { results, worded: Arc::new(worded) })
    }
}
