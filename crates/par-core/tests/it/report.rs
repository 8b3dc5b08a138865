//! The report as a value: the demo year's text, every claim in it, degenerate years, wrong templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim_words::stated;
use crate::common;

use par_core::framework::Class;
use par_core::points::Points;
use par_core::report::value::{Kind, parts};
use par_core::report::wording::names::{Context, NAMES};
use par_core::report::{compose, text, wording};
use par_core::score::results::Results;
use par_core::year::Year;
use par_core::year::survey::Answers;

fn report() -> String {
    let composed = compose::report(&common::demo(), &common::demo_wording());
    assert!(composed.problems.is_empty(), "{:#?}", composed.problems);
    text::write(&composed.document)
}

#[test]
fn the_report_of_2020_reads_as_its_golden() {
    common::golden("report-2020.txt", &report());
}

/// Lines by part, as in `II.3`; in small letters.
fn sections(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut sections: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut first, mut second) = (String::new(), String::new());
    for line in text.lines() {
        let number = line.split(' ').next().unwrap_or_default();
        match number.strip_suffix('.') {
            Some(roman) if !roman.is_empty() && roman.chars().all(|sign| "IVX".contains(sign)) => {
                first = roman.to_owned();
                second.clear();
            }
            Some(digits) if !digits.is_empty() && digits.chars().all(|sign| sign.is_ascii_digit()) => {
                second = format!(".{digits}");
            }
            _ => {}
        }
        sections.entry(format!("{first}{second}")).or_default().push(line.to_lowercase());
    }
    sections
}

#[test]
fn every_reproducible_claim_is_stated_in_its_part_of_the_report() {
    let sections = sections(&report());
    let units = common::demo().year.units;
    let names = units.into_iter().map(|unit| (unit.code, unit.name)).collect();
    let claims = std::fs::read_to_string(common::root().join("crates/par-core/tests/data/claims-2020.csv"));
    let stated = stated(&claims.expect("the claims are there"), &names);
    assert_eq!(stated.len(), 404);
    let said = |section: &str, words: &[String]| {
        sections[section].iter().any(|line| words.iter().all(|word| line.contains(word.as_str())))
    };
    let missing: Vec<String> = stated
        .iter()
        .filter(|claim| !said(claim.section, &claim.words))
        .map(|claim| format!("{} {}: {:?}", claim.id, claim.section, claim.words))
        .collect();
    assert!(missing.is_empty(), "{}\n{} claims not found", missing.join("\n"), missing.len());
}

/// Sentences of the parts that speak of ranking and of the first area, without tables and charts.
fn sentences(text: &str) -> String {
    let part = |line: &&str| !line.starts_with(['|', '[']) && !line.starts_with("Bảng ");
    let lines = text
        .lines()
        .skip_while(|line| !line.starts_with("II. "))
        .take_while(|line| !line.starts_with("2. Xây dựng và tổ chức"));
    lines.filter(part).collect::<Vec<_>>().join("\n") + "\n"
}

/// The demo year with these units only.
fn only(codes: &[&str]) -> Year {
    let mut year = common::demo_year();
    let kept: Vec<usize> =
        (0..year.units.len()).filter(|unit| codes.contains(&year.units[*unit].code.as_str())).collect();
    let moved = |unit: usize| kept.iter().position(|kept| *kept == unit);
    year.units = kept.iter().map(|unit| year.units[*unit].clone()).collect();
    year.files = kept.iter().map(|unit| year.files[*unit].clone()).collect();
    year.exemptions.retain_mut(|exemption| match exemption.unit {
        None => true,
        Some(unit) => {
            exemption.unit = moved(unit);
            exemption.unit.is_some()
        }
    });
    let mut answers = Answers::default();
    for (unit, question, form, tally) in year.survey.answers.iter() {
        moved(unit).into_iter().for_each(|unit| answers.add(unit, question, form, tally));
    }
    Arc::make_mut(&mut year.survey).answers = answers;
    year
}

fn golden(name: &str, year: Year) {
    let composed = compose::report(&Results::of(year), &common::wording());
    assert!(composed.problems.is_empty(), "{name}: {:#?}", composed.problems);
    common::golden(&format!("report-{name}.txt"), &sentences(&text::write(&composed.document)));
}

#[test]
fn a_year_with_one_unit_says_so_and_has_no_best_and_worst() {
    golden("one-unit", only(&["SNV"]));
}

#[test]
fn a_block_without_units_is_not_spoken_of() {
    golden("empty-block", only(&["TPLC", "SINHO", "TAMDUONG"]));
}

#[test]
fn units_that_print_the_same_are_named_together() {
    let mut year = only(&["SNV", "STP", "SYT"]);
    year.files[1] = year.files[0].clone();
    let mut answers = Answers::default();
    for (unit, question, form, tally) in year.survey.answers.iter().filter(|(unit, ..)| *unit != 1) {
        answers.add(unit, question, form, tally);
        if unit == 0 {
            answers.add(1, question, form, tally);
        }
    }
    Arc::make_mut(&mut year.survey).answers = answers;
    golden("ties", year);
}

#[test]
fn all_units_of_one_class_are_counted_together() {
    let mut year = only(&["TPLC", "SINHO", "TAMDUONG"]);
    for block in &mut year.blocks {
        block.classes = Some(vec![Class { name: "Đạt".to_owned(), from: Points::ZERO }]);
    }
    golden("one-class", year);
}

#[test]
fn without_a_year_before_nothing_is_compared() {
    let mut year = only(&["SNV", "STP", "SYT", "TPLC", "SINHO"]);
    year.previous = None;
    golden("no-previous-year", year);
}

#[test]
fn a_merged_unit_is_compared_and_a_new_one_is_not() {
    let mut year = only(&["SNV", "STP", "SYT", "TPLC"]);
    year.units[1].predecessors = vec!["STP".to_owned(), "SNGV".to_owned()];
    year.units[2].predecessors.clear();
    golden("merged-and-new", year);
}

/// A template with one name in the lists where it is known.
fn template(contexts: &[Context], words: &str) -> String {
    let wrapped = |lists: &[&str]| {
        let open: String = lists.iter().map(|list| format!("[mỗi {list}]\n")).collect();
        format!("{open}{words}\n{}", "[hết]\n".repeat(lists.len()))
    };
    match contexts[0] {
        Context::Year => words.to_owned(),
        Context::Group => wrapped(&["bảng"]),
        Context::Area => wrapped(&["khối", "lĩnh vực"]) + &wrapped(&["lĩnh vực"]),
        Context::Unit => wrapped(&["danh sách đơn vị"]),
        Context::Set => wrapped(&["bộ tiêu chí"]),
        Context::Class => wrapped(&["loại"]),
        Context::Criterion => wrapped(&["lĩnh vực", "tiêu chí"]),
        Context::Scale => wrapped(&["thang điểm riêng"]),
        Context::Reason => wrapped(&["lý do"]),
        Context::Form => wrapped(&["mẫu phiếu"]),
        Context::Finding => wrapped(&["lĩnh vực", "nhận xét"]),
        Context::Loss => wrapped(&["danh sách đơn vị", "mất điểm"]),
    }
}

/// Reads one template in place of the report's, beside the demo's head and remarks.
fn read(words: &str) -> (wording::Wording, Vec<par_core::problem::Problem>) {
    let mut files = common::folder(&common::root().join("wording"));
    files.retain(|name, _| name.ends_with(".toml"));
    files.extend(common::folder(&common::root().join("demo/lai-chau-2020/wording")));
    files.insert("report.txt".to_owned(), words.to_owned());
    wording::read::read(&files)
}

#[test]
fn every_listed_name_says_something_about_2020_where_it_is_known() {
    let results = common::demo();
    let mut silent = Vec::new();
    for (contexts, name, kind, _) in NAMES {
        let words = match kind {
            Kind::List => format!("{{{name}? có: có}}"),
            _ => format!("{{{name}? thiếu: | không: không | {{{name}}}}}"),
        };
        let (wording, problems) = read(&template(contexts, &words));
        assert!(problems.is_empty(), "{name}: {problems:#?}");
        let composed = compose::report(&results, &wording);
        if composed.document.body.is_empty() {
            silent.push(*name);
        }
        for part in parts(*kind) {
            let (_, problems) = read(&template(contexts, &format!("{{{name}.{part}}}")));
            assert!(problems.is_empty(), "{name}.{part}: {problems:#?}");
        }
    }
    // Every unit of 2020 is ranked; see the tests of statuses.
    assert_eq!(silent, ["trạng thái"], "names that say nothing");
}

#[test]
fn a_name_that_the_year_has_nothing_for_leaves_room_and_is_told_with_its_line() {
    let mut year = common::demo_year();
    year.previous = None;
    let (wording, problems) = read("Một dòng.\n\nSo với năm {năm trước}, chỉ số {thay đổi}.\n");
    assert!(problems.is_empty(), "{problems:#?}");
    let composed = compose::report(&Results::of(year), &wording);
    let lines: Vec<(&str, usize)> =
        composed.problems.iter().map(|problem| (problem.file.as_str(), problem.line)).collect();
    assert_eq!(lines, [("report.txt", 3), ("report.txt", 3)]);
    assert!(text::write(&composed.document).contains("So với năm ……, chỉ số ……."));
}
