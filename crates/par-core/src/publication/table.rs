//! A table of a package: named columns with their types and keys, rows of texts in data notation.
//!
//! Must not know: years, how a table is described in any metadata format.

use crate::year::write;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Short name; its file is `standing/{name}.csv`.
    pub name: &'static str,
    /// What it holds, in Vietnamese.
    pub title: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Columns that together name a row.
    pub key: Vec<&'static str>,
    /// References to other tables.
    pub references: Vec<Reference>,
    /// Rows in order, one text a column.
    pub rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Heading in the file.
    pub name: &'static str,
    /// What it holds, in Vietnamese.
    pub title: &'static str,
    /// What a cell is.
    pub kind: Kind,
    /// Whether a cell may be empty.
    pub filled: Filled,
}

/// What a cell is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// One of these words.
    Word(Vec<&'static str>),
    /// A whole number from 0.
    Whole,
    /// A decimal number with a point.
    Decimal,
    /// An exact number: a decimal, or a fraction in lowest terms such as `4283670/49`.
    Exact,
}

/// Whether a cell may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// Never empty.
    Always,
    /// May be empty.
    Maybe,
}

/// Columns whose values stand as a row's key in another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Columns of this table.
    pub columns: Vec<&'static str>,
    /// The other table.
    pub table: &'static str,
    /// Its columns, in the same order.
    pub key: Vec<&'static str>,
}

impl Table {
    /// The path of its file in a package.
    pub fn path(&self) -> String {
        format!("standing/{}.csv", self.name)
    }

    /// Its file.
    pub fn csv(&self) -> String {
        let headings: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        write::csv(&headings, &self.rows)
    }

    /// Positions of the key's columns.
    pub fn key_positions(&self) -> Vec<usize> {
        let place = |name: &&str| self.columns.iter().position(|column| column.name == *name);
        self.key.iter().map(|name| place(name).expect("keys are columns")).collect()
    }
}

impl Column {
    /// A column that is never empty.
    pub fn always(name: &'static str, title: &'static str, kind: Kind) -> Column {
        Column { name, title, kind, filled: Filled::Always }
    }

    /// A column whose cells may be empty.
    pub fn maybe(name: &'static str, title: &'static str, kind: Kind) -> Column {
        Column { name, title, kind, filled: Filled::Maybe }
    }
}

impl Reference {
    /// A reference of one column to the key of a table.
    pub fn one(column: &'static str, table: &'static str, key: &'static str) -> Reference {
        Reference { columns: vec![column], table, key: vec![key] }
    }
}
