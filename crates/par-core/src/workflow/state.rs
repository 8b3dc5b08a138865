//! How far a unit is: what it sent, and which leaves of its appraisal were delivered and asked about.
//!
//! Small enough to stay in memory for every unit; follows from stored acts alone, never from the clock.

use super::timetable::Opening;
use crate::framework::LeafId;
use crate::moment::Moment;

/// How far a unit is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct UnitState {
    /// Its self-score.
    pub self_score: Sending,
    /// Rounds of appraisal in order, up to the last one of which anything was delivered.
    pub rounds: Vec<RoundState>,
}

/// What became of a self-score (báo cáo tự chấm điểm).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Sending {
    /// Not sent: when the phase closes it is frozen as it stands, *chưa gửi*.
    #[default]
    Unsent,
    /// Sent, and not looked at yet.
    Sent {
        /// When it was sent first.
        at: Moment,
        /// Whether that was in time.
        opening: Opening,
    },
    /// Tiếp nhận.
    Received {
        /// When it was sent first.
        at: Moment,
        /// Whether that was in time.
        opening: Opening,
    },
    /// Trả lại để hoàn thiện: open again, with its first time of sending kept.
    Returned {
        /// When it was sent first.
        at: Moment,
        /// Whether that was in time.
        opening: Opening,
    },
    /// Never sent; the organiser took what stood there (chấp nhận bản đang lưu).
    TakenAsIs,
    /// Never sent; the organiser decided that it counts as none (coi như không tự chấm).
    CountsAsNone,
}

impl Sending {
    /// Whether the unit may still write it.
    pub fn is_open(self) -> bool {
        matches!(self, Sending::Unsent | Sending::Returned { .. })
    }

    /// When it was sent first, and whether in time.
    pub fn sent(self) -> Option<(Moment, Opening)> {
        match self {
            Sending::Sent { at, opening }
            | Sending::Received { at, opening }
            | Sending::Returned { at, opening } => Some((at, opening)),
            Sending::Unsent | Sending::TakenAsIs | Sending::CountsAsNone => None,
        }
    }
}

/// How far a round of appraisal is with a unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct RoundState {
    /// Leaves whose result was delivered to the unit.
    pub delivered: LeafSet,
    /// Leaves of these for which an explanation was asked.
    pub asked: LeafSet,
    /// When the unit sent its explanation.
    pub explained: Option<Moment>,
}

/// A set of leaves of one criteria set.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct LeafSet(Vec<bool>);

impl LeafSet {
    /// Whether the leaf is in it.
    pub fn has(&self, leaf: LeafId) -> bool {
        self.0.get(leaf.index()).copied().unwrap_or_default()
    }

    /// Whether no leaf is in it.
    pub fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// Adds a leaf.
    pub fn add(&mut self, leaf: LeafId) {
        if self.0.len() <= leaf.index() {
            self.0.resize(leaf.index() + 1, false);
        }
        self.0[leaf.index()] = true;
    }
}

impl UnitState {
    /// How far a round is, from 1.
    pub fn round(&self, round: u8) -> Option<&RoundState> {
        self.rounds.get(usize::from(round).checked_sub(1)?)
    }

    /// The same, to be written.
    pub fn round_mut(&mut self, round: u8) -> &mut RoundState {
        let count = usize::from(round.max(1));
        if self.rounds.len() < count {
            self.rounds.resize_with(count, RoundState::default);
        }
        &mut self.rounds[count - 1]
    }

    /// Whether the result of a round was delivered for a leaf.
    pub fn is_delivered(&self, round: u8, leaf: LeafId) -> bool {
        self.round(round).is_some_and(|state| state.delivered.has(leaf))
    }

    /// Whether an explanation was asked for after a round.
    pub fn is_asked(&self, round: u8, leaf: LeafId) -> bool {
        self.round(round).is_some_and(|state| state.asked.has(leaf))
    }

    /// Whether a round judges a leaf at all: the first judges every leaf, a later one those for which an
    /// explanation was asked after the round before.
    pub fn is_reopened(&self, round: u8, leaf: LeafId) -> bool {
        round == 1 || self.is_asked(round - 1, leaf)
    }

    /// Whether every round that judges a leaf was delivered for it.
    pub fn is_appraised(&self, leaf: LeafId, rounds: u8) -> bool {
        (1..=rounds).all(|round| !self.is_reopened(round, leaf) || self.is_delivered(round, leaf))
    }
}
