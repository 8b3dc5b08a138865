//! Why a page cannot be shown, as a page with a way onward or as JSON: status, links, format.
//!
//! Must not know: the sentences; `messages::pages` has them.

use askama::Template;
use axum::extract::Request;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use par_core::language::Language;
use serde_json::json;

use super::page::Shell;
use super::request::{Format, PageRequest};
use crate::messages::pages;

/// Why there is no answer.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The address names no page.
    NoPage,
    /// There is no such year; carries those there are.
    NoYear(Vec<u16>),
    /// The year has no such unit.
    NoUnit(u16),
    /// No year has such a unit.
    NeverUnit,
    /// The year has no such area.
    NoArea(u16),
    /// The year has no such criterion or criteria set.
    NoCriterion(u16),
    /// The year has no such figure.
    NoFigure(u16),
    /// The page has no such table, or none at all.
    NoTable,
    /// Public pages are only read.
    OnlyReading,
    /// What was published of it is damaged.
    Unavailable,
    /// Too many ask for what takes time.
    Busy,
    /// Writing a template failed.
    Broken(String),
}

/// A way onward: what it leads to and its address.
type Onward = (String, String);

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Failure::OnlyReading => StatusCode::METHOD_NOT_ALLOWED,
            Failure::Unavailable | Failure::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::NOT_FOUND,
        }
    }

    /// Seconds after which it makes sense to try again.
    fn retry(&self) -> Option<&'static str> {
        match self {
            Failure::Busy => Some("2"),
            Failure::Unavailable => Some("60"),
            _ => None,
        }
    }

    /// The stable word for programs, and the sentences for people.
    fn words(&self, language: Language) -> (&'static str, pages::Words) {
        match self {
            Failure::NoPage => ("no_page", pages::no_page(language)),
            Failure::NoYear(_) => ("no_year", pages::no_year(language)),
            Failure::NoUnit(year) => ("no_unit", pages::no_unit(language, *year)),
            Failure::NeverUnit => ("no_unit", pages::never_unit(language)),
            Failure::NoArea(year) => ("no_area", pages::no_area(language, *year)),
            Failure::NoCriterion(year) => ("no_criterion", pages::no_criterion(language, *year)),
            Failure::NoFigure(year) => ("no_figure", pages::no_figure(language, *year)),
            Failure::NoTable => ("no_table", pages::no_table(language)),
            Failure::OnlyReading => ("only_reading", pages::only_reading(language)),
            Failure::Unavailable => ("unavailable", pages::unavailable(language)),
            Failure::Busy => ("busy", pages::busy(language)),
            Failure::Broken(_) => ("broken", pages::broken(language)),
        }
    }

    fn onward(&self, request: &PageRequest) -> Vec<Onward> {
        let link =
            |vi: &str, en: &str, path: &str| (request.language.of(vi, en).to_owned(), request.to(path));
        let ranking = |year: &u16| {
            link("Bảng xếp hạng các đơn vị", "Ranking of the units", &format!("/ket-qua/{year}"))
        };
        let areas = |year: &u16| link("Các lĩnh vực", "Areas", &format!("/ket-qua/{year}/linh-vuc"));
        let search = |year: &u16| link("Tìm kiếm", "Search", &format!("/ket-qua/{year}/tim"));
        let of_year = |year: &u16| {
            link(&format!("Kết quả năm {year}"), &format!("Results of {year}"), &format!("/ket-qua/{year}"))
        };
        let mut ways = match self {
            Failure::NoYear(years) => years.iter().map(of_year).collect(),
            Failure::NoUnit(year) | Failure::NoFigure(year) => vec![ranking(year), search(year)],
            Failure::NoArea(year) | Failure::NoCriterion(year) => vec![areas(year), search(year)],
            Failure::OnlyReading if request.path != "/" => {
                let name = request.language.of("Mở trang này", "Open this page");
                vec![(name.to_owned(), request.again(&request.path))]
            }
            Failure::NeverUnit => {
                vec![link("Xu hướng của các đơn vị", "Trends of the units", "/xu-huong")]
            }
            Failure::NoPage
            | Failure::NoTable
            | Failure::OnlyReading
            | Failure::Unavailable
            | Failure::Busy
            | Failure::Broken(_) => Vec::new(),
        };
        ways.push(link("Các năm đã có kết quả", "Years with results", "/"));
        ways
    }
}

impl IntoResponse for Failure {
    /// Only marks the answer; [`show`] writes it in the format that was asked for.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some(seconds) = self.retry() {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Page {
    shell: Shell,
    message: String,
    hint: &'static str,
    onward: Vec<Onward>,
}

/// Writes failures as a page or as JSON.
pub async fn show(request: PageRequest, http: Request, next: Next) -> Response {
    let response = next.run(http).await;
    let failure = match response.extensions().get::<Failure>().cloned() {
        Some(failure) => failure,
        // The framework's own refusal of an address that is no text. There is no other.
        None if response.status() == StatusCode::BAD_REQUEST => Failure::NoPage,
        None => return response,
    };
    if let Failure::Broken(why) = &failure {
        tracing::error!(path = request.path, why, "a page could not be written");
    }
    let (code, pages::Words { message, hint }) = failure.words(request.language);
    let body = if request.format != Format::Html {
        axum::Json(json!({ "code": code, "message": message, "hint": hint })).into_response()
    } else {
        let shell = Shell::plain(&request, &message);
        let page = Page { shell, message, hint, onward: failure.onward(&request) };
        page.render().map_or_else(|_| String::new().into_response(), |html| Html(html).into_response())
    };
    let mut shown = failure.into_response();
    shown.headers_mut().extend(body.headers().clone());
    *shown.body_mut() = body.into_body();
    shown
}
