//! One unit through the years, also where it was merged, split or renamed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::history::{History, Known, Step};
use par_core::score::results::{Measure, Results, Scope};
use par_render::charts::lines::{self, Line};

use super::App;
use super::columns;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::request::PageRequest;
use super::span::{Span, borrowed, line};
use super::table::{Cell, Table, Weight, head, number, text};

#[derive(Template)]
#[template(path = "trend.html")]
struct Trend {
    shell: Shell,
    block: String,
    /// Name and address of the unit's card in its latest year.
    card: (String, String),
    /// The years there are results of: year and address.
    menu: Vec<(u16, String)>,
    /// Units that continue it: name and address of their trend.
    successors: Vec<(String, String)>,
    ended: Option<u16>,
    remarks: Vec<String>,
    chart: Option<String>,
    years: Table,
    areas_chart: Option<String>,
    areas: Table,
}

impl Page for Trend {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        vec![&self.years, &self.areas]
    }
}

/// `/xu-huong/{slug}`
pub async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: PageRequest,
) -> Result<Response, Failure> {
    let all = app.publications.now().results();
    let years = borrowed(&all);
    let history = History::of(&years);
    let (results, unit) = history.find(&slug).ok_or(Failure::NeverUnit)?;
    let named = &results.year.units[unit];
    let steps = history.follow(results, unit);
    let known: Vec<u16> = steps.iter().map(|step| step.year).collect();
    let span = Span { history, known: &known, language: request.language };
    let mut shell = Shell::plain(&request, &named.name)
        .under(span.say("Các năm", "All years"), request.to("/"))
        .under(span.say("Xu hướng", "Trends"), request.to("/xu-huong"));
    shell.notice = span.notice();
    let successor = |(later, unit): (&Results, usize)| {
        let unit = &later.year.units[unit];
        (unit.name.clone(), span.trend(&unit.slug))
    };
    let latest = history.years().last().is_some_and(|last| last.year.year == results.year.year);
    let page = Trend {
        block: results.year.blocks[named.block].name.clone(),
        card: (
            format!("{} {}", span.say("Kết quả năm", "Results of"), results.year.year),
            request.pen(results).unit(unit),
        ),
        menu: span.menu(),
        successors: history.successors(results, unit).into_iter().map(successor).collect(),
        ended: (!latest).then_some(results.year.year),
        remarks: remarks(span, &steps),
        chart: index_lines(span, &steps),
        years: by_year(span, &steps),
        areas_chart: area_lines(span, results, unit, &steps),
        areas: areas(span, results, unit, &steps),
        shell,
    };
    answer(&request, page)
}

/// What a reader has to know of the years: merged predecessors, where the way ends, and figures that
/// two years give differently.
fn remarks(span: Span<'_>, steps: &[Step<'_>]) -> Vec<String> {
    let mut remarks = Vec::new();
    for step in steps.iter().filter(|step| step.names().len() > 1) {
        let (year, names) = (step.year, step.names().join("; "));
        remarks.push(span.say(
            format!("Số liệu năm {year} là trung bình cộng của {names}."),
            format!("The figures of {year} are the unweighted mean of {names}."),
        ));
    }
    for step in steps {
        let Known::Results(results, units) = &step.known else { continue };
        let codes: Vec<&String> =
            units.iter().flat_map(|unit| &results.year.units[*unit].predecessors).collect();
        for (code, given, cited) in span.history.disagreements(results) {
            if codes.contains(&&code) {
                let before = results.year.previous.as_ref().map_or(0, |previous| previous.year);
                let (year, cited, given) =
                    (step.year, span.language.number(cited), span.language.number(given));
                remarks.push(span.say(
                    format!("Năm {year} so với chỉ số năm {before} là {cited}, khác kết quả năm {before} ({given})."),
                    format!("{year} is compared with an index of {cited} for {before}, which differs from the results of {before} ({given})."),
                ));
            }
        }
    }
    let first = steps.first().map_or(0, |step| step.year);
    if span.history.known().iter().any(|year| *year < first) {
        remarks.push(span.say(
            format!("Trước năm {first} không có đơn vị để nối tiếp."),
            format!("There is no unit before {first} that this one continues."),
        ));
    }
    remarks
}

/// The unit's index with the mean of its list, year by year.
fn index_lines(span: Span<'_>, steps: &[Step<'_>]) -> Option<String> {
    let unit = span.steps(steps, &Measure::Index);
    let means: Vec<Cell> = steps.iter().map(|step| block_mean(span, step)).collect();
    let lines = [
        line(span.say("đơn vị", "unit").to_owned(), &unit, true),
        line(span.say("trung bình của bảng xếp hạng", "mean of the ranking table").to_owned(), &means, false),
    ];
    let title = span.say("Chỉ số CCHC qua các năm (%)", "PAR INDEX over the years (%)");
    lines::draw(span.on("bieu-do-chi-so"), title, span.known, &lines)
}

/// The mean of the list in which the unit stood that year.
fn block_mean(span: Span<'_>, step: &Step<'_>) -> Cell {
    let of = |results: &Results, unit: usize, figure: fn(Scope, Measure) -> Figure| {
        let block = Scope::Block(results.year.units[unit].block);
        span.pen(results).figure(&figure(block, Measure::Index))
    };
    match &step.known {
        Known::Results(results, units) => {
            let block = results.year.units[units[0]].block;
            // Predecessors from different lists have no mean in common.
            let same = units.iter().all(|unit| results.year.units[*unit].block == block);
            if same { of(results, units[0], Figure::Mean) } else { Cell::none() }
        }
        Known::Cited(results, unit, _) => of(results, *unit, Figure::PreviousMean),
    }
}

fn by_year(span: Span<'_>, steps: &[Step<'_>]) -> Table {
    let columns = vec![
        head("year", span.say("Năm", "Year")),
        text("unit", span.say("Tên đơn vị trong năm", "Unit in that year")),
        columns::index(span.language),
        number("block_mean", span.say("Trung bình của bảng (%)", "Mean of the ranking table (%)")),
        columns::place(span.language),
        columns::class(span.language),
        number(
            "change",
            span.say(
                "So với năm trước, theo chỉ số đã công bố (điểm phần trăm)",
                "Change from the previous year by published index (percentage points)",
            ),
        ),
        number(
            "like_for_like",
            span.say("Trên cùng nội dung đánh giá (điểm phần trăm)", "Like for like (percentage points)"),
        ),
        columns::lineage(span.language),
    ];
    let caption = span.say("Kết quả từng năm", "Results year by year");
    let mut table = Table::new("cac-nam", caption, columns);
    for step in steps {
        let rest = match (step.single(), &step.known) {
            (Some((results, unit)), _) => {
                let pen = span.pen(results);
                let name = names(step).link(pen.unit(unit));
                let change = pen.of_unit(unit, UnitFigure::Change(Measure::Index));
                let like = pen.of_unit(unit, UnitFigure::LikeForLike);
                let place = pen.of_unit(unit, UnitFigure::Place);
                let said = Cell::text(span.comparable(results, unit));
                [name, place, pen.class(unit), change, like, said]
            }
            (None, Known::Cited(results, _, codes)) => {
                let year = results.year.year;
                let note = table.footnote(&span.say(
                    format!("Số liệu do kết quả năm {year} nêu lại."),
                    format!("Figures as cited by the results of {year}."),
                ));
                let class = classes(results, codes);
                [names(step).note(Some(note)), Cell::none(), class, Cell::none(), Cell::none(), Cell::none()]
            }
            (None, Known::Results(..)) => {
                let none = Cell::none;
                let said = span.say("trung bình cộng của các đơn vị", "unweighted mean of the units");
                [names(step), none(), none(), none(), none(), Cell::text(said)]
            }
        };
        let [name, rest @ ..] = rest;
        let year = Cell::text(step.year.to_string());
        let index = span.step(step, &Measure::Index).strong();
        let first = [year, name, index, block_mean(span, step)];
        table.push(Weight::Plain, first.into_iter().chain(rest).collect());
    }
    table
}

/// The units that stand for a year.
fn names(step: &Step<'_>) -> Cell {
    Cell::name(step.names().join("; "))
}

/// The classes that the year after cites for units of the year before.
fn classes(results: &Results, codes: &[String]) -> Cell {
    let previous = results.year.previous.as_ref();
    let class = |code: &String| previous?.units.get(code)?.class.clone();
    let classes: Vec<String> = codes.iter().filter_map(class).collect();
    if classes.is_empty() { Cell::none() } else { Cell::name(classes.join("; ")) }
}

/// The areas of the unit's set in its latest year.
fn measures(results: &Results, unit: usize) -> Vec<(Measure, String)> {
    let areas = results.year.set_of(unit).areas();
    areas
        .filter_map(|(_, node)| {
            let code = node.compare_as.clone()?;
            Some((Measure::Node(code), format!("{}. {}", node.code, node.name)))
        })
        .collect()
}

fn area_lines(span: Span<'_>, results: &Results, unit: usize, steps: &[Step<'_>]) -> Option<String> {
    let of = |(measure, label): (Measure, String)| line(label, &span.steps(steps, &measure), false);
    let lines: Vec<Line> = measures(results, unit).into_iter().map(of).collect();
    let title = span.say(
        "Tỷ lệ điểm đạt được theo lĩnh vực qua các năm (%)",
        "Percent of points earned by area over the years",
    );
    lines::draw(span.on("bieu-do-linh-vuc"), title, span.known, &lines)
}

fn areas(span: Span<'_>, results: &Results, unit: usize, steps: &[Step<'_>]) -> Table {
    let mut columns = vec![columns::area(span.language)];
    columns.extend(span.year_columns());
    columns.push(span.change_column(Some(results)));
    let caption = span.say(
        "Tỷ lệ điểm đạt được theo lĩnh vực qua các năm",
        "Percent of points earned by area over the years",
    );
    let mut table = Table::new("linh-vuc", caption, columns);
    for (measure, name) in measures(results, unit) {
        let mut cells = vec![Cell::name(name)];
        cells.extend(span.steps(steps, &measure));
        cells.push(span.pen(results).of_unit(unit, UnitFigure::Change(measure)));
        table.push(Weight::Plain, cells);
    }
    table
}
