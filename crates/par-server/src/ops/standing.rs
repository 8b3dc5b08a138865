//! The standing as rows: what the command line, pages and data files print.

use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::points::rounding::Rounding;
use par_core::points::{POINT_PLACES, Points};
use par_core::score::results::{Measure, Results, Scope};
use par_core::score::{printed_points, printed_scale};
use par_core::words;
use par_core::year::status::Status;
use serde::Serialize;

/// A number as printed, with the exact one beside it.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// Rounded to the set's printed places, decimal point.
    #[serde(serialize_with = "as_text")]
    pub printed: Decimal,
    /// Points as a decimal, such as `85.6685`; percents as a fraction in lowest terms, such as `4283670/49`.
    pub exact: String,
}

/// One unit.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The block's id.
    pub block: String,
    /// `ranked`, `scored` or `not_evaluated`; nothing in a year whose units are all ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// What becomes of a unit that is not ranked, and on what ground, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Place in the block.
    pub place: Option<u32>,
    /// The unit's name.
    pub unit: String,
    /// The unit's code.
    pub code: String,
    /// Points from leaves that are not surveyed, without bonus and penalty points. Like all points, nothing
    /// while something is not yet scored.
    pub appraisal: Option<Shown>,
    /// Points from survey leaves.
    pub survey: Option<Shown>,
    /// Bonus points; nothing where no set has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus: Option<Shown>,
    /// Penalty points, 0 or below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub penalty: Option<Shown>,
    /// What the limits of a total took away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<Shown>,
    /// All points together.
    pub total: Option<Shown>,
    /// The unit's scale; nothing when it is not evaluated.
    pub scale: Option<Shown>,
    /// Index in percent.
    pub index: Option<Shown>,
    /// Class.
    pub class: Option<String>,
    /// Change against the year before in percentage points.
    pub change: Option<Shown>,
    /// Criteria that are not yet scored; the unit has no result while there is one.
    #[serde(skip_serializing_if = "is_zero")]
    pub unscored: usize,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A mean of indices.
#[derive(Clone, Debug, Serialize)]
pub struct Mean {
    /// `block`, `cluster` or `province`.
    pub of: &'static str,
    /// The block's or cluster's id; empty for the province.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The mean in percent.
    pub mean: Option<Shown>,
    /// Change against the year before in percentage points.
    pub change: Option<Shown>,
}

/// Ranked units in report order, then the others.
pub fn rows(results: &Results) -> Vec<Row> {
    let others = results.unranked(Scope::Province);
    results.units(Scope::Province).into_iter().chain(others).map(|unit| row(results, unit)).collect()
}

/// Means of all blocks, all clusters and the province.
pub fn means(results: &Results) -> Vec<Mean> {
    let year = &results.year;
    let blocks =
        year.blocks.iter().enumerate().map(|(i, block)| ("block", block.id.clone(), Scope::Block(i)));
    let clusters = year
        .clusters
        .iter()
        .enumerate()
        .map(|(i, cluster)| ("cluster", cluster.id.clone(), Scope::Cluster(i)));
    let shown = |scope: Scope, exact: Exact| {
        let (places, mode) = results.print_in(scope);
        Shown { printed: mode.apply(&exact, places), exact: exact.to_string() }
    };
    blocks
        .chain(clusters)
        .chain([("province", String::new(), Scope::Province)])
        .map(|(of, id, scope)| Mean {
            of,
            id,
            name: results.scope_name(scope, Language::Vi).to_owned(),
            mean: results.mean(scope, &Measure::Index).map(|exact| shown(scope, exact)),
            change: results.mean_change(scope, &Measure::Index).map(|exact| shown(scope, exact)),
        })
        .collect()
}

fn row(results: &Results, unit: usize) -> Row {
    let standing = &results.standing.units[unit];
    let (set, named) = (results.year.set_of(unit), &results.year.units[unit]);
    let is_evaluated = results.year.is_evaluated(unit);
    let says_status = !results.unranked(Scope::Province).is_empty();
    let (places, mode) = results.print_of(unit);
    let shown = |exact: Exact| Shown { printed: mode.apply(&exact, places), exact: exact.to_string() };
    let points = |points| {
        (standing.unscored == 0 && is_evaluated)
            .then(|| in_points(&printed_points(set, points, standing.scale), places, mode))
    };
    let adjusted = results.year.has_adjustments();
    Row {
        block: results.year.blocks[named.block].id.clone(),
        status: says_status.then(|| named.status.name()),
        remark: (named.status != Status::Ranked).then(|| words::status_of(named, Language::Vi)),
        place: standing.place,
        unit: named.name.clone(),
        code: named.code.clone(),
        appraisal: points(standing.appraisal),
        survey: points(standing.survey),
        bonus: points(standing.bonus).filter(|_| adjusted),
        penalty: points(standing.penalty).filter(|_| adjusted),
        cut: points(standing.cut()).filter(|_| adjusted),
        total: points(standing.total),
        scale: is_evaluated.then(|| in_points(&printed_scale(set, standing.scale).exact(), places, mode)),
        index: standing.index.map(|index| shown(index.percent())),
        class: results.class_name(unit).map(str::to_owned),
        change: results.change(unit, &Measure::Index).map(shown),
        unscored: standing.unscored,
    }
}

/// Points are decimals; only rescaling to the full scale can make a fraction of them that is none.
fn in_points(exact: &Exact, places: u8, mode: Rounding) -> Shown {
    let decimal = Points::nearest(exact, POINT_PLACES, mode).filter(|points| points.exact() == *exact);
    Shown {
        printed: mode.apply(exact, places),
        exact: decimal.map_or_else(|| exact.to_string(), |points| points.to_string()),
    }
}

fn as_text<S: serde::Serializer>(decimal: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(decimal)
}
