//! `parindex import`: a plain year folder into the data folder.

use std::path::PathBuf;

use clap::Args;

use super::{Data, Failure, Outcome, output, publish, source};
use crate::exchange::folder;
use crate::exchange::package::describe::LICENCES;
use crate::ops::import::{self, NotImported};
use crate::ops::publish::Edition;
use crate::ops::{clock, load};

const EXAMPLES: &str = "Ví dụ:
  parindex import nam-2024 --data /srv/parindex
  parindex import nam-2024 --published      nhập và công bố ngay, để năm hiện trên trang";

/// Nhập một năm từ thư mục tệp (year.toml, units.csv, scores.csv, …) vào thư mục dữ liệu
///
/// Mọi lỗi của mọi tệp được báo cùng lúc; có lỗi thì không nhập gì. Năm đã có thì không ghi đè.
/// Năm chưa công bố không có trên các trang công khai.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Import {
    /// Thư mục của năm
    folder: PathBuf,
    /// Công bố luôn năm vừa nhập, như `parindex publish --year NĂM`
    #[arg(long)]
    published: bool,
}

impl Import {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        output::progress(format!("Đọc và kiểm tra {}", self.folder.display()));
        let (year, sheets) = match load::year_folder(&self.folder) {
            Ok(read) => read,
            Err(problems) => return source::refused(problems),
        };
        let wording = folder::own_wording(&self.folder).map_err(|error| super::unreadable(&error))?;
        output::progress(format!("Ghi năm {} vào {}", year.year, data.folder().shown()));
        let imported = super::runtime()?.block_on(async {
            let folder = data.folder();
            super::updated(&folder, data).await?;
            let store = folder.create().await.map_err(super::database)?;
            let imported =
                import::whole(&folder, &store, (&year, &sheets), &wording, "parindex import").await;
            store.close().await;
            Ok(imported)
        })?;
        match imported {
            Ok(_) => {
                output::print(format!("Đã nhập năm {}: {} đơn vị.\n", year.year, year.units.len()))?;
                self.publish(data, year.year)
            }
            Err(NotImported::YearExists) => Err(Failure::problem(format!(
                "năm {} đã có trong {}",
                year.year,
                data.folder().shown()
            ))
            .hint("dữ liệu đã có không bị ghi đè; nhập vào nơi khác bằng --data DIR hoặc --database URL")),
            Err(failed) => Err(super::not_imported(failed)),
        }
    }
    /// Publishes the year that was brought in, or says how.
    fn publish(&self, data: &Data, year: u16) -> Result<Outcome, Failure> {
        if !self.published {
            output::print(format!(
                "Năm {year} hiện trên trang sau khi được công bố: parindex publish --year {year}\n"
            ))?;
            return Ok(Outcome::Sound);
        }
        let edition = Edition::first(clock::now().to_string(), LICENCES[0]);
        let released = publish::release_all(&data.folder(), Some(year), &edition, None, false)?;
        Ok(released.map_or(Outcome::Problems, |_| Outcome::Sound))
    }
}
