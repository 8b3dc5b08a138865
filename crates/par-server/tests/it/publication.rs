//! A year is published, moves on behind its published pages, and is amended.

use std::fs;
use std::path::Path;
use std::process::Command;

use axum::http::StatusCode;
use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::year::{Judgement, Stage};
use par_store::cell::Cell;
use par_store::location::Location;
use par_store::revision::Revision;
use par_store::store::Store;

use crate::app::{BY, TestApp};
use crate::static_site::{publish, small_year};

fn parindex(place: &Path, arguments: &[&str]) -> (i32, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_parindex")).current_dir(place).args(arguments).output().unwrap();
    let told = String::from_utf8([output.stderr, output.stdout].concat()).unwrap();
    (output.status.code().unwrap(), told)
}

async fn open(place: &Path) -> Store {
    Store::open(&Location::File(place.join("data/parindex.sqlite"))).await.unwrap()
}

/// Somebody corrects a judgement: two of four tasks done becomes three.
async fn move_on(store: &Store) {
    let cell = Cell { year: 2024, unit: "XA", leaf: "1.2", stage: Stage::Round1 };
    let judgement =
        Judgement { points: Points::from_millionths(4_500_000), inputs: Inputs::parse("a=4;b=3").unwrap() };
    let based_on = Some(Revision::from_number(1));
    store.record_judgement(&cell, based_on, &judgement, &BY).await.unwrap();
}

const MOVED: &str = "Số liệu đã thay đổi sau khi công bố phiên bản 1";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_stays_until_an_amendment_says_why() {
    let place = tempfile::TempDir::new().unwrap();
    let place = place.path();
    small_year(place);
    assert_eq!(parindex(place, &["import", "nam-2024"]).0, 0);
    let store = open(place).await;
    let app = TestApp::over(store.clone());
    assert!(app.page("/ket-qua/2024").await.contains("chưa được công bố chính thức"));
    assert_eq!(app.get("/cong-bo/2024/1").await.status, StatusCode::NOT_FOUND);

    let (code, told) = publish(place, &[]);
    assert!(code == 0 && told.contains("Đã công bố năm 2024, phiên bản 1."), "{told}");
    let (code, again) = publish(place, &[]);
    assert!(code == 0 && again.contains("không có gì thay đổi so với phiên bản 1"), "{again}");
    let page = app.page("/ket-qua/2024").await;
    assert!(!page.contains("chưa được công bố") && page.contains("/cong-bo/2024/1"), "{page}");
    assert!(app.page("/cong-bo/2024/1").await.contains("standing/units.csv"));
    let first = app.get("/cong-bo/2024/1/standing/units.csv").await;
    assert!(first.header("cache-control").contains("immutable"));
    let first = first.bytes;
    let zip = app.get("/cong-bo/2024/1/cchc-2024-v1.zip").await.bytes;

    move_on(&store).await;
    let page = app.page("/ket-qua/2024/don-vi/xa-ban-a").await;
    assert!(page.contains(MOVED) && page.contains("70,00"), "the published page has changed: {page}");
    let (code, told) = publish(place, &[]);
    assert!(code == 1 && told.contains("nêu lý do để đính chính"), "{told}");
    let (code, told) = publish(place, &["trang", "--year", "2024", "--amend", "Bổ sung báo cáo quý III"]);
    assert!(code == 0 && told.contains("phiên bản 2. Đính chính số 1:"), "{told}");
    let page = app.page("/ket-qua/2024/don-vi/xa-ban-a").await;
    assert!(!page.contains(MOVED) && page.contains("85,00"), "{page}");

    // The first version is the same bytes for ever, at its address, and the chain of both holds.
    assert_eq!(app.get("/cong-bo/2024/1/standing/units.csv").await.bytes, first);
    assert_eq!(app.get("/cong-bo/2024/1/cchc-2024-v1.zip").await.bytes, zip);
    assert_eq!(app.get("/cong-bo/2024/1/khong-co").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/cong-bo/2024/01/SHA256SUMS").await.status, StatusCode::NOT_FOUND);
    let archive = place.join("trang/cong-bo/2024/cchc-2024-v1.zip");
    assert_eq!(fs::read(&archive).unwrap(), zip);
    // The package of a published year is the published one.
    assert_eq!(parindex(place, &["package", "goi.zip", "--year", "2024"]).0, 0);
    let last = place.join("trang/cong-bo/2024/cchc-2024-v2.zip");
    assert_eq!(fs::read(place.join("goi.zip")).unwrap(), fs::read(last).unwrap());
    let second = "trang/cong-bo/2024/cchc-2024-v2.zip";
    let (code, told) = parindex(place, &["verify", archive.to_str().unwrap(), second]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = parindex(place, &["verify", "trang/cong-bo/2024/2"]);
    assert_eq!(code, 0, "the folder of a version on the site is the package: {told}");
    store.close().await;
    let (code, told) = parindex(place, &["check"]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn wrong_ways_to_publish_are_told() {
    let place = tempfile::TempDir::new().unwrap();
    small_year(place.path());
    assert_eq!(publish(place.path(), &[]).0, 2, "there is no data folder");
    let (code, told) = publish(place.path(), &["--from", "nam-2024"]);
    assert!(code == 2 && told.contains("nêu thư mục ghi trang"), "{told}");
    let (code, told) = publish(place.path(), &["trang", "--from", "nam-2024", "--amend", "Sửa"]);
    assert!(code == 2 && told.contains("không có phiên bản trước để đính chính"), "{told}");
    let (code, told) = publish(place.path(), &["trang", "--from", "nam-2024", "--year", "2020"]);
    assert!(code == 2 && told.contains("nam-2024 là năm 2024, không phải năm 2020"), "{told}");
    assert!(!place.path().join("trang").exists());
    assert_eq!(parindex(place.path(), &["import", "nam-2024"]).0, 0);
    assert_eq!(publish(place.path(), &["--year", "2019"]).0, 2);
    assert_eq!(publish(place.path(), &["--at", "hôm nay"]).0, 2);
    assert_eq!(publish(place.path(), &["--amend", "  "]).0, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_report_keeps_its_wording_until_an_amendment() {
    let place = tempfile::TempDir::new().unwrap();
    let place = place.path();
    small_year(place);
    assert_eq!(parindex(place, &["import", "nam-2024"]).0, 0);
    let template = place.join("data/wording/report-1-trien-khai.txt");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    fs::write(&template, "# Tóm tắt\n\nCâu chữ ban đầu, năm {năm}.\n").unwrap();
    let (code, told) = publish(place, &[]);
    assert_eq!(code, 0, "{told}");
    fs::write(&template, "# Tóm tắt\n\nCâu chữ sửa lại, năm {năm}.\n").unwrap();
    let store = open(place).await;
    let app = TestApp::over(store.clone());
    let page = app.page("/ket-qua/2024/bao-cao").await;
    assert!(page.contains("Câu chữ ban đầu") && !page.contains("sửa lại"), "{page}");
    let said = app.page("/cong-bo/2024/1/bao-cao/bao-cao.txt").await;
    assert!(said.contains("Câu chữ ban đầu, năm 2024."), "{said}");

    let (code, told) = publish(place, &[]);
    assert!(code == 0 && told.contains("câu chữ của báo cáo đã khác phiên bản 1"), "{told}");
    let (code, told) = publish(place, &["trang", "--year", "2024", "--amend", "Sửa lỗi chính tả"]);
    assert!(code == 0 && told.contains("phiên bản 2"), "{told}");
    let page = app.page("/ket-qua/2024/bao-cao").await;
    assert!(page.contains("Câu chữ sửa lại"), "{page}");
    let html = fs::read_to_string(place.join("trang/ket-qua/2024/bao-cao/index.html")).unwrap();
    assert!(html.contains("Câu chữ sửa lại"), "{html}");
    let chain = ["verify", "trang/cong-bo/2024/cchc-2024-v1.zip", "trang/cong-bo/2024/cchc-2024-v2.zip"];
    let (code, told) = parindex(place, &chain);
    assert_eq!(code, 0, "{told}");
    store.close().await;
}
