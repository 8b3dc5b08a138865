//! Published versions in the store: added with their journal line, read for ever, never changed.
//!
//! Must not know: what the files of a package say.

use std::collections::BTreeMap;

use crate::error::{Conflict, Error, Result};
use crate::journal::{By, Payload};
use crate::revision::Revision;
use crate::store::{Store, advance};
use crate::tables::publications::{self, PublicationRow};

/// Word of a journal line that published a version.
pub const PUBLISH_YEAR: &str = "publish_year";

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The year.
    pub year: u16,
    /// 1 first, one more for each amendment.
    pub version: u32,
    /// The id of its package.
    pub package_id: String,
    /// The year's revision that published it; a later one may have moved on.
    pub revision: Revision,
    /// When, in milliseconds UTC.
    pub published_ms: i64,
    /// Why it amends the version before; empty for the first.
    pub reason: String,
}

/// A version to publish.
#[derive(Clone, Copy, Debug)]
pub struct NewVersion<'v> {
    /// The year.
    pub year: u16,
    /// Its number.
    pub version: u32,
    /// The year's revision that the package was made from.
    pub based_on: Revision,
    /// The id of its package.
    pub package_id: &'v str,
    /// The files of its package.
    pub files: &'v BTreeMap<String, Vec<u8>>,
    /// Why it amends the version before; empty for the first.
    pub reason: &'v str,
}

impl Store {
    /// Adds a version. Publishing is a write of the year: what pages were made from before is made anew.
    ///
    /// # Errors
    /// [`Conflict::Publication`] when the year has moved on since the package was made, or another
    /// version was published meanwhile; then nothing is changed.
    pub async fn publish(&self, new: &NewVersion<'_>, by: &By<'_>) -> Result<Publication> {
        self.publish_sealed(new, &BTreeMap::new(), by).await
    }

    /// The same with the full package of which the public one is a part; nobody is shown it.
    ///
    /// # Errors
    /// As [`Store::publish`].
    pub async fn publish_sealed(
        &self,
        new: &NewVersion<'_>,
        sealed: &BTreeMap<String, Vec<u8>>,
        by: &By<'_>,
    ) -> Result<Publication> {
        let mut write = self.write().await?;
        let revision = advance(&mut write.transaction, new.year).await?;
        let before = publications::of_year(&mut write.transaction, new.year).await?;
        let next = before.last().map_or(1, |last| last.version + 1);
        let moved = revision.number() != new.based_on.number() + 1;
        if moved || next != i64::from(new.version) {
            let current = Revision::from_number(revision.number() - 1);
            let conflict = Conflict::Publication { based_on: new.based_on, current, next };
            return Err(Error::Conflict(Box::new(conflict)));
        }
        let row = PublicationRow {
            version: next,
            package_id: new.package_id.to_owned(),
            revision: revision.number(),
            published_ms: by.at_ms,
            reason: new.reason.to_owned(),
        };
        publications::insert(&mut write.transaction, new.year, &row, new.files, sealed).await?;
        let payload = Payload::default()
            .with("version", new.version)
            .with("package_id", new.package_id)
            .with("files", new.files.len())
            .with("sealed_files", sealed.len())
            .with("reason", new.reason);
        write.commit(by, PUBLISH_YEAR, Some((new.year, revision)), payload).await?;
        publication(new.year, row)
    }

    /// The versions of a year, oldest first; none while it is not published.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn publications(&self, year: u16) -> Result<Vec<Publication>> {
        let rows = publications::of_year(&mut self.read().await?, year).await?;
        rows.into_iter().map(|row| publication(year, row)).collect()
    }

    /// The files of a version; none when there is no such version.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn published_files(&self, year: u16, version: u32) -> Result<BTreeMap<String, Vec<u8>>> {
        publications::files(&mut self.read().await?, year, i64::from(version)).await
    }

    /// The files of the full package from which a version was published; none where it was not sealed.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn sealed_files(&self, year: u16, version: u32) -> Result<BTreeMap<String, Vec<u8>>> {
        publications::sealed(&mut self.read().await?, year, i64::from(version)).await
    }

    /// One file of a version; `None` when there is no such file.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn published_file(&self, year: u16, version: u32, path: &str) -> Result<Option<Vec<u8>>> {
        publications::file(&mut self.read().await?, year, i64::from(version), path).await
    }

    /// When a year was brought in and when the journal's last line was written, in milliseconds UTC;
    /// `None` for a year the journal does not tell of.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn moments(&self, year: u16) -> Result<Option<(i64, i64)>> {
        crate::journal::moments(&mut self.read().await?, year).await
    }

    /// The hash of a line of the journal; `None` when there is no such line.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn journal_hash(&self, sequence: i64) -> Result<Option<String>> {
        crate::journal::hash(&mut self.read().await?, sequence).await
    }

    /// The number and hash of the journal's last line.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn journal_head(&self) -> Result<Option<(i64, String)>> {
        crate::journal::head(&mut self.read().await?).await
    }
}

fn publication(year: u16, row: PublicationRow) -> Result<Publication> {
    let version = u32::try_from(row.version).map_err(|_| Error::other("a version is a small number"))?;
    Ok(Publication {
        year,
        version,
        package_id: row.package_id,
        revision: Revision::from_number(row.revision),
        published_ms: row.published_ms,
        reason: row.reason,
    })
}
