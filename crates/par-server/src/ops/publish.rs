//! A year as the package in which it is published.

use std::collections::BTreeMap;

use par_core::moment::Moment;
use par_core::publication::anonymous::{SMALLEST, publishable, too_few};
use par_core::publication::level::{Level, at_level};
use par_core::publication::standing::tables;
use par_core::publication::table::Table;
use par_core::score::evaluate;
use par_core::score::results::Results;
use par_core::year::Year;
use par_core::year::write::{set_ids, write};

use crate::exchange::package::describe::{self, Licence};
use crate::exchange::package::record::{self, Amendment, Change, Criteria, Journal, Program, Record};
use crate::exchange::package::{Package, sha256};

/// The independent check that goes with every package.
const CHECK: &str = include_str!("../../../../scripts/verify_package.py");
/// What people read first.
const GUIDE: &str = include_str!("../exchange/package/huong-dan.md");

/// What a publication is besides its year.
#[derive(Clone, Debug)]
pub struct Edition {
    /// When, `2021-04-15T08:00:00+07:00`; an argument, so that the same edition gives the same bytes.
    pub published_at: String,
    /// The licence of the data.
    pub licence: Licence,
    /// How deep the year is published.
    pub level: Level,
    /// The end of the journal, when the year comes from a database.
    pub journal: Option<Journal>,
    /// All amendments up to this edition; none for the first.
    pub amendments: Vec<Amendment>,
}

impl Edition {
    /// A first edition of a year, down to its leaves.
    pub fn first(published_at: String, licence: Licence) -> Edition {
        Edition { published_at, licence, level: Level::Leaves, journal: None, amendments: Vec::new() }
    }

    /// The moment in milliseconds UTC.
    pub fn at_ms(&self) -> i64 {
        Moment::read_exact(&self.published_at).expect("an edition has a moment").ms()
    }
}

/// The package of a year. Files that others add, such as the report, come in by `beside`: path → bytes.
pub fn package(year: &Year, edition: &Edition, beside: &BTreeMap<String, Vec<u8>>) -> Package {
    sealed_package(&public(year, edition.level), year, edition, beside)
}

/// The package of inputs that nobody else sees: sealed inside the office, its id stands in the public one.
pub fn full_package(year: &Year) -> Package {
    Package::sealed(
        write(year).into_iter().map(|(file, text)| (format!("inputs/{file}"), text.into_bytes())).collect(),
    )
}

/// Units that still wait for scores, by code, and for how many leaves.
pub fn unscored(year: &Year) -> Vec<(String, usize)> {
    let standing = evaluate(year);
    let waiting = standing.units.iter().zip(&year.units).filter(|(unit, _)| unit.unscored > 0);
    waiting.map(|(unit, named)| (named.code.clone(), unit.unscored)).collect()
}

/// Units and questions of which so few answered that their counts cannot be published at a level, by code;
/// `None` when there are none, or no counts are published.
pub fn too_few_answers(year: &Year, level: Level) -> Option<Vec<(String, String)>> {
    let few = if level == Level::Leaves { too_few(year) } else { Vec::new() };
    let named = few.into_iter().map(|(unit, question)| (year.units[unit].code.clone(), question));
    Some(named.collect::<Vec<_>>()).filter(|few| !few.is_empty())
}

/// A year as it is published at a level.
pub fn public(year: &Year, level: Level) -> Year {
    at_level(&Results::of(publishable(year)), level)
}

/// The same when the public year is made already.
pub fn sealed_package(
    public: &Year,
    year: &Year,
    edition: &Edition,
    beside: &BTreeMap<String, Vec<u8>>,
) -> Package {
    let mut files: BTreeMap<String, Vec<u8>> = beside.clone();
    files.extend(write(public).into_iter().map(|(file, text)| (format!("inputs/{file}"), text.into_bytes())));
    let record = record_of(public, edition, &files, full_package(year).id());
    let tables = tables(&Results::of(public.clone()));
    files.extend(tables.iter().map(|table| (table.path(), table.csv().into_bytes())));
    let pretty = |value| (serde_json::to_string_pretty(&value).expect("plain values") + "\n").into_bytes();
    let documents = [
        (record::FILE, record.text().into_bytes()),
        ("datapackage.json", pretty(describe::data_package(&record, &tables))),
        ("dcat.jsonld", pretty(describe::catalogue_entry(&record, &tables))),
        ("schema-org.jsonld", pretty(describe::schema_org(&record, &tables))),
        ("HUONG-DAN.md", guide(&record).into_bytes()),
        ("verify.py", CHECK.into()),
    ];
    files.extend(documents.map(|(path, bytes)| (path.to_owned(), bytes)));
    Package::sealed(files)
}

fn record_of(year: &Year, edition: &Edition, files: &BTreeMap<String, Vec<u8>>, sealed: String) -> Record {
    let criteria = year.sets.iter().zip(set_ids(year)).map(|(set, id)| {
        let hash = set_hash(files, &id);
        Criteria { set: id, name: set.name.clone(), hash }
    });
    let amendments = edition.amendments.clone();
    Record {
        form: record::FORM.to_owned(),
        year: year.year,
        title: year.title.clone(),
        province: year.province.clone(),
        notice: year.notice.clone(),
        version: u32::try_from(amendments.len() + 1).expect("few amendments"),
        published_at: edition.published_at.clone(),
        program: Program { name: "parindex".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        licence: edition.licence.name.to_owned(),
        level: Some(edition.level.name().to_owned()),
        sealed: Some(sealed),
        criteria: criteria.collect(),
        journal: edition.journal.clone(),
        previous: amendments.last().map(|last| last.amends.clone()),
        amendments,
    }
}

/// The hash of a criteria set in a package: of the lines that name its files in the list of hashes.
pub fn set_hash(files: &BTreeMap<String, Vec<u8>>, id: &str) -> String {
    let folder = format!("inputs/sets/{id}/");
    let of_set = files.iter().filter(|(path, _)| path.starts_with(&folder));
    let lines: String = of_set.map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect();
    sha256(lines.as_bytes())
}

fn guide(record: &Record) -> String {
    let licence = Licence::named(&record.licence);
    let notice = record.notice.as_ref().map(|notice| format!("\n> {notice}\n")).unwrap_or_default();
    GUIDE
        .replace("{NĂM}", &record.year.to_string())
        .replace("{TỈNH}", &record.province)
        .replace("{NHAN-ĐỀ}", &record.title)
        .replace("{PHIÊN-BẢN}", &record.version.to_string())
        .replace("{THỜI-ĐIỂM}", &record.published_at)
        .replace(
            "{GIẤY-PHÉP}",
            &licence.map_or_else(String::new, |licence| format!("{}, {}", licence.title, licence.address)),
        )
        .replace("{LƯU-Ý}", &notice)
        .replace("{NHỎ-NHẤT}", &SMALLEST.to_string())
}

/// Figures of units that an amendment changes: this table of units against the one before.
pub fn changes(before: &Table, after: &Table) -> Vec<Change> {
    let row_of = |table: &Table, unit: &str| table.rows.iter().find(|row| row[0] == unit).cloned();
    let mut changes = Vec::new();
    let gone = before.rows.iter().filter(|row| row_of(after, &row[0]).is_none());
    for row in after.rows.iter().chain(gone) {
        let (was, is) = (row_of(before, &row[0]), row_of(after, &row[0]));
        for (at, column) in after.columns.iter().enumerate().skip(1) {
            let cell =
                |row: &Option<Vec<String>>| row.as_ref().map(|row| row[at].clone()).unwrap_or_default();
            if cell(&was) != cell(&is) {
                let (before, after) = (cell(&was), cell(&is));
                changes.push(Change { unit: row[0].clone(), figure: column.name.to_owned(), before, after });
            }
        }
    }
    changes
}
