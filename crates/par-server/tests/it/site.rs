//! A site with the built-in year, and what a reader sees of it.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use par_server::exchange::folder;
use par_server::ops::load::year_of;
use par_server::ops::years::Years;
use par_server::web::{App, router};
use par_store::journal::By;
use par_store::location::Location;
use par_store::store::Store;
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
        store
            .import_year(&year, &By { actor: "test", at_ms: 0 })
            .await
            .expect("an empty database takes the year");
        Arc::new(Years::of(store))
    });
    router(App { years: years.await.clone() })
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
