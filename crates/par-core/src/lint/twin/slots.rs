//! Numbers and names of two lines with the same words, compared one by one.

use super::Twin;
use super::lines::Line;
use crate::lint::finding::Kind;
use crate::points::decimal::Decimal;
use crate::points::rounding::Rounding;
use crate::score::figure::Figure;

/// A number or name in a line.
pub(super) struct Slot {
    /// Byte range in the paragraph or footnote.
    pub range: (usize, usize),
    /// As written.
    pub written: String,
    /// What it says.
    pub said: Value,
    /// The address of the figure, in the composed report.
    pub figure: Option<Figure>,
    /// Whether it follows from the data; the number of a table does not.
    pub counts: bool,
}

/// What a slot says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A measured number.
    Number(Decimal),
    /// A unit, by position.
    Unit(usize),
    /// Anything else, as compared: a date, `15/20`, a class, a direction.
    Words(String),
}

impl Slot {
    /// Whether it is no name.
    pub(super) fn is_number(&self) -> bool {
        self.written.contains(|c: char| c.is_ascii_digit())
    }

    /// Whether two slots say the same; a text may print fewer decimals.
    pub(super) fn agrees(&self, other: &Slot) -> bool {
        match (&self.said, &other.said) {
            (Value::Number(one), Value::Number(two)) => {
                let places = one.places();
                let rounded = |mode: Rounding| mode.apply(&two.exact(), places);
                one == two || (places > 0 && places < two.places() && *one == rounded(Rounding::default()))
            }
            (one, two) => one == two || !self.counts,
        }
    }
}

/// How many slots agree.
pub(super) fn agreement(own: &Line, twin: &Line) -> usize {
    own.slots.iter().zip(&twin.slots).filter(|(own, twin)| own.agrees(twin)).count()
}

/// Compares two lines with the same skeleton.
pub(super) fn compare(own: &Line, twin: &Line) -> Twin {
    let pairs = || own.slots.iter().zip(&twin.slots).filter(|(own, _)| own.counts);
    let differing = pairs().filter(|(own, twin)| !own.agrees(twin));
    Twin {
        range: own.range,
        compared: pairs().filter(|(own, _)| own.is_number()).count(),
        differing: differing.map(|(own, twin)| (own.range, told(own, twin))).collect(),
    }
}

fn told(own: &Slot, twin: &Slot) -> Kind {
    Kind::Differs {
        said: own.written.trim().to_owned(),
        data: twin.written.trim().to_owned(),
        figure: twin.figure.clone(),
    }
}

/// A name of which only the words around it are known: what stands between the slots before and
/// behind it. `slot` is the name's position among the twin's slots.
pub(super) fn misnamed(own: &Line, twin: &Line, slot: usize, text: &str) -> ((usize, usize), Kind) {
    let from = slot
        .checked_sub(1)
        .and_then(|before| own.slots.get(before))
        .map_or(own.range.0, |before| before.range.1);
    let behind = twin.slots.len() - slot - 1;
    let next = own.slots.len().checked_sub(behind).and_then(|next| own.slots.get(next));
    let to = next.map_or(own.range.1, |next| next.range.0).max(from);
    let said = text.get(from..to).unwrap_or_default();
    let said = said.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let (data, figure) = (twin.slots[slot].written.trim().to_owned(), None);
    ((from, to), Kind::Differs { said, data, figure })
}
