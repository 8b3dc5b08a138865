//! Infers class bounds from the indices, or checks stated ones; points at the misclassified row.
//!
//! Must not know: places, means, how an index came about.

use std::collections::BTreeMap;

use super::Options;
use super::RowVerdicts;
use super::figures::Figures;
use super::finding::{Explanation, Finding, Kind, Value};
use super::headings::fold;
use super::rows::Verdict;
use super::table::Table;
use crate::points::decimal::Decimal;

/// The classes of the table or of one block, with the bounds that its rows allow.
#[derive(Clone, Debug)]
pub struct ClassFit {
    /// Position of the block, or `None` when one set of bounds serves the table.
    pub block: Option<usize>,
    /// Best class first.
    pub classes: Vec<ClassBounds>,
    /// Rows whose class was checked.
    pub checked: usize,
    /// Well-known or stated scales (lower bounds, best first) that every row in order follows.
    pub scales: Vec<Vec<Decimal>>,
    /// Whether bounds were stated, not inferred.
    pub stated: bool,
}

/// Where the lower bound of a class must lie: above one printed index, at or below another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassBounds {
    /// As printed.
    pub name: String,
    /// The best index below the class; the bound lies above it. `None` below the lowest class.
    pub above: Option<Decimal>,
    /// The least index of the class; the bound is at most that. `None` when no row has the class.
    pub at_most: Option<Decimal>,
    /// Rows with the class.
    pub rows: usize,
}

/// Lower bounds in use somewhere, best class first.
const KNOWN: [&[u8]; 11] = [
    &[90, 80, 70],
    &[90, 80, 65],
    &[80, 70, 60],
    &[90, 70, 50],
    &[80, 65, 50],
    &[85, 70, 55],
    &[90, 80, 70, 60],
    &[90, 80, 70, 50],
    &[90, 80, 65, 50],
    &[80, 70, 60, 50],
    &[90, 75, 60, 50],
];

/// A column with more different texts than this holds no classes.
const MOST_CLASSES: usize = 30;

/// A row with index and class; `rank` 0 is the best class of the table.
#[derive(Clone, Copy)]
struct Entry {
    row: usize,
    index: Decimal,
    rank: usize,
}

/// Checks all classes.
pub(super) fn check(
    table: &Table,
    figures: &[Figures],
    options: &Options,
    verdicts: &mut [RowVerdicts],
    findings: &mut Vec<Finding>,
) -> Vec<ClassFit> {
    let names = Names::of(table, figures, options);
    let entries: Vec<Entry> = (0..table.rows.len())
        .filter_map(|row| {
            let (index, class) = (figures[row].index?, table.rows[row].class.as_ref()?);
            Some(Entry { row, index, rank: names.rank(class)? })
        })
        .collect();
    if names.printed.len() > MOST_CLASSES {
        return Vec::new();
    }
    let mut check = Check { table, names: &names, verdicts, findings };
    if !options.classes.is_empty() {
        return vec![check.against_stated(figures, options, entries)];
    }
    if entries.is_empty() {
        return Vec::new();
    }
    let mut by_block: Vec<Vec<Entry>> = vec![Vec::new(); table.blocks.len()];
    for entry in &entries {
        by_block[table.rows[entry.row].block].push(*entry);
    }
    // One set of bounds, unless it contradicts many rows that bounds by block explain: a single
    // misclassified row must not look like a block with bounds of its own.
    let together = misfits(&entries, &names).len();
    let apart: usize = by_block.iter().map(|entries| misfits(entries, &names).len()).sum();
    if together > 2 && together * 10 > entries.len() && apart * 2 < together {
        let blocks = by_block.into_iter().enumerate().filter(|(_, entries)| !entries.is_empty());
        return blocks.map(|(block, entries)| check.inferred(entries, Some(block))).collect();
    }
    vec![check.inferred(entries, None)]
}

/// The classes of a table, best first.
struct Names {
    printed: Vec<String>,
    folded: BTreeMap<String, usize>,
    /// How many natural classes stand above the first one; `None` for unknown names.
    natural: Option<Vec<u8>>,
}

impl Names {
    fn of(table: &Table, figures: &[Figures], options: &Options) -> Names {
        let mut best: BTreeMap<String, (String, Option<Decimal>)> = BTreeMap::new();
        for (row, figures) in table.rows.iter().zip(figures) {
            let Some(class) = &row.class else { continue };
            let entry = best.entry(fold(class)).or_insert_with(|| (class.clone(), None));
            entry.1 = entry.1.max(figures.index);
        }
        let mut names: Vec<(String, String, Option<Decimal>)> =
            best.into_iter().map(|(folded, (printed, index))| (folded, printed, index)).collect();
        let natural: Option<Vec<u8>> = names.iter().map(|(folded, ..)| natural_rank(folded)).collect();
        if natural.is_some() {
            names.sort_by_key(|(folded, ..)| natural_rank(folded));
        } else if names.len() <= MOST_CLASSES {
            match names.iter().map(|(folded, ..)| fine_rank(folded)).collect::<Option<Vec<u8>>>() {
                Some(_) => names.sort_by_key(|(folded, ..)| fine_rank(folded)),
                None => by_blocks(table, figures, &mut names),
            }
        }
        if !options.classes.is_empty() {
            let unstated = names
                .into_iter()
                .filter(|(folded, ..)| options.classes.iter().all(|(name, _)| fold(name) != *folded));
            let stated = options.classes.iter().map(|(name, _)| (fold(name), name.clone(), None));
            names = stated.chain(unstated).collect();
        }
        let natural = names.iter().map(|(folded, ..)| natural_rank(folded)).collect();
        let folded = names.iter().enumerate().map(|(rank, (folded, ..))| (folded.clone(), rank)).collect();
        Names { printed: names.into_iter().map(|(_, printed, _)| printed).collect(), folded, natural }
    }

    fn rank(&self, class: &str) -> Option<usize> {
        self.folded.get(&fold(class)).copied()
    }
}

/// The place of a class name among those for which well-known scales are known: Xuất sắc, Tốt, Khá,
/// Trung bình, Yếu; A, B, C, D.
fn natural_rank(folded: &str) -> Option<u8> {
    let rank = match bare_class(folded) {
        "xuat sac" | "xuat sac nhiem vu" | "rat tot" | "excellent" | "very good" | "a" => 0,
        "tot" | "tot nhiem vu" | "good" | "b" => 1,
        "kha" | "fair" | "fairly good" | "c" => 2,
        "trung binh" | "average" | "medium" | "nhiem vu" | "d" => 3,
        "yeu" | "kem" | "weak" | "poor" | "e" => 4,
        _ => return None,
    };
    Some(rank)
}

/// The order of class names in finer steps: Trung bình khá stands above Trung bình.
fn fine_rank(folded: &str) -> Option<u8> {
    let rank = match bare_class(folded) {
        "xuat sac" | "xuat sac nhiem vu" | "excellent" => 0,
        "rat tot" | "very good" => 5,
        "tot" | "tot nhiem vu" | "good" => 10,
        "kha tot" | "tuong doi tot" => 15,
        "kha" | "fair" | "fairly good" => 20,
        "trung binh kha" => 25,
        "trung binh" | "average" | "medium" | "nhiem vu" => 30,
        "trung binh yeu" | "tuong doi thap" | "duoi trung binh" => 35,
        "yeu" | "weak" | "poor" | "thap" | "khong hoan thanh nhiem vu" => 40,
        "kem" | "rat yeu" | "rat thap" => 50,
        _ => return None,
    };
    Some(rank)
}

fn bare_class(folded: &str) -> &str {
    folded.trim_start_matches("loai ").trim_start_matches("hoan thanh ").trim_start_matches("nhom ")
}

/// Whether a text is a usual name of a class.
pub(super) fn is_class(text: &str) -> bool {
    let folded = fold(text);
    fine_rank(&folded).is_some() || natural_rank(&folded).is_some()
}

/// Orders class names whose order nothing tells by what they are given for inside blocks: bounds
/// may differ from block to block, so indices of two blocks say nothing.
fn by_blocks(table: &Table, figures: &[Figures], names: &mut [(String, String, Option<Decimal>)]) {
    let mut ranges: BTreeMap<(usize, String), (Decimal, Decimal)> = BTreeMap::new();
    for (row, figures) in table.rows.iter().zip(figures) {
        if let (Some(class), Some(index)) = (&row.class, figures.index) {
            let range = ranges.entry((row.block, fold(class))).or_insert((index, index));
            *range = (range.0.min(index), range.1.max(index));
        }
    }
    let mut wins: BTreeMap<&str, usize> = BTreeMap::new();
    for ((block, class), (least, most)) in &ranges {
        let of_block = ranges.range((*block, String::new())..(*block + 1, String::new()));
        let below = of_block.filter(|((_, other), (low, high))| other != class && low < least && high < most);
        *wins.entry(class).or_default() += below.count();
    }
    names.sort_by_key(|(folded, _, best)| {
        std::cmp::Reverse((wins.get(folded.as_str()).copied().unwrap_or(0), *best))
    });
}

struct Check<'a> {
    table: &'a Table,
    names: &'a Names,
    verdicts: &'a mut [RowVerdicts],
    findings: &'a mut Vec<Finding>,
}

impl Check<'_> {
    /// Classes by the bounds that most rows allow.
    fn inferred(&mut self, entries: Vec<Entry>, block: Option<usize>) -> ClassFit {
        let wrong = misfits(&entries, self.names);
        let (sound, odd): (Vec<Entry>, Vec<Entry>) =
            entries.iter().partition(|entry| wrong.binary_search(&entry.row).is_err());
        let scales: Vec<&[u8]> =
            self.names.known().filter(|known| self.names.follow(&sound, known)).collect();
        for entry in &sound {
            self.verdicts[entry.row].class = Verdict::Right;
        }
        let ranges = self.ranges(&sound);
        self.at_bounds(&sound, &ranges);
        for entry in &odd {
            self.verdicts[entry.row].class = Verdict::Wrong;
            let possible = self.possible(&ranges, entry.index, scales.first().copied());
            self.fault(entry, possible);
        }
        if wrong.is_empty() && scales.is_empty() {
            self.unusual(&sound);
        }
        let classes = self.bounds(&sound);
        let scales = scales.into_iter().map(decimals).collect();
        ClassFit { block, classes, checked: entries.len(), scales, stated: false }
    }

    /// Classes by bounds that the office states; the exact index may decide at a bound.
    fn against_stated(&mut self, figures: &[Figures], options: &Options, entries: Vec<Entry>) -> ClassFit {
        let bounds: Vec<Decimal> = options.classes.iter().map(|(_, bound)| *bound).collect();
        let unstated = bounds.len()..self.names.printed.len();
        // Below all bounds any class without a bound will do; `None` where every class has one.
        let class_of = |said: usize, reaches: &dyn Fn(&Decimal) -> bool| {
            let by_bound = bounds.iter().position(reaches);
            by_bound.or_else(|| if unstated.contains(&said) { Some(said) } else { unstated.clone().next() })
        };
        let mut sound = Vec::new();
        for entry in &entries {
            let printed = class_of(entry.rank, &|bound| entry.index >= *bound);
            let exact = figures[entry.row].quotient.map(|quotient| {
                let percent = quotient.percent();
                class_of(entry.rank, &|bound| percent >= bound.exact())
            });
            let said = entry.rank;
            self.verdicts[entry.row].class = if Some(said) == printed {
                sound.push(*entry);
                Verdict::Right
            } else if exact == Some(Some(said)) {
                let finding = Finding::of_row(self.table, entry.row, Kind::ClassAtBound)
                    .said(self.table.rows[entry.row].class.clone().map(Value::Text))
                    .computed(self.class_names(printed.into_iter().collect()));
                self.findings.push(finding.explained_by(Explanation::HiddenDecimals));
                Verdict::Explained
            } else {
                self.fault(entry, printed.into_iter().collect());
                Verdict::Wrong
            };
        }
        let classes = self.bounds(&sound);
        ClassFit { block: None, classes, checked: entries.len(), scales: vec![bounds], stated: true }
    }

    fn fault(&mut self, entry: &Entry, possible: Vec<usize>) {
        let computed = self.class_names(possible);
        let finding = Finding::of_row(self.table, entry.row, Kind::Class)
            .said(self.table.rows[entry.row].class.clone().map(Value::Text));
        self.findings.push(finding.computed(computed));
    }

    fn class_names(&self, ranks: Vec<usize>) -> Value {
        let mut names: Vec<String> = ranks.into_iter().map(|rank| self.names.printed[rank].clone()).collect();
        if names.len() == 1 { Value::Text(names.remove(0)) } else { Value::OneOf(names) }
    }

    /// Classes that the sound rows, or the known scale they follow, allow an index.
    fn possible(
        &self,
        ranges: &[Option<(Decimal, Decimal)>],
        index: Decimal,
        known: Option<&[u8]>,
    ) -> Vec<usize> {
        let best = ranges.iter().position(|range| range.is_some_and(|(least, _)| least <= index));
        let worst = ranges.iter().rposition(|range| range.is_some_and(|(_, most)| most >= index));
        let last = self.names.printed.len() - 1;
        let (from, to) = (worst.unwrap_or(0), best.unwrap_or(last));
        let by_scale = known.and_then(|known| self.names.by_known(known, index));
        match by_scale {
            Some(rank) if (from..=to).contains(&rank) => vec![rank],
            _ => (from.min(to)..=from.max(to)).collect(),
        }
    }

    /// Least and greatest index of each class.
    fn ranges(&self, sound: &[Entry]) -> Vec<Option<(Decimal, Decimal)>> {
        let mut ranges: Vec<Option<(Decimal, Decimal)>> = vec![None; self.names.printed.len()];
        for entry in sound {
            let (least, most) = ranges[entry.rank].get_or_insert((entry.index, entry.index));
            (*least, *most) = ((*least).min(entry.index), (*most).max(entry.index));
        }
        ranges
    }

    /// Rows with the same printed index as a row of a better class: only decimals that are not
    /// printed can part them.
    fn at_bounds(&mut self, sound: &[Entry], ranges: &[Option<(Decimal, Decimal)>]) {
        for entry in sound {
            let better = ranges[..entry.rank].iter().rposition(Option::is_some);
            let least = better.and_then(|rank| ranges[rank]).map(|(least, _)| least);
            if let Some(better) = better.filter(|_| least == Some(entry.index)) {
                self.verdicts[entry.row].class = Verdict::Explained;
                let finding = Finding::of_row(self.table, entry.row, Kind::ClassAtBound)
                    .said(self.table.rows[entry.row].class.clone().map(Value::Text))
                    .computed(self.class_names(vec![better]));
                self.findings.push(finding.explained_by(Explanation::HiddenDecimals));
            }
        }
    }

    /// A consistent table of which all but a few rows follow a well-known scale: says so.
    fn unusual(&mut self, entries: &[Entry]) {
        let few = (entries.len() / 10).clamp(1, 2);
        let against = |known: &[u8]| -> Vec<(Entry, usize)> {
            let by_known = |entry: &Entry| self.names.by_known(known, entry.index).unwrap_or(usize::MAX);
            entries
                .iter()
                .map(|entry| (*entry, by_known(entry)))
                .filter(|(entry, rank)| entry.rank != *rank)
                .collect()
        };
        if entries.len() < 5 {
            return;
        }
        let nearest =
            self.names.known().map(|known| (known, against(known))).min_by_key(|(_, odd)| odd.len());
        let Some((known, odd)) = nearest.filter(|(_, odd)| odd.len() <= few) else { return };
        for (entry, rank) in odd {
            let Some(name) = self.names.printed.get(rank) else { continue };
            let finding =
                Finding::of_row(self.table, entry.row, Kind::ClassUnusual { bounds: known.to_vec() })
                    .said(self.table.rows[entry.row].class.clone().map(Value::Text))
                    .computed(Value::Text(name.clone()));
            self.findings.push(finding);
        }
    }

    fn bounds(&self, sound: &[Entry]) -> Vec<ClassBounds> {
        let last = self.names.printed.len() - 1;
        let of = |rank: usize| {
            let own = || sound.iter().filter(move |entry| entry.rank == rank);
            ClassBounds {
                name: self.names.printed[rank].clone(),
                above: sound
                    .iter()
                    .filter(|entry| rank < last && entry.rank > rank)
                    .map(|entry| entry.index)
                    .max(),
                at_most: own().map(|entry| entry.index).min(),
                rows: own().count(),
            }
        };
        (0..=last).map(of).collect()
    }
}

impl Names {
    /// Well-known scales that suit the names: four bounds only where a fifth class occurs.
    fn known(&self) -> impl Iterator<Item = &'static [u8]> {
        let lowest = self.natural.as_ref().and_then(|natural| natural.last().copied());
        KNOWN.into_iter().filter(move |known| lowest.is_some_and(|lowest| (lowest > 3) == (known.len() > 3)))
    }

    /// The class of an index by a well-known scale; `None` when the table has no such class.
    fn by_known(&self, known: &[u8], index: Decimal) -> Option<usize> {
        let natural = self.natural.as_ref()?;
        let rank = known.iter().position(|bound| index >= Decimal::new(i128::from(*bound), 0));
        let rank = u8::try_from(rank.unwrap_or(known.len())).expect("a scale has few bounds");
        natural.iter().position(|own| *own == rank)
    }

    fn follow(&self, entries: &[Entry], known: &[u8]) -> bool {
        entries.iter().all(|entry| self.by_known(known, entry.index) == Some(entry.rank))
    }
}

fn decimals(known: &[u8]) -> Vec<Decimal> {
    known.iter().map(|bound| Decimal::new(i128::from(*bound), 0)).collect()
}

/// The smallest set of rows without which every better class lies above every worse one, sorted.
///
/// Where several sets are smallest, one that leaves a well-known scale is preferred.
fn misfits(entries: &[Entry], names: &Names) -> Vec<usize> {
    let mut sorted = entries.to_vec();
    // Within an equal index hidden decimals may separate the classes.
    sorted.sort_by(|a, b| b.index.cmp(&a.index).then(a.rank.cmp(&b.rank)).then(a.row.cmp(&b.row)));
    let mut wrong = outside_longest_run(&sorted, names.printed.len());
    for known in names.known() {
        let against = |entry: &&Entry| names.by_known(known, entry.index) != Some(entry.rank);
        if !wrong.is_empty() && entries.iter().filter(against).count() == wrong.len() {
            wrong = entries.iter().filter(against).map(|entry| entry.row).collect();
            break;
        }
    }
    wrong.sort_unstable();
    wrong
}

/// Rows outside a longest run whose ranks never improve as the indices fall.
fn outside_longest_run(sorted: &[Entry], classes: usize) -> Vec<usize> {
    // For each rank: length and last position of the longest run that ends in it.
    let mut best: Vec<(usize, Option<usize>)> = vec![(0, None); classes];
    let mut before: Vec<Option<usize>> = vec![None; sorted.len()];
    for (at, entry) in sorted.iter().enumerate() {
        let (length, last) = best[..=entry.rank]
            .iter()
            .copied()
            .reduce(|a, b| if b.0 > a.0 { b } else { a })
            .unwrap_or((0, None));
        before[at] = last;
        best[entry.rank] = (length + 1, Some(at));
    }
    let mut keep = vec![false; sorted.len()];
    let mut at = best.iter().copied().reduce(|a, b| if b.0 > a.0 { b } else { a }).and_then(|(_, last)| last);
    while let Some(kept) = at {
        keep[kept] = true;
        at = before[kept];
    }
    sorted.iter().zip(keep).filter(|(_, keep)| !keep).map(|(entry, _)| entry.row).collect()
}
