//! The years there are.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use par_core::score::figure::Figure;
use par_core::score::results::{Measure, Scope};

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::request::PageRequest;
use super::table::{Cell, Table, Weight, head, number, text};
use super::{App, unavailable};
use crate::ops::years::Status;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    shell: Shell,
    years: Table,
}

impl Page for Home {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        vec![&self.years]
    }
}

/// `/`
pub async fn show(State(app): State<App>, request: PageRequest) -> Result<Response, Failure> {
    let say = |vi, en| request.language.of(vi, en);
    let columns = vec![
        head("year", say("Năm", "Year")),
        text("province", say("Địa phương", "Province")),
        number("units", say("Số đơn vị", "Units")),
        number("mean", say("Chỉ số trung bình toàn tỉnh (%)", "Mean index of the province (%)")),
        number(
            "change",
            say("So với năm trước (điểm phần trăm)", "Against the previous year (percentage points)"),
        ),
        text("kind", say("Dữ liệu", "Data")),
    ];
    let caption = say("Các năm đã có kết quả, mới nhất trước", "Years with results, latest first");
    let mut years = Table::new("cac-nam", caption, columns);
    for year in app.list().await?.into_iter().rev() {
        let results = app.year(&year.to_string()).await?;
        let pen = request.pen(&results);
        let status = app.years.shown(year).await.map_err(unavailable)?.map(|(_, status)| status);
        let kind = match status {
            _ if results.year.notice.is_some() => say("minh họa", "demonstration"),
            Some(Status::Published(_) | Status::Moved(_)) => say("đã công bố", "published"),
            Some(Status::Unpublished) | None => say("chưa công bố", "not published"),
        };
        years.push(
            Weight::Plain,
            vec![
                Cell::text(year.to_string()).link(pen.address("")),
                Cell::name(&results.year.province),
                Cell::count(results.year.units.len()),
                pen.figure(&Figure::Mean(Scope::Province, Measure::Index)),
                pen.figure(&Figure::MeanChange(Scope::Province, Measure::Index)),
                Cell::text(kind),
            ],
        );
    }
    answer(
        &request,
        Home { shell: Shell::plain(&request, say("Kết quả hằng năm", "Results by year")), years },
    )
}
