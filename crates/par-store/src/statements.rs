//! Every statement of the crate, for the database to parse.

use crate::database::insert_text;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::{journal, migrations, store, tables};

/// The statements and multi-row inserts that modules declare with `statements!` and `inserts!`.
macro_rules! declared {
    (statements of $($($plain:ident)::+),*; inserts of $($($many:ident)::+),*;) => {{
        let plain = [$($($plain)::+::STATEMENTS),*].concat();
        let inserts = [$($($many)::+::INSERTS),*].concat();
        // An insert with two rows has all that one with more has.
        let inserts = inserts.into_iter().map(|(into, columns)| insert_text(into, columns, 2));
        plain.into_iter().map(str::to_owned).chain(inserts).collect()
    }};
}

fn all() -> Vec<String> {
    declared! {
        statements of tables, migrations, journal, store, tables::header, tables::sets, tables::units,
            tables::scores, tables::seal, tables::survey, tables::sheets, tables::previous,
            tables::publications;
        inserts of tables::header, tables::sets, tables::units, tables::scores, tables::survey,
            tables::sheets, tables::previous, tables::publications;
    }
}

/// Lets the database parse every statement of the program; gives their count.
///
/// # Errors
/// When a statement does not fit the schema or the database's SQL.
pub async fn prepare_all(store: &Store) -> Result<usize> {
    let mut transaction = store.read().await?;
    let statements = all();
    let count = statements.len();
    for statement in statements {
        let told = statement.clone();
        transaction.prepare(statement).await.map_err(|error| Error::other(format!("{error} in: {told}")))?;
    }
    Ok(count)
}
