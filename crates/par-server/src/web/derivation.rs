//! How a figure came about: rule, working, parts that open further, judgements.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use par_core::framework::NodeId;
use par_core::score::derive::{Derivation, Said, Value};
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::results::Measure;
use par_core::{text, words};
use serde::Serialize;
use serde_json::json;

use super::cells;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Mark, Printed, Table, Weight, head, number, text};
use super::visit::Visit;

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
    onward: Vec<Way>,
}

/// A page on which the figure stands.
struct Way {
    name: String,
    href: String,
    /// Whether the name is one of the year's data.
    foreign: bool,
}

/// What one stage said.
#[derive(Serialize)]
struct Step {
    stage: String,
    points: String,
    /// The points with the word behind them.
    #[serde(skip)]
    worth: String,
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
pub async fn show(visit: Visit, Path((_, path)): Path<(String, String)>) -> Result<Response, Failure> {
    let results = &*visit.results;
    let figure = Figure::parse(&results.year, &path).ok_or(Failure::NoFigure(results.year.year))?;
    let derivation = results.derive(&figure, visit.request.language);
    let pen = visit.pen();
    let (places, mode) = results.print_for(&figure);
    let unit = match derivation.value {
        Value::Points(_) | Value::Stretched(_) => pen.say("điểm", "points"),
        Value::Percent(_) => "%",
        Value::Change(_) => pen.say("điểm phần trăm", "percentage points"),
        _ => "",
    };
    let printed = match &derivation.value {
        Value::Points(points) => cells::counted(pen.language, *points),
        value => value.say(places, mode, pen.language),
    };
    let exact = derivation.value.exact();
    let page = Opened {
        shell: shell(&visit, &derivation),
        exact: (!exact.is_empty() && exact.contains('/') && !printed.contains('/')).then_some(exact),
        exact_in: if unit == "%" { pen.say("phần trăm", "percent") } else { unit },
        data: pen.value(&derivation.value, &figure),
        unit,
        value: printed,
        rule: derivation.rule.clone(),
        working: derivation.working.clone(),
        parts: parts(pen, &derivation),
        history: derivation.history.iter().map(|said| step(pen, said)).collect(),
        onward: onward(pen, &figure),
    };
    answer(&visit.request, page)
}

fn shell(visit: &Visit, derivation: &Derivation) -> Shell {
    let pen = visit.pen();
    let shell = visit.shell(&derivation.title);
    match &derivation.figure {
        Figure::Unit(unit, _) => shell.under(&pen.results.year.units[*unit].name, pen.unit(*unit)),
        _ => shell,
    }
}

fn parts(pen: Pen<'_>, derivation: &Derivation) -> Table {
    let columns = vec![
        head("part", pen.say("Thành phần", "Part")),
        number("value", pen.say("Giá trị", "Value")),
        text("note", pen.say("Ghi chú", "Note")),
    ];
    let mut table = Table::new("gom", pen.say("Tính từ", "Made up of"), columns);
    for part in &derivation.parts {
        let figure = part.figure.as_ref().unwrap_or(&derivation.figure);
        let value = pen.value(&part.value, figure);
        let printed = match (&part.value, value.printed.number()) {
            (Value::Percent(_), Some(number)) => Printed::Percent(number),
            _ => value.printed.clone(),
        };
        let mut value = Cell { printed, mark: Mark::None, ..value };
        value.href = part.figure.as_ref().map(|figure| pen.derivation(figure));
        table.push(Weight::Plain, vec![Cell::text(&part.label), value, Cell::text(&part.note)]);
    }
    table
}

fn step(pen: Pen<'_>, said: &Said) -> Step {
    let request = said.request.as_ref();
    let reason = |code: &String| pen.results.year.reason(code).to_owned();
    Step {
        stage: text::capital(words::stage(said.stage, pen.language)),
        points: pen.language.points(said.points),
        worth: cells::counted(pen.language, said.points),
        working: said.working.clone(),
        inputs: said.inputs.clone(),
        binding: said.binding,
        reason: request.map(|request| reason(&request.reason)),
        answer: request.and_then(|request| request.answer.clone()),
        outcome: request.map(|request| words::outcome(request.outcome, pen.language)).unwrap_or_default(),
    }
}

/// Pages on which the figure stands.
fn onward(pen: Pen<'_>, figure: &Figure) -> Vec<Way> {
    let year = &pen.results.year;
    let named = |name: String, href: String| Way { name, href, foreign: true };
    let worded = |name: String, href: String| Way { name, href, foreign: false };
    let mut ways = Vec::new();
    let mut node = |set: usize, id: NodeId| {
        let node = year.sets[set].node(id);
        ways.push(named(format!("{} {}", node.code, node.name), pen.criterion(set, &node.code)));
    };
    match figure {
        Figure::Unit(unit, UnitFigure::Node(code)) => {
            let set = cells::set_of(pen, *unit);
            year.sets[set].find(code).into_iter().for_each(|id| node(set, id));
        }
        Figure::Unit(
            unit,
            UnitFigure::Percent(measure) | UnitFigure::Change(measure) | UnitFigure::Previous(measure),
        ) => {
            let set = cells::set_of(pen, *unit);
            pen.results.node(*unit, measure).into_iter().for_each(|id| node(set, id));
        }
        Figure::Mean(_, Measure::In(set, code)) | Figure::MeanChange(_, Measure::In(set, code)) => {
            year.sets[*set].find(code).into_iter().for_each(|id| node(*set, id));
        }
        _ => {}
    }
    if let Figure::Unit(unit, _) = figure {
        ways.push(named(year.units[*unit].name.clone(), pen.unit(*unit)));
    }
    if let Figure::Mean(_, Measure::Node(code)) = figure
        && pen.results.areas().iter().any(|(known, _)| known == code)
    {
        ways.push(worded(format!("{} {code}", pen.say("Lĩnh vực", "Area")), pen.area(code)));
    }
    ways.push(worded(pen.say("Bảng xếp hạng", "Ranking").to_owned(), pen.address("")));
    ways.push(worded(pen.say("Cách tính", "Method").to_owned(), pen.address("/phuong-phap")));
    ways
}
