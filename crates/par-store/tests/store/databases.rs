//! Fresh databases for tests, one a test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use par_store::location::Location;
use par_store::store::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::postgres;

/// Server time in tests: 2021-01-18 08:00 in Hà Nội.
pub const NOW: i64 = 1_610_931_600_000;

/// A database that is removed with its test.
pub struct Database {
    pub location: Location,
    folder: Option<PathBuf>,
    name: String,
}

fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("parindex_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Database {
    pub fn memory() -> Database {
        Database { location: Location::Memory, folder: None, name: String::new() }
    }

    pub fn file() -> Database {
        let name = unique();
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir(&folder).unwrap();
        Database { location: Location::File(folder.join("par index.db")), folder: Some(folder), name }
    }

    /// A file that is there, and stays when the test ends.
    pub fn at(path: &std::path::Path) -> Database {
        Database { location: Location::File(path.to_owned()), folder: None, name: String::new() }
    }

    pub async fn postgres() -> Database {
        let (server, name) = (postgres::server(), unique());
        let mut connection = PgConnection::connect(&server.url("postgres")).await.unwrap();
        let text = format!("create database {name}");
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
        Database { location: Location::parse(&server.url(&name)), folder: None, name }
    }

    /// A store on it with the schema in place.
    pub async fn store(&self) -> Store {
        let store = Store::open(&self.location).await.unwrap();
        store.migrate(NOW).await.unwrap();
        store
    }

    /// Runs SQL behind the program's back, without references and checks.
    pub async fn damage(&self, sql: &str) {
        match &self.location {
            Location::Memory => panic!("a database in memory cannot be reached from outside"),
            Location::File(path) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).foreign_keys(false);
                let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
                let text = format!("pragma ignore_check_constraints = on; {sql}");
                sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
            Location::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await.unwrap();
                let text = format!("set session_replication_role = replica; {sql}");
                sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
        }
    }

    /// A copy of an SQLite file whose store was closed.
    pub fn copy(&self) -> Database {
        let copy = Database::file();
        let (Location::File(from), Location::File(to)) = (&self.location, &copy.location) else {
            panic!("only files are copied")
        };
        std::fs::copy(from, to).unwrap();
        copy
    }

    /// Removes the database from a server that outlives the test.
    pub async fn remove(self) {
        if matches!(self.location, Location::Postgres(_)) {
            let server = postgres::server();
            let mut connection = PgConnection::connect(&server.url("postgres")).await.unwrap();
            let text = format!("drop database {} with (force)", self.name);
            sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
