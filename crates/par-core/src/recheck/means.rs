//! Computes block means by every definition in use and finds the one that gives a printed mean.
//!
//! Must not know: places, classes.

use std::ops::Range;

use super::figures::Figures;
use super::finding::{Explanation, Finding, Kind, Value};
use super::rows::Quotient;
use super::table::{PrintedMean, Statistic, Table, at_places};
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;

/// How a mean of indices is formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// Unweighted mean of the printed indices.
    PrintedIndices,
    /// Unweighted mean of total / scale, unrounded.
    ExactIndices,
    /// Mean of the means of the blocks.
    BlockMeans,
    /// Sum of totals / sum of scales.
    Pooled,
}

impl Definition {
    /// All definitions, the most usual first.
    pub const ALL: [Definition; 4] =
        [Definition::PrintedIndices, Definition::ExactIndices, Definition::BlockMeans, Definition::Pooled];

    /// The name used in data files.
    pub fn name(self) -> &'static str {
        match self {
            Definition::PrintedIndices => "printed_indices",
            Definition::ExactIndices => "total_over_scale",
            Definition::BlockMeans => "block_means",
            Definition::Pooled => "pooled_points",
        }
    }
}

/// All means of a table.
#[derive(Clone, Debug, Default)]
pub struct MeanFit {
    /// Computed means of each block and of each run of adjacent blocks.
    pub computed: Vec<RunMeans>,
    /// Printed means with what gives them.
    pub printed: Vec<MeanSource>,
}

/// The means of a run of adjacent blocks.
#[derive(Clone, Debug)]
pub struct RunMeans {
    /// Positions of the blocks.
    pub blocks: Range<usize>,
    /// Units with an index.
    pub units: usize,
    /// The mean by each definition that applies, unrounded.
    pub means: Vec<(Definition, Exact)>,
}

/// A printed mean and what gives it.
#[derive(Clone, Debug)]
pub struct MeanSource {
    /// The mean as printed.
    pub printed: PrintedMean,
    /// The run of blocks it is about, or is nearest to; `None` when there is nothing to compare.
    pub blocks: Option<Range<usize>>,
    /// Definitions that give it; empty when none does.
    pub definitions: Vec<Definition>,
    /// Whether only unrounded indices can give it.
    pub explained: bool,
    /// Whether it was compared: not where units it is about are left out of the table.
    pub compared: bool,
}

/// Blocks up to which every run is computed; above, only single blocks and the whole table.
const RUNS_OF: usize = 30;

/// Computes all means and compares the printed ones.
pub(super) fn check(
    table: &Table,
    figures: &[Figures],
    printed: &[PrintedMean],
    excerpts: &[usize],
    findings: &mut Vec<Finding>,
) -> MeanFit {
    let sums = block_sums(table, figures);
    let unsure = unsure(table, figures, excerpts);
    let computed: Vec<RunMeans> =
        runs(sums.len()).into_iter().filter_map(|run| run_means(&sums, run)).collect();
    let mut source = |mean: &PrintedMean| match mean.statistic {
        Statistic::Mean => source(table, &computed, mean, &unsure, findings),
        _ => statistic(table, figures, mean, &unsure, findings),
    };
    let printed = printed.iter().map(&mut source).collect();
    MeanFit { computed, printed }
}

/// Blocks of which not all indices are known: an excerpt, an impossible or missing figure.
fn unsure(table: &Table, figures: &[Figures], excerpts: &[usize]) -> Vec<bool> {
    let mut unsure = vec![false; table.blocks.len()];
    excerpts.iter().for_each(|block| unsure[*block] = true);
    for (row, _) in table
        .rows
        .iter()
        .zip(figures)
        .filter(|(row, own)| own.index.is_none() && !row.without_result && !row.unranked)
    {
        unsure[row.block] = true;
    }
    unsure
}

/// The highest, lowest or middle of the blocks above it, or of the whole table.
fn statistic(
    table: &Table,
    figures: &[Figures],
    printed: &PrintedMean,
    unsure: &[bool],
    findings: &mut Vec<Finding>,
) -> MeanSource {
    let last = printed.block.unwrap_or(table.blocks.len().saturating_sub(1));
    let runs = [last..last + 1, 0..last + 1, 0..table.blocks.len()];
    let of_run = |run: &Range<usize>| -> Option<Exact> {
        let rows = table.rows.iter().zip(figures).filter(|(row, _)| run.contains(&row.block));
        let mut indices: Vec<Decimal> = rows.filter_map(|(_, own)| own.index).collect();
        indices.sort();
        let middle = indices.len() / 2;
        match printed.statistic {
            Statistic::Highest => indices.last().map(|index| index.exact()),
            Statistic::Lowest => indices.first().map(|index| index.exact()),
            Statistic::Median if indices.len() % 2 == 1 => Some(indices[middle].exact()),
            Statistic::Median if middle > 0 => {
                Exact::mean(&[indices[middle - 1].exact(), indices[middle].exact()])
            }
            _ => None,
        }
    };
    let places = printed.value.places();
    let values: Vec<(Range<usize>, Exact)> =
        runs.into_iter().filter_map(|run| of_run(&run).map(|value| (run, value))).collect();
    let gives = |value: &Exact| Rounding::HalfUp.apply(value, places) == printed.value;
    let source = |compared| MeanSource {
        printed: printed.clone(),
        blocks: None,
        definitions: Vec::new(),
        explained: false,
        compared,
    };
    let Some((nearest, value)) = values.first() else { return source(false) };
    if values.iter().any(|(_, value)| gives(value)) {
        return source(true);
    }
    if nearest.clone().any(|block| unsure[block]) {
        return source(false);
    }
    let kind = Kind::Statistic { name: printed.name.clone(), statistic: printed.statistic };
    findings.push(
        Finding { line: printed.line, ..Finding::of_line(0, kind) }
            .said(Some(Value::Number(printed.value)))
            .computed(Value::Number(Rounding::HalfUp.apply(value, places))),
    );
    source(true)
}

fn runs(blocks: usize) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = (0..blocks).map(|block| block..block + 1).collect();
    if blocks <= RUNS_OF {
        runs.extend((0..blocks).flat_map(|from| (from + 2..=blocks).map(move |to| from..to)));
    } else {
        runs.push(0..blocks);
    }
    runs
}

/// What the means of a block are made of.
#[derive(Clone)]
struct BlockSums {
    units: usize,
    indices: Exact,
    /// `None` as soon as a unit has no total or no scale.
    exact: Option<ExactSums>,
}

#[derive(Clone)]
struct ExactSums {
    percents: Exact,
    totals: Exact,
    scales: Exact,
}

fn block_sums(table: &Table, figures: &[Figures]) -> Vec<BlockSums> {
    let mut quotients: Vec<Vec<Option<Quotient>>> = vec![Vec::new(); table.blocks.len()];
    let mut indices: Vec<Vec<Decimal>> = vec![Vec::new(); table.blocks.len()];
    for (row, figures) in table.rows.iter().zip(figures) {
        if let Some(index) = figures.index {
            indices[row.block].push(index);
            quotients[row.block].push(figures.quotient);
        }
    }
    let zipped = indices.into_iter().zip(quotients);
    zipped
        .map(|(indices, quotients)| BlockSums {
            units: indices.len(),
            indices: decimal_sum(&indices),
            exact: quotients.into_iter().collect::<Option<Vec<_>>>().map(|quotients| exact_sums(&quotients)),
        })
        .collect()
}

/// Adds decimals as integers, so that a large table costs no rational a row.
fn decimal_sum(decimals: &[Decimal]) -> Exact {
    let places = decimals.iter().map(|decimal| decimal.places()).max().unwrap_or(0);
    Decimal::new(decimals.iter().map(|decimal| at_places(*decimal, places).units()).sum(), places).exact()
}

fn exact_sums(quotients: &[Quotient]) -> ExactSums {
    let terms: Vec<(Decimal, Decimal)> = quotients.iter().map(Quotient::terms).collect();
    let mut by_scale: std::collections::BTreeMap<Decimal, Vec<Decimal>> = std::collections::BTreeMap::new();
    for (total, scale) in &terms {
        by_scale.entry(*scale).or_default().push(*total);
    }
    let mut percents = Exact::zero();
    for (scale, totals) in by_scale {
        let share = decimal_sum(&totals).checked_div(&scale.exact()).expect("a quotient's scale is positive");
        percents = &percents + &(&share * &Exact::whole(100));
    }
    let (totals, scales): (Vec<Decimal>, Vec<Decimal>) = terms.into_iter().unzip();
    ExactSums { percents, totals: decimal_sum(&totals), scales: decimal_sum(&scales) }
}

fn run_means(sums: &[BlockSums], blocks: Range<usize>) -> Option<RunMeans> {
    let of: Vec<&BlockSums> = sums[blocks.clone()].iter().filter(|sums| sums.units > 0).collect();
    let units: usize = of.iter().map(|sums| sums.units).sum();
    let over = |sum: &Exact, count: usize| sum.checked_div(&Exact::whole(count as i128));
    let add = |pick: &dyn Fn(&BlockSums) -> Option<Exact>| {
        of.iter().try_fold(Exact::zero(), |sum, block| pick(block).map(|own| &sum + &own))
    };
    let mean = |definition: Definition| match definition {
        Definition::PrintedIndices => over(&add(&|sums| Some(sums.indices.clone()))?, units),
        Definition::ExactIndices => over(&add(&|sums| Some(sums.exact.as_ref()?.percents.clone()))?, units),
        Definition::BlockMeans if of.len() < 2 => None,
        Definition::BlockMeans => {
            let means: Option<Vec<Exact>> = of.iter().map(|sums| over(&sums.indices, sums.units)).collect();
            Exact::mean(&means?)
        }
        Definition::Pooled => {
            let totals = add(&|sums| Some(sums.exact.as_ref()?.totals.clone()))?;
            let scales = add(&|sums| Some(sums.exact.as_ref()?.scales.clone()))?;
            (&totals * &Exact::whole(100)).checked_div(&scales)
        }
    };
    let means =
        Definition::ALL.into_iter().filter_map(|definition| mean(definition).map(|mean| (definition, mean)));
    (units > 0).then(|| RunMeans { blocks, units, means: means.collect() })
}

/// Finds what gives a printed mean; a finding when nothing does.
fn source(
    table: &Table,
    computed: &[RunMeans],
    printed: &PrintedMean,
    unsure: &[bool],
    findings: &mut Vec<Finding>,
) -> MeanSource {
    let mut candidates: Vec<&RunMeans> = computed.iter().collect();
    if computed.len() > RUNS_OF * RUNS_OF {
        // So many blocks: a mean is about the block above it or about the whole table.
        candidates.retain(|run| run.blocks.len() > 1 || printed.block == Some(run.blocks.start));
    }
    // A mean row stands right below the blocks it is about; a single one above all is about all.
    candidates.sort_by_key(|run| match printed.block {
        Some(block) => (run.blocks.end != block + 1, run.blocks.start),
        None => (false, run.blocks.start),
    });
    let places = printed.value.places();
    let gives = |run: &RunMeans| -> Vec<Definition> {
        let equal = |mean: &Exact| Rounding::HalfUp.apply(mean, places) == printed.value;
        run.means.iter().filter(|(_, mean)| equal(mean)).map(|(definition, _)| *definition).collect()
    };
    let source = |blocks: Option<&Range<usize>>, definitions, explained| MeanSource {
        printed: printed.clone(),
        blocks: blocks.cloned(),
        definitions,
        explained,
        compared: true,
    };
    let most =
        candidates.iter().map(|run| (*run, gives(run))).find(|(_, definitions)| !definitions.is_empty());
    if let Some((run, definitions)) = most {
        return source(Some(&run.blocks), definitions, false);
    }
    let distance = |run: &RunMeans| (&run.means[0].1 - &printed.value.exact()).abs();
    let near = |run: &&&RunMeans| printed.block.is_none_or(|block| run.blocks.end == block + 1);
    let nearest = candidates.iter().filter(near).min_by_key(|run| distance(run)).copied();
    let uncompared = MeanSource { compared: false, ..source(None, Vec::new(), false) };
    let Some(nearest) = nearest.filter(|run| !run.blocks.clone().any(|block| unsure[block])) else {
        return uncompared;
    };
    // Each printed index hides half a unit, and so does the printed mean.
    let half = |places: u8| Decimal::new(5, places + 1).exact();
    let explained = distance(nearest) <= &half(table.layout.index_places) + &half(places);
    let finding =
        Finding { line: printed.line, ..Finding::of_line(0, Kind::Mean { name: printed.name.clone() }) }
            .said(Some(Value::Number(printed.value)))
            .computed(Value::Number(Rounding::HalfUp.apply(&nearest.means[0].1, places)));
    findings.push(if explained { finding.explained_by(Explanation::UnroundedIndices) } else { finding });
    source(Some(&nearest.blocks), Vec::new(), explained)
}
