//! A site with the built-in year, and what a reader sees of it.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use par_core::year::Year;
use par_server::exchange::folder;
use par_server::exchange::package::describe::LICENCES;
use par_server::ops::load::year_of;
use par_server::ops::publish::{Edition, package};
use par_server::ops::years::Years;
use par_server::web::{App, router};
use par_store::journal::By;
use par_store::location::Location;
use par_store::publications::NewVersion;
use par_store::store::{Revision, Store};
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// An answer read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

/// The site's own runtime: each test has one that ends with it, and would take the connections of the
/// shared database along.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));

async fn site() -> Router {
    static YEARS: OnceCell<Arc<Years>> = OnceCell::const_new();
    let years = YEARS.get_or_init(|| async {
        let year = year_of(&folder::demo()).ok().expect("the built-in year has no problems");
        let store = Store::open(&Location::Memory).await.expect("a database in memory");
        store.migrate(0).await.expect("an empty database takes the schema");
        let by = By { actor: "test", at_ms: 0 };
        let based_on = store.import_year(&year, &by).await.expect("an empty database takes the year");
        publish(&store, &year, based_on).await;
        Arc::new(Years::of(store))
    });
    router(App { years: years.await.clone() })
}

/// The built-in year is published, so that pages have everything that pages can have.
async fn publish(store: &Store, year: &Year, based_on: Revision) {
    let published_at = "2021-04-15T08:00:00+07:00".to_owned();
    let edition = Edition { published_at, licence: LICENCES[0], journal: None, amendments: Vec::new() };
    let package = package(year, &edition, &BTreeMap::new());
    let (package_id, files) = (&package.id(), &package.files);
    let new = NewVersion { year: year.year, version: 1, based_on, package_id, files, reason: "" };
    store.publish(&new, &By { actor: "test", at_ms: 0 }).await.expect("a first version");
}

/// Answers a request.
pub async fn ask(request: Request<Body>) -> Answer {
    RUNTIME.spawn(answer(request)).await.expect("answering does not panic")
}

async fn answer(request: Request<Body>) -> Answer {
    let response = site().await.oneshot(request).await.expect("the router answers everything");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("answers are read from memory");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: parts.status, headers: parts.headers, text }
}

/// Opens an address.
pub async fn get(path: &str) -> Answer {
    let request = Request::get(path).header("host", "cchc.example.vn").body(Body::empty());
    ask(request.expect("addresses are well-formed")).await
}
