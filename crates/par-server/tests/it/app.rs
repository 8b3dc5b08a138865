//! The program's pages over a data folder of a test's own, asked as a reader asks.

use std::path::Path;
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use par_core::moment::Moment;
use par_core::year::Year;
use par_core::year::sheets::Sheets;
use par_server::exchange::folder;
use par_server::exchange::package::describe::LICENCES;
use par_server::ops::data_folder::DataFolder;
use par_server::ops::load::year_of;
use par_server::ops::publications::watch::{Away, Look, Watch};
use par_server::ops::publish::Edition;
use par_server::ops::release::{self, Release, Released};
use par_server::ops::report::{Made, Wordings};
use par_server::web::cache::Held;
use par_server::web::{App, router};
use par_store::journal::By;
use par_store::revision::Revision;
use par_store::store::Store;
use tempfile::TempDir;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::{Mutex, OnceCell};
use tower::ServiceExt;

/// Who writes in tests, at the beginning of time.
pub const BY: By<'static> = By { actor: "test", at_ms: 0 };

/// When tests publish.
const PUBLISHED_AT: &str = "2021-04-15T08:00:00+07:00";

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

/// The public pages, and the data folder behind them.
pub struct TestApp {
    pub data: DataFolder,
    app: App,
    router: Router,
    watch: Mutex<Watch>,
    _folder: Option<TempDir>,
}

impl TestApp {
    /// An empty data folder.
    pub async fn empty() -> TestApp {
        let folder = folder_in_memory();
        let data = DataFolder { path: folder.path().to_owned(), database: None };
        data.create().await.expect("a database is made").close().await;
        TestApp { _folder: Some(folder), ..TestApp::over(&data.path).await }
    }

    /// The pages of a data folder that others write to as well, as they are after a start.
    pub async fn over(folder: &Path) -> TestApp {
        let data = DataFolder { path: folder.to_owned(), database: None };
        let watch = Watch::of(data.clone());
        let app = App::of(watch.publications());
        let made =
            TestApp { router: router(app.clone()), app, data, watch: Mutex::new(watch), _folder: None };
        // A database that is away is no reason not to start.
        let _ = made.look().await;
        made
    }

    /// Looks for what is published, as the program does once a second.
    pub async fn look(&self) -> Result<Look, Away> {
        self.watch.lock().await.look().await
    }

    /// The database, opened apart from the pages.
    pub async fn store(&self) -> Store {
        self.data.open().await.expect("there is a database")
    }

    /// Brings in a year.
    pub async fn import(&self, year: &Year) -> Revision {
        self.store()
            .await
            .import_year(year, &Sheets::default(), &BY)
            .await
            .expect("the year is not there yet")
    }

    /// Publishes a year, without the files of its report, and shows it.
    pub async fn publish(&self, year: u16, amend: Option<&str>) {
        let (edition, wordings) = (Edition::first(PUBLISHED_AT.to_owned(), LICENCES[0]), Wordings::BuiltIn);
        let now_ms = Moment::read_exact(PUBLISHED_AT).expect("a moment").ms();
        let (edition, report) = (&edition, Made::Text);
        let (actor, provisional) = ("test", true);
        let release = Release { edition, amend, now_ms, actor, wordings: &wordings, report, provisional };
        let released = release::year(&self.store().await, year, &release, &mut |_, _| ()).await;
        assert!(matches!(released, Ok(Released::New(..))), "{released:?}");
        assert!(matches!(self.look().await, Ok(Look::Changed)));
    }

    /// Brings in and publishes a year.
    pub async fn show(&self, year: &Year) {
        self.import(year).await;
        self.publish(year.year, None).await;
    }

    /// What the pages have cached.
    pub fn cached(&self) -> Held {
        self.app.cached()
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
    year_of(&folder::demo()).ok().expect("the built-in year has no problems").0
}

/// The runtime of the shared pages: each test has one that ends with it, and would take the connections of
/// the shared database along.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));

/// The pages of the built-in year, published, so that they have everything that pages can have. Tests that
/// only read share them.
async fn shared() -> &'static TestApp {
    static APP: OnceCell<TestApp> = OnceCell::const_new();
    let made = APP.get_or_init(|| async {
        let making = || {
            Handle::current().block_on(async {
                let app = TestApp::empty().await;
                app.show(&built_in_year()).await;
                app
            })
        };
        tokio::task::spawn_blocking(making).await.expect("the demonstration is shown")
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
