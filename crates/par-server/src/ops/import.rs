//! A whole year into a data folder: its rows and its wording, both or nothing.
//!
//! The wording is laid before the rows are committed, under a mark that names it. A program killed in
//! between leaves files that belong to no year; the next import of the year finds the mark and takes
//! them back first.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use par_core::framework::read::Files;
use par_core::year::Year;
use par_core::year::sheets::Sheets;
use par_store::error::{Conflict, Error, Missing};
use par_store::journal::By;
use par_store::revision::Revision;
use par_store::store::Store;

use super::clock;
use super::data_folder::DataFolder;
use crate::exchange::folder::WORDING;
use crate::exchange::package::sha256;
use crate::exchange::whole;

/// Names the files of an import under way; the import holds its lock.
const MARK: &str = ".dang-nhap";

/// Why nothing was imported.
#[derive(Debug)]
pub enum NotImported {
    /// The year is there already.
    YearExists,
    /// The database refused.
    Store(Error),
    /// The wording could not be written there.
    Wording(PathBuf, io::Error),
}

impl From<Error> for NotImported {
    fn from(error: Error) -> NotImported {
        match error {
            Error::Conflict(conflict) if matches!(*conflict, Conflict::YearExists { .. }) => {
                NotImported::YearExists
            }
            error => NotImported::Store(error),
        }
    }
}

/// Brings in a year with the sheets of its survey and without wording, in one transaction; `actor` is who
/// the journal names.
///
/// # Errors
/// A conflict when the year is there already; then nothing is changed.
pub async fn year(store: &Store, year: &Year, sheets: &Sheets, actor: &str) -> Result<Revision, Error> {
    store.import_year(year, sheets, &By { actor, at_ms: clock::now().ms() }).await
}

/// Brings in a year with its sheets and its wording, so that it can be edited beside the data. Files of wording that
/// are there already stay as they are.
///
/// # Errors
/// When the year is there already, the database refuses or the wording cannot be written; then nothing
/// is changed.
pub async fn whole(
    data: &DataFolder,
    store: &Store,
    (year, sheets): (&Year, &Sheets),
    wording: &Files,
    actor: &str,
) -> Result<Revision, NotImported> {
    if wording.is_empty() {
        return Ok(self::year(store, year, sheets, actor).await?);
    }
    let folder = data.path.join(WORDING).join(year.year.to_string());
    let failed = |error| NotImported::Wording(folder.clone(), error);
    // A second import of the year waits here, and then finds it.
    let mut laid = Laid::begin(&folder).map_err(failed)?;
    match store.revision(year.year).await {
        Ok(_) => {
            laid.end().map_err(failed)?;
            return Err(NotImported::YearExists);
        }
        Err(Error::NotFound(Missing::Year(_))) => {}
        Err(error) => return Err(error.into()),
    }
    if let Err(error) = laid.take_back().and_then(|()| laid.lay(wording)) {
        // What failed is the news; what could not be taken back is, at the next import.
        let _ = laid.take_back().and_then(|()| laid.end());
        return Err(failed(error));
    }
    match self::year(store, year, sheets, actor).await {
        Ok(revision) => {
            // The year is there with its wording; a mark that stays says nothing any more.
            let _ = laid.end();
            Ok(revision)
        }
        Err(error) => {
            let _ = laid.take_back().and_then(|()| laid.end());
            Err(error.into())
        }
    }
}

/// Wording of an import under way.
struct Laid {
    folder: PathBuf,
    mark: File,
}

impl Laid {
    fn begin(folder: &Path) -> io::Result<Laid> {
        fs::create_dir_all(folder)?;
        let path = folder.join(MARK);
        loop {
            let mark = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
            mark.lock()?;
            // Whoever held the lock before may have removed the file that was waited for.
            if path.exists() {
                return Ok(Laid { folder: folder.to_owned(), mark });
            }
        }
    }

    /// Removes what an import that did not end has laid, unless somebody has edited it since.
    fn take_back(&mut self) -> io::Result<()> {
        let mut named = String::new();
        self.mark.rewind()?;
        self.mark.read_to_string(&mut named)?;
        for (hash, name) in named.lines().filter_map(|line| line.split_once("  ")) {
            let path = self.folder.join(name);
            if fs::read(&path).is_ok_and(|bytes| sha256(&bytes) == hash) {
                fs::remove_file(&path)?;
            }
        }
        self.mark.set_len(0)?;
        self.mark.rewind()
    }

    /// Names the files first, then writes them.
    fn lay(&mut self, wording: &Files) -> io::Result<()> {
        let new: Vec<(&String, &String)> =
            wording.iter().filter(|(name, _)| !self.folder.join(name).exists()).collect();
        for (name, text) in &new {
            writeln!(self.mark, "{}  {name}", sha256(text.as_bytes()))?;
        }
        self.mark.sync_all()?;
        for (name, text) in new {
            let path = self.folder.join(name);
            fs::create_dir_all(path.parent().expect("a file stands in a folder"))?;
            whole::write(&path, text.as_bytes())?;
        }
        Ok(())
    }

    fn end(&self) -> io::Result<()> {
        fs::remove_file(self.folder.join(MARK))
    }
}
