//! One unit through the years, also where it was merged, split or renamed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::language::Language;
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::history::{History, Known, Step};
use par_core::score::results::{Measure, Results, Scope};
use par_render::charts::lines::{self, Line};

use super::App;
use super::asked::Asked;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Table, Weight, head, number, text};
use super::trends::{
    borrowed, change_column, comparable, notice, printed, step_cell, step_cells, year_columns,
};

#[derive(Template)]
#[template(path = "trend.html")]
struct Trend {
    shell: Shell,
    block: String,
    /// Name and address of the unit's card in its latest year.
    card: (String, String),
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
    asked: Asked,
) -> Result<Response, Failure> {
    let all = app.all().await?;
    let years = borrowed(&all);
    let history = History::of(&years);
    let (results, unit) = history.find(&slug).ok_or(Failure::NeverUnit)?;
    let named = &results.year.units[unit];
    let steps = history.follow(results, unit);
    let known: Vec<u16> = steps.iter().map(|step| step.year).collect();
    let mut shell = Shell::plain(&asked, &named.name)
        .under("Các năm", "/".to_owned())
        .under("Xu hướng", "/xu-huong".to_owned());
    shell.notice = notice(history);
    let successor = |(later, unit): (&Results, usize)| {
        let unit = &later.year.units[unit];
        (unit.name.clone(), format!("/xu-huong/{}", unit.slug))
    };
    let latest = history.years().last().is_some_and(|last| last.year.year == results.year.year);
    let page = Trend {
        block: results.year.blocks[named.block].name.clone(),
        card: (format!("Kết quả năm {}", results.year.year), asked.pen(results).unit(unit)),
        successors: history.successors(results, unit).into_iter().map(successor).collect(),
        ended: (!latest).then_some(results.year.year),
        remarks: remarks(history, &steps),
        chart: index_lines(&steps, &known),
        years: by_year(&steps),
        areas_chart: area_lines(results, unit, &steps, &known),
        areas: areas(results, unit, &steps, &known),
        shell,
    };
    answer(&asked, page)
}

/// What a reader has to know of the years: merged predecessors, where the way ends, and figures that
/// two years give differently.
fn remarks(history: History<'_>, steps: &[Step<'_>]) -> Vec<String> {
    let mut remarks = Vec::new();
    for step in steps.iter().filter(|step| step.names().len() > 1) {
        remarks.push(format!(
            "Số liệu năm {} là trung bình cộng của {}.",
            step.year,
            step.names().join("; ")
        ));
    }
    for step in steps {
        let Known::Results(results, units) = &step.known else { continue };
        let codes: Vec<&String> =
            units.iter().flat_map(|unit| &results.year.units[*unit].predecessors).collect();
        for (code, given, cited) in history.disagreements(results) {
            if codes.contains(&&code) {
                let before = results.year.previous.as_ref().map_or(0, |previous| previous.year);
                remarks.push(format!(
                    "Năm {} so với chỉ số năm {before} là {}, khác kết quả năm {before} ({}).",
                    step.year,
                    cited.vi(),
                    given.vi()
                ));
            }
        }
    }
    let first = steps.first().map_or(0, |step| step.year);
    if history.known().iter().any(|year| *year < first) {
        remarks.push(format!("Trước năm {first} không có đơn vị để nối tiếp."));
    }
    remarks
}

/// The unit's index with the mean of its list, year by year.
fn index_lines(steps: &[Step<'_>], known: &[u16]) -> Option<String> {
    let unit = step_cells(steps, known, &Measure::Index);
    let means: Vec<Cell> = steps.iter().map(block_mean).collect();
    let line = |label: &str, cells: &[Cell], strong| Line {
        label: label.to_owned(),
        values: cells.iter().map(printed).collect(),
        strong,
    };
    let lines = [line("đơn vị", &unit, true), line("trung bình của bảng xếp hạng", &means, false)];
    lines::draw("bieu-do-chi-so", "Chỉ số CCHC qua các năm (%)", known, &lines)
}

/// The mean of the list in which the unit stood that year.
fn block_mean(step: &Step<'_>) -> Cell {
    let of = |results: &Results, unit: usize, figure: fn(Scope, Measure) -> Figure| {
        let block = Scope::Block(results.year.units[unit].block);
        Pen { results, language: Language::Vi }.figure(&figure(block, Measure::Index))
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

fn by_year(steps: &[Step<'_>]) -> Table {
    let columns = vec![
        head("year", "Năm"),
        text("unit", "Tên đơn vị trong năm"),
        number("index", "Chỉ số CCHC (%)"),
        number("block_mean", "Trung bình của bảng (%)"),
        number("place", "Thứ hạng"),
        text("class", "Xếp loại"),
        number("change", "So với năm trước, theo chỉ số đã công bố (điểm phần trăm)"),
        number("like_for_like", "Trên cùng nội dung đánh giá (điểm phần trăm)"),
        text("lineage", "So sánh"),
    ];
    let mut table = Table::new("cac-nam", "Kết quả từng năm", columns);
    for step in steps {
        let names = step.names().join("; ");
        let index = step_cell(step, &Measure::Index).strong();
        let year = Cell::text(step.year.to_string());
        let mean = block_mean(step);
        let rest = match (step.single(), &step.known) {
            (Some((results, unit)), _) => {
                let pen = Pen { results, language: Language::Vi };
                let name = Cell::text(names).link(pen.unit(unit));
                let change = pen.of_unit(unit, UnitFigure::Change(Measure::Index));
                let like = pen.of_unit(unit, UnitFigure::LikeForLike);
                let place = pen.of_unit(unit, UnitFigure::Place);
                let said = Cell::text(comparable(results, unit));
                vec![name, index, mean, place, pen.class(unit), change, like, said]
            }
            (None, Known::Cited(results, _, codes)) => {
                let note = format!("Số liệu do kết quả năm {} nêu lại.", results.year.year);
                let note = table.footnote(&note);
                let previous = results.year.previous.as_ref();
                let class = |code: &String| previous?.units.get(code)?.class.clone();
                let classes: Vec<String> = codes.iter().filter_map(class).collect();
                let class = if classes.is_empty() { Cell::none() } else { Cell::text(classes.join("; ")) };
                let name = Cell::text(names).note(Some(note));
                vec![name, index, mean, Cell::none(), class, Cell::none(), Cell::none(), Cell::none()]
            }
            (None, Known::Results(..)) => {
                let none = Cell::none;
                let said = Cell::text("trung bình cộng của các đơn vị");
                vec![Cell::text(names), index, mean, none(), none(), none(), none(), said]
            }
        };
        table.push(Weight::Plain, std::iter::once(year).chain(rest).collect());
    }
    table
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

fn area_lines(results: &Results, unit: usize, steps: &[Step<'_>], known: &[u16]) -> Option<String> {
    let line = |(measure, label): (Measure, String)| Line {
        label,
        values: step_cells(steps, known, &measure).iter().map(printed).collect(),
        strong: false,
    };
    let lines: Vec<Line> = measures(results, unit).into_iter().map(line).collect();
    lines::draw("bieu-do-linh-vuc", "Tỷ lệ điểm đạt được theo lĩnh vực qua các năm (%)", known, &lines)
}

fn areas(results: &Results, unit: usize, steps: &[Step<'_>], known: &[u16]) -> Table {
    let mut columns = vec![head("area", "Lĩnh vực")];
    columns.extend(year_columns(known));
    columns.push(change_column(Some(&results)));
    let mut table = Table::new("linh-vuc", "Tỷ lệ điểm đạt được theo lĩnh vực qua các năm", columns);
    for (measure, name) in measures(results, unit) {
        let mut cells = vec![Cell::text(name)];
        cells.extend(step_cells(steps, known, &measure));
        cells.push(Pen { results, language: Language::Vi }.of_unit(unit, UnitFigure::Change(measure)));
        table.push(Weight::Plain, cells);
    }
    table
}
