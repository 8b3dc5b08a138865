//! What a name in a template stands for, and how its parts read in a Vietnamese sentence.

use std::cmp::Ordering;

use super::wording::{Case, Name};
use super::{Run, Text};
use crate::language::Language;
use crate::points::decimal::{Decimal, count_vi};
use crate::score::figure::Figure;
use crate::text;
use crate::words::sentence;

/// The value of a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The year has none.
    Missing,
    /// Words; empty ones count as nothing.
    Word(String),
    /// A number as printed, with its sign for the cases.
    Number(Number),
    /// A change in percentage points.
    Change(Number),
    /// Units of a population.
    Units(Units),
    /// Criteria of a population.
    Nodes(Nodes),
}

/// A printed number.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// As printed.
    pub printed: Decimal,
    /// Where it opens.
    pub figure: Option<Figure>,
}

/// Some units out of all that could be meant.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Units {
    /// Those meant, in the order in which they are named.
    pub found: Vec<UnitValue>,
    /// How many could be meant.
    pub of: usize,
    /// Where the count opens.
    pub figure: Option<Figure>,
}

/// A unit with the value it is named for.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitValue {
    /// Its name.
    pub name: String,
    /// The value; `None` when only the name matters.
    pub value: Option<Number>,
    /// Whether the value is a change.
    pub change: bool,
}

/// Some criteria out of all that could be meant.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Nodes {
    /// Those meant, in the order in which they are named.
    pub found: Vec<NodeValue>,
    /// How many could be meant.
    pub of: usize,
}

/// A criterion with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeValue {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The value it is named for.
    pub value: Number,
    /// Whether the value is a change.
    pub change: bool,
}

/// Parts that a kind of value has, as typed in templates; the first word is what the bare name gives.
pub fn parts(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Word | Kind::Number | Kind::List => &[],
        Kind::Change => &["giá trị", "dấu"],
        Kind::Units => &["số", "tổng", "tên", "kèm", "giá trị", "từ", "đến"],
        Kind::Nodes => &["số", "tổng", "tên", "kèm", "giá trị", "mã"],
    }
}

/// Kinds of values, for the check of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Word,
    /// A number.
    Number,
    /// A change in percentage points.
    Change,
    /// Units of a population.
    Units,
    /// Criteria of a population.
    Nodes,
    /// A list to repeat something for.
    List,
}

impl Value {
    /// A count.
    pub fn count(count: usize) -> Value {
        Value::Number(Number { printed: Decimal::new(count as i128, 0), figure: None })
    }

    /// Words.
    pub fn word(word: impl Into<String>) -> Value {
        Value::Word(word.into())
    }

    /// Whether a case holds.
    pub fn is(&self, case: Case) -> bool {
        let sign = match self {
            Value::Missing => return case == Case::Missing,
            Value::Word(word) => usize::from(!word.is_empty()).cmp(&0),
            Value::Number(number) | Value::Change(number) => number.printed.units().cmp(&0),
            Value::Units(units) => units.found.len().cmp(&0),
            Value::Nodes(nodes) => nodes.found.len().cmp(&0),
        };
        let (count, of) = match self {
            Value::Units(units) => (units.found.len() as i128, Some(units.of as i128)),
            Value::Nodes(nodes) => (nodes.found.len() as i128, Some(nodes.of as i128)),
            Value::Number(number) if number.printed.places() == 0 => (number.printed.units(), None),
            _ => (i128::from(sign.is_gt()), None),
        };
        match case {
            // A change of nothing is still something to speak of.
            Case::Some => matches!(self, Value::Change(_)) || sign.is_gt(),
            Case::None => sign.is_eq(),
            Case::One => count == 1,
            Case::Many => count > 1,
            Case::All => count > 0 && of == Some(count),
            Case::Up => matches!(self, Value::Change(_)) && sign == Ordering::Greater,
            Case::Down => matches!(self, Value::Change(_)) && sign == Ordering::Less,
            Case::Missing => false,
        }
    }

    /// The words for a name with this value; `None` when the year has nothing to say here.
    pub fn text(&self, name: &Name) -> Option<Text> {
        let part = name.part.as_deref();
        match self {
            Value::Missing => None,
            Value::Word(word) => (!word.is_empty()).then(|| super::words(word)),
            Value::Number(number) => Some(vec![number.run(number.printed.vi())]),
            Value::Change(number) => Some(vec![match part {
                Some("gia-tri") => number.run(number.size().vi()),
                Some("dau") => number.run(number.printed.vi_signed()),
                _ => number.run(sentence::change(number.printed, Language::Vi)),
            }]),
            Value::Units(units) => units.text(part),
            Value::Nodes(nodes) => nodes.text(part),
        }
    }
}

impl Number {
    /// Without its sign.
    fn size(&self) -> Decimal {
        Decimal::new(self.printed.units().abs(), self.printed.places())
    }

    fn run(&self, printed: String) -> Run {
        match &self.figure {
            Some(figure) => Run::Figure(printed, figure.clone()),
            None => Run::Plain(printed),
        }
    }

    /// As it stands in brackets behind a name.
    fn beside(&self, change: bool) -> Run {
        if change {
            self.run(sentence::change(self.printed, Language::Vi))
        } else {
            self.run(format!("{}%", self.printed.vi()))
        }
    }
}

impl Units {
    fn text(&self, part: Option<&str>) -> Option<Text> {
        let (count, of) = (count_vi(self.found.len()), count_vi(self.of));
        let counted = |printed: String| {
            Some(match &self.figure {
                Some(figure) => vec![Run::Figure(printed, figure.clone())],
                None => super::words(printed),
            })
        };
        match part {
            None => counted(format!("{count}/{of}")),
            Some("so") => counted(count),
            Some("tong") => Some(super::words(of)),
            Some("ten") => named(self.found.iter().map(|unit| (unit.name.as_str(), None))),
            Some("kem") => {
                let beside = |unit: &UnitValue| unit.value.as_ref().map(|value| value.beside(unit.change));
                named(self.found.iter().map(|unit| (unit.name.as_str(), beside(unit))))
            }
            // Printed values of units named together are the same, or the first is the extreme one.
            Some("den" | "gia-tri") => Some(vec![self.value(self.found.first()?)?]),
            Some("tu") => Some(vec![self.value(self.found.last()?)?]),
            Some(_) => None,
        }
    }

    fn value(&self, unit: &UnitValue) -> Option<Run> {
        let number = unit.value.as_ref()?;
        Some(number.run(number.size().vi()))
    }
}

impl Nodes {
    fn text(&self, part: Option<&str>) -> Option<Text> {
        match part {
            None => Some(super::words(format!("{}/{}", self.found.len(), self.of))),
            Some("so") => Some(super::words(count_vi(self.found.len()))),
            Some("tong") => Some(super::words(count_vi(self.of))),
            Some("ten") => named(self.quoted().iter().map(|name| (name.as_str(), None))),
            Some("ma") => named(self.found.iter().map(|node| (node.code.as_str(), None))),
            Some("kem") => {
                let names = self.quoted();
                let values = self.found.iter().map(|node| Some(node.value.beside(node.change)));
                named(names.iter().map(String::as_str).zip(values))
            }
            Some("gia-tri") => {
                let number = &self.found.first()?.value;
                Some(vec![number.run(number.size().vi())])
            }
            Some(_) => None,
        }
    }

    /// Names of criteria are half sentences with commas of their own: quotes hold them together.
    fn quoted(&self) -> Vec<String> {
        self.found.iter().map(|node| format!("“{}”", node.name)).collect()
    }
}

/// Names with what stands in brackets behind each, joined as a sentence joins them; `None` of none.
fn named<'n>(names: impl Iterator<Item = (&'n str, Option<Run>)>) -> Option<Text> {
    let items: Vec<Text> = names
        .map(|(name, beside)| {
            let mut item = super::words(name);
            if let Some(value) = beside {
                item.extend([Run::Plain(" (".to_owned()), value, Run::Plain(")".to_owned())]);
            }
            item
        })
        .collect();
    (!items.is_empty()).then(|| joined(items))
}

/// Items joined with commas and "và"; with semicolons alone where an item has a comma or "và" of its
/// own, since another "và" would be read as part of it.
pub fn joined(items: Vec<Text>) -> Text {
    let inner = |item: &Text| {
        let words = unquoted(&super::plain(item));
        words.contains(", ") || words.contains(" và ") || words.contains("; ")
    };
    let heavy = items.len() > 1 && items.iter().any(inner);
    let last = items.len().saturating_sub(1);
    let mut text = Text::new();
    for (i, item) in items.into_iter().enumerate() {
        let between = match (i, heavy) {
            (0, _) => "",
            (i, false) if i == last => " và ",
            (_, false) => ", ",
            (_, true) => "; ",
        };
        if !between.is_empty() {
            text.push(Run::Plain(between.to_owned()));
        }
        text.extend(item);
    }
    text
}

/// Without what stands between quotes.
fn unquoted(words: &str) -> String {
    words.split('“').map(|part| part.split_once('”').map_or(part, |(_, rest)| rest)).collect()
}

/// The form of a unit's name inside a sentence: kinds of places are written small (`huyện Sìn Hồ`),
/// names of bodies keep their capital (`Sở Nội vụ`), names of groups do not (`các huyện, thành phố`).
pub fn inside_sentence(name: &str) -> String {
    const PLACES: [&str; 7] = ["huyen", "thi", "thanh", "xa", "phuong", "dac", "quan"];
    let first = name.split(' ').next().unwrap_or_default();
    let two = name.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let place = match text::fold(first).as_str() {
        // Names of groups are common nouns.
        "cac" | "toan" | "don" | "nhom" | "khoi" => true,
        "thanh" => text::fold(&two) == "thanh pho",
        "thi" => text::fold(&two) == "thi xa" || text::fold(&two) == "thi tran",
        "dac" => text::fold(&two) == "dac khu",
        folded => PLACES.contains(&folded),
    };
    if place { text::small(name) } else { name.to_owned() }
}
