//! A few units of a year side by side, by area and criterion; the choice stands in the address.

use askama::Template;
use axum::response::Response;
use par_core::framework::compare_codes;
use par_core::score::figure::UnitFigure;
use par_core::score::results::{Measure, Results, Scope};
use par_render::charts::side_by_side::{self, MOST, Row};

use super::columns;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::request::encode;
use super::table::{Cell, Column, Kind, Table, Weight, data_only, head, number};
use super::visit::Visit;
use crate::messages::pages;

/// The parameter that names a unit, given once a unit.
pub const UNIT: &str = "don-vi";

#[derive(Template)]
#[template(path = "compare.html")]
struct Compare {
    shell: Shell,
    said: Vec<String>,
    lists: Vec<List>,
    enough: bool,
    chart: Option<String>,
    general: Table,
    areas: Table,
    criteria: Table,
}

/// A ranking list to choose from.
struct List {
    name: String,
    units: Vec<Choice>,
}

/// A unit to choose.
struct Choice {
    name: String,
    slug: String,
    chosen: bool,
}

impl Page for Compare {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        vec![&self.areas, &self.criteria, &self.general]
    }
}

/// `/ket-qua/{year}/so-sanh?don-vi=a&don-vi=b`
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let results = &*visit.results;
    let pen = visit.pen();
    let (mut units, mut unknown) = (Vec::new(), Vec::new());
    for name in visit.request.parameters(UNIT).into_iter().filter(|name| !name.is_empty()) {
        match results.year.find_unit(&name) {
            Some(unit) if units.contains(&unit) => {}
            Some(unit) => units.push(unit),
            None => unknown.push(name.chars().take(60).collect::<String>()),
        }
    }
    unknown.truncate(MOST);
    let said = pages::comparison(pen.language, units.len(), &unknown, MOST, results.year.year);
    units.truncate(MOST);
    let mut shell = visit.shell(visit.say("So sánh các đơn vị", "Compare units"));
    let slug = |unit: &usize| encode(&results.year.units[*unit].slug);
    shell.data_query = units.iter().map(|unit| format!("{UNIT}={}&", slug(unit))).collect();
    let page = Compare {
        shell,
        said,
        lists: lists(results, &units),
        enough: units.len() > 1,
        chart: chart(pen, &units),
        general: general(pen, &units),
        areas: areas(pen, &units),
        criteria: criteria(pen, &units),
    };
    answer(&visit.request, page)
}

fn lists(results: &Results, chosen: &[usize]) -> Vec<List> {
    let choice = |unit: &usize| Choice {
        name: results.year.units[*unit].name.clone(),
        slug: results.year.units[*unit].slug.clone(),
        chosen: chosen.contains(unit),
    };
    let scored = |block: usize| results.scored(Scope::Block(block));
    let blocks = results.year.blocks.iter().zip((0..).map(scored));
    blocks
        .filter(|(_, units)| !units.is_empty())
        .map(|(block, units)| List { name: block.name.clone(), units: units.iter().map(choice).collect() })
        .collect()
}

/// The area chart; nothing is drawn of a single unit.
fn chart(pen: Pen<'_>, units: &[usize]) -> Option<String> {
    if units.len() < 2 {
        return None;
    }
    let results = pen.results;
    let row = |(code, name): (String, String)| {
        let measure = Measure::Node(code.clone());
        Row {
            label: format!("{code}. {name}"),
            values: units.iter().map(|unit| results.printed(*unit, &measure)).collect(),
        }
    };
    let rows: Vec<Row> = results.areas().into_iter().map(row).collect();
    let names: Vec<String> = units.iter().map(|unit| results.year.units[*unit].name.clone()).collect();
    side_by_side::draw(pen.on("bieu-do-so-sanh"), by_area(pen), &names, &rows)
}

/// What chart and table of the areas show.
fn by_area(pen: Pen<'_>) -> &'static str {
    pen.say("Tỷ lệ điểm đạt được theo lĩnh vực (%)", "Percent of points earned by area")
}

/// A column a unit, leading to the unit's page.
fn columns(pen: Pen<'_>, first: Column, units: &[usize]) -> Vec<Column> {
    let unit = |unit: &usize| {
        let named = &pen.results.year.units[*unit];
        number(&named.code, &named.name).link(pen.unit(*unit))
    };
    std::iter::once(first).chain(units.iter().map(unit)).collect()
}

fn general(pen: Pen<'_>, units: &[usize]) -> Table {
    // Words and numbers stand in one column: all of it is set as words.
    let columns = columns(pen, head("figure", pen.say("Nội dung", "Figure")), units).into_iter();
    let columns = columns.map(|column| match column.kind {
        Kind::Number => Column { kind: Kind::Text, ..column },
        _ => column,
    });
    let mut table = Table::new("chung", pen.say("Kết quả chung", "General results"), columns.collect());
    let mut row = |vi: &str, en: &str, cell: &dyn Fn(usize) -> Cell| {
        let cells = units.iter().map(|unit| cell(*unit));
        let name = Cell::text(pen.say(vi, en));
        table.push(Weight::Plain, std::iter::once(name).chain(cells).collect());
    };
    row("Chỉ số CCHC (%)", "PAR INDEX (%)", &|unit| pen.of_unit(unit, UnitFigure::Index).strong());
    row("Bảng xếp hạng", "Ranking table", &|unit| {
        Cell::name(&pen.results.year.blocks[pen.results.year.units[unit].block].name)
    });
    row("Thứ hạng trong bảng", "Rank in the table", &|unit| pen.of_unit(unit, UnitFigure::Place));
    row("Xếp loại", "Class", &|unit| pen.class(unit));
    row("Tổng điểm", "Total points", &|unit| pen.of_unit(unit, UnitFigure::Total));
    row("Thang điểm", "Scale", &|unit| pen.of_unit(unit, UnitFigure::Scale));
    row("Điểm thẩm định", "Appraisal points", &|unit| pen.of_unit(unit, UnitFigure::Appraisal));
    row("Điểm điều tra", "Survey points", &|unit| pen.of_unit(unit, UnitFigure::Survey));
    row(
        "So với năm trước (điểm phần trăm)",
        "Change from the previous year (percentage points)",
        &|unit| pen.of_unit(unit, UnitFigure::Change(Measure::Index)),
    );
    row(
        "So với năm trước trên cùng nội dung (điểm phần trăm)",
        "Like-for-like change from the previous year (percentage points)",
        &|unit| pen.of_unit(unit, UnitFigure::LikeForLike),
    );
    table
}

fn areas(pen: Pen<'_>, units: &[usize]) -> Table {
    let columns = columns(pen, columns::area(pen.language), units);
    let mut table = Table::new("linh-vuc", by_area(pen), columns);
    for (code, name) in pen.results.areas() {
        let first = Cell::name(format!("{code}. {name}")).link(pen.area(&code));
        let measure = Measure::Node(code);
        let cells = units.iter().map(|unit| pen.percent(*unit, &measure));
        table.push(Weight::Plain, std::iter::once(first).chain(cells).collect());
    }
    table
}

/// Criteria of the units' sets by the code under which they are compared.
fn criteria(pen: Pen<'_>, units: &[usize]) -> Table {
    let year = &pen.results.year;
    let mut columns = columns(pen, head("criterion", pen.say("Tiêu chí", "Criterion")), units);
    columns.insert(0, data_only("code"));
    let mut table = Table::new(
        "tieu-chi",
        pen.say("Tỷ lệ điểm đạt được theo tiêu chí (%)", "Percent of points earned by criterion"),
        columns,
    );
    let mut sets: Vec<usize> = units.iter().map(|unit| year.blocks[year.units[*unit].block].set).collect();
    sets.sort_unstable();
    sets.dedup();
    let mut rows: Vec<(String, usize, String, String)> = Vec::new();
    for set in sets {
        for (_, node) in year.sets[set].nodes().filter(|(_, node)| node.depth == 2) {
            let Some(code) = &node.compare_as else { continue };
            if !rows.iter().any(|(known, ..)| known == code) {
                rows.push((code.clone(), set, node.code.clone(), node.name.clone()));
            }
        }
    }
    rows.sort_by(|a, b| compare_codes(&a.0, &b.0));
    for (code, set, own, name) in rows {
        let first = Cell::name(format!("{code} {name}")).link(pen.criterion(set, &own));
        let measure = Measure::Node(code.clone());
        let cells = units.iter().map(|unit| pen.percent(*unit, &measure));
        table.push(Weight::Plain, [Cell::text(code), first].into_iter().chain(cells).collect());
    }
    table
}
