//! Leaves on which the stages differ: every judgement on the table besides the binding one.

use crate::framework::LeafId;
use crate::points::Points;
use crate::rule::Rule;
use crate::score::results::Results;
use crate::year::Stage;

/// A leaf of a unit on which more than one number of points is on the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// The leaf.
    pub leaf: LeafId,
    /// The binding points.
    pub binding: Points,
    /// The other points on the table, in the order of the stages; at least one, at most one a stage.
    pub others: Vec<Other>,
}

/// Points on the table that are not binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// The points.
    pub points: Points,
    /// Who gave them.
    pub stages: Vec<Stage>,
}

/// The disputed leaves of a unit, in reading order: leaves that apply and have a binding judgement
/// from which another stage, or the unit's own score, differs. A leaf that nobody has appraised yet
/// is not disputed, and a leaf computed from survey answers never is.
pub fn disputes(results: &Results, unit: usize) -> Vec<Dispute> {
    let year = &results.year;
    let set = year.set_of(unit);
    let applies = year.applicable(unit);
    let disputed = |leaf: LeafId| {
        if !applies[leaf.index()] || matches!(set.scoring(leaf).rule, Rule::Survey(_)) {
            return None;
        }
        let file = year.leaf_file(unit, leaf);
        let (_, binding) = file.binding()?;
        let mut others: Vec<Other> = Vec::new();
        for stage in year.rounds.stages() {
            let Some(points) = file.at(stage).map(|judgement| judgement.points) else { continue };
            match others.iter_mut().find(|other| other.points == points) {
                Some(other) => other.stages.push(stage),
                None if points != binding.points => others.push(Other { points, stages: vec![stage] }),
                None => {}
            }
        }
        (!others.is_empty()).then_some(Dispute { leaf, binding: binding.points, others })
    };
    set.leaves().filter_map(|(leaf, _)| disputed(leaf)).collect()
}
