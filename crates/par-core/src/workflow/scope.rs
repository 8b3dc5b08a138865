//! Which units and which part of the criteria a role, a window or an assignment covers.

use super::At;
use crate::year::Year;

/// Units by rule: an assignment of a whole province is one row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Units {
    /// Every unit of the year.
    All,
    /// The units of one ranking list, by its position.
    Block(usize),
    /// One unit, by its position.
    One(usize),
}

impl Units {
    /// Whether a unit of the year is among them.
    pub fn cover(&self, unit: usize, year: &Year) -> bool {
        match self {
            Units::All => true,
            Units::Block(block) => year.units.get(unit).is_some_and(|unit| unit.block == *block),
            Units::One(one) => *one == unit,
        }
    }
}

/// A part of the criteria; the sets of a year share codes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Nodes {
    /// All of it.
    All,
    /// The node of this code with everything below.
    Below(String),
}

/// Where somebody's role reaches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Of which units.
    pub units: Units,
    /// Of which criteria.
    pub nodes: Nodes,
}

impl Scope {
    /// Everything.
    pub const ALL: Scope = Scope { units: Units::All, nodes: Nodes::All };

    /// Whether it reaches there. The year as a whole is reached by a role for everything, a unit as a
    /// whole by any role that reaches a part of it.
    pub fn covers(&self, at: At, year: &Year) -> bool {
        let Some(unit) = at.unit() else { return *self == Scope::ALL };
        self.units.cover(unit, year)
            && at.leaf().is_none_or(|leaf| match &self.nodes {
                Nodes::All => true,
                Nodes::Below(code) => {
                    let set = year.set_of(unit);
                    set.find(code).is_some_and(|node| set.leaves_below(node).contains(&leaf.index()))
                }
            })
    }
}
