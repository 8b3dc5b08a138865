//! "A, B và C lần lượt đạt 87,42%, 86,52% và 74,31%": one number a unit, in order.

use super::figures::{Figure, Role};
use super::items::{Item, ItemKind};
use super::sentence::Sentence;
use super::tokens::Number;
use super::unit_facts::near;
use crate::points::decimal::Decimal;

/// Words between "lần lượt" and its first number.
const BEFORE: [&str; 8] = ["là", "đạt", "tăng", "giảm", "với", "ở", "mức", "lượt"];
/// Words between two numbers.
const BETWEEN: [&str; 4] = ["và", "điểm", "phần", "trăm"];

impl Sentence<'_, '_> {
    /// Compares the numbers behind "lần lượt" with the units listed before it; the item to go on
    /// from, or `None` where it is not one number a unit.
    pub(super) fn respectively(&mut self, from: usize, at: usize) -> Option<usize> {
        let items = self.items;
        items.get(at + 1).filter(|next| next.is("lượt"))?;
        let from = near(from, at);
        let (units, behind) = listed(&items[from..at])?;
        let (numbers, end) = numbers(items, at + 1)?;
        if units.len() != numbers.len() {
            return None;
        }
        let said = &items[from + behind..numbers[0].0];
        let role = match (said.iter().any(|item| item.is("tăng")), said.iter().any(|item| item.is("giảm")))
        {
            (true, false) => Role::Up,
            (false, true) => Role::Down,
            (false, false) => Role::Now,
            (true, true) => return None,
        };
        let clear = self.is_clear(from, from + behind);
        for (unit, (at, number)) in units.into_iter().zip(numbers) {
            let value = Decimal::new(number.value.units().abs(), number.value.places());
            let sure = clear && (number.percent || number.value.places() == 2);
            let figure = Figure { at, value, percent: number.percent, role, sure };
            self.compare_unit(&figure, unit, from, false);
        }
        Some(end)
    }
}

/// The units of a list at the end of these items, and the item behind the last of them.
fn listed(items: &[Item]) -> Option<(Vec<usize>, usize)> {
    let last = items.iter().rposition(|item| matches!(item.kind, ItemKind::Unit(_)))?;
    let mut units = Vec::new();
    for item in items[..=last].iter().rev() {
        match &item.kind {
            ItemKind::Unit(unit) => units.push(*unit),
            ItemKind::Sign(',' | ';') | ItemKind::Opener => {}
            ItemKind::Word(word) if word == "và" => {}
            _ => break,
        }
    }
    units.reverse();
    (units.len() > 1).then_some((units, last + 1))
}

/// The numbers of a list that begins behind `at`, each with its item, and the item behind the last.
fn numbers(items: &[Item], at: usize) -> Option<(Vec<(usize, &Number)>, usize)> {
    let mut found: Vec<(usize, &Number)> = Vec::new();
    let mut end = at;
    for (here, item) in items.iter().enumerate().skip(at) {
        match &item.kind {
            ItemKind::Number(number) => {
                found.push((here, number));
                end = here + 1;
            }
            ItemKind::Sign(',' | ';' | ':' | '%' | '(' | ')') => {}
            ItemKind::Word(word) => {
                let known = if found.is_empty() { &BEFORE[..] } else { &BETWEEN[..] };
                if !known.contains(&word.as_str()) {
                    break;
                }
            }
            _ => break,
        }
    }
    (!found.is_empty()).then_some((found, end))
}
