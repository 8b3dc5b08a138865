//! A start reduced by points per event, not below a floor.

use super::checklist::{Item, is_multiple, read_items};
use super::inputs::{Given, Slot};
use super::working::{Events, Working};
use super::{Award, read_points};
use crate::framework::document::Table;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::points::{POINT_PLACES, Points};
use crate::problem::ProblemKind;

/// Start − Σ events × points, not below the floor.
#[derive(Clone, Debug, PartialEq)]
pub struct Deduct {
    /// Points without any event.
    pub start: Points,
    /// Points never fall below this.
    pub floor: Points,
    /// Kinds of events; each has an input of its id.
    pub events: Vec<Item>,
}

impl Deduct {
    pub(super) fn read(table: &Table<'_, '_>, places: u8) -> Option<Deduct> {
        let start = read_points(table, "start", places);
        let floor = if table.has("floor") { read_points(table, "floor", places) } else { Some(Points::ZERO) };
        let events = read_items(table, "events", places);
        let (start, floor, events) = (start?, floor?, events?);
        if floor > start {
            let (value, max) = (floor.to_string(), start.to_string());
            let kind = ProblemKind::OutOfRange { key: "floor".to_owned(), value, min: "0".to_owned(), max };
            return table.fault("floor", kind);
        }
        Some(Deduct { start, floor, events })
    }

    pub(super) fn slots(&self) -> Vec<Slot> {
        self.events.iter().map(|event| Slot::count(&event.id, &event.label)).collect()
    }

    pub(super) fn reaches(&self) -> Points {
        self.start
    }

    /// Between the floor and the start, as far below the start as events can lead, or at the floor.
    pub(super) fn gives(&self, points: Points) -> bool {
        let within = (self.floor..=self.start).contains(&points);
        within && (points == self.floor || is_multiple(&self.events, self.start - points))
    }

    pub(super) fn award(&self, given: &mut Given<'_>) -> Option<Award<'_>> {
        let (lost, events) = lost(&self.events, given)?;
        let left = &self.start.exact() - &lost;
        let floored = left < self.floor.exact();
        let points = if floored { self.floor } else { in_range(&left) };
        let floor = floored.then_some(self.floor);
        Some(Award { points, working: Working::Deducted { start: self.start, events, floor } })
    }
}

/// Points of all events together, and the kinds of events that happened.
pub(super) fn lost<'r>(events: &'r [Item], given: &mut Given<'_>) -> Option<(Exact, Events<'r>)> {
    let mut sum = Exact::zero();
    let mut happened = Vec::new();
    // An event kind that is not mentioned did not happen.
    for event in events.iter().filter(|event| given.inputs.has(&event.id)).collect::<Vec<_>>() {
        let Some(count) = given.count(&event.id) else { continue };
        if count > 0 {
            sum = &sum + &(&event.points.exact() * &Exact::whole(count));
            happened.push((count, event));
        }
    }
    given.problems.is_empty().then_some((sum, happened))
}

/// A sum of points that is known to lie between the floor and the start.
fn in_range(left: &Exact) -> Points {
    Points::nearest(left, POINT_PLACES, Rounding::Down).expect("between the floor and the start")
}
