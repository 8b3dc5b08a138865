//! A site with the built-in year, and what a reader sees of it.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use par_server::exchange::folder;
use par_server::ops::load::year_of;
use par_server::ops::years::Years;
use par_server::web::{App, router};
use tower::ServiceExt;

/// An answer read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

fn site() -> Router {
    static YEARS: OnceLock<Arc<Years>> = OnceLock::new();
    let years = YEARS.get_or_init(|| {
        let year = year_of(&folder::demo()).ok().expect("the built-in year has no problems");
        Arc::new(Years::fixed([year]))
    });
    router(App { years: years.clone() })
}

/// Answers a request.
pub async fn ask(request: Request<Body>) -> Answer {
    let response = site().oneshot(request).await.expect("the router answers everything");
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
