//! The office's own template: its styles, headers, pages and words, our content in its place.
//!
//! Placeholders are found even where Word has split them over runs. What stands before
//! `{{NOI_DUNG}}` is the document's head and what stands behind it its tail; where the template has
//! nothing there, those of Nghị định 30/2020 are drawn.

mod fill;
mod graft;
pub mod hazard;
mod scan;

use par_core::report::Document;

use super::Options;
use super::archive::{self, LARGEST, Unreadable};
use hazard::Hazard;

/// Where the text goes.
pub const CONTENT: &str = "NOI_DUNG";
/// Placeholders for words of the head and tail, beside [`CONTENT`]: number and symbol without "Số:",
/// date without the place, issuing body, body above it, kind, subject, who signs, the lines above the
/// signature, the receivers with dashes. Upper or lower case, with or without blanks inside the braces.
pub const PLACEHOLDERS: [&str; 9] =
    ["SO", "NGAY", "CO_QUAN", "CO_QUAN_CAP_TREN", "LOAI", "TRICH_YEU", "NGUOI_KY", "CHUC_VU", "NOI_NHAN"];

/// Where in a template something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the text itself.
    Text,
    /// In a header.
    Header,
    /// In a footer.
    Footer,
    /// In a footnote or endnote.
    Note,
}

/// Why a template cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateProblem {
    /// The file is no Word document (`.docx`, `.dotx`), or it is damaged.
    NotADocument,
    /// It unpacks to more than this many bytes, or to thousands of parts.
    TooLarge {
        /// The most it may unpack to.
        limit: u64,
    },
    /// It is saved with macros.
    HasMacros,
    /// A part carries something that acts by itself, is fetched from elsewhere, or leads out.
    Hazard {
        /// What.
        hazard: Hazard,
        /// The part, by its path in the file.
        part: String,
    },
    /// It is saved as "Strict Open XML", which other programs cannot read; "Word Document" is needed.
    Strict,
    /// `{{NOI_DUNG}}` stands nowhere.
    NoContentPlace,
    /// `{{NOI_DUNG}}` stands more than once.
    SeveralContentPlaces,
    /// `{{NOI_DUNG}}` has other words in its paragraph.
    ContentNotAlone {
        /// The paragraph's words.
        text: String,
    },
    /// `{{NOI_DUNG}}` stands in a table, a box, a content control, a header, a footer or a note.
    ContentNotInText {
        /// Where.
        place: Place,
    },
    /// A placeholder that does not exist; see [`CONTENT`] and [`PLACEHOLDERS`].
    UnknownPlaceholder {
        /// Its name without braces.
        name: String,
        /// Where.
        place: Place,
    },
    /// `{{` without `}}` in the same paragraph.
    Unclosed {
        /// The words from the braces on.
        text: String,
        /// Where.
        place: Place,
    },
}

/// The document inside the template, as a `.docx` file.
///
/// # Errors
/// Everything the template is refused for.
pub(super) fn write(
    document: &Document,
    options: &Options,
    template: &[u8],
) -> Result<Vec<u8>, Vec<TemplateProblem>> {
    let entries = archive::read(template).map_err(|unreadable| {
        vec![match unreadable {
            Unreadable::NotAnArchive => TemplateProblem::NotADocument,
            Unreadable::TooLarge => TemplateProblem::TooLarge { limit: LARGEST },
        }]
    })?;
    let hazards = hazard::hazards(&entries);
    if !hazards.is_empty() {
        return Err(hazards);
    }
    let entries = graft::document(document, options, entries)?;
    Ok(archive::written(&entries))
}
