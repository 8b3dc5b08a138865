//! Compares a text with the report the program composes of the same year, line by line where both use
//! the same words.
//!
//! A line is a sentence, a heading or a row. Its words without numbers and names (its skeleton) find
//! its twin; then numbers and names are compared one by one. Must not know: what a number is about.

mod compose;
mod lines;
mod pairs;
mod slots;

use std::collections::{HashMap, HashSet};

use super::data::Data;
use super::document::Document;
use super::finding::Kind;
use crate::report;
use lines::{Line, Spot};

/// What is known of a line that has a twin.
pub(super) struct Twin {
    /// Byte range in the paragraph or footnote.
    pub range: (usize, usize),
    /// How many numbers were compared.
    pub compared: usize,
    /// What differs: byte range and finding.
    pub differing: Vec<Found>,
}

/// A byte range and what is found there.
type Found = ((usize, usize), Kind);

/// Lines of a text that have a twin, by paragraph and footnote.
#[derive(Default)]
pub(super) struct Twins {
    found: HashMap<Spot, Vec<Twin>>,
    /// Unknown names where the report has a unit.
    names: HashMap<Spot, Vec<Found>>,
}

impl Twins {
    /// The twins of a text's lines; none where too few of its sentences are the report's.
    pub(super) fn of(document: &Document, report: &report::Document, data: &Data) -> Twins {
        let (composed, figures) = compose::composed(report);
        let theirs = lines::lines(&composed, &figures, None, data);
        let ours = lines::lines(document, &compose::Figures::new(), Some(&theirs.markers), data);
        let mut twins = Twins::default();
        if !is_edition(&ours.lines, &theirs.lines) {
            return twins;
        }
        let pairs = pairs::pairs(&ours.lines, &theirs.lines);
        for (own, twin) in &pairs {
            let line = &ours.lines[*own];
            twins.found.entry(line.spot).or_default().push(slots::compare(line, &theirs.lines[*twin]));
        }
        for pairs::Misnamed { own, twin, slot } in pairs::misnamed(&ours.lines, &theirs.lines, &pairs) {
            let line = &ours.lines[own];
            let paragraph = &document.paragraphs[line.spot.0];
            let text = line.spot.1.map_or(&paragraph.text, |note| &paragraph.notes[note].text);
            twins.names.entry(line.spot).or_default().push(slots::misnamed(
                line,
                &theirs.lines[twin],
                slot,
                text,
            ));
        }
        twins
    }

    /// The twins of a paragraph (`None`) or of one of its footnotes.
    pub(super) fn at(&self, spot: Spot) -> &[Twin] {
        self.found.get(&spot).map_or(&[], Vec::as_slice)
    }

    /// Unknown names in lines whose other words are the report's.
    pub(super) fn names(&self, spot: Spot) -> &[((usize, usize), Kind)] {
        self.names.get(&spot).map_or(&[], Vec::as_slice)
    }

    /// Whether the byte at `at` stands in a line with a twin.
    pub(super) fn covers(&self, spot: Spot, at: usize) -> bool {
        self.at(spot).iter().any(|twin| (twin.range.0..twin.range.1).contains(&at))
    }

    /// Whether a finding of the reading rules at `at` may stand: a line whose twin agrees there is
    /// right, whatever the rules make of it.
    pub(super) fn allows(&self, spot: Spot, at: usize) -> bool {
        let differs = |twin: &Twin| twin.differing.iter().any(|((from, to), _)| (*from..*to).contains(&at));
        !self.covers(spot, at) || self.at(spot).iter().any(differs)
    }
}

/// Whether a text is an edition of the report: at least a third of its sentences with numbers have
/// the words of one of the report. A text of somebody else may share a sentence by chance and mean
/// other units by it.
fn is_edition(ours: &[Line], theirs: &[Line]) -> bool {
    let known: HashSet<&str> =
        theirs.iter().filter(|line| !line.row).map(|line| line.skeleton.as_str()).collect();
    let told = ours.iter().filter(|line| !line.row && line.slots.iter().any(slots::Slot::is_number));
    let (mut all, mut shared) = (0, 0);
    for line in told {
        all += 1;
        shared += usize::from(known.contains(line.skeleton.as_str()));
    }
    shared * 3 >= all
}
