//! CSV files of a year folder: rows with line numbers, columns by name, all problems at once.

use std::rc::Rc;

use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::points::read::{self, Notation, NumberProblem};
use crate::problem::{Expected, Problem, ProblemKind};
use crate::text;

/// Columns a file has to have or may have.
pub struct Columns<'c> {
    /// File name, for problems.
    pub file: &'c str,
    /// Must be there.
    pub required: &'c [&'c str],
    /// May be there.
    pub optional: &'c [&'c str],
}

/// One row.
pub struct Row {
    file: String,
    line: usize,
    headings: Rc<[String]>,
    cells: Vec<String>,
}

impl Columns<'_> {
    /// Reads all rows; problems of headings and quoting are recorded.
    pub fn read(&self, text: &str, problems: &mut Vec<Problem>) -> Vec<Row> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
        let mut report =
            |line: usize, kind| problems.push(Problem { file: self.file.to_owned(), line, kind });
        let headings = match reader.headers() {
            Ok(headings) => headings.iter().map(|heading| heading.trim().to_owned()).collect::<Vec<_>>(),
            Err(error) => {
                report(1, ProblemKind::Syntax(error.to_string()));
                return Vec::new();
            }
        };
        let known = |heading: &str| self.required.contains(&heading) || self.optional.contains(&heading);
        let mut sound = true;
        for missing in self.required.iter().filter(|name| headings.iter().all(|heading| heading != *name)) {
            sound = false;
            report(1, ProblemKind::KeyMissing((*missing).to_owned()));
        }
        for unknown in headings.iter().filter(|heading| !known(heading)) {
            sound = false;
            report(1, ProblemKind::KeyUnknown(unknown.clone()));
        }
        for (at, heading) in headings.iter().enumerate() {
            if headings[..at].contains(heading) {
                sound = false;
                report(1, ProblemKind::ColumnTwice(heading.clone()));
            }
        }
        let headings: Rc<[String]> = headings.into();
        let mut rows = Vec::new();
        let mut uneven = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line =
                        record.position().map_or(0, |place| usize::try_from(place.line()).unwrap_or(0));
                    let bare = |cell: &str| text::bare(cell.trim()).to_owned();
                    let cells: Vec<String> = record.iter().map(bare).collect();
                    for (heading, cell) in headings.iter().zip(&cells) {
                        if let Some(kind) = unreadable(heading, cell) {
                            report(line, kind);
                        }
                    }
                    rows.push(Row {
                        file: self.file.to_owned(),
                        line,
                        headings: Rc::clone(&headings),
                        cells,
                    });
                }
                Err(error) => {
                    let line = error.position().map_or(1, |place| usize::try_from(place.line()).unwrap_or(0));
                    match error.kind() {
                        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                            uneven.push((line, *len, *expected_len));
                        }
                        _ => report(line, ProblemKind::Syntax(error.to_string())),
                    }
                }
            }
        }
        match uneven.as_slice() {
            // One cell too many or too few in the headings is one fault, not one a row.
            [(_, cells, headings), rest @ ..]
                if rows.is_empty() && !rest.is_empty() && rest.iter().all(|(_, other, _)| other == cells) =>
            {
                report(1, ProblemKind::HeadingCount { headings: *headings, cells: *cells });
            }
            uneven => {
                for (line, found, expected) in uneven {
                    report(*line, ProblemKind::CellCount { found: *found, expected: *expected });
                }
            }
        }
        if sound { rows } else { Vec::new() }
    }
}

/// Columns that hold what people wrote, in several lines if they like.
const FREE: [&str; 9] =
    ["answer", "answer2", "answer3", "note", "reason", "origin", "refusal", "text", "value"];

/// A letter that no text may hold, or a cell in which there is nothing to see.
fn unreadable(column: &str, cell: &str) -> Option<ProblemKind> {
    let key = column.to_owned();
    match text::forbidden(cell, FREE.contains(&column)) {
        Some(letter) => Some(ProblemKind::ForbiddenLetter { key, letter }),
        None if !cell.is_empty() && text::visible(cell).is_empty() => Some(ProblemKind::NothingVisible(key)),
        None => None,
    }
}

impl Row {
    /// The cell's text; empty when the column is missing.
    pub fn text(&self, column: &str) -> &str {
        let place = self.headings.iter().position(|heading| heading == column);
        place.and_then(|place| self.cells.get(place)).map_or("", String::as_str)
    }

    /// The cell's text, or `None` when empty.
    pub fn filled(&self, column: &str) -> Option<&str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    /// A decimal number, or `None` when empty or wrong (then recorded).
    pub fn decimal(&self, column: &str, problems: &mut Vec<Problem>) -> Option<Decimal> {
        match read::decimal(self.filled(column)?, Notation::Data) {
            Ok(number) => Some(number),
            Err(problem) => self.fault(problems, ProblemKind::Number { key: column.to_owned(), problem }),
        }
    }

    /// Points, or `None` when empty or wrong (then recorded).
    pub fn points(&self, column: &str, problems: &mut Vec<Problem>) -> Option<Points> {
        let number = self.decimal(column, problems)?;
        number.points().or_else(|| {
            let problem = NumberProblem::TooPrecise(self.text(column).to_owned());
            self.fault(problems, ProblemKind::Number { key: column.to_owned(), problem })
        })
    }

    /// A whole number from 0, or `None` when empty or wrong (then recorded).
    pub fn whole(&self, column: &str, problems: &mut Vec<Problem>) -> Option<u32> {
        let text = self.text(column);
        if let Ok(number) = text.parse() {
            return Some(number);
        }
        let key = column.to_owned();
        let kind = match read::decimal(text, Notation::Data) {
            Err(problem) => ProblemKind::Number { key, problem },
            Ok(number) if number.trimmed().places() > 0 => {
                ProblemKind::WrongType { key, expected: Expected::WholeNumber }
            }
            Ok(_) => {
                let (min, max) = ("0".to_owned(), u32::MAX.to_string());
                ProblemKind::OutOfRange { key, value: text.to_owned(), min, max }
            }
        };
        self.fault(problems, kind)
    }

    /// Records a problem of this row and returns nothing.
    pub fn fault<T>(&self, problems: &mut Vec<Problem>, kind: ProblemKind) -> Option<T> {
        problems.push(Problem { file: self.file.clone(), line: self.line, kind });
        None
    }

    /// The line the row begins on, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The file the row stands in.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// `file:line`, to point at an earlier row.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}
