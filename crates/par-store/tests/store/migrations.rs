//! The schema: applied once, by whoever comes first; a newer one is refused.

use par_store::error::Error;
use par_store::store::Store;

use crate::databases::{Database, NOW};

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused_and_left_alone() {
    for database in [Database::file(), Database::postgres().await] {
        database.store().await.close().await;
        database.damage("insert into schema_versions values (7, 'later', 'x', 0)").await;
        let store = Store::open(&database.location).await.unwrap();
        match store.migrate(NOW).await {
            Err(error @ Error::SchemaTooNew { found: 7, known: 1 }) => {
                assert!(error.to_string().contains("use the newer program"), "{error}");
            }
            other => panic!("{other:?}"),
        }
        store.close().await;
        database.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_instances_may_start_on_an_empty_database() {
    for database in [Database::file(), Database::postgres().await] {
        let instances: Vec<_> = (0..6)
            .map(|_| {
                let location = database.location.clone();
                tokio::spawn(async move {
                    let store = Store::open(&location).await.unwrap();
                    store.migrate(NOW).await.unwrap();
                    store.years().await.unwrap();
                    store.close().await;
                })
            })
            .collect();
        for instance in instances {
            instance.await.unwrap();
        }
        database.remove().await;
    }
}
