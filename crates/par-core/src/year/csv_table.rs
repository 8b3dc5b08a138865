//! CSV files of a year folder: rows with line numbers, columns by name, all problems at once.

use std::rc::Rc;

use super::dialect::{Decimals, Dialect};
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::points::read::NumberProblem;
use crate::problem::{Expected, LONGEST_VALUE, Problem, ProblemKind};
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
    decimals: Decimals,
}

impl Columns<'_> {
    /// Reads all rows; problems of headings and quoting are recorded.
    pub fn read(&self, text: &str, problems: &mut Vec<Problem>) -> Vec<Row> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            problems.push(Problem { file: self.file.to_owned(), line: 0, kind: ProblemKind::FileEmpty });
            return Vec::new();
        }
        let known = |heading: &str| self.required.contains(&heading) || self.optional.contains(&heading);
        let dialect = Dialect::of(text, known);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(false)
            .delimiter(dialect.separator)
            .from_reader(text.as_bytes());
        let mut report =
            |line: usize, kind| problems.push(Problem { file: self.file.to_owned(), line, kind });
        let headings = match reader.headers() {
            Ok(headings) => headings.iter().map(|heading| heading.trim().to_owned()).collect::<Vec<_>>(),
            Err(error) => {
                report(1, ProblemKind::Syntax(error.to_string()));
                return Vec::new();
            }
        };
        let faults = self.heading_faults(&headings);
        let sound = faults.is_empty();
        let foreign = matches!(faults.as_slice(), [ProblemKind::NoHeadings(_)]);
        faults.into_iter().for_each(|kind| report(1, kind));
        if foreign {
            return Vec::new();
        }
        let headings: Rc<[String]> = headings.into();
        let mut rows = Vec::new();
        let mut uneven = Vec::new();
        let mut lines = Lines { text, counted: 0, line: 1 };
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line = lines.of(record.position());
                    if record.iter().any(is_too_long) {
                        report(line, ProblemKind::ValueTooLong { most: LONGEST_VALUE });
                        continue;
                    }
                    let cells = record.iter().zip(headings.iter());
                    let cells: Vec<String> =
                        cells.map(|(cell, heading)| dialect.cell(heading, text::bare(cell.trim()))).collect();
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
                        decimals: dialect.decimals(),
                    });
                }
                Err(error) => {
                    let line = lines.of(error.position());
                    match error.kind() {
                        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                            uneven.push((line, *len, *expected_len));
                        }
                        _ => report(line, ProblemKind::Syntax(error.to_string())),
                    }
                }
            }
        }
        uneven_faults(&uneven, rows.is_empty()).into_iter().for_each(|(line, kind)| report(line, kind));
        if sound { rows } else { Vec::new() }
    }

    /// What is wrong with the headings; one cause where they name no column at all.
    fn heading_faults(&self, headings: &[String]) -> Vec<ProblemKind> {
        let known = |heading: &str| self.required.contains(&heading) || self.optional.contains(&heading);
        if !headings.iter().any(|heading| known(heading)) {
            return vec![ProblemKind::NoHeadings(
                self.required.iter().map(|name| (*name).to_owned()).collect(),
            )];
        }
        let missing = self.required.iter().filter(|name| headings.iter().all(|heading| heading != *name));
        let mut faults: Vec<ProblemKind> =
            missing.map(|name| ProblemKind::KeyMissing((*name).to_owned())).collect();
        let unknown = headings.iter().filter(|heading| !known(heading));
        faults.extend(unknown.map(|heading| ProblemKind::KeyUnknown(heading.clone())));
        let again = headings.iter().enumerate().filter(|(at, heading)| headings[..*at].contains(heading));
        faults.extend(again.map(|(_, heading)| ProblemKind::ColumnTwice(heading.clone())));
        faults
    }
}

/// Rows with another number of cells than the headings: one cell too many or too few in the headings
/// is one fault, not one a row.
fn uneven_faults(uneven: &[(usize, u64, u64)], no_rows: bool) -> Vec<(usize, ProblemKind)> {
    match uneven {
        [(_, cells, headings), rest @ ..]
            if no_rows && !rest.is_empty() && rest.iter().all(|(_, other, _)| other == cells) =>
        {
            vec![(1, ProblemKind::HeadingCount { headings: *headings, cells: *cells })]
        }
        uneven => uneven
            .iter()
            .map(|(line, found, expected)| {
                (*line, ProblemKind::CellCount { found: *found, expected: *expected })
            })
            .collect(),
    }
}

fn is_too_long(cell: &str) -> bool {
    cell.len() > LONGEST_VALUE && cell.chars().count() > LONGEST_VALUE
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

/// Lines of a text as an editor counts them: the reader counts otherwise where lines end with CR LF.
struct Lines<'t> {
    text: &'t str,
    counted: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line on which a record begins; records come in order.
    fn of(&mut self, place: Option<&csv::Position>) -> usize {
        let start = place.and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(self.counted);
        let rest = self.text.get(start..).unwrap_or("");
        let start = start + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        if let Some(between) = self.text.get(self.counted..start) {
            self.line += between.matches('\n').count();
            self.counted = start;
        }
        self.line
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
        match self.decimals.read(self.filled(column)?) {
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
        let kind = match self.decimals.read(text) {
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
}
