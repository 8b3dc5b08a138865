//! Cells of a workbook as texts, kept by place; nothing outside what a criteria set can hold.

use std::collections::BTreeMap;

use par_core::text;

use super::super::unpack::{self, Spoilt, Wrapped};
use super::super::workbook::{Bounds, Value, Workbook, cell_name};
use super::{FaultKind, Unusable};

/// Largest workbook: a criteria set takes some 30 kB.
const LARGEST_MB: usize = 20;
/// Most rows looked at.
pub const MOST_ROWS: u32 = 5_000;
/// Most columns looked at.
const MOST_COLUMNS: u32 = 100;

/// A row and a column, counted from 0.
pub type Cell = super::super::workbook::Place;

/// A workbook that could be opened.
pub struct Book(Workbook);

/// The cells of one sheet that hold something.
#[derive(Default)]
pub struct Sheet {
    pub cells: BTreeMap<Cell, Value>,
    /// Top left cell and name of every merged range.
    pub merged: Vec<(Cell, String)>,
    /// Whether rows were left out because there are too many.
    pub too_long: bool,
}

impl Book {
    pub fn open(bytes: &[u8]) -> Result<Book, Unusable> {
        if bytes.len() > LARGEST_MB * 1024 * 1024 {
            return Err(Unusable::TooLarge(LARGEST_MB));
        }
        match unpack::old_or_locked(bytes) {
            Some(Wrapped::Locked) => return Err(Unusable::Locked),
            Some(Wrapped::Old) => return Err(Unusable::Old),
            None => {}
        }
        Workbook::open(bytes.to_vec()).map_err(spoilt)?.map(Book).ok_or(Unusable::NotAWorkbook)
    }

    /// The sheet of that name, whatever its case and diacritics; `None` when there is none.
    pub fn sheet(&mut self, name: &str) -> Result<Option<Sheet>, Unusable> {
        let wanted = text::slug(name);
        let found = self.0.sheets.iter().find(|found| text::slug(&found.name) == wanted).cloned();
        let Some(named) = found else { return Ok(None) };
        let bounds = Bounds { rows: MOST_ROWS, columns: MOST_COLUMNS };
        let read = self.0.sheet(&named, bounds).map_err(spoilt)?;
        let merged = |(from, to): (Cell, Cell)| (from, format!("{}:{}", cell_name(from), cell_name(to)));
        Ok(Some(Sheet {
            cells: read.cells,
            merged: read.merged.into_iter().map(merged).collect(),
            too_long: read.cut.is_some_and(|(row, _)| row >= MOST_ROWS),
        }))
    }
}

fn spoilt(spoilt: Spoilt) -> Unusable {
    match spoilt {
        Spoilt::Broken(_) => Unusable::NotAWorkbook,
        Spoilt::Locked => Unusable::Locked,
        Spoilt::TooLarge(most) => Unusable::TooLargeUnpacked(most),
        Spoilt::LongCell(cell) => Unusable::LongCell(cell_name(cell)),
    }
}

impl Sheet {
    /// The text of a cell; empty when nothing is there.
    pub fn text(&self, cell: Cell) -> Result<String, FaultKind> {
        match self.cells.get(&cell) {
            None => Ok(String::new()),
            Some(Value::Text(text)) => Ok(text_of(text)),
            Some(Value::Number(number)) => Ok(number.to_string()),
            Some(Value::Unusual(text)) => Ok(text.clone()),
            Some(Value::Truth(truth)) => Ok(truth.to_string().to_uppercase()),
            Some(Value::Error(error)) => Err(FaultKind::CellError(error.clone())),
            Some(Value::Date(_)) => Err(FaultKind::Date),
            Some(Value::Formula) => Err(FaultKind::Formula),
        }
    }

    /// Whether the cell holds a number, not a text.
    pub fn is_number(&self, cell: Cell) -> bool {
        matches!(self.cells.get(&cell), Some(Value::Number(_) | Value::Unusual(_)))
    }

    /// Rows that hold something, in order.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// Columns of a row that hold something.
    pub fn columns(&self, row: u32) -> impl Iterator<Item = u32> {
        self.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), _)| *column)
    }
}

/// A text with its lines, as typed.
fn text_of(text: &str) -> String {
    text::compose(&text.replace("\r\n", "\n")).trim().to_owned()
}
