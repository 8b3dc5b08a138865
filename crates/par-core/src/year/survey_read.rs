//! Survey files of a year folder: forms, plan, and either the sheets or the counts made of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Unit;
use super::csv_table::Row;
use super::read::Reader;
use super::sheets::{Rating, Sheet, SheetStatus, Sheets};
use super::survey::{Answers, Counts, FormType, POOLED, Question, Stratum, Survey};
use crate::problem::{Named, Problem, ProblemKind};
use crate::rule::survey::Tally;

/// Single sheets.
pub(super) const SHEETS: &str = "survey-sheets.csv";
/// Answers, counted.
pub(super) const COUNTS: &str = "survey-counts.csv";
/// What became of the sheets, counted.
pub(super) const RETURNS: &str = "survey-returns.csv";

/// The survey, and its sheets where the folder has them.
pub(super) fn survey(reader: &mut Reader<'_>, units: &[Unit]) -> (Survey, Sheets) {
    let forms = forms(reader);
    let plan = plan(reader, &forms);
    if !reader.has(COUNTS) && !reader.has(RETURNS) {
        let sheets = Sheets(sheets(reader, &forms, &plan, units));
        let (returns, answers) = (sheets.returns(), sheets.answers(&forms));
        return (Survey { forms, plan, returns, answers }, sheets);
    }
    if reader.has(SHEETS) {
        // Two sources of one figure would have to agree; a folder brings one.
        let kind = ProblemKind::SheetsAndCounts;
        reader.problems.push(Problem { file: SHEETS.to_owned(), line: 0, kind });
    }
    let returns = returns(reader, &plan);
    let answers = answers(reader, &forms, &returns, units);
    (Survey { forms, plan, returns, answers }, Sheets::default())
}

fn forms(reader: &mut Reader<'_>) -> Vec<FormType> {
    let rows = reader.rows("survey-forms.csv", &["form", "name", "respondents", "rates"], &[]);
    let mut forms: Vec<FormType> = Vec::new();
    for row in rows {
        let code = row.text("form").to_owned();
        if code.is_empty() {
            row.fault::<()>(&mut reader.problems, ProblemKind::KeyMissing("form".to_owned()));
        } else if forms.iter().any(|form| form.code == code) {
            twice(reader, &row, code);
        } else {
            let (name, rates) = (row.text("name").to_owned(), row.text("rates").to_owned());
            let respondents = row.text("respondents").to_owned();
            forms.push(FormType { code, name, respondents, rates, questions: Vec::new() });
        }
    }
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
    let mut plan: Vec<Stratum> = Vec::new();
    for row in reader.rows("survey-plan.csv", &columns, &[]) {
        if forms.iter().all(|form| form.code != row.text("form")) {
            reader.unknown(&row, Named::Form, row.text("form"));
        }
        let issued = row.whole("issued", &mut reader.problems);
        let required = row.whole("required", &mut reader.problems);
        let same = |one: &Stratum| one.form == row.text("form") && one.code == row.text("stratum");
        if plan.iter().any(same) {
            twice(reader, &row, format!("{} {}", row.text("form"), row.text("stratum")));
            continue;
        }
        if let (Some(issued), Some(required)) = (issued, required)
            && required > issued
        {
            let kind = out_of_range("required", required as usize, issued as usize);
            row.fault::<()>(&mut reader.problems, kind);
        }
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

fn sheets(reader: &mut Reader<'_>, forms: &[FormType], plan: &[Stratum], units: &[Unit]) -> Vec<Sheet> {
    // What is told of questions and quotas is not told again of every sheet.
    let sound = |reader: &Reader<'_>, file: &str| reader.problems.iter().all(|one| one.file != file);
    let asked = sound(reader, "survey-questions.csv");
    let planned = sound(reader, "survey-plan.csv");
    let columns = ["serial", "form", "stratum", "status", "refusal", "unit", "answers"];
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut place: HashMap<String, usize> = HashMap::new();
    for row in reader.rows(SHEETS, &columns, &[]) {
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
        if row.filled("serial").is_none() {
            row.fault::<()>(&mut reader.problems, ProblemKind::KeyMissing("serial".to_owned()));
            continue;
        }
        if planned && plan.iter().all(|one| one.form != form.code || one.code != row.text("stratum")) {
            reader.unknown(&row, Named::Stratum, &format!("{} {}", form.code, row.text("stratum")));
        }
        contradictions(reader, &row, status);
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
            let kind = ProblemKind::SheetDiffers(row.text("serial").to_owned());
            row.fault::<()>(&mut reader.problems, kind);
            continue;
        }
        let Some(name) = row.filled("unit") else { continue };
        let Some(unit) = units.iter().position(|unit| unit.code == name) else {
            reader.unknown(&row, Named::Unit, name);
            continue;
        };
        let answers = row.text("answers").to_owned();
        let (found, due) = (answers.chars().count(), form.questions.len());
        if sheets[at].ratings.iter().any(|rating| rating.unit == unit) {
            twice(reader, &row, format!("{} {name}", row.text("serial")));
        } else if !answers.bytes().all(|answer| answer == b'-' || answer.is_ascii_uppercase()) {
            let kind = ProblemKind::BadAnswer { column: "answers".to_owned(), answer: answers };
            row.fault::<()>(&mut reader.problems, kind);
        } else if found != due {
            if asked {
                row.fault::<()>(&mut reader.problems, ProblemKind::AnswerCount { found, due });
            }
        } else {
            sheets[at].ratings.push(Rating { unit, answers });
        }
    }
    quotas(reader, plan, &sheets);
    sheets
}

/// What a row says against the status of its sheet.
fn contradictions(reader: &mut Reader<'_>, row: &Row, status: SheetStatus) {
    let (refused, rates) = (row.filled("refusal").is_some(), row.filled("unit").is_some());
    let kind = match status {
        SheetStatus::Rejected if !refused => ProblemKind::KeyMissing("refusal".to_owned()),
        SheetStatus::Accepted | SheetStatus::NotReturned if refused => ProblemKind::RefusalMisplaced,
        SheetStatus::Accepted if !rates => ProblemKind::KeyMissing("unit".to_owned()),
        SheetStatus::NotReturned if rates => ProblemKind::AnswersMisplaced,
        _ => return,
    };
    row.fault::<()>(&mut reader.problems, kind);
}

/// No more sheets than were issued, no more accepted than required.
fn quotas(reader: &mut Reader<'_>, plan: &[Stratum], sheets: &[Sheet]) {
    let mut counts: HashMap<(&str, &str), (usize, usize)> = HashMap::new();
    for sheet in sheets {
        let (all, accepted) = counts.entry((&sheet.form, &sheet.stratum)).or_default();
        *all += 1;
        *accepted += usize::from(sheet.status == SheetStatus::Accepted);
    }
    for stratum in plan {
        let key = (stratum.form.as_str(), stratum.code.as_str());
        let (all, accepted) = counts.get(&key).copied().unwrap_or_default();
        let (name, limits) = (
            format!("{} {}", stratum.form, stratum.code),
            [(all, stratum.issued), (accepted, stratum.required)],
        );
        for (found, most) in limits.into_iter().filter(|(found, most)| *found > *most as usize) {
            let kind = ProblemKind::MoreSheets { stratum: name.clone(), found, most: most as usize };
            reader.problems.push(Problem { file: SHEETS.to_owned(), line: 0, kind });
        }
    }
}

fn returns(reader: &mut Reader<'_>, plan: &[Stratum]) -> BTreeMap<(String, String), Counts> {
    let columns = ["form", "stratum", "accepted", "rejected", "over_quota", "not_returned"];
    let mut returns = BTreeMap::new();
    for row in reader.rows(RETURNS, &columns, &[]) {
        let key = (row.text("form").to_owned(), row.text("stratum").to_owned());
        if plan.iter().all(|stratum| (&stratum.form, &stratum.code) != (&key.0, &key.1)) {
            reader.unknown(&row, Named::Stratum, &format!("{} {}", key.0, key.1));
            continue;
        }
        let mut count = |column| Some(row.whole(column, &mut reader.problems)? as usize);
        let numbers = (count("accepted"), count("rejected"), count("over_quota"), count("not_returned"));
        let (Some(accepted), Some(rejected), Some(over_quota), Some(not_returned)) = numbers else {
            continue;
        };
        if over_quota > rejected {
            let kind = out_of_range("over_quota", over_quota, rejected);
            row.fault::<()>(&mut reader.problems, kind);
        }
        let counts = Counts { accepted, rejected, over_quota, not_returned };
        if returns.insert(key.clone(), counts).is_some() {
            twice(reader, &row, format!("{} {}", key.0, key.1));
        }
    }
    returns
}

fn answers(
    reader: &mut Reader<'_>,
    forms: &[FormType],
    returns: &BTreeMap<(String, String), Counts>,
    units: &[Unit],
) -> Answers {
    let units: HashMap<&str, usize> =
        units.iter().enumerate().map(|(i, unit)| (unit.code.as_str(), i)).collect();
    let mut answers = Answers::default();
    let mut seen = HashSet::new();
    let mut given: BTreeMap<[String; 3], (usize, Row)> = BTreeMap::new();
    for row in reader.rows(COUNTS, &["form", "unit", "question", "option", "count"], &[]) {
        let [form, unit, question, option] =
            ["form", "unit", "question", "option"].map(|name| row.text(name));
        let mut asking = forms.iter().filter(|known| form == POOLED || known.code == form).peekable();
        if asking.peek().is_none() {
            reader.unknown(&row, Named::Form, form);
            continue;
        }
        if asking.flat_map(|form| &form.questions).all(|known| known.code != question) {
            reader.unknown(&row, Named::Question, question);
            continue;
        }
        let Some(position) = units.get(unit) else {
            reader.unknown(&row, Named::Unit, unit);
            continue;
        };
        let mut letters = option.chars();
        let letter = letters.next().filter(|letter| letter.is_ascii_uppercase() && letters.next().is_none());
        let Some(letter) = letter else {
            let kind = ProblemKind::BadAnswer { column: "option".to_owned(), answer: option.to_owned() };
            row.fault::<()>(&mut reader.problems, kind);
            continue;
        };
        let Some(count) = row.whole("count", &mut reader.problems) else { continue };
        let key = [form, unit, question].map(str::to_owned);
        if !seen.insert((key.clone(), letter)) {
            twice(reader, &row, format!("{} {letter}", key.join(" ")));
            continue;
        }
        answers.add(*position, question, form, &Tally::from([(letter, count)]));
        given.entry(key).or_insert((0, row)).0 += count as usize;
    }
    check_given(reader, returns, &given);
    answers
}

fn check_given(
    reader: &mut Reader<'_>,
    returns: &BTreeMap<(String, String), Counts>,
    given: &BTreeMap<[String; 3], (usize, Row)>,
) {
    // A sheet gives one answer to a question about a unit.
    let mut accepted: HashMap<&str, usize> = HashMap::new();
    for ((form, _), counts) in returns {
        *accepted.entry(form).or_default() += counts.accepted;
        *accepted.entry(POOLED).or_default() += counts.accepted;
    }
    // Sums of counts are taken in 32 bits.
    let mut all = 0usize;
    for ([form, ..], (count, row)) in given {
        let accepted = accepted.get(form.as_str()).copied().unwrap_or(0);
        let most = accepted.min((u32::MAX as usize).saturating_sub(all));
        if *count > most {
            row.fault::<()>(&mut reader.problems, out_of_range("count", *count, most));
        }
        all = all.saturating_add(*count);
    }
}

fn twice(reader: &mut Reader<'_>, row: &Row, value: String) {
    let kind = ProblemKind::Duplicate { value, first: row.file().to_owned() };
    row.fault::<()>(&mut reader.problems, kind);
}

fn out_of_range(key: &str, value: usize, max: usize) -> ProblemKind {
    let (key, value, max) = (key.to_owned(), value.to_string(), max.to_string());
    ProblemKind::OutOfRange { key, value, min: "0".to_owned(), max }
}
