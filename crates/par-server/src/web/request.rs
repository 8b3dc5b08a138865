//! A reader's request as pages see it: the page's address, its language and format.

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use par_core::language::Language;
use par_core::score::results::Results;

use super::pen::Pen;
use crate::ops::clock;

/// In which form an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// A page.
    #[default]
    Html,
    /// One table.
    Csv,
    /// All tables, or one.
    Json,
}

/// The parameter that names a table of a page's data.
pub const TABLE: &str = "bang";

/// What was asked for, read once at the edge.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct PageRequest {
    /// The form.
    pub format: Format,
    /// The language of the page.
    pub language: Language,
    /// The page's address without language, extension and query: the same in both languages.
    pub path: String,
    /// The query, or empty.
    pub query: String,
    /// The day in Vietnam, as the language writes it.
    pub today: String,
}

/// The address of a page in a language: Vietnamese pages stand at plain addresses, English ones below `/en`.
pub fn address(language: Language, path: &str) -> String {
    match (language, path) {
        (Language::Vi, path) => path.to_owned(),
        (Language::En, "/") => "/en".to_owned(),
        (Language::En, path) => format!("/en{path}"),
    }
}

/// The language of an address, and the address without it.
pub fn language(path: &str) -> (Language, &str) {
    match path.strip_prefix("/en") {
        Some("" | "/") => (Language::En, "/"),
        // Two slashes are no address of ours: the page's twin would lead to another site.
        Some(rest) if rest.starts_with('/') && !rest.starts_with("//") => (Language::En, rest),
        _ => (Language::Vi, path),
    }
}

/// Takes the language and `.csv` and `.json` off the address, so that a page in both languages and its data
/// have one route.
pub fn read(mut http: Request) -> Request {
    let uri = http.uri();
    let (language, path) = language(uri.path());
    let query = uri.query().unwrap_or_default().to_owned();
    let split = |extension: &str| path.strip_suffix(extension).filter(|_| !path.starts_with("/tinh/"));
    let (format, path) = match (split(".csv"), split(".json")) {
        (Some(path), _) => (Format::Csv, path),
        (_, Some(path)) => (Format::Json, path),
        (None, None) => (Format::Html, path),
    };
    let path = if format != Format::Html && path == "/index" { "/" } else { path }.to_owned();
    if path != uri.path() {
        let target = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
        if let Ok(target) = target.parse::<PathAndQuery>() {
            let mut parts = uri.clone().into_parts();
            parts.path_and_query = Some(target);
            if let Ok(uri) = parts.try_into() {
                *http.uri_mut() = uri;
            }
        }
    }
    let request = PageRequest { format, language, path, query, today: clock::now().day().said(language) };
    http.extensions_mut().insert(request);
    http
}

/// Leads addresses of a year that end in a slash to the page's only address.
pub async fn one_address(request: PageRequest, http: Request, next: Next) -> Response {
    // Nothing that begins with two slashes is led on: that would be another site.
    match request.path.strip_suffix('/') {
        Some(path) if path.starts_with("/ket-qua/") || path.starts_with("/xu-huong") => {
            Redirect::permanent(&request.again(path.trim_end_matches('/'))).into_response()
        }
        _ => next.run(http).await,
    }
}

impl PageRequest {
    /// Writes figures of a year in the language that was asked for.
    pub fn pen<'r>(&self, results: &'r Results) -> Pen<'r> {
        Pen { results, language: self.language }
    }

    /// Another page in the language that was asked for.
    pub fn to(&self, path: &str) -> String {
        address(self.language, path)
    }

    /// Another page in the language and format and with the query that were asked for.
    pub fn again(&self, path: &str) -> String {
        let extension = match self.format {
            Format::Html => "",
            Format::Csv => ".csv",
            Format::Json => ".json",
        };
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{}{extension}{mark}{}", self.to(path), self.query)
    }

    /// Leaves of the query what a page with these parameters reads, in one spelling.
    pub fn keep_parameters(&mut self, known: &[&str]) {
        let table = (self.format != Format::Html).then_some(TABLE);
        let named = known.iter().copied().chain(table);
        let pair = |name: &str, value: String| format!("{name}={}", encode(&value));
        let pairs: Vec<String> = named
            .flat_map(|name| self.parameters(name).into_iter().map(move |value| pair(name, value)))
            .collect();
        self.query = pairs.join("&");
    }

    /// A parameter of the query, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.parameters(name).into_iter().next()
    }

    /// All values of a parameter that may be given several times, decoded, in order.
    pub fn parameters(&self, name: &str) -> Vec<String> {
        let values = self.query.split('&').filter_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (key == name).then(|| decode(value))
        });
        values.collect()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PageRequest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<PageRequest, Self::Rejection> {
        Ok(parts.extensions.get::<PageRequest>().cloned().unwrap_or_default())
    }
}

/// `a%20b+c` → `a b c`; what is not valid UTF-8 is replaced.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match (bytes[at], byte.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            (other, _) => out.push(other),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Text as a value in a query.
pub fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_decoded() {
        assert_eq!(decode("s%E1%BB%9F+n%E1%BB%99i"), "sở nội");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode(&encode("sở & nội vụ")), "sở & nội vụ");
    }
}
