//! The demonstration: the built-in year in a data folder, published.

use par_store::error::Error;

use super::data_folder::DataFolder;
use super::import::NotImported;
use super::load::{self, NoYear};
use super::publish::Edition;
use super::release::{self, NotReleased, Release};
use super::report::{Made, Wordings};
use super::{clock, import};
use crate::exchange::folder;
use crate::exchange::package::describe::LICENCES;

/// Why there is no demonstration.
pub enum NoDemonstration {
    /// The database could not be made or asked.
    Database(Error),
    /// The year could not be brought in.
    Import(NotImported),
    /// The built-in year has problems, which is a fault of this program.
    Year(NoYear),
    /// The year could not be published.
    Release(NotReleased),
}

impl From<Error> for NoDemonstration {
    fn from(error: Error) -> NoDemonstration {
        NoDemonstration::Database(error)
    }
}

/// Makes the demonstration in a folder that has no year yet; `begun` hears when there is something to make.
/// The report's files are not made with it: pages make them when they are asked for.
///
/// # Errors
/// See [`NoDemonstration`].
pub async fn make(data: &DataFolder, begun: impl FnOnce()) -> Result<(), NoDemonstration> {
    let store = data.create().await?;
    if !store.years().await?.is_empty() {
        store.close().await;
        return Ok(());
    }
    begun();
    let (year, sheets) = load::year_of(&folder::demo()).map_err(NoDemonstration::Year)?;
    let actor = "parindex demo";
    let wording = folder::demo_wording();
    let imported = import::whole(data, &store, (&year, &sheets), &wording, actor).await;
    store.close().await;
    imported.map_err(NoDemonstration::Import)?;
    let now = clock::now();
    let edition = Edition::first(now.to_string(), LICENCES[0]);
    let wordings = Wordings::DataFolder(data.clone());
    let report = Made::Text;
    let release = Release {
        edition: &edition,
        amend: None,
        now_ms: now.ms(),
        actor,
        wordings: &wordings,
        report,
        provisional: false,
    };
    let released = release::all(data, Some(year.year), &release, &mut |_, _| {}).await;
    released.map(drop).map_err(NoDemonstration::Release)
}
