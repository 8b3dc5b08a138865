//! Typed, named inputs of a rule, and their one text form `a=21;b=20` · `items=1+3` · `opt=2`.

use std::fmt;

use crate::points::decimal::Decimal;
use crate::points::read::{self, Notation};
use crate::rule::problem::InputProblem;

/// Largest input: a thousand million (dossiers, đồng in thousands, …).
pub const LARGEST: i128 = 1_000_000_000;

/// An input a rule asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its name in the text form.
    pub name: String,
    /// What the field is called on a form, in Vietnamese.
    pub label: String,
    /// What may be given.
    pub kind: SlotKind,
}

/// What may be given in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A whole number from 0.
    Count,
    /// A decimal number from 0.
    Number,
    /// 1 yes, 0 no.
    Flag,
    /// The number of one option, counted from 1.
    Choice(Vec<String>),
    /// Any of the items, by id and label.
    Items(Vec<(String, String)>),
}

impl Slot {
    pub(super) fn count(name: &str, label: &str) -> Slot {
        Slot { name: name.to_owned(), label: label.to_owned(), kind: SlotKind::Count }
    }

    pub(super) fn number(name: &str, label: &str) -> Slot {
        Slot { name: name.to_owned(), label: label.to_owned(), kind: SlotKind::Number }
    }

    pub(super) fn flag(name: &str, label: &str) -> Slot {
        Slot { name: name.to_owned(), label: label.to_owned(), kind: SlotKind::Flag }
    }
}

/// Inputs given for one judgement, in the order they were written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Inputs(Vec<(String, String)>);

impl Inputs {
    /// Reads the text form; an empty text is no inputs.
    ///
    /// # Errors
    /// All parts that are not `name=value` or repeat a name.
    pub fn parse(text: &str) -> Result<Inputs, Vec<InputProblem>> {
        let mut parts: Vec<(String, String)> = Vec::new();
        let mut problems = Vec::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            match part.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
                None | Some(("", _)) => problems.push(InputProblem::Malformed(part.to_owned())),
                Some((name, _)) if parts.iter().any(|(known, _)| known == name) => {
                    problems.push(InputProblem::Twice(name.to_owned()));
                }
                Some((name, value)) => parts.push((name.to_owned(), value.to_owned())),
            }
        }
        if problems.is_empty() { Ok(Inputs(parts)) } else { Err(problems) }
    }

    /// A whole or decimal number from 0 to 10⁹.
    ///
    /// # Errors
    /// When missing, no number or out of bounds.
    pub fn number(&self, name: &str) -> Result<Decimal, InputProblem> {
        self.number_within(name, 0, Decimal::new(LARGEST, 0))
    }

    /// A whole or decimal number between bounds, both allowed.
    ///
    /// # Errors
    /// When missing, no number or out of bounds.
    pub fn number_within(&self, name: &str, min: i128, max: Decimal) -> Result<Decimal, InputProblem> {
        let text = self.value(name)?;
        let number = read::decimal(text, Notation::Data)
            .map_err(|problem| InputProblem::Number { name: name.to_owned(), problem })?;
        if number < Decimal::new(min, 0) || number > max {
            let (min, max) = (min.to_string(), max.to_string());
            return Err(InputProblem::OutOfRange { name: name.to_owned(), min, max });
        }
        Ok(number)
    }

    /// A whole number from 0 to 10⁹.
    ///
    /// # Errors
    /// When missing, no whole number or out of bounds.
    pub fn count(&self, name: &str) -> Result<i128, InputProblem> {
        self.count_within(name, 0, LARGEST)
    }

    /// A whole number between bounds, both allowed.
    ///
    /// # Errors
    /// When missing, no whole number or out of bounds.
    pub fn count_within(&self, name: &str, min: i128, max: i128) -> Result<i128, InputProblem> {
        let number = self.number_within(name, min, Decimal::new(max, 0))?.trimmed();
        if number.places() > 0 { Err(InputProblem::NotWhole(name.to_owned())) } else { Ok(number.units()) }
    }

    /// 1 or 0.
    ///
    /// # Errors
    /// When missing or neither.
    pub fn flag(&self, name: &str) -> Result<bool, InputProblem> {
        self.count_within(name, 0, 1).map(|flag| flag == 1)
    }

    /// The ids of a list `1+3`; an empty value is an empty list.
    ///
    /// # Errors
    /// When missing or an id is repeated.
    pub fn items(&self, name: &str) -> Result<Vec<&str>, InputProblem> {
        let text = self.value(name)?;
        let ids: Vec<&str> = text.split('+').map(str::trim).filter(|id| !id.is_empty()).collect();
        let repeated = ids.iter().enumerate().find(|(i, id)| ids[..*i].contains(id));
        match repeated {
            Some((_, id)) => Err(InputProblem::Twice(format!("{name}={id}"))),
            None => Ok(ids),
        }
    }

    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values as given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether the input was given at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    fn value(&self, name: &str) -> Result<&str, InputProblem> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).ok_or_else(|| InputProblem::Missing(name.to_owned()))
    }
}

/// Inputs while a rule reads them, with every problem met on the way.
pub(super) struct Given<'i> {
    pub inputs: &'i Inputs,
    pub problems: Vec<InputProblem>,
}

impl<'i> Given<'i> {
    /// Begins with the inputs nobody asked for.
    pub fn of(inputs: &'i Inputs, takes: impl Fn(&str) -> bool) -> Given<'i> {
        let unknown = inputs.iter().filter(|(name, _)| !takes(name));
        let problems = unknown.map(|(name, _)| InputProblem::Unknown(name.to_owned())).collect();
        Given { inputs, problems }
    }

    /// The value, or nothing when it is at fault (then recorded).
    pub fn take<T>(&mut self, read: Result<T, InputProblem>) -> Option<T> {
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    /// Records a problem and returns nothing.
    pub fn fault<T>(&mut self, problem: InputProblem) -> Option<T> {
        self.problems.push(problem);
        None
    }

    pub fn number(&mut self, name: &str) -> Option<Decimal> {
        self.take(self.inputs.number(name))
    }

    pub fn count(&mut self, name: &str) -> Option<i128> {
        self.take(self.inputs.count(name))
    }
}

impl fmt::Display for Inputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (name, value)) in self.0.iter().enumerate() {
            write!(f, "{}{name}={value}", if i > 0 { ";" } else { "" })?;
        }
        Ok(())
    }
}
