//! The official report as a value: head, sections, sentences, tables, charts, appendices.
//!
//! What is said stands here; how it looks on paper or on a page is a renderer's. Every figure in a
//! sentence or cell keeps the address under which it opens into its derivation.

mod area_values;
pub mod at;
mod budget;
pub mod compose;
mod lists;
mod look_up;
mod official;
mod remarks;
mod set_aside;
pub mod tables;
pub mod text;
mod unit_tables;
mod unit_values;
pub mod value;
pub mod wording;

use crate::score::figure::Figure;

/// A document, such as the report of a year or the profile of a unit.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Document {
    /// What stands above the text; `None` for a document without an official head.
    pub head: Option<Head>,
    /// The text.
    pub body: Vec<Part>,
    /// What stands below the text; goes with the head.
    pub tail: Option<Tail>,
    /// Appendices (phụ lục), each on pages of its own.
    pub appendices: Vec<Appendix>,
}

/// The head of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Head {
    /// The body above the issuing one, as in `ỦY BAN NHÂN DÂN TỈNH LAI CHÂU`; may be empty.
    pub parent: String,
    /// The issuing body, as in `SỞ NỘI VỤ`.
    pub issuer: String,
    /// Number and symbol as printed, as in `Số:        /BC-SNV`.
    pub number: String,
    /// Place and date as printed, as in `Lai Châu, ngày      tháng 4 năm 2021`.
    pub dated: String,
    /// Name of the kind of document, as in `BÁO CÁO`.
    pub kind: String,
    /// What it is about.
    pub subject: String,
}

/// The end of an official document.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tail {
    /// Who receives it, one line each, without dash and closing sign.
    pub recipients: Vec<String>,
    /// Lines above the signature, as in `KT. GIÁM ĐỐC`, `PHÓ GIÁM ĐỐC`.
    pub signer: Vec<String>,
    /// Who signs; empty until it is known.
    pub name: String,
}

/// An appendix: a title and its own parts.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Appendix {
    /// Roman number, empty when there is only one.
    pub number: String,
    /// Its title.
    pub title: Text,
    /// Whether its pages lie on their side.
    pub landscape: bool,
    /// Its content.
    pub parts: Vec<Part>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A heading of level 1 to 3 with its printed number (`I.`, `1.`, `a)`), given without slips.
    Heading {
        /// 1, 2 or 3.
        level: u8,
        /// As printed; empty for a heading without a number.
        number: String,
        /// The words.
        text: Text,
    },
    /// A paragraph.
    Paragraph {
        /// How it begins.
        lead: Lead,
        /// The words.
        text: Text,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Picture(Picture),
}

/// How a paragraph begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// With an indented first line.
    Body,
    /// With a dash: an item of a list.
    Dash,
    /// With its number in brackets: (1), (2), …
    Number(u32),
    /// As a remark, in italics.
    Remark,
}

/// Words in order.
pub type Text = Vec<Run>;

/// A run of words.
#[derive(Clone, Debug, PartialEq)]
pub enum Run {
    /// Plain words.
    Plain(String),
    /// Emphasised words.
    Strong(String),
    /// A number or name that follows from the year, as printed, and the address where it opens.
    Figure(String, Figure),
    /// A footnote at this place.
    Note(Text),
}

/// A table: a header row that repeats on every page, then rows.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Table {
    /// Short ASCII name: sheet name, anchor.
    pub id: String,
    /// What it shows; empty when the sentence before says it.
    pub caption: Text,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows below the header.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// How cells stand.
    pub align: Align,
    /// Width in parts of the table's width: the sum over all columns is the whole.
    pub width: u16,
}

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Short words and ordinal numbers.
    Centre,
    /// Numbers.
    Right,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// One text a column; one text over all columns in a row that heads a group.
    pub cells: Vec<Text>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// One of many.
    Plain,
    /// Heads the rows below it; has one cell over the whole width.
    Group,
    /// Sums up.
    Summary,
}

/// A chart with what it says in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Which chart.
    pub chart: Chart,
    /// Which part of it, from 0; a chart of many units is drawn in several.
    pub part: usize,
    /// Its title, printed below it.
    pub title: String,
    /// What somebody who cannot see it should know (văn bản thay thế).
    pub description: String,
}

impl Picture {
    /// This chart's part `part` of `all`, on which the units from `first` to `last` stand.
    pub fn piece(&self, (part, all): (usize, usize), (first, last): (&str, &str)) -> Picture {
        let shown = format!("Phần {} trên {all} của biểu đồ: từ {first} đến {last}.", part + 1);
        if part == 0 {
            return Picture { description: format!("{} {shown}", self.description), ..self.clone() };
        }
        Picture { part, title: format!("{} (tiếp theo)", self.title), description: shown, ..self.clone() }
    }
}

/// The charts a year has; each draws the figures of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chart {
    /// Indices by rank over the bands of the classes.
    Ranks,
    /// Component indices: units × areas.
    Areas,
    /// Self-scored against binding points, unit by unit.
    OwnAppraised,
    /// Indices of the year before and of this year.
    Changes,
    /// Points lost by reason of the request for explanation.
    Reasons,
    /// Mean component indices by cluster.
    Components,
    /// Survey answers by form type.
    Answers,
    /// Component indices of one unit against the mean of its cluster.
    Unit(usize),
}

/// A text without its runs' kinds; footnotes are left out.
pub fn plain(text: &[Run]) -> String {
    let mut plain = String::new();
    for run in text {
        match run {
            Run::Plain(words) | Run::Strong(words) | Run::Figure(words, _) => plain.push_str(words),
            Run::Note(_) => {}
        }
    }
    plain
}

/// A text of plain words.
pub fn words(text: impl Into<String>) -> Text {
    vec![Run::Plain(text.into())]
}
