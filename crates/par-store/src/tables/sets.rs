//! Criteria sets as immutable documents, named by the SHA-256 of what they say.
//!
//! Architecture invariant: there is no statement that changes or removes a set. A set in use is
//! superseded by another one, with another hash.

use std::collections::HashMap;
use std::sync::Arc;

use par_core::framework::Framework;
use par_core::framework::read::Files;
use par_core::framework::write;
use par_core::year::Year;

use crate::database::{Transaction, inserts, statements};
use crate::error::Result;
use crate::journal::digest;
use crate::value::Value;

statements! {
    ADD_SET = "insert into criteria_sets (hash, id, name, year) values ($1, $2, $3, $4) on conflict do nothing";
    USES = "select position, set_hash from year_sets where year = $1 order by position";
    SET = "select id, name, year from criteria_sets where hash = $1";
    FILES = "select file, content from criteria_set_files where set_hash = $1";
}

inserts! {
    ADD_FILES[3] = "insert into criteria_set_files (set_hash, file, content) values";
    ADD_USES[3] = "insert into year_sets (year, position, set_hash) values";
}

/// Sets read before, by their hash: a set never changes.
pub(crate) type Known = HashMap<String, Arc<Framework>>;

/// A set that a year uses, as it stands in the database.
#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) position: i64,
    pub(crate) hash: String,
    /// Id, name and year of the row; `None` when there is no such set.
    pub(crate) header: Option<(String, String, i64)>,
    pub(crate) files: Files,
    /// The set as it was read before: then neither header nor files were asked for.
    pub(crate) known: Option<Arc<Framework>>,
}

/// The name of a document: SHA-256 over its files in the order of their names.
pub(crate) fn hash(files: &Files) -> String {
    digest(files.iter().flat_map(|(file, text)| [file.as_str(), text.as_str()]))
}

/// The documents of a year's sets, each with its name.
pub(crate) fn documents(year: &Year) -> Vec<(String, Files)> {
    let files = year.sets.iter().map(|set| write::write(set));
    files.map(|files| (hash(&files), files)).collect()
}

/// Stores the sets that are not there yet.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    year: &Year,
    documents: &[(String, Files)],
) -> Result<()> {
    for (set, (hash, files)) in year.sets.iter().zip(documents) {
        let values = [hash.into(), (&set.id).into(), (&set.name).into(), set.year.into()];
        if transaction.execute(ADD_SET, &values).await? == 1 {
            let rows: Vec<[Value<'_>; 3]> =
                files.iter().map(|(file, text)| [hash.into(), file.into(), text.into()]).collect();
            transaction.insert(&ADD_FILES, &rows).await?;
        }
    }
    Ok(())
}

/// Records which sets a year uses.
pub(crate) async fn insert_uses(
    transaction: &mut Transaction,
    year: u16,
    documents: &[(String, Files)],
) -> Result<()> {
    let rows: Vec<[Value<'_>; 3]> =
        documents.iter().enumerate().map(|(i, (hash, _))| [year.into(), i.into(), hash.into()]).collect();
    transaction.insert(&ADD_USES, &rows).await
}

/// The sets of a year; of those known by their hash only that.
pub(crate) async fn read(transaction: &mut Transaction, year: u16, known: &Known) -> Result<Vec<Set>> {
    let uses = transaction.rows(USES, &[year.into()], |row| Ok((row.whole(0)?, row.text(1)?))).await?;
    let mut sets = Vec::with_capacity(uses.len());
    for (position, hash) in uses {
        if let Some(set) = known.get(&hash) {
            let (header, files, known) = (None, Files::new(), Some(Arc::clone(set)));
            sets.push(Set { position, hash, header, files, known });
            continue;
        }
        let of = [(&hash).into()];
        let header = transaction.row(SET, &of, |row| Ok((row.text(0)?, row.text(1)?, row.whole(2)?))).await?;
        let files = transaction.rows(FILES, &of, |row| Ok((row.text(0)?, row.text(1)?))).await?;
        sets.push(Set { position, header, files: files.into_iter().collect(), hash, known: None });
    }
    Ok(sets)
}
