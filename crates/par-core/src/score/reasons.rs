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

/// Why points were lost at a leaf of a unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The appraisers asked for an explanation, the last time with this reason code, and gave fewer points than the
    /// unit gave itself; fewer than the maximum where the unit does not score itself.
    Reason(String),
    /// Fewer points than the unit gave itself, without a request for explanation.
    Unexplained,
    /// The unit did not claim them itself.
    Unclaimed,
    /// Survey answers gave less than the maximum.
    Survey,
    /// No binding score exists yet: the leaf counts as 0 until it is judged.
    Unscored,
    /// Scored by the appraisers or taken from an index of others, without a request for explanation.
    Appraised,
}

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
        for (unit, leaf, node) in self.evaluated(scope) {
            let adjusts = self.year.set_of(unit).is_adjustment(node);
            for request in self.year.leaf_file(unit, leaf).requests().filter(|_| !adjusts) {
                let lost = entry(&mut found, Cause::Reason(request.reason.clone()), unit);
                lost.cases += 1;
                lost.outcomes[request.outcome as usize] += 1;
            }
            for (cause, points) in self.causes(unit, leaf) {
                let asked = matches!(cause, Cause::Reason(_));
                let lost = entry(&mut found, cause, unit);
                lost.points += points;
                lost.cases += usize::from(!asked);
            }
        }
        let mut list: Vec<LostFor> = found.into_values().map(|(lost, _)| lost).collect();
        let other = |lost: &LostFor| !matches!(lost.cause, Cause::Reason(_));
        // The map is in the order of causes; sorting keeps it between equals.
        list.sort_by_key(|lost| (other(lost), if other(lost) { Points::ZERO } else { -lost.points }));
        list
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
