//! Public pages come from publications alone: without a database, whole or not at all, file by file.

use std::fs;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use par_server::ops::publications::watch::{Away, Look};

use crate::app::{TestApp, built_in_year};

const FILE: &str = "/cong-bo/2020/1/standing/units.csv";

#[tokio::test]
async fn a_year_that_is_not_published_is_not_there() {
    let app = TestApp::empty().await;
    let year = built_in_year();
    app.import(&year).await;
    assert!(matches!(app.look().await, Ok(Look::Same)));
    let home = app.get("/").await;
    assert!(home.text.contains("parindex publish --year") && !home.text.contains("2020"), "{}", home.text);
    for path in ["/ket-qua/2020", "/ket-qua/2020.csv", "/ket-qua/2020.json", "/en/ket-qua/2020", FILE] {
        let answer = app.get(path).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (StatusCode::NOT_FOUND, "private, no-store")
        );
        let sought = ["Sở Nội vụ", "87,42", "87.42"].into_iter().find(|said| answer.text.contains(said));
        assert_eq!(sought, None, "{path}");
    }
    assert_eq!(app.get("/xu-huong/so-noi-vu").await.status, StatusCode::NOT_FOUND);
    app.publish(2020, None).await;
    let page = app.get("/ket-qua/2020").await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "public, no-cache"));
    assert!(app.page("/").await.contains("15/04/2021 08:00 (phiên bản 1)"));
}

#[tokio::test]
async fn pages_answer_without_a_database_also_after_a_start() {
    let app = TestApp::empty().await;
    app.show(&built_in_year()).await;
    let (page, file) = (app.page("/ket-qua/2020").await, app.get(FILE).await);
    fs::remove_file(app.data.file()).unwrap();
    assert!(matches!(app.look().await, Err(Away::Removed(_))), "a removed file is noticed");
    assert_eq!(app.page("/ket-qua/2020").await, page);
    let started = TestApp::over(&app.data.path).await;
    assert_eq!(started.page("/ket-qua/2020").await, page);
    assert_eq!(started.get(FILE).await, file);
    assert_eq!(started.get("/cong-bo/2020/1/cchc-2020-v1.zip").await.status, StatusCode::OK);
    assert_eq!(started.get("/ket-qua/2020/bao-cao").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_replaced_database_is_noticed_and_followed() {
    let (app, other) = (TestApp::empty().await, TestApp::empty().await);
    app.show(&built_in_year()).await;
    other.import(&built_in_year()).await;
    fs::rename(other.data.file(), app.data.file()).unwrap();
    for log in ["-wal", "-shm"] {
        let name = |app: &TestApp| app.data.path.join(format!("parindex.sqlite{log}"));
        let _ = fs::remove_file(name(&app));
        let _ = fs::rename(name(&other), name(&app));
    }
    assert!(matches!(app.look().await, Ok(Look::Changed)));
    assert_eq!(app.get("/ket-qua/2020").await.status, StatusCode::NOT_FOUND, "there it is not published");
    app.publish(2020, None).await;
    assert_eq!(app.get("/ket-qua/2020").await.status, StatusCode::OK);
}

#[tokio::test]
async fn one_flipped_bit_makes_one_file_answer_503_until_it_is_laid_again() {
    let app = TestApp::empty().await;
    app.show(&built_in_year()).await;
    let id = laid(&app);
    let files = ["standing/units.csv", "bao-cao/bao-cao.txt", "inputs/scores.csv", "SHA256SUMS", "verify.py"];
    for file in files {
        let place = app.data.path.join("published").join(&id).join(file);
        let whole = fs::read(&place).unwrap();
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        fs::write(&place, &flipped).unwrap();
        for other in files {
            let answer = app.get(&format!("/cong-bo/2020/1/{other}")).await;
            let wanted = if other == file { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
            assert_eq!(answer.status, wanted, "{other} while {file} is damaged");
        }
        let answer = app.get(&format!("/cong-bo/2020/1/{file}")).await;
        assert_eq!(
            (answer.header("retry-after"), answer.header("cache-control")),
            ("60", "private, no-store")
        );
        assert_eq!(app.get("/cong-bo/2020/1/cchc-2020-v1.zip").await.status, StatusCode::SERVICE_UNAVAILABLE);
        for page in ["/", "/ket-qua/2020", "/ket-qua/2020/bao-cao", "/cong-bo/2020/1"] {
            assert_eq!(app.get(page).await.status, StatusCode::OK, "{page} while {file} is damaged");
        }
        let started = TestApp::over(&app.data.path).await;
        assert_eq!(started.get(&format!("/cong-bo/2020/1/{file}")).await.bytes, whole);
        assert_eq!(fs::read(&place).unwrap(), whole, "{file} is laid again from the database");
    }
}

/// Without a database nothing can be completed: the damaged file is refused, or the year when its inputs are.
#[tokio::test]
async fn damage_is_never_shown_as_a_result() {
    let app = TestApp::empty().await;
    app.show(&built_in_year()).await;
    let place = |file: &str| app.data.path.join("published").join(laid(&app)).join(file);
    fs::remove_file(app.data.file()).unwrap();
    let text = fs::read_to_string(place("standing/units.csv")).unwrap();
    fs::write(place("standing/units.csv"), text.replace("87.42", "97.42")).unwrap();
    let started = TestApp::over(&app.data.path).await;
    assert_eq!(started.get(FILE).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(started.get("/ket-qua/2020").await.status, StatusCode::OK);
    let text = fs::read_to_string(place("inputs/units.csv")).unwrap();
    fs::write(place("inputs/units.csv"), text.replace("Sở Nội vụ", "Sở Khác")).unwrap();
    let started = TestApp::over(&app.data.path).await;
    for path in ["/ket-qua/2020", "/ket-qua/2020.csv", "/ket-qua/2020/bao-cao"] {
        assert_eq!(started.get(path).await.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
    assert_eq!(started.get("/cong-bo/2020/1/verify.py").await.status, StatusCode::OK);
    assert_eq!(started.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn where_nothing_can_be_laid_down_the_pages_are_made_from_memory() {
    let app = TestApp::empty().await;
    fs::write(app.data.path.join("published"), "a file in the way").unwrap();
    app.show(&built_in_year()).await;
    assert_eq!(app.get(FILE).await.status, StatusCode::OK);
    assert_eq!(app.get("/ket-qua/2020").await.status, StatusCode::OK);
}

#[tokio::test]
async fn head_is_the_answer_without_its_body() {
    let app = TestApp::empty().await;
    app.show(&built_in_year()).await;
    for path in ["/ket-qua/2020", "/ket-qua/2020.csv", FILE, "/favicon.ico"] {
        let get = app.get(path).await;
        let head = app.ask(Request::head(path).header("host", "h").body(Body::empty()).unwrap()).await;
        assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0), "{path}");
        for name in ["etag", "content-type", "cache-control", "content-disposition"] {
            assert_eq!(head.headers.get(name), get.headers.get(name), "{path} {name}");
        }
        assert_eq!(head.header("content-length"), get.bytes.len().to_string(), "{path}");
    }
}

/// The id of the only laid package.
fn laid(app: &TestApp) -> String {
    let entries = fs::read_dir(app.data.path.join("published")).unwrap();
    let mut names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.find(|name| name.len() == 64).unwrap()
}
