//! Where a command's year comes from, and what is said when it has problems.

use std::path::Path;

use par_core::year::Year;

use super::{Data, Failure};
use crate::ops::load::{self, NoYear};

/// Reads the year of a command; `None` when the files have problems, which then were printed.
pub(super) fn year(path: Option<&Path>, _year: Option<u16>, data: &Data) -> Result<Option<Year>, Failure> {
    let path = path.unwrap_or(&data.data);
    match load::year_folder(path) {
        Ok(year) => Ok(Some(year)),
        Err(NoYear::Unreadable(unreadable)) => Err(super::unreadable(&unreadable)),
        Err(NoYear::Problems(problems)) => {
            super::report(&problems);
            Ok(None)
        }
    }
}
