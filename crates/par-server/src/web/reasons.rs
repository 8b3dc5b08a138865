//! Where the units lost points: by cause, by area, leaf by leaf.

use askama::Template;
use axum::response::Response;
use par_core::points::Points;
use par_core::points::decimal::Decimal;
use par_core::points::share::Share;
use par_core::report::Chart;
use par_core::score::figure::{Figure, Lost};
use par_core::score::reasons::{LostAt, LostFor};
use par_core::score::results::Scope;
use par_core::text::capital;
use par_core::words;
use par_core::year::Outcome;
use par_core::year::lost::Cause;
use par_render::charts::draw;

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::request::Format;
use super::table::{Cell, Column, Printed, Table, Weight, data_only, head, number, text};
use super::visit::Visit;
use super::{cells, columns};

/// How many leaves the page shows; data files have all.
const LEAVES: usize = 30;

/// Columns of points.
const POINTS: [&str; 4] = ["points", "max", "lost", "withheld"];

#[derive(Template)]
#[template(path = "reasons.html")]
struct Reasons {
    shell: Shell,
    lost: String,
    max: String,
    requests: String,
    withheld: String,
    chart: Option<String>,
    causes: Table,
    outcomes: Table,
    areas: Table,
    leaves: Table,
}

impl Page for Reasons {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        vec![&self.causes, &self.outcomes, &self.areas, &self.leaves]
    }
}

/// `/ket-qua/{year}/ly-do`
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let results = &*visit.results;
    let pen = visit.pen();
    let lost = results.lost_by_cause(Scope::Province);
    let areas = results.lost_by_area(Scope::Province);
    let sum = |part: fn(&LostAt) -> Points| areas.iter().map(|(_, at)| part(at)).sum::<Points>();
    let most = if visit.request.format == Format::Html { LEAVES } else { usize::MAX };
    let page = Reasons {
        shell: visit.shell(visit.say("Nguyên nhân mất điểm", "Why points were lost")),
        lost: pen.language.points(sum(|at| at.lost)),
        max: pen.language.points(sum(|at| at.max)),
        requests: requests(pen, areas.iter().map(|(_, at)| at.requests).sum()),
        withheld: cells::counted(pen.language, sum(|at| at.withheld)),
        chart: draw(results, Chart::Reasons, pen.on("bieu-do-ly-do")),
        causes: causes(pen, &lost),
        outcomes: outcomes(pen, &lost),
        areas: by_area(pen, &areas),
        leaves: by_leaf(pen, most),
    };
    answer(&visit.request, page)
}

/// `398 yêu cầu giải trình`, `398 requests for explanation`.
fn requests(pen: Pen<'_>, count: usize) -> String {
    let english = if count == 1 { "request for explanation" } else { "requests for explanation" };
    format!("{} {}", pen.language.count(count), pen.say("yêu cầu giải trình", english))
}

/// What a cause is called, with a capital letter.
fn name(pen: Pen<'_>, cause: &Cause) -> Cell {
    match cause {
        Cause::Reason(code) => Cell::name(pen.results.year.reason(code)),
        other => Cell::text(capital(words::cause(other, pen.language))),
    }
}

fn percent(pen: Pen<'_>, share: Option<Share>) -> Cell {
    share.map_or_else(Cell::none, |share| {
        Cell::number(pen.round(&share.percent()), share.percent().to_string())
    })
}

/// The table with all its points printed to as many decimals as the longest of them needs.
fn even(mut table: Table) -> Table {
    let columns = table.columns.iter().enumerate();
    let points: Vec<usize> =
        columns.filter(|(_, column)| POINTS.contains(&column.key.as_str())).map(|(i, _)| i).collect();
    let numbers = || table.rows.iter().flat_map(|row| points.iter().map(|i| row.cells[*i].printed.number()));
    let places = numbers().flatten().map(Decimal::places).max().unwrap_or(0);
    for row in &mut table.rows {
        for i in &points {
            if let Printed::Number(number) = &mut row.cells[*i].printed {
                let zeros = 10i128.pow(u32::from(places - number.places()));
                *number = Decimal::new(number.units() * zeros, places);
            }
        }
    }
    table
}

fn causes(pen: Pen<'_>, lost: &[LostFor]) -> Table {
    let columns = vec![
        text("kind", pen.say("Nhóm", "Kind")),
        head("cause", pen.say("Nguyên nhân", "Cause")),
        number("cases", pen.say("Số trường hợp", "Cases")),
        number("units", pen.say("Số đơn vị", "Units")),
        columns::lost(pen.language, "points"),
        number("share", pen.say("Tỷ trọng (%)", "Share (%)")),
    ];
    let caption =
        pen.say("Điểm mất của tất cả các đơn vị theo nguyên nhân", "Points lost by all units, by cause");
    let mut table = Table::new("nguyen-nhan", caption, columns);
    let all: Points = lost.iter().map(|one| one.points).sum();
    let (request, other) = pen.say(("yêu cầu giải trình", "khác"), ("request", "other"));
    for one in lost {
        table.push(
            Weight::Plain,
            vec![
                Cell::text(if matches!(one.cause, Cause::Reason(_)) { request } else { other }),
                name(pen, &one.cause),
                Cell::count(one.cases),
                Cell::count(one.units),
                pen.figure(&Figure::Lost(Scope::Province, Lost::Cause(one.cause.clone()))).strong(),
                percent(pen, Share::new(one.points, all)),
            ],
        );
    }
    let mut sum = vec![Cell::default(); 6];
    sum[1] = Cell::text(pen.say("Tất cả", "All causes"));
    sum[4] = pen.figure(&Figure::Lost(Scope::Province, Lost::All));
    table.push(Weight::Summary, sum);
    even(table)
}

/// What became of the explanations, reason by reason.
fn outcomes(pen: Pen<'_>, lost: &[LostFor]) -> Table {
    let mut columns = vec![
        head("reason", pen.say("Lý do thẩm định nêu", "Reason the appraisers gave")),
        number("requests", pen.say("Số yêu cầu", "Requests")),
    ];
    columns.extend(
        Outcome::ALL.map(|outcome| -> Column {
            number(outcome.name(), capital(words::outcome(outcome, pen.language)))
        }),
    );
    let caption = pen.say("Kết quả giải trình theo lý do", "What became of the explanations, by reason");
    let mut table = Table::new("giai-trinh", caption, columns);
    for one in lost.iter().filter(|one| matches!(one.cause, Cause::Reason(_))) {
        let mut cells = vec![name(pen, &one.cause), Cell::count(one.cases)];
        cells.extend(one.outcomes.map(Cell::count));
        table.push(Weight::Plain, cells);
    }
    table
}

/// Columns of points lost at a node, behind its name.
fn lost_columns(pen: Pen<'_>) -> [Column; 6] {
    let withheld = pen.say(
        "Trong đó không được công nhận sau yêu cầu giải trình",
        "Of which not recognised after a request for explanation",
    );
    [
        number("units", pen.say("Số đơn vị áp dụng", "Units it applies to")),
        number("losing", pen.say("Số đơn vị mất điểm", "Units that lost points")),
        number("max", pen.say("Tổng điểm tối đa", "Sum of maxima")),
        columns::lost(pen.language, "lost"),
        number("share", pen.say("Tỷ lệ mất (%)", "Share lost (%)")),
        number("withheld", withheld),
    ]
}

fn lost_cells(pen: Pen<'_>, at: &LostAt, lost: Lost) -> [Cell; 6] {
    [
        Cell::count(at.units),
        Cell::count(at.losing),
        full_points(at.max),
        pen.figure(&Figure::Lost(Scope::Province, lost)).strong(),
        percent(pen, at.share()),
        full_points(at.withheld),
    ]
}

fn by_area(pen: Pen<'_>, areas: &[(String, LostAt)]) -> Table {
    let mut columns = vec![columns::area(pen.language)];
    columns.extend(lost_columns(pen));
    let caption =
        pen.say("Điểm mất theo lĩnh vực, cộng của các đơn vị", "Points lost by area, all units together");
    let mut table = Table::new("linh-vuc", caption, columns);
    let names = pen.results.areas();
    for (code, at) in areas {
        let name = names.iter().find(|(known, _)| known == code).map_or("", |(_, name)| name.as_str());
        let mut cells = vec![cells::area(pen, code, name)];
        cells.extend(lost_cells(pen, at, Lost::Area(code.clone())));
        table.push(Weight::Plain, cells);
    }
    even(table)
}

/// Leaves from the largest loss over all units, at most `most`.
fn by_leaf(pen: Pen<'_>, most: usize) -> Table {
    let year = &pen.results.year;
    let all = pen.results.lost_by_leaf(Scope::Province);
    let mut columns = vec![
        data_only("code"),
        head("criterion", pen.say("Tiêu chí chấm điểm", "Scored criterion")),
        text("set", pen.say("Áp dụng", "Applies to")),
    ];
    columns.extend(lost_columns(pen));
    let caption = pen.say(
        "Các tiêu chí chấm điểm mất nhiều điểm nhất, cộng của các đơn vị",
        "The scored criteria that lost most points, all units together",
    );
    // A public year says only by area what was withheld after requests.
    if year.losses.is_some() {
        columns.pop();
    }
    let shown = columns.len();
    let mut table = Table::new("tieu-chi", caption, columns);
    if all.len() > most {
        let (shown, all) = (pen.language.count(most), pen.language.count(all.len()));
        table.footnote(&pen.say(
            format!("Bảng trên trang có {shown} tiêu chí đầu; tệp CSV và JSON có đủ {all} tiêu chí mất điểm."),
            format!("The page shows the first {shown} criteria; the CSV and JSON files have all {all} that lost points."),
        ));
    }
    for (set, node, at) in all.iter().take(most) {
        let code = &year.sets[*set].node(*node).code;
        let blocks = year.blocks.iter().filter(|block| block.set == *set).map(|block| block.cluster);
        let mut clusters: Vec<&str> = blocks.map(|cluster| year.clusters[cluster].name.as_str()).collect();
        clusters.dedup();
        let mut cells =
            vec![Cell::text(code), cells::node(pen, *set, *node), Cell::name(clusters.join("; "))];
        cells.extend(lost_cells(pen, at, Lost::Leaf(*set, code.clone())));
        cells.truncate(shown);
        table.push(Weight::Plain, cells);
    }
    even(table)
}
