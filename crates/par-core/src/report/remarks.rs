//! The units of which a remark of the wording holds, by the tests that it names.
//!
//! Must not know: what the remark says of them.

use super::look_up::Reader;
use super::value::{Units, Value};
use super::wording::Test;
use crate::points::Points;
use crate::score::results::{Results, Scope};

impl Reader<'_> {
    /// Units of which one of the tests of their criteria set holds.
    pub(super) fn found(&self, tests: &[(String, Test)]) -> Value {
        let results = self.results;
        let mine = |unit: usize| {
            let set = &results.year.set_of(unit).id;
            tests.iter().filter(move |(id, _)| id == set).map(|(_, test)| test)
        };
        let units: Vec<usize> =
            results.units(Scope::Province).into_iter().filter(|unit| mine(*unit).next().is_some()).collect();
        let of = units.len();
        let found = units.into_iter().filter(|unit| mine(*unit).any(|test| holds(results, *unit, test)));
        Value::Units(Units { found: found.map(|unit| self.named(unit)).collect(), of, figure: None })
    }
}

fn holds(results: &Results, unit: usize, test: &Test) -> bool {
    let set = results.year.set_of(unit);
    let Some(node) = set.find(test.code()) else { return false };
    let points = results.standing.units[unit].node(set, node);
    match test {
        Test::Lost(_) => points.earned < points.max,
        Test::Earned(_) => points.earned > Points::ZERO,
        Test::Zero(_) => points.max > Points::ZERO && points.earned == Points::ZERO,
        Test::Event(_, input) => {
            let Some(leaf) = set.leaf(node) else { return false };
            let binding = results.year.leaf_file(unit, leaf).binding();
            binding.is_some_and(|(_, judgement)| judgement.inputs.count(input).is_ok_and(|count| count > 0))
        }
    }
}
