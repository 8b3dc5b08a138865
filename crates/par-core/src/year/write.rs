//! Year → the files of its folder; reading them back gives the same year, and the same year always
//! gives the same bytes.
//!
//! Criteria sets stand below `sets/{id}/`, where the header names them too, so that the files can be
//! laid down as they are and read again from disk. Must not know: disks, archives.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::lost::LossGiven;
use super::read::{HEADER, SETS};
use super::scores_read::REQUESTS;
use super::survey::{Counts, Survey};
use super::survey_read::{COUNTS, RETURNS};
use super::{Judgement, LeafFile, Previous, ProvinceMean, Request, Rounds, Stage, Unit, Year, losses_read};
use crate::framework::read::Files;
use crate::framework::write::quoted;
use crate::framework::{self, LeafId};
use crate::moment::Day;
use crate::text::guarded;

/// The files of a year's folder with its criteria sets; lists that are empty have no file.
pub fn write(year: &Year) -> Files {
    let ids = set_ids(year);
    let mut files = Files::from([(HEADER.to_owned(), header(year, &ids))]);
    for (set, id) in year.sets.iter().zip(&ids) {
        let set = framework::write::write(set).into_iter();
        files.extend(set.map(|(file, text)| (format!("{SETS}{id}/{file}"), text)));
    }
    files.insert("units.csv".to_owned(), units(year));
    files.insert("scores.csv".to_owned(), scores(year));
    if let Some(losses) = &year.losses {
        files.insert(losses_read::FILE.to_owned(), csv(&losses_read::COLUMNS, &losses_rows(year, losses)));
    }
    let mut list = |file: &str, headings: &[&str], rows: Vec<Vec<String>>| {
        if !rows.is_empty() {
            files.insert(file.to_owned(), csv(headings, &rows));
        }
    };
    list("exemptions.csv", &["unit", "code", "reason"], exemptions(year));
    let reasons = year.reasons.iter().map(|reason| vec![reason.code.clone(), reason.name.clone()]);
    list("reasons.csv", &["code", "name"], reasons.collect());
    let facts = year.facts.iter();
    let facts =
        facts.map(|fact| vec![fact.key.clone(), fact.value.clone(), fact.origin.clone(), fact.note.clone()]);
    list("facts.csv", &["key", "value", "origin", "note"], facts.collect());
    survey(year, &mut list);
    if let Some(previous) = &year.previous {
        let (units, components) = previous_rows(previous);
        list("previous-components.csv", &["unit", "code", "percent"], components);
        let headings = ["unit", "index", "class", "origin"];
        // The file has to be there as soon as a year before is named.
        files.insert("previous.csv".to_owned(), csv(&headings, &units));
    }
    files
}

/// The ids under which the sets stand in the header: their own, made different where two are the same.
pub fn set_ids(year: &Year) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut ids = Vec::new();
    for set in &year.sets {
        let numbered = (2..).map(|number| format!("{}-{number}", set.id));
        let mut candidates = std::iter::once(set.id.clone()).chain(numbered);
        let id = candidates.find(|id| !taken.contains(id)).expect("numbers do not end");
        taken.insert(id.clone());
        ids.push(id);
    }
    ids
}

/// Rows as a CSV text with line feeds; cells are quoted only where they must be, and guarded where a
/// spreadsheet would take them for formulas.
pub fn csv<'r, R>(headings: &[&str], rows: impl IntoIterator<Item = &'r R>) -> String
where
    R: AsRef<[String]> + 'r + ?Sized,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(headings).expect("a vector takes every record");
    for row in rows {
        for cell in row.as_ref() {
            writer.write_field(guarded(cell).as_bytes()).expect("a vector takes every cell");
        }
        let end = writer.write_record(None::<&[u8]>);
        end.expect("all rows have as many cells as there are headings");
    }
    String::from_utf8(writer.into_inner().expect("a vector can be flushed")).expect("cells are UTF-8")
}

fn header(year: &Year, ids: &[String]) -> String {
    let mut text = String::new();
    line(&mut text, "year", &year.year.to_string());
    line(&mut text, "title", &quoted(&year.title));
    line(&mut text, "province", &quoted(&year.province));
    if let Some(notice) = &year.notice {
        line(&mut text, "notice", &quoted(notice));
    }
    if let Some(previous) = &year.previous {
        line(&mut text, "previous_year", &previous.year.to_string());
    }
    let mean = match year.province_mean {
        ProvinceMean::ClusterMeans => "cluster_means",
        ProvinceMean::Units => "units",
    };
    line(&mut text, "province_mean", &quoted(mean));
    if year.rounds != Rounds::default() {
        line(&mut text, "rounds", &year.rounds.count().to_string());
    }
    for id in ids {
        text.push_str("\n[[set]]\n");
        line(&mut text, "id", &quoted(id));
        line(&mut text, "folder", &quoted(&format!("{SETS}{id}")));
    }
    for cluster in &year.clusters {
        text.push_str("\n[[cluster]]\n");
        line(&mut text, "id", &quoted(&cluster.id));
        line(&mut text, "name", &quoted(&cluster.name));
    }
    for block in &year.blocks {
        text.push_str("\n[[block]]\n");
        line(&mut text, "id", &quoted(&block.id));
        line(&mut text, "name", &quoted(&block.name));
        line(&mut text, "set", &quoted(&ids[block.set]));
        line(&mut text, "cluster", &quoted(&year.clusters[block.cluster].id));
        for class in block.classes.iter().flatten() {
            text.push_str("\n[[block.class]]\n");
            line(&mut text, "name", &quoted(&class.name));
            line(&mut text, "from", &quoted(&class.from.to_string()));
        }
    }
    for threshold in &year.thresholds {
        text.push_str("\n[[threshold]]\n");
        line(&mut text, "area", &quoted(&threshold.area));
        line(&mut text, "high", &quoted(&threshold.high.to_string()));
        if let Some(low) = threshold.low {
            line(&mut text, "low", &quoted(&low.to_string()));
        }
    }
    text
}

fn line(text: &mut String, key: &str, value: &str) {
    writeln!(text, "{key} = {value}").expect("a text takes every line");
}

/// The columns of status are written only where a unit has something to say in them: folders and packages
/// of other years keep their bytes.
fn units(year: &Year) -> String {
    let told = year.units.iter().any(|unit| status(unit) != status(&Unit::default()));
    let rows: Vec<Vec<String>> = year
        .units
        .iter()
        .map(|unit| {
            let block = year.blocks[unit.block].id.clone();
            let mut row = vec![unit.code.clone(), unit.name.clone(), block, predecessors(unit)];
            if told {
                row.extend(status(unit));
            }
            row
        })
        .collect();
    let mut headings = vec!["code", "name", "block", "predecessors"];
    headings.extend(["status", "from", "to", "ground"].into_iter().filter(|_| told));
    csv(&headings, &rows)
}

/// Status, first and last day, ground.
fn status(unit: &Unit) -> [String; 4] {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let ground = unit.ground.as_ref().map(ToString::to_string).unwrap_or_default();
    [unit.status.name().to_owned(), day(unit.period.from), day(unit.period.to), ground]
}

/// Empty for the unit itself, `-` for none, else codes joined by `+`.
fn predecessors(unit: &Unit) -> String {
    match unit.predecessors.as_slice() {
        [] => "-".to_owned(),
        [same] if *same == unit.code => String::new(),
        codes => codes.join("+"),
    }
}

fn exemptions(year: &Year) -> Vec<Vec<String>> {
    let unit = |unit: Option<usize>| unit.map_or_else(|| "all".to_owned(), |at| year.units[at].code.clone());
    let rows = year.exemptions.iter();
    rows.map(|one| vec![unit(one.unit), one.code.clone(), one.reason.clone()]).collect()
}

fn scores(year: &Year) -> String {
    let asked = asked(year);
    let mut headings = vec!["unit".to_owned(), "code".to_owned()];
    let stages = year.rounds.stages();
    headings.extend(stages.flat_map(|stage| [stage.name().to_owned(), format!("{}_input", stage.name())]));
    headings.extend(asked.iter().flat_map(|(_, columns)| columns.map(str::to_owned)));
    let mut rows = Vec::new();
    for unit in 0..year.units.len() {
        let set = year.set_of(unit);
        let applies = year.applicable(unit);
        for (leaf, node) in set.leaves().filter(|(leaf, _)| applies[leaf.index()]) {
            let file = year.leaf_file(unit, leaf);
            // A judged leaf has a row even before it is judged; a counted one only when something was said.
            if is_judged(year, unit, leaf) || *file != LeafFile::default() {
                let mut row = vec![year.units[unit].code.clone(), set.node(node).code.clone()];
                row.extend(year.rounds.stages().flat_map(|stage| said(file.at(stage))));
                row.extend(asked.iter().flat_map(|(stage, _)| requested(file.request_after(*stage))));
                rows.push(row);
            }
        }
    }
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    csv(&headings, &rows)
}

/// Rounds with columns for a request: the first one always, a later one when it asked for anything.
fn asked(year: &Year) -> Vec<(Stage, [&'static str; 3])> {
    let leaves = || year.files.iter().flat_map(|file| &file.leaves);
    let rounds = (1..=year.rounds.count()).map(Stage::Round).zip(REQUESTS);
    let asked = |stage: Stage| leaves().any(|leaf| leaf.request_after(stage).is_some());
    rounds.filter(|(stage, _)| *stage == Stage::Round(1) || asked(*stage)).collect()
}

fn is_judged(year: &Year, unit: usize, leaf: LeafId) -> bool {
    !year.set_of(unit).scoring(leaf).is_counted()
}

/// Points and inputs of a judgement.
fn said(judgement: Option<&Judgement>) -> [String; 2] {
    judgement.map(|said| [said.points.to_string(), said.inputs.to_string()]).unwrap_or_default()
}

/// Reason, answer and outcome of a request.
fn requested(request: Option<&Request>) -> [String; 3] {
    let cells = |request: &Request| {
        let answer = request.answer.clone().unwrap_or_default();
        [request.reason.clone(), answer, request.outcome.name().to_owned()]
    };
    request.map(cells).unwrap_or_default()
}

fn survey(year: &Year, list: &mut impl FnMut(&str, &[&str], Vec<Vec<String>>)) {
    let Survey { forms, plan, returns, answers } = &*year.survey;
    let of = |form: &super::survey::FormType| {
        vec![form.code.clone(), form.name.clone(), form.respondents.clone(), form.rates.clone()]
    };
    list("survey-forms.csv", &["form", "name", "respondents", "rates"], forms.iter().map(of).collect());
    let questions = forms.iter().flat_map(|form| {
        let asked = form.questions.iter();
        asked.map(|asked| vec![form.code.clone(), asked.code.clone(), asked.text.clone()])
    });
    list("survey-questions.csv", &["form", "question", "text"], questions.collect());
    let plan = plan.iter().map(|one| {
        let (issued, required) = (one.issued.to_string(), one.required.to_string());
        vec![one.form.clone(), one.code.clone(), one.name.clone(), issued, required]
    });
    list("survey-plan.csv", &["form", "stratum", "name", "issued", "required"], plan.collect());
    let returned = returns.iter().map(|((form, stratum), counts)| {
        let Counts { accepted, rejected, over_quota, not_returned } = counts;
        let numbers = [accepted, rejected, over_quota, not_returned].map(usize::to_string);
        [vec![form.clone(), stratum.clone()], numbers.to_vec()].concat()
    });
    let headings = ["form", "stratum", "accepted", "rejected", "over_quota", "not_returned"];
    list(RETURNS, &headings, returned.collect());
    let counted = answers.iter().flat_map(|(unit, question, form, tally)| {
        let unit = &year.units[unit].code;
        tally.iter().map(move |(option, count)| {
            let (option, count) = (option.to_string(), count.to_string());
            vec![form.to_owned(), unit.clone(), question.to_owned(), option, count]
        })
    });
    list(COUNTS, &["form", "unit", "question", "option", "count"], counted.collect());
}

fn losses_rows(year: &Year, losses: &[LossGiven]) -> Vec<Vec<String>> {
    let row = |one: &LossGiven| {
        let (cause, reason) = one.cause.word();
        let mut row = vec![year.units[one.unit].code.clone(), one.area.clone()];
        row.extend([cause.to_owned(), reason.to_owned(), one.cases.to_string()]);
        row.extend(one.outcomes.map(|count| count.to_string()));
        row.push(one.points.to_string());
        row
    };
    losses.iter().map(row).collect()
}

/// Rows of units and of components, by code.
fn previous_rows(previous: &Previous) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let mut units = Vec::new();
    let mut components = Vec::new();
    for (code, unit) in &previous.units {
        let index = unit.index.map(|index| index.to_string()).unwrap_or_default();
        units.push(vec![code.clone(), index, unit.class.clone().unwrap_or_default(), unit.origin.clone()]);
        for (node, percent) in &unit.components {
            components.push(vec![code.clone(), node.clone(), percent.to_string()]);
        }
    }
    (units, components)
}
