//! Checks every number and every named unit of a text against a year: what contradicts the data, and
//! what contradicts itself.
//!
//! By rules alone: what a sentence says of a number is taken from the words around it, and a number
//! whose words are not understood is left alone rather than guessed. Must not know: files, the
//! language of the answer.

mod bounds;
mod counts;
mod data;
pub mod document;
mod extremes;
mod figures;
pub mod finding;
mod items;
mod listing;
mod lists;
mod names;
mod notation;
pub mod numerals;
mod places;
mod ranks;
mod respectively;
mod sentence;
mod sheets;
mod spelling;
mod tables;
mod tokens;
mod twin;
mod unit_facts;

use std::collections::{BTreeMap, HashSet};

use crate::report;
use crate::score::results::{Measure, Results};
use data::Data;
use document::{Document, Note, Part};
use finding::{Finding, Kind, Unchecked};
use items::ItemKind;
use places::{Places, Section};
use sentence::{Context, Said, Sentence, Sink, Who};
use tables::{Row, Table};
use twin::Twins;

/// What a check says of a text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// What is wrong, in the order of the text; what concerns the whole text stands at the end.
    pub findings: Vec<Finding>,
    /// Numbers that were not compared with anything.
    pub unchecked: Vec<Unchecked>,
    /// How many numbers were compared with the data.
    pub compared: usize,
    /// How many of them line by line with the program's own report, and in how many lines.
    pub beside: usize,
    /// Lines that have the words of a line of the program's own report.
    pub lines: usize,
    /// How often a unit is named.
    pub names: usize,
}

/// Checks a text against a year by its own words alone.
pub fn lint(document: &Document, results: &Results) -> Report {
    check(document, results, None)
}

/// Checks a text against a year and, line by line where it has the same words, against the report that
/// the program composes of that year.
pub fn lint_beside(document: &Document, results: &Results, report: &report::Document) -> Report {
    check(document, results, Some(report))
}

fn check(document: &Document, results: &Results, report: Option<&report::Document>) -> Report {
    let data = Data::of(results);
    let mut check = Check {
        data: &data,
        document,
        places: Places::of(document, &data),
        twins: report.map(|report| Twins::of(document, report, &data)).unwrap_or_default(),
        told: HashSet::new(),
        report: Report::default(),
        findings: Vec::new(),
        summary: Summary::default(),
    };
    check.run();
    check.finish()
}

/// What concerns the whole text, gathered paragraph by paragraph: (paragraph, offset) of places.
#[derive(Default)]
struct Summary {
    percent_changes: Vec<(usize, usize)>,
    denominators: BTreeMap<usize, usize>,
    first_misfit: Option<(usize, usize)>,
}

/// A paragraph, or one of its footnotes by position.
type Spot = (usize, Option<usize>);

struct Check<'a, 'r> {
    data: &'a Data<'r>,
    document: &'a Document,
    places: Places<'a>,
    twins: Twins,
    /// Places of findings: paragraph or footnote, offset.
    told: HashSet<(Spot, usize)>,
    report: Report,
    /// By paragraph and offset, to be put in order.
    findings: Vec<(usize, usize, Finding)>,
    summary: Summary,
}

impl Check<'_, '_> {
    fn run(&mut self) {
        let mut tables: BTreeMap<usize, Table> = BTreeMap::new();
        for (position, paragraph) in self.document.paragraphs.iter().enumerate() {
            let context = self.places.context(position);
            match &paragraph.part {
                Part::Heading(_) => {}
                Part::Row { table, cells } => {
                    let mut sink = Sink::default();
                    let table = tables.entry(*table).or_default();
                    let row = table.row(cells, context.measure.as_ref(), self.data, &mut sink);
                    self.take((position, None), sink, &[]);
                    if row == Row::Text {
                        self.read((position, None), &context, Said::default());
                    } else {
                        self.spelling((position, None));
                    }
                }
                Part::Text | Part::LooseNote => self.read((position, None), &context, Said::default()),
            }
            self.differences((position, None));
            // Footnotes speak of what their paragraph speaks of.
            for number in 0..paragraph.notes.len() {
                let said = Said { groups: true, ..Said::default() };
                self.read((position, Some(number)), &context, said);
                self.differences((position, Some(number)));
            }
        }
        for (position, at, kind) in listing::check(self.document) {
            self.add((position, None), at, kind, &[]);
        }
    }

    fn note(&self, (position, note): Spot) -> Option<&'_ Note> {
        note.map(|note| &self.document.paragraphs[position].notes[note])
    }

    fn text(&self, spot: Spot) -> &'_ str {
        self.note(spot).map_or(&self.document.paragraphs[spot.0].text, |note| &note.text)
    }

    fn read(&mut self, spot: Spot, context: &Context, mut said: Said) {
        let readable = places::without_numerals(self.text(spot));
        let sentences = items::sentences(&readable, &self.data.names);
        self.report.names += named(&sentences);
        let mut sink = Sink::default();
        for (number, items) in sentences.iter().enumerate() {
            let mut sentence = Sentence {
                data: self.data,
                items,
                context,
                said: &mut said,
                sink: &mut sink,
                scope: None,
                measure: None,
                who: Who::Nobody,
                criterion: None,
                unclear: false,
                extreme: None,
                counted: Vec::new(),
            };
            sentence.read(number == 0);
        }
        let slips = sentences.iter().flatten().filter_map(|item| misspelt(item, self.text(spot)));
        sink.findings.extend(slips);
        said.other_scope.retain(|(at, ..)| self.twins.allows(spot, *at));
        sink.findings.extend(other_scopes(&said, self.data));
        let ends: Vec<(usize, usize)> =
            sentences.iter().filter_map(|items| Some((items.first()?.at, items.last()?.end))).collect();
        if let (None, Some((at, ..))) = (self.summary.first_misfit, said.other_scope.first()) {
            self.summary.first_misfit = Some((spot.0, *at));
        }
        self.take(spot, sink, &ends);
    }

    /// Names of units in a row that was compared cell by cell.
    fn spelling(&mut self, spot: Spot) {
        let text = self.text(spot);
        let sentences = items::sentences(text, &self.data.names);
        let findings = sentences.iter().flatten().filter_map(|item| misspelt(item, text)).collect();
        self.report.names += named(&sentences);
        self.take(spot, Sink { findings, ..Sink::default() }, &[]);
    }

    /// Takes over what the reading rules found; where a line has a twin, the twin knows better.
    fn take(&mut self, spot: Spot, sink: Sink, ends: &[(usize, usize)]) {
        for (at, kind) in sink.findings {
            if kind.is_of_form() || self.twins.allows(spot, at) {
                self.add(spot, at, kind, ends);
            }
        }
        for (at, end) in sink.unchecked {
            if self.twins.covers(spot, at) {
                continue;
            }
            let place = self.places.place(spot.0, at, self.note(spot), ends);
            let said = self.text(spot).get(at..end).unwrap_or_default().to_owned();
            self.report.unchecked.push(Unchecked { place, said });
        }
        self.report.compared += sink.checked.iter().filter(|at| !self.twins.covers(spot, **at)).count();
        for (denominator, _) in sink.denominators {
            *self.summary.denominators.entry(denominator).or_default() += 1;
        }
        let anchor = self.note(spot).map(|note| note.at);
        let at = |at: usize| anchor.unwrap_or(at);
        self.summary.percent_changes.extend(sink.percent_changes.iter().map(|one| (spot.0, at(*one))));
    }

    /// What differs from the lines' twins and is not told yet.
    fn differences(&mut self, spot: Spot) {
        let twins = std::mem::take(&mut self.twins);
        let mut ranges: Vec<(usize, usize)> = twins.at(spot).iter().map(|twin| twin.range).collect();
        ranges.sort_unstable();
        for twin in twins.at(spot) {
            self.report.compared += twin.compared;
            self.report.beside += twin.compared;
            self.report.lines += 1;
            for ((from, to), kind) in &twin.differing {
                if !(*from..*to).any(|at| self.told.contains(&(spot, at))) {
                    self.add(spot, *from, kind.clone(), &ranges);
                }
            }
        }
        for ((from, to), kind) in twins.names(spot) {
            if !(*from..*to).any(|at| self.told.contains(&(spot, at))) {
                self.add(spot, *from, kind.clone(), &ranges);
            }
        }
        self.twins = twins;
    }

    fn add(&mut self, spot: Spot, at: usize, kind: Kind, ends: &[(usize, usize)]) {
        let note = self.note(spot);
        let place = self.places.place(spot.0, at, note, ends);
        let order = note.map_or(at, |note| note.at);
        self.told.insert((spot, at));
        self.findings.push((spot.0, order, Finding { place, kind }));
    }

    fn finish(mut self) -> Report {
        self.findings.sort_by_key(|(position, at, _)| (*position, *at));
        let summary = std::mem::take(&mut self.summary);
        let mut whole: Vec<((usize, usize), Kind)> = Vec::new();
        whole.extend(notation::mixed_signs(self.document, self.data.results));
        if let Some(first) = summary.percent_changes.first() {
            whole.push((*first, Kind::ChangeInPercent { places: summary.percent_changes.len() }));
        }
        let denominators = self.province_denominators(&summary);
        if let (Some(first), 2..) = (summary.first_misfit, denominators.len()) {
            whole.push((first, Kind::MixedDenominators { denominators }));
        }
        self.report.findings = self.findings.into_iter().map(|(_, _, finding)| finding).collect();
        for ((position, at), kind) in whole {
            let place = self.places.place(position, at, None, &[]);
            self.report.findings.push(Finding { place, kind });
        }
        self.report
    }

    /// Denominators that are the number of all units, or of all units that have some area.
    fn province_denominators(&self, summary: &Summary) -> Vec<(usize, usize)> {
        let all = |measure: &Measure| {
            let quantity = crate::score::component::Quantity::Percent(measure.clone());
            self.data.ordered(crate::score::results::Scope::Province, &quantity).len()
        };
        let sizes: Vec<usize> = self.data.measures.iter().map(all).collect();
        summary.denominators.iter().filter(|(of, _)| sizes.contains(of)).map(|(of, n)| (*of, *n)).collect()
    }
}

/// How many items name a unit.
fn named(sentences: &[Vec<items::Item>]) -> usize {
    sentences.iter().flatten().filter(|item| matches!(item.kind, ItemKind::Unit(_))).count()
}

/// A unit's name with a slip, by its place.
fn misspelt(item: &items::Item, text: &str) -> Option<(usize, Kind)> {
    let ItemKind::Unit(unit) = item.kind else { return None };
    let said = text.get(item.at..item.end)?.to_owned();
    item.misspelt.then_some((item.at, Kind::Misspelt { said, unit }))
}

/// One finding for all counts of a paragraph that fit the same other scope.
fn other_scopes(said: &Said, data: &Data) -> Vec<(usize, Kind)> {
    let mut found: Vec<(usize, Kind)> = Vec::new();
    for (at, of, scope, fits, measure) in &said.other_scope {
        let same = found.iter_mut().find_map(|(_, kind)| match kind {
            Kind::OtherScope { scope: one, fits: other, measure: by, said, .. }
                if (&*one, &*other, &*by) == (scope, fits, measure) =>
            {
                Some(said)
            }
            _ => None,
        });
        if let Some(said) = same {
            if !said.contains(of) {
                said.push(*of);
            }
            continue;
        }
        let quantity = crate::score::component::Quantity::Percent(measure.clone());
        let size = data.ordered(*scope, &quantity).len();
        let (scope, fits, measure) = (*scope, *fits, measure.clone());
        found.push((*at, Kind::OtherScope { scope, fits, measure, said: vec![*of], data: size }));
    }
    found
}

/// Whether a text names the whole index somewhere.
fn names_index(text: &str, data: &Data) -> bool {
    items::sentences(text, &data.names).iter().flatten().any(|item| item.kind == ItemKind::Index)
}

/// The area and the units a heading names.
fn section_of(heading: &str, data: &Data) -> Section {
    let own = &heading[numerals::leading(heading).map_or(0, |numeral| numeral.length)..];
    let area = names::area_of_heading(data.results, own).map(Measure::Node);
    let measure = area.or_else(|| names_index(own, data).then_some(Measure::Index));
    let sentences = items::sentences(own, &data.names);
    let scopes: Vec<_> = sentences
        .iter()
        .flatten()
        .filter_map(|item| if let ItemKind::Scope(scope) = item.kind { Some(scope) } else { None })
        .collect();
    let scope = match scopes.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    Section { measure, scope }
}
