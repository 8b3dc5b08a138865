//! Who may do and see what of a year under way, and what a person's act changes.
//!
//! Pure: who asks, the year, its states and timetable and the moment come as arguments. Must not know:
//! sessions, databases, requests, the words of a refusal.

pub mod act;
pub mod actor;
pub mod decide;
pub mod dossier;
pub mod permit;
pub mod refusal;
pub mod scope;
pub mod sight;
pub mod state;
pub mod timetable;

use crate::framework::LeafId;
use crate::moment::Moment;
use crate::year::Year;
use state::UnitState;
use timetable::Timetable;

/// What is asked about: a leaf of a unit, a unit, or the year as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// The year as a whole.
    Year,
    /// A unit, by its position.
    Unit(usize),
    /// A leaf of a unit.
    Leaf(usize, LeafId),
}

impl At {
    /// The unit, by its position.
    pub fn unit(self) -> Option<usize> {
        match self {
            At::Year => None,
            At::Unit(unit) | At::Leaf(unit, _) => Some(unit),
        }
    }

    /// The leaf.
    pub fn leaf(self) -> Option<LeafId> {
        match self {
            At::Year | At::Unit(_) => None,
            At::Leaf(_, leaf) => Some(leaf),
        }
    }
}

/// Everything that decides, beside the person.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'y> {
    /// The year under way.
    pub year: &'y Year,
    /// How far each unit is, in the order of the year's units.
    pub states: &'y [UnitState],
    /// When what is open.
    pub timetable: &'y Timetable,
    /// Whether the year's result was published.
    pub published: bool,
    /// The moment asked about: of the write, not of the page it was drawn on.
    pub now: Moment,
}
