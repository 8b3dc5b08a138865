//! Derivations of lost points: down to the units and leaves at which they were lost.

use super::{Derivation, Part, Value};
use crate::framework::LeafId;
use crate::points::Points;
use crate::score::figure::{Figure, Lost, UnitFigure};
use crate::score::reasons::Cause;
use crate::score::results::{Results, Scope};
use crate::words;

pub(super) fn points(results: &Results, scope: Scope, lost: &Lost) -> Points {
    match lost {
        Lost::All => results.lost_by_area(scope).iter().map(|(_, at)| at.lost).sum(),
        Lost::Area(code) => {
            results.lost_by_area(scope).iter().filter(|(known, _)| known == code).map(|(_, at)| at.lost).sum()
        }
        Lost::Cause(_) | Lost::Leaf(..) => cases(results, scope, lost).map(|case| case.lost).sum(),
    }
}

pub(super) fn derive(results: &Results, scope: Scope, lost: &Lost) -> Derivation {
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
            (parts, "Cộng điểm mất của các lĩnh vực.")
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
            (parts, "Cộng điểm mất ở các tiêu chí chấm điểm của lĩnh vực.")
        }
        Lost::Leaf(..) => (
            cases(results, scope, lost).map(|case| case.part(results)).collect(),
            "Điểm mất của một đơn vị là điểm tối đa áp dụng trừ điểm có hiệu lực; cộng của các đơn vị.",
        ),
        Lost::Cause(cause) => {
            (cases(results, scope, lost).map(|case| case.part(results)).collect(), rule(cause))
        }
    };
    Derivation {
        figure: Figure::Lost(scope, lost.clone()),
        title: format!("Điểm mất{}: {}", of(results, lost), results.scope_name(scope)),
        value: Value::Points(points(results, scope, lost)),
        rule: rule.to_owned(),
        working: String::new(),
        parts,
        history: Vec::new(),
    }
}

/// How much counts as lost for a cause.
fn rule(cause: &Cause) -> &'static str {
    match cause {
        Cause::Reason(_) => {
            "Phần điểm tự chấm không được công nhận sau yêu cầu giải trình với lý do này; ở tiêu chí đơn vị không tự chấm là phần còn thiếu so với điểm tối đa."
        }
        Cause::Unexplained => "Phần điểm tự chấm không được công nhận mà không có yêu cầu giải trình.",
        Cause::Unclaimed => "Phần điểm tối đa mà đơn vị không tự chấm cho mình.",
        Cause::Survey | Cause::Unscored | Cause::Appraised => "Phần còn thiếu so với điểm tối đa áp dụng.",
    }
}

/// What was lost, as it follows the words `Điểm mất`.
fn of(results: &Results, lost: &Lost) -> String {
    match lost {
        Lost::All => String::new(),
        Lost::Cause(Cause::Reason(code)) => format!(" vì «{}»", results.year.reason(code)),
        Lost::Cause(cause) => format!(", {}", words::cause(cause)),
        Lost::Area(code) => format!(" ở lĩnh vực {code}"),
        Lost::Leaf(set, code) => {
            let framework = &results.year.sets[*set];
            let name = framework.find(code).map_or("", |node| framework.node(node).name.as_str());
            format!(" ở tiêu chí {code} {name}")
        }
    }
}

/// Points lost by one unit at one leaf.
struct Case {
    unit: usize,
    leaf: LeafId,
    lost: Points,
}

impl Case {
    fn part(self, results: &Results) -> Part {
        let set = results.year.set_of(self.unit);
        let id = set.leaf_node(self.leaf);
        let node = set.node(id);
        let points = results.standing.units[self.unit].node(set, id);
        Part {
            label: format!("{}: {} {}", results.name(self.unit), node.code, node.name),
            value: Value::Points(self.lost),
            figure: Some(Figure::Unit(self.unit, UnitFigure::Node(node.code.clone()))),
            note: format!("đạt {} trên {} điểm", points.earned.vi(), points.max.vi()),
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
