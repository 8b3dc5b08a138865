//! The program's pages over a data folder of a test's own, asked as a reader asks.

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
use par_store::revision::Revision;
use par_store::store::Store;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// Who writes in tests, at the beginning of time.
pub const BY: By<'static> = By { actor: "test", at_ms: 0 };

/// A data folder in memory: a database as the program has it, with readers beside the writer, and no disk
/// to wait for.
pub fn folder_in_memory() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a temporary folder")
}

/// An answer read to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// The same, as far as it is text.
    pub text: String,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.headers)).to_str().unwrap()
    }
}

/// The pages and the database behind them.
pub struct TestApp {
    pub store: Store,
    router: Router,
    _folder: Option<TempDir>,
}

impl TestApp {
    /// An empty data folder.
    pub async fn empty() -> TestApp {
        let folder = folder_in_memory();
        let location = Location::File(folder.path().join("parindex.sqlite"));
        let store = Store::open(&location).await.expect("a file is made");
        store.migrate(0).await.expect("an empty database takes the schema");
        TestApp { _folder: Some(folder), ..TestApp::over(store) }
    }

    /// The pages over a database that others write to as well.
    pub fn over(store: Store) -> TestApp {
        let router = router(App { years: Arc::new(Years::of(store.clone())) });
        TestApp { store, router, _folder: None }
    }

    /// Brings in a year.
    pub async fn import(&self, year: &Year) -> Revision {
        self.store.import_year(year, &BY).await.expect("the year is not there yet")
    }

    /// Publishes the first version of a year, without the files of its report.
    pub async fn publish(&self, year: &Year, based_on: Revision) {
        let published_at = "2021-04-15T08:00:00+07:00".to_owned();
        let edition = Edition { published_at, licence: LICENCES[0], journal: None, amendments: Vec::new() };
        let package = package(year, &edition, &BTreeMap::new());
        let (package_id, files) = (&package.id(), &package.files);
        let new = NewVersion { year: year.year, version: 1, based_on, package_id, files, reason: "" };
        self.store.publish(&new, &BY).await.expect("a first version");
    }

    /// Answers a request.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router answers everything");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("answers are read from memory").to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, bytes, text }
    }

    /// Opens an address.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    /// Opens an address with headers of the reader's own.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(request(path, headers)).await
    }

    /// The text of a page that is there.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.text
    }

    /// The rows of a table of a page's data.
    pub async fn rows(&self, path: &str, table: &str) -> Vec<serde_json::Value> {
        let value: serde_json::Value = serde_json::from_str(&self.page(path).await).unwrap();
        value["tables"][table]["rows"].as_array().expect("the table is there").clone()
    }
}

/// A reader's request for an address.
pub fn request(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::get(path).header("host", "cchc.example.vn");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).expect("addresses are well-formed")
}

/// The built-in year.
pub fn built_in_year() -> Year {
    year_of(&folder::demo()).ok().expect("the built-in year has no problems")
}

/// The runtime of the shared pages: each test has one that ends with it, and would take the connections of
/// the shared database along.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));

/// The pages of the built-in year, published, so that they have everything that pages can have. Tests that
/// only read share them.
async fn shared() -> &'static TestApp {
    static APP: OnceCell<TestApp> = OnceCell::const_new();
    let made = APP.get_or_init(|| async {
        let (app, year) = (TestApp::empty().await, built_in_year());
        let based_on = app.import(&year).await;
        app.publish(&year, based_on).await;
        app
    });
    made.await
}

/// Asks the shared pages.
pub async fn ask(request: Request<Body>) -> Answer {
    RUNTIME.spawn(async { shared().await.ask(request).await }).await.expect("answering does not panic")
}

/// Opens an address of the shared pages.
pub async fn get(path: &str) -> Answer {
    ask(request(path, &[])).await
}
