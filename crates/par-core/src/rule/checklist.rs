//! The sum of the items fulfilled.

use std::collections::BTreeMap;

use super::inputs::{Inputs, Slot, SlotKind};
use super::working::Working;
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
        read_items(table, "items", places).map(|items| Checklist { items })
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

    pub(super) fn award(&self, inputs: &Inputs) -> Result<Award<'_>, InputProblem> {
        let mut points = Points::ZERO;
        let mut items = Vec::new();
        for id in inputs.items("items")? {
            let item = self
                .items
                .iter()
                .find(|item| item.id == id)
                .ok_or_else(|| InputProblem::Unknown(format!("items={id}")))?;
            points += item.points;
            items.push(item);
        }
        Ok(Award { points, working: Working::Items(items) })
    }
}

/// Whether a name can stand in the text form of inputs, `items=1+3`.
pub(crate) fn is_id(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Reads a list of `{ id, points, label }`; nothing when any of them is wrong or an id comes twice.
pub(super) fn read_items(table: &Table<'_, '_>, key: &str, places: u8) -> Option<Vec<Item>> {
    table.require(key)?;
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut items = Vec::new();
    for row in table.tables(key) {
        let (line, document) = (row.line(), row.document());
        let (id, points, label) = (row.text("id"), read_points(&row, "points", places), row.text("label"));
        row.finish();
        let id = id.and_then(|id| {
            let problem = match lines.get(&id) {
                _ if !is_id(&id) => ProblemKind::BadId(id),
                Some(first) => ProblemKind::Duplicate { value: id, first: document.place(*first) },
                None => {
                    lines.insert(id.clone(), line);
                    return Some(id);
                }
            };
            document.report(line, problem);
            None
        });
        items.push(id.zip(points).zip(label).map(|((id, points), label)| Item { id, points, label }));
    }
    if items.is_empty() {
        return table.fault(key, ProblemKind::KeyMissing(key.to_owned()));
    }
    items.into_iter().collect()
}
