//! The sum of the items fulfilled.

use std::collections::{BTreeMap, BTreeSet};

use super::inputs::{Given, Slot, SlotKind};
use super::working::Working;
use super::{Award, read_points};
use crate::framework::document::Table;
use crate::points::Points;
use crate::problem::ProblemKind;
use crate::rule::problem::InputProblem;

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

    pub(super) fn gives(&self, points: Points) -> bool {
        adds_up(&self.items, points)
    }

    pub(super) fn award(&self, given: &mut Given<'_>) -> Option<Award<'_>> {
        let mut items = Vec::new();
        for id in given.take(given.inputs.items("items"))? {
            let item = self.items.iter().find(|item| item.id == id);
            items.push(given.take(item.ok_or_else(|| InputProblem::Unknown(format!("items={id}")))));
        }
        let items = items.into_iter().collect::<Option<Vec<&Item>>>()?;
        let points = items.iter().map(|item| item.points).sum();
        Some(Award { points, working: Working::Items(items) })
    }
}

/// Sums beyond which they are no longer listed one by one.
const MOST_SUMS: usize = 20_000;

/// Whether some of the items add up to these points. Where there are too many sums to look at, whether
/// the largest number of points of which every item is a multiple divides them.
fn adds_up(items: &[Item], points: Points) -> bool {
    let mut sums = BTreeSet::from([Points::ZERO]);
    for item in items {
        let more: Vec<Points> =
            sums.iter().map(|sum| *sum + item.points).filter(|sum| *sum <= points).collect();
        sums.extend(more);
        if sums.len() > MOST_SUMS {
            return is_multiple(items, points);
        }
    }
    sums.contains(&points)
}

/// Whether points are a multiple of what divides the points of all items.
pub(super) fn is_multiple(items: &[Item], points: Points) -> bool {
    let divisor = items.iter().fold(0, |divisor, item| gcd(divisor, item.points.millionths()));
    if divisor == 0 { points == Points::ZERO } else { points.millionths() % divisor == 0 }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
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
