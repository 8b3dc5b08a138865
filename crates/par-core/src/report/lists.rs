//! The lists that templates repeat something for.

use super::at::{At, Item, Scale, criteria};
use super::wording::Wording;
use crate::framework::NodeId;
use crate::points::Points;
use crate::points::exact::Exact;
use crate::publication::level::Level;
use crate::score::results::{Measure, Results, Scope};

/// Criteria shown in the list of those that lost most.
const MOST_LOST: usize = 10;
/// Leaves shown in the list of a unit's losses.
const UNIT_LOSSES: usize = 10;

/// The places of a list's items; `None` when there is no list of that name.
pub fn items(results: &Results, wording: &Wording, at: &At, list: &str) -> Option<Vec<At>> {
    let year = &results.year;
    let group = |scope: Scope| At { scope, ..at.with(Item::Group) };
    Some(match list {
        "khoi" => (0..year.clusters.len())
            .filter(|cluster| !results.units(Scope::Cluster(*cluster)).is_empty())
            .map(|cluster| group(Scope::Cluster(cluster)))
            .collect(),
        "bang" => (0..year.blocks.len())
            .filter(|block| match at.scope {
                Scope::Cluster(cluster) => year.blocks[*block].cluster == cluster,
                Scope::Block(one) => one == *block,
                Scope::Province => true,
            })
            .filter(|block| !results.standing.blocks[*block].is_empty())
            .map(|block| group(Scope::Block(block)))
            .collect(),
        "linh-vuc" => areas(results, at),
        "bo-tieu-chi" => {
            // Of an area only the sets that have it.
            let has = |set: &usize| {
                at.area.as_ref().is_none_or(|area| year.sets[*set].find_compared(area).is_some())
            };
            at.sets(results).into_iter().filter(has).map(|set| at.with(Item::Set(set))).collect()
        }
        "loai" => classes(results, at).into_iter().map(|class| at.with(Item::Class(class))).collect(),
        "ly-do" => {
            let mut found: Vec<usize> =
                (0..year.reasons.len()).filter(|reason| requests(results, at, *reason) > 0).collect();
            found.sort_by_key(|reason| std::cmp::Reverse(requests(results, at, *reason)));
            found.into_iter().map(|reason| at.with(Item::Reason(reason))).collect()
        }
        "mau-phieu" => (0..year.survey.forms.len()).map(|form| at.with(Item::Form(form))).collect(),
        "thang-diem-rieng" => {
            reduced(results, at).into_iter().map(|scale| at.with(Item::Scale(scale))).collect()
        }
        "nhan-xet" => (0..wording.findings.len())
            .filter(|finding| at.area.as_ref() == Some(&wording.findings[*finding].area))
            .filter(|finding| !wording.findings[*finding].is_hidden(year))
            .map(|finding| at.with(Item::Finding(finding)))
            .collect(),
        "tieu-chi" => {
            criteria(results, at).into_iter().map(|measure| at.with(Item::Criterion(measure))).collect()
        }
        "tieu-chi-mat-diem" => most_lost(results, at)
            .into_iter()
            .take(MOST_LOST)
            .map(|(measure, _)| at.with(Item::Criterion(measure)))
            .collect(),
        "danh-sach-don-vi" => results
            .units(at.scope)
            .into_iter()
            .map(|unit| At { unit: Some(unit), ..at.with(Item::Unit) })
            .collect(),
        "mat-diem" => {
            let losses = at.unit.map_or(0, |unit| results.losses(unit).len());
            (0..losses.min(UNIT_LOSSES)).map(|loss| at.with(Item::Loss(loss))).collect()
        }
        _ => return None,
    })
}

/// Areas by the code under which they are compared, in the order of the sets; of one unit, those
/// that are evaluated.
fn areas(results: &Results, at: &At) -> Vec<At> {
    let year = &results.year;
    let mut codes: Vec<String> = Vec::new();
    // A year published as totals has the whole scale in their place, which is no area.
    if Level::of(year) == Level::Total {
        return Vec::new();
    }
    for set in at.sets(results) {
        for (area, _) in year.sets[set].areas() {
            let code = year.sets[set].compared_as(area);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    codes.retain(|code| {
        let measure = Measure::Node(code.clone());
        at.unit.is_none_or(|unit| results.share(unit, &measure).is_some())
    });
    codes.into_iter().map(|code| At { area: Some(code), ..at.with(Item::Area) }).collect()
}

/// Names of the classes of a place's blocks, the best first, each once.
fn classes(results: &Results, at: &At) -> Vec<String> {
    let year = &results.year;
    let mut names: Vec<String> = Vec::new();
    for unit in results.units(at.scope) {
        for class in year.classes_of(year.units[unit].block) {
            if !names.contains(&class.name) {
                names.push(class.name.clone());
            }
        }
    }
    names
}

/// How often a reason was given for a request to the units of a place.
pub fn requests(results: &Results, at: &At, reason: usize) -> usize {
    let code = &results.year.reasons[reason].code;
    let of_unit = |unit: usize| -> usize {
        results.requests(unit).get(code).map_or(0, |outcomes| outcomes.iter().sum())
    };
    results.units(at.scope).into_iter().map(of_unit).sum()
}

/// Units whose maximum is lower than the most that any unit scored by the same set can reach.
fn reduced(results: &Results, at: &At) -> Vec<Scale> {
    let measure = at.measure();
    let year = &results.year;
    let max = |unit: usize| match &measure {
        Measure::Index => Some(results.standing.units[unit].scale),
        other => results.share(unit, other).map(|share| share.of()),
    };
    let units = results.units(at.scope);
    let set_of = |unit: usize| year.blocks[year.units[unit].block].set;
    let full = |set: usize| -> Option<Points> {
        units.iter().filter(|unit| set_of(**unit) == set).filter_map(|unit| max(*unit)).max()
    };
    let mut scales: Vec<Scale> = Vec::new();
    for unit in &units {
        let Some(own) = max(*unit) else { continue };
        if full(set_of(*unit)).is_none_or(|full| own >= full) {
            continue;
        }
        let exempt = exempt(results, at, *unit);
        match scales.iter_mut().find(|scale| scale.max == own && scale.exempt == exempt) {
            Some(scale) => scale.units.push(*unit),
            None => scales.push(Scale { max: own, units: vec![*unit], exempt }),
        }
    }
    scales
}

/// Names of what is exempt for a unit alone, inside the area spoken of.
fn exempt(results: &Results, at: &At, unit: usize) -> Vec<String> {
    let set = results.year.set_of(unit);
    let area: Option<NodeId> = at.area.as_ref().and_then(|code| set.find_compared(code));
    let own = results.year.exemptions_of(unit).filter(|exemption| exemption.unit.is_some());
    own.filter_map(|exemption| set.find(&exemption.code))
        .filter(|node| area.is_none_or(|area| set.area_of(*node) == area))
        .map(|node| set.node(node).name.clone())
        .collect()
}

/// Criteria with the points that the units of a place lost there, the most first.
pub fn most_lost(results: &Results, at: &At) -> Vec<(Measure, Points)> {
    let mut lost: Vec<(Measure, Points)> = Vec::new();
    for area in areas(results, &At { unit: None, ..at.clone() }) {
        for measure in criteria(results, &area) {
            let shares = results.units(at.scope).into_iter().filter_map(|unit| results.share(unit, &measure));
            lost.push((measure.clone(), shares.map(|share| share.of() - share.earned()).sum()));
        }
    }
    lost.retain(|(_, points)| *points > Points::ZERO);
    lost.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    lost
}

/// Means of a measure over some units, in percent.
pub fn mean_over(results: &Results, units: &[usize], measure: &Measure) -> Option<Exact> {
    Exact::mean_percent(units.iter().filter_map(|unit| results.share(*unit, measure)))
}
