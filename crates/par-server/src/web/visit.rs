//! A reader at a page of a year: what was published of the year, and what was asked for.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use par_core::score::results::Results;

use super::App;
use super::failure::Failure;
use super::page::Shell;
use super::pen::Pen;
use super::request::PageRequest;
use crate::ops::publications::{Content, PublishedYear};
use crate::ops::report::Worded;

/// A year as its last version was published.
#[derive(Clone)]
pub struct Shown {
    /// The year with its versions.
    pub year: Arc<PublishedYear>,
    /// Its results.
    pub results: Arc<Results>,
    /// The wording of its report.
    pub worded: Arc<Worded>,
}

impl Shown {
    /// What is shown of a year.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when its inputs are damaged.
    pub fn of(year: Arc<PublishedYear>) -> Result<Shown, Failure> {
        let Some(Content { results, worded }) = year.content.clone() else {
            return Err(Failure::Unavailable);
        };
        Ok(Shown { year, results, worded })
    }

    /// The version that is shown.
    pub fn version(&self) -> u32 {
        self.year.last().number
    }
}

/// What every page of a year begins with. Pages whose year does not exist are answered here.
pub struct Visit {
    /// What is shown of the year.
    pub shown: Shown,
    /// The year's results.
    pub results: Arc<Results>,
    /// What was asked for.
    pub request: PageRequest,
}

impl Visit {
    /// Writes the year's figures in the language of the page.
    pub fn pen(&self) -> Pen<'_> {
        self.request.pen(&self.results)
    }

    /// The frame of a page with that title.
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        Shell::of(&self.request, &self.shown, title)
    }

    /// The words in the language of the page.
    pub fn say<T>(&self, vi: T, en: T) -> T {
        self.request.language.of(vi, en)
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visit, Failure> {
        let request = parts.extensions.get::<PageRequest>().cloned().unwrap_or_default();
        let names = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Failure::NoPage)?;
        let year = names.iter().find(|(name, _)| *name == "year").map_or("", |(_, year)| year);
        let shown = Shown::of(app.year(year)?)?;
        Ok(Visit { results: Arc::clone(&shown.results), shown, request })
    }
}
