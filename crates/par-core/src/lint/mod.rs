//! Checks every number and every named unit of a text against a year: what contradicts the data, and
//! what contradicts itself.
//!
//! By rules alone: what a sentence says of a number is taken from the words around it, and a number
//! whose words are not understood is left alone rather than guessed. Must not know: files, the
//! language of the answer.

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
mod sentence;
mod sheets;
mod tables;
mod tokens;
mod unit_facts;

use std::collections::BTreeMap;

use crate::score::results::{Measure, Results};
use data::Data;
use document::{Document, Paragraph, Part};
use finding::{Finding, Kind, Unchecked};
use items::ItemKind;
use places::{Places, Section};
use sentence::{Context, Said, Sentence, Sink, Who};
use tables::{Row, Table};

/// What a check says of a text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// What is wrong, in the order of the text; what concerns the whole text stands at the end.
    pub findings: Vec<Finding>,
    /// Numbers that were not compared with anything.
    pub unchecked: Vec<Unchecked>,
    /// How many numbers were compared with the data.
    pub compared: usize,
}

/// Checks a text against a year.
pub fn lint(document: &Document, results: &Results) -> Report {
    let data = Data::of(results);
    let mut check = Check {
        data: &data,
        document,
        places: Places::of(document, &data),
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

struct Check<'a, 'r> {
    data: &'a Data<'r>,
    document: &'a Document,
    places: Places<'a>,
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
                    self.take(position, &paragraph.text, None, sink, &[]);
                    if row == Row::Text {
                        self.read(position, &paragraph.text, None, &context, Said::default());
                    }
                }
                Part::Text | Part::LooseNote => {
                    self.read(position, &paragraph.text, None, &context, Said::default());
                }
            }
            self.notes(position, paragraph, &context);
        }
        for (position, at, kind) in listing::check(self.document) {
            self.add(position, at, None, kind, &[]);
        }
    }

    /// Footnotes speak of what their paragraph speaks of.
    fn notes(&mut self, position: usize, paragraph: &Paragraph, context: &Context) {
        for note in &paragraph.notes {
            let said = Said { groups: true, ..Said::default() };
            self.read(position, &note.text, Some(note.at), context, said);
        }
    }

    fn read(&mut self, position: usize, text: &str, note: Option<usize>, context: &Context, mut said: Said) {
        let readable = places::without_numerals(text);
        let sentences = items::sentences(&readable, &self.data.names);
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
        sink.findings.extend(other_scopes(&said, self.data));
        let ends: Vec<(usize, usize)> =
            sentences.iter().filter_map(|items| Some((items.first()?.at, items.last()?.end))).collect();
        if let (None, Some((at, ..))) = (self.summary.first_misfit, said.other_scope.first()) {
            self.summary.first_misfit = Some((position, *at));
        }
        self.take(position, text, note, sink, &ends);
    }

    /// Takes over what was found in a paragraph or footnote.
    fn take(
        &mut self,
        position: usize,
        text: &str,
        note: Option<usize>,
        sink: Sink,
        ends: &[(usize, usize)],
    ) {
        let text = note.map(|at| (at, text));
        for (at, kind) in sink.findings {
            self.add(position, at, text, kind, ends);
        }
        for (at, end) in sink.unchecked {
            let place = self.places.place(position, at, text, ends);
            let own = text.map_or(self.document.paragraphs[position].text.as_str(), |(_, text)| text);
            let said = own.get(at..end).unwrap_or_default().to_owned();
            self.report.unchecked.push(Unchecked { place, said });
        }
        self.report.compared += sink.checked;
        for (denominator, _) in sink.denominators {
            *self.summary.denominators.entry(denominator).or_default() += 1;
        }
        let at = |at: usize| note.unwrap_or(at);
        self.summary.percent_changes.extend(sink.percent_changes.iter().map(|one| (position, at(*one))));
    }

    fn add(
        &mut self,
        position: usize,
        at: usize,
        note: Option<(usize, &str)>,
        kind: Kind,
        ends: &[(usize, usize)],
    ) {
        let place = self.places.place(position, at, note, ends);
        let order = note.map_or(at, |(anchor, _)| anchor);
        self.findings.push((position, order, Finding { place, kind }));
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
