//! The sum of the items fulfilled.

use super::inputs::{Inputs, Slot, SlotKind};
use super::{Award, read_points};
use crate::framework::document::Table;
use crate::points::Points;
use crate::problem::{InputProblem, ProblemKind};

/// Items that add up; input `items` lists the ids fulfilled.
#[derive(Clone, Debug, PartialEq)]
pub struct Checklist {
    /// The items in the order shown.
    pub items: Vec<Item>,
}

/// One item.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its id in the text form of inputs, such as `1`.
    pub id: String,
    /// Points it adds.
    pub points: Points,
    /// Its description.
    pub label: String,
}

impl Checklist {
    pub(super) fn read(table: &Table<'_, '_>, places: u8) -> Option<Checklist> {
        table.require("items")?;
        let items = read_items(table, "items", places);
        if items.is_empty() {
            table.fault("items", ProblemKind::KeyMissing("items".to_owned()))
        } else {
            Some(Checklist { items })
        }
    }

    pub(super) fn slots(&self) -> Vec<Slot> {
        let items = self.items.iter().map(|item| (item.id.clone(), item.label.clone())).collect();
        vec![Slot {
            name: "items".to_owned(),
            label: "Nội dung đạt".to_owned(),
            kind: SlotKind::Items(items),
        }]
    }

    pub(super) fn reaches(&self) -> Points {
        self.items.iter().map(|item| item.points).sum()
    }

    pub(super) fn award(&self, inputs: &Inputs) -> Result<Award, InputProblem> {
        let mut points = Points::ZERO;
        let mut terms = Vec::new();
        for id in inputs.items("items")? {
            let item = self
                .items
                .iter()
                .find(|item| item.id == id)
                .ok_or_else(|| InputProblem::Unknown(format!("items={id}")))?;
            points += item.points;
            terms.push(format!("{} ({})", item.points.vi(), item.label));
        }
        let working =
            if terms.is_empty() { "không nội dung nào đạt".to_owned() } else { terms.join(" + ") };
        Ok(Award { points, working })
    }
}

/// Whether a name can stand in the text form of inputs, `items=1+3`.
pub(crate) fn is_id(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Reads a list of `{ id, points, label }`, refusing an id given twice.
pub(super) fn read_items(table: &Table<'_, '_>, key: &str, places: u8) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for row in table.tables(key) {
        let line = row.line();
        let id = row.text("id");
        let points = read_points(&row, "points", places);
        let label = row.text("label");
        let document = row.document();
        row.finish();
        let (Some(id), Some(points), Some(label)) = (id, points, label) else { continue };
        if !is_id(&id) {
            document.report(line, ProblemKind::BadId(id));
        } else if items.iter().any(|item| item.id == id) {
            document.report(line, ProblemKind::Duplicate { value: id, first: key.to_owned() });
        } else {
            items.push(Item { id, points, label });
        }
    }
    items
}
