//! Every figure opens into parts that give it again, down to the judgement or the counted answers.

use crate::common;

use par_core::language::Language;
use par_core::points::Points;
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::score::component::Quantity;
use par_core::score::derive::{Derivation, Value};
use par_core::score::figure::{Count, Figure, Lost, UnitFigure};
use par_core::score::results::{Measure, Results, Scope};

fn scopes(results: &Results) -> Vec<Scope> {
    let blocks = (0..results.year.blocks.len()).map(Scope::Block);
    let clusters = (0..results.year.clusters.len()).map(Scope::Cluster);
    blocks.chain(clusters).chain([Scope::Province]).collect()
}

fn measures(results: &Results) -> Vec<Measure> {
    let areas = results.year.sets[0].areas().map(|(_, node)| Measure::Node(node.code.clone()));
    let own = [Measure::Index, Measure::Node("4.2.1".to_owned()), Measure::In(1, "5.5".to_owned())];
    own.into_iter().chain(areas).collect()
}

/// Every kind of figure, over every unit, node, scope and area of the demo year.
pub fn figures(results: &Results) -> Vec<Figure> {
    let mut figures = Vec::new();
    for unit in 0..results.year.units.len() {
        let plain = [
            UnitFigure::Index,
            UnitFigure::Total,
            UnitFigure::Scale,
            UnitFigure::Appraisal,
            UnitFigure::Survey,
            UnitFigure::Adjustment,
            UnitFigure::Place,
            UnitFigure::Class,
            UnitFigure::NextClass,
            UnitFigure::LikeForLike,
        ];
        figures.extend(plain.map(|figure| Figure::Unit(unit, figure)));
        let nodes = results.year.set_of(unit).nodes();
        figures.extend(nodes.map(|(_, node)| Figure::Unit(unit, UnitFigure::Node(node.code.clone()))));
        for measure in measures(results) {
            figures.push(Figure::Unit(unit, UnitFigure::Previous(measure.clone())));
            figures.push(Figure::Unit(unit, UnitFigure::Change(measure.clone())));
            if measure != Measure::Index {
                figures.push(Figure::Unit(unit, UnitFigure::Percent(measure)));
            }
        }
    }
    for scope in scopes(results) {
        for measure in measures(results) {
            figures.push(Figure::Mean(scope, measure.clone()));
            figures.push(Figure::PreviousMean(scope, measure.clone()));
            figures.push(Figure::MeanChange(scope, measure.clone()));
            let percent = Quantity::Percent(measure.clone());
            figures.push(Figure::Count(scope, Count::Above(percent.clone(), Decimal::new(8050, 2))));
            figures.push(Figure::Count(scope, Count::AtLeast(percent.clone(), Decimal::new(90, 0))));
            figures.push(Figure::Count(scope, Count::Below(percent, Decimal::new(70, 0))));
            figures.push(Figure::Count(scope, Count::up(measure.clone())));
            figures.push(Figure::Count(scope, Count::down(measure)));
        }
        figures.push(Figure::Count(scope, Count::InClass(results.year.classes_of(0)[3].name.clone())));
        figures.push(Figure::Lost(scope, Lost::All));
        let causes = results.lost_by_cause(scope).into_iter();
        figures.extend(causes.map(|lost| Figure::Lost(scope, Lost::Cause(lost.cause))));
        figures.extend(results.areas().into_iter().map(|(code, _)| Figure::Lost(scope, Lost::Area(code))));
        figures.push(Figure::Lost(scope, Lost::Leaf(0, "2.1.1".to_owned())));
    }
    figures
}

#[test]
fn every_figure_is_found_again_under_its_address() {
    let results = common::demo();
    for figure in figures(&results) {
        let path = figure.path(&results.year);
        assert!(path.is_ascii() && !path.contains(' '), "{path}");
        assert_eq!(Figure::parse(&results.year, &path).as_ref(), Some(&figure), "{path}");
    }
    for unknown in [
        "",
        "don-vi/so-khong-co/chi-so",
        "don-vi/so-noi-vu/diem/9.9",
        "tinh/trung-binh/9.9.9",
        "khoi/x/trung-binh",
        "tinh/mat-diem/ly-do/khong-co",
        "tinh/mat-diem/linh-vuc/99",
        "tinh/mat-diem/tieu-chi/departments:2.1",
    ] {
        assert_eq!(Figure::parse(&results.year, unknown), None, "{unknown}");
    }
}

#[test]
fn the_parts_of_every_figure_give_it_again() {
    let results = common::demo();
    let mut checked = 0;
    for figure in figures(&results) {
        let derivation = results.derive(&figure, Language::Vi);
        assert_eq!(derivation.value, results.value(&figure), "{}", derivation.title);
        checked += usize::from(check(&derivation));
        for part in &derivation.parts {
            if let Some(figure) = &part.figure {
                assert!(Figure::parse(&results.year, &figure.path(&results.year)).is_some());
            }
        }
    }
    assert!(checked > 4_000, "only {checked} figures could be checked by their parts");
}

/// Whether the derivation's parts or history could be checked.
fn check(derivation: &Derivation) -> bool {
    let title = &derivation.title;
    let points = || {
        derivation.parts.iter().map(|part| match part.value {
            Value::Points(points) => points,
            _ => Points::ZERO,
        })
    };
    let percents = || -> Vec<Exact> {
        let percent = |value: &Value| match value {
            Value::Percent(percent) => Some(percent.clone()),
            _ => None,
        };
        derivation.parts.iter().filter_map(|part| percent(&part.value)).collect()
    };
    match (&derivation.figure, &derivation.value) {
        (Figure::Unit(_, UnitFigure::Index), Value::Percent(index)) => {
            let [total, scale] = points().collect::<Vec<_>>()[..] else { panic!("{title}: total and scale") };
            assert_eq!(
                *index,
                &Exact::ratio(total.millionths().into(), scale.millionths().into()) * &Exact::whole(100)
            );
        }
        (Figure::Unit(_, UnitFigure::Node(_)), Value::Points(value)) if derivation.parts.is_empty() => {
            assert!(!derivation.working.is_empty(), "{title}: a leaf shows its working");
            let mut binding = derivation.history.iter().filter(|said| said.binding).map(|said| said.points);
            assert!(binding.next_back().is_none_or(|points| points == *value), "{title}");
        }
        (_, Value::Points(value)) => assert_eq!(points().sum::<Points>(), *value, "{title}"),
        (Figure::Mean(..) | Figure::PreviousMean(..), Value::Percent(mean)) => {
            assert_eq!(Exact::mean(&percents()).as_ref(), Some(mean), "{title}");
        }
        (Figure::Unit(_, UnitFigure::Previous(_)), Value::Percent(mean)) => {
            assert_eq!(Exact::mean(&percents()).as_ref(), Some(mean), "{title}");
        }
        (_, Value::Change(change)) if derivation.parts.len() == 2 => {
            let [now, before] = &percents()[..] else { panic!("{title}: two years") };
            assert_eq!(&(now - before), change, "{title}");
        }
        (Figure::Count(..), Value::Count(count, of)) => {
            assert_eq!(derivation.parts.len(), *count, "{title}");
            assert!(count <= of, "{title}");
        }
        _ => return false,
    }
    true
}

#[test]
fn a_leaf_shows_what_every_stage_said() {
    let results = common::demo();
    let unit = results.year.find_unit("SNV").expect("Sở Nội vụ");
    let derivation = results.derive(&Figure::Unit(unit, UnitFigure::Node("2.1.1".to_owned())), Language::Vi);
    let said: Vec<String> = derivation
        .history
        .iter()
        .map(|said| {
            format!(
                "{} {} ({}){}",
                said.stage.name(),
                said.points,
                said.working,
                if said.binding { " *" } else { "" }
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "self 1.5 (9/9 (100%) ≥ 100%: đạt tối đa)",
            "round1 0 (7/9 (77,78%) < 80%: không tính điểm)",
            "round2 1.3333 (1,5 × 8/9 (88,89%))",
            "council 1.3333 (1,5 × 8/9 (88,89%)) *",
        ]
    );
    let request = derivation.history[1].request.as_ref().expect("round 1 asked for an explanation");
    assert_eq!(request.reason, "period");
}
