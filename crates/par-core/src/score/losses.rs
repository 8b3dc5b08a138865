//! Where a unit lost points: leaf by leaf, the largest first.

use super::results::Results;
use crate::framework::{LeafId, NodeId};
use crate::points::Points;

/// Points a unit did not earn at one leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The leaf.
    pub leaf: LeafId,
    /// Its node.
    pub node: NodeId,
    /// Maximum minus points earned, above 0.
    pub lost: Points,
}

impl Results {
    /// The leaves that apply to a unit and at which it lost points, the largest loss first; equal ones
    /// in the order of the criteria set. Bonus and penalty points are no part of the maximum, so
    /// nothing is lost there.
    pub fn losses(&self, unit: usize) -> Vec<Loss> {
        let set = self.year.set_of(unit);
        let standing = &self.standing.units[unit];
        let mut losses: Vec<Loss> = set
            .leaves()
            .filter(|(_, node)| !set.is_adjustment(*node))
            .map(|(leaf, node)| {
                let points = standing.node(set, node);
                Loss { leaf, node, lost: points.max - points.earned }
            })
            .filter(|loss| loss.lost > Points::ZERO)
            .collect();
        losses.sort_by_key(|loss| std::cmp::Reverse(loss.lost));
        losses
    }
}
