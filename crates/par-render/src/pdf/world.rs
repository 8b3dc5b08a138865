//! What the typesetter sees: one fixed template, embedded fonts, the values and charts of one document.
//!
//! No disk, no network, no clock, no fonts of the machine.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::fonts;

/// What is the same for every document, made once.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    values: FileId,
}

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let fonts: Vec<Font> = fonts::ALL
        .iter()
        .map(|font| Font::new(Bytes::new(*font), 0).expect("the embedded fonts are sound"))
        .collect();
    Press {
        // Headers of rows and groups in tables can only be marked with this feature.
        library: LazyHash::new(
            Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build(),
        ),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        template: Source::new(file("paper.typ"), include_str!("paper.typ").to_owned()),
        values: file("document.json"),
    }
});

/// Where the chart at `position` stands for the template.
pub(super) fn chart_name(position: usize) -> String {
    format!("chart-{position}.svg")
}

/// One document before the typesetter.
pub(super) struct Desk {
    values: Bytes,
    charts: Vec<(FileId, Bytes)>,
}

impl Desk {
    /// `values` is the document as JSON, `charts` the drawings it names by position.
    pub(super) fn new(values: String, charts: &[&str]) -> Desk {
        let charts = charts.iter().enumerate();
        Desk {
            values: Bytes::from_string(values),
            charts: charts
                .map(|(at, svg)| (file(&chart_name(at)), Bytes::from_string((*svg).to_owned())))
                .collect(),
        }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &PRESS.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &PRESS.book
    }

    fn main(&self) -> FileId {
        PRESS.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == PRESS.template.id() { Ok(PRESS.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == PRESS.values {
            return Ok(self.values.clone());
        }
        let chart = self.charts.iter().find(|(name, _)| *name == id);
        chart.map(|(_, svg)| svg.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        PRESS.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("names of files are plain ASCII");
    RootedPath::new(VirtualRoot::Project, path).intern()
}
