//! The ranked tables of a year.

use askama::Template;
use axum::response::Response;
use par_core::points::share::Share;
use par_core::publication::level::Level;
use par_core::report::Chart;
use par_core::score::figure::{Count, Figure, UnitFigure};
use par_core::score::results::{Measure, Results, Scope};
use par_core::words;

use super::columns;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::table::{Cell, Column, Kind, Mark, Printed, Table, Weight, data_only, head, number};
use super::visit::Visit;
use crate::ops::standing::{self, Row, Shown};
use par_render::charts::draw;

#[derive(Template)]
#[template(path = "standing.html")]
struct Standing {
    shell: Shell,
    province: String,
    /// How deep the year is published, where that is not down to the leaves.
    level: Option<&'static str>,
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
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let results = &*visit.results;
    let pen = visit.pen();
    let rows = standing::rows(results);
    let blocks = 0..results.year.blocks.len();
    let page = Standing {
        shell: visit.shell(format!("{} {}", pen.say("Kết quả năm", "Results of"), results.year.year)),
        province: results.year.title.clone(),
        level: level(pen),
        facts: facts(pen),
        lists: blocks.map(|block| list(pen, block, &rows)).collect(),
        chart: draw(results, Chart::Ranks, pen.on("bieu-do-xep-hang")),
        changes: draw(results, Chart::Changes, pen.on("bieu-do-thay-doi")),
        own: draw(results, Chart::OwnAppraised, pen.on("bieu-do-tu-cham")),
        claims: claims(pen),
        means: means(pen),
        classes: classes(pen),
        rules: rules(pen),
    };
    answer(&visit.request, page)
}

/// How deep the year is published, where that is not down to the leaves.
fn level(pen: Pen<'_>) -> Option<&'static str> {
    Some(match Level::of(&pen.results.year) {
        Level::Leaves => return None,
        Level::Criteria => pen.say(
            "Năm này được công bố tới điểm từng tiêu chí; tiêu chí thành phần và các bước chấm không công bố.",
            "This year is published down to criteria; sub-criteria and the stages of scoring are not.",
        ),
        Level::Areas => pen.say(
            "Năm này được công bố tới điểm từng lĩnh vực; điểm từng tiêu chí và các bước chấm không công bố.",
            "This year is published down to areas; points by criterion and the stages of scoring are not.",
        ),
        Level::Total => pen.say(
            "Năm này được công bố tới tổng điểm của từng đơn vị; điểm theo lĩnh vực, tiêu chí và các bước chấm không công bố.",
            "This year is published as the totals of units; points by area and criterion and the stages of scoring are not.",
        ),
    })
}

/// Cluster means with their change and how many units moved.
fn facts(pen: Pen<'_>) -> Vec<Fact> {
    let year = &pen.results.year;
    let scopes = (0..year.clusters.len()).map(Scope::Cluster).chain([Scope::Province]);
    scopes
        .map(|scope| Fact {
            name: pen.results.scope_name(scope, pen.language).to_owned(),
            value: pen.figure(&Figure::Mean(scope, Measure::Index)),
            unit: "%",
            change: pen.figure(&Figure::MeanChange(scope, Measure::Index)),
            remark: match scope {
                Scope::Province => words::province_mean(year.province_mean, pen.language).to_owned(),
                _ => {
                    let unscored = pen.results.unscored(scope).len();
                    let units = pen.language.count(pen.results.units(scope).len() - unscored);
                    pen.say(format!("trung bình cộng của {units} đơn vị"), format!("mean of {units} units"))
                }
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
        Some(scale) if same_scale => {
            format!("{name} ({} {})", pen.say("thang điểm", "scale"), pen.language.points(*scale))
        }
        _ => name.clone(),
    };
    let mut table = Table::new("xep-hang", caption, columns(pen, same_scale)).part_of(pen.say(
        "Xếp hạng các đơn vị trong từng bảng xếp hạng",
        "Units by rank, one ranking table after the other",
    ));
    let everyone: Vec<_> = results.year.exemptions.iter().filter(|one| one.unit.is_none()).collect();
    for exemption in &everyone {
        let nobody = pen.say("Cả bảng không đánh giá tiêu chí", "Not evaluated for any unit, criterion");
        table.footnote(&format!("{nobody} {}: {}", exemption.code, exemption.reason));
    }
    let mut rows = of_block(results, block, rows);
    for (unit, row) in units.iter().zip(&mut rows) {
        let note = own_exemptions(pen, *unit).map(|text| table.footnote(&text));
        table.push(Weight::Plain, cells(pen, *unit, row, note));
    }
    let unscored = results.unscored(Scope::Block(block)).len();
    if unscored > 0 {
        table.footnote(&pen.say(
            format!("{unscored} đơn vị chưa chấm xong, nên bảng này là tạm tính."),
            format!("{unscored} units are not yet scored, so this table is provisional."),
        ));
    }
    table.push(Weight::Summary, mean_row(pen, block, table.columns.len()));
    for (unit, row) in results.unranked(Scope::Block(block)).into_iter().zip(rows) {
        let named = &results.year.units[unit];
        let said = format!("{}: {}.", named.name, words::status_of(named, pen.language));
        let note = table.footnote(&said);
        table.push(Weight::Plain, cells(pen, unit, row, Some(note)));
    }
    table
}

fn columns(pen: Pen<'_>, same_scale: bool) -> Vec<Column> {
    let before = match &pen.results.year.previous {
        None => pen.say("năm trước", "the previous year").to_owned(),
        Some(previous) => format!("{}{}", pen.say("năm ", ""), previous.year),
    };
    let change =
        pen.say(format!("So với {before} (điểm phần trăm)"), format!("Against {before} (percentage points)"));
    let scale = number("scale", pen.say("Thang điểm", "Scale")).wide_only();
    let mut columns = vec![
        data_only("block"),
        columns::place(pen.language),
        columns::unit(pen.language),
        data_only("code"),
        number("appraisal", pen.say("Điểm thẩm định", "Appraised points")).wide_only(),
        number("survey", pen.say("Điểm điều tra", "Survey points")).wide_only(),
        number("total", pen.say("Tổng điểm", "Total")).wide_only(),
        if same_scale { Column { kind: Kind::DataOnly, ..scale } } else { scale },
        columns::index(pen.language),
        columns::class(pen.language),
        number("change", change),
    ];
    if pen.results.year.has_adjustments() {
        let adjustments = [
            number("bonus", pen.say("Điểm thưởng", "Bonus points")).wide_only(),
            number("penalty", pen.say("Điểm trừ", "Penalty points")).wide_only(),
            number("cut", pen.say("Phần vượt khung", "Beyond the limits")).wide_only(),
        ];
        columns.splice(6..6, adjustments);
    }
    if says_status(pen) {
        columns.splice(4..4, [data_only("status"), data_only("remark")]);
    }
    columns
}

fn cells(pen: Pen<'_>, unit: usize, row: &Row, note: Option<usize>) -> Vec<Cell> {
    let shown = |shown: &Shown, figure: UnitFigure| {
        Cell::number(shown.printed, shown.exact.clone()).link(pen.derivation(&Figure::Unit(unit, figure)))
    };
    let maybe = |one: &Option<Shown>, figure: UnitFigure| {
        one.as_ref().map_or_else(Cell::none, |one| shown(one, figure))
    };
    let index = maybe(&row.index, UnitFigure::Index);
    let mut cells = vec![
        Cell::text(&row.block),
        pen.of_unit(unit, UnitFigure::Place),
        Cell::name(&row.unit).link(pen.unit(unit)).note(note),
        Cell::text(&row.code),
        maybe(&row.appraisal, UnitFigure::Appraisal),
        maybe(&row.survey, UnitFigure::Survey),
        maybe(&row.total, UnitFigure::Total),
        maybe(&row.scale, UnitFigure::Scale),
        Cell { mark: Mark::Strong, ..index },
        pen.class(unit),
        pen.of_unit(unit, UnitFigure::Change(Measure::Index)),
    ];
    if pen.results.year.has_adjustments() {
        let adjustments = [&row.bonus, &row.penalty, &row.cut];
        cells.splice(6..6, adjustments.map(|points| maybe(points, UnitFigure::Adjustment)));
    }
    if says_status(pen) {
        let remark = row.remark.clone().unwrap_or_default();
        cells.splice(4..4, [Cell::text(row.status.unwrap_or_default()), Cell::text(remark)]);
    }
    cells
}

/// Whether the year has units that are not ranked.
fn says_status(pen: Pen<'_>) -> bool {
    !pen.results.unranked(Scope::Province).is_empty()
}

fn mean_row(pen: Pen<'_>, block: usize, columns: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); columns];
    cells[2] = Cell::text(pen.say("Trung bình của bảng", "Mean of the table"));
    cells[columns - 3] = pen.figure(&Figure::Mean(Scope::Block(block), Measure::Index));
    cells[columns - 1] = pen.figure(&Figure::MeanChange(Scope::Block(block), Measure::Index));
    cells
}

/// What is not evaluated for this unit alone, and the scale that is left.
fn own_exemptions(pen: Pen<'_>, unit: usize) -> Option<String> {
    let results = pen.results;
    let own: Vec<String> = results
        .year
        .exemptions_of(unit)
        .filter(|exemption| exemption.unit.is_some())
        .map(|exemption| format!("{} ({})", exemption.code, exemption.reason.trim_end_matches('.')))
        .collect();
    let scale = pen.language.points(results.standing.units[unit].scale);
    let (name, own) = (&results.year.units[unit].name, own.join("; "));
    (!own.is_empty()).then(|| {
        pen.say(
            format!("{name}: thang điểm {scale}; không đánh giá {own}."),
            format!("{name}: scale {scale}; not evaluated: {own}."),
        )
    })
}

/// The rows of a block, best first, those of units that are not ranked last.
fn of_block<'r>(results: &'r Results, block: usize, rows: &'r [Row]) -> impl Iterator<Item = &'r Row> {
    let id = &results.year.blocks[block].id;
    rows.iter().filter(move |row| row.block == *id)
}

/// What units gave themselves beside what they got.
fn claims(pen: Pen<'_>) -> Table {
    let columns = vec![
        columns::unit(pen.language),
        number("leaves", pen.say("Số tiêu chí tự chấm", "Criteria self-scored")),
        columns::max(pen.language),
        number("self", pen.say("Điểm tự chấm", "Self-score")),
        number("binding", pen.say("Điểm có hiệu lực", "Binding score")),
        number("less", pen.say("Chênh lệch (điểm)", "Difference (points)")),
        number("self_percent", pen.say("Tự chấm (%)", "Self-score (%)")),
        number("binding_percent", pen.say("Có hiệu lực (%)", "Binding (%)")),
    ];
    let caption = pen.say(
        "Điểm tự chấm và điểm có hiệu lực, trên các tiêu chí đơn vị tự chấm",
        "Self-scores and binding scores, over the criteria that units score themselves",
    );
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
                Cell::name(&pen.results.year.units[unit].name).link(pen.unit(unit)),
                Cell::count(claim.leaves),
                full_points(claim.max),
                full_points(claim.own),
                full_points(claim.binding).strong(),
                Cell { printed: Printed::Signed(less.full()), ..full_points(less) },
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
        columns::scope(pen.language),
        number("units", pen.say("Số đơn vị", "Units")),
        columns::mean(pen.language),
        columns::previous(pen.language),
        columns::change(pen.language),
        number("up", pen.say("Số đơn vị tăng", "Units up")),
        number("down", pen.say("Số đơn vị giảm", "Units down")),
    ];
    let caption = pen.say(
        "Chỉ số trung bình và thay đổi so với năm trước",
        "Mean index and change against the previous year",
    );
    let mut table = Table::new("trung-binh", caption, columns);
    let definition = format!(
        "{} {}.",
        pen.say("Trung bình toàn tỉnh là", "The mean of the province is the"),
        words::province_mean(year.province_mean, pen.language)
    );
    let scopes = (0..year.blocks.len()).map(Scope::Block).chain((0..year.clusters.len()).map(Scope::Cluster));
    for scope in scopes.chain([Scope::Province]) {
        let note = (scope == Scope::Province).then(|| table.footnote(&definition));
        let name = match scope {
            Scope::Block(block) => format!("{}: {}", pen.say("Bảng", "Table"), year.blocks[block].name),
            Scope::Cluster(cluster) => {
                format!("{}: {}", pen.say("Khối", "Cluster"), year.clusters[cluster].name)
            }
            Scope::Province => pen.say("Toàn tỉnh", "Whole province").to_owned(),
        };
        table.push(
            Weight::Plain,
            vec![
                Cell::text(name).note(note),
                Cell::count(pen.results.units(scope).len() - pen.results.unscored(scope).len()),
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
    let mut columns = vec![head("block", pen.say("Bảng xếp hạng", "Ranking table"))];
    columns.extend(names.iter().map(|name| number(name, name)));
    let mut table = Table::new("xep-loai", pen.say("Số đơn vị theo xếp loại", "Units by class"), columns);
    for scope in (0..year.blocks.len()).map(Scope::Block).chain([Scope::Province]) {
        let mut cells = vec![Cell::text(pen.results.scope_name(scope, pen.language))];
        cells
            .extend(names.iter().map(|name| pen.figure(&Figure::Count(scope, Count::InClass(name.clone())))));
        table.push(Weight::Plain, cells);
    }
    table
}

fn rules(pen: Pen<'_>) -> Rules {
    let results = pen.results;
    let settings = results.year.sets.first().map(|set| &set.settings);
    Rules {
        ties: settings.map(|settings| words::ties(&settings.ties, pen.language)).unwrap_or_default(),
        compare: settings.map(|settings| words::compare(settings.compare, pen.language)).unwrap_or_default(),
        rounding: settings
            .map(|settings| {
                let (places, mode) =
                    (settings.print_places, words::rounding(settings.print_rounding, pen.language));
                pen.say(
                    format!("in {places} chữ số thập phân, {mode}"),
                    format!("{places} decimals are printed, {mode}"),
                )
            })
            .unwrap_or_default(),
        province_mean: words::province_mean(results.year.province_mean, pen.language),
        previous: results.year.previous.as_ref().map(|previous| previous.year),
    }
}
