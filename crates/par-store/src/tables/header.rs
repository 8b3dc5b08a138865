//! The year itself: header, clusters, blocks and their classes, thresholds, reasons, facts.

use par_core::year::{ProvinceMean, Year};

use crate::database::{Transaction, inserts, statements};
use crate::error::Result;
use crate::revision::Revision;
use crate::value::{Row, Value};

statements! {
    ADD_YEAR = "insert into years (year, revision, title, province, notice, province_mean, previous_year, rounds) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    YEAR = "select revision, title, province, notice, province_mean, previous_year, rounds from years where year = $1";
    CLUSTERS = "select position, id, name from clusters where year = $1 order by position";
    BLOCKS = "select position, id, name, set_position, cluster_position, own_classes from blocks where year = $1 order by position";
    CLASSES = "select block_position, position, name, from_points from block_classes where year = $1 order by block_position, position";
    THRESHOLDS = "select position, area, high, low from thresholds where year = $1 order by position";
    REASONS = "select position, code, name from reasons where year = $1 order by position";
    FACTS = "select position, key, value, origin, note from facts where year = $1 order by position";
}

inserts! {
    ADD_CLUSTERS[4] = "insert into clusters (year, position, id, name) values";
    ADD_BLOCKS[7] = "insert into blocks (year, position, id, name, set_position, cluster_position, own_classes) values";
    ADD_CLASSES[5] = "insert into block_classes (year, block_position, position, name, from_points) values";
    ADD_THRESHOLDS[5] = "insert into thresholds (year, position, area, high, low) values";
    ADD_REASONS[4] = "insert into reasons (year, position, code, name) values";
    ADD_FACTS[6] = "insert into facts (year, position, key, value, origin, note) values";
}

/// Words of `years.province_mean`.
pub(crate) const PROVINCE_MEANS: [(&str, ProvinceMean); 2] =
    [("cluster_means", ProvinceMean::ClusterMeans), ("units", ProvinceMean::Units)];

#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) year: u16,
    pub(crate) revision: i64,
    pub(crate) title: String,
    pub(crate) province: String,
    pub(crate) notice: Option<String>,
    pub(crate) province_mean: String,
    pub(crate) previous_year: Option<i64>,
    pub(crate) rounds: i64,
    pub(crate) clusters: Vec<(i64, [String; 2])>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) classes: Vec<Class>,
    pub(crate) thresholds: Vec<Threshold>,
    pub(crate) reasons: Vec<(i64, [String; 2])>,
    pub(crate) facts: Vec<(i64, [String; 4])>,
}

#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) position: i64,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) set: i64,
    pub(crate) cluster: i64,
    pub(crate) own_classes: bool,
}

#[derive(Debug)]
pub(crate) struct Class {
    pub(crate) block: i64,
    pub(crate) position: i64,
    pub(crate) name: String,
    pub(crate) from_points: i64,
}

#[derive(Debug)]
pub(crate) struct Threshold {
    pub(crate) position: i64,
    pub(crate) area: String,
    pub(crate) high: String,
    pub(crate) low: Option<String>,
}

pub(crate) async fn insert(transaction: &mut Transaction, year: &Year, revision: Revision) -> Result<()> {
    let word = PROVINCE_MEANS.iter().find(|(_, mean)| *mean == year.province_mean);
    let (word, _) = word.expect("every mean has a word");
    let previous: Option<i64> = year.previous.as_ref().map(|previous| i64::from(previous.year));
    let values = [
        year.year.into(),
        revision.number().into(),
        (&year.title).into(),
        (&year.province).into(),
        (&year.notice).into(),
        (*word).into(),
        previous.into(),
        i64::from(year.rounds.count()).into(),
    ];
    transaction.execute(ADD_YEAR, &values).await.map(drop)
}

/// The lists of the header; they refer to the sets the year uses.
pub(crate) async fn insert_lists(transaction: &mut Transaction, year: &Year) -> Result<()> {
    insert_blocks(transaction, year).await?;
    insert_words(transaction, year).await
}

async fn insert_blocks(transaction: &mut Transaction, year: &Year) -> Result<()> {
    let clusters: Vec<[Value<'_>; 4]> = year
        .clusters
        .iter()
        .enumerate()
        .map(|(i, cluster)| [year.year.into(), i.into(), (&cluster.id).into(), (&cluster.name).into()])
        .collect();
    transaction.insert(&ADD_CLUSTERS, &clusters).await?;
    let mut blocks: Vec<[Value<'_>; 7]> = Vec::new();
    let mut classes: Vec<[Value<'_>; 5]> = Vec::new();
    for (i, block) in year.blocks.iter().enumerate() {
        blocks.push([
            year.year.into(),
            i.into(),
            (&block.id).into(),
            (&block.name).into(),
            block.set.into(),
            block.cluster.into(),
            i64::from(block.classes.is_some()).into(),
        ]);
        for (position, class) in block.classes.iter().flatten().enumerate() {
            let from = class.from.millionths();
            classes.push([year.year.into(), i.into(), position.into(), (&class.name).into(), from.into()]);
        }
    }
    transaction.insert(&ADD_BLOCKS, &blocks).await?;
    transaction.insert(&ADD_CLASSES, &classes).await
}

async fn insert_words(transaction: &mut Transaction, year: &Year) -> Result<()> {
    let marks: Vec<(String, Option<String>)> = year
        .thresholds
        .iter()
        .map(|one| (one.high.to_string(), one.low.map(|low| low.to_string())))
        .collect();
    let thresholds: Vec<[Value<'_>; 5]> = year
        .thresholds
        .iter()
        .zip(&marks)
        .enumerate()
        .map(|(i, (one, (high, low)))| {
            [year.year.into(), i.into(), (&one.area).into(), high.into(), low.into()]
        })
        .collect();
    transaction.insert(&ADD_THRESHOLDS, &thresholds).await?;
    let reasons: Vec<[Value<'_>; 4]> = year
        .reasons
        .iter()
        .enumerate()
        .map(|(i, reason)| [year.year.into(), i.into(), (&reason.code).into(), (&reason.name).into()])
        .collect();
    transaction.insert(&ADD_REASONS, &reasons).await?;
    let facts: Vec<[Value<'_>; 6]> = year
        .facts
        .iter()
        .enumerate()
        .map(|(i, fact)| {
            let [key, value] = [&fact.key, &fact.value].map(Value::from);
            [year.year.into(), i.into(), key, value, (&fact.origin).into(), (&fact.note).into()]
        })
        .collect();
    transaction.insert(&ADD_FACTS, &facts).await
}

pub(crate) async fn read(transaction: &mut Transaction, year: u16) -> Result<Option<Rows>> {
    let of = [year.into()];
    let Some(rows) = transaction.row(YEAR, &of, header).await? else { return Ok(None) };
    Ok(Some(Rows {
        year,
        clusters: transaction
            .rows(CLUSTERS, &of, |row| Ok((row.whole(0)?, [row.text(1)?, row.text(2)?])))
            .await?,
        blocks: transaction.rows(BLOCKS, &of, block).await?,
        classes: transaction.rows(CLASSES, &of, class).await?,
        thresholds: transaction.rows(THRESHOLDS, &of, threshold).await?,
        reasons: transaction
            .rows(REASONS, &of, |row| Ok((row.whole(0)?, [row.text(1)?, row.text(2)?])))
            .await?,
        facts: transaction.rows(FACTS, &of, fact).await?,
        ..rows
    }))
}

fn header(row: &Row<'_>) -> sqlx::Result<Rows> {
    Ok(Rows {
        year: 0,
        revision: row.whole(0)?,
        title: row.text(1)?,
        province: row.text(2)?,
        notice: row.maybe_text(3)?,
        province_mean: row.text(4)?,
        previous_year: row.maybe_whole(5)?,
        rounds: row.whole(6)?,
        clusters: Vec::new(),
        blocks: Vec::new(),
        classes: Vec::new(),
        thresholds: Vec::new(),
        reasons: Vec::new(),
        facts: Vec::new(),
    })
}

fn block(row: &Row<'_>) -> sqlx::Result<Block> {
    Ok(Block {
        position: row.whole(0)?,
        id: row.text(1)?,
        name: row.text(2)?,
        set: row.whole(3)?,
        cluster: row.whole(4)?,
        own_classes: row.whole(5)? != 0,
    })
}

fn class(row: &Row<'_>) -> sqlx::Result<Class> {
    Ok(Class {
        block: row.whole(0)?,
        position: row.whole(1)?,
        name: row.text(2)?,
        from_points: row.whole(3)?,
    })
}

fn threshold(row: &Row<'_>) -> sqlx::Result<Threshold> {
    Ok(Threshold { position: row.whole(0)?, area: row.text(1)?, high: row.text(2)?, low: row.maybe_text(3)? })
}

fn fact(row: &Row<'_>) -> sqlx::Result<(i64, [String; 4])> {
    Ok((row.whole(0)?, [row.text(1)?, row.text(2)?, row.text(3)?, row.text(4)?]))
}
