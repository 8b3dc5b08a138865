//! Answers are made once a revision of their years, and what a reader has already is not sent again.
//!
//! Must not know: how an answer is made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use par_store::revision::Revision;
use sha2::{Digest, Sha256};

use super::request::PageRequest;
use crate::ops::years::Years;

/// Largest answer that is tagged; pages are far smaller.
const LARGEST: usize = 64 * 1024 * 1024;
/// Bytes of answers stored; when a further one would not fit, all are dropped and made again as they
/// are asked for.
const MOST: usize = 24 * 1024 * 1024;

/// The cached answers, and the years that say whether they still hold.
#[derive(Clone)]
pub struct Cache {
    years: Arc<Years>,
    stored: Arc<Mutex<Stored>>,
}

/// From which years an answer was made, each with its revision. An answer over several years holds
/// only as long as no year has moved, come or gone.
type Made = Vec<(u16, Revision)>;

/// Which years an address speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Of {
    /// One.
    Year(u16),
    /// All there are.
    All,
}

impl Of {
    /// The years of an address below `/ket-qua/` or `/xu-huong`; other answers are not cached.
    fn address(path: &str) -> Option<Of> {
        if path == "/xu-huong" || path.starts_with("/xu-huong/") {
            return Some(Of::All);
        }
        // The report also depends on its wording, which has no revision.
        if path.contains("/bao-cao") {
            return None;
        }
        path.strip_prefix("/ket-qua/")?.split('/').next()?.parse().ok().map(Of::Year)
    }
}

#[derive(Default)]
struct Stored {
    answers: HashMap<Key, (Made, Answer)>,
    bytes: usize,
}

/// All that the answer to an unnamed reader depends on, besides the revisions of its years.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    of: Of,
    request: PageRequest,
    encodings: Option<HeaderValue>,
}

impl Key {
    /// The key of a request whose answer may be cached. Readers who say who they are always get an
    /// answer of their own.
    fn of(request: &Request) -> Option<Key> {
        let headers = request.headers();
        if headers.contains_key(COOKIE) || headers.contains_key(AUTHORIZATION) {
            return None;
        }
        let page = request.extensions().get::<PageRequest>()?.clone();
        let of = Of::address(&page.path)?;
        Some(Key { of, request: page, encodings: headers.get(ACCEPT_ENCODING).cloned() })
    }
}

/// A successful answer with its tag.
#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

impl Cache {
    /// Nothing cached yet.
    pub fn of(years: Arc<Years>) -> Cache {
        Cache { years, stored: Arc::default() }
    }

    /// The revisions of a key's years; nothing is cached when there is no such year or no answer.
    async fn made(&self, key: Key) -> Option<(Key, Made)> {
        let made = match key.of {
            Of::Year(year) => vec![(year, self.years.revision(year).await.ok()??)],
            Of::All => self.years.revisions().await.ok()?,
        };
        Some((key, made))
    }

    fn find(&self, key: &Key, made: &Made) -> Option<Answer> {
        let stored = self.stored.lock().expect("nobody panics holding the stored");
        stored.answers.get(key).filter(|(of, _)| of == made).map(|(_, answer)| answer.clone())
    }

    fn store(&self, key: Key, made: Made, answer: Answer) {
        let mut stored = self.stored.lock().expect("nobody panics holding the stored");
        let bytes = answer.body.len();
        if stored.bytes + bytes > MOST {
            *stored = Stored::default();
        }
        stored.bytes += bytes;
        if let Some((_, before)) = stored.answers.insert(key, (made, answer)) {
            stored.bytes -= before.body.len();
        }
    }
}

/// Gives a cached answer, or has it made, tagged and cached; says 304 to readers who have it.
pub async fn answer(State(cache): State<Cache>, request: Request, next: Next) -> Response {
    if *request.method() != Method::GET {
        return next.run(request).await;
    }
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    // Revisions are read before the answer is made: a write in between makes the answer newer than it
    // is said to be, and the next request has it made again.
    let key = match Key::of(&request) {
        Some(key) => cache.made(key).await,
        None => None,
    };
    if let Some(answer) = key.as_ref().and_then(|(key, made)| cache.find(key, made)) {
        return answer.unless(known);
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let answer = Answer::tagged(parts.headers, body);
    if let Some((key, made)) = key {
        cache.store(key, made, answer.clone());
    }
    answer.unless(known)
}

impl Answer {
    /// An answer with a weak tag from the hash of its content.
    fn tagged(mut headers: HeaderMap, body: Bytes) -> Answer {
        let tag = format!("W/\"{}\"", hex(&Sha256::digest(&body)[..12]));
        headers.insert(ETAG, HeaderValue::from_str(&tag).expect("hexadecimal digits are ASCII"));
        Answer { headers, body }
    }

    /// The answer, or 304 to a reader who knows its tag.
    fn unless(self, known: Option<HeaderValue>) -> Response {
        let Answer { mut headers, body } = self;
        let known = known.as_ref().and_then(|known| known.to_str().ok()).unwrap_or_default();
        let same = known.split(',').map(str::trim).any(|one| one == "*" || headers[ETAG] == one);
        if !same {
            return (headers, body).into_response();
        }
        headers.remove(CONTENT_TYPE);
        headers.remove(CONTENT_ENCODING);
        (StatusCode::NOT_MODIFIED, headers, Body::empty()).into_response()
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
