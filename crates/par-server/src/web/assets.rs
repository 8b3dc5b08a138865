//! Style sheets and fonts, built into the program and served under an address that changes with them.

use std::borrow::Cow;
use std::sync::OnceLock;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::failure::Failure;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

/// The address of a built-in file. All files share one hash, so that style sheets name fonts by
/// relative paths.
pub fn address(file: &str) -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    let hash = HASH.get_or_init(|| {
        let mut digest = Sha256::new();
        let mut names: Vec<_> = Static::iter().collect();
        names.sort();
        for name in names {
            digest.update(name.as_bytes());
            digest.update(Static::get(&name).expect("the name was listed").data);
        }
        crate::exchange::package::hex(&digest.finalize()[..8])
    });
    format!("/tinh/{hash}/{file}")
}

/// What is built in is not copied.
fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}

/// The site's mark for browsers that ask at the customary address.
pub async fn icon() -> Response {
    let data = Static::get("icon.svg").expect("the icon is built in").data;
    let headers = [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")];
    (headers, bytes(data)).into_response()
}

/// Serves a built-in file; an outdated hash finds nothing, so nothing stale is kept for ever.
pub async fn show(
    Path((_, file)): Path<(String, String)>,
    uri: axum::http::Uri,
) -> Result<Response, Failure> {
    let found = Static::get(&file).filter(|_| uri.path() == address(&file));
    let data = found.ok_or(Failure::NoPage)?.data;
    let kind = match file.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, bytes(data)).into_response())
}
