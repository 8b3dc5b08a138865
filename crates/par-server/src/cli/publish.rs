//! `parindex publish`: the whole site as files that open from a stick or any web server.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use par_core::year::Year;

use super::package::Terms;
use super::{Data, Failure, Outcome, output, source};
use crate::exchange::folder::Unreadable;
use crate::exchange::package::disk;
use crate::ops::{memory, publish};
use crate::web::site::{self, Failed, MARK, Making, Published};

const EXAMPLES: &str = "Ví dụ:
  parindex publish trang-cchc                                      mọi năm trong thư mục dữ liệu
  parindex publish trang-cchc --from demo/lai-chau-2020            một thư mục tệp của năm
  parindex publish trang-cchc --base https://cchc.laichau.gov.vn   kèm sơ đồ trang cho máy tìm kiếm

Mở trang bằng tệp index.html, hoặc chép cả thư mục lên một máy chủ web bất kỳ.";

/// Ghi toàn bộ trang kết quả thành tệp tĩnh, kèm gói dữ liệu để tính lại và kiểm tra
///
/// Trang mở được từ ổ USB hoặc từ máy chủ web bất kỳ, không cần chương trình này hay cơ sở dữ liệu.
/// Thư mục được ghi trọn vẹn hoặc không ghi gì; chỉ thư mục do lệnh này ghi mới bị thay.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Publish {
    /// Thư mục ghi trang
    out: PathBuf,
    /// Thư mục tệp của năm hoặc thư mục dữ liệu; mặc định là --data
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// Chỉ ghi năm này
    #[arg(long)]
    year: Option<u16>,
    /// Địa chỉ mà trang sẽ đứng, để ghi sơ đồ trang và trang 404
    #[arg(long, value_name = "URL", value_parser = parse_base)]
    base: Option<String>,
    #[command(flatten)]
    terms: Terms,
}

fn parse_base(text: &str) -> Result<String, &'static str> {
    let full =
        ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    let plain = text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '&' | '?' | '#'));
    if full && plain { Ok(text.to_owned()) } else { Err("địa chỉ có dạng https://cchc.tinh.gov.vn") }
}

impl Publish {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        may_write(&self.out)?;
        let years = match source::years(self.from.as_deref(), self.year, data) {
            Ok(years) => years,
            Err(ended) => return ended,
        };
        let files = self.site(&years)?;
        output::progress(format!("Ghi {} tệp vào {}", files.len(), self.out.display()));
        disk::replace(&self.out, &files)
            .map_err(|error| super::refused_by_system(&Unreadable::of(&self.out, error)))?;
        let bytes: usize = files.values().map(Vec::len).sum();
        output::print(format!(
            "Đã ghi trang của {}: {}, {} tệp, {} MB. Mở {}.\n",
            years.iter().map(|year| format!("năm {}", year.year)).collect::<Vec<_>>().join(", "),
            self.out.display(),
            files.len(),
            bytes.div_ceil(1_000_000),
            self.out.join("index.html").display()
        ))?;
        Ok(Outcome::Sound)
    }

    fn site(&self, years: &[Year]) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        output::progress("Tính và đóng gói");
        let edition = self.terms.edition();
        let packages = years.iter().map(|year| {
            let package = publish::package(year, &edition, &BTreeMap::new());
            Published { year: year.year, version: 1, package }
        });
        let making = Making { packages: packages.collect(), base: self.base.clone() };
        let told = |made: usize| output::progress(format!("Đã dựng {made} tệp"));
        super::runtime()?.block_on(async {
            let years = memory::years(years).await.map_err(super::database)?;
            site::files(years, &making, told).await.map_err(failed)
        })
    }
}

/// Only a new or empty folder, or one that this command wrote, is written to.
fn may_write(out: &Path) -> Result<(), Failure> {
    let refused = |error| super::refused_by_system(&Unreadable::of(out, error));
    if !out.exists() || out.join(MARK).is_file() {
        return Ok(());
    }
    let empty = std::fs::read_dir(out).map_err(refused)?.next().is_none();
    if empty {
        return Ok(());
    }
    let message = format!("{} đã có nội dung không do lệnh này ghi", out.display());
    Err(Failure::usage(message).hint("nêu một thư mục mới, hoặc dời nội dung cũ đi"))
}

fn failed(failed: Failed) -> Failure {
    match failed {
        Failed::Store(error) => super::database(error),
        Failed::Dangling { on, to } => Failure::new(format!("trang {on} dẫn tới {to}, là địa chỉ không có"))
            .hint("đây là lỗi của chương trình; gửi câu này cho nơi phát triển"),
        Failed::NotMade(address) => Failure::new(format!("không dựng được trang {address}"))
            .hint("đây là lỗi của chương trình; gửi câu này cho nơi phát triển"),
    }
}
