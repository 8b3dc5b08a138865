//! Units of a year, what they continue, and what is not evaluated for them.

use par_core::moment::Day;
use par_core::year::{self, Year};

use crate::database::{Transaction, inserts, statements};
use crate::error::Result;
use crate::value::{Row, Value};

statements! {
    UNITS = "select position, code, name, slug, block_position, status, since, until, ground from units where year = $1 order by position";
    PREDECESSORS = "select unit, position, predecessor from unit_predecessors where year = $1 order by position";
    EXEMPTIONS = "select position, unit, code, reason from exemptions where year = $1 order by position";
}

inserts! {
    ADD_UNITS[10] = "insert into units (year, code, position, name, slug, block_position, status, since, until, ground) values";
    ADD_PREDECESSORS[4] = "insert into unit_predecessors (year, unit, position, predecessor) values";
    ADD_EXEMPTIONS[5] = "insert into exemptions (year, position, unit, code, reason) values";
}

#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) units: Vec<Unit>,
    /// Unit, position, code of the year before.
    pub(crate) predecessors: Vec<(String, i64, String)>,
    pub(crate) exemptions: Vec<Exemption>,
}

#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) position: i64,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) block: i64,
    pub(crate) status: String,
    /// First and last day, as yyyy-mm-dd.
    pub(crate) period: [Option<String>; 2],
    pub(crate) ground: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Exemption {
    pub(crate) position: i64,
    pub(crate) unit: Option<String>,
    pub(crate) code: String,
    pub(crate) reason: String,
}

pub(crate) async fn insert(transaction: &mut Transaction, year: &Year) -> Result<()> {
    let texts: Vec<[Option<String>; 3]> = year.units.iter().map(period_and_ground).collect();
    let mut units: Vec<[Value<'_>; 10]> = Vec::new();
    let mut predecessors: Vec<[Value<'_>; 4]> = Vec::new();
    for (i, unit) in year.units.iter().enumerate() {
        let [code, name, slug] = [&unit.code, &unit.name, &unit.slug].map(Value::from);
        let [since, until, ground] = texts[i].each_ref().map(|text| text.as_deref().into());
        let (number, block, status) = (year.year.into(), unit.block.into(), unit.status.name().into());
        units.push([number, code, i.into(), name, slug, block, status, since, until, ground]);
        for (position, one) in unit.predecessors.iter().enumerate() {
            predecessors.push([year.year.into(), code, position.into(), one.into()]);
        }
    }
    transaction.insert(&ADD_UNITS, &units).await?;
    transaction.insert(&ADD_PREDECESSORS, &predecessors).await?;
    let exemptions: Vec<[Value<'_>; 5]> = year
        .exemptions
        .iter()
        .enumerate()
        .map(|(i, one)| {
            let unit = one.unit.map(|unit| year.units[unit].code.as_str());
            [year.year.into(), i.into(), unit.into(), (&one.code).into(), (&one.reason).into()]
        })
        .collect();
    transaction.insert(&ADD_EXEMPTIONS, &exemptions).await
}

/// First day, last day, ground.
fn period_and_ground(unit: &year::Unit) -> [Option<String>; 3] {
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    [day(unit.period.from), day(unit.period.to), unit.ground.as_ref().map(ToString::to_string)]
}

pub(crate) async fn read(transaction: &mut Transaction, year: u16) -> Result<Rows> {
    let of = [year.into()];
    Ok(Rows {
        units: transaction.rows(UNITS, &of, unit).await?,
        predecessors: transaction
            .rows(PREDECESSORS, &of, |row| Ok((row.text(0)?, row.whole(1)?, row.text(2)?)))
            .await?,
        exemptions: transaction.rows(EXEMPTIONS, &of, exemption).await?,
    })
}

fn unit(row: &Row<'_>) -> sqlx::Result<Unit> {
    Ok(Unit {
        position: row.whole(0)?,
        code: row.text(1)?,
        name: row.text(2)?,
        slug: row.text(3)?,
        block: row.whole(4)?,
        status: row.text(5)?,
        period: [row.maybe_text(6)?, row.maybe_text(7)?],
        ground: row.maybe_text(8)?,
    })
}

fn exemption(row: &Row<'_>) -> sqlx::Result<Exemption> {
    Ok(Exemption {
        position: row.whole(0)?,
        unit: row.maybe_text(1)?,
        code: row.text(2)?,
        reason: row.text(3)?,
    })
}
