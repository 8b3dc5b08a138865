//! A published version for ever at one address: its files, byte for byte, and a page that lists them.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};

use super::App;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::request::{Format, PageRequest};
use super::table::{Cell, Table, Weight, head, number, text};
use super::visit::Visit;
use crate::exchange::package::archive;
use crate::ops::publications::laid::Damaged;
use crate::ops::publications::{PublishedYear, Version};

#[derive(Template)]
#[template(path = "package.html")]
struct VersionPage {
    shell: Shell,
    id: String,
    zip: String,
    versions: Table,
    files: Table,
}

impl Page for VersionPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        vec![&self.versions, &self.files]
    }
}

/// The address of a version's page.
pub fn address(year: u16, version: u32) -> String {
    format!("/cong-bo/{year}/{version}")
}

/// The name of a version's archive.
fn zip(year: u16, version: u32) -> String {
    format!("cchc-{year}-v{version}.zip")
}

/// `/cong-bo/{year}/{version}`
pub async fn show(Path(address): Path<(String, String)>, visit: Visit) -> Result<Response, Failure> {
    let this = version(&visit.shown.year, &address.1)?;
    let (year, language) = (this.year, visit.request.language);
    let mut versions = Table::new(
        "phien-ban",
        visit.say("Các phiên bản đã công bố", "Published versions"),
        vec![
            head("version", visit.say("Phiên bản", "Version")),
            text("at", visit.say("Công bố", "Published")),
            text("reason", visit.say("Lý do đính chính", "Reason for the amendment")),
            text("id", visit.say("Mã gói", "Package id")),
        ],
    );
    for one in &visit.shown.year.versions {
        let name = Cell::text(one.number.to_string());
        let cells = vec![
            name.link(visit.request.to(&self::address(year, one.number))),
            Cell::text(one.moment(language)),
            Cell::name(&one.reason),
            Cell::text(&one.package.id),
        ];
        versions.push(Weight::Plain, cells);
    }
    let mut files = Table::new(
        "tep",
        visit.say("Các tệp của gói", "Files of the package"),
        vec![
            head("path", visit.say("Tệp", "File")),
            number("bytes", visit.say("Kích thước (byte)", "Size (bytes)")),
        ],
    );
    for (path, bytes) in this.package.files() {
        let href = format!("{}/{path}", self::address(year, this.number));
        files.push(Weight::Plain, vec![Cell::text(path).link(href), Cell::count(bytes as usize)]);
    }
    let title = visit.say(
        format!("Gói dữ liệu năm {year}, phiên bản {}", this.number),
        format!("Data package of {year}, version {}", this.number),
    );
    let (shell, zip) = (visit.shell(title), zip(year, this.number));
    answer(&visit.request, VersionPage { shell, id: this.package.id.clone(), zip, versions, files })
}

/// The version in an address: a number without zeros or signs before it.
fn version(year: &PublishedYear, named: &str) -> Result<Arc<Version>, Failure> {
    let found = year.versions.iter().find(|one| one.number.to_string() == named);
    found.cloned().ok_or(Failure::NoPage)
}

/// `/cong-bo/{year}/{version}/{file}`
pub async fn file(
    State(app): State<App>,
    Path((year, number, file)): Path<(String, String, String)>,
    request: PageRequest,
) -> Result<Response, Failure> {
    // Extensions of data addresses were taken off; here they are part of the name.
    let file = match request.format {
        Format::Html => file,
        Format::Csv => file + ".csv",
        Format::Json => file + ".json",
    };
    let year = app.year(&year).map_err(|_| Failure::NoPage)?;
    let version = version(&year, &number)?;
    let (package, id) = (&version.package, &version.package.id);
    let (bytes, tag) = if file == zip(version.year, version.number) {
        (package.whole().map(|package| Some(archive::write(&package))), Some(id.as_str()))
    } else {
        (package.read(&file), package.hash(&file))
    };
    let bytes = bytes.map_err(|Damaged| Failure::Unavailable)?.ok_or(Failure::NoPage)?;
    let name = file.rsplit('/').next().unwrap_or_default().replace('"', "");
    let headers = [
        (CONTENT_TYPE, kind(&file).to_owned()),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (ETAG, format!("W/\"{}\"", tag.unwrap_or_default())),
    ];
    Ok((headers, bytes).into_response())
}

fn kind(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("csv") => "text/csv; charset=utf-8",
        Some("json") => "application/json",
        Some("jsonld") => "application/ld+json",
        Some("zip") => "application/zip",
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("docx" | "xlsx") => "application/octet-stream",
        _ => "text/plain; charset=utf-8",
    }
}
