//! Order, places and classes inside a block.

use std::cmp::Ordering;

use super::UnitStanding;
use crate::framework::{Class, Compare, Framework, TieBreaker, Ties};
use crate::points::share::Share;
use crate::year::Year;

/// Ranks the units of a block: sets their places and classes and returns them in order. Units of
/// equal place stand in the order of the year's list.
pub(super) fn rank(year: &Year, block: usize, units: &mut [UnitStanding]) -> Vec<usize> {
    let set = &year.sets[year.blocks[block].set];
    let mut order: Vec<usize> = (0..units.len()).filter(|unit| year.units[*unit].block == block).collect();
    order.sort_by(|a, b| compare(set, &units[*b], &units[*a]));
    let mut place = 0;
    for (i, unit) in order.iter().enumerate() {
        let ties = i > 0 && compare(set, &units[order[i - 1]], &units[*unit]) == Ordering::Equal;
        if !ties {
            place = match set.settings.ties {
                Ties::Dense => place + 1,
                Ties::Share | Ties::Breaker(_) => u32::try_from(i + 1).expect("fewer units than 2^32"),
            };
        }
        units[*unit].place = units[*unit].index.map(|_| place);
        units[*unit].class = units[*unit].index.and_then(|index| class_of(year.classes_of(block), index));
    }
    order
}

/// Orders two units by the set's rule; greater is better, a unit without index is last.
fn compare(set: &Framework, a: &UnitStanding, b: &UnitStanding) -> Ordering {
    let settings = &set.settings;
    let by_index = match settings.compare {
        Compare::Exact => a.index.cmp(&b.index),
        Compare::Printed => {
            let printed = |unit: &UnitStanding| {
                unit.index.map(|index| index.rounded(settings.print_places, settings.print_rounding))
            };
            printed(a).cmp(&printed(b))
        }
    };
    by_index.then_with(|| match &settings.ties {
        Ties::Share | Ties::Dense => Ordering::Equal,
        Ties::Breaker(TieBreaker::Survey) => a.survey.cmp(&b.survey),
        Ties::Breaker(TieBreaker::Appraisal) => a.appraisal.cmp(&b.appraisal),
        Ties::Breaker(TieBreaker::Node(code)) => {
            let share =
                |unit: &UnitStanding| set.find(code).and_then(|node| unit.nodes[node.index()].share());
            share(a).cmp(&share(b))
        }
    })
}

/// The first class whose lower bound the exact index reaches.
pub fn class_of(classes: &[Class], index: Share) -> Option<usize> {
    classes.iter().position(|class| index.reaches(class.from))
}
