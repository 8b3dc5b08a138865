//! Reads a text that people wrote, from a plain text file or a Word document.
//!
//! Must not know: what the text is about.

use std::io::ErrorKind;
use std::path::Path;

use par_core::legacy;
use par_core::lint::document::Document;
use par_core::text;

use super::input::{self, Unread};
use super::unpack::{self, Wrapped};
use super::{docx_text, plain_text};

/// Bytes a file may have.
const LIMIT: u64 = unpack::MOST;
/// Bytes of one line of a plain text, or of a paragraph; nobody writes such lines.
const LONGEST_LINE: usize = 1 << 20;

/// Why a file is not readable as a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentProblem {
    /// The machine does not give the file; carries its reason.
    Unreadable(ErrorKind, String),
    /// A folder, not a file.
    Folder,
    /// A pipe or a device, not a file.
    NotAFile,
    /// No text in it.
    Empty,
    /// Vietnamese in an encoding before Unicode, by name.
    Legacy(&'static str),
    /// A line longer than this many megabytes.
    LineTooLong(usize, usize),
    /// A paragraph of a Word document, counted from 1, longer than this many megabytes.
    ParagraphTooLong(usize, usize),
    /// More megabytes than allowed.
    TooLarge(u64),
    /// Not UTF-8, first on this line.
    NotUtf8(usize),
    /// UTF-16, as Notepad's "Unicode".
    Utf16,
    /// A Word 97–2003 document (.doc).
    OldWord,
    /// A document with a password.
    Locked,
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
    parse(input::read(path, LIMIT).map_err(|unread| match unread {
        Unread::System(error) => DocumentProblem::Unreadable(error.kind(), error.to_string()),
        Unread::Folder => DocumentProblem::Folder,
        Unread::NotAFile => DocumentProblem::NotAFile,
        Unread::TooLarge(_, most) => DocumentProblem::TooLarge(most),
    })?)
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
    let is_long = |text: &String| text.len() > LONGEST_LINE;
    let long = document.paragraphs.iter().position(|paragraph| {
        is_long(&paragraph.text) || paragraph.notes.iter().any(|note| is_long(&note.text))
    });
    if let Some(at) = long {
        return Err(DocumentProblem::ParagraphTooLong(at + 1, LONGEST_LINE >> 20));
    }
    let texts = || document.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    if let Some(encoding) = legacy::encoding(texts()) {
        return Err(DocumentProblem::Legacy(encoding));
    }
    if texts().any(|text| !text.trim().is_empty()) { Ok(document) } else { Err(DocumentProblem::Empty) }
}

fn plain(bytes: &[u8]) -> Result<Document, DocumentProblem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(DocumentProblem::Utf16);
    }
    match unpack::old_or_locked(bytes) {
        Some(Wrapped::Old) => return Err(DocumentProblem::OldWord),
        Some(Wrapped::Locked) => return Err(DocumentProblem::Locked),
        None => {}
    }
    let foreign: [&[u8]; 6] = [b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"\x7FELF", b"{\\rtf", b"\x1F\x8B"];
    if foreign.iter().any(|mark| bytes.starts_with(mark)) || bytes.contains(&0) {
        return Err(DocumentProblem::NotAText);
    }
    let written = std::str::from_utf8(bytes).map_err(|error| {
        if let Some(encoding) = legacy::encoding_of_bytes(bytes) {
            return DocumentProblem::Legacy(encoding);
        }
        let before = &bytes[..error.valid_up_to()];
        DocumentProblem::NotUtf8(1 + before.iter().filter(|byte| **byte == b'\n').count())
    })?;
    let long = written.lines().position(|line| line.len() > LONGEST_LINE);
    if let Some(line) = long {
        return Err(DocumentProblem::LineTooLong(line + 1, LONGEST_LINE >> 20));
    }
    Ok(plain_text::parse(&text::compose(written.trim_start_matches('\u{FEFF}'))))
}
