//! Reads a text that people wrote, from a plain text file or a Word document.
//!
//! Must not know: what the text is about.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use par_core::lint::document::Document;
use par_core::text;

use super::{docx_text, plain_text};

/// Bytes a file may have, packed and unpacked.
pub const LIMIT: u64 = 64 << 20;

/// Why a file is not readable as a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentProblem {
    /// The machine does not give the file; carries its reason.
    Unreadable(ErrorKind, String),
    /// A folder, not a file.
    Folder,
    /// No text in it.
    Empty,
    /// More megabytes than allowed.
    TooLarge(u64),
    /// Not UTF-8, first on this line.
    NotUtf8(usize),
    /// UTF-16, as Notepad's "Unicode".
    Utf16,
    /// A Word 97–2003 document (.doc) or one with a password.
    OldWord,
    /// A PDF, a workbook, a picture, a program.
    NotAText,
    /// A Word document that is damaged; carries the member of the archive, or nothing where the
    /// archive itself is damaged.
    Broken(String),
}

/// Reads a file.
///
/// # Errors
/// The first problem met.
pub fn read(path: &Path) -> Result<Document, DocumentProblem> {
    if path.is_dir() {
        return Err(DocumentProblem::Folder);
    }
    let mut bytes = Vec::new();
    // The length is checked on what is read: a pipe has no length beforehand.
    File::open(path)
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| DocumentProblem::Unreadable(error.kind(), error.to_string()))?;
    parse(bytes)
}

/// Reads the bytes of a file; see [`read`].
///
/// # Errors
/// The first problem met.
pub fn parse(bytes: Vec<u8>) -> Result<Document, DocumentProblem> {
    if bytes.len() as u64 > LIMIT {
        return Err(DocumentProblem::TooLarge(LIMIT >> 20));
    }
    let document = if bytes.starts_with(b"PK") { docx_text::parse(bytes)? } else { plain(&bytes)? };
    let written = document.paragraphs.iter().any(|paragraph| !paragraph.text.trim().is_empty());
    if written { Ok(document) } else { Err(DocumentProblem::Empty) }
}

fn plain(bytes: &[u8]) -> Result<Document, DocumentProblem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(DocumentProblem::Utf16);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(DocumentProblem::OldWord);
    }
    let foreign: [&[u8]; 6] = [b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"\x7FELF", b"{\\rtf", b"\x1F\x8B"];
    if foreign.iter().any(|mark| bytes.starts_with(mark)) || bytes.contains(&0) {
        return Err(DocumentProblem::NotAText);
    }
    let written = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        DocumentProblem::NotUtf8(1 + before.iter().filter(|byte| **byte == b'\n').count())
    })?;
    Ok(plain_text::parse(&text::compose(written.trim_start_matches('\u{FEFF}'))))
}
