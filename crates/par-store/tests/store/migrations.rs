//! The schema: applied once, by whoever comes first; a newer one is refused.

use par_store::error::{Error, Refusal};
use par_store::location::Location;
use par_store::store::Store;

use crate::databases::{Database, NOW};

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused_and_left_alone() {
    for database in [Database::file(), Database::postgres().await] {
        database.store().await.close().await;
        database.damage("insert into schema_versions values (7, 'later', 'x', 0)").await;
        let store = Store::open(&database.location).await.unwrap();
        match store.migrate(NOW).await {
            Err(error @ Error::SchemaTooNew { found: 7, known: 3 }) => {
                assert!(error.to_string().contains("use the newer program"), "{error}");
            }
            other => panic!("{other:?}"),
        }
        store.close().await;
        database.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_program_is_refused_and_left_alone() {
    let database = Database::file();
    let Location::File(path) = &database.location else { panic!("a file") };
    std::fs::write(path, "").unwrap();
    for sql in ["select 1", "create table songs (name text)", "create table schema_versions (version text)"] {
        database.damage(sql).await;
        let before = std::fs::read(path).unwrap();
        let store = Store::open_existing(&database.location).await.unwrap();
        assert!(matches!(store.ready().await, Err(Error::NotOurs)), "{sql}");
        store.close().await;
        if sql.contains("songs") {
            let store = Store::open(&database.location).await.unwrap();
            assert!(matches!(store.migrate(NOW).await, Err(Error::NotOurs)), "{sql}");
            store.close().await;
        }
        assert_eq!(std::fs::read(path).unwrap(), before, "{sql}");
    }
    let absent = Location::File(path.with_file_name("absent"));
    assert!(matches!(Store::open_existing(&absent).await, Err(Error::Refused(Refusal::CannotOpen))));
    assert!(!path.with_file_name("absent").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_of_ours_is_ready_and_an_empty_database_is_not() {
    for database in [Database::file(), Database::postgres().await] {
        let store = Store::open(&database.location).await.unwrap();
        assert!(matches!(store.ready().await, Err(Error::NotOurs)));
        store.migrate(NOW).await.unwrap();
        store.ready().await.unwrap();
        store.close().await;
        Store::open_existing(&database.location).await.unwrap().close().await;
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
