//! Counts, extremes and ranges of a measure over a scope, as the report states them.

use std::cmp::Ordering;

use super::results::{Measure, Results, Scope};
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;

/// What is compared with a mark or looked for as best and worst.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantity {
    /// The percent of this year.
    Percent(Measure),
    /// The change against the year before, in percentage points.
    Change(Measure),
}

/// A unit with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Valued {
    /// The unit's position.
    pub unit: usize,
    /// The exact value.
    pub value: Exact,
    /// The value as printed; comparisons with a mark use this one, since it is what readers see.
    pub printed: Decimal,
}

impl Results {
    /// Areas of all sets by the code under which they are compared, with the first set's name, in the
    /// order in which the sets name them.
    pub fn areas(&self) -> Vec<(String, String)> {
        let mut areas: Vec<(String, String)> = Vec::new();
        for set in &self.year.sets {
            for (id, node) in set.areas() {
                let code = set.compared_as(id);
                if !areas.iter().any(|(known, _)| *known == code) {
                    areas.push((code, node.name.clone()));
                }
            }
        }
        areas
    }

    /// The quantity of every unit of a scope that has one, in report order.
    pub fn values(&self, scope: Scope, quantity: &Quantity) -> Vec<Valued> {
        let value = |unit: usize| match quantity {
            Quantity::Percent(measure) => self.share(unit, measure).map(|share| share.percent()),
            Quantity::Change(measure) => self.change(unit, measure),
        };
        self.units(scope)
            .into_iter()
            .filter_map(|unit| {
                let value = value(unit)?;
                let (places, mode) = self.print_of(unit);
                Some(Valued { unit, printed: mode.apply(&value, places), value })
            })
            .collect()
    }

    /// The same from the highest value to the lowest; equal ones stay in report order.
    pub fn ordered(&self, scope: Scope, quantity: &Quantity) -> Vec<Valued> {
        let mut values = self.values(scope, quantity);
        values.sort_by(|a, b| b.value.cmp(&a.value));
        values
    }

    /// Units whose printed value compares with `mark` in one of the given ways.
    pub fn compared(
        &self,
        scope: Scope,
        quantity: &Quantity,
        mark: Decimal,
        ways: &[Ordering],
    ) -> Vec<Valued> {
        let mut values = self.ordered(scope, quantity);
        values.retain(|valued| ways.contains(&valued.printed.cmp(&mark)));
        values
    }
}
