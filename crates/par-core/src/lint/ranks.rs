//! "Sở A xếp thứ 3", "huyện B đứng thứ nhất": a unit's place, in words or digits.

use super::finding::{Kind, Of};
use super::items::ItemKind;
use super::sentence::Sentence;
use super::unit_facts::near;
use crate::points::decimal::Decimal;
use crate::score::component::Quantity;
use crate::score::results::{Measure, Scope};

/// Words that may stand between a unit and its place; one of the first two says that it is one.
const BETWEEN: [&str; 14] =
    ["xếp", "đứng", "hạng", "thứ", "vị", "trí", "ở", "được", "tiếp", "tục", "vẫn", "đã", "dẫn", "vươn"];
/// Words that may stand behind a place.
const BEHIND: [&str; 15] =
    ["trong", "của", "toàn", "khối", "trên", "với", "và", "so", "về", "ở", "tại", "cả", "đơn", "sở", "huyện"];
/// Places in words.
const WORDS: [(&str, u32); 11] = [
    ("nhất", 1),
    ("hai", 2),
    ("nhì", 2),
    ("ba", 3),
    ("tư", 4),
    ("bốn", 4),
    ("sáu", 6),
    ("bảy", 7),
    ("tám", 8),
    ("chín", 9),
    ("mười", 10),
];

impl Sentence<'_, '_> {
    /// "thứ hai": the word behind `at` as a place.
    pub(super) fn place_in_words(&mut self, from: usize, at: usize) {
        let word = self.items.get(at + 1).and_then(|item| WORDS.iter().find(|(word, _)| item.is(word)));
        let more = self.items.get(at + 2).is_some_and(|item| WORDS.iter().any(|(word, _)| item.is(word)));
        if let (Some((_, place)), false) = (word, more) {
            self.compare_place(from, at, at + 2, *place);
        }
    }

    /// "đứng đầu", "dẫn đầu", "xếp cuối bảng", "đứng chót": the first or the last place.
    pub(super) fn place_at_end(&mut self, from: usize, at: usize) {
        let before = |steps: usize, word: &str| at >= steps && self.items[at - steps].is(word);
        let (first, leads) = (self.items[at].is("đầu"), before(1, "dẫn"));
        let placed = leads || before(1, "đứng") || before(1, "xếp") || before(2, "đứng") || before(2, "xếp");
        // "Người đứng đầu" is the head of an agency.
        if !placed || before(2, "người") || before(3, "người") {
            return;
        }
        let light = ["bảng", "cùng", "xếp", "hạng", "danh", "sách"];
        let behind = (at + 1..self.items.len())
            .find(|at| !light.iter().any(|word| self.items[*at].is(word)))
            .unwrap_or(self.items.len());
        let begin = near(from, at);
        let unit = self.items[begin..at].iter().rev().find_map(|item| match item.kind {
            ItemKind::Unit(unit) => Some(unit),
            _ => None,
        });
        let Some(unit) = unit else { return };
        let last = || {
            let standing = &self.data.results.standing;
            let block = &standing.blocks[self.data.results.year.units[unit].block];
            block.iter().filter_map(|other| standing.units[*other].place).max()
        };
        if let Some(place) = if first { Some(1) } else { last() } {
            self.compare_place(from, at, behind, place);
        }
    }

    /// "thứ 3": the place at `at`.
    pub(super) fn place(&mut self, from: usize, at: usize, place: u32) {
        self.compare_place(from, at, at + 1, place);
    }

    /// Compares the place of the unit named just before; what may be of another order is left alone.
    fn compare_place(&mut self, from: usize, at: usize, behind: usize, said: u32) {
        let (items, begin) = (self.items, from);
        let from = near(from, at);
        let Some(start) = items[from..at].iter().rposition(|item| matches!(item.kind, ItemKind::Unit(_)))
        else {
            return;
        };
        let ItemKind::Unit(unit) = items[from + start].kind else { return };
        let between = &items[from + start + 1..at];
        let known = |word: &String| BETWEEN.contains(&word.as_str());
        let light = between.iter().all(|item| matches!(&item.kind, ItemKind::Word(word) if known(word)));
        let placed = between.iter().any(|item| item.is("xếp") || item.is("đứng") || item.is("dẫn"));
        let ends = items.get(behind).is_none_or(|item| match &item.kind {
            ItemKind::Word(word) => BEHIND.contains(&word.as_str()),
            ItemKind::Sign(sign) => ",;.)".contains(*sign),
            ItemKind::Scope(_) => true,
            _ => false,
        });
        let (measures, _) = self.measures();
        let spoken = self.measure.as_ref().or(self.context.measure.as_ref());
        let of_index = spoken.is_none_or(|measure| *measure == Measure::Index);
        if !light || !placed || !ends {
            return;
        }
        // Where nothing speaks of an area, it is the place by the index: in the unit's list or its cluster,
        // in the whole province where the sentence says so.
        let measures = if spoken.is_none() && !self.said.area { vec![Measure::Index] } else { measures };
        let province = items.iter().any(|item| item.kind == ItemKind::Scope(Scope::Province))
            || self.context.scope == Some(Scope::Province);
        let scopes = self
            .data
            .scopes
            .iter()
            .filter(|scope| spoken.is_some() || self.said.area || province || **scope != Scope::Province);
        let scopes: Vec<Scope> = scopes.copied().collect();
        let fits =
            |measure: &Measure| scopes.iter().any(|scope| self.place_in(*scope, measure, unit) == Some(said));
        let block = self.data.results.standing.units[unit].place;
        if block == Some(said) || measures.iter().any(fits) {
            return self.compared(at, None);
        }
        let whole = begin == 0 || matches!(items[begin - 1].kind, ItemKind::Number(_) | ItemKind::Ordinal(_));
        if of_index && whole && self.is_clear(from, from + start) {
            let (said, data) =
                (Decimal::new(i128::from(said), 0), block.map(|place| Decimal::new(i128::from(place), 0)));
            self.compared(at, Some(Kind::Value { of: Of::Place(unit), said, data }));
        } else {
            self.unchecked(at);
        }
    }

    /// The unit's place among those of a scope; equal printed values share one.
    fn place_in(&self, scope: Scope, measure: &Measure, unit: usize) -> Option<u32> {
        let all = self.data.ordered(scope, &Quantity::Percent(measure.clone()));
        let own = all.iter().find(|one| one.unit == unit)?.printed;
        u32::try_from(all.iter().position(|one| one.printed == own)? + 1).ok()
    }
}
