//! Derivations of means, changes of means and counts over several units.

use std::cmp::Ordering;

use super::{Derivation, Part, Value, long};
use crate::language::Language;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::score::component::{Quantity, Valued};
use crate::score::figure::{Count, Figure, UnitFigure};
use crate::score::results::{Measure, Results, Scope};
use crate::words;
use crate::year::ProvinceMean;

pub(super) fn mean(results: &Results, scope: Scope, measure: &Measure, language: Language) -> Derivation {
    let figure = Figure::Mean(scope, measure.clone());
    let value = results.mean(scope, measure);
    let title = format!(
        "{} {}: {}",
        language.of("Trung bình", "Mean"),
        measure_name(results, measure, language),
        results.scope_name(scope, language)
    );
    let mut derivation = averaged(figure, title, value, language);
    if of_clusters(results, scope) {
        derivation.rule = of_province(language);
        let part = |cluster| Figure::Mean(Scope::Cluster(cluster), measure.clone());
        derivation.parts = clusters(results, part, |scope| results.mean(scope, measure));
        return derivation;
    }
    let values = results.values(scope, &Quantity::Percent(measure.clone()));
    derivation.working = sum_of(values.iter().map(|one| &one.value), language);
    derivation.parts = values.into_iter().map(|one| part_of(results, one, measure)).collect();
    derivation
}

pub(super) fn previous_mean(
    results: &Results,
    scope: Scope,
    measure: &Measure,
    language: Language,
) -> Derivation {
    let figure = Figure::PreviousMean(scope, measure.clone());
    let value = results.previous_mean(scope, measure);
    let title = format!(
        "{}, {}: {}",
        language.of("Trung bình năm trước", "Mean of the previous year"),
        measure_name(results, measure, language),
        results.scope_name(scope, language)
    );
    let mut derivation = averaged(figure, title, value, language);
    if of_clusters(results, scope) {
        derivation.rule = of_province(language);
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
    let percents = derivation.parts.iter().filter_map(|part| match &part.value {
        Value::Percent(percent) => Some(percent),
        _ => None,
    });
    derivation.working = sum_of(percents, language);
    derivation
}

pub(super) fn mean_change(
    results: &Results,
    scope: Scope,
    measure: &Measure,
    language: Language,
) -> Derivation {
    let part = |label: &str, figure, value: Option<Exact>| Part {
        label: label.to_owned(),
        value: value.map_or(Value::Nothing, Value::Percent),
        figure: Some(figure),
        note: String::new(),
    };
    let units = results.comparable(scope, measure).len();
    let same = units == results.values(scope, &Quantity::Percent(measure.clone())).len();
    let comparable = results.comparable_mean(scope, measure);
    let now = if same {
        part(language.of("Năm nay", "This year"), Figure::Mean(scope, measure.clone()), comparable)
    } else {
        // Units without a year before are in the mean of this year, and not in what is compared.
        let over = language
            .of("Năm nay, các đơn vị có số liệu cả hai năm", "This year, units with figures of both years");
        Part {
            label: format!("{over} ({units})"),
            value: comparable.map_or(Value::Nothing, Value::Percent),
            figure: None,
            note: String::new(),
        }
    };
    Derivation {
        figure: Figure::MeanChange(scope, measure.clone()),
        title: format!(
            "{} {}: {}",
            language.of("Thay đổi so với năm trước của trung bình", "Change from the previous year, mean"),
            measure_name(results, measure, language),
            results.scope_name(scope, language)
        ),
        value: results.mean_change(scope, measure).map_or(Value::Nothing, Value::Change),
        rule: language
            .of(
                "Trung bình năm nay trừ trung bình năm trước của cùng những đơn vị có số liệu cả hai năm, tính bằng điểm phần trăm trên số chưa làm tròn.",
                "This year's mean minus the mean of the previous year over the same units, those with figures of both years, in percentage points, taken over unrounded figures.",
            )
            .to_owned(),
        working: String::new(),
        parts: vec![
            now,
            part(
                language.of("Năm trước", "Previous year"),
                Figure::PreviousMean(scope, measure.clone()),
                results.previous_mean(scope, measure),
            ),
        ],
        history: Vec::new(),
    }
}

pub(super) fn count(results: &Results, scope: Scope, count: &Count, language: Language) -> Derivation {
    let (what, parts, of) = match count {
        Count::InClass(name) => in_class(results, scope, name, language),
        Count::Above(quantity, mark) => compared(results, scope, quantity, (Way::Above, *mark), language),
        Count::AtLeast(quantity, mark) => compared(results, scope, quantity, (Way::AtLeast, *mark), language),
        Count::Below(quantity, mark) => compared(results, scope, quantity, (Way::Below, *mark), language),
    };
    let units = language.of("Số đơn vị", "Number of units");
    Derivation {
        figure: Figure::Count(scope, count.clone()),
        title: format!("{units} {what}: {}", results.scope_name(scope, language)),
        value: Value::Count(parts.len(), of),
        rule: language
            .of(
                "Đếm theo số đã in, trên các đơn vị được đánh giá nội dung này.",
                "Counted on the figures as printed, over the units to which they apply.",
            )
            .to_owned(),
        working: String::new(),
        parts,
        history: Vec::new(),
    }
}

/// The count alone.
pub(super) fn counted(results: &Results, scope: Scope, count: &Count) -> Value {
    let marked = |quantity: &Quantity, way: Way, mark: &Decimal| {
        let found = results.compared(scope, quantity, *mark, way.orders()).len();
        Value::Count(found, results.values(scope, quantity).len())
    };
    match count {
        Count::InClass(name) => {
            let units = ranked(results, scope);
            let found = units.iter().filter(|unit| results.class_name(**unit) == Some(name)).count();
            Value::Count(found, units.len())
        }
        Count::Above(quantity, mark) => marked(quantity, Way::Above, mark),
        Count::AtLeast(quantity, mark) => marked(quantity, Way::AtLeast, mark),
        Count::Below(quantity, mark) => marked(quantity, Way::Below, mark),
    }
}

/// On which side of a mark units are counted.
#[derive(Clone, Copy)]
enum Way {
    Above,
    AtLeast,
    Below,
}

impl Way {
    /// How values that count compare with the mark.
    fn orders(self) -> &'static [Ordering] {
        match self {
            Way::Above => &[Ordering::Greater],
            Way::AtLeast => &[Ordering::Greater, Ordering::Equal],
            Way::Below => &[Ordering::Less],
        }
    }
}

/// Units of a scope with a class: all but those not yet scored.
fn ranked(results: &Results, scope: Scope) -> Vec<usize> {
    let units = results.units(scope).into_iter();
    units.filter(|unit| results.standing.units[*unit].class.is_some()).collect()
}

fn in_class(results: &Results, scope: Scope, name: &str, language: Language) -> (String, Vec<Part>, usize) {
    let units = ranked(results, scope);
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
    (format!("{} {name}", language.of("xếp loại", "in class")), found.map(part).collect(), of)
}

fn compared(
    results: &Results,
    scope: Scope,
    quantity: &Quantity,
    (way, mark): (Way, Decimal),
    language: Language,
) -> (String, Vec<Part>, usize) {
    let of = results.values(scope, quantity).len();
    let (Quantity::Percent(measure) | Quantity::Change(measure)) = quantity;
    let found = results.compared(scope, quantity, mark, way.orders());
    let parts = found.into_iter().map(|one| match quantity {
        Quantity::Percent(measure) => part_of(results, one, measure),
        Quantity::Change(measure) => Part {
            label: results.name(one.unit).to_owned(),
            value: Value::Change(one.value),
            figure: Some(Figure::Unit(one.unit, UnitFigure::Change(measure.clone()))),
            note: String::new(),
        },
    });
    let words = match quantity {
        Quantity::Percent(_) => marked(way, mark, language),
        Quantity::Change(_) => changed(way, mark, language),
    };
    let name = measure_name(results, measure, language);
    (format!("{} {name} {words}", language.of("có", "whose")), parts.collect(), of)
}

/// On which side of a mark a percent lies, as it follows the name of the measure.
fn marked(way: Way, mark: Decimal, language: Language) -> String {
    let mark = format!("{}%", language.number(mark.trimmed()));
    match (way, language) {
        (Way::Above, Language::Vi) => format!("trên {mark}"),
        (Way::Above, Language::En) => format!("is above {mark}"),
        (Way::AtLeast, Language::Vi) => format!("từ {mark} trở lên"),
        (Way::AtLeast, Language::En) => format!("is {mark} or above"),
        (Way::Below, Language::Vi) => format!("dưới {mark}"),
        (Way::Below, Language::En) => format!("is below {mark}"),
    }
}

/// The same of a change; only a mark of 0 tells a rise from a fall.
fn changed(way: Way, mark: Decimal, language: Language) -> String {
    if mark.units() == 0 {
        let words = match way {
            Way::Above => language.of("tăng", "rose"),
            Way::AtLeast => language.of("không giảm", "did not fall"),
            Way::Below => language.of("giảm", "fell"),
        };
        return words.to_owned();
    }
    let mark = language.signed(mark.trimmed());
    match (way, language) {
        (Way::Above, Language::Vi) => format!("thay đổi trên {mark} điểm phần trăm"),
        (Way::Above, Language::En) => format!("has a change above {mark} percentage points"),
        (Way::AtLeast, Language::Vi) => format!("thay đổi từ {mark} điểm phần trăm trở lên"),
        (Way::AtLeast, Language::En) => format!("has a change of {mark} percentage points or above"),
        (Way::Below, Language::Vi) => format!("thay đổi dưới {mark} điểm phần trăm"),
        (Way::Below, Language::En) => format!("has a change below {mark} percentage points"),
    }
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

fn averaged(figure: Figure, title: String, value: Option<Exact>, language: Language) -> Derivation {
    Derivation {
        figure,
        title,
        value: value.map_or(Value::Nothing, Value::Percent),
        rule: language
            .of(
                "Trung bình cộng của các đơn vị được đánh giá, không có trọng số, tính trên số chưa làm tròn.",
                "The unweighted mean of the units evaluated, taken over unrounded figures.",
            )
            .to_owned(),
        working: String::new(),
        parts: Vec::new(),
        history: Vec::new(),
    }
}

/// The rule of a province's mean that is taken over clusters.
fn of_province(language: Language) -> String {
    let is = language.of("Trung bình toàn tỉnh là", "The province mean is");
    format!("{is} {}.", words::province_mean(ProvinceMean::ClusterMeans, language))
}

fn sum_of<'a>(values: impl Iterator<Item = &'a Exact>, language: Language) -> String {
    let (sum, count) = values.fold((Exact::zero(), 0i128), |(sum, count), value| (&sum + value, count + 1));
    match sum.checked_div(&Exact::whole(count)) {
        Some(mean) => format!("{} ÷ {count} = {}", long(&sum, language), long(&mean, language)),
        None => String::new(),
    }
}

/// The name of a measure, from the first set that has it.
fn measure_name(results: &Results, measure: &Measure, language: Language) -> String {
    let node = match measure {
        Measure::Index => return language.of("chỉ số CCHC", "PAR INDEX").to_owned(),
        Measure::Node(code) => {
            results.year.sets.iter().find_map(|set| set.find_compared(code).map(|id| set.node(id)))
        }
        Measure::In(set, code) => {
            results.year.sets[*set].find(code).map(|id| results.year.sets[*set].node(id))
        }
    };
    let what = language.of("chỉ số thành phần", "component index");
    node.map_or(String::new(), |node| format!("{what} {} {}", node.code, node.name))
}
