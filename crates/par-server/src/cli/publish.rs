//! `parindex publish`: the whole site as files that open from a stick or any web server.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use par_core::language::Language;
use par_core::year::Year;
use par_store::store::Store;

use super::package::Terms;
use super::{Data, Failure, Outcome, output, report, source};
use crate::exchange::folder::Unreadable;
use crate::exchange::package::{Package, disk};
use crate::ops::data_folder::{DataFolder, is_data_folder};
use crate::ops::memory::{self, Published};
use crate::ops::now::now_ms;
use crate::ops::publish;
use crate::ops::release::{self, Release, Released};
use crate::ops::report::Wordings;
use crate::web::site::{self, Failed, MARK, Making};

const EXAMPLES: &str = "Ví dụ:
  parindex publish                                                 chốt và công bố mọi năm trong thư mục dữ liệu
  parindex publish --year 2020 --amend 'Kết luận thanh tra số 5'   đính chính, thành phiên bản 2
  parindex publish trang-cchc                                      công bố, rồi ghi cả trang thành tệp
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
    /// Thư mục ghi trang; bỏ trống thì chỉ công bố vào thư mục dữ liệu
    out: Option<PathBuf>,
    /// Thư mục tệp của năm hoặc thư mục dữ liệu; mặc định là --data
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// Chỉ ghi năm này
    #[arg(long)]
    year: Option<u16>,
    /// Địa chỉ mà trang sẽ đứng, để ghi sơ đồ trang và trang 404
    #[arg(long, value_name = "URL", value_parser = parse_base)]
    base: Option<String>,
    /// Lý do đính chính, khi số liệu đã thay đổi sau lần công bố trước
    #[arg(long, value_name = "LÝ DO", value_parser = parse_reason)]
    amend: Option<String>,
    #[command(flatten)]
    terms: Terms,
}

pub(super) fn parse_base(text: &str) -> Result<String, &'static str> {
    let full =
        ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    let plain = text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '&' | '?' | '#'));
    if full && plain { Ok(text.to_owned()) } else { Err("địa chỉ có dạng https://cchc.tinh.gov.vn") }
}

fn parse_reason(text: &str) -> Result<String, &'static str> {
    let reason = text.trim();
    if reason.is_empty() {
        Err("lý do đính chính không được để trống")
    } else {
        Ok(reason.to_owned())
    }
}

/// Years with the versions that go with them.
struct Material {
    years: Vec<Year>,
    packages: Vec<Published>,
    wordings: Wordings,
}

impl Publish {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        if let Some(out) = &self.out {
            may_write(out)?;
        }
        let material = match &self.from {
            Some(path) if !is_data_folder(path) => match self.folder(path, data) {
                Ok(material) => material,
                Err(ended) => return ended,
            },
            _ => match self.release(data)? {
                Some(material) => material,
                None => return Ok(Outcome::Problems),
            },
        };
        let Some(out) = &self.out else { return Ok(Outcome::Sound) };
        let years: Vec<String> = material.years.iter().map(|year| format!("năm {}", year.year)).collect();
        let files = self.site(material)?;
        output::progress(format!("Ghi {} tệp vào {}", files.len(), out.display()));
        disk::replace(out, &files).map_err(|error| super::unwritten(out, &error))?;
        let bytes: usize = files.values().map(Vec::len).sum();

        output::print(format!(
            "Đã ghi trang của {}: {}, {} tệp, {} MB. Mở {}.\n",
            years.join(", "),
            out.display(),
            files.len(),
            bytes.div_ceil(1_000_000),
            out.join("index.html").display()
        ))?;
        Ok(Outcome::Sound)
    }

    /// A plain folder has no versions: its package is made for this site.
    fn folder(&self, path: &Path, data: &Data) -> Result<Material, Result<Outcome, Failure>> {
        if self.out.is_none() {
            let failure = Failure::usage("một thư mục tệp chỉ công bố được thành trang");
            return Err(Err(
                failure.hint("nêu thư mục ghi trang, hoặc nhập năm bằng `parindex import` trước")
            ));
        }
        if self.amend.is_some() {
            let failure = Failure::usage("một thư mục tệp không có phiên bản trước để đính chính");
            return Err(Err(failure.hint("bỏ --amend, hoặc nhập năm bằng `parindex import` trước")));
        }
        let year = source::year(Some(path), self.year, data)?;
        let edition = self.terms.edition();
        let at_ms = edition.at_ms();
        let wordings = Wordings::YearFolder(path.to_owned());
        let beside = report::beside(&year, &wordings.folders(year.year), at_ms).map_err(Err)?;
        let Some(beside) = beside else { return Err(Ok(Outcome::Problems)) };
        let package = publish::package(&year, &edition, &beside);
        let packages = vec![Published { year: year.year, version: 1, at_ms, reason: String::new(), package }];
        Ok(Material { years: vec![year], packages, wordings })
    }

    /// Publishes the years of a data folder; `None` when one needs a reason that was not given.
    fn release(&self, data: &Data) -> Result<Option<Material>, Failure> {
        let folder = match &self.from {
            Some(path) => DataFolder { path: path.clone(), database: None },
            None => {
                super::existing(data)?;
                data.folder()
            }
        };
        super::runtime()?.block_on(async {
            let store = folder.open_updated().await.map_err(super::database)?;
            let released = self.release_all(&store, &folder).await;
            store.close().await;
            released
        })
    }

    async fn release_all(&self, store: &Store, folder: &DataFolder) -> Result<Option<Material>, Failure> {
        let mut years: Vec<u16> =
            store.years().await.map_err(super::database)?.into_iter().map(|(year, _)| year).collect();
        years.retain(|year| self.year.is_none_or(|chosen| chosen == *year));
        if years.is_empty() {
            let message = format!("{} không có năm để công bố", folder.shown());
            return Err(Failure::usage(message).hint("nhập một năm bằng `parindex import THƯ-MỤC`"));
        }
        if self.amend.is_some() && years.len() > 1 {
            return Err(Failure::usage("--amend cần nêu một năm").hint("chọn năm bằng --year"));
        }
        let wordings = Wordings::DataFolder(folder.clone());
        let mut material = Material { years: Vec::new(), packages: Vec::new(), wordings };
        let mut complete = true;
        for year in years {
            output::progress(format!("Công bố năm {year}"));
            let edition = self.terms.edition();
            let amend = self.amend.as_deref();
            let (inputs, _) = store.load_year(year).await.map_err(super::database)?;
            let folders = material.wordings.folders(year);
            let Some(beside) = report::beside(&inputs, &folders, edition.at_ms())? else {
                complete = false;
                continue;
            };
            let actor = "parindex publish";
            let release = Release { edition: &edition, amend, now_ms: now_ms(), actor, beside: &beside };
            let released = release::year(store, year, &release).await.map_err(|error| {
                if release::was_overtaken(&error) {
                    return Failure::problem(format!("năm {year} vừa được người khác ghi"))
                        .hint("chưa công bố gì; kiểm tra số liệu rồi chạy lại");
                }
                super::database(error)
            })?;
            complete &= tell(year, &released)?;
            if amend.is_some() && matches!(&released, Released::New(version, _) if version.version == 1) {
                output::complain(
                    "Đây là lần công bố đầu nên không có gì để đính chính; lý do đã nêu không được ghi.",
                );
            }
            let versions = store.publications(year).await.map_err(super::database)?;
            for version in versions {
                let files = store.published_files(year, version.version).await.map_err(super::database)?;
                material.packages.push(Published {
                    year,
                    version: version.version,
                    at_ms: version.published_ms,
                    reason: version.reason,
                    package: Package { files },
                });
            }
            let last = material.packages.last().and_then(|last| release::published_year(&last.package));
            material.years.extend(last);
        }
        Ok(complete.then_some(material))
    }

    fn site(&self, material: Material) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        output::progress("Dựng trang");
        let making = Making { base: self.base.clone() };
        let told = |made: usize| output::progress(format!("Đã dựng {made} tệp"));
        super::runtime()?.block_on(async {
            let Material { years, packages, wordings } = material;
            let years = memory::years(&years, &packages, wordings).await.map_err(super::database)?;
            site::files(years, &making, told).await.map_err(failed)
        })
    }
}

/// Says what became of a year; false when it needs a reason.
fn tell(year: u16, released: &Released) -> Result<bool, Failure> {
    match released {
        Released::New(version, changed) => {
            let changed = if version.version == 1 {
                String::new()
            } else {
                format!(" Đính chính số {}: {changed} số liệu của đơn vị thay đổi.", version.version - 1)
            };
            output::print(format!(
                "Đã công bố năm {year}, phiên bản {}.{changed}\nMã gói: {}\n",
                version.version, version.package_id
            ))?;
            Ok(true)
        }
        Released::Unchanged(version) => {
            let (number, at) = (version.version, release::told(version, Language::Vi));
            output::print(format!(
                "Năm {year} không có gì thay đổi so với phiên bản {number} công bố {at}.\nMã gói: {}\n",
                version.package_id
            ))?;
            Ok(true)
        }
        Released::Reworded(version) => {
            let (number, at) = (version.version, release::told(version, Language::Vi));
            output::print(format!(
                "Năm {year}: số liệu không thay đổi, nhưng câu chữ của báo cáo đã khác phiên bản {number} công bố {at}; bản đã công bố giữ câu chữ cũ.\nMã gói: {}\n",
                version.package_id
            ))?;
            output::complain(format!(
                "  → để công bố câu chữ mới, nêu lý do: parindex publish --year {year} --amend \"LÝ DO\""
            ));
            Ok(true)
        }
        Released::NeedsReason(version) => {
            let (number, at) = (version.version, release::told(version, Language::Vi));
            output::complain(format!(
                "Năm {year}: số liệu đã thay đổi sau phiên bản {number} công bố {at}; bản đã công bố giữ nguyên.\n  → nêu lý do để đính chính: parindex publish --year {year} --amend \"LÝ DO\""
            ));
            Ok(false)
        }
    }
}

/// Only a new or empty folder, or one that this command wrote, is written to.
fn may_write(out: &Path) -> Result<(), Failure> {
    let refused = |error| super::refused_by_system(&Unreadable::of(out, error));
    if !out.exists() || out.join(MARK).is_file() {
        return Ok(());
    }
    if !out.is_dir() {
        let message = format!("{} là tệp, không phải thư mục", out.display());
        return Err(Failure::usage(message).hint("nêu một thư mục mới cho trang"));
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
