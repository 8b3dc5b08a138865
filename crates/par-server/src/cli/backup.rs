//! `parindex backup` and `parindex restore`: everything there is in one file, and back.

use std::path::PathBuf;

use clap::Args;
use par_core::language::Language;
use par_core::moment;

use super::{Data, Failure, Outcome, output};
use crate::exchange::backup::{Failed, Manifest};
use crate::messages;
use crate::ops::backup;
use crate::ops::data_folder::DataFolder;

const BACKUP: &str = "Ví dụ:
  parindex backup /mnt/sao-luu/2021-04-13.zip --data /srv/parindex
  parindex backup 2021-04-13.zip --database postgres://parindex@/parindex";

const RESTORE: &str = "Ví dụ:
  parindex restore 2021-04-13.zip du-lieu-moi
  parindex restore 2021-04-13.zip du-lieu-moi --database postgres://parindex@/moi";

/// Sao lưu toàn bộ dữ liệu vào một tệp, kể cả khi `parindex serve` đang chạy
///
/// Cơ sở dữ liệu được đọc ở đúng một thời điểm. Tệp ghi xong được đọc lại và đối chiếu mã băm rồi mới
/// mang tên đã nêu; tệp đã có không bị ghi đè. Dùng chung cho SQLite và PostgreSQL.
#[derive(Args)]
#[command(after_help = BACKUP)]
pub struct Backup {
    /// Tệp sẽ ghi
    file: PathBuf,
}

/// Khôi phục một bản sao lưu vào thư mục mới hoặc còn trống
///
/// Mọi dòng và mọi tệp được đọc lại và đối chiếu trước khi giữ. Có --database thì dữ liệu vào cơ sở dữ
/// liệu PostgreSQL trống đó, từ bản sao lưu của SQLite cũng được, và ngược lại.
#[derive(Args)]
#[command(after_help = RESTORE)]
pub struct Restore {
    /// Tệp sao lưu
    file: PathBuf,
    /// Thư mục dữ liệu sẽ tạo
    folder: PathBuf,
}

impl Backup {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        super::existing(data)?;
        let folder = data.folder();
        output::progress(format!("Sao lưu {}", folder.shown()));
        let written = super::runtime()?.block_on(backup::write(&folder, &self.file));
        let manifest = written.map_err(|error| failed(error, &folder))?;
        output::print(format!(
            "Đã sao lưu {} vào {} và đọc lại, đối chiếu: {}.\n",
            folder.shown(),
            self.file.display(),
            told(&manifest)
        ))?;
        Ok(Outcome::Sound)
    }
}

impl Restore {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        let folder = DataFolder { path: self.folder, database: data.database.clone() };
        output::progress(format!("Khôi phục {}", self.file.display()));
        let restored = super::runtime()?.block_on(backup::restore(&self.file, &folder));
        let manifest = restored.map_err(|error| failed(error, &folder))?;
        output::print(format!(
            "Đã khôi phục vào {} và đối chiếu: {}; bản sao lưu ghi lúc {}.\n",
            folder.shown(),
            told(&manifest),
            moment::said(&manifest.made_at, Language::Vi)
        ))?;
        Ok(Outcome::Sound)
    }
}

fn told(manifest: &Manifest) -> String {
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let (tables, files) = (manifest.tables.len(), manifest.files.len());
    format!("{rows} dòng của {tables} bảng, {files} tệp")
}

fn failed(error: Failed, folder: &DataFolder) -> Failure {
    let (message, hint) = messages::backup::failed(&error);
    match error {
        Failed::Store(error) => super::database(error).placed(folder),
        Failed::Spoilt(_) => Failure::problem(message).hint(hint),
        Failed::Occupied(_) => Failure::usage(message).hint(hint),
        Failed::System(path, error) if error.kind() == std::io::ErrorKind::NotFound => {
            Failure::usage(messages::system::unwritten(&path, &error)).hint(hint)
        }
        _ => Failure::new(message).hint(hint),
    }
}
