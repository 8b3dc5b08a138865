//! What the areas of a ranking list do to its index: shares of its variance, correlations,
//! reliability. All exact; only roots are rounded.

use crate::framework::NodeId;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::share::Share;
use crate::score::results::Results;

/// Fewest units over which anything is computed.
pub const FEWEST: usize = 3;

/// Units below which such figures say little: of five units chance alone gives a correlation beyond
/// ±0.8 one time in ten.
pub const FEW: usize = 6;
/// Decimals of coefficients that need a root.
pub const ROOT_PLACES: u8 = 4;

/// The areas of one block.
#[derive(Clone, Debug, PartialEq)]
pub struct Areas {
    /// Units with an index.
    pub units: usize,
    /// In the order of the criteria set, areas of bonus and penalty points last where they stand so.
    pub areas: Vec<Area>,
    /// Cronbach's alpha of the component indices of the areas that every unit has; `None` when there
    /// are fewer than two such areas, or too few units, or all units are alike.
    pub alpha: Option<Exact>,
    /// Positions of the areas over which alpha was taken.
    pub alpha_areas: Vec<usize>,
}

/// One area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its node.
    pub node: NodeId,
    /// Its part of the full scale, in percent; 0 for bonus and penalty points.
    pub nominal: Exact,
    /// Its share of the variance of the index: the covariance of the area's contribution (its points
    /// / the unit's scale × 100) with the index, divided by the variance of the index; in percent.
    /// The shares of all areas add up to 100 unless a total was cut at 0 or at the scale. Negative
    /// when the area works against the order of the list.
    pub effective: Option<Exact>,
    /// Correlation of its component index with that of every area of the block.
    pub correlations: Vec<Correlation>,
}

/// How far two areas go together, from −1 to 1, rounded to [`ROOT_PLACES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Correlation {
    /// Units for which both areas are evaluated.
    pub units: usize,
    /// Pearson's coefficient; `None` of fewer than [`FEWEST`] units or of an area without variance.
    pub pearson: Option<Decimal>,
    /// Spearman's: Pearson's of the ranks, equal values sharing the mean of their ranks.
    pub spearman: Option<Decimal>,
}

/// The areas of a block.
pub fn areas(results: &Results, block: usize) -> Areas {
    let set = &results.year.sets[results.year.blocks[block].set];
    let standing = &results.standing;
    let members = standing.blocks[block].iter().copied();
    let ranked: Vec<(usize, Share)> =
        members.filter_map(|unit| standing.units[unit].index.map(|index| (unit, index))).collect();
    let nodes: Vec<NodeId> = set.nodes().filter(|(_, node)| node.depth == 1).map(|(id, _)| id).collect();
    let index: Vec<Exact> = ranked.iter().map(|(_, index)| index.percent()).collect();
    let components: Vec<Vec<Option<Exact>>> = nodes
        .iter()
        .map(|node| {
            let percent = |unit: usize| Some(standing.units[unit].node(set, *node).share()?.percent());
            ranked.iter().map(|(unit, _)| percent(*unit)).collect()
        })
        .collect();
    let area = |node: &NodeId| {
        let contribution = |(unit, index): &(usize, Share)| {
            let earned = standing.units[*unit].node(set, *node).earned;
            Exact::ratio(i128::from(earned.millionths()) * 100, i128::from(index.of().millionths()))
        };
        let contributions: Vec<Exact> = ranked.iter().map(contribution).collect();
        let nominal = if set.is_adjustment(*node) { Exact::zero() } else { set.node(*node).max.exact() };
        Area {
            node: *node,
            nominal: (&nominal * &Exact::whole(100))
                .checked_div(&set.full_scale.exact())
                .unwrap_or_else(Exact::zero),
            effective: share_of_variance(&contributions, &index),
            // Filled below: each pair is computed once.
            correlations: vec![Correlation::default(); nodes.len()],
        }
    };
    let complete = |area: &usize| components[*area].iter().all(Option::is_some);
    let alpha_areas: Vec<usize> = (0..nodes.len()).filter(complete).collect();
    let items: Vec<Vec<Exact>> =
        alpha_areas.iter().map(|area| components[*area].iter().flatten().cloned().collect()).collect();
    let mut areas: Vec<Area> = nodes.iter().map(area).collect();
    for one in 0..nodes.len() {
        for other in 0..=one {
            let correlation = correlation(&components[one], &components[other]);
            areas[one].correlations[other] = correlation;
            areas[other].correlations[one] = correlation;
        }
    }
    Areas { units: ranked.len(), areas, alpha: alpha(&items), alpha_areas }
}

/// cov(part, whole) / var(whole) × 100; `None` of too few values or a whole that does not vary.
fn share_of_variance(part: &[Exact], whole: &[Exact]) -> Option<Exact> {
    if whole.len() < FEWEST {
        return None;
    }
    let share = products(part, whole).checked_div(&products(whole, whole))?;
    Some(&share * &Exact::whole(100))
}

/// Cronbach's alpha: k / (k − 1) × (1 − sum of the items' variances / variance of their sum).
///
/// `items` has one list an item, with one value a unit. `None` of fewer than two items or
/// [`FEWEST`] units, or when the sum does not vary.
pub fn alpha(items: &[Vec<Exact>]) -> Option<Exact> {
    let units = items.first().map_or(0, Vec::len);
    if items.len() < 2 || units < FEWEST {
        return None;
    }
    let sums: Vec<Exact> =
        (0..units).map(|unit| items.iter().fold(Exact::zero(), |sum, item| &sum + &item[unit])).collect();
    let single = items.iter().fold(Exact::zero(), |sum, item| &sum + &products(item, item));
    let ratio = single.checked_div(&products(&sums, &sums))?;
    let count = i128::try_from(items.len()).expect("few areas");
    Some(&Exact::ratio(count, count - 1) * &(&Exact::whole(1) - &ratio))
}

/// Pearson's and Spearman's coefficients over the units that have both values.
pub fn correlation(one: &[Option<Exact>], other: &[Option<Exact>]) -> Correlation {
    let both = one.iter().zip(other).filter_map(|(one, other)| one.clone().zip(other.clone()));
    let (one, other): (Vec<Exact>, Vec<Exact>) = both.unzip();
    if one.len() < FEWEST {
        return Correlation { units: one.len(), ..Correlation::default() };
    }
    Correlation {
        units: one.len(),
        pearson: pearson(&one, &other),
        spearman: pearson(&ranks(&one), &ranks(&other)),
    }
}

fn pearson(one: &[Exact], other: &[Exact]) -> Option<Decimal> {
    let product = products(one, other);
    let square = (&product * &product).checked_div(&(&products(one, one) * &products(other, other)))?;
    let root = square.root(ROOT_PLACES)?;
    Some(if product.signum() < 0 { Decimal::new(-root.units(), root.places()) } else { root })
}

/// n × the sum of the products of deviations from the means: n·Σxy − Σx·Σy. Divisors cancel in every
/// use.
fn products(one: &[Exact], other: &[Exact]) -> Exact {
    let count = Exact::whole(i128::try_from(one.len()).expect("few units"));
    let (mut sum, mut sum_one, mut sum_other) = (Exact::zero(), Exact::zero(), Exact::zero());
    for (one, other) in one.iter().zip(other) {
        sum = &sum + &(one * other);
        sum_one = &sum_one + one;
        sum_other = &sum_other + other;
    }
    &(&count * &sum) - &(&sum_one * &sum_other)
}

/// Ranks from the smallest, equal values sharing the mean of theirs.
fn ranks(values: &[Exact]) -> Vec<Exact> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].cmp(&values[*b]));
    let mut ranks = vec![Exact::zero(); values.len()];
    let mut below = 0;
    for equal in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = Exact::ratio(i128::try_from(2 * below + equal.len() + 1).expect("few units"), 2);
        equal.iter().for_each(|unit| ranks[*unit] = rank.clone());
        below += equal.len();
    }
    ranks
}
