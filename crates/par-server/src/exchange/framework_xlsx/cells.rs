//! Cells of a workbook as texts, kept by place; nothing outside what a criteria set can hold.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use par_core::points::decimal::Decimal;
use par_core::text;

use super::{FaultKind, Unusable, letters};

/// Largest workbook: a criteria set takes some 30 kB.
const LARGEST_MB: usize = 20;
/// Most rows looked at.
pub const MOST_ROWS: u32 = 5_000;
/// Most columns looked at.
const MOST_COLUMNS: u32 = 100;

/// A row and a column, counted from 0.
pub type Cell = (u32, u32);

/// A workbook that could be opened.
pub struct Book(Xlsx<Cursor<Vec<u8>>>);

/// The cells of one sheet that hold something.
#[derive(Default)]
pub struct Sheet {
    pub cells: BTreeMap<Cell, Data>,
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
        Xlsx::new(Cursor::new(bytes.to_vec())).map(Book).map_err(|_| Unusable::NotAWorkbook)
    }

    /// The sheet of that name, whatever its case and diacritics; `None` when there is none.
    pub fn sheet(&mut self, name: &str) -> Result<Option<Sheet>, Unusable> {
        let wanted = text::slug(name);
        let Some(name) = self.0.sheet_names().into_iter().find(|found| text::slug(found) == wanted) else {
            return Ok(None);
        };
        let damaged = |_| Unusable::NotAWorkbook;
        let mut sheet = Sheet::default();
        for range in self.0.merge_cells_by_sheet_name(&name).map_err(damaged)? {
            sheet.merged.push((range.start, format!("{}:{}", named(range.start), named(range.end))));
        }
        // Read cell by cell: one stray cell in the last row of Excel must not cost a gigabyte.
        let mut reader = self.0.worksheet_cells_reader(&name).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (place, value) = (cell.get_position(), Data::from(cell.get_value().clone()));
            let blank = matches!(&value, Data::Empty)
                || matches!(&value, Data::String(text) if text.trim().is_empty());
            if blank || place.1 >= MOST_COLUMNS {
                continue;
            }
            if place.0 >= MOST_ROWS {
                sheet.too_long = true;
                break;
            }
            sheet.cells.insert(place, value);
        }
        Ok(Some(sheet))
    }
}

impl Sheet {
    /// The text of a cell; empty when nothing is there.
    pub fn text(&self, cell: Cell) -> Result<String, FaultKind> {
        match self.cells.get(&cell) {
            None | Some(Data::Empty) => Ok(String::new()),
            Some(Data::String(text)) => Ok(text::compose(&text.replace("\r\n", "\n")).trim().to_owned()),
            Some(Data::Int(whole)) => Ok(whole.to_string()),
            Some(Data::Float(number)) => Ok(plain(*number)),
            Some(Data::Bool(flag)) => Ok(flag.to_string().to_uppercase()),
            Some(Data::Error(error)) => Err(FaultKind::CellError(error.to_string())),
            Some(Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_)) => Err(FaultKind::Date),
        }
    }

    /// Whether the cell holds a number, not a text.
    pub fn is_number(&self, cell: Cell) -> bool {
        matches!(self.cells.get(&cell), Some(Data::Int(_) | Data::Float(_)))
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

/// A number as Excel shows it, to 15 digits: what lies behind is noise of binary fractions.
fn plain(number: f64) -> String {
    let digits = format!("{number:.14e}");
    let parsed = digits.split_once('e').and_then(|(mantissa, exponent)| {
        let units: i128 = mantissa.replace('.', "").parse().ok()?;
        let places = 14 - exponent.parse::<i32>().ok()?;
        match places {
            0..=30 => Some(Decimal::new(units, u8::try_from(places).ok()?)),
            -15..=-1 => Some(Decimal::new(units * 10i128.pow(places.unsigned_abs()), 0)),
            _ => None,
        }
    });
    parsed.map_or_else(|| number.to_string(), |decimal| decimal.trimmed().to_string())
}

fn named((row, column): Cell) -> String {
    format!("{}{}", letters(column), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_digits_excel_shows() {
        for (number, text) in [
            (1.1, "1.1"),
            (0.1 + 0.2, "0.3"),
            (15.5, "15.5"),
            (100.0, "100"),
            (2020.0, "2020"),
            (-5.0, "-5"),
            (0.0, "0"),
            (0.125, "0.125"),
            (1e15, "1000000000000000"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(plain(number), text);
        }
    }

    #[test]
    fn cells_are_named_as_in_excel() {
        assert_eq!(
            (named((13, 2)), named((0, 26)), named((9, 701))),
            ("C14".into(), "AA1".into(), "ZZ10".into())
        );
    }
}
