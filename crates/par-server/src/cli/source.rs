//! Where a command's year comes from, and what is said when it has problems.

use std::path::Path;

use par_core::year::Year;

use super::{Data, Failure, Outcome};
use crate::ops::load::{self, NoYear};
use crate::ops::place::{Place, is_data_folder};

/// Reads the year of a command: from a plain folder, or from the data folder at `path` or `--data`.
/// The error side holds what the command then ends with.
pub(super) fn year(
    path: Option<&Path>,
    year: Option<u16>,
    data: &Data,
) -> Result<Year, Result<Outcome, Failure>> {
    let place = match path {
        Some(path) if !is_data_folder(path) => return load::year_folder(path).map_err(refused),
        Some(path) => Place { folder: path.to_owned(), database: None },
        None => {
            super::existing(data).map_err(Err)?;
            data.place()
        }
    };
    stored(&place, year).map_err(Err)
}

/// Prints the problems of files that were refused.
pub(super) fn refused(problems: NoYear) -> Result<Outcome, Failure> {
    match problems {
        NoYear::Unreadable(unreadable) => Err(super::unreadable(&unreadable)),
        NoYear::Problems(problems) => {
            super::report(&problems);
            Ok(Outcome::Problems)
        }
    }
}

fn stored(place: &Place, year: Option<u16>) -> Result<Year, Failure> {
    super::runtime()?.block_on(async {
        let store = place.open().await.map_err(super::database)?;
        let years: Vec<u16> =
            store.years().await.map_err(super::database)?.into_iter().map(|(year, _)| year).collect();
        let known: Vec<String> = years.iter().map(u16::to_string).collect();
        let chosen = match (year, years.as_slice()) {
            (Some(year), years) if years.contains(&year) => year,
            (None, [year]) => *year,
            (Some(year), _) => {
                return Err(Failure::usage(format!("{} không có năm {year}", place.shown()))
                    .hint(format!("các năm đã có: {}", known.join(", "))));
            }
            (None, []) => {
                return Err(Failure::usage(format!("{} chưa có năm nào", place.shown()))
                    .hint("nhập một năm bằng `parindex import THƯ-MỤC`"));
            }
            (None, _) => {
                return Err(Failure::usage("thư mục dữ liệu có nhiều năm")
                    .hint(format!("chọn một năm bằng --year; các năm đã có: {}", known.join(", "))));
            }
        };
        let (year, _) = store.load_year(chosen).await.map_err(super::database)?;
        store.close().await;
        Ok(year)
    })
}
