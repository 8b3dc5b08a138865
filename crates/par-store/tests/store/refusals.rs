//! What a PostgreSQL server or a file is refused for, told as what it is, and left as it was.

use par_store::error::{Error, Refusal};
use par_store::location::Location;
use par_store::store::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use crate::databases::{Database, NOW};
use crate::postgres;

async fn run(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

fn url(database: &Database) -> &str {
    let Location::Postgres(url) = &database.location else { unreachable!("a server") };
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_database_of_another_program_is_refused_and_left_alone() {
    for sql in [
        "create table years (year int primary key)",
        "create table journal (id int); create table schema_versions (version text)",
    ] {
        let database = Database::postgres().await;
        run(url(&database), sql).await;
        let before = tables(url(&database)).await;
        let store = Store::open(&database.location).await.unwrap();
        assert!(matches!(store.migrate(NOW).await, Err(Error::NotOurs)), "{sql}");
        assert!(matches!(store.ready().await, Err(Error::NotOurs)), "{sql}");
        store.close().await;
        assert_eq!(tables(url(&database)).await, before, "nothing of ours stays in it");
        database.remove().await;
    }
}

async fn tables(url: &str) -> Vec<String> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let text =
        "select table_name::text from information_schema.tables where table_schema = 'public' order by 1";
    let rows = sqlx::query(text).fetch_all(&mut connection).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_says_what_it_is_refused_for() {
    let server = postgres::server();
    let maintenance = server.url("postgres");
    let name = format!("parindex_refused_{}", std::process::id());
    run(
        &maintenance,
        &format!("create database {name} encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'"),
    )
    .await;
    let refused = |opened: Result<Store, Error>| match opened {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(Store::open(&Location::Postgres(server.url(&name))).await), Refusal::Encoding);
    run(&maintenance, &format!("drop database {name}")).await;
    assert_eq!(refused(Store::open(&Location::Postgres(server.url(&name))).await), Refusal::NoSuchDatabase);

    let join = if maintenance.contains('?') { '&' } else { '?' };
    let encrypted = Location::Postgres(format!("{maintenance}{join}sslmode=require"));
    assert_eq!(refused(Store::open(&encrypted).await), Refusal::Encryption);

    let database = Database::postgres().await;
    let guest = format!("parindex_guest_{}", std::process::id());
    run(url(&database), &format!("create role {guest} login; revoke create on schema public from public"))
        .await;
    let as_guest = url(&database).replacen("postgres@", &format!("{guest}@"), 1);
    let store = Store::open(&Location::Postgres(as_guest)).await.unwrap();
    assert!(matches!(store.migrate(NOW).await, Err(Error::Refused(Refusal::Right))));
    store.close().await;
    database.remove().await;
    run(&maintenance, &format!("drop role {guest}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_is_told_at_once() {
    let nowhere = Location::parse("postgres://postgres@127.0.0.1:1/par");
    assert!(matches!(Store::open(&nowhere).await, Err(Error::Unreachable(_))));
}

/// A write that waits for another longer than the server allows is told so; readers go on meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_writer_that_waits_starves_no_reader() {
    let database = Database::postgres().await;
    let store = database.store().await;
    let mut other = PgConnection::connect(url(&database)).await.unwrap();
    sqlx::raw_sql("begin; update journal_head set sequence = sequence").execute(&mut other).await.unwrap();
    let year = crate::common::demo_year();
    let by = par_store::journal::By { actor: "sonoivu", at_ms: NOW };
    let waits: Vec<_> = (0..12)
        .map(|_| {
            let (store, year) = (store.clone(), year.clone());
            tokio::spawn(async move {
                store.import_year(&year, &par_core::year::sheets::Sheets::default(), &by).await
            })
        })
        .collect();
    for _ in 0..50 {
        assert_eq!(store.years().await.unwrap(), []);
    }
    for wait in waits {
        let refused = wait.await.unwrap();
        assert!(matches!(refused, Err(Error::Refused(Refusal::Busy | Refusal::Silent))), "{refused:?}");
    }
    sqlx::raw_sql("rollback").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    store.import_year(&year, &par_core::year::sheets::Sheets::default(), &by).await.unwrap();
    store.close().await;
    database.remove().await;
}
