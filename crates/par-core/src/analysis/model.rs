//! What is drawn: the model of uncertainty, prepared for many draws.
//!
//! 1. A disputed leaf takes its binding points with probability 1/2; the other points on the table
//!    share the other half equally. Leaves are drawn independently.
//! 2. A leaf computed from survey answers moves by its sampling error: the answers are taken as
//!    independent, so the leaf's mean of `n` answers has the variance of one answer divided by `n`.
//!    The error is drawn as the sum of twelve uniform numbers with exactly that variance, and the
//!    leaf is rounded and kept between 0 and its maximum as in the result.
//!
//! Everything else stays as it is in the result.

use super::dispute::{Dispute, disputes};
use crate::framework::{Cap, Compare, ExemptionMethod, Framework, LeafId, Source, TieBreaker, Ties};
use crate::points::exact::Exact;
use crate::points::rounding::{Divisor, Rounding, divide};
use crate::points::{POINT_PLACES, Points};
use crate::rule::{Frame, Rule, survey};
use crate::score::results::Results;

/// Equal chances among which a disputed leaf is drawn.
pub const CHANCES: usize = 12;
/// How many of them are the binding points'.
pub const BINDING_CHANCES: usize = 6;
/// Most decimals in which indices are counted.
const BIN_PLACES: u8 = 2;

/// A year prepared for drawing.
#[derive(Debug)]
pub struct Model {
    pub(super) blocks: Vec<BlockModel>,
    /// How many units the year has.
    pub(super) units: usize,
}

/// A ranking list.
#[derive(Debug)]
pub(super) struct BlockModel {
    /// Units with an index, in the order of the year's list.
    pub units: Vec<UnitModel>,
    pub leaves: Vec<DrawnLeaf>,
    pub answers: Vec<DrawnAnswers>,
    /// Whether no place is skipped after equal units.
    pub dense: bool,
    /// Decimals and rounding by which units are compared, when not exactly.
    pub printed: Option<(u8, Rounding)>,
    /// Whether something decides between units of equal index.
    pub breaker: bool,
    /// Decimals and rounding in which indices are counted.
    pub bins: (u8, Rounding),
    /// 100 × 10 to the power of those decimals.
    pub bin_factor: u64,
}

/// A unit's fixed parts; all numbers are millionths of a point.
#[derive(Debug)]
pub(super) struct UnitModel {
    /// The unit's position in the year.
    pub unit: usize,
    /// All points before they are kept between 0 and the scale.
    pub sum: i64,
    pub scale: i64,
    /// The most a total can be.
    pub top: i64,
    /// Points and maximum by which units of equal index are ordered.
    pub breaker: (i64, i64),
    /// Its part of the block's drawn leaves.
    pub leaves: std::ops::Range<usize>,
    pub answers: std::ops::Range<usize>,
    /// Divides by the scale, rounded as indices are counted.
    pub bins: Divisor,
    /// Least total of each class, from the best.
    pub classes: Vec<i64>,
    /// Least and greatest total that can be drawn.
    pub reach: (i64, i64),
}

/// A disputed leaf: differences from the binding points, and which of them each chance gives.
#[derive(Debug)]
pub(super) struct DrawnLeaf {
    pub leaf: LeafId,
    /// Of the binding points (0) and of the others on the table; unused ones are 0.
    pub differences: [i64; 4],
    pub chances: [u8; CHANCES],
    /// All ones when the leaf also counts to what breaks ties, else 0.
    pub breaks: i64,
}

/// A leaf of survey answers.
#[derive(Debug)]
pub(super) struct DrawnAnswers {
    pub points: i64,
    /// Standard deviation of the sampling error.
    pub deviation: i64,
    pub max: i64,
    /// The smallest step of points.
    pub step: i64,
    pub rounding: Rounding,
    pub breaks: i64,
}

impl DrawnAnswers {
    /// The leaf's difference from its counted points for an error of `normal` / 2¹⁶ deviations.
    #[inline]
    pub fn difference(&self, normal: i64) -> i64 {
        let moved = (self.points + ((self.deviation * normal) >> 16)).clamp(0, self.max);
        self.rounded(moved) - self.points
    }

    fn rounded(&self, points: i64) -> i64 {
        let steps = divide(i128::from(points), i128::from(self.step), self.rounding);
        i64::try_from(steps).expect("not above the maximum") * self.step
    }
}

impl Model {
    /// Prepares a year.
    pub fn of(results: &Results) -> Model {
        let blocks = (0..results.year.blocks.len()).map(|block| BlockModel::of(results, block)).collect();
        Model { blocks, units: results.year.units.len() }
    }

    /// Disputed leaves of all units.
    pub fn disputed(&self) -> usize {
        self.blocks.iter().map(|block| block.leaves.len()).sum()
    }

    /// Disputed leaves of one unit.
    pub fn disputed_of(&self, unit: usize) -> usize {
        let units = self.blocks.iter().flat_map(|block| &block.units);
        units.filter(|one| one.unit == unit).map(|one| one.leaves.len()).sum()
    }

    /// Survey leaves of all units whose answers are not all the same.
    pub fn surveyed(&self) -> usize {
        self.blocks.iter().map(|block| block.answers.len()).sum()
    }
}

impl BlockModel {
    fn of(results: &Results, block: usize) -> BlockModel {
        let set = &results.year.sets[results.year.blocks[block].set];
        let settings = &set.settings;
        let print = (settings.print_places, settings.print_rounding);
        let mut model = BlockModel {
            units: Vec::new(),
            leaves: Vec::new(),
            answers: Vec::new(),
            dense: settings.ties == Ties::Dense,
            printed: (settings.compare == Compare::Printed).then_some(print),
            breaker: matches!(settings.ties, Ties::Breaker(_)),
            bins: (print.0.min(BIN_PLACES), print.1),
            bin_factor: 100 * 10u64.pow(u32::from(print.0.min(BIN_PLACES))),
        };
        let mut ranked = results.standing.blocks[block].clone();
        ranked.sort_unstable();
        for unit in ranked {
            model.add(results, set, unit);
        }
        model
    }

    fn add(&mut self, results: &Results, set: &Framework, unit: usize) {
        let standing = &results.standing.units[unit];
        let Some(index) = standing.index else { return };
        let (leaves, answers) = (self.leaves.len(), self.answers.len());
        self.leaves.extend(disputes(results, unit).iter().map(|dispute| drawn(set, dispute)));
        self.answers.extend(set.leaves().filter_map(|(leaf, _)| sampled(results, set, unit, leaf)));
        let sum = (standing.appraisal + standing.survey + standing.adjustment()).millionths();
        let scale = index.of().millionths();
        let top = if set.settings.cap == Cap::Scale { scale } else { i64::MAX };
        let (mut low, mut high) = (sum, sum);
        for leaf in &self.leaves[leaves..] {
            low += leaf.differences.iter().min().expect("four differences");
            high += leaf.differences.iter().max().expect("four differences");
        }
        for answers in &self.answers[answers..] {
            low += answers.difference(-6 << 16);
            high += answers.difference(6 << 16);
        }
        let class = |from: Points| {
            let bound = i128::from(from.millionths()) * i128::from(scale);
            i64::try_from(divide(bound, 100_000_000, Rounding::Up)).expect("a part of the scale")
        };
        let classes = results.year.classes_of(results.year.units[unit].block);
        self.units.push(UnitModel {
            unit,
            sum,
            scale,
            top,
            breaker: breaker(results, set, unit),
            leaves: leaves..self.leaves.len(),
            answers: answers..self.answers.len(),
            bins: Divisor::new(scale, self.bins.1),
            classes: classes.iter().map(|one| class(one.from)).collect(),
            reach: (low.clamp(0, top), high.clamp(0, top)),
        });
    }
}

/// Points and maximum of what breaks ties; below everything where the unit has none.
fn breaker(results: &Results, set: &Framework, unit: usize) -> (i64, i64) {
    let standing = &results.standing.units[unit];
    let Ties::Breaker(breaker) = &set.settings.ties else { return (0, 1) };
    // As in the ranking: stretched points are in the order of their shares of the unit's scale.
    let column = match set.settings.exemption {
        ExemptionMethod::ReduceScale => 1,
        ExemptionMethod::RescaleToFull => standing.scale.millionths(),
    };
    match breaker {
        TieBreaker::Survey => (standing.survey.millionths(), column),
        TieBreaker::Appraisal => (standing.appraisal.millionths(), column),
        TieBreaker::Node(code) if set.find(code).is_some_and(|node| set.is_adjustment(node)) => {
            let earned = set.find(code).map(|node| standing.node(set, node).earned);
            (earned.unwrap_or_default().millionths(), column)
        }
        TieBreaker::Node(code) => {
            let share = set.find(code).and_then(|node| standing.node(set, node).share());
            share.map_or((-1, 1), |share| (share.earned().millionths(), share.of().millionths()))
        }
    }
}

/// All ones when a leaf counts to what breaks ties, else 0.
fn breaks(set: &Framework, leaf: LeafId) -> i64 {
    let Ties::Breaker(breaker) = &set.settings.ties else { return 0 };
    let scoring = set.scoring(leaf);
    let survey = scoring.source == Source::Survey;
    let counts = match breaker {
        TieBreaker::Survey => survey && !scoring.rule.is_adjustment(),
        TieBreaker::Appraisal => !survey && !scoring.rule.is_adjustment(),
        TieBreaker::Node(code) => {
            set.find(code).is_some_and(|node| set.leaves_below(node).contains(&leaf.index()))
        }
    };
    -i64::from(counts)
}

fn drawn(set: &Framework, dispute: &Dispute) -> DrawnLeaf {
    let mut differences = [0; 4];
    for (difference, other) in differences[1..].iter_mut().zip(&dispute.others) {
        *difference = (other.points - dispute.binding).millionths();
    }
    let mut chances = [0; CHANCES];
    for (i, chance) in chances[BINDING_CHANCES..].iter_mut().enumerate() {
        // Six chances shared by one, two or three others.
        let other = i * dispute.others.len() / (CHANCES - BINDING_CHANCES) + 1;
        *chance = u8::try_from(other).expect("at most three");
    }
    DrawnLeaf { leaf: dispute.leaf, differences, chances, breaks: breaks(set, dispute.leaf) }
}

/// A survey leaf that applies and whose answers differ.
fn sampled(results: &Results, set: &Framework, unit: usize, leaf: LeafId) -> Option<DrawnAnswers> {
    let Rule::Survey(rule) = &set.scoring(leaf).rule else { return None };
    if results.year.exemption_at(unit, set.leaf_node(leaf)).is_some() {
        return None;
    }
    let frame = set.frame(leaf);
    let tally = results.year.survey.answers.pooled(unit, &rule.questions);
    let points = rule.award_tally(frame, &tally)?.points;
    let deviation = deviation(rule, frame, &tally)?;
    (deviation > Points::ZERO).then(|| DrawnAnswers {
        points: points.millionths(),
        deviation: deviation.millionths(),
        max: frame.max.millionths(),
        step: 10i64.pow(u32::from(POINT_PLACES - frame.places)),
        rounding: frame.rounding,
        breaks: breaks(set, leaf),
    })
}

/// Standard deviation of a survey leaf's points when its answers are drawn again, independently and
/// as often as they were given: max × √(variance of one answer's weight ÷ number of answers); `None`
/// when nobody expressed an opinion.
pub fn deviation(rule: &survey::Survey, frame: Frame, tally: &survey::Tally) -> Option<Points> {
    let (mut count, mut sum, mut squares) = (0, Exact::zero(), Exact::zero());
    for (letter, weight) in &rule.weights {
        let given = tally.get(letter).copied().unwrap_or(0);
        let weighted = &weight.exact() * &Exact::whole(i128::from(given));
        squares = &squares + &(&weighted * &weight.exact());
        sum = &sum + &weighted;
        count += i128::from(given);
    }
    let n = Exact::whole(count);
    let mean = sum.checked_div(&n)?;
    let variance = &squares.checked_div(&n)? - &(&mean * &mean);
    let point = &frame.max.exact() * &Exact::ratio(1, 100);
    (&variance * &(&point * &point)).checked_div(&n)?.root(POINT_PLACES)?.points()
}
