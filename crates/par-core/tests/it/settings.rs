//! Settings of a criteria set change the table as they say, and nothing else.

use crate::common;

use par_core::framework::read::Files;
use par_core::points::exact::Exact;
use par_core::points::rounding::Rounding;
use par_core::score::results::{Lineage, Measure, Results, Scope};
use par_core::score::{printed_points, printed_scale};
use par_core::year::read;

/// The demo year with a text of both criteria sets' headers replaced.
fn demo_with(from: &str, to: &str) -> Results {
    let mut files = common::demo_files();
    for id in ["departments", "districts"] {
        replace(&mut files, &format!("sets/{id}/framework.toml"), from, to);
    }
    evaluate(&files)
}

fn replace(files: &mut Files, file: &str, from: &str, to: &str) {
    let text = files.get_mut(file).expect("the file is part of the demo");
    assert!(text.contains(from), "{file} has no {from:?}");
    *text = text.replace(from, to);
}

fn evaluate(files: &Files) -> Results {
    let (year, problems) = read::read(files);
    assert!(problems.is_empty(), "{problems:#?}");
    Results::of(year.expect("a year without problems is there"))
}

fn index(results: &Results, code: &str) -> String {
    let unit = results.year.find_unit(code).expect("a unit of the demo");
    results.printed(unit, &Measure::Index).expect("every unit has an index").to_string()
}

fn places(results: &Results, codes: &[&str]) -> Vec<u32> {
    let place = |code: &&str| {
        let unit = results.year.find_unit(code).expect("a unit of the demo");
        results.standing.units[unit].place.expect("every unit has a place")
    };
    codes.iter().map(place).collect()
}

#[test]
fn the_rounding_mode_changes_what_is_printed_but_not_the_order() {
    let half_up = common::demo();
    let down = demo_with("print = \"half_up\"", "print = \"down\"");
    let up = demo_with("print = \"half_up\"", "print = \"up\"");
    // 67.9283 / 78.5 = 86.53286…, 55.2282 / 76.5 = 72.1937…
    assert_eq!((index(&half_up, "SNGV"), index(&down, "SNGV"), index(&up, "SNGV")).0, "86.53");
    assert_eq!(index(&up, "SNGV"), "86.54");
    assert_eq!(index(&half_up, "BQL"), "72.19");
    assert_eq!(index(&up, "BQL"), "72.20");
    for unit in 0..half_up.year.units.len() {
        let exact = half_up.standing.units[unit].index.expect("an index").percent();
        let printed = |results: &Results| results.printed(unit, &Measure::Index).expect("an index");
        assert_eq!(printed(&down), Rounding::Down.apply(&exact, 2));
        assert_eq!(printed(&up), Rounding::Up.apply(&exact, 2));
        assert!(printed(&down) <= printed(&half_up) && printed(&half_up) <= printed(&up));
    }
    assert_eq!(half_up.standing, down.standing);
}

#[test]
fn leaf_points_are_rounded_once_by_the_sets_mode_and_places() {
    // Points written in the file would contradict another rounding, so only the inputs are left.
    let mut files = common::demo_files();
    let scores = files.get_mut("scores.csv").expect("scores");
    let header = scores.lines().next().expect("headings").to_owned();
    let stages: Vec<usize> = header
        .split(',')
        .enumerate()
        .filter(|(_, name)| ["self", "round1", "round2", "council"].contains(name))
        .map(|(i, _)| i)
        .collect();
    let mut reader = csv::Reader::from_reader(scores.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().expect("headings")).expect("in memory");
    for row in reader.records() {
        let row = row.expect("well-formed");
        writer
            .write_record(row.iter().enumerate().map(|(i, cell)| if stages.contains(&i) { "" } else { cell }))
            .expect("in memory");
    }
    *scores = String::from_utf8(writer.into_inner().expect("in memory")).expect("UTF-8");
    let same = evaluate(&files);
    assert_eq!(same.standing, common::demo().standing, "points follow from the inputs alone");
    for id in ["departments", "districts"] {
        let file = format!("sets/{id}/framework.toml");
        replace(&mut files, &file, "points = \"half_up\"", "points = \"down\"");
    }
    let down = evaluate(&files);
    let unit = down.year.find_unit("SNV").expect("Sở Nội vụ");
    assert!(down.standing.units[unit].total < same.standing.units[unit].total);
    // 2 × 2640/2644 = 1.99697…: 1.997 half up, 1.9969 down.
    let set = down.year.set_of(unit);
    let earned = |results: &Results| {
        results.standing.units[unit].node(set, set.find("3.4.1").expect("a leaf")).earned.to_string()
    };
    assert_eq!((earned(&same), earned(&down)), ("1.997".to_owned(), "1.9969".to_owned()));
}

#[test]
fn the_tie_rule_decides_the_places_of_units_that_print_the_same_index() {
    let codes = ["SKHDT", "SGDDT", "SKHCN", "SGTVT"];
    assert_eq!(places(&common::demo(), &codes), [3, 4, 5, 6], "hidden decimals decide");
    let printed = |ties: &str| {
        demo_with("compare = \"exact\"\nties = \"share\"", &format!("compare = \"printed\"\n{ties}"))
    };
    assert_eq!(places(&printed("ties = \"share\""), &codes), [3, 4, 4, 6]);
    assert_eq!(places(&printed("ties = \"dense\""), &codes), [3, 4, 4, 5]);
    // Khoa học và Công nghệ has 23.06 survey points, Giáo dục và Đào tạo 22.70.
    assert_eq!(places(&printed("ties = \"breaker\"\nbreaker = \"survey\""), &codes), [3, 5, 4, 6]);
    assert_eq!(places(&printed("ties = \"breaker\"\nbreaker = \"appraisal\""), &codes), [3, 4, 5, 6]);
    // Area 3: Giáo dục và Đào tạo reaches 100 %.
    assert_eq!(places(&printed("ties = \"breaker\"\nbreaker = \"3\""), &codes), [3, 4, 5, 6]);
}

#[test]
fn rescaling_to_the_full_scale_prints_other_points_and_the_same_index() {
    let reduced = common::demo();
    let rescaled = demo_with("method = \"reduce_scale\"", "method = \"rescale_to_full\"");
    assert_eq!(reduced.standing, rescaled.standing);
    let unit = rescaled.year.find_unit("SNGV").expect("Sở Ngoại vụ");
    let standing = &rescaled.standing.units[unit];
    let print = |results: &Results| {
        let set = results.year.set_of(unit);
        let total = Rounding::HalfUp.apply(&printed_points(set, standing.total, standing.scale), 2);
        format!("{total} of {}", printed_scale(set, standing.scale))
    };
    assert_eq!(print(&reduced), "67.93 of 78.5");
    assert_eq!(print(&rescaled), "86.53 of 100");
}

#[test]
fn the_province_mean_is_the_one_the_year_names() {
    let clusters = common::demo();
    let mut files = common::demo_files();
    replace(&mut files, "year.toml", "\"cluster_means\"", "\"units\"");
    let units = evaluate(&files);
    let print = |results: &Results| {
        let mean = results.mean(Scope::Province, &Measure::Node("6".to_owned())).expect("area 6");
        Rounding::HalfUp.apply(&mean, 2).to_string()
    };
    assert_eq!(print(&clusters), "72.43", "(86.90 + 57.96) / 2, as printed");
    assert_eq!(print(&units), "78.63", "(20 × 86.90 + 8 × 57.96) / 28");
}

#[test]
fn units_are_compared_with_the_units_they_continue() {
    let mut files = common::demo_files();
    let units = files.get_mut("units.csv").expect("units");
    let lines: Vec<String> = units
        .lines()
        .map(|line| match line.split(',').next() {
            Some("code") => format!("{line},predecessors"),
            Some("STC") => format!("{line},STC+SKHDT"),
            Some("SKHDT") => format!("{line},-"),
            Some("TPLC") => format!("{line},SINHO"),
            Some("TAMDUONG") => format!("{line},TANUYEN"),
            _ => format!("{line},"),
        })
        .collect();
    *units = lines.join("\n");
    let results = evaluate(&files);
    let of = |code: &str| {
        let unit = results.year.find_unit(code).expect("a unit");
        (results.lineage(&results.year.units[unit]), results.previous(unit, &Measure::Index))
    };
    let percent = |hundredths| Some(Exact::ratio(hundredths, 100));
    assert_eq!(of("SNV"), (Lineage::Same, percent(8296)));
    // (82.96 + 81.17) / 2
    assert_eq!(of("STC"), (Lineage::Merged, Some(Exact::ratio(16413, 200))));
    assert_eq!(of("SKHDT"), (Lineage::New, None));
    assert_eq!(of("TPLC"), (Lineage::Split, percent(7662)));
    assert_eq!(of("SINHO"), (Lineage::Split, percent(7662)));
    assert_eq!(of("TAMDUONG"), (Lineage::Split, percent(7882)));
    let new = results.year.find_unit("SKHDT").expect("a unit");
    assert_eq!((results.change(new, &Measure::Index), results.like_for_like(new)), (None, None));
}

#[test]
fn like_for_like_leaves_out_what_only_one_year_assessed() {
    let results = common::demo();
    let unit = results.year.find_unit("SNV").expect("Sở Nội vụ");
    let found = results.like_for_like(unit).expect("2019 is known by area");
    assert_eq!(found.left_out, ["1.9"], "the one criterion of area 1 that is new in 2020");
    // By hand: points without 1.9 over the scale without 1.9, against the 2019 area percents weighted alike.
    let standing = &results.standing.units[unit];
    let set = results.year.set_of(unit);
    let new = standing.node(set, set.find("1.9").expect("a leaf"));
    let now = Exact::ratio(
        i128::from((standing.total - new.earned).millionths()) * 100,
        (standing.scale - new.max).millionths().into(),
    );
    assert_eq!(found.now, now);
    assert_ne!(Some(found.change), results.change(unit, &Measure::Index));
}
