//! Judgements and requests for explanation, one row a cell.

use par_core::year::Year;

use crate::cell::Cell;
use crate::database::{Transaction, inserts, statements};
use crate::error::Result;
use crate::journal;
use crate::revision::Revision;
use crate::value::{Row, Value};

statements! {
    JUDGEMENTS = "select unit, leaf, stage, points, inputs, revision from judgements where year = $1";
    REQUESTS = "select unit, leaf, round, reason, answer, outcome, revision from requests where year = $1";
    JUDGEMENT = "select unit, leaf, stage, points, inputs, revision from judgements where year = $1 and unit = $2 and leaf = $3 and stage = $4";
    PUT_JUDGEMENT = "insert into judgements (year, unit, leaf, stage, points, inputs, revision) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (year, unit, leaf, stage) do update set points = excluded.points, inputs = excluded.inputs, revision = excluded.revision";
}

inserts! {
    ADD_JUDGEMENTS[7] = "insert into judgements (year, unit, leaf, stage, points, inputs, revision) values";
    ADD_REQUESTS[8] = "insert into requests (year, unit, leaf, round, reason, answer, outcome, revision) values";
}

#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) judgements: Vec<JudgementRow>,
    pub(crate) requests: Vec<RequestRow>,
}

#[derive(Debug)]
pub(crate) struct JudgementRow {
    pub(crate) unit: String,
    pub(crate) leaf: String,
    pub(crate) stage: String,
    pub(crate) points: i64,
    pub(crate) inputs: String,
    pub(crate) revision: i64,
}

#[derive(Debug)]
pub(crate) struct RequestRow {
    pub(crate) unit: String,
    pub(crate) leaf: String,
    pub(crate) round: i64,
    pub(crate) reason: String,
    pub(crate) answer: Option<String>,
    pub(crate) outcome: String,
    pub(crate) revision: i64,
}

/// The judgements of a year as rows: unit, leaf, stage, points, inputs.
pub(crate) fn judgements_of(year: &Year) -> Vec<JudgementRow> {
    let mut rows = Vec::new();
    for (unit, file) in year.units.iter().zip(&year.files) {
        let set = &year.sets[year.blocks[unit.block].set];
        for ((leaf, _), file) in set.leaves().zip(&file.leaves) {
            for stage in year.rounds.stages() {
                let Some(judgement) = file.at(stage) else { continue };
                rows.push(JudgementRow {
                    unit: unit.code.clone(),
                    leaf: set.node(set.leaf_node(leaf)).code.clone(),
                    stage: stage.name().to_owned(),
                    points: judgement.points.millionths(),
                    inputs: judgement.inputs.to_string(),
                    revision: 0,
                });
            }
        }
    }
    rows
}

/// A digest of judgements that does not depend on the order of the rows nor on their revisions.
pub(crate) fn digest(rows: &[JudgementRow]) -> String {
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} {} {} {}", row.unit, row.leaf, row.stage, row.points, row.inputs))
        .collect();
    lines.sort_unstable();
    journal::digest(lines.iter().map(String::as_str))
}

pub(crate) async fn insert(transaction: &mut Transaction, year: &Year, revision: Revision) -> Result<()> {
    let revision = revision.number();
    let judgements = judgements_of(year);
    let rows: Vec<[Value<'_>; 7]> = judgements
        .iter()
        .map(|one| {
            let [unit, leaf, stage] = [&one.unit, &one.leaf, &one.stage].map(Value::from);
            let (points, inputs) = (one.points.into(), (&one.inputs).into());
            [year.year.into(), unit, leaf, stage, points, inputs, revision.into()]
        })
        .collect();
    transaction.insert(&ADD_JUDGEMENTS, &rows).await?;
    let mut requests: Vec<[Value<'_>; 8]> = Vec::new();
    for (position, unit) in year.units.iter().enumerate() {
        let set = year.set_of(position);
        for (leaf, node) in set.leaves() {
            for (round, said) in (1..).zip(&year.leaf_file(position, leaf).rounds) {
                let Some(request) = &said.request else { continue };
                let [unit, leaf, reason] =
                    [&unit.code, &set.node(node).code, &request.reason].map(Value::from);
                let (answer, outcome) = ((&request.answer).into(), request.outcome.name().into());
                let round = Value::Whole(round);
                requests.push([
                    year.year.into(),
                    unit,
                    leaf,
                    round,
                    reason,
                    answer,
                    outcome,
                    revision.into(),
                ]);
            }
        }
    }
    transaction.insert(&ADD_REQUESTS, &requests).await
}

pub(crate) async fn read(transaction: &mut Transaction, year: u16) -> Result<Rows> {
    let of = [year.into()];
    Ok(Rows {
        judgements: transaction.rows(JUDGEMENTS, &of, judgement).await?,
        requests: transaction.rows(REQUESTS, &of, request).await?,
    })
}

/// The judgement of one cell.
pub(crate) async fn read_one(transaction: &mut Transaction, cell: &Cell<'_>) -> Result<Option<JudgementRow>> {
    let values = [cell.year.into(), cell.unit.into(), cell.leaf.into(), cell.stage.name().into()];
    transaction.row(JUDGEMENT, &values, judgement).await
}

/// Writes the judgement of one cell.
pub(crate) async fn put(
    transaction: &mut Transaction,
    cell: &Cell<'_>,
    (points, inputs): (i64, &str),
    revision: Revision,
) -> Result<()> {
    let values = [
        cell.year.into(),
        cell.unit.into(),
        cell.leaf.into(),
        cell.stage.name().into(),
        points.into(),
        inputs.into(),
        revision.number().into(),
    ];
    transaction.execute(PUT_JUDGEMENT, &values).await.map(drop)
}

fn judgement(row: &Row<'_>) -> sqlx::Result<JudgementRow> {
    Ok(JudgementRow {
        unit: row.text(0)?,
        leaf: row.text(1)?,
        stage: row.text(2)?,
        points: row.whole(3)?,
        inputs: row.text(4)?,
        revision: row.whole(5)?,
    })
}

fn request(row: &Row<'_>) -> sqlx::Result<RequestRow> {
    Ok(RequestRow {
        unit: row.text(0)?,
        leaf: row.text(1)?,
        round: row.whole(2)?,
        reason: row.text(3)?,
        answer: row.maybe_text(4)?,
        outcome: row.text(5)?,
        revision: row.whole(6)?,
    })
}
