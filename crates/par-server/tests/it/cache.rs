//! Pages are made once a version; nothing a reader sends along costs the cache, and nothing fills it.

use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::year::{Judgement, Stage};
use par_server::web::cache::{ENTRIES, MOST};
use par_store::cell::Cell;
use par_store::revision::Revision;

use crate::app::{BY, TestApp, built_in_year};

#[tokio::test]
async fn one_page_is_made_whatever_readers_send_along() {
    let app = TestApp::empty().await;
    app.show(&built_in_year()).await;
    let page = ask(&app, "/ket-qua/2020", &[]).await;
    for (path, headers) in [
        ("/ket-qua/2020", [("cookie", "_ga=1")]),
        ("/ket-qua/2020", [("authorization", "Bearer x")]),
        ("/ket-qua/2020", [("host", "khac.example.vn")]),
        ("/ket-qua/2020", [("accept-encoding", "br, identity;q=0.5")]),
        ("/ket-qua/2020", [("accept-language", "en")]),
        ("/ket-qua/2020?x=1&q=2&bang=3", [("x-junk", "1")]),
    ] {
        assert_eq!(ask(&app, path, &headers).await, page, "{path} {headers:?}");
    }
    assert_eq!(app.cached().answers, 1);
    assert_ne!(ask(&app, "/ket-qua/2020", &[("accept-encoding", "gzip")]).await, page);
    assert_ne!(ask(&app, "/en/ket-qua/2020", &[]).await, page);
    let csv = ask(&app, "/ket-qua/2020.csv", &[]).await;
    assert_eq!(ask(&app, "/ket-qua/2020.csv?x=2", &[]).await, csv);
    assert_ne!(ask(&app, "/ket-qua/2020.csv?bang=trung-binh", &[]).await, csv);
    assert_eq!(app.cached().answers, 5);
    let found = ask(&app, "/ket-qua/2020/tim?q=n%E1%BB%99i+v%e1%bb%a5", &[]).await;
    assert_eq!(ask(&app, "/ket-qua/2020/tim?x=1&q=n%E1%BB%99i%20v%E1%BB%A5", &[]).await, found);
    assert_eq!(app.cached().answers, 6, "one spelling of a query");
}

#[tokio::test]
async fn a_page_stays_as_published_until_another_version_says_otherwise() {
    let app = TestApp::empty().await;
    let first = app.import(&built_in_year()).await;
    app.publish(2020, None).await;
    let (before, english) = (ask(&app, "/ket-qua/2020", &[]).await, ask(&app, "/en/ket-qua/2020", &[]).await);
    judge(&app, first).await;
    app.look().await.unwrap();
    assert_eq!(ask(&app, "/ket-qua/2020", &[]).await, before, "nobody is told that something is prepared");
    app.publish(2020, Some("Kết luận thanh tra")).await;
    assert_eq!(app.cached().answers, 2, "still those of the version before");
    assert_ne!(ask(&app, "/ket-qua/2020", &[]).await, before, "the amendment shows");
    assert_eq!(app.cached().answers, 1, "which are dropped with the first answer made from the new one");
    assert_ne!(ask(&app, "/en/ket-qua/2020", &[]).await, english, "in both languages");
}

#[tokio::test]
async fn long_heads_are_not_kept() {
    let app = TestApp::empty().await;
    app.show(&built_in_year()).await;
    let long = "x".repeat(60_000);
    for number in 0..50 {
        let headers = [("host", "h"), ("accept-encoding", "identity"), ("x-junk", long.as_str())];
        ask(&app, &format!("/ket-qua/2020/tim.csv?x={number}{long}"), &headers).await;
        ask(&app, "/ket-qua/2020/tim.csv", &[("host", &format!("{number}{long}"))]).await;
        ask(&app, &format!("/ket-qua/2020/tim.csv?q={number}{long}"), &[]).await;
    }
    assert_eq!(app.cached().answers, 1, "what no page reads makes no entry, what is too long neither");
    for number in 0..200 {
        ask(&app, &format!("/ket-qua/2020/tim?q=a{number}"), &[]).await;
    }
    let held = app.cached();
    assert!(held.answers <= ENTRIES && held.bytes <= MOST && held.answers == 201, "{held:?}");
}

/// The council gives a unit half the points for its plan.
async fn judge(app: &TestApp, based_on: Revision) {
    let cell = Cell { year: 2020, unit: "SNV", leaf: "1.1.1", stage: Stage::Council };
    let judgement =
        Judgement { points: Points::from_millionths(250_000), inputs: Inputs::parse("opt=2").unwrap() };
    app.store().await.record_judgement(&cell, Some(based_on), &judgement, &BY).await.unwrap();
}

/// The body of an answer.
async fn ask(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let answer = app.get_with(path, headers).await;
    assert_eq!(answer.status, 200, "{path:.100}");
    answer.bytes
}
