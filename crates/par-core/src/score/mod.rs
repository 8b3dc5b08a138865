//! Inputs of a year → its standing: points, scales, indices, places, classes.
//!
//! The only place where totals are made. Must not know: how numbers are shown or explained.

pub mod claims;
pub mod component;
pub mod derive;
pub mod figure;
pub mod history;
pub mod losses;
pub mod rank;
pub mod reasons;
pub mod results;

use std::sync::Arc;

use crate::framework::{Cap, ExemptionMethod, Framework, LeafId, NodeId, Scoring, Source};
use crate::points::Points;
use crate::points::exact::Exact;
use crate::points::share::Share;
use crate::rule::Rule;
use crate::rule::given::Given;
use crate::year::{Stage, Year};

/// The result of a year: every unit's points and place, every block's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// In the order of [`Year::units`].
    pub units: Vec<UnitStanding>,
    /// In the order of [`Year::blocks`]: the units that are ranked, from the first place to the last.
    pub blocks: Vec<Vec<usize>>,
}

/// The result of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitStanding {
    sums: Sums,
    /// Points from leaves that are not surveyed.
    pub appraisal: Points,
    /// Points from survey leaves.
    pub survey: Points,
    /// Bonus points.
    pub bonus: Points,
    /// Penalty points, 0 or below.
    pub penalty: Points,
    /// Appraisal + survey + bonus + penalty, at least 0 and, unless the set says otherwise, at most the
    /// scale.
    pub total: Points,
    /// Sum of the maxima that apply to the unit.
    pub scale: Points,
    /// total / scale; `None` when nothing applies (a unit not evaluated too), or something is not yet scored (chưa chấm).
    pub index: Option<Share>,
    /// Place in the block; `None` also of a unit that is scored but not ranked.
    pub place: Option<u32>,
    /// Position in the block's classes; as the place.
    pub class: Option<usize>,
    /// Applicable leaves without a binding score: while there is one, the unit has no index.
    pub unscored: usize,
    /// Their positions.
    missing: Vec<usize>,
}

impl UnitStanding {
    /// Points and applicable maximum of a node of the unit's criteria set.
    pub fn node(&self, set: &Framework, id: NodeId) -> NodePoints {
        let leaves = set.leaves_below(id);
        let between = |start: usize| self.sums.all[start + leaves.end] - self.sums.all[start + leaves.start];
        let below = |leaf: usize| self.missing.partition_point(|missing| *missing < leaf);
        let missing = below(leaves.end) - below(leaves.start);
        NodePoints { earned: between(self.sums.earned), max: between(self.sums.max), missing }
    }

    /// Bonus and penalty points together.
    pub fn adjustment(&self) -> Points {
        self.bonus + self.penalty
    }

    /// What the limits of a total took away (below 0) or added (a total is never below 0).
    pub fn cut(&self) -> Points {
        self.total - self.appraisal - self.survey - self.adjustment()
    }
}

/// Running sums over a unit's leaves, each beginning with 0: any node is the difference of two. All
/// units share one list, and units without exemptions share the sums of the maxima.
#[derive(Clone, Debug)]
struct Sums {
    all: Arc<Vec<Points>>,
    leaves: usize,
    /// Where the sums of points begin.
    earned: usize,
    /// Where the sums of the maxima that apply begin.
    max: usize,
}

impl PartialEq for Sums {
    fn eq(&self, other: &Sums) -> bool {
        let list = |sums: &Sums, start: usize| sums.all[start..=start + sums.leaves].to_vec();
        list(self, self.earned) == list(other, other.earned) && list(self, self.max) == list(other, other.max)
    }
}

/// Points of a node and the most it can give the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct NodePoints {
    /// Points earned.
    pub earned: Points,
    /// Sum of the applicable leaves' maxima; zero when the node is not evaluated.
    pub max: Points,
    /// Applicable leaves that are not yet scored.
    pub missing: usize,
}

impl NodePoints {
    /// Whether the node is evaluated for the unit.
    pub fn applies(self) -> bool {
        self.max > Points::ZERO
    }

    /// Earned / maximum, or `None` when the node is not evaluated or not yet scored.
    pub fn share(self) -> Option<Share> {
        Share::new(self.earned, self.max).filter(|_| self.missing == 0)
    }
}

/// The binding points of a unit's leaves.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LeafPoints {
    /// One entry a leaf; 0 where no binding score exists yet.
    pub points: Vec<Points>,
    /// Positions of the leaves without a binding score.
    pub missing: Vec<usize>,
}

/// The standing that follows from all inputs of a year.
pub fn evaluate(year: &Year) -> Standing {
    let of_unit = |unit: usize| {
        let set = year.set_of(unit);
        let mut found = LeafPoints::default();
        for (leaf, _) in set.leaves() {
            match binding(year, unit, leaf) {
                Some((points, _)) => found.points.push(points),
                None => {
                    found.points.push(Points::ZERO);
                    found.missing.push(leaf.index());
                }
            }
        }
        found
    };
    let points: Vec<LeafPoints> = (0..year.units.len()).map(of_unit).collect();
    standing(year, &points)
}

/// Where a leaf's binding points come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The judgement of this stage.
    Judged(Stage),
    /// Counted survey answers.
    Counted,
}

/// The points of a leaf that count, and their origin; `None` while nothing is binding.
pub fn binding(year: &Year, unit: usize, leaf: LeafId) -> Option<(Points, Origin)> {
    let set = year.set_of(unit);
    if let Rule::Survey(rule) = &set.scoring(leaf).rule {
        let tally = year.survey.answers.pooled(unit, &rule.questions);
        return rule.award_tally(set.frame(leaf), &tally).map(|award| (award.points, Origin::Counted));
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
    let shapes: Vec<Shape> = year.sets.iter().map(|set| Shape::of(set)).collect();
    let everyone = year.exemptions.iter().any(|exemption| exemption.unit.is_none());
    let mut exempted: Vec<bool> =
        (0..year.units.len()).map(|unit| everyone || !year.is_evaluated(unit)).collect();
    for unit in year.exemptions.iter().filter_map(|exemption| exemption.unit) {
        exempted[unit] = true;
    }
    let shape_of = |unit: usize| year.blocks[year.units[unit].block].set;
    let mut all = Vec::with_capacity(points.iter().map(|points| points.points.len() + 1).sum());
    let full: Vec<usize> = shapes.iter().map(|shape| running(&mut all, shape.max.iter().copied())).collect();
    let mut places = Vec::with_capacity(points.len());
    let mut of_survey = Vec::with_capacity(points.len());
    for (unit, points) in points.iter().enumerate() {
        let shape = &shapes[shape_of(unit)];
        assert_eq!(points.points.len(), shape.max.len(), "one entry a leaf");
        let (given, surveyed) = given(year, unit, shape);
        of_survey.push(surveyed);
        places.push(if exempted[unit] || given.is_some() {
            let applies = year.applicable(unit);
            let counted = |list: &[Points]| -> Vec<Points> {
                list.iter()
                    .zip(&applies)
                    .map(|(points, applies)| if *applies { *points } else { Points::ZERO })
                    .collect()
            };
            let earned = running(&mut all, counted(&points.points).into_iter());
            let max = given.as_ref().unwrap_or(&shape.max);
            let max = running(&mut all, counted(max).into_iter());
            (earned, max, points.missing.iter().copied().filter(|leaf| applies[*leaf]).collect())
        } else {
            (running(&mut all, points.points.iter().copied()), full[shape_of(unit)], points.missing.clone())
        });
    }
    let all = Arc::new(all);
    let mut units: Vec<UnitStanding> = places
        .into_iter()
        .enumerate()
        .map(|(unit, (earned, max, missing))| {
            let shape = &shapes[shape_of(unit)];
            let sums = Sums { all: Arc::clone(&all), leaves: shape.max.len(), earned, max };
            shape.standing(sums, missing, of_survey[unit])
        })
        .collect();
    let blocks = (0..year.blocks.len()).map(|block| rank::rank(year, block, &mut units)).collect();
    Standing { units, blocks }
}

/// The maxima of a unit's leaves where some are given with their points, and the survey points among those.
fn given(year: &Year, unit: usize, shape: &Shape) -> (Option<Vec<Points>>, Points) {
    if shape.given.is_empty() {
        return (None, Points::ZERO);
    }
    let (set, applies) = (year.set_of(unit), year.applicable(unit));
    let (mut max, mut survey) = (shape.max.clone(), Points::ZERO);
    for leaf in shape.given.iter().filter(|leaf| applies[**leaf]) {
        let binding = year.leaf_file(unit, LeafId(*leaf)).binding();
        let part = binding.and_then(|(_, one)| Given::part(set.frame(LeafId(*leaf)), &one.inputs).ok());
        if let Some(part) = part {
            max[*leaf] = part.max;
            survey += part.survey;
        }
    }
    (Some(max), survey)
}

/// Appends running sums, beginning with 0, and returns where they begin.
fn running(all: &mut Vec<Points>, points: impl ExactSizeIterator<Item = Points>) -> usize {
    let start = all.len();
    let mut sum = Points::ZERO;
    all.push(sum);
    all.extend(points.map(|points| {
        sum += points;
        sum
    }));
    start
}

/// What is the same for all units of a set, looked up once.
struct Shape {
    /// Each leaf's maximum.
    max: Vec<Points>,
    /// Leaves whose points are survey points.
    survey: Vec<usize>,
    /// Leaves of bonus points.
    bonus: Vec<usize>,
    /// Leaves of penalty points.
    penalty: Vec<usize>,
    /// Whether the bonus is part of the scale.
    bonus_in_scale: bool,
    /// Whether a total is cut at the scale.
    cap: Cap,
    /// Leaves whose points are given, each with a maximum of its own for every unit.
    given: Vec<usize>,
}

impl Shape {
    fn of(set: &Framework) -> Shape {
        let of_kind = |wanted: fn(&Scoring) -> bool| {
            set.leaves()
                .filter(|(leaf, _)| wanted(set.scoring(*leaf)))
                .map(|(leaf, _)| leaf.index())
                .collect()
        };
        let adjusting = |adds: bool| -> Vec<usize> {
            let leaves = set.leaves().filter(|(leaf, _)| set.scoring(*leaf).rule.is_adjustment());
            leaves
                .filter(|(_, node)| (set.node(*node).max > Points::ZERO) == adds)
                .map(|(leaf, _)| leaf.index())
                .collect()
        };
        Shape {
            max: set.leaves().map(|(_, node)| set.node(node).max).collect(),
            survey: of_kind(|scoring| scoring.source == Source::Survey && !scoring.rule.is_adjustment()),
            bonus: adjusting(true),
            penalty: adjusting(false),
            given: of_kind(|scoring| matches!(scoring.rule, Rule::Given(_))),
            bonus_in_scale: set.bonus_in_scale,
            cap: set.settings.cap,
        }
    }

    fn standing(&self, sums: Sums, missing: Vec<usize>, given_survey: Points) -> UnitStanding {
        let of = |start: usize, leaves: &[usize]| {
            leaves.iter().map(|leaf| sums.all[start + leaf + 1] - sums.all[start + leaf]).sum::<Points>()
        };
        let survey = of(sums.earned, &self.survey) + given_survey;
        let (bonus, penalty) = (of(sums.earned, &self.bonus), of(sums.earned, &self.penalty));
        let appraisal = sums.all[sums.earned + sums.leaves] - survey - bonus - penalty;
        let outside = if self.bonus_in_scale { Points::ZERO } else { of(sums.max, &self.bonus) };
        let scale = sums.all[sums.max + sums.leaves] - of(sums.max, &self.penalty) - outside;
        let sum = (appraisal + survey + bonus + penalty).max(Points::ZERO);
        let total = if self.cap == Cap::Scale { sum.min(scale.max(Points::ZERO)) } else { sum };
        let unscored = missing.len();
        let index = Share::new(total, scale).filter(|_| unscored == 0);
        UnitStanding {
            sums,
            appraisal,
            survey,
            bonus,
            penalty,
            total,
            scale,
            index,
            place: None,
            class: None,
            unscored,
            missing,
        }
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
