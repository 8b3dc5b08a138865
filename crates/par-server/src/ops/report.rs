//! The documents of a year: wording from its folders, the value from the core, files from the renderer.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::iter;
use std::mem;
use std::path::{Path, PathBuf};

use par_core::framework::read::Files;
use par_core::language::Language;
use par_core::moment::Moment;
use par_core::problem::{Problem, ProblemKind};
use par_core::publication::level::Level;
use par_core::report::wording::fault::WordingFault;
use par_core::report::wording::{Wording, read};
use par_core::report::{Chart, Document, Part, Picture, compose, text};
use par_core::score::figure::Figure;
use par_core::score::results::Results;
use par_core::year::Year;
use par_render::docx::template::TemplateProblem;
use par_render::png::Png;
use par_render::{charts, docx, pdf, png, xlsx};

use super::data_folder::DataFolder;
use super::publish;
use crate::exchange::folder::{self, Folder, Unreadable, WORDING};
use crate::exchange::package::record;

/// Width of a chart in a Word document, in pixels: sharp on paper at the width of the text.
const CHART_WIDTH: u32 = 1400;

/// The wording of a year and what is wrong with it, each with the path to show.
#[derive(Debug, Default)]
pub struct Worded {
    /// What could be read.
    pub wording: Wording,
    /// The texts it was read from, by name: with them alone the same wording is read again.
    pub files: Files,
    /// Faults that keep a template from being used as it is meant.
    pub problems: Vec<(String, Problem)>,
    /// Facts it asks for that nothing knows: told, but no reason to refuse it.
    pub doubts: Vec<(String, Problem)>,
}

impl Worded {
    /// Doubts that are slips of the pen: something that is known looks like what was asked for.
    pub fn slips(&self) -> Vec<(String, Problem)> {
        let slip = |(_, problem): &&(String, Problem)| match &problem.kind {
            ProblemKind::Wording { fault: WordingFault::UnknownFact { near, .. }, .. } => !near.is_empty(),
            _ => false,
        };
        self.doubts.iter().filter(slip).cloned().collect()
    }
}

/// Where wording of an office's own stands, beside what is built in.
#[derive(Clone, Debug, Default)]
pub enum Wordings {
    /// Nowhere.
    #[default]
    BuiltIn,
    /// In a data folder: for all years, and for one year over that.
    DataFolder(DataFolder),
    /// In a plain year folder.
    YearFolder(PathBuf),
}

impl Wordings {
    /// The folders that may hold a year's wording, the later over the earlier.
    pub fn folders(&self, year: u16) -> Vec<PathBuf> {
        match self {
            Wordings::BuiltIn => Vec::new(),
            Wordings::DataFolder(data) => {
                let all = data.path.join(WORDING);
                vec![all.clone(), all.join(year.to_string())]
            }
            Wordings::YearFolder(folder) => vec![folder.join(WORDING)],
        }
    }
}

/// Reads the wording of a year: what is built in, under what the folders hold.
///
/// # Errors
/// When a folder that is there cannot be read.
pub fn worded(folders: &[PathBuf], year: &Year) -> Result<Worded, Unreadable> {
    let mut folder = folder::wording();
    for path in folders {
        folder::lay_over(&mut folder, path)?;
    }
    Ok(worded_by(folder, year))
}

/// The wording that texts hold, such as those of a published package.
pub fn worded_by(folder: Folder, year: &Year) -> Worded {
    let (built_in, _) = read::read(&folder::wording().files);
    let (wording, mut problems) = read::read(&folder.files);
    problems.extend(read::misfits(&wording, year));
    let doubts = read::unknown_facts(&wording, &built_in, year);
    let shown = |problems: Vec<Problem>| {
        problems.into_iter().map(|problem| (folder.shown(&problem), problem)).collect()
    };
    Worded { problems: shown(problems), doubts: shown(doubts), wording, files: folder.files }
}

/// The texts of the wording in a published package, or `None` when it was published without.
pub fn published_wording(files: &BTreeMap<String, Vec<u8>>) -> Option<Folder> {
    let mut folder = Folder::shown_at(Path::new(record::WORDING));
    let inside = |path: &str| path.strip_prefix(record::WORDING)?.strip_prefix('/').map(str::to_owned);
    folder.files.extend(files.iter().filter_map(|(path, bytes)| {
        // What is not UTF-8 is named by the core, with its place.
        Some((inside(path)?, String::from_utf8_lossy(bytes).into_owned()))
    }));
    (!folder.files.is_empty()).then_some(folder)
}

/// Whether a folder holds wording at all.
///
/// # Errors
/// When it cannot be read.
pub fn holds_wording(path: &Path) -> Result<bool, Unreadable> {
    let mut folder = Folder::shown_at(path);
    folder::lay_over(&mut folder, path)?;
    Ok(!folder.files.is_empty())
}

/// Which files of a report are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Its text, and the Word, PDF and Excel files.
    All,
    /// Its text only: the others are made when somebody asks for them.
    Text,
}

/// Why a file of a report could not be made.
#[derive(Debug)]
pub enum Unmade {
    /// Its wording cannot be read.
    Wording(Unreadable),
    /// Its wording asks for more than a document holds; carries the place.
    TooMuch(Box<Problem>),
    /// A fault of this program.
    Fault(Fault),
}

/// Why a report is no Word document.
#[derive(Debug)]
pub enum NoDocx {
    /// The office's template cannot be used.
    Template(Vec<TemplateProblem>),
    /// A fault of this program.
    Fault(Fault),
}

/// A file of a report that could not be made, which is a fault of this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The program for which the file is: Word, Excel; or PDF.
    pub file: &'static str,
    /// For those who develop the program: what its part said.
    pub detail: String,
}

impl Fault {
    fn of(file: &'static str, said: impl std::fmt::Debug) -> Fault {
        let fault = Fault { file, detail: format!("{said:?}") };
        tracing::error!(file, fault.detail, "a file of a report could not be made");
        fault
    }
}

/// The report as the files that go with a publication, by path. The same arguments give the same bytes.
///
/// # Errors
/// When a file cannot be made, which is a fault of this program.
pub fn files(
    results: &Results,
    worded: &Worded,
    created_ms: i64,
    made: Made,
) -> Result<BTreeMap<String, Vec<u8>>, Unmade> {
    let draft = report(results, &worded.wording);
    if let Some(problem) = draft.too_much {
        return Err(Unmade::TooMuch(Box::new(problem)));
    }
    let mut files = frozen(&draft, &worded.files);
    if made == Made::All {
        let docx = draft.plain_docx(created_ms).map_err(Unmade::Fault)?;
        let pdf = draft.pdf(created_ms).map_err(Unmade::Fault)?;
        let xlsx = draft.xlsx(created_ms).map_err(Unmade::Fault)?;
        let named = [("bao-cao.docx", docx), ("bao-cao.pdf", pdf), ("bang.xlsx", xlsx)];
        files.extend(named.map(|(name, bytes)| (format!("{FOLDER}/{name}"), bytes)));
    }
    Ok(files)
}

/// The report that goes with the package of a year, or what keeps it from being made.
#[derive(Debug)]
pub enum Beside {
    /// Its files by path, and slips of the pen in its wording.
    Made(BTreeMap<String, Vec<u8>>, Vec<(String, Problem)>),
    /// The problems of its wording, each with the path to show.
    Unworded(Vec<(String, Problem)>),
}

/// The report that goes with the package of a year published at that level and moment. Its wording has to fit
/// the whole year.
///
/// # Errors
/// When the wording cannot be read or a file cannot be made.
pub fn beside(
    year: &Year,
    level: Level,
    wordings: &Wordings,
    created_ms: i64,
    made: Made,
) -> Result<Beside, Unmade> {
    let worded = worded(&wordings.folders(year.year), year).map_err(Unmade::Wording)?;
    if !worded.problems.is_empty() {
        return Ok(Beside::Unworded(worded.problems));
    }
    let results = Results::of(publish::public(year, level));
    Ok(Beside::Made(files(&results, &worded, created_ms, made)?, worded.slips()))
}

/// What a publication freezes of its report so that anybody can compose it again, by path: the wording,
/// and the text that comes of it.
pub fn frozen(draft: &Draft, wording: &Files) -> BTreeMap<String, Vec<u8>> {
    let mut files = wording_files(wording);
    files.insert(record::REPORT_TEXT.to_owned(), text::write(&draft.document).into_bytes());
    files
}

/// A wording as files of a package, by path.
pub fn wording_files(wording: &Files) -> BTreeMap<String, Vec<u8>> {
    let path = |name: &str| format!("{}/{name}", record::WORDING);
    wording.iter().map(|(name, text)| (path(name), text.clone().into_bytes())).collect()
}

/// The folder of the report in a package.
pub const FOLDER: &str = "bao-cao";

/// A document ready to be written, with its charts drawn.
pub struct Draft {
    /// The document, without charts that the year has nothing to draw for.
    pub document: Document,
    /// Names the templates ask for and the year does not have.
    pub problems: Vec<Problem>,
    /// The place at which its wording asks for more than a document holds; the rest is missing then.
    pub too_much: Option<Problem>,
    title: String,
    charts: Charts,
    link: Option<Box<Link>>,
}

/// Gives the address at which a figure opens into what it is made of.
type Link = dyn Fn(&Figure) -> String + Send + Sync;

/// The official report.
pub fn report(results: &Results, wording: &Wording) -> Draft {
    let title = results.year.title.clone();
    draft(results, compose::report(results, wording), title)
}

/// The profile of a unit.
pub fn unit(results: &Results, wording: &Wording, unit: usize) -> Draft {
    let title = format!("{} – năm {}", results.year.units[unit].name, results.year.year);
    draft(results, compose::unit(results, wording, unit), title)
}

fn draft(results: &Results, composed: compose::Composed, title: String) -> Draft {
    let compose::Composed { mut document, problems, too_much } = composed;
    let mut charts = Charts::new();
    let appended = document.appendices.iter_mut().map(|appendix| &mut appendix.parts);
    for parts in iter::once(&mut document.body).chain(appended) {
        *parts = mem::take(parts).into_iter().flat_map(|part| drawn(results, part, &mut charts)).collect();
    }
    Draft { document, problems, too_much, title, charts, link: None }
}

/// Drawings by chart and part.
type Charts = HashMap<(Chart, usize), String>;

/// A part of a document with its chart drawn: in several where one would not be legible, and none where
/// the year has nothing to draw.
fn drawn(results: &Results, part: Part, charts: &mut Charts) -> Vec<Part> {
    let Part::Picture(picture) = part else { return vec![part] };
    let id = format!("bieu-do-{}", charts.len() + 1);
    let pieces =
        charts::parts::pieces(results, picture.chart, charts::On { id: &id, language: Language::Vi });
    let all = pieces.len();
    let mut pictures = Vec::with_capacity(all);
    for (at, piece) in pieces.into_iter().enumerate() {
        let shown = match &piece.units {
            Some((first, last)) => picture.piece((at, all), (first, last)),
            None => picture.clone(),
        };
        pictures.push(Part::Picture(shown));
        charts.entry((picture.chart, at)).or_insert(piece.svg);
    }
    pictures
}

impl Draft {
    /// The same, each figure of which leads to its derivation on the site published at `base`.
    pub fn linked(self, results: &Results, base: &str) -> Draft {
        let year = results.year.clone();
        let before = format!("{}/ket-qua/{}/dan-giai", base.trim_end_matches('/'), year.year);
        // As files of the site are named: colons are no part of file names on sticks.
        let address = move |figure: &Figure| format!("{before}/{}", figure.path(&year).replace(':', "--"));
        Draft { link: Some(Box::new(address)), ..self }
    }

    fn link(&self) -> Option<&dyn Fn(&Figure) -> String> {
        self.link.as_ref().map(|link| &**link as &dyn Fn(&Figure) -> String)
    }

    /// The chart of a picture as SVG.
    pub fn chart(&self, picture: &Picture) -> &str {
        self.charts.get(&(picture.chart, picture.part)).map_or("", String::as_str)
    }

    /// As a Word document made at that moment (milliseconds UTC), in the office's own template when one is given.
    ///
    /// # Errors
    /// Everything the template is refused for, or a chart that cannot be drawn.
    pub fn docx(&self, created_ms: i64, template: Option<&[u8]>) -> Result<Vec<u8>, NoDocx> {
        let undrawn = RefCell::new(None);
        let draw = |picture: &Picture| -> Option<Png> {
            let drawn = png::draw(self.charts.get(&(picture.chart, picture.part))?, CHART_WIDTH);
            drawn.map_err(|fault| undrawn.borrow_mut().get_or_insert((picture.chart, fault)).clone()).ok()
        };
        let created = Moment::from_ms(created_ms).utc_text();
        let author = self.author();
        let options = docx::Options {
            title: &self.title,
            author,
            created: &created,
            draw: &draw,
            link: self.link(),
            template,
        };
        let docx = docx::write(&self.document, &options).map_err(NoDocx::Template)?;
        match undrawn.into_inner() {
            Some(undrawn) => Err(NoDocx::Fault(Fault::of("Word", undrawn))),
            None => Ok(docx),
        }
    }

    /// As a Word document in the program's own form.
    ///
    /// # Errors
    /// A chart that cannot be drawn.
    pub fn plain_docx(&self, created_ms: i64) -> Result<Vec<u8>, Fault> {
        self.docx(created_ms, None).map_err(|refused| match refused {
            NoDocx::Fault(fault) => fault,
            NoDocx::Template(problems) => Fault::of("Word", problems),
        })
    }

    /// As a tagged PDF.
    ///
    /// # Errors
    /// When the typesetter refuses the document, which is a fault of this program.
    pub fn pdf(&self, created_ms: i64) -> Result<Vec<u8>, Fault> {
        let imprint = pdf::Imprint {
            title: &self.title,
            pictures: &self.charts,
            link: self.link(),
            created: u64::try_from(created_ms / 1000).unwrap_or_default(),
        };
        let pdf = pdf::write(&self.document, imprint).map_err(|said| Fault::of("PDF", said))?;
        Ok(pdf.bytes)
    }

    /// Its tables as a workbook.
    ///
    /// # Errors
    /// When the workbook cannot be put together, which is a fault of this program.
    pub fn xlsx(&self, created_ms: i64) -> Result<Vec<u8>, Fault> {
        let created = Moment::from_ms(created_ms).utc_text();
        let options = xlsx::Options { title: &self.title, author: self.author(), created: &created };
        xlsx::write(&self.document, &options).map_err(|said| Fault::of("Excel", said))
    }

    fn author(&self) -> &str {
        self.document.head.as_ref().map_or("", |head| head.issuer.as_str())
    }
}
