//! Typed, named inputs of a rule, and their one text form `a=21;b=20` · `items=1+3` · `opt=2`.

use std::fmt;

use crate::points::decimal::Decimal;
use crate::points::read::{self, Notation};
use crate::problem::InputProblem;

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
    /// [`InputProblem::Malformed`] when a part is not `name=value` or a name is repeated.
    pub fn parse(text: &str) -> Result<Inputs, InputProblem> {
        let mut parts: Vec<(String, String)> = Vec::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let malformed = || InputProblem::Malformed(part.to_owned());
            let (name, value) = part.split_once('=').ok_or_else(malformed)?;
            let name = name.trim();
            if name.is_empty() || parts.iter().any(|(known, _)| known == name) {
                return Err(malformed());
            }
            parts.push((name.to_owned(), value.trim().to_owned()));
        }
        Ok(Inputs(parts))
    }

    /// A whole or decimal number from 0 to 10⁹.
    ///
    /// # Errors
    /// When missing, no number or out of bounds.
    pub fn number(&self, name: &str) -> Result<Decimal, InputProblem> {
        let text = self.value(name)?;
        let number = read::decimal(text, Notation::Data)
            .map_err(|problem| InputProblem::Number { name: name.to_owned(), problem })?;
        if number.units() < 0 || number > Decimal::new(LARGEST, 0) {
            return Err(InputProblem::OutOfRange { name: name.to_owned(), max: LARGEST.to_string() });
        }
        Ok(number)
    }

    /// A whole number from 0 to 10⁹.
    ///
    /// # Errors
    /// When missing, no whole number or out of bounds.
    pub fn count(&self, name: &str) -> Result<i128, InputProblem> {
        let number = self.number(name)?.trimmed();
        if number.places() > 0 { Err(InputProblem::NotWhole(name.to_owned())) } else { Ok(number.units()) }
    }

    /// 1 or 0.
    ///
    /// # Errors
    /// When missing or neither.
    pub fn flag(&self, name: &str) -> Result<bool, InputProblem> {
        match self.count(name)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(InputProblem::OutOfRange { name: name.to_owned(), max: "1".to_owned() }),
        }
    }

    /// The ids of a list `1+3`; an empty value is an empty list.
    ///
    /// # Errors
    /// When missing or an id is repeated.
    pub fn items(&self, name: &str) -> Result<Vec<&str>, InputProblem> {
        let text = self.value(name)?;
        let ids: Vec<&str> = text.split('+').map(str::trim).filter(|id| !id.is_empty()).collect();
        let repeated = ids.iter().enumerate().any(|(i, id)| ids[..i].contains(id));
        if repeated { Err(InputProblem::Malformed(format!("{name}={text}"))) } else { Ok(ids) }
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

    pub(super) fn expect_only(&self, takes: impl Fn(&str) -> bool) -> Result<(), InputProblem> {
        match self.0.iter().find(|(name, _)| !takes(name)) {
            Some((name, _)) => Err(InputProblem::Unknown(name.clone())),
            None => Ok(()),
        }
    }

    fn value(&self, name: &str) -> Result<&str, InputProblem> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).ok_or_else(|| InputProblem::Missing(name.to_owned()))
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
