//! A table as a value: shown as HTML, CSV and JSON by one place each (`table.html`, [`super::data`]).
//!
//! Must not know: what its numbers mean.

use std::borrow::Cow;

use askama::Template;
use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_render::charts::svg::class_shape;

/// A table with its heading, columns and rows.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Part of addresses and anchors; tables of a page with the same id are parts of one list.
    pub id: &'static str,
    /// Its anchor on the page, where the id would not do.
    pub anchor: Option<String>,
    /// What the table shows.
    pub caption: String,
    /// What the whole list shows, where the table is one part of it.
    pub list: Option<&'static str>,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// Rows in order.
    pub rows: Vec<Row>,
    /// Footnotes; cells refer to them by position, counted from 1.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name in data files.
    pub key: String,
    /// Heading on pages.
    pub title: String,
    /// Where the heading leads.
    pub href: Option<String>,
    /// What stands in it.
    pub kind: Kind,
    /// Left out on telephones, where the row's page has it.
    pub wide_only: bool,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// The words that name the row.
    Head,
    /// Numbers.
    Number,
    /// Words that only data files carry, such as the block of a unit.
    DataOnly,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// One a column.
    pub cells: Vec<Cell>,
    /// How the row is set off.
    pub weight: Weight,
}

/// How a row is set off from others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Not at all.
    #[default]
    Plain,
    /// A mean or sum of other rows, for readers; data files leave it out, so that nobody adds it up.
    Summary,
    /// A group of the rows below it, such as an area above its criteria.
    Group,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// As pages print it.
    pub printed: Printed,
    /// As data files print it: decimal point.
    pub data: String,
    /// The exact value of a number, in lowest terms.
    pub exact: Option<String>,
    /// Where it opens.
    pub href: Option<String>,
    /// How it is set off.
    pub mark: Mark,
    /// Number of its footnote.
    pub note: Option<usize>,
    /// The part of `printed` that was searched for.
    pub found: Option<(usize, usize)>,
}

/// What a page prints in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Printed {
    /// Words in the language of the page.
    Words(String),
    /// Names and texts of the year's data, which are Vietnamese on every page.
    Name(String),
    /// A number.
    Number(Decimal),
    /// A change, with its sign.
    Signed(Decimal),
    /// A percent, with the sign behind it.
    Percent(Decimal),
    /// Not evaluated (không đánh giá).
    NotEvaluated,
}

impl Default for Printed {
    fn default() -> Printed {
        Printed::Words(String::new())
    }
}

impl Printed {
    /// As a page in that language prints it.
    pub fn say(&self, language: Language) -> Cow<'_, str> {
        match self {
            Printed::Words(words) | Printed::Name(words) => Cow::Borrowed(words),
            Printed::Number(number) => Cow::Owned(language.number(*number)),
            Printed::Signed(number) => Cow::Owned(language.signed(*number)),
            Printed::Percent(number) => Cow::Owned(language.number(*number) + "%"),
            Printed::NotEvaluated => Cow::Borrowed(language.of("không đánh giá", "not evaluated")),
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Printed::Number(number) | Printed::Signed(number) | Printed::Percent(number) => Some(*number),
            Printed::Words(_) | Printed::Name(_) | Printed::NotEvaluated => None,
        }
    }
}

/// How a cell is set off; always beside words or numbers, never instead of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Not at all.
    #[default]
    None,
    /// A step of the five-step scale, 1 to 5.
    Heat(u8),
    /// Not evaluated.
    NotEvaluated,
    /// A rise.
    Up,
    /// A fall.
    Down,
    /// A class, by its position from the best.
    Class(usize),
    /// The figure a row is read for.
    Strong,
    /// Depth in the tree of criteria, 1 to 5.
    Depth(usize),
}

impl Table {
    /// An empty table.
    pub fn new(id: &'static str, caption: impl Into<String>, columns: Vec<Column>) -> Table {
        Table { id, caption: caption.into(), columns, ..Table::default() }
    }

    /// The same table as a part of a list.
    pub fn part_of(mut self, list: &'static str) -> Table {
        self.list = Some(list);
        self
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If it has not one cell a column.
    pub fn push(&mut self, weight: Weight, cells: Vec<Cell>) {
        assert_eq!(cells.len(), self.columns.len(), "one cell a column in table {}", self.id);
        self.rows.push(Row { cells, weight });
    }

    /// The number of a footnote, which is added when it is new.
    pub fn footnote(&mut self, text: &str) -> usize {
        if let Some(known) = self.notes.iter().position(|note| note == text) {
            return known + 1;
        }
        self.notes.push(text.to_owned());
        self.notes.len()
    }
}

/// A column of numbers.
pub fn number(key: impl Into<String>, title: impl Into<String>) -> Column {
    Column { key: key.into(), title: title.into(), href: None, kind: Kind::Number, wide_only: false }
}

/// A column of words.
pub fn text(key: impl Into<String>, title: impl Into<String>) -> Column {
    Column { kind: Kind::Text, ..number(key, title) }
}

/// The column that names the row.
pub fn head(key: impl Into<String>, title: impl Into<String>) -> Column {
    Column { kind: Kind::Head, ..number(key, title) }
}

/// A column for data files only.
pub fn data_only(key: impl Into<String>) -> Column {
    Column { kind: Kind::DataOnly, ..number(key, "") }
}

impl Column {
    /// The same column with a heading that leads somewhere.
    pub fn link(mut self, href: String) -> Column {
        self.href = Some(href);
        self
    }

    /// The same column, left out on telephones: the row leads to a page that has it.
    pub fn wide_only(mut self) -> Column {
        self.wide_only = true;
        self
    }

    fn class(&self) -> &'static str {
        match (self.kind == Kind::Number, self.wide_only) {
            (true, true) => "num wide",
            (true, false) => "num",
            (false, true) => "text wide",
            (false, false) => "text",
        }
    }
}

impl Cell {
    /// Words in the language of the page.
    pub fn text(text: impl Into<String>) -> Cell {
        let words = text.into();
        Cell { data: words.clone(), printed: Printed::Words(words), ..Cell::default() }
    }

    /// A name or text of the year's data.
    pub fn name(name: impl Into<String>) -> Cell {
        let name = name.into();
        Cell { data: name.clone(), printed: Printed::Name(name), ..Cell::default() }
    }

    /// A number as printed, with its exact value.
    pub fn number(printed: Decimal, exact: String) -> Cell {
        let data = printed.to_string();
        Cell { printed: Printed::Number(printed), data, exact: Some(exact), ..Cell::default() }
    }

    /// A whole number.
    pub fn count(count: usize) -> Cell {
        Cell::number(Decimal::new(count as i128, 0), count.to_string())
    }

    /// Words for readers only: data files leave the cell empty.
    pub fn only_read(words: &str) -> Cell {
        Cell { printed: Printed::Words(words.to_owned()), ..Cell::default() }
    }

    /// No value.
    pub fn none() -> Cell {
        Cell::only_read("–")
    }

    /// Not evaluated (không đánh giá).
    pub fn not_evaluated() -> Cell {
        Cell { printed: Printed::NotEvaluated, mark: Mark::NotEvaluated, ..Cell::default() }
    }

    /// The same cell opening at an address.
    pub fn link(mut self, href: String) -> Cell {
        self.href = Some(href);
        self
    }

    /// The same cell with a mark.
    pub fn mark(mut self, mark: Mark) -> Cell {
        self.mark = mark;
        self
    }

    /// The same cell set off as what its row is read for, unless it is set off already.
    pub fn strong(mut self) -> Cell {
        if self.mark == Mark::None {
            self.mark = Mark::Strong;
        }
        self
    }

    /// The same cell with a footnote.
    pub fn note(mut self, note: Option<usize>) -> Cell {
        self.note = note;
        self
    }

    /// Decimals printed.
    fn places(&self) -> usize {
        self.printed.number().map_or(0, |number| usize::from(number.places()))
    }

    /// Zeros to be left unseen behind the number.
    fn pad(&self, most: &usize) -> String {
        if self.places() == 0 { String::new() } else { "0".repeat(most - self.places()) }
    }

    fn class(&self, column: &Column) -> String {
        let mark = match self.mark {
            Mark::None => String::new(),
            Mark::Class(_) => " class".to_owned(),
            Mark::Heat(step) => format!(" heat heat-{step}"),
            Mark::NotEvaluated => " not-evaluated".to_owned(),
            Mark::Strong => " strong".to_owned(),
            Mark::Up => " up".to_owned(),
            Mark::Down => " down".to_owned(),
            Mark::Depth(depth) => format!(" depth-{depth}"),
        };
        format!("{}{mark}", column.class())
    }

    /// The shape that goes with the mark, as markup; the words beside it say the same.
    pub fn shape(&self) -> String {
        match self.mark {
            Mark::Class(position) => class_shape(position),
            Mark::Up => "<span class=\"arrow up\" aria-hidden=\"true\">▲</span>".to_owned(),
            Mark::Down => "<span class=\"arrow down\" aria-hidden=\"true\">▼</span>".to_owned(),
            _ => String::new(),
        }
    }

    /// What is printed, split around the part that was searched for.
    fn split(&self, language: &Language) -> (String, String, String) {
        let printed = self.printed.say(*language);
        let (start, end) = self.found.unwrap_or((printed.len(), printed.len()));
        let part = |from: usize, to: usize| printed[from..to].to_owned();
        (part(0, start), part(start, end), part(end, printed.len()))
    }

    /// Marks Vietnamese names on pages in another language, for screen readers.
    fn foreign(&self, language: &Language) -> &'static str {
        match (&self.printed, language) {
            (Printed::Name(_), Language::En) => " lang=\"vi\"",
            _ => "",
        }
    }
}

/// A table on a page, with the addresses of its data.
#[derive(Template)]
#[template(path = "table.html")]
struct View<'t> {
    table: &'t Table,
    anchor: String,
    language: Language,
    /// Address of the page, for `.csv` and `.json`.
    page: &'t str,
    /// Most decimals in each column, so that decimal commas stand below each other.
    places: Vec<usize>,
    /// Queries those addresses keep.
    query: &'t str,
    downloads: bool,
}

impl Table {
    fn places(&self) -> Vec<usize> {
        let most = |column: usize| self.rows.iter().map(|row| row.cells[column].places()).max();
        (0..self.columns.len()).map(|column| most(column).unwrap_or(0)).collect()
    }

    /// The table as HTML. `part` tells apart the tables of a page that share an id; downloads are
    /// offered below the last one, in Vietnamese: their numbers and columns are the same in any language.
    pub fn html(&self, language: Language, page: &str, query: &str, part: usize, last: bool) -> String {
        let counted = || if part == 0 { self.id.to_owned() } else { format!("{}-{}", self.id, part + 1) };
        let anchor = self.anchor.clone().unwrap_or_else(counted);
        let page = if page == "/" { "/index" } else { page };
        let places = self.places();
        let view = View { table: self, anchor, language, page, query, places, downloads: last };
        view.render().expect("writing to a string cannot fail")
    }
}
