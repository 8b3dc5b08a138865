//! Bonus and penalty points: counted per event, capped at the leaf's maximum, outside the scale.

use super::checklist::{Item, is_multiple, read_items};
use super::inputs::{Given, Slot};
use super::working::Working;
use super::{Award, Frame, deduct};
use crate::framework::document::Table;
use crate::points::Points;
use crate::points::exact::Exact;

/// Events and the points each gives or takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjustment {
    /// Kinds of events; each has an input of its id.
    pub events: Vec<Item>,
}

impl Adjustment {
    pub(super) fn read(table: &Table<'_, '_>, places: u8) -> Option<Adjustment> {
        read_items(table, "events", places).map(|events| Adjustment { events })
    }

    pub(super) fn slots(&self) -> Vec<Slot> {
        self.events.iter().map(|event| Slot::count(&event.id, &event.label)).collect()
    }

    /// As much as events can add up to, or the cap.
    pub(super) fn gives(&self, frame: Frame, points: Points) -> bool {
        points == frame.max || is_multiple(&self.events, points)
    }

    /// The cap is the leaf's maximum: positive for a bonus, negative for a penalty.
    pub(super) fn award(&self, frame: Frame, given: &mut Given<'_>) -> Option<Award<'_>> {
        let (sum, events) = deduct::lost(&self.events, given)?;
        let cap = frame.max.exact();
        let capped = sum > cap.abs();
        let size = if capped { cap.abs() } else { sum };
        let signed = &size * &Exact::whole(cap.signum().into());
        let working = Working::Adjusted { events, cap: capped.then_some(frame.max) };
        Some(Award { points: frame.round(&signed), working })
    }
}
