//! Where a command's year comes from, and what is said when it has problems.

use std::path::Path;

use par_core::year::Year;

use super::{Data, Failure, Outcome};
use crate::ops::data_folder::{DataFolder, is_data_folder};
use crate::ops::load::{self, NoYear};

/// The year of an option.
pub(super) fn parse_year(text: &str) -> Result<u16, &'static str> {
    text.parse().ok().filter(|year| (1000..=9999).contains(year)).ok_or("năm có bốn chữ số, ví dụ 2020")
}

/// Reads the year of a command: from a plain folder, or from the data folder at `path` or `--data`.
/// The error side holds what the command then ends with.
pub(super) fn year(
    path: Option<&Path>,
    year: Option<u16>,
    data: &Data,
) -> Result<Year, Result<Outcome, Failure>> {
    let folder = match path {
        Some(path) if !is_data_folder(path) => {
            let (found, _) = load::year_folder(path).map_err(refused)?;
            return match year.filter(|year| *year != found.year) {
                Some(wanted) => Err(Err(Failure::usage(format!(
                    "{} là năm {}, không phải năm {wanted}",
                    path.display(),
                    found.year
                ))
                .hint("bỏ --year, hoặc nêu thư mục khác"))),
                None => Ok(found),
            };
        }
        Some(path) => DataFolder { path: path.to_owned(), database: None },
        None => {
            super::existing(data).map_err(Err)?;
            data.folder()
        }
    };
    stored(&folder, year).map_err(Err)
}

/// The same where the place may also be named by the year's number: `2020` is the year of the data
/// folder, `./2020` a folder of that name.
pub(super) fn year_or_path(
    named: Option<&str>,
    year: Option<u16>,
    data: &Data,
) -> Result<Year, Result<Outcome, Failure>> {
    let digits = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(number) = named.filter(digits) else {
        return self::year(named.map(Path::new), year, data);
    };
    let Ok(number) = number.parse() else {
        return Err(Err(Failure::usage(format!("{number} không phải một năm"))
            .hint("năm viết bằng bốn chữ số, ví dụ 2020")));
    };
    if let Some(other) = year.filter(|year| *year != number) {
        return Err(Err(Failure::usage(format!("nêu hai năm khác nhau: {number} và --year {other}"))
            .hint("chỉ nêu năm một lần")));
    }
    self::year(None, Some(number), data)
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

fn stored(folder: &DataFolder, year: Option<u16>) -> Result<Year, Failure> {
    super::runtime()?.block_on(async {
        let store = folder.open().await.map_err(super::database)?;
        let years: Vec<u16> =
            store.years().await.map_err(super::database)?.into_iter().map(|(year, _)| year).collect();
        let known: Vec<String> = years.iter().map(u16::to_string).collect();
        let chosen = match (year, years.as_slice()) {
            (Some(year), years) if years.contains(&year) => year,
            (None, [year]) => *year,
            (Some(year), _) => {
                return Err(Failure::usage(format!("{} không có năm {year}", folder.shown()))
                    .hint(format!("các năm đã có: {}", known.join(", "))));
            }
            (None, []) => {
                return Err(Failure::usage(format!("{} chưa có năm nào", folder.shown()))
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
