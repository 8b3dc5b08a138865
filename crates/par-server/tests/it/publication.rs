//! A year is published, moves on behind its published pages, and is amended.

use std::fs;
use std::path::Path;
use std::process::Command;

use axum::http::StatusCode;
use par_core::moment::Moment;
use par_core::points::Points;
use par_core::publication::level::Level;
use par_core::rule::inputs::Inputs;
use par_core::year::{Judgement, Stage};
use par_server::exchange::package::describe::LICENCES;
use par_server::exchange::package::fault::FaultKind;
use par_server::exchange::package::{Package, manifest};
use par_server::ops::publish::Edition;
use par_server::ops::release::{self, NotReleased, Release, Released, Step, TooEarly};
use par_server::ops::report::{Made, Wordings};
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
    let cell = Cell { year: 2024, unit: "XA", leaf: "1.2", stage: Stage::Round(1) };
    let judgement =
        Judgement { points: Points::from_millionths(4_500_000), inputs: Inputs::parse("a=4;b=3").unwrap() };
    let based_on = Some(Revision::from_number(1));
    store.record_judgement(&cell, based_on, &judgement, &BY).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_stays_until_an_amendment_says_why() {
    let place = tempfile::TempDir::new().unwrap();
    let place = place.path();
    small_year(place);
    assert_eq!(parindex(place, &["import", "nam-2024"]).0, 0);
    let store = open(place).await;
    let app = TestApp::over(&place.join("data")).await;
    assert_eq!(app.get("/ket-qua/2024").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/cong-bo/2024/1").await.status, StatusCode::NOT_FOUND);

    let (code, told) = publish(place, &[]);
    assert!(code == 0 && told.contains("Đã công bố năm 2024, phiên bản 1."), "{told}");
    let (code, again) = publish(place, &[]);
    assert!(code == 0 && again.contains("không có gì thay đổi so với phiên bản 1"), "{again}");
    app.look().await.unwrap();
    assert!(app.page("/ket-qua/2024").await.contains("/cong-bo/2024/1"));
    assert!(app.page("/cong-bo/2024/1").await.contains("standing/units.csv"));
    let first = app.get("/cong-bo/2024/1/standing/units.csv").await;
    assert!(first.header("cache-control").contains("immutable"));
    let first = first.bytes;
    let zip = app.get("/cong-bo/2024/1/cchc-2024-v1.zip").await.bytes;

    move_on(&store).await;
    let page = app.page("/ket-qua/2024/don-vi/xa-ban-a").await;
    assert!(page.contains("70,00"), "the published page has changed: {page}");
    let (code, told) = publish(place, &[]);
    assert!(code == 1 && told.contains("nêu lý do để đính chính"), "{told}");
    let (code, told) = publish(place, &["trang", "--year", "2024", "--amend", "Bổ sung báo cáo quý III"]);
    assert!(code == 0 && told.contains("phiên bản 2. Đính chính số 1:"), "{told}");
    app.look().await.unwrap();
    let page = app.page("/ket-qua/2024/don-vi/xa-ban-a").await;
    assert!(page.contains("85,00"), "{page}");

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
    for moment in ["0000-01-01T00:00:00+07:00", "1850-01-01T00:00:00+07:00", "2101-01-01T00:00:00+07:00"] {
        let (code, told) = publish(place.path(), &["--at", moment]);
        assert!(code == 2 && told.contains("từ năm 2000 đến năm 2100"), "{told}");
    }
    assert_eq!(publish(place.path(), &["--amend", "  "]).0, 2);
}

/// A moment so many milliseconds after the import.
fn edition(at_ms: i64) -> Edition {
    Edition {
        published_at: Moment::from_ms(at_ms).to_string(),
        licence: LICENCES[0],
        level: Level::Leaves,
        journal: None,
        amendments: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_published_before_what_has_to_come_first() {
    let place = tempfile::TempDir::new().unwrap();
    small_year(place.path());
    assert_eq!(parindex(place.path(), &["import", "nam-2024"]).0, 0);
    let store = open(place.path()).await;
    let imported = store.moments(2024).await.unwrap().unwrap().0;
    let wordings = Wordings::BuiltIn;
    let day = 86_400_000;
    let publish = async |at: i64, now_ms: i64, amend: Option<&str>| {
        let edition = edition(at);
        let (actor, report) = ("test", Made::Text);
        let provisional = false;
        let release =
            Release { edition: &edition, amend, now_ms, actor, wordings: &wordings, report, provisional };
        release::year(&store, 2024, &release, &mut |_, _| ()).await.unwrap()
    };
    let early = |released| match released {
        Released::TooEarly(early) => early,
        other => panic!("{other:?}"),
    };
    assert!(matches!(early(publish(imported - day, imported - day, None).await), TooEarly::Clock { .. }));
    assert!(matches!(early(publish(imported, -day, None).await), TooEarly::Clock { .. }));
    assert!(matches!(early(publish(imported - day, imported + day, None).await), TooEarly::Import { .. }));
    assert!(matches!(
        early(publish(imported + 2 * day, imported + day, None).await),
        TooEarly::Future { .. }
    ));
    assert!(store.publications(2024).await.unwrap().is_empty());
    let now = imported + 2 * day;
    assert!(matches!(publish(now, now, None).await, Released::New(..)));
    move_on(&store).await;
    let again = publish(imported + day, now + day, Some("Sửa")).await;
    assert!(matches!(early(again), TooEarly::Version { .. }));
    assert!(matches!(publish(now + day, now + day, Some("Sửa")).await, Released::New(..)));
    store.close().await;
}

/// The year is read once for report and package: what somebody writes between is refused, not mixed.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_while_a_report_is_made_stops_the_publication() {
    let place = tempfile::TempDir::new().unwrap();
    small_year(place.path());
    assert_eq!(parindex(place.path(), &["import", "nam-2024"]).0, 0);
    let store = open(place.path()).await;
    let now = store.moments(2024).await.unwrap().unwrap().1 + 1000;
    let (edition, wordings) = (edition(now), Wordings::BuiltIn);
    let (actor, report) = ("test", Made::Text);
    let release = Release {
        edition: &edition,
        amend: None,
        now_ms: now,
        actor,
        wordings: &wordings,
        report,
        provisional: false,
    };
    let writer = store.clone();
    let mut told = move |_: u16, step: Step<'_>| {
        if matches!(step, Step::Slips(_)) {
            let writer = writer.clone();
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(async { move_on(&writer).await });
            });
        }
    };
    let released = release::year(&store, 2024, &release, &mut told).await;
    assert!(matches!(released, Err(NotReleased::Overtaken(2024))), "{released:?}");
    assert!(store.publications(2024).await.unwrap().is_empty());
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_published_file_is_not_handed_on_as_the_package() {
    let place = tempfile::TempDir::new().unwrap();
    let place = place.path();
    small_year(place);
    assert_eq!(parindex(place, &["import", "nam-2024"]).0, 0);
    assert_eq!(publish(place, &[]).0, 0);
    let store = open(place).await;
    let version = store.publications(2024).await.unwrap().pop().unwrap();
    let mut package = Package { files: store.published_files(2024, 1).await.unwrap() };
    store.close().await;
    assert!(manifest::check_kept(&package, &version.package_id).is_empty());
    package.files.insert("standing/units.csv".to_owned(), b"unit\n".to_vec());
    assert_eq!(manifest::check_kept(&package, &version.package_id).len(), 1);
    let resealed = Package::sealed(package.files);
    let faults = manifest::check_kept(&resealed, &version.package_id);
    assert!(matches!(faults[0].kind, FaultKind::Id { .. }), "sealed again it is another package: {faults:?}");
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
    let app = TestApp::over(&place.join("data")).await;
    let page = app.page("/ket-qua/2024/bao-cao").await;
    assert!(page.contains("Câu chữ ban đầu") && !page.contains("sửa lại"), "{page}");
    let said = app.page("/cong-bo/2024/1/bao-cao/bao-cao.txt").await;
    assert!(said.contains("Câu chữ ban đầu, năm 2024."), "{said}");

    let (code, told) = publish(place, &[]);
    assert!(code == 0 && told.contains("câu chữ của báo cáo đã khác phiên bản 1"), "{told}");
    let (code, told) = publish(place, &["trang", "--year", "2024", "--amend", "Sửa lỗi chính tả"]);
    assert!(code == 0 && told.contains("phiên bản 2"), "{told}");
    app.look().await.unwrap();
    let page = app.page("/ket-qua/2024/bao-cao").await;
    assert!(page.contains("Câu chữ sửa lại"), "{page}");
    let html = fs::read_to_string(place.join("trang/ket-qua/2024/bao-cao/index.html")).unwrap();
    assert!(html.contains("Câu chữ sửa lại"), "{html}");
    let chain = ["verify", "trang/cong-bo/2024/cchc-2024-v1.zip", "trang/cong-bo/2024/cchc-2024-v2.zip"];
    let (code, told) = parindex(place, &chain);
    assert_eq!(code, 0, "{told}");
    store.close().await;
}

#[test]
fn a_year_that_waits_for_scores_is_published_and_packed_only_as_provisional() {
    let place = tempfile::TempDir::new().unwrap();
    let folder = small_year(place.path());
    let scores = fs::read_to_string(folder.join("scores.csv")).unwrap();
    fs::write(folder.join("scores.csv"), scores.replace("XB,1.2,6,6,a=4;b=4", "XB,1.2,6,,")).unwrap();
    let from = folder.to_str().unwrap();
    for arguments in [["publish", "trang", "--from", from], ["package", "goi.zip", "--from", from]] {
        let run = |more: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
            let output = command.current_dir(place.path()).args(arguments).args(more).output().unwrap();
            let said = String::from_utf8([output.stderr, output.stdout].concat()).unwrap();
            (output.status.code().unwrap(), said)
        };
        let (code, said) = run(&[]);
        assert!(code == 1 && said.contains("còn 1 đơn vị chưa chấm xong: XB (1 tiêu chí)"), "{said}");
        assert!(!place.path().join(arguments[1]).exists(), "nothing is written");
        let (code, said) = run(&["--provisional"]);
        assert_eq!(code, 0, "{said}");
    }
}
