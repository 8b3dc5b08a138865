//! A reader at a page of a year: the year's results and what was asked for.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use par_core::score::results::Results;

use super::App;
use super::failure::Failure;
use super::page::Shell;
use super::pen::Pen;
use super::request::PageRequest;

/// What every page of a year begins with. Pages whose year does not exist are answered here.
pub struct Visit {
    /// The year.
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
        Shell::of(&self.request, &self.results, title)
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
        Ok(Visit { results: app.year(year).await?, request })
    }
}
