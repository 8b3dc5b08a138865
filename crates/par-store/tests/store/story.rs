//! One life of a year, the same on every database.

use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::score::evaluate;
use par_core::year::{Judgement, Stage};
use par_store::cell::Cell;
use par_store::error::{Conflict, Error, Missing};
use par_store::invariants::check;
use par_store::journal::By;
use par_store::location::Location;
use par_store::revision::Revision;
use par_store::store::Store;

use crate::common::{demo_with_sheets, demo_year};
use crate::databases::{Database, NOW};

const BY: By<'static> = By { actor: "sonoivu", at_ms: NOW };

#[tokio::test(flavor = "multi_thread")]
async fn a_life_of_a_year_in_memory() {
    life_of_a_year(Database::memory()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_life_of_a_year_in_a_file() {
    life_of_a_year(Database::file()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_life_of_a_year_on_postgres() {
    life_of_a_year(Database::postgres().await).await;
}

async fn life_of_a_year(database: Database) {
    let store = database.store().await;
    assert_eq!(store.years().await.unwrap(), []);
    assert!(matches!(store.revision(2020).await, Err(Error::NotFound(Missing::Year(2020)))));
    assert!(matches!(store.load_year(2020).await, Err(Error::NotFound(Missing::Year(2020)))));
    assert_eq!(check(&store).await.unwrap(), []);

    let (year, sheets) = demo_with_sheets();
    let first = store.import_year(&year, &sheets, &BY).await.unwrap();
    assert_eq!(store.years().await.unwrap(), [(2020, first)]);
    let (loaded, revision) = store.load_year(2020).await.unwrap();
    assert_eq!(revision, first);
    assert_eq!(loaded, year);
    assert_eq!(evaluate(&loaded), evaluate(&year));
    match store.import_year(&year, &sheets, &BY).await {
        Err(Error::Conflict(conflict)) => {
            assert_eq!(*conflict, Conflict::YearExists { year: 2020, revision: first });
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(check(&store).await.unwrap(), []);

    one_cell_is_written_and_a_stale_write_refused(&store, first).await;
    many_writers_lose_no_update(&store).await;
    assert_eq!(check(&store).await.unwrap(), []);

    let before = store.load_year(2020).await.unwrap();
    if database.location == Location::Memory {
        return;
    }
    store.close().await;
    let store = database.store().await;
    assert_eq!(store.load_year(2020).await.unwrap(), before);
    assert_eq!(check(&store).await.unwrap(), []);
    store.close().await;
    database.remove().await;
}

/// A leaf of SNV judged by options: 1 gives 0.5.
const CELL: Cell<'static> = Cell { year: 2020, unit: "SNV", leaf: "1.1.1", stage: Stage::Council };

fn half_a_point() -> Judgement {
    Judgement { points: Points::from_millionths(500_000), inputs: Inputs::parse("opt=1").unwrap() }
}

async fn one_cell_is_written_and_a_stale_write_refused(store: &Store, first: Revision) {
    let year = demo_year();
    let set = year.set_of(0);
    let leaf = set.leaf(set.find(CELL.leaf).unwrap()).unwrap();
    let rule = &set.scoring(leaf).rule;
    let inputs = Inputs::parse("opt=2").unwrap();
    let points = rule.award(set.frame(leaf), &inputs).unwrap().points;
    let given = Judgement { points, inputs };

    let second = store.record_judgement(&CELL, Some(first), &given, &BY).await.unwrap();
    assert_eq!(second, Revision::from_number(first.number() + 1));
    let (loaded, revision) = store.load_year(2020).await.unwrap();
    assert_eq!((loaded.leaf_file(0, leaf).council.as_ref(), revision), (Some(&given), second));

    let late = half_a_point();
    for based_on in [Some(first), None] {
        match store.record_judgement(&CELL, based_on, &late, &BY).await {
            Err(Error::Conflict(conflict)) => {
                let current = Some((given.clone(), second));
                assert_eq!(*conflict, Conflict::Judgement { based_on, current, given: late.clone() });
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(store.revision(2020).await.unwrap(), second, "a refused write leaves no trace");
    let nobody = Cell { unit: "XYZ", ..CELL };
    let missing = Missing::Unit { year: 2020, unit: "XYZ".to_owned() };
    match store.record_judgement(&nobody, None, &late, &BY).await {
        Err(Error::NotFound(found)) => assert_eq!(found, missing),
        other => panic!("{other:?}"),
    }
    let other_year = Cell { year: 2019, ..CELL };
    let refused = store.record_judgement(&other_year, None, &late, &BY).await;
    assert!(matches!(refused, Err(Error::NotFound(Missing::Year(2019)))));
}

/// Eight people write the same cell; each retries on what the conflict told. Every acknowledged
/// write was based on the one before it.
async fn many_writers_lose_no_update(store: &Store) {
    let start = store.revision(2020).await.unwrap();
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let (mut written, mut conflicts, mut based_on) = (Vec::new(), 0, None);
                while written.len() < 5 {
                    let given = half_a_point();
                    match store.record_judgement(&CELL, based_on, &given, &BY).await {
                        Ok(revision) => {
                            written.push((based_on, revision));
                            based_on = Some(revision);
                        }
                        Err(Error::Conflict(conflict)) => match *conflict {
                            Conflict::Judgement { current, .. } => {
                                conflicts += 1;
                                based_on = current.map(|(_, revision)| revision);
                            }
                            other => panic!("{other:?}"),
                        },
                        Err(other) => panic!("{other:?}"),
                    }
                }
                (written, conflicts)
            })
        })
        .collect();
    let mut written = Vec::new();
    let mut conflicts = 0;
    for writer in writers {
        let (own, lost) = writer.await.unwrap();
        written.extend(own);
        conflicts += lost;
    }
    assert!(conflicts > 0, "the writers did not meet");
    written.sort_by_key(|(_, revision)| *revision);
    let mut before = start;
    for (based_on, revision) in written {
        assert_eq!((based_on, revision), (Some(before), Revision::from_number(before.number() + 1)));
        before = revision;
    }
    assert_eq!(before.number(), start.number() + 40);
}
