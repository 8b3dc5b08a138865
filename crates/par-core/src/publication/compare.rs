//! A table as it stands in a package against the table recomputed: row by row, cell by cell.

use std::collections::BTreeMap;

use super::table::Table;
use crate::text::bare;

/// A place where a table says something else than what follows from its inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Line of the file, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// The row by its key, such as `SNV 1.1.3`; empty for the file as a whole.
    pub row: String,
    /// What differs.
    pub kind: DifferenceKind,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The text is not CSV; carries the parser's words.
    Syntax(String),
    /// The headings are others.
    Headings {
        /// As they stand.
        said: String,
        /// As they should.
        expected: String,
    },
    /// A cell says something else.
    Cell {
        /// The column's name.
        column: &'static str,
        /// What it holds, in Vietnamese.
        title: &'static str,
        /// As it stands.
        said: String,
        /// As recomputed.
        expected: String,
    },
    /// A row that follows from the inputs is not there.
    RowMissing,
    /// A row that follows from nothing.
    RowExtra,
    /// A row that stands twice.
    RowTwice,
    /// All rows are right, but in another order.
    Order,
    /// All cells are right, but the text is written otherwise.
    Written,
}

/// Most differences looked for in one table: a table that is nothing but wrong needs no more.
const MOST: usize = 10_000;

/// Everything in which `said` differs from the table, in order of lines; nothing when it is the
/// table's text byte for byte.
pub fn compare(table: &Table, said: &str) -> Vec<Difference> {
    if said == table.csv() {
        return Vec::new();
    }
    let whole = |kind| Difference { line: 0, row: String::new(), kind };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(said.as_bytes());
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    for record in reader.records().take(table.rows.len() + MOST) {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
                found.push((line, record.iter().map(|cell| bare(cell).to_owned()).collect()));
            }
            Err(error) => {
                let line = error.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
                let kind = DifferenceKind::Syntax(error.to_string());
                return vec![Difference { line, ..whole(kind) }];
            }
        }
    }
    let headings: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    if found.first().is_none_or(|(_, first)| *first != headings) {
        let said = found.first().map(|(_, first)| first.join(",")).unwrap_or_default();
        return vec![whole(DifferenceKind::Headings { said, expected: headings.join(",") })];
    }
    let mut differences = rows(table, &found[1..]);
    if differences.is_empty() {
        let same_order = found[1..].iter().map(|(_, row)| row).eq(table.rows.iter());
        let kind = if same_order { DifferenceKind::Written } else { DifferenceKind::Order };
        differences.push(whole(kind));
    }
    differences
}

fn rows(table: &Table, found: &[(usize, Vec<String>)]) -> Vec<Difference> {
    let key_at = table.key_positions();
    let key = |row: &[String]| -> Vec<String> { key_at.iter().map(|at| row[*at].clone()).collect() };
    let mut expected: BTreeMap<Vec<String>, (&Vec<String>, bool)> =
        table.rows.iter().map(|row| (key(row), (row, false))).collect();
    let mut differences = Vec::new();
    for (line, row) in found {
        if differences.len() > MOST {
            return differences;
        }
        let name = key(row).join(" ");
        let mut add = |kind| differences.push(Difference { line: *line, row: name.clone(), kind });
        match expected.get_mut(&key(row)) {
            None => add(DifferenceKind::RowExtra),
            Some((_, true)) => add(DifferenceKind::RowTwice),
            Some((right, met)) => {
                *met = true;
                for ((column, said), expected) in table.columns.iter().zip(row).zip(right.iter()) {
                    if said != expected {
                        let (said, expected) = (said.clone(), expected.clone());
                        let (column, title) = (column.name, column.title);
                        add(DifferenceKind::Cell { column, title, said, expected });
                    }
                }
            }
        }
    }
    // In the order of the table, so that what is missing reads as a list.
    for row in &table.rows {
        if expected.get(&key(row)).is_some_and(|(_, met)| !met) {
            differences.push(Difference {
                line: 0,
                row: key(row).join(" "),
                kind: DifferenceKind::RowMissing,
            });
        }
    }
    differences
}
