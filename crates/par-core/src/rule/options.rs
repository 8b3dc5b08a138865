//! One of several described situations, each with its points.

use super::inputs::{Given, Slot, SlotKind};
use super::working::Working;
use super::{Award, read_points};
use crate::framework::document::Table;
use crate::points::Points;
use crate::problem::ProblemKind;

/// Options in the order shown; input `opt` counts from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The situations.
    pub options: Vec<Choice>,
}

/// One situation.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Points it earns.
    pub points: Points,
    /// Its description.
    pub label: String,
}

impl Options {
    pub(super) fn read(table: &Table<'_, '_>, places: u8) -> Option<Options> {
        table.require("options")?;
        let options: Vec<Option<Choice>> = table
            .tables("options")
            .into_iter()
            .map(|row| {
                let choice = read_points(&row, "points", places).zip(row.text("label"));
                row.finish();
                choice.map(|(points, label)| Choice { points, label })
            })
            .collect();
        if options.is_empty() {
            return table.fault("options", ProblemKind::KeyMissing("options".to_owned()));
        }
        options.into_iter().collect::<Option<_>>().map(|options| Options { options })
    }

    pub(super) fn slots(&self) -> Vec<Slot> {
        let labels = self.options.iter().map(|choice| choice.label.clone()).collect();
        vec![Slot {
            name: "opt".to_owned(), label: "Mức đạt".to_owned(), kind: SlotKind::Choice(labels)
        }]
    }

    pub(super) fn reaches(&self) -> Points {
        self.options.iter().map(|choice| choice.points).max().unwrap_or_default()
    }

    pub(super) fn award(&self, given: &mut Given<'_>) -> Option<Award<'_>> {
        let most = i128::try_from(self.options.len()).expect("options fit into memory");
        let number = given.take(given.inputs.count_within("opt", 1, most))?;
        let chosen = &self.options[usize::try_from(number - 1).expect("between 1 and the number of options")];
        Some(Award { points: chosen.points, working: Working::Chosen(number, &chosen.label) })
    }
}
