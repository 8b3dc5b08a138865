//! The card of a unit: place, class, areas, losses, changes, every criterion.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use par_core::framework::NodeId;
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::results::{Measure, Scope};
use par_core::text::capital;
use par_core::words;
use par_core::year::status::{Period, Status};

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::table::{Cell, Mark, Printed, Table, Weight, head, number, text};
use super::visit::Visit;
use super::{cells, columns};
use par_core::report::Chart;
use par_render::charts;

/// How many of the largest losses are set out.
const LOSSES: usize = 10;

#[derive(Template)]
#[template(path = "unit.html")]
struct Card {
    shell: Shell,
    slug: String,
    /// The address of the unit's years, without the language.
    trend: String,
    block: String,
    index: Cell,
    place: Cell,
    /// Units that are ranked with it.
    of: usize,
    /// Whether every leaf has its score, so that there is an index, a place and a class.
    is_scored: bool,
    class: Cell,
    next: Option<(String, Cell)>,
    /// Whether it is in the best class.
    best: bool,
    /// What is to be said of its status or its days, or empty.
    status: String,
    total: Cell,
    scale: Cell,
    previous: Option<u16>,
    change: Cell,
    lineage: &'static str,
    like: Cell,
    /// What only one of the two years assessed, or empty.
    left_out: String,
    bars: Option<String>,
    slopes: Option<String>,
    areas: Table,
    losses: Table,
    exemptions: Table,
    all: Table,
}

impl Page for Card {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        vec![&self.all, &self.areas, &self.losses, &self.exemptions]
    }
}

/// `/ket-qua/{year}/don-vi/{slug}`
pub async fn show(visit: Visit, Path((_, slug)): Path<(String, String)>) -> Result<Response, Failure> {
    let results = &*visit.results;
    let year = &results.year;
    let pen = visit.pen();
    let Some(unit) = year.units.iter().position(|unit| unit.slug == slug) else {
        let coded = year.units.iter().position(|unit| unit.code == slug).ok_or(Failure::NoUnit(year.year))?;
        return Ok(Redirect::permanent(
            &visit.request.again(&format!("/ket-qua/{}/don-vi/{}", year.year, year.units[coded].slug)),
        )
        .into_response());
    };
    let named = &year.units[unit];
    let like = results.like_for_like(unit);
    let next = results.to_next_class(unit).map(|(name, _)| name.to_owned());
    let page = Card {
        shell: visit.shell(&named.name),
        slug: named.slug.clone(),
        trend: format!("/xu-huong/{}", named.slug),
        block: year.blocks[named.block].name.clone(),
        index: pen.of_unit(unit, UnitFigure::Index),
        place: pen.of_unit(unit, UnitFigure::Place),
        of: results.standing.blocks[named.block].len() - results.unscored(Scope::Block(named.block)).len(),
        is_scored: results.standing.units[unit].unscored == 0,
        class: pen.class(unit),
        next: next.map(|name| (name, gap(pen.of_unit(unit, UnitFigure::NextClass)))),
        best: results.standing.units[unit].class == Some(0),
        status: status(pen, unit),
        total: pen.of_unit(unit, UnitFigure::Total),
        scale: pen.of_unit(unit, UnitFigure::Scale),
        previous: year.previous.as_ref().map(|previous| previous.year),
        change: pen.of_unit(unit, UnitFigure::Change(Measure::Index)),
        lineage: words::lineage(results.lineage(named), pen.language),
        like: pen.of_unit(unit, UnitFigure::LikeForLike),
        left_out: like.map(|like| left_out(pen, unit, &like.left_out)).unwrap_or_default(),
        bars: charts::draw(results, Chart::Unit(unit), pen.on("bieu-do-linh-vuc")),
        slopes: charts::unit::changes(results, unit, pen.on("bieu-do-hai-nam")),
        areas: areas(pen, unit),
        losses: losses(pen, unit),
        exemptions: exemptions(pen, unit),
        all: all(pen, unit),
    };
    answer(&visit.request, page)
}

/// What becomes of the unit where that is not plain: not ranked, or not there all the year.
fn status(pen: Pen<'_>, unit: usize) -> String {
    let named = &pen.results.year.units[unit];
    let plain = named.status == Status::Ranked && named.period == Period::default();
    if plain { String::new() } else { format!("{}.", capital(&words::status_of(named, pen.language))) }
}

/// A distance is said without a sign.
fn gap(cell: Cell) -> Cell {
    let printed = cell.printed.number().map_or(cell.printed, Printed::Number);
    Cell { printed, mark: Mark::None, ..cell }
}

/// Codes with their names.
fn left_out(pen: Pen<'_>, unit: usize, codes: &[String]) -> String {
    let set = pen.results.year.set_of(unit);
    let named = |code: &String| Some(format!("{code} {}", set.node(set.find(code)?).name));
    codes.iter().filter_map(named).collect::<Vec<_>>().join("; ")
}

/// The unit's areas: code under which each is compared, code and name in its set, node.
fn areas_of(pen: Pen<'_>, unit: usize) -> Vec<(Measure, String, NodeId)> {
    let set = pen.results.year.set_of(unit);
    let area = |(id, node): (NodeId, &par_core::framework::Node)| {
        (Measure::Node(set.compared_as(id)), format!("{}. {}", node.code, node.name), id)
    };
    set.areas().map(area).collect()
}

fn scopes(pen: Pen<'_>, unit: usize) -> (Scope, Scope) {
    let block = pen.results.year.units[unit].block;
    (Scope::Block(block), Scope::Cluster(pen.results.year.blocks[block].cluster))
}

fn areas(pen: Pen<'_>, unit: usize) -> Table {
    let columns = vec![
        columns::area(pen.language),
        columns::earned(pen.language),
        columns::applied(pen.language),
        columns::percent(pen.language),
        number("block_mean", pen.say("Trung bình bảng xếp hạng (%)", "Mean of the ranking table (%)")),
        number("cluster_mean", pen.say("Trung bình khối (%)", "Mean of the cluster (%)")),
        columns::previous(pen.language),
        columns::change(pen.language),
    ];
    let caption = pen.say(
        "Tỷ lệ điểm theo lĩnh vực, so với trung bình và năm trước",
        "Component indices by area, against the means and the previous year",
    );
    let mut table = Table::new("linh-vuc", caption, columns);
    let (block, cluster) = scopes(pen, unit);
    for (measure, name, node) in areas_of(pen, unit) {
        let Measure::Node(code) = &measure else { continue };
        let note = cells::exemption(pen, &mut table, unit, node);
        table.push(
            Weight::Plain,
            vec![
                Cell::name(name).link(pen.area(code)).note(note),
                pen.points(unit, node),
                pen.max(unit, node),
                pen.percent(unit, &measure).strong(),
                pen.figure(&Figure::Mean(block, measure.clone())),
                pen.figure(&Figure::Mean(cluster, measure.clone())),
                pen.of_unit(unit, UnitFigure::Previous(measure.clone())),
                pen.of_unit(unit, UnitFigure::Change(measure)),
            ],
        );
    }
    table
}

/// The largest losses, with what the appraisers asked and what became of it.
fn losses(pen: Pen<'_>, unit: usize) -> Table {
    let year = &pen.results.year;
    // A public year says of requests for explanation only how many there were in an area.
    let has_requests = year.losses.is_none();
    let mut columns = vec![
        head("criterion", pen.say("Tiêu chí", "Criterion")),
        columns::max(pen.language),
        columns::earned(pen.language),
        columns::lost(pen.language, "lost"),
    ];
    let mut caption = pen.say(
        "Các tiêu chí chấm điểm mất nhiều điểm nhất, nhiều nhất là mười",
        "The scored criteria that lost most points, ten at most",
    );
    if has_requests {
        columns.push(text("reason", pen.say("Lý do thẩm định nêu", "Reason the appraisers gave")));
        columns.push(text("outcome", pen.say("Giải trình", "Explanation")));
        caption = pen.say(
            "Các tiêu chí chấm điểm mất nhiều điểm nhất, lý do thẩm định nêu và kết quả giải trình",
            "The scored criteria that lost most points, the appraisers' reasons and what became of the explanations",
        );
    }
    let mut table = Table::new("mat-diem", caption, columns);
    let (set, framework) = (cells::set_of(pen, unit), year.set_of(unit));
    for loss in pen.results.losses(unit).into_iter().take(LOSSES) {
        let mut cells = vec![
            cells::node(pen, set, loss.node),
            full_points(framework.node(loss.node).max),
            pen.points(unit, loss.node),
            full_points(loss.lost).strong(),
        ];
        if has_requests {
            let request = year.leaf_file(unit, loss.leaf).last_request();
            let reason = request.map(|request| year.reason(&request.reason));
            let outcome = request.map(|request| words::outcome(request.outcome, pen.language));
            cells.push(reason.map_or_else(Cell::none, Cell::name));
            cells.push(outcome.map_or_else(Cell::none, Cell::text));
        }
        table.push(Weight::Plain, cells);
    }
    table
}

fn exemptions(pen: Pen<'_>, unit: usize) -> Table {
    let columns = vec![
        head("criterion", pen.say("Nội dung không đánh giá", "Not evaluated")),
        number("max", pen.say("Điểm tối đa trừ khỏi thang", "Maximum taken off the scale")),
        text("applies_to", pen.say("Áp dụng", "Applies to")),
        text("reason", pen.say("Lý do", "Reason")),
    ];
    let caption = pen.say("Nội dung trừ khỏi thang điểm", "What is taken off the scale");
    let mut table = Table::new("khong-danh-gia", caption, columns);
    let (set, framework) = (cells::set_of(pen, unit), pen.results.year.set_of(unit));
    let (everyone, alone) = pen.say(("mọi đơn vị", "riêng đơn vị này"), ("all units", "this unit alone"));
    for exemption in pen.results.year.exemptions_of(unit) {
        let Some(id) = framework.find(&exemption.code) else { continue };
        table.push(
            Weight::Plain,
            vec![
                cells::node(pen, set, id),
                full_points(framework.node(id).max),
                Cell::text(if exemption.unit.is_none() { everyone } else { alone }),
                Cell::name(&exemption.reason),
            ],
        );
    }
    table
}

/// Every node of the unit's set with what each stage gave.
fn all(pen: Pen<'_>, unit: usize) -> Table {
    let mut columns = vec![
        text("code", pen.say("Mã", "Code")),
        head("name", pen.say("Lĩnh vực, tiêu chí, tiêu chí thành phần", "Area, criterion, sub-criterion")),
        columns::applied(pen.language),
    ];
    columns.extend(columns::stages(&pen.results.year, pen.language));
    columns.push(columns::counted(pen.language));
    let caption = if pen.results.year.told_stages().is_empty() {
        pen.say("Điểm từng nội dung được công bố", "Points of every part that is published")
    } else {
        pen.say("Điểm từng tiêu chí qua các bước chấm", "Points of every criterion at each stage of scoring")
    };
    let mut table = Table::new("tieu-chi", caption, columns);
    let (set, framework) = (cells::set_of(pen, unit), pen.results.year.set_of(unit));
    for (id, node) in framework.nodes() {
        let name = Cell::name(&node.name).link(pen.criterion(set, &node.code));
        let mut cells = vec![Cell::text(&node.code), name.mark(Mark::Depth(node.depth)), pen.max(unit, id)];
        match framework.leaf(id) {
            Some(leaf) => cells.extend(cells::stages(pen, unit, leaf)),
            None => cells.extend(pen.results.year.told_stages().iter().map(|_| Cell::none())),
        }
        cells.push(pen.points(unit, id).strong());
        table.push(if node.depth == 1 { Weight::Group } else { Weight::Plain }, cells);
    }
    table
}
