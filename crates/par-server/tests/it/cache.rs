//! Pages are made once a revision; a write shows on the next request.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::year::{Judgement, Stage};
use par_server::exchange::folder;
use par_server::ops::load::year_of;
use par_server::ops::years::Years;
use par_server::web::{App, router};
use par_store::journal::By;
use par_store::location::Location;
use par_store::store::{Cell, Revision, Store};
use tower::ServiceExt;

const BY: By<'static> = By { actor: "test", at_ms: 0 };

#[tokio::test]
async fn a_page_shows_a_change_at_once_and_tells_readers_apart_by_what_they_can_read() {
    let store = Store::open(&Location::Memory).await.unwrap();
    store.migrate(0).await.unwrap();
    let year = year_of(&folder::demo()).ok().unwrap();
    let first = store.import_year(&year, &BY).await.unwrap();
    let site = router(App { years: Arc::new(Years::of(store.clone())) });

    let before = ask(&site, "/ket-qua/2020", &[]).await;
    assert_eq!(ask(&site, "/ket-qua/2020", &[]).await, before, "a kept page is the page");
    assert_eq!(ask(&site, "/ket-qua/2020", &[("cookie", "a=b")]).await, before);
    assert_ne!(ask(&site, "/ket-qua/2020", &[("accept-encoding", "gzip")]).await, before);
    let csv = ask(&site, "/ket-qua/2020.csv", &[]).await;
    assert_ne!(ask(&site, "/ket-qua/2020.csv?bang=trung-binh", &[]).await, csv);

    let english = ask(&site, "/en/ket-qua/2020", &[]).await;
    assert_ne!(english, before, "a kept page is kept for its language");
    assert_eq!(ask(&site, "/en/ket-qua/2020", &[]).await, english);

    judge(&store, first).await;
    let after = ask(&site, "/ket-qua/2020", &[]).await;
    assert_ne!(after, before, "the write shows");
    assert_ne!(ask(&site, "/en/ket-qua/2020", &[]).await, english, "in both languages");
    assert_ne!(ask(&site, "/ket-qua/2020.csv", &[]).await, csv);
    assert_eq!(ask(&site, "/ket-qua/2020", &[]).await, after);
}

/// The council gives a unit no point for its plan.
async fn judge(store: &Store, based_on: Revision) {
    let cell = Cell { year: 2020, unit: "SNV", leaf: "1.1.1", stage: Stage::Council };
    let judgement = Judgement { points: Points::ZERO, inputs: Inputs::parse("opt=2").unwrap() };
    store.record_judgement(&cell, Some(based_on), &judgement, &BY).await.unwrap();
}

/// The body of an answer.
async fn ask(site: &Router, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut request = Request::get(path).header("host", "cchc.example.vn");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200);
    to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()
}
