//! Scales, points and classes of units.

use super::finding::{Kind, Of, Points};
use super::items::{Item, ItemKind};
use super::names::classes;
use super::sentence::{Sentence, Who};
use super::tokens::Number;
use crate::points::decimal::Decimal;
use crate::score::results::Measure;
use crate::score::{printed_points, printed_scale};
use crate::text;

/// How far before what is said of them the units may be named, in items.
const NEAR: usize = 60;

/// `from`, or what is near enough to `at`: a text without numbers is not searched from its beginning.
pub(super) fn near(from: usize, at: usize) -> usize {
    from.max(at.saturating_sub(NEAR))
}

impl Sentence<'_, '_> {
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
            || own.iter().any(|item| matches!(&item.kind, ItemKind::Index))
            // No area has half as many points as the whole scale.
            || (self.measure.is_none() && self.context.measure.is_none() && said >= Decimal::new(50, 0));
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
            self.compared(at, Some(Kind::Value { of, said, data: Some(scale.trimmed()) }));
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
            // "Sở A đạt 80,59 điểm." with nothing before or behind it: the total.
            None if sure && self.says_all(own, at) => {
                let (points, data) = all[0];
                let kind = Kind::Value { of: Of::Points(unit, points), said: number.value, data: Some(data) };
                self.compared(at, Some(kind));
            }
            _ => return self.unchecked(at),
        }
        at + 1
    }

    /// Whether the sentence says no more than that the unit before `own` got the points at `at`, and the
    /// headings above speak of no area.
    fn says_all(&self, own: usize, at: usize) -> bool {
        let of_index =
            |measure: &Option<Measure>| measure.as_ref().is_none_or(|measure| *measure == Measure::Index);
        let alone = self.items[..own].iter().all(|item| matches!(item.kind, ItemKind::Unit(_)));
        let ends = self.items.get(at + 2).is_none_or(|item| item.is_sign('.') || item.is_sign(';'));
        let got = self.items[own..at].iter().any(|item| item.is("đạt") || item.is("được"));
        alone && ends && got && of_index(&self.measure) && of_index(&self.context.measure)
    }

    /// "Sở A xếp loại Tốt", "các huyện A, B xếp loại Khá".
    pub(super) fn class(&mut self, from: usize, at: usize, name: &str) {
        let from = near(from, at);
        let is_unit = |item: &Item| matches!(item.kind, ItemKind::Unit(_));
        let Some(last) = self.items[from..at].iter().rposition(is_unit) else { return };
        let joins = |item: &Item| item.is_sign(',') || item.is("và") || item.kind == ItemKind::Opener;
        let before = self.items[from..from + last].iter().rposition(|item| !is_unit(item) && !joins(item));
        let first = from + before.map_or(0, |before| before + 1);
        let between = &self.items[from + last + 1..at];
        let alone = !self.items[from..first].iter().any(is_unit);
        let direct = between
            .iter()
            .all(|item| item.is_sign(',') || ["được", "đạt", "cùng", "đều"].iter().any(|word| item.is(word)));
        let year = self.items.get(at + 1).is_some_and(|item| matches!(item.kind, ItemKind::Year(_)));
        if !alone || !direct || year || !self.names_class(name) {
            return;
        }
        for item in &self.items[first..=from + last] {
            let ItemKind::Unit(unit) = item.kind else { continue };
            let data = self.data.results.class_name(unit);
            if data != Some(name) {
                let kind = Kind::Class { unit, said: name.to_owned(), data: data.map(str::to_owned) };
                self.sink.findings.push((self.items[at].at, kind));
            }
        }
    }

    fn names_class(&self, name: &str) -> bool {
        classes(self.data.results).iter().any(|class| text::fold(class) == text::fold(name))
    }
}
