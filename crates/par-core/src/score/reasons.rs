//! What became of the points that units did not get: by cause, by area, leaf by leaf.
//!
//! Every point between the maximum and the binding score has exactly one cause, so that the causes of
//! a scope add up to all its losses.

use std::collections::{BTreeMap, BTreeSet};

use super::binding;
use super::results::{Results, Scope};
use crate::framework::{LeafId, NodeId, Source};
use crate::points::Points;
use crate::points::share::Share;
use crate::year::Outcome;
use crate::year::lost::{Cause, LossGiven};

/// The points lost for one cause over a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostFor {
    /// The cause.
    pub cause: Cause,
    /// Requests for explanation with this reason, whether points were lost or not; for other causes
    /// the leaves of units at which points were lost.
    pub cases: usize,
    /// Units concerned by those cases.
    pub units: usize,
    /// What became of the requests, in the order of [`crate::year::Outcome::ALL`]; nothing for other causes.
    pub outcomes: [usize; 4],
    /// Points lost, exact.
    pub points: Points,
}

/// The points lost at one node over the units of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LostAt {
    /// Units for which the node applies.
    pub units: usize,
    /// Those that lost points at it.
    pub losing: usize,
    /// Sum of the maxima that apply.
    pub max: Points,
    /// Sum of the points lost.
    pub lost: Points,
    /// The part of `lost` that appraisers withheld after a request for explanation.
    pub withheld: Points,
    /// Requests for explanation.
    pub requests: usize,
}

impl LostAt {
    /// Lost points out of the maximum; `None` when nothing applies.
    pub fn share(self) -> Option<Share> {
        Share::new(self.lost, self.max)
    }

    fn add(&mut self, other: LostAt) {
        self.max += other.max;
        self.lost += other.lost;
        self.withheld += other.withheld;
        self.requests += other.requests;
    }
}

impl Results {
    /// The causes of the loss at a leaf with their points, all above 0; they add up to maximum minus
    /// binding points. A request for explanation that cost nothing is no cause. Empty for a leaf that
    /// does not apply, of bonus and penalty points, or where nothing was lost.
    pub fn causes(&self, unit: usize, leaf: LeafId) -> Vec<(Cause, Points)> {
        let set = self.year.set_of(unit);
        let node = set.leaf_node(leaf);
        let points = self.standing.units[unit].node(set, node);
        let lost = points.max - points.earned;
        if set.is_adjustment(node) || lost <= Points::ZERO {
            return Vec::new();
        }
        let file = self.year.leaf_file(unit, leaf);
        let own = file.own.as_ref().map(|own| own.points);
        let unscored = || points.earned == Points::ZERO && binding(&self.year, unit, leaf).is_none();
        let cause = match (file.last_request(), own, set.scoring(leaf).source) {
            _ if unscored() => return vec![(Cause::Unscored, lost)],
            (Some(request), ..) => Cause::Reason(request.reason.clone()),
            (None, Some(_), _) => Cause::Unexplained,
            (None, None, Source::Survey) => Cause::Survey,
            (None, None, _) => Cause::Appraised,
        };
        // What the unit gave itself beyond the maximum, or less than it got, was never to be lost.
        let claimed = own.map_or(points.max, |own| own.clamp(points.earned, points.max));
        let parts = [(cause, claimed - points.earned), (Cause::Unclaimed, points.max - claimed)];
        parts.into_iter().filter(|(_, points)| *points > Points::ZERO).collect()
    }

    /// Points lost by cause over a scope: reasons of requests for explanation from the costliest,
    /// then the other causes. Reasons stand there as soon as there is a request, other causes when
    /// they cost points.
    pub fn lost_by_cause(&self, scope: Scope) -> Vec<LostFor> {
        let mut found: BTreeMap<Cause, (LostFor, BTreeSet<usize>)> = BTreeMap::new();
        fn entry(
            found: &mut BTreeMap<Cause, (LostFor, BTreeSet<usize>)>,
            cause: Cause,
            unit: usize,
        ) -> &mut LostFor {
            let none =
                LostFor { cause: cause.clone(), cases: 0, units: 0, outcomes: [0; 4], points: Points::ZERO };
            let (lost, units) = found.entry(cause).or_insert((none, BTreeSet::new()));
            units.insert(unit);
            lost.units = units.len();
            lost
        }
        for unit in self.units(scope) {
            let set = self.year.set_of(unit);
            let adjusts = |area: &str| set.find(area).is_some_and(|area| set.is_adjustment(area));
            for one in self.lost_of(unit).into_iter().filter(|one| !adjusts(&one.area)) {
                let lost = entry(&mut found, one.cause, unit);
                lost.cases += one.cases;
                lost.points += one.points;
                lost.outcomes.iter_mut().zip(one.outcomes).for_each(|(sum, count)| *sum += count);
            }
        }
        let mut list: Vec<LostFor> = found.into_values().map(|(lost, _)| lost).collect();
        let other = |lost: &LostFor| !matches!(lost.cause, Cause::Reason(_));
        // The map is in the order of causes; sorting keeps it between equals.
        list.sort_by_key(|lost| (other(lost), if other(lost) { Points::ZERO } else { -lost.points }));
        list
    }

    /// What a unit lost by area and cause, with the requests for explanation it had, in the order of
    /// areas; areas of bonus and penalty points lose nothing but may have had requests.
    pub fn lost_of(&self, unit: usize) -> Vec<LossGiven> {
        if let Some(given) = &self.year.losses {
            let first = given.partition_point(|one| one.unit < unit);
            return given[first..].iter().take_while(|one| one.unit == unit).cloned().collect();
        }
        let set = self.year.set_of(unit);
        let mut found: BTreeMap<(NodeId, Cause), LossGiven> = BTreeMap::new();
        let mut add = |area: NodeId, cause: Cause, outcome: Option<Outcome>, points: Points| {
            let none = || {
                let (area, cause) = (set.node(area).code.clone(), cause.clone());
                LossGiven { unit, area, cause, cases: 0, outcomes: [0; 4], points: Points::ZERO }
            };
            let asked = matches!(cause, Cause::Reason(_));
            let lost = found.entry((area, cause.clone())).or_insert_with(none);
            lost.points += points;
            lost.cases += usize::from(!asked || outcome.is_some());
            if let Some(outcome) = outcome {
                lost.outcomes[outcome as usize] += 1;
            }
        };
        for (leaf, node) in set.leaves().filter(|(_, node)| self.applies(unit, *node)) {
            let area = set.area_of(node);
            for request in self.year.leaf_file(unit, leaf).requests() {
                add(area, Cause::Reason(request.reason.clone()), Some(request.outcome), Points::ZERO);
            }
            for (cause, points) in self.causes(unit, leaf) {
                add(area, cause, None, points);
            }
        }
        found.into_values().collect()
    }

    /// Requests for explanation to a unit: how many, and what became of them, by reason.
    pub fn requests(&self, unit: usize) -> BTreeMap<String, [usize; Outcome::ALL.len()]> {
        let mut requests: BTreeMap<String, [usize; Outcome::ALL.len()]> = BTreeMap::new();
        for one in self.lost_of(unit) {
            if let Cause::Reason(code) = one.cause {
                let sums = requests.entry(code).or_default();
                sums.iter_mut().zip(one.outcomes).for_each(|(sum, count)| *sum += count);
            }
        }
        requests.retain(|_, sums| sums.iter().any(|count| *count > 0));
        requests
    }

    /// Points lost by area over a scope, by the code under which areas are compared, in the order in
    /// which the sets name them. Areas of bonus and penalty points lose nothing and are left out.
    pub fn lost_by_area(&self, scope: Scope) -> Vec<(String, LostAt)> {
        let sum = |code: &String| {
            let mut sum = LostAt::default();
            for unit in self.units(scope) {
                let set = self.year.set_of(unit);
                let Some(area) = set.find_compared(code).filter(|area| !set.is_adjustment(*area)) else {
                    continue;
                };
                if !self.standing.units[unit].node(set, area).applies() {
                    continue;
                }
                let before = sum.lost;
                for leaf in set.leaves_below(area) {
                    sum.add(self.lost_at(unit, LeafId(leaf)));
                }
                if self.year.losses.is_some() {
                    // Where areas are not published, the whole scale stands as one.
                    let of_area = |one: &LossGiven| {
                        let is_here = one.area == set.node(area).code || one.area.is_empty();
                        is_here && matches!(one.cause, Cause::Reason(_))
                    };
                    for given in self.lost_of(unit).into_iter().filter(of_area) {
                        sum.withheld += given.points;
                        sum.requests += given.cases;
                    }
                }
                sum.units += 1;
                sum.losing += usize::from(sum.lost > before);
            }
            sum
        };
        let areas = self.areas().into_iter().map(|(code, _)| (sum(&code), code));
        areas.filter(|(sum, _)| sum.units > 0).map(|(sum, code)| (code, sum)).collect()
    }

    /// Points lost leaf by leaf over the units of a scope, by the position of the set and the leaf's
    /// node, the largest loss first; leaves without a loss are left out.
    pub fn lost_by_leaf(&self, scope: Scope) -> Vec<(usize, NodeId, LostAt)> {
        let mut found: BTreeMap<(usize, usize), (NodeId, LostAt)> = BTreeMap::new();
        for (unit, leaf, node) in self.evaluated(scope) {
            let set = self.year.blocks[self.year.units[unit].block].set;
            let (_, sum) = found.entry((set, leaf.index())).or_insert((node, LostAt::default()));
            let one = self.lost_at(unit, leaf);
            sum.add(one);
            sum.units += 1;
            sum.losing += usize::from(one.lost > Points::ZERO);
        }
        let mut list: Vec<(usize, NodeId, LostAt)> =
            found.into_iter().map(|((set, _), (node, sum))| (set, node, sum)).collect();
        list.retain(|(_, _, sum)| sum.lost > Points::ZERO);
        list.sort_by_key(|(_, _, sum)| std::cmp::Reverse(sum.lost));
        list
    }

    /// Whether a leaf that applies to a unit has no binding score yet.
    pub fn is_waiting(&self, unit: usize, leaf: LeafId) -> bool {
        binding(&self.year, unit, leaf).is_none()
    }

    fn applies(&self, unit: usize, node: NodeId) -> bool {
        self.standing.units[unit].node(self.year.set_of(unit), node).share().is_some()
    }

    /// Leaves of the units of a scope that apply.
    fn evaluated(&self, scope: Scope) -> impl Iterator<Item = (usize, LeafId, NodeId)> {
        self.units(scope).into_iter().flat_map(move |unit| {
            let set = self.year.set_of(unit);
            let standing = &self.standing.units[unit];
            set.leaves()
                .filter(move |(_, node)| standing.node(set, *node).applies())
                .map(move |(leaf, node)| (unit, leaf, node))
        })
    }

    fn lost_at(&self, unit: usize, leaf: LeafId) -> LostAt {
        // What waits for a score is not lost yet.
        if self.is_waiting(unit, leaf) {
            return LostAt::default();
        }
        let set = self.year.set_of(unit);
        let points = self.standing.units[unit].node(set, set.leaf_node(leaf));
        let causes = self.causes(unit, leaf);
        let requests = self.year.leaf_file(unit, leaf).requests().count();
        LostAt {
            max: points.max,
            lost: causes.iter().map(|(_, points)| *points).sum(),
            withheld: causes
                .iter()
                .filter(|(cause, _)| matches!(cause, Cause::Reason(_)))
                .map(|(_, points)| *points)
                .sum(),
            requests: if points.applies() { requests } else { 0 },
            ..LostAt::default()
        }
    }
}
