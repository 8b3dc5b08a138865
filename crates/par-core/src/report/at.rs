//! Where in a year a name of a template is read: which units, which measure, which item of a list.

use crate::points::Points;
use crate::score::figure::{Figure, UnitFigure};
use crate::score::results::{Measure, Results, Scope};
use crate::year::Year;

/// A place: names mean the figures of these units and this measure.
#[derive(Clone, Debug, PartialEq)]
pub struct At {
    /// Units spoken of.
    pub scope: Scope,
    /// The area spoken of, by the code compared across sets; the whole index without one.
    pub area: Option<String>,
    /// The unit spoken of.
    pub unit: Option<usize>,
    /// The item of the innermost list.
    pub item: Item,
}

/// An item of a list that is neither units nor an area.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// No list is open.
    Year,
    /// A cluster or block.
    Group,
    /// An area.
    Area,
    /// A unit.
    Unit,
    /// A criteria set, by position.
    Set(usize),
    /// A class, by its name.
    Class(String),
    /// A criterion.
    Criterion(Measure),
    /// Units whose maximum is reduced alike.
    Scale(Scale),
    /// A reason for requests, by position.
    Reason(usize),
    /// A form type, by position.
    Form(usize),
    /// A remark of the wording, by position.
    Finding(usize),
    /// A leaf at which the unit lost points, by position in its losses.
    Loss(usize),
}

/// Units whose maximum is reduced alike, since the same nodes are exempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Their maximum.
    pub max: Points,
    /// The units.
    pub units: Vec<usize>,
    /// Names of what is not evaluated, as far as it lies in what is spoken of.
    pub exempt: Vec<String>,
}

impl At {
    /// The whole year.
    pub fn year() -> At {
        At { scope: Scope::Province, area: None, unit: None, item: Item::Year }
    }

    /// One unit of the year.
    pub fn unit(year: &Year, unit: usize) -> At {
        let scope = Scope::Cluster(year.blocks[year.units[unit].block].cluster);
        At { scope, area: None, unit: Some(unit), item: Item::Unit }
    }

    /// The measure spoken of.
    pub fn measure(&self) -> Measure {
        match &self.area {
            None => Measure::Index,
            Some(code) => Measure::Node(code.clone()),
        }
    }

    /// The same place with another item.
    pub fn with(&self, item: Item) -> At {
        At { item, ..self.clone() }
    }

    /// The cluster whose units a set scores, when it is one; else the place's own units.
    pub fn scope_of(&self, set: usize, results: &Results) -> Scope {
        let year = &results.year;
        let mut clusters: Vec<usize> =
            year.blocks.iter().filter(|block| block.set == set).map(|block| block.cluster).collect();
        clusters.dedup();
        match clusters.as_slice() {
            [cluster] => Scope::Cluster(*cluster),
            _ => self.scope,
        }
    }

    /// Positions of the sets that score the units spoken of.
    pub fn sets(&self, results: &Results) -> Vec<usize> {
        let year = &results.year;
        let inside = |block: usize| match self.scope {
            Scope::Block(one) => one == block,
            Scope::Cluster(cluster) => year.blocks[block].cluster == cluster,
            Scope::Province => true,
        };
        let mut sets: Vec<usize> = (0..year.blocks.len())
            .filter(|block| inside(*block) && !results.standing.blocks[*block].is_empty())
            .map(|block| year.blocks[block].set)
            .collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }
}

/// The figure of a unit for a measure.
pub fn percent_of(unit: usize, measure: &Measure) -> Figure {
    Figure::Unit(
        unit,
        match measure {
            Measure::Index => UnitFigure::Index,
            other => UnitFigure::Percent(other.clone()),
        },
    )
}

/// Criteria compared in a place: those of depth 2 below the area. In one cluster the cluster's own
/// criteria; over several clusters those that all their sets have.
pub fn criteria(results: &Results, at: &At) -> Vec<Measure> {
    nodes(results, at, |depth| depth == 2)
}

/// Nodes of the area down to the depth asked for, as measures.
pub fn nodes(results: &Results, at: &At, depth: impl Fn(usize) -> bool) -> Vec<Measure> {
    let year = &results.year;
    let Some(area) = &at.area else { return Vec::new() };
    let sets = at.sets(results);
    let Some((first, rest)) = sets.split_first() else { return Vec::new() };
    let Some(top) = year.sets[*first].find_compared(area) else { return Vec::new() };
    let set = &year.sets[*first];
    let below = set.subtree(top).filter(|id| depth(set.node(*id).depth));
    below
        .filter_map(|id| {
            let node = set.node(id);
            if rest.is_empty() {
                return Some(Measure::In(*first, node.code.clone()));
            }
            let code = node.compare_as.clone()?;
            rest.iter()
                .all(|other| year.sets[*other].find_compared(&code).is_some())
                .then_some(Measure::Node(code))
        })
        .collect()
}

/// Code and name of the node a measure speaks of, from the first set that has it.
pub fn described(results: &Results, measure: &Measure) -> Option<(String, String)> {
    let year = &results.year;
    let (set, id) = match measure {
        Measure::Index => return None,
        Measure::Node(code) => year.sets.iter().find_map(|set| Some((set, set.find_compared(code)?)))?,
        Measure::In(set, code) => (&year.sets[*set], year.sets[*set].find(code)?),
    };
    let node = set.node(id);
    Some((node.code.clone(), node.name.clone()))
}
