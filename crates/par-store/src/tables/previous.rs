//! The published figures of the year before.

use par_core::year::Year;

use crate::database::{Transaction, inserts, statements};
use crate::error::Result;
use crate::value::{Row, Value};

statements! {
    UNITS = "select code, index_percent, class, origin from previous_units where year = $1";
    COMPONENTS = "select unit, code, percent from previous_components where year = $1";
}

inserts! {
    ADD_UNITS[5] = "insert into previous_units (year, code, index_percent, class, origin) values";
    ADD_COMPONENTS[4] = "insert into previous_components (year, unit, code, percent) values";
}

#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) units: Vec<Unit>,
    /// Unit, node, percent.
    pub(crate) components: Vec<[String; 3]>,
}

#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) code: String,
    pub(crate) index: Option<String>,
    pub(crate) class: Option<String>,
    pub(crate) origin: String,
}

pub(crate) async fn insert(transaction: &mut Transaction, year: &Year) -> Result<()> {
    let Some(previous) = &year.previous else { return Ok(()) };
    let indices: Vec<Option<String>> =
        previous.units.values().map(|unit| unit.index.map(|index| index.to_string())).collect();
    let units: Vec<[Value<'_>; 5]> = previous
        .units
        .iter()
        .zip(&indices)
        .map(|((code, unit), index)| {
            [year.year.into(), code.into(), index.into(), (&unit.class).into(), (&unit.origin).into()]
        })
        .collect();
    transaction.insert(&ADD_UNITS, &units).await?;
    let percents: Vec<(&String, &String, String)> = previous
        .units
        .iter()
        .flat_map(|(unit, one)| one.components.iter().map(move |(code, part)| (unit, code, part.to_string())))
        .collect();
    let components: Vec<[Value<'_>; 4]> = percents
        .iter()
        .map(|(unit, code, percent)| [year.year.into(), (*unit).into(), (*code).into(), percent.into()])
        .collect();
    transaction.insert(&ADD_COMPONENTS, &components).await
}

pub(crate) async fn read(transaction: &mut Transaction, year: u16) -> Result<Rows> {
    let of = [year.into()];
    Ok(Rows {
        units: transaction.rows(UNITS, &of, unit).await?,
        components: transaction
            .rows(COMPONENTS, &of, |row| Ok([row.text(0)?, row.text(1)?, row.text(2)?]))
            .await?,
    })
}

fn unit(row: &Row<'_>) -> sqlx::Result<Unit> {
    Ok(Unit {
        code: row.text(0)?,
        index: row.maybe_text(1)?,
        class: row.maybe_text(2)?,
        origin: row.text(3)?,
    })
}
