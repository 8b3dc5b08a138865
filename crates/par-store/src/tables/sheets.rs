//! The sheets of a survey as they were imported. Nothing a year says needs them.

use par_core::year::Year;
use par_core::year::sheets::Sheets;

use crate::database::{Transaction, inserts, statements};
use crate::error::Result;
use crate::value::{Row, Value};

statements! {
    SHEETS = "select position, serial, form, stratum, status, refusal from survey_sheets where year = $1 order by position";
    RATINGS = "select serial, position, unit, answers from survey_ratings where year = $1 order by position";
}

inserts! {
    ADD_SHEETS[7] = "insert into survey_sheets (year, serial, position, form, stratum, status, refusal) values";
    ADD_RATINGS[5] = "insert into survey_ratings (year, serial, position, unit, answers) values";
}

#[derive(Debug)]
pub(crate) struct Rows {
    /// Position; serial, form, stratum, status, refusal.
    pub(crate) sheets: Vec<(i64, [String; 5])>,
    pub(crate) ratings: Vec<Rating>,
}

#[derive(Debug)]
pub(crate) struct Rating {
    pub(crate) serial: String,
    pub(crate) position: i64,
    pub(crate) unit: String,
    pub(crate) answers: String,
}

pub(crate) async fn insert(transaction: &mut Transaction, year: &Year, sheets: &Sheets) -> Result<()> {
    let mut issued: Vec<[Value<'_>; 7]> = Vec::new();
    let mut ratings: Vec<[Value<'_>; 5]> = Vec::new();
    for (i, sheet) in sheets.0.iter().enumerate() {
        let [serial, form, stratum] = [&sheet.serial, &sheet.form, &sheet.stratum].map(Value::from);
        let status = sheet.status.name().into();
        issued.push([year.year.into(), serial, i.into(), form, stratum, status, (&sheet.refusal).into()]);
        for (position, rating) in sheet.ratings.iter().enumerate() {
            let unit = &year.units[rating.unit].code;
            ratings.push([year.year.into(), serial, position.into(), unit.into(), (&rating.answers).into()]);
        }
    }
    transaction.insert(&ADD_SHEETS, &issued).await?;
    transaction.insert(&ADD_RATINGS, &ratings).await
}

pub(crate) async fn read(transaction: &mut Transaction, year: u16) -> Result<Rows> {
    let of = [year.into()];
    Ok(Rows {
        sheets: transaction.rows(SHEETS, &of, sheet).await?,
        ratings: transaction.rows(RATINGS, &of, rating).await?,
    })
}

fn sheet(row: &Row<'_>) -> sqlx::Result<(i64, [String; 5])> {
    Ok((row.whole(0)?, [row.text(1)?, row.text(2)?, row.text(3)?, row.text(4)?, row.text(5)?]))
}

fn rating(row: &Row<'_>) -> sqlx::Result<Rating> {
    Ok(Rating { serial: row.text(0)?, position: row.whole(1)?, unit: row.text(2)?, answers: row.text(3)? })
}
