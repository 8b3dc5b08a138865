//! A standing read as figures: shares, means, changes; every table and page asks here.
//!
//! Must not know: how a figure is explained (see `derive`) or shown.

use std::collections::HashMap;

use super::figure::Figure;
use super::{Standing, evaluate};
use crate::framework::{Framework, NodeId};
use crate::language::Language;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::points::share::Share;
use crate::year::status::Status;
use crate::year::{ProvinceMean, Unit, Year};

/// A year with its standing.
#[derive(Debug)]
pub struct Results {
    /// The inputs.
    pub year: Year,
    /// What follows from them.
    pub standing: Standing,
    /// How many evaluated units of this year continue each unit of the year before.
    successors: HashMap<String, usize>,
}

/// What is measured in percent: the whole index or the component index of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// The index (Chỉ số CCHC).
    Index,
    /// The component index (chỉ số thành phần) of the nodes compared under this code.
    Node(String),
    /// The component index of a node of one set, by the set's position and the node's own code.
    In(usize, String),
}

/// A set of units over which figures are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// A ranking list, by position.
    Block(usize),
    /// A cluster of blocks, by position.
    Cluster(usize),
    /// The whole province.
    Province,
}

/// How this year's unit relates to the year before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lineage {
    /// The same unit.
    Same,
    /// One predecessor of another code: renamed or re-founded.
    Successor,
    /// Several predecessors: compared with the mean of their figures.
    Merged,
    /// One of several units that continue the same predecessor.
    Split,
    /// No predecessor: not comparable.
    New,
}

impl Results {
    /// Evaluates a year.
    pub fn of(year: Year) -> Results {
        let standing = evaluate(&year);
        let mut successors = HashMap::new();
        let evaluated = year.units.iter().filter(|unit| unit.status != Status::NotEvaluated);
        for code in evaluated.flat_map(|unit| &unit.predecessors) {
            *successors.entry(code.clone()).or_default() += 1;
        }
        Results { year, standing, successors }
    }

    /// Ranked units of a scope, in report order: blocks in order, best first inside a block. What is taken over
    /// several units is taken over these.
    pub fn units(&self, scope: Scope) -> Vec<usize> {
        let blocks = self.standing.blocks.iter().enumerate();
        blocks
            .filter(|(block, _)| self.in_scope(*block, scope))
            .flat_map(|(_, units)| units.clone())
            .collect()
    }

    /// Units of a scope that are not ranked (scored only, or not evaluated), in the year's order: they are
    /// named below the tables.
    pub fn unranked(&self, scope: Scope) -> Vec<usize> {
        let outside = |unit: &usize| {
            let unit = &self.year.units[*unit];
            unit.status != Status::Ranked && self.in_scope(unit.block, scope)
        };
        let mut units: Vec<usize> = (0..self.year.units.len()).filter(outside).collect();
        units.sort_by_key(|unit| (self.year.units[*unit].block, self.year.units[*unit].status));
        units
    }

    /// Every unit with points in a scope: the ranked ones, then those that are scored only.
    pub fn scored(&self, scope: Scope) -> Vec<usize> {
        let others = self.unranked(scope).into_iter().filter(|unit| self.year.is_evaluated(*unit));
        self.units(scope).into_iter().chain(others).collect()
    }

    fn in_scope(&self, block: usize, scope: Scope) -> bool {
        match scope {
            Scope::Block(one) => block == one,
            Scope::Cluster(cluster) => self.year.blocks[block].cluster == cluster,
            Scope::Province => true,
        }
    }

    /// The node of a unit's set that a measure speaks of.
    pub fn node(&self, unit: usize, measure: &Measure) -> Option<NodeId> {
        match measure {
            Measure::Index => None,
            Measure::Node(code) => self.year.set_of(unit).find_compared(code),
            Measure::In(set, code) if self.year.blocks[self.year.units[unit].block].set == *set => {
                self.year.sets[*set].find(code)
            }
            Measure::In(..) => None,
        }
    }

    /// The unit's points out of its maximum; `None` when not evaluated.
    pub fn share(&self, unit: usize, measure: &Measure) -> Option<Share> {
        match measure {
            Measure::Index => self.standing.units[unit].index,
            Measure::Node(_) | Measure::In(..) => {
                let node = self.node(unit, measure)?;
                self.standing.units[unit].node(self.year.set_of(unit), node).share()
            }
        }
    }

    /// The percent of a unit as printed.
    pub fn printed(&self, unit: usize, measure: &Measure) -> Option<Decimal> {
        let (places, mode) = self.print_of(unit);
        self.share(unit, measure).map(|share| share.rounded(places, mode))
    }

    /// Decimals and rounding with which a unit's figures are printed.
    pub fn print_of(&self, unit: usize) -> (u8, Rounding) {
        print_of(self.year.set_of(unit))
    }

    /// Decimals and rounding of figures over several units: those of the first set.
    pub fn print(&self) -> (u8, Rounding) {
        self.year.sets.first().map_or((2, Rounding::HalfUp), |set| print_of(set))
    }

    /// Decimals and rounding of figures over the units of a scope: those of its units' sets where all
    /// print alike, else those of the year's first set.
    pub fn print_in(&self, scope: Scope) -> (u8, Rounding) {
        let blocks = (0..self.year.blocks.len()).filter(|block| self.in_scope(*block, scope));
        let mut prints = blocks.map(|block| print_of(&self.year.sets[self.year.blocks[block].set]));
        let first = prints.next();
        first.filter(|first| prints.all(|print| print == *first)).unwrap_or_else(|| self.print())
    }

    /// Decimals and rounding with which a figure is printed.
    pub fn print_for(&self, figure: &Figure) -> (u8, Rounding) {
        match figure {
            Figure::Unit(unit, _) => self.print_of(*unit),
            Figure::Mean(scope, _)
            | Figure::PreviousMean(scope, _)
            | Figure::MeanChange(scope, _)
            | Figure::Count(scope, _)
            | Figure::Lost(scope, _) => self.print_in(*scope),
        }
    }

    /// Units of a scope that are not yet scored (chưa chấm), with how many leaves are missing.
    pub fn unscored(&self, scope: Scope) -> Vec<(usize, usize)> {
        let missing = |unit: usize| (unit, self.standing.units[unit].unscored);
        self.units(scope).into_iter().map(missing).filter(|(_, missing)| *missing > 0).collect()
    }

    /// Whether a unit has no percent only because something is not yet scored (chưa chấm), not because it is
    /// not evaluated.
    pub fn waits(&self, unit: usize, measure: &Measure) -> bool {
        let standing = &self.standing.units[unit];
        let set = self.year.set_of(unit);
        let applies = || self.node(unit, measure).is_none_or(|node| standing.node(set, node).applies());
        standing.unscored > 0 && self.share(unit, measure).is_none() && applies()
    }

    /// The unweighted mean over a scope's evaluated units, in percent. The province's is the mean of
    /// the cluster means or of all units, as the year says.
    pub fn mean(&self, scope: Scope, measure: &Measure) -> Option<Exact> {
        self.mean_of(scope, &|scope| {
            Exact::mean_percent(self.units(scope).into_iter().filter_map(|unit| self.share(unit, measure)))
        })
    }

    /// How a unit relates to the year before.
    pub fn lineage(&self, unit: &Unit) -> Lineage {
        match unit.predecessors.as_slice() {
            [] => Lineage::New,
            [one] if self.successors.get(one).copied().unwrap_or(0) > 1 => Lineage::Split,
            [one] if *one == unit.code => Lineage::Same,
            [_] => Lineage::Successor,
            _ => Lineage::Merged,
        }
    }

    /// The unit's percent of the year before, as published; the mean of its predecessors' when it
    /// was merged. `None` when its days are not the whole year (không so sánh): a part of a year is compared
    /// with nothing.
    pub fn previous(&self, unit: usize, measure: &Measure) -> Option<Exact> {
        let previous = self.year.previous.as_ref()?;
        let is_comparable = self.year.units[unit].period.is_whole(self.year.year);
        if !is_comparable || !self.year.is_evaluated(unit) {
            return None;
        }
        let node = match measure {
            Measure::Index => None,
            _ => Some(&self.year.set_of(unit).node(self.node(unit, measure)?).code),
        };
        let values: Option<Vec<Exact>> = self.year.units[unit]
            .predecessors
            .iter()
            .map(|code| {
                let unit = previous.units.get(code)?;
                let value = match node {
                    None => unit.index,
                    Some(code) => unit.components.get(code).copied(),
                };
                value.map(Decimal::exact)
            })
            .collect();
        Exact::mean(&values?)
    }

    /// Change of a unit against the year before in percentage points (điểm phần trăm). Indices are
    /// compared as printed in both years, so that a reader can check the difference; component
    /// indices exactly. `None` when the years cannot be compared.
    pub fn change(&self, unit: usize, measure: &Measure) -> Option<Exact> {
        let before = self.compared_with(unit, measure)?;
        let now = match measure {
            Measure::Index => self.printed(unit, measure)?.exact(),
            _ => self.share(unit, measure)?.percent(),
        };
        Some(&now - &before)
    }

    /// What a unit's change is taken from: the index of the year before as printed, so that two tables
    /// give the change; component indices exactly.
    pub fn compared_with(&self, unit: usize, measure: &Measure) -> Option<Exact> {
        let before = self.previous(unit, measure)?;
        let (places, mode) = self.print_of(unit);
        Some(if *measure == Measure::Index { mode.apply(&before, places).exact() } else { before })
    }

    /// Units of a scope with a figure of both years: those over which means are compared.
    pub fn comparable(&self, scope: Scope, measure: &Measure) -> Vec<usize> {
        let both =
            |unit: &usize| self.share(*unit, measure).is_some() && self.previous(*unit, measure).is_some();
        self.units(scope).into_iter().filter(both).collect()
    }

    /// Mean of the year before over the units that have figures of both years, defined like
    /// [`Results::mean`].
    pub fn previous_mean(&self, scope: Scope, measure: &Measure) -> Option<Exact> {
        self.mean_of(scope, &|scope| {
            let units = self.comparable(scope, measure).into_iter();
            Exact::mean(&units.filter_map(|unit| self.previous(unit, measure)).collect::<Vec<_>>())
        })
    }

    /// Mean of this year over the units that have figures of both years: what the mean of the year before
    /// is compared with. New units are in [`Results::mean`] and not in here.
    pub fn comparable_mean(&self, scope: Scope, measure: &Measure) -> Option<Exact> {
        self.mean_of(scope, &|scope| {
            let units = self.comparable(scope, measure).into_iter();
            Exact::mean_percent(units.filter_map(|unit| self.share(unit, measure)))
        })
    }

    /// Change of a scope's mean in percentage points, over the same units in both years.
    pub fn mean_change(&self, scope: Scope, measure: &Measure) -> Option<Exact> {
        Some(&self.comparable_mean(scope, measure)? - &self.previous_mean(scope, measure)?)
    }

    /// The mean of a scope, or of the clusters' means where the year says so of the province.
    fn mean_of(&self, scope: Scope, mean: &dyn Fn(Scope) -> Option<Exact>) -> Option<Exact> {
        if scope == Scope::Province && self.year.province_mean == ProvinceMean::ClusterMeans {
            let clusters = (0..self.year.clusters.len()).map(Scope::Cluster);
            return Exact::mean(&clusters.filter_map(mean).collect::<Vec<_>>());
        }
        mean(scope)
    }

    /// Change of a unit's index over what was assessed in both years: areas (where the year before
    /// is known by area) without the criteria that are new, both years weighted by this year's
    /// maxima. `None` when no area can be compared.
    pub fn like_for_like(&self, unit: usize) -> Option<LikeForLike> {
        let set = self.year.set_of(unit);
        let previous_year = self.year.previous.as_ref()?.year;
        let (mut now, mut before, mut weight) = (Exact::zero(), Exact::zero(), Exact::zero());
        let mut left_out = Vec::new();
        for (area, node) in set.areas() {
            let Some(code) = node.compare_as.clone() else {
                let applies = self.standing.units[unit].node(set, area).applies();
                left_out.extend(applies.then(|| node.code.clone()));
                continue;
            };
            let measure = Measure::Node(code);
            if self.share(unit, &measure).is_none() {
                continue;
            }
            let Some(percent) = self.previous(unit, &measure) else {
                left_out.push(node.code.clone());
                continue;
            };
            let (mut earned, mut max) = (Default::default(), Default::default());
            for leaf in set.leaves_below(area) {
                let id = set.leaf_node(crate::framework::LeafId(leaf));
                let points = self.standing.units[unit].node(set, id);
                if is_new(set, id, previous_year) {
                    if points.applies() {
                        left_out.push(set.node(id).code.clone());
                    }
                } else {
                    earned += points.earned;
                    max += points.max;
                }
            }
            let Some(share) = Share::new(earned, max) else { continue };
            now = &now + &(&share.percent() * &max.exact());
            before = &before + &(&percent * &max.exact());
            weight = &weight + &max.exact();
        }
        let (now, before) = now.checked_div(&weight).zip(before.checked_div(&weight))?;
        Some(LikeForLike { change: &now - &before, now, before, left_out })
    }

    /// The name of a scope: the province in the words of the language, all others as the year names
    /// them.
    pub fn scope_name(&self, scope: Scope, language: Language) -> &str {
        match scope {
            Scope::Block(block) => &self.year.blocks[block].name,
            Scope::Cluster(cluster) => &self.year.clusters[cluster].name,
            Scope::Province => language.of("Toàn tỉnh", "Whole province"),
        }
    }

    /// The name of the class of a unit.
    pub fn class_name(&self, unit: usize) -> Option<&str> {
        let classes = self.year.classes_of(self.year.units[unit].block);
        self.standing.units[unit].class.map(|class| classes[class].name.as_str())
    }

    /// Points in percent that a unit lacks to the next better class; `None` in the best class.
    pub fn to_next_class(&self, unit: usize) -> Option<(&str, Exact)> {
        let classes = self.year.classes_of(self.year.units[unit].block);
        let better = &classes[self.standing.units[unit].class?.checked_sub(1)?];
        let index = self.standing.units[unit].index?;
        Some((&better.name, &better.from.exact() - &index.percent()))
    }
}

/// A unit's index over what both years assessed.
#[derive(Clone, Debug, PartialEq)]
pub struct LikeForLike {
    /// This year, in percent.
    pub now: Exact,
    /// The year before, in percent.
    pub before: Exact,
    /// The difference in percentage points.
    pub change: Exact,
    /// Codes of this year's areas and leaves that could not be compared.
    pub left_out: Vec<String>,
}

/// Whether a node or one above it was first assessed after `year`.
fn is_new(set: &Framework, mut id: NodeId, year: u16) -> bool {
    loop {
        let node = set.node(id);
        if node.since.is_some_and(|since| since > year) {
            return true;
        }
        match node.parent {
            Some(parent) => id = parent,
            None => return false,
        }
    }
}

fn print_of(set: &Framework) -> (u8, Rounding) {
    (set.settings.print_places, set.settings.print_rounding)
}
