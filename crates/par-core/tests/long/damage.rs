//! A hundred thousand random damages of sound folders: each is read or refused with its problems, and what
//! is read gives all its figures. Nothing panics.

use std::panic::{AssertUnwindSafe, catch_unwind};

use par_core::framework::read::Files;
use par_core::language::Language;
use par_core::publication::standing::tables;
use par_core::report::compose;
use par_core::report::wording::Wording;
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::results::{Measure, Results, Scope};
use par_core::year::read;

use crate::common;
use crate::small::{AREA, BONUS, PENALTY, changed, with, year};

/// Damages tried.
const MANY: u64 = 100_000;
/// Of the damaged folders that are still sound, one in so many gives a report as well.
const REPORTS: u64 = 20;

/// SplitMix64 of Sebastiano Vigna, public domain.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, many: usize) -> usize {
        usize::try_from(self.bits() % many.max(1) as u64).expect("below a length")
    }

    fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

/// Words and letters that change what a file says.
const PIECES: [&str; 40] = [
    "",
    "0",
    "1",
    "-1",
    "10",
    "2.5",
    "6.1",
    "100",
    "180",
    "1e5",
    "999999999999",
    "0.0000001",
    "1,5",
    "-",
    "all",
    "x",
    "U1",
    "U2",
    "A+B",
    "1.1",
    "T",
    "P.1",
    "9.9",
    "\"",
    "\n",
    "\r\n",
    ";",
    ",",
    "=",
    "[[node]]\n",
    "a=0;b=1",
    "n=1",
    "\0",
    "\u{200b}",
    "\u{fffe}",
    "printed",
    "breaker",
    "survey",
    "external",
    "rescale_to_full",
];

/// Sound folders that together use every kind of rule and file.
fn folders() -> Vec<Files> {
    let kinds = [
        r#"{ kind = "yes_no" }"#,
        r#"{ kind = "options", options = [ { points = "10", label = "a" }, { points = "0", label = "b" } ] }"#,
        r#"{ kind = "checklist", items = [ { id = "1", points = "4", label = "a" }, { id = "2", points = "6", label = "b" } ] }"#,
        r#"{ kind = "count_steps", steps = [ { min = "3", points = "10" }, { min = "0", points = "0" } ] }"#,
        r#"{ kind = "ratio_steps", steps = [ { min = "0.5", points = "10" }, { min = "0", points = "0" } ] }"#,
        r#"{ kind = "ratio", floor = "0.5", target = "0.9", empty = "full" }"#,
        r#"{ kind = "two_tier", late_factor = "0.5" }"#,
        r#"{ kind = "deduct", start = "10", floor = "0", events = [ { id = "v", points = "1", label = "vụ" } ] }"#,
        r#"{ kind = "external", divide_by = "100" }"#,
    ];
    let judged = r#"{ kind = "judged", step = "0.0001" }"#;
    let scores = "unit,code,round1,round1_input,council\nU1,1.1,10,,\nU2,1.1,0,,10\n";
    let mut folders: Vec<Files> = kinds
        .iter()
        .map(|kind| {
            let source =
                if kind.contains("external") { "source = \"external\"" } else { "source = \"self\"" };
            with(&[
                ("sets/s/area-1.toml", judged, kind),
                ("sets/s/area-1.toml", "source = \"appraisal\"", source),
                ("scores.csv", "", scores),
            ])
        })
        .collect();
    let survey = AREA.replace(
        "{ kind = \"judged\", step = \"0.0001\" }",
        "{ kind = \"survey\", questions = [\"Q\"], weights = { A = \"100\", B = \"0\" } }",
    );
    folders.push(with(&[
        ("sets/s/area-1.toml", "", &survey.replace("appraisal", "survey")),
        ("scores.csv", "", "unit,code,round1\n"),
        ("survey-forms.csv", "", "form,name,respondents,rates\nM,Phiếu,Cán bộ,Tất cả\n"),
        ("survey-questions.csv", "", "form,question,text\nM,Q,Câu hỏi\n"),
        ("survey-plan.csv", "", "form,stratum,name,issued,required\nM,s,Nhóm,4,4\n"),
        (
            "survey-sheets.csv",
            "",
            "serial,form,stratum,status,refusal,unit,answers\n1,M,s,accepted,,U1,A\n1,M,s,accepted,,U2,B\n2,M,s,rejected,trống,U1,-\n3,M,s,not_returned,,,\n",
        ),
    ]));
    let before = [
        ("year.toml", "province_mean", "previous_year = 2023\nprovince_mean"),
        ("previous.csv", "", "unit,index,class\nA,70.01,Khá\nB,70.02,\nU2,50,Tốt\n"),
        ("previous-components.csv", "", "unit,code,percent\nA,1,40\nB,1,50\nU2,1,40\n"),
        ("units.csv", "", "code,name,block,predecessors\nU1,Đơn vị 1,b,A+B\nU2,Đơn vị 2,b,\n"),
        ("sets/s/area-T.toml", "", BONUS),
        ("sets/s/area-P.toml", "", PENALTY),
        (
            "scores.csv",
            "",
            "unit,code,round1,reason,answer,outcome,round2\nU1,1.1,6,r,Có,partly,7\nU1,T.1,1,,,,\nU1,P.1,-1,,,,\nU2,1.1,5,,,,\nU2,T.1,0,,,,\nU2,P.1,0,,,,\n",
        ),
        ("reasons.csv", "", "code,name\nr,Thiếu\n"),
        ("facts.csv", "", "key,value\ncouncil_date,2024-02-29\n"),
        ("year.toml", "[[block]]", "[[threshold]]\narea = \"1\"\nhigh = \"80\"\nlow = \"60\"\n[[block]]"),
    ];
    folders.push(changed(year(), &before));
    let open = ("sets/s/framework.toml", "[[class]]", "[total]\ncap = \"none\"\n[[class]]");
    folders.push(changed(changed(year(), &before), &[open]));
    let spare = ("exemptions.csv", "", "unit,code,reason\nU1,T,Không có\n");
    let rescale = ("sets/s/framework.toml", "reduce_scale", "rescale_to_full");
    let row = ("scores.csv", "U1,T.1,1,,,,\n", "");
    folders.push(changed(changed(year(), &before), &[spare, rescale, row]));
    for folder in &folders {
        let (year, problems) = read::read(folder);
        assert!(year.is_some() && problems.is_empty(), "{problems:#?}");
    }
    folders
}

/// Changes one to three places of a folder.
fn damage(folder: &Files, random: &mut Random) -> Files {
    let mut files = folder.clone();
    for _ in 0..=random.below(3) {
        let names: Vec<String> = files.keys().cloned().collect();
        let name = random.of(&names).clone();
        let text = files[&name].clone();
        let chars: Vec<char> = text.chars().collect();
        let at = random.below(chars.len() + 1);
        let end = (at + random.below(12)).min(chars.len());
        let piece = *random.of(&PIECES);
        let part = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
        let lines: Vec<&str> = text.lines().collect();
        let changed = match random.below(8) {
            0 => part(0, at) + piece + &part(at, chars.len()),
            1 => part(0, at) + piece + &part(end, chars.len()),
            2 => part(0, at),
            3 if !lines.is_empty() => {
                let mut more = lines.clone();
                more.insert(random.below(lines.len()), lines[random.below(lines.len())]);
                more.join("\n") + "\n"
            }
            4 if !lines.is_empty() => {
                let mut fewer = lines.clone();
                fewer.remove(random.below(lines.len()));
                fewer.join("\n") + "\n"
            }
            5 => {
                // A cell or value takes another's place.
                let words: Vec<&str> =
                    text.split([',', '\n', '"', ' ']).filter(|word| !word.is_empty()).collect();
                let (from, to) = match words.as_slice() {
                    [] => ("", piece),
                    words => {
                        (*random.of(words), if random.below(2) == 0 { piece } else { *random.of(words) })
                    }
                };
                text.replacen(from, to, 1)
            }
            6 => files[random.of(&names)].clone(),
            _ => {
                files.remove(&name);
                continue;
            }
        };
        files.insert(name, changed);
    }
    files
}

/// Reads a folder as commands do and, when it is sound, makes everything that follows from it.
fn use_up(files: &Files, wording: Option<&Wording>) -> bool {
    let (year, problems) = read::read(files);
    let Some(year) = year else {
        assert!(!problems.is_empty(), "a folder that is refused has a problem");
        return false;
    };
    let results = Results::of(year);
    tables(&results);
    for unit in 0..results.year.units.len() {
        for figure in [
            UnitFigure::Index,
            UnitFigure::Total,
            UnitFigure::Appraisal,
            UnitFigure::Survey,
            UnitFigure::Adjustment,
            UnitFigure::Place,
            UnitFigure::Class,
            UnitFigure::NextClass,
            UnitFigure::Change(Measure::Index),
            UnitFigure::LikeForLike,
        ] {
            results.derive(&Figure::Unit(unit, figure), Language::Vi);
        }
        for (_, node) in results.year.set_of(unit).nodes() {
            results.derive(&Figure::Unit(unit, UnitFigure::Node(node.code.clone())), Language::En);
        }
    }
    results.derive(&Figure::MeanChange(Scope::Province, Measure::Index), Language::Vi);
    if let Some(wording) = wording {
        compose::report(&results, wording);
    }
    true
}

#[test]
fn a_hundred_thousand_damages_end_in_results_or_in_problems() {
    let (folders, wording) = (folders(), common::wording());
    let mut sound = 0;
    for seed in 0..MANY {
        let mut random = Random(seed);
        let folder = random.of(&folders);
        let files = damage(folder, &mut random);
        let wording = seed.is_multiple_of(REPORTS).then_some(&wording);
        match catch_unwind(AssertUnwindSafe(|| use_up(&files, wording))) {
            Ok(read) => sound += u64::from(read),
            Err(_) => panic!("damage {seed} ends in a panic: {files:#?}"),
        }
    }
    // Some damages change only names and remarks; most are told.
    assert!(sound > MANY / 100 && sound < MANY / 2, "{sound} of {MANY} damaged folders were taken");
}
