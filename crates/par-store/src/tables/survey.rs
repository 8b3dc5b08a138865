//! The sociological survey: forms, questions, plan, sheets and ratings.

use par_core::year::Year;

use crate::database::{Row, Transaction, Value, inserts, statements};
use crate::error::Result;

statements! {
    FORMS = "select position, code, name, respondents, rates from survey_forms where year = $1 order by position";
    QUESTIONS = "select form, position, code, wording from survey_questions where year = $1 order by position";
    PLAN = "select position, form, code, name, issued, required from survey_plan where year = $1 order by position";
    SHEETS = "select position, serial, form, stratum, status, refusal from survey_sheets where year = $1 order by position";
    RATINGS = "select serial, position, unit, answers from survey_ratings where year = $1 order by position";
}

inserts! {
    ADD_FORMS[6] = "insert into survey_forms (year, code, position, name, respondents, rates) values";
    ADD_QUESTIONS[5] = "insert into survey_questions (year, form, position, code, wording) values";
    ADD_PLAN[7] = "insert into survey_plan (year, position, form, code, name, issued, required) values";
    ADD_SHEETS[7] = "insert into survey_sheets (year, serial, position, form, stratum, status, refusal) values";
    ADD_RATINGS[5] = "insert into survey_ratings (year, serial, position, unit, answers) values";
}

#[derive(Debug)]
pub(crate) struct Rows {
    /// Position; code, name, respondents, rates.
    pub(crate) forms: Vec<(i64, [String; 4])>,
    pub(crate) questions: Vec<Question>,
    pub(crate) plan: Vec<Stratum>,
    /// Position; serial, form, stratum, status, refusal.
    pub(crate) sheets: Vec<(i64, [String; 5])>,
    pub(crate) ratings: Vec<Rating>,
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

#[derive(Debug)]
pub(crate) struct Rating {
    pub(crate) serial: String,
    pub(crate) position: i64,
    pub(crate) unit: String,
    pub(crate) answers: String,
}

pub(crate) async fn insert(transaction: &mut Transaction, year: &Year) -> Result<()> {
    insert_forms(transaction, year).await?;
    insert_sheets(transaction, year).await
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

async fn insert_sheets(transaction: &mut Transaction, year: &Year) -> Result<()> {
    let mut sheets: Vec<[Value<'_>; 7]> = Vec::new();
    let mut ratings: Vec<[Value<'_>; 5]> = Vec::new();
    for (i, sheet) in year.survey.sheets.iter().enumerate() {
        let [serial, form, stratum] = [&sheet.serial, &sheet.form, &sheet.stratum].map(Value::from);
        let status = sheet.status.name().into();
        sheets.push([year.year.into(), serial, i.into(), form, stratum, status, (&sheet.refusal).into()]);
        for (position, rating) in sheet.ratings.iter().enumerate() {
            let unit = &year.units[rating.unit].code;
            ratings.push([year.year.into(), serial, position.into(), unit.into(), (&rating.answers).into()]);
        }
    }
    transaction.insert(&ADD_SHEETS, &sheets).await?;
    transaction.insert(&ADD_RATINGS, &ratings).await
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
        sheets: transaction.rows(SHEETS, &of, sheet).await?,
        ratings: transaction.rows(RATINGS, &of, rating).await?,
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

fn sheet(row: &Row<'_>) -> sqlx::Result<(i64, [String; 5])> {
    Ok((row.whole(0)?, [row.text(1)?, row.text(2)?, row.text(3)?, row.text(4)?, row.text(5)?]))
}

fn rating(row: &Row<'_>) -> sqlx::Result<Rating> {
    Ok(Rating { serial: row.text(0)?, position: row.whole(1)?, unit: row.text(2)?, answers: row.text(3)? })
}
