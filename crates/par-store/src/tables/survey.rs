//! The sociological survey as a year reads it: forms, questions, plan, counts of sheets and answers.

use par_core::year::Year;
use par_core::year::survey::Counts;

use crate::database::{Transaction, inserts, statements};
use crate::error::Result;
use crate::value::{Row, Value};

statements! {
    FORMS = "select position, code, name, respondents, rates from survey_forms where year = $1 order by position";
    QUESTIONS = "select form, position, code, wording from survey_questions where year = $1 order by position";
    PLAN = "select position, form, code, name, issued, required from survey_plan where year = $1 order by position";
    RETURNS = "select form, stratum, accepted, rejected, over_quota, not_returned from survey_returns where year = $1";
    COUNTS = "select form, unit, question, option, count from survey_counts where year = $1";
}

inserts! {
    ADD_FORMS[6] = "insert into survey_forms (year, code, position, name, respondents, rates) values";
    ADD_QUESTIONS[5] = "insert into survey_questions (year, form, position, code, wording) values";
    ADD_PLAN[7] = "insert into survey_plan (year, position, form, code, name, issued, required) values";
    ADD_RETURNS[7] = "insert into survey_returns (year, form, stratum, accepted, rejected, over_quota, not_returned) values";
    ADD_COUNTS[6] = "insert into survey_counts (year, form, unit, question, option, count) values";
}

#[derive(Debug)]
pub(crate) struct Rows {
    /// Position; code, name, respondents, rates.
    pub(crate) forms: Vec<(i64, [String; 4])>,
    pub(crate) questions: Vec<Question>,
    pub(crate) plan: Vec<Stratum>,
    /// Form, stratum; accepted, rejected, over quota, not returned.
    pub(crate) returns: Vec<([String; 2], [i64; 4])>,
    /// Form, unit, question, option; how many.
    pub(crate) counts: Vec<([String; 4], i64)>,
}

#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) form: String,
    pub(crate) position: i64,
    pub(crate) code: String,
    pub(crate) wording: String,
}

#[derive(Debug)]
pub(crate) struct Stratum {
    pub(crate) position: i64,
    pub(crate) form: String,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) issued: i64,
    pub(crate) required: i64,
}

pub(crate) async fn insert(transaction: &mut Transaction, year: &Year) -> Result<()> {
    insert_forms(transaction, year).await?;
    insert_counts(transaction, year).await
}

async fn insert_forms(transaction: &mut Transaction, year: &Year) -> Result<()> {
    let mut forms: Vec<[Value<'_>; 6]> = Vec::new();
    let mut questions: Vec<[Value<'_>; 5]> = Vec::new();
    for (i, form) in year.survey.forms.iter().enumerate() {
        let [code, name, respondents, rates] =
            [&form.code, &form.name, &form.respondents, &form.rates].map(Value::from);
        forms.push([year.year.into(), code, i.into(), name, respondents, rates]);
        for (position, one) in form.questions.iter().enumerate() {
            questions.push([year.year.into(), code, position.into(), (&one.code).into(), (&one.text).into()]);
        }
    }
    let plan: Vec<[Value<'_>; 7]> = year
        .survey
        .plan
        .iter()
        .enumerate()
        .map(|(i, one)| {
            let [form, code, name] = [&one.form, &one.code, &one.name].map(Value::from);
            let [issued, required] = [one.issued, one.required].map(|count| Value::Whole(i64::from(count)));
            [year.year.into(), i.into(), form, code, name, issued, required]
        })
        .collect();
    transaction.insert(&ADD_FORMS, &forms).await?;
    transaction.insert(&ADD_QUESTIONS, &questions).await?;
    transaction.insert(&ADD_PLAN, &plan).await
}

async fn insert_counts(transaction: &mut Transaction, year: &Year) -> Result<()> {
    let number = |count: usize| Value::Whole(i64::try_from(count).expect("fewer sheets than that"));
    let returns: Vec<[Value<'_>; 7]> = year
        .survey
        .returns
        .iter()
        .map(|((form, stratum), counts)| {
            let Counts { accepted, rejected, over_quota, not_returned } = *counts;
            let [accepted, rejected, over, missing] =
                [accepted, rejected, over_quota, not_returned].map(number);
            [year.year.into(), form.into(), stratum.into(), accepted, rejected, over, missing]
        })
        .collect();
    transaction.insert(&ADD_RETURNS, &returns).await?;
    let options: Vec<String> = ('A'..='Z').map(String::from).collect();
    let mut counts: Vec<[Value<'_>; 6]> = Vec::new();
    for (unit, question, form, tally) in year.survey.answers.iter() {
        for (option, count) in tally {
            let option = &options[(u32::from(*option) - u32::from('A')) as usize];
            let [form, unit, question] = [form, &year.units[unit].code, question].map(Value::from);
            counts.push([year.year.into(), form, unit, question, option.into(), i64::from(*count).into()]);
        }
    }
    transaction.insert(&ADD_COUNTS, &counts).await
}

pub(crate) async fn read(transaction: &mut Transaction, year: u16) -> Result<Rows> {
    let of = [year.into()];
    Ok(Rows {
        forms: transaction
            .rows(FORMS, &of, |row| {
                Ok((row.whole(0)?, [row.text(1)?, row.text(2)?, row.text(3)?, row.text(4)?]))
            })
            .await?,
        questions: transaction.rows(QUESTIONS, &of, question).await?,
        plan: transaction.rows(PLAN, &of, stratum).await?,
        returns: transaction.rows(RETURNS, &of, returned).await?,
        counts: transaction.rows(COUNTS, &of, counted).await?,
    })
}

fn question(row: &Row<'_>) -> sqlx::Result<Question> {
    Ok(Question { form: row.text(0)?, position: row.whole(1)?, code: row.text(2)?, wording: row.text(3)? })
}

fn stratum(row: &Row<'_>) -> sqlx::Result<Stratum> {
    Ok(Stratum {
        position: row.whole(0)?,
        form: row.text(1)?,
        code: row.text(2)?,
        name: row.text(3)?,
        issued: row.whole(4)?,
        required: row.whole(5)?,
    })
}

fn returned(row: &Row<'_>) -> sqlx::Result<([String; 2], [i64; 4])> {
    Ok(([row.text(0)?, row.text(1)?], [row.whole(2)?, row.whole(3)?, row.whole(4)?, row.whole(5)?]))
}

fn counted(row: &Row<'_>) -> sqlx::Result<([String; 4], i64)> {
    Ok(([row.text(0)?, row.text(1)?, row.text(2)?, row.text(3)?], row.whole(4)?))
}
