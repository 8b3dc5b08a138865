//! One way to run SQL on SQLite and PostgreSQL; the only module that knows there are two.
//!
//! An enum over two typed pools instead of sqlx's `AnyPool`: `Any` copies every row once more,
//! hides `begin immediate` and the separate writer of SQLite, and needs its URL syntax for file
//! names. Here a statement is a text with values, a row a list of columns; nothing else differs.

use std::borrow::Cow;
use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Connection as _, Executor, Postgres, Sqlite};
use tokio::time::timeout;

use crate::error::{Error, Refusal, Result};
use crate::location::Location;
use crate::value::{Row, Value};

/// How long a write waits for another process that holds SQLite's lock.
const BUSY: Duration = Duration::from_secs(20);
/// Readers of an SQLite file; two cores gain nothing from more.
const SQLITE_READERS: u32 = 4;
/// Readers of PostgreSQL; its own default limit is 100 for all instances together.
const POSTGRES_READERS: u32 = 9;
/// How long a request waits for PostgreSQL, or for a connection that is free.
const ANSWER: Duration = Duration::from_secs(3);
/// How long a statement waits on PostgreSQL for what another holds, before that is told.
const LOCK: (&str, &str) = ("lock_timeout", "5s");
/// How long PostgreSQL keeps a transaction whose client went away: a write holds what others wait for,
/// a reader reckons between two queries.
const IDLE: [(&str, &str); 2] =
    [("idle_in_transaction_session_timeout", "15s"), ("idle_in_transaction_session_timeout", "10min")];
/// Rows the thread of an SQLite connection reads ahead: the default of 50 makes loading a year wait.
const ROW_BUFFER: usize = 1000;
/// Rows a multi-row insert. SQLite finds the name of each placeholder by a search from the first, so
/// larger batches get slower again: importing the demo took 0.28 s by 200 rows and 0.14 s by 50.
const BATCH: usize = 50;

/// Tables of an SQLite file, its own among them.
const TABLES: &str = "pragma table_list";
/// What SQLite finds wrong in its own pages and indexes; `ok` when nothing.
const INTEGRITY: &str = "pragma integrity_check(20)";
/// Until the transaction ends, in place of [`LOCK`].
const WAIT_LONG: &str = "set local lock_timeout = '5min'";
/// The encoding PostgreSQL keeps texts in.
const ENCODING: &str = "show server_encoding";

/// Pools of one database.
#[derive(Clone, Debug)]
pub(crate) enum Database {
    /// One connection writes, so that writers queue fairly in the pool instead of polling a lock.
    Sqlite { reader: SqlitePool, writer: SqlitePool },
    /// One connection writes here too: writers queue in the process and never starve readers.
    Postgres { reader: PgPool, writer: PgPool },
}

/// A read or write transaction; rolled back when dropped.
pub(crate) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// A multi-row insert: its text up to `values`, and how many columns it names.
pub(crate) struct Insert<const N: usize>(pub(crate) &'static str);

/// Declares the statements of a module and lists them for the test that prepares each.
macro_rules! statements {
    ($($name:ident = $sql:literal;)*) => {
        $(const $name: &str = $sql;)*
        pub(crate) const STATEMENTS: &[&str] = &[$($name),*];
    };
}

/// Declares multi-row inserts and lists them for the test that prepares each.
macro_rules! inserts {
    ($($name:ident[$columns:literal] = $sql:literal;)*) => {
        $(const $name: $crate::database::Insert<$columns> = $crate::database::Insert($sql);)*
        pub(crate) const INSERTS: &[(&str, usize)] = &[$(($sql, $columns)),*];
    };
}

pub(crate) use {inserts, statements};

macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match *value {
                Value::Text(text) => query.bind(text),
                Value::MaybeText(text) => query.bind(text),
                Value::Whole(number) => query.bind(number),
                Value::MaybeWhole(number) => query.bind(number),
            };
        }
        query
    }};
}

impl Database {
    pub(crate) async fn open(location: &Location) -> Result<Database> {
        match location {
            Location::Memory => {
                let options = SqliteConnectOptions::new()
                    .in_memory(true)
                    .foreign_keys(true)
                    .row_buffer_size(ROW_BUFFER);
                let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
                let pool = pool.connect_with(options).await?;
                Ok(Database::Sqlite { reader: pool.clone(), writer: pool })
            }
            Location::File(path) => Database::open_file(path).await,
            Location::Postgres(url) => Database::open_postgres(url).await,
        }
    }

    async fn open_postgres(url: &str) -> Result<Database> {
        let options = PgConnectOptions::from_str(url)?.options([LOCK]);
        // A pool would keep trying and in the end only say that time ran out.
        let first = timeout(ANSWER, PgConnection::connect_with(&options)).await;
        first.map_err(|_| Error::Refused(Refusal::Silent))??.close().await?;
        let pool = |connections| PgPoolOptions::new().max_connections(connections).acquire_timeout(ANSWER);
        let [writing, reading] = IDLE.map(|idle| options.clone().options([idle]));
        let reader = pool(POSTGRES_READERS).connect_with(reading).await?;
        let writer = pool(1).connect_with(writing).await?;
        let database = Database::Postgres { reader, writer };
        let encoding = database.read().await?.row(ENCODING, &[], |row| row.text(0)).await?;
        if encoding.as_deref() != Some("UTF8") {
            database.close().await;
            return Err(Error::Refused(Refusal::Encoding));
        }
        Ok(database)
    }

    /// Opens what is there and makes nothing.
    pub(crate) async fn open_existing(location: &Location) -> Result<Database> {
        let Location::File(path) = location else { return Database::open(location).await };
        let options = file_options(path);
        let database = match Database::connect(options.clone()).await {
            Ok(database) => database.is_foreign_file().await.map(|_| database),
            Err(error) => Err(error),
        };
        match database {
            // An archive on a disk or in a folder without the right or the room to write: nobody changes
            // it, and without the promise that nobody does SQLite wants to write its lock files.
            Err(Error::Refused(Refusal::ReadOnly | Refusal::CannotOpen | Refusal::Full))
                if is_complete(path) =>
            {
                Database::connect(options.read_only(true).immutable(true)).await
            }
            other => other,
        }
    }

    async fn open_file(path: &Path) -> Result<Database> {
        let options = file_options(path).create_if_missing(true);
        // The mode is kept in the file, so that only a new one is given it: a foreign file stays as
        // it is. WAL lets readers go on while one writes.
        let is_new = path.metadata().map_or(true, |metadata| metadata.len() == 0);
        Database::connect(if is_new { options.journal_mode(SqliteJournalMode::Wal) } else { options }).await
    }

    async fn connect(options: SqliteConnectOptions) -> Result<Database> {
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let reader = SqlitePoolOptions::new().max_connections(SQLITE_READERS).connect_with(options).await?;
        Ok(Database::Sqlite { reader, writer })
    }

    /// Whether an SQLite file holds tables of another program.
    pub(crate) async fn is_foreign_file(&self) -> Result<bool> {
        match self {
            Database::Sqlite { .. } => {
                let mut transaction = self.read().await?;
                let mut tables = transaction.rows(TABLES, &[], |row| row.text(1)).await?;
                tables.retain(|table| !table.starts_with("sqlite_"));
                Ok(!tables.is_empty() && !tables.iter().any(|table| table == "schema_versions"))
            }
            // A PostgreSQL database is made by its administrator, and extensions put tables into it.
            Database::Postgres { .. } => Ok(false),
        }
    }

    /// A transaction that sees one state of the database.
    pub(crate) async fn read(&self) -> Result<Transaction> {
        Ok(match self {
            Database::Sqlite { reader, .. } => Transaction::Sqlite(reader.begin().await?),
            Database::Postgres { reader, .. } => Transaction::Postgres(
                reader.begin_with("begin isolation level repeatable read, read only").await?,
            ),
        })
    }

    /// A transaction that writes. SQLite takes its lock at once: a read that later turned into a
    /// write would fail with "database is locked" when another was faster.
    pub(crate) async fn write(&self) -> Result<Transaction> {
        Ok(match self {
            Database::Sqlite { writer, .. } => {
                Transaction::Sqlite(writer.begin_with("begin immediate").await?)
            }
            Database::Postgres { writer, .. } => Transaction::Postgres(writer.begin().await?),
        })
    }

    /// Ends all connections.
    pub(crate) async fn close(&self) {
        match self {
            Database::Sqlite { reader, writer } => {
                reader.close().await;
                writer.close().await;
            }
            Database::Postgres { reader, writer } => {
                reader.close().await;
                writer.close().await;
            }
        }
    }

    /// What SQLite finds wrong in the file itself; nothing on PostgreSQL, which checks its pages.
    pub(crate) async fn integrity(&self) -> Result<Vec<String>> {
        let Database::Sqlite { .. } = self else { return Ok(Vec::new()) };
        let mut found = self.read().await?.rows(INTEGRITY, &[], |row| row.text(0)).await?;
        // A check of the schema that does not hold is a fact of its own.
        found.retain(|line| line != "ok" && !line.starts_with("CHECK constraint"));
        Ok(found)
    }

    /// Writes what an SQLite file holds now into another file, which must not be there; nothing on
    /// PostgreSQL.
    pub(crate) async fn copy_to(&self, path: &str) -> Result<()> {
        if let Database::Sqlite { writer, .. } = self {
            sqlx::query("vacuum into $1").bind(path).execute(writer).await?;
        }
        Ok(())
    }
}

fn file_options(path: &Path) -> SqliteConnectOptions {
    // FULL because what a person was told is saved must survive a power cut.
    SqliteConnectOptions::new()
        .filename(path)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .row_buffer_size(ROW_BUFFER)
}

/// Whether an SQLite file is there and holds everything that was written to it.
fn is_complete(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    path.is_file() && Path::new(&log).metadata().map_or(true, |metadata| metadata.len() == 0)
}

impl Transaction {
    /// Waits for what another holds as long as a change of the schema takes, not as long as a write.
    pub(crate) async fn wait_long(&mut self) -> Result<()> {
        // A writer of SQLite has the file's lock from its beginning.
        if let Transaction::Postgres(one) = self {
            sqlx::query(WAIT_LONG).execute(&mut **one).await?;
        }
        Ok(())
    }

    /// Runs a statement; gives the count of rows it touched.
    pub(crate) async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64> {
        Ok(match self {
            Transaction::Sqlite(one) => {
                bound!(sqlx::query(sql), values).execute(&mut **one).await?.rows_affected()
            }
            Transaction::Postgres(one) => {
                bound!(sqlx::query(sql), values).execute(&mut **one).await?.rows_affected()
            }
        })
    }

    /// All rows of a query.
    pub(crate) async fn rows<T: Send + Unpin>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: fn(&Row<'_>) -> sqlx::Result<T>,
    ) -> Result<Vec<T>> {
        let rows = match self {
            Transaction::Sqlite(one) => {
                let query = bound!(sqlx::query(sql), values);
                query.try_map(|row: SqliteRow| read(&Row::Sqlite(&row))).fetch_all(&mut **one).await
            }
            Transaction::Postgres(one) => {
                let query = bound!(sqlx::query(sql), values);
                query.try_map(|row: PgRow| read(&Row::Postgres(&row))).fetch_all(&mut **one).await
            }
        };
        rows.map_err(|error| unreadable(sql, error))
    }

    /// Gives each row of a query as it comes; for tables that need not fit into memory.
    pub(crate) async fn each(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        values: &[Value<'_>],
        mut see: impl FnMut(&Row<'_>) -> sqlx::Result<()> + Send,
    ) -> Result<()> {
        let sql = sql.into();
        let wrong = |error| unreadable(&sql, error);
        // Safe: texts are made of statements of this crate and names of the catalogue.
        let query = AssertSqlSafe(sql.clone());
        match self {
            Transaction::Sqlite(one) => {
                let mut rows = bound!(sqlx::query(query), values).fetch(&mut **one);
                while let Some(row) = rows.try_next().await.map_err(wrong)? {
                    see(&Row::Sqlite(&row)).map_err(wrong)?;
                }
            }
            Transaction::Postgres(one) => {
                let mut rows = bound!(sqlx::query(query), values).fetch(&mut **one);
                while let Some(row) = rows.try_next().await.map_err(wrong)? {
                    see(&Row::Postgres(&row)).map_err(wrong)?;
                }
            }
        }
        Ok(())
    }

    /// The first row of a query.
    pub(crate) async fn row<T: Send + Unpin>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: fn(&Row<'_>) -> sqlx::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.rows(sql, values, read).await?.into_iter().next())
    }

    /// Takes every row out of a table.
    pub(crate) async fn empty(&mut self, table: &str) -> Result<()> {
        // Safe: the name stands in this crate.
        let sql = AssertSqlSafe(["delete from", table].join(" "));
        match self {
            Transaction::Sqlite(one) => sqlx::raw_sql(sql).execute(&mut **one).await.map(drop)?,
            Transaction::Postgres(one) => sqlx::raw_sql(sql).execute(&mut **one).await.map(drop)?,
        }
        Ok(())
    }

    /// Inserts rows, many a statement.
    pub(crate) async fn insert<const N: usize>(
        &mut self,
        into: &Insert<N>,
        rows: &[[Value<'_>; N]],
    ) -> Result<()> {
        self.insert_values(into.0, N, rows.as_flattened()).await
    }

    /// The same for a statement made at run time: the values of all rows, one row after the other.
    pub(crate) async fn insert_values(
        &mut self,
        into: &str,
        columns: usize,
        values: &[Value<'_>],
    ) -> Result<()> {
        for batch in values.chunks(BATCH * columns) {
            // Safe: the text is made of a statement of this crate, names of the catalogue and placeholders.
            let query = AssertSqlSafe(insert_text(into, columns, batch.len() / columns));
            match self {
                Transaction::Sqlite(one) => {
                    bound!(sqlx::query(query), batch).execute(&mut **one).await?;
                }
                Transaction::Postgres(one) => {
                    bound!(sqlx::query(query), batch).execute(&mut **one).await?;
                }
            }
        }
        Ok(())
    }

    /// Runs a migration: several statements without values.
    pub(crate) async fn run(&mut self, text: &'static str) -> Result<()> {
        match self {
            Transaction::Sqlite(one) => sqlx::raw_sql(text).execute(&mut **one).await.map(drop)?,
            Transaction::Postgres(one) => sqlx::raw_sql(text).execute(&mut **one).await.map(drop)?,
        }
        Ok(())
    }

    /// Lets the database parse a statement without running it.
    pub(crate) async fn prepare(&mut self, text: String) -> Result<()> {
        let sql = sqlx::SqlSafeStr::into_sql_str(AssertSqlSafe(text));
        match self {
            Transaction::Sqlite(one) => (&mut **one).prepare(sql).await.map(drop)?,
            Transaction::Postgres(one) => (&mut **one).prepare(sql).await.map(drop)?,
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Transaction::Sqlite(one) => one.commit().await?,
            Transaction::Postgres(one) => one.commit().await?,
        }
        Ok(())
    }
}

/// A value that its column cannot hold is named by table and column of the statement.
fn unreadable(sql: &str, error: sqlx::Error) -> Error {
    let sqlx::Error::ColumnDecode { index, .. } = &error else { return error.into() };
    let Some((columns, rest)) = sql.trim_start_matches("select").trim_start().split_once(" from ") else {
        return error.into();
    };
    let at = index.parse::<usize>().ok();
    let column = at.and_then(|at| columns.split(", ").nth(at)).unwrap_or_default();
    let table = rest.split_whitespace().next().unwrap_or_default();
    Error::Unreadable { table: table.to_owned(), column: column.to_owned() }
}

/// `insert into … values ($1, $2), ($3, $4)` for so many rows.
pub(crate) fn insert_text(into: &str, columns: usize, rows: usize) -> String {
    let mut text = String::from(into);
    for row in 0..rows {
        text.push_str(if row == 0 { " (" } else { ", (" });
        for column in 0..columns {
            let number = row * columns + column + 1;
            text.push_str(if column == 0 { "$" } else { ", $" });
            text.push_str(&number.to_string());
        }
        text.push(')');
    }
    text
}
