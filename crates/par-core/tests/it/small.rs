//! The smallest years: one set of one leaf, two units; each test changes what it is about.

use par_core::framework::read::Files;
use par_core::problem::Problem;
use par_core::score::results::Results;
use par_core::year::read;

/// A year of two units and one judged criterion of ten points: six and five points.
pub fn year() -> Files {
    let files = [
        ("year.toml", YEAR),
        ("units.csv", "code,name,block\nU1,Đơn vị 1,b\nU2,Đơn vị 2,b\n"),
        ("scores.csv", "unit,code,round1\nU1,1.1,6\nU2,1.1,5\n"),
        ("sets/s/framework.toml", SET),
        ("sets/s/area-1.toml", AREA),
    ];
    files.map(|(file, text)| (file.to_owned(), text.to_owned())).into()
}

pub const YEAR: &str = r#"year = 2024
title = "Thử"
province = "tỉnh Thử"
province_mean = "units"
[[set]]
id = "s"
folder = "sets/s"
[[cluster]]
id = "c"
name = "Khối c"
[[block]]
id = "b"
name = "Bảng b"
set = "s"
cluster = "c"
"#;

pub const SET: &str = r#"id = "s"
name = "Bộ s"
year = 2024
full_scale = "10"
[rounding]
point_places = 4
points = "half_up"
print_places = 2
print = "half_up"
[ranking]
compare = "exact"
ties = "share"
[exemption]
method = "reduce_scale"
[[class]]
name = "Tốt"
from = "50"
[[class]]
name = "Yếu"
from = "0"
"#;

pub const AREA: &str = r#"[area]
code = "1"
name = "Lĩnh vực 1"
max = "10"
[[node]]
code = "1.1"
name = "Mục 1.1"
max = "10"
source = "appraisal"
rule = { kind = "judged", step = "0.0001" }
"#;

/// An area of one bonus leaf, up to two points.
pub const BONUS: &str = r#"[area]
code = "T"
name = "Điểm thưởng"
max = "2"
[[node]]
code = "T.1"
name = "Thưởng"
max = "2"
source = "appraisal"
rule = { kind = "bonus", events = [ { id = "k", points = "1", label = "việc" } ] }
"#;

/// An area of one penalty leaf, up to six points off.
pub const PENALTY: &str = r#"[area]
code = "P"
name = "Điểm trừ"
max = "-6"
[[node]]
code = "P.1"
name = "Trừ"
max = "-6"
source = "appraisal"
rule = { kind = "penalty", events = [ { id = "k", points = "1", label = "vụ" } ] }
"#;

/// The year with texts replaced once, `(file, from, to)`; an empty `from` sets the whole file.
pub fn with(changes: &[(&str, &str, &str)]) -> Files {
    changed(year(), changes)
}

pub fn changed(mut files: Files, changes: &[(&str, &str, &str)]) -> Files {
    for (file, from, to) in changes {
        let text = files.entry((*file).to_owned()).or_default();
        assert!(text.contains(from), "{file} has no {from:?}");
        *text = if from.is_empty() { (*to).to_owned() } else { text.replacen(from, to, 1) };
    }
    files
}

/// The results of a year that must be sound.
pub fn results(files: &Files) -> Results {
    let (year, problems) = read::read(files);
    assert!(problems.is_empty(), "{problems:#?}");
    Results::of(year.expect("a year without problems is there"))
}

/// What is told of a year that must be refused: `units.csv:3 Duplicate`.
pub fn told(files: &Files) -> Vec<String> {
    let (year, problems) = read::read(files);
    assert!(year.is_none() || problems.is_empty(), "nothing may be loaded from a faulty folder");
    problems.iter().map(name).collect()
}

fn name(problem: &Problem) -> String {
    let kind = format!("{:?}", problem.kind);
    let kind = kind.split([' ', '(', '{']).next().unwrap_or_default();
    format!("{}:{} {kind}", problem.file, problem.line)
}
