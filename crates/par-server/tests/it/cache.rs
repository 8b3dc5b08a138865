//! Pages are made once a revision; a write shows on the next request.

use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::year::{Judgement, Stage};
use par_store::cell::Cell;
use par_store::revision::Revision;
use par_store::store::Store;

use crate::app::{BY, TestApp, built_in_year};

#[tokio::test]
async fn a_page_shows_a_change_at_once_and_tells_readers_apart_by_what_they_can_read() {
    let app = TestApp::empty().await;
    let first = app.import(&built_in_year()).await;

    let before = ask(&app, "/ket-qua/2020", &[]).await;
    assert_eq!(ask(&app, "/ket-qua/2020", &[]).await, before, "a cached page is the page");
    assert_eq!(ask(&app, "/ket-qua/2020", &[("cookie", "a=b")]).await, before);
    assert_ne!(ask(&app, "/ket-qua/2020", &[("accept-encoding", "gzip")]).await, before);
    let csv = ask(&app, "/ket-qua/2020.csv", &[]).await;
    assert_ne!(ask(&app, "/ket-qua/2020.csv?bang=trung-binh", &[]).await, csv);

    let english = ask(&app, "/en/ket-qua/2020", &[]).await;
    assert_ne!(english, before, "a page is cached for its language");
    assert_eq!(ask(&app, "/en/ket-qua/2020", &[]).await, english);

    judge(&app.store, first).await;
    let after = ask(&app, "/ket-qua/2020", &[]).await;
    assert_ne!(after, before, "the write shows");
    assert_ne!(ask(&app, "/en/ket-qua/2020", &[]).await, english, "in both languages");
    assert_ne!(ask(&app, "/ket-qua/2020.csv", &[]).await, csv);
    assert_eq!(ask(&app, "/ket-qua/2020", &[]).await, after);
}

/// The council gives a unit no point for its plan.
async fn judge(store: &Store, based_on: Revision) {
    let cell = Cell { year: 2020, unit: "SNV", leaf: "1.1.1", stage: Stage::Council };
    let judgement = Judgement { points: Points::ZERO, inputs: Inputs::parse("opt=2").unwrap() };
    store.record_judgement(&cell, Some(based_on), &judgement, &BY).await.unwrap();
}

/// The body of an answer.
async fn ask(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let answer = app.get_with(path, headers).await;
    assert_eq!(answer.status, 200);
    answer.bytes
}
