//! One leaf across the units of its set: from the self-score to the points that count.

use par_core::framework::LeafId;
use par_core::points::Points;
use par_core::score::results::{Results, Scope};

use super::On;
use super::pairs::{self, Group, Pair};
use super::svg::position;

/// The chart in points; `None` when no unit scored itself.
pub fn claims(results: &Results, set: usize, leaf: LeafId, on: On<'_>) -> Option<String> {
    let year = &results.year;
    let framework = &year.sets[set];
    let node = framework.leaf_node(leaf);
    let pair = |unit: usize| {
        let points = results.standing.units[unit].node(framework, node);
        points.share()?;
        let own = year.leaf_file(unit, leaf).own.as_ref().map(|own| own.points.full());
        let to = points.earned.full();
        let moved = own
            .filter(|own| *own != to)
            .map(|own| format!("{} → {}", on.language.number(own), on.language.number(to)));
        let label = year.units[unit].name.clone();
        Some(Pair { label, from: own, to, note: moved.unwrap_or_else(|| on.language.number(to)) })
    };
    let units = results.units(Scope::Province).into_iter();
    let pairs: Vec<Pair> =
        units.filter(|unit| year.blocks[year.units[*unit].block].set == set).filter_map(pair).collect();
    let max = framework.node(node).max;
    if max <= Points::ZERO || pairs.iter().all(|pair| pair.from.is_none()) {
        return None;
    }
    let max = position(max.decimal());
    let groups = [Group { name: String::new(), pairs }];
    let words = (on.say("điểm tự chấm", "self-score"), on.say("điểm có hiệu lực", "binding score"));
    pairs::draw(
        on,
        on.say("Điểm tự chấm và điểm có hiệu lực", "Self-scores and binding scores"),
        words,
        (0.0, max, max / 4.0),
        &groups,
    )
}
