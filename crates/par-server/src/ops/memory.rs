//! Years in a database in memory, for what is made from files without a data folder.

use std::sync::Arc;

use par_core::year::Year;
use par_store::error::Error;
use par_store::journal::By;
use par_store::location::Location;
use par_store::publications::NewVersion;
use par_store::store::Store;

use super::import;
use super::now::now_ms;
use super::report::Wordings;
use super::years::Years;
use crate::exchange::package::Package;

/// A version that was published, or is taken to be.
#[derive(Debug)]
pub struct Published {
    /// The year.
    pub year: u16,
    /// Its version.
    pub version: u32,
    /// When, in milliseconds UTC.
    pub at_ms: i64,
    /// Why it amends the version before; empty for the first.
    pub reason: String,
    /// Its package.
    pub package: Package,
}

/// The years as pages ask for them, with their versions, oldest first.
///
/// # Errors
/// When a year stands twice in the list.
pub async fn years(list: &[Year], published: &[Published], wordings: Wordings) -> Result<Arc<Years>, Error> {
    let store = Store::open(&Location::Memory).await?;
    store.migrate(now_ms()).await?;
    for year in list {
        import::year(&store, year, "parindex publish").await?;
    }
    for one in published {
        let (package_id, files) = (&one.package.id(), &one.package.files);
        let based_on = store.revision(one.year).await?;
        let (year, version, reason) = (one.year, one.version, one.reason.as_str());
        let new = NewVersion { year, version, based_on, package_id, files, reason };
        store.publish(&new, &By { actor: "parindex publish", at_ms: one.at_ms }).await?;
    }
    Ok(Arc::new(Years::of(store).worded_by(wordings)))
}
