//! Reads a CSV file or a workbook sheet as a plain grid of texts.
//!
//! Must not know: what the table is about.

use std::fs::File;
use std::io::{Cursor, ErrorKind, Read};
use std::path::Path;

use calamine::{DataRef, Reader, SheetType, Xlsx};
use unicode_normalization::UnicodeNormalization;

/// A table as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The sheet's name; for CSV the file's name.
    pub name: String,
    /// Rows with at least one filled cell.
    pub rows: Vec<GridRow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridRow {
    /// Line of the file or row of the sheet, counted from 1.
    pub line: usize,
    /// Trimmed, NFC, inner white space as single spaces; numbers of a workbook in their shortest
    /// exact form with a decimal point. Empty cells at the end are left out.
    pub cells: Vec<String>,
}

/// What a file may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes on disk.
    pub bytes: u64,
    /// Bytes of a workbook once unpacked, as its directory declares them.
    pub unpacked: u64,
    /// Last row.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 200 << 20, unpacked: 1 << 30, rows: 1_000_000, columns: 500 }
    }
}

/// Why a file is not readable as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableProblem {
    /// The file as it was named.
    pub file: String,
    /// The sheet, if it is about one.
    pub sheet: Option<String>,
    /// The line or row, if it is about one.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: TableProblemKind,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableProblemKind {
    /// The machine does not give the file; carries its reason.
    Unreadable(ErrorKind, String),
    /// A folder, not a file.
    Folder,
    /// Nothing in it.
    Empty,
    /// More bytes than allowed (megabytes: actual, allowed).
    TooLarge(u64, u64),
    /// More rows than allowed.
    TooManyRows(usize),
    /// More columns than allowed.
    TooManyColumns(usize),
    /// Not UTF-8.
    NotUtf8,
    /// UTF-16, as Excel's "Unicode Text".
    Utf16,
    /// A quotation mark is opened and never closed.
    OpenQuote,
    /// An Excel 97–2003 workbook (.xls) or one with a password.
    OldWorkbook,
    /// A PDF, a Word document, a picture, a program.
    NotATable,
    /// A workbook that is damaged; carries the reader's reason.
    BrokenWorkbook(String),
    /// The named sheet is not in the workbook; carries those that are.
    NoSuchSheet(Vec<String>),
}

/// Cells with more lines than this come from a quotation mark that is never closed.
const LINES_IN_A_CELL: usize = 20;

/// Reads a file, of a workbook the named sheet or the first that is not empty.
///
/// # Errors
/// The first problem met; see [`TableProblemKind`].
pub fn read(path: &Path, sheet: Option<&str>, limits: &Limits) -> Result<Grid, TableProblem> {
    let file = path.display().to_string();
    let name = path.file_name().map_or(file.clone(), |name| name.to_string_lossy().into_owned());
    let problem = |kind| TableProblem { file: file.clone(), sheet: None, line: None, kind };
    let bytes = load(path, limits).map_err(problem)?;
    parse(&name, bytes, sheet, limits).map_err(|problem| TableProblem { file, ..problem })
}

/// Reads the bytes of a file called `name`; see [`read`].
///
/// # Errors
/// The first problem met; see [`TableProblemKind`].
pub fn parse(name: &str, bytes: Vec<u8>, sheet: Option<&str>, limits: &Limits) -> Result<Grid, TableProblem> {
    let grid = if bytes.starts_with(b"PK\x03\x04") {
        workbook(name, bytes, sheet, limits)
    } else {
        text(name, &bytes).and_then(|text| csv(name, text, limits))
    }?;
    if grid.rows.is_empty() {
        let sheet = sheet.map(str::to_owned);
        return Err(TableProblem { file: name.to_owned(), sheet, line: None, kind: TableProblemKind::Empty });
    }
    Ok(grid)
}

fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, TableProblemKind> {
    let unreadable = |error: std::io::Error| TableProblemKind::Unreadable(error.kind(), error.to_string());
    if path.is_dir() {
        return Err(TableProblemKind::Folder);
    }
    let mut bytes = Vec::new();
    // The length is checked on what is read: a pipe or a growing file has no length beforehand.
    File::open(path)
        .and_then(|file| file.take(limits.bytes + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > limits.bytes {
        let actual = path.metadata().map_or(limits.bytes, |metadata| metadata.len());
        return Err(TableProblemKind::TooLarge(actual >> 20, limits.bytes >> 20));
    }
    Ok(bytes)
}

/// The bytes as text, or what they are instead.
fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, TableProblem> {
    let problem = |line, kind| TableProblem { file: name.to_owned(), sheet: None, line, kind };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(problem(None, TableProblemKind::Utf16));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(problem(None, TableProblemKind::OldWorkbook));
    }
    let foreign: [&[u8]; 6] = [b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"\x7FELF", b"{\\rtf", b"\x1F\x8B"];
    if foreign.iter().any(|mark| bytes.starts_with(mark)) || bytes.contains(&0) {
        return Err(problem(None, TableProblemKind::NotATable));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        problem(Some(line), TableProblemKind::NotUtf8)
    })?;
    Ok(text.trim_start_matches('\u{FEFF}'))
}

fn csv(name: &str, text: &str, limits: &Limits) -> Result<Grid, TableProblem> {
    let problem = |line, kind| TableProblem { file: name.to_owned(), sheet: None, line: Some(line), kind };
    let mut reader = csv_reader(text, separator(text));
    let mut record = csv::StringRecord::new();
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    loop {
        let mut start = offset(&reader);
        // The text is UTF-8 and rows may differ in length: nothing else can fail.
        if !reader.read_record(&mut record).expect("text in memory is readable as CSV") {
            break;
        }
        // The reader passes over empty lines without counting them.
        start += text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        line += text[counted..start].matches('\n').count();
        counted = start;
        let breaks = record.iter().map(|cell| cell.matches('\n').count()).max().unwrap_or(0);
        let at_end = offset(&reader) >= text.len();
        let open = at_end && breaks > 0 && text.matches('"').count() % 2 == 1;
        if breaks > LINES_IN_A_CELL || open {
            return Err(problem(line, TableProblemKind::OpenQuote));
        }
        if rows.len() >= limits.rows {
            return Err(problem(line, TableProblemKind::TooManyRows(limits.rows)));
        }
        let cells = cells(record.iter().map(tidy));
        if cells.len() > limits.columns {
            return Err(problem(line, TableProblemKind::TooManyColumns(limits.columns)));
        }
        if !cells.is_empty() {
            rows.push(GridRow { line, cells });
        }
    }
    Ok(Grid { name: name.to_owned(), rows })
}

fn offset(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).expect("the text is in memory")
}

fn csv_reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// The separator under which the first lines have most cells of words alone: headings, units and
/// classes. Counting all cells would take a decimal comma for a separator.
fn separator(text: &str) -> u8 {
    let words = |separator: u8| {
        let mut reader = csv_reader(text, separator);
        let records = reader.records().take(60).filter_map(Result::ok);
        let is_word = |cell: &str| {
            cell.contains(char::is_alphabetic)
                && !cell.contains(|c: char| c.is_ascii_digit() || ";\t".contains(c))
        };
        let words = |record: csv::StringRecord| record.iter().filter(|cell| is_word(cell)).count();
        // A single cell a line says nothing for a separator.
        records.map(words).map(|words| words.saturating_sub(1)).sum::<usize>()
    };
    let best = [b';', b'\t', b','].into_iter().max_by_key(|separator| words(*separator));
    best.expect("three separators are tried")
}

fn workbook(name: &str, bytes: Vec<u8>, sheet: Option<&str>, limits: &Limits) -> Result<Grid, TableProblem> {
    let problem = |kind| TableProblem { file: name.to_owned(), sheet: None, line: None, kind };
    let unpacked = unpacked_size(&bytes);
    if unpacked > limits.unpacked {
        return Err(problem(TableProblemKind::TooLarge(unpacked >> 20, limits.unpacked >> 20)));
    }
    if !contains(&bytes, b"xl/") {
        return Err(problem(TableProblemKind::NotATable));
    }
    let broken = |error: calamine::XlsxError| TableProblemKind::BrokenWorkbook(error.to_string());
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken).map_err(problem)?;
    let metadata = workbook.sheets_metadata();
    let sheets = metadata.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let wanted = |name: &String| sheet.is_none_or(|sheet| tidy(name) == tidy(sheet));
    let chosen: Vec<&String> = sheets.iter().filter(|name| wanted(name)).collect();
    if chosen.is_empty() && sheet.is_some() {
        return Err(problem(TableProblemKind::NoSuchSheet(sheets)));
    }
    for sheet in chosen {
        let rows = sheet_rows(&mut workbook, sheet, limits).map_err(|(line, kind)| TableProblem {
            sheet: Some(sheet.clone()),
            line,
            ..problem(kind)
        })?;
        if !rows.is_empty() {
            return Ok(Grid { name: sheet.clone(), rows });
        }
    }
    Ok(Grid { name: name.to_owned(), rows: Vec::new() })
}

/// Reads the filled cells one by one: a single cell in the last row and column of a sheet must not
/// make a grid of seventeen thousand million.
fn sheet_rows(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    limits: &Limits,
) -> Result<Vec<GridRow>, (Option<usize>, TableProblemKind)> {
    let mut rows: Vec<GridRow> = Vec::new();
    let broken =
        |line| move |error: calamine::XlsxError| (line, TableProblemKind::BrokenWorkbook(error.to_string()));
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(broken(None))?;
    loop {
        let last = rows.last().map(|row| row.line);
        let Some(cell) = reader.next_cell().map_err(broken(last))? else { break };
        let text = cell_text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (line, column) = (row as usize + 1, column as usize);
        if line > limits.rows {
            return Err((Some(line), TableProblemKind::TooManyRows(limits.rows)));
        }
        if column >= limits.columns {
            return Err((Some(line), TableProblemKind::TooManyColumns(limits.columns)));
        }
        if last != Some(line) {
            rows.push(GridRow { line, cells: Vec::new() });
        }
        let cells = &mut rows.last_mut().expect("a row was just pushed").cells;
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = text;
    }
    rows.sort_by_key(|row| row.line);
    Ok(rows)
}

/// Numbers in the shortest form that reads back as the same number: 62.3, 98.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => tidy(text),
        DataRef::SharedString(text) => tidy(text),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(value) => value.as_f64().to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Trimmed, NFC, every run of white space (no-break spaces and line breaks too) as one space.
fn tidy(text: &str) -> String {
    let text: String = text.nfc().filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}')).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cells without the empty ones at the end.
fn cells(cells: impl Iterator<Item = String>) -> Vec<String> {
    let mut cells: Vec<String> = cells.collect();
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    cells.truncate(filled);
    cells
}

/// The sum of the unpacked sizes that a zip archive's directory declares.
fn unpacked_size(bytes: &[u8]) -> u64 {
    let entry = b"PK\x01\x02";
    let size = |at: usize| bytes.get(at + 24..at + 28).and_then(|size| size.try_into().ok());
    bytes
        .windows(entry.len())
        .enumerate()
        .filter(|(_, window)| window == entry)
        .filter_map(|(at, _)| size(at))
        .map(|size| u64::from(u32::from_le_bytes(size)))
        .sum()
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}
