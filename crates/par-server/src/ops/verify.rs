//! Does a package hold: every hash, every figure recomputed from its inputs, its own story.

use std::collections::{BTreeMap, BTreeSet};

use par_core::framework::read::Files;
use par_core::framework::{LeafId, NodeId};
use par_core::moment::Moment;
use par_core::points::Points;
use par_core::publication::compare::compare;
use par_core::publication::earlier::reckoned_as_then;
use par_core::publication::level::Level;
use par_core::publication::standing::tables;
use par_core::publication::table::Table;
use par_core::report::text;
use par_core::report::wording::read::LETTER;
use par_core::rule::Rule;
use par_core::score::results::Results;
use par_core::year::{Year, read};
use serde_json::Value;

use super::publish::{changes, set_hash};
use super::report;
use crate::exchange::package::describe::Licence;
use crate::exchange::package::fault::{Fault, FaultKind};
use crate::exchange::package::record::{self, Record};
use crate::exchange::package::{MANIFEST, Package, is_hash, manifest, sha256};

/// How a package stood up.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// What it says of itself, when that can be read.
    pub record: Option<Record>,
    /// What was checked, in order.
    pub checks: Vec<Check>,
    /// The table of units as it follows from the inputs, to hold against other versions.
    pub units: Option<Table>,
}

/// One thing that was checked.
#[derive(Clone, Debug)]
pub struct Check {
    /// What.
    pub what: What,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

/// What is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// All files against the list of hashes; how many it names.
    Files(usize),
    /// What the package says of itself.
    Record,
    /// The inputs can be read; how many units there are.
    Inputs(usize),
    /// Lost points by cause against the points of each area.
    Losses,
    /// A table against the inputs; its path and how many rows follow.
    Table(String, usize),
    /// The text of the report against the one composed anew from inputs and wording; how many lines
    /// follow.
    ReportText(usize),
    /// The description of the tables.
    Description,
    /// Amendments, and other versions given beside it.
    Chain,
}

impl Report {
    /// All faults in order.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.checks.iter().flat_map(|check| &check.faults)
    }
}

/// Checks a package by itself.
pub fn verify(package: &Package) -> Report {
    let (named, mut of_manifest) = manifest::check(package);
    let (record, mut of_record) = read_record(package);
    let inputs = inputs(package);
    let (year, problems) = read::read(&inputs);
    let of_inputs: Vec<Fault> = problems
        .into_iter()
        .map(|problem| fault(&format!("inputs/{}", problem.file), problem.line, FaultKind::Input(problem)))
        .collect();
    if let (Some(record), Some(year)) = (&record, &year) {
        check_record(record, year, package, &mut of_record);
    }
    let told: BTreeSet<String> = of_manifest.iter().map(|fault| fault.file.clone()).collect();
    of_manifest.extend(strangers(package, year.as_ref()).into_iter().filter(|one| !told.contains(&one.file)));
    let units = year.as_ref().map_or(0, |year| year.units.len());
    let mut checks = vec![
        Check { what: What::Files(named), faults: of_manifest },
        Check { what: What::Record, faults: of_record },
        Check { what: What::Inputs(units), faults: of_inputs },
    ];
    let results = year.map(Results::of);
    if let Some(results) = results.as_ref().filter(|results| results.year.losses.is_some()) {
        checks.push(Check { what: What::Losses, faults: check_losses(results) });
    }
    let mut tables = results.as_ref().map(tables).unwrap_or_default();
    let first_form = record.as_ref().is_some_and(|record| record.form == record::FIRST_FORM);
    tables.retain(|table| !first_form || !record::TABLES_SINCE_2.contains(&table.name));
    // What was published in an earlier form stays right as it was reckoned and worded then.
    let is_earlier = record.as_ref().is_some_and(Record::is_earlier);
    if let Some(results) = results.as_ref().filter(|_| is_earlier) {
        tables = reckoned_as_then(results, tables);
    }
    checks.extend(tables.iter().map(|table| check_table(package, table)));
    checks.extend(results.filter(|_| !is_earlier).map(|results| check_report(package, &results)));
    if !tables.is_empty() {
        checks.push(check_description(package, &tables));
    }
    let units = tables.into_iter().find(|table| table.name == "units");
    if let Some(record) = &record {
        checks.push(Check { what: What::Chain, faults: check_chain(record, units.as_ref()) });
    }
    Report { id: package.id(), record, checks, units }
}

/// Checks that the package has the id that was published elsewhere.
pub fn check_id(report: &mut Report, wanted: &str) {
    if report.id != wanted {
        let kind = FaultKind::Id { wanted: wanted.to_owned(), found: report.id.clone() };
        report.checks[0].faults.push(fault(MANIFEST, 0, kind));
    }
}

/// Checks versions of one year against each other: each amends the id of the one before, and says
/// truly what it changed.
pub fn check_versions(reports: &mut [Report]) {
    let known: Vec<(u16, u32, String, Option<Table>)> = reports
        .iter()
        .filter_map(|report| {
            let record = report.record.as_ref()?;
            Some((record.year, record.version, report.id.clone(), report.units.clone()))
        })
        .collect();
    for report in reports {
        let Some(record) = &report.record else { continue };
        let before =
            known.iter().find(|(year, version, ..)| (*year, version + 1) == (record.year, record.version));
        let (Some((_, _, id, units)), Some(amendment)) = (before, record.amendments.last()) else { continue };
        let mut faults = Vec::new();
        compare_field(&mut faults, "previous", record.previous.as_deref().unwrap_or_default(), id);
        if let (Some(before), Some(after)) = (units, &report.units)
            && changes(before, after) != amendment.changes
        {
            let told = |changes: &[record::Change]| {
                let one = |change: &record::Change| {
                    format!("{} {} {}→{}", change.unit, change.figure, change.before, change.after)
                };
                changes.iter().map(one).collect::<Vec<_>>().join("; ")
            };
            let (said, expected) = (told(&amendment.changes), told(&changes(before, after)));
            compare_field(
                &mut faults,
                &format!("amendments[{}].changes", amendment.number),
                &said,
                &expected,
            );
        }
        if let Some(check) = report.checks.iter_mut().find(|check| check.what == What::Chain) {
            check.faults.extend(faults);
        }
    }
}

fn fault(file: &str, line: usize, kind: FaultKind) -> Fault {
    Fault { file: file.to_owned(), line, kind }
}

fn compare_field(faults: &mut Vec<Fault>, field: &str, said: &str, expected: &str) {
    if said != expected {
        let (field, said, expected) = (field.to_owned(), said.to_owned(), expected.to_owned());
        faults.push(fault(record::FILE, 0, FaultKind::Field { field, said, expected }));
    }
}

/// Files that no package has, whatever the list of hashes names. Of inputs that cannot be read nothing
/// is said: their names are judged by the reader.
fn strangers(package: &Package, year: Option<&Year>) -> Vec<Fault> {
    let Some(year) = year else { return Vec::new() };
    let sets: Vec<String> =
        par_core::year::write::set_ids(year).into_iter().map(|id| format!("{}{id}/", read::SETS)).collect();
    let of_set = |file: &str| {
        let inside = sets.iter().find_map(|set| file.strip_prefix(set.as_str()));
        inside.is_some_and(|file| file.ends_with(".toml") && !file.contains('/'))
    };
    let of_wording = |file: &str| file.strip_prefix("wording/").is_some_and(|file| !file.contains('/'));
    let tables = tables(&Results::of(year.clone()));
    let known = |path: &str| {
        let named = [MANIFEST, record::FILE, record::DATA_PACKAGE, record::REPORT_TEXT];
        named.into_iter().chain(record::REPORT_FILES).chain(record::BESIDE).any(|known| known == path)
            || tables.iter().any(|table| table.path() == path)
            || path
                .strip_prefix("inputs/")
                .is_some_and(|file| read::FILES.contains(&file) || of_set(file) || of_wording(file))
    };
    let strangers = package.files.keys().filter(|path| !known(path));
    strangers.map(|path| fault(path, 0, FaultKind::Stranger)).collect()
}

fn read_record(package: &Package) -> (Option<Record>, Vec<Fault>) {
    let Some(bytes) = package.files.get(record::FILE) else {
        return (None, vec![fault(record::FILE, 0, FaultKind::Needed)]);
    };
    match serde_json::from_slice::<Record>(bytes) {
        Ok(record) => (Some(record), Vec::new()),
        Err(error) => (None, vec![fault(record::FILE, error.line(), FaultKind::NotJson(error.to_string()))]),
    }
}

fn inputs(package: &Package) -> Files {
    let wanted = |path: &str| path.ends_with(".toml") || path.ends_with(".csv");
    let inputs = package.files.iter().filter_map(|(path, bytes)| {
        let file = path.strip_prefix("inputs/").filter(|file| wanted(file))?;
        if path.starts_with(record::WORDING) {
            return None;
        }
        // What is not UTF-8 is named by the core, with its line.
        Some((file.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
    });
    inputs.collect()
}

/// What the package says of itself against its inputs.
fn check_record(record: &Record, year: &Year, package: &Package, faults: &mut Vec<Fault>) {
    let form = if record.is_earlier() { record.form.as_str() } else { record::FORM };
    compare_field(faults, "form", &record.form, form);
    compare_field(faults, "year", &record.year.to_string(), &year.year.to_string());
    compare_field(faults, "title", &record.title, &year.title);
    compare_field(faults, "province", &record.province, &year.province);
    let text = |notice: &Option<String>| notice.clone().unwrap_or_default();
    compare_field(faults, "notice", &text(&record.notice), &text(&year.notice));
    compare_field(faults, "program.name", &record.program.name, "parindex");
    let said: BTreeMap<&str, (&str, &str)> = record
        .criteria
        .iter()
        .map(|one| (one.set.as_str(), (one.name.as_str(), one.hash.as_str())))
        .collect();
    let ids = par_core::year::write::set_ids(year);
    for (set, id) in year.sets.iter().zip(&ids) {
        let (name, hash) = said.get(id.as_str()).copied().unwrap_or_default();
        compare_field(faults, &format!("criteria[{id}].name"), name, &set.name);
        compare_field(faults, &format!("criteria[{id}].hash"), hash, &set_hash(&package.files, id));
    }
    for id in said.keys().filter(|id| ids.iter().all(|known| known != *id)) {
        compare_field(faults, "criteria", id, "");
    }
    let mut malformed = |field: &str, said: &str, sound: bool| {
        if !sound {
            let (field, said) = (field.to_owned(), said.to_owned());
            faults.push(fault(record::FILE, 0, FaultKind::Malformed { field, said }));
        }
    };
    malformed("published_at", &record.published_at, Moment::read_exact(&record.published_at).is_some());
    let level = record.level.as_deref().unwrap_or_default();
    malformed("level", level, form != record::FORM || Level::named(level).is_some());
    let sealed = record.sealed.as_deref().unwrap_or_default();
    malformed("sealed", sealed, form != record::FORM || is_hash(sealed));
    malformed("licence", &record.licence, Licence::named(&record.licence).is_some());
    let version: Vec<Option<u32>> = record.program.version.split('.').map(|part| part.parse().ok()).collect();
    malformed("program.version", &record.program.version, version.len() == 3 && !version.contains(&None));
    if let Some(journal) = &record.journal {
        malformed("journal.hash", &journal.hash, is_hash(&journal.hash) && journal.sequence > 0);
    }
}

fn check_table(package: &Package, table: &Table) -> Check {
    let path = table.path();
    let faults = match package.files.get(&path) {
        None => vec![fault(&path, 0, FaultKind::Needed)],
        Some(bytes) => compare(table, &String::from_utf8_lossy(bytes))
            .into_iter()
            .map(|one| fault(&path, one.line, FaultKind::Row { row: one.row, kind: one.kind }))
            .collect(),
    };
    Check { what: What::Table(path, table.rows.len()), faults }
}

/// The report's text line by line against the one composed anew from the package's inputs and wording.
fn check_report(package: &Package, results: &Results) -> Check {
    let needed = |file: &str| vec![fault(file, 0, FaultKind::Needed)];
    let (Some(folder), Some(said)) =
        (report::published_wording(&package.files), package.files.get(record::REPORT_TEXT))
    else {
        let letter = format!("{}/{LETTER}", record::WORDING);
        let lacks =
            [record::REPORT_TEXT, &letter].into_iter().filter(|file| !package.files.contains_key(*file));
        return Check { what: What::ReportText(0), faults: lacks.flat_map(needed).collect() };
    };
    let worded = report::worded_by(folder, &results.year);
    let mut faults: Vec<Fault> = worded
        .problems
        .into_iter()
        .map(|(path, problem)| fault(&path, problem.line, FaultKind::Input(problem)))
        .collect();
    let draft = report::report(results, &worded.wording);
    faults.extend(draft.too_much.map(|problem| {
        let path = format!("{}/{}", record::WORDING, problem.file);
        fault(&path, problem.line, FaultKind::Input(problem))
    }));
    let text = text::write(&draft.document);
    // What follows from a faulty wording is no news.
    if faults.is_empty() {
        faults.extend(first_difference(&String::from_utf8_lossy(said), &text));
    }
    Check { what: What::ReportText(text.lines().count()), faults }
}

/// The causes of each area's losses add up to what was lost there. Why points were lost is given; how many
/// were lost follows.
fn check_losses(results: &Results) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (unit, named) in results.year.units.iter().enumerate() {
        let set = results.year.set_of(unit);
        let mut said: BTreeMap<String, Points> = BTreeMap::new();
        for one in results.lost_of(unit) {
            *said.entry(one.area).or_default() += one.points;
        }
        // Without areas the sum over all of them is held against the whole scale.
        let whole = said.remove("");
        // What waits for a score is not lost yet. Of a part given whole, nobody can say how much of it waits.
        let at = |node: NodeId| results.standing.units[unit].node(set, node);
        let waiting: Vec<(LeafId, NodeId)> = set
            .leaves()
            .filter(|(leaf, node)| at(*node).max != Points::ZERO && results.is_waiting(unit, *leaf))
            .collect();
        let below = |area: NodeId| waiting.iter().filter(move |(_, node)| set.area_of(*node) == area);
        let is_open =
            |area: NodeId| below(area).any(|(leaf, _)| matches!(set.scoring(*leaf).rule, Rule::Given(_)));
        let open: Vec<&str> =
            set.areas().filter(|(id, _)| is_open(*id)).map(|(_, area)| area.code.as_str()).collect();
        let areas = set.areas().map(|(id, area)| {
            let left: Points = below(id).map(|(_, node)| at(*node).max).sum();
            (area.code.clone(), at(id).max - at(id).earned - left)
        });
        let areas: BTreeMap<String, Points> = areas.collect();
        let mut compare = |area: &str, said: Points, lost: Points| {
            if said != lost {
                let field = format!("{} {area}", named.code);
                let (said, expected) = (said.to_string(), lost.to_string());
                faults.push(fault("inputs/losses.csv", 0, FaultKind::Field { field, said, expected }));
            }
        };
        match whole {
            Some(said) if open.is_empty() => compare("", said, areas.values().copied().sum()),
            Some(_) => {}
            None => {
                for (area, lost) in &areas {
                    let said = said.remove(area).unwrap_or(Points::ZERO);
                    if !open.contains(&area.as_str()) {
                        compare(area, said, *lost);
                    }
                }
                said.into_iter().for_each(|(area, points)| compare(&area, points, Points::ZERO));
            }
        }
    }
    faults
}

/// The first line in which a text is not the one that follows.
fn first_difference(said: &str, expected: &str) -> Option<Fault> {
    let (mut said, mut expected) = (said.split('\n'), expected.split('\n'));
    for line in 1.. {
        let (said, expected) = (said.next(), expected.next());
        if said.is_none() && expected.is_none() {
            break;
        }
        if said != expected {
            let (said, expected) = (said.map(str::to_owned), expected.map(str::to_owned));
            return Some(fault(record::REPORT_TEXT, line, FaultKind::Text { said, expected }));
        }
    }
    None
}

/// The description names every table with its size, hash and columns.
fn check_description(package: &Package, tables: &[Table]) -> Check {
    const FILE: &str = record::DATA_PACKAGE;
    let mut faults = Vec::new();
    let described: Option<Result<Value, _>> =
        package.files.get(FILE).map(|bytes| serde_json::from_slice(bytes));
    match described {
        None => faults.push(fault(FILE, 0, FaultKind::Needed)),
        Some(Err(error)) => faults.push(fault(FILE, error.line(), FaultKind::NotJson(error.to_string()))),
        Some(Ok(described)) => {
            let none = Vec::new();
            let resources = described["resources"].as_array().unwrap_or(&none);
            for table in tables {
                let resource = resources.iter().find(|one| one["name"] == table.name).unwrap_or(&Value::Null);
                let mut same = |field: &str, said: String, expected: String| {
                    if said != expected {
                        let field = format!("resources[{}].{field}", table.name);
                        faults.push(fault(FILE, 0, FaultKind::Field { field, said, expected }));
                    }
                };
                let text = table.csv();
                let said = |key: &str| resource[key].as_str().unwrap_or_default().to_owned();
                same("path", said("path"), table.path());
                same("bytes", resource["bytes"].to_string(), text.len().to_string());
                same("hash", said("hash"), format!("sha256:{}", sha256(text.as_bytes())));
                let fields = resource["schema"]["fields"].as_array().unwrap_or(&none).iter();
                let fields: Vec<&str> =
                    fields.map(|field| field["name"].as_str().unwrap_or_default()).collect();
                let expected: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
                same("schema.fields", fields.join(","), expected.join(","));
            }
        }
    }
    Check { what: What::Description, faults }
}

/// Amendments are numbered without gaps, point back, and end in this version's figures.
fn check_chain(record: &Record, units: Option<&Table>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let version = record.amendments.len() + 1;
    compare_field(&mut faults, "version", &record.version.to_string(), &version.to_string());
    let last = record.amendments.last();
    let amends = last.map(|last| last.amends.clone()).unwrap_or_default();
    compare_field(&mut faults, "previous", record.previous.as_deref().unwrap_or_default(), &amends);
    let mut before = "";
    for (amendment, number) in record.amendments.iter().zip(1u32..) {
        let field = |name: &str| format!("amendments[{number}].{name}");
        compare_field(&mut faults, &field("number"), &amendment.number.to_string(), &number.to_string());
        let sound = [
            ("amends", &amendment.amends, is_hash(&amendment.amends)),
            (
                "at",
                &amendment.at,
                Moment::read_exact(&amendment.at).is_some() && amendment.at.as_str() >= before,
            ),
            ("reason", &amendment.reason, !amendment.reason.trim().is_empty()),
        ];
        for (name, said, _) in sound.into_iter().filter(|(.., sound)| !sound) {
            let kind = FaultKind::Malformed { field: field(name), said: said.clone() };
            faults.push(fault(record::FILE, 0, kind));
        }
        before = &amendment.at;
    }
    if let (Some(last), Some(units)) = (last, units) {
        for change in &last.changes {
            let column = units.columns.iter().position(|column| column.name == change.figure);
            let row = units.rows.iter().find(|row| row[0] == change.unit);
            let is = row.zip(column).map(|(row, column)| row[column].as_str()).unwrap_or_default();
            let field = format!("amendments[{}].changes {} {}", last.number, change.unit, change.figure);
            compare_field(&mut faults, &field, &change.after, is);
        }
    }
    faults
}
