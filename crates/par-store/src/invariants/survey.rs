//! Sheets against quotas, answers against questions.

use std::collections::{HashMap, HashSet};

use par_core::rule::Rule;
use par_core::year::Year;
use par_core::year::survey::{FormType, Sheet, SheetStatus};

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
    let strata: HashSet<(&str, &str)> =
        survey.plan.iter().map(|one| (one.form.as_str(), one.code.as_str())).collect();
    for sheet in &survey.sheets {
        let place = format!("survey_sheets {}", sheet.serial);
        match forms.get(sheet.form.as_str()) {
            None => findings.add(Fact::SurveyForm, &place, &sheet.form, "a form of the year"),
            Some(form) => answers(sheet, form, year, findings),
        }
        if !strata.contains(&(sheet.form.as_str(), sheet.stratum.as_str())) {
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
    quotas(year, findings);
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
        let of_stratum = || {
            let sheets = year.survey.sheets.iter();
            sheets.filter(|sheet| sheet.form == stratum.form && sheet.stratum == stratum.code)
        };
        let count = |status| of_stratum().filter(|sheet| sheet.status == status).count();
        let (accepted, required) = (count(SheetStatus::Accepted), stratum.required as usize);
        findings.same(Fact::SheetIssued, &place, of_stratum().count(), stratum.issued as usize);
        if accepted > required {
            findings.add(Fact::SheetQuota, &place, accepted, required);
        }
        let over = of_stratum().filter(|sheet| sheet.refusal == "over_quota").count();
        if over > 0 && accepted < required {
            findings.add(Fact::OverQuota, &place, accepted, required);
        }
    }
}
