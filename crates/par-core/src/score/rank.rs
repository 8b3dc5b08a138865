//! Order, places and classes inside a block.

use super::UnitStanding;
use crate::framework::{Class, Compare, ExemptionMethod, Framework, TieBreaker, Ties};
use crate::points::Points;
use crate::points::share::Share;
use crate::year::status::Status;
use crate::year::{Unit, Year};

/// Ranks the units of a block: sets their places and classes and returns them in order. Units of
/// equal place stand in the order of the year's list.
pub(super) fn rank(year: &Year, block: usize, units: &mut [UnitStanding]) -> Vec<usize> {
    let set = &year.sets[year.blocks[block].set];
    let ranked = |unit: &Unit| unit.block == block && unit.status == Status::Ranked;
    let in_block = (0..units.len()).filter(|unit| ranked(&year.units[*unit]));
    let mut order: Vec<(Key, usize)> = in_block.map(|unit| (key(set, &units[unit]), unit)).collect();
    order.sort_by(|(a, _), (b, _)| b.cmp(a));
    let classes = year.classes_of(block);
    let mut place = 0;
    for (i, (key, unit)) in order.iter().enumerate() {
        let ties = i > 0 && order[i - 1].0 == *key;
        if !ties {
            place = match set.settings.ties {
                Ties::Dense => place + 1,
                Ties::Share | Ties::Breaker(_) => u32::try_from(i + 1).expect("fewer units than 2^32"),
            };
        }
        let standing = &mut units[*unit];
        standing.place = standing.index.map(|_| place);
        standing.class = standing.index.and_then(|index| class_of(classes, index));
    }
    order.into_iter().map(|(_, unit)| unit).collect()
}

/// What units of a block are compared by: the index, then the tie-breaker. Greater is better; a unit
/// without index is last.
type Key = (Option<Share>, Option<Share>);

fn key(set: &Framework, unit: &UnitStanding) -> Key {
    let settings = &set.settings;
    // Numbers that are no share of anything are compared as shares of one point.
    let plain = |points: Points| Share::new(points, Points::whole(1));
    // Points stretched to the full scale, which is the same for all units of the set, are in the order of
    // their shares of each unit's scale: the order of the column a reader sees.
    let column = |points: Points| match settings.exemption {
        ExemptionMethod::ReduceScale => plain(points),
        ExemptionMethod::RescaleToFull => Share::new(points, unit.scale),
    };
    let index = match settings.compare {
        Compare::Exact => unit.index,
        Compare::Printed => unit
            .index
            .and_then(|index| plain(index.rounded(settings.print_places, settings.print_rounding).points()?)),
    };
    let breaker = match &settings.ties {
        Ties::Share | Ties::Dense => None,
        Ties::Breaker(TieBreaker::Survey) => column(unit.survey),
        Ties::Breaker(TieBreaker::Appraisal) => column(unit.appraisal),
        Ties::Breaker(TieBreaker::Node(code)) => set.find(code).and_then(|node| {
            let points = unit.node(set, node);
            // Bonus and penalty points are a share of nothing; fewer points off are better.
            if set.is_adjustment(node) { column(points.earned) } else { points.share() }
        }),
    };
    (index, breaker)
}

/// The first class whose lower bound the exact index reaches.
pub fn class_of(classes: &[Class], index: Share) -> Option<usize> {
    classes.iter().position(|class| index.reaches(class.from))
}
