//! The tables that templates name.

use super::at::{At, criteria, described, percent_of};
use super::lists::{most_lost, requests};
use super::look_up::Reader;
use super::value::{Value, inside_sentence};
use super::{Align, Chart, Column, Row, RowKind, Run, Table, Text, set_aside, unit_tables, words};
use crate::language::Language;
use crate::points::decimal::Decimal;
use crate::publication::level::Level;
use crate::score::figure::{Figure, UnitFigure};
use crate::score::results::{Measure, Scope};
use crate::text::{self, capital};
use crate::words::sentence::roman;
use crate::words::{instead_of_class, status_of};
use crate::year::LeafFile;

/// Names of the tables.
pub const NAMES: [&str; 12] = [
    "kết quả",
    "xếp loại",
    "lĩnh vực",
    "đơn vị theo lĩnh vực",
    "tiêu chí",
    "điều tra",
    "lý do",
    "thay đổi",
    "không đánh giá",
    "tiêu chí mất điểm",
    "lĩnh vực của đơn vị",
    "chi tiết đơn vị",
];

/// Names of the charts.
pub const CHARTS: [&str; 8] = [
    "thứ hạng",
    "lĩnh vực",
    "tự chấm và thẩm định",
    "thay đổi",
    "lý do mất điểm",
    "thành phần",
    "điều tra",
    "đơn vị",
];

/// Names of the footnotes that tables set by themselves.
pub const FOOTNOTES: [&str; 1] = ["thang điểm"];

/// The chart of that name at a place; `None` when the year has nothing to draw.
pub fn chart(reader: &Reader<'_>, at: &At, key: &str) -> Option<Chart> {
    let year = &reader.results.year;
    let any = |wanted: fn(&LeafFile) -> bool| year.files.iter().flat_map(|file| &file.leaves).any(wanted);
    let has_areas = Level::of(year) != Level::Total;
    let position = CHARTS.iter().position(|name| text::slug(name) == key)?;
    Some(match position {
        0 => Chart::Ranks,
        1 if has_areas => Chart::Areas,
        2 if any(|leaf| leaf.own.is_some()) => Chart::OwnAppraised,
        3 if year.previous.is_some() => Chart::Changes,
        4 if (0..year.units.len()).any(|unit| !reader.results.requests(unit).is_empty()) => Chart::Reasons,
        5 if has_areas => Chart::Components,
        6 if !year.survey.returns.is_empty() => Chart::Answers,
        7 => Chart::Unit(at.unit?),
        _ => return None,
    })
}

/// The table of that name at a place; `None` when there is nothing to show. `footnote` gives the
/// words of the footnote about a unit's scale.
pub fn table(
    reader: &Reader<'_>,
    at: &At,
    key: &str,
    footnote: &mut dyn FnMut(&At) -> Option<Text>,
) -> Option<Table> {
    let table = match key {
        "ket-qua" => results(reader, at, footnote),
        "xep-loai" => classes(reader, at),
        "linh-vuc" => areas(reader, at),
        "don-vi-theo-linh-vuc" | "linh-vuc-cua-don-vi" if Level::of(&reader.results.year) == Level::Total => {
            return None;
        }
        "don-vi-theo-linh-vuc" => units_by_area(reader, at),
        "tieu-chi" => area_criteria(reader, at),
        "dieu-tra" => survey(reader),
        "ly-do" => reasons(reader, at),
        "thay-doi" => changes(reader, at),
        "khong-danh-gia" => set_aside::table(reader),
        "tieu-chi-mat-diem" => losses(reader, at),
        "linh-vuc-cua-don-vi" => unit_tables::areas(reader, at)?,
        "chi-tiet-don-vi" => unit_tables::leaves(reader, at)?,
        _ => return None,
    };
    (!table.rows.is_empty()).then_some(table)
}

/// A table without rows yet, from (title, alignment, width).
pub fn headed(id: &str, columns: &[(&str, Align, u16)]) -> Table {
    let columns = columns
        .iter()
        .map(|(title, align, width)| Column { title: (*title).to_owned(), align: *align, width: *width })
        .collect();
    Table { id: id.to_owned(), columns, ..Table::default() }
}

/// A row of cells.
pub fn row(kind: RowKind, cells: Vec<Text>) -> Row {
    Row { kind, cells }
}

/// A cell with a value, a dash for none; changes with their sign.
pub fn cell(value: &Value) -> Text {
    match value {
        Value::Missing => words("–"),
        Value::Word(word) => words(word.clone()),
        Value::Number(number) => vec![run(number.printed.vi(), number.figure.as_ref())],
        Value::Change(number) => vec![run(number.printed.vi_signed(), number.figure.as_ref())],
        Value::Units(units) => vec![run(units.found.len().to_string(), units.figure.as_ref())],
        Value::Nodes(nodes) => words(nodes.found.len().to_string()),
    }
}

fn run(printed: String, figure: Option<&Figure>) -> Run {
    match figure {
        Some(figure) => Run::Figure(printed, figure.clone()),
        None => Run::Plain(printed),
    }
}

/// Places of the blocks of a place that have units.
fn blocks(reader: &Reader<'_>, at: &At) -> Vec<At> {
    super::lists::items(reader.results, reader.wording, at, "bang").unwrap_or_default()
}

/// The ranking: blocks as groups, units by rank, the mean below.
fn results(reader: &Reader<'_>, at: &At, footnote: &mut dyn FnMut(&At) -> Option<Text>) -> Table {
    let mut table = headed(
        "ket-qua",
        &[
            ("STT", Align::Centre, 8),
            ("Tên đơn vị", Align::Left, 30),
            ("Điểm thẩm định", Align::Right, 12),
            ("Điểm điều tra", Align::Right, 12),
            ("Tổng điểm", Align::Right, 12),
            ("Chỉ số CCHC (%)", Align::Right, 12),
            ("Xếp loại", Align::Centre, 14),
        ],
    );
    let blocks = blocks(reader, at);
    for (position, block) in blocks.iter().enumerate() {
        if blocks.len() > 1 {
            let name = reader.results.scope_name(block.scope, Language::Vi);
            let heading = format!("{}. {name}", roman(position + 1));
            table.rows.push(row(RowKind::Group, vec![words(heading)]));
        }
        let full = reader
            .results
            .units(at.scope)
            .into_iter()
            .map(|unit| reader.results.standing.units[unit].scale)
            .max();
        for unit in reader.results.units(block.scope) {
            let place = At { unit: Some(unit), ..At::unit(&reader.results.year, unit) };
            let mut name = words(reader.results.year.units[unit].name.clone());
            if Some(reader.results.standing.units[unit].scale) != full {
                name.extend(footnote(&place).map(Run::Note));
            }
            table.rows.push(result(reader, unit, name));
        }
    }
    if !table.rows.is_empty() {
        let mut cells = vec![Text::new(); 7];
        cells[1] = words("Chỉ số trung bình");
        cells[5] = cell(&reader.value(at, "trung-binh"));
        table.rows.push(row(RowKind::Summary, cells));
    }
    for unit in reader.results.unranked(at.scope) {
        let named = &reader.results.year.units[unit];
        let mut name = words(named.name.clone());
        name.push(Run::Note(words(format!("{}.", capital(&status_of(named, Language::Vi))))));
        table.rows.push(result(reader, unit, name));
    }
    table
}

/// A unit's row of the ranking.
fn result(reader: &Reader<'_>, unit: usize, name: Text) -> Row {
    let place = At::unit(&reader.results.year, unit);
    let mut cells = vec![cell(&reader.value(&place, "hang")), name];
    cells.extend(
        ["diem-tham-dinh", "diem-dieu-tra", "tong-diem", "chi-so"]
            .map(|key| cell(&reader.value(&place, key))),
    );
    let status = reader.results.year.units[unit].status;
    let class = instead_of_class(status, Language::Vi).or(reader.results.class_name(unit));
    cells.push(vec![run(class.unwrap_or("–").to_owned(), Some(&Figure::Unit(unit, UnitFigure::Class)))]);
    row(RowKind::Plain, cells)
}

/// Units by class in both years.
fn classes(reader: &Reader<'_>, at: &At) -> Table {
    let year = &reader.results.year;
    let mut table = headed("xep-loai", &[("Xếp loại", Align::Left, 40), ("", Align::Right, 20)]);
    table.columns[1].title = format!("Năm {}", year.year);
    if let Some(previous) = &year.previous {
        let column = |title: String| Column { title, align: Align::Right, width: 20 };
        table.columns.insert(1, column(format!("Năm {}", previous.year)));
        table.columns.push(column("Tăng, giảm".to_owned()));
    }
    for place in super::lists::items(reader.results, reader.wording, at, "loai").unwrap_or_default() {
        let now = reader.value(&place, "don-vi");
        let mut cells = vec![cell(&reader.value(&place, "ten")), cell(&now)];
        if let (Value::Units(units), Value::Number(before)) = (&now, reader.value(&place, "so-nam-truoc")) {
            let more = Decimal::new(units.found.len() as i128 - before.printed.units(), 0);
            cells.insert(1, words(before.printed.vi()));
            cells.push(words(more.vi_signed()));
        }
        table.rows.push(row(RowKind::Plain, cells));
    }
    table
}

/// Areas by their mean: each cluster, the province, and the change.
fn areas(reader: &Reader<'_>, at: &At) -> Table {
    let results = reader.results;
    let clusters = super::lists::items(results, reader.wording, at, "khoi").unwrap_or_default();
    let one = clusters.len() == 1;
    let width = 42 / u16::try_from(clusters.len().max(1)).unwrap_or(1);
    let mut table = headed("linh-vuc", &[("STT", Align::Centre, 8), ("Lĩnh vực", Align::Left, 36)]);
    let column = |title: &str, width: u16| Column { title: title.to_owned(), align: Align::Right, width };
    for cluster in &clusters {
        table
            .columns
            .push(column(&format!("{} (%)", results.scope_name(cluster.scope, Language::Vi)), width));
    }
    if !one {
        table.columns.push(column("Toàn tỉnh (%)", 14));
    }
    let compared = results.year.previous.is_some();
    if compared {
        table.columns.push(column("So với năm trước (điểm phần trăm)", 16));
    }
    for area in super::lists::items(results, reader.wording, at, "linh-vuc").unwrap_or_default() {
        let of = |scope: Scope, key: &str| cell(&reader.value(&At { scope, ..area.clone() }, key));
        let mut cells = vec![words(area.area.clone().unwrap_or_default()), cell(&reader.value(&area, "ten"))];
        cells.extend(clusters.iter().map(|cluster| of(cluster.scope, "trung-binh")));
        if !one {
            cells.push(of(at.scope, "trung-binh"));
        }
        if compared {
            cells.push(of(at.scope, "thay-doi"));
        }
        table.rows.push(row(RowKind::Plain, cells));
    }
    table
}

/// Every unit's component indices, by rank.
fn units_by_area(reader: &Reader<'_>, at: &At) -> Table {
    let results = reader.results;
    let places = super::lists::items(results, reader.wording, at, "linh-vuc").unwrap_or_default();
    let mut table = headed("don-vi-linh-vuc", &[("STT", Align::Centre, 6), ("Đơn vị", Align::Left, 25)]);
    let column = |title: String| Column { title, align: Align::Right, width: 8 };
    table.columns.extend(places.iter().filter_map(|place| {
        let code = place.area.clone()?;
        let (_, name) = described(results, &Measure::Node(code.clone()))?;
        Some(column(format!("{code}. {name}")))
    }));
    table.columns.push(column("Chỉ số CCHC".to_owned()));
    let percent = |unit: usize, measure: &Measure| match results.printed(unit, measure) {
        Some(printed) => vec![Run::Figure(printed.vi(), percent_of(unit, measure))],
        None => words("–"),
    };
    let mut number = 0;
    for block in blocks(reader, at) {
        table
            .rows
            .push(row(RowKind::Group, vec![words(results.scope_name(block.scope, Language::Vi).to_owned())]));
        for unit in results.units(block.scope) {
            number += 1;
            let mut cells = vec![words(number.to_string()), words(results.year.units[unit].name.clone())];
            cells.extend(places.iter().map(|place| percent(unit, &place.measure())));
            cells.push(percent(unit, &Measure::Index));
            table.rows.push(row(RowKind::Plain, cells));
        }
    }
    table
}

/// The criteria of an area with their means and changes, the components below each.
fn area_criteria(reader: &Reader<'_>, at: &At) -> Table {
    let mut table = headed(
        "tieu-chi",
        &[
            ("Mã", Align::Left, 8),
            ("Tiêu chí", Align::Left, 58),
            ("Tỷ lệ điểm trung bình (%)", Align::Right, 17),
            ("So với năm trước (điểm phần trăm)", Align::Right, 17),
        ],
    );
    table.id = format!("tieu-chi-{}", at.area.clone().unwrap_or_default());
    for measure in criteria(reader.results, at) {
        let place = at.with(super::at::Item::Criterion(measure));
        let cells = ["ma", "ten", "trung-binh", "thay-doi"].map(|key| cell(&reader.value(&place, key)));
        table.rows.push(row(RowKind::Plain, cells.to_vec()));
    }
    // A column of dashes says nothing.
    if table.rows.iter().all(|row| row.cells[3] == words("–")) {
        table.columns.pop();
        table.rows.iter_mut().for_each(|row| row.cells.truncate(3));
    }
    table
}

/// Sheets by form type.
fn survey(reader: &Reader<'_>) -> Table {
    let mut table = headed(
        "dieu-tra",
        &[
            ("Mẫu phiếu", Align::Left, 15),
            ("Đối tượng trả lời", Align::Left, 33),
            ("Phát ra", Align::Right, 13),
            ("Thu về", Align::Right, 13),
            ("Hợp lệ", Align::Right, 13),
            ("Không hợp lệ", Align::Right, 13),
        ],
    );
    let keys = ["phieu-phat-ra", "phieu-thu-ve", "phieu-hop-le", "phieu-khong-hop-le"];
    let places = super::lists::items(reader.results, reader.wording, &At::year(), "mau-phieu");
    for place in places.unwrap_or_default() {
        let mut cells =
            vec![cell(&reader.value(&place, "ten")), cell(&reader.value(&place, "nguoi-tra-loi"))];
        cells.extend(keys.map(|key| cell(&reader.value(&place, key))));
        table.rows.push(row(RowKind::Plain, cells));
    }
    if !table.rows.is_empty() {
        let mut cells = vec![words("Tổng số"), Text::new()];
        cells.extend(keys.map(|key| cell(&reader.value(&At::year(), key))));
        table.rows.push(row(RowKind::Summary, cells));
    }
    table
}

/// Requests for explanation by reason.
fn reasons(reader: &Reader<'_>, at: &At) -> Table {
    let mut table = headed(
        "ly-do",
        &[("Lý do", Align::Left, 56), ("Số lượt yêu cầu", Align::Right, 22), ("Số đơn vị", Align::Right, 22)],
    );
    let places = super::lists::items(reader.results, reader.wording, at, "ly-do").unwrap_or_default();
    let mut all = 0;
    for place in places {
        if let super::at::Item::Reason(reason) = place.item {
            all += requests(reader.results, at, reason);
        }
        let mut cells = ["ten", "so-luot", "don-vi"].map(|key| cell(&reader.value(&place, key))).to_vec();
        cells[0] = words(capital(&super::plain(&cells[0])));
        table.rows.push(row(RowKind::Plain, cells));
    }
    if !table.rows.is_empty() {
        let sums = vec![words("Tổng số lượt"), cell(&Value::count(all)), Text::new()];
        table.rows.push(row(RowKind::Summary, sums));
    }
    table
}

/// Indices of both years.
fn changes(reader: &Reader<'_>, at: &At) -> Table {
    let Some(previous) = &reader.results.year.previous else { return Table::default() };
    let mut table = headed(
        "thay-doi",
        &[
            ("STT", Align::Centre, 8),
            ("Đơn vị", Align::Left, 40),
            ("", Align::Right, 17),
            ("", Align::Right, 17),
            ("Thay đổi (điểm phần trăm)", Align::Right, 20),
        ],
    );
    table.columns[2].title = format!("Năm {} (%)", previous.year);
    table.columns[3].title = format!("Năm {} (%)", reader.results.year.year);
    for (unit, number) in reader.results.units(at.scope).into_iter().zip(1..) {
        let place = At::unit(&reader.results.year, unit);
        let mut cells =
            vec![words(i32::to_string(&number)), words(reader.results.year.units[unit].name.clone())];
        cells.extend(
            ["chi-so-nam-truoc", "chi-so", "thay-doi-cua-don-vi"].map(|key| cell(&reader.value(&place, key))),
        );
        table.rows.push(row(RowKind::Plain, cells));
    }
    table
}

/// Criteria at which most points were lost.
fn losses(reader: &Reader<'_>, at: &At) -> Table {
    let mut table = headed(
        "mat-diem",
        &[
            ("STT", Align::Centre, 8),
            ("Mã", Align::Left, 8),
            ("Tiêu chí", Align::Left, 50),
            ("Tổng điểm mất", Align::Right, 18),
            ("Tỷ lệ điểm trung bình (%)", Align::Right, 18),
        ],
    );
    for ((measure, lost), number) in most_lost(reader.results, at).into_iter().take(10).zip(1..) {
        let place = at.with(super::at::Item::Criterion(measure));
        let mut cells = vec![words(i32::to_string(&number))];
        cells.extend(["ma", "ten"].map(|key| cell(&reader.value(&place, key))));
        cells.push(cell(&reader.points(lost)));
        cells.push(cell(&reader.value(&place, "trung-binh")));
        table.rows.push(row(RowKind::Plain, cells));
    }
    table
}

/// What a chart shows, for those who cannot see it: its extremes and mean in words.
pub fn description(reader: &Reader<'_>, chart: Chart) -> String {
    let mut said = match chart {
        Chart::Ranks => "Biểu đồ thanh: chỉ số của từng đơn vị theo thứ hạng, trên nền các khoảng xếp loại.",
        Chart::Areas => "Bản đồ nhiệt: tỷ lệ điểm của từng đơn vị ở từng lĩnh vực.",
        Chart::OwnAppraised => "Biểu đồ điểm: tổng điểm tự chấm và điểm được công nhận của từng đơn vị.",
        Chart::Changes => "Biểu đồ đường: chỉ số của từng đơn vị năm trước và năm nay.",
        Chart::Reasons => "Biểu đồ thanh: số điểm mất theo lý do yêu cầu giải trình.",
        Chart::Components => "Biểu đồ thanh: tỷ lệ điểm trung bình từng lĩnh vực của mỗi khối.",
        Chart::Answers => "Biểu đồ thanh chồng: tỷ lệ các phương án trả lời phiếu điều tra.",
        Chart::Unit(_) => "Biểu đồ thanh: tỷ lệ điểm từng lĩnh vực của đơn vị so với trung bình khối.",
    }
    .to_owned();
    if matches!(chart, Chart::Ranks | Chart::Areas | Chart::Changes) {
        for cluster in
            super::lists::items(reader.results, reader.wording, &At::year(), "khoi").unwrap_or_default()
        {
            let words_of = |key: &str| match reader.value(&cluster, key) {
                Value::Units(units) => units
                    .found
                    .first()
                    .and_then(|unit| Some(format!("{} {}%", unit.name, unit.value.as_ref()?.printed.vi()))),
                _ => None,
            };
            if let (Some(best), Some(worst)) = (words_of("cao-nhat"), words_of("thap-nhat")) {
                let name = inside_sentence(reader.results.scope_name(cluster.scope, Language::Vi));
                said.push_str(&format!(" {}: cao nhất {best}, thấp nhất {worst}.", capital(&name)));
            }
        }
    }
    said
}
