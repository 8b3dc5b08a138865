//! The whole site as files: every public page asked of our own router, links led from file to file.
//!
//! Must not know: how a page is made; it sees what a reader sees.

mod links;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use par_core::language::Language;
use par_core::score::results::Results;
use par_render::charts::share;
use par_render::png;
use tower::ServiceExt;

use super::pen::Pen;
use super::{App, public, request, search};
use crate::ops::publications::Publications;
use crate::ops::publications::laid::Damaged;
use links::{Address, Kind, relative, rewrite};

/// The script that finds units and criteria without a server.
const SEARCH: &str = include_str!("tim.js");

/// An address at which there is no page.
const NOWHERE: &str = "/khong-co-trang-nay";

/// What a site is made of besides its years.
#[derive(Debug, Default)]
pub struct Making {
    /// Where the site will stand, `https://cchc.example.vn`; a sitemap needs full addresses.
    pub base: Option<String>,
}

/// Why there is no site.
#[derive(Debug)]
pub enum Failed {
    /// A page leads to an address that is none.
    Dangling {
        /// The page.
        on: String,
        /// Where it leads.
        to: String,
    },
    /// A page was not made; carries its address.
    NotMade(String),
}

/// The files of the site; `progress` hears how many are made now and then.
///
/// # Errors
/// See [`Failed`].
pub async fn files(
    publications: Arc<Publications>,
    making: &Making,
    progress: impl Fn(usize),
) -> Result<BTreeMap<String, Vec<u8>>, Failed> {
    let state = publications.now();
    let mut descriptions = BTreeMap::new();
    for (year, published) in &state.years {
        let file = published.last().package.read("schema-org.jsonld");
        let file = file.map_err(|Damaged| Failed::NotMade(format!("/ket-qua/{year}")))?.unwrap_or_default();
        descriptions.insert(format!("/ket-qua/{year}"), String::from_utf8_lossy(&file).into_owned());
    }
    let router = public(App::of(publications));
    let mut site = Site { router, making, descriptions, files: BTreeMap::new() };
    site.crawl(progress).await?;
    for results in state.results() {
        let year = results.year.year;
        for language in Language::ALL {
            site.add_search(year, &search::entries(Pen { results: &results, language }), language);
        }
        site.add_share_picture(year, &results);
    }
    site.add_missing().await?;
    if let Some(base) = &making.base {
        site.add_map(base);
    }
    Ok(site.files)
}

struct Site<'m> {
    router: Router,
    making: &'m Making,
    /// What search engines read of a year, by the address of its first page.
    descriptions: BTreeMap<String, String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Site<'_> {
    /// Asks for the first page and for everything that pages lead to.
    async fn crawl(&mut self, progress: impl Fn(usize)) -> Result<(), Failed> {
        let first = Address { path: "/".to_owned(), query: String::new() };
        let mut waiting = VecDeque::from([(first, String::new())]);
        let mut met = BTreeSet::new();
        while let Some((address, on)) = waiting.pop_front() {
            let file = address.file();
            if !met.insert(file.clone()) {
                continue;
            }
            let query = if address.kind() == Kind::Search { "" } else { &address.query };
            let bytes = self.ask(&address.path, query, &on).await?;
            let content = match address.kind() {
                Kind::Page | Kind::Search => {
                    let html = String::from_utf8(bytes).map_err(|_| Failed::NotMade(address.path.clone()))?;
                    let mut found = Vec::new();
                    let page = self.page(&html, &address, |next| found.push(next));
                    waiting.extend(found.into_iter().map(|next| (next, address.path.clone())));
                    page.into_bytes()
                }
                Kind::Data | Kind::Asset | Kind::Published => bytes,
            };
            if file.ends_with(".css") {
                waiting.extend(fonts(&address, &content));
            }
            self.files.insert(file, content);
            if met.len().is_multiple_of(1000) {
                progress(met.len());
            }
        }
        Ok(())
    }

    /// The answer to a request without a host, as bytes.
    async fn ask(&self, path: &str, query: &str, on: &str) -> Result<Vec<u8>, Failed> {
        let mark = if query.is_empty() { "" } else { "?" };
        let to = format!("{path}{mark}{query}");
        let dangling = || Failed::Dangling { on: on.to_owned(), to: to.clone() };
        let request = Request::get(&to).body(Body::empty()).map_err(|_| dangling())?;
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        if response.status() == StatusCode::NOT_FOUND {
            return Err(dangling());
        }
        if response.status() != StatusCode::OK {
            return Err(Failed::NotMade(to));
        }
        let bytes = to_bytes(response.into_body(), usize::MAX).await.map_err(|_| Failed::NotMade(to))?;
        Ok(bytes.to_vec())
    }

    /// A page with its links led to files, and what only files need.
    fn page(&self, html: &str, address: &Address, mut found: impl FnMut(Address)) -> String {
        let file = address.file();
        // A derivation's table is on its page; two more files for each of ten thousand would fill a stick.
        let html =
            if address.path.contains("/dan-giai/") { without_downloads(html) } else { html.to_owned() };
        let html = rewrite(&html, |value| {
            let (next, fragment) = Address::read(value)?;
            let way = next.from(&file, &fragment);
            found(next);
            Some(way)
        });
        // The day on which a page of files is printed is not known to it.
        let (language, path) = request::language(&address.path);
        let printed =
            language.of([" · in ngày ", " · trang lập ngày "], [" · printed on ", " · page made on "]);
        let mut html = html.replacen(printed[0], printed[1], 1);
        let shared = self.shared(&html, address);
        html = html.replacen("</head>", &format!("{shared}</head>"), 1);
        if let Some(description) = self.descriptions.get(path) {
            // A description is data, not a script that runs; `<` cannot end it early.
            let data = description.replace('<', "\\u003c");
            let head = format!("<script type=\"application/ld+json\">\n{data}</script>\n</head>");
            html = html.replacen("</head>", &head, 1);
        }
        if address.kind() == Kind::Search {
            let way = |name: &str| relative(&file, &file.replace("index.html", name));
            let scripts = format!(
                "<div id=\"tim-thay\" role=\"status\"></div>\n<noscript><p>{}</p></noscript>\n</main>\n<script src=\"{}\"></script>\n<script src=\"{}\"></script>",
                language.of(
                    "Tìm kiếm trên bản này cần JavaScript; nếu không, đi từ bảng xếp hạng hoặc trang lĩnh vực.",
                    "Searching this copy needs JavaScript; without it, start from the ranking or the page of areas.",
                ),
                way("tim-du-lieu.js"),
                way("tim.js")
            );
            html = html.replacen("</main>", &scripts, 1);
        }
        html
    }

    /// The picture networks show beside a link to the year.
    fn add_share_picture(&mut self, year: u16, results: &Results) {
        let drawn = share::draw(results).and_then(|svg| png::draw(&svg, share::SIZE.0 as u32).ok());
        if let Some(picture) = drawn {
            self.files.insert(share_picture(year), picture.bytes);
        }
    }

    /// What networks read of a page of a year; a picture needs a full address.
    fn shared(&self, html: &str, address: &Address) -> String {
        let Some(base) = &self.making.base else { return String::new() };
        let (language, path) = request::language(&address.path);
        let year = path.strip_prefix("/ket-qua/").and_then(|rest| rest.split('/').next()?.parse().ok());
        let title = html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
        let (Some(year), Some((title, _))) = (year, title) else { return String::new() };
        let (base, picture) = (base.trim_end_matches('/'), share_picture(year));
        format!(
            "<meta property=\"og:type\" content=\"article\">\n<meta property=\"og:locale\" content=\"{}\">\n<meta property=\"og:title\" content=\"{title}\">\n<meta property=\"og:image\" content=\"{base}/{picture}\">\n<meta name=\"twitter:card\" content=\"summary_large_image\">\n",
            language.of("vi_VN", "en_GB"),
        )
    }

    /// What the search script looks through: a script of data, since pages on a disk may fetch nothing.
    fn add_search(&mut self, year: u16, entries: &[search::Entry], language: Language) {
        let path = request::address(language, &format!("/ket-qua/{year}/tim"));
        let file = Address { path, query: String::new() }.file();
        let folder = file.trim_end_matches("index.html").to_owned();
        let rows: Vec<[String; 4]> = entries
            .iter()
            .map(|entry| {
                let way = Address::read(&entry.href).map(|(address, _)| address.from(&file, ""));
                [entry.name.clone(), entry.kind.clone(), way.unwrap_or_default(), entry.also.clone()]
            })
            .collect();
        let rows = serde_json::to_string(&rows).expect("texts are plain values").replace("],[", "],\n[");
        self.files.insert(
            format!("{folder}tim-du-lieu.js"),
            format!("\"use strict\";\nwindow.TIM = {rows};\n").into(),
        );
        self.files.insert(format!("{folder}tim.js"), SEARCH.into());
    }

    /// The pages a web server shows for addresses that are none, one a language. They may be shown at any
    /// depth, so their links are full paths when the site's place is known, else they lead from the root.
    async fn add_missing(&mut self) -> Result<(), Failed> {
        let root = self.making.base.as_deref().unwrap_or_default().trim_end_matches('/').to_owned();
        let missing = |path: &str| {
            let (language, path) = request::language(path);
            (path == NOWHERE).then(|| language.of("404.html", "en/404.html"))
        };
        for language in Language::ALL {
            let path = request::address(language, NOWHERE);
            let request = Request::get(&path).body(Body::empty()).expect("a well-formed address");
            let response = match self.router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            let bytes = to_bytes(response.into_body(), usize::MAX).await;
            let bytes = bytes.map_err(|_| Failed::NotMade("404".to_owned()))?;
            let page = rewrite(&String::from_utf8_lossy(&bytes), |value| {
                let (next, fragment) = Address::read(value)?;
                let file = missing(&next.path).map_or_else(|| next.file(), str::to_owned);
                Some(format!("{root}/{file}{fragment}"))
            });
            self.files.insert(language.of("404.html", "en/404.html").to_owned(), page.into_bytes());
        }
        Ok(())
    }

    fn add_map(&mut self, base: &str) {
        let base = base.trim_end_matches('/');
        let pages = self.files.keys().filter(|file| file.ends_with("index.html"));
        let urls: String = pages
            .map(|file| format!("<url><loc>{base}/{}</loc></url>\n", file.trim_end_matches("index.html")))
            .collect();
        let map = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
        );
        self.files.insert("sitemap.xml".to_owned(), map.into_bytes());
        self.files.insert("robots.txt".to_owned(), format!("Sitemap: {base}/sitemap.xml\n").into_bytes());
    }
}

/// Where a year's share picture stands.
fn share_picture(year: u16) -> String {
    format!("ket-qua/{year}/chia-se.png")
}

/// A page without the lines that offer its tables as data.
fn without_downloads(html: &str) -> String {
    let lines = html.split_inclusive('\n').filter(|line| !line.starts_with("<p class=\"downloads "));
    lines.collect()
}

/// Fonts that a style sheet names by relative paths.
fn fonts(sheet: &Address, css: &[u8]) -> Vec<(Address, String)> {
    let css = String::from_utf8_lossy(css);
    let folder = sheet.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    let ways = named.map(|name| name.trim_matches(['"', '\''])).filter(|name| !name.starts_with("data:"));
    ways.map(|way| {
        let mut path = folder.to_owned();
        for part in way.split('/') {
            match part {
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                part => path = format!("{path}/{part}"),
            }
        }
        (Address { path, query: String::new() }, sheet.path.clone())
    })
    .collect()
}
