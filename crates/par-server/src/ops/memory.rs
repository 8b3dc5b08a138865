//! Years in a database in memory, for what is made from files without a data folder.

use std::sync::Arc;

use par_core::year::Year;
use par_store::error::Error;
use par_store::location::Location;
use par_store::store::Store;

use super::import;
use super::place::now_ms;
use super::years::Years;

/// The years as pages ask for them.
///
/// # Errors
/// When a year stands twice in the list.
pub async fn years(list: &[Year]) -> Result<Arc<Years>, Error> {
    let store = Store::open(&Location::Memory).await?;
    store.migrate(now_ms()).await?;
    for year in list {
        import::year(&store, year, "parindex publish").await?;
    }
    Ok(Arc::new(Years::of(store)))
}
