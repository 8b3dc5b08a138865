//! When what is open: windows by phase and unit, and how an extension is one more line.
//!
//! Nothing is switched by a job: what is open follows from the moment alone.

use super::scope::Units;
use crate::moment::Moment;
use crate::year::{Rounds, Year};

/// A stretch of the year in which something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Tự chấm điểm.
    SelfScore,
    /// Thẩm định lần n, from 1.
    Round(u8),
    /// Giải trình after round n.
    Explanation(u8),
    /// Hội đồng thẩm định.
    Council,
}

impl Phase {
    /// The phases of a year with that many rounds, in order.
    pub fn of(rounds: Rounds) -> Vec<Phase> {
        let rounds = (1..=rounds.count()).flat_map(|round| [Phase::Round(round), Phase::Explanation(round)]);
        std::iter::once(Phase::SelfScore).chain(rounds).chain([Phase::Council]).collect()
    }
}

/// A line of the timetable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What it opens.
    pub phase: Phase,
    /// For whom.
    pub units: Units,
    /// The first moment.
    pub opens: Moment,
    /// The last moment that is in time.
    pub closes: Moment,
    /// The last moment that is taken as late (gia hạn ngầm); the same as `closes` where there is none.
    pub late_until: Moment,
}

/// The lines in the order they were made; of those for a phase and unit the last holds. An extension and
/// an early closing are further lines, never edits.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Timetable {
    /// The lines.
    pub windows: Vec<Window>,
}

/// What is open is open in time or late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opening {
    /// Before the closing.
    InTime,
    /// After it, and still taken.
    Late,
}

/// Why a phase is not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Closed {
    /// Nobody has set its dates.
    Unplanned,
    /// It opens at this moment.
    NotYet(Moment),
    /// It closed at this moment.
    Over(Moment),
}

impl Timetable {
    /// The line that holds for a unit, or for all together where none is named.
    pub fn window(&self, phase: Phase, unit: Option<usize>, year: &Year) -> Option<&Window> {
        let covers = |units: &Units| match unit {
            Some(unit) => units.cover(unit, year),
            None => *units == Units::All,
        };
        self.windows.iter().rev().find(|window| window.phase == phase && covers(&window.units))
    }

    /// Whether a phase is open for a unit.
    ///
    /// # Errors
    /// Why not, with the moment that decides.
    pub fn open(
        &self,
        phase: Phase,
        unit: Option<usize>,
        year: &Year,
        now: Moment,
    ) -> Result<Opening, Closed> {
        let Some(window) = self.window(phase, unit, year) else { return Err(Closed::Unplanned) };
        if now < window.opens {
            Err(Closed::NotYet(window.opens))
        } else if now <= window.closes {
            Ok(Opening::InTime)
        } else if now <= window.late_until {
            Ok(Opening::Late)
        } else {
            Err(Closed::Over(window.late_until.max(window.closes)))
        }
    }

    /// Whether a phase has closed for a unit.
    pub fn is_over(&self, phase: Phase, unit: usize, year: &Year, now: Moment) -> bool {
        matches!(self.open(phase, Some(unit), year, now), Err(Closed::Over(_)))
    }
}
