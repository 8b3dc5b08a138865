//! "Cao nhất là …", "giảm nhiều nhất là …", "tiếp theo là …": who stands at which end.

use super::figures::Role;
use super::finding::{Extreme, Kind};
use super::items::ItemKind;
use super::sentence::{Candidates, Sentence};
use crate::score::component::Quantity;
use crate::score::results::{Measure, Scope};

/// Words that make "cao nhất" and the like.
const MOST: [&str; 9] = ["cao", "lớn", "tốt", "thấp", "kém", "nhiều", "mạnh", "sâu", "nhỏ"];

impl Sentence<'_, '_> {
    /// Remembers "cao nhất", "giảm nhiều nhất", "tiếp theo"; whether the unit named behind it is
    /// said to be that extreme.
    pub(super) fn note_extreme(&mut self, from: usize, at: usize) -> bool {
        let items = &self.items[from..at];
        let next = items
            .windows(2)
            .any(|pair| pair[0].is("tiếp") && (pair[1].is("theo") || pair[1].is("đến") || pair[1].is("sau")));
        if next {
            self.extreme = self.extreme.map(|(extreme, rank)| (extreme, rank + 1));
            return self.extreme.is_some();
        }
        let most = items.windows(2).rposition(|pair| {
            pair[1].is("nhất")
                && matches!(&pair[0].kind, ItemKind::Word(word) if MOST.contains(&word.as_str()))
        });
        let Some(most) = most else {
            self.extreme = leading(items).map(|extreme| (extreme, 1));
            return self.extreme.is_some();
        };
        let moved = |word: &str| items[most.saturating_sub(2)..most].iter().any(|item| item.is(word));
        let low = items[most].is("thấp") || items[most].is("kém") || items[most].is("nhỏ");
        let extreme = match (moved("tăng"), moved("giảm"), low) {
            (true, _, false) => Some(Extreme::Rise),
            (_, true, false) => Some(Extreme::Fall),
            (false, false, true) => Some(Extreme::Lowest),
            (false, false, false) if !items[most].is("nhiều") => Some(Extreme::Highest),
            _ => None,
        };
        self.extreme = extreme.map(|extreme| (extreme, 1));
        extreme.is_some()
    }

    pub(super) fn extreme_is_change(&self) -> bool {
        self.extreme.is_some_and(|(extreme, _)| matches!(extreme, Extreme::Rise | Extreme::Fall))
    }

    /// "cao nhất là Sở A tăng 5" speaks of the greatest rise; "thấp nhất … tăng" is not judged.
    pub(super) fn turn_extreme(&mut self, role: Role) {
        self.extreme = match (self.extreme, role) {
            (Some((Extreme::Highest, rank)), Role::Up) => Some((Extreme::Rise, rank)),
            (Some((Extreme::Highest, rank)), Role::Down) => Some((Extreme::Fall, rank)),
            (Some((Extreme::Lowest, _)), Role::Up | Role::Down) | (_, Role::Before) => None,
            (other, _) => other,
        };
    }

    pub(super) fn compare_extreme(&mut self, unit: usize, from: usize, at: usize, measure: &Measure) {
        let Some((extreme, rank)) = self.extreme else { return };
        let candidates = self.candidates(from);
        let quantity = match extreme {
            Extreme::Highest | Extreme::Lowest => Quantity::Percent(measure.clone()),
            Extreme::Rise | Extreme::Fall => Quantity::Change(measure.clone()),
        };
        let top = matches!(extreme, Extreme::Highest | Extreme::Rise);
        let mut scopes = with_all(&candidates, self.said.groups, &self.data.scopes);
        scopes.retain(|scope| self.data.contains(*scope, unit));
        let place = |units: &[crate::score::component::Valued]| {
            let at = if top { rank - 1 } else { units.len().checked_sub(rank)? };
            units.get(at).cloned()
        };
        let stands = |units: &[crate::score::component::Valued]| {
            let own = units.iter().find(|one| one.unit == unit).map(|one| one.printed);
            own.is_some() && own == place(units).map(|one| one.printed)
        };
        if scopes.iter().any(|scope| stands(&self.data.ordered(*scope, &quantity))) {
            return;
        }
        let mut among = self.data.ordered(Scope::Province, &quantity).as_ref().clone();
        among.retain(|one| self.counted.contains(&one.unit));
        if stands(&among) {
            return;
        }
        let Some(scope) = scopes.first().copied() else { return };
        let Some(found) = place(&self.data.ordered(scope, &quantity)) else { return };
        let kind = Kind::Extreme {
            extreme,
            rank,
            scope,
            measure: measure.clone(),
            said: unit,
            data: found.unit,
            value: found.printed,
        };
        self.sink.findings.push((self.items[at].at, kind));
    }

    /// "Cao nhất là Sở Nội vụ." without a number behind it.
    pub(super) fn extreme_without_number(&mut self, from: usize, end: usize) {
        if from >= end || !self.note_extreme(from, end) {
            return;
        }
        let items = &self.items[from..end];
        let most = items.iter().rposition(|item| item.is("nhất") || item.is("theo"));
        // "Dẫn đầu Chỉ số CCHC các sở là …": what is led stands between.
        let most = most.or_else(|| {
            let is = items.iter().rposition(|item| item.is("là"));
            is.filter(|_| leading(items).is_some()).and_then(|is| is.checked_sub(1))
        });
        let unit = most.and_then(|most| match items.get(most + 1..)? {
            [is, unit, ..] if is.is("là") => Some((most + 2, unit.kind.clone())),
            _ => None,
        });
        let Some((at, ItemKind::Unit(unit))) = unit else { return };
        // More units behind it are no single extreme.
        if items[at + 1..].iter().any(|item| matches!(item.kind, ItemKind::Unit(_))) {
            return;
        }
        let (measures, known) = self.measures();
        if known {
            self.out_of_scope(unit, from, from + at);
            self.compare_extreme(unit, from, from + at, &measures[0]);
        }
    }
}

/// "Dẫn đầu … là", "đứng đầu … là", "đứng cuối … là": an extreme without "nhất", where no unit is named
/// before the "là"; "người đứng đầu" is the head of an agency.
fn leading(items: &[super::items::Item]) -> Option<Extreme> {
    let at = items.windows(2).position(|pair| {
        let end = pair[1].is("đầu") || pair[1].is("cuối") || pair[1].is("chót");
        end && (pair[0].is("dẫn") || pair[0].is("đứng") || pair[0].is("xếp"))
    })?;
    let head = at > 0 && items[at - 1].is("người");
    let is = items[at..].iter().position(|item| item.is("là"))? + at;
    let named = items[..is].iter().any(|item| matches!(item.kind, ItemKind::Unit(_)));
    let extreme = if items[at + 1].is("đầu") { Extreme::Highest } else { Extreme::Lowest };
    (!head && !named).then_some(extreme)
}

fn with_all(candidates: &Candidates, groups: bool, all: &[Scope]) -> Vec<Scope> {
    let mut scopes = candidates.scopes.clone();
    if !scopes.contains(&Scope::Province) {
        scopes.push(Scope::Province);
    }
    if groups {
        scopes.extend(all);
    }
    scopes
}
