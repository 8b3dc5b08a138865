//! `parindex package`: a year as the package in which it is published, as a folder or one archive.

use std::path::PathBuf;

use clap::Args;
use par_core::moment::Moment;
use par_core::publication::anonymous::SMALLEST;
use par_core::publication::level::Level;
use par_core::year::Year;

use super::{Data, Failure, Outcome, output, report, source};
use crate::exchange::package::describe::{LICENCES, Licence};
use crate::exchange::package::{Package, archive, disk, manifest};
use crate::exchange::{whole, whole_folder};
use crate::messages;
use crate::ops::data_folder::{DataFolder, is_data_folder};
use crate::ops::publish::{self, Edition};
use crate::ops::{clock, release};

const EXAMPLES: &str = "Ví dụ:
  parindex package goi-2020.zip --from demo/lai-chau-2020
  parindex package goi-2020 --year 2020 --data /srv/parindex
  parindex verify goi-2020.zip";

/// Ghi gói dữ liệu của một năm: đầu vào, kết quả, mô tả và chương trình kiểm tra độc lập
///
/// Năm đã công bố trong thư mục dữ liệu thì ghi đúng gói của phiên bản mới nhất đã công bố.
/// Gói có số liệu đầu vào, mọi kết quả với giá trị chính xác, mã băm của từng tệp, mô tả theo
/// Frictionless Data Package và DCAT. Phiếu điều tra trong gói không dẫn tới người trả lời.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct WritePackage {
    /// Nơi ghi: tên kết thúc bằng .zip là một tệp nén, nếu không là một thư mục mới
    out: PathBuf,
    /// Thư mục tệp của năm hoặc thư mục dữ liệu; mặc định là --data
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// Năm, khi thư mục dữ liệu có nhiều năm
    #[arg(long, value_parser = super::source::parse_year)]
    year: Option<u16>,
    #[command(flatten)]
    terms: Terms,
}

/// What is said of a publication besides its figures.
#[derive(Args)]
pub struct Terms {
    /// Thời điểm công bố, như 2021-04-15T08:00:00+07:00; mặc định là bây giờ
    #[arg(long, value_name = "MOMENT", value_parser = parse_moment)]
    at: Option<String>,
    /// Giấy phép của dữ liệu: CC-BY-4.0, CC0-1.0, ODC-BY-1.0 hoặc ODbL-1.0
    #[arg(long, default_value = "CC-BY-4.0", value_parser = parse_licence)]
    licence: Licence,
    /// Mức công bố: tong, linh-vuc, tieu-chi hoặc thanh-phan
    ///
    /// Ở mức cao hơn tiêu chí thành phần, gói chỉ có điểm và điểm tối đa của từng mục tới mức đó; mọi kết quả vẫn tính lại được từ mức đó trở lên.
    #[arg(long, value_name = "MỨC", default_value = "thanh-phan", value_parser = parse_level)]
    level: Level,
    /// Cả khi còn đơn vị chưa chấm xong; bảng xếp hạng khi đó là tạm thời
    #[arg(long)]
    pub(super) provisional: bool,
}

impl Terms {
    /// Why a year cannot be published under these terms, if it cannot.
    pub fn unfit(&self, year: &Year) -> Option<Failure> {
        let unscored = publish::unscored(year);
        if !unscored.is_empty() && !self.provisional {
            return Some(Failure::problem(not_scored(year.year, &unscored)));
        }
        if let Some(few) = publish::too_few_answers(year, self.level) {
            return Some(Failure::problem(few_answers(year.year, &few)));
        }
        let code = self.level.hides_breaker(year)?;
        Some(unfit(self.level, code))
    }

    /// A first edition under these terms.
    pub fn edition(&self) -> Edition {
        let published_at = self.at.clone().unwrap_or_else(|| clock::now().to_string());
        let (licence, level) = (self.licence, self.level);
        Edition { published_at, licence, level, journal: None, amendments: Vec::new() }
    }
}

/// Units that still wait for scores, and what to do.
pub(super) fn not_scored(year: u16, units: &[(String, usize)]) -> String {
    let named: Vec<String> =
        units.iter().map(|(code, leaves)| format!("{code} ({leaves} tiêu chí)")).collect();
    format!(
        "Năm {year}: còn {} đơn vị chưa chấm xong: {}; chưa công bố gì.\n  → chấm nốt, hoặc công bố bảng tạm thời bằng --provisional",
        units.len(),
        named.join(", ")
    )
}

/// Questions that so few answered that their counts would show who said what, and what to do.
pub(super) fn few_answers(year: u16, few: &[(String, String)]) -> String {
    let named: Vec<String> =
        few.iter().take(10).map(|(unit, question)| format!("{unit} {question}")).collect();
    let more = few.len().saturating_sub(named.len());
    let more = if more > 0 { format!(" và {more} chỗ khác") } else { String::new() };
    format!(
        "Năm {year}: có dưới {SMALLEST} câu trả lời về {}{more}, nên số đếm sẽ lộ ai đã trả lời gì; chưa ghi gì.\n  → công bố ở mức khác: --level tieu-chi hoặc --level linh-vuc",
        named.join(", ")
    )
}

/// Places of equal units hang on a figure that is not public at a level.
pub(super) fn unfit(level: Level, code: &str) -> Failure {
    Failure::problem(format!(
        "ở mức {} không công bố mục {code}, mà thứ hạng của các đơn vị bằng nhau tính theo mục này",
        level.name()
    ))
    .hint("chọn mức sâu hơn bằng --level")
}

fn parse_moment(text: &str) -> Result<String, &'static str> {
    // Neither this index nor a workbook knows years before.
    if Moment::read_exact(text).is_some() && ("2000".."2101").contains(&&text[..4]) {
        Ok(text.to_owned())
    } else {
        Err("thời điểm có dạng 2021-04-15T08:00:00+07:00, theo giờ Việt Nam, từ năm 2000 đến năm 2100")
    }
}

fn parse_level(text: &str) -> Result<Level, String> {
    Level::named(text)
        .ok_or_else(|| format!("mức công bố phải là một trong: {}", Level::ALL.map(Level::name).join(", ")))
}

fn parse_licence(text: &str) -> Result<Licence, String> {
    Licence::named(text)
        .ok_or_else(|| format!("giấy phép phải là một trong: {}", LICENCES.map(|one| one.name).join(", ")))
}

impl WritePackage {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        if self.out.exists() {
            let message = format!("{} đã có", self.out.display());
            return Err(
                Failure::usage(message).hint("gói đã ghi không bị ghi đè; nêu tên khác hoặc dời tệp cũ đi")
            );
        }
        let year = match source::year(self.from.as_deref(), self.year, data) {
            Ok(year) => year,
            Err(ended) => return ended,
        };
        output::progress(format!("Tính và đóng gói năm {}", year.year));
        let package = match self.published(data, year.year)? {
            Some(package) => package,
            None => {
                if let Some(refused) = self.terms.unfit(&year) {
                    return Err(refused);
                }
                let edition = self.terms.edition();
                let wordings = report::wordings(self.from.as_deref(), data);
                match report::beside(&year, edition.level, &wordings, edition.at_ms())? {
                    Some(beside) => publish::package(&year, &edition, &beside),
                    None => return Ok(Outcome::Problems),
                }
            }
        };
        let zipped = self.out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
        let written = if zipped {
            whole::write(&self.out, &archive::write(&package))
        } else {
            whole_folder::write(&self.out, &package.files)
        };
        written.map_err(|error| super::unwritten(&self.out, &error))?;
        output::print(format!(
            "Đã ghi gói năm {}: {}, {} tệp, {} KB.\nMã gói: {}\n",
            year.year,
            self.out.display(),
            package.files.len(),
            package.bytes().div_ceil(1024),
            package.id()
        ))?;
        Ok(Outcome::Sound)
    }
}

impl WritePackage {
    /// The last version published of a year in a data folder: that one is the year's package, as it is.
    fn published(&self, data: &Data, year: u16) -> Result<Option<Package>, Failure> {
        let folder = match &self.from {
            Some(path) if !is_data_folder(path) => return Ok(None),
            Some(path) => DataFolder { path: path.clone(), database: None },
            None => data.folder(),
        };
        let last = super::runtime()?.block_on(release::last(&folder, year)).map_err(super::database)?;
        let Some((version, package)) = last else { return Ok(None) };
        let faults = manifest::check_kept(&package, &version.package_id);
        if faults.is_empty() {
            return Ok(Some(package));
        }
        for fault in &faults {
            let (place, sentence) = messages::package::fault(fault);
            output::complain(format!("{place}: {sentence}"));
        }
        Err(Failure::problem(format!("gói đã công bố năm {year}, phiên bản {} bị hỏng", version.version))
            .hint("khôi phục cơ sở dữ liệu từ bản sao lưu; chưa ghi gì"))
    }
}

/// What is said when a package cannot be read.
pub(super) fn no_package(path: &std::path::Path, refused: disk::NoPackage) -> Result<Outcome, Failure> {
    match refused {
        disk::NoPackage::Foreign(foreign) => {
            let (sentence, hint) = messages::package::foreign(&foreign);
            Err(Failure::problem(format!("{} {sentence}", path.display())).hint(hint))
        }
        disk::NoPackage::Unreadable(unreadable) => Err(super::refused_by_system(&unreadable)
            .hint("nêu thư mục của gói hoặc tệp .zip do `parindex package` hay `parindex publish` ghi")),
        disk::NoPackage::Obstacles(obstacles) => {
            for one in obstacles {
                let name = if one.file.is_empty() { path.display().to_string() } else { one.file.clone() };
                output::complain(format!("{name}: {}", messages::package::obstacle(&one.kind)));
            }
            Ok(Outcome::Problems)
        }
    }
}
