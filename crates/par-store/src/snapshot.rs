//! Every table as rows: read from one state of the database, or laid into an empty one.
//!
//! What a backup is made of, the same for SQLite and PostgreSQL. The catalogue of the database names
//! tables and columns, so that no table added later can be forgotten. Must not know: what rows mean,
//! where they are kept meanwhile.

use crate::database::{Database, Transaction};
use crate::error::{Conflict, Error, Result};
use crate::migrations;
use crate::store::Store;
use crate::value::{Row, Value};

/// A table with its columns in the order in which rows are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Columns of the primary key, by position: they give rows an order of their own.
    key: Vec<usize>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds; the schema has no other types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Whole,
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Nothing.
    Null,
}

/// Takes one row after the other.
pub type Taker<'t> = dyn FnMut(&[Field]) -> std::io::Result<()> + Send + 't;

/// One state of the whole database, however long it is read and whoever writes meanwhile.
pub struct Snapshot {
    transaction: Transaction,
    tables: Vec<Table>,
}

/// An empty database being filled; nothing stays without [`Refill::commit`].
pub struct Refill {
    transaction: Transaction,
    tables: Vec<Table>,
}

/// Tables that a fresh schema fills itself.
const OWN: [&str; 2] = ["schema_versions", "journal_head"];

/// The columns of all tables, for SQLite and PostgreSQL.
const COLUMNS: [&str; 2] =
    [include_str!("catalogue/columns_sqlite.sql"), include_str!("catalogue/columns_postgres.sql")];
/// Which table refers to which, for SQLite and PostgreSQL.
const REFERENCES: [&str; 2] =
    [include_str!("catalogue/references_sqlite.sql"), include_str!("catalogue/references_postgres.sql")];

impl Store {
    /// The whole database as it is now.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        let mut transaction = self.read().await?;
        let tables = tables(self.database(), &mut transaction).await?;
        Ok(Snapshot { transaction, tables })
    }

    /// Makes the schema of an earlier or the present version in an empty database, to lay rows of that
    /// version into it. Nothing of it is visible before [`Refill::commit`].
    ///
    /// # Errors
    /// [`Conflict::NotEmpty`] when there are rows already; [`Error::SchemaTooNew`] when this program does
    /// not know the version.
    pub async fn refill(&self, version: i64, now_ms: i64) -> Result<Refill> {
        migrations::create_up_to(self.database(), version, now_ms).await?;
        let mut transaction = self.database().write().await?;
        let found = tables(self.database(), &mut transaction).await?;
        for table in &found {
            let any = ["select", "1 from", &table.name, "limit 1"].join(" ");
            let mut filled = false;
            let mut see = |_: &Row<'_>| {
                filled = true;
                Ok(())
            };
            transaction.each(any, &[], &mut see).await?;
            if filled && !OWN.contains(&table.name.as_str()) {
                return Err(Error::Conflict(Box::new(Conflict::NotEmpty)));
            }
        }
        for table in OWN {
            transaction.empty(table).await?;
        }
        let tables = in_order_of_references(self.database(), &mut transaction, found).await?;
        Ok(Refill { transaction, tables })
    }
}

impl Snapshot {
    /// All tables, by name.
    pub fn tables(&self) -> Vec<Table> {
        self.tables.clone()
    }

    /// Gives every row of a table in the order of its primary key: the same rows always come in the
    /// same order, from either database.
    ///
    /// # Errors
    /// When the database fails, or `take` does.
    pub async fn rows(&mut self, table: &Table, take: &mut Taker<'_>) -> Result<()> {
        rows(&mut self.transaction, table, take).await
    }

    /// The newest version of the schema.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn version(&mut self) -> Result<i64> {
        migrations::newest_applied(&mut self.transaction).await
    }
}

impl Refill {
    /// All tables, each after those it refers to.
    pub fn tables(&self) -> Vec<Table> {
        self.tables.clone()
    }

    /// Lays rows into a table.
    ///
    /// # Errors
    /// When the database refuses a row.
    ///
    /// # Panics
    /// If a row has not as many fields as the table has columns.
    pub async fn put(&mut self, table: &Table, rows: &[Vec<Field>]) -> Result<()> {
        let width = table.columns.len();
        assert!(rows.iter().all(|row| row.len() == width), "one field a column");
        let kinds = table.columns.iter().map(|column| column.kind).cycle();
        let values: Vec<Value<'_>> = rows.iter().flatten().zip(kinds).map(value).collect();
        let into = ["insert into", &table.name, &format!("({}) values", names(table).join(", "))].join(" ");
        self.transaction.insert_values(&into, width, &values).await
    }

    /// Gives every row that was laid, as [`Snapshot::rows`] does: to compare before committing.
    ///
    /// # Errors
    /// When the database fails, or `take` does.
    pub async fn rows(&mut self, table: &Table, take: &mut Taker<'_>) -> Result<()> {
        rows(&mut self.transaction, table, take).await
    }

    /// Keeps everything.
    ///
    /// # Errors
    /// When the database refuses; nothing is kept then.
    pub async fn commit(self) -> Result<()> {
        self.transaction.commit().await
    }
}

/// A field for a placeholder; a null is told the type of its column.
fn value((field, kind): (&Field, Kind)) -> Value<'_> {
    match field {
        Field::Text(text) => Value::Text(text),
        Field::Whole(number) => Value::Whole(*number),
        Field::Null if kind == Kind::Text => Value::MaybeText(None),
        Field::Null => Value::MaybeWhole(None),
    }
}

fn names(table: &Table) -> Vec<String> {
    table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect()
}

async fn rows(transaction: &mut Transaction, table: &Table, take: &mut Taker<'_>) -> Result<()> {
    // PostgreSQL orders text by the language of the database unless it is told to compare bytes.
    let bytewise = matches!(transaction, Transaction::Postgres(_));
    let all: Vec<usize> = (0..table.columns.len()).collect();
    let key = if table.key.is_empty() { &all } else { &table.key };
    let order: Vec<String> = key
        .iter()
        .map(|place| match &table.columns[*place] {
            Column { name, kind: Kind::Text } if bytewise => format!("\"{name}\" collate \"C\""),
            Column { name, .. } => format!("\"{name}\""),
        })
        .collect();
    let text = ["select", &names(table).join(", "), "from", &table.name, "order by", &order.join(", ")];
    let mut fields = Vec::with_capacity(table.columns.len());
    let mut read = |row: &Row<'_>| {
        fields.clear();
        for (place, column) in table.columns.iter().enumerate() {
            let field = match column.kind {
                Kind::Text => row.maybe_text(place)?.map(Field::Text),
                Kind::Whole => row.maybe_whole(place)?.map(Field::Whole),
            };
            fields.push(field.unwrap_or(Field::Null));
        }
        take(&fields).map_err(sqlx::Error::Io)
    };
    transaction.each(text.join(" "), &[], &mut read).await
}

/// The text for this database out of the pair for SQLite and PostgreSQL: catalogues are the one thing
/// on which the two do not agree.
fn of(database: &Database, pair: [&'static str; 2]) -> &'static str {
    match database {
        Database::Sqlite { .. } => pair[0],
        Database::Postgres { .. } => pair[1],
    }
}

async fn tables(database: &Database, transaction: &mut Transaction) -> Result<Vec<Table>> {
    let mut columns: Vec<(String, String, String, i64)> = Vec::new();
    let mut read = |row: &Row<'_>| {
        columns.push((row.text(0)?, row.text(1)?, row.text(2)?, row.whole(3)?));
        Ok(())
    };
    transaction.each(of(database, COLUMNS), &[], &mut read).await?;
    let mut tables: Vec<Table> = Vec::new();
    let mut keys: Vec<(i64, usize)> = Vec::new();
    for (table, name, kind, place) in columns {
        if tables.last().is_none_or(|last| last.name != table) {
            keys.clear();
            tables.push(Table { name: table, columns: Vec::new(), key: Vec::new() });
        }
        let last = tables.last_mut().expect("one was just pushed");
        let kind = match kind.as_str() {
            "text" => Kind::Text,
            "bigint" => Kind::Whole,
            other => return Err(Error::other(format!("{}.{name} is {other}", last.name))),
        };
        if place > 0 {
            keys.push((place, last.columns.len()));
            keys.sort_unstable();
            last.key = keys.iter().map(|(_, column)| *column).collect();
        }
        last.columns.push(Column { name, kind });
    }
    Ok(tables)
}

async fn in_order_of_references(
    database: &Database,
    transaction: &mut Transaction,
    mut waiting: Vec<Table>,
) -> Result<Vec<Table>> {
    let mut references: Vec<(String, String)> = Vec::new();
    let mut read = |row: &Row<'_>| {
        references.push((row.text(0)?, row.text(1)?));
        Ok(())
    };
    transaction.each(of(database, REFERENCES), &[], &mut read).await?;
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let refers = |table: &Table| {
            let to = references.iter().filter(|(from, to)| *from == table.name && from != to);
            to.into_iter().any(|(_, to)| waiting.iter().any(|other| other.name == *to))
        };
        let Some(next) = waiting.iter().position(|table| !refers(table)) else {
            return Err(Error::other("tables refer to each other in a circle"));
        };
        ordered.push(waiting.remove(next));
    }
    Ok(ordered)
}
