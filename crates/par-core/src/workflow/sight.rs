//! Who may know what of a year under way: one predicate, and the year as somebody may see it.
//!
//! Deny by default. Counts, means, search, exports and messages are made of what is left here, never
//! beside it.

use std::sync::Arc;

use super::actor::{Actor, Duty};
use super::timetable::{Closed, Phase};
use super::{At, Rules};
use crate::framework::LeafId;
use crate::year::survey::Survey;
use crate::year::{LeafFile, Round, Rounds, UnitFile, Year};

/// A kind of thing said about a leaf or a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The self-score with its inputs and note.
    SelfScore,
    /// The evidence attached to it.
    Evidence,
    /// What a round of appraisal said: points, request, reason.
    Appraisal(u8),
    /// The unit's explanation after a round.
    Explanation(u8),
    /// What the appraisers say among themselves.
    Inner,
    /// What the council resolved.
    Council,
    /// Total, index; of all units also means, places and classes.
    Result,
}

/// All parts of a year with as many rounds as there can be.
pub const PARTS: [Part; 11] = [
    Part::SelfScore,
    Part::Evidence,
    Part::Appraisal(1),
    Part::Appraisal(2),
    Part::Appraisal(3),
    Part::Explanation(1),
    Part::Explanation(2),
    Part::Explanation(3),
    Part::Inner,
    Part::Council,
    Part::Result,
];

/// Those who read the council's papers.
const COUNCIL: [Duty; 2] = [Duty::Secretary, Duty::CouncilMember];
/// Those who watch and write nothing.
const WATCHERS: [Duty; 2] = [Duty::Leader, Duty::Inspector];

/// Whether a person may know a part of what was said there.
pub fn sees(actor: &Actor, part: Part, at: At, rules: &Rules<'_>) -> bool {
    let Some(unit) = at.unit() else { return part == Part::Result && sees_all(actor, rules) };
    let Some(state) = rules.states.get(unit) else { return false };
    let asks = Asks { actor, at, unit, rules };
    let own = asks.is_of_the_unit();
    match part {
        Part::SelfScore => own || asks.organises() || (asks.is_sent() && asks.reads_self_scores()),
        Part::Evidence => own || asks.organises() || (asks.is_sent() && asks.is_assigned()),
        Part::Appraisal(round) => asks.sees_appraisal(round, own),
        Part::Explanation(round) => {
            let sent = state.round(round).is_some_and(|state| state.explained.is_some());
            own || asks.sees_work()
                || (!asks.is_partial() && asks.is_assigned())
                || (sent && (asks.any(&WATCHERS) || asks.reads_papers()))
        }
        Part::Inner => asks.sees_inner(),
        Part::Council => {
            let known = rules.published && (own || asks.any(&WATCHERS));
            known || (!asks.is_partial() && (asks.reads_papers() || asks.sees_work()))
        }
        Part::Result => {
            let whole = is_whole(unit, rules);
            (own && whole) || (sees_all(actor, rules) && (!asks.is_partial() || whole || is_compiled(rules)))
        }
    }
}

/// Whether a person may read the provisional result of all units.
fn sees_all(actor: &Actor, rules: &Rules<'_>) -> bool {
    let has = |duty: Duty| actor.has(duty, rules.now);
    has(Duty::Organiser)
        || has(Duty::TeamLead)
        || (COUNCIL.into_iter().any(has) && is_issued(rules))
        || (WATCHERS.into_iter().any(has) && is_compiled(rules))
}

/// Whether the council's papers are issued: its phase has opened.
fn is_issued(rules: &Rules<'_>) -> bool {
    let opening = rules.timetable.open(Phase::Council, None, rules.year, rules.now);
    matches!(opening, Ok(_) | Err(Closed::Over(_)))
}

/// Whether the table of all units is made: the last round has closed for all.
fn is_compiled(rules: &Rules<'_>) -> bool {
    let last = Phase::Round(rules.year.rounds.count());
    let over = rules.timetable.open(last, None, rules.year, rules.now);
    matches!(over, Err(Closed::Over(_))) || is_issued(rules)
}

/// Whether the last result was delivered for every leaf that is judged.
fn is_whole(unit: usize, rules: &Rules<'_>) -> bool {
    let (year, state) = (rules.year, &rules.states[unit]);
    let (set, applies) = (year.set_of(unit), year.applicable(unit));
    let mut judged = set
        .leaves()
        .map(|(leaf, _)| leaf)
        .filter(|leaf| applies[leaf.index()] && !set.scoring(*leaf).is_counted());
    judged.all(|leaf| state.is_appraised(leaf, year.rounds.count()))
}

/// A question about a unit, with who asks.
struct Asks<'a> {
    actor: &'a Actor,
    at: At,
    unit: usize,
    rules: &'a Rules<'a>,
}

impl Asks<'_> {
    fn any(&self, duties: &[Duty]) -> bool {
        duties.iter().any(|duty| self.actor.has(*duty, self.rules.now))
    }

    fn any_here(&self, duties: &[Duty]) -> bool {
        duties.iter().any(|duty| self.actor.has_at(*duty, self.at, self.rules))
    }

    /// Works in the unit, in a role of it.
    fn is_of_the_unit(&self) -> bool {
        self.actor.is_home(self.unit) && self.any(&[Duty::Contact, Duty::Contributor, Duty::Head])
    }

    /// What is hidden from the unit's own people and those with a conflict is so until publication.
    fn is_partial(&self) -> bool {
        !self.rules.published && self.actor.is_partial(self.unit)
    }

    fn organises(&self) -> bool {
        self.any_here(&[Duty::Organiser])
    }

    /// The organiser and the head of the appraisal team, of every unit but their own.
    fn sees_work(&self) -> bool {
        !self.is_partial() && self.any(&[Duty::Organiser, Duty::TeamLead])
    }

    fn is_assigned(&self) -> bool {
        self.any_here(&[Duty::Appraiser, Duty::CoAppraiser, Duty::Provider])
    }

    fn reads_papers(&self) -> bool {
        self.any(&COUNCIL) && is_issued(self.rules)
    }

    /// A self-score is read from its sending on, or frozen when its phase has closed.
    fn is_sent(&self) -> bool {
        let state = &self.rules.states[self.unit];
        let over =
            || self.rules.timetable.is_over(Phase::SelfScore, self.unit, self.rules.year, self.rules.now);
        !state.self_score.is_open() || over()
    }

    /// Points of all units are read by the whole appraisal team, figures of others by whom they concern.
    fn reads_self_scores(&self) -> bool {
        self.any(&[Duty::Appraiser, Duty::CoAppraiser, Duty::TeamLead])
            || self.any_here(&[Duty::Provider])
            || self.any(&WATCHERS)
            || self.reads_papers()
    }

    fn is_delivered(&self, round: u8) -> bool {
        let state = &self.rules.states[self.unit];
        match self.at.leaf() {
            Some(leaf) => state.is_delivered(round, leaf),
            None => state.round(round).is_some_and(|state| !state.delivered.is_empty()),
        }
    }

    fn sees_appraisal(&self, round: u8, own: bool) -> bool {
        if self.is_delivered(round) {
            let team = [Duty::Organiser, Duty::TeamLead, Duty::Appraiser];
            return own
                || self.any(&team)
                || self.any(&WATCHERS)
                || self.any_here(&[Duty::CoAppraiser])
                || self.reads_papers();
        }
        !self.is_partial()
            && (self.sees_work()
                || self.any(&[Duty::Appraiser])
                || self.any_here(&[Duty::CoAppraiser])
                || self.reads_papers())
    }

    /// Drafts and threads of the team are not for those above, nor ever for the unit's own people.
    fn sees_inner(&self) -> bool {
        let team = self.sees_work() || self.any_here(&[Duty::Appraiser, Duty::CoAppraiser]);
        team && !self.actor.is_partial(self.unit)
    }
}

/// A year as somebody may see it: units keep their positions, what may not be known is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// What is left.
    pub year: Year,
    /// Whether nothing was left out: only then are there places, means, classes and counts over units.
    pub whole: bool,
    /// The units of which something was left out, by position.
    pub hidden: Vec<bool>,
}

/// The year as a person may see it. The survey is nobody's before publication but the organiser's.
pub fn seen_by(actor: &Actor, rules: &Rules<'_>) -> Seen {
    let mut year = rules.year.clone();
    let mut hidden = vec![false; year.units.len()];
    for (unit, file) in year.files.iter_mut().enumerate() {
        let seen = UnitFile {
            leaves: file
                .leaves
                .iter()
                .enumerate()
                .map(|(leaf, said)| seen_leaf(actor, At::Leaf(unit, LeafId(leaf)), said, rules))
                .collect(),
        };
        if seen != **file {
            hidden[unit] = true;
            *file = Arc::new(seen);
        }
    }
    let survey = rules.published || actor.has(Duty::Organiser, rules.now);
    if !survey {
        year.survey = Arc::new(Survey::default());
    }
    let whole = survey && sees_all(actor, rules) && !hidden.contains(&true);
    Seen { year, whole, hidden }
}

fn seen_leaf(actor: &Actor, at: At, said: &LeafFile, rules: &Rules<'_>) -> LeafFile {
    let sees = |part: Part| sees(actor, part, at, rules);
    let rounds = (1..=Rounds::MOST).zip(&said.rounds).map(|(number, round)| {
        // A request holds what the unit answered: both are seen, or neither.
        let (judged, explained) = (sees(Part::Appraisal(number)), sees(Part::Explanation(number)));
        Round {
            judgement: round.judgement.clone().filter(|_| judged),
            request: round.request.clone().filter(|_| judged && explained),
        }
    });
    let mut rounds: Vec<Round> = rounds.collect();
    while rounds.last().is_some_and(|round| *round == Round::default()) {
        rounds.pop();
    }
    LeafFile {
        own: said.own.clone().filter(|_| sees(Part::SelfScore)),
        rounds,
        council: said.council.clone().filter(|_| sees(Part::Council)),
    }
}
