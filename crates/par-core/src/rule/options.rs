//! One of several described situations, each with its points.

use super::inputs::{Inputs, Slot, SlotKind};
use super::working::Working;
use super::{Award, read_points};
use crate::framework::document::Table;
use crate::points::Points;
use crate::problem::{InputProblem, ProblemKind};

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

    pub(super) fn award(&self, inputs: &Inputs) -> Result<Award<'_>, InputProblem> {
        let number = inputs.count("opt")?;
        let chosen = usize::try_from(number - 1).ok().and_then(|i| self.options.get(i)).ok_or_else(|| {
            InputProblem::OutOfRange { name: "opt".to_owned(), max: self.options.len().to_string() }
        })?;
        Ok(Award { points: chosen.points, working: Working::Chosen(number, &chosen.label) })
    }
}
