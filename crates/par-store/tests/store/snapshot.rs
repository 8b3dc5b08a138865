//! Everything in a database goes from SQLite to PostgreSQL and back, row by row the same.

use par_store::error::{Conflict, Error};
use par_store::invariants::check;
use par_store::journal::By;
use par_store::snapshot::{Field, Table};
use par_store::store::Store;

use crate::common::demo_with_sheets;
use crate::databases::{Database, NOW};

type Content = Vec<(Table, Vec<Vec<Field>>)>;

/// All tables by name with their rows, and the version of the schema.
async fn content(store: &Store) -> (Content, i64) {
    let mut snapshot = store.snapshot().await.unwrap();
    let mut content = Content::new();
    for table in snapshot.tables() {
        let mut rows = Vec::new();
        let mut take = |row: &[Field]| {
            rows.push(row.to_vec());
            Ok(())
        };
        snapshot.rows(&table, &mut take).await.unwrap();
        content.push((table, rows));
    }
    let version = snapshot.version().await.unwrap();
    (content, version)
}

async fn lay(content: &Content, version: i64, store: &Store) {
    let mut refill = store.refill(version, NOW).await.unwrap();
    for table in refill.tables() {
        let (_, rows) = content.iter().find(|(known, _)| *known == table).unwrap();
        refill.put(&table, rows).await.unwrap();
    }
    refill.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_go_from_sqlite_to_postgres_and_back() {
    let databases = [Database::file(), Database::postgres().await, Database::file()];
    let first = databases[0].store().await;
    let (year, sheets) = demo_with_sheets();
    first.import_year(&year, &sheets, &By { actor: "sonoivu", at_ms: NOW }).await.unwrap();
    let (expect, version) = content(&first).await;
    let judgements = expect.iter().find(|(table, _)| table.name == "judgements").unwrap();
    assert!(judgements.1.len() > 5000, "{}", judgements.1.len());
    for database in &databases[1..] {
        let store = Store::open(&database.location).await.unwrap();
        lay(&expect, version, &store).await;
        assert!(content(&store).await.0 == expect, "{:?}", database.location);
        assert_eq!(check(&store).await.unwrap(), []);
        let again = store.refill(version, NOW).await.map(drop).unwrap_err();
        assert!(matches!(again, Error::Conflict(conflict) if *conflict == Conflict::NotEmpty));
        store.close().await;
    }
    first.close().await;
    for database in databases {
        database.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_does_not_see_what_is_written_meanwhile() {
    for database in [Database::file(), Database::postgres().await] {
        let store = database.store().await;
        let mut snapshot = store.snapshot().await.unwrap();
        let (year, sheets) = demo_with_sheets();
        store.import_year(&year, &sheets, &By { actor: "sonoivu", at_ms: NOW }).await.unwrap();
        for table in snapshot.tables() {
            let mut rows = 0;
            let mut take = |_: &[Field]| {
                rows += 1;
                Ok(())
            };
            snapshot.rows(&table, &mut take).await.unwrap();
            assert!(rows == 0 || ["schema_versions", "journal_head"].contains(&&*table.name), "{table:?}");
        }
        drop(snapshot);
        store.close().await;
        database.remove().await;
    }
}
