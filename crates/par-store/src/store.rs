//! The store: open, migrate, whole years in and out, and single writes with their conflicts.
//!
//! Must not know: who may write what (the core's `permit`), how results follow from inputs.

use std::sync::{Arc, Mutex};

use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::year::sheets::Sheets;
use par_core::year::{Judgement, Year};

use crate::cell::Cell;
use crate::database::{Database, Transaction, statements};
use crate::error::{Conflict, Error, Missing, Result};
use crate::journal::{By, Line, Payload};
use crate::location::Location;
use crate::migrations::Upgrade;
use crate::revision::Revision;
use crate::tables::{self, scores, seal, sets};
use crate::write::Write;
use crate::{assemble, migrations};

statements! {
    YEARS = "select year, revision from years order by year";
    REVISION = "select revision from years where year = $1";
    ADVANCE = "update years set revision = revision + 1 where year = $1 returning revision";
    UNIT = "select position from units where year = $1 and code = $2";
}

/// Word of a journal line that brought a whole year.
pub const IMPORT_YEAR: &str = "import_year";
/// Word of a journal line that wrote one judgement.
pub const RECORD_JUDGEMENT: &str = "record_judgement";

/// A database of years.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    /// Criteria sets by hash: they never change, so each is read and parsed once.
    sets: Arc<Mutex<sets::Known>>,
}

impl Store {
    /// Connects; makes an SQLite file that is missing. The schema is left as it is.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn open(location: &Location) -> Result<Store> {
        Ok(Store { database: Database::open(location).await?, sets: Arc::default() })
    }

    /// Connects to what is there already and makes nothing. An SQLite file that this user may not
    /// write is opened for reading.
    ///
    /// # Errors
    /// When the database is not there or cannot be reached.
    pub async fn open_existing(location: &Location) -> Result<Store> {
        Ok(Store { database: Database::open_existing(location).await?, sets: Arc::default() })
    }

    /// Whether the schema is the one this program works with; changes nothing.
    ///
    /// # Errors
    /// [`Error::NotOurs`], [`Error::SchemaTooOld`] or [`Error::SchemaTooNew`].
    pub async fn ready(&self) -> Result<()> {
        migrations::ready(&self.database).await
    }

    /// Makes the schema in an empty database; one of this program's version is left as it is.
    ///
    /// # Errors
    /// [`Error::SchemaTooNew`] when a newer program has written the database, [`Error::SchemaTooOld`]
    /// when an older one has, [`Error::NotOurs`] when it holds tables of another program; nothing is
    /// changed then.
    pub async fn migrate(&self, now_ms: i64) -> Result<()> {
        migrations::create(&self.database, now_ms).await
    }

    /// Brings an older schema up to this program's version, whole or not at all, after a copy of an
    /// SQLite file; the journal then says what the tables said at that moment.
    ///
    /// # Errors
    /// As [`Store::ready`]; [`Error::NoBackup`] when the copy cannot be written.
    pub async fn upgrade(&self, upgrade: &mut Upgrade<'_>) -> Result<()> {
        migrations::upgrade(&self.database, upgrade).await
    }

    /// Whether the database is a file of this machine.
    pub fn is_file(&self) -> bool {
        matches!(self.database, Database::Sqlite { .. })
    }

    /// Ends all connections, so that an SQLite file is complete in itself.
    pub async fn close(self) {
        self.database.close().await;
    }

    /// Years with their revisions, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn years(&self) -> Result<Vec<(u16, Revision)>> {
        all_years(&mut self.read().await?).await
    }

    /// The revision of a year: one look-up by key, cheap enough for every request.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such year.
    pub async fn revision(&self, year: u16) -> Result<Revision> {
        let found = self.read().await?.row(REVISION, &[year.into()], |row| row.whole(0)).await?;
        found.map(Revision::from_number).ok_or(Error::NotFound(Missing::Year(year)))
    }

    /// A whole year with the revision it has.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such year, [`Error::Damaged`] when it contradicts itself:
    /// a result must never come from half of its inputs.
    pub async fn load_year(&self, year: u16) -> Result<(Year, Revision)> {
        let known = self.sets.lock().expect("nobody panics while holding it").clone();
        let rows = tables::read(&mut self.read().await?, year, &known).await?;
        let rows = rows.ok_or(Error::NotFound(Missing::Year(year)))?;
        let revision = Revision::from_number(rows.header.revision);
        let hashes: Vec<String> = rows.sets.iter().map(|set| set.hash.clone()).collect();
        // Placing the rows of a large year takes long enough to hold up other readers.
        let assembled = tokio::task::spawn_blocking(move || assemble::year(rows)).await;
        match assembled.map_err(|error| Error::other(error.to_string()))? {
            (Some(year), findings) if findings.is_empty() => {
                let used = hashes.into_iter().zip(year.sets.iter().map(Arc::clone));
                self.sets.lock().expect("nobody panics while holding it").extend(used);
                Ok((year, revision))
            }
            (_, findings) => Err(Error::Damaged(findings)),
        }
    }

    /// Brings in a whole year, in one transaction, with the sheets its survey was counted from; none
    /// where only counts are known.
    ///
    /// # Errors
    /// [`Conflict::YearExists`] when the year is there already.
    pub async fn import_year(&self, year: &Year, sheets: &Sheets, by: &By<'_>) -> Result<Revision> {
        let mut write = self.write().await?;
        let found = write.transaction.row(REVISION, &[year.year.into()], |row| row.whole(0)).await?;
        if let Some(revision) = found.map(Revision::from_number) {
            let conflict = Conflict::YearExists { year: year.year, revision };
            return Err(Error::Conflict(Box::new(conflict)));
        }
        let revision = Revision::from_number(1);
        let documents = sets::documents(year);
        tables::insert(&mut write.transaction, (year, sheets), &documents, revision).await?;
        let mut payload = summary(year, sheets, documents.iter().map(|(hash, _)| hash));
        for (_, seal) in seal::of_year(&mut write.transaction, year.year).await {
            payload = payload.with("table", seal?.told(year.year));
        }
        write.commit(by, IMPORT_YEAR, Some((year.year, revision)), payload).await?;
        Ok(revision)
    }

    /// Writes one judgement on top of the one that was read (`based_on` is the revision it carried,
    /// `None` when the cell was empty). Gives the year's new revision, which the cell now carries.
    ///
    /// # Errors
    /// [`Conflict::Judgement`] with both values when the cell has changed since; [`Error::NotFound`]
    /// when the year or unit is not there.
    pub async fn record_judgement(
        &self,
        cell: &Cell<'_>,
        based_on: Option<Revision>,
        judgement: &Judgement,
        by: &By<'_>,
    ) -> Result<Revision> {
        let mut write = self.write().await?;
        let revision = advance(&mut write.transaction, cell.year).await?;
        let unit = [cell.year.into(), cell.unit.into()];
        if write.transaction.row(UNIT, &unit, |row| row.whole(0)).await?.is_none() {
            let (year, unit) = (cell.year, cell.unit.to_owned());
            return Err(Error::NotFound(Missing::Unit { year, unit }));
        }
        let current = scores::read_one(&mut write.transaction, cell).await?;
        if current.as_ref().map(|row| Revision::from_number(row.revision)) != based_on {
            let current = current.map(|row| judgement_of(&row)).transpose()?;
            let conflict = Conflict::Judgement { based_on, current, given: judgement.clone() };
            return Err(Error::Conflict(Box::new(conflict)));
        }
        let (points, inputs) = (judgement.points, judgement.inputs.to_string());
        scores::put(&mut write.transaction, cell, (points.millionths(), &inputs), revision).await?;
        let payload = Payload::default()
            .with("unit", cell.unit)
            .with("leaf", cell.leaf)
            .with("stage", cell.stage.name())
            .with("points", points)
            .with("inputs", inputs);
        let payload = match current {
            None => payload,
            Some(before) => payload
                .with("before", Points::from_millionths(before.points))
                .with("before_inputs", before.inputs)
                .with("before_revision", before.revision),
        };
        write.commit(by, RECORD_JUDGEMENT, Some((cell.year, revision)), payload).await?;
        Ok(revision)
    }

    /// Shows all lines of the journal in order, one at a time: a journal of a million lines is not held.
    ///
    /// # Errors
    /// When the database cannot be asked, or a line cannot be read.
    pub async fn journal(&self, see: impl FnMut(Line) + Send) -> Result<()> {
        crate::journal::each(&mut self.read().await?, see).await
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    pub(crate) async fn read(&self) -> Result<Transaction> {
        self.database.read().await
    }

    pub(crate) async fn write(&self) -> Result<Write> {
        Write::begin(self.database.write().await?).await
    }
}

pub(crate) async fn all_years(transaction: &mut Transaction) -> Result<Vec<(u16, Revision)>> {
    let rows = transaction.rows(YEARS, &[], |row| Ok((row.whole(0)?, row.whole(1)?))).await?;
    rows.into_iter()
        .map(|(year, revision)| {
            let year = u16::try_from(year).map_err(|_| Error::other(format!("{year} is no year")))?;
            Ok((year, Revision::from_number(revision)))
        })
        .collect()
}

/// The next revision of a year.
pub(crate) async fn advance(transaction: &mut Transaction, year: u16) -> Result<Revision> {
    let revision = transaction.row(ADVANCE, &[year.into()], |row| row.whole(0)).await?;
    revision.map(Revision::from_number).ok_or(Error::NotFound(Missing::Year(year)))
}

fn judgement_of(row: &scores::JudgementRow) -> Result<(Judgement, Revision)> {
    let inputs = Inputs::parse(&row.inputs).map_err(|problem| Error::other(format!("{problem:?}")))?;
    Ok((
        Judgement { points: Points::from_millionths(row.points), inputs },
        Revision::from_number(row.revision),
    ))
}

/// What an import brought, and a digest of its judgements: a later change behind the journal shows.
fn summary<'h>(year: &Year, sheets: &Sheets, sets: impl Iterator<Item = &'h String>) -> Payload {
    let judgements = scores::judgements_of(year);
    let mut payload = Payload::default()
        .with("title", &year.title)
        .with("units", year.units.len())
        .with("exemptions", year.exemptions.len())
        .with("sheets", sheets.0.len())
        .with("judgements", judgements.len())
        .with("judgements_digest", scores::digest(&judgements));
    for (set, hash) in year.sets.iter().zip(sets) {
        payload = payload.with("set", format!("{} {hash}", set.id));
    }
    payload
}
