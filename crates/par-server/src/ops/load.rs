//! A year from a place people name: a data folder with a database, or a plain folder of files.

use std::path::Path;

use par_core::problem::Problem;
use par_core::year::sheets::Sheets;
use par_core::year::{Year, read};

use crate::exchange::folder::{self, Folder, Unreadable};

/// Why there is no year.
pub enum NoYear {
    /// A file could not be read.
    Unreadable(Unreadable),
    /// The files have problems; nothing was loaded. Each comes with the path to show.
    Problems(Vec<(String, Problem)>),
}

/// Reads a plain year folder, with the sheets of its survey if it has any.
///
/// # Errors
/// See [`NoYear`].
pub fn year_folder(path: &Path) -> Result<(Year, Sheets), NoYear> {
    year_of(&folder::year(path).map_err(NoYear::Unreadable)?)
}

/// The year in a folder's texts.
///
/// # Errors
/// [`NoYear::Problems`] with all of them.
pub fn year_of(folder: &Folder) -> Result<(Year, Sheets), NoYear> {
    let (year, problems) = read::read_with_sheets(&folder.files);
    let shown = |problem: Problem| (folder.shown(&problem), problem);
    year.ok_or_else(|| NoYear::Problems(problems.into_iter().map(shown).collect()))
}
