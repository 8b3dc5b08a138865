//! Derivations of lost points: down to the units and leaves at which they were lost.

use super::{Derivation, Part, Value};
use crate::framework::LeafId;
use crate::language::Language;
use crate::points::Points;
use crate::score::figure::{Figure, Lost, UnitFigure};
use crate::score::results::{Results, Scope};
use crate::words;
use crate::year::lost::{Cause, LossGiven};

pub(super) fn points(results: &Results, scope: Scope, lost: &Lost) -> Points {
    match lost {
        Lost::All => results.lost_by_area(scope).iter().map(|(_, at)| at.lost).sum(),
        Lost::Area(code) => {
            results.lost_by_area(scope).iter().filter(|(known, _)| known == code).map(|(_, at)| at.lost).sum()
        }
        Lost::Cause(cause) if results.year.losses.is_some() => {
            given(results, scope, cause).map(|one| one.points).sum()
        }
        Lost::Cause(_) | Lost::Leaf(..) => cases(results, scope, lost).map(|case| case.lost).sum(),
    }
}

pub(super) fn derive(results: &Results, scope: Scope, lost: &Lost, language: Language) -> Derivation {
    let part = |label: String, lost: Lost| Part {
        label,
        value: Value::Points(points(results, scope, &lost)),
        figure: Some(Figure::Lost(scope, lost)),
        note: String::new(),
    };
    let (parts, rule) = match lost {
        Lost::All => {
            let areas = results.areas().into_iter();
            let parts = areas.map(|(code, name)| part(format!("{code}. {name}"), Lost::Area(code))).collect();
            (parts, language.of("Cộng điểm mất của các lĩnh vực.", "The sum of the points lost in the areas."))
        }
        Lost::Area(code) => {
            let mut parts = Vec::new();
            for (set, framework) in results.year.sets.iter().enumerate() {
                let Some(area) = framework.find_compared(code) else { continue };
                for leaf in framework.leaves_below(area) {
                    let node = framework.node(framework.leaf_node(LeafId(leaf)));
                    parts.push(part(
                        format!("{} {}", node.code, node.name),
                        Lost::Leaf(set, node.code.clone()),
                    ));
                }
            }
            parts.retain(|part| part.value != Value::Points(Points::ZERO));
            let rule = language.of(
                "Cộng điểm mất ở các tiêu chí chấm điểm của lĩnh vực.",
                "The sum of the points lost at the scored criteria of the area.",
            );
            (parts, rule)
        }
        Lost::Leaf(..) => (
            cases(results, scope, lost).map(|case| case.part(results, language)).collect(),
            language.of(
                "Điểm mất của một đơn vị là điểm tối đa áp dụng trừ điểm có hiệu lực; cộng của các đơn vị.",
                "A unit's points lost are the maximum that applies to it minus the binding score; the sum over the units.",
            ),
        ),
        Lost::Cause(cause) if results.year.losses.is_some() => {
            let parts = given(results, scope, cause).filter(|one| one.points > Points::ZERO);
            (parts.map(|one| given_part(results, &one)).collect(), rule(cause, language))
        }
        Lost::Cause(cause) => {
            (cases(results, scope, lost).map(|case| case.part(results, language)).collect(), rule(cause, language))
        }
    };
    Derivation {
        figure: Figure::Lost(scope, lost.clone()),
        title: format!(
            "{}{}: {}",
            language.of("Điểm mất", "Points lost"),
            of(results, lost, language),
            results.scope_name(scope, language)
        ),
        value: Value::Points(points(results, scope, lost)),
        rule: rule.to_owned(),
        working: String::new(),
        parts,
        history: Vec::new(),
    }
}

/// How much counts as lost for a cause.
fn rule(cause: &Cause, language: Language) -> &'static str {
    match cause {
        Cause::Reason(_) => language.of(
            "Phần điểm tự chấm không được công nhận sau yêu cầu giải trình với lý do này; ở tiêu chí đơn vị không tự chấm là phần còn thiếu so với điểm tối đa.",
            "The part of the self-score that was not recognised after a request for explanation with this reason; at criteria the unit does not score itself, the shortfall from the maximum.",
        ),
        Cause::Unexplained => language.of(
            "Phần điểm tự chấm không được công nhận mà không có yêu cầu giải trình.",
            "The part of the self-score that was not recognised, without a request for explanation.",
        ),
        Cause::Unclaimed => language.of(
            "Phần điểm tối đa mà đơn vị không tự chấm cho mình.",
            "The part of the maximum that the unit did not claim in its self-score.",
        ),
        Cause::Survey | Cause::Unscored | Cause::Appraised => language.of(
            "Phần còn thiếu so với điểm tối đa áp dụng.",
            "The shortfall from the maximum that applies.",
        ),
    }
}

/// What was lost, as it follows the words `Điểm mất`, `Points lost`.
fn of(results: &Results, lost: &Lost, language: Language) -> String {
    match lost {
        Lost::All => String::new(),
        Lost::Cause(Cause::Reason(code)) => {
            let reason = results.year.reason(code);
            language.of(format!(" vì «{reason}»"), format!(" for the reason “{reason}”"))
        }
        Lost::Cause(cause) => format!(", {}", words::cause(cause, language)),
        Lost::Area(code) => format!(" {} {code}", language.of("ở lĩnh vực", "in area")),
        Lost::Leaf(set, code) => {
            let framework = &results.year.sets[*set];
            let name = framework.find(code).map_or("", |node| framework.node(node).name.as_str());
            format!(" {} {code} {name}", language.of("ở tiêu chí", "at criterion"))
        }
    }
}

/// What a public year says of the losses for a cause, by unit and area: the single cases are not public.
fn given<'r>(results: &'r Results, scope: Scope, cause: &'r Cause) -> impl Iterator<Item = LossGiven> + 'r {
    let adjusts = |one: &LossGiven| {
        let set = results.year.set_of(one.unit);
        set.find(&one.area).is_some_and(|area| set.is_adjustment(area))
    };
    let all = results.units(scope).into_iter().flat_map(|unit| results.lost_of(unit));
    all.filter(move |one| one.cause == *cause && !adjusts(one))
}

fn given_part(results: &Results, one: &LossGiven) -> Part {
    let set = results.year.set_of(one.unit);
    let area = set.find(&one.area).map(|area| set.node(area));
    let name = results.name(one.unit);
    Part {
        label: area.map_or_else(|| name.to_string(), |area| format!("{name}: {} {}", area.code, area.name)),
        value: Value::Points(one.points),
        figure: area.map(|area| Figure::Unit(one.unit, UnitFigure::Node(area.code.clone()))),
        note: String::new(),
    }
}

/// Points lost by one unit at one leaf.
struct Case {
    unit: usize,
    leaf: LeafId,
    lost: Points,
}

impl Case {
    fn part(self, results: &Results, language: Language) -> Part {
        let set = results.year.set_of(self.unit);
        let id = set.leaf_node(self.leaf);
        let node = set.node(id);
        let points = results.standing.units[self.unit].node(set, id);
        let (earned, max) = (language.points(points.earned), language.points(points.max));
        Part {
            label: format!("{}: {} {}", results.name(self.unit), node.code, node.name),
            value: Value::Points(self.lost),
            figure: Some(Figure::Unit(self.unit, UnitFigure::Node(node.code.clone()))),
            note: language
                .of(format!("đạt {earned} trên {max} điểm"), format!("{earned} points out of {max}")),
        }
    }
}

/// The units and leaves at which points were lost for a cause, or at a leaf for any cause.
fn cases<'r>(results: &'r Results, scope: Scope, lost: &'r Lost) -> impl Iterator<Item = Case> + 'r {
    let here = move |unit: usize, leaf: LeafId| match lost {
        Lost::Leaf(set, code) => {
            let framework = results.year.set_of(unit);
            results.year.blocks[results.year.units[unit].block].set == *set
                && framework.node(framework.leaf_node(leaf)).code == *code
        }
        _ => true,
    };
    let counts = move |cause: &Cause| match lost {
        Lost::Cause(wanted) => wanted == cause,
        _ => true,
    };
    results.units(scope).into_iter().flat_map(move |unit| {
        let leaves = results.year.set_of(unit).leaves().map(|(leaf, _)| leaf);
        leaves.filter(move |leaf| here(unit, *leaf)).filter_map(move |leaf| {
            let causes = results.causes(unit, leaf).into_iter();
            let lost: Points = causes.filter(|(cause, _)| counts(cause)).map(|(_, points)| points).sum();
            (lost > Points::ZERO).then_some(Case { unit, leaf, lost })
        })
    })
}
