//! What all pages share: the frame around them and the answer in the format asked for.

use askama::Template;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use par_core::language::Language;
use serde_json::{Value, json};

use super::failure::Failure;
use super::request::{Format, PageRequest, TABLE, address};
use super::table::{Cell, Table};
use super::visit::Shown;
use super::{assets, data, package};

/// The frame around a page.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The language of the page.
    pub language: Language,
    /// The page's title.
    pub title: String,
    /// The year it belongs to.
    pub year: Option<Head>,
    /// The way to the page: names and addresses, without the page itself.
    pub crumbs: Vec<(String, String)>,
    /// The page's address without the language.
    pub path: String,
    /// The query it was asked with, which its twin in the other language keeps.
    pub query: String,
    /// Queries that data addresses keep, ending in `&`.
    pub data_query: String,
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
    /// The address of the package it is shown from.
    pub package: String,
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
    pub fn plain(request: &PageRequest, title: &str) -> Shell {
        let printed_on = request.language.of("in ngày", "printed on");
        Shell {
            language: request.language,
            title: title.to_owned(),
            year: None,
            crumbs: Vec::new(),
            path: request.path.clone(),
            query: request.query.clone(),
            data_query: String::new(),
            printed: format!("{} · {printed_on} {}", request.to(&request.path), request.today),
            sought: String::new(),
            notice: None,
        }
    }

    /// The frame of a page of a year.
    pub fn of(request: &PageRequest, shown: &Shown, title: impl Into<String>) -> Shell {
        let year = &shown.results.year;
        let language = request.language;
        let path = format!("/ket-qua/{}", year.year);
        let address = request.to(&path);
        let mut crumbs = vec![(language.of("Các năm", "All years").to_owned(), request.to("/"))];
        if request.path != path {
            crumbs.push((format!("{} {}", language.of("Năm", "Year"), year.year), address.clone()));
        }
        let (province, notice) = (year.province.clone(), year.notice.clone());
        let package = request.to(&package::address(year.year, shown.version()));
        let head = Head { year: year.year, address, province, notice, package };
        Shell { year: Some(head), crumbs, ..Shell::plain(request, &title.into()) }
    }

    /// The same frame with one more step on the way.
    pub fn under(mut self, name: impl Into<String>, href: String) -> Shell {
        self.crumbs.push((name.into(), href));
        self
    }

    /// The words in the language of the page.
    pub fn say<'w>(&self, vi: &'w str, en: &'w str) -> &'w str {
        self.language.of(vi, en)
    }

    /// Another page in the language of this one.
    pub fn to(&self, path: &str) -> String {
        address(self.language, path)
    }

    /// The same page in the other language: its language, name and address.
    pub fn twin(&self) -> (Language, &'static str, String) {
        let (language, name) = self.language.of((Language::En, "English"), (Language::Vi, "Tiếng Việt"));
        let mark = if self.query.is_empty() { "" } else { "?" };
        (language, name, format!("{}{mark}{}", address(language, &self.path), self.query))
    }

    /// A cell outside tables.
    pub fn print(&self, cell: &Cell) -> String {
        cell.printed.say(self.language).into_owned()
    }

    /// Whether the page is English.
    pub fn english(&self) -> bool {
        self.language == Language::En
    }

    /// The address of a style sheet.
    pub fn asset(&self, file: &str) -> String {
        assets::address(file)
    }

    /// The year's navigation.
    pub fn tabs(&self) -> Vec<Tab> {
        let Some(head) = &self.year else { return Vec::new() };
        let here = self.to(&self.path);
        let tab = |vi, en, below: &str, also: &str| {
            let href = format!("{}{below}", head.address);
            let inside =
                |part: &str| !part.is_empty() && here.starts_with(&format!("{}{part}", head.address));
            Tab { name: self.say(vi, en), open: here == href || inside(below) || inside(also), href }
        };
        vec![
            tab("Xếp hạng", "Ranking", "", "/don-vi/"),
            tab("Lĩnh vực và tiêu chí", "Areas and criteria", "/linh-vuc", "/tieu-chi/"),
            tab("Mất điểm", "Points lost", "/ly-do", ""),
            tab("Điều tra xã hội học", "Survey", "/dieu-tra", ""),
            tab("So sánh", "Compare", "/so-sanh", ""),
            tab("Báo cáo", "Report", "/bao-cao", ""),
            Tab { name: self.say("Xu hướng", "Trends"), open: false, href: self.to("/xu-huong") },
            tab("Cách tính", "Method", "/phuong-phap", ""),
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
        table.html(self.language, &self.path, &self.data_query, *part, *last)
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
pub fn answer<P: Page>(request: &PageRequest, page: P) -> Result<Response, Failure> {
    if request.format == Format::Html {
        let html = page.render().map_err(|error| Failure::Broken(error.to_string()))?;
        return Ok(Html(html).into_response());
    }
    let wanted = request.parameter(TABLE);
    let mut tables = page.tables();
    let id = match (&wanted, request.format) {
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
    if request.format == Format::Csv {
        let parts = request.path.split(['/', ':']).chain([tables[0].id]).filter(|part| !part.is_empty());
        let name = parts.collect::<Vec<_>>().join("-");
        let headers = [
            (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
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
