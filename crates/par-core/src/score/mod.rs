//! Inputs of a year → its standing: points, scales, indices, places, classes.
//!
//! The only place where totals are made. Must not know: how numbers are shown or explained.

pub mod component;
pub mod derive;
pub mod figure;
pub mod losses;
pub mod rank;
pub mod results;

use crate::framework::{ExemptionMethod, Framework, LeafId, NodeId, Source};
use crate::points::Points;
use crate::points::exact::Exact;
use crate::points::share::Share;
use crate::rule::{Award, Rule};
use crate::year::survey::Tallies;
use crate::year::{Stage, Year};

/// The result of a year: every unit's points and place, every block's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// In the order of [`Year::units`].
    pub units: Vec<UnitStanding>,
    /// In the order of [`Year::blocks`]: units from the first place to the last.
    pub blocks: Vec<Vec<usize>>,
}

/// The result of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitStanding {
    /// Points and applicable maximum of every node of the unit's criteria set.
    pub nodes: Vec<NodePoints>,
    /// Points from leaves that are not surveyed.
    pub appraisal: Points,
    /// Points from survey leaves.
    pub survey: Points,
    /// Bonus and penalty points together.
    pub adjustment: Points,
    /// Appraisal + survey + adjustment, at least 0 and at most the scale.
    pub total: Points,
    /// Sum of the maxima that apply to the unit.
    pub scale: Points,
    /// total / scale; `None` when nothing applies.
    pub index: Option<Share>,
    /// Place in the block.
    pub place: Option<u32>,
    /// Position in the block's classes.
    pub class: Option<usize>,
    /// Applicable leaves without a binding score; they count as 0 until judged.
    pub unscored: usize,
}

/// Points of a node and the most it can give the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct NodePoints {
    /// Points earned.
    pub earned: Points,
    /// Sum of the applicable leaves' maxima; zero when the node is not evaluated.
    pub max: Points,
}

impl NodePoints {
    /// Earned / maximum, or `None` when the node is not evaluated.
    pub fn share(self) -> Option<Share> {
        Share::new(self.earned, self.max)
    }
}

/// The binding points of a unit's leaves: `None` where no binding score exists yet.
pub type LeafPoints = Vec<Option<Points>>;

/// The standing that follows from all inputs of a year.
pub fn evaluate(year: &Year) -> Standing {
    let tallies = year.survey.tallies();
    let points: Vec<LeafPoints> = (0..year.units.len())
        .map(|unit| {
            let set = year.set_of(unit);
            set.leaves()
                .map(|(leaf, _)| binding(year, &tallies, unit, leaf).map(|(points, _)| points))
                .collect()
        })
        .collect();
    standing(year, &points)
}

/// Where a leaf's binding points come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The judgement of this stage.
    Judged(Stage),
    /// Counted survey answers, with the working out.
    Counted(Award),
}

/// The points of a leaf that count, and their origin; `None` while nothing is binding.
pub fn binding(year: &Year, tallies: &Tallies, unit: usize, leaf: LeafId) -> Option<(Points, Origin)> {
    let set = year.set_of(unit);
    if let Rule::Survey(rule) = &set.scoring(leaf).rule {
        let award = rule.award_tally(set.frame(leaf), &tallies.pooled(unit, &rule.questions))?;
        return Some((award.points, Origin::Counted(award)));
    }
    let (stage, judgement) = year.leaf_file(unit, leaf).binding()?;
    Some((judgement.points, Origin::Judged(stage)))
}

/// The standing that follows from binding points, whatever they came from. `points` stand in the
/// order of [`Year::units`], each in the order of the unit's leaves; points of exempt leaves are
/// ignored.
///
/// # Panics
/// If `points` does not have one list a unit with one entry a leaf.
pub fn standing(year: &Year, points: &[LeafPoints]) -> Standing {
    assert_eq!(points.len(), year.units.len(), "one list of points a unit");
    let shapes: Vec<Shape> = year.sets.iter().map(Shape::of).collect();
    let mut units: Vec<UnitStanding> = points
        .iter()
        .enumerate()
        .map(|(unit, points)| {
            let set = year.blocks[year.units[unit].block].set;
            unit_standing(&shapes[set], points, &year.applicable(unit))
        })
        .collect();
    let blocks = (0..year.blocks.len()).map(|block| rank::rank(year, block, &mut units)).collect();
    Standing { units, blocks }
}

/// What is the same for all units of a set, looked up once.
struct Shape {
    leaves: Vec<LeafShape>,
    parents: Vec<Option<usize>>,
}

struct LeafShape {
    node: usize,
    max: Points,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Appraisal,
    Survey,
    Adjustment,
}

impl Shape {
    fn of(set: &Framework) -> Shape {
        let leaves = set.leaves().map(|(leaf, node)| {
            let scoring = set.scoring(leaf);
            let kind = match scoring.source {
                _ if scoring.rule.is_adjustment() => Kind::Adjustment,
                Source::Survey => Kind::Survey,
                Source::Own | Source::Appraisal | Source::External => Kind::Appraisal,
            };
            LeafShape { node: node.index(), max: set.node(node).max, kind }
        });
        Shape {
            leaves: leaves.collect(),
            parents: set.nodes().map(|(_, node)| node.parent.map(NodeId::index)).collect(),
        }
    }
}

fn unit_standing(shape: &Shape, points: &LeafPoints, applies: &[bool]) -> UnitStanding {
    assert_eq!(points.len(), shape.leaves.len(), "one entry a leaf");
    let mut nodes = vec![NodePoints::default(); shape.parents.len()];
    let (mut appraisal, mut survey, mut adjustment) = (Points::ZERO, Points::ZERO, Points::ZERO);
    let mut scale = Points::ZERO;
    let mut unscored = 0;
    for ((leaf, points), _) in shape.leaves.iter().zip(points).zip(applies).filter(|(_, applies)| **applies) {
        unscored += usize::from(points.is_none());
        let earned = points.unwrap_or_default();
        nodes[leaf.node] = NodePoints { earned, max: leaf.max };
        match leaf.kind {
            Kind::Appraisal => appraisal += earned,
            Kind::Survey => survey += earned,
            Kind::Adjustment => adjustment += earned,
        }
        if leaf.kind != Kind::Adjustment {
            scale += leaf.max;
        }
    }
    // Children stand behind their parents, so one pass from the end adds every subtree up.
    for node in (0..nodes.len()).rev() {
        if let Some(parent) = shape.parents[node] {
            let NodePoints { earned, max } = nodes[node];
            nodes[parent].earned += earned;
            nodes[parent].max += max;
        }
    }
    let total = (appraisal + survey + adjustment).clamp(Points::ZERO, scale.max(Points::ZERO));
    let index = Share::new(total, scale);
    UnitStanding {
        nodes,
        appraisal,
        survey,
        adjustment,
        total,
        scale,
        index,
        place: None,
        class: None,
        unscored,
    }
}

/// Points as they are printed under the set's method of exemption: as earned, or stretched to the
/// full scale. The index is the same either way.
pub fn printed_points(set: &Framework, points: Points, scale: Points) -> Exact {
    match set.settings.exemption {
        ExemptionMethod::ReduceScale => points.exact(),
        ExemptionMethod::RescaleToFull => (&points.exact() * &set.full_scale.exact())
            .checked_div(&scale.exact())
            .unwrap_or_else(Exact::zero),
    }
}

/// The scale as it is printed under the set's method of exemption.
pub fn printed_scale(set: &Framework, scale: Points) -> Points {
    match set.settings.exemption {
        ExemptionMethod::ReduceScale => scale,
        ExemptionMethod::RescaleToFull => set.full_scale,
    }
}
