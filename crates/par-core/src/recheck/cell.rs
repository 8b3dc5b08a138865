//! A cell of a file: what people see in it, and what the file says it holds.
//!
//! Must not know: rows, columns, what a table is about.

use crate::points::decimal::Decimal;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Trimmed text; of a typed number its digits with a decimal point.
    pub text: String,
    /// What the file says it is.
    pub content: Content,
}

/// What a file says that a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// A text, which may read as a number in one way or in two.
    #[default]
    Text,
    /// A number: no sign of it needs to be understood. A cell shown in percent holds the percent.
    Number(Decimal),
    /// A date that Excel made of something else, shown as day/month/year.
    Date,
    /// A formula whose value was never stored.
    Formula,
}

impl Cell {
    /// A cell of a typed number.
    pub fn number(number: Decimal) -> Cell {
        Cell { text: number.to_string(), content: Content::Number(number) }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.content != Content::Formula
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell { text: text.to_owned(), content: Content::Text }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, content: Content::Text }
    }
}
