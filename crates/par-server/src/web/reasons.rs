//! Where the units lost points: by cause, by area, leaf by leaf.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::language::Language;
use par_core::points::Points;
use par_core::points::decimal::count_vi;
use par_core::points::share::Share;
use par_core::report::Chart;
use par_core::score::figure::{Figure, Lost};
use par_core::score::reasons::{Cause, LostAt, LostFor};
use par_core::score::results::Scope;
use par_core::text::capital;
use par_core::words;
use par_core::year::Outcome;
use par_render::charts::draw;

use super::App;
use super::asked::{Asked, Format};
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::{Pen, full_points};
use super::table::{Cell, Column, Table, Weight, data_only, head, number, text};

/// How many leaves the page shows; data files have all.
const LEAVES: usize = 30;

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
pub async fn show(
    State(app): State<App>,
    Path(year): Path<String>,
    asked: Asked,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let pen = Pen { results: &results };
    let lost = results.lost_by_cause(Scope::Province);
    let areas = results.lost_by_area(Scope::Province);
    let sum = |part: fn(&LostAt) -> Points| areas.iter().map(|(_, at)| part(at)).sum::<Points>();
    let requests: usize = areas.iter().map(|(_, at)| at.requests).sum();
    let most = if asked.format == Format::Html { LEAVES } else { usize::MAX };
    let page = Reasons {
        shell: Shell::of(&asked, &results, "Nguyên nhân mất điểm"),
        lost: sum(|at| at.lost).vi(),
        max: sum(|at| at.max).vi(),
        requests: count_vi(requests),
        withheld: sum(|at| at.withheld).vi(),
        chart: draw(&results, Chart::Reasons, "bieu-do-ly-do"),
        causes: causes(pen, &lost),
        outcomes: outcomes(pen, &lost),
        areas: by_area(pen, &areas),
        leaves: by_leaf(pen, most),
    };
    answer(&asked, page)
}

/// What a cause is called, with a capital letter.
fn name(pen: Pen<'_>, cause: &Cause) -> String {
    match cause {
        Cause::Reason(code) => pen.results.year.reason(code).to_owned(),
        other => capital(words::cause(other, Language::Vi)),
    }
}

fn percent(pen: Pen<'_>, share: Option<Share>) -> Cell {
    share.map_or_else(Cell::none, |share| {
        Cell::number(pen.round(&share.percent()), share.percent().to_string())
    })
}

fn causes(pen: Pen<'_>, lost: &[LostFor]) -> Table {
    let columns = vec![
        text("kind", "Nhóm"),
        head("cause", "Nguyên nhân"),
        number("cases", "Số trường hợp"),
        number("units", "Số đơn vị"),
        number("points", "Điểm mất"),
        number("share", "Tỷ trọng (%)"),
    ];
    let caption = "Điểm mất của tất cả các đơn vị theo nguyên nhân";
    let mut table = Table::new("nguyen-nhan", caption, columns);
    let all: Points = lost.iter().map(|one| one.points).sum();
    for one in lost {
        let asked = matches!(one.cause, Cause::Reason(_));
        table.push(
            Weight::Plain,
            vec![
                Cell::text(if asked { "yêu cầu giải trình" } else { "khác" }),
                Cell::text(name(pen, &one.cause)),
                Cell::count(one.cases),
                Cell::count(one.units),
                pen.figure(&Figure::Lost(Scope::Province, Lost::Cause(one.cause.clone()))).strong(),
                percent(pen, Share::new(one.points, all)),
            ],
        );
    }
    let mut sum = vec![Cell::default(); 6];
    sum[1] = Cell::text("Tất cả");
    sum[4] = pen.figure(&Figure::Lost(Scope::Province, Lost::All));
    table.push(Weight::Summary, sum);
    table
}

/// What became of the explanations, reason by reason.
fn outcomes(pen: Pen<'_>, lost: &[LostFor]) -> Table {
    let mut columns = vec![head("reason", "Lý do thẩm định nêu"), number("requests", "Số yêu cầu")];
    columns.extend(
        Outcome::ALL.map(|outcome| -> Column {
            number(outcome.name(), capital(words::outcome(outcome, Language::Vi)))
        }),
    );
    let mut table = Table::new("giai-trinh", "Kết quả giải trình theo lý do", columns);
    for one in lost.iter().filter(|one| matches!(one.cause, Cause::Reason(_))) {
        let mut cells = vec![Cell::text(name(pen, &one.cause)), Cell::count(one.cases)];
        cells.extend(one.outcomes.map(Cell::count));
        table.push(Weight::Plain, cells);
    }
    table
}

/// Columns of points lost at a node, behind its name.
fn lost_columns(max: &str) -> [Column; 6] {
    [
        number("units", "Số đơn vị áp dụng"),
        number("losing", "Số đơn vị mất điểm"),
        number("max", max),
        number("lost", "Điểm mất"),
        number("share", "Tỷ lệ mất (%)"),
        number("withheld", "Trong đó không được công nhận sau yêu cầu giải trình"),
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
    let mut columns = vec![head("area", "Lĩnh vực")];
    columns.extend(lost_columns("Tổng điểm tối đa"));
    let mut table = Table::new("linh-vuc", "Điểm mất theo lĩnh vực, cộng của các đơn vị", columns);
    let names = pen.results.areas();
    for (code, at) in areas {
        let name = names.iter().find(|(known, _)| known == code).map_or("", |(_, name)| name.as_str());
        let mut cells = vec![Cell::text(format!("{code}. {name}")).link(pen.area(code))];
        cells.extend(lost_cells(pen, at, Lost::Area(code.clone())));
        table.push(Weight::Plain, cells);
    }
    table
}

/// Leaves from the largest loss over all units, at most `most`.
fn by_leaf(pen: Pen<'_>, most: usize) -> Table {
    let year = &pen.results.year;
    let all = pen.results.lost_by_leaf(Scope::Province);
    let mut columns =
        vec![data_only("code"), head("criterion", "Tiêu chí chấm điểm"), text("set", "Áp dụng")];
    columns.extend(lost_columns("Tổng điểm tối đa"));
    let caption = "Các tiêu chí chấm điểm mất nhiều điểm nhất, cộng của các đơn vị";
    let mut table = Table::new("tieu-chi", caption, columns);
    if all.len() > most {
        table.footnote(&format!(
            "Bảng trên trang có {} tiêu chí đầu; tệp CSV và JSON có đủ {} tiêu chí mất điểm.",
            count_vi(most),
            count_vi(all.len())
        ));
    }
    for (set, node, at) in all.iter().take(most) {
        let of = year.sets[*set].node(*node);
        let blocks = year.blocks.iter().filter(|block| block.set == *set).map(|block| block.cluster);
        let mut clusters: Vec<&str> = blocks.map(|cluster| year.clusters[cluster].name.as_str()).collect();
        clusters.dedup();
        let name = Cell::text(format!("{} {}", of.code, of.name)).link(pen.criterion(*set, &of.code));
        let mut cells = vec![Cell::text(&of.code), name, Cell::text(clusters.join("; "))];
        cells.extend(lost_cells(pen, at, Lost::Leaf(*set, of.code.clone())));
        table.push(Weight::Plain, cells);
    }
    table
}
