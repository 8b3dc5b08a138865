//! Framework → the files of its folder; reading them back gives the same framework.

use std::fmt::Write;

use super::read::{Files, HEADER};
use super::{Cap, Compare, ExemptionMethod, Framework, Node, NodeId, TieBreaker, Ties};
use crate::points::Points;
use crate::rule::Rule;
use crate::rule::checklist::Item;

/// The files of a criteria set: the header and one file an area.
pub fn write(framework: &Framework) -> Files {
    let mut files = Files::from([(HEADER.to_owned(), header(framework))]);
    for (id, node) in framework.nodes().filter(|(_, node)| node.depth == 1) {
        files.insert(format!("area-{}.toml", node.code), area(framework, id));
    }
    files
}

fn header(framework: &Framework) -> String {
    let settings = &framework.settings;
    let mut text = String::new();
    line(&mut text, "id", &quoted(&framework.id));
    line(&mut text, "name", &quoted(&framework.name));
    line(&mut text, "year", &framework.year.to_string());
    line(&mut text, "full_scale", &points(framework.full_scale));
    text.push_str("legal_basis = [\n");
    for basis in &framework.legal_basis {
        let _ = writeln!(text, "    {},", quoted(basis));
    }
    text.push_str("]\n\n[rounding]\n");
    line(&mut text, "point_places", &settings.point_places.to_string());
    line(&mut text, "points", &quoted(settings.point_rounding.name()));
    line(&mut text, "print_places", &settings.print_places.to_string());
    line(&mut text, "print", &quoted(settings.print_rounding.name()));
    text.push_str("\n[ranking]\n");
    let compare = match settings.compare {
        Compare::Exact => "exact",
        Compare::Printed => "printed",
    };
    line(&mut text, "compare", &quoted(compare));
    let (ties, breaker) = match &settings.ties {
        Ties::Share => ("share", None),
        Ties::Dense => ("dense", None),
        Ties::Breaker(TieBreaker::Survey) => ("breaker", Some("survey")),
        Ties::Breaker(TieBreaker::Appraisal) => ("breaker", Some("appraisal")),
        Ties::Breaker(TieBreaker::Node(code)) => ("breaker", Some(code.as_str())),
    };
    line(&mut text, "ties", &quoted(ties));
    if let Some(breaker) = breaker {
        line(&mut text, "breaker", &quoted(breaker));
    }
    text.push_str("\n[exemption]\n");
    let method = match settings.exemption {
        ExemptionMethod::ReduceScale => "reduce_scale",
        ExemptionMethod::RescaleToFull => "rescale_to_full",
    };
    line(&mut text, "method", &quoted(method));
    if settings.cap != Cap::default() {
        text.push_str("\n[total]\n");
        line(&mut text, "cap", &quoted(settings.cap.name()));
    }
    for class in &settings.classes {
        text.push_str("\n[[class]]\n");
        line(&mut text, "name", &quoted(&class.name));
        line(&mut text, "from", &points(class.from));
    }
    text
}

fn area(framework: &Framework, area: NodeId) -> String {
    let mut text = String::new();
    for id in framework.subtree(area) {
        text.push_str(if id == area { "[area]\n" } else { "\n[[node]]\n" });
        node(&mut text, framework.node(id));
    }
    text
}

fn node(text: &mut String, node: &Node) {
    line(text, "code", &quoted(&node.code));
    line(text, "name", &quoted(&node.name));
    line(text, "max", &points(node.max));
    if let Some(since) = node.since {
        line(text, "since", &since.to_string());
    }
    match &node.compare_as {
        Some(code) if *code == node.code => {}
        Some(code) => line(text, "compare_as", &quoted(code)),
        None => line(text, "compare_as", "\"-\""),
    }
    let Some(scoring) = &node.scoring else { return };
    line(text, "source", &quoted(scoring.source.name()));
    if !scoring.evidence.is_empty() {
        line(text, "evidence", &quoted(&scoring.evidence));
    }
    if !scoring.legal.is_empty() {
        line(text, "legal", &quoted(&scoring.legal));
    }
    line(text, "rule", &rule(&scoring.rule));
}

/// The rule as an inline table; lists stand one entry a line.
pub fn rule(rule: &Rule) -> String {
    let kind = format!("kind = {}", quoted(rule.kind()));
    let fields = match rule {
        Rule::YesNo => Vec::new(),
        Rule::Options(rule) => vec![list(
            "options",
            rule.options
                .iter()
                .map(|o| format!("points = {}, label = {}", points(o.points), quoted(&o.label))),
        )],
        Rule::Checklist(rule) => vec![items("items", &rule.items)],
        Rule::CountSteps(rule) | Rule::RatioSteps(rule) => vec![list(
            "steps",
            rule.steps.iter().map(|s| format!("min = \"{}\", points = {}", s.min, points(s.points))),
        )],
        Rule::Ratio(rule) => vec![
            format!("floor = \"{}\"", rule.floor),
            format!("target = \"{}\"", rule.target),
            format!("empty = {}", quoted(rule.empty.name())),
        ],
        Rule::TwoTier(rule) => vec![format!("late_factor = \"{}\"", rule.late_factor)],
        Rule::Deduct(rule) => vec![
            format!("start = {}", points(rule.start)),
            format!("floor = {}", points(rule.floor)),
            items("events", &rule.events),
        ],
        Rule::External(rule) => vec![format!("divide_by = \"{}\"", rule.divide_by)],
        Rule::Survey(rule) => {
            let weights: Vec<String> = rule.weights.iter().map(|(o, w)| format!("{o} = \"{w}\"")).collect();
            let questions: Vec<String> = rule.questions.iter().map(|question| quoted(question)).collect();
            vec![
                format!("questions = [{}]", questions.join(", ")),
                format!("weights = {{ {} }}", weights.join(", ")),
            ]
        }
        Rule::Bonus(rule) | Rule::Penalty(rule) => vec![items("events", &rule.events)],
        Rule::Judged(rule) => vec![format!("step = {}", points(rule.step))],
        Rule::Given(rule) if rule.adjusts => vec!["outside_scale = \"yes\"".to_owned()],
        Rule::Given(_) => Vec::new(),
    };
    let parts: Vec<String> = std::iter::once(kind).chain(fields).collect();
    format!("{{ {} }}", parts.join(", "))
}

fn items(key: &str, items: &[Item]) -> String {
    let rows = items.iter().map(|item| {
        format!(
            "id = {}, points = {}, label = {}",
            quoted(&item.id),
            points(item.points),
            quoted(&item.label)
        )
    });
    list(key, rows)
}

fn list(key: &str, rows: impl Iterator<Item = String>) -> String {
    let mut text = format!("{key} = [\n");
    for row in rows {
        let _ = writeln!(text, "    {{ {row} }},");
    }
    text.push(']');
    text
}

fn line(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {value}");
}

fn points(points: Points) -> String {
    format!("\"{points}\"")
}

/// A text as a TOML value.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
