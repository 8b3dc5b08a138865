//! One area across all units: marks, means, criteria.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::language::Language;
use par_core::score::component::{Quantity, Valued};
use par_core::score::figure::{Count, Figure, UnitFigure};
use par_core::score::results::{Measure, Scope};
use par_core::words;

use super::App;
use super::asked::Asked;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::table::{Cell, Mark, Table, Weight, data_only, head, number, text};
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
pub async fn show(
    State(app): State<App>,
    Path((year, code)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let pen = Pen { results: &results };
    let name = results.areas().into_iter().find(|(known, _)| *known == code).map(|(_, name)| name);
    let name = name.ok_or(Failure::NoArea(results.year.year))?;
    let measure = Measure::Node(code.clone());
    let ordered = results.ordered(Scope::Province, &Quantity::Percent(measure.clone()));
    let extreme = |valued: &Valued| Extreme {
        unit: Cell::text(&results.year.units[valued.unit].name).link(pen.unit(valued.unit)),
        value: pen.percent(valued.unit, &measure),
    };
    let page = Area {
        shell: Shell::of(&asked, &results, format!("{code}. {name}"))
            .under("Lĩnh vực", pen.address("/linh-vuc")),
        mean: pen.figure(&Figure::Mean(Scope::Province, measure.clone())),
        change: pen.figure(&Figure::MeanChange(Scope::Province, measure.clone())),
        definition: words::province_mean(results.year.province_mean, Language::Vi),
        previous: results.year.previous.as_ref().map(|previous| previous.year),
        marks: marks(pen, &code, &measure),
        best: ordered.first().map(extreme),
        worst: ordered.last().map(extreme),
        bars: area::units(&results, &measure, "bieu-do-don-vi"),
        moves: area::moves(&results, &measure, "bieu-do-thay-doi"),
        units: units(pen, &ordered, &measure),
        means: means(pen, &measure),
        criteria: (0..results.year.sets.len()).filter_map(|set| criteria(pen, set, &code)).collect(),
    };
    answer(&asked, page)
}

fn marks(pen: Pen<'_>, code: &str, measure: &Measure) -> Vec<MarkCount> {
    let quantity = Quantity::Percent(measure.clone());
    let count = |words: String, count: Count| MarkCount {
        words,
        count: pen.figure(&Figure::Count(Scope::Province, count)),
    };
    let mut marks = Vec::new();
    for threshold in pen.results.year.thresholds.iter().filter(|threshold| threshold.area == code) {
        let high = threshold.high;
        marks.push(count(format!("đạt trên {}%", high.trimmed().vi()), Count::Above(quantity.clone(), high)));
        if let Some(low) = threshold.low {
            marks.push(count(
                format!("đạt dưới {}%", low.trimmed().vi()),
                Count::Below(quantity.clone(), low),
            ));
        }
    }
    if pen.results.year.previous.is_some() {
        marks.push(count("tăng so với năm trước".to_owned(), Count::up(measure.clone())));
        marks.push(count("giảm so với năm trước".to_owned(), Count::down(measure.clone())));
    }
    marks
}

fn units(pen: Pen<'_>, ordered: &[Valued], measure: &Measure) -> Table {
    let columns = vec![
        head("unit", "Tên đơn vị"),
        text("cluster", "Khối"),
        number("points", "Điểm đạt được"),
        number("max", "Điểm tối đa áp dụng"),
        number("percent", "Tỷ lệ (%)"),
        number("previous", "Năm trước (%)"),
        number("change", "Thay đổi (điểm phần trăm)"),
    ];
    let mut table = Table::new("don-vi", "Các đơn vị từ tỷ lệ cao nhất", columns);
    let year = &pen.results.year;
    let others = pen.results.units(Scope::Province).into_iter();
    let left_out: Vec<usize> = others.filter(|unit| pen.results.share(*unit, measure).is_none()).collect();
    for unit in ordered.iter().map(|valued| valued.unit).chain(left_out) {
        let Some(node) = pen.results.node(unit, measure) else { continue };
        let reason = year.exemption_at(unit, node).map(|exemption| exemption.reason.clone());
        let note = reason.map(|reason| table.footnote(&reason));
        table.push(
            Weight::Plain,
            vec![
                Cell::text(&year.units[unit].name).link(pen.unit(unit)).note(note),
                Cell::text(&year.clusters[year.blocks[year.units[unit].block].cluster].name),
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
        head("of", "Phạm vi"),
        number("mean", "Trung bình (%)"),
        number("previous", "Năm trước (%)"),
        number("change", "Thay đổi (điểm phần trăm)"),
    ];
    let mut table = Table::new("trung-binh", "Trung bình của lĩnh vực", columns);
    let year = &pen.results.year;
    let definition =
        format!("Trung bình toàn tỉnh là {}.", words::province_mean(year.province_mean, Language::Vi));
    let scopes = (0..year.blocks.len()).map(Scope::Block).chain((0..year.clusters.len()).map(Scope::Cluster));
    for scope in scopes.chain([Scope::Province]) {
        let note = (scope == Scope::Province).then(|| table.footnote(&definition));
        let prefix = match scope {
            Scope::Block(_) => "Bảng: ",
            Scope::Cluster(_) => "Khối: ",
            Scope::Province => "",
        };
        table.push(
            Weight::Plain,
            vec![
                Cell::text(format!("{prefix}{}", pen.results.scope_name(scope, Language::Vi))).note(note),
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
        text("code", "Mã"),
        head("name", "Tiêu chí, tiêu chí thành phần"),
        text("source", "Cách chấm"),
        number("max", "Điểm tối đa"),
        number("mean", "Trung bình (%)"),
        number("change", "Thay đổi (điểm phần trăm)"),
    ];
    let mut table = Table::new("tieu-chi", framework.name.clone(), columns)
        .part_of("Tiêu chí của lĩnh vực trong các bộ tiêu chí");
    for node in framework.subtree(area) {
        let measure = Measure::In(set, framework.node(node).code.clone());
        let of = framework.node(node);
        let weight = if of.depth == 1 { Weight::Group } else { Weight::Plain };
        table.push(
            weight,
            vec![
                Cell::text(&framework.id),
                Cell::text(&of.code),
                Cell::text(&of.name).link(pen.criterion(set, &of.code)).mark(Mark::Depth(of.depth)),
                Cell::text(
                    of.scoring
                        .as_ref()
                        .map(|scoring| words::source(scoring.source, Language::Vi))
                        .unwrap_or_default(),
                ),
                full_points(of.max),
                pen.figure(&Figure::Mean(Scope::Province, measure.clone())),
                pen.figure(&Figure::MeanChange(Scope::Province, measure)),
            ],
        );
    }
    Some(table)
}
