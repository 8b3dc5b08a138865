//! Percents, changes, scales and points of units, means and criteria.

use super::data::Data;
use super::finding::{Extreme, Kind, Of, Points};
use super::items::ItemKind;
use super::names::classes;
use super::sentence::{Candidates, Sentence, Who};
use super::tokens::{Number, fold_word, folded};
use crate::points::decimal::Decimal;
use crate::score::component::Quantity;
use crate::score::results::{Measure, Scope};
use crate::score::{printed_points, printed_scale};
use crate::text;

/// Words that may stand between a subject and its number.
const LIGHT: [&str; 62] = [
    "đạt", "là", "có", "với", "tỷ", "tỉ", "lệ", "điểm", "chỉ", "số", "được", "ở", "mức", "cùng", "tăng",
    "giảm", "nhiều", "nhất", "cao", "thấp", "còn", "xuống", "lên", "thêm", "trung", "bình", "chung", "thành",
    "phần", "giá", "trị", "kết", "quả", "của", "thì", "đã", "so", "sánh", "năm", "cải", "cách", "hành",
    "chính", "mạnh", "sâu", "lớn", "bằng", "tới", "đều", "xếp", "loại", "này", "tổng", "hợp", "đánh", "đơn",
    "vị", "nhẹ", "các", "cchc", "khối", "chỉ",
];
/// Words that may stand before a subject.
const FILLER: [&str; 64] = [
    "và",
    "trong",
    "đó",
    "khi",
    "qua",
    "về",
    "cho",
    "thấy",
    "mặc",
    "dù",
    "tuy",
    "nhiên",
    "cũng",
    "như",
    "sự",
    "tiếp",
    "theo",
    "đến",
    "sau",
    "một",
    "số",
    "toàn",
    "tỉnh",
    "cả",
    "đối",
    "những",
    "lại",
    "gồm",
    "bao",
    "do",
    "đây",
    "vị",
    "không",
    "nào",
    "lĩnh",
    "vực",
    "nội",
    "dung",
    "sở",
    "ban",
    "ngành",
    "huyện",
    "thành",
    "phố",
    "xã",
    "phường",
    "cơ",
    "quan",
    "địa",
    "phương",
    "hai",
    "nhóm",
    "cấp",
    "đứng",
    "đầu",
    "cuối",
    "bảng",
    "ra",
    "từ",
    "ngoài",
    "riêng",
    "thứ",
    "hơn",
    "dưới",
];
/// Words that make "cao nhất" and the like.
const MOST: [&str; 9] = ["cao", "lớn", "tốt", "thấp", "kém", "nhiều", "mạnh", "sâu", "nhỏ"];

/// How far before a scale the units may be named, in items.
const NEAR: usize = 60;

/// What kind of number is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A percent of this year.
    Now,
    /// A percent of the year before.
    Before,
    /// A rise.
    Up,
    /// A fall.
    Down,
}

/// A number with what surrounds it.
struct Figure {
    at: usize,
    value: Decimal,
    percent: bool,
    role: Role,
    /// Whether it can only be a percent or a change in percentage points.
    sure: bool,
}

impl Sentence<'_, '_> {
    /// A percent or a change.
    pub(super) fn figure(&mut self, from: usize, at: usize, number: &Number) -> usize {
        let subject = self.subject(from, at);
        let follows = self.note_extreme(from, at);
        let own = subject.as_ref().map_or(from, |(_, behind)| *behind);
        let mut figure = self.read_figure(own, at, number);
        let who = match subject {
            Some((who, _)) => who,
            None if self.items[from..at].iter().all(|item| self.is_light(item)) => self.who.clone(),
            None => self.criterion(from, at),
        };
        if figure.role == Role::Now && self.extreme_is_change() && matches!(who, Who::Unit(_)) {
            let rise = self.extreme.is_some_and(|(extreme, _)| extreme == Extreme::Rise);
            figure.role = if rise { Role::Up } else { Role::Down };
        }
        self.turn_extreme(figure.role);
        figure.sure &= self.items[own..at].iter().all(|item| self.is_light(item)) && self.is_clear(from, at);
        match &who {
            Who::Nobody => return self.unchecked(at),
            Who::Criterion(words) => self.compare_criterion(&figure, words),
            Who::Unit(unit) => self.compare_unit(&figure, *unit, from, follows),
            Who::Mean(candidates) => self.compare_mean(&figure, candidates),
        }
        self.who = who;
        at + 1
    }

    pub(super) fn is_light(&self, item: &super::items::Item) -> bool {
        match &item.kind {
            ItemKind::Word(word) => LIGHT.contains(&word.as_str()),
            ItemKind::Sign(sign) => "(),:-–·\"“”".contains(*sign),
            ItemKind::Year(_) | ItemKind::Index | ItemKind::Class(_) | ItemKind::Area(_) => true,
            _ => false,
        }
    }

    /// Whether nothing since the last number, nor earlier in the paragraph, turns to figures that the
    /// data do not have ("tỷ lệ hồ sơ đúng hạn của …").
    pub(super) fn is_clear(&mut self, from: usize, at: usize) -> bool {
        let area = self.measure.as_ref().or(self.context.measure.as_ref());
        let known = |word: &str| {
            LIGHT.contains(&word)
                || FILLER.contains(&word)
                || area.is_some_and(|area| self.data.is_area_word(area, &fold_word(word)))
        };
        let whole = &self.items[from..at];
        let pair = |items: &[super::items::Item], a: &str, b: &str| {
            items.windows(2).any(|pair| pair[0].is(a) && pair[1].is(b))
        };
        let topic = |items: &[super::items::Item]| {
            pair(items, "lệ", "điểm")
                || pair(items, "chỉ", "số")
                || pair(items, "điểm", "trung")
                || items.iter().any(|item| matches!(item.kind, ItemKind::Index | ItemKind::Area(_)))
        };
        // A clause in brackets that names its own figure needs no words before it.
        let clause = whole.iter().rposition(|item| item.is_sign('(') || item.is_sign(';'));
        let items = clause.map(|start| &whole[start..]).filter(|clause| topic(clause)).unwrap_or(whole);
        let clear = items.iter().all(|item| match &item.kind {
            ItemKind::Word(word) => known(word),
            ItemKind::Label => false,
            _ => true,
        });
        let names_topic = topic(items);
        // It is another figure only if it does not agree with the data: see `unchecked`.
        self.unclear = !clear;
        if clear && names_topic {
            self.said.clouded = false;
        }
        clear && !self.said.clouded
    }

    /// Of what the number at `at` is said by the words since the last number, with the item behind
    /// the subject.
    fn subject(&self, from: usize, at: usize) -> Option<(Who, usize)> {
        let items = &self.items[from..at];
        let together = items.iter().any(|item| item.is("lần") || item.is("lượt") || item.is("tương"));
        let unit = items.iter().rposition(|item| matches!(item.kind, ItemKind::Unit(_)));
        let pair = |a: &str, b: &str| items.windows(2).rposition(|pair| pair[0].is(a) && pair[1].is(b));
        let mean = pair("trung", "bình").or_else(|| pair("bình", "quân"));
        let scope = items.iter().rposition(|item| matches!(item.kind, ItemKind::Scope(_)));
        let area = items.iter().rposition(|item| matches!(item.kind, ItemKind::Area(_) | ItemKind::Index));
        let criterion = pair("tiêu", "chí").or_else(|| pair("nội", "dung"));
        if together || criterion.is_some_and(|at| unit.is_none_or(|unit| unit < at)) {
            return Some((self.criterion(from, at), from));
        }
        // A mean without a subject of its own is that of the criterion named before it.
        if let (Some(words), None, None) = (&self.criterion, scope, area) {
            let named = items.iter().rposition(|item| matches!(item.kind, ItemKind::Criterion(_)));
            return Some((Who::Criterion(words.clone()), from + named.map_or(0, |named| named + 1)));
        }
        match unit {
            Some(unit) if mean.is_none_or(|mean| mean < unit) => {
                let ItemKind::Unit(position) = items[unit].kind else { return None };
                return Some((Who::Unit(position), from + unit + 1));
            }
            _ => {}
        }
        let last = [mean.map(|at| at + 1), scope, area].into_iter().flatten().max()?;
        // A direction for the mean may stand between its name and its number.
        let named = mean.is_some() || scope.is_some() || area.is_some();
        named.then(|| (Who::Mean(self.candidates(from)), from + last + 1))
    }

    fn criterion(&self, from: usize, at: usize) -> Who {
        let words = self.items[from..at].iter().flat_map(|item| match &item.kind {
            ItemKind::Word(word) => vec![fold_word(word)],
            ItemKind::Criterion(name) => folded(name),
            _ => Vec::new(),
        });
        Who::Criterion(words.collect())
    }

    fn read_figure(&self, own: usize, at: usize, number: &Number) -> Figure {
        let items = &self.items[own..at];
        let word = items.iter().rev().find_map(|item| match &item.kind {
            ItemKind::Word(word) => ["tăng", "giảm", "đạt", "còn", "lên", "xuống", "là"]
                .into_iter()
                .find(|known| known == word && *word != "là"),
            _ => None,
        });
        let role = match word {
            _ if self.is_of_year_before(own, at) => Role::Before,
            Some("tăng") => Role::Up,
            Some("giảm") => Role::Down,
            _ => Role::Now,
        };
        let negative = number.value.units() < 0;
        let role = if negative && role == Role::Now { Role::Down } else { role };
        let value = Decimal::new(number.value.units().abs(), number.value.places());
        let points = self.is_percentage_points(at);
        let percent = number.percent && !points;
        let behind = self.items.get(at + 1).is_some_and(|item| item.is("điểm"));
        let sure = (number.percent || points || (number.value.places() == 2 && !behind)) && !negative;
        Figure { at, value, percent, role, sure }
    }

    /// "năm 2019 đạt 78,76 %", "78,76 % năm 2019"; not "so với năm 2019".
    fn is_of_year_before(&self, own: usize, at: usize) -> bool {
        let Some(previous) = self.data.results.year.previous.as_ref().map(|previous| previous.year) else {
            return false;
        };
        let year = |item: &super::items::Item| item.kind == ItemKind::Year(previous);
        let compared = |at: usize| at > 0 && (self.items[at - 1].is("với") || self.items[at - 1].is("cùng"));
        let before = (own..at).any(|here| year(&self.items[here]) && !compared(here));
        let mut behind = self.items[at + 1..].iter().skip_while(|item| item.is_sign('(') || item.is("của"));
        before || behind.next().is_some_and(year)
    }

    /// Remembers "cao nhất", "giảm nhiều nhất", "tiếp theo"; whether the unit named behind it is
    /// said to be that extreme.
    fn note_extreme(&mut self, from: usize, at: usize) -> bool {
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
            self.extreme = None;
            return false;
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

    fn extreme_is_change(&self) -> bool {
        self.extreme.is_some_and(|(extreme, _)| matches!(extreme, Extreme::Rise | Extreme::Fall))
    }

    /// "cao nhất là Sở A tăng 5" speaks of the greatest rise; "thấp nhất … tăng" is not judged.
    fn turn_extreme(&mut self, role: Role) {
        self.extreme = match (self.extreme, role) {
            (Some((Extreme::Highest, rank)), Role::Up) => Some((Extreme::Rise, rank)),
            (Some((Extreme::Highest, rank)), Role::Down) => Some((Extreme::Fall, rank)),
            (Some((Extreme::Lowest, _)), Role::Up | Role::Down) | (_, Role::Before) => None,
            (other, _) => other,
        };
    }

    fn compare_criterion(&mut self, figure: &Figure, words: &[String]) {
        let change = matches!(figure.role, Role::Up | Role::Down);
        let value = if figure.role == Role::Down {
            Decimal::new(-figure.value.units(), figure.value.places())
        } else {
            figure.value
        };
        let area = self.context.measure.clone().unwrap_or(Measure::Index);
        if self.data.is_of_criterion(&area, words, value, change) {
            self.note_percent(figure);
            self.compared(figure.at, None);
        } else {
            self.unchecked(figure.at);
        }
    }

    fn note_percent(&mut self, figure: &Figure) {
        if figure.percent && matches!(figure.role, Role::Up | Role::Down) {
            self.sink.percent_changes.push(self.items[figure.at].at);
        }
    }

    fn compare_mean(&mut self, figure: &Figure, candidates: &Candidates) {
        let (measures, known) = self.measures();
        let named = if candidates.strong { &candidates.scopes[..1] } else { &candidates.scopes[..] };
        let others: &[Scope] = if candidates.strong { &[] } else { &self.data.scopes };
        for measure in &measures {
            let holds =
                |scope: &Scope| mean_values(self.data, *scope, measure, figure).contains(&figure.signed());
            if named.iter().chain(others).any(holds) {
                self.note_percent(figure);
                return self.compared(figure.at, None);
            }
        }
        let data = mean_values(self.data, named[0], &measures[0], figure);
        if !known || !figure.sure || figure.role == Role::Before || data.is_empty() {
            self.unchecked(figure.at);
            return;
        }
        let (scope, measure) = (named[0], measures[0].clone());
        let of = match figure.role {
            Role::Up | Role::Down => Of::MeanChange(scope, measure),
            _ => Of::Mean(scope, measure),
        };
        self.note_percent(figure);
        let kind = Kind::Value { of, said: figure.signed(), data: data.first().copied() };
        self.compared(figure.at, Some(kind));
    }

    fn compare_unit(&mut self, figure: &Figure, unit: usize, from: usize, extreme: bool) {
        let (measures, known) = self.measures();
        let holds =
            |measure: &&Measure| unit_values(self.data, unit, measure, figure).contains(&figure.signed());
        let right = measures.iter().find(holds).cloned();
        let measure = right.clone().unwrap_or_else(|| measures[0].clone());
        let data = unit_values(self.data, unit, &measure, figure);
        if right.is_none() && (!known || !figure.sure || figure.role == Role::Before) {
            self.unchecked(figure.at);
            return;
        }
        self.out_of_scope(unit, from, figure.at);
        self.note_percent(figure);
        let of = match figure.role {
            Role::Up | Role::Down => Of::Change(unit, measure.clone()),
            _ => Of::Percent(unit, measure.clone()),
        };
        let wrong =
            right.is_none().then(|| Kind::Value { of, said: figure.signed(), data: data.first().copied() });
        self.compared(figure.at, wrong);
        if extreme && known {
            self.compare_extreme(unit, from, figure.at, &measure);
        }
    }

    /// A unit that does not belong to the units the paragraph or the sentence opened with.
    fn out_of_scope(&mut self, unit: usize, from: usize, at: usize) {
        let candidates = self.candidates(from);
        let scope = candidates.scopes[0];
        let opened = self.scope.is_some_and(|(_, _, lead)| lead) || self.said.lead.is_some();
        let outside = candidates.strong && opened && !self.data.contains(scope, unit);
        if outside && !self.said.outside.contains(&unit) {
            self.said.outside.push(unit);
            self.sink.findings.push((self.items[at].at, Kind::OutOfScope { unit, scope }));
        }
    }

    fn compare_extreme(&mut self, unit: usize, from: usize, at: usize, measure: &Measure) {
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

    /// "Thang điểm của A, B: 11,5 điểm", "A xếp loại trên thang điểm 78,50".
    pub(super) fn scale(&mut self, at: usize, number: &Number) -> usize {
        let reach = at.saturating_sub(NEAR);
        let start = self.items[reach..at].iter().rposition(|item| item.is_sign(';'));
        let start = start.map_or(reach, |sign| reach + sign + 1);
        let own = &self.items[start..at];
        let units: Vec<usize> = own
            .iter()
            .filter_map(|item| if let ItemKind::Unit(unit) = item.kind { Some(unit) } else { None })
            .collect();
        if units.is_empty() || number.percent {
            return self.unchecked(at);
        }
        let said = number.value;
        let wrong = units.iter().find(|unit| !self.data.has_scale(**unit, said)).copied();
        let of_index = own.windows(2).any(|pair| pair[0].is("xếp") && pair[1].is("loại"))
            || own.iter().any(|item| matches!(&item.kind, ItemKind::Index));
        let Some(unit) = wrong.or_else(|| units.first().copied().filter(|_| of_index)) else {
            self.compared(at, None);
            return at + 1;
        };
        let set = self.data.results.year.set_of(unit);
        let scale = printed_scale(set, self.data.results.standing.units[unit].scale).decimal();
        if scale == said {
            self.compared(at, None);
        } else if of_index && units.len() == 1 {
            let of = Of::Scale(unit, Measure::Index);
            self.compared(at, Some(Kind::Value { of, said, data: Some(scale) }));
        } else {
            self.area_scale(at, wrong, said);
        }
        at + 1
    }

    fn area_scale(&mut self, at: usize, wrong: Option<usize>, said: Decimal) {
        let area = self.context.measure.clone().filter(|measure| *measure != Measure::Index);
        let of_area = self.before(at) == Some("điểm")
            || self.items[at.saturating_sub(NEAR)..at].iter().any(|item| item.is("thang"));
        let (Some(unit), Some(area), true) = (wrong, area, of_area) else {
            self.unchecked(at);
            return;
        };
        // What a criterion is worth after an exemption within it is not told apart: only an area's
        // own scale, spoken of first in its note, is held against the text.
        let first = self.items.first().is_some_and(|item| item.is("thang"));
        let data = self.data.results.share(unit, &area).map(|share| share.of().decimal().trimmed());
        if first && data.is_some() {
            self.compared(at, Some(Kind::Value { of: Of::Scale(unit, area), said, data }));
        } else {
            self.unchecked(at);
        }
    }

    /// "đạt 85,67 điểm": total, appraisal or survey points of a unit.
    pub(super) fn points(&mut self, from: usize, at: usize, number: &Number) -> usize {
        let Some((Who::Unit(unit), own)) = self.subject(from, at) else { return self.unchecked(at) };
        let set = self.data.results.year.set_of(unit);
        let standing = &self.data.results.standing.units[unit];
        let (_, mode) = self.data.results.print_of(unit);
        let print = |points| mode.apply(&printed_points(set, points, standing.scale), number.value.places());
        let all = [
            (Points::Total, print(standing.total)),
            (Points::Appraisal, print(standing.appraisal)),
            (Points::Survey, print(standing.survey)),
        ];
        let says = |one: &str, two: &str| {
            self.items[from..at].windows(2).any(|pair| pair[0].is(one) && pair[1].is(two))
        };
        let named = [says("tổng", "điểm"), says("thẩm", "định"), says("điều", "tra")];
        let light = ["tổng", "điểm", "thẩm", "định", "điều", "tra", "xã", "hội", "học"];
        let sure = self.items[own..at]
            .iter()
            .all(|item| self.is_light(item) || light.iter().any(|word| item.is(word)));
        let one = named.iter().filter(|named| **named).count() == 1;
        let meant = all.iter().zip(named).find(|(_, named)| *named).map(|(points, _)| *points);
        match meant.filter(|_| one) {
            Some((_, data)) if data == number.value => self.compared(at, None),
            Some((points, data)) if sure => {
                let kind = Kind::Value { of: Of::Points(unit, points), said: number.value, data: Some(data) };
                self.compared(at, Some(kind));
            }
            None if all.iter().any(|(_, data)| *data == number.value) => self.compared(at, None),
            _ => return self.unchecked(at),
        }
        at + 1
    }

    /// "Sở A xếp loại Tốt".
    pub(super) fn class(&mut self, from: usize, at: usize, name: &str) {
        let unit = self.items[from..at].iter().rposition(|item| matches!(item.kind, ItemKind::Unit(_)));
        let Some(place) = unit else { return };
        let ItemKind::Unit(unit) = self.items[from + place].kind else { return };
        let between = &self.items[from + place + 1..at];
        let alone = self.items[from..from + place].iter().all(|item| !matches!(item.kind, ItemKind::Unit(_)));
        let direct = between.iter().all(|item| item.is_sign(',') || item.is("được") || item.is("đạt"));
        let year = self.items.get(at + 1).is_some_and(|item| matches!(item.kind, ItemKind::Year(_)));
        let data = self.data.results.class_name(unit);
        if !alone || !direct || year || data == Some(name) || !self.names_class(name) {
            return;
        }
        let kind = Kind::Class { unit, said: name.to_owned(), data: data.map(str::to_owned) };
        self.sink.findings.push((self.items[at].at, kind));
    }

    fn names_class(&self, name: &str) -> bool {
        classes(self.data.results).iter().any(|class| text::fold(class) == text::fold(name))
    }
}

impl Figure {
    /// The value with its direction.
    fn signed(&self) -> Decimal {
        if self.role == Role::Down {
            Decimal::new(-self.value.units(), self.value.places())
        } else {
            self.value
        }
    }
}

fn mean_values(data: &Data, scope: Scope, measure: &Measure, figure: &Figure) -> Vec<Decimal> {
    let places = figure.value.places();
    match figure.role {
        Role::Now => data.mean(scope, measure, places).into_iter().collect(),
        Role::Before => data.mean_before(scope, measure, places).into_iter().collect(),
        Role::Up | Role::Down => data.mean_change(scope, measure, places),
    }
}

fn unit_values(data: &Data, unit: usize, measure: &Measure, figure: &Figure) -> Vec<Decimal> {
    let places = figure.value.places();
    match figure.role {
        Role::Now => data.percent(unit, measure, places).into_iter().collect(),
        Role::Before => data.percent_before(unit, measure, places).into_iter().collect(),
        Role::Up | Role::Down => data.change(unit, measure, places),
    }
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
