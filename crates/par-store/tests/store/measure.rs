//! How long whole years take; run with `--ignored --nocapture`.

use std::time::Instant;

use par_core::year::{LeafFile, Outcome, Request, Unit, Year};
use par_store::invariants::check;
use par_store::journal::By;

use crate::common::demo_year;
use crate::databases::{Database, NOW};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "prints figures"]
async fn whole_years_in_and_out() {
    let large = large_year();
    let rows: usize = large.files.iter().flat_map(|file| &file.leaves).map(judgements).sum();
    println!(
        "large year: {} units, {} leaves, {rows} judgements",
        large.units.len(),
        large.files[0].leaves.len()
    );
    for (name, year) in [("demo", demo_year()), ("large", large)] {
        for (engine, database) in [
            ("memory", Database::memory()),
            ("file", Database::file()),
            ("postgres", Database::postgres().await),
        ] {
            let store = database.store().await;
            let by = By { actor: "measure", at_ms: NOW };
            let start = Instant::now();
            store.import_year(&year, &by).await.unwrap();
            let import = start.elapsed();
            let mut loads = Vec::new();
            for _ in 0..3 {
                let start = Instant::now();
                let (loaded, _) = store.load_year(year.year).await.unwrap();
                loads.push(start.elapsed());
                assert_eq!(loaded, year);
            }
            let start = Instant::now();
            for _ in 0..200 {
                store.revision(year.year).await.unwrap();
            }
            let revision = start.elapsed() / 200;
            let start = Instant::now();
            let findings = check(&store).await.unwrap().len();
            let checked = start.elapsed();
            println!(
                "{name} {engine}: import {import:?}, load {loads:?}, revision {revision:?}, check {checked:?} ({findings} findings)"
            );
            store.close().await;
            database.remove().await;
        }
    }
}

fn judgements(leaf: &LeafFile) -> usize {
    [&leaf.own, &leaf.round1, &leaf.round2, &leaf.council].into_iter().flatten().count()
}

/// 150 units by the set with most leaves, repeated to 130 leaves with four judgements each.
fn large_year() -> Year {
    let mut year = demo_year();
    let template = year.units[0].clone();
    let full = year.files[0].clone();
    let judged = full.leaves.iter().find(|leaf| judgements(leaf) == 4).unwrap().clone();
    let survey = year.survey.clone();
    year.exemptions.clear();
    year.sets[0] = wide_set();
    year.units = (0..150)
        .map(|i| Unit {
            code: format!("U{i:03}"),
            name: format!("Đơn vị {i}"),
            slug: format!("don-vi-{i}"),
            ..template.clone()
        })
        .collect();
    let request = Request { reason: year.reasons[0].code.clone(), answer: None, outcome: Outcome::Silent };
    let leaves = year.sets[0].leaf_count();
    let mut file = full.clone();
    file.leaves = vec![judged; leaves];
    for leaf in file.leaves.iter_mut().step_by(10) {
        leaf.request = Some(request.clone());
    }
    year.files = vec![file; 150];
    year.survey = survey;
    year
}

/// A set of 130 leaves, each worth half a point.
fn wide_set() -> par_core::framework::Framework {
    let header = std::fs::read_to_string(
        crate::common::root().join("frameworks/lai-chau-2020/departments/framework.toml"),
    )
    .unwrap();
    let header = header.replace("full_scale = \"100\"", "full_scale = \"65\"");
    let mut area = "[area]\ncode = \"1\"\nname = \"Lĩnh vực\"\nmax = \"65\"\n".to_owned();
    for i in 1..=130 {
        area.push_str(&format!(
            "\n[[node]]\ncode = \"1.{i}\"\nname = \"Tiêu chí {i}\"\nmax = \"0.5\"\nsource = \"self\"\nrule = {{ kind = \"options\", options = [\n    {{ points = \"0.5\", label = \"đủ\" }},\n    {{ points = \"0\", label = \"không\" }},\n] }}\n"
        ));
    }
    let files = [("framework.toml".to_owned(), header), ("area-1.toml".to_owned(), area)].into();
    let (set, problems) = par_core::framework::read::read(&files);
    set.unwrap_or_else(|| panic!("{problems:?}"))
}
