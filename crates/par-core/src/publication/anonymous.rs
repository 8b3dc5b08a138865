//! Survey sheets as they may be published: every count stays, nobody's sheet does.
//!
//! Answers to a question about a unit are taken from all accepted sheets of a form, sorted, and dealt
//! out again. Points, and counts by unit, question and form, stay what they were; which answers stood
//! together on one sheet, or came from which kind of respondent, can no longer be read. Where fewer than
//! [`SMALLEST`] sheets of a form speak of a unit, its answers are dealt over all forms that ask the same
//! question about it, so that not even the form tells whose they are.

use std::collections::{BTreeMap, HashMap};

use crate::year::Year;
use crate::year::survey::{Sheet, SheetStatus, Survey};

/// Fewer accepted sheets of one form about one unit than this are not told apart from other forms'.
pub const SMALLEST: usize = 5;

/// A place of an answer: sheet, rating, question.
type Slot = (usize, usize, usize);

/// The year as it may be published. Doing it again changes nothing.
pub fn publishable(year: &Year) -> Year {
    let mut year = year.clone();
    let survey = &mut year.survey;
    for sheet in &mut survey.sheets {
        // Answers that do not count prove nothing, and are not kept in public.
        if sheet.status != SheetStatus::Accepted {
            sheet.ratings.clear();
        }
        sheet.ratings.sort_by_key(|rating| rating.unit);
    }
    reorder(survey);
    deal(survey);
    year
}

/// Sheets by form, kind of respondent, status and units rated, with new serial numbers: neither the
/// order of keying nor a list of who was handed which sheet leads to one.
fn reorder(survey: &mut Survey) {
    let form_of: HashMap<&str, usize> =
        survey.forms.iter().enumerate().map(|(i, form)| (form.code.as_str(), i)).collect();
    let strata: HashMap<(&str, &str), usize> =
        survey.plan.iter().enumerate().map(|(i, one)| ((one.form.as_str(), one.code.as_str()), i)).collect();
    let status = |sheet: &Sheet| SheetStatus::ALL.iter().position(|status| *status == sheet.status);
    survey.sheets.sort_by_cached_key(|sheet| {
        let units: Vec<usize> = sheet.ratings.iter().map(|rating| rating.unit).collect();
        let stratum = strata.get(&(sheet.form.as_str(), sheet.stratum.as_str())).copied();
        let form = form_of.get(sheet.form.as_str()).copied();
        (form, stratum.unwrap_or(usize::MAX), sheet.stratum.clone(), status(sheet), units, shape(sheet))
    });
    let mut last: HashMap<String, usize> = HashMap::new();
    for sheet in &mut survey.sheets {
        let number = last.entry(sheet.form.clone()).or_default();
        *number += 1;
        sheet.serial = format!("{}-{number:05}", sheet.form);
    }
}

/// What of a sheet dealing does not move: where questions were not asked, and why it was refused.
fn shape(sheet: &Sheet) -> (String, Vec<String>) {
    let asked = |answers: &str| answers.replace(|answer: char| answer != '-', "x");
    (sheet.refusal.clone(), sheet.ratings.iter().map(|rating| asked(&rating.answers)).collect())
}

fn deal(survey: &mut Survey) {
    let mut places: BTreeMap<(usize, &str), BTreeMap<&str, Vec<Slot>>> = BTreeMap::new();
    let forms: HashMap<&str, _> = survey.forms.iter().map(|form| (form.code.as_str(), form)).collect();
    for (i, sheet) in survey.sheets.iter().enumerate() {
        let Some(form) = forms.get(sheet.form.as_str()) else { continue };
        for (j, rating) in sheet.ratings.iter().enumerate() {
            for (k, (question, answer)) in form.questions.iter().zip(rating.answers.bytes()).enumerate() {
                if answer != b'-' {
                    let by_form = places.entry((rating.unit, &question.code)).or_default();
                    by_form.entry(&form.code).or_default().push((i, j, k));
                }
            }
        }
    }
    let groups: Vec<Vec<Slot>> = places.into_values().flat_map(groups_of).collect();
    let mut answers: Vec<Vec<Vec<u8>>> = survey
        .sheets
        .iter()
        .map(|sheet| sheet.ratings.iter().map(|rating| rating.answers.clone().into_bytes()).collect())
        .collect();
    for slots in groups {
        let mut dealt: Vec<u8> = slots.iter().map(|(i, j, k)| answers[*i][*j][*k]).collect();
        dealt.sort_unstable();
        for ((i, j, k), answer) in slots.into_iter().zip(dealt) {
            answers[i][j][k] = answer;
        }
    }
    for (sheet, of_sheet) in survey.sheets.iter_mut().zip(answers) {
        for (rating, answers) in sheet.ratings.iter_mut().zip(of_sheet) {
            rating.answers = String::from_utf8(answers).expect("answers are ASCII letters and dashes");
        }
    }
}

/// The groups over which answers to one question about one unit are dealt.
fn groups_of(by_form: BTreeMap<&str, Vec<Slot>>) -> Vec<Vec<Slot>> {
    if by_form.values().all(|slots| slots.len() >= SMALLEST) {
        return by_form.into_values().collect();
    }
    let mut all: Vec<Slot> = by_form.into_values().flatten().collect();
    all.sort_unstable();
    vec![all]
}
