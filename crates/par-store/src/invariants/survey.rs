//! Sheets against quotas, answers against questions, counts against sheets.

use std::collections::{BTreeMap, HashMap, HashSet};

use par_core::rule::Rule;
use par_core::rule::survey::Tally;
use par_core::year::Year;
use par_core::year::sheets::{Sheet, SheetStatus, Sheets};
use par_core::year::survey::{Answers, Counts, FormType};

use super::lists::unique;
use crate::fact::Fact;
use crate::finding::Findings;

pub(super) fn check(year: &Year, findings: &mut Findings) {
    let survey = &year.survey;
    unique(Fact::FormCode, "survey_forms", survey.forms.iter().map(|form| &form.code), findings);
    for form in &survey.forms {
        let codes = form.questions.iter().map(|question| &question.code);
        unique(Fact::FormCode, &format!("survey_questions {}", form.code), codes, findings);
    }
    questions(year, findings);
    let forms: HashMap<&str, &FormType> =
        survey.forms.iter().map(|form| (form.code.as_str(), form)).collect();
    for stratum in &survey.plan {
        if !forms.contains_key(stratum.form.as_str()) {
            let place = format!("survey_plan {}", stratum.code);
            findings.add(Fact::SurveyForm, place, &stratum.form, "a form of the year");
        }
    }
    for (form, stratum) in survey.returns.keys().filter(|key| !strata(year).contains(key)) {
        let place = format!("survey_returns {form} {stratum}");
        findings.add(Fact::SheetStratum, place, format!("{form} {stratum}"), "a quota of the plan");
    }
    quotas(year, findings);
}

/// Quotas by form and code.
fn strata(year: &Year) -> HashSet<(String, String)> {
    year.survey.plan.iter().map(|one| (one.form.clone(), one.code.clone())).collect()
}

/// Sheets against forms and quotas, and counts against sheets.
pub(super) fn check_sheets(year: &Year, sheets: &Sheets, findings: &mut Findings) {
    let survey = &year.survey;
    let forms: HashMap<&str, &FormType> =
        survey.forms.iter().map(|form| (form.code.as_str(), form)).collect();
    let strata = strata(year);
    for sheet in &sheets.0 {
        let place = format!("survey_sheets {}", sheet.serial);
        match forms.get(sheet.form.as_str()) {
            None => findings.add(Fact::SurveyForm, &place, &sheet.form, "a form of the year"),
            Some(form) => answers(sheet, form, year, findings),
        }
        if !strata.contains(&(sheet.form.clone(), sheet.stratum.clone())) {
            let said = format!("{} {}", sheet.form, sheet.stratum);
            findings.add(Fact::SheetStratum, &place, said, "a quota of the plan");
        }
        if sheet.refusal.is_empty() == (sheet.status == SheetStatus::Rejected) {
            findings.add(Fact::SheetRefusal, &place, &sheet.refusal, sheet.status.name());
        }
        if sheet.status == SheetStatus::NotReturned && !sheet.ratings.is_empty() {
            findings.add(Fact::SheetReturned, &place, sheet.ratings.len(), 0);
        }
    }
    if !sheets.0.is_empty() {
        counted(year, sheets, findings);
    }
}

/// What a year says its sheets come to, against the sheets: the first difference of each table.
fn counted(year: &Year, sheets: &Sheets, findings: &mut Findings) {
    let returns = |all: &BTreeMap<(String, String), Counts>| -> BTreeMap<String, String> {
        let said = |Counts { accepted, rejected, over_quota, not_returned }| {
            format!(
                "accepted={accepted};rejected={rejected};over_quota={over_quota};not_returned={not_returned}"
            )
        };
        all.iter().map(|((form, stratum), counts)| (format!("{form} {stratum}"), said(*counts))).collect()
    };
    let answers = |all: &Answers| -> BTreeMap<String, String> {
        let said = |tally: &Tally| {
            tally.iter().map(|(option, count)| format!("{option}={count}")).collect::<Vec<_>>().join(";")
        };
        let place = |form, unit: usize, question| format!("{form} {} {question}", year.units[unit].code);
        all.iter().map(|(unit, question, form, tally)| (place(form, unit, question), said(tally))).collect()
    };
    let survey = &year.survey;
    for (table, said, expected) in [
        ("survey_returns", returns(&survey.returns), returns(&sheets.returns())),
        ("survey_counts", answers(&survey.answers), answers(&sheets.answers(&survey.forms))),
    ] {
        let of = |all: &BTreeMap<String, String>, key: &String| all.get(key).cloned().unwrap_or_default();
        let mut keys = said.keys().chain(expected.keys());
        if let Some(key) = keys.find(|key| said.get(*key) != expected.get(*key)) {
            findings.add(Fact::SurveyCounts, format!("{table} {key}"), of(&said, key), of(&expected, key));
        }
    }
}

/// Questions that criteria count must be asked somewhere.
fn questions(year: &Year, findings: &mut Findings) {
    let asked: HashSet<&str> =
        year.survey.forms.iter().flat_map(|form| &form.questions).map(|one| one.code.as_str()).collect();
    for set in &year.sets {
        for (leaf, node) in set.leaves() {
            let Rule::Survey(rule) = &set.scoring(leaf).rule else { continue };
            for question in rule.questions.iter().filter(|question| !asked.contains(question.as_str())) {
                let place = format!("{} {}", set.id, set.node(node).code);
                findings.add(Fact::SetQuestion, place, question, "a question of a form");
            }
        }
    }
}

fn answers(sheet: &Sheet, form: &FormType, year: &Year, findings: &mut Findings) {
    let mut rated = HashSet::new();
    for rating in &sheet.ratings {
        let place = || format!("survey_ratings {} {}", sheet.serial, year.units[rating.unit].code);
        if !rated.insert(rating.unit) {
            findings.add(Fact::RatingOnce, place(), "twice", "once");
        }
        if rating.answers.chars().count() != form.questions.len() {
            findings.add(Fact::AnswerLength, place(), &rating.answers, form.questions.len());
        }
        if !rating.answers.bytes().all(|answer| answer == b'-' || answer.is_ascii_uppercase()) {
            findings.add(Fact::AnswerLetter, place(), &rating.answers, "A to Z or -");
        }
    }
}

/// Issued, accepted and refused sheets of each quota.
fn quotas(year: &Year, findings: &mut Findings) {
    for stratum in &year.survey.plan {
        let place = format!("survey_plan {} {}", stratum.form, stratum.code);
        let counts = year.survey.counts_of(stratum);
        let (accepted, required) = (counts.accepted, stratum.required as usize);
        findings.same(Fact::SheetIssued, &place, counts.issued(), stratum.issued as usize);
        if accepted > required {
            findings.add(Fact::SheetQuota, &place, accepted, required);
        }
        if counts.over_quota > 0 && accepted < required {
            findings.add(Fact::OverQuota, &place, accepted, required);
        }
    }
}
