//! `parindex import`: a plain year folder into the data folder.

use std::path::PathBuf;

use clap::Args;
use par_store::error::{Conflict, Error};

use super::{Data, Failure, Outcome, output, source};
use crate::exchange::folder;
use crate::ops::{import, load, report};

const EXAMPLES: &str = "Ví dụ:
  parindex import nam-2024 --data /srv/parindex";

/// Nhập một năm từ thư mục tệp (year.toml, units.csv, scores.csv, …) vào thư mục dữ liệu
///
/// Mọi lỗi của mọi tệp được báo cùng lúc; có lỗi thì không nhập gì. Năm đã có thì không ghi đè.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Import {
    /// Thư mục của năm
    folder: PathBuf,
}

impl Import {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        output::progress(format!("Đọc và kiểm tra {}", self.folder.display()));
        let year = match load::year_folder(&self.folder) {
            Ok(year) => year,
            Err(problems) => return source::refused(problems),
        };
        output::progress(format!("Ghi năm {} vào {}", year.year, data.folder().shown()));
        let imported = super::runtime()?.block_on(async {
            let store = data.folder().create().await?;
            let imported = import::year(&store, &year, "parindex import").await;
            store.close().await;
            imported
        });
        match imported {
            Ok(_) => {
                let wording = folder::own_wording(&self.folder).map_err(|error| super::unreadable(&error))?;
                report::keep(&data.folder(), year.year, &wording)
                    .map_err(|error| super::unwritten(&data.data, &error))?;
                output::print(format!("Đã nhập năm {}: {} đơn vị.\n", year.year, year.units.len()))?;
                Ok(Outcome::Sound)
            }
            Err(Error::Conflict(conflict)) if matches!(*conflict, Conflict::YearExists { .. }) => Err(
                Failure::problem(format!("năm {} đã có trong {}", year.year, data.folder().shown())).hint(
                    "dữ liệu đã có không bị ghi đè; nhập vào nơi khác bằng --data DIR hoặc --database URL",
                ),
            ),
            Err(error) => Err(super::database(error)),
        }
    }
}
