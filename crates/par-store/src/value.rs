//! Values of placeholders and of rows, the same for SQLite and PostgreSQL.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, TypeInfo as _, ValueRef as _};

/// A value for a placeholder. Nulls keep their type: PostgreSQL wants to know it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'v> {
    Text(&'v str),
    MaybeText(Option<&'v str>),
    Whole(i64),
    MaybeWhole(Option<i64>),
}

/// A row just read.
pub(crate) enum Row<'r> {
    Sqlite(&'r SqliteRow),
    Postgres(&'r PgRow),
}

impl Row<'_> {
    pub(crate) fn text(&self, column: usize) -> sqlx::Result<String> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }

    pub(crate) fn maybe_text(&self, column: usize) -> sqlx::Result<Option<String>> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }

    /// A text or whole number as one word that tells both apart and from nothing.
    pub(crate) fn tagged(&self, column: usize) -> sqlx::Result<String> {
        let (is_null, is_text) = match self {
            Row::Sqlite(row) => {
                let raw = row.try_get_raw(column)?;
                (raw.is_null(), raw.type_info().name() == "TEXT")
            }
            Row::Postgres(row) => {
                let raw = row.try_get_raw(column)?;
                (raw.is_null(), raw.type_info().name() == "TEXT")
            }
        };
        match (is_null, is_text) {
            (true, _) => Ok("-".to_owned()),
            (false, true) => Ok(format!("t{}", self.text(column)?)),
            (false, false) => Ok(format!("i{}", self.whole(column)?)),
        }
    }

    /// How many columns it has.
    pub(crate) fn columns(&self) -> usize {
        match self {
            Row::Sqlite(row) => row.len(),
            Row::Postgres(row) => row.len(),
        }
    }

    pub(crate) fn whole(&self, column: usize) -> sqlx::Result<i64> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }

    pub(crate) fn maybe_whole(&self, column: usize) -> sqlx::Result<Option<i64>> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Value<'v> {
        Value::Text(text)
    }
}

impl<'v> From<&'v String> for Value<'v> {
    fn from(text: &'v String) -> Value<'v> {
        Value::Text(text)
    }
}

impl<'v> From<&'v Option<String>> for Value<'v> {
    fn from(text: &'v Option<String>) -> Value<'v> {
        Value::MaybeText(text.as_deref())
    }
}

impl<'v> From<Option<&'v str>> for Value<'v> {
    fn from(text: Option<&'v str>) -> Value<'v> {
        Value::MaybeText(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Whole(number)
    }
}

impl From<u16> for Value<'_> {
    fn from(number: u16) -> Self {
        Value::Whole(i64::from(number))
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Value::Whole(i64::try_from(number).expect("positions in memory are far below 2^63"))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        Value::MaybeWhole(number)
    }
}
