//! Reads a sentence from left to right and compares what it says of each number with the data.
//!
//! What a sentence leaves open (of which units, by which figure) may be anything the place suggests;
//! only what it says itself, or the heading and the opening of the paragraph, is held against it.

use super::bounds;
use super::data::Data;
use super::finding::{Extreme, Kind, Of, Selection};
use super::items::{Item, ItemKind};
use super::tokens::{Number, folded};
use crate::points::decimal::Decimal;
use crate::score::results::{Measure, Scope};

/// What the place of a paragraph says about its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Context {
    /// The figure spoken of; `None` where nobody knows.
    pub measure: Option<Measure>,
    /// The units the heading names.
    pub scope: Option<Scope>,
}

/// What was said so far in a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The units named before a colon at the beginning.
    pub lead: Option<Scope>,
    /// The units the last sentence that named any spoke of.
    pub carry: Option<Scope>,
    /// Marks above and below which units were counted.
    pub marks: Vec<(Measure, Selection)>,
    /// The class spoken of last.
    pub class: Option<String>,
    /// Counts that fit another scope: denominators with the scope they fit.
    pub other_scope: Vec<(usize, usize, Scope, Scope, Measure)>,
    /// Units already reported as out of scope.
    pub outside: Vec<usize>,
    /// Whether the paragraph speaks of figures that the data do not have.
    pub clouded: bool,
    /// Whether the paragraph speaks of a group that is not understood.
    pub groups: bool,
    /// Whether the paragraph names an area.
    pub area: bool,
}

/// Everything found, by byte offset in the paragraph.
#[derive(Debug, Default)]
pub(super) struct Sink {
    pub findings: Vec<(usize, Kind)>,
    pub unchecked: Vec<(usize, usize)>,
    /// Numbers compared, by offset.
    pub checked: Vec<usize>,
    /// Changes in percentage points written with "%", by offset.
    pub percent_changes: Vec<usize>,
    /// Denominators of counts over units, by offset.
    pub denominators: Vec<(usize, usize)>,
}

/// Of what a number is said; a number after it without a subject of its own continues it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Nobody,
    Unit(usize),
    Mean(Candidates),
    Criterion(Vec<String>),
}

/// Scopes that may be meant, the likeliest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidates {
    pub scopes: Vec<Scope>,
    /// Whether the text itself names the first.
    pub strong: bool,
}

/// A sentence being read.
pub(super) struct Sentence<'a, 'r> {
    pub data: &'a Data<'r>,
    pub items: &'a [Item],
    pub context: &'a Context,
    pub said: &'a mut Said,
    pub sink: &'a mut Sink,
    /// Scope named last in the sentence, and whether it opened the sentence.
    pub scope: Option<(Scope, usize, bool)>,
    /// Figure named in the sentence.
    pub measure: Option<Measure>,
    pub who: Who,
    /// The criterion named last, where nothing else was named since.
    pub criterion: Option<Vec<String>>,
    /// Whether words before the last number were not understood.
    pub unclear: bool,
    /// The last extreme with its rank.
    pub extreme: Option<(Extreme, usize)>,
    /// The last count, for extremes among the units counted.
    pub counted: Vec<usize>,
}

/// Words that may stand before the units a sentence begins with.
const OPENING: [&str; 9] = ["đối", "với", "về", "trong", "tại", "ở", "riêng", "khối", "của"];
/// Nouns for units.
const UNIT_NOUNS: [&str; 9] = ["đơn", "cơ", "sở", "huyện", "xã", "phường", "địa", "thành", "ngành"];

impl Sentence<'_, '_> {
    /// Reads the whole sentence.
    pub(super) fn read(&mut self, first: bool) {
        self.opening(first);
        let items = self.items;
        let (mut from, mut at) = (0, 0);
        while at < items.len() {
            match &items[at].kind {
                ItemKind::Scope(scope) => {
                    let opened = self.scope.is_some_and(|(_, opening, lead)| lead && opening == at);
                    self.scope = Some((*scope, at, opened));
                }
                ItemKind::Criterion(name) => self.criterion = Some(folded(name)),
                ItemKind::Unit(_) => self.criterion = None,
                ItemKind::Area(code) => {
                    (self.measure, self.criterion) = (Some(Measure::Node(code.clone())), None);
                    self.said.area = true;
                }
                ItemKind::Index => (self.measure, self.criterion) = (Some(Measure::Index), None),
                ItemKind::Class(name) => self.class(from, at, name),
                ItemKind::Word(word) if ["khối", "nhóm", "cấp"].contains(&word.as_str()) => {
                    self.said.groups = true;
                }
                ItemKind::Word(word) if word == "lần" => {
                    if let Some(end) = self.respectively(from, at) {
                        (from, at) = (end, end);
                        continue;
                    }
                }
                ItemKind::Word(word) if word == "thứ" => self.place_in_words(from, at),
                ItemKind::Word(word) if word == "đầu" || word == "cuối" || word == "chót" => {
                    self.place_at_end(from, at);
                }
                ItemKind::Ordinal(place) => self.place(from, at, *place),
                ItemKind::Number(number) => {
                    at = self.number(from, at, number).max(at + 1);
                    from = at;
                    continue;
                }
                ItemKind::Fraction(a, b) => {
                    at = self.count(from, at, *a, Some(*b)).max(at + 1);
                    from = at;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        self.extreme_without_number(from, items.len());
        // What follows speaks of the same units until it names others.
        if let Some((scope, ..)) = self.scope {
            self.said.carry = Some(scope);
        }
    }

    /// "Các sở, ban, ngành: …" binds the paragraph, "Các sở, ban, ngành có …" the sentence.
    fn opening(&mut self, first: bool) {
        let skipped = |item: &&Item| match &item.kind {
            ItemKind::Word(word) => OPENING.contains(&word.as_str()),
            ItemKind::Sign(sign) => ['-', '+', '*', '•', '–'].contains(sign),
            _ => false,
        };
        let at = self.items.iter().take_while(skipped).count();
        let Some(ItemKind::Scope(scope)) = self.items.get(at).map(|item| &item.kind) else { return };
        self.scope = Some((*scope, at, true));
        let colon = self.items.get(at + 1).is_some_and(|item| item.is_sign(':'));
        if first && colon {
            self.said.lead = Some(*scope);
        }
    }

    /// The scopes a number may be about. `from` is where its own words begin.
    pub(super) fn candidates(&self, from: usize) -> Candidates {
        let near = self.scope.filter(|(_, at, lead)| *lead || *at >= from);
        if let Some((scope, _, _)) = near {
            return Candidates { scopes: with_province(Some(scope)), strong: true };
        }
        if let Some(scope) = self.said.lead {
            return Candidates { scopes: with_province(Some(scope)), strong: true };
        }
        let mut scopes = Vec::new();
        scopes.extend(self.scope.map(|(scope, _, _)| scope));
        scopes.extend(self.said.carry);
        scopes.extend(self.context.scope);
        scopes.push(Scope::Province);
        if self.said.groups {
            scopes.extend(&self.data.scopes);
        }
        scopes.dedup();
        Candidates { scopes, strong: false }
    }

    /// Figures that may be meant, the likeliest first, and whether the first is known.
    pub(super) fn measures(&self) -> (Vec<Measure>, bool) {
        let mut found: Vec<Measure> = self.measure.iter().chain(&self.context.measure).cloned().collect();
        found.dedup();
        if found.is_empty() {
            return (self.data.measures.clone(), false);
        }
        (found, true)
    }

    fn number(&mut self, from: usize, at: usize, number: &Number) -> usize {
        self.unclear = false;
        let items = self.items;
        let next = |word: &str| items.get(at + 1).is_some_and(|item| item.is(word));
        let whole = !number.percent && number.value.places() == 0;
        if let Some(end) = self.range(from, at, number) {
            return end;
        }
        if self.survey(from, at, number) {
            return at + 1;
        }
        if whole && self.is_unit_noun(at + 1) {
            return match usize::try_from(number.value.units()) {
                Ok(count) => self.count(from, at, count, None),
                Err(_) => self.unchecked(at),
            };
        }
        if whole && next("tiêu") {
            return self.criteria(from, at, number.value);
        }
        match self.before(at) {
            Some("trên" | "dưới" | "hơn" | "từ" | "đến" | "trừ" | "khoảng" | "gần") => {
                self.unchecked(at)
            }
            Some("điểm") if at >= 2 && self.words_before(at, &["thang", "điểm"]) => {
                self.scale(at, number)
            }
            _ if self.is_scale(from, at) => self.scale(at, number),
            _ if next("điểm") && !number.percent && !self.is_percentage_points(at) => {
                self.points(from, at, number)
            }
            _ if whole && !self.is_percentage_points(at) => self.unchecked(at),
            _ => self.figure(from, at, number),
        }
    }

    /// Counts a number as not compared.
    pub(super) fn unchecked(&mut self, at: usize) -> usize {
        self.sink.unchecked.push((self.items[at].at, self.items[at].end));
        self.who = Who::Nobody;
        self.said.clouded |= std::mem::take(&mut self.unclear);
        at + 1
    }

    /// Counts a number as compared, with a finding or without.
    pub(super) fn compared(&mut self, at: usize, finding: Option<Kind>) {
        self.sink.checked.push(self.items[at].at);
        let finding = finding.filter(|kind| !self.holds_as_bound(at, kind));
        self.sink.findings.extend(finding.map(|kind| (self.items[at].at, kind)));
    }

    /// Whether a value that is not the data's is right all the same, as a bound: "hơn 1.100".
    fn holds_as_bound(&self, at: usize, kind: &Kind) -> bool {
        let Kind::Value { of, said, data: Some(data) } = kind else { return false };
        let words: Vec<&str> = self.items[at.saturating_sub(3)..at]
            .iter()
            .map(|item| if let ItemKind::Word(word) = &item.kind { word.as_str() } else { "" })
            .collect();
        !matches!(of, Of::Place(_)) && bounds::of(&words).is_some_and(|bound| bound.holds(*said, *data))
    }

    /// The word before an item, signs passed over.
    pub(super) fn before(&self, at: usize) -> Option<&str> {
        let sign =
            |item: &&Item| matches!(item.kind, ItemKind::Sign('(' | ':' | '-' | '–' | ',' | '"' | '='));
        let item = self.items[..at].iter().rev().find(|item| !sign(item))?;
        match &item.kind {
            ItemKind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn words_before(&self, at: usize, words: &[&str]) -> bool {
        let start = at.checked_sub(words.len());
        start.is_some_and(|start| self.items[start..at].iter().zip(words).all(|(item, word)| item.is(word)))
    }

    /// Whether "thang điểm" stands between the last number and this one, with nothing but units,
    /// signs and light words behind it.
    fn is_scale(&self, from: usize, at: usize) -> bool {
        let light = ["của", "là", "đánh", "giá", "nội", "dung", "này", "và", "các", "thấp"];
        let own = &self.items[from..at];
        own.windows(2).rposition(|pair| pair[0].is("thang") && pair[1].is("điểm")).is_some_and(|start| {
            own[start + 2..].iter().all(|item| match &item.kind {
                ItemKind::Word(word) => light.contains(&word.as_str()),
                ItemKind::Unit(_) | ItemKind::Scope(_) | ItemKind::Opener | ItemKind::Sign(_) => true,
                _ => false,
            })
        })
    }

    /// Whether "điểm phần trăm" or "điểm %" stands behind a number.
    pub(super) fn is_percentage_points(&self, at: usize) -> bool {
        let rest = &self.items[at + 1..];
        rest.first().is_some_and(|item| item.is("điểm"))
            && rest.get(1).is_some_and(|item| item.is("phần") || item.is_sign('%'))
    }

    /// Whether a noun for units stands here.
    pub(super) fn is_unit_noun(&self, at: usize) -> bool {
        match self.items.get(at).map(|item| &item.kind) {
            Some(ItemKind::Word(word)) => {
                let second = |word| self.items.get(at + 1).is_some_and(|item| item.is(word));
                match word.as_str() {
                    "đơn" => second("vị"),
                    "cơ" => second("quan"),
                    "địa" => second("phương"),
                    "thành" => second("phố"),
                    word => UNIT_NOUNS.contains(&word),
                }
            }
            // "8/8 huyện, thành phố"
            Some(ItemKind::Scope(_)) => true,
            _ => false,
        }
    }

    fn criteria(&mut self, from: usize, at: usize, said: Decimal) -> usize {
        let (measures, known) = self.measures();
        let area = measures.first().filter(|measure| known && **measure != Measure::Index);
        let counts = area.map_or_else(Vec::new, |area| self.data.criteria_counts(area));
        let same = |count: &usize| said == Decimal::new(*count as i128, 0);
        if counts.iter().any(same) {
            self.compared(at, None);
            return at + 1;
        }
        // Only "đánh giá qua N tiêu chí" speaks of all criteria of the area.
        let all = self.before(at) == Some("qua") && from == 0;
        match (counts.as_slice(), area) {
            ([one, rest @ ..], Some(area)) if all && rest.iter().all(|other| other == one) => {
                let of = Of::Criteria(area.clone());
                let data = Some(Decimal::new(*one as i128, 0));
                self.compared(at, Some(Kind::Value { of, said, data }));
                at + 1
            }
            _ => self.unchecked(at),
        }
    }
}

/// A scope and the province.
pub(super) fn with_province(scope: Option<Scope>) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = scope.into_iter().collect();
    if !scopes.contains(&Scope::Province) {
        scopes.push(Scope::Province);
    }
    scopes
}
