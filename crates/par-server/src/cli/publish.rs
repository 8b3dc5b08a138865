//! `parindex publish`: the whole site as files that open from a stick or any web server.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use par_core::language::Language;
use par_core::moment::Moment;
use par_core::publication::anonymous::SMALLEST;

use super::package::Terms;
use super::{Data, Failure, Outcome, output, report, source};
use crate::exchange::folder::Unreadable;
use crate::exchange::whole_folder;
use crate::messages;
use crate::ops::data_folder::{DataFolder, is_data_folder};
use crate::ops::memory::{self, Published};
use crate::ops::publications::watch::Watch;
use crate::ops::publish::Edition;
use crate::ops::release::{self, Material, NotReleased, Release, Released, Step, TooEarly};
use crate::ops::report::{Made, Wordings};
use crate::ops::{clock, publish};
use crate::web::site::{self, Failed, Making};

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
    #[arg(long, value_parser = super::source::parse_year)]
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
        let left = whole_folder::replace(out, &files).map_err(|error| super::unwritten(out, &error))?;
        if let Some(left) = left {
            output::complain(format!(
                "Trong lúc ghi có tệp được thêm vào trang cũ; các tệp đó còn ở {}",
                left.display()
            ));
        }
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
        if let Some(refused) = self.terms.unfit(&year) {
            return Err(Err(refused));
        }
        let edition = self.terms.edition();
        let at_ms = edition.at_ms();
        let wordings = Wordings::YearFolder(path.to_owned());
        let Some(beside) = report::beside(&year, edition.level, &wordings, at_ms).map_err(Err)? else {
            return Err(Ok(Outcome::Problems));
        };
        let package = publish::package(&year, &edition, &beside);
        let packages = vec![Published { year: year.year, version: 1, package }];
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
        super::runtime()?.block_on(super::updated(&folder, data))?;
        let amend = self.amend.as_deref();
        release_all(&folder, self.year, &self.terms.edition(), amend, self.terms.provisional)
    }

    fn site(&self, material: Material) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        output::progress("Dựng trang");
        let making = Making { base: self.base.clone() };
        let told = |made: usize| output::progress(format!("Đã dựng {made} tệp"));
        let publications = memory::publications(material.packages, &material.wordings);
        super::runtime()?.block_on(site::files(Arc::new(publications), &making, told)).map_err(failed)
    }
}

/// Publishes the years of a data folder, or one of them, says what became of each, and lays down what is
/// published; `None` when one of them could not be published.
pub(super) fn release_all(
    folder: &DataFolder,
    year: Option<u16>,
    edition: &Edition,
    amend: Option<&str>,
    provisional: bool,
) -> Result<Option<Material>, Failure> {
    let wordings = Wordings::DataFolder(folder.clone());
    let (now_ms, actor, report) = (clock::now().ms(), "parindex publish", Made::All);
    let release = Release { edition, amend, now_ms, actor, wordings: &wordings, report, provisional };
    let mut printed = Ok(());
    let mut told = |year: u16, step: Step<'_>| match step {
        Step::Begun => output::progress(format!("Công bố năm {year}")),
        Step::Slips(slips) => super::report(slips),
        Step::Ended(released) => {
            let said = tell(year, released, amend.is_some());
            printed = std::mem::replace(&mut printed, Ok(())).and(said);
        }
    };
    let released = super::runtime()?.block_on(async {
        let released = release::all(folder, year, &release, &mut told).await;
        // Where it cannot be laid down now, whoever serves it does, or keeps it in memory.
        let _ = Watch::of(folder.clone()).look().await;
        released
    });
    printed?;
    released.map_err(|refused| not_released(folder, refused))
}

/// Says what became of a year.
fn tell(year: u16, released: &Released, with_reason: bool) -> Result<(), Failure> {
    let amend = format!("parindex publish --year {year} --amend \"LÝ DO\"");
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
            if with_reason && version.version == 1 {
                output::complain(
                    "Đây là lần công bố đầu nên không có gì để đính chính; lý do đã nêu không được ghi.",
                );
            }
        }
        Released::Unchanged(version) => output::print(format!(
            "Năm {year} không có gì thay đổi so với {}.\nMã gói: {}\n",
            release::named(version),
            version.package_id
        ))?,
        Released::Reworded(version) => {
            output::print(format!(
                "Năm {year}: số liệu không thay đổi, nhưng câu chữ của báo cáo đã khác {}; bản đã công bố giữ câu chữ cũ.\nMã gói: {}\n",
                release::named(version),
                version.package_id
            ))?;
            output::complain(format!("  → để công bố câu chữ mới, nêu lý do: {amend}"));
        }
        Released::NeedsReason(version) => output::complain(format!(
            "Năm {year}: số liệu đã thay đổi sau {}; bản đã công bố giữ nguyên.\n  → nêu lý do để đính chính: {amend}",
            release::named(version)
        )),
        Released::Unworded(problems) => report(problems),
        Released::Unscored(units) => output::complain(super::package::not_scored(year, units)),
        Released::TooFewAnswers(few) => output::complain(super::package::few_answers(year, few)),
        Released::TooNear(units, version) => output::complain(format!(
            "Năm {year}: điều tra của {} khác phiên bản {version} đã công bố chỉ vài câu trả lời, nên so hai bản sẽ lộ ai đã trả lời gì; chưa công bố gì.\n  → gom các phiếu cần sửa tới khi mỗi đơn vị này khác ít nhất {SMALLEST} câu trả lời rồi công bố một lần; hoặc giữ số liệu điều tra đã công bố (inputs/survey-counts.csv, survey-returns.csv của gói) và chỉ sửa phần khác. Mức công bố thô hơn không che được chỗ khác này",
            units.join(", ")
        )),
        Released::TooCoarse(code) => output::complain(format!(
            "Năm {year}: ở mức này không công bố mục {code}, mà thứ hạng của các đơn vị bằng nhau tính theo mục này; chưa công bố gì.\n  → chọn mức sâu hơn bằng --level"
        )),
        Released::TooEarly(early) => output::complain(too_early(year, *early)),
    }
    Ok(())
}

/// What a publication would come before, and what to do.
fn too_early(year: u16, early: TooEarly) -> String {
    let moment = |ms: i64| Moment::from_ms(ms).said(Language::Vi);
    let (sentence, hint) = match early {
        TooEarly::Clock { now, written } => (
            format!(
                "đồng hồ của máy chỉ {}, trước lần ghi cuối vào dữ liệu ({})",
                moment(now),
                moment(written)
            ),
            "chỉnh lại đồng hồ của máy rồi chạy lại",
        ),
        TooEarly::Import { named, imported } => (
            format!("thời điểm công bố {} ở trước lúc nhập số liệu ({})", moment(named), moment(imported)),
            "nêu thời điểm khác sau --at, hoặc bỏ --at để lấy thời điểm bây giờ",
        ),
        TooEarly::Version { named, before } => (
            format!(
                "thời điểm công bố {} ở trước phiên bản được đính chính ({})",
                moment(named),
                moment(before)
            ),
            "nêu thời điểm khác sau --at, hoặc bỏ --at để lấy thời điểm bây giờ",
        ),
        TooEarly::Future { named, now } => (
            format!("thời điểm công bố {} chưa tới; bây giờ là {}", moment(named), moment(now)),
            "nêu thời điểm khác sau --at, hoặc bỏ --at để lấy thời điểm bây giờ",
        ),
    };
    format!("Năm {year}: {sentence}; chưa công bố gì.\n  → {hint}")
}

pub(super) fn not_released(folder: &DataFolder, refused: NotReleased) -> Failure {
    match refused {
        NotReleased::Store(error) => super::database(error),
        NotReleased::NoYear => Failure::usage(format!("{} không có năm để công bố", folder.shown()))
            .hint("nhập một năm bằng `parindex import THƯ-MỤC`"),
        NotReleased::ReasonForSeveral => {
            Failure::usage("--amend cần nêu một năm").hint("chọn năm bằng --year")
        }
        NotReleased::Overtaken(year) => Failure::problem(format!("năm {year} vừa được người khác ghi"))
            .hint("chưa công bố gì; kiểm tra số liệu rồi chạy lại"),
        NotReleased::Unmade(unmade) => report::unmade(unmade),
        NotReleased::Unreadable(year, problems) => {
            let shown: Vec<_> = problems.into_iter().map(|problem| (problem.file.clone(), problem)).collect();
            report(&shown);
            Failure::problem(format!("gói dữ liệu năm {year} sẽ không đọc lại được; chưa công bố gì"))
                .hint("sửa số liệu ở những chỗ đã nêu, chạy `parindex check`, rồi công bố lại")
        }
    }
}

/// Only a new or empty folder, or one that this command wrote and nobody touched, is written to.
fn may_write(out: &Path) -> Result<(), Failure> {
    let found = whole_folder::standing(out);
    let found = found.map_err(|error| super::refused_by_system(&Unreadable::of(out, error)))?;
    match messages::system::not_for_writing(out, &found) {
        None => Ok(()),
        Some((sentence, hint)) => Err(Failure::usage(sentence).hint(hint)),
    }
}

fn failed(failed: Failed) -> Failure {
    match failed {
        Failed::Dangling { on, to } => Failure::new(format!("trang {on} dẫn tới {to}, là địa chỉ không có"))
            .hint("đây là lỗi của chương trình; gửi câu này cho nơi phát triển"),
        Failed::NotMade(address) => Failure::new(format!("không dựng được trang {address}"))
            .hint("đây là lỗi của chương trình; gửi câu này cho nơi phát triển"),
    }
}
