//! The public pages: one file a page, each a struct with its template and its handler.
//!
//! Must not know: how a number is made (ask [`par_core::score::results::Results`]), where years are kept.

mod area;
mod areas;
mod assets;
mod cache;
mod cells;
mod columns;
mod compare;
mod criterion;
mod data;
mod derivation;
mod document;
mod failure;
mod home;
pub mod listen;
mod method;
mod package;
mod page;
mod pen;
mod reasons;
mod report;
mod request;
mod robustness;
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
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use par_core::score::results::Results;
use tower_http::compression::CompressionLayer;

use crate::messages;
use crate::ops::release;
use crate::ops::years::{Status, Years};
use cache::Cache;
use failure::Failure;
use request::PageRequest;

/// What pages need to answer.
#[derive(Clone)]
pub struct App {
    /// The years there are.
    pub years: Arc<Years>,
}

impl App {
    /// The year in an address.
    async fn year(&self, year: &str) -> Result<Arc<Results>, Failure> {
        let found = match year.parse() {
            // A year has one address: no zeros or signs before it.
            Ok(number) if u16::to_string(&number) == year => {
                self.years.get(number).await.map_err(unavailable)?
            }
            _ => None,
        };
        match found {
            Some(results) => Ok(results),
            None => Err(Failure::NoYear(self.list().await?)),
        }
    }

    /// All years, from the earliest.
    async fn all(&self) -> Result<Vec<Arc<Results>>, Failure> {
        let mut all = Vec::new();
        for year in self.list().await? {
            // A year may have gone between the two questions.
            all.extend(self.years.get(year).await.map_err(unavailable)?);
        }
        Ok(all)
    }

    /// The years there are.
    async fn list(&self) -> Result<Vec<u16>, Failure> {
        self.years.list().await.map_err(unavailable)
    }
}

/// The reader is told to come back; the cause goes to the log.
fn unavailable(error: par_store::error::Error) -> Failure {
    tracing::error!(%error, "the database did not answer");
    Failure::Unavailable
}

/// Who may see a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Everybody, without signing in.
    Anyone,
}

/// A page: its address, who may see it, what answers.
pub struct Route {
    /// Address pattern. Addresses with `.csv` and `.json` behind them lead to the same handler.
    pub path: &'static str,
    /// Who may see it.
    pub needs: Permission,
    /// Whether its tables exist as data.
    pub data: bool,
    handler: MethodRouter<App>,
}

/// All routes. A route exists only by standing here, with the permission it needs.
pub fn routes() -> Vec<Route> {
    let page = |path, handler| Route { path, needs: Permission::Anyone, data: true, handler };
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
        page("/ket-qua/{year}/so-sanh", get(compare::show)),
        page("/ket-qua/{year}/phuong-phap", get(method::show)),
        page("/ket-qua/{year}/do-vung", get(robustness::show)),
        Route { data: false, ..page("/ket-qua/{year}/bao-cao", get(report::show)) },
        Route { data: false, ..page("/ket-qua/{year}/bao-cao/{file}", get(report::file)) },
        page("/ket-qua/{year}/tim", get(search::show)),
        Route { data: false, ..page("/ket-qua/{year}/xu-huong", get(trends::of_year)) },
        page("/xu-huong", get(trends::show)),
        page("/xu-huong/{slug}", get(trend::show)),
        page("/cong-bo/{year}/{version}", get(package::show)),
        Route { data: false, ..page("/cong-bo/{year}/{version}/{*file}", get(package::file)) },
        Route { data: false, ..page("/favicon.ico", get(assets::icon)) },
        Route { data: false, ..page("/tinh/{hash}/{*file}", get(assets::show)) },
    ]
}

/// The whole site.
pub fn router(state: App) -> Router {
    let mut pages = Router::new();
    for route in routes() {
        let handler = match route.needs {
            Permission::Anyone => route.handler,
        };
        pages = pages.route(route.path, handler);
    }
    let pages = pages
        .fallback(async || Failure::NoPage)
        .method_not_allowed_fallback(async || Failure::OnlyReading)
        .layer(from_fn(failure::show))
        .layer(from_fn_with_state(state.clone(), publication))
        .layer(from_fn(request::one_address))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(Cache::of(Arc::clone(&state.years)), cache::answer))
        .layer(map_response(harden))
        .with_state(state);
    // Extensions are taken off before the address is looked up, hence a router around the router.
    Router::new().fallback_service(tower::ServiceBuilder::new().map_request(request::read).service(pages))
}

/// Finds out what pages of the year in the address say of its publication. Where the year cannot be
/// asked for, the page itself says why.
async fn publication(State(app): State<App>, mut http: Request, next: Next) -> Response {
    let year = http.extensions().get::<PageRequest>().and_then(PageRequest::year);
    let found = match year {
        Some(year) => app.years.shown(year).await.ok().flatten(),
        None => None,
    };
    if let (Some(year), Some((results, status)), Some(request)) =
        (year, found, http.extensions_mut().get_mut::<PageRequest>())
    {
        let (language, has_notice) = (request.language, results.year.notice.is_some());
        request.publication = match status {
            // A year with a notice of its own is a demonstration, which nobody takes for a result.
            Status::Unpublished => request::Publication {
                banner: (!has_notice).then(|| messages::pages::unpublished(language)),
                package: None,
            },
            Status::Published(last) => request::Publication {
                banner: None,
                package: Some(request.to(&package::address(year, last.version))),
            },
            Status::Moved(last) => request::Publication {
                banner: Some(messages::pages::moved_on(
                    language,
                    last.version,
                    &release::told(&last, language),
                )),
                package: Some(request.to(&package::address(year, last.version))),
            },
        };
    }
    next.run(http).await
}

/// Headers every answer carries.
async fn harden(mut response: Response) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                          form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(HeaderName::from_static("content-security-policy"), POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "same-origin");
    if !headers.contains_key("cache-control") {
        headers.insert("cache-control", HeaderValue::from_static("public, no-cache"));
    }
    response
}
