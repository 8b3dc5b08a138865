//! `parindex report`: the official report and the profiles of units as files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use par_core::language::Language;
use par_core::problem::Problem;
use par_core::publication::level::Level;
use par_core::report::text;
use par_core::report::wording::{Wording, read};
use par_core::score::results::Results;
use par_core::text::slug;
use par_core::words;
use par_core::year::Year;

use super::publish::parse_base;
use super::{Data, Failure, Outcome, output, source};
use crate::exchange::folder::Unreadable;
use crate::exchange::{input, whole};
use crate::messages;
use crate::ops::clock;
use crate::ops::data_folder::{DataFolder, is_data_folder};
use crate::ops::report::{self, Beside, Draft, Fault, Made, NoDocx, Unmade, Worded, Wordings};

/// Bytes of a template at most: what it may unpack to.
const LARGEST_TEMPLATE: u64 = 64 << 20;

const EXAMPLES: &str = "Ví dụ:
  parindex report 2020 --docx bao-cao.docx --pdf bao-cao.pdf --xlsx bang.xlsx
  parindex report demo/lai-chau-2020 --text -            đọc thử ngay trên màn hình
  parindex report 2020 --wording cau-chu --docx b.docx   câu chữ của cơ quan (xem parindex wording)
  parindex report 2020 --template mau.docx --docx b.docx mẫu văn bản của cơ quan
  parindex report 2020 --pdf b.pdf --base https://cchc.laichau.gov.vn   số liệu dẫn tới diễn giải trên trang
  parindex report 2020 --unit SNV --pdf so-noi-vu.pdf    hồ sơ kết quả của một đơn vị
  parindex report 2020 --units ho-so                     hồ sơ của mọi đơn vị, mỗi đơn vị một PDF và một DOCX";

/// Viết báo cáo kết quả của một năm (DOCX, PDF, XLSX), hoặc hồ sơ kết quả của từng đơn vị
///
/// Câu chữ lấy từ các tệp mẫu: mặc định của chương trình, đè bằng thư mục wording trong thư mục của năm
/// hoặc trong thư mục dữ liệu (wording/ cho mọi năm, wording/NĂM/ cho một năm), rồi đè bằng --wording.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Report {
    /// Năm của thư mục dữ liệu, hoặc thư mục tệp của năm; mặc định là năm duy nhất trong --data
    #[arg(value_name = "YEAR")]
    named: Option<String>,
    /// Năm, khi thư mục dữ liệu có nhiều năm
    #[arg(long, value_parser = super::source::parse_year)]
    year: Option<u16>,
    /// Tệp Word
    #[arg(long, value_name = "FILE")]
    docx: Option<PathBuf>,
    /// Tệp PDF
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Tệp Excel có mọi bảng
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Tệp văn bản thuần; dấu - là in ra màn hình
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// Hồ sơ của một đơn vị (tên hoặc mã) thay cho báo cáo
    #[arg(long, value_name = "UNIT", conflicts_with = "units")]
    unit: Option<String>,
    /// Hồ sơ của mọi đơn vị vào thư mục này
    #[arg(long, value_name = "DIR", conflicts_with_all = ["docx", "pdf", "xlsx", "text"])]
    units: Option<PathBuf>,
    /// Thư mục câu chữ đè lên câu chữ đang dùng
    #[arg(long, value_name = "DIR")]
    wording: Option<PathBuf>,
    /// Địa chỉ trang đã công bố: bấm vào số liệu trong tệp Word và PDF là tới phần diễn giải của nó
    #[arg(long, value_name = "URL", value_parser = parse_base)]
    base: Option<String>,
    /// Mẫu văn bản Word của cơ quan, có {{NOI_DUNG}} ở chỗ đặt nội dung
    #[arg(long, value_name = "FILE", requires = "docx")]
    template: Option<PathBuf>,
}

impl Report {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        if self.units.is_none()
            && [&self.docx, &self.pdf, &self.xlsx, &self.text].iter().all(|file| file.is_none())
        {
            return Err(Failure::usage("chưa nêu tệp nào để viết").hint(
                "nêu ít nhất một trong --docx, --pdf, --xlsx, --text, hoặc --units THƯ-MỤC cho hồ sơ các đơn vị",
            ));
        }
        self.endings()?;
        self.apart()?;
        let year = match source::year_or_path(self.named.as_deref(), self.year, data) {
            Ok(year) => year,
            Err(ended) => return ended,
        };
        let results = Results::of(year);
        let mut folders = wordings(self.named.as_deref().map(Path::new), data).folders(results.year.year);
        if let Some(folder) = &self.wording {
            holds_wording(folder)?;
            folders.push(folder.clone());
        }
        let Some(worded) = worded(&folders, &results)? else { return Ok(Outcome::Problems) };
        let (wording, base) = (&worded.wording, self.base.as_deref());
        let mut blanks = match (&self.units, &self.unit) {
            (Some(folder), _) => units(&results, wording, folder, base)?,
            (None, Some(unit)) => {
                let unit = profiled(&results, unit)?;
                self.write(linked(report::unit(&results, wording, unit), &results, base))?
            }
            (None, None) => self.write(linked(report::report(&results, wording), &results, base))?,
        };
        blanks.extend(worded.slips());
        // What is left blank is told, but the files are written: a blank is there to be filled by hand.
        super::report(&blanks);
        Ok(if blanks.is_empty() { Outcome::Sound } else { Outcome::Problems })
    }

    /// A file's ending says what is in it: nobody opens a PDF that is called .docx.
    fn endings(&self) -> Result<(), Failure> {
        let files = [(&self.docx, "docx", "docx"), (&self.pdf, "pdf", "pdf"), (&self.xlsx, "xlsx", "xlsx")];
        let screen = |path: &PathBuf| path == Path::new("-");
        let text = self.text.as_ref().filter(|path| !screen(path));
        let named =
            files.into_iter().filter_map(|(path, option, ending)| Some((path.as_ref()?, option, ending)));
        let wrong: Vec<(&PathBuf, &str, &str)> = named
            .chain(text.map(|path| (path, "text", "txt")))
            .filter(|(path, _, ending)| {
                path.extension().is_none_or(|found| !found.eq_ignore_ascii_case(ending))
            })
            .collect();
        let Some((path, option, ending)) = wrong.first() else { return Ok(()) };
        let said = |(path, option, ending): &(&PathBuf, &str, &str)| {
            format!("tệp của --{option} phải có đuôi .{ending}, không phải {}", path.display())
        };
        let right = if screen(path) { Path::new("bao-cao") } else { path }.with_extension(ending);
        Err(Failure::usage(wrong.iter().map(said).collect::<Vec<_>>().join("; "))
            .hint(format!("ví dụ --{option} {}", right.display())))
    }

    /// No file is written over another of this command.
    fn apart(&self) -> Result<(), Failure> {
        let files: Vec<&PathBuf> =
            [&self.docx, &self.pdf, &self.xlsx, &self.text, &self.template].into_iter().flatten().collect();
        let places: Vec<PathBuf> = files.iter().map(|file| place(file)).collect();
        let twice = files.iter().enumerate().find(|(at, _)| places[..*at].contains(&places[*at]));
        match twice {
            Some((_, file)) => Err(Failure::usage(format!("{} được nêu hai lần", file.display()))
                .hint("mỗi văn bản ghi vào một tệp riêng, khác tệp mẫu")),
            None => Ok(()),
        }
    }

    fn no_docx(&self, path: &Path, refused: NoDocx) -> Failure {
        let problems = match refused {
            NoDocx::Fault(found) => return fault(found),
            NoDocx::Template(problems) => problems,
        };
        let template = self.template.as_deref().unwrap_or(path).display().to_string();
        for problem in &problems {
            output::complain(format!("{template}: {}.", messages::template::problem(problem)));
        }
        Failure::problem(format!("không dùng được mẫu văn bản {template}"))
            .hint("sửa mẫu trong Word; đặt {{NOI_DUNG}} trong một đoạn riêng ở chỗ cần nội dung")
    }

    fn write(&self, draft: Draft) -> Result<Blanks, Failure> {
        if let Some(problem) = draft.too_much {
            return Err(too_much(problem));
        }
        let created = clock::now().ms();
        // All files are made before the first is written.
        let mut files: Vec<(&Path, Vec<u8>)> = Vec::new();
        if let Some(path) = &self.docx {
            let template = match &self.template {
                Some(path) => Some(input::read(path, LARGEST_TEMPLATE).map_err(|unread| {
                    super::refused_by_system(&Unreadable::of(path, unread.into_io()))
                        .hint("nêu một tệp .docx hoặc .dotx")
                })?),
                None => None,
            };
            let bytes = draft.docx(created, template.as_deref());
            files.push((path, bytes.map_err(|refused| self.no_docx(path, refused))?));
        }
        if let Some(path) = &self.pdf {
            files.push((path, draft.pdf(created).map_err(fault)?));
        }
        if let Some(path) = &self.xlsx {
            files.push((path, draft.xlsx(created).map_err(fault)?));
        }
        match &self.text {
            Some(path) if path == Path::new("-") => output::print(text::write(&draft.document))?,
            Some(path) => files.push((path, text::write(&draft.document).into_bytes())),
            None => {}
        }
        for (path, bytes) in files {
            whole::write(path, &bytes).map_err(|error| super::unwritten(path, &error))?;
            output::print(format!("Đã viết {}.\n", path.display()))?;
        }
        Ok(draft.problems.into_iter().map(|problem| (problem.file.clone(), problem)).collect())
    }
}

/// The unit whose profile is asked for; there is none of a unit that is not evaluated.
fn profiled(results: &Results, name: &str) -> Result<usize, Failure> {
    let unit = named(results, name).ok_or_else(|| {
        Failure::usage(format!("năm {} không có đơn vị {name}", results.year.year))
            .hint("nêu tên hoặc mã đơn vị như trong units.csv")
    })?;
    if results.year.is_evaluated(unit) {
        return Ok(unit);
    }
    let known = &results.year.units[unit];
    let why = words::status_of(known, Language::Vi);
    Err(Failure::problem(format!("{}: {why}; không có hồ sơ kết quả", known.name)))
}

/// The unit of that code, address or name.
fn named(results: &Results, unit: &str) -> Option<usize> {
    let same = |name: &str| slug(name) == slug(unit);
    results.year.find_unit(unit).or_else(|| results.year.units.iter().position(|known| same(&known.name)))
}

/// Names without a value, with the file that asks for them.
type Blanks = Vec<(String, Problem)>;

/// Where the wording of a command's year may stand: `path` is a year folder, a data folder, or none.
pub(super) fn wordings(path: Option<&Path>, data: &Data) -> Wordings {
    match path {
        Some(path) if is_data_folder(path) => {
            Wordings::DataFolder(DataFolder { path: path.to_owned(), database: None })
        }
        Some(path) if path.is_dir() => Wordings::YearFolder(path.to_owned()),
        _ => Wordings::DataFolder(data.folder()),
    }
}

/// A folder that is named for its wording has to hold some.
pub(super) fn holds_wording(folder: &Path) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Err(Failure::usage(format!("{} không phải thư mục câu chữ", folder.display()))
            .hint("tạo bằng `parindex wording export THƯ-MỤC`"));
    }
    if report::holds_wording(folder).map_err(|error| unread_wording(&error))? {
        return Ok(());
    }
    let wanted = read::FILES.join(", ");
    Err(Failure::problem(format!("{}: không có tệp câu chữ nào (đã tìm {wanted})", folder.display()))
        .hint("tạo bằng `parindex wording export THƯ-MỤC`, rồi sửa các tệp trong đó"))
}

/// A file of a wording that cannot be read.
pub(super) fn unread_wording(unreadable: &Unreadable) -> Failure {
    super::refused_by_system(unreadable).hint("sửa tệp này, hoặc dời nó khỏi thư mục câu chữ")
}

/// The wording of a year; the problems that keep it from being used are printed, and `None` is left.
pub(super) fn worded(folders: &[PathBuf], results: &Results) -> Result<Option<Worded>, Failure> {
    let worded = report::worded(folders, &results.year).map_err(|error| unread_wording(&error))?;
    if worded.problems.is_empty() {
        return Ok(Some(worded));
    }
    super::report(&worded.problems);
    Ok(None)
}

/// The report that goes with a publication made at that moment; `None` when its wording has problems.
pub(super) fn beside(
    year: &Year,
    level: Level,
    wordings: &Wordings,
    created_ms: i64,
) -> Result<Option<BTreeMap<String, Vec<u8>>>, Failure> {
    let beside = report::beside(year, level, wordings, created_ms, Made::All).map_err(unmade)?;
    match beside {
        Beside::Made(files, slips) => {
            super::report(&slips);
            Ok(Some(files))
        }
        Beside::Unworded(problems) => {
            super::report(&problems);
            Ok(None)
        }
    }
}

/// A wording whose lists multiply beyond any document.
fn too_much(problem: Problem) -> Failure {
    super::report(&[(problem.file.clone(), problem)]);
    Failure::problem("câu chữ đòi một văn bản dài quá mức; chưa viết gì")
        .hint("sửa tệp câu chữ ở dòng đã nêu, rồi chạy lại")
}

/// What is said of a report that could not be made.
pub(super) fn unmade(unmade: Unmade) -> Failure {
    match unmade {
        Unmade::Wording(unreadable) => unread_wording(&unreadable),
        Unmade::TooMuch(problem) => too_much(*problem),
        Unmade::Fault(found) => fault(found),
    }
}

fn fault(fault: Fault) -> Failure {
    let (sentence, hint) = messages::document::unmade(fault.file);
    Failure::new(sentence).hint(hint)
}

/// With figures that lead to the site at `base`, if there is one.
fn linked(draft: Draft, results: &Results, base: Option<&str>) -> Draft {
    match base {
        Some(base) => draft.linked(results, base),
        None => draft,
    }
}

fn units(results: &Results, wording: &Wording, folder: &Path, base: Option<&str>) -> Result<Blanks, Failure> {
    fs::create_dir_all(folder).map_err(|error| super::unwritten(folder, &error))?;
    let evaluated: Vec<usize> =
        (0..results.year.units.len()).filter(|unit| results.year.is_evaluated(*unit)).collect();
    let (created, all) = (clock::now().ms(), evaluated.len());
    let mut blanks = Blanks::new();
    for (unit, number) in evaluated.into_iter().zip(1..) {
        let known = &results.year.units[unit];
        output::progress(format!("{number}/{all} {}", known.name));
        let draft = linked(report::unit(results, wording, unit), results, base);
        let path = |ending: &str| folder.join(format!("{}.{ending}", slug(&known.name)));
        let docx = draft.plain_docx(created).map_err(fault)?;
        let pdf = draft.pdf(created).map_err(fault)?;
        for (path, bytes) in [(path("docx"), docx), (path("pdf"), pdf)] {
            whole::write(&path, &bytes).map_err(|error| super::unwritten(&path, &error))?;
        }
        blanks.extend(draft.problems.into_iter().map(|problem| (problem.file.clone(), problem)));
    }
    blanks.dedup();
    output::print(format!("Đã viết hồ sơ của {all} đơn vị vào {}.\n", folder.display()))?;
    Ok(blanks)
}

/// Where a path leads, however it is written.
fn place(path: &Path) -> PathBuf {
    let made = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    made.unwrap_or_else(|_| path.to_owned())
}
