//! On time counts fully, late counts in part: max × (b + late_factor × c) / a.

use super::inputs::{Given, Slot};
use super::working::{OnTime, Working};
use super::{Award, Frame, ratio};
use crate::framework::document::Table;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::rule::problem::InputProblem;

/// Of a tasks, b done on time and c done late.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoTier {
    /// What a late task counts, between 0 and 1.
    pub late_factor: Decimal,
}

impl TwoTier {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<TwoTier> {
        ratio::fraction(table, "late_factor", 0).map(|late_factor| TwoTier { late_factor })
    }

    pub(super) fn award(&self, frame: Frame, given: &mut Given<'_>) -> Option<Award<'_>> {
        let (parts, c) = (ratio::parts(given), given.number("c"));
        let ((a, b), c) = (parts?, c?);
        if &b.exact() + &c.exact() > a.exact() {
            return given.fault(InputProblem::PartsExceedWhole);
        }
        let counted = &b.exact() + &(&self.late_factor.exact() * &c.exact());
        let Some(share) = counted.checked_div(&a.exact()) else {
            return Some(Award { points: Points::ZERO, working: Working::Empty(false) });
        };
        let working = Working::TwoTier(frame.max, OnTime { a, b, c, late_factor: self.late_factor });
        Some(Award { points: frame.round(&(&frame.max.exact() * &share)), working })
    }
}

pub(super) fn slots() -> Vec<Slot> {
    let mut slots = ratio::slots();
    slots[1].label = "Số đúng hạn (b)".to_owned();
    slots.push(Slot::number("c", "Số quá hạn (c)"));
    slots
}
