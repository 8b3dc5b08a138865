//! How a figure came about: rule, working, parts that open further, judgements.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::framework::NodeId;
use par_core::language::Language;
use par_core::score::derive::{Derivation, Said, Value};
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::results::{Measure, Results};
use par_core::{text, words};
use serde::Serialize;
use serde_json::json;

use super::App;
use super::asked::Asked;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Mark, Table, Weight, head, number, text};

#[derive(Template)]
#[template(path = "derivation.html")]
struct Opened {
    shell: Shell,
    value: String,
    exact: Option<String>,
    /// What the exact value is counted in.
    exact_in: &'static str,
    data: Cell,
    unit: &'static str,
    rule: String,
    working: String,
    parts: Table,
    history: Vec<Step>,
    onward: Vec<(String, String)>,
}

/// What one stage said.
#[derive(Serialize)]
struct Step {
    stage: String,
    points: String,
    working: String,
    inputs: String,
    binding: bool,
    reason: Option<String>,
    answer: Option<String>,
    outcome: &'static str,
}

impl Page for Opened {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        vec![&self.parts]
    }
    fn figure(&self) -> Option<serde_json::Value> {
        Some(json!({
            "title": self.shell.title,
            "printed": self.data.data,
            "exact": self.data.exact,
            "unit": self.unit,
            "rule": self.rule,
            "working": self.working,
            "history": self.history,
        }))
    }
}

/// `/ket-qua/{year}/dan-giai/{*figure}`
pub async fn show(
    State(app): State<App>,
    Path((year, path)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let figure = Figure::parse(&results.year, &path).ok_or(Failure::NoFigure(results.year.year))?;
    let derivation = results.derive(&figure, Language::Vi);
    let pen = Pen { results: &results };
    let (places, mode) = match &figure {
        Figure::Unit(unit, _) => results.print_of(*unit),
        _ => results.print(),
    };
    let unit = match derivation.value {
        Value::Points(_) => "điểm",
        Value::Percent(_) => "%",
        Value::Change(_) => "điểm phần trăm",
        _ => "",
    };
    let behind = if matches!(derivation.value, Value::Points(_)) { " điểm" } else { "" };
    let printed = derivation.value.say(places, mode, Language::Vi) + behind;
    let exact = derivation.value.exact();
    let page = Opened {
        shell: shell(&asked, pen, &derivation),
        exact: (!exact.is_empty() && exact.contains('/') && !printed.contains('/')).then_some(exact),
        exact_in: if unit == "%" { "phần trăm" } else { unit },
        data: pen.value(&derivation.value, &figure),
        unit,
        value: printed,
        rule: derivation.rule.clone(),
        working: derivation.working.clone(),
        parts: parts(pen, &derivation),
        history: derivation.history.iter().map(|said| step(&results, said)).collect(),
        onward: onward(pen, &figure),
    };
    answer(&asked, page)
}

fn shell(asked: &Asked, pen: Pen<'_>, derivation: &Derivation) -> Shell {
    let shell = Shell::of(asked, pen.results, &derivation.title);
    match &derivation.figure {
        Figure::Unit(unit, _) => shell.under(&pen.results.year.units[*unit].name, pen.unit(*unit)),
        _ => shell,
    }
}

fn parts(pen: Pen<'_>, derivation: &Derivation) -> Table {
    let columns = vec![head("part", "Thành phần"), number("value", "Giá trị"), text("note", "Ghi chú")];
    let mut table = Table::new("gom", "Tính từ", columns);
    for part in &derivation.parts {
        let figure = part.figure.as_ref().unwrap_or(&derivation.figure);
        let value = pen.value(&part.value, figure);
        let unit = match part.value {
            Value::Percent(_) => "%",
            _ => "",
        };
        let mut value = Cell { printed: format!("{}{unit}", value.printed), mark: Mark::None, ..value };
        value.href = part.figure.as_ref().map(|figure| pen.derivation(figure));
        table.push(Weight::Plain, vec![Cell::text(&part.label), value, Cell::text(&part.note)]);
    }
    table
}

fn step(results: &Results, said: &Said) -> Step {
    let request = said.request.as_ref();
    let reason = |code: &String| results.year.reason(code).to_owned();
    Step {
        stage: text::capital(words::stage(said.stage, Language::Vi)),
        points: said.points.vi(),
        working: said.working.clone(),
        inputs: said.inputs.clone(),
        binding: said.binding,
        reason: request.map(|request| reason(&request.reason)),
        answer: request.and_then(|request| request.answer.clone()),
        outcome: request.map(|request| words::outcome(request.outcome, Language::Vi)).unwrap_or_default(),
    }
}

/// Pages on which the figure stands.
fn onward(pen: Pen<'_>, figure: &Figure) -> Vec<(String, String)> {
    let year = &pen.results.year;
    let mut ways = Vec::new();
    let mut node = |set: usize, id: NodeId| {
        let node = year.sets[set].node(id);
        ways.push((format!("{} {}", node.code, node.name), pen.criterion(set, &node.code)));
    };
    match figure {
        Figure::Unit(unit, UnitFigure::Node(code)) => {
            let set = year.blocks[year.units[*unit].block].set;
            year.sets[set].find(code).into_iter().for_each(|id| node(set, id));
        }
        Figure::Unit(
            unit,
            UnitFigure::Percent(measure) | UnitFigure::Change(measure) | UnitFigure::Previous(measure),
        ) => {
            let set = year.blocks[year.units[*unit].block].set;
            pen.results.node(*unit, measure).into_iter().for_each(|id| node(set, id));
        }
        Figure::Mean(_, Measure::In(set, code)) | Figure::MeanChange(_, Measure::In(set, code)) => {
            year.sets[*set].find(code).into_iter().for_each(|id| node(*set, id));
        }
        _ => {}
    }
    if let Figure::Unit(unit, _) = figure {
        ways.push((year.units[*unit].name.clone(), pen.unit(*unit)));
    }
    if let Figure::Mean(_, Measure::Node(code)) = figure
        && pen.results.areas().iter().any(|(known, _)| known == code)
    {
        ways.push((format!("Lĩnh vực {code}"), pen.area(code)));
    }
    ways.push(("Bảng xếp hạng".to_owned(), pen.address("")));
    ways.push(("Cách tính".to_owned(), pen.address("/phuong-phap")));
    ways
}
