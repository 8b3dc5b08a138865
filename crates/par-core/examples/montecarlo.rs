//! Times the draws over a matrix of points: `montecarlo UNITS LEAVES DRAWS < points.csv`.
//!
//! Reads one row a unit with one column a leaf, every leaf at most 1 point: `0.25` is undisputed,
//! `0.25/0.75` has binding points and the unit's own. Prints `draws,nanoseconds` of all draws to
//! standard error and `unit,mean place` to standard output, so that a peer's result can be compared
//! before its time is.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::sync::Arc;
use std::time::Instant;

use par_core::analysis::model::Model;
use par_core::framework::read::{self, Files};
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::points::read::{Notation, points};
use par_core::points::rounding::Rounding;
use par_core::rule::inputs::Inputs;
use par_core::score::results::Results;
use par_core::year::{Block, Cluster, Judgement, LeafFile, ProvinceMean, Unit, UnitFile, Year};

fn main() {
    let arguments: Vec<usize> =
        std::env::args().skip(1).map(|text| text.parse().expect("whole numbers")).collect();
    let [units, leaves, draws] = arguments[..] else {
        panic!("usage: montecarlo UNITS LEAVES DRAWS < points.csv")
    };
    let model = Model::of(&Results::of(year(units, leaves)));
    let started = Instant::now();
    let counts = model.draw(1, 0..draws as u64);
    eprintln!("{draws},{}", started.elapsed().as_nanos());
    let mut text = String::new();
    for (unit, counted) in counts.units.iter().enumerate() {
        let places = counted.places.iter().zip(1i128..).map(|(count, place)| i128::from(*count) * place);
        let mean = Exact::ratio(places.sum(), draws.max(1) as i128);
        let mean: Decimal = mean.rounded(4, Rounding::HalfUp);
        let _ = writeln!(text, "{unit},{mean}");
    }
    std::io::stdout().write_all(text.as_bytes()).expect("standard output");
}

/// One block without exemptions, with the leaves spread over eight areas as in a real set.
fn year(units: usize, leaves: usize) -> Year {
    let mut files = Files::new();
    for area in 0..8 {
        let of_area = (0..leaves).filter(|leaf| leaf % 8 == area).count();
        let mut text = format!("[area]\ncode = \"{}\"\nname = \"A\"\nmax = \"{of_area}\"\n", area + 1);
        for leaf in 1..=of_area {
            let _ = write!(
                text,
                "[[node]]\ncode = \"{}.{leaf}\"\nname = \"C\"\nmax = \"1\"\nsource = \"self\"\nrule = {{ kind = \"judged\", step = \"0.0001\" }}\n",
                area + 1,
            );
        }
        files.insert(format!("area-{}.toml", area + 1), text);
    }
    let header = format!(
        "id = \"s\"\nname = \"S\"\nyear = 2024\nfull_scale = \"{leaves}\"\n[rounding]\npoint_places = 4\npoints = \"half_up\"\n\
         print_places = 2\nprint = \"half_up\"\n[ranking]\ncompare = \"exact\"\nties = \"share\"\n[exemption]\n\
         method = \"reduce_scale\"\n[[class]]\nname = \"T\"\nfrom = \"80\"\n[[class]]\nname = \"Y\"\nfrom = \"0\"\n"
    );
    files.insert("framework.toml".to_owned(), header);
    let (set, problems) = read::read(&files);
    let set = set.unwrap_or_else(|| panic!("{problems:?}"));
    let unit = |i: usize| Unit {
        code: format!("U{i}"),
        name: format!("Unit {i}"),
        slug: format!("unit-{i}"),
        block: 0,
        predecessors: Vec::new(),
        ..Unit::default()
    };
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("points on standard input");
    let judged = |text: &str| {
        let points = points(text, Notation::Data).expect("points");
        Some(Judgement { points, inputs: Inputs::default() })
    };
    let leaf = |cell: &str| {
        let (binding, own) = cell.split_once('/').unwrap_or((cell, cell));
        LeafFile { own: judged(own), council: judged(binding), ..LeafFile::default() }
    };
    let files: Vec<UnitFile> =
        text.lines().map(|line| UnitFile { leaves: line.split(',').map(leaf).collect() }).collect();
    assert!(files.len() == units && files.iter().all(|file| file.leaves.len() == leaves), "a full matrix");
    Year {
        year: 2024,
        province_mean: ProvinceMean::Units,
        sets: vec![set.into()],
        clusters: vec![Cluster { id: "c".to_owned(), name: "C".to_owned() }],
        blocks: vec![Block { id: "b".to_owned(), name: "B".to_owned(), set: 0, cluster: 0, classes: None }],
        units: (0..units).map(unit).collect(),
        files: files.into_iter().map(Arc::new).collect(),
        ..Year::default()
    }
}
