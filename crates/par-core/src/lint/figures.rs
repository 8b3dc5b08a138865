//! Percents, changes, scales and points of units, means and criteria.

use super::data::Data;
use super::finding::{Extreme, Kind, Of};
use super::items::ItemKind;
use super::sentence::{Candidates, Sentence, Who};
use super::tokens::{Number, fold_word, folded};
use crate::points::decimal::Decimal;
use crate::score::results::{Measure, Scope};

/// Words that may stand between a subject and its number.
const LIGHT: [&str; 64] = [
    "đạt", "là", "có", "với", "tỷ", "tỉ", "lệ", "điểm", "chỉ", "số", "được", "ở", "mức", "cùng", "tăng",
    "giảm", "nhiều", "nhất", "cao", "thấp", "còn", "xuống", "lên", "thêm", "trung", "bình", "chung", "thành",
    "phần", "giá", "trị", "kết", "quả", "của", "thì", "đã", "so", "sánh", "năm", "cải", "cách", "hành",
    "chính", "mạnh", "sâu", "lớn", "bằng", "tới", "đều", "xếp", "loại", "này", "tổng", "hợp", "đánh", "đơn",
    "vị", "nhẹ", "các", "cchc", "khối", "chỉ", "nhỉnh", "hơn",
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

/// What kind of number is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
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
pub(super) struct Figure {
    pub at: usize,
    pub value: Decimal,
    pub percent: bool,
    pub role: Role,
    /// Whether it can only be a percent or a change in percentage points.
    pub sure: bool,
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
            ItemKind::Label | ItemKind::Ordinal(_) => false,
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
    pub(super) fn subject(&self, from: usize, at: usize) -> Option<(Who, usize)> {
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
        let points = self.is_percentage_points(at);
        let role = match word {
            _ if self.is_of_year_before(own, at) => Role::Before,
            Some("tăng") => Role::Up,
            Some("giảm") => Role::Down,
            // "cao hơn năm 2019 là 1,50 điểm phần trăm"
            _ if points && self.is_more_than_before(own, at) => Role::Up,
            _ if points && self.is_less_than_before(own, at) => Role::Down,
            _ => Role::Now,
        };
        let negative = number.value.units() < 0;
        let role = if negative && role == Role::Now { Role::Down } else { role };
        let value = Decimal::new(number.value.units().abs(), number.value.places());
        let percent = number.percent && !points;
        let behind = self.items.get(at + 1).is_some_and(|item| item.is("điểm"));
        let sure = (number.percent || points || (number.value.places() == 2 && !behind)) && !negative;
        Figure { at, value, percent, role, sure }
    }

    /// "cao hơn năm 2019", "nhỉnh hơn năm trước".
    fn is_more_than_before(&self, own: usize, at: usize) -> bool {
        self.is_compared(own, at, &["cao", "nhỉnh", "nhiều", "lớn"])
    }

    /// "thấp hơn năm 2019", "kém hơn năm trước".
    fn is_less_than_before(&self, own: usize, at: usize) -> bool {
        self.is_compared(own, at, &["thấp", "kém", "ít", "nhỏ"])
    }

    /// One of the words with "hơn" and a year behind it.
    fn is_compared(&self, own: usize, at: usize, words: &[&str]) -> bool {
        self.items[own..at].windows(3).any(|three| {
            let year = matches!(three[2].kind, ItemKind::Year(_)) || three[2].is("năm");
            words.iter().any(|word| three[0].is(word)) && three[1].is("hơn") && year
        })
    }

    /// "năm 2019 đạt 78,76 %", "78,76 % năm 2019"; not "so với năm 2019".
    fn is_of_year_before(&self, own: usize, at: usize) -> bool {
        let Some(previous) = self.data.results.year.previous.as_ref().map(|previous| previous.year) else {
            return false;
        };
        let year = |item: &super::items::Item| item.kind == ItemKind::Year(previous);
        let compared =
            |at: usize| at > 0 && ["với", "cùng", "hơn"].iter().any(|word| self.items[at - 1].is(word));
        let before = (own..at).any(|here| year(&self.items[here]) && !compared(here));
        let mut behind = self.items[at + 1..].iter().skip_while(|item| item.is_sign('(') || item.is("của"));
        before || behind.next().is_some_and(year)
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

    pub(super) fn compare_unit(&mut self, figure: &Figure, unit: usize, from: usize, extreme: bool) {
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
    pub(super) fn out_of_scope(&mut self, unit: usize, from: usize, at: usize) {
        let candidates = self.candidates(from);
        let scope = candidates.scopes[0];
        let opened = self.scope.is_some_and(|(_, _, lead)| lead) || self.said.lead.is_some();
        let outside = candidates.strong && opened && !self.data.contains(scope, unit);
        if outside && !self.said.outside.contains(&unit) {
            self.said.outside.push(unit);
            self.sink.findings.push((self.items[at].at, Kind::OutOfScope { unit, scope }));
        }
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
