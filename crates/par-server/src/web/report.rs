//! The official report as a page, and as the files an office works with.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use par_core::report::Picture;
use par_core::score::results::Results;
use tokio::sync::Semaphore;

use super::document;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::request::PageRequest;
use super::table::Table;
use super::{App, package, unavailable};
use crate::messages::problems::{self, Keys};
use crate::ops::now::now_ms;
use crate::ops::report::{self, Draft, Worded};

/// One file is made at a time.
static MAKING: Semaphore = Semaphore::const_new(1);

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

/// `/ket-qua/{year}/bao-cao`: the report as it would be written now, with what its wording lacks.
pub async fn show(
    State(app): State<App>,
    Path(year): Path<String>,
    request: PageRequest,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let (draft, problems) = drafted(app.years.worded(&results).await.map_err(unavailable)?, &results);
    let chart = |picture: &Picture| draft.chart(picture).to_owned();
    let page = Report {
        year: request.to(&format!("/ket-qua/{}", results.year.year)),
        files: published_files(&app, &results).await?,
        shell: Shell::of(&request, &results, request.language.of("Báo cáo kết quả", "Report")),
        problems,
        head: draft.document.head.clone().unwrap_or_default(),
        html: document::write(&draft.document, request.pen(&results), &chart),
    };
    answer(&request, page)
}

/// Where the report's files stand: as they were published, or made when they are asked for while the
/// year has no publication that holds them.
async fn published_files(app: &App, results: &Results) -> Result<String, Failure> {
    let year = results.year.year;
    if let Some(last) = app.years.publications(year).await.map_err(unavailable)?.pop() {
        let smallest = format!("{}/bang.xlsx", report::FOLDER);
        let held = app.years.published_file(year, last.version, &smallest).await.map_err(unavailable)?;
        if held.is_some() {
            return Ok(format!("{}/{}", package::address(year, last.version), report::FOLDER));
        }
    }
    Ok(format!("/ket-qua/{year}/bao-cao"))
}

/// `/ket-qua/{year}/bao-cao/{file}`: `bao-cao.docx`, `bao-cao.pdf`, `bang.xlsx`.
pub async fn file(
    State(app): State<App>,
    Path((year, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let kinds: [(&str, &str); 3] = [
        ("bao-cao.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("bao-cao.pdf", "application/pdf"),
        ("bang.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ];
    let Some((name, kind)) = kinds.into_iter().find(|(name, _)| *name == file) else {
        return Err(Failure::NoPage);
    };
    // Typesetting takes a while of computing: not on the thread that answers others, and one at a time,
    // so that nobody can keep the machine busy with it.
    let _turn = MAKING.acquire().await.map_err(|_| Failure::Unavailable)?;
    let worded = app.years.worded(&results).await.map_err(unavailable)?;
    let made = tokio::task::spawn_blocking(move || {
        let (draft, _) = drafted(worded, &results);
        let created = now_ms();
        let bytes = match name {
            "bao-cao.docx" => draft.docx(created, None).map_err(|problems| format!("{problems:?}")),
            "bao-cao.pdf" => draft.pdf(created).map_err(|fault| format!("{fault:?}")),
            _ => draft.xlsx(created),
        };
        bytes.map_err(|cause| {
            tracing::error!(%cause, file = name, "a document could not be made");
            Failure::Unavailable
        })
    });
    let bytes = made.await.map_err(|_| Failure::Unavailable)??;
    let shown = format!("attachment; filename=\"{}-{year}.{}\"", stem(name), ending(name));
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, shown),
        (CACHE_CONTROL, "no-cache".to_owned()),
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
fn drafted(worded: Worded, results: &Arc<Results>) -> (Draft, Vec<(String, String)>) {
    let draft = report::report(results, &worded.wording);
    let blanks = draft.problems.iter().map(|problem| (problem.file.clone(), problem.clone()));
    let problems = worded.problems.into_iter().chain(blanks);
    let sentences = problems.map(|(path, problem)| {
        (format!("{path}:{}", problem.line), problems::sentence(&problem.kind, Keys::Shown))
    });
    let sentences = sentences.collect();
    (draft, sentences)
}
