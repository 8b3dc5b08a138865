//! Times index and ranks of a matrix of points: `standing UNITS LEAVES ROUNDS < points.csv`.
//!
//! Reads one row a unit with one column a leaf (points with a decimal point), every leaf at most 1
//! point; prints `rounds,nanoseconds` of one evaluation to standard error and `unit,index,place` to
//! standard output, so that a peer's result can be compared before its time is.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::sync::Arc;
use std::time::Instant;

use par_core::framework::read::{self, Files};
use par_core::points::read::{Notation, points};
use par_core::score::{LeafPoints, standing};
use par_core::year::{Block, Cluster, ProvinceMean, Unit, UnitFile, Year};

fn main() {
    let arguments: Vec<usize> =
        std::env::args().skip(1).map(|text| text.parse().expect("whole numbers")).collect();
    let [units, leaves, rounds] = arguments[..] else {
        panic!("usage: standing UNITS LEAVES ROUNDS < points.csv")
    };
    let year = year(units, leaves);
    let matrix = matrix(units, leaves);
    let started = Instant::now();
    let mut result = standing(&year, &matrix);
    for _ in 1..rounds {
        result = std::hint::black_box(standing(std::hint::black_box(&year), &matrix));
    }
    let each = started.elapsed().as_nanos() / rounds as u128;
    eprintln!("{rounds},{each}");
    let mut text = String::new();
    for (unit, standing) in result.units.iter().enumerate() {
        let index = standing.index.expect("every leaf applies");
        let _ = writeln!(
            text,
            "{unit},{},{}",
            index.rounded(6, par_core::points::rounding::Rounding::HalfEven),
            standing.place.expect("ranked")
        );
    }
    std::io::stdout().write_all(text.as_bytes()).expect("standard output");
}

fn matrix(units: usize, leaves: usize) -> Vec<LeafPoints> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("points on standard input");
    let matrix: Vec<LeafPoints> = text
        .lines()
        .map(|line| {
            let points = line.split(',').map(|cell| points(cell, Notation::Data).expect("points"));
            LeafPoints { points: points.collect(), missing: Vec::new() }
        })
        .collect();
    assert_eq!((matrix.len(), matrix[0].points.len()), (units, leaves));
    matrix
}

/// A country of one block, with the leaves spread over eight areas as in a real set.
fn year(units: usize, leaves: usize) -> Year {
    let mut files = Files::new();
    for area in 0..8 {
        let of_area: Vec<usize> = (0..leaves).filter(|leaf| leaf % 8 == area).collect();
        let mut text =
            format!("[area]\ncode = \"{}\"\nname = \"A\"\nmax = \"{}\"\n", area + 1, of_area.len());
        for (i, _) in of_area.iter().enumerate() {
            let _ = write!(
                text,
                "[[node]]\ncode = \"{}.{}\"\nname = \"C\"\nmax = \"1\"\nsource = \"appraisal\"\nrule = {{ kind = \"judged\", step = \"0.0001\" }}\n",
                area + 1,
                i + 1
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
    Year {
        year: 2024,
        province_mean: ProvinceMean::Units,
        sets: vec![set.into()],
        clusters: vec![Cluster { id: "c".to_owned(), name: "C".to_owned() }],
        blocks: vec![Block { id: "b".to_owned(), name: "B".to_owned(), set: 0, cluster: 0, classes: None }],
        units: (0..units).map(unit).collect(),
        files: (0..units).map(|_| Arc::new(UnitFile::default())).collect(),
        ..Year::default()
    }
}
