//! The standing recomputed another way: sums leaf by leaf, places by counting who is better.

use std::collections::BTreeSet;

use par_core::framework::{Cap, Compare, Framework, TieBreaker, Ties};
use par_core::points::Points;
use par_core::points::exact::Exact;
use par_core::rule::Rule;
use par_core::score::{Standing, UnitStanding, binding, printed_points};
use par_core::year::status::Status;
use par_core::year::{Unit, Year};

use crate::fact::Fact;
use crate::finding::Findings;

pub(super) fn check(year: &Year, standing: &Standing, findings: &mut Findings) {
    for (position, unit) in standing.units.iter().enumerate() {
        sums(year, position, unit, findings);
        index_and_class(year, position, unit, findings);
    }
    for block in 0..year.blocks.len() {
        places(year, block, standing, findings);
    }
}

fn sums(year: &Year, position: usize, unit: &UnitStanding, findings: &mut Findings) {
    let (set, code) = (year.set_of(position), &year.units[position].code);
    let (points, applies) = (points_of(year, position), year.applicable(position));
    let maxima: Vec<Points> = set.leaves().map(|(_, node)| set.node(node).max).collect();
    for (id, node) in set.nodes() {
        let below = || set.leaves_below(id).filter(|leaf| applies[*leaf]);
        let earned: Points = below().map(|leaf| points[leaf]).sum();
        let max: Points = below().map(|leaf| maxima[leaf]).sum();
        let said = unit.node(set, id);
        let place = format!("{code} {}", node.code);
        findings.same(
            Fact::NodeSum,
            place,
            format!("{} of {}", said.earned, said.max),
            format!("{earned} of {max}"),
        );
    }
    let most = if set.settings.cap == Cap::Scale { unit.scale } else { Points::from_millionths(i64::MAX) };
    let total =
        (unit.appraisal + unit.survey + unit.adjustment()).clamp(Points::ZERO, most.max(Points::ZERO));
    findings.same(Fact::TotalSum, code, unit.total, total);
    let in_scale = |rule: &Rule| match rule {
        Rule::Bonus(_) => set.bonus_in_scale,
        rule => !rule.is_adjustment(),
    };
    let counted =
        set.leaves().filter(|(leaf, _)| applies[leaf.index()] && in_scale(&set.scoring(*leaf).rule));
    let scale: Points = counted.map(|(_, node)| set.node(node).max).sum();
    findings.same(Fact::ScaleSum, code, unit.scale, scale);
}

/// Binding points of a unit's leaves, looked up one by one.
fn points_of(year: &Year, unit: usize) -> Vec<Points> {
    let leaves = year.set_of(unit).leaves();
    let found = leaves.map(|(leaf, _)| binding(year, unit, leaf).map(|(points, _)| points));
    found.map(Option::unwrap_or_default).collect()
}

fn index_and_class(year: &Year, position: usize, unit: &UnitStanding, findings: &mut Findings) {
    let code = &year.units[position].code;
    let classes = year.classes_of(year.units[position].block);
    let percent = unit.index.map(|index| index.percent());
    let capped = year.set_of(position).settings.cap == Cap::Scale;
    if let Some(percent) = &percent
        && (*percent < Exact::zero() || capped && *percent > Exact::whole(100))
    {
        findings.add(Fact::IndexBounds, code, percent, "0 to 100");
    }
    let reached = percent.and_then(|percent| {
        let reached = classes.iter().enumerate().filter(|(_, class)| class.from.exact() <= percent);
        reached.max_by_key(|(_, class)| class.from).map(|(class, _)| class)
    });
    let reached = reached.filter(|_| year.units[position].status == Status::Ranked);
    let told = |class: Option<usize>| class.map_or("none", |class| classes[class].name.as_str());
    findings.same(Fact::ClassOfIndex, code, told(unit.class), told(reached));
}

fn places(year: &Year, block: usize, standing: &Standing, findings: &mut Findings) {
    let set = &year.sets[year.blocks[block].set];
    let ranked = |unit: &Unit| unit.block == block && unit.status == Status::Ranked;
    let members: Vec<usize> = (0..year.units.len()).filter(|unit| ranked(&year.units[*unit])).collect();
    let merits: Vec<Option<Vec<Exact>>> =
        members.iter().map(|unit| merit(set, &standing.units[*unit])).collect();
    for (unit, own) in members.iter().zip(&merits) {
        let better = merits.iter().filter(|other| *other > own);
        let place = own.as_ref().map(|_| match set.settings.ties {
            Ties::Dense => better.collect::<BTreeSet<_>>().len() + 1,
            Ties::Share | Ties::Breaker(_) => better.count() + 1,
        });
        let told = |place: Option<usize>| place.map_or("none".to_owned(), |place| place.to_string());
        let said = standing.units[*unit].place.map(|place| place as usize);
        findings.same(Fact::Place, &year.units[*unit].code, told(said), told(place));
    }
    let outside = |unit: &Unit| unit.block == block && unit.status != Status::Ranked;
    for (unit, named) in standing.units.iter().zip(&year.units).filter(|(_, named)| outside(named)) {
        let told = unit.place.map_or("none".to_owned(), |place| place.to_string());
        findings.same(Fact::Place, &named.code, told, "none".to_owned());
    }
    let mut listed = standing.blocks[block].clone();
    let best_first = listed
        .windows(2)
        .all(|pair| merit(set, &standing.units[pair[0]]) >= merit(set, &standing.units[pair[1]]));
    listed.sort_unstable();
    if listed != members || !best_first {
        let said = format!("{:?}", standing.blocks[block]);
        findings.add(Fact::BlockOrder, &year.blocks[block].id, said, "every ranked unit once, best first");
    }
}

/// What a unit is ranked by: its index, then the tie-breaker's figure.
fn merit(set: &Framework, unit: &UnitStanding) -> Option<Vec<Exact>> {
    let settings = &set.settings;
    let index = unit.index?;
    let index = match settings.compare {
        Compare::Exact => index.percent(),
        Compare::Printed => index.rounded(settings.print_places, settings.print_rounding).exact(),
    };
    let breaker = match &settings.ties {
        Ties::Share | Ties::Dense => None,
        Ties::Breaker(TieBreaker::Survey) => Some(printed_points(set, unit.survey, unit.scale)),
        Ties::Breaker(TieBreaker::Appraisal) => Some(printed_points(set, unit.appraisal, unit.scale)),
        Ties::Breaker(TieBreaker::Node(code))
            if set.find(code).is_some_and(|node| set.is_adjustment(node)) =>
        {
            set.find(code).map(|node| printed_points(set, unit.node(set, node).earned, unit.scale))
        }
        Ties::Breaker(TieBreaker::Node(code)) => {
            set.find(code).and_then(|node| unit.node(set, node).share()).map(|share| share.percent())
        }
    };
    Some(std::iter::once(index).chain(breaker).collect())
}

#[cfg(test)]
#[path = "../../../par-core/tests/it/common.rs"]
mod common;

#[cfg(test)]
mod tests {
    use par_core::score::evaluate;

    use super::*;

    /// A way to falsify a standing.
    type Falsify = fn(&mut Standing);

    #[test]
    fn a_falsified_standing_is_found_as_what_it_is() {
        let year = common::demo_year();
        let sound = evaluate(&year);
        let rows: [(Falsify, &[Fact]); 7] = [
            (|_| {}, &[]),
            (|standing| standing.units[0] = standing.units[1].clone(), &[Fact::NodeSum, Fact::Place]),
            (|standing| standing.units[0].total += Points::whole(1), &[Fact::TotalSum]),
            (|standing| standing.units[0].scale += Points::whole(1), &[Fact::ScaleSum]),
            (|standing| standing.units[0].place = Some(40), &[Fact::Place]),
            (|standing| standing.blocks[0].swap(0, 3), &[Fact::BlockOrder]),
            (|standing| standing.units[0].class = None, &[Fact::ClassOfIndex]),
        ];
        for (falsify, expected) in rows {
            let mut standing = sound.clone();
            falsify(&mut standing);
            let mut findings = Findings::of(year.year);
            check(&year, &standing, &mut findings);
            let mut found: Vec<Fact> = findings.list.iter().map(|finding| finding.fact).collect();
            found.dedup();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn an_index_above_100_is_found() {
        let year = common::demo_year();
        let mut standing = evaluate(&year);
        let (points, of) = (Points::whole(101), Points::whole(100));
        standing.units[0].index = par_core::points::share::Share::new(points, of);
        let mut findings = Findings::of(year.year);
        check(&year, &standing, &mut findings);
        assert!(findings.list.iter().any(|finding| finding.fact == Fact::IndexBounds));
    }
}
