//! Evaluated years, kept in memory until their inputs change.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use par_core::publication::anonymous::publishable;
use par_core::score::results::Results;
use par_core::year::Year;
use par_store::error::{Error, Missing};
use par_store::publications::Publication;
use par_store::revision::Revision;
use par_store::store::Store;
use tokio::sync::Mutex;

use super::analysis::{Analysis, Settings, analyse};
use super::release;
use super::report::{self, Worded, Wordings};
use crate::exchange::folder::{Folder, Unreadable};
use crate::exchange::package::{MANIFEST, Package, record};

/// The years of a store. A year is evaluated again only when its revision has moved: one look-up by
/// key a request, the rest from memory.
#[derive(Debug)]
pub struct Years {
    store: Store,
    wordings: Wordings,
    // One lock also keeps a hundred readers from evaluating the same year at once.
    evaluated: Mutex<HashMap<u16, Evaluated>>,
    analysed: Mutex<HashMap<u16, Analysed>>,
}

#[derive(Clone, Debug)]
struct Evaluated {
    revision: Revision,
    results: Arc<Results>,
    status: Status,
}

/// How what is shown of a year stands to what is published of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing is published: the inputs as they are now.
    Unpublished,
    /// The last version published; the inputs say the same.
    Published(Publication),
    /// The last version published; the inputs have changed since.
    Moved(Publication),
}

/// An analysis and what it was made from.
type Analysed = (Arc<Results>, Arc<Analysis>);

impl Years {
    /// The years of a store.
    pub fn of(store: Store) -> Years {
        Years { store, wordings: Wordings::BuiltIn, evaluated: Mutex::default(), analysed: Mutex::default() }
    }

    /// The same with wording of an office's own.
    pub fn worded_by(self, wordings: Wordings) -> Years {
        Years { wordings, ..self }
    }

    /// The wording of a year's report: the published one where the year was published with it, else
    /// that of the folders.
    ///
    /// # Errors
    /// When the database cannot be asked, or a folder that is there cannot be read.
    pub async fn worded(&self, results: &Results) -> Result<Worded, Error> {
        let year = results.year.year;
        if let Some(folder) = self.published_wording(year).await? {
            return Ok(report::worded_by(folder, results));
        }
        let unreadable = |found: Unreadable| Error::Other(format!("{found:?}").into());
        report::worded(&self.wordings.folders(year), results).map_err(unreadable)
    }

    async fn published_wording(&self, year: u16) -> Result<Option<Folder>, Error> {
        let Some(last) = self.store.publications(year).await?.pop() else { return Ok(None) };
        let list = self.published_file(year, last.version, MANIFEST).await?.unwrap_or_default();
        let mut files = BTreeMap::new();
        let list = String::from_utf8_lossy(&list).into_owned();
        for (_, path) in list.lines().filter_map(|line| line.split_once("  ")) {
            if path.starts_with(record::WORDING)
                && let Some(bytes) = self.published_file(year, last.version, path).await?
            {
                files.insert(path.to_owned(), bytes);
            }
        }
        Ok(report::published_wording(&files))
    }

    /// The years there are, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn list(&self) -> Result<Vec<u16>, Error> {
        Ok(self.store.years().await?.into_iter().map(|(year, _)| year).collect())
    }

    /// All years with what their pages are made from, oldest first: one query.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn revisions(&self) -> Result<Vec<(u16, Revision)>, Error> {
        self.store.years().await
    }

    /// What a year's pages were made from, by number; `None` when there is no such year.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn revision(&self, year: u16) -> Result<Option<Revision>, Error> {
        match self.store.revision(year).await {
            Ok(revision) => Ok(Some(revision)),
            Err(Error::NotFound(Missing::Year(_))) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A year with its standing; `None` when there is no such year.
    ///
    /// # Errors
    /// When the database cannot be asked or the year contradicts itself.
    pub async fn get(&self, year: u16) -> Result<Option<Arc<Results>>, Error> {
        Ok(self.evaluated(year).await?.map(|evaluated| evaluated.results))
    }

    /// The same with how it stands to what is published of the year.
    ///
    /// # Errors
    /// As [`Years::get`].
    pub async fn shown(&self, year: u16) -> Result<Option<(Arc<Results>, Status)>, Error> {
        Ok(self.evaluated(year).await?.map(|evaluated| (evaluated.results, evaluated.status)))
    }

    /// A published year is shown as it was published, whatever was written since.
    async fn evaluated(&self, year: u16) -> Result<Option<Evaluated>, Error> {
        let Some(revision) = self.revision(year).await? else { return Ok(None) };
        let mut evaluated = self.evaluated.lock().await;
        if let Some(known) = evaluated.get(&year).filter(|known| known.revision == revision) {
            return Ok(Some(known.clone()));
        }
        let (inputs, status, revision) = self.to_show(year).await?;
        let results = tokio::task::spawn_blocking(|| Arc::new(Results::of(inputs))).await;
        let results = results.map_err(|error| Error::Other(Box::new(error)))?;
        let new = Evaluated { revision, results, status };
        evaluated.insert(year, new.clone());
        Ok(Some(new))
    }

    async fn to_show(&self, year: u16) -> Result<(Year, Status, Revision), Error> {
        let Some(last) = self.store.publications(year).await?.pop() else {
            let (inputs, revision) = self.store.load_year(year).await?;
            return Ok((inputs, Status::Unpublished, revision));
        };
        let published = release::published_year(&self.package(year, last.version).await?);
        let published = published.ok_or_else(|| Error::Other("a published package cannot be read".into()))?;
        let revision = self.store.revision(year).await?;
        if revision == last.revision {
            return Ok((published, Status::Published(last), revision));
        }
        let (now, revision) = self.store.load_year(year).await?;
        let same = publishable(&now) == published;
        let status = if same { Status::Published(last) } else { Status::Moved(last) };
        Ok((published, status, revision))
    }

    /// The versions of a year, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn publications(&self, year: u16) -> Result<Vec<Publication>, Error> {
        self.store.publications(year).await
    }

    /// The package of a version; without files when there is no such version.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn package(&self, year: u16, version: u32) -> Result<Package, Error> {
        Ok(Package { files: self.store.published_files(year, version).await? })
    }

    /// One file of a version.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn published_file(
        &self,
        year: u16,
        version: u32,
        path: &str,
    ) -> Result<Option<Vec<u8>>, Error> {
        self.store.published_file(year, version, path).await
    }

    /// The analysis of an evaluated year with the settings of its page, made once.
    ///
    /// # Errors
    /// When the work was broken off.
    pub async fn analysis(&self, results: &Arc<Results>) -> Result<Arc<Analysis>, Error> {
        let mut analysed = self.analysed.lock().await;
        if let Some((of, analysis)) = analysed.get(&results.year.year)
            && Arc::ptr_eq(of, results)
        {
            return Ok(Arc::clone(analysis));
        }
        let of = Arc::clone(results);
        let made = tokio::task::spawn_blocking(move || Arc::new(analyse(&of, Settings::default()))).await;
        let analysis = made.map_err(|error| Error::Other(Box::new(error)))?;
        analysed.insert(results.year.year, (Arc::clone(results), Arc::clone(&analysis)));
        Ok(analysis)
    }
}
