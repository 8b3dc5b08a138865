//! What units gave themselves beside what they got.

use super::results::Results;
use crate::points::Points;
use crate::points::share::Share;

/// Self-scored and binding points of a unit, over the leaves it scored itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Claim {
    /// Leaves with a self-score and a binding score.
    pub leaves: usize,
    /// Points the unit gave itself.
    pub own: Points,
    /// Points that count.
    pub binding: Points,
    /// Sum of the leaves' maxima, above 0.
    pub max: Points,
}

impl Claim {
    /// Self-scored points out of the maximum.
    pub fn own_share(self) -> Option<Share> {
        Share::new(self.own, self.max)
    }

    /// Binding points out of the maximum.
    pub fn binding_share(self) -> Option<Share> {
        Share::new(self.binding, self.max)
    }
}

impl Results {
    /// What a unit gave itself and what it got, over the leaves that apply, were scored by the unit
    /// and have a binding score; bonus and penalty points apart. `None` when there is no such leaf.
    pub fn claim(&self, unit: usize) -> Option<Claim> {
        let set = self.year.set_of(unit);
        let mut claim = Claim::default();
        for (leaf, node) in set.leaves().filter(|(_, node)| !set.is_adjustment(*node)) {
            let points = self.standing.units[unit].node(set, node);
            let file = self.year.leaf_file(unit, leaf);
            let (Some(own), Some((_, binding))) = (&file.own, file.binding()) else { continue };
            if !points.applies() {
                continue;
            }
            claim.leaves += 1;
            claim.own += own.points;
            claim.binding += binding.points;
            claim.max += points.max;
        }
        (claim.max > Points::ZERO).then_some(claim)
    }
}
