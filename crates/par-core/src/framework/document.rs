//! Reading TOML with the line of every value, collecting all problems instead of the first.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::points::read::{self, Notation};
use crate::problem::{Expected, Problem, ProblemKind};
use crate::text;

/// A TOML file being read and the problems met in it.
pub struct Document<'a> {
    file: &'a str,
    text: &'a str,
    line_ends: Vec<usize>,
    problems: RefCell<Vec<Problem>>,
}

/// Bytes of a TOML file at most; a large area of criteria takes some 50 kB.
const MOST_BYTES: usize = 1 << 20;

/// Letters of a line at most: an array of cases stands on one line.
const LONGEST_LINE: usize = 20_000;

/// The line and the problem of a text that nobody wrote by hand: it is not read at all.
fn too_long(text: &str) -> Option<(usize, ProblemKind)> {
    if text.len() > MOST_BYTES {
        return Some((0, ProblemKind::FileTooLong { most: MOST_BYTES >> 10 }));
    }
    let line = text.lines().position(|line| line.chars().count() > LONGEST_LINE)?;
    Some((line + 1, ProblemKind::ValueTooLong { most: LONGEST_LINE }))
}

impl<'a> Document<'a> {
    /// Starts on a file; nothing is parsed yet.
    pub fn new(file: &'a str, text: &'a str) -> Document<'a> {
        let too_long = too_long(text);
        let text = if too_long.is_some() { "" } else { text };
        let line_ends =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        let problems = too_long.into_iter();
        let problems: Vec<Problem> =
            problems.map(|(line, kind)| Problem { file: file.to_owned(), line, kind }).collect();
        Document { file, text, line_ends, problems: RefCell::new(problems) }
    }

    /// The top table; syntax problems are recorded and what could be read is returned.
    pub fn top(&self) -> Table<'_, 'a> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let line = error.span().map_or(1, |span| self.line(span.start));
            // The first fault of a line explains it; the others are its echo.
            if self.problems.borrow().iter().all(|problem| problem.line != line) {
                self.report(line, ProblemKind::Syntax(error.message().to_owned()));
            }
        }
        Table { document: self, line: 1, entries: entries(table.into_inner()), used: RefCell::default() }
    }

    /// Records a problem at a line, once.
    pub fn report(&self, line: usize, kind: ProblemKind) {
        let problem = Problem { file: self.file.to_owned(), line, kind };
        let mut problems = self.problems.borrow_mut();
        // A value that is asked for twice is told once.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// All problems met, in order of lines.
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| problem.line);
        problems
    }

    /// A line of the file as a place to refer to, `area-1.toml:14`.
    pub fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.file)
    }

    fn line(&self, offset: usize) -> usize {
        self.line_ends.partition_point(|end| *end < offset) + 1
    }
}

type Entries<'a> = Vec<(String, Spanned<DeValue<'a>>)>;

fn entries(table: DeTable<'_>) -> Entries<'_> {
    table.into_iter().map(|(key, value)| (key.into_inner().into_owned(), value)).collect()
}

/// A table whose keys are taken one by one; [`Table::finish`] reports the ones nobody took.
pub struct Table<'d, 'a> {
    document: &'d Document<'a>,
    line: usize,
    entries: Entries<'a>,
    used: RefCell<Vec<String>>,
}

impl<'d, 'a> Table<'d, 'a> {
    /// The line the table begins on.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The document, to record problems of meaning.
    pub fn document(&self) -> &'d Document<'a> {
        self.document
    }

    /// Whether the key is there; does not take it.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| name == key)
    }

    /// Keys in alphabetical order; does not take them.
    pub fn keys(&self) -> Vec<String> {
        self.entries.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The line of a key's value, or of the table.
    pub fn line_of(&self, key: &str) -> usize {
        self.peek(key).map_or(self.line, |value| self.document.line(value.span().start))
    }

    /// A required text.
    pub fn text(&self, key: &str) -> Option<String> {
        self.require(key)?;
        let text = self.optional_text(key)?;
        if text.is_empty() {
            return self.fault(key, ProblemKind::KeyMissing(key.to_owned()));
        }
        if text::visible(&text).is_empty() {
            return self.fault(key, ProblemKind::NothingVisible(key.to_owned()));
        }
        Some(text)
    }

    /// A required name, code or word: a text of one line.
    pub fn name(&self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        match text::forbidden(&text, false) {
            None => Some(text),
            Some(letter) => self.fault(key, ProblemKind::ForbiddenLetter { key: key.to_owned(), letter }),
        }
    }

    /// A text that may be missing.
    pub fn optional_text(&self, key: &str) -> Option<String> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::String(text) => self.clean(key, text, value.span().start),
            _ => self.wrong(key, Expected::Text),
        }
    }

    /// A text as it is kept, when it holds no letter that is none.
    fn clean(&self, key: &str, text: &str, at: usize) -> Option<String> {
        let text = text::compose(text.trim());
        match text::forbidden(&text, true) {
            None => Some(text),
            Some(letter) => {
                let kind = ProblemKind::ForbiddenLetter { key: key.to_owned(), letter };
                self.document.report(self.document.line(at), kind);
                None
            }
        }
    }

    /// A required decimal number in quotes.
    pub fn decimal(&self, key: &str) -> Option<Decimal> {
        self.require(key)?;
        self.optional_decimal(key)
    }

    /// A decimal number in quotes that may be missing.
    pub fn optional_decimal(&self, key: &str) -> Option<Decimal> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::String(text) => match read::decimal(text, Notation::Data) {
                Ok(number) => Some(number),
                Err(problem) => self.fault(key, ProblemKind::Number { key: key.to_owned(), problem }),
            },
            _ => self.wrong(key, Expected::QuotedNumber),
        }
    }

    /// Required points in quotes.
    pub fn points(&self, key: &str) -> Option<Points> {
        self.require(key)?;
        self.optional_points(key)
    }

    /// Points in quotes that may be missing.
    pub fn optional_points(&self, key: &str) -> Option<Points> {
        let number = self.optional_decimal(key)?;
        match number.points() {
            Some(points) => Some(points),
            None => {
                let problem = read::NumberProblem::TooPrecise(number.to_string());
                self.fault(key, ProblemKind::Number { key: key.to_owned(), problem })
            }
        }
    }

    /// A whole number that may be missing.
    pub fn optional_whole(&self, key: &str, min: u32, max: u32) -> Option<u32> {
        let value = self.take(key)?;
        let DeValue::Integer(number) = value.get_ref() else {
            return self.wrong(key, Expected::Whole);
        };
        match number.as_str().parse::<u32>() {
            Ok(whole) if (min..=max).contains(&whole) => Some(whole),
            _ => self.fault(
                key,
                ProblemKind::OutOfRange {
                    key: key.to_owned(),
                    value: number.as_str().to_owned(),
                    min: min.to_string(),
                    max: max.to_string(),
                },
            ),
        }
    }

    /// A required whole number.
    pub fn whole(&self, key: &str, min: u32, max: u32) -> Option<u32> {
        self.require(key)?;
        self.optional_whole(key, min, max)
    }

    /// true or false; false when missing.
    pub fn flag(&self, key: &str) -> bool {
        match self.take(key).map(|value| value.get_ref()) {
            None => false,
            Some(DeValue::Boolean(flag)) => *flag,
            Some(_) => self.wrong(key, Expected::Flag).unwrap_or(false),
        }
    }

    /// One of a set of words, mapped by `named`.
    pub fn word<T>(&self, key: &str, allowed: &[&str], named: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.optional_text(key)?;
        match named(&value) {
            Some(found) => Some(found),
            None => {
                let allowed = allowed.iter().map(|word| (*word).to_owned()).collect();
                self.fault(key, ProblemKind::NotAllowed { key: key.to_owned(), value, allowed })
            }
        }
    }

    /// A list of texts; empty when missing.
    pub fn texts(&self, key: &str) -> Vec<String> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            return self.wrong(key, Expected::List).unwrap_or_default();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.extend(self.clean(key, text, item.span().start)),
                _ => self.document.report(
                    self.document.line(item.span().start),
                    ProblemKind::WrongType { key: key.to_owned(), expected: Expected::Text },
                ),
            }
        }
        texts
    }

    /// A table that may be missing.
    pub fn table(&self, key: &str) -> Option<Table<'d, 'a>> {
        let value = self.take(key)?;
        let line = self.document.line(value.span().start);
        match value.get_ref() {
            DeValue::Table(table) => Some(self.sub(table.clone(), line)),
            _ => self.wrong(key, Expected::Table),
        }
    }

    /// A list of tables; empty when missing.
    pub fn tables(&self, key: &str) -> Vec<Table<'d, 'a>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            return self.wrong(key, Expected::List).unwrap_or_default();
        };
        let mut tables = Vec::new();
        for item in items {
            let line = self.document.line(item.span().start);
            match item.get_ref() {
                DeValue::Table(table) => tables.push(self.sub(table.clone(), line)),
                _ => self
                    .document
                    .report(line, ProblemKind::WrongType { key: key.to_owned(), expected: Expected::Table }),
            }
        }
        tables
    }

    /// Reports every key that nothing has read.
    pub fn finish(self) {
        let used = self.used.borrow();
        for (key, value) in &self.entries {
            if !used.contains(key) {
                let line = self.document.line(value.span().start);
                self.document.report(line, ProblemKind::KeyUnknown(key.clone()));
            }
        }
    }

    /// Records a fault of a key's value and returns nothing.
    pub fn fault<T>(&self, key: &str, kind: ProblemKind) -> Option<T> {
        self.document.report(self.line_of(key), kind);
        None
    }

    fn sub(&self, table: DeTable<'a>, line: usize) -> Table<'d, 'a> {
        Table { document: self.document, line, entries: entries(table), used: RefCell::default() }
    }

    /// Reports the key if it is missing.
    pub fn require(&self, key: &str) -> Option<()> {
        if self.has(key) {
            return Some(());
        }
        self.document.report(self.line, ProblemKind::KeyMissing(key.to_owned()));
        None
    }

    fn wrong<T>(&self, key: &str, expected: Expected) -> Option<T> {
        self.fault(key, ProblemKind::WrongType { key: key.to_owned(), expected })
    }

    fn take(&self, key: &str) -> Option<&Spanned<DeValue<'a>>> {
        self.used.borrow_mut().push(key.to_owned());
        self.peek(key)
    }

    fn peek(&self, key: &str) -> Option<&Spanned<DeValue<'a>>> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}
