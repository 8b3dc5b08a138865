//! One file an aggregate: its statements, its rows, how a year is written into them.

pub(crate) mod header;
pub(crate) mod previous;
pub(crate) mod publications;
pub(crate) mod scores;
pub(crate) mod seal;
pub(crate) mod sets;
pub(crate) mod sheets;
pub(crate) mod survey;
pub(crate) mod units;

use par_core::framework::read::Files;
use par_core::year::Year;
use par_core::year::sheets::Sheets;

use crate::database::{Transaction, statements};
use crate::error::Result;
use crate::revision::Revision;

statements! {
    ORPHANS = "select 'year_sets' as place, year from year_sets where year not in (select year from years)
        union select 'clusters', year from clusters where year not in (select year from years)
        union select 'blocks', year from blocks where year not in (select year from years)
        union select 'block_classes', year from block_classes where year not in (select year from years)
        union select 'thresholds', year from thresholds where year not in (select year from years)
        union select 'reasons', year from reasons where year not in (select year from years)
        union select 'facts', year from facts where year not in (select year from years)
        union select 'units', year from units where year not in (select year from years)
        union select 'unit_predecessors', year from unit_predecessors where year not in (select year from years)
        union select 'exemptions', year from exemptions where year not in (select year from years)
        union select 'judgements', year from judgements where year not in (select year from years)
        union select 'requests', year from requests where year not in (select year from years)
        union select 'survey_forms', year from survey_forms where year not in (select year from years)
        union select 'survey_questions', year from survey_questions where year not in (select year from years)
        union select 'survey_plan', year from survey_plan where year not in (select year from years)
        union select 'survey_returns', year from survey_returns where year not in (select year from years)
        union select 'survey_counts', year from survey_counts where year not in (select year from years)
        union select 'survey_sheets', year from survey_sheets where year not in (select year from years)
        union select 'survey_ratings', year from survey_ratings where year not in (select year from years)
        union select 'previous_units', year from previous_units where year not in (select year from years)
        union select 'previous_components', year from previous_components where year not in (select year from years)";
}

/// All rows of one year, as they stand in the database.
#[derive(Debug)]
pub(crate) struct YearRows {
    pub(crate) header: header::Rows,
    pub(crate) sets: Vec<sets::Set>,
    pub(crate) units: units::Rows,
    pub(crate) scores: scores::Rows,
    pub(crate) survey: survey::Rows,
    pub(crate) previous: previous::Rows,
}

/// Writes a whole year with the sheets of its survey and the documents of its sets; its header row must
/// not be there.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    (year, sheets): (&Year, &Sheets),
    documents: &[(String, Files)],
    revision: Revision,
) -> Result<()> {
    sets::insert(transaction, year, documents).await?;
    header::insert(transaction, year, revision).await?;
    sets::insert_uses(transaction, year.year, documents).await?;
    header::insert_lists(transaction, year).await?;
    units::insert(transaction, year).await?;
    scores::insert(transaction, year, revision).await?;
    survey::insert(transaction, year).await?;
    sheets::insert(transaction, year, sheets).await?;
    previous::insert(transaction, year).await
}

/// Reads a whole year without its sheets; `None` when its header row is not there.
pub(crate) async fn read(
    transaction: &mut Transaction,
    year: u16,
    known: &sets::Known,
) -> Result<Option<YearRows>> {
    let Some(header) = header::read(transaction, year).await? else { return Ok(None) };
    Ok(Some(YearRows {
        header,
        sets: sets::read(transaction, year, known).await?,
        units: units::read(transaction, year).await?,
        scores: scores::read(transaction, year).await?,
        survey: survey::read(transaction, year).await?,
        previous: previous::read(transaction, year).await?,
    }))
}

/// Tables with rows of a year that is not there, and that year.
pub(crate) async fn orphans(transaction: &mut Transaction) -> Result<Vec<(String, i64)>> {
    transaction.rows(ORPHANS, &[], |row| Ok((row.text(0)?, row.whole(1)?))).await
}
