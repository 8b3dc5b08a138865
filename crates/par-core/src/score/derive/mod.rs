//! How a figure came about: its rule in words, its working, its parts down to the judgements.
//!
//! Texts are in the language asked for; names, reasons and what people wrote stay as they are. Made on
//! demand; a standing holds none.

mod before;
mod group;
mod lost;
mod unit;
mod value;

use super::figure::Figure;
use super::results::Results;
use crate::framework::LeafId;
use crate::language::Language;
use crate::points::Points;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::year::{Request, Stage};

/// How a figure came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// Which figure.
    pub figure: Figure,
    /// What the figure is, as a heading.
    pub title: String,
    /// Its value.
    pub value: Value,
    /// The rule in one or two sentences.
    pub rule: String,
    /// The arithmetic, such as `85,6734 ÷ 98 × 100`; empty when the parts simply add up.
    pub working: String,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// For a judged leaf: everything that was said about it, in order.
    pub history: Vec<Said>,
}

/// A value of a figure, exact.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Points.
    Points(Points),
    /// Points stretched to the full scale, which may have no end of decimals.
    Stretched(Exact),
    /// Percent.
    Percent(Exact),
    /// Percentage points.
    Change(Exact),
    /// Units counted out of all.
    Count(usize, usize),
    /// A place or a plain number.
    Number(u64),
    /// A word, such as a class.
    Word(String),
    /// There is no such value: not evaluated, not comparable.
    Nothing,
}

/// One part of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: Value,
    /// Where it opens further.
    pub figure: Option<Figure>,
    /// A remark: why a node is not evaluated, where a figure of the year before comes from.
    pub note: String,
}

/// What one stage said about a leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The stage.
    pub stage: Stage,
    /// Points given.
    pub points: Points,
    /// Inputs in their text form.
    pub inputs: String,
    /// The rule's working for them, in words.
    pub working: String,
    /// Whether this judgement is the binding one.
    pub binding: bool,
    /// The request for explanation that followed it.
    pub request: Option<Request>,
}

impl Value {
    /// As printed on pages. Points are shown in full, since they are exact decimals;
    /// stretched points and percents are rounded to `places` by `mode`.
    pub fn say(&self, places: u8, mode: Rounding, language: Language) -> String {
        match self {
            Value::Points(points) => language.points(*points),
            Value::Stretched(points) => language.number(mode.apply(points, places)),
            Value::Percent(percent) => format!("{}%", language.number(mode.apply(percent, places))),
            Value::Change(change) => {
                let unit = language.of("điểm phần trăm", "percentage points");
                format!("{} {unit}", language.signed(mode.apply(change, places)))
            }
            Value::Count(count, of) => format!("{count}/{of}"),
            Value::Number(number) => number.to_string(),
            Value::Word(word) => word.clone(),
            Value::Nothing => "–".to_owned(),
        }
    }

    /// The exact value in data notation: a decimal for points, a fraction for percents.
    pub fn exact(&self) -> String {
        match self {
            Value::Points(points) => points.to_string(),
            Value::Percent(exact) | Value::Change(exact) | Value::Stretched(exact) => exact.to_string(),
            Value::Count(count, of) => format!("{count}/{of}"),
            Value::Number(number) => number.to_string(),
            Value::Word(word) => word.clone(),
            Value::Nothing => String::new(),
        }
    }
}

impl Results {
    /// How a figure came about.
    pub fn derive(&self, figure: &Figure, language: Language) -> Derivation {
        match figure {
            Figure::Unit(unit, of) => unit::derive(self, *unit, of, language),
            Figure::Mean(scope, measure) => group::mean(self, *scope, measure, language),
            Figure::PreviousMean(scope, measure) => group::previous_mean(self, *scope, measure, language),
            Figure::MeanChange(scope, measure) => group::mean_change(self, *scope, measure, language),
            Figure::Count(scope, count) => group::count(self, *scope, count, language),
            Figure::Lost(scope, lost) => lost::derive(self, *scope, lost, language),
        }
    }

    /// Everything said about a leaf of a unit, in order.
    pub fn history(&self, unit: usize, leaf: LeafId, language: Language) -> Vec<Said> {
        let set = self.year.set_of(unit);
        let file = self.year.leaf_file(unit, leaf);
        let binding = file.binding().map(|(stage, _)| stage);
        self.year
            .rounds
            .stages()
            .filter_map(|stage| {
                let judgement = file.at(stage)?;
                let award = set.scoring(leaf).rule.award(set.frame(leaf), &judgement.inputs);
                Some(Said {
                    stage,
                    points: judgement.points,
                    inputs: judgement.inputs.to_string(),
                    working: award.map(|award| award.working.say(language)).unwrap_or_default(),
                    binding: binding == Some(stage),
                    request: file.request_after(stage).cloned(),
                })
            })
            .collect()
    }

    fn name(&self, unit: usize) -> &str {
        &self.year.units[unit].name
    }
}

/// A percent with four more decimals than printed, to follow the rounding by hand.
fn long(percent: &Exact, language: Language) -> String {
    let shown = Rounding::Down.apply(percent, 6);
    let whole = shown.exact() == *percent;
    format!("{}{}%", language.number(shown.trimmed()), if whole { "" } else { "…" })
}
