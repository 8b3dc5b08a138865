//! Another body's index scaled to the maximum: max × x / divide_by.

use super::inputs::{Given, Slot};
use super::working::Working;
use super::{Award, Frame};
use crate::framework::document::Table;
use crate::points::decimal::Decimal;
use crate::problem::ProblemKind;

/// The index x that another body published.
#[derive(Clone, Debug, PartialEq)]
pub struct External {
    /// The index that earns the maximum, such as 100.
    pub divide_by: Decimal,
}

impl External {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<External> {
        let divide_by = table.decimal("divide_by")?;
        if divide_by.units() <= 0 {
            return table.fault(
                "divide_by",
                ProblemKind::OutOfRange {
                    key: "divide_by".to_owned(),
                    value: divide_by.to_string(),
                    min: "> 0".to_owned(),
                    max: "…".to_owned(),
                },
            );
        }
        Some(External { divide_by })
    }

    pub(super) fn slots(&self) -> Vec<Slot> {
        vec![Slot::number("x", "Chỉ số đã công bố")]
    }

    pub(super) fn award(&self, frame: Frame, given: &mut Given<'_>) -> Option<Award<'_>> {
        let x = given.take(given.inputs.number_within("x", 0, self.divide_by))?;
        let share = x.exact().checked_div(&self.divide_by.exact()).expect("divide_by is above 0");
        let working = Working::Scaled(frame.max, x, self.divide_by);
        Some(Award { points: frame.round(&(&frame.max.exact() * &share)), working })
    }
}
