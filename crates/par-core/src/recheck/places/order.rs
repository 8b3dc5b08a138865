//! Judges places by their own order: one index or one place that is wrong, a row or a part of the
//! table left out must not make every row below it wrong.
//!
//! Must not know: tie rules, classes, how an index came about.

use super::super::RowVerdicts;
use super::super::finding::{Finding, Kind, Value};
use super::super::rows::Verdict;
use super::super::table::Table;
use super::{Entry, PlaceFit, Scope, rankings, wrong};

/// What the order of places says of a table.
pub(super) struct Judged {
    scope: Scope,
    right: Vec<usize>,
    findings: Vec<Finding>,
    excerpts: Vec<usize>,
    /// Rows whose index and place contradict those of the others.
    pub(super) odd: usize,
    faults: usize,
}

impl Judged {
    /// Whether this leaves fewer faults than comparing each place with the order of the indices. Two
    /// faults of that kind are usually two rows exchanged, and both are named.
    pub(super) fn explains_better_than(&self, faults: usize) -> bool {
        self.faults < faults && (faults > 2 || self.odd == 0)
    }

    /// Writes down the verdicts and findings.
    pub(super) fn told(
        self,
        verdicts: &mut [RowVerdicts],
        findings: &mut Vec<Finding>,
        checked: usize,
    ) -> PlaceFit {
        for row in self.right {
            verdicts[row].place = Verdict::Right;
        }
        for finding in &self.findings {
            if let Some(row) = finding.row {
                verdicts[row].place = Verdict::Wrong;
            }
        }
        findings.extend(self.findings);
        PlaceFit { checked, scope: Some(self.scope), excerpts: self.excerpts, ..PlaceFit::default() }
    }
}

/// The scope in which the order of places leaves the fewest faults.
pub(super) fn best(table: &Table, entries: &[Entry]) -> Judged {
    let scopes: &[Scope] = if table.blocks.len() > 1 {
        &[Scope::Block, Scope::Continued, Scope::Table]
    } else {
        &[Scope::Block]
    };
    let judged = scopes.iter().map(|scope| {
        let mut judged = Judged {
            scope: *scope,
            right: Vec::new(),
            findings: Vec::new(),
            excerpts: Vec::new(),
            odd: 0,
            faults: 0,
        };
        for (offset, ranking) in rankings(table, entries, *scope) {
            let placed: Vec<Entry> =
                ranking.into_iter().flatten().filter(|entry| entry.place.is_some()).collect();
            judged.ranking(table, placed, offset);
        }
        judged
    });
    judged.min_by_key(|judged| judged.faults).expect("at least one scope is tried")
}

/// Places between those of two units that no unit has.
struct Gap {
    from: u32,
    to: u32,
    /// The unit below the gap.
    row: usize,
}

impl Judged {
    fn ranking(&mut self, table: &Table, mut placed: Vec<Entry>, offset: u32) {
        placed.sort_by(|a, b| a.place.cmp(&b.place).then(b.index.cmp(&a.index)).then(a.row.cmp(&b.row)));
        let Some(last) = placed.last().and_then(|entry| entry.place) else { return };
        let (kept, odd) = longest_fall(&placed);
        if odd.len() > MOST_ODD {
            // Such an order says nothing, and asking would cost its square.
            (self.odd, self.faults) = (self.odd + odd.len(), usize::MAX);
            return;
        }
        let mut absent = absent(table, &placed, self.scope);
        let mut taken: Vec<u32> = odd.iter().filter_map(|entry| entry.place).collect();
        // A place that a unit without a result, or one whose index is wrong, has taken is not missing.
        let mut open: Vec<(u32, usize)> = Vec::new();
        for gap in gaps(&kept, offset) {
            for place in gap.from..=gap.to {
                if open.len() > MOST_OPEN.max(2 * placed.len()) {
                    break;
                }
                if let Some(at) = taken.iter().position(|taken| *taken == place) {
                    taken.swap_remove(at);
                } else if absent > 0 {
                    absent -= 1;
                } else {
                    open.push((place, gap.row));
                }
            }
        }
        for entry in &odd {
            let above = || kept.iter().filter(|other| other.index > entry.index);
            let next = above().filter_map(|other| other.place).max().map_or(offset + 1, |place| place + 1);
            let count = u32::try_from(above().count()).expect("a table has at most a million rows");
            // The place that its index gives stands open: then the place is what is wrong.
            let slot = open.iter().position(|(place, _)| *place == next);
            let place = entry.place.expect("only units with a place are judged");
            self.findings.push(match slot {
                Some(slot) => {
                    open.remove(slot);
                    wrong(table, entry, next)
                }
                None => Finding::of_row(table, entry.row, Kind::OutOfOrder { place })
                    .said(Some(Value::Number(entry.index)))
                    .computed(Value::Place(offset + count + 1)),
            });
        }
        (self.odd, self.faults) = (self.odd + odd.len(), self.faults.saturating_add(odd.len()));
        self.right.extend(kept.iter().map(|entry| entry.row));
        if open.len() > 1 && open.len() * 4 > placed.len() {
            let line = table.rows[placed[0].row].line;
            self.findings.push(Finding::of_line(line, Kind::Excerpt { units: placed.len(), last }));
            self.excerpts.extend(placed.iter().map(|entry| table.rows[entry.row].block));
            self.excerpts.sort_unstable();
            self.excerpts.dedup();
            return;
        }
        for run in open.chunk_by(|a, b| a.0 + 1 == b.0 && a.1 == b.1) {
            let (from, to) = (run[0].0, run[run.len() - 1].0);
            let line = table.rows[run[0].1].line;
            self.findings.push(Finding::of_line(line, Kind::MissingPlaces { from, to }));
            self.faults = self.faults.saturating_add(1);
        }
    }
}

/// Open places that are looked at; more only say that the table is an excerpt.
const MOST_OPEN: usize = 1_000;
/// Rows that contradict the order of the others, of which each is looked at.
const MOST_ODD: usize = 50;

/// Units of the same ranking that have no index to be placed by.
fn absent(table: &Table, placed: &[Entry], scope: Scope) -> usize {
    let blocks: Vec<usize> = placed.iter().map(|entry| table.rows[entry.row].block).collect();
    let (least, most) =
        (blocks.iter().min().copied().unwrap_or(0), blocks.iter().max().copied().unwrap_or(0));
    let here = |block: usize| scope == Scope::Table || (least..=most).contains(&block);
    let mut judged: Vec<usize> = placed.iter().map(|entry| entry.row).collect();
    judged.sort_unstable();
    let rows = table.rows.iter().enumerate();
    rows.filter(|(at, row)| here(row.block) && !row.unranked && judged.binary_search(at).is_err()).count()
}

/// The longest run of units, in the order of their places, whose indices never rise, and the others.
/// Units that share a place and have not the same index are not both right.
fn longest_fall(placed: &[Entry]) -> (Vec<Entry>, Vec<Entry>) {
    // For each length the position of the run's last unit with the highest index.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; placed.len()];
    for (at, entry) in placed.iter().enumerate() {
        let length = tails.partition_point(|tail| placed[*tail].index >= entry.index);
        before[at] = length.checked_sub(1).map(|shorter| tails[shorter]);
        if length == tails.len() {
            tails.push(at);
        } else {
            tails[length] = at;
        }
    }
    let mut keep = vec![false; placed.len()];
    let mut at = tails.last().copied();
    while let Some(kept) = at {
        keep[kept] = true;
        at = before[kept];
    }
    let (mut kept, mut odd): (Vec<Entry>, Vec<Entry>) = (Vec::new(), Vec::new());
    for (entry, keep) in placed.iter().zip(keep) {
        let shares = kept.last().is_some_and(|last| last.place == entry.place && last.index != entry.index);
        if keep && !shares { kept.push(*entry) } else { odd.push(*entry) }
    }
    (kept, odd)
}

/// Places that no unit has, although shared places above them are taken into account.
fn gaps(kept: &[Entry], offset: u32) -> Vec<Gap> {
    let groups: Vec<(u32, u32, usize)> = kept
        .chunk_by(|a, b| a.place == b.place)
        .map(|group| {
            let shared = u32::try_from(group.len()).expect("a table has at most a million rows");
            (group[0].place.expect("only units with a place are judged"), shared, group[0].row)
        })
        .collect();
    let mut gaps = Vec::new();
    let mut next = offset.saturating_add(1);
    for (at, (place, shared, row)) in groups.iter().enumerate() {
        if *place > next {
            gaps.push(Gap { from: next, to: place - 1, row: *row });
        }
        // After a shared place the next may follow at once or leave places out.
        let skipping = place.saturating_add(*shared);
        let skips = groups.get(at + 1).is_some_and(|(below, ..)| *below >= skipping);
        next = if skips { skipping } else { place.saturating_add(1) };
    }
    gaps
}
