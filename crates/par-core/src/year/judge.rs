//! Whether a judgement may stand: asked by whoever reads, writes or checks one.
//!
//! Must not know: files, databases, and what was said at the other stages of the leaf.

use super::{Rounds, Stage};
use crate::framework::{Framework, LeafId, Source};
use crate::points::Points;
use crate::rule::inputs::Inputs;
use crate::rule::problem::InputProblem;

/// Where a judgement is to stand.
#[derive(Clone, Copy, Debug)]
pub struct Seat<'s> {
    /// The criteria set of the unit judged.
    pub set: &'s Framework,
    /// The leaf judged.
    pub leaf: LeafId,
    /// Whether the leaf applies to the unit: no exemption covers it.
    pub applies: bool,
    /// Who judges.
    pub stage: Stage,
    /// How many rounds of appraisal the year has.
    pub rounds: Rounds,
}

/// Why a judgement may not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// The leaf is not evaluated for the unit.
    Exempt,
    /// The leaf is counted from survey answers; nobody judges it.
    Counted,
    /// Whoever judges at this stage does not judge this leaf.
    NotOpen,
    /// The year has fewer rounds of appraisal; carries how many.
    NoSuchRound(u8),
    /// Points outside the leaf's bounds.
    Bounds {
        /// Fewest points.
        low: Points,
        /// Most points.
        high: Points,
    },
    /// Points with more decimals than the set keeps.
    Places(u8),
    /// No inputs give these points under the leaf's rule.
    NotByRule,
    /// Inputs do not fit the rule: every problem of theirs.
    Inputs(Vec<InputProblem>),
    /// The rule gives other points for the inputs.
    Differs(Points),
}

/// The points of a judgement that may stand, given as points, as inputs they follow from, or both.
/// All stages keep to the rule, the council's too: what a rule cannot give nobody gives.
///
/// # Errors
/// Every objection; when the leaf is not judged at this stage at all, only that.
///
/// # Panics
/// If there are neither points nor inputs.
pub fn judge(
    seat: Seat<'_>,
    points: Option<Points>,
    inputs: Option<&Inputs>,
) -> Result<Points, Vec<Objection>> {
    let scoring = seat.set.scoring(seat.leaf);
    if !seat.applies {
        return Err(vec![Objection::Exempt]);
    }
    if scoring.is_counted() {
        return Err(vec![Objection::Counted]);
    }
    if seat.stage == Stage::Own && scoring.source != Source::Own {
        return Err(vec![Objection::NotOpen]);
    }
    if seat.rounds.stages().all(|held| held != seat.stage) {
        return Err(vec![Objection::NoSuchRound(seat.rounds.count())]);
    }
    let frame = seat.set.frame(seat.leaf);
    if let Some(inputs) = inputs {
        let award =
            scoring.rule.award(frame, inputs).map_err(|problems| vec![Objection::Inputs(problems)])?;
        return match points {
            Some(said) if said != award.points => Err(vec![Objection::Differs(award.points)]),
            _ => Ok(award.points),
        };
    }
    let points = points.expect("a judgement has points or inputs");
    let (low, high) = (frame.max.min(Points::ZERO), frame.max.max(Points::ZERO));
    let mut objections = Vec::new();
    if !(low..=high).contains(&points) {
        objections.push(Objection::Bounds { low, high });
    }
    if !points.fits(frame.places) {
        objections.push(Objection::Places(frame.places));
    }
    if objections.is_empty() && !scoring.rule.gives(frame, points) {
        objections.push(Objection::NotByRule);
    }
    if objections.is_empty() { Ok(points) } else { Err(objections) }
}
