//! Addresses of the site as files beside each other: pages open from a disk, a stick or any web server.
//!
//! Must not know: where pages come from.

use super::super::request::language;

/// An address inside the site, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// The path, beginning with `/`.
    pub path: String,
    /// The query without `?`, or empty.
    pub query: String,
}

/// What stands behind an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page.
    Page,
    /// The search page: one file for every query.
    Search,
    /// A table as CSV or JSON.
    Data,
    /// A style sheet, font or picture.
    Asset,
    /// A file of a published package or of the report, under its own name.
    Published,
}

impl Address {
    /// The address in an attribute's value and the fragment behind it; `None` for other sites and for
    /// places on the same page.
    pub fn read(value: &str) -> Option<(Address, String)> {
        let value = value.replace("&amp;", "&").replace("&#38;", "&");
        if !value.starts_with('/') || value.starts_with("//") {
            return None;
        }
        let (rest, fragment) = match value.split_once('#') {
            Some((rest, fragment)) => (rest.to_owned(), format!("#{fragment}")),
            None => (value, String::new()),
        };
        let (path, query) = rest.split_once('?').unwrap_or((&rest, ""));
        Some((Address { path: path.to_owned(), query: query.to_owned() }, fragment))
    }

    /// What stands behind it.
    pub fn kind(&self) -> Kind {
        let (_, path) = language(&self.path);
        if path.starts_with("/tinh/") {
            Kind::Asset
        } else if (path.starts_with("/cong-bo/") && path.matches('/').count() > 3)
            || path.contains("/bao-cao/")
        {
            Kind::Published
        } else if path.ends_with(".csv") || path.ends_with(".json") {
            Kind::Data
        } else if path.ends_with("/tim") {
            Kind::Search
        } else {
            Kind::Page
        }
    }

    /// The file that holds the answer. Colons are no part of file names on sticks.
    pub fn file(&self) -> String {
        let path = self.path.trim_start_matches('/').replace(':', "--");
        match self.kind() {
            // The hash in the address of an asset is for caches; files have none.
            Kind::Asset => {
                let file = path.splitn(3, '/').nth(2).unwrap_or_default();
                format!("tinh/{file}")
            }
            // A package's folder holds the package and nothing else, so that it can be checked where it
            // stands: its archive and its page stand beside it.
            Kind::Published => match (path.rsplit_once('/'), path.matches('/').count()) {
                (Some((folder, zip)), 3) if zip.ends_with(".zip") => {
                    format!("{}/{zip}", folder.rsplit_once('/').map_or("", |(folder, _)| folder))
                }
                _ => path,
            },
            Kind::Data => {
                let (path, extension) = path.rsplit_once('.').expect("data addresses have an extension");
                let table = self.query.split('&').find_map(|pair| pair.strip_prefix("bang="));
                let name = table.map_or_else(|| "du-lieu".to_owned(), |table| format!("bang-{table}"));
                if path.starts_with("cong-bo/") {
                    return format!("{path}-{name}.{extension}");
                }
                let folder = if path == "index" { "" } else { path };
                format!("{folder}/{name}.{extension}").trim_start_matches('/').to_owned()
            }
            Kind::Page if language(&self.path).1.starts_with("/cong-bo/") => format!("{path}.html"),
            Kind::Page | Kind::Search => format!("{path}/index.html").trim_start_matches('/').to_owned(),
        }
    }

    /// The way from a file of the site to this address.
    pub fn from(&self, file: &str, fragment: &str) -> String {
        let query = match self.kind() {
            Kind::Search if !self.query.is_empty() => format!("?{}", self.query.replace('&', "&amp;")),
            _ => String::new(),
        };
        format!("{}{query}{fragment}", relative(file, &self.file()))
    }
}

/// The way from one file of the site to another.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let same = from[..folders].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    "../".repeat(folders - same) + &to[same..].join("/")
}

/// The page with every address of the site led to `lead`, which gives the new value.
pub fn rewrite(html: &str, mut lead: impl FnMut(&str) -> Option<String>) -> String {
    const ATTRIBUTES: [&str; 3] = [" href=\"", " src=\"", " action=\""];
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    loop {
        let next = ATTRIBUTES.iter().filter_map(|name| rest.find(name).map(|at| at + name.len())).min();
        let Some(start) = next else { break };
        let (before, value) = rest.split_at(start);
        let end = value.find('"').unwrap_or(value.len());
        out.push_str(before);
        match lead(&value[..end]) {
            Some(new) => out.push_str(&new),
            None => out.push_str(&value[..end]),
        }
        rest = &value[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_files_that_every_disk_can_hold() {
        let rows = [
            ("/", "index.html"),
            ("/ket-qua/2020", "ket-qua/2020/index.html"),
            (
                "/ket-qua/2020/dan-giai/khoi/k/trung-binh/so:1.2",
                "ket-qua/2020/dan-giai/khoi/k/trung-binh/so--1.2/index.html",
            ),
            ("/ket-qua/2020.csv?bang=xep-hang", "ket-qua/2020/bang-xep-hang.csv"),
            ("/ket-qua/2020/tieu-chi/s/1.2.json", "ket-qua/2020/tieu-chi/s/1.2/du-lieu.json"),
            ("/en", "en/index.html"),
            ("/en/ket-qua/2020/tim?q=a", "en/ket-qua/2020/tim/index.html"),
            ("/en/cong-bo/2020/1", "en/cong-bo/2020/1.html"),
            ("/index.csv?bang=cac-nam", "bang-cac-nam.csv"),
            ("/cong-bo/2020/1", "cong-bo/2020/1.html"),
            ("/cong-bo/2020/1.csv?bang=tep", "cong-bo/2020/1-bang-tep.csv"),
            ("/cong-bo/2020/1/cchc-2020-v1.zip", "cong-bo/2020/cchc-2020-v1.zip"),
            ("/cong-bo/2020/1/standing/units.csv", "cong-bo/2020/1/standing/units.csv"),
            ("/tinh/0a1b/css/base.css", "tinh/css/base.css"),
            ("/ket-qua/2020/tim?q=a&#38;b", "ket-qua/2020/tim/index.html"),
        ];
        for (address, file) in rows {
            assert_eq!(Address::read(address).expect("inside").0.file(), file);
        }
        assert_eq!(Address::read("//khac.vn/"), None);
        assert_eq!(Address::read("#bang"), None);
    }

    #[test]
    fn links_lead_from_file_to_file() {
        let page = r##"<a href="/ket-qua/2020/linh-vuc/3#a">3</a><form action="/ket-qua/2020/tim"><a href="#x">x</a>"##;
        let lead = |value: &str| {
            Address::read(value).map(|(address, fragment)| address.from("ket-qua/2020/index.html", &fragment))
        };
        let expect =
            r##"<a href="linh-vuc/3/index.html#a">3</a><form action="tim/index.html"><a href="#x">x</a>"##;
        assert_eq!(rewrite(page, lead), expect);
        assert_eq!(relative("a/b/index.html", "index.html"), "../../index.html");
        assert_eq!(relative("index.html", "tinh/css/base.css"), "tinh/css/base.css");
    }
}
