//! Brings published versions from the database into the data folder and into memory: once a second, by a
//! task of its own, so that no page waits for a database.
//!
//! Must not know: pages.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use par_store::error::Error;
use par_store::publications::Publication;
use par_store::revision::Revision;
use par_store::store::Store;

use super::laid::{self, Found, Known, Laid};
use super::{Content, Publications, PublishedYear, State, Version, by_year};
use crate::exchange::package::{MANIFEST, Package};
use crate::ops::data_folder::DataFolder;
use crate::ops::report::Wordings;

/// How often the database is asked.
const EVERY: Duration = Duration::from_secs(1);
/// How long it may take to answer; a database that hangs is as good as away.
const PATIENCE: Duration = Duration::from_secs(5);

/// Follows what is published in a data folder.
#[derive(Debug)]
pub struct Watch {
    data: DataFolder,
    publications: Arc<Publications>,
    source: Option<Source>,
    /// Versions that need not be brought again, by their package's id.
    known: BTreeMap<String, Arc<Version>>,
    /// What the last look ended with, so that a trouble is logged once.
    trouble: Option<String>,
}

/// An open database, and what was last seen in it.
#[derive(Debug)]
struct Source {
    store: Store,
    file: Option<FileId>,
    /// The years with their revisions, once their versions were brought in.
    years: Option<Vec<(u16, Revision)>>,
}

/// By what a file is told from another of the same name: device and number.
type FileId = (u64, u64);

/// What was found when a look ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing new.
    Same,
    /// Other versions than before.
    Changed,
}

/// Why the database said nothing.
#[derive(Debug)]
pub enum Away {
    /// It could not be opened or asked.
    Error(Error),
    /// It did not answer in time.
    Silent,
    /// Its file is not there any more.
    Removed(PathBuf),
}

impl From<Error> for Away {
    fn from(error: Error) -> Away {
        Away::Error(error)
    }
}

impl Watch {
    /// Begins with what is laid in the folder.
    pub fn of(data: DataFolder) -> Watch {
        let folder = data.path.join(laid::FOLDER);
        let (mut versions, mut known) = (Vec::new(), BTreeMap::new());
        for (year, number, id) in laid::versions(&folder) {
            let found = Found::on_disk(&folder, &id);
            let complete = found.as_ref().is_some_and(|found| found.missing().is_empty());
            let Some(Ok(package)) = found.map(|found| Laid::lay(&folder, &id, &found)) else {
                tracing::error!(package = id, "a laid package has no list of hashes that agrees with its id");
                continue;
            };
            let version = Arc::new(Version::of(year, number, package));
            versions.push(Arc::clone(&version));
            // What lacks something is completed from the database as if it were new.
            if complete {
                known.insert(id, version);
            }
        }
        let publications = Publications::default();
        publications.put(years_of(versions, &publications.now(), &Wordings::DataFolder(data.clone())));
        Watch { data, publications: Arc::new(publications), source: None, known, trouble: None }
    }

    /// What is published, for pages.
    pub fn publications(&self) -> Arc<Publications> {
        Arc::clone(&self.publications)
    }

    /// Years of the database, as it was last asked, of which nothing is published.
    pub fn unpublished(&self) -> Vec<u16> {
        let state = self.publications.now();
        let years = self.source.iter().flat_map(|source| source.years.iter().flatten());
        years.map(|(year, _)| *year).filter(|year| !state.years.contains_key(year)).collect()
    }

    /// Where packages are laid.
    fn folder(&self) -> PathBuf {
        self.data.path.join(laid::FOLDER)
    }

    /// Looks once a second, for ever. Troubles go to the log when they come and when they end.
    pub async fn forever(mut self) {
        loop {
            tokio::time::sleep(EVERY).await;
            let looked = self.look().await;
            self.log(looked);
        }
    }

    fn log(&mut self, looked: Result<Look, Away>) {
        let trouble = match looked {
            Ok(Look::Same) => None,
            Ok(Look::Changed) => {
                tracing::info!(years = ?self.publications.now().list(), "published versions have changed");
                None
            }
            Err(Away::Error(error)) => Some(error.to_string()),
            Err(Away::Silent) => Some("no answer in time".to_owned()),
            Err(Away::Removed(path)) => Some(format!("{} is gone", path.display())),
        };
        if trouble != self.trouble {
            match &trouble {
                Some(trouble) => {
                    tracing::error!(trouble, "the database is away; what was published before is served");
                }
                None => tracing::info!("the database answers again"),
            }
            self.trouble = trouble;
        }
    }

    /// Asks the database which versions there are, and brings in those that are new.
    ///
    /// # Errors
    /// When the database is away; what was published before stays.
    pub async fn look(&mut self) -> Result<Look, Away> {
        let asked = tokio::time::timeout(PATIENCE, self.ask()).await.map_err(|_| Away::Silent)?;
        let Some((years, published)) = asked? else { return Ok(Look::Same) };
        let look = self.bring(published).await?;
        if let Some(source) = &mut self.source {
            source.years = Some(years);
        }
        Ok(look)
    }

    /// The years and their versions; nothing when no year was written to since the last look.
    async fn ask(&mut self) -> Result<Option<(Vec<(u16, Revision)>, Vec<Publication>)>, Away> {
        self.reopen().await?;
        let source = self.source.as_ref().expect("a database was just opened");
        let years = source.store.years().await?;
        if source.years.as_ref() == Some(&years) {
            return Ok(None);
        }
        let mut published = Vec::new();
        for (year, _) in &years {
            published.extend(source.store.publications(*year).await?);
        }
        Ok(Some((years, published)))
    }

    /// Opens the database where it is not open, and again when its file is another than the one that was
    /// opened: an open file goes on being read after it was replaced or removed.
    async fn reopen(&mut self) -> Result<(), Away> {
        let file = self.file();
        if let Some(source) = self.source.take_if(|source| source.file != file) {
            let path = self.data.file();
            tracing::warn!(file = %path.display(), "the database file was replaced or removed; it is opened anew");
            source.store.close().await;
        }
        if self.source.is_some() {
            return Ok(());
        }
        if self.data.database.is_none() && file.is_none() {
            return Err(Away::Removed(self.data.file()));
        }
        let store = self.data.open().await?;
        self.source = Some(Source { store, file, years: None });
        Ok(())
    }

    /// The database file that stands there now; nothing for PostgreSQL.
    fn file(&self) -> Option<FileId> {
        let path = self.data.database.is_none().then(|| self.data.file())?;
        fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
    }

    /// Makes these versions the ones that are shown.
    async fn bring(&mut self, published: Vec<Publication>) -> Result<Look, Away> {
        let mut versions = Vec::new();
        let mut changed = self.publications.now().versions().count() != published.len();
        for one in &published {
            if !self.known.contains_key(&one.package_id)
                && let Some(version) = self.version(one).await?
            {
                self.known.insert(one.package_id.clone(), Arc::new(version));
                changed = true;
            }
            versions.extend(self.known.get(&one.package_id).cloned());
        }
        let (folder, list) = (self.folder(), listed(&published));
        if laid::versions(&folder) != list
            && let Err(error) = laid::write_versions(&folder, &list)
        {
            tracing::warn!(%error, folder = %folder.display(), "what is published cannot be laid down");
        }
        if !changed {
            return Ok(Look::Same);
        }
        let (before, wordings) = (self.publications.now(), Wordings::DataFolder(self.data.clone()));
        let evaluated = tokio::task::spawn_blocking(move || years_of(versions, &before, &wordings));
        match evaluated.await {
            Ok(years) => self.publications.put(years),
            Err(error) => tracing::error!(%error, "a published year could not be evaluated"),
        }
        Ok(Look::Changed)
    }

    /// A version from what is laid, completed from the database, and laid.
    async fn version(&self, one: &Publication) -> Result<Option<Version>, Away> {
        let (folder, id) = (self.folder(), one.package_id.as_str());
        let found = match Found::on_disk(&folder, id) {
            Some(found) => Some(found),
            None => self.list_of(one).await?,
        };
        let Some(mut found) = found else {
            tracing::error!(
                year = one.year,
                version = one.version,
                "a published package is damaged beyond its list"
            );
            return Ok(None);
        };
        for path in found.missing() {
            let bytes =
                self.readable(self.store().published_file(one.year, one.version, &path).await).await?;
            if !bytes.flatten().is_some_and(|bytes| found.take(&path, bytes)) {
                tracing::error!(
                    year = one.year,
                    version = one.version,
                    file = path,
                    "a published file is damaged"
                );
            }
        }
        let laid = Laid::lay(&folder, id, &found).unwrap_or_else(|error| {
            tracing::warn!(%error, folder = %folder.display(), "a package cannot be laid down; it stays in memory");
            Laid::in_memory(id, found)
        });
        Ok(Some(Version::of(one.year, one.version, laid)))
    }

    /// The list of hashes in the database; where it is damaged and all else is whole, it follows from the
    /// files.
    async fn list_of(&self, one: &Publication) -> Result<Option<Found>, Away> {
        let list = self.store().published_file(one.year, one.version, MANIFEST).await;
        let list = self.readable(list).await?.flatten();
        if let Some(found) = list.and_then(|list| Found::of(&one.package_id, list)) {
            return Ok(Some(found));
        }
        let files = self.readable(self.store().published_files(one.year, one.version).await).await?;
        let sealed = files.map(Package::sealed).and_then(|mut sealed| sealed.files.remove(MANIFEST));
        Ok(sealed.and_then(|list| Found::of(&one.package_id, list)))
    }

    fn store(&self) -> &Store {
        &self.source.as_ref().expect("the database was just asked").store
    }

    /// What was read; nothing where a row cannot be read in a database that answers: it is as damaged as
    /// one that reads otherwise.
    async fn readable<T>(&self, read: Result<T, Error>) -> Result<Option<T>, Away> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(_) => self.store().years().await.map(|_| None).map_err(Away::Error),
        }
    }
}

fn listed(published: &[Publication]) -> Vec<Known> {
    published.iter().map(|one| (one.year, one.version, one.package_id.clone())).collect()
}

/// Years with what their pages are made from. What is unchanged stays what it was: only a year with another
/// last version is evaluated.
fn years_of(
    versions: Vec<Arc<Version>>,
    before: &State,
    wordings: &Wordings,
) -> BTreeMap<u16, Arc<PublishedYear>> {
    by_year(versions.into_iter(), |year, last| {
        let known = before.years.get(&year).filter(|known| known.last().package.id == last.package.id);
        known.and_then(|known| known.content.clone()).or_else(|| {
            let content = Content::of(&last.package.package(), year, wordings);
            if content.is_none() {
                tracing::error!(year, "the inputs of a published year are damaged; its pages answer 503");
            }
            content
        })
    })
}
