//! How firm the standing is: an analysis for the council, marked as such on every form it takes.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::language::Language;
use par_core::points::decimal::{Decimal, count_vi};
use par_core::score::results::Results;
use par_core::words;
use serde_json::json;

use super::App;
use super::asked::Asked;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Mark, Table, Weight, data_only, head, number, text};
use super::unavailable;
use crate::ops::analysis::{Analysis, Block, ClassDistance, LeafChange, Neighbours, Unit};
use crate::ops::standing::Shown;
use par_render::charts::rank_intervals::{self, Group, Row};

#[derive(Template)]
#[template(path = "robustness.html")]
struct Robustness {
    shell: Shell,
    remark: &'static str,
    draws: String,
    seed: u64,
    command: String,
    disputed: String,
    surveyed: String,
    model: [&'static str; 5],
    area_words: [&'static str; 4],
    chart: String,
    intervals: Vec<Table>,
    chances: Vec<Table>,
    distances: Vec<Table>,
    pairs: Vec<Table>,
    areas: Vec<Table>,
    reliability: Table,
    correlations: Vec<Table>,
    data: serde_json::Value,
}

impl Page for Robustness {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        let lists = [&self.intervals, &self.chances, &self.distances, &self.pairs, &self.areas];
        let tables = lists.into_iter().flatten().chain([&self.reliability]);
        tables.chain(&self.correlations).collect()
    }
    fn figure(&self) -> Option<serde_json::Value> {
        Some(self.data.clone())
    }
}

/// `/ket-qua/{year}/do-vung`
pub async fn show(
    State(app): State<App>,
    Path(year): Path<String>,
    asked: Asked,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let analysis = app.years.analysis(&results).await.map_err(unavailable)?;
    let pen = Pen { results: &results };
    let lists = |table: &dyn Fn(&Block) -> Table| analysis.blocks.iter().map(table).collect();
    let (settings, model) = (analysis.settings, &analysis.model);
    let shell =
        Shell::of(&asked, &results, "Phân tích độ vững").under("Cách tính", pen.address("/phuong-phap"));
    let page = Robustness {
        shell,
        remark: analysis.remark,
        draws: Decimal::new(i128::from(settings.draws), 0).vi(),
        seed: settings.seed,
        command: format!(
            "parindex analyse {} --draws {} --seed {}",
            analysis.year, settings.draws, settings.seed
        ),
        disputed: count_vi(model.disputed_leaves),
        surveyed: count_vi(model.survey_leaves),
        model: model.words,
        area_words: words::analysis::areas(Language::Vi),
        chart: chart(&analysis),
        intervals: lists(&|block| intervals(pen, &analysis, block)),
        chances: lists(&|block| chances(pen, block)),
        distances: lists(&|block| distances(pen, block)),
        pairs: lists(&pairs),
        areas: lists(&areas),
        reliability: reliability(&analysis),
        correlations: lists(&correlations),
        data: json!({
            "analysis": true,
            "remark": analysis.remark,
            "draws": settings.draws,
            "seed": settings.seed,
            "model": model,
        }),
    };
    answer(&asked, page)
}

fn shown(number: &Shown) -> Cell {
    Cell::number(number.printed, number.exact.clone())
}

fn plain(number: Decimal) -> Cell {
    Cell::number(number, number.to_string())
}

fn place(place: u32) -> Cell {
    plain(Decimal::new(i128::from(place), 0))
}

fn unit_cell(pen: Pen<'_>, unit: &Unit) -> Cell {
    Cell::text(&unit.unit).link(pen.unit(unit.position))
}

fn intervals(pen: Pen<'_>, analysis: &Analysis, block: &Block) -> Table {
    let columns = vec![
        data_only("analysis"),
        data_only("draws"),
        data_only("seed"),
        data_only("block"),
        number("place", "Thứ hạng"),
        head("unit", "Tên đơn vị"),
        data_only("code"),
        number("index", "Chỉ số CCHC (%)"),
        number("place_from", "Hạng tốt nhất"),
        number("place_to", "Hạng thấp nhất"),
        number("index_from", "Chỉ số thấp nhất (%)").wide_only(),
        number("index_to", "Chỉ số cao nhất (%)").wide_only(),
        number("same_place", "Giữ đúng hạng (% số lượt)"),
        number("same_class", "Giữ đúng loại (% số lượt)").wide_only(),
        number("disputed", "Số tiêu chí còn ý kiến khác").wide_only(),
    ];
    let mut table = Table::new("do-vung", format!("{}: khoảng 5–95% số lượt", block.name), columns)
        .part_of("Khoảng thứ hạng và chỉ số của các đơn vị (phân tích tham khảo)");
    for unit in &block.units {
        let cells = vec![
            Cell::text(analysis.remark),
            Cell::text(analysis.settings.draws.to_string()),
            Cell::text(analysis.settings.seed.to_string()),
            Cell::text(&block.id),
            place(unit.place),
            unit_cell(pen, unit),
            Cell::text(&unit.code),
            shown(&unit.index),
            place(unit.place_interval[0]).mark(Mark::Strong),
            place(unit.place_interval[1]).mark(Mark::Strong),
            plain(unit.index_interval[0]),
            plain(unit.index_interval[1]),
            plain(unit.same_place.percent),
            plain(unit.same_class.percent),
            Cell::count(unit.disputed_leaves),
        ];
        table.push(Weight::Plain, cells);
    }
    table
}

/// Chances of classes and of the places that are not rare.
fn chances(pen: Pen<'_>, block: &Block) -> Table {
    let classes = class_names(pen.results);
    let mut columns =
        vec![data_only("block"), number("place", "Thứ hạng"), head("unit", "Tên đơn vị"), data_only("code")];
    columns.push(text("places", "Hạng (% số lượt), những hạng có từ 5%"));
    columns.extend(classes.iter().map(|class| number(*class, *class).wide_only()));
    let mut table = Table::new("xac-suat", format!("{}: % số lượt", block.name), columns)
        .part_of("Xác suất của từng thứ hạng và xếp loại (phân tích tham khảo)");
    for unit in &block.units {
        let mut cells = vec![
            Cell::text(&block.id),
            place(unit.place),
            unit_cell(pen, unit),
            Cell::text(&unit.code),
            Cell::text(frequent(unit)),
        ];
        cells.extend(classes.iter().map(|class| {
            let chance = unit.classes.iter().find(|one| one.class == *class);
            chance.map_or_else(Cell::none, |one| plain(one.chance.percent))
        }));
        table.push(Weight::Plain, cells);
    }
    table
}

/// `1 (48,45), 2 (20,70)`: places with at least a twentieth of the draws.
fn frequent(unit: &Unit) -> String {
    let frequent = unit.places.iter().filter(|one| one.chance.percent >= Decimal::new(5, 0));
    frequent.map(|one| format!("{} ({})", one.place, one.chance.percent.vi())).collect::<Vec<_>>().join(", ")
}

fn class_names(results: &Results) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for class in (0..results.year.blocks.len()).flat_map(|block| results.year.classes_of(block)) {
        if !names.contains(&class.name.as_str()) {
            names.push(&class.name);
        }
    }
    names
}

fn distances(pen: Pen<'_>, block: &Block) -> Table {
    let columns = vec![
        data_only("block"),
        number("place", "Thứ hạng"),
        head("unit", "Tên đơn vị"),
        data_only("code"),
        number("place_percent", "Tới hạng trên (điểm phần trăm)").wide_only(),
        number("place_points", "Điểm cần thêm để bằng hạng trên"),
        text("class_above", "Loại trên").wide_only(),
        number("above_percent", "Tới loại trên (điểm phần trăm)").wide_only(),
        number("above_points", "Điểm cần thêm để lên loại"),
        text("class_below", "Loại dưới").wide_only(),
        number("below_percent", "Cách mức giữ loại (điểm phần trăm)").wide_only(),
        number("below_points", "Điểm có thể mất mà vẫn giữ loại"),
    ];
    let mut table = Table::new("khoang-cach", format!("{}: khoảng cách", block.name), columns)
        .part_of("Khoảng cách tới thứ hạng và xếp loại khác (phân tích tham khảo)");
    let class = |distance: &Option<ClassDistance>| match distance {
        Some(to) => [Cell::text(&to.class), shown(&to.percent), shown(&to.points)],
        None => [Cell::none(), Cell::none(), Cell::none()],
    };
    for unit in &block.units {
        let mut cells =
            vec![Cell::text(&block.id), place(unit.place), unit_cell(pen, unit), Cell::text(&unit.code)];
        cells.extend(match &unit.place_above {
            Some(above) => [shown(&above.percent), shown(&above.points)],
            None => [Cell::none(), Cell::none()],
        });
        cells.extend(class(&unit.class_above));
        cells.extend(class(&unit.class_below));
        table.push(Weight::Plain, cells);
    }
    table
}

fn pairs(block: &Block) -> Table {
    let columns = vec![
        data_only("block"),
        head("pair", "Hai đơn vị liền nhau"),
        number("gap", "Cách nhau (điểm phần trăm)"),
        number("changes", "Số thay đổi"),
        text("of_first", "Tiêu chí của đơn vị trên"),
        text("of_second", "Tiêu chí của đơn vị dưới"),
    ];
    let mut table = Table::new("cap", format!("{}: cặp đơn vị", block.name), columns)
        .part_of("Tiêu chí quyết định thứ tự của hai đơn vị liền nhau (phân tích tham khảo)");
    if block.pairs.iter().any(|pair| !pair.changes.is_empty()) {
        table.footnote("Mỗi mục ghi mã tiêu chí, điểm có hiệu lực → điểm khác đã được nêu và bước chấm nêu mức đó; «ngang nhau» khi hai đơn vị thành cùng hạng.");
    }
    let of = |pair: &Neighbours, unit: &str| {
        let changes: Vec<String> =
            pair.changes.iter().filter(|one| one.unit == unit).map(one_change).collect();
        if changes.is_empty() { Cell::none() } else { Cell::text(changes.join("; ")) }
    };
    for pair in &block.pairs {
        table.push(
            Weight::Plain,
            vec![
                Cell::text(&block.id),
                Cell::text(format!("{} – {}", pair.first, pair.second)),
                shown(&pair.gap),
                Cell::count(pair.changes.len()),
                of(pair, &pair.first),
                of(pair, &pair.second),
            ],
        );
    }
    table
}

/// `2.1.1: 1,3333 → 0 (thẩm định lần 1)`
fn one_change(change: &LeafChange) -> String {
    let effect = if change.effect == "swap" { String::new() } else { format!(", {}", change.outcome) };
    format!("{}: {} → {} ({}{effect})", change.code, change.from_vi, change.to_vi, change.said_by)
}

fn areas(block: &Block) -> Table {
    let columns = vec![
        data_only("block"),
        text("code", "Mã"),
        head("area", "Lĩnh vực"),
        number("nominal", "Tỷ trọng điểm (%)"),
        number("effective", "Phần phương sai của chỉ số (%)"),
    ];
    let mut table = Table::new("phuong-sai", format!("{}: vai trò của lĩnh vực", block.name), columns)
        .part_of("Phần của từng lĩnh vực trong chênh lệch giữa các đơn vị (phân tích tham khảo)");
    if !block.areas.computable {
        table.footnote(&format!("Bảng có {} đơn vị, chưa đủ 3 đơn vị để tính.", block.areas.units));
    }
    for area in &block.areas.areas {
        table.push(
            Weight::Plain,
            vec![
                Cell::text(&block.id),
                Cell::text(&area.code),
                Cell::text(&area.name),
                shown(&area.nominal),
                area.effective.as_ref().map_or_else(Cell::none, shown),
            ],
        );
    }
    table
}

fn reliability(analysis: &Analysis) -> Table {
    let columns = vec![
        head("block", "Bảng xếp hạng"),
        number("units", "Số đơn vị"),
        text("areas", "Các lĩnh vực"),
        number("alpha", "Độ tin cậy (Cronbach alpha)"),
    ];
    let mut table = Table::new("do-tin-cay", "Độ tin cậy của các lĩnh vực (phân tích tham khảo)", columns);
    for block in &analysis.blocks {
        table.push(
            Weight::Plain,
            vec![
                Cell::text(&block.name),
                Cell::count(block.areas.units),
                Cell::text(block.areas.alpha_areas.join(", ")),
                block
                    .areas
                    .alpha
                    .as_ref()
                    .map_or_else(|| Cell { printed: "không tính được".to_owned(), ..Cell::none() }, shown),
            ],
        );
    }
    table
}

fn correlations(block: &Block) -> Table {
    let columns = vec![
        data_only("block"),
        head("areas", "Hai lĩnh vực"),
        number("units", "Số đơn vị"),
        number("pearson", "Pearson"),
        number("spearman", "Spearman"),
    ];
    let mut table = Table::new("tuong-quan", format!("{}: tương quan", block.name), columns)
        .part_of("Tương quan giữa các lĩnh vực (phân tích tham khảo)");
    for (position, area) in block.areas.areas.iter().enumerate() {
        for other in &area.correlations[position + 1..] {
            let coefficient = |value: Option<Decimal>| value.map_or_else(Cell::none, plain);
            table.push(
                Weight::Plain,
                vec![
                    Cell::text(&block.id),
                    Cell::text(format!("{} và {}", area.code, other.area)),
                    Cell::count(other.units),
                    coefficient(other.pearson),
                    coefficient(other.spearman),
                ],
            );
        }
    }
    table
}

fn chart(analysis: &Analysis) -> String {
    let row =
        |unit: &Unit| Row { label: unit.unit.clone(), place: unit.place, interval: unit.place_interval };
    let groups: Vec<Group> = analysis
        .blocks
        .iter()
        .map(|block| Group { name: block.name.clone(), rows: block.units.iter().map(row).collect() })
        .collect();
    rank_intervals::draw("bieu-do-do-vung", "Khoảng thứ hạng của các đơn vị (phân tích tham khảo)", &groups)
}
