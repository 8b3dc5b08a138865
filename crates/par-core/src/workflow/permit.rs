//! Whether a person may do something, there and now: the one place that says so.
//!
//! Deny by default. Of several roles the permissions add up; what the home unit or a declared conflict
//! forbids no role lifts.

use super::act::{About, Act, Own};
use super::actor::{Actor, Duty};
use super::refusal::Refusal;
use super::sight::{self, Part};
use super::state::UnitState;
use super::timetable::{Closed, Phase};
use super::{At, Rules};
use crate::framework::LeafId;

/// Whether a person may do something.
///
/// # Errors
/// Why not: the reason that lies deepest in the person comes first, the phase and the state last, so
/// that nobody learns of a state who may not act at all.
pub fn permit(actor: &Actor, act: Act, at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    exists(at, rules)?;
    let fits = matches!(
        (act.about(), at),
        (About::Any, _) | (About::Year, At::Year) | (About::Unit, At::Unit(_)) | (About::Leaf, At::Leaf(..))
    );
    if !fits {
        return Err(Refusal::Nowhere);
    }
    let of_sight: &[Part] = match act {
        Act::Open => &sight::PARTS,
        Act::ReadProvisional => &[Part::Result],
        _ => &[],
    };
    if !of_sight.is_empty() {
        let sees = of_sight.iter().any(|part| sight::sees(actor, *part, at, rules));
        return if sees { Ok(()) } else { Err(Refusal::NotAssigned) };
    }
    entitled(actor, act, at, rules)?;
    stands(act, at, rules)
}

/// A place that the year has.
fn exists(at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    let Some(unit) = at.unit() else { return Ok(()) };
    if unit >= rules.year.units.len() || unit >= rules.states.len() {
        return Err(Refusal::Nowhere);
    }
    match at.leaf() {
        Some(leaf) if leaf.index() >= rules.year.set_of(unit).leaf_count() => Err(Refusal::Nowhere),
        _ => Ok(()),
    }
}

/// Whether the person's roles allow it, whatever the phase.
fn entitled(actor: &Actor, act: Act, at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    let (duties, own) = act.duties();
    let held: Vec<Duty> = duties.iter().copied().filter(|duty| actor.has(*duty, rules.now)).collect();
    if held.is_empty() {
        return Err(Refusal::NoDuty(duties));
    }
    match (own, at.unit()) {
        (Own::Only, Some(unit)) if !actor.is_home(unit) => return Err(Refusal::OtherUnit),
        (Own::Never, Some(unit)) if actor.is_partial(unit) => return Err(Refusal::Partial),
        _ => {}
    }
    if held.iter().any(|duty| actor.has_at(*duty, at, rules)) { Ok(()) } else { Err(Refusal::NotAssigned) }
}

/// Whether the phase and the state of the unit allow it, whoever asks.
fn stands(act: Act, at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    match act {
        Act::Open
        | Act::SetUp
        | Act::SetTimetable
        | Act::GiveRoles
        | Act::ManageColleagues
        | Act::ManageAccounts
        | Act::ReadProvisional
        | Act::ReadJournal
        | Act::ViewAs => Ok(()),
        Act::SelfScore | Act::SelfScoreFor => {
            leaf(at)?;
            self_score_open(at, rules)
        }
        Act::Send => self_score_open(at, rules),
        Act::Receive | Act::Return => received(act, at, rules),
        Act::Settle => {
            let (unit, state) = state(at, rules)?;
            if !state.self_score.is_open() {
                return Err(Refusal::Sent);
            }
            is_over(Phase::SelfScore, unit, rules)
        }
        Act::Judge(round) | Act::Opine(round) => judged(round, at, rules),
        Act::Deliver(round) => delivered(round, at, rules),
        Act::Explain(round) => {
            let asked = leaf(at)?;
            let (_, state) = state(at, rules)?;
            has_round(round, rules)?;
            if !state.is_delivered(round, asked) {
                return Err(Refusal::NotDelivered);
            }
            if !state.is_asked(round, asked) {
                return Err(Refusal::NotAsked);
            }
            if state.is_delivered(round + 1, asked) {
                return Err(Refusal::Delivered);
            }
            explanation_open(round, at, rules)
        }
        Act::SendExplanation(round) => {
            has_round(round, rules)?;
            if state(at, rules)?.1.round(round).is_none() {
                return Err(Refusal::NotDelivered);
            }
            explanation_open(round, at, rules)
        }
        Act::Resolve => {
            let resolved = leaf(at)?;
            open(Phase::Council, at, rules)?;
            let is_appraised = state(at, rules)?.1.is_appraised(resolved, rules.year.rounds.count());
            if is_appraised { Ok(()) } else { Err(Refusal::NotDelivered) }
        }
        Act::Publish => match rules.timetable.open(Phase::Council, None, rules.year, rules.now) {
            Err(Closed::Over(_) | Closed::Unplanned) => Ok(()),
            Ok(_) | Err(Closed::NotYet(_)) => Err(Refusal::StillOpen(Phase::Council)),
        },
    }
}

fn leaf(at: At) -> Result<LeafId, Refusal> {
    at.leaf().ok_or(Refusal::Nowhere)
}

fn state<'r>(at: At, rules: &Rules<'r>) -> Result<(usize, &'r UnitState), Refusal> {
    let unit = at.unit().ok_or(Refusal::Nowhere)?;
    if !rules.year.is_evaluated(unit) {
        return Err(Refusal::NotEvaluated);
    }
    Ok((unit, rules.states.get(unit).ok_or(Refusal::Nowhere)?))
}

fn has_round(round: u8, rules: &Rules<'_>) -> Result<(), Refusal> {
    let count = rules.year.rounds.count();
    if (1..=count).contains(&round) { Ok(()) } else { Err(Refusal::NoSuchRound(count)) }
}

fn open(phase: Phase, at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    let opening = rules.timetable.open(phase, at.unit(), rules.year, rules.now);
    opening.map(drop).map_err(|closed| Refusal::Closed(phase, closed))
}

fn is_over(phase: Phase, unit: usize, rules: &Rules<'_>) -> Result<(), Refusal> {
    if rules.timetable.is_over(phase, unit, rules.year, rules.now) {
        Ok(())
    } else {
        Err(Refusal::StillOpen(phase))
    }
}

fn self_score_open(at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    open(Phase::SelfScore, at, rules)?;
    if state(at, rules)?.1.self_score.is_open() { Ok(()) } else { Err(Refusal::Sent) }
}

/// A self-score is received whenever it was sent, and returned while its unit can still work on it.
fn received(act: Act, at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    let (_, state) = state(at, rules)?;
    if state.self_score.is_open() || state.self_score.sent().is_none() {
        return Err(Refusal::NotSent);
    }
    if act == Act::Return { open(Phase::SelfScore, at, rules) } else { Ok(()) }
}

fn judged(round: u8, at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    let judged = leaf(at)?;
    let (unit, state) = state(at, rules)?;
    has_round(round, rules)?;
    open(Phase::Round(round), at, rules)?;
    if state.self_score.is_open() && is_over(Phase::SelfScore, unit, rules).is_err() {
        return Err(Refusal::NotSent);
    }
    if round > 1 && !state.is_delivered(round - 1, judged) {
        return Err(Refusal::NotDelivered);
    }
    if !state.is_reopened(round, judged) {
        return Err(Refusal::NotAsked);
    }
    if state.is_delivered(round, judged) { Err(Refusal::Delivered) } else { Ok(()) }
}

/// Results may be delivered from the opening of their round on, also after it closed.
fn delivered(round: u8, at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    has_round(round, rules)?;
    let phase = Phase::Round(round);
    match rules.timetable.open(phase, at.unit(), rules.year, rules.now) {
        Ok(_) | Err(Closed::Over(_)) => {}
        Err(closed) => return Err(Refusal::Closed(phase, closed)),
    }
    let leaf = leaf(at)?;
    let (_, state) = state(at, rules)?;
    if round > 1 && !state.is_delivered(round - 1, leaf) {
        return Err(Refusal::NotDelivered);
    }
    if state.is_delivered(round, leaf) { Err(Refusal::Delivered) } else { Ok(()) }
}

fn explanation_open(round: u8, at: At, rules: &Rules<'_>) -> Result<(), Refusal> {
    open(Phase::Explanation(round), at, rules)?;
    let explained = state(at, rules)?.1.round(round).and_then(|state| state.explained);
    if explained.is_some() { Err(Refusal::Explained) } else { Ok(()) }
}
