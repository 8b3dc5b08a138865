//! The year after the demo year as the texts of its folder: units merged, split, renamed and new.
//!
//! Included by path in the tests of other crates; no part of the library.

use std::collections::BTreeMap;

use par_core::points::rounding::Rounding;
use par_core::score::results::{Measure, Results, Scope};

/// Texts by file name, criteria sets below `sets/{id}/`.
pub type Files = BTreeMap<String, String>;

/// Code, name, block and predecessors of the units that are not simply the same, and the unit of the
/// demo year whose judgements they take over.
const CHANGED: [(&str, &str, &str, &str, &str); 5] = [
    ("STC", "Sở Tài chính", "departments", "SKHDT+STC", "SKHDT"),
    ("SNN", "Sở Nông nghiệp", "departments", "SNNPTNT", "SNNPTNT"),
    ("SPTNT", "Sở Phát triển nông thôn", "departments", "SNNPTNT", "SYT"),
    ("SCTDL", "Sở Công Thương và Du lịch", "departments", "SCT", "SCT"),
    ("BCDS", "Ban Chuyển đổi số", "special", "-", "BDT"),
];
const GONE: [&str; 3] = ["SKHDT", "SNNPTNT", "SCT"];

/// Year 2021 from the files and results of the demo year 2020.
pub fn files(demo: &Files, results: &Results) -> Files {
    let mut files = demo.clone();
    let header = demo["year.toml"].replace("year = 2020", "year = 2021");
    let header =
        header.replace("previous_year = 2019", "previous_year = 2020").replace("năm 2020", "năm 2021");
    files.insert("year.toml".to_owned(), header.replace("../../frameworks/lai-chau-2020/", "sets/"));
    let year = &results.year;
    let mut units = vec![["code", "name", "block", "predecessors"].map(str::to_owned).to_vec()];
    // Which units take over the judgements of a unit of the demo year.
    let mut heirs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for block in 0..year.blocks.len() {
        let id = &year.blocks[block].id;
        let same: Vec<_> = year.units.iter().filter(|unit| unit.block == block).collect();
        let kept: Vec<_> =
            same.iter().filter(|unit| !GONE.contains(&unit.code.as_str()) && unit.code != "STC").collect();
        for (i, unit) in kept.iter().enumerate() {
            // Everybody gets a neighbour's judgements; special units keep their own exemptions.
            let from = if id == "special" { &unit.code } else { &kept[(i + 1) % kept.len()].code };
            heirs.entry(from.clone()).or_default().push(unit.code.clone());
            units.push(vec![unit.code.clone(), unit.name.clone(), id.clone(), String::new()]);
        }
        for (code, name, _, before, from) in CHANGED.iter().filter(|changed| changed.2 == id) {
            heirs.entry((*from).to_owned()).or_default().push((*code).to_owned());
            units.push([*code, *name, id, *before].map(str::to_owned).to_vec());
        }
    }
    files.insert("units.csv".to_owned(), write(units));
    for (file, column) in [("scores.csv", 0), ("survey-sheets.csv", 5), ("exemptions.csv", 0)] {
        let mut rows = Vec::new();
        for row in read(&demo[file]) {
            match heirs.get(&row[column]) {
                Some(codes) => rows.extend(codes.iter().map(|code| {
                    let mut row = row.clone();
                    row[column].clone_from(code);
                    row
                })),
                None if year.find_unit(&row[column]).is_none() => rows.push(row),
                None => {}
            }
        }
        files.insert(file.to_owned(), write(rows));
    }
    let (previous, components) = previous(results);
    files.insert("previous.csv".to_owned(), previous);
    files.insert("previous-components.csv".to_owned(), components);
    files
}

/// The demo year's results as the year after cites them.
fn previous(results: &Results) -> (String, String) {
    let mut indices = vec![["unit", "index", "class", "origin"].map(str::to_owned).to_vec()];
    let mut components = vec![["unit", "code", "percent"].map(str::to_owned).to_vec()];
    for unit in results.units(Scope::Province) {
        let code = results.year.units[unit].code.clone();
        let index = results.printed(unit, &Measure::Index).expect("every unit has an index");
        let class = results.class_name(unit).unwrap_or_default().to_owned();
        indices.push(vec![code.clone(), index.to_string(), class, "published".to_owned()]);
        for (area, _) in results.areas() {
            if let Some(share) = results.share(unit, &Measure::Node(area.clone())) {
                components.push(vec![code.clone(), area, share.rounded(4, Rounding::HalfUp).to_string()]);
            }
        }
    }
    (write(indices), write(components))
}

fn read(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("rows are even").iter().map(str::to_owned).collect()).collect()
}

fn write(rows: Vec<Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("a vector takes every record");
    }
    String::from_utf8(writer.into_inner().expect("a vector can be flushed")).expect("texts are UTF-8")
}
