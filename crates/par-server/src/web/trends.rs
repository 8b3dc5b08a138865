//! All years beside each other: means, areas, every unit followed through its predecessors.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::history::History;
use par_core::score::results::{Lineage, Measure, Results, Scope};
use par_core::words;
use par_render::charts::lines::{self, Line};

use super::App;
use super::columns;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::request::PageRequest;
use super::span::{Span, borrowed, line};
use super::table::{Cell, Table, Weight, number, text};
use super::visit::Visit;

#[derive(Template)]
#[template(path = "trends.html")]
struct Trends {
    shell: Shell,
    /// The years there are results of: year and address.
    menu: Vec<(u16, String)>,
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
pub async fn show(State(app): State<App>, request: PageRequest) -> Result<Response, Failure> {
    let all = app.publications.now().results();
    let years = borrowed(&all);
    let history = History::of(&years);
    let known = history.known();
    let span = Span { history, known: &known, language: request.language };
    let title = span.say("Xu hướng qua các năm", "Trends over the years");
    let mut shell = Shell::plain(&request, title).under(span.say("Các năm", "All years"), request.to("/"));
    shell.notice = span.notice();
    let latest = years.last().copied();
    let blocks = latest.map_or(0, |results| results.year.blocks.len());
    let scopes = latest.map(scopes).unwrap_or_default();
    let page = Trends {
        span: said(span),
        menu: span.menu(),
        means_chart: mean_lines(span, &scopes),
        means: means(span, &scopes),
        areas_chart: area_lines(span),
        areas: areas(span),
        lists: (0..blocks).filter_map(|block| list(span, block)).collect(),
        lineage: lineage(span),
        shell,
    };
    answer(&request, page)
}

/// `/ket-qua/{year}/xu-huong`, which people guess: trends are of all years.
pub async fn of_year(visit: Visit) -> Response {
    Redirect::permanent(&visit.request.again("/xu-huong")).into_response()
}

/// From the first to the last year, as a sentence says it.
fn said(span: Span<'_>) -> String {
    match span.known {
        [] => span.say("Chưa có năm nào.", "There are no years yet.").to_owned(),
        [one] => span.say(
            format!("Mới có kết quả năm {one}; cần ít nhất hai năm để so sánh."),
            format!("So far there are results of {one} only; at least two years are needed to compare."),
        ),
        [first, .., last] => {
            span.say(format!("Từ năm {first} đến năm {last}."), format!("From {first} to {last}."))
        }
    }
}

/// Cluster means and the province's, with the word for each in data.
fn scopes(latest: &Results) -> Vec<Scope> {
    (0..latest.year.clusters.len()).map(Scope::Cluster).chain([Scope::Province]).collect()
}

fn mean_lines(span: Span<'_>, scopes: &[Scope]) -> Option<String> {
    let latest = span.latest()?;
    let of = |scope: &Scope| {
        let cells = span.means(*scope, &Measure::Index);
        line(latest.scope_name(*scope, span.language).to_owned(), &cells, *scope == Scope::Province)
    };
    let lines: Vec<Line> = scopes.iter().map(of).collect();
    let title = span.say("Chỉ số trung bình qua các năm (%)", "Mean index over the years (%)");
    lines::draw(span.on("bieu-do-trung-binh"), title, span.known, &lines)
}

fn means(span: Span<'_>, scopes: &[Scope]) -> Table {
    let mut columns = vec![columns::scope(span.language)];
    columns.extend(span.year_columns());
    columns.push(span.change_column(span.latest()));
    let caption = span.say("Chỉ số trung bình qua các năm", "Mean index over the years");
    let mut table = Table::new("trung-binh", caption, columns);
    let Some(latest) = span.latest() else { return table };
    let mean = words::province_mean(latest.year.province_mean, span.language);
    let note =
        span.say(format!("Trung bình toàn tỉnh là {mean}."), format!("The mean of the province is {mean}."));
    for scope in scopes {
        let name = latest.scope_name(*scope, span.language);
        let name = match scope {
            Scope::Province => Cell::text(name).note(Some(table.footnote(&note))),
            Scope::Cluster(_) | Scope::Block(_) => Cell::name(name),
        };
        let mut cells = vec![name];
        cells.extend(span.means(*scope, &Measure::Index));
        cells.push(span.pen(latest).figure(&Figure::MeanChange(*scope, Measure::Index)));
        table.push(Weight::Plain, cells);
    }
    table
}

/// Areas of the latest year.
fn latest_areas(span: Span<'_>) -> Vec<(String, String)> {
    span.latest().map(Results::areas).unwrap_or_default()
}

fn area_lines(span: Span<'_>) -> Option<String> {
    let of = |(code, name): (String, String)| {
        let cells = span.means(Scope::Province, &Measure::Node(code.clone()));
        line(format!("{code}. {name}"), &cells, false)
    };
    let lines: Vec<Line> = latest_areas(span).into_iter().map(of).collect();
    let title = span.say(
        "Trung bình toàn tỉnh của các lĩnh vực qua các năm (%)",
        "Means of the province by area over the years (%)",
    );
    lines::draw(span.on("bieu-do-linh-vuc"), title, span.known, &lines)
}

fn areas(span: Span<'_>) -> Table {
    let mut columns = vec![columns::area(span.language)];
    columns.extend(span.year_columns());
    columns.push(span.change_column(span.latest()));
    let caption = span.say(
        "Trung bình toàn tỉnh của các lĩnh vực qua các năm",
        "Means of the province by area over the years",
    );
    let mut table = Table::new("linh-vuc", caption, columns);
    let Some(latest) = span.latest() else { return table };
    let pen = span.pen(latest);
    for (code, name) in latest_areas(span) {
        let measure = Measure::Node(code.clone());
        let renamed = span.history.years().iter().filter_map(|results| {
            let (_, before) = results.areas().into_iter().find(|(known, _)| *known == code)?;
            let year = results.year.year;
            (before != name).then(|| {
                span.say(
                    format!("Năm {year}, lĩnh vực {code} là «{before}»."),
                    format!("In {year}, area {code} was “{before}”."),
                )
            })
        });
        let note = renamed.collect::<Vec<_>>().pop().map(|text| table.footnote(&text));
        let mut cells = vec![Cell::name(format!("{code}. {name}")).link(pen.area(&code)).note(note)];
        cells.extend(span.means(Scope::Province, &measure));
        cells.push(pen.figure(&Figure::MeanChange(Scope::Province, measure)));
        table.push(Weight::Plain, cells);
    }
    table
}

fn list(span: Span<'_>, block: usize) -> Option<List> {
    let latest = span.latest()?;
    let pen = span.pen(latest);
    let name = latest.year.blocks[block].name.clone();
    let mut columns = vec![columns::unit(span.language)];
    columns.extend(span.year_columns());
    columns.push(span.change_column(Some(latest)));
    columns.push(number(
        "like_for_like",
        span.say("Trên cùng nội dung (điểm phần trăm)", "Like for like (percentage points)"),
    ));
    columns.push(columns::lineage(span.language));
    let mut table = Table::new("don-vi", name.clone(), columns)
        .part_of(span.say("Chỉ số của các đơn vị qua các năm", "Indices of the units over the years"));
    let mut lines = Vec::new();
    for unit in &latest.standing.blocks[block] {
        let named = &latest.year.units[*unit];
        let cells = span.steps(&span.history.follow(latest, *unit), &Measure::Index);
        lines.push(line(named.name.clone(), &cells, false));
        let mut row = vec![Cell::name(&named.name).link(span.trend(&named.slug))];
        row.extend(cells);
        row.push(pen.of_unit(*unit, UnitFigure::Change(Measure::Index)));
        row.push(pen.of_unit(*unit, UnitFigure::LikeForLike));
        row.push(Cell::text(span.comparable(latest, *unit)));
        table.push(Weight::Plain, row);
    }
    if lines.is_empty() {
        return None;
    }
    let cells = span.means(Scope::Block(block), &Measure::Index);
    lines.push(line(span.say("Trung bình của bảng", "Mean of the ranking table").to_owned(), &cells, true));
    let anchor = format!("bang-{}", latest.year.blocks[block].id);
    table.anchor = Some(anchor.clone());
    let over = span.say("Chỉ số CCHC qua các năm (%)", "PAR INDEX over the years (%)");
    let title = format!("{name}: {over}");
    let chart = lines::draw(span.on(&format!("bieu-do-{anchor}")), &title, span.known, &lines);
    Some(List { name, anchor, chart, table })
}

/// Units that are not simply the same as the year before, year by year.
fn lineage(span: Span<'_>) -> Table {
    let columns = vec![
        number("year", span.say("Năm", "Year")),
        columns::unit(span.language),
        text("before", span.say("Đơn vị năm trước", "Unit of the previous year")),
        columns::lineage(span.language),
    ];
    let caption =
        span.say("Đơn vị hợp nhất, tách, đổi tên và đơn vị mới", "Units merged, split, renamed and founded");
    let mut table = Table::new("tien-than", caption, columns);
    for results in span.history.years().iter().rev().filter(|results| results.year.previous.is_some()) {
        for (position, unit) in results.year.units.iter().enumerate() {
            let lineage = results.lineage(unit);
            if lineage == Lineage::Same {
                continue;
            }
            let before = unit.predecessors.iter().map(|code| predecessor(span.history, results, code));
            let before = before.collect::<Vec<_>>().join("; ");
            table.push(
                Weight::Plain,
                vec![
                    // A year is a name, not a number with a dot between thousands.
                    Cell::text(results.year.year.to_string()),
                    Cell::name(&unit.name).link(span.pen(results).unit(position)),
                    if before.is_empty() { Cell::none() } else { Cell::name(before) },
                    Cell::text(words::lineage(lineage, span.language)),
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
