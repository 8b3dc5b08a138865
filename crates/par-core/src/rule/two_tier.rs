//! On time counts fully, late counts in part: max × (b + late_factor × c) / a.

use super::inputs::{Inputs, Slot};
use super::working::{OnTime, Working};
use super::{Award, Frame, ratio};
use crate::framework::document::Table;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::problem::InputProblem;

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

    pub(super) fn award(&self, frame: Frame, inputs: &Inputs) -> Result<Award<'_>, InputProblem> {
        let (a, b) = ratio::parts(inputs)?;
        let c = inputs.number("c")?;
        if &b.exact() + &c.exact() > a.exact() {
            return Err(InputProblem::PartsExceedWhole);
        }
        let counted = &b.exact() + &(&self.late_factor.exact() * &c.exact());
        let Some(share) = counted.checked_div(&a.exact()) else {
            return Ok(Award { points: Points::ZERO, working: Working::Empty(false) });
        };
        let working = Working::TwoTier(frame.max, OnTime { a, b, c, late_factor: self.late_factor });
        Ok(Award { points: frame.round(&(&frame.max.exact() * &share)), working })
    }
}

pub(super) fn slots() -> Vec<Slot> {
    let mut slots = ratio::slots();
    slots[1].label = "Số đúng hạn (b)".to_owned();
    slots.push(Slot::number("c", "Số quá hạn (c)"));
    slots
}
