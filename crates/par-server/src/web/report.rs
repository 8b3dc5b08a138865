//! The official report as a page, and as the files an office works with.

use askama::Template;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use par_core::problem::Problem;
use par_core::report::Picture;

use super::document;
use super::failure::Failure;
use super::package;
use super::page::{Page, Shell, answer};
use super::table::Table;
use super::visit::{Shown, Visit};
use crate::messages::problems::{self, Keys};
use crate::ops::report::{self, Draft};

#[derive(Template)]
#[template(path = "report.html")]
struct Report {
    shell: Shell,
    /// The address of the year.
    year: String,
    /// Where the files stand: those published, or those made when they are asked for.
    files: String,
    /// What is wrong with the wording: place and sentence.
    problems: Vec<(String, String)>,
    head: par_core::report::Head,
    html: String,
}

impl Page for Report {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        Vec::new()
    }
}

/// `/ket-qua/{year}/bao-cao`: the report in the words it was published with, and what they lack.
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let (draft, problems) = drafted(&visit.shown);
    let chart = |picture: &Picture| draft.chart(picture).to_owned();
    let page = Report {
        year: visit.pen().address(""),
        files: files(&visit.shown),
        shell: visit.shell(visit.say("Báo cáo kết quả", "Report")),
        problems,
        head: draft.document.head.clone().unwrap_or_default(),
        html: document::write(&draft.document, visit.pen(), &chart),
    };
    answer(&visit.request, page)
}

/// Where the report's files stand: as they were published, or made when they are asked for where the
/// package holds none.
fn files(shown: &Shown) -> String {
    let last = shown.year.last();
    if last.package.holds(&format!("{}/bang.xlsx", report::FOLDER)) {
        format!("{}/{}", package::address(last.year, last.number), report::FOLDER)
    } else {
        format!("/ket-qua/{}/bao-cao", last.year)
    }
}

/// `/ket-qua/{year}/bao-cao/{file}`: `bao-cao.docx`, `bao-cao.pdf`, `bang.xlsx`.
pub async fn file(Path((year, file)): Path<(String, String)>, visit: Visit) -> Result<Response, Failure> {
    let kinds: [(&str, &str); 3] = [
        ("bao-cao.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("bao-cao.pdf", "application/pdf"),
        ("bang.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ];
    let Some((name, kind)) = kinds.into_iter().find(|(name, _)| *name == file) else {
        return Err(Failure::NoPage);
    };
    // Made at the moment of publication, as if it had been published with the rest: the same bytes always.
    let created = visit.shown.year.last().at_ms();
    let (draft, _) = drafted(&visit.shown);
    let bytes = match name {
        "bao-cao.docx" => draft.plain_docx(created),
        "bao-cao.pdf" => draft.pdf(created),
        _ => draft.xlsx(created),
    };
    let bytes = bytes.map_err(|cause| Failure::Broken(format!("{name}: {}", cause.detail)))?;
    let shown = format!("attachment; filename=\"{}-{year}.{}\"", stem(name), ending(name));
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, shown),
        (CACHE_CONTROL, "public, no-cache".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// The report with the wording of the year, and the sentences about what is wrong with it.
fn drafted(shown: &Shown) -> (Draft, Vec<(String, String)>) {
    let draft = report::report(&shown.results, &shown.worded.wording);
    let blanks = draft.problems.iter().map(|problem| (&problem.file, problem));
    let known = shown.worded.problems.iter().map(|(path, problem)| (path, problem));
    let sentence = |(path, problem): (&String, &Problem)| {
        (format!("{path}:{}", problem.line), problems::sentence(&problem.kind, Keys::Shown))
    };
    let sentences = known.chain(blanks).map(sentence).collect();
    (draft, sentences)
}
