//! A whole year into a store.

use par_core::year::Year;
use par_core::year::sheets::Sheets;
use par_store::error::Error;
use par_store::journal::By;
use par_store::revision::Revision;
use par_store::store::Store;

use super::now::now_ms;

/// Brings in a year with the sheets of its survey in one transaction; `actor` is who the journal names.
///
/// # Errors
/// A conflict when the year is there already; then nothing is changed.
pub async fn year(store: &Store, year: &Year, sheets: &Sheets, actor: &str) -> Result<Revision, Error> {
    store.import_year(year, sheets, &By { actor, at_ms: now_ms() }).await
}
