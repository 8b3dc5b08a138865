//! Why an act is not allowed, as data: which rule, until when, whom to ask.
//!
//! Must not know: the words it is told in.

use super::actor::Duty;
use super::timetable::{Closed, Phase};
use crate::year::judge::Objection;

/// Why an act is not allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody in the person's place does that; carries who does.
    NoDuty(&'static [Duty]),
    /// The person does that, elsewhere: another unit or another part of the criteria.
    NotAssigned,
    /// The person's own unit, or one with a declared conflict.
    Partial,
    /// Another unit's: the person works elsewhere.
    OtherUnit,
    /// The act is about a unit or a leaf, and none such is named, or there is none.
    Nowhere,
    /// The unit is not evaluated this year.
    NotEvaluated,
    /// The year has fewer rounds.
    NoSuchRound(u8),
    /// The phase is not open.
    Closed(Phase, Closed),
    /// Something that must end first is still open.
    StillOpen(Phase),
    /// The self-score was sent, or decided about.
    Sent,
    /// The self-score was not sent, and its phase has not closed.
    NotSent,
    /// The result of this round was delivered already.
    Delivered,
    /// The result that this rests on was not delivered yet.
    NotDelivered,
    /// No explanation was asked for: the leaf is not open again.
    NotAsked,
    /// The explanation was sent.
    Explained,
    /// What was given may not stand, for each of these reasons.
    Objections(Vec<Objection>),
}

impl Refusal {
    /// Whom to ask about it.
    pub fn ask(&self) -> Duty {
        match self {
            Refusal::NoDuty(duties) => duties.first().copied().unwrap_or(Duty::Organiser),
            Refusal::OtherUnit => Duty::Contact,
            _ => Duty::Organiser,
        }
    }
}
