//! A year written as files is the same year when read again, whatever it holds.

use std::sync::Arc;

use par_core::framework::Source;
use par_core::framework::read as framework;
use par_core::framework::read::Files;
use par_core::points::Points;
use par_core::problem::{Problem, ProblemKind};
use par_core::year::read;
use par_core::year::write::write;
use proptest::prelude::*;

use super::{common, generate};

#[test]
fn the_demo_year_written_and_read_again_is_the_same_year_and_the_same_bytes() {
    let year = common::demo_year();
    let files = write(&year);
    let (again, problems) = read::read(&files);
    assert!(problems.is_empty(), "{problems:#?}");
    let again = again.expect("a year without problems is there");
    assert!(again == year, "the year read again is another one");
    assert_eq!(write(&again), files);
    assert!(files.contains_key("sets/departments/framework.toml"), "{:?}", files.keys());
}

#[test]
fn two_sets_of_one_id_are_refused() {
    let mut year = common::demo_year();
    let id = year.sets[0].id.clone();
    Arc::make_mut(&mut year.sets[1]).id = id;
    let (again, problems) = read::read(&write(&year));
    assert!(again.is_none());
    let duplicate = |problem: &Problem| matches!(problem.kind, ProblemKind::Duplicate { .. });
    assert!(problems.iter().any(duplicate), "{problems:#?}");
}

/// What a generated year is made of besides its criteria set.
#[derive(Clone, Debug)]
struct Making {
    names: Vec<String>,
    texts: Vec<String>,
    /// Taken one after another wherever something is chosen.
    choices: Vec<u8>,
}

fn making() -> impl Strategy<Value = Making> {
    let names = proptest::collection::vec(generate::name(), 1..5);
    let texts =
        (proptest::collection::vec(generate::name(), 3), proptest::collection::vec(generate::text(), 3));
    let texts = texts.prop_map(|(names, texts)| [names, texts].concat());
    let choices = proptest::collection::vec(any::<u8>(), 400..401);
    (names, texts, choices).prop_map(|(names, texts, choices)| Making { names, texts, choices })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn every_sound_year_written_and_read_again_is_the_same_year(
        set in generate::framework(),
        making in making(),
    ) {
        let files = year_files(&set, &making);
        let (year, problems) = read::read(&files);
        // Letters by chance can look like words of an old encoding.
        prop_assume!(!problems.iter().any(|problem| matches!(problem.kind, ProblemKind::Legacy(_))));
        prop_assert!(problems.is_empty(), "{problems:#?}\n{files:#?}");
        let year = year.expect("a year without problems is there");
        let written = write(&year);
        let (again, problems) = read::read(&written);
        prop_assert!(problems.is_empty(), "{problems:#?}\n{written:#?}");
        let again = again.expect("a year without problems is there");
        prop_assert_eq!(&again, &year);
        prop_assert_eq!(write(&again), written);
    }
}

/// The files of a year that uses the set, as a person would write them: two blocks, any exemption that
/// leaves something, stages with gaps, requests, sheets of every status.
fn year_files(set: &Files, making: &Making) -> Files {
    let mut choices = making.choices.iter().cycle();
    let mut choose = |of: usize| usize::from(*choices.next().expect("cycles")) % of;
    let (framework, _) = framework::read(set);
    let framework = framework.expect("generated sets are sound");
    let [title, name, reason, fact, question, origin] = &making.texts[..] else { unreachable!("six texts") };
    let mut files: Files =
        set.iter().map(|(file, text)| (format!("sets/bo-1/{file}"), text.clone())).collect();
    let word = ["cluster_means", "units"][choose(2)];
    let classes = [
        "",
        "[[block.class]]\nname = \"Đạt\"\nfrom = \"50.5\"\n[[block.class]]\nname = \"Chưa\"\nfrom = \"0\"\n",
    ];
    let rounds = 1 + choose(3);
    let header = format!(
        "year = 2024\ntitle = {}\nprovince = \"tỉnh\"\nnotice = {}\nprevious_year = 2023\n\
         province_mean = \"{word}\"\nrounds = {rounds}\n\
         [[set]]\nid = \"bo-1\"\nfolder = \"x\"\n[[cluster]]\nid = \"k\"\nname = {}\n\
         [[block]]\nid = \"b1\"\nname = \"Một\"\nset = \"bo-1\"\ncluster = \"k\"\n{}\
         [[block]]\nid = \"b2\"\nname = \"Hai\"\nset = \"bo-1\"\ncluster = \"k\"\n\
         [[threshold]]\narea = \"1\"\nhigh = \"90.50\"\nlow = \"7\"\n{}",
        quoted(title),
        quoted(name),
        quoted(name),
        classes[choose(2)],
        if framework.find("2").is_some() { "[[threshold]]\narea = \"2\"\nhigh = \"80\"\n" } else { "" },
    );
    files.insert("year.toml".to_owned(), header);
    let mut units = String::from("predecessors,block,name,code\n");
    let mut previous = String::from("unit,index,class,origin\nA,70,,\nB,,,\nCŨ,1.5,,\n");
    let mut components = String::from("unit,code,percent\n");
    let (mut scores, mut exemptions) = (
        String::from("unit,code,self,council,") + &ROUNDS[..rounds].join(",") + "\n",
        String::from("unit,code,reason\n"),
    );
    let (mut sheets, mut questions) = (String::new(), Vec::new());
    for (_, leaf) in framework.leaves() {
        if let Some(par_core::rule::Rule::Survey(rule)) =
            framework.node(leaf).scoring.as_ref().map(|scoring| &scoring.rule)
        {
            questions.extend(rule.questions.iter().cloned());
        }
    }
    questions.sort();
    questions.dedup();
    let first_area = framework.areas().next().map(|(id, _)| id);
    let can_exempt = framework.areas().count() > 1;
    for (i, name) in making.names.iter().enumerate() {
        let code = format!("U{i}");
        let before = ["", "-", "A+B", "CŨ"][choose(4)];
        units.push_str(&row(&[before, ["b1", "b2"][choose(2)], &format!("{name} {i}"), &code]));
        previous.push_str(&row(&[&code, ["81.20", "", "7"][choose(3)], ["", "Tốt"][choose(2)], origin]));
        if choose(2) == 0 {
            components.push_str(&row(&[&code, "1", "88.1992"]));
        }
        let exempt = can_exempt && choose(3) == 0;
        if exempt {
            exemptions.push_str(&row(&[&code, "1", reason]));
        }
        for (leaf, node) in framework.leaves() {
            let scoring = framework.scoring(leaf);
            let below = first_area.is_some_and(|area| framework.area_of(node) == area);
            if scoring.is_counted() || (exempt && below) {
                continue;
            }
            let max = framework.node(node).max.to_string();
            let least = if scoring.rule.gives(framework.frame(leaf), Points::ZERO) { "0" } else { &max };
            let given = |open: bool, choice: usize| {
                if open { ["", least, &max][choice].to_owned() } else { String::new() }
            };
            let mut cells = vec![code.clone(), framework.node(node).code.clone()];
            cells.extend([given(scoring.source == Source::Own, choose(3)), given(true, choose(3))]);
            for _ in 0..rounds {
                cells.push(given(true, choose(3)));
                cells.extend(match choose(4) {
                    0 => ["thieu", fact, "partly"].map(str::to_owned),
                    1 => ["thieu", "", "none"].map(str::to_owned),
                    _ => ["", "", ""].map(str::to_owned),
                });
            }
            scores.push_str(&row(&cells.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        let answers = "A".repeat(questions.len());
        sheets.push_str(&row(&[&format!("P{i}"), "M1", "tang", "accepted", "", &code, &answers]));
        sheets.push_str(&row(&[
            &format!("X{i}"),
            "M1",
            "tang",
            "rejected",
            reason,
            &code,
            &"-".repeat(questions.len()),
        ]));
        sheets.push_str(&row(&[&format!("Y{i}"), "M1", "tang", "not_returned", "", "", ""]));
    }
    if !questions.is_empty() {
        files.insert(
            "survey-forms.csv".to_owned(),
            format!("form,name,respondents,rates\n{}", row(&["M1", name, name, name])),
        );
        let asked: String = questions.iter().map(|code| row(&["M1", code, question])).collect();
        files.insert("survey-questions.csv".to_owned(), format!("form,question,text\n{asked}"));
        files.insert(
            "survey-plan.csv".to_owned(),
            "form,stratum,name,issued,required\nM1,tang,Tầng,20,9\n".to_owned(),
        );
        files.insert(
            "survey-sheets.csv".to_owned(),
            format!("serial,form,stratum,status,refusal,unit,answers\n{sheets}"),
        );
    }
    let texts = [
        ("units.csv", units),
        ("scores.csv", scores),
        ("exemptions.csv", exemptions),
        ("previous.csv", previous),
        ("previous-components.csv", components),
        ("reasons.csv", format!("code,name\n{}", row(&["thieu", reason]))),
        (
            "facts.csv",
            format!("key,value,origin,note\n{}", row(&["council_date", "2024-04-13", origin, fact])),
        ),
    ];
    files.extend(texts.map(|(file, text)| (file.to_owned(), text)));
    files
}

/// Columns of each round of appraisal.
const ROUNDS: [&str; 3] =
    ["round1,reason,answer,outcome", "round2,reason2,answer2,outcome2", "round3,reason3,answer3,outcome3"];

/// A CSV row with every cell quoted.
fn row(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    quoted.join(",") + "\r\n"
}

/// A TOML text with every odd letter escaped.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
