//! Survey files of a year folder.

use std::collections::HashMap;

use super::Unit;
use super::read::Reader;
use super::survey::{FormType, Question, Rating, Sheet, SheetStatus, Stratum, Survey};
use crate::problem::{Named, ProblemKind};

pub(super) fn survey(reader: &mut Reader<'_>, units: &[Unit]) -> Survey {
    let forms = forms(reader);
    let plan = plan(reader, &forms);
    let sheets = sheets(reader, &forms, units);
    Survey { forms, plan, sheets }
}

fn forms(reader: &mut Reader<'_>) -> Vec<FormType> {
    let rows = reader.rows("survey-forms.csv", &["form", "name", "respondents", "rates"], &[]);
    let mut forms: Vec<FormType> = rows
        .iter()
        .map(|row| FormType {
            code: row.text("form").to_owned(),
            name: row.text("name").to_owned(),
            respondents: row.text("respondents").to_owned(),
            rates: row.text("rates").to_owned(),
            questions: Vec::new(),
        })
        .collect();
    for row in reader.rows("survey-questions.csv", &["form", "question", "text"], &[]) {
        let question = Question { code: row.text("question").to_owned(), text: row.text("text").to_owned() };
        match forms.iter_mut().find(|form| form.code == row.text("form")) {
            Some(form) if form.questions.iter().any(|known| known.code == question.code) => {
                let first = "survey-questions.csv".to_owned();
                row.fault::<()>(&mut reader.problems, ProblemKind::Duplicate { value: question.code, first });
            }
            Some(form) => form.questions.push(question),
            None => {
                reader.unknown(&row, Named::Form, row.text("form"));
            }
        }
    }
    forms
}

fn plan(reader: &mut Reader<'_>, forms: &[FormType]) -> Vec<Stratum> {
    let columns = ["form", "stratum", "name", "issued", "required"];
    let mut plan = Vec::new();
    for row in reader.rows("survey-plan.csv", &columns, &[]) {
        if forms.iter().all(|form| form.code != row.text("form")) {
            reader.unknown(&row, Named::Form, row.text("form"));
        }
        let issued = row.whole("issued", &mut reader.problems);
        let required = row.whole("required", &mut reader.problems);
        plan.push(Stratum {
            form: row.text("form").to_owned(),
            code: row.text("stratum").to_owned(),
            name: row.text("name").to_owned(),
            issued: issued.unwrap_or(0),
            required: required.unwrap_or(0),
        });
    }
    plan
}

fn sheets(reader: &mut Reader<'_>, forms: &[FormType], units: &[Unit]) -> Vec<Sheet> {
    let columns = ["serial", "form", "stratum", "status", "refusal", "unit", "answers"];
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut place: HashMap<String, usize> = HashMap::new();
    for row in reader.rows("survey-sheets.csv", &columns, &[]) {
        let Some(form) = forms.iter().find(|form| form.code == row.text("form")) else {
            reader.unknown(&row, Named::Form, row.text("form"));
            continue;
        };
        let Some(status) = SheetStatus::named(row.text("status")) else {
            let allowed = SheetStatus::ALL.map(|status| status.name().to_owned()).to_vec();
            let value = row.text("status").to_owned();
            let kind = ProblemKind::NotAllowed { key: "status".to_owned(), value, allowed };
            row.fault::<()>(&mut reader.problems, kind);
            continue;
        };
        let at = *place.entry(row.text("serial").to_owned()).or_insert_with(|| {
            sheets.push(Sheet {
                serial: row.text("serial").to_owned(),
                form: form.code.clone(),
                stratum: row.text("stratum").to_owned(),
                status,
                refusal: row.text("refusal").to_owned(),
                ratings: Vec::new(),
            });
            sheets.len() - 1
        });
        if sheets[at].form != form.code || sheets[at].status != status {
            let kind = ProblemKind::Duplicate {
                value: row.text("serial").to_owned(),
                first: "survey-sheets.csv".to_owned(),
            };
            row.fault::<()>(&mut reader.problems, kind);
            continue;
        }
        let Some(name) = row.filled("unit") else { continue };
        let Some(unit) = units.iter().position(|unit| unit.code == name) else {
            reader.unknown(&row, Named::Unit, name);
            continue;
        };
        let answers = row.text("answers").to_owned();
        let well_formed = answers.len() == form.questions.len()
            && answers.bytes().all(|answer| answer == b'-' || answer.is_ascii_uppercase());
        if well_formed {
            sheets[at].ratings.push(Rating { unit, answers });
        } else {
            let kind = ProblemKind::BadAnswer { column: "answers".to_owned(), answer: answers };
            row.fault::<()>(&mut reader.problems, kind);
        }
    }
    sheets
}
