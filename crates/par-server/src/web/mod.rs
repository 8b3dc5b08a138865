//! The pages: one file a page, each a struct with its template and its handler.
//!
//! Must not know: how a number is made (ask [`par_core::score::results::Results`]), where years stand.

mod area;
mod areas;
mod assets;
pub mod cache;
mod cells;
mod columns;
mod compare;
mod criterion;
mod data;
mod derivation;
mod document;
mod failure;
mod home;
mod lanes;
pub mod listen;
mod method;
mod package;
mod page;
mod pen;
mod reasons;
mod report;
mod request;
mod rules;
mod search;
pub mod site;
mod span;
mod standing;
mod survey;
mod table;
mod trend;
mod trends;
mod unit;
mod visit;

use std::sync::Arc;

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::ops::publications::{Publications, PublishedYear};
use cache::{Answering, Cache, Held};
use failure::Failure;
use lanes::Lanes;

/// What pages need to answer.
#[derive(Clone)]
pub struct App {
    publications: Arc<Publications>,
    cache: Cache,
    lanes: Lanes,
}

impl App {
    /// Pages of published years.
    pub fn of(publications: Arc<Publications>) -> App {
        App { publications, cache: Cache::default(), lanes: Lanes::default() }
    }

    /// What the cache holds now.
    pub fn cached(&self) -> Held {
        self.cache.held()
    }

    /// The published year in an address.
    fn year(&self, year: &str) -> Result<Arc<PublishedYear>, Failure> {
        let state = self.publications.now();
        // A year has one address: no zeros or signs before it.
        let number = year.parse().ok().filter(|number| u16::to_string(number) == year);
        let found = number.and_then(|number| state.years.get(&number).cloned());
        found.ok_or_else(|| Failure::NoYear(state.list()))
    }
}

/// How the answer of a route comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Making {
    /// It is part of the program.
    BuiltIn,
    /// It is made once and cached until what is published changes.
    Page,
    /// It is read, one file at a time for so many readers.
    File,
    /// It takes long to make; one at a time.
    Document,
}

/// A public page: its address and what answers.
pub struct Route {
    /// Address pattern. Addresses with `.csv` and `.json` behind them lead to the same handler.
    pub path: &'static str,
    /// Parameters the page reads; no answer depends on others.
    pub parameters: &'static [&'static str],
    /// Whether its tables exist as data.
    pub data: bool,
    /// How its answer comes about.
    pub making: Making,
    handler: MethodRouter<App>,
}

/// The routes of the public group: what everybody may see without signing in, made from publications
/// alone. A route exists only by standing in the list of its group.
pub fn public_routes() -> Vec<Route> {
    let page = |path, handler| Route { path, parameters: &[], data: true, making: Making::Page, handler };
    let other = |making, path, handler| Route { data: false, making, ..page(path, handler) };
    vec![
        page("/", get(home::show)),
        page("/ket-qua/{year}", get(standing::show)),
        page("/ket-qua/{year}/linh-vuc", get(areas::show)),
        page("/ket-qua/{year}/linh-vuc/{code}", get(area::show)),
        page("/ket-qua/{year}/tieu-chi/{set}/{code}", get(criterion::show)),
        page("/ket-qua/{year}/don-vi/{slug}", get(unit::show)),
        page("/ket-qua/{year}/dan-giai/{*figure}", get(derivation::show)),
        page("/ket-qua/{year}/dieu-tra", get(survey::show)),
        page("/ket-qua/{year}/ly-do", get(reasons::show)),
        Route { parameters: &[compare::UNIT], ..page("/ket-qua/{year}/so-sanh", get(compare::show)) },
        page("/ket-qua/{year}/phuong-phap", get(method::show)),
        other(Making::Page, "/ket-qua/{year}/bao-cao", get(report::show)),
        other(Making::Document, "/ket-qua/{year}/bao-cao/{file}", get(report::file)),
        Route { parameters: &[search::QUERY], ..page("/ket-qua/{year}/tim", get(search::show)) },
        other(Making::Page, "/ket-qua/{year}/xu-huong", get(trends::of_year)),
        page("/xu-huong", get(trends::show)),
        page("/xu-huong/{slug}", get(trend::show)),
        page("/cong-bo/{year}/{version}", get(package::show)),
        other(Making::File, "/cong-bo/{year}/{version}/{*file}", get(package::file)),
        other(Making::BuiltIn, "/favicon.ico", get(assets::icon)),
        other(Making::BuiltIn, "/tinh/{hash}/{*file}", get(assets::show)),
    ]
}

/// The whole site. Groups for people who sign in come before the public one, which takes every address
/// that no other group has; what a group does not say of its answers is nobody else's business.
pub fn router(app: App) -> Router {
    Router::new().fallback_service(public(app)).layer(map_response(private_by_default))
}

/// The public group. Language and extension are taken off addresses, answers cached, and policies set in
/// this group only.
fn public(app: App) -> Router {
    let mut pages = Router::new();
    for route in public_routes() {
        let answering = Answering::of(&app, &route);
        let handler = route.handler.route_layer(compression());
        pages = pages.route(route.path, handler.route_layer(from_fn_with_state(answering, cache::answer)));
    }
    let pages = pages
        .fallback(async || Failure::NoPage)
        .method_not_allowed_fallback(async || Failure::OnlyReading)
        .layer(from_fn(failure::show))
        .layer(from_fn(request::one_address))
        .layer(map_response(harden))
        .with_state(app);
    // Extensions are taken off before the address is looked up, hence a router around the router.
    Router::new().fallback_service(tower::ServiceBuilder::new().map_request(request::read).service(pages))
}

/// What is packed already gains nothing by being packed again.
fn compression() -> CompressionLayer<impl Predicate> {
    let packed =
        ["application/zip", "application/pdf", "application/octet-stream", "application/vnd.", "font/"];
    let [zip, pdf, bytes, office, font] = packed.map(NotForContentType::const_new);
    CompressionLayer::new()
        .compress_when(DefaultPredicate::new().and(zip).and(pdf).and(bytes).and(office).and(font))
}

/// Headers of every public answer.
async fn harden(mut response: Response) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                          form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let holds = [StatusCode::OK, StatusCode::NOT_MODIFIED, StatusCode::PERMANENT_REDIRECT];
    let public = holds.contains(&response.status());
    let mut set = |name: HeaderName, value: &'static str| {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "same-origin");
    if public {
        set(CACHE_CONTROL, "public, no-cache");
    }
    response
}

/// What says nothing of who may keep it is for the reader alone.
async fn private_by_default(mut response: Response) -> Response {
    let private = HeaderValue::from_static("private, no-store");
    response.headers_mut().entry(CACHE_CONTROL).or_insert(private);
    response
}
