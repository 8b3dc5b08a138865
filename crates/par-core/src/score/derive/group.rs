//! Derivations of means, changes of means and counts over several units.

use std::cmp::Ordering;

use super::{Derivation, Part, Value, long, mark_words};
use crate::points::exact::Exact;
use crate::score::component::{Quantity, Valued};
use crate::score::figure::{Count, Figure, UnitFigure};
use crate::score::results::{Measure, Results, Scope};
use crate::words;
use crate::year::ProvinceMean;

pub(super) fn mean(results: &Results, scope: Scope, measure: &Measure) -> Derivation {
    let figure = Figure::Mean(scope, measure.clone());
    let value = results.mean(scope, measure);
    let title = format!("Trung bình {}: {}", measure_name(results, measure), results.scope_name(scope));
    let mut derivation = averaged(figure, title, value);
    if of_clusters(results, scope) {
        derivation.rule =
            format!("Trung bình toàn tỉnh là {}.", words::province_mean(ProvinceMean::ClusterMeans));
        let part = |cluster| Figure::Mean(Scope::Cluster(cluster), measure.clone());
        derivation.parts = clusters(results, part, |scope| results.mean(scope, measure));
        return derivation;
    }
    let values = results.values(scope, &Quantity::Percent(measure.clone()));
    derivation.working = sum_of(values.iter().map(|one| &one.value));
    derivation.parts = values.into_iter().map(|one| part_of(results, one, measure)).collect();
    derivation
}

pub(super) fn previous_mean(results: &Results, scope: Scope, measure: &Measure) -> Derivation {
    let figure = Figure::PreviousMean(scope, measure.clone());
    let value = results.previous_mean(scope, measure);
    let title =
        format!("Trung bình năm trước, {}: {}", measure_name(results, measure), results.scope_name(scope));
    let mut derivation = averaged(figure, title, value);
    if of_clusters(results, scope) {
        derivation.rule =
            format!("Trung bình toàn tỉnh là {}.", words::province_mean(ProvinceMean::ClusterMeans));
        let part = |cluster| Figure::PreviousMean(Scope::Cluster(cluster), measure.clone());
        derivation.parts = clusters(results, part, |scope| results.previous_mean(scope, measure));
        return derivation;
    }
    for unit in results.units(scope) {
        let (Some(_), Some(value)) = (results.share(unit, measure), results.previous(unit, measure)) else {
            continue;
        };
        derivation.parts.push(Part {
            label: results.name(unit).to_owned(),
            value: Value::Percent(value),
            figure: Some(Figure::Unit(unit, UnitFigure::Previous(measure.clone()))),
            note: String::new(),
        });
    }
    derivation.working = sum_of(derivation.parts.iter().filter_map(|part| match &part.value {
        Value::Percent(percent) => Some(percent),
        _ => None,
    }));
    derivation
}

pub(super) fn mean_change(results: &Results, scope: Scope, measure: &Measure) -> Derivation {
    let part = |label: &str, figure, value: Option<Exact>| Part {
        label: label.to_owned(),
        value: value.map_or(Value::Nothing, Value::Percent),
        figure: Some(figure),
        note: String::new(),
    };
    Derivation {
        figure: Figure::MeanChange(scope, measure.clone()),
        title: format!(
            "Thay đổi so với năm trước của trung bình {}: {}",
            measure_name(results, measure),
            results.scope_name(scope)
        ),
        value: results.mean_change(scope, measure).map_or(Value::Nothing, Value::Change),
        rule: "Trung bình năm nay trừ trung bình năm trước, tính bằng điểm phần trăm trên số chưa làm tròn."
            .to_owned(),
        working: String::new(),
        parts: vec![
            part("Năm nay", Figure::Mean(scope, measure.clone()), results.mean(scope, measure)),
            part(
                "Năm trước",
                Figure::PreviousMean(scope, measure.clone()),
                results.previous_mean(scope, measure),
            ),
        ],
        history: Vec::new(),
    }
}

pub(super) fn count(results: &Results, scope: Scope, count: &Count) -> Derivation {
    let (what, parts, of) = match count {
        Count::InClass(name) => in_class(results, scope, name),
        Count::Above(quantity, mark) => {
            let found = results.compared(scope, quantity, *mark, &[Ordering::Greater]);
            let words =
                if is_change(quantity) { "tăng".to_owned() } else { format!("trên {}", mark_words(*mark)) };
            compared(results, scope, quantity, words, found)
        }
        Count::AtLeast(quantity, mark) => {
            let found = results.compared(scope, quantity, *mark, &[Ordering::Greater, Ordering::Equal]);
            compared(results, scope, quantity, format!("từ {} trở lên", mark_words(*mark)), found)
        }
        Count::Below(quantity, mark) => {
            let found = results.compared(scope, quantity, *mark, &[Ordering::Less]);
            let words = if is_change(quantity) {
                "giảm".to_owned()
            } else {
                format!("dưới {}", mark_words(*mark))
            };
            compared(results, scope, quantity, words, found)
        }
    };
    Derivation {
        figure: Figure::Count(scope, count.clone()),
        title: format!("Số đơn vị {what}: {}", results.scope_name(scope)),
        value: Value::Count(parts.len(), of),
        rule: "Đếm theo số đã in, trên các đơn vị được đánh giá nội dung này.".to_owned(),
        working: String::new(),
        parts,
        history: Vec::new(),
    }
}

fn in_class(results: &Results, scope: Scope, name: &str) -> (String, Vec<Part>, usize) {
    let units = results.units(scope);
    let of = units.len();
    let found = units.into_iter().filter(|unit| results.class_name(*unit) == Some(name));
    let part = |unit| Part {
        label: results.name(unit).to_owned(),
        value: results.standing.units[unit]
            .index
            .map_or(Value::Nothing, |index| Value::Percent(index.percent())),
        figure: Some(Figure::Unit(unit, UnitFigure::Class)),
        note: String::new(),
    };
    (format!("xếp loại {name}"), found.map(part).collect(), of)
}

fn compared(
    results: &Results,
    scope: Scope,
    quantity: &Quantity,
    words: String,
    found: Vec<Valued>,
) -> (String, Vec<Part>, usize) {
    let of = results.values(scope, quantity).len();
    let (Quantity::Percent(measure) | Quantity::Change(measure)) = quantity;
    let parts = found.into_iter().map(|one| match quantity {
        Quantity::Percent(measure) => part_of(results, one, measure),
        Quantity::Change(measure) => Part {
            label: results.name(one.unit).to_owned(),
            value: Value::Change(one.value),
            figure: Some(Figure::Unit(one.unit, UnitFigure::Change(measure.clone()))),
            note: String::new(),
        },
    });
    (format!("có {} {words}", measure_name(results, measure)), parts.collect(), of)
}

fn is_change(quantity: &Quantity) -> bool {
    matches!(quantity, Quantity::Change(_))
}

fn part_of(results: &Results, one: Valued, measure: &Measure) -> Part {
    let figure = match measure {
        Measure::Index => UnitFigure::Index,
        measure => UnitFigure::Percent(measure.clone()),
    };
    Part {
        label: results.name(one.unit).to_owned(),
        value: Value::Percent(one.value),
        figure: Some(Figure::Unit(one.unit, figure)),
        note: String::new(),
    }
}

fn of_clusters(results: &Results, scope: Scope) -> bool {
    scope == Scope::Province && results.year.province_mean == ProvinceMean::ClusterMeans
}

fn clusters(
    results: &Results,
    figure: impl Fn(usize) -> Figure,
    mean: impl Fn(Scope) -> Option<Exact>,
) -> Vec<Part> {
    let clusters = results.year.clusters.iter().enumerate();
    clusters
        .map(|(cluster, named)| Part {
            label: named.name.clone(),
            value: mean(Scope::Cluster(cluster)).map_or(Value::Nothing, Value::Percent),
            figure: Some(figure(cluster)),
            note: String::new(),
        })
        .collect()
}

fn averaged(figure: Figure, title: String, value: Option<Exact>) -> Derivation {
    Derivation {
        figure,
        title,
        value: value.map_or(Value::Nothing, Value::Percent),
        rule: "Trung bình cộng của các đơn vị được đánh giá, không có trọng số, tính trên số chưa làm tròn."
            .to_owned(),
        working: String::new(),
        parts: Vec::new(),
        history: Vec::new(),
    }
}

fn sum_of<'a>(values: impl Iterator<Item = &'a Exact>) -> String {
    let (sum, count) = values.fold((Exact::zero(), 0i128), |(sum, count), value| (&sum + value, count + 1));
    match sum.checked_div(&Exact::whole(count)) {
        Some(mean) => format!("{} ÷ {count} = {}", long(&sum), long(&mean)),
        None => String::new(),
    }
}

/// The name of a measure, from the first set that has it.
fn measure_name(results: &Results, measure: &Measure) -> String {
    let node = match measure {
        Measure::Index => return "chỉ số CCHC".to_owned(),
        Measure::Node(code) => {
            results.year.sets.iter().find_map(|set| set.find_compared(code).map(|id| set.node(id)))
        }
        Measure::In(set, code) => {
            results.year.sets[*set].find(code).map(|id| results.year.sets[*set].node(id))
        }
    };
    node.map_or(String::new(), |node| format!("chỉ số thành phần {} {}", node.code, node.name))
}
