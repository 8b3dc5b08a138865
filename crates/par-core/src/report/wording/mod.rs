//! The wording of a document: plain-text templates with named figures and lists.
//!
//! An office changes, drops and adds sentences here without touching the program. One paragraph is a
//! block of lines; blank lines stand between paragraphs. The signs that mean something:
//!
//! | sign | meaning |
//! |---|---|
//! | `# `, `## `, `### ` | headings, numbered by the program: I., 1., a) |
//! | `- ` | an item with a dash |
//! | `(#) ` | an item that the program numbers (1), (2), … anew below each heading |
//! | `> ` | a remark in italics |
//! | `// ` | a comment, not printed |
//! | `[bảng NAME] caption` | a table |
//! | `[biểu đồ NAME] caption` | a chart |
//! | `[mỗi NAME]` … `[hết]` | the blocks between, once for each item of a list |
//! | `[phụ lục] title`, `[phụ lục ngang] title` | an appendix up to the next one, upright or on its side |
//! | `[chú thích NAME] words` | the words of a footnote that a table sets by itself |
//! | `{name}`, `{name.part}` | a figure, name or list |
//! | `{name? case: words \| case: words \| words}` | the words of the first case that holds |
//! | `{mỗi name: words}` | the words once for each item, joined with commas and "và" |
//! | `^[words]` | a footnote |
//! | `**words**` | emphasis |
//!
//! Names are compared without case and diacritics. A paragraph of which nothing is left is dropped,
//! and so is a heading with nothing below it.

pub mod check;
mod facts;
pub mod fault;
pub mod letter;
pub mod names;
mod parse;
pub mod read;
mod scan;

use crate::publication::level::Level;
use crate::year::Year;
use letter::Letter;

/// Most choices, footnotes and lists inside each other: what reads and composes them calls itself.
const DEEPEST: usize = 20;

/// All templates of an organisation's documents for a year.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Wording {
    /// The report of the year.
    pub report: Vec<Block>,
    /// The profile of a unit.
    pub unit: Vec<Block>,
    /// Head and end of the report.
    pub letter: Letter,
    /// Remarks about areas that follow from judgements.
    pub findings: Vec<Finding>,
}

/// A block of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of level 1 to 3.
    Heading(u8, Words),
    /// A paragraph.
    Paragraph(Lead, Words),
    /// A table by its name, with its caption.
    Table(Name, Words),
    /// A chart by its name, with its title.
    Picture(Name, Words),
    /// Blocks repeated for each item of a list.
    Each(Name, Vec<Block>),
    /// An appendix with its blocks.
    Appendix {
        /// Its title.
        title: Words,
        /// Whether it lies on its side.
        landscape: bool,
        /// Its blocks.
        blocks: Vec<Block>,
    },
    /// The words of a footnote that a table sets by itself.
    Footnote(Name, Words),
}

/// How a paragraph of a template begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// As plain text.
    Body,
    /// With a dash.
    Dash,
    /// With a number the program gives.
    Number,
    /// As a remark.
    Remark,
}

/// Words in order.
pub type Words = Vec<Word>;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// As typed.
    Text(String),
    /// A figure, name or list.
    Name(Name),
    /// The first arm whose case holds.
    Choice(Name, Vec<Arm>),
    /// Words for each item of a list.
    Each(Name, Words),
    /// A footnote.
    Note(Words),
    /// Emphasis.
    Strong(Words),
}

/// A name in a template and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The file.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in letters.
    pub column: usize,
    /// As typed, without the part behind the dot.
    pub typed: String,
    /// For comparison: lower case, no diacritics, hyphens for spaces.
    pub key: String,
    /// What is wanted of it, such as `ten` in `{cao nhất.tên}`; the same form as `key`.
    pub part: Option<String>,
}

/// An arm of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// When it is taken; `None` always.
    pub case: Option<Case>,
    /// Its words.
    pub words: Words,
}

/// When an arm of a choice is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `có`: there is something, and more than none.
    Some,
    /// `không`: nothing, none or no change.
    None,
    /// `một`: exactly one.
    One,
    /// `nhiều`: more than one.
    Many,
    /// `tất cả`: every unit there is.
    All,
    /// `tăng`: the change is upward.
    Up,
    /// `giảm`: the change is downward.
    Down,
    /// `thiếu`: the year has no such figure.
    Missing,
}

impl Case {
    /// Cases with the words by which templates name them.
    pub const ALL: [(Case, &str); 8] = [
        (Case::Some, "có"),
        (Case::None, "không"),
        (Case::One, "một"),
        (Case::Many, "nhiều"),
        (Case::All, "tất cả"),
        (Case::Up, "tăng"),
        (Case::Down, "giảm"),
        (Case::Missing, "thiếu"),
    ];
}

/// A remark about an area: units of which something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The area's code, as compared across sets.
    pub area: String,
    /// What holds of the units, as the middle of a sentence.
    pub text: String,
    /// What is looked at, by criteria set; units of other sets are no part of the count.
    pub tests: Vec<(String, Test)>,
}

/// What is looked at in a unit's judgements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `lost CODE`: fewer points than the maximum that applies.
    Lost(String),
    /// `earned CODE`: more than no points.
    Earned(String),
    /// `zero CODE`: no points, though it applies.
    Zero(String),
    /// `event CODE INPUT`: the binding judgement counts at least one such event.
    Event(String, String),
}

impl Finding {
    /// Whether it asks for what a year published at a coarser level keeps to itself. Such a remark is left
    /// out whole: half of its tests would name half of the units.
    pub fn is_hidden(&self, year: &Year) -> bool {
        let has_area = year.sets.iter().any(|set| set.find_compared(&self.area).is_some());
        let area = !has_area && Level::hides(year, &self.area);
        let hidden = |(set, test): &(String, Test)| !test.fits(year, set) && Level::hides(year, test.code());
        area || self.tests.iter().any(hidden)
    }
}

impl Test {
    /// The code of the node looked at.
    pub fn code(&self) -> &str {
        match self {
            Test::Lost(code) | Test::Earned(code) | Test::Zero(code) | Test::Event(code, _) => code,
        }
    }

    /// Whether the node exists in the criteria set of that id.
    pub fn fits(&self, year: &Year, set: &str) -> bool {
        let set = year.sets.iter().find(|known| known.id == set);
        set.is_some_and(|set| {
            let node = set.find(self.code());
            match self {
                Test::Event(..) => node.is_some_and(|node| set.leaf(node).is_some()),
                _ => node.is_some(),
            }
        })
    }
}
