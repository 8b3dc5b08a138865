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
use super::{App, package};
use crate::ops::publications::Content;

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
        text("published", say("Công bố", "Published")),
        text("kind", say("Dữ liệu", "Data")),
    ];
    let caption = say("Các năm đã công bố, mới nhất trước", "Published years, latest first");
    let mut years = Table::new("cac-nam", caption, columns);
    for year in app.publications.now().years.values().rev() {
        // Of a year whose inputs are damaged there is nothing to show; its own pages say so.
        let Some(Content { results, .. }) = &year.content else { continue };
        let (pen, last) = (request.pen(results), year.last());
        let version = say("phiên bản", "version");
        let published = format!("{} ({version} {})", last.moment(request.language), last.number);
        let package = request.to(&package::address(last.year, last.number));
        let kind = match &results.year.notice {
            Some(_) => say("minh họa", "demonstration"),
            None if !results.unscored(Scope::Province).is_empty() => say("tạm thời", "provisional"),
            None => say("chính thức", "official"),
        };
        years.push(
            Weight::Plain,
            vec![
                Cell::text(last.year.to_string()).link(pen.address("")),
                Cell::name(&results.year.province),
                Cell::count(results.year.units.len()),
                pen.figure(&Figure::Mean(Scope::Province, Measure::Index)),
                pen.figure(&Figure::MeanChange(Scope::Province, Measure::Index)),
                Cell::text(published).link(package),
                Cell::text(kind),
            ],
        );
    }
    answer(
        &request,
        Home { shell: Shell::plain(&request, say("Kết quả hằng năm", "Results by year")), years },
    )
}
