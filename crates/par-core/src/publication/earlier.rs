//! Tables as packages of the first two forms have them: changes were reckoned otherwise then.
//!
//! The index of the year before was not rounded before it was taken off, and a mean of the year before was
//! taken over all of a scope's units that had one, whether or not this year's mean was over the same; all
//! means printed as the year's first set. What was published so stays right as it was published.

use std::cmp::Ordering;

use super::standing::decimal_or_fraction;
use super::table::Table;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::score::results::{Measure, Results, Scope};
use crate::year::ProvinceMean;

/// The tables with the figures of changes as they were reckoned for packages of the first two forms.
pub fn reckoned_as_then(results: &Results, mut tables: Vec<Table>) -> Vec<Table> {
    for table in &mut tables {
        match table.name {
            "units" | "changes" => unit_changes(results, table),
            "means" => means(results, table),
            "counts" => counts(results, table),
            _ => {}
        }
    }
    tables
}

/// The change of a unit's index.
fn change(results: &Results, unit: usize) -> Option<Exact> {
    let before = results.previous(unit, &Measure::Index)?;
    Some(&results.printed(unit, &Measure::Index)?.exact() - &before)
}

fn unit_changes(results: &Results, table: &mut Table) {
    let (change_at, exact_at) = (place(table, "change"), place(table, "change_exact"));
    for row in &mut table.rows {
        let Some(unit) = results.year.find_unit(&row[0]) else { continue };
        let [printed, exact] = cells(results.print_of(unit), change(results, unit));
        (row[change_at], row[exact_at]) = (printed, exact);
    }
}

fn means(results: &Results, table: &mut Table) {
    let columns = ["mean", "previous", "change"].map(|name| place(table, name));
    for row in &mut table.rows {
        let Some((scope, measure)) = of_row(results, row) else { continue };
        let (now, before) = (results.mean(scope, &measure), previous_mean(results, scope, &measure));
        let change = now.as_ref().zip(before.as_ref()).map(|(now, before)| now - before);
        for (at, value) in columns.into_iter().zip([now, before, change]) {
            let [printed, exact] = cells(results.print(), value);
            (row[at], row[at + 1]) = (printed, exact);
        }
    }
}

fn previous_mean(results: &Results, scope: Scope, measure: &Measure) -> Option<Exact> {
    if scope == Scope::Province && results.year.province_mean == ProvinceMean::ClusterMeans {
        let clusters = (0..results.year.clusters.len()).map(Scope::Cluster);
        let means = clusters.filter_map(|cluster| previous_mean(results, cluster, measure));
        return Exact::mean(&means.collect::<Vec<_>>());
    }
    let evaluated = results.units(scope).into_iter().filter(|unit| results.share(*unit, measure).is_some());
    let values: Vec<Exact> = evaluated.filter_map(|unit| results.previous(unit, measure)).collect();
    Exact::mean(&values)
}

/// How many units' index went up or down, by the change as it printed.
fn counts(results: &Results, table: &mut Table) {
    let [measure_at, what_at, count_at] = ["measure", "what", "count"].map(|name| place(table, name));
    for row in &mut table.rows {
        let way = match row[what_at].as_str() {
            "up" => Ordering::Greater,
            "down" => Ordering::Less,
            _ => continue,
        };
        let Some((scope, _)) = of_row(results, row).filter(|_| row[measure_at] == "index") else { continue };
        let went = |unit: &usize| {
            let (places, mode) = results.print_of(*unit);
            change(results, *unit).is_some_and(|change| mode.apply(&change, places).units().cmp(&0) == way)
        };
        row[count_at] = results.units(scope).iter().filter(|unit| went(unit)).count().to_string();
    }
}

/// The scope and measure of a row of means or counts.
fn of_row(results: &Results, row: &[String]) -> Option<(Scope, Measure)> {
    let scope = match row[0].as_str() {
        "block" => Scope::Block(results.year.blocks.iter().position(|block| block.id == row[1])?),
        "cluster" => Scope::Cluster(results.year.clusters.iter().position(|one| one.id == row[1])?),
        _ => Scope::Province,
    };
    Some((scope, if row[2] == "index" { Measure::Index } else { Measure::Node(row[2].clone()) }))
}

fn place(table: &Table, name: &str) -> usize {
    table.columns.iter().position(|column| column.name == name).expect("a column of this table")
}

fn cells((places, mode): (u8, Rounding), exact: Option<Exact>) -> [String; 2] {
    let cells = |exact: Exact| [mode.apply(&exact, places).to_string(), decimal_or_fraction(&exact)];
    exact.map(cells).unwrap_or_default()
}
