//! Answers are made once a revision of their year, and what a reader has already is not sent again.
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
use par_store::store::Revision;
use sha2::{Digest, Sha256};

use super::asked::Asked;
use crate::ops::years::Years;

/// Largest answer that is tagged; pages are far smaller.
const LARGEST: usize = 64 * 1024 * 1024;
/// Bytes of answers kept; when a further one would not fit, all are dropped and made again as they
/// are asked for.
const MOST: usize = 24 * 1024 * 1024;

/// The answers kept, and the years that say whether they still hold.
#[derive(Clone)]
pub struct Kept {
    years: Arc<Years>,
    shelf: Arc<Mutex<Shelf>>,
}

#[derive(Default)]
struct Shelf {
    answers: HashMap<Key, (Revision, Answer)>,
    bytes: usize,
}

/// All that the answer to an unnamed reader depends on, besides the revision of the year.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    year: u16,
    asked: Asked,
    encodings: Option<HeaderValue>,
}

impl Key {
    /// The key of a request whose answer may be kept. Readers who say who they are always get an
    /// answer of their own.
    fn of(request: &Request) -> Option<Key> {
        let headers = request.headers();
        if headers.contains_key(COOKIE) || headers.contains_key(AUTHORIZATION) {
            return None;
        }
        let asked = request.extensions().get::<Asked>()?.clone();
        let year = asked.path.strip_prefix("/ket-qua/").and_then(|_| asked.year())?;
        Some(Key { year, asked, encodings: headers.get(ACCEPT_ENCODING).cloned() })
    }
}

/// A successful answer with its tag.
#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

impl Kept {
    /// Nothing kept yet.
    pub fn of(years: Arc<Years>) -> Kept {
        Kept { years, shelf: Arc::default() }
    }

    /// The revision of a key's year; nothing is kept when there is no such year or no answer.
    async fn revision(&self, key: Key) -> Option<(Key, Revision)> {
        let revision = self.years.revision(key.year).await.ok()??;
        Some((key, revision))
    }

    fn find(&self, key: &Key, revision: Revision) -> Option<Answer> {
        let shelf = self.shelf.lock().expect("nobody panics holding the shelf");
        shelf.answers.get(key).filter(|(of, _)| *of == revision).map(|(_, answer)| answer.clone())
    }

    fn keep(&self, key: Key, revision: Revision, answer: Answer) {
        let mut shelf = self.shelf.lock().expect("nobody panics holding the shelf");
        let bytes = answer.body.len();
        if shelf.bytes + bytes > MOST {
            *shelf = Shelf::default();
        }
        shelf.bytes += bytes;
        if let Some((_, before)) = shelf.answers.insert(key, (revision, answer)) {
            shelf.bytes -= before.body.len();
        }
    }
}

/// Gives a kept answer, or has it made, tagged and kept; says 304 to readers who have it.
pub async fn answer(State(kept): State<Kept>, request: Request, next: Next) -> Response {
    if *request.method() != Method::GET {
        return next.run(request).await;
    }
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    // The revision is read before the answer is made: a write in between makes the answer newer than
    // it is said to be, and the next request has it made again.
    let place = match Key::of(&request) {
        Some(key) => kept.revision(key).await,
        None => None,
    };
    if let Some(answer) = place.as_ref().and_then(|(key, revision)| kept.find(key, *revision)) {
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
    if let Some((key, revision)) = place {
        kept.keep(key, revision, answer.clone());
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
