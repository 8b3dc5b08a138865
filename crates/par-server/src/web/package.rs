//! A published version for ever at one address: its files, byte for byte, and a page that lists them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::request::{Format, PageRequest};
use super::table::{Cell, Table, Weight, head, number, text};
use super::{App, unavailable};
use crate::exchange::package::{Package, archive};
use crate::ops::release;

#[derive(Template)]
#[template(path = "package.html")]
struct Version {
    shell: Shell,
    id: String,
    zip: String,
    versions: Table,
    files: Table,
}

impl Page for Version {
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
pub async fn show(
    State(app): State<App>,
    Path((year, version)): Path<(String, String)>,
    request: PageRequest,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let year = results.year.year;
    let all = app.years.publications(year).await.map_err(unavailable)?;
    let this = all.iter().find(|one| one.version.to_string() == version).ok_or(Failure::NoPage)?;
    let package = app.years.package(year, this.version).await.map_err(unavailable)?;
    let language = request.language;
    let mut versions = Table::new(
        "phien-ban",
        language.of("Các phiên bản đã công bố", "Published versions"),
        vec![
            head("version", language.of("Phiên bản", "Version")),
            text("at", language.of("Công bố", "Published")),
            text("reason", language.of("Lý do đính chính", "Reason for the amendment")),
            text("id", language.of("Mã gói", "Package id")),
        ],
    );
    for one in &all {
        let name = Cell::text(one.version.to_string()).link(request.to(&address(year, one.version)));
        let cells = vec![
            name,
            Cell::text(release::told(one, language)),
            Cell::name(&one.reason),
            Cell::text(&one.package_id),
        ];
        versions.push(Weight::Plain, cells);
    }
    let mut files = Table::new(
        "tep",
        language.of("Các tệp của gói", "Files of the package"),
        vec![
            head("path", language.of("Tệp", "File")),
            number("bytes", language.of("Kích thước (byte)", "Size (bytes)")),
        ],
    );
    for (path, bytes) in &package.files {
        let href = format!("{}/{path}", address(year, this.version));
        files.push(Weight::Plain, vec![Cell::text(path).link(href), Cell::count(bytes.len())]);
    }
    let title = language.of(
        format!("Gói dữ liệu năm {year}, phiên bản {version}"),
        format!("Data package of {year}, version {version}"),
    );
    let shell = Shell::of(&request, &results, title);
    answer(
        &request,
        Version { shell, id: this.package_id.clone(), zip: zip(year, this.version), versions, files },
    )
}

/// `/cong-bo/{year}/{version}/{file}`
pub async fn file(
    State(app): State<App>,
    Path((year, version, file)): Path<(String, String, String)>,
    request: PageRequest,
) -> Result<Response, Failure> {
    // Extensions of data addresses were taken off; here they are part of the name.
    let file = match request.format {
        Format::Html => file,
        Format::Csv => file + ".csv",
        Format::Json => file + ".json",
    };
    let exact = |text: &str| text.parse::<u32>().ok().filter(|number| number.to_string() == text);
    let (Some(number), Some(version)) = (exact(&year), exact(&version)) else { return Err(Failure::NoPage) };
    let year = u16::try_from(number).map_err(|_| Failure::NoPage)?;
    let bytes = if file == zip(year, version) {
        let package: Package = app.years.package(year, version).await.map_err(unavailable)?;
        (!package.files.is_empty()).then(|| archive::write(&package))
    } else {
        app.years.published_file(year, version, &file).await.map_err(unavailable)?
    };
    let bytes = bytes.ok_or(Failure::NoPage)?;
    let name = file.rsplit('/').next().unwrap_or_default().replace('"', "");
    let headers = [
        (CONTENT_TYPE, kind(&file).to_owned()),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
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
