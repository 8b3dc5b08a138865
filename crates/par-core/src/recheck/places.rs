//! Checks printed places against the indices: order, scope of the ranking, tie rule.
//!
//! Must not know: classes, means, how an index came about.

mod order;

use super::RowVerdicts;
use super::figures::Figures;
use super::finding::{Explanation, Finding, Kind, Value};
use super::rows::Verdict;
use super::table::{PlaceColumn, Table};
use crate::points::decimal::Decimal;

/// How units with the same printed index are placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieRule {
    /// 1-2-2-4: they share the place and the next ones are left out.
    Share,
    /// 1-2-2-3: they share the place and the next one follows.
    Dense,
    /// 1-2-3-4: decimals that are not printed decide, and only truly equal ones share (1-2-2-4).
    Hidden,
    /// The same, with truly equal ones sharing as 1-2-2-3.
    HiddenDense,
}

impl TieRule {
    const ALL: [TieRule; 4] = [TieRule::Share, TieRule::Dense, TieRule::Hidden, TieRule::HiddenDense];

    /// The name used in data files.
    pub fn name(self) -> &'static str {
        match self {
            TieRule::Share => "1-2-2-4",
            TieRule::Dense => "1-2-2-3",
            TieRule::Hidden => "hidden_decimals",
            TieRule::HiddenDense => "hidden_decimals_1-2-2-3",
        }
    }
}

/// Among which units a place is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Within the block.
    Block,
    /// Within the block, but numbered on from the block before.
    Continued,
    /// In one list over all blocks.
    Table,
}

impl Scope {
    /// The name used in data files.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Block => "block",
            Scope::Continued => "block_continued",
            Scope::Table => "table",
        }
    }
}

/// Which conventions reproduce the printed places.
#[derive(Clone, Debug, Default)]
pub struct PlaceFit {
    /// Rows whose place was checked.
    pub checked: usize,
    /// Among which units places are counted; `None` when nothing was checked.
    pub scope: Option<Scope>,
    /// Every tie rule with the number of places it does not give; best first.
    pub rules: Vec<(TieRule, usize)>,
    /// Groups of two or more units with the same index.
    pub ties: usize,
    /// Blocks of which the table shows some units only.
    pub excerpts: Vec<usize>,
    /// Why places were not checked although they are printed.
    pub serial_is_no_place: bool,
}

/// Units of one ranking, best first, in groups of equal index.
type Ranking = Vec<Vec<Entry>>;

#[derive(Clone, Copy)]
struct Entry {
    row: usize,
    index: Decimal,
    place: Option<u32>,
}

/// Checks all places.
pub(super) fn check(
    table: &Table,
    figures: &[Figures],
    verdicts: &mut [RowVerdicts],
    findings: &mut Vec<Finding>,
) -> PlaceFit {
    let entries: Vec<Entry> = (0..table.rows.len())
        .filter_map(|row| figures[row].index.map(|index| Entry { row, index, place: table.rows[row].place }))
        .collect();
    let checked = entries.iter().filter(|entry| entry.place.is_some()).count();
    if checked == 0 {
        return PlaceFit::default();
    }
    let Tried { scope, rankings, rules } = best_scope(table, &entries);
    let (rule, faults) = rules[0];
    let by_places = if faults > 0 { Some(order::best(table, &entries)) } else { None };
    let odd = by_places.as_ref().map_or(0, |judged| judged.odd);
    // A running number is the place only where all but a stray row follow it.
    if table.layout.place == Some(PlaceColumn::Serial) && odd > checked / 6 {
        findings.push(Finding::of_line(table.layout.heading_line, Kind::SerialIsNoPlace));
        return PlaceFit { serial_is_no_place: true, ..PlaceFit::default() };
    }
    if let Some(judged) = by_places.filter(|judged| judged.explains_better_than(faults)) {
        return judged.told(verdicts, findings, checked);
    }
    let ties = rankings.iter().flat_map(|(_, ranking)| ranking).filter(|group| group.len() > 1).count();
    for (offset, ranking) in &rankings {
        for (entry, expected) in expected(rule, ranking, *offset) {
            let Some(place) = entry.place else { continue };
            verdicts[entry.row].place = if place == expected { Verdict::Right } else { Verdict::Wrong };
            if place != expected {
                findings.push(wrong(table, &entry, expected));
            }
        }
        ranking.iter().for_each(|group| ties_explained(table, figures, group, verdicts, findings));
    }
    PlaceFit { checked, scope: Some(scope), rules, ties, ..PlaceFit::default() }
}

/// A place that does not follow from the indices.
fn wrong(table: &Table, entry: &Entry, expected: u32) -> Finding {
    Finding::of_row(table, entry.row, Kind::Place)
        .said(entry.place.map(Value::Place))
        .computed(Value::Place(expected))
}

/// A scope with its rankings, and how many places each tie rule leaves wrong, best rule first.
struct Tried {
    scope: Scope,
    rankings: Vec<(u32, Ranking)>,
    rules: Vec<(TieRule, usize)>,
}

/// The scope in which some tie rule gives the most places, with all rules tried in it.
fn best_scope(table: &Table, entries: &[Entry]) -> Tried {
    let scopes: &[Scope] = if table.blocks.len() > 1 {
        &[Scope::Block, Scope::Continued, Scope::Table]
    } else {
        &[Scope::Block]
    };
    let tried = scopes.iter().map(|scope| {
        let rankings = rankings(table, entries, *scope);
        let mut rules = TieRule::ALL.map(|rule| {
            let wrong = |(offset, ranking): &(u32, Ranking)| {
                let expected = expected(rule, ranking, *offset);
                expected
                    .iter()
                    .filter(|(entry, place)| entry.place.is_some_and(|said| said != *place))
                    .count()
            };
            (rule, rankings.iter().map(wrong).sum())
        });
        rules.sort_by_key(|(_, faults)| *faults);
        Tried { scope: *scope, rankings, rules: rules.to_vec() }
    });
    tried.min_by_key(|tried| tried.rules[0].1).expect("at least one scope is tried")
}

/// The rankings of a scope, each with the number of places given out before it.
fn rankings(table: &Table, entries: &[Entry], scope: Scope) -> Vec<(u32, Ranking)> {
    if scope == Scope::Table {
        return vec![(0, ranking(entries.to_vec()))];
    }
    let mut by_block: Vec<Vec<Entry>> = vec![Vec::new(); table.blocks.len()];
    for entry in entries {
        by_block[table.rows[entry.row].block].push(*entry);
    }
    let mut before = 0;
    let mut rankings = Vec::new();
    for block in by_block {
        let units = u32::try_from(block.len()).expect("a table has at most a million rows");
        rankings.push((if scope == Scope::Continued { before } else { 0 }, ranking(block)));
        before += units;
    }
    rankings
}

fn ranking(mut entries: Vec<Entry>) -> Ranking {
    entries.sort_by(|a, b| {
        let unplaced_last = |entry: &Entry| entry.place.unwrap_or(u32::MAX);
        b.index.cmp(&a.index).then(unplaced_last(a).cmp(&unplaced_last(b))).then(a.row.cmp(&b.row))
    });
    entries.chunk_by(|a, b| a.index == b.index).map(<[Entry]>::to_vec).collect()
}

/// The place that a rule gives each unit, as near to the printed ones as the rule allows.
fn expected(rule: TieRule, ranking: &Ranking, offset: u32) -> Vec<(Entry, u32)> {
    let mut places = Vec::new();
    let mut next = offset + 1;
    for group in ranking {
        let units = u32::try_from(group.len()).expect("a table has at most a million rows");
        let given: Vec<u32> = match rule {
            TieRule::Share | TieRule::Dense => vec![next; group.len()],
            TieRule::Hidden => hidden(group, next, 1),
            TieRule::HiddenDense => hidden(group, next, 0),
        };
        next = match rule {
            TieRule::Share | TieRule::Hidden => next + units,
            TieRule::Dense => next + 1,
            TieRule::HiddenDense => given.iter().max().map_or(next, |last| last + 1),
        };
        places.extend(group.iter().copied().zip(given));
    }
    places
}

/// Places of a group of equal printed index, ordered by decimals that are not printed.
///
/// Any order and any sharing is possible; `skip` says whether sharing leaves places out (1) or
/// not (0). A printed sequence that is possible is taken; otherwise every place that is possible
/// by itself stays, and the rest of the group gets what is left.
fn hidden(group: &[Entry], first: u32, skip: u32) -> Vec<u32> {
    let mut sequence: Vec<u32> = Vec::with_capacity(group.len());
    for (at, entry) in group.iter().enumerate() {
        let shared = sequence.last().copied().filter(|last| entry.place == Some(*last));
        let position = first + u32::try_from(at).expect("a table has at most a million rows");
        let following = if skip == 1 { position } else { sequence.last().map_or(first, |last| last + 1) };
        sequence.push(shared.unwrap_or(following));
    }
    let possible =
        group.iter().zip(&sequence).all(|(entry, place)| entry.place.is_none_or(|said| said == *place));
    if possible || skip == 0 {
        return sequence;
    }
    let mut free: Vec<bool> = vec![true; group.len()];
    let mut slot = |entry: &Entry| {
        let at = usize::try_from(entry.place?.checked_sub(first)?).ok()?;
        let open = free.get_mut(at)?;
        std::mem::take(open).then_some(at)
    };
    let kept: Vec<Option<usize>> = group.iter().map(&mut slot).collect();
    let mut left = (0..group.len()).filter(|at| free[*at]).collect::<Vec<_>>().into_iter();
    let at = |kept: Option<usize>| kept.or_else(|| left.next()).expect("as many places as units");
    kept.into_iter().map(at).map(|at| first + u32::try_from(at).expect("at most a million rows")).collect()
}

/// Says of units with equal index and different places that hidden decimals decide, or that
/// total / scale decides otherwise.
fn ties_explained(
    table: &Table,
    figures: &[Figures],
    group: &[Entry],
    verdicts: &mut [RowVerdicts],
    findings: &mut Vec<Finding>,
) {
    for pair in group.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        let right = |entry: Entry| verdicts[entry.row].place == Verdict::Right;
        if !right(before) || !right(after) || before.place == after.place {
            continue;
        }
        let with = table.rows[before.row].line;
        let against = figures[before.row]
            .quotient
            .zip(figures[after.row].quotient)
            .is_some_and(|(before, after)| before.surely_below(&after));
        let kind = if against { Kind::TieOrder { with } } else { Kind::HiddenTie { with } };
        let finding = Finding::of_row(table, after.row, kind).said(after.place.map(Value::Place));
        findings.push(if against {
            verdicts[after.row].place = Verdict::Wrong;
            finding.computed(Value::Place(before.place.expect("a right place is printed")))
        } else {
            verdicts[after.row].place = Verdict::Explained;
            finding.explained_by(Explanation::HiddenDecimals)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Indices and places of one block → tie rules that give every place.
    fn fitting(rows: &[(i128, u32)]) -> Vec<&'static str> {
        let entries: Vec<Entry> = rows
            .iter()
            .enumerate()
            .map(|(row, (index, place))| Entry { row, index: Decimal::new(*index, 2), place: Some(*place) })
            .collect();
        let ranking = ranking(entries);
        let fits = |rule: &TieRule| {
            expected(*rule, &ranking, 0).iter().all(|(entry, place)| entry.place == Some(*place))
        };
        TieRule::ALL.into_iter().filter(fits).map(TieRule::name).collect()
    }

    #[test]
    fn printed_places_tell_the_tie_rule() {
        let shared = fitting(&[(9000, 1), (8500, 2), (8500, 2), (8000, 4)]);
        assert_eq!(shared, ["1-2-2-4", "hidden_decimals"]);
        let dense = fitting(&[(9000, 1), (8500, 2), (8500, 2), (8000, 3)]);
        assert_eq!(dense, ["1-2-2-3", "hidden_decimals_1-2-2-3"]);
        let hidden = fitting(&[(9000, 1), (8500, 2), (8500, 3), (8000, 4)]);
        assert_eq!(hidden, ["hidden_decimals", "hidden_decimals_1-2-2-3"]);
        assert_eq!(fitting(&[(9000, 1), (8500, 3), (8000, 2)]), Vec::<&str>::new());
        assert_eq!(fitting(&[(9000, 1), (8500, 2)]).len(), 4);
    }

    #[test]
    fn in_a_group_of_ties_only_the_impossible_place_is_wrong() {
        let entry = |row, place| Entry { row, index: Decimal::new(8500, 2), place: Some(place) };
        assert_eq!(hidden(&[entry(0, 5), entry(1, 14)], 4, 1), [5, 4]);
        assert_eq!(hidden(&[entry(0, 4), entry(1, 4), entry(2, 6)], 4, 1), [4, 4, 6]);
    }
}
