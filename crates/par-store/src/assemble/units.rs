//! Rows of units, of what they continue, and of what is not evaluated for them.

use std::collections::HashMap;

use par_core::ground::Ground;
use par_core::moment::Day;
use par_core::year::status::{Period, Status};
use par_core::year::{Exemption, Unit};

use super::Assembly;
use crate::fact::Fact;
use crate::tables::units;

impl Assembly {
    pub(super) fn units(&mut self, rows: &units::Rows, blocks: usize) -> Vec<Option<Unit>> {
        let mut before: HashMap<&str, Vec<String>> = HashMap::new();
        for (unit, position, predecessor) in &rows.predecessors {
            if !rows.units.iter().any(|known| known.code == *unit) {
                self.findings.add(Fact::UnitReference, "unit_predecessors", unit, "a unit of the year");
            }
            let list = before.entry(unit).or_default();
            self.in_order(&format!("unit_predecessors {unit}"), list.len(), *position);
            list.push(predecessor.clone());
        }
        self.list(
            "units",
            &rows.units,
            |row| row.position,
            |this, row| {
                let block = this.below(Fact::UnitBlock, &row.code, row.block, blocks);
                let [from, to] = row.period.each_ref().map(|day| this.day(&row.code, day.as_deref()));
                let (status, ground) = (this.status(row), this.ground(row));
                Some(Unit {
                    code: row.code.clone(),
                    name: row.name.clone(),
                    slug: row.slug.clone(),
                    block: block?,
                    predecessors: before.get(row.code.as_str()).cloned().unwrap_or_default(),
                    status,
                    period: Period { from, to },
                    ground,
                })
            },
        )
    }

    fn status(&mut self, row: &units::Unit) -> Status {
        Status::named(&row.status).unwrap_or_else(|| {
            let expected = Status::ALL.map(Status::name).join(", ");
            self.findings.add(Fact::KnownWord, format!("units {}", row.code), &row.status, expected);
            Status::default()
        })
    }

    fn day(&mut self, unit: &str, text: Option<&str>) -> Option<Day> {
        let day = Day::read(text?);
        if day.is_none() {
            self.findings.add(Fact::UnitPeriod, unit, text.unwrap_or_default(), "a day, yyyy-mm-dd");
        }
        day
    }

    /// A ground reads back as the text that is kept.
    fn ground(&mut self, row: &units::Unit) -> Option<Ground> {
        let text = row.ground.as_ref()?;
        let ground = Ground::read(text).ok();
        if ground.as_ref().is_none_or(|ground| ground.to_string() != *text) {
            self.findings.add(Fact::UnitGround, &row.code, text, "the citation of a ground");
        }
        ground
    }

    pub(super) fn exemptions(
        &mut self,
        rows: &[units::Exemption],
        places: &HashMap<String, usize>,
    ) -> Vec<Exemption> {
        let placed = self.list(
            "exemptions",
            rows,
            |row| row.position,
            |this, row| {
                let unit = match &row.unit {
                    None => None,
                    Some(code) => Some(this.unit(&format!("exemptions {}", row.code), code, places)?),
                };
                Some(Exemption { unit, code: row.code.clone(), reason: row.reason.clone() })
            },
        );
        placed.into_iter().flatten().collect()
    }
}
