//! One criterion of a set across the units scored by that set.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::framework::{LeafId, NodeId};
use par_core::language::Language;
use par_core::score::figure::Figure;
use par_core::score::results::{Measure, Scope};
use par_core::words::{self, short};
use par_core::year::Stage;

use super::App;
use super::asked::Asked;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::rules::{self, Words};
use super::table::{Cell, Column, Table, Weight, data_only, head, number};
use par_render::charts::criterion;

#[derive(Template)]
#[template(path = "criterion.html")]
struct Criterion {
    shell: Shell,
    set: String,
    max: String,
    rule: Option<Words>,
    source: &'static str,
    evidence: String,
    legal: Vec<String>,
    since: Option<u16>,
    mean: Cell,
    change: Cell,
    claims: Option<String>,
    units: Table,
    parts: Option<Table>,
}

impl Page for Criterion {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        std::iter::once(&self.units).chain(&self.parts).collect()
    }
}

/// `/ket-qua/{year}/tieu-chi/{set}/{code}`
pub async fn show(
    State(app): State<App>,
    Path((year, set, code)): Path<(String, String, String)>,
    asked: Asked,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let pen = Pen { results: &results };
    let missing = || Failure::NoCriterion(results.year.year);
    let set = results.year.sets.iter().position(|known| known.id == set).ok_or_else(missing)?;
    let framework = &results.year.sets[set];
    let id = framework.find(&code).ok_or_else(missing)?;
    let node = framework.node(id);
    let scoring = node.scoring.as_ref();
    let measure = Measure::In(set, code.clone());
    let mut legal: Vec<String> =
        scoring.map(|scoring| scoring.legal.clone()).filter(|legal| !legal.is_empty()).into_iter().collect();
    legal.extend(framework.legal_basis.iter().cloned());
    let page = Criterion {
        shell: shell(&asked, pen, set, id),
        set: framework.name.clone(),
        max: node.max.vi(),
        rule: scoring.map(|scoring| rules::words(&scoring.rule, node.max)),
        source: scoring
            .map(|scoring| words::source(scoring.source, Language::Vi))
            .unwrap_or("tổng điểm các phần bên dưới"),
        evidence: scoring.map(|scoring| scoring.evidence.clone()).unwrap_or_default(),
        legal,
        since: node.since,
        mean: pen.figure(&Figure::Mean(Scope::Province, measure.clone())),
        change: pen.figure(&Figure::MeanChange(Scope::Province, measure)),
        claims: framework.leaf(id).and_then(|leaf| criterion::claims(&results, set, leaf, "bieu-do-tu-cham")),
        units: units(pen, set, id),
        parts: scoring.is_none().then(|| parts(pen, set, id)),
    };
    answer(&asked, page)
}

/// The frame, with the nodes above as the way to the page.
fn shell(asked: &Asked, pen: Pen<'_>, set: usize, id: NodeId) -> Shell {
    let framework = &pen.results.year.sets[set];
    let node = framework.node(id);
    let mut above = Vec::new();
    let mut parent = node.parent;
    while let Some(up) = parent {
        above.push(up);
        parent = framework.node(up).parent;
    }
    let title = format!("{} {}", node.code, node.name);
    let mut shell = Shell::of(asked, pen.results, title).under("Lĩnh vực", pen.address("/linh-vuc"));
    for up in above.into_iter().rev() {
        let up = framework.node(up);
        let href = match (&up.compare_as, up.depth) {
            (Some(code), 1) => pen.area(code),
            _ => pen.criterion(set, &up.code),
        };
        let name = if up.depth == 1 { format!("Lĩnh vực {}", up.code) } else { up.code.clone() };
        shell = shell.under(name, href);
    }
    shell
}

fn units_of(pen: Pen<'_>, set: usize) -> Vec<usize> {
    let year = &pen.results.year;
    let units = pen.results.units(Scope::Province).into_iter();
    units.filter(|unit| year.blocks[year.units[*unit].block].set == set).collect()
}

/// Every unit with its points; for a judged leaf also what each stage gave.
fn units(pen: Pen<'_>, set: usize, id: NodeId) -> Table {
    let year = &pen.results.year;
    let framework = &year.sets[set];
    let leaf = framework.leaf(id);
    let measure = Measure::In(set, framework.node(id).code.clone());
    let mut columns =
        vec![data_only("block"), head("unit", "Tên đơn vị"), number("max", "Điểm tối đa áp dụng")];
    if leaf.is_some() {
        columns.extend(Stage::ALL.map(stage_column));
    }
    columns.push(number("points", "Điểm tính vào kết quả"));
    columns.push(number("percent", "Tỷ lệ (%)"));
    let mut table = Table::new("don-vi", "Điểm của các đơn vị qua các bước chấm", columns);
    for unit in units_of(pen, set) {
        let note = year.exemption_at(unit, id).map(|exemption| exemption.reason.clone());
        let note = note.map(|reason| table.footnote(&reason));
        let mut cells = vec![
            Cell::text(&year.blocks[year.units[unit].block].id),
            Cell::text(&year.units[unit].name).link(pen.unit(unit)).note(note),
            pen.max(unit, id),
        ];
        if let Some(leaf) = leaf {
            cells.extend(Stage::ALL.map(|stage| judged(pen, unit, leaf, stage)));
        }
        cells.push(pen.points(unit, id).strong());
        cells.push(pen.percent(unit, &measure));
        table.push(Weight::Plain, cells);
    }
    table
}

/// The column of a stage.
pub fn stage_column(stage: Stage) -> Column {
    number(stage.name(), short::stage(stage, Language::Vi))
}

/// The points a stage gave, if it spoke.
pub fn judged(pen: Pen<'_>, unit: usize, leaf: LeafId, stage: Stage) -> Cell {
    let judgement = pen.results.year.leaf_file(unit, leaf).at(stage);
    judgement.map_or_else(Cell::none, |judgement| full_points(judgement.points))
}

/// The nodes directly below.
fn parts(pen: Pen<'_>, set: usize, id: NodeId) -> Table {
    let framework = &pen.results.year.sets[set];
    let columns = vec![
        head("name", "Nội dung"),
        number("max", "Điểm tối đa"),
        number("mean", "Trung bình (%)"),
        number("change", "Thay đổi (điểm phần trăm)"),
    ];
    let mut table = Table::new("gom", "Gồm các phần", columns);
    for child in framework.children(id) {
        let node = framework.node(child);
        let measure = Measure::In(set, node.code.clone());
        table.push(
            Weight::Plain,
            vec![
                Cell::text(format!("{} {}", node.code, node.name)).link(pen.criterion(set, &node.code)),
                full_points(node.max),
                pen.figure(&Figure::Mean(Scope::Province, measure.clone())),
                pen.figure(&Figure::MeanChange(Scope::Province, measure)),
            ],
        );
    }
    table
}
