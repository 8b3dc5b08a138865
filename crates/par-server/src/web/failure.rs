//! Why a page cannot be shown, as a page with a way onward or as JSON.

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

use super::asked::{Asked, Format};
use super::page::Shell;

/// Why there is no answer.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The address names no page.
    NoPage,
    /// There is no such year; carries those there are.
    NoYear(Vec<u16>),
    /// The year has no such unit.
    NoUnit(u16),
    /// The year has no such area.
    NoArea(u16),
    /// The year has no such criterion or criteria set.
    NoCriterion(u16),
    /// The year has no such figure.
    NoFigure(u16),
    /// The page has no such table, or none at all.
    NoTable,
    /// Public pages are only read.
    OnlyReading,
    /// The database did not answer.
    Unavailable,
    /// Writing a template failed.
    Broken(String),
}

/// A way onward: what it leads to and its address.
type Onward = (String, String);

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Failure::OnlyReading => StatusCode::METHOD_NOT_ALLOWED,
            Failure::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::NOT_FOUND,
        }
    }

    /// Stable word, what happened, what to do.
    fn words(&self) -> (&'static str, String, String) {
        let (code, message, hint) = match self {
            Failure::NoPage => (
                "no_page",
                "Không có trang ở địa chỉ này".to_owned(),
                "Kiểm tra lại địa chỉ, hoặc đi từ danh sách các năm.".to_owned(),
            ),
            Failure::NoYear(_) => (
                "no_year",
                "Chưa có kết quả của năm này".to_owned(),
                "Chọn một năm đã công bố dưới đây.".to_owned(),
            ),
            Failure::NoUnit(year) => (
                "no_unit",
                format!("Năm {year} không có đơn vị này"),
                "Đơn vị có thể đã đổi tên hoặc sáp nhập; hãy tìm theo tên hoặc xem bảng xếp hạng.".to_owned(),
            ),
            Failure::NoArea(year) => (
                "no_area",
                format!("Năm {year} không có lĩnh vực này"),
                "Xem danh sách các lĩnh vực của năm.".to_owned(),
            ),
            Failure::NoCriterion(year) => (
                "no_criterion",
                format!("Năm {year} không có tiêu chí này"),
                "Mã tiêu chí thay đổi theo năm và theo bộ tiêu chí; hãy tìm theo tên tiêu chí.".to_owned(),
            ),
            Failure::NoFigure(year) => (
                "no_figure",
                format!("Năm {year} không có số liệu này"),
                "Mở lại số liệu từ bảng xếp hạng hoặc từ trang của đơn vị.".to_owned(),
            ),
            Failure::NoTable => (
                "no_table",
                "Trang này không có bảng dữ liệu như vậy".to_owned(),
                "Bỏ tham số «bang» để lấy bảng chính của trang.".to_owned(),
            ),
            Failure::OnlyReading => (
                "only_reading",
                "Trang công khai chỉ để xem".to_owned(),
                "Mở lại trang bằng địa chỉ của nó.".to_owned(),
            ),
            Failure::Unavailable => (
                "unavailable",
                "Dữ liệu tạm thời chưa đọc được".to_owned(),
                "Thử lại sau ít phút; nếu vẫn lỗi, báo cho đơn vị quản trị.".to_owned(),
            ),
            Failure::Broken(_) => (
                "broken",
                "Máy chủ gặp lỗi khi dựng trang".to_owned(),
                "Thử lại sau ít phút; nếu vẫn lỗi, báo cho đơn vị quản trị kèm địa chỉ trang.".to_owned(),
            ),
        };
        (code, message, hint)
    }

    fn onward(&self) -> Vec<Onward> {
        let link = |name: &str, href: String| (name.to_owned(), href);
        let mut ways = match self {
            Failure::NoYear(years) => {
                years.iter().map(|year| (format!("Kết quả năm {year}"), format!("/ket-qua/{year}"))).collect()
            }
            Failure::NoUnit(year) | Failure::NoFigure(year) => vec![
                link("Bảng xếp hạng các đơn vị", format!("/ket-qua/{year}")),
                link("Tìm kiếm", format!("/ket-qua/{year}/tim")),
            ],
            Failure::NoArea(year) | Failure::NoCriterion(year) => vec![
                link("Các lĩnh vực", format!("/ket-qua/{year}/linh-vuc")),
                link("Tìm kiếm", format!("/ket-qua/{year}/tim")),
            ],
            Failure::NoPage
            | Failure::NoTable
            | Failure::OnlyReading
            | Failure::Unavailable
            | Failure::Broken(_) => Vec::new(),
        };
        ways.push(link("Các năm đã có kết quả", "/".to_owned()));
        ways
    }
}

impl IntoResponse for Failure {
    /// Only marks the answer; [`show`] writes it in the format that was asked for.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Page {
    shell: Shell,
    message: String,
    hint: String,
    onward: Vec<Onward>,
}

/// Writes failures as a page or as JSON.
pub async fn show(asked: Asked, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let Some(failure) = response.extensions().get::<Failure>().cloned() else { return response };
    if let Failure::Broken(why) = &failure {
        tracing::error!(path = asked.path, why, "a page could not be written");
    }
    let (code, message, hint) = failure.words();
    if asked.format != Format::Html {
        let body = json!({ "code": code, "message": message, "hint": hint });
        return (failure.status(), axum::Json(body)).into_response();
    }
    let shell = Shell::plain(&asked, &message);
    let page = Page { shell, message, hint, onward: failure.onward() };
    match page.render() {
        Ok(html) => (failure.status(), Html(html)).into_response(),
        Err(_) => failure.status().into_response(),
    }
}
