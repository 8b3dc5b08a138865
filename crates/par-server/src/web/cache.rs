//! Public answers are made once a state of what is published, and what a reader has already is not sent
//! again.
//!
//! Must not know: how an answer is made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::failure::Failure;
use super::lanes::Lanes;
use super::request::{Format, PageRequest};
use super::{App, Making, Route};
use crate::exchange::package;
use crate::ops::publications::Publications;

/// Most bytes that cached answers take, with their keys and headers.
pub const MOST: usize = 24 * 1024 * 1024;
/// Most answers cached.
pub const ENTRIES: usize = 16_384;
/// What an entry takes besides its letters: the map's own, allocations, counters.
const OVERHEAD: usize = 512;
/// The longest address of a cached answer; what is longer was not made by a page of ours.
const LONGEST_KEY: usize = 2_048;

/// How the answers of a route are given.
#[derive(Clone)]
pub struct Answering {
    publications: Arc<Publications>,
    cache: Cache,
    lanes: Lanes,
    making: Making,
    parameters: &'static [&'static str],
}

impl Answering {
    /// For a route of the public group.
    pub fn of(app: &App, route: &Route) -> Answering {
        Answering {
            publications: Arc::clone(&app.publications),
            cache: app.cache.clone(),
            lanes: app.lanes.clone(),
            making: route.making,
            parameters: route.parameters,
        }
    }
}

/// The cached answers. Answers that nobody asks for go first: of two halves the older is dropped when the
/// younger is full, and what is asked for moves to the younger.
#[derive(Clone, Default)]
pub struct Cache(Arc<Mutex<Halves>>);

#[derive(Default)]
struct Halves {
    /// The state of what is published that all answers are made from.
    generation: u64,
    young: Half,
    old: Half,
}

#[derive(Default)]
struct Half {
    answers: HashMap<Box<str>, Answer>,
    bytes: usize,
}

/// How much a cache holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Answers.
    pub answers: usize,
    /// Their bytes, with keys and headers.
    pub bytes: usize,
}

/// A successful answer with its tag.
#[derive(Clone)]
struct Answer {
    headers: Arc<HeaderMap>,
    body: Bytes,
}

impl Cache {
    /// What the cache holds now.
    pub fn held(&self) -> Held {
        let halves = self.lock();
        Held {
            answers: halves.young.answers.len() + halves.old.answers.len(),
            bytes: halves.young.bytes + halves.old.bytes,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Halves> {
        self.0.lock().expect("nobody panics holding the cache")
    }

    fn find(&self, generation: u64, key: &str) -> Option<Answer> {
        let mut halves = self.lock();
        if halves.generation != generation {
            return None;
        }
        if let Some(answer) = halves.young.answers.get(key) {
            return Some(answer.clone());
        }
        let (key, answer) = halves.old.remove(key)?;
        halves.put(key, answer.clone());
        Some(answer)
    }

    fn store(&self, generation: u64, key: &str, answer: Answer) {
        if key.len() > LONGEST_KEY || answer.bytes(key) > MOST / 8 {
            return;
        }
        let mut halves = self.lock();
        if halves.generation != generation {
            *halves = Halves { generation, ..Halves::default() };
        }
        halves.put(key.into(), answer);
    }
}

impl Halves {
    fn put(&mut self, key: Box<str>, answer: Answer) {
        let bytes = answer.bytes(&key);
        if self.young.bytes + bytes > MOST / 2 || self.young.answers.len() >= ENTRIES / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.remove(&key);
        self.young.bytes += bytes;
        self.young.answers.insert(key, answer);
    }
}

impl Half {
    fn remove(&mut self, key: &str) -> Option<(Box<str>, Answer)> {
        let (key, answer) = self.answers.remove_entry(key)?;
        self.bytes -= answer.bytes(&key);
        Some((key, answer))
    }
}

/// Gives a cached answer, or has it made; says 304 to readers who have it. Of a request no more is left
/// than the answer may depend on.
pub async fn answer(State(this): State<Answering>, mut http: Request, next: Next) -> Response {
    let known = http.headers().get(IF_NONE_MATCH).cloned();
    let packed = takes_gzip(http.headers());
    let Some(page) = http.extensions_mut().get_mut::<PageRequest>() else {
        return Failure::NoPage.into_response();
    };
    page.keep_parameters(this.parameters);
    let key = key_of(page, packed);
    let generation = this.publications.now().generation;
    *http.headers_mut() = HeaderMap::new();
    if packed {
        http.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    *http.method_mut() = Method::GET;
    let cached = || match this.making {
        Making::Page => this.cache.find(generation, &key),
        Making::BuiltIn | Making::File | Making::Document => None,
    };
    if let Some(answer) = cached() {
        return answer.unless(known);
    }
    let lane = match this.making {
        Making::BuiltIn => return next.run(http).await,
        Making::Page | Making::File => &this.lanes.quick,
        Making::Document => &this.lanes.slow,
    };
    let (cache, is_page) = (this.cache.clone(), this.making == Making::Page);
    let made = lane.run(async move {
        // Somebody may have had it made while this request waited for its turn.
        if let Some(answer) = is_page.then(|| cache.find(generation, &key)).flatten() {
            return Ok(answer);
        }
        let answer = Answer::made(next.run(http).await).await?;
        if is_page {
            cache.store(generation, &key, answer.clone());
        }
        Ok(answer)
    });
    match made.await {
        Ok(Ok(answer)) => answer.unless(known),
        Ok(Err(response)) => response,
        Err(failure) => failure.into_response(),
    }
}

/// All that a public answer depends on besides what is published; the day is printed on pages.
fn key_of(page: &PageRequest, packed: bool) -> String {
    let format = match page.format {
        Format::Html => 'h',
        Format::Csv => 'c',
        Format::Json => 'j',
    };
    let packed = if packed { 'g' } else { '-' };
    format!("{}{format}{packed}{} {}?{}", page.language.code(), page.today, page.path, page.query)
}

/// Whether a reader takes answers packed with gzip.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let values: Vec<&str> = values.collect();
    let weight = |wanted: &str| {
        let entries = values.iter().flat_map(|value| value.split(','));
        let parts = entries.map(|entry| entry.split_once(';').unwrap_or((entry, "")));
        let named = parts.filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
        named.map(|(_, weight)| !is_zero(weight)).next()
    };
    weight("gzip").or_else(|| weight("*")).unwrap_or(false)
}

/// Whether `q=0`, in any of its spellings, is said.
fn is_zero(weight: &str) -> bool {
    let number = weight.trim().strip_prefix("q=");
    number.is_some_and(|number| number.contains('0') && number.trim().chars().all(|c| c == '0' || c == '.'))
}

impl Answer {
    /// A successful answer read to its end, with a weak tag from the hash of its content; others are given
    /// back. All of it is copied: nothing of the request, and no larger buffer, lives on in the cache.
    async fn made(response: Response) -> Result<Answer, Response> {
        if response.status() != StatusCode::OK {
            return Err(response);
        }
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return Err(Failure::Broken("an answer broke off".to_owned()).into_response());
        };
        let copied = |value: &HeaderValue| HeaderValue::from_bytes(value.as_bytes());
        let mut headers = HeaderMap::with_capacity(parts.headers.len() + 1);
        for (name, value) in &parts.headers {
            headers.append(name, copied(value).expect("a header's value is one"));
        }
        if !headers.contains_key(ETAG) {
            let tag = format!("W/\"{}\"", package::hex(&Sha256::digest(&body)[..12]));
            headers.insert(ETAG, HeaderValue::from_str(&tag).expect("hexadecimal digits are ASCII"));
        }
        Ok(Answer { headers: Arc::new(headers), body: Bytes::copy_from_slice(&body) })
    }

    /// What it takes in memory under that key.
    fn bytes(&self, key: &str) -> usize {
        let headers: usize =
            self.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 64).sum();
        key.len() + headers + self.body.len() + OVERHEAD
    }

    /// The answer, or 304 to a reader who knows its tag.
    fn unless(self, known: Option<HeaderValue>) -> Response {
        let Answer { headers, body } = self;
        let mut headers = HeaderMap::clone(&headers);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Answer {
        Answer { headers: Arc::default(), body: Bytes::from(vec![0; bytes]) }
    }

    #[test]
    fn neither_many_answers_nor_large_ones_take_more_than_their_share() {
        let cache = Cache::default();
        for number in 0..3 * ENTRIES {
            cache.store(1, &number.to_string(), answer(10));
            assert!(cache.held().answers <= ENTRIES && cache.held().bytes <= MOST);
        }
        for number in 0..100 {
            cache.store(1, &format!("l{number}"), answer(MOST / 16));
            assert!(cache.held().bytes <= MOST, "{:?}", cache.held());
        }
        cache.store(1, "too large", answer(MOST));
        cache.store(1, &"k".repeat(LONGEST_KEY + 1), answer(1));
        assert!(cache.find(1, "too large").is_none());
        assert!(cache.find(1, &"k".repeat(LONGEST_KEY + 1)).is_none());
    }

    #[test]
    fn what_is_asked_for_stays_and_what_another_state_made_is_not_given() {
        let cache = Cache::default();
        cache.store(1, "asked for", answer(1));
        for number in 0..2 * ENTRIES {
            cache.store(1, &number.to_string(), answer(1));
            assert!(cache.find(1, "asked for").is_some(), "after {number}");
        }
        assert!(cache.find(1, "0").is_none(), "nobody asked for it again");
        assert!(cache.find(2, "asked for").is_none());
        cache.store(2, "new", answer(1));
        assert_eq!(cache.held().answers, 1, "what the state before made is gone");
    }

    #[test]
    fn readers_are_told_apart_by_whether_they_take_gzip() {
        let takes = |said: &'static str| {
            takes_gzip(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(said))]))
        };
        for said in ["gzip", "br, GZIP;q=0.5", "*", "deflate, gzip ; q=1"] {
            assert!(takes(said), "{said}");
        }
        for said in ["", "identity", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0", "gzipped"] {
            assert!(!takes(said), "{said}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
