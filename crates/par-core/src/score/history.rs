//! Several years read as one: a unit followed through its predecessors, means year by year.
//!
//! Every year stays as it was evaluated; nothing is recomputed by another year's rules.

use super::results::{Lineage, Measure, Results, Scope};
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;

/// The years of one province.
#[derive(Clone, Copy, Debug)]
pub struct History<'r> {
    years: &'r [&'r Results],
}

/// A year of a unit's history, or of a mean's.
#[derive(Clone, Debug)]
pub struct Step<'r> {
    /// The year.
    pub year: u16,
    /// What it is known from.
    pub known: Known<'r>,
}

/// What a year of a unit is known from.
#[derive(Clone, Debug)]
pub enum Known<'r> {
    /// The year's own results: the units, several where a later unit continues them together.
    Results(&'r Results, Vec<usize>),
    /// Figures that the year after cites, by the codes of the units, with a unit of the year after that
    /// continues them.
    Cited(&'r Results, usize, Vec<String>),
}

impl<'r> History<'r> {
    /// Years from the earliest to the latest, each once.
    ///
    /// # Panics
    /// If they do not rise.
    pub fn of(years: &'r [&'r Results]) -> History<'r> {
        assert!(years.windows(2).all(|pair| pair[0].year.year < pair[1].year.year), "years rise");
        History { years }
    }

    /// The years' results, from the earliest.
    pub fn years(&self) -> &'r [&'r Results] {
        self.years
    }

    /// All years with figures: those evaluated, and those of which a later one cites figures.
    pub fn known(&self) -> Vec<u16> {
        let cited = self.years.iter().filter_map(|results| {
            results.year.previous.as_ref().filter(|previous| !previous.units.is_empty()).map(|one| one.year)
        });
        let mut known: Vec<u16> = self.years.iter().map(|results| results.year.year).chain(cited).collect();
        known.sort_unstable();
        known.dedup();
        known
    }

    /// The results of a year, when it was evaluated.
    pub fn results(&self, year: u16) -> Option<&'r Results> {
        self.years.iter().find(|results| results.year.year == year).copied()
    }

    /// The latest year that has a unit under this part of an address, and the unit.
    pub fn find(&self, slug: &str) -> Option<(&'r Results, usize)> {
        self.years.iter().rev().find_map(|results| {
            results.year.units.iter().position(|unit| unit.slug == slug).map(|unit| (*results, unit))
        })
    }

    /// A unit's years from the earliest that can be reached through predecessors up to the given one.
    /// The way ends where a unit is new, where the year before is not known, or behind a year of
    /// which only cited figures are known.
    pub fn follow(&self, results: &'r Results, unit: usize) -> Vec<Step<'r>> {
        let mut steps = Vec::new();
        let (mut results, mut units) = (results, vec![unit]);
        loop {
            let year = &results.year;
            steps.push(Step { year: year.year, known: Known::Results(results, units.clone()) });
            let mut codes: Vec<String> = Vec::new();
            for code in units.iter().flat_map(|unit| &year.units[*unit].predecessors) {
                if !codes.contains(code) {
                    codes.push(code.clone());
                }
            }
            let Some(previous) = year.previous.as_ref().filter(|_| !codes.is_empty()) else { break };
            let before = self.results(previous.year);
            let found = |before: &'r Results| -> Option<Vec<usize>> {
                codes.iter().map(|code| before.year.units.iter().position(|one| one.code == *code)).collect()
            };
            let Some(earlier) = before.and_then(found) else {
                if codes.iter().any(|code| previous.units.contains_key(code)) {
                    let known = Known::Cited(results, units[0], codes);
                    steps.push(Step { year: previous.year, known });
                }
                break;
            };
            (results, units) = (before.expect("units were found in it"), earlier);
        }
        steps.reverse();
        steps
    }

    /// The units that continue a unit in the year after, with that year; empty when it is not known.
    pub fn successors(&self, results: &Results, unit: usize) -> Vec<(&'r Results, usize)> {
        let code = &results.year.units[unit].code;
        let after = self.years.iter().find(|later| {
            later.year.previous.as_ref().is_some_and(|previous| previous.year == results.year.year)
        });
        let units = after.into_iter().flat_map(|later| {
            later.year.units.iter().enumerate().map(move |(position, unit)| (*later, position, unit))
        });
        units
            .filter(|(_, _, unit)| unit.predecessors.contains(code))
            .map(|(later, position, _)| (later, position))
            .collect()
    }

    /// The mean of a measure over a scope of `results` in one of the known years: its own, or what it
    /// cites of the year before over the same units. `None` for any other year.
    pub fn mean(&self, results: &Results, year: u16, scope: Scope, measure: &Measure) -> Option<Exact> {
        if results.year.year == year {
            return results.mean(scope, measure);
        }
        let previous = results.year.previous.as_ref().is_some_and(|previous| previous.year == year);
        previous.then(|| results.previous_mean(scope, measure)).flatten()
    }

    /// Figures of a year that the year after cites otherwise than the year itself gives them: code,
    /// as given, as cited. Empty where only one of both is known.
    pub fn disagreements(&self, later: &Results) -> Vec<(String, Decimal, Decimal)> {
        let Some(previous) = &later.year.previous else { return Vec::new() };
        let Some(before) = self.results(previous.year) else { return Vec::new() };
        let given = |code: &String| {
            let unit = before.year.units.iter().position(|unit| unit.code == *code)?;
            before.printed(unit, &Measure::Index)
        };
        let both = previous.units.iter().filter_map(|(code, unit)| Some((code, given(code)?, unit.index?)));
        both.filter(|(_, given, cited)| given != cited).map(|(code, a, b)| (code.clone(), a, b)).collect()
    }
}

impl Step<'_> {
    /// Names of the units in that year. Of a year that is only cited, the name of the unit that goes
    /// by the same code a year later, or the code.
    pub fn names(&self) -> Vec<String> {
        match &self.known {
            Known::Results(results, units) => {
                units.iter().map(|unit| results.year.units[*unit].name.clone()).collect()
            }
            Known::Cited(results, _, codes) => {
                let named = |code: &String| results.year.units.iter().find(|unit| unit.code == *code);
                codes
                    .iter()
                    .map(|code| named(code).map_or_else(|| code.clone(), |one| one.name.clone()))
                    .collect()
            }
        }
    }

    /// The value in percent: the unit's, or the mean of several units'. Indices are taken as printed,
    /// as in [`Results::change`]. `None` when any of the units lacks it.
    pub fn value(&self, measure: &Measure) -> Option<Exact> {
        let values: Option<Vec<Exact>> = match &self.known {
            Known::Results(results, units) => {
                let one = |unit: &usize| match measure {
                    Measure::Index => results.printed(*unit, measure).map(Decimal::exact),
                    _ => results.share(*unit, measure).map(|share| share.percent()),
                };
                units.iter().map(one).collect()
            }
            Known::Cited(results, later, codes) => {
                let previous = results.year.previous.as_ref()?;
                // Cited components go by the codes of the set of the year that cites them.
                let node =
                    results.node(*later, measure).map(|node| &results.year.set_of(*later).node(node).code);
                let one = |code: &String| {
                    let unit = previous.units.get(code)?;
                    match measure {
                        Measure::Index => unit.index,
                        _ => unit.components.get(node?).copied(),
                    }
                    .map(Decimal::exact)
                };
                codes.iter().map(one).collect()
            }
        };
        Exact::mean(&values?)
    }

    /// The unit, where the year is evaluated and one unit stands for it.
    pub fn single(&self) -> Option<(&Results, usize)> {
        match &self.known {
            Known::Results(results, units) if units.len() == 1 => Some((results, units[0])),
            _ => None,
        }
    }

    /// How the unit relates to the year before; `None` for several units or a year only cited.
    pub fn lineage(&self) -> Option<Lineage> {
        let (results, unit) = self.single()?;
        Some(results.lineage(&results.year.units[unit]))
    }
}
