//! Publishing a year of a store: the first version, nothing when nothing changed, else an amendment.

use std::collections::BTreeMap;

use par_core::framework::read::Files;
use par_core::language::Language;
use par_core::publication::standing::tables;
use par_core::publication::table::Table;
use par_core::score::results::Results;
use par_core::year::{Year, read};
use par_store::error::{Conflict, Error};
use par_store::journal::By;
use par_store::publications::{NewVersion, Publication};
use par_store::store::Store;

use super::clock;
use super::publish::{self, Edition, changes};
use crate::exchange::package::Package;
use crate::exchange::package::record::{self, Amendment, Journal, Record};

/// What is published besides the year.
#[derive(Clone, Copy, Debug)]
pub struct Release<'r> {
    /// The terms; journal and amendments are filled in here.
    pub edition: &'r Edition,
    /// Why a version that is there already is amended.
    pub amend: Option<&'r str>,
    /// Now, in milliseconds UTC.
    pub now_ms: i64,
    /// Who publishes, for the journal.
    pub actor: &'r str,
    /// Files that go with the package, such as the report.
    pub beside: &'r BTreeMap<String, Vec<u8>>,
}

/// What became of it.
#[derive(Debug)]
pub enum Released {
    /// A new version, with the figures of units that it changes.
    New(Publication, usize),
    /// What is published says the same already.
    Unchanged(Publication),
    /// The figures are the same, the wording of the report is another; nobody said why.
    Reworded(Publication),
    /// The year has moved on, and nobody said why.
    NeedsReason(Publication),
}

/// Publishes a year.
///
/// # Errors
/// When the year is not there, contradicts itself, or was written to meanwhile.
pub async fn year(store: &Store, year: u16, release: &Release<'_>) -> Result<Released, Error> {
    let (inputs, based_on) = store.load_year(year).await?;
    let mut edition = release.edition.clone();
    edition.journal = store.journal_head().await?.map(|(sequence, hash)| Journal { sequence, hash });
    let mut changed = 0;
    if let Some(last) = store.publications(year).await?.pop() {
        let before = Package { files: store.published_files(year, last.version).await? };
        if says_the_same(&before, &publish::package(&inputs, &edition, &BTreeMap::new())) {
            match words(&before, release.beside) {
                Words::Same => return Ok(Released::Unchanged(last)),
                Words::Unknown if release.amend.is_none() => return Ok(Released::Unchanged(last)),
                Words::Other if release.amend.is_none() => return Ok(Released::Reworded(last)),
                Words::Other | Words::Unknown => {}
            }
        }
        let Some(reason) = release.amend else { return Ok(Released::NeedsReason(last)) };
        edition.amendments = amendments(&before, &last, &inputs, reason, &edition.published_at)?;
        changed = edition.amendments.last().map_or(0, |last| last.changes.len());
    }
    let package = publish::package(&inputs, &edition, release.beside);
    let version = u32::try_from(edition.amendments.len() + 1).expect("few amendments");
    let reason = edition.amendments.last().map_or("", |last| &last.reason);
    let (package_id, files) = (&package.id(), &package.files);
    let new = NewVersion { year, version, based_on, package_id, files, reason };
    let by = By { actor: release.actor, at_ms: release.now_ms };
    Ok(Released::New(store.publish(&new, &by).await?, changed))
}

/// Whether two packages have the same inputs and results, whatever was said and described around them.
/// Tables that the earlier one does not have yet are no change of the year.
fn says_the_same(before: &Package, now: &Package) -> bool {
    let table = |path: &str| path.starts_with("standing/");
    let content = |package: &Package| -> Vec<(String, Vec<u8>)> {
        let files = package.files.iter().filter(|(path, _)| {
            let input = path.starts_with("inputs/") && !of_wording(path);
            input || (table(path) && before.files.contains_key(*path))
        });
        files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    content(before) == content(now)
}

/// How the wording of a report stands to the one that was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    Same,
    Other,
    /// It was published without its wording.
    Unknown,
}

fn words(before: &Package, now: &BTreeMap<String, Vec<u8>>) -> Words {
    let of = |files: &BTreeMap<String, Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        let files = files.iter().filter(|(path, _)| of_wording(path));
        files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    match of(&before.files) {
        none if none.is_empty() => Words::Unknown,
        published if published == of(now) => Words::Same,
        _ => Words::Other,
    }
}

fn of_wording(path: &str) -> bool {
    path.strip_prefix(record::WORDING).is_some_and(|rest| rest.starts_with('/'))
}

/// All amendments up to the new one.
fn amendments(
    before: &Package,
    last: &Publication,
    now: &Year,
    reason: &str,
    at: &str,
) -> Result<Vec<Amendment>, Error> {
    let damaged = || Error::Other("a published package cannot be read".into());
    let record = before.files.get(record::FILE).ok_or_else(damaged)?;
    let record: Record = serde_json::from_slice(record).map_err(|_| damaged())?;
    let was = published_year(before).ok_or_else(damaged)?;
    let mut amendments = record.amendments;
    amendments.push(Amendment {
        number: last.version,
        at: at.to_owned(),
        reason: reason.to_owned(),
        amends: last.package_id.clone(),
        changes: changes(&units(was), &units(now.clone())),
    });
    Ok(amendments)
}

fn units(year: Year) -> Table {
    let tables = tables(&Results::of(year));
    tables.into_iter().find(|table| table.name == "units").expect("there is a table of units")
}

/// The year in a package's inputs.
pub fn published_year(package: &Package) -> Option<Year> {
    let inputs: Files = package
        .files
        .iter()
        .filter_map(|(path, bytes)| {
            let file = path.strip_prefix("inputs/").filter(|_| !of_wording(path))?;
            Some((file.to_owned(), String::from_utf8(bytes.clone()).ok()?))
        })
        .collect();
    read::read(&inputs).0
}

/// A version's moment for people.
pub fn told(publication: &Publication, language: Language) -> String {
    clock::told(&clock::moment(publication.published_ms), language)
}

/// Whether an error says that somebody else wrote the year meanwhile.
pub fn was_overtaken(error: &Error) -> bool {
    matches!(error, Error::Conflict(conflict) if matches!(**conflict, Conflict::Publication { .. }))
}
