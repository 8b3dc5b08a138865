//! What an act changes: the one place where a command becomes an entry or a state.
//!
//! Asks [`permit`] itself, so that nothing is decided past it.

use super::act::Act;
use super::actor::Actor;
use super::dossier::{Dossier, Entry, Weight};
use super::permit::permit;
use super::refusal::Refusal;
use super::state::{Sending, UnitState};
use super::timetable::Phase;
use super::{At, Rules};
use crate::framework::LeafId;
use crate::points::Points;
use crate::rule::inputs::Inputs;
use crate::year::judge::{Seat, judge};
use crate::year::{Judgement, Stage};

/// What a person wants to say about a leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Say {
    /// At which stage.
    pub stage: Stage,
    /// Points, inputs they follow from, or both; neither takes back what was said.
    pub points: Option<Points>,
    /// The inputs; empty when only points are given.
    pub inputs: Inputs,
    /// A note.
    pub note: String,
    /// For whom it is typed in from a signed paper.
    pub on_behalf: Option<String>,
    /// The hash of the criteria set it is said under.
    pub set: String,
    /// Whether it is an opinion beside the lead's judgement.
    pub weight: Weight,
}

/// What becomes of a unit as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Sends the self-score.
    Send,
    /// Receives it.
    Receive,
    /// Returns it.
    Return,
    /// Takes what stands there, never sent.
    TakeAsIs,
    /// Lets it count as none.
    CountAsNone,
    /// Delivers results of a round: leaves, each with whether an explanation is asked for.
    Deliver(u8, Vec<(LeafId, bool)>),
    /// Sends the explanation after a round.
    Explain(u8),
}

impl Say {
    /// The act it is.
    pub fn act(&self) -> Act {
        match (self.stage, self.weight) {
            (Stage::Own, _) if self.on_behalf.is_some() => Act::SelfScoreFor,
            (Stage::Own, _) => Act::SelfScore,
            (Stage::Round(round), Weight::Binding) => Act::Judge(round),
            (Stage::Round(round), Weight::Opinion) => Act::Opine(round),
            (Stage::Council, _) => Act::Resolve,
        }
    }
}

impl Step {
    /// The act it is.
    pub fn act(&self) -> Act {
        match self {
            Step::Send => Act::Send,
            Step::Receive => Act::Receive,
            Step::Return => Act::Return,
            Step::TakeAsIs | Step::CountAsNone => Act::Settle,
            Step::Deliver(round, _) => Act::Deliver(*round),
            Step::Explain(round) => Act::SendExplanation(*round),
        }
    }
}

/// The entry that a person's words add to a dossier; `None` when they say what stands there already.
///
/// # Errors
/// Why not, with every objection to what was given.
pub fn say(
    actor: &Actor,
    rules: &Rules<'_>,
    (unit, leaf): (usize, LeafId),
    dossier: &Dossier,
    say: Say,
) -> Result<Option<Entry>, Refusal> {
    permit(actor, say.act(), At::Leaf(unit, leaf), rules)?;
    let set = rules.year.set_of(unit);
    let applies = rules.year.applicable(unit)[leaf.index()];
    let seat = Seat { set, leaf, applies, stage: say.stage, rounds: rules.year.rounds };
    let given = Some(&say.inputs).filter(|inputs| !inputs.is_empty());
    let judgement = if say.points.is_none() && given.is_none() {
        None
    } else {
        let points = judge(seat, say.points, given).map_err(Refusal::Objections)?;
        Some(Judgement { points, inputs: say.inputs })
    };
    let mut same = dossier.entries.iter().rev().filter(|entry| entry.stage == say.stage);
    let last = match say.weight {
        Weight::Binding => dossier.last(say.stage),
        Weight::Opinion => same.find(|entry| entry.weight == Weight::Opinion && entry.by == actor.account),
    };
    let stands = match last {
        Some(last) => last.judgement == judgement && last.note == say.note && last.on_behalf == say.on_behalf,
        None => judgement.is_none() && say.note.is_empty(),
    };
    Ok((!stands).then_some(Entry {
        stage: say.stage,
        weight: say.weight,
        judgement,
        note: say.note,
        by: actor.account,
        on_behalf: say.on_behalf,
        at: rules.now,
        set: say.set,
    }))
}

/// How far a unit is after a step.
///
/// # Errors
/// Why not.
pub fn step(actor: &Actor, rules: &Rules<'_>, unit: usize, step: &Step) -> Result<UnitState, Refusal> {
    let places = match step {
        Step::Deliver(_, leaves) => leaves.iter().map(|(leaf, _)| At::Leaf(unit, *leaf)).collect(),
        _ => vec![At::Unit(unit)],
    };
    for at in &places {
        permit(actor, step.act(), *at, rules)?;
    }
    let mut state = rules.states.get(unit).filter(|_| !places.is_empty()).ok_or(Refusal::Nowhere)?.clone();
    match step {
        Step::Send => {
            let opening = rules.timetable.open(Phase::SelfScore, Some(unit), rules.year, rules.now);
            let opening = opening.map_err(|closed| Refusal::Closed(Phase::SelfScore, closed))?;
            let (at, opening) = state.self_score.sent().unwrap_or((rules.now, opening));
            state.self_score = Sending::Sent { at, opening };
        }
        Step::Receive | Step::Return => {
            let (at, opening) = state.self_score.sent().ok_or(Refusal::NotSent)?;
            state.self_score = match step {
                Step::Receive => Sending::Received { at, opening },
                _ => Sending::Returned { at, opening },
            };
        }
        Step::TakeAsIs => state.self_score = Sending::TakenAsIs,
        Step::CountAsNone => state.self_score = Sending::CountsAsNone,
        Step::Deliver(round, leaves) => {
            for (leaf, asked) in leaves {
                let of_round = state.round_mut(*round);
                of_round.delivered.add(*leaf);
                if *asked {
                    of_round.asked.add(*leaf);
                }
            }
        }
        Step::Explain(round) => state.round_mut(*round).explained = Some(rules.now),
    }
    Ok(state)
}
