//! Names known inside an area, and those of its criteria.

use std::cmp::Ordering;

use super::at::{At, criteria, described, nodes};
use super::lists::{mean_over, most_lost};
use super::look_up::Reader;
use super::value::{NodeValue, Nodes, Value};
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::score::component::Quantity;
use crate::score::figure::{Count, Figure};
use crate::score::results::{Measure, Results};
use crate::year::Threshold;

/// The value of a name of an area; `None` outside areas and for other names.
pub fn value(reader: &Reader<'_>, at: &At, key: &str) -> Option<Value> {
    let code = at.area.as_ref()?;
    let results = reader.results;
    let threshold = results.year.thresholds.iter().find(|threshold| threshold.area == *code);
    Some(match key {
        "ma" => Value::word(code),
        "thu-hang" => rank(reader, at, code)?,
        "moc-tren" => mark(threshold.map(|threshold| threshold.high)),
        "moc-duoi" => mark(threshold.and_then(|threshold| threshold.low)),
        "tren" | "dat-moc" | "duoi" | "con-lai" => beyond(reader, at, threshold, key),
        "tieu-chi-cao-nhat" => ordered(reader, at, Extreme { lowest: false, before: false }, 0..1),
        "tieu-chi-cao-thu-hai" => ordered(reader, at, Extreme { lowest: false, before: false }, 1..2),
        "tieu-chi-thap-nhat" => ordered(reader, at, Extreme { lowest: true, before: false }, 0..1),
        "tieu-chi-thap-thu-hai" => ordered(reader, at, Extreme { lowest: true, before: false }, 1..2),
        "tieu-chi-thap-nam-truoc" => ordered(reader, at, Extreme { lowest: true, before: true }, 0..2),
        "tieu-chi-tang" => moved(reader, at, Ordering::Greater),
        "tieu-chi-giam" => moved(reader, at, Ordering::Less),
        "tieu-chi-rieng" => own(reader, at),
        "tieu-chi-yeu" => weak(reader, at, threshold),
        _ => return None,
    })
}

fn mark(mark: Option<Decimal>) -> Value {
    match mark {
        Some(mark) => Value::Number(super::value::Number { printed: mark.trimmed(), figure: None }),
        None => Value::Missing,
    }
}

/// Place of the area among all by its mean.
fn rank(reader: &Reader<'_>, at: &At, code: &str) -> Option<Value> {
    let results = reader.results;
    let mean = |code: &str| results.mean(at.scope, &Measure::Node(code.to_owned()));
    let own = mean(code)?;
    let places = super::lists::items(results, reader.wording, &At { area: None, ..at.clone() }, "linh-vuc")?;
    let above = places.iter().filter_map(|place| mean(place.area.as_ref()?)).filter(|other| *other > own);
    Some(Value::count(above.count() + 1))
}

/// Units beyond a mark, or between both, with the highest first; below the mark the lowest first.
fn beyond(reader: &Reader<'_>, at: &At, threshold: Option<&Threshold>, key: &str) -> Value {
    let Some(threshold) = threshold else { return Value::Missing };
    let quantity = Quantity::Percent(at.measure());
    let of = reader.results.values(at.scope, &quantity).len();
    let compared =
        |mark: Decimal, ways: &[Ordering]| reader.results.compared(at.scope, &quantity, mark, ways);
    let counted = |count: Count| Some(Figure::Count(at.scope, count));
    let (found, figure) = match (key, threshold.low) {
        ("tren", _) => (
            compared(threshold.high, &[Ordering::Greater]),
            counted(Count::Above(quantity.clone(), threshold.high)),
        ),
        ("dat-moc", _) => (
            compared(threshold.high, &[Ordering::Greater, Ordering::Equal]),
            counted(Count::AtLeast(quantity.clone(), threshold.high)),
        ),
        ("duoi", Some(low)) => {
            let mut found = compared(low, &[Ordering::Less]);
            found.reverse();
            (found, counted(Count::Below(quantity.clone(), low)))
        }
        ("con-lai", low) => {
            let mut found = compared(threshold.high, &[Ordering::Less, Ordering::Equal]);
            found.retain(|one| low.is_none_or(|low| one.printed >= low));
            (found, None)
        }
        _ => return Value::Missing,
    };
    reader.units(&found, of, &quantity, figure)
}

/// Which end of the order, and of which year.
#[derive(Clone, Copy)]
struct Extreme {
    lowest: bool,
    before: bool,
}

/// Criteria of the area by their mean, from one end.
fn ordered(reader: &Reader<'_>, at: &At, extreme: Extreme, range: std::ops::Range<usize>) -> Value {
    let results = reader.results;
    let mean = |measure: &Measure| {
        if extreme.before {
            results.previous_mean(at.scope, measure)
        } else {
            results.mean(at.scope, measure)
        }
    };
    let mut order: Vec<(Exact, Measure)> =
        criteria(results, at).into_iter().filter_map(|measure| Some((mean(&measure)?, measure))).collect();
    // One criterion alone is neither the best nor the worst.
    if order.len() < 2 {
        return Value::Missing;
    }
    order.sort_by(|a, b| if extreme.lowest { a.0.cmp(&b.0) } else { b.0.cmp(&a.0) });
    let of = order.len();
    let figure = |measure: &Measure| {
        let (scope, measure) = (at.scope, measure.clone());
        if extreme.before { Figure::PreviousMean(scope, measure) } else { Figure::Mean(scope, measure) }
    };
    let found: Vec<NodeValue> = order
        .get(range)
        .unwrap_or_default()
        .iter()
        .filter_map(|(value, measure)| node(reader, measure, value, figure(measure), false))
        .collect();
    if found.is_empty() { Value::Missing } else { Value::Nodes(Nodes { found, of }) }
}

fn node(
    reader: &Reader<'_>,
    measure: &Measure,
    value: &Exact,
    figure: Figure,
    change: bool,
) -> Option<NodeValue> {
    let (code, name) = described(reader.results, measure)?;
    Some(NodeValue { code, name, value: reader.number(value, Some(figure)), change })
}

/// Nodes of the area whose mean moved: of each branch the highest node the year before is known for.
fn moved(reader: &Reader<'_>, at: &At, way: Ordering) -> Value {
    let results = reader.results;
    let known: Vec<(Measure, Exact)> = nodes(results, at, |depth| depth >= 2)
        .into_iter()
        .filter_map(|measure| {
            let change = results.mean_change(at.scope, &measure)?;
            Some((measure, change))
        })
        .collect();
    let covered = |measure: &Measure| {
        let code = code_of(measure);
        known
            .iter()
            .any(|(other, _)| code.strip_prefix(code_of(other)).is_some_and(|rest| rest.starts_with('.')))
    };
    let compared: Vec<&(Measure, Exact)> = known.iter().filter(|(measure, _)| !covered(measure)).collect();
    if compared.is_empty() {
        return Value::Missing;
    }
    let of = compared.len();
    let mut found: Vec<NodeValue> = compared
        .into_iter()
        .filter_map(|(measure, change)| {
            node(reader, measure, change, Figure::MeanChange(at.scope, measure.clone()), true)
        })
        .filter(|node| node.value.printed.units().cmp(&0) == way)
        .collect();
    found.sort_by_key(|node| std::cmp::Reverse(node.value.printed.units().abs()));
    Value::Nodes(Nodes { found, of })
}

fn code_of(measure: &Measure) -> &str {
    match measure {
        Measure::Index => "",
        Measure::Node(code) | Measure::In(_, code) => code,
    }
}

/// Criteria that only one of the place's sets has.
fn own(reader: &Reader<'_>, at: &At) -> Value {
    let results = reader.results;
    let sets = at.sets(results);
    let Some(area) = at.area.as_ref().filter(|_| sets.len() > 1) else { return Value::Missing };
    let mut found = Vec::new();
    for set in &sets {
        let framework = &results.year.sets[*set];
        let Some(top) = framework.find_compared(area) else { continue };
        for child in framework.children(top) {
            let known = framework.node(child).compare_as.as_ref().is_some_and(|code| {
                sets.iter().all(|other| results.year.sets[*other].find_compared(code).is_some())
            });
            let measure = Measure::In(*set, framework.node(child).code.clone());
            if let (false, Some(mean)) = (known, results.mean(at.scope_of(*set, results), &measure)) {
                let figure = Figure::Mean(at.scope_of(*set, results), measure.clone());
                found.extend(node(reader, &measure, &mean, figure, false));
            }
        }
    }
    if found.is_empty() { Value::Missing } else { Value::Nodes(Nodes { of: found.len(), found }) }
}

/// Criteria at which the units below the mark together stay below what all units reach in the area:
/// those that pull them down.
fn weak(reader: &Reader<'_>, at: &At, threshold: Option<&Threshold>) -> Value {
    let results = reader.results;
    let Some(low) = threshold.and_then(|threshold| threshold.low) else { return Value::Missing };
    let Some(mean) = results.mean(at.scope, &at.measure()) else { return Value::Missing };
    let quantity = Quantity::Percent(at.measure());
    let below = results.compared(at.scope, &quantity, low, &[Ordering::Less]);
    let units: Vec<usize> = below.iter().map(|one| one.unit).collect();
    let mut found: Vec<(Exact, Measure)> = criteria(results, at)
        .into_iter()
        .filter_map(|measure| Some((mean_over(results, &units, &measure)?, measure)))
        .filter(|(value, _)| *value < mean)
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let of = criteria(results, at).len();
    let nodes = found.into_iter().filter_map(|(value, measure)| {
        let (code, name) = described(results, &measure)?;
        Some(NodeValue { code, name, value: reader.number(&value, None), change: false })
    });
    Value::Nodes(Nodes { found: nodes.collect(), of })
}

/// The value of a name of a criterion.
pub fn of_criterion(reader: &Reader<'_>, at: &At, measure: &Measure, key: &str) -> Option<Value> {
    let results: &Results = reader.results;
    let (code, name) = described(results, measure)?;
    Some(match key {
        "ma" => Value::Word(code),
        "ten" => Value::Word(name),
        "trung-binh" => match results.mean(at.scope, measure) {
            Some(mean) => Value::Number(reader.number(&mean, Some(Figure::Mean(at.scope, measure.clone())))),
            None => Value::Missing,
        },
        "thay-doi" => match results.mean_change(at.scope, measure) {
            Some(change) => {
                Value::Change(reader.number(&change, Some(Figure::MeanChange(at.scope, measure.clone()))))
            }
            None => Value::Missing,
        },
        "diem-mat" => {
            let lost = most_lost(results, at).into_iter().find(|(other, _)| other == measure);
            lost.map_or(Value::Missing, |(_, points)| reader.points(points))
        }
        _ => return None,
    })
}
