//! All years beside each other: means, areas, every unit followed through its predecessors.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::history::{History, Known, Step};
use par_core::score::results::{Lineage, Measure, Results, Scope};
use par_core::words;
use par_render::charts::lines::{self, Line};

use super::App;
use super::asked::Asked;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Column, Table, Weight, head, number, text};

#[derive(Template)]
#[template(path = "trends.html")]
struct Trends {
    shell: Shell,
    years: Vec<u16>,
    span: String,
    means_chart: Option<String>,
    means: Table,
    areas_chart: Option<String>,
    areas: Table,
    lists: Vec<List>,
    lineage: Table,
}

/// A ranking list of the latest year.
struct List {
    name: String,
    anchor: String,
    chart: Option<String>,
    table: Table,
}

impl Page for Trends {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        let lists = self.lists.iter().map(|list| &list.table);
        lists.chain([&self.means, &self.areas, &self.lineage]).collect()
    }
}

/// `/xu-huong`
pub async fn show(State(app): State<App>, asked: Asked) -> Result<Response, Failure> {
    let all = app.all().await?;
    let years = borrowed(&all);
    let history = History::of(&years);
    let known = history.known();
    let mut shell = Shell::plain(&asked, "Xu hướng qua các năm").under("Các năm", "/".to_owned());
    shell.notice = notice(history);
    let latest = years.last().copied();
    let blocks = latest.map_or(0, |results| results.year.blocks.len());
    let scopes = latest.map(scopes).unwrap_or_default();
    let page = Trends {
        span: span(&known),
        means_chart: mean_lines(history, &known, &scopes),
        means: means(history, &known, &scopes),
        areas_chart: area_lines(history, &known),
        areas: areas(history, &known),
        lists: (0..blocks).filter_map(|block| list(history, &known, block)).collect(),
        lineage: lineage(history),
        years: known,
        shell,
    };
    answer(&asked, page)
}

/// The years' results without their counters.
pub fn borrowed(all: &[Arc<Results>]) -> Vec<&Results> {
    all.iter().map(Arc::as_ref).collect()
}

/// What is said of years whose values are not facts, each sentence once with its years.
pub fn notice(history: History<'_>) -> Option<String> {
    let mut said: Vec<(&str, Vec<String>)> = Vec::new();
    for results in history.years() {
        let Some(notice) = &results.year.notice else { continue };
        let year = results.year.year.to_string();
        match said.iter_mut().find(|(known, _)| known == notice) {
            Some((_, years)) => years.push(year),
            None => said.push((notice, vec![year])),
        }
    }
    let sentence = |(notice, years): (&str, Vec<String>)| format!("Năm {}: {notice}", years.join(", "));
    (!said.is_empty()).then(|| said.into_iter().map(sentence).collect::<Vec<_>>().join(" "))
}

/// From the first to the last year, as a sentence says it.
fn span(known: &[u16]) -> String {
    match known {
        [] => "Chưa có năm nào.".to_owned(),
        [one] => format!("Mới có kết quả năm {one}; cần ít nhất hai năm để so sánh."),
        [first, .., last] => format!("Từ năm {first} đến năm {last}."),
    }
}

/// A column a year.
pub fn year_columns(known: &[u16]) -> impl Iterator<Item = Column> {
    known.iter().map(|year| number(year.to_string(), format!("Năm {year} (%)")))
}

/// Cluster means and the province's, with the word for each in data.
fn scopes(latest: &Results) -> Vec<Scope> {
    (0..latest.year.clusters.len()).map(Scope::Cluster).chain([Scope::Province]).collect()
}

/// The scope of another year that goes by the same id.
fn same(latest: &Results, results: &Results, scope: Scope) -> Option<Scope> {
    match scope {
        Scope::Cluster(cluster) => {
            let id = &latest.year.clusters[cluster].id;
            results.year.clusters.iter().position(|one| one.id == *id).map(Scope::Cluster)
        }
        Scope::Block(block) => {
            let id = &latest.year.blocks[block].id;
            results.year.blocks.iter().position(|one| one.id == *id).map(Scope::Block)
        }
        Scope::Province => Some(scope),
    }
}

/// The mean of a year: the year's own, or what the year after cites.
fn mean(history: History<'_>, year: u16, scope: Scope, measure: &Measure) -> Cell {
    let Some(latest) = history.years().last() else { return Cell::none() };
    let figure = |results: &Results, of: fn(Scope, Measure) -> Figure| {
        same(latest, results, scope)
            .map_or_else(Cell::none, |scope| Pen { results }.figure(&of(scope, measure.clone())))
    };
    if let Some(results) = history.results(year) {
        return figure(results, Figure::Mean);
    }
    let cites = |results: &&&Results| results.year.previous.as_ref().is_some_and(|one| one.year == year);
    history
        .years()
        .iter()
        .find(cites)
        .map_or_else(Cell::none, |results| figure(results, Figure::PreviousMean))
}

/// A cell's number as it is printed.
pub fn printed(cell: &Cell) -> Option<Decimal> {
    cell.exact.as_ref()?;
    par_core::points::read::decimal(&cell.data, par_core::points::read::Notation::Data).ok()
}

/// The numbers of a row's year cells as a line.
fn line(label: String, cells: &[Cell], strong: bool) -> Line {
    Line { label, values: cells.iter().map(printed).collect(), strong }
}

fn mean_cells(history: History<'_>, known: &[u16], scope: Scope, measure: &Measure) -> Vec<Cell> {
    known.iter().map(|year| mean(history, *year, scope, measure)).collect()
}

fn mean_lines(history: History<'_>, known: &[u16], scopes: &[Scope]) -> Option<String> {
    let latest = history.years().last()?;
    let of = |scope: &Scope| {
        let cells = mean_cells(history, known, *scope, &Measure::Index);
        line(latest.scope_name(*scope, Language::Vi).to_owned(), &cells, *scope == Scope::Province)
    };
    let lines: Vec<Line> = scopes.iter().map(of).collect();
    lines::draw("bieu-do-trung-binh", "Chỉ số trung bình qua các năm (%)", known, &lines)
}

fn means(history: History<'_>, known: &[u16], scopes: &[Scope]) -> Table {
    let mut columns = vec![head("of", "Phạm vi")];
    columns.extend(year_columns(known));
    let latest = history.years().last();
    columns.push(change_column(latest));
    let mut table = Table::new("trung-binh", "Chỉ số trung bình qua các năm", columns);
    let Some(latest) = latest else { return table };
    let note =
        format!("Trung bình toàn tỉnh là {}.", words::province_mean(latest.year.province_mean, Language::Vi));
    for scope in scopes {
        let note = (*scope == Scope::Province).then(|| table.footnote(&note));
        let mut cells = vec![Cell::text(latest.scope_name(*scope, Language::Vi)).note(note)];
        cells.extend(mean_cells(history, known, *scope, &Measure::Index));
        cells.push(Pen { results: latest }.figure(&Figure::MeanChange(*scope, Measure::Index)));
        table.push(Weight::Plain, cells);
    }
    table
}

/// The change of the latest year against the one before it.
pub fn change_column(latest: Option<&&Results>) -> Column {
    let title =
        match latest.and_then(|results| Some((results.year.year, results.year.previous.as_ref()?.year))) {
            Some((year, before)) => format!("Thay đổi {before}–{year} (điểm phần trăm)"),
            None => "Thay đổi (điểm phần trăm)".to_owned(),
        };
    number("change", title)
}

/// Areas of the latest year.
fn latest_areas(history: History<'_>) -> Vec<(String, String)> {
    history.years().last().map(|results| results.areas()).unwrap_or_default()
}

fn area_lines(history: History<'_>, known: &[u16]) -> Option<String> {
    let of = |(code, name): (String, String)| {
        let cells = mean_cells(history, known, Scope::Province, &Measure::Node(code.clone()));
        line(format!("{code}. {name}"), &cells, false)
    };
    let lines: Vec<Line> = latest_areas(history).into_iter().map(of).collect();
    lines::draw("bieu-do-linh-vuc", "Trung bình toàn tỉnh của các lĩnh vực qua các năm (%)", known, &lines)
}

fn areas(history: History<'_>, known: &[u16]) -> Table {
    let mut columns = vec![head("area", "Lĩnh vực")];
    columns.extend(year_columns(known));
    let latest = history.years().last();
    columns.push(change_column(latest));
    let mut table = Table::new("linh-vuc", "Trung bình toàn tỉnh của các lĩnh vực qua các năm", columns);
    let Some(latest) = latest else { return table };
    let pen = Pen { results: latest };
    for (code, name) in latest_areas(history) {
        let measure = Measure::Node(code.clone());
        let renamed = history.years().iter().filter_map(|results| {
            let (_, before) = results.areas().into_iter().find(|(known, _)| *known == code)?;
            (before != name).then(|| format!("Năm {}, lĩnh vực {code} là «{before}».", results.year.year))
        });
        let note = renamed.collect::<Vec<_>>().pop().map(|text| table.footnote(&text));
        let mut cells = vec![Cell::text(format!("{code}. {name}")).link(pen.area(&code)).note(note)];
        cells.extend(mean_cells(history, known, Scope::Province, &measure));
        cells.push(pen.figure(&Figure::MeanChange(Scope::Province, measure)));
        table.push(Weight::Plain, cells);
    }
    table
}

/// A year of a unit as a cell: opening into the derivation where one unit stands for it.
pub fn step_cell(step: &Step<'_>, measure: &Measure) -> Cell {
    if let Some((results, unit)) = step.single() {
        return Pen { results }.percent(unit, measure);
    }
    let Some(value) = step.value(measure) else { return Cell::none() };
    match &step.known {
        // The figures that the year after compares one unit with are a figure of that unit.
        Known::Cited(results, unit, codes) if results.year.units[*unit].predecessors == *codes => {
            Pen { results }.of_unit(*unit, UnitFigure::Previous(measure.clone()))
        }
        Known::Cited(results, ..) | Known::Results(results, _) => {
            Cell::number(Pen { results }.round(&value), value.to_string())
        }
    }
}

/// The cells of a unit's years.
pub fn step_cells(steps: &[Step<'_>], known: &[u16], measure: &Measure) -> Vec<Cell> {
    let of = |year: &u16| {
        let step = steps.iter().find(|step| step.year == *year);
        step.map_or_else(Cell::none, |step| step_cell(step, measure))
    };
    known.iter().map(of).collect()
}

fn list(history: History<'_>, known: &[u16], block: usize) -> Option<List> {
    let latest = *history.years().last()?;
    let pen = Pen { results: latest };
    let name = latest.year.blocks[block].name.clone();
    let mut columns = vec![head("unit", "Tên đơn vị")];
    columns.extend(year_columns(known));
    columns.push(change_column(Some(&latest)));
    columns.push(number("like_for_like", "Trên cùng nội dung (điểm phần trăm)"));
    columns.push(text("lineage", "So sánh"));
    let mut table = Table::new("don-vi", name.clone(), columns).part_of("Chỉ số của các đơn vị qua các năm");
    let mut lines = Vec::new();
    for unit in &latest.standing.blocks[block] {
        let named = &latest.year.units[*unit];
        let cells = step_cells(&history.follow(latest, *unit), known, &Measure::Index);
        lines.push(line(named.name.clone(), &cells, false));
        let mut row = vec![Cell::text(&named.name).link(format!("/xu-huong/{}", named.slug))];
        row.extend(cells);
        row.push(pen.of_unit(*unit, UnitFigure::Change(Measure::Index)));
        row.push(pen.of_unit(*unit, UnitFigure::LikeForLike));
        row.push(Cell::text(comparable(latest, *unit)));
        table.push(Weight::Plain, row);
    }
    if lines.is_empty() {
        return None;
    }
    let cells = mean_cells(history, known, Scope::Block(block), &Measure::Index);
    lines.push(line("Trung bình của bảng".to_owned(), &cells, true));
    let anchor = format!("bang-{}", latest.year.blocks[block].id);
    table.anchor = Some(anchor.clone());
    let title = format!("{name}: Chỉ số CCHC qua các năm (%)");
    let chart = lines::draw(&format!("bieu-do-{anchor}"), &title, known, &lines);
    Some(List { name, anchor, chart, table })
}

/// With what a unit is compared, or why it is not.
pub fn comparable(results: &Results, unit: usize) -> &'static str {
    let lineage = results.lineage(&results.year.units[unit]);
    if lineage != Lineage::New && results.previous(unit, &Measure::Index).is_none() {
        return "không có số liệu năm trước, không so sánh";
    }
    words::lineage(lineage, Language::Vi)
}

/// Units that are not simply the same as the year before, year by year.
fn lineage(history: History<'_>) -> Table {
    let columns = vec![
        number("year", "Năm"),
        head("unit", "Tên đơn vị"),
        text("before", "Đơn vị năm trước"),
        text("lineage", "So sánh"),
    ];
    let mut table = Table::new("tien-than", "Đơn vị hợp nhất, tách, đổi tên và đơn vị mới", columns);
    for results in history.years().iter().rev().filter(|results| results.year.previous.is_some()) {
        for (position, unit) in results.year.units.iter().enumerate() {
            let lineage = results.lineage(unit);
            if lineage == Lineage::Same {
                continue;
            }
            let before = unit.predecessors.iter().map(|code| predecessor(history, results, code));
            let before = before.collect::<Vec<_>>().join("; ");
            table.push(
                Weight::Plain,
                vec![
                    // A year is a name, not a number with a dot between thousands.
                    Cell::text(results.year.year.to_string()),
                    Cell::text(&unit.name).link(Pen { results }.unit(position)),
                    if before.is_empty() { Cell::none() } else { Cell::text(before) },
                    Cell::text(words::lineage(lineage, Language::Vi)),
                ],
            );
        }
    }
    table
}

/// The name of a unit of the year before, or its code where only that is known.
fn predecessor(history: History<'_>, results: &Results, code: &str) -> String {
    let before = results.year.previous.as_ref().and_then(|previous| history.results(previous.year));
    let named = |of: &Results| Some(of.year.units.iter().find(|unit| unit.code == code)?.name.clone());
    before.and_then(named).unwrap_or_else(|| code.to_owned())
}
