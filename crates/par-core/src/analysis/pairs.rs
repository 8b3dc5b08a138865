//! Which places depend on which leaf: single changes to another judgement on the table, tried one by
//! one and exactly, never drawn.

use std::cmp::Ordering;

use super::dispute::disputes;
use super::draw::Compared;
use super::model::{BlockModel, Model, UnitModel};
use crate::framework::LeafId;
use crate::points::Points;
use crate::points::exact::Exact;
use crate::score::results::Results;
use crate::year::Stage;

/// Two units that stand next to each other in a ranking list.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The unit listed first, by position in the year.
    pub first: usize,
    /// The unit listed after it.
    pub second: usize,
    /// Index less index, in percentage points; 0 for equal units.
    pub gap: Exact,
    /// Every single change that alters their order, in reading order.
    pub changes: Vec<Change>,
}

/// One leaf of one unit taking other points that are on the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose leaf.
    pub unit: usize,
    /// The leaf.
    pub leaf: LeafId,
    /// The binding points.
    pub from: Points,
    /// The other points.
    pub to: Points,
    /// Who gave them.
    pub stages: Vec<Stage>,
    /// What the change does.
    pub effect: Effect,
}

/// What a change does to the order of two units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The second comes before the first.
    Swap,
    /// They share a place.
    Level,
    /// They shared a place and no longer do.
    Part,
}

/// The neighbouring pairs of a block, from the first place.
pub fn pairs(results: &Results, model: &Model, block: usize) -> Vec<Pair> {
    let of_block = &model.blocks[block];
    let find = |unit: &usize| of_block.units.iter().find(|one| one.unit == *unit);
    let order: Vec<&UnitModel> = results.standing.blocks[block].iter().filter_map(find).collect();
    order.windows(2).map(|pair| of_block.pair(results, pair[0], pair[1])).collect()
}

impl BlockModel {
    fn pair(&self, results: &Results, first: &UnitModel, second: &UnitModel) -> Pair {
        let as_is = |unit: &UnitModel| self.with(unit, 0, 0);
        let before = as_is(first).compare(&as_is(second));
        let index = |unit: &UnitModel| {
            results.standing.units[unit.unit].index.expect("units of the model have an index").percent()
        };
        let effect = |after: Ordering| match (before, after) {
            (before, after) if before == after => None,
            (Ordering::Equal, _) => Some(Effect::Part),
            (_, Ordering::Equal) => Some(Effect::Level),
            _ => Some(Effect::Swap),
        };
        let of_first = |changed: Compared| effect(changed.compare(&as_is(second)));
        let of_second = |changed: Compared| effect(as_is(first).compare(&changed));
        let mut changes = self.changes(results, first, &of_first);
        changes.extend(self.changes(results, second, &of_second));
        Pair { first: first.unit, second: second.unit, gap: &index(first) - &index(second), changes }
    }

    /// The changes of one unit that have an effect.
    fn changes(
        &self,
        results: &Results,
        unit: &UnitModel,
        effect: &dyn Fn(Compared) -> Option<Effect>,
    ) -> Vec<Change> {
        let drawn = &self.leaves[unit.leaves.clone()];
        if drawn
            .iter()
            .flat_map(|leaf| leaf.differences.map(|moved| (moved, moved & leaf.breaks)))
            .all(|(moved, second)| effect(self.with(unit, moved, second)).is_none())
        {
            return Vec::new();
        }
        let mut changes = Vec::new();
        for (leaf, dispute) in drawn.iter().zip(disputes(results, unit.unit)) {
            for (moved, other) in leaf.differences[1..].iter().zip(dispute.others) {
                if let Some(effect) = effect(self.with(unit, *moved, moved & leaf.breaks)) {
                    changes.push(Change {
                        unit: unit.unit,
                        leaf: leaf.leaf,
                        from: dispute.binding,
                        to: other.points,
                        stages: other.stages,
                        effect,
                    });
                }
            }
        }
        changes
    }

    /// A unit whose points moved.
    fn with(&self, unit: &UnitModel, moved: i64, second: i64) -> Compared {
        self.compared(unit, (unit.sum + moved).clamp(0, unit.scale), second)
    }
}
