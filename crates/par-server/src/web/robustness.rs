//! How firm the standing is: an analysis for the council, marked as such on every form it takes.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use par_core::analysis::pairs::Effect;
use par_core::points::decimal::Decimal;
use par_core::score::results::Results;
use par_core::words;
use par_core::year::Stage;
use serde_json::json;

use super::columns;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Mark, Table, Weight, data_only, head, number, text};
use super::visit::Visit;
use super::{App, unavailable};
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
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Failure> {
    let analysis = app.years.analysis(&visit.results).await.map_err(unavailable)?;
    let pen = visit.pen();
    let lists = |table: &dyn Fn(&Block) -> Table| analysis.blocks.iter().map(table).collect();
    let (settings, model) = (analysis.settings, &analysis.model);
    let shell = visit
        .shell(visit.say("Phân tích độ vững", "Analysis of robustness"))
        .under(visit.say("Cách tính", "Method"), pen.address("/phuong-phap"));
    let page = Robustness {
        shell,
        remark: words::analysis::remark(pen.language),
        draws: pen.language.number(Decimal::new(i128::from(settings.draws), 0)),
        seed: settings.seed,
        command: format!(
            "parindex analyse {} --draws {} --seed {}",
            analysis.year, settings.draws, settings.seed
        ),
        disputed: pen.language.count(model.disputed_leaves),
        surveyed: pen.language.count(model.survey_leaves),
        model: words::analysis::model(pen.language),
        area_words: words::analysis::areas(pen.language),
        chart: chart(pen, &analysis),
        intervals: lists(&|block| intervals(pen, &analysis, block)),
        chances: lists(&|block| chances(pen, block)),
        distances: lists(&|block| distances(pen, block)),
        pairs: lists(&|block| pairs(pen, block)),
        areas: lists(&|block| areas(pen, block)),
        reliability: reliability(pen, &analysis),
        correlations: lists(&|block| correlations(pen, block)),
        data: json!({
            "analysis": true,
            "remark": analysis.remark,
            "draws": settings.draws,
            "seed": settings.seed,
            "model": model,
        }),
    };
    answer(&visit.request, page)
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
    Cell::name(&unit.unit).link(pen.unit(unit.position))
}

fn intervals(pen: Pen<'_>, analysis: &Analysis, block: &Block) -> Table {
    let columns = vec![
        data_only("analysis"),
        data_only("draws"),
        data_only("seed"),
        data_only("block"),
        columns::place(pen.language),
        columns::unit(pen.language),
        data_only("code"),
        columns::index(pen.language),
        number("place_from", pen.say("Hạng tốt nhất", "Best rank")),
        number("place_to", pen.say("Hạng thấp nhất", "Worst rank")),
        number("index_from", pen.say("Chỉ số thấp nhất (%)", "Lowest index (%)")).wide_only(),
        number("index_to", pen.say("Chỉ số cao nhất (%)", "Highest index (%)")).wide_only(),
        number("same_place", pen.say("Giữ đúng hạng (% số lượt)", "Same rank (% of draws)")),
        number("same_class", pen.say("Giữ đúng loại (% số lượt)", "Same class (% of draws)")).wide_only(),
        number("disputed", pen.say("Số tiêu chí còn ý kiến khác", "Disputed criteria")).wide_only(),
    ];
    let caption = format!("{}: {}", block.name, pen.say("khoảng 5–95% số lượt", "5–95% of the draws"));
    let mut table = Table::new("do-vung", caption, columns).part_of(pen.say(
        "Khoảng thứ hạng và chỉ số của các đơn vị (phân tích tham khảo)",
        "Ranges of rank and index of the units (analysis for reference)",
    ));
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
    let mut columns = vec![
        data_only("block"),
        columns::place(pen.language),
        columns::unit(pen.language),
        data_only("code"),
    ];
    let places = pen.say(
        "Hạng (% số lượt), những hạng có từ 5%",
        "Rank (% of draws), ranks with 5% of the draws or more",
    );
    columns.push(text("places", places));
    columns.extend(classes.iter().map(|class| number(*class, *class).wide_only()));
    let caption = format!("{}: {}", block.name, pen.say("% số lượt", "% of draws"));
    let mut table = Table::new("xac-suat", caption, columns).part_of(pen.say(
        "Xác suất của từng thứ hạng và xếp loại (phân tích tham khảo)",
        "Probability of each rank and class (analysis for reference)",
    ));
    for unit in &block.units {
        let mut cells = vec![
            Cell::text(&block.id),
            place(unit.place),
            unit_cell(pen, unit),
            Cell::text(&unit.code),
            Cell::text(frequent(pen, unit)),
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
fn frequent(pen: Pen<'_>, unit: &Unit) -> String {
    let frequent = unit.places.iter().filter(|one| one.chance.percent >= Decimal::new(5, 0));
    let said = frequent.map(|one| format!("{} ({})", one.place, pen.language.number(one.chance.percent)));
    said.collect::<Vec<_>>().join(", ")
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
    let percent = |key: &str, vi: &str, en: &str| number(key, pen.say(vi, en)).wide_only();
    let columns = vec![
        data_only("block"),
        columns::place(pen.language),
        columns::unit(pen.language),
        data_only("code"),
        percent("place_percent", "Tới hạng trên (điểm phần trăm)", "To the rank above (percentage points)"),
        number(
            "place_points",
            pen.say("Điểm cần thêm để bằng hạng trên", "Points needed to equal the rank above"),
        ),
        text("class_above", pen.say("Loại trên", "Class above")).wide_only(),
        percent("above_percent", "Tới loại trên (điểm phần trăm)", "To the class above (percentage points)"),
        number("above_points", pen.say("Điểm cần thêm để lên loại", "Points needed to rise a class")),
        text("class_below", pen.say("Loại dưới", "Class below")).wide_only(),
        percent(
            "below_percent",
            "Cách mức giữ loại (điểm phần trăm)",
            "Above the threshold of the class (percentage points)",
        ),
        number(
            "below_points",
            pen.say("Điểm có thể mất mà vẫn giữ loại", "Points that can be lost without losing the class"),
        ),
    ];
    let caption = format!("{}: {}", block.name, pen.say("khoảng cách", "distances"));
    let mut table = Table::new("khoang-cach", caption, columns).part_of(pen.say(
        "Khoảng cách tới thứ hạng và xếp loại khác (phân tích tham khảo)",
        "Distances to other ranks and classes (analysis for reference)",
    ));
    let class = |distance: &Option<ClassDistance>| match distance {
        Some(to) => [Cell::name(&to.class), shown(&to.percent), shown(&to.points)],
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

fn pairs(pen: Pen<'_>, block: &Block) -> Table {
    let columns = vec![
        data_only("block"),
        head("pair", pen.say("Hai đơn vị liền nhau", "Two adjacent units")),
        number("gap", pen.say("Cách nhau (điểm phần trăm)", "Gap (percentage points)")),
        number("changes", pen.say("Số thay đổi", "Changes")),
        text("of_first", pen.say("Tiêu chí của đơn vị trên", "Criteria of the upper unit")),
        text("of_second", pen.say("Tiêu chí của đơn vị dưới", "Criteria of the lower unit")),
    ];
    let caption = format!("{}: {}", block.name, pen.say("cặp đơn vị", "pairs of units"));
    let mut table = Table::new("cap", caption, columns).part_of(pen.say(
        "Tiêu chí quyết định thứ tự của hai đơn vị liền nhau (phân tích tham khảo)",
        "Criteria that decide the order of two adjacent units (analysis for reference)",
    ));
    if block.pairs.iter().any(|pair| !pair.changes.is_empty()) {
        table.footnote(pen.say(
            "Mỗi mục ghi mã tiêu chí, điểm có hiệu lực → điểm khác đã được nêu và bước chấm nêu mức đó; «ngang nhau» khi hai đơn vị thành cùng hạng.",
            "Each entry gives the code of the criterion, the binding score → the other score that was given, and the stage that gave it; “level” where the two units come to share a rank.",
        ));
    }
    let of = |pair: &Neighbours, unit: &str| {
        let changes = pair.changes.iter().filter(|one| one.unit == unit);
        let changes: Vec<String> = changes.map(|one| one_change(pen, one)).collect();
        if changes.is_empty() { Cell::none() } else { Cell::text(changes.join("; ")) }
    };
    for pair in &block.pairs {
        table.push(
            Weight::Plain,
            vec![
                Cell::text(&block.id),
                Cell::name(format!("{} – {}", pair.first, pair.second)),
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
fn one_change(pen: Pen<'_>, change: &LeafChange) -> String {
    let effect = match change.effect {
        "level" => format!(", {}", words::analysis::effect(Effect::Level, pen.language)),
        "part" => format!(", {}", words::analysis::effect(Effect::Part, pen.language)),
        _ => String::new(),
    };
    let stages = change.stages.iter().filter_map(|name| Stage::named(name));
    let said_by = stages.map(|stage| words::stage(stage, pen.language)).collect::<Vec<_>>().join(", ");
    // Points of one criterion stay below a thousand: data and English write them alike.
    let (from, to) = pen.say((&change.from_vi, &change.to_vi), (&change.from, &change.to));
    format!("{}: {from} → {to} ({said_by}{effect})", change.code)
}

fn areas(pen: Pen<'_>, block: &Block) -> Table {
    let columns = vec![
        data_only("block"),
        text("code", pen.say("Mã", "Code")),
        columns::area(pen.language),
        number("nominal", pen.say("Tỷ trọng điểm (%)", "Share of points (%)")),
        number("effective", pen.say("Phần phương sai của chỉ số (%)", "Share of the index’s variance (%)")),
    ];
    let caption = format!("{}: {}", block.name, pen.say("vai trò của lĩnh vực", "role of the areas"));
    let mut table = Table::new("phuong-sai", caption, columns).part_of(pen.say(
        "Phần của từng lĩnh vực trong chênh lệch giữa các đơn vị (phân tích tham khảo)",
        "Share of each area in the differences between units (analysis for reference)",
    ));
    if !block.areas.computable {
        let units = block.areas.units;
        table.footnote(&pen.say(
            format!("Bảng có {units} đơn vị, chưa đủ 3 đơn vị để tính."),
            format!("Units in the table: {units}; at least 3 are needed to compute this."),
        ));
    } else if !block.notes.is_empty() {
        table.footnote(&words::analysis::few(block.areas.units, pen.language));
    }
    for area in &block.areas.areas {
        table.push(
            Weight::Plain,
            vec![
                Cell::text(&block.id),
                Cell::text(&area.code),
                Cell::name(&area.name),
                shown(&area.nominal),
                area.effective.as_ref().map_or_else(Cell::none, shown),
            ],
        );
    }
    table
}

fn reliability(pen: Pen<'_>, analysis: &Analysis) -> Table {
    let columns = vec![
        head("block", pen.say("Bảng xếp hạng", "Ranking table")),
        number("units", pen.say("Số đơn vị", "Units")),
        text("areas", pen.say("Các lĩnh vực", "Areas")),
        number("alpha", pen.say("Độ tin cậy (Cronbach alpha)", "Reliability (Cronbach’s alpha)")),
    ];
    let caption = pen.say(
        "Độ tin cậy của các lĩnh vực (phân tích tham khảo)",
        "Reliability of the areas (analysis for reference)",
    );
    let mut table = Table::new("do-tin-cay", caption, columns);
    for block in &analysis.blocks {
        table.push(
            Weight::Plain,
            vec![
                Cell::name(&block.name),
                Cell::count(block.areas.units),
                Cell::text(block.areas.alpha_areas.join(", ")),
                block
                    .areas
                    .alpha
                    .as_ref()
                    .map_or_else(|| Cell::only_read(pen.say("không tính được", "cannot be computed")), shown),
            ],
        );
    }
    table
}

fn correlations(pen: Pen<'_>, block: &Block) -> Table {
    let columns = vec![
        data_only("block"),
        head("areas", pen.say("Hai lĩnh vực", "Two areas")),
        number("units", pen.say("Số đơn vị", "Units")),
        number("pearson", "Pearson"),
        number("spearman", "Spearman"),
    ];
    let caption = format!("{}: {}", block.name, pen.say("tương quan", "correlation"));
    let mut table = Table::new("tuong-quan", caption, columns).part_of(pen.say(
        "Tương quan giữa các lĩnh vực (phân tích tham khảo)",
        "Correlation between areas (analysis for reference)",
    ));
    let and = pen.say("và", "and");
    for (position, area) in block.areas.areas.iter().enumerate() {
        for other in &area.correlations[position + 1..] {
            let coefficient = |value: Option<Decimal>| value.map_or_else(Cell::none, plain);
            table.push(
                Weight::Plain,
                vec![
                    Cell::text(&block.id),
                    Cell::text(format!("{} {and} {}", area.code, other.area)),
                    Cell::count(other.units),
                    coefficient(other.pearson),
                    coefficient(other.spearman),
                ],
            );
        }
    }
    table
}

fn chart(pen: Pen<'_>, analysis: &Analysis) -> String {
    let row =
        |unit: &Unit| Row { label: unit.unit.clone(), place: unit.place, interval: unit.place_interval };
    let groups: Vec<Group> = analysis
        .blocks
        .iter()
        .map(|block| Group { name: block.name.clone(), rows: block.units.iter().map(row).collect() })
        .collect();
    let title = pen.say(
        "Khoảng thứ hạng của các đơn vị (phân tích tham khảo)",
        "Ranges of rank of the units (analysis for reference)",
    );
    rank_intervals::draw(pen.on("bieu-do-do-vung"), title, &groups)
}
