//! Publishing a year of a store: the first version, nothing when nothing changed, else an amendment.

use std::collections::BTreeMap;

use par_core::framework::read::Files;
use par_core::language::Language;
use par_core::moment::Moment;
use par_core::problem::Problem;
use par_core::publication::anonymous::too_near;
use par_core::publication::level::Level;
use par_core::publication::standing::tables;
use par_core::publication::table::Table;
use par_core::score::results::Results;
use par_core::year::{Year, read};
use par_store::error::{Conflict, Error};
use par_store::journal::By;
use par_store::publications::{NewVersion, Publication};
use par_store::store::Store;

use super::data_folder::DataFolder;
use super::memory::Published;
use super::publish::{self, Edition, changes};
use super::report::{self, Made, Unmade, Worded, Wordings};
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
    /// Where wording of the office's own stands.
    pub wordings: &'r Wordings,
    /// Which files of the report go with the package.
    pub report: Made,
    /// Whether units may still wait for a score: the table is then provisional.
    pub provisional: bool,
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
    /// The wording of its report has problems, each with the path to show.
    Unworded(Vec<(String, Problem)>),
    /// Units still wait for scores, by code and how many leaves; nobody said that the table may be
    /// provisional.
    Unscored(Vec<(String, usize)>),
    /// So few answered a question about a unit that its counts would show who said what: units and
    /// questions by code.
    TooFewAnswers(Vec<(String, String)>),
    /// The survey differs from a version already public by so few answers that the difference shows
    /// somebody's: the units by code, and the version.
    TooNear(Vec<String>, u32),
    /// At the level named places could not be followed: equal units are ordered by this node.
    TooCoarse(String),
    /// It would be published before something that has to come first.
    TooEarly(TooEarly),
}

/// What a publication would come before. Moments are in milliseconds UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooEarly {
    /// The clock stands before the last write of this database.
    Clock {
        /// The clock.
        now: i64,
        /// The last write.
        written: i64,
    },
    /// The moment that was named lies before the year was brought in.
    Import {
        /// The moment named.
        named: i64,
        /// The import.
        imported: i64,
    },
    /// The moment that was named lies before the version that is amended.
    Version {
        /// The moment named.
        named: i64,
        /// That version's moment.
        before: i64,
    },
    /// The moment that was named has not come yet.
    Future {
        /// The moment named.
        named: i64,
        /// The clock.
        now: i64,
    },
}

/// Why nothing more is published.
#[derive(Debug)]
pub enum NotReleased {
    /// The database did not answer.
    Store(Error),
    /// There is no year, or not the one that was named.
    NoYear,
    /// A reason was given, but not for which of several years.
    ReasonForSeveral,
    /// Somebody else wrote to this year meanwhile.
    Overtaken(u16),
    /// A file of the report could not be made, which is a fault of this program.
    Unmade(Unmade),
    /// What would be published of this year cannot be read back: why.
    Unreadable(u16, Vec<Problem>),
}

impl From<Error> for NotReleased {
    fn from(error: Error) -> NotReleased {
        NotReleased::Store(error)
    }
}

/// How far publishing is with a year.
#[derive(Clone, Copy, Debug)]
pub enum Step<'s> {
    /// It begins.
    Begun,
    /// Slips of the pen in its wording, which do not keep it from being published.
    Slips(&'s [(String, Problem)]),
    /// It has ended.
    Ended(&'s Released),
}

/// Published years with all their versions, for pages.
#[derive(Debug)]
pub struct Material {
    /// The years as they were published last.
    pub years: Vec<Year>,
    /// All versions, oldest first.
    pub packages: Vec<Published>,
    /// Where wording of the office's own stands.
    pub wordings: Wordings,
}

/// Publishes the years of a data folder, or the one that is named; `None` when one of them was not
/// published for a reason that was told.
///
/// # Errors
/// See [`NotReleased`].
pub async fn all(
    folder: &DataFolder,
    year: Option<u16>,
    release: &Release<'_>,
    told: &mut dyn FnMut(u16, Step<'_>),
) -> Result<Option<Material>, NotReleased> {
    let store = folder.open().await?;
    let released = all_of(&store, year, release, told).await;
    store.close().await;
    released
}

async fn all_of(
    store: &Store,
    wanted: Option<u16>,
    release: &Release<'_>,
    told: &mut dyn FnMut(u16, Step<'_>),
) -> Result<Option<Material>, NotReleased> {
    let mut years: Vec<u16> = store.years().await?.into_iter().map(|(year, _)| year).collect();
    years.retain(|year| wanted.is_none_or(|chosen| chosen == *year));
    if years.is_empty() {
        return Err(NotReleased::NoYear);
    }
    if release.amend.is_some() && years.len() > 1 {
        return Err(NotReleased::ReasonForSeveral);
    }
    let mut material =
        Material { years: Vec::new(), packages: Vec::new(), wordings: release.wordings.clone() };
    let mut complete = true;
    for number in years {
        told(number, Step::Begun);
        let released = year(store, number, release, told).await?;
        told(number, Step::Ended(&released));
        complete &= released.stands();
        let versions = store.publications(number).await?;
        for version in versions {
            let files = store.published_files(number, version.version).await?;
            material.packages.push(Published {
                year: number,
                version: version.version,
                package: Package { files },
            });
        }
        let last = material.packages.iter().rfind(|one| one.year == number);
        material.years.extend(last.and_then(|last| published_year(&last.package)));
    }
    Ok(complete.then_some(material))
}

impl Released {
    /// Whether what is published now is what was to be published, or stays as it is by intention.
    fn stands(&self) -> bool {
        matches!(self, Released::New(..) | Released::Unchanged(_) | Released::Reworded(_))
    }
}

/// Publishes a year. Package and report come from one load of it, at the revision that is published.
///
/// # Errors
/// When the year is not there, contradicts itself, or was written to meanwhile; when its report cannot
/// be made.
pub async fn year(
    store: &Store,
    year: u16,
    release: &Release<'_>,
    told: &mut dyn FnMut(u16, Step<'_>),
) -> Result<Released, NotReleased> {
    let (inputs, based_on) = store.load_year(year).await?;
    let last = store.publications(year).await?.pop();
    let mut edition = release.edition.clone();
    edition.journal = store.journal_head().await?.map(|(sequence, hash)| Journal { sequence, hash });
    let level = edition.level;
    if let Some(code) = level.hides_breaker(&inputs) {
        return Ok(Released::TooCoarse(code.to_owned()));
    }
    if let Some(refused) = unfit(store, &inputs, release).await? {
        return Ok(refused);
    }
    let worded = report::worded(&release.wordings.folders(year), &inputs);
    let worded = worded.map_err(|found| NotReleased::Unmade(Unmade::Wording(found)))?;
    if !worded.problems.is_empty() {
        return Ok(Released::Unworded(worded.problems));
    }
    told(year, Step::Slips(&worded.slips()));
    let results = Results::of(publish::public(&inputs, level));
    let before = match &last {
        Some(last) => Some(Package { files: store.published_files(year, last.version).await? }),
        None => None,
    };
    if let Some((last, before)) = last.clone().zip(before.as_ref())
        && let Some(same) = unamended(before, &results.year, &worded, release.amend)
    {
        return Ok(same(last));
    }
    let times = store.moments(year).await?;
    let before_ms = before.as_ref().and_then(published_ms);
    if let Some(early) = too_early(release, &edition, times, before_ms) {
        return Ok(Released::TooEarly(early));
    }
    let mut changed = 0;
    if let Some((last, before)) = last.zip(before.as_ref()) {
        let reason = release.amend.unwrap_or_default();
        edition.amendments = amendments(before, &last, &results.year, reason, &edition.published_at)?;
        changed = edition.amendments.last().map_or(0, |last| last.changes.len());
    }
    let beside = report::files(&results, &worded, edition.at_ms(), release.report);
    let beside = beside.map_err(NotReleased::Unmade)?;
    let package = publish::sealed_package(&results.year, &inputs, &edition, &beside);
    let (read, problems) = read::read(&inputs_of(&package));
    if read.is_none_or(|read| read != results.year) {
        return Err(NotReleased::Unreadable(year, problems));
    }
    let version = u32::try_from(edition.amendments.len() + 1).expect("few amendments");
    let reason = edition.amendments.last().map_or("", |last| &last.reason);
    let (package_id, files) = (&package.id(), &package.files);
    let new = NewVersion { year, version, based_on, package_id, files, reason };
    let by = By { actor: release.actor, at_ms: release.now_ms };
    match store.publish_sealed(&new, &publish::full_package(&inputs).files, &by).await {
        Ok(published) => Ok(Released::New(published, changed)),
        Err(error) if was_overtaken(&error) => Err(NotReleased::Overtaken(year)),
        Err(error) => Err(NotReleased::Store(error)),
    }
}

/// Why a year cannot be published as it stands, if it cannot.
async fn unfit(store: &Store, inputs: &Year, release: &Release<'_>) -> Result<Option<Released>, Error> {
    let unscored = publish::unscored(inputs);
    if !unscored.is_empty() && !release.provisional {
        return Ok(Some(Released::Unscored(unscored)));
    }
    if let Some(few) = publish::too_few_answers(inputs, release.edition.level) {
        return Ok(Some(Released::TooFewAnswers(few)));
    }
    for version in store.publications(inputs.year).await? {
        let sealed = Package { files: store.sealed_files(inputs.year, version.version).await? };
        let public = Package { files: store.published_files(inputs.year, version.version).await? };
        let Some(before) = published_year(&sealed).or_else(|| published_year(&public)) else { continue };
        let near = too_near(&before, inputs);
        if !near.is_empty() {
            return Ok(Some(Released::TooNear(near, version.version)));
        }
    }
    Ok(None)
}

/// What is said when the published version is not amended: it says the same, or nobody gave a reason.
fn unamended(
    before: &Package,
    public: &Year,
    worded: &Worded,
    amend: Option<&str>,
) -> Option<fn(Publication) -> Released> {
    if !says_the_same(before, public) {
        return amend.is_none().then_some(Released::NeedsReason);
    }
    match words(before, &report::wording_files(&worded.files)) {
        Words::Same => Some(Released::Unchanged),
        Words::Unknown if amend.is_none() => Some(Released::Unchanged),
        Words::Other if amend.is_none() => Some(Released::Reworded),
        Words::Other | Words::Unknown => None,
    }
}

/// What a publication would come before, if anything: `times` are those of the year's import and of the
/// last write of all, `before` that of the version amended.
fn too_early(
    release: &Release<'_>,
    edition: &Edition,
    times: Option<(i64, i64)>,
    before: Option<i64>,
) -> Option<TooEarly> {
    let (now, named) = (release.now_ms, edition.at_ms());
    if let Some((imported, written)) = times {
        if now < written {
            return Some(TooEarly::Clock { now, written });
        }
        // A moment is named in seconds.
        if named < imported - imported.rem_euclid(1000) {
            return Some(TooEarly::Import { named, imported });
        }
    }
    match before {
        Some(before) if named < before => Some(TooEarly::Version { named, before }),
        _ if named > now => Some(TooEarly::Future { named, now }),
        _ => None,
    }
}

/// The moment a package says it was published.
fn published_ms(package: &Package) -> Option<i64> {
    Moment::read_exact(&record_of(package)?.published_at).map(Moment::ms)
}

fn record_of(package: &Package) -> Option<Record> {
    serde_json::from_slice(package.files.get(record::FILE)?).ok()
}

/// The last version published of a year in a data folder; `None` when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn last(folder: &DataFolder, year: u16) -> Result<Option<(Publication, Package)>, Error> {
    let store = folder.open().await?;
    let found = match store.publications(year).await?.pop() {
        Some(last) => {
            let files = store.published_files(year, last.version).await?;
            Some((last, Package { files }))
        }
        None => None,
    };
    store.close().await;
    Ok(found)
}

/// Whether a version says what a public year says, whatever was said and described around it. Packages of
/// earlier forms say more than is published today: of them what would be published counts.
fn says_the_same(before: &Package, public: &Year) -> bool {
    let Some(was) = published_year(before) else { return false };
    if record_of(before).is_none_or(|record| record.form != record::FORM) {
        return publish::public(&was, Level::Leaves) == *public;
    }
    let tables = tables(&Results::of(public.clone()));
    // Tables that the earlier one does not have yet are no change of the year.
    let mut known = tables.iter().filter_map(|table| Some((table, before.files.get(&table.path())?)));
    was == *public && known.all(|(table, said)| table.csv().as_bytes() == said.as_slice())
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
    let record = record_of(before).ok_or_else(damaged)?;
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
    read::read(&inputs_of(package)).0
}

fn inputs_of(package: &Package) -> Files {
    package
        .files
        .iter()
        .filter_map(|(path, bytes)| {
            let file = path.strip_prefix("inputs/").filter(|_| !of_wording(path))?;
            Some((file.to_owned(), String::from_utf8(bytes.clone()).ok()?))
        })
        .collect()
}

/// A version for people: `phiên bản 2 công bố 04/05/2021 09:30`.
pub fn named(publication: &Publication) -> String {
    format!("phiên bản {} công bố {}", publication.version, told(publication, Language::Vi))
}

/// A version's moment for people.
pub fn told(publication: &Publication, language: Language) -> String {
    Moment::from_ms(publication.published_ms).said(language)
}

/// Whether an error says that somebody else wrote the year meanwhile.
fn was_overtaken(error: &Error) -> bool {
    matches!(error, Error::Conflict(conflict) if matches!(**conflict, Conflict::Publication { .. }))
}
