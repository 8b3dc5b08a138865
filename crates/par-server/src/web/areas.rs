//! Units × areas: the component indices of the year at a glance.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::points::decimal::Decimal;
use par_core::score::figure::Figure;
use par_core::score::results::{Measure, Results, Scope};

use super::App;
use super::asked::Asked;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Mark, Table, Weight, data_only, head, number};

/// Lower bounds of the five steps, in percent: fixed, so that years can be compared by eye.
const STEPS: [i128; 5] = [0, 60, 70, 80, 90];

#[derive(Template)]
#[template(path = "areas.html")]
struct Areas {
    shell: Shell,
    lists: Vec<Table>,
    areas: Vec<(String, String)>,
    legend: Vec<(usize, String)>,
}

impl Page for Areas {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        self.lists.iter().collect()
    }
}

/// `/ket-qua/{year}/linh-vuc`
pub async fn show(
    State(app): State<App>,
    Path(year): Path<String>,
    asked: Asked,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let pen = Pen { results: &results };
    let areas = known(&results);
    let page = Areas {
        shell: Shell::of(&asked, &results, "Lĩnh vực"),
        lists: (0..results.year.blocks.len()).map(|block| list(pen, block, &areas)).collect(),
        areas: areas.iter().map(|(code, name)| (format!("{code}. {name}"), pen.area(code))).collect(),
        legend: legend(),
    };
    answer(&asked, page)
}

/// Areas of all sets by the code under which they are compared, with the first set's name.
pub fn known(results: &Results) -> Vec<(String, String)> {
    let mut areas: Vec<(String, String)> = Vec::new();
    for (_, node) in results.year.sets.iter().flat_map(|set| set.areas()) {
        let Some(code) = &node.compare_as else { continue };
        if !areas.iter().any(|(known, _)| known == code) {
            areas.push((code.clone(), node.name.clone()));
        }
    }
    areas
}

fn list(pen: Pen<'_>, block: usize, areas: &[(String, String)]) -> Table {
    let name = &pen.results.year.blocks[block].name;
    let mut columns = vec![data_only("block"), head("unit", "Tên đơn vị")];
    columns.extend(
        areas.iter().map(|(code, name)| number(code, format!("{code}. {name}")).link(pen.area(code))),
    );
    columns.push(number("index", "Chỉ số CCHC"));
    let mut table = Table::new("linh-vuc", format!("{name}: tỷ lệ điểm đạt được theo lĩnh vực (%)"), columns)
        .part_of("Tỷ lệ điểm đạt được theo lĩnh vực (%)");
    for unit in &pen.results.standing.blocks[block] {
        let named = &pen.results.year.units[*unit];
        let mut cells = vec![
            Cell::text(&pen.results.year.blocks[block].id),
            Cell::text(&named.name).link(pen.unit(*unit)),
        ];
        cells.extend(areas.iter().map(|(code, _)| heat(pen, *unit, &Measure::Node(code.clone()))));
        cells.push(pen.percent(*unit, &Measure::Index).mark(Mark::Strong));
        table.push(Weight::Plain, cells);
    }
    let mut means = vec![Cell::default(), Cell::text("Trung bình của bảng")];
    let measures = areas.iter().map(|(code, _)| Measure::Node(code.clone())).chain([Measure::Index]);
    means.extend(measures.map(|measure| pen.figure(&Figure::Mean(Scope::Block(block), measure))));
    table.push(Weight::Summary, means);
    table
}

/// A percent on the five-step scale; the step follows the printed number, which is what readers see.
fn heat(pen: Pen<'_>, unit: usize, measure: &Measure) -> Cell {
    let cell = pen.percent(unit, measure);
    match pen.results.printed(unit, measure) {
        Some(printed) => cell.mark(Mark::Heat(step(printed))),
        None => Cell { printed: "KĐG".to_owned(), ..cell },
    }
}

fn step(percent: Decimal) -> u8 {
    let reached = STEPS.iter().filter(|bound| percent >= Decimal::new(**bound, 0)).count();
    u8::try_from(reached.max(1)).expect("there are five steps")
}

fn legend() -> Vec<(usize, String)> {
    let words = |i: usize| match (STEPS[i], STEPS.get(i + 1)) {
        (0, Some(next)) => format!("dưới {next}%"),
        (from, Some(next)) => format!("từ {from} đến dưới {next}%"),
        (from, None) => format!("từ {from}%"),
    };
    (0..STEPS.len()).map(|i| (i + 1, words(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_begin_at_their_lower_bound() {
        for (hundredths, expect) in [(0, 1), (5_999, 1), (6_000, 2), (8_999, 4), (9_000, 5), (10_000, 5)] {
            assert_eq!(step(Decimal::new(hundredths, 2)), expect);
        }
    }
}
