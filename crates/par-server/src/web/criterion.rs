//! One criterion of a set across the units scored by that set.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use par_core::framework::NodeId;
use par_core::score::results::{Measure, Scope};
use par_core::words;

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::rules::{self, Words};
use super::table::{Cell, Table, Weight, data_only, head};
use super::visit::Visit;
use super::{cells, columns};
use par_render::charts::criterion;

#[derive(Template)]
#[template(path = "criterion.html")]
struct Criterion {
    shell: Shell,
    set: String,
    max: String,
    rule: Option<Words>,
    /// Nothing where the stages of scoring are not public.
    source: Option<&'static str>,
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
    visit: Visit,
    Path((_, set, code)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let results = &*visit.results;
    let pen = visit.pen();
    let missing = || Failure::NoCriterion(results.year.year);
    let set = results.year.sets.iter().position(|known| known.id == set).ok_or_else(missing)?;
    let framework = &results.year.sets[set];
    let id = framework.find(&code).ok_or_else(missing)?;
    let node = framework.node(id);
    let scoring = node.scoring.as_ref();
    let mut legal: Vec<String> =
        scoring.map(|scoring| scoring.legal.clone()).filter(|legal| !legal.is_empty()).into_iter().collect();
    legal.extend(framework.legal_basis.iter().cloned());
    let [mean, change] = cells::mean(pen, Measure::In(set, code));
    let page = Criterion {
        shell: shell(&visit, set, id),
        set: framework.name.clone(),
        max: pen.language.points(node.max),
        rule: scoring.map(|scoring| rules::words(&scoring.rule, node.max, pen.language)),
        source: match scoring {
            None => Some(pen.say("tổng điểm các phần bên dưới", "sum of the parts below")),
            Some(scoring) => (!scoring.is_given()).then(|| words::source(scoring.source, pen.language)),
        },
        evidence: scoring.map(|scoring| scoring.evidence.clone()).unwrap_or_default(),
        legal,
        since: node.since,
        mean,
        change,
        claims: framework
            .leaf(id)
            .and_then(|leaf| criterion::claims(results, set, leaf, pen.on("bieu-do-tu-cham"))),
        units: units(pen, set, id),
        parts: scoring.is_none().then(|| parts(pen, set, id)),
    };
    answer(&visit.request, page)
}

/// The frame, with the nodes above as the way to the page.
fn shell(visit: &Visit, set: usize, id: NodeId) -> Shell {
    let pen = visit.pen();
    let (framework, areas) = (&pen.results.year.sets[set], pen.results.areas());
    let node = framework.node(id);
    let mut above = Vec::new();
    let mut parent = node.parent;
    while let Some(up) = parent {
        above.push(up);
        parent = framework.node(up).parent;
    }
    let title = format!("{} {}", node.code, node.name);
    let mut shell = visit.shell(title).under(pen.say("Lĩnh vực", "Areas"), pen.address("/linh-vuc"));
    for up in above.into_iter().rev() {
        let up = framework.node(up);
        // Areas of bonus and penalty points, and those compared with nothing, have no page of areas.
        let href = match (&up.compare_as, up.depth) {
            (Some(code), 1) if areas.iter().any(|(known, _)| known == code) => pen.area(code),
            _ => pen.criterion(set, &up.code),
        };
        let name = match up.depth {
            1 => format!("{} {}", pen.say("Lĩnh vực", "Area"), up.code),
            _ => up.code.clone(),
        };
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
    let mut columns = vec![data_only("block"), columns::unit(pen.language), columns::applied(pen.language)];
    let has_stages = leaf.is_some() && !year.told_stages().is_empty();
    if has_stages {
        columns.extend(columns::stages(year, pen.language));
    }
    columns.extend([columns::counted(pen.language), columns::percent(pen.language)]);
    let caption = if has_stages {
        pen.say("Điểm của các đơn vị qua các bước chấm", "Points of the units at each stage of scoring")
    } else {
        pen.say("Điểm của các đơn vị", "Points of the units")
    };
    let mut table = Table::new("don-vi", caption, columns);
    for unit in units_of(pen, set) {
        let note = cells::exemption(pen, &mut table, unit, id);
        let mut cells = vec![
            Cell::text(&year.blocks[year.units[unit].block].id),
            cells::unit(pen, unit).note(note),
            pen.max(unit, id),
        ];
        if let Some(leaf) = leaf {
            cells.extend(cells::stages(pen, unit, leaf));
        }
        cells.push(pen.points(unit, id).strong());
        cells.push(pen.percent(unit, &measure));
        table.push(Weight::Plain, cells);
    }
    table
}

/// The nodes directly below.
fn parts(pen: Pen<'_>, set: usize, id: NodeId) -> Table {
    let framework = &pen.results.year.sets[set];
    let columns = vec![
        head("name", pen.say("Nội dung", "Part")),
        columns::max(pen.language),
        columns::mean(pen.language),
        columns::change(pen.language),
    ];
    let mut table = Table::new("gom", pen.say("Gồm các phần", "Made up of"), columns);
    for child in framework.children(id) {
        let node = framework.node(child);
        let [mean, change] = cells::mean(pen, Measure::In(set, node.code.clone()));
        table.push(Weight::Plain, vec![cells::node(pen, set, child), full_points(node.max), mean, change]);
    }
    table
}
