//! Bonus and penalty points: counted per event, capped at the leaf's maximum, outside the scale.

use super::checklist::{Item, read_items};
use super::inputs::{Inputs, Slot};
use super::working::Working;
use super::{Award, Frame, deduct};
use crate::framework::document::Table;
use crate::points::exact::Exact;
use crate::problem::InputProblem;

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

    /// The cap is the leaf's maximum: positive for a bonus, negative for a penalty.
    pub(super) fn award(&self, frame: Frame, inputs: &Inputs) -> Result<Award<'_>, InputProblem> {
        let (sum, events) = deduct::lost(&self.events, inputs)?;
        let cap = frame.max.exact();
        let capped = sum > cap.abs();
        let size = if capped { cap.abs() } else { sum };
        let signed = &size * &Exact::whole(cap.signum().into());
        let working = Working::Adjusted { events, cap: capped.then_some(frame.max) };
        Ok(Award { points: frame.round(&signed), working })
    }
}
