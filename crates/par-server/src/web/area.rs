//! One area across all units: marks, means, criteria.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use par_core::points::decimal::Decimal;
use par_core::score::component::{Quantity, Valued};
use par_core::score::figure::{Count, Figure, UnitFigure};
use par_core::score::results::{Measure, Scope};
use par_core::words;

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::table::{Cell, Mark, Table, Weight, data_only, head, text};
use super::visit::Visit;
use super::{cells, columns};
use par_render::charts::area;

#[derive(Template)]
#[template(path = "area.html")]
struct Area {
    shell: Shell,
    mean: Cell,
    change: Cell,
    definition: &'static str,
    previous: Option<u16>,
    marks: Vec<MarkCount>,
    best: Option<Extreme>,
    worst: Option<Extreme>,
    bars: Option<String>,
    moves: Option<String>,
    units: Table,
    means: Table,
    criteria: Vec<Table>,
}

/// Units above or below a mark.
struct MarkCount {
    words: String,
    count: Cell,
}

/// The best or worst unit.
struct Extreme {
    unit: Cell,
    value: Cell,
}

impl Page for Area {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        [&self.units, &self.means].into_iter().chain(&self.criteria).collect()
    }
}

/// `/ket-qua/{year}/linh-vuc/{code}`
pub async fn show(visit: Visit, Path((_, code)): Path<(String, String)>) -> Result<Response, Failure> {
    let results = &*visit.results;
    let pen = visit.pen();
    let name = results.areas().into_iter().find(|(known, _)| *known == code).map(|(_, name)| name);
    let name = name.ok_or(Failure::NoArea(results.year.year))?;
    let measure = Measure::Node(code.clone());
    let ordered = results.ordered(Scope::Province, &Quantity::Percent(measure.clone()));
    let extreme = |valued: &Valued| Extreme {
        unit: cells::unit(pen, valued.unit),
        value: pen.percent(valued.unit, &measure),
    };
    let [mean, change] = cells::mean(pen, measure.clone());
    let page = Area {
        shell: visit
            .shell(format!("{code}. {name}"))
            .under(pen.say("Lĩnh vực", "Areas"), pen.address("/linh-vuc")),
        marks: marks(pen, &code, &measure, change.exact.is_some()),
        mean,
        change,
        definition: words::province_mean(results.year.province_mean, pen.language),
        previous: results.year.previous.as_ref().map(|previous| previous.year),
        best: ordered.first().map(extreme),
        worst: ordered.last().map(extreme),
        bars: area::units(results, &measure, pen.on("bieu-do-don-vi")),
        moves: area::moves(results, &measure, pen.on("bieu-do-thay-doi")),
        units: units(pen, &ordered, &measure),
        means: means(pen, &measure),
        criteria: (0..results.year.sets.len()).filter_map(|set| criteria(pen, set, &code)).collect(),
    };
    answer(&visit.request, page)
}

/// Counts of units; those that rose or fell only where the area has figures of both years.
fn marks(pen: Pen<'_>, code: &str, measure: &Measure, has_change: bool) -> Vec<MarkCount> {
    let quantity = Quantity::Percent(measure.clone());
    let count = |words: String, count: Count| MarkCount {
        words,
        count: pen.figure(&Figure::Count(Scope::Province, count)),
    };
    let mut marks = Vec::new();
    for threshold in pen.results.year.thresholds.iter().filter(|threshold| threshold.area == code) {
        let above = mark(pen, "đạt trên", "above", threshold.high);
        marks.push(count(above, Count::Above(quantity.clone(), threshold.high)));
        if let Some(low) = threshold.low {
            marks.push(count(mark(pen, "đạt dưới", "below", low), Count::Below(quantity.clone(), low)));
        }
    }
    if has_change {
        let up = pen.say("tăng so với năm trước", "up against the previous year");
        let down = pen.say("giảm so với năm trước", "down against the previous year");
        marks.push(count(up.to_owned(), Count::up(measure.clone())));
        marks.push(count(down.to_owned(), Count::down(measure.clone())));
    }
    marks
}

fn mark(pen: Pen<'_>, vi: &str, en: &str, mark: Decimal) -> String {
    format!("{} {}%", pen.say(vi, en), pen.language.number(mark.trimmed()))
}

fn units(pen: Pen<'_>, ordered: &[Valued], measure: &Measure) -> Table {
    let columns = vec![
        columns::unit(pen.language),
        text("cluster", pen.say("Khối", "Cluster")),
        columns::earned(pen.language),
        columns::applied(pen.language),
        columns::percent(pen.language),
        columns::previous(pen.language),
        columns::change(pen.language),
    ];
    let caption = pen.say("Các đơn vị từ tỷ lệ cao nhất", "Units, highest component index first");
    let mut table = Table::new("don-vi", caption, columns);
    let year = &pen.results.year;
    let others = pen.results.units(Scope::Province).into_iter();
    let left_out: Vec<usize> = others.filter(|unit| pen.results.share(*unit, measure).is_none()).collect();
    for unit in ordered.iter().map(|valued| valued.unit).chain(left_out) {
        let Some(node) = pen.results.node(unit, measure) else { continue };
        let note = cells::exemption(pen, &mut table, unit, node);
        table.push(
            Weight::Plain,
            vec![
                cells::unit(pen, unit).note(note),
                Cell::name(&year.clusters[year.blocks[year.units[unit].block].cluster].name),
                pen.points(unit, node),
                pen.max(unit, node),
                pen.percent(unit, measure).strong(),
                pen.of_unit(unit, UnitFigure::Previous(measure.clone())),
                pen.of_unit(unit, UnitFigure::Change(measure.clone())),
            ],
        );
    }
    table
}

fn means(pen: Pen<'_>, measure: &Measure) -> Table {
    let columns = vec![
        columns::scope(pen.language),
        columns::mean(pen.language),
        columns::previous(pen.language),
        columns::change(pen.language),
    ];
    let caption = pen.say("Trung bình của lĩnh vực", "Means of the area");
    let mut table = Table::new("trung-binh", caption, columns);
    let year = &pen.results.year;
    let is = pen.say("Trung bình toàn tỉnh là", "The mean of the province is");
    let definition = format!("{is} {}.", words::province_mean(year.province_mean, pen.language));
    let scopes = (0..year.blocks.len()).map(Scope::Block).chain((0..year.clusters.len()).map(Scope::Cluster));
    for scope in scopes.chain([Scope::Province]) {
        let note = (scope == Scope::Province).then(|| table.footnote(&definition));
        let prefix = match scope {
            Scope::Block(_) => pen.say("Bảng: ", "Table: "),
            Scope::Cluster(_) => pen.say("Khối: ", "Group: "),
            Scope::Province => "",
        };
        table.push(
            Weight::Plain,
            vec![
                Cell::text(format!("{prefix}{}", pen.results.scope_name(scope, pen.language))).note(note),
                pen.figure(&Figure::Mean(scope, measure.clone())),
                pen.figure(&Figure::PreviousMean(scope, measure.clone())),
                pen.figure(&Figure::MeanChange(scope, measure.clone())),
            ],
        );
    }
    table
}

/// The criteria of the area in one set, with their means over the units of that set.
fn criteria(pen: Pen<'_>, set: usize, code: &str) -> Option<Table> {
    let framework = &pen.results.year.sets[set];
    let area = framework.find_compared(code)?;
    let columns = vec![
        data_only("set"),
        text("code", pen.say("Mã", "Code")),
        head("name", pen.say("Tiêu chí, tiêu chí thành phần", "Criterion, sub-criterion")),
        text("source", pen.say("Cách chấm", "How it is scored")),
        columns::max(pen.language),
        columns::mean(pen.language),
        columns::change(pen.language),
    ];
    let list =
        pen.say("Tiêu chí của lĩnh vực trong các bộ tiêu chí", "Criteria of the area in the criteria sets");
    let mut table = Table::new("tieu-chi", framework.name.clone(), columns).part_of(list);
    for node in framework.subtree(area) {
        let of = framework.node(node);
        let weight = if of.depth == 1 { Weight::Group } else { Weight::Plain };
        let source = of
            .scoring
            .as_ref()
            .map(|scoring| words::source(scoring.source, pen.language))
            .unwrap_or_default();
        let [mean, change] = cells::mean(pen, Measure::In(set, of.code.clone()));
        table.push(
            weight,
            vec![
                Cell::text(&framework.id),
                Cell::text(&of.code),
                Cell::name(&of.name).link(pen.criterion(set, &of.code)).mark(Mark::Depth(of.depth)),
                Cell::text(source),
                full_points(of.max),
                mean,
                change,
            ],
        );
    }
    Some(table)
}
