//! What the tables of a year say, as one digest a table: any edit behind the program's back shows.
//!
//! Judgements have a digest of their own, which single writes carry on. The revision of the year moves
//! with every write and is told by the journal.

use sha2::{Digest, Sha256};

use crate::database::Transaction;
use crate::error::Result;
use crate::journal::hex;

macro_rules! sealed {
    ($($table:literal = $sql:literal;)*) => {
        const SEALED: &[(&str, &str)] = &[$(($table, $sql)),*];
        pub(crate) const STATEMENTS: &[&str] = &[$($sql),*];
    };
}

sealed! {
    "years" = "select title, province, notice, province_mean, previous_year, rounds from years where year = $1";
    "year_sets" = "select position, set_hash from year_sets where year = $1";
    "clusters" = "select position, id, name from clusters where year = $1";
    "blocks" = "select position, id, name, set_position, cluster_position, own_classes from blocks where year = $1";
    "block_classes" = "select block_position, position, name, from_points from block_classes where year = $1";
    "thresholds" = "select position, area, high, low from thresholds where year = $1";
    "reasons" = "select position, code, name from reasons where year = $1";
    "facts" = "select position, key, value, origin, note from facts where year = $1";
    "units" = "select code, position, name, slug, block_position, status, since, until, ground from units where year = $1";
    "unit_predecessors" = "select unit, position, predecessor from unit_predecessors where year = $1";
    "exemptions" = "select position, unit, code, reason from exemptions where year = $1";
    "requests" = "select unit, leaf, round, reason, answer, outcome, revision from requests where year = $1";
    "survey_forms" = "select code, position, name, respondents, rates from survey_forms where year = $1";
    "survey_questions" = "select form, position, code, wording from survey_questions where year = $1";
    "survey_plan" = "select position, form, code, name, issued, required from survey_plan where year = $1";
    "survey_returns" = "select form, stratum, accepted, rejected, over_quota, not_returned from survey_returns where year = $1";
    "survey_counts" = "select form, unit, question, option, count from survey_counts where year = $1";
    "survey_sheets" = "select serial, position, form, stratum, status, refusal from survey_sheets where year = $1";
    "survey_ratings" = "select serial, position, unit, answers from survey_ratings where year = $1";
    "previous_units" = "select code, index_percent, class, origin from previous_units where year = $1";
    "previous_components" = "select unit, code, percent from previous_components where year = $1";
}

/// What one table says of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    /// The table.
    pub(crate) table: &'static str,
    /// Number of rows and SHA-256 of all of them, in any order, as in `28 0a4f…`.
    pub(crate) content: String,
}

impl Seal {
    /// As a journal line holds it: year, table, rows, SHA-256.
    pub(crate) fn told(&self, year: u16) -> String {
        format!("{year} {} {}", self.table, self.content)
    }
}

/// The seals of a year's tables, of one after the other: what cannot be read is an error of its table.
pub(crate) async fn of_year(transaction: &mut Transaction, year: u16) -> Vec<(&'static str, Result<Seal>)> {
    let mut seals = Vec::with_capacity(SEALED.len());
    for (table, sql) in SEALED {
        seals.push((*table, of_table(transaction, table, sql, year).await));
    }
    seals
}

async fn of_table(
    transaction: &mut Transaction,
    table: &'static str,
    sql: &'static str,
    year: u16,
) -> Result<Seal> {
    // The digests of rows are sorted, not the rows: databases sort texts each in their own way, and
    // a survey has a million rows.
    let mut rows: Vec<[u8; 32]> = Vec::new();
    transaction
        .each(sql, &[year.into()], |row| {
            let mut hash = Sha256::new();
            for column in 0..row.columns() {
                let value = row.tagged(column)?;
                hash.update(format!("{}:{value}\n", value.len()));
            }
            rows.push(hash.finalize().into());
            Ok(())
        })
        .await?;
    rows.sort_unstable();
    let mut hash = Sha256::new();
    rows.iter().for_each(|row| hash.update(row));
    Ok(Seal { table, content: format!("{} {}", rows.len(), hex(&hash.finalize())) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::Location;
    use crate::store::Store;

    /// Columns that no seal holds, and what holds them.
    const ELSEWHERE: &[(&str, &str)] = &[
        ("years.revision", "the journal's last line of the year"),
        ("judgements.*", "the digest of judgements, and the lines that wrote them"),
        ("criteria_sets.*", "the files of the set"),
        ("journal.*", "its chain"),
        ("publications.*", "the journal's line of the version"),
        ("publication_files.*", "the version's list of hashes"),
        ("sealed_files.*", "the list of hashes whose id the version's description names"),
    ];

    #[tokio::test]
    async fn every_column_of_a_year_is_sealed_or_held_elsewhere() {
        let store = Store::open(&Location::Memory).await.unwrap();
        store.migrate(0).await.unwrap();
        let mut transaction = store.read().await.unwrap();
        let list = "pragma table_list";
        let tables: Vec<String> = transaction.rows(list, &[], |row| row.text(1)).await.unwrap();
        let mut free = Vec::new();
        for table in tables.into_iter().filter(|table| !table.starts_with("sqlite_")) {
            // Safe to leak: a handful of short texts in a test.
            let sql: &'static str = format!("pragma table_info({table})").leak();
            let columns: Vec<String> = transaction.rows(sql, &[], |row| row.text(1)).await.unwrap();
            if !columns.iter().any(|column| column == "year") {
                continue;
            }
            let sealed = SEALED.iter().find(|(name, _)| *name == table).map_or("", |(_, sql)| sql);
            let sealed =
                sealed.trim_start_matches("select").trim_start().split(" from ").next().unwrap_or_default();
            for column in columns.iter().filter(|column| *column != "year") {
                let elsewhere = |(name, _): &&(&str, &str)| {
                    *name == format!("{table}.{column}") || *name == format!("{table}.*")
                };
                let named = sealed.split(", ").any(|one| one == column);
                if !named && !ELSEWHERE.iter().any(|one| elsewhere(&one)) {
                    free.push(format!("{table}.{column}"));
                }
            }
        }
        assert!(free.is_empty(), "columns that `check` would not miss: {free:?}");
    }
}
