//! Header lists, units, exemptions, the year before.

use std::collections::HashSet;

use par_core::points::Points;
use par_core::points::decimal::Decimal;
use par_core::year::Year;

use crate::fact::Fact;
use crate::finding::Findings;

pub(super) fn check(year: &Year, findings: &mut Findings) {
    names(year, findings);
    thresholds(year, findings);
    units(year, findings);
    exemptions(year, findings);
    previous(year, findings);
}

fn names(year: &Year, findings: &mut Findings) {
    unique(Fact::BlockName, "blocks", year.blocks.iter().map(|block| &block.id), findings);
    unique(Fact::BlockName, "clusters", year.clusters.iter().map(|cluster| &cluster.id), findings);
    unique(Fact::ReasonCode, "reasons", year.reasons.iter().map(|reason| &reason.code), findings);
    unique(Fact::FactKey, "facts", year.facts.iter().map(|fact| &fact.key), findings);
    for (position, block) in year.blocks.iter().enumerate() {
        let bounds: Vec<Points> = year.classes_of(position).iter().map(|class| class.from).collect();
        let falling = bounds.windows(2).all(|pair| pair[0] > pair[1]);
        if !falling || bounds.last() != Some(&Points::ZERO) {
            let said: Vec<String> = bounds.iter().map(Points::to_string).collect();
            findings.add(Fact::ClassOrder, format!("blocks {}", block.id), said.join(", "), "falling to 0");
        }
    }
}

fn thresholds(year: &Year, findings: &mut Findings) {
    for threshold in &year.thresholds {
        let place = format!("thresholds {}", threshold.area);
        if !year.sets.iter().any(|set| set.areas().any(|(_, node)| node.code == threshold.area)) {
            findings.add(Fact::ThresholdArea, &place, &threshold.area, "an area of a set");
        }
        let low = threshold.low.unwrap_or(Decimal::new(0, 0));
        if !is_percent(threshold.high) || !is_percent(low) || low > threshold.high {
            findings.add(Fact::ThresholdOrder, place, low, threshold.high);
        }
    }
}

fn units(year: &Year, findings: &mut Findings) {
    unique(Fact::UnitCode, "units", year.units.iter().map(|unit| &unit.code), findings);
    unique(Fact::UnitCode, "units", year.units.iter().map(|unit| &unit.name), findings);
    unique(Fact::UnitSlug, "units", year.units.iter().map(|unit| &unit.slug), findings);
    for (position, unit) in year.units.iter().enumerate() {
        let sound = |letter: u8| letter == b'-' || letter.is_ascii_lowercase() || letter.is_ascii_digit();
        if !unit.slug.bytes().all(sound) {
            findings.add(Fact::UnitSlug, &unit.code, &unit.slug, "a-z, 0-9 and -");
        }
        if !year.applicable(position).contains(&true) {
            findings.add(Fact::SomethingLeft, &unit.code, 0, "at least one leaf");
        }
        let Some(previous) = &year.previous else { continue };
        for predecessor in &unit.predecessors {
            if !previous.units.contains_key(predecessor) {
                let expected = format!("a unit of {}", previous.year);
                findings.add(Fact::Predecessor, &unit.code, predecessor, expected);
            }
        }
    }
}

fn exemptions(year: &Year, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for exemption in &year.exemptions {
        let unit = exemption.unit.map_or("all", |unit| year.units[unit].code.as_str());
        let place = format!("exemptions {unit} {}", exemption.code);
        let known = match exemption.unit {
            Some(unit) => year.set_of(unit).find(&exemption.code).is_some(),
            None => year.sets.iter().any(|set| set.find(&exemption.code).is_some()),
        };
        if !known {
            findings.add(Fact::ExemptionCode, &place, &exemption.code, "a node of the set");
        }
        if exemption.reason.trim().is_empty() {
            findings.add(Fact::ExemptionReason, &place, &exemption.reason, "a reason");
        }
        if !seen.insert((exemption.unit, &exemption.code)) {
            findings.add(Fact::ExemptionOnce, &place, "twice", "once");
        }
    }
}

fn previous(year: &Year, findings: &mut Findings) {
    let Some(previous) = &year.previous else { return };
    if previous.year >= year.year {
        findings.add(Fact::PreviousYear, "years", previous.year, format!("before {}", year.year));
    }
    for (code, unit) in &previous.units {
        let index = unit.index.iter().map(|index| ("index", index));
        let components = unit.components.iter().map(|(node, percent)| (node.as_str(), percent));
        for (what, percent) in index.chain(components) {
            if !is_percent(*percent) {
                findings.add(Fact::PreviousPercent, format!("{code} {what}"), percent, "0 to 100");
            }
        }
    }
}

fn is_percent(number: Decimal) -> bool {
    (Decimal::new(0, 0)..=Decimal::new(100, 0)).contains(&number)
}

/// Records values that are empty or stand there twice.
pub(super) fn unique<'v>(
    fact: Fact,
    place: &str,
    values: impl Iterator<Item = &'v String>,
    findings: &mut Findings,
) {
    let mut seen = HashSet::new();
    for value in values {
        if value.trim().is_empty() {
            findings.add(fact, place, value, "not empty");
        } else if !seen.insert(value) {
            findings.add(fact, place, value, "only once");
        }
    }
}
