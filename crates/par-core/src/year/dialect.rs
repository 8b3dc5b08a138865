//! How a CSV file of a year folder is written: what parts its cells, which sign marks decimals.
//!
//! An Excel with Vietnamese settings saves semicolons and decimal commas; both give the same year as
//! the program's own commas and points. Must not know: what the columns mean.

use crate::points::decimal::Decimal;
use crate::points::read::{self, Notation, NumberProblem};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Between cells.
    pub separator: u8,
    decimals: Decimals,
}

/// How numbers of a file are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Decimals {
    /// As the program writes them: a decimal point.
    #[default]
    Point,
    /// A decimal comma; what has a point may be either, and is refused where it is in doubt.
    Comma,
    /// Nothing in the file shows the sign: what can be read in two ways is refused.
    Open,
}

impl Dialect {
    /// The dialect of a text whose first line is to name some of the columns.
    pub fn of(text: &str, is_column: impl Fn(&str) -> bool) -> Dialect {
        let first = text.lines().next().unwrap_or_default();
        let named = |separator: &u8| {
            let cells = first.split(char::from(*separator));
            cells.filter(|cell| is_column(cell.trim().trim_matches('"').trim())).count()
        };
        // Of equals the last is taken: the program's own comma.
        let separator = [b'\t', b';', b','].into_iter().max_by_key(named).unwrap_or(b',');
        Dialect { separator, decimals: Decimals::of(text, separator) }
    }

    /// A cell as the reader of the year takes it: values of inputs with decimal points.
    pub fn cell(self, heading: &str, cell: &str) -> String {
        if heading.ends_with("input") { self.decimals.inputs(cell) } else { cell.to_owned() }
    }

    /// How its numbers are read.
    pub fn decimals(self) -> Decimals {
        self.decimals
    }
}

impl Decimals {
    /// What the numbers of the file show together.
    fn of(text: &str, separator: u8) -> Decimals {
        // Between commas only a cell in quotes can hold one; most files of the program have none.
        if separator == b',' && !text.contains('"') {
            return Decimals::Point;
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let (mut comma, mut point) = (false, false);
        let mut record = csv::StringRecord::new();
        while !(comma && point) && reader.read_record(&mut record).unwrap_or(false) {
            for value in record.iter().flat_map(values) {
                let sign = certain(value);
                comma |= sign == Some(',');
                point |= sign == Some('.');
            }
        }
        match (comma, point) {
            (true, _) => Decimals::Comma,
            // A file parted by commas without any decimal comma is the program's own.
            (false, true) => Decimals::Point,
            (false, false) if separator == b',' => Decimals::Point,
            (false, false) => Decimals::Open,
        }
    }

    /// Reads a number of the file.
    pub fn read(self, text: &str) -> Result<Decimal, NumberProblem> {
        match self {
            Decimals::Point => read::decimal(text, Notation::Data),
            Decimals::Comma if text.matches(',').count() == 1 && !text.contains('.') => {
                read::decimal(&text.replace(',', "."), Notation::Data)
            }
            Decimals::Comma | Decimals::Open => read::decimal(text, Notation::Typed),
        }
    }

    /// Inputs such as `a=21;b=882,5` as the rules read them, with decimal points.
    pub fn inputs(self, text: &str) -> String {
        if self == Decimals::Point || !text.contains(',') {
            return text.to_owned();
        }
        let parts = text.split(';').map(|part| match part.split_once('=') {
            Some((name, value)) if read::decimal(&value.replace(',', "."), Notation::Data).is_ok() => {
                format!("{name}={}", value.replace(',', "."))
            }
            _ => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join(";")
    }
}

/// A cell, or the values of its inputs.
fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(|part| part.split_once('=').map_or(part, |(_, value)| value).trim())
}

/// The decimal sign of a number that can be read in one way only.
fn certain(text: &str) -> Option<char> {
    let mut signs = text.chars().filter(|c| matches!(c, ',' | '.'));
    let (sign, None) = (signs.next()?, signs.next()) else { return None };
    let number = read::decimal(text, Notation::Typed).ok()?;
    (number.places() > 0).then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str, cell: &str) -> Result<String, NumberProblem> {
        let dialect = Dialect::of(text, |column| ["code", "points"].contains(&column));
        dialect.decimals().read(cell).map(|number| number.to_string())
    }

    #[test]
    fn the_whole_file_tells_how_its_numbers_are_read() {
        let own = "code,points\nA,1.160\nB,2.5\n";
        assert_eq!(number(own, "1.160"), Ok("1.160".into()));
        let vietnamese = "code;points\r\nA;1,160\r\nB;2,5\r\n";
        assert_eq!(number(vietnamese, "1,160"), Ok("1.160".into()));
        assert!(matches!(number(vietnamese, "1.160"), Err(NumberProblem::Ambiguous { .. })));
        let quoted = "code,points\nA,\"2,5\"\n";
        assert_eq!(number(quoted, "2,5"), Ok("2.5".into()));
        let open = "code;points\nA;1.160\n";
        assert!(matches!(number(open, "1.160"), Err(NumberProblem::Ambiguous { .. })));
        let tabs = "code\tpoints\nA\t2.5\n";
        assert_eq!(number(tabs, "1.160"), Ok("1.160".into()));
    }

    #[test]
    fn inputs_keep_their_form() {
        assert_eq!(Decimals::Comma.inputs("a=21;b=882,5"), "a=21;b=882.5");
        assert_eq!(Decimals::Comma.inputs("items=1+3"), "items=1+3");
        assert_eq!(Decimals::Point.inputs("b=882,5"), "b=882,5");
    }
}
