//! Counts of units: `6/28 đơn vị … trên 80%`, `03 đơn vị xếp loại Trung bình`, and the units listed
//! behind them.

use super::finding::{Kind, Selection};
use super::items::{Item, ItemKind};
use super::lists;
use super::sentence::{Candidates, Sentence};
use crate::points::decimal::Decimal;
use crate::score::results::{Measure, Scope};

/// Words that may stand between a count and what it counts.
const LIGHT: [&str; 42] = [
    "đơn",
    "vị",
    "cơ",
    "quan",
    "sở",
    "ban",
    "ngành",
    "huyện",
    "thành",
    "phố",
    "xã",
    "phường",
    "địa",
    "phương",
    "có",
    "đạt",
    "tỷ",
    "tỉ",
    "lệ",
    "điểm",
    "chỉ",
    "số",
    "phần",
    "kết",
    "quả",
    "được",
    "mức",
    "cải",
    "cách",
    "hành",
    "chính",
    "của",
    "so",
    "với",
    "năm",
    "nào",
    "trung",
    "các",
    "này",
    "là",
    "đều",
    "tỉnh",
];

/// What a count says.
struct Counted {
    selection: Option<Selection>,
    /// Item behind the words that say it.
    end: usize,
    /// Whether every word of it was understood.
    sure: bool,
}

impl Sentence<'_, '_> {
    /// Compares a count at `at`; the item to go on from.
    pub(super) fn count(&mut self, from: usize, at: usize, said: usize, of: Option<usize>) -> usize {
        self.who = super::sentence::Who::Nobody;
        if !self.is_unit_noun(at + 1) {
            return self.unchecked(at);
        }
        let mut counted = self.selection(at);
        if counted.selection.is_none() {
            counted.selection = self.of_class_before(from, at);
        }
        if let Some(of) = of {
            self.sink.denominators.push((of, self.items[at].at));
        }
        let Some(selection) = counted.selection.clone() else {
            return self.without_selection(at, said, of, counted.end);
        };
        if let Selection::Class(name) = &selection {
            self.said.class = Some(name.clone());
        }
        let said_count = i64::try_from(said).unwrap_or(i64::MAX);
        let falls = matches!(selection, Selection::ClassChange(_)) && self.before(at) == Some("giảm");
        let said_count = if falls { -said_count } else { said_count };
        let sure = self.is_clear(from, at) && counted.sure;
        let found = self.compare_count(from, at, said_count, of, &selection, sure);
        if let Some((scope, measure)) = found {
            self.said.marks.push((measure.clone(), selection.clone()));
            self.counted = self.data.selected(scope, &measure, &selection);
            self.list(counted.end, said, Some((scope, measure, selection)));
        }
        counted.end
    }

    /// What is counted: a direction, a mark or a class, before the next comma or bracket.
    fn selection(&self, at: usize) -> Counted {
        let mut counted = Counted { selection: None, end: at + 1, sure: true };
        for here in at + 1..self.items.len() {
            match &self.items[here].kind {
                ItemKind::Word(word) if word == "tăng" => counted.selection = Some(Selection::Up),
                ItemKind::Word(word) if word == "giảm" => counted.selection = Some(Selection::Down),
                ItemKind::Word(word) if ["gồm", "là", "bao", "trong"].contains(&word.as_str()) => break,
                // "05 đơn vị xếp loại Tốt và 03 đơn vị …"
                ItemKind::Word(word) if word == "và" && counted.selection.is_some() => break,
                ItemKind::Word(word) if ["trên", "dưới", "từ", "hơn", "vượt"].contains(&word.as_str()) =>
                    {}
                ItemKind::Word(word) if ["cao", "thấp"].contains(&word.as_str()) => {
                    if !self.items.get(here + 1).is_some_and(|next| next.is("hơn")) {
                        break;
                    }
                }
                ItemKind::Word(word) => counted.sure &= LIGHT.contains(&word.as_str()),
                ItemKind::Class(name) => counted.selection = Some(Selection::Class(name.clone())),
                ItemKind::Number(number) => {
                    let moved = counted.selection.is_some();
                    let (mark, end) = self.mark(here, number.value);
                    let mark = mark.filter(|_| !moved);
                    return Counted { sure: counted.sure && mark.is_some(), selection: mark, end };
                }
                ItemKind::Scope(_) | ItemKind::Area(_) | ItemKind::Index | ItemKind::Year(_) => {}
                _ => break,
            }
            counted.end = here + 1;
        }
        counted
    }

    /// The mark at `at` with the words around it, and the item behind.
    fn mark(&self, at: usize, value: Decimal) -> (Option<Selection>, usize) {
        let behind =
            |offset: usize, word: &str| self.items.get(at + offset).is_some_and(|item| item.is(word));
        let and_more = behind(1, "trở") && behind(2, "lên");
        let and_less = behind(1, "trở") && behind(2, "xuống");
        match self.before(at) {
            _ if and_more => (Some(Selection::AtLeast(value)), at + 3),
            _ if and_less => (Some(Selection::AtMost(value)), at + 3),
            Some("trên" | "vượt") => (Some(Selection::Above(value)), at + 1),
            Some("dưới") => (Some(Selection::Below(value)), at + 1),
            Some("hơn") if at >= 2 && self.items[at - 2].is("cao") => {
                (Some(Selection::Above(value)), at + 1)
            }
            Some("hơn") if at >= 2 && self.items[at - 2].is("thấp") => {
                (Some(Selection::Below(value)), at + 1)
            }
            Some("từ") if behind(1, "đến") && behind(2, "dưới") => {
                match self.items.get(at + 3).map(|item| &item.kind) {
                    Some(ItemKind::Number(high)) => (Some(Selection::Between(value, high.value)), at + 4),
                    _ => (None, at),
                }
            }
            // The number is no mark: it is read on its own.
            _ => (None, at),
        }
    }

    /// "(năm 2019 có 01 đơn vị)" and "(tăng 02 đơn vị so với năm 2019)" continue a class.
    fn of_class_before(&self, from: usize, at: usize) -> Option<Selection> {
        let class = self.said.class.clone()?;
        let previous = self.data.results.year.previous.as_ref()?.year;
        if matches!(self.before(at), Some("tăng" | "giảm")) {
            return Some(Selection::ClassChange(class));
        }
        let own = &self.items[from..at];
        own.iter().any(|item| item.kind == ItemKind::Year(previous)).then_some(Selection::ClassBefore(class))
    }

    /// Only the number of names and the denominator can be compared.
    fn without_selection(&mut self, at: usize, said: usize, of: Option<usize>, end: usize) -> usize {
        let listed = self.list(end, said, None);
        let known = of.is_some_and(|of| {
            let whole = |scope: &Scope| self.data.results.units(*scope).len() == of;
            self.data.scopes.iter().any(whole)
        });
        if listed || known {
            self.compared(at, None);
        } else {
            self.unchecked(at);
        }
        end
    }

    /// Compares count and denominator; the scope and figure the count is about, if that is known.
    fn compare_count(
        &mut self,
        from: usize,
        at: usize,
        said: i64,
        of: Option<usize>,
        selection: &Selection,
        sure: bool,
    ) -> Option<(Scope, Measure)> {
        let candidates = self.candidates(from);
        let (mut measures, mut known) = self.measures();
        if !known && matches!(selection, Selection::Class(_)) {
            // Only the index has classes.
            (measures, known) = (vec![Measure::Index], true);
        }
        let data = self.data;
        let fits = |scope: &Scope, measure: &Measure| {
            data.count(*scope, measure, selection) == said
                && of.is_none_or(|of| data.population(*scope, measure, selection) == of)
        };
        let first = if candidates.strong { &candidates.scopes[..1] } else { &candidates.scopes[..] };
        let others: &[Scope] = if of.is_some() || candidates.strong { &data.scopes } else { &[] };
        for measure in &measures {
            for scope in first.iter().chain(others) {
                if !fits(scope, measure) {
                    continue;
                }
                let other = candidates.strong && *scope != first[0];
                if other && (of.is_none() || !known || !sure) {
                    continue;
                }
                if let (true, Some(of)) = (other, of) {
                    let place = self.items[at].at;
                    self.said.other_scope.push((place, of, first[0], *scope, measure.clone()));
                }
                self.compared(at, None);
                return Some((*scope, measure.clone()));
            }
        }
        if !known || !sure {
            self.unchecked(at);
            return None;
        }
        Some(self.wrong_count(at, said, of, &candidates, &measures[0], selection))
    }

    /// Reports a count that fits nowhere, against the likeliest scope.
    fn wrong_count(
        &mut self,
        at: usize,
        said: i64,
        of: Option<usize>,
        candidates: &Candidates,
        measure: &Measure,
        selection: &Selection,
    ) -> (Scope, Measure) {
        let population = |scope: &Scope| self.data.population(*scope, measure, selection);
        let same_size = |scope: &&Scope| Some(population(scope)) == of;
        let scope = *candidates.scopes.iter().find(same_size).unwrap_or(&candidates.scopes[0]);
        let data = self.data.count(scope, measure, selection);
        let all = population(&scope);
        if let Some(of) = of.filter(|of| *of != all) {
            let kind = Kind::Denominator { scope, measure: measure.clone(), said: of, data: all };
            self.sink.findings.push((self.items[at].at, kind));
        }
        let wrong = data != said;
        self.compared(
            at,
            wrong.then(|| Kind::Count {
                selection: selection.clone(),
                scope,
                measure: measure.clone(),
                said,
                data,
            }),
        );
        (scope, measure.clone())
    }

    /// Compares the units listed behind a count; whether there is a list.
    fn list(&mut self, from: usize, said: usize, expect: Option<(Scope, Measure, Selection)>) -> bool {
        let Some(named) = lists::after(self.items, from, expect.is_none()) else { return false };
        let place = self.items[from.min(self.items.len() - 1)].at;
        if let Some((scope, measure, selection)) = expect {
            let data = self.data.selected(scope, &measure, &selection);
            let missing: Vec<usize> = data.iter().copied().filter(|unit| !named.contains(unit)).collect();
            let extra: Vec<usize> = named.iter().copied().filter(|unit| !data.contains(unit)).collect();
            let counts_units = !matches!(selection, Selection::ClassChange(_) | Selection::ClassBefore(_));
            if counts_units && (!missing.is_empty() || !extra.is_empty()) {
                let kind = Kind::List { selection, scope, measure, missing, extra };
                self.sink.findings.push((place, kind));
                return true;
            }
        }
        if named.len() != said {
            self.sink.findings.push((place, Kind::ListLength { said, named: named.len() }));
        }
        true
    }

    /// "Các đơn vị còn lại … từ X - Y": the range of the units that no mark of the paragraph counts.
    pub(super) fn range(&mut self, from: usize, at: usize, number: &super::tokens::Number) -> Option<usize> {
        if self.before(at) != Some("từ") {
            return None;
        }
        let joins = |item: &Item| item.is("đến") || item.is("tới") || item.is_sign('-') || item.is_sign('–');
        let joined = self.items.get(at + 1).filter(|item| joins(item))?;
        let ItemKind::Number(high) = &self.items.get(at + 2)?.kind else { return None };
        let _ = joined;
        let own = &self.items[from..at];
        let rest = own.windows(2).any(|pair| pair[0].is("còn") && pair[1].is("lại"));
        let (low, high) = (number.value, high.value);
        if !rest || !self.compare_rest(from, at, low, high) {
            self.unchecked(at);
            self.unchecked(at + 2);
        } else {
            self.sink.checked.push(self.items[at + 2].at);
        }
        Some(at + 3)
    }

    fn compare_rest(&mut self, from: usize, at: usize, low: Decimal, high: Decimal) -> bool {
        let candidates = self.candidates(from);
        let (measures, known) = self.measures();
        let measure = &measures[0];
        let marks: Vec<Selection> =
            self.said.marks.iter().filter(|(of, _)| of == measure).map(|(_, mark)| mark.clone()).collect();
        let ends = |scope: &Scope| {
            let quantity = crate::score::component::Quantity::Percent(measure.clone());
            let counted: Vec<Vec<usize>> =
                marks.iter().map(|mark| self.data.selected(*scope, measure, mark)).collect();
            let left = |unit: usize| !counted.iter().any(|units| units.contains(&unit));
            let all = self.data.ordered(*scope, &quantity);
            let rest: Vec<Decimal> = all.iter().filter(|one| left(one.unit)).map(|one| one.printed).collect();
            Some((*rest.last()?, *rest.first()?))
        };
        let by_mark = marks.iter().any(|mark| !matches!(mark, Selection::Up | Selection::Down));
        if !known || !by_mark {
            return false;
        }
        let found: Vec<(Scope, (Decimal, Decimal))> =
            candidates.scopes.iter().filter_map(|scope| Some((*scope, ends(scope)?))).collect();
        let Some((scope, data)) = found.first().cloned() else { return false };
        let right = found.iter().any(|(_, ends)| *ends == (low, high));
        let kind = Kind::Rest { scope, measure: measure.clone(), said: (low, high), data };
        self.compared(at, (!right).then_some(kind));
        true
    }
}
