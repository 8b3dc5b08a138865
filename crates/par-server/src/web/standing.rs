//! The ranked tables of a year.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::language::Language;
use par_core::points::decimal::count_vi;
use par_core::points::share::Share;
use par_core::report::Chart;
use par_core::score::figure::{Count, Figure, UnitFigure};
use par_core::score::results::{Measure, Results, Scope};
use par_core::words;

use super::App;
use super::asked::Asked;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::table::{Cell, Column, Kind, Mark, Table, Weight, data_only, head, number, text};
use crate::ops::standing::{self, Row, Shown};
use par_render::charts::draw;

#[derive(Template)]
#[template(path = "standing.html")]
struct Standing {
    shell: Shell,
    province: String,
    facts: Vec<Fact>,
    lists: Vec<Table>,
    chart: Option<String>,
    changes: Option<String>,
    own: Option<String>,
    claims: Table,
    means: Table,
    classes: Table,
    rules: Rules,
}

/// A figure of the year set out above the tables.
struct Fact {
    name: String,
    value: Cell,
    unit: &'static str,
    change: Cell,
    remark: String,
}

/// How the tables were made, in words.
struct Rules {
    ties: String,
    compare: &'static str,
    rounding: String,
    province_mean: &'static str,
    previous: Option<u16>,
}

impl Page for Standing {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        self.lists.iter().chain([&self.means, &self.classes, &self.claims]).collect()
    }
}

/// `/ket-qua/{year}`
pub async fn show(
    State(app): State<App>,
    Path(year): Path<String>,
    asked: Asked,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let pen = Pen { results: &results };
    let rows = standing::rows(&results);
    let blocks = 0..results.year.blocks.len();
    let page = Standing {
        shell: Shell::of(&asked, &results, format!("Kết quả năm {}", results.year.year)),
        province: results.year.title.clone(),
        facts: facts(pen),
        lists: blocks.map(|block| list(pen, block, &rows)).collect(),
        chart: draw(&results, Chart::Ranks, "bieu-do-xep-hang"),
        changes: draw(&results, Chart::Changes, "bieu-do-thay-doi"),
        own: draw(&results, Chart::OwnAppraised, "bieu-do-tu-cham"),
        claims: claims(pen),
        means: means(pen),
        classes: classes(pen),
        rules: rules(&results),
    };
    answer(&asked, page)
}

/// Cluster means with their change and how many units moved.
fn facts(pen: Pen<'_>) -> Vec<Fact> {
    let year = &pen.results.year;
    let scopes = (0..year.clusters.len()).map(Scope::Cluster).chain([Scope::Province]);
    scopes
        .map(|scope| Fact {
            name: pen.results.scope_name(scope, Language::Vi).to_owned(),
            value: pen.figure(&Figure::Mean(scope, Measure::Index)),
            unit: "%",
            change: pen.figure(&Figure::MeanChange(scope, Measure::Index)),
            remark: match scope {
                Scope::Province => words::province_mean(year.province_mean, Language::Vi).to_owned(),
                _ => format!("trung bình cộng của {} đơn vị", count_vi(pen.results.units(scope).len())),
            },
        })
        .collect()
}

/// The ranked table of one block.
fn list(pen: Pen<'_>, block: usize, rows: &[Row]) -> Table {
    let results = pen.results;
    let units = &results.standing.blocks[block];
    let scales: std::collections::BTreeSet<_> =
        units.iter().map(|unit| results.standing.units[*unit].scale).collect();
    let same_scale = scales.len() == 1;
    let name = &results.year.blocks[block].name;
    let caption = match scales.first() {
        Some(scale) if same_scale => format!("{name} (thang điểm {})", scale.vi()),
        _ => name.clone(),
    };
    let mut table = Table::new("xep-hang", caption, columns(results, same_scale))
        .part_of("Xếp hạng các đơn vị trong từng bảng xếp hạng");
    let everyone: Vec<_> = results.year.exemptions.iter().filter(|one| one.unit.is_none()).collect();
    for exemption in &everyone {
        table.footnote(&format!("Cả bảng không đánh giá tiêu chí {}: {}", exemption.code, exemption.reason));
    }
    for (unit, row) in units.iter().zip(of_block(results, block, rows)) {
        let note = own_exemptions(results, *unit).map(|text| table.footnote(&text));
        table.push(Weight::Plain, cells(pen, *unit, row, note));
    }
    table.push(Weight::Summary, mean_row(pen, block, table.columns.len()));
    table
}

fn columns(results: &Results, same_scale: bool) -> Vec<Column> {
    let before = results
        .year
        .previous
        .as_ref()
        .map_or("năm trước".to_owned(), |year| format!("năm {}", year.year));
    let scale = number("scale", "Thang điểm").wide_only();
    vec![
        data_only("block"),
        number("place", "Thứ hạng"),
        head("unit", "Tên đơn vị"),
        data_only("code"),
        number("appraisal", "Điểm thẩm định").wide_only(),
        number("survey", "Điểm điều tra").wide_only(),
        number("total", "Tổng điểm").wide_only(),
        if same_scale { Column { kind: Kind::DataOnly, ..scale } } else { scale },
        number("index", "Chỉ số CCHC (%)"),
        text("class", "Xếp loại"),
        number("change", format!("So với {before} (điểm phần trăm)")),
    ]
}

fn cells(pen: Pen<'_>, unit: usize, row: &Row, note: Option<usize>) -> Vec<Cell> {
    let shown = |shown: &Shown, figure: UnitFigure| {
        Cell::number(shown.printed, shown.exact.clone()).link(pen.derivation(&Figure::Unit(unit, figure)))
    };
    let index = row.index.as_ref().map_or_else(Cell::none, |index| shown(index, UnitFigure::Index));
    vec![
        Cell::text(&row.block),
        pen.of_unit(unit, UnitFigure::Place),
        Cell::text(&row.unit).link(pen.unit(unit)).note(note),
        Cell::text(&row.code),
        shown(&row.appraisal, UnitFigure::Appraisal),
        shown(&row.survey, UnitFigure::Survey),
        shown(&row.total, UnitFigure::Total),
        shown(&row.scale, UnitFigure::Scale),
        Cell { mark: Mark::Strong, ..index },
        pen.class(unit),
        pen.of_unit(unit, UnitFigure::Change(Measure::Index)),
    ]
}

fn mean_row(pen: Pen<'_>, block: usize, columns: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); columns];
    cells[2] = Cell::text("Trung bình của bảng");
    cells[columns - 3] = pen.figure(&Figure::Mean(Scope::Block(block), Measure::Index));
    cells[columns - 1] = pen.figure(&Figure::MeanChange(Scope::Block(block), Measure::Index));
    cells
}

/// What is not evaluated for this unit alone, and the scale that is left.
fn own_exemptions(results: &Results, unit: usize) -> Option<String> {
    let own: Vec<String> = results
        .year
        .exemptions_of(unit)
        .filter(|exemption| exemption.unit.is_some())
        .map(|exemption| format!("{} ({})", exemption.code, exemption.reason.trim_end_matches('.')))
        .collect();
    let scale = results.standing.units[unit].scale;
    let name = &results.year.units[unit].name;
    (!own.is_empty())
        .then(|| format!("{name}: thang điểm {}; không đánh giá {}.", scale.vi(), own.join("; ")))
}

/// The rows of a block, best first.
fn of_block<'r>(results: &'r Results, block: usize, rows: &'r [Row]) -> impl Iterator<Item = &'r Row> {
    let id = &results.year.blocks[block].id;
    rows.iter().filter(move |row| row.block == *id)
}

/// What units gave themselves beside what they got.
fn claims(pen: Pen<'_>) -> Table {
    let columns = vec![
        head("unit", "Tên đơn vị"),
        number("leaves", "Số tiêu chí tự chấm"),
        number("max", "Điểm tối đa"),
        number("self", "Điểm tự chấm"),
        number("binding", "Điểm có hiệu lực"),
        number("less", "Chênh lệch (điểm)"),
        number("self_percent", "Tự chấm (%)"),
        number("binding_percent", "Có hiệu lực (%)"),
    ];
    let caption = "Điểm tự chấm và điểm có hiệu lực, trên các tiêu chí đơn vị tự chấm";
    let mut table = Table::new("tu-cham", caption, columns);
    for unit in pen.results.units(Scope::Province) {
        let Some(claim) = pen.results.claim(unit) else { continue };
        let (places, mode) = pen.results.print_of(unit);
        let percent = |share: Option<Share>| {
            share.map_or_else(Cell::none, |share| {
                Cell::number(share.rounded(places, mode), share.percent().to_string())
            })
        };
        let less = claim.binding - claim.own;
        table.push(
            Weight::Plain,
            vec![
                Cell::text(&pen.results.year.units[unit].name).link(pen.unit(unit)),
                Cell::count(claim.leaves),
                full_points(claim.max),
                full_points(claim.own),
                full_points(claim.binding).strong(),
                Cell { printed: less.full().vi_signed(), ..full_points(less) },
                percent(claim.own_share()),
                percent(claim.binding_share()),
            ],
        );
    }
    table
}

/// Means of blocks, clusters and the province.
fn means(pen: Pen<'_>) -> Table {
    let year = &pen.results.year;
    let columns = vec![
        head("of", "Phạm vi"),
        number("units", "Số đơn vị"),
        number("mean", "Trung bình (%)"),
        number("previous", "Năm trước (%)"),
        number("change", "Thay đổi (điểm phần trăm)"),
        number("up", "Số đơn vị tăng"),
        number("down", "Số đơn vị giảm"),
    ];
    let mut table = Table::new("trung-binh", "Chỉ số trung bình và thay đổi so với năm trước", columns);
    let definition =
        format!("Trung bình toàn tỉnh là {}.", words::province_mean(year.province_mean, Language::Vi));
    let scopes = (0..year.blocks.len()).map(Scope::Block).chain((0..year.clusters.len()).map(Scope::Cluster));
    for scope in scopes.chain([Scope::Province]) {
        let note = (scope == Scope::Province).then(|| table.footnote(&definition));
        let name = match scope {
            Scope::Block(block) => format!("Bảng: {}", year.blocks[block].name),
            Scope::Cluster(cluster) => format!("Khối: {}", year.clusters[cluster].name),
            Scope::Province => "Toàn tỉnh".to_owned(),
        };
        table.push(
            Weight::Plain,
            vec![
                Cell::text(name).note(note),
                Cell::count(pen.results.units(scope).len()),
                pen.figure(&Figure::Mean(scope, Measure::Index)),
                pen.figure(&Figure::PreviousMean(scope, Measure::Index)),
                pen.figure(&Figure::MeanChange(scope, Measure::Index)),
                pen.figure(&Figure::Count(scope, Count::up(Measure::Index))),
                pen.figure(&Figure::Count(scope, Count::down(Measure::Index))),
            ],
        );
    }
    table
}

/// How many units of each block are in each class.
fn classes(pen: Pen<'_>) -> Table {
    let year = &pen.results.year;
    let mut names: Vec<String> = Vec::new();
    for class in (0..year.blocks.len()).flat_map(|block| year.classes_of(block)) {
        if !names.contains(&class.name) {
            names.push(class.name.clone());
        }
    }
    let mut columns = vec![head("block", "Bảng xếp hạng")];
    columns.extend(names.iter().map(|name| number(name, name)));
    let mut table = Table::new("xep-loai", "Số đơn vị theo xếp loại", columns);
    for scope in (0..year.blocks.len()).map(Scope::Block).chain([Scope::Province]) {
        let mut cells = vec![Cell::text(pen.results.scope_name(scope, Language::Vi))];
        cells
            .extend(names.iter().map(|name| pen.figure(&Figure::Count(scope, Count::InClass(name.clone())))));
        table.push(Weight::Plain, cells);
    }
    table
}

fn rules(results: &Results) -> Rules {
    let settings = results.year.sets.first().map(|set| &set.settings);
    Rules {
        ties: settings.map(|settings| words::ties(&settings.ties, Language::Vi)).unwrap_or_default(),
        compare: settings.map(|settings| words::compare(settings.compare, Language::Vi)).unwrap_or_default(),
        rounding: settings
            .map(|settings| {
                format!(
                    "in {} chữ số thập phân, {}",
                    settings.print_places,
                    words::rounding(settings.print_rounding, Language::Vi)
                )
            })
            .unwrap_or_default(),
        province_mean: words::province_mean(results.year.province_mean, Language::Vi),
        previous: results.year.previous.as_ref().map(|previous| previous.year),
    }
}
