//! `parindex lint`: checks the numbers and names of a text against a year.

use std::fmt::Write;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use par_core::lint::document::Document;
use par_core::lint::{self, Report};
use par_core::report::compose;
use par_core::score::results::Results;

use super::{Data, Failure, Outcome, output, source};
use crate::exchange::document::{self, DocumentProblem};
use crate::messages;

const EXAMPLES: &str = "\
Ví dụ:
  parindex lint bao-cao-2020.docx --against 2020
  parindex lint bao-cao-2020.txt --against demo/lai-chau-2020
  parindex lint bao-cao-2020.docx --against 2020 --all

Số không hiểu được là nói về gì thì không coi là sai; thêm --all để xem các số chưa đối chiếu.
Mã kết thúc: 0 không thấy sai lệch trong những gì đã đối chiếu · 1 có sai lệch, không có số nào đối chiếu
được, hoặc tệp hay số liệu có lỗi · 2 sai cú pháp lệnh,
hoặc nêu tên không có · 3 máy không thực hiện được.";

/// Đối chiếu từng con số, tên đơn vị trong một văn bản (DOCX, TXT) với số liệu của một năm
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Lint {
    /// Văn bản cần đối chiếu: .docx, hoặc .txt mã UTF-8
    file: PathBuf,
    /// Năm trong thư mục dữ liệu (2020), hoặc thư mục tệp của một năm (demo/lai-chau-2020)
    #[arg(long, value_name = "YEAR")]
    against: String,
    /// Nêu cả những số chưa đối chiếu được
    #[arg(long)]
    all: bool,
}

impl Lint {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        let document = document::read(&self.file).map_err(|problem| self.refused(&problem))?;
        let year = match self.against.parse::<u16>() {
            Ok(year) => source::year(None, Some(year), data),
            Err(_) => source::year(Some(&PathBuf::from(&self.against)), None, data),
        };
        let results = match year {
            Ok(year) => Results::of(year),
            Err(ended) => return ended,
        };
        let Some(report) = self.checked(&document, &results, data)? else { return Ok(Outcome::Problems) };
        output::print(self.page(&results, &report, document.hidden))?;
        // Where nothing could be compared nothing is sound either.
        let sound = report.findings.is_empty() && report.compared > 0;
        Ok(if sound { Outcome::Sound } else { Outcome::Problems })
    }

    /// Checks the text beside the report that `parindex report` would write of the year.
    fn checked(&self, text: &Document, results: &Results, data: &Data) -> Result<Option<Report>, Failure> {
        let path = self.against.parse::<u16>().is_err().then(|| Path::new(&self.against));
        let folders = super::report::wordings(path, data).folders(results.year.year);
        let Some(worded) = super::report::worded(&folders, results)? else { return Ok(None) };
        let composed = compose::report(results, &worded.wording);
        Ok(Some(lint::lint_beside(text, results, &composed.document)))
    }

    fn refused(&self, problem: &DocumentProblem) -> Failure {
        let (message, hint) = messages::document::sentences(problem);
        let message = format!("{}: {message}", self.file.display());
        let failure = match problem {
            DocumentProblem::Unreadable(ErrorKind::NotFound, _)
            | DocumentProblem::Folder
            | DocumentProblem::NotAFile => Failure::usage(message),
            DocumentProblem::Unreadable(..) => Failure::new(message),
            _ => Failure::problem(message),
        };
        failure.hint(hint)
    }

    fn page(&self, results: &Results, report: &Report, hidden: usize) -> String {
        let mut text = String::new();
        for finding in &report.findings {
            let (said, data) = messages::lint::finding(results, &finding.kind);
            let _ = writeln!(text, "{}", messages::lint::place(&finding.place));
            if !finding.place.sentence.is_empty() {
                let _ = writeln!(text, "  «{}»", finding.place.sentence);
            }
            let _ = writeln!(text, "  văn bản: {said}\n  số liệu: {data}\n");
        }
        if self.all && !report.unchecked.is_empty() {
            let _ = writeln!(text, "Chưa đối chiếu được:");
            for unchecked in &report.unchecked {
                let place = messages::lint::place(&unchecked.place);
                let _ = writeln!(text, "  {} – {place}: «{}»", unchecked.said, unchecked.place.sentence);
            }
            text.push('\n');
        }
        let found = match report.findings.len() {
            0 if report.compared == 0 => "Không có số nào đối chiếu được nên không kết luận".to_owned(),
            0 => "Không thấy sai lệch trong các số đã đối chiếu".to_owned(),
            found => format!("{found} sai lệch"),
        };
        let _ = writeln!(
            text,
            "{found}; đã đối chiếu {} số với năm {}, {} số chưa đối chiếu được{}.",
            report.compared,
            results.year.year,
            report.unchecked.len(),
            if self.all || report.unchecked.is_empty() { "" } else { " (xem bằng --all)" }
        );
        for check in messages::lint::checks(report, hidden) {
            let _ = writeln!(text, "  {check}");
        }
        text
    }
}
