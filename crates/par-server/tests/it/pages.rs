//! The public pages: what they show, how they fail, how they hold together.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use par_server::web::public_routes;

use crate::app::{ask, get};

/// One page of each route, by the route's pattern.
const EXAMPLES: [(&str, &str); 17] = [
    ("/", "/"),
    ("/ket-qua/{year}", "/ket-qua/2020"),
    ("/ket-qua/{year}/linh-vuc", "/ket-qua/2020/linh-vuc"),
    ("/ket-qua/{year}/linh-vuc/{code}", "/ket-qua/2020/linh-vuc/6"),
    ("/ket-qua/{year}/tieu-chi/{set}/{code}", "/ket-qua/2020/tieu-chi/departments/1.1.3"),
    ("/ket-qua/{year}/don-vi/{slug}", "/ket-qua/2020/don-vi/so-ngoai-vu"),
    ("/ket-qua/{year}/dan-giai/{*figure}", "/ket-qua/2020/dan-giai/don-vi/so-noi-vu/chi-so"),
    ("/ket-qua/{year}/dieu-tra", "/ket-qua/2020/dieu-tra"),
    ("/ket-qua/{year}/phuong-phap", "/ket-qua/2020/phuong-phap"),
    ("/ket-qua/{year}/bao-cao", "/ket-qua/2020/bao-cao"),
    ("/ket-qua/{year}/bao-cao/{file}", "/ket-qua/2020/bao-cao/bang.xlsx"),
    ("/ket-qua/{year}/ly-do", "/ket-qua/2020/ly-do"),
    ("/ket-qua/{year}/so-sanh", "/ket-qua/2020/so-sanh?don-vi=so-noi-vu&don-vi=huyen-sin-ho"),
    ("/ket-qua/{year}/tim", "/ket-qua/2020/tim?q=noi+vu"),
    ("/xu-huong", "/xu-huong"),
    ("/xu-huong/{slug}", "/xu-huong/so-noi-vu"),
    ("/cong-bo/{year}/{version}", "/cong-bo/2020/1"),
];

/// The address of a page's data.
fn with(page: &str, extension: &str) -> String {
    let (path, query) = page.split_once('?').map_or((page, String::new()), |(p, q)| (p, format!("?{q}")));
    format!("{}{extension}{query}", if path == "/" { "/index" } else { path })
}

/// The address of the page in English.
fn in_english(page: &str) -> String {
    if page == "/" { "/en".to_owned() } else { format!("/en{page}") }
}

#[tokio::test]
async fn every_page_answers_in_both_languages_and_as_csv_and_json() {
    for route in public_routes().iter().filter(|route| route.data) {
        let page = EXAMPLES.iter().find(|(pattern, _)| *pattern == route.path);
        let (_, page) = page.unwrap_or_else(|| panic!("no example for {}", route.path));
        let html = get(page).await;
        assert_eq!(html.status, StatusCode::OK, "{page}");
        assert!(html.text.contains("<h1>"), "{page} has a heading");
        let english = get(&in_english(page)).await;
        assert_eq!(english.status, StatusCode::OK, "{page} in English");
        assert!(english.text.contains("<html lang=\"en\">"), "{page} in English");

        let csv = get(&with(page, ".csv")).await;
        assert_eq!(
            (csv.status, &csv.headers["content-type"]),
            (StatusCode::OK, &"text/csv; charset=utf-8".parse().unwrap()),
            "{page}"
        );
        let body = csv.text.strip_prefix('\u{feff}').expect("a byte order mark for spreadsheets");
        let mut reader = csv::Reader::from_reader(body.as_bytes());
        assert!(reader.records().all(|record| record.is_ok()), "{page}.csv has even rows");

        let json = get(&with(page, ".json")).await;
        assert_eq!(json.status, StatusCode::OK, "{page}");
        let value: serde_json::Value = serde_json::from_str(&json.text).expect("JSON parses");
        assert!(
            value["tables"].as_object().is_some_and(|tables| !tables.is_empty()),
            "{page}.json has tables"
        );
    }
}

#[test]
fn routes_are_registered_in_one_table_only() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/web"))];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let mut places = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let count = text.matches(".route(").count() + text.matches(".nest(").count();
        places.extend(std::iter::repeat_n(path.file_name().unwrap().to_owned(), count));
    }
    assert_eq!(
        places,
        ["mod.rs"],
        "the loop over the routes of a group is the only place that registers one"
    );
}

#[tokio::test]
async fn what_is_unknown_is_not_found_with_a_way_onward() {
    let unknown = [
        ("/ket-qua/1999", "no_year"),
        ("/ket-qua/x", "no_year"),
        ("/ket-qua/2020/don-vi/so-khong-co", "no_unit"),
        ("/ket-qua/2020/linh-vuc/99", "no_area"),
        ("/ket-qua/2020/tieu-chi/departments/9.9", "no_criterion"),
        ("/ket-qua/2020/tieu-chi/communes/1", "no_criterion"),
        ("/ket-qua/2020/dan-giai/don-vi/so-noi-vu/x", "no_figure"),
        ("/xu-huong/so-khong-co", "no_unit"),
        ("/khong-co", "no_page"),
        ("/tinh/0000/css/base.css", "no_page"),
        ("/tinh/%c0%ae/x", "no_page"),
        ("/ket-qua/2020/don-vi/%ff", "no_page"),
    ];
    for (path, code) in unknown {
        let page = get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text.contains("class=\"onward\""), "{path} offers a way onward");
        if !path.starts_with("/tinh/") {
            let json = get(&format!("{path}.json")).await;
            assert_eq!(json.status, StatusCode::NOT_FOUND, "{path}.json");
            let value: serde_json::Value = serde_json::from_str(&json.text).unwrap();
            assert_eq!(value["code"], code);
            assert!(value["hint"].as_str().is_some_and(|hint| !hint.is_empty()));
        }
    }
    let home = get("/index.csv").await;
    assert_eq!(home.header("content-disposition"), "attachment; filename=\"cac-nam.csv\"");
    let table = get("/ket-qua/2020.csv?bang=khong-co").await;
    assert_eq!(table.status, StatusCode::NOT_FOUND);
    let post = ask(Request::post("/ket-qua/2020").body(Body::empty()).unwrap()).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(post.text.contains("<li><a href=\"/ket-qua/2020\">"), "the way onward is the page itself");
}

#[tokio::test]
async fn a_page_has_one_address() {
    for (path, to) in [
        ("/ket-qua/2020/", "/ket-qua/2020"),
        ("/ket-qua/2020/dan-giai/don-vi/so-noi-vu/chi-so/", "/ket-qua/2020/dan-giai/don-vi/so-noi-vu/chi-so"),
        ("/ket-qua/2020/xu-huong", "/xu-huong"),
        ("/en/ket-qua/2020/xu-huong", "/en/xu-huong"),
        ("/en/ket-qua/2020/", "/en/ket-qua/2020"),
        ("/en/xu-huong/", "/en/xu-huong"),
        ("/en/ket-qua/2020/don-vi/SNV", "/en/ket-qua/2020/don-vi/so-noi-vu"),
        ("/xu-huong/", "/xu-huong"),
        ("/xu-huong/so-noi-vu/", "/xu-huong/so-noi-vu"),
        ("/ket-qua/2020/don-vi/SNV", "/ket-qua/2020/don-vi/so-noi-vu"),
        ("/ket-qua/2020/don-vi/SNV.csv?bang=linh-vuc", "/ket-qua/2020/don-vi/so-noi-vu.csv?bang=linh-vuc"),
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{path}");
        assert_eq!(answer.headers["location"], to);
    }
    for path in ["/ket-qua/02020", "/ket-qua/+2020", "//example.org/", "/ket-qua/02020/linh-vuc"] {
        assert_eq!(get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let icon = get("/favicon.ico").await;
    assert_eq!(
        (icon.status, &icon.headers["content-type"]),
        (StatusCode::OK, &"image/svg+xml".parse().unwrap())
    );
}

#[tokio::test]
async fn the_data_of_a_derivation_carry_the_number_itself() {
    let answer = get("/ket-qua/2020/dan-giai/don-vi/so-noi-vu/chi-so.json").await;
    let value: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let figure = &value["figure"];
    assert_eq!((&figure["printed"], &figure["unit"]), (&"87.42".into(), &"%".into()));
    assert!(figure["exact"].as_str().is_some_and(|exact| exact.contains('/')));
    for key in ["title", "rule", "working"] {
        assert!(figure[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
    let page = get("/ket-qua/2020/dan-giai/don-vi/so-noi-vu/chi-so").await.text;
    assert!(page.contains("(phân số tối giản, tính bằng phần trăm)"));
    assert!(page.contains(">Thành phần</th>") && !page.contains("Con số này gồm"));
}

#[tokio::test]
async fn the_ranked_tables_carry_the_published_numbers() {
    let golden = include_str!("units-2020.csv");
    let published = rows(golden);
    let answer = get("/ket-qua/2020.csv").await;
    let shown = rows(answer.text.trim_start_matches('\u{feff}'));
    assert_eq!(shown.len(), published.len());
    // The place, points and index as printed in the report; the program's names of units are the report's.
    for (row, want) in shown.iter().zip(&published) {
        let got =
            ["block", "place", "unit", "appraisal", "survey", "total", "index", "class"].map(|key| &row[key]);
        let want = [
            "group",
            "position",
            "unit",
            "appraisal_points",
            "survey_points",
            "total_points",
            "index_percent",
            "class",
        ]
        .map(|key| &want[key]);
        assert_eq!(got, want);
    }
    let page = get("/ket-qua/2020").await.text;
    for row in &published {
        assert!(
            page.contains(&format!(">{}</a>", row["index_percent"].replace('.', ","))),
            "{}",
            row["unit"]
        );
    }
    for mean in ["82,08", "72,65", "77,36", "+3,32", "-3,51"] {
        assert!(page.contains(mean), "{mean}");
    }
}

#[tokio::test]
async fn json_has_exact_values_beside_printed_ones() {
    let answer = get("/ket-qua/2020.json").await;
    let value: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let first = &value["tables"]["xep-hang"]["rows"][0];
    assert_eq!(first["unit"], "Sở Nội vụ");
    assert_eq!(first["index"]["printed"], "87.42");
    let (a, b) = first["index"]["exact"].as_str().unwrap().split_once('/').expect("a fraction");
    assert!(a.parse::<u64>().is_ok() && b.parse::<u64>().is_ok());
    assert_eq!(first["total"]["exact"], "85.6685", "points are decimals");
    assert_eq!(value["tables"]["xep-hang"]["title"], "Xếp hạng các đơn vị trong từng bảng xếp hạng");
    assert!(value["notice"].as_str().is_some(), "made-up values are marked in data too");
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.expect("rows are even")).collect()
}

#[tokio::test]
async fn all_links_lead_somewhere_and_pages_are_well_formed() {
    let mut known: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
    let mut queue: VecDeque<String> = known.iter().cloned().collect();
    let mut derivations = 0;
    while let Some(path) = queue.pop_front() {
        // Derivations number in the thousands: follow one in forty, every page of the other kinds.
        let derivation = path.contains("/dan-giai/");
        derivations += usize::from(derivation);
        if derivation && !derivations.is_multiple_of(40) {
            continue;
        }
        let answer = get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        if !answer.headers["content-type"].to_str().unwrap().starts_with("text/html") {
            continue;
        }
        sound(&path, &answer.text);
        let ids: BTreeSet<&str> = values(&answer.text, "id=\"").collect();
        for link in values(&answer.text, "href=\"") {
            let link = link.replace("&amp;", "&").replace("&#38;", "&");
            if let Some(anchor) = link.strip_prefix('#') {
                assert!(ids.contains(anchor), "{path} links to #{anchor}");
            } else if !link.starts_with("/en") && known.insert(link.clone()) {
                // English pages are walked from `/en` in `english`.
                queue.push_back(link);
            }
        }
    }
    assert!(known.len() > 1000, "{} addresses", known.len());
}

fn values<'t>(text: &'t str, before: &'static str) -> impl Iterator<Item = &'t str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next())
}

/// Elements are closed in order, ids are unique, one heading leads, nothing inline that the policy forbids.
pub fn sound(path: &str, html: &str) {
    assert!(!html.contains("style=\"") && !html.contains("<script"), "{path} has inline style or script");
    assert_eq!(html.matches("<h1").count(), 1, "{path} has one h1");
    let ids: Vec<&str> = values(html, " id=\"").collect();
    let unique: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{path} repeats an id");
    let void = ["meta", "link", "input", "br", "!DOCTYPE", "img"];
    let mut open = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').unwrap_or_else(|| panic!("{path}: an unclosed tag <{part}"));
        let name = tag.split_whitespace().next().unwrap_or_default();
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{path}: </{closed}>");
        } else if !tag.ends_with('/') && !void.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{path}: left open {open:?}");
    assert!(
        html.matches("<table>").count() == html.matches("<caption").count(),
        "{path}: tables have captions"
    );
    assert!(html.contains("Dữ liệu minh họa") || ["/", "/en"].contains(&path), "{path} marks made-up values");
}

#[tokio::test]
async fn answers_are_hardened_tagged_and_compressed() {
    let answer = get("/ket-qua/2020").await;
    let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
    assert!(header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("referrer-policy"), "same-origin");
    assert_eq!(header("cache-control"), "public, no-cache");
    let again = Request::get("/ket-qua/2020")
        .header("host", "cchc.example.vn")
        .header("if-none-match", header("etag"));
    let again = ask(again.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status, again.text.len()), (StatusCode::NOT_MODIFIED, 0));
    for name in ["vary", "etag", "cache-control"] {
        assert_eq!(again.headers[name], header(name), "304 carries what the page does");
    }
    let zipped = Request::get("/ket-qua/2020").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
    assert_eq!(ask(zipped).await.headers["content-encoding"], "gzip");
    let sheet = values(&answer.text, "href=\"").find(|link| link.ends_with("base.css")).unwrap().to_owned();
    let sheet = get(&sheet).await;
    assert_eq!(sheet.headers["cache-control"], "public, max-age=31536000, immutable");
    assert!(sheet.headers.contains_key("content-security-policy"));
}

#[tokio::test]
async fn search_finds_without_diacritics_and_offers_a_way_onward() {
    let found = get("/ket-qua/2020/tim?q=giao%20duc").await.text;
    assert!(found.contains("Sở <mark>Giáo dục</mark> và Đào tạo"));
    let code = get("/ket-qua/2020/tim?q=SNV").await.text;
    assert!(code.contains("/don-vi/so-noi-vu"));
    let nothing = get("/ket-qua/2020/tim?q=%3Cscript%3E").await.text;
    assert!(
        nothing.contains("Không tìm thấy")
            && nothing.contains("class=\"onward\"")
            && !nothing.contains("<script")
    );
}

#[tokio::test]
async fn how_firm_the_ranks_are_is_said_to_nobody_here() {
    for path in ["/ket-qua/2020/do-vung", "/ket-qua/2020/do-vung.csv", "/en/ket-qua/2020/do-vung"] {
        assert_eq!(get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
