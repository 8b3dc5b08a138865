//! Units × areas: the component indices of the year at a glance.

use askama::Template;
use axum::response::Response;
use par_core::report::Chart;
use par_core::score::figure::Figure;
use par_core::score::results::{Measure, Scope};

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Mark, Table, Weight, data_only, number};
use super::visit::Visit;
use super::{cells, columns};
use par_render::charts::{draw, heat};

#[derive(Template)]
#[template(path = "areas.html")]
struct Areas {
    shell: Shell,
    lists: Vec<Table>,
    areas: Vec<(String, String)>,
    legend: Vec<(usize, String)>,
    map: Option<String>,
    components: Option<String>,
    means: Table,
}

impl Page for Areas {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        self.lists.iter().chain([&self.means]).collect()
    }
}

/// `/ket-qua/{year}/linh-vuc`
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let results = &*visit.results;
    let pen = visit.pen();
    let areas = results.areas();
    let page = Areas {
        shell: visit.shell(visit.say("Lĩnh vực", "Areas")),
        lists: (0..results.year.blocks.len()).map(|block| list(pen, block, &areas)).collect(),
        areas: areas.iter().map(|(code, name)| (format!("{code}. {name}"), pen.area(code))).collect(),
        legend: legend(pen),
        map: draw(results, Chart::Areas, pen.on("bieu-do-nhiet")),
        components: draw(results, Chart::Components, pen.on("bieu-do-trung-binh")),
        means: means(pen, &areas),
    };
    answer(&visit.request, page)
}

fn list(pen: Pen<'_>, block: usize, areas: &[(String, String)]) -> Table {
    let year = &pen.results.year;
    let mut columns = vec![data_only("block"), columns::unit(pen.language)];
    columns.extend(
        areas.iter().map(|(code, name)| number(code, format!("{code}. {name}")).link(pen.area(code))),
    );
    columns.push(number("index", pen.say("Chỉ số CCHC", "PAR INDEX")));
    let what = pen.say("tỷ lệ điểm đạt được theo lĩnh vực (%)", "component indices by area (%)");
    let caption = format!("{}: {what}", year.blocks[block].name);
    let list = pen.say("Tỷ lệ điểm đạt được theo lĩnh vực (%)", "Component indices by area (%)");
    let mut table = Table::new("linh-vuc", caption, columns).part_of(list);
    for unit in &pen.results.standing.blocks[block] {
        let mut cells = vec![Cell::text(&year.blocks[block].id), cells::unit(pen, *unit)];
        cells.extend(areas.iter().map(|(code, _)| heat(pen, *unit, &Measure::Node(code.clone()))));
        cells.push(pen.percent(*unit, &Measure::Index).mark(Mark::Strong));
        table.push(Weight::Plain, cells);
    }
    let mut means = vec![Cell::default(), Cell::text(pen.say("Trung bình của bảng", "Mean of the table"))];
    let measures = areas.iter().map(|(code, _)| Measure::Node(code.clone())).chain([Measure::Index]);
    means.extend(measures.map(|measure| pen.figure(&Figure::Mean(Scope::Block(block), measure))));
    table.push(Weight::Summary, means);
    table
}

/// A percent on the five-step scale; the step follows the printed number, which is what readers see.
fn heat(pen: Pen<'_>, unit: usize, measure: &Measure) -> Cell {
    let cell = pen.percent(unit, measure);
    match pen.results.printed(unit, measure) {
        Some(printed) => cell.mark(Mark::Heat(heat::step(printed))),
        None if pen.results.waits(unit, measure) => cell,
        None => Cell { href: cell.href, mark: cell.mark, ..Cell::only_read(pen.say("KĐG", "n/e")) },
    }
}

/// The steps with what they stand for.
fn legend(pen: Pen<'_>) -> Vec<(usize, String)> {
    (1..=heat::STEPS.len()).map(|step| (step, heat::words(step, pen.language))).collect()
}

/// Means by area and cluster.
fn means(pen: Pen<'_>, areas: &[(String, String)]) -> Table {
    let year = &pen.results.year;
    let mut columns = vec![columns::area(pen.language)];
    columns.extend(year.clusters.iter().map(|cluster| number(&cluster.id, &cluster.name)));
    columns.push(number("province", pen.say("Toàn tỉnh", "Whole province")));
    let caption = pen.say("Trung bình các lĩnh vực theo khối (%)", "Means of the areas by cluster (%)");
    let mut table = Table::new("trung-binh", caption, columns);
    let scopes: Vec<Scope> = (0..year.clusters.len()).map(Scope::Cluster).chain([Scope::Province]).collect();
    for (code, name) in areas {
        let mut cells = vec![cells::area(pen, code, name)];
        let mean = |scope: &Scope| pen.figure(&Figure::Mean(*scope, Measure::Node(code.clone())));
        cells.extend(scopes.iter().map(mean));
        table.push(Weight::Plain, cells);
    }
    table
}
