//! A document as PDF, in the layout of Nghị định 30/2020/NĐ-CP: tagged, with embedded fonts.
//!
//! Set by typst from one fixed template; the same values give the same bytes.

mod values;
mod world;

use std::collections::HashMap;

use par_core::moment::Moment;
use par_core::report::{Chart, Document};
use par_core::score::figure::Figure;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use world::Desk;

/// How many documents back the typesetter remembers what it has set: paragraphs that come again in
/// the next unit's profile are not set anew, and memory stays bounded.
const REMEMBERED: usize = 4;

/// What a document does not say itself.
#[derive(Clone, Copy)]
pub struct Imprint<'a> {
    /// Title in the file's properties and in the window's bar.
    pub title: &'a str,
    /// The charts of the document as SVG, by chart and part.
    pub pictures: &'a HashMap<(Chart, usize), String>,
    /// Gives the address at which a figure opens into what it is made of; without it nothing is a link.
    pub link: Option<&'a dyn Fn(&Figure) -> String>,
    /// Seconds since 1/1/1970, UTC: the moment written into the file.
    pub created: u64,
}

/// A document on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// Whether it keeps PDF/UA-1. It does not when a text holds a letter that no embedded font has;
    /// it is tagged all the same.
    pub accessible: bool,
}

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The document names a chart that was not given.
    NoPicture(Chart),
    /// The typesetter refused, in its own words: a fault of the template or of a chart's SVG.
    Refused(Vec<String>),
}

/// Sets a document.
///
/// # Errors
/// A chart that was not given, or that is not SVG.
pub fn write(document: &Document, imprint: Imprint<'_>) -> Result<Pdf, Fault> {
    let (values, charts) = values::document(document, imprint);
    let drawing = |chart: &(Chart, usize)| {
        imprint.pictures.get(chart).map(String::as_str).ok_or(Fault::NoPicture(chart.0))
    };
    let charts: Vec<&str> = charts.iter().map(drawing).collect::<Result<_, _>>()?;
    let desk = Desk::new(values.to_string(), &charts);
    let set = typst::compile::<PagedDocument>(&desk).output;
    let pdf = set.and_then(|pages| print(&pages, imprint)).map_err(|faults| refused(&faults));
    typst::comemo::evict(REMEMBERED);
    pdf
}

fn print(pages: &PagedDocument, imprint: Imprint<'_>) -> SourceResult<Pdf> {
    let standard = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .expect("one standard does not contradict itself");
    let mut options = PdfOptions {
        ident: Smart::Custom(imprint.title.to_owned()),
        creator: Smart::Custom(Some("parindex".to_owned())),
        timestamp: moment(imprint.created).map(Timestamp::new_utc),
        standards: standard,
        ..PdfOptions::default()
    };
    let (bytes, accessible) = match typst_pdf::pdf(pages, &options) {
        Ok(bytes) => (bytes, true),
        Err(_) => {
            options.standards = PdfStandards::default();
            (typst_pdf::pdf(pages, &options)?, false)
        }
    };
    Ok(Pdf { bytes, pages: pages.pages().len(), accessible })
}

/// Day and time of a moment, UTC.
fn moment(seconds: u64) -> Option<Datetime> {
    let (day, [hour, minute, second]) =
        Moment::from_ms(i64::try_from(seconds).ok()?.checked_mul(1000)?).utc();
    let (year, month, day) = day.date();
    let part = |value: u32| u8::try_from(value).ok();
    let year = i32::try_from(year).ok()?;
    Datetime::from_ymd_hms(year, part(month)?, part(day)?, part(hour)?, part(minute)?, part(second)?)
}

fn refused(faults: &[SourceDiagnostic]) -> Fault {
    Fault::Refused(faults.iter().map(|fault| fault.message.to_string()).collect())
}
