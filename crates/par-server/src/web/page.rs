//! What all pages share: the frame around them and the answer in the format asked for.

use askama::Template;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use par_core::score::results::Results;
use serde_json::{Value, json};

use super::asked::{Asked, Format, Publication};
use super::failure::Failure;
use super::table::Table;
use super::{assets, data};

/// The frame around a page.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The page's title.
    pub title: String,
    /// The year it belongs to.
    pub year: Option<Head>,
    /// The way to the page: names and addresses, without the page itself.
    pub crumbs: Vec<(String, String)>,
    /// The page's address.
    pub path: String,
    /// Queries that data addresses keep, ending in `&`.
    pub query: String,
    /// Address and date for the printed footer.
    pub printed: String,
    /// What stands in the search field.
    pub sought: String,
    /// Said above pages over several years when values of some are not facts.
    pub notice: Option<String>,
}

/// What the frame says of the year.
#[derive(Clone, Debug)]
pub struct Head {
    /// The year.
    pub year: u16,
    /// Its address.
    pub address: String,
    /// The province, as in `tỉnh Lai Châu`.
    pub province: String,
    /// Said on every page when values are not facts.
    pub notice: Option<String>,
    /// What is said of its publication, and where the package is.
    pub publication: Publication,
}

/// A page of the year's navigation: name, address, whether it is open.
pub struct Tab {
    /// Name.
    pub name: &'static str,
    /// Address.
    pub href: String,
    /// Whether the page belongs to it.
    pub open: bool,
}

impl Shell {
    /// The frame of a page without a year.
    pub fn plain(asked: &Asked, title: &str) -> Shell {
        Shell {
            title: title.to_owned(),
            year: None,
            crumbs: Vec::new(),
            path: asked.path.clone(),
            query: String::new(),
            printed: format!("{}{} · in ngày {}", asked.host, asked.path, asked.today),
            sought: String::new(),
            notice: None,
        }
    }

    /// The frame of a page of a year.
    pub fn of(asked: &Asked, results: &Results, title: impl Into<String>) -> Shell {
        let year = &results.year;
        let address = format!("/ket-qua/{}", year.year);
        let mut crumbs = vec![("Các năm".to_owned(), "/".to_owned())];
        if asked.path != address {
            crumbs.push((format!("Năm {}", year.year), address.clone()));
        }
        let (province, notice) = (year.province.clone(), year.notice.clone());
        let head =
            Head { year: year.year, address, province, notice, publication: asked.publication.clone() };
        Shell { year: Some(head), crumbs, ..Shell::plain(asked, &title.into()) }
    }

    /// The same frame with one more step on the way.
    pub fn under(mut self, name: impl Into<String>, href: String) -> Shell {
        self.crumbs.push((name.into(), href));
        self
    }

    /// The address of a style sheet.
    pub fn asset(&self, file: &str) -> String {
        assets::address(file)
    }

    /// The year's navigation.
    pub fn tabs(&self) -> Vec<Tab> {
        let Some(head) = &self.year else { return Vec::new() };
        let tab = |name, below: &str, also: &str| {
            let href = format!("{}{below}", head.address);
            let inside =
                |part: &str| !part.is_empty() && self.path.starts_with(&format!("{}{part}", head.address));
            Tab { name, open: self.path == href || inside(below) || inside(also), href }
        };
        vec![
            tab("Xếp hạng", "", "/don-vi/"),
            tab("Lĩnh vực và tiêu chí", "/linh-vuc", "/tieu-chi/"),
            tab("Mất điểm", "/ly-do", ""),
            tab("Điều tra xã hội học", "/dieu-tra", ""),
            tab("So sánh", "/so-sanh", ""),
            tab("Báo cáo", "/bao-cao", ""),
            Tab { name: "Xu hướng", open: false, href: "/xu-huong".to_owned() },
            tab("Cách tính", "/phuong-phap", "/do-vung"),
        ]
    }

    /// A table as HTML with its data addresses below.
    pub fn table(&self, table: &Table) -> String {
        self.tables(std::slice::from_ref(table))
    }

    /// The tables of a list that share an id; data addresses stand below the last.
    pub fn tables(&self, tables: &[Table]) -> String {
        let html = |(part, table): (usize, &Table)| self.part(table, &part, &(part + 1 == tables.len()));
        tables.iter().enumerate().map(html).collect()
    }

    /// One table of such a list, by its position.
    pub fn part(&self, table: &Table, part: &usize, last: &bool) -> String {
        table.html(&self.path, &self.query, *part, *last)
    }

    /// What is said above the page when values are not facts.
    pub fn notice(&self) -> Option<&String> {
        self.notice.as_ref().or_else(|| self.year.as_ref()?.notice.as_ref())
    }
}

/// A page with the tables it shows.
pub trait Page: Template {
    /// Its frame.
    fn shell(&self) -> &Shell;
    /// Its tables; the first is what `.csv` gives unless another is asked for.
    fn tables(&self) -> Vec<&Table>;
    /// What the page's data says besides its tables.
    fn figure(&self) -> Option<Value> {
        None
    }
}

/// The page in the format that was asked for.
pub fn answer<P: Page>(asked: &Asked, page: P) -> Result<Response, Failure> {
    if asked.format == Format::Html {
        let html = page.render().map_err(|error| Failure::Broken(error.to_string()))?;
        return Ok(Html(html).into_response());
    }
    let wanted = asked.parameter("bang");
    let mut tables = page.tables();
    let id = match (&wanted, asked.format) {
        (Some(id), _) => Some(id.clone()),
        (None, Format::Csv) => tables.first().map(|table| table.id.to_owned()),
        (None, _) => None,
    };
    if let Some(id) = id {
        tables.retain(|table| table.id == id);
    }
    if tables.is_empty() {
        return Err(Failure::NoTable);
    }
    if asked.format == Format::Csv {
        let name = asked.path.trim_start_matches('/').replace(['/', ':'], "-");
        let headers = [
            (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{}.csv\"", tables[0].id)),
        ];
        return Ok((headers, data::csv(&tables)).into_response());
    }
    let shell = page.shell();
    let mut document = json!({
        "title": shell.title,
        "address": shell.path,
        "year": shell.year.as_ref().map(|head| head.year),
        "notice": shell.notice(),
        "tables": data::json(&tables),
    });
    if let Some(figure) = page.figure() {
        document["figure"] = figure;
    }
    Ok(axum::Json(document).into_response())
}
