//! Reads a CSV file or the sheets of a workbook as plain grids of cells.
//!
//! Must not know: what the tables are about.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use par_core::legacy;
use par_core::recheck::cell::{Cell, Content};
use unicode_normalization::UnicodeNormalization;

use super::input::{self, Unread};
use super::unpack::{self, MOST, Spoilt, Wrapped};
use super::workbook::{Bounds, LONGEST_CELL, Named, Sheet, Value, Workbook, letters};

/// The tables of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// Visible sheets with at least one filled cell, or the named one; of a CSV file the file.
    pub grids: Vec<Grid>,
    /// Names of hidden sheets, which were not read.
    pub hidden: Vec<String>,
}

/// A table as texts and numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The sheet's name; for CSV the file's name.
    pub name: String,
    /// Rows with at least one filled cell.
    pub rows: Vec<GridRow>,
    /// Of a workbook the letters of each column, hidden ones left out; empty for CSV.
    pub columns: Vec<String>,
    /// Hidden rows that were left out, and letters of hidden columns.
    pub hidden: (Vec<usize>, Vec<String>),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridRow {
    /// Line of the file or row of the sheet, counted from 1.
    pub line: usize,
    /// Texts trimmed, NFC, inner white space as single spaces; numbers of a workbook as such. Empty
    /// cells at the end are left out.
    pub cells: Vec<Cell>,
}

/// What a file may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes on disk.
    pub bytes: u64,
    /// Last row.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 200 << 20, rows: 1_000_000, columns: 500 }
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
    /// A pipe or a device, not a file.
    NotAFile,
    /// Nothing in it.
    Empty,
    /// More bytes than allowed (megabytes: actual, allowed).
    TooLarge(u64, u64),
    /// A workbook that is more than this many megabytes once unpacked.
    TooLargeUnpacked(u64),
    /// More rows than allowed.
    TooManyRows(usize),
    /// More columns than allowed.
    TooManyColumns(usize),
    /// Not UTF-8.
    NotUtf8,
    /// UTF-16, as Excel's "Unicode Text".
    Utf16,
    /// Vietnamese in an encoding before Unicode, by name.
    Legacy(&'static str),
    /// A cell with more letters than this.
    LongCell(usize),
    /// A line longer than this many megabytes.
    LineTooLong(usize),
    /// A quotation mark is opened and never closed.
    OpenQuote,
    /// An Excel 97–2003 workbook (.xls).
    OldWorkbook,
    /// A workbook with a password.
    Locked,
    /// A PDF, a Word document, a picture, a program.
    NotATable,
    /// A workbook that is damaged; carries the part of it, or nothing where the whole is.
    BrokenWorkbook(String),
    /// The named sheet is not in the workbook; carries those that are.
    NoSuchSheet(Vec<String>),
}

/// Bytes of a line of CSV at most: a table has at most some hundred columns.
const LONGEST_LINE: usize = 1 << 20;
/// Cells with more lines than this come from a quotation mark that is never closed.
const LINES_IN_A_CELL: usize = 20;

/// Reads a file, of a workbook the named sheet or all that are visible.
///
/// # Errors
/// The first problem met; see [`TableProblemKind`].
pub fn read(path: &Path, sheet: Option<&str>, limits: &Limits) -> Result<Book, TableProblem> {
    let file = path.display().to_string();
    let name = path.file_name().map_or(file.clone(), |name| name.to_string_lossy().into_owned());
    let problem = |kind| TableProblem { file: file.clone(), sheet: None, line: None, kind };
    let bytes = input::read(path, limits.bytes).map_err(|unread| {
        problem(match unread {
            Unread::System(error) => TableProblemKind::Unreadable(error.kind(), error.to_string()),
            Unread::Folder => TableProblemKind::Folder,
            Unread::NotAFile => TableProblemKind::NotAFile,
            Unread::TooLarge(actual, most) => TableProblemKind::TooLarge(actual, most),
        })
    })?;
    parse(&name, bytes, sheet, limits).map_err(|problem| TableProblem { file, ..problem })
}

/// Reads the bytes of a file called `name`; see [`read`].
///
/// # Errors
/// The first problem met; see [`TableProblemKind`].
pub fn parse(name: &str, bytes: Vec<u8>, sheet: Option<&str>, limits: &Limits) -> Result<Book, TableProblem> {
    let book = if bytes.starts_with(b"PK\x03\x04") {
        workbook(name, bytes, sheet, limits)?
    } else {
        let grid = text(name, &bytes).and_then(|text| csv(name, text, limits))?;
        let filled = !grid.rows.is_empty();
        Book { grids: Some(grid).filter(|_| filled).into_iter().collect(), hidden: Vec::new() }
    };
    let problem =
        |kind| TableProblem { file: name.to_owned(), sheet: sheet.map(str::to_owned), line: None, kind };
    if book.grids.is_empty() {
        return Err(problem(TableProblemKind::Empty));
    }
    let texts = || {
        let cells = book.grids.iter().flat_map(|grid| &grid.rows).flat_map(|row| &row.cells);
        cells.filter(|cell| cell.content == Content::Text).map(|cell| cell.text.as_str())
    };
    match legacy::encoding(texts()) {
        Some(encoding) => Err(problem(TableProblemKind::Legacy(encoding))),
        None => Ok(book),
    }
}

/// The bytes as text, or what they are instead.
fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, TableProblem> {
    let problem = |line, kind| TableProblem { file: name.to_owned(), sheet: None, line, kind };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(problem(None, TableProblemKind::Utf16));
    }
    match unpack::old_or_locked(bytes) {
        Some(Wrapped::Old) => return Err(problem(None, TableProblemKind::OldWorkbook)),
        Some(Wrapped::Locked) => return Err(problem(None, TableProblemKind::Locked)),
        None => {}
    }
    let foreign: [&[u8]; 6] = [b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"\x7FELF", b"{\\rtf", b"\x1F\x8B"];
    if foreign.iter().any(|mark| bytes.starts_with(mark)) || bytes.contains(&0) {
        return Err(problem(None, TableProblemKind::NotATable));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let legacy = legacy::encoding_of_bytes(bytes);
        problem(Some(line), legacy.map_or(TableProblemKind::NotUtf8, TableProblemKind::Legacy))
    })?;
    if let Some(line) = text.lines().position(|line| line.len() > LONGEST_LINE) {
        return Err(problem(Some(line + 1), TableProblemKind::LineTooLong(LONGEST_LINE >> 20)));
    }
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
        if record.iter().any(|text| text.len() > LONGEST_CELL && text.chars().count() > LONGEST_CELL) {
            return Err(problem(line, TableProblemKind::LongCell(LONGEST_CELL)));
        }
        let cells = cells(record.iter().map(|text| Cell::from(tidy(text))));
        if cells.len() > limits.columns {
            return Err(problem(line, TableProblemKind::TooManyColumns(limits.columns)));
        }
        if !cells.is_empty() {
            rows.push(GridRow { line, cells });
        }
    }
    Ok(Grid { name: name.to_owned(), rows, columns: Vec::new(), hidden: (Vec::new(), Vec::new()) })
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

fn workbook(name: &str, bytes: Vec<u8>, sheet: Option<&str>, limits: &Limits) -> Result<Book, TableProblem> {
    let problem = |kind| TableProblem { file: name.to_owned(), sheet: None, line: None, kind };
    let spoilt = |spoilt| problem(unread(&spoilt));
    let mut workbook =
        Workbook::open(bytes).map_err(spoilt)?.ok_or_else(|| problem(TableProblemKind::NotATable))?;
    let sheets = workbook.sheets.clone();
    let named = |found: &&Named| sheet.is_some_and(|sheet| tidy(&found.name) == tidy(sheet));
    let chosen: Vec<&Named> = match sheet {
        Some(_) => sheets.iter().filter(named).collect(),
        None => sheets.iter().filter(|sheet| !sheet.hidden).collect(),
    };
    if chosen.is_empty() && sheet.is_some() {
        let names = sheets.iter().map(|sheet| sheet.name.clone()).collect();
        return Err(problem(TableProblemKind::NoSuchSheet(names)));
    }
    let hidden = sheets.iter().filter(|own| own.hidden && sheet.is_none());
    let mut book = Book { grids: Vec::new(), hidden: hidden.map(|sheet| sheet.name.clone()).collect() };
    let bounds = Bounds {
        rows: u32::try_from(limits.rows).unwrap_or(u32::MAX),
        columns: u32::try_from(limits.columns).unwrap_or(u32::MAX),
    };
    for named in chosen {
        let on_sheet = |line: Option<usize>, kind| TableProblem {
            sheet: Some(named.name.clone()),
            line,
            ..problem(kind)
        };
        let read = workbook.sheet(named, bounds).map_err(|found| match found {
            Spoilt::LongCell((row, _)) => on_sheet(Some(row as usize + 1), unread(&found)),
            found => spoilt(found),
        })?;
        if let Some((row, column)) = read.cut {
            let rows = row >= bounds.rows || column < bounds.columns;
            let kind = if rows {
                TableProblemKind::TooManyRows(limits.rows)
            } else {
                TableProblemKind::TooManyColumns(limits.columns)
            };
            return Err(on_sheet(Some(row as usize + 1), kind));
        }
        let grid = grid(&named.name, read)
            .ok_or_else(|| on_sheet(None, TableProblemKind::TooLargeUnpacked(MOST >> 20)))?;
        if !grid.rows.is_empty() {
            book.grids.push(grid);
        }
    }
    Ok(book)
}

fn unread(spoilt: &Spoilt) -> TableProblemKind {
    match spoilt {
        Spoilt::Broken(member) => TableProblemKind::BrokenWorkbook(member.clone()),
        Spoilt::Locked => TableProblemKind::Locked,
        Spoilt::TooLarge(most) => TableProblemKind::TooLargeUnpacked(*most),
        Spoilt::LongCell(_) => TableProblemKind::LongCell(LONGEST_CELL),
    }
}

/// Writes the value of every range merged over rows into each of them; `None` where that would be more
/// than an archive may unpack to.
fn spread(sheet: &mut Sheet) -> Option<()> {
    /// Bytes that a cell takes besides its text.
    const CELL: u64 = 64;
    let last = sheet.cells.keys().next_back().map_or(0, |(row, _)| *row);
    let mut room = MOST;
    for ((top, left), (bottom, _)) in std::mem::take(&mut sheet.merged) {
        let Some(value) = sheet.cells.get(&(top, left)).cloned() else { continue };
        let length = if let Value::Text(text) = &value { text.len() as u64 } else { 0 };
        let rows = top + 1..=bottom.min(last);
        room = room.checked_sub((CELL + length) * u64::from(rows.end().saturating_sub(top)))?;
        for row in rows {
            sheet.cells.entry((row, left)).or_insert_with(|| value.clone());
        }
    }
    Some(())
}

/// What people see of a sheet: no hidden rows and columns; a cell merged over rows stands in each. `None`
/// where merged ranges make too much of it.
fn grid(name: &str, mut sheet: Sheet) -> Option<Grid> {
    spread(&mut sheet)?;
    let width = sheet.cells.keys().map(|(_, column)| *column + 1).max().unwrap_or(0);
    let is_hidden =
        |column: u32| sheet.hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&column));
    let shown: Vec<u32> = (0..width).filter(|column| !is_hidden(*column)).collect();
    let mut rows: Vec<GridRow> = Vec::new();
    let mut hidden_rows = Vec::new();
    for ((row, column), value) in &sheet.cells {
        let line = *row as usize + 1;
        if sheet.hidden_rows.contains(row) {
            if hidden_rows.last() != Some(&line) {
                hidden_rows.push(line);
            }
            continue;
        }
        let Ok(at) = shown.binary_search(column) else { continue };
        let cell = cell(value);
        if cell.is_empty() {
            continue;
        }
        if rows.last().map(|row| row.line) != Some(line) {
            rows.push(GridRow { line, cells: Vec::new() });
        }
        let cells = &mut rows.last_mut().expect("a row was just pushed").cells;
        cells.resize_with(cells.len().max(at + 1), Cell::default);
        cells[at] = cell;
    }
    let filled: BTreeSet<u32> = sheet.cells.keys().map(|(_, column)| *column).collect();
    let filled = |column: &u32| filled.contains(column);
    let hidden_columns = (0..width).filter(|column| is_hidden(*column)).filter(filled).map(letters).collect();
    Some(Grid {
        name: name.to_owned(),
        rows,
        columns: shown.into_iter().map(letters).collect(),
        hidden: (hidden_rows, hidden_columns),
    })
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Text(text) => Cell::from(tidy(text)),
        Value::Number(number) => Cell::number(*number),
        Value::Unusual(text) | Value::Error(text) => Cell::from(text.clone()),
        Value::Truth(truth) => Cell::from(truth.to_string()),
        Value::Date(text) => Cell { text: text.clone(), content: Content::Date },
        Value::Formula => Cell { text: String::new(), content: Content::Formula },
    }
}

/// Trimmed, NFC, every run of white space (no-break spaces and line breaks too) as one space.
fn tidy(text: &str) -> String {
    let text: String = text.nfc().filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}')).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cells without the empty ones at the end.
fn cells(cells: impl Iterator<Item = Cell>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = cells.collect();
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    cells.truncate(filled);
    cells
}
