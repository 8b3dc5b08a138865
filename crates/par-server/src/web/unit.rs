//! The card of a unit: place, class, areas, losses, changes, every criterion.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use par_core::framework::NodeId;
use par_core::language::Language;
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::results::{Measure, Scope};
use par_core::words;
use par_core::year::Stage;

use super::App;
use super::asked::Asked;
use super::criterion::{judged, stage_column};
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::table::{Cell, Mark, Table, Weight, head, number, text};
use par_core::report::Chart;
use par_render::charts;

/// How many of the largest losses are set out.
const LOSSES: usize = 10;

#[derive(Template)]
#[template(path = "unit.html")]
struct Card {
    shell: Shell,
    slug: String,
    block: String,
    index: Cell,
    place: Cell,
    of: usize,
    class: Cell,
    next: Option<(String, Cell)>,
    total: Cell,
    scale: Cell,
    previous: Option<u16>,
    change: Cell,
    lineage: &'static str,
    like: Cell,
    left_out: Vec<String>,
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
pub async fn show(
    State(app): State<App>,
    Path((year, slug)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let year = &results.year;
    let pen = Pen { results: &results };
    let Some(unit) = year.units.iter().position(|unit| unit.slug == slug) else {
        let coded = year.units.iter().position(|unit| unit.code == slug).ok_or(Failure::NoUnit(year.year))?;
        return Ok(Redirect::permanent(&asked.address(&pen.unit(coded))).into_response());
    };
    let named = &year.units[unit];
    let like = results.like_for_like(unit);
    let next = results.to_next_class(unit).map(|(name, _)| name.to_owned());
    let page = Card {
        shell: Shell::of(&asked, &results, &named.name),
        slug: named.slug.clone(),
        block: year.blocks[named.block].name.clone(),
        index: pen.of_unit(unit, UnitFigure::Index),
        place: pen.of_unit(unit, UnitFigure::Place),
        of: results.standing.blocks[named.block].len(),
        class: pen.class(unit),
        next: next.map(|name| (name, gap(pen.of_unit(unit, UnitFigure::NextClass)))),
        total: pen.of_unit(unit, UnitFigure::Total),
        scale: pen.of_unit(unit, UnitFigure::Scale),
        previous: year.previous.as_ref().map(|previous| previous.year),
        change: pen.of_unit(unit, UnitFigure::Change(Measure::Index)),
        lineage: words::lineage(results.lineage(named), Language::Vi),
        like: pen.of_unit(unit, UnitFigure::LikeForLike),
        left_out: like.map(|like| left_out(pen, unit, &like.left_out)).unwrap_or_default(),
        bars: charts::draw(&results, Chart::Unit(unit), "bieu-do-linh-vuc"),
        slopes: charts::unit::changes(&results, unit, "bieu-do-hai-nam"),
        areas: areas(pen, unit),
        losses: losses(pen, unit),
        exemptions: exemptions(pen, unit),
        all: all(pen, unit),
    };
    answer(&asked, page)
}

/// A distance is said without a sign.
fn gap(cell: Cell) -> Cell {
    Cell { printed: cell.printed.trim_start_matches('+').to_owned(), mark: Mark::None, ..cell }
}

/// Codes with their names.
fn left_out(pen: Pen<'_>, unit: usize, codes: &[String]) -> Vec<String> {
    let set = pen.results.year.set_of(unit);
    let named = |code: &String| Some(format!("{code} {}", set.node(set.find(code)?).name));
    codes.iter().filter_map(named).collect()
}

/// The unit's areas: code under which each is compared, code and name in its set, node.
fn areas_of(pen: Pen<'_>, unit: usize) -> Vec<(Measure, String, NodeId)> {
    let set = pen.results.year.set_of(unit);
    let area = |(id, node): (NodeId, &par_core::framework::Node)| {
        Some((Measure::Node(node.compare_as.clone()?), format!("{}. {}", node.code, node.name), id))
    };
    set.areas().filter_map(area).collect()
}

fn scopes(pen: Pen<'_>, unit: usize) -> (Scope, Scope) {
    let block = pen.results.year.units[unit].block;
    (Scope::Block(block), Scope::Cluster(pen.results.year.blocks[block].cluster))
}

fn areas(pen: Pen<'_>, unit: usize) -> Table {
    let columns = vec![
        head("area", "Lĩnh vực"),
        number("points", "Điểm đạt được"),
        number("max", "Điểm tối đa áp dụng"),
        number("percent", "Tỷ lệ (%)"),
        number("block_mean", "Trung bình bảng xếp hạng (%)"),
        number("cluster_mean", "Trung bình khối (%)"),
        number("previous", "Năm trước (%)"),
        number("change", "Thay đổi (điểm phần trăm)"),
    ];
    let mut table =
        Table::new("linh-vuc", "Tỷ lệ điểm theo lĩnh vực, so với trung bình và năm trước", columns);
    let (block, cluster) = scopes(pen, unit);
    for (measure, name, node) in areas_of(pen, unit) {
        let Measure::Node(code) = &measure else { continue };
        let reason = pen.results.year.exemption_at(unit, node).map(|exemption| exemption.reason.clone());
        let note = reason.map(|reason| table.footnote(&reason));
        table.push(
            Weight::Plain,
            vec![
                Cell::text(name).link(pen.area(code)).note(note),
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
    let columns = vec![
        head("criterion", "Tiêu chí"),
        number("max", "Điểm tối đa"),
        number("points", "Điểm đạt được"),
        number("lost", "Điểm mất"),
        text("reason", "Lý do thẩm định nêu"),
        text("outcome", "Giải trình"),
    ];
    let mut table = Table::new(
        "mat-diem",
        "Mười tiêu chí chấm điểm mất nhiều điểm nhất, lý do thẩm định nêu và kết quả giải trình",
        columns,
    );
    let year = &pen.results.year;
    let set = year.set_of(unit);
    for loss in pen.results.losses(unit).into_iter().take(LOSSES) {
        let node = set.node(loss.node);
        let request = year.leaf_file(unit, loss.leaf).request.as_ref();
        let reason = request.map(|request| year.reason(&request.reason));
        let outcome = request.map(|request| words::outcome(request.outcome, Language::Vi));
        table.push(
            Weight::Plain,
            vec![
                Cell::text(format!("{} {}", node.code, node.name))
                    .link(pen.criterion(year.blocks[year.units[unit].block].set, &node.code)),
                full_points(node.max),
                pen.points(unit, loss.node),
                full_points(loss.lost).strong(),
                reason.map_or_else(Cell::none, Cell::text),
                outcome.map_or_else(Cell::none, Cell::text),
            ],
        );
    }
    table
}

fn exemptions(pen: Pen<'_>, unit: usize) -> Table {
    let columns = vec![
        head("criterion", "Nội dung không đánh giá"),
        number("max", "Điểm tối đa trừ khỏi thang"),
        text("applies_to", "Áp dụng"),
        text("reason", "Lý do"),
    ];
    let mut table = Table::new("khong-danh-gia", "Nội dung trừ khỏi thang điểm", columns);
    let year = &pen.results.year;
    let set = year.set_of(unit);
    for exemption in year.exemptions_of(unit) {
        let Some(id) = set.find(&exemption.code) else { continue };
        let node = set.node(id);
        let everyone = exemption.unit.is_none();
        table.push(
            Weight::Plain,
            vec![
                Cell::text(format!("{} {}", node.code, node.name))
                    .link(pen.criterion(year.blocks[year.units[unit].block].set, &node.code)),
                full_points(node.max),
                Cell::text(if everyone { "mọi đơn vị" } else { "riêng đơn vị này" }),
                Cell::text(&exemption.reason),
            ],
        );
    }
    table
}

/// Every node of the unit's set with what each stage gave.
fn all(pen: Pen<'_>, unit: usize) -> Table {
    let mut columns = vec![
        text("code", "Mã"),
        head("name", "Lĩnh vực, tiêu chí, tiêu chí thành phần"),
        number("max", "Điểm tối đa áp dụng"),
    ];
    columns.extend(Stage::ALL.map(stage_column));
    columns.push(number("points", "Điểm tính vào kết quả"));
    let mut table = Table::new("tieu-chi", "Điểm từng tiêu chí qua các bước chấm", columns);
    let year = &pen.results.year;
    let set = year.set_of(unit);
    for (id, node) in set.nodes() {
        let href = pen.criterion(year.blocks[year.units[unit].block].set, &node.code);
        let mut cells = vec![
            Cell::text(&node.code),
            Cell::text(&node.name).link(href).mark(Mark::Depth(node.depth)),
            pen.max(unit, id),
        ];
        match set.leaf(id) {
            Some(leaf) => cells.extend(Stage::ALL.map(|stage| judged(pen, unit, leaf, stage))),
            None => cells.extend(Stage::ALL.map(|_| Cell::default())),
        }
        cells.push(pen.points(unit, id).strong());
        table.push(if node.depth == 1 { Weight::Group } else { Weight::Plain }, cells);
    }
    table
}
