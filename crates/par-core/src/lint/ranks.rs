//! "Sở A xếp thứ 3", "huyện B đứng thứ nhất": a unit's place, in words or digits.

use super::finding::{Kind, Of};
use super::items::ItemKind;
use super::sentence::Sentence;
use super::unit_facts::near;
use crate::points::decimal::Decimal;
use crate::score::component::Quantity;
use crate::score::results::{Measure, Scope};

/// Words that may stand between a unit and its place; one of the first two says that it is one.
const BETWEEN: [&str; 12] =
    ["xếp", "đứng", "hạng", "thứ", "vị", "trí", "ở", "được", "tiếp", "tục", "vẫn", "đã"];
/// Words that may stand behind a place.
const BEHIND: [&str; 8] = ["trong", "của", "toàn", "khối", "trên", "với", "và", "so"];
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
        let placed = between.iter().any(|item| item.is("xếp") || item.is("đứng"));
        let ends = items.get(behind).is_none_or(|item| match &item.kind {
            ItemKind::Word(word) => BEHIND.contains(&word.as_str()),
            ItemKind::Sign(sign) => ",;.)".contains(*sign),
            ItemKind::Scope(_) => true,
            _ => false,
        });
        let (measures, _) = self.measures();
        let of_index = self.measure.as_ref().or(self.context.measure.as_ref()) == Some(&Measure::Index);
        if !light || !placed || !ends {
            return;
        }
        let scopes = &self.data.scopes;
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
