//! Faults that would change a result without a word are refused where they stand, and only they are told.

use crate::small::{AREA, BONUS, changed, told, with, year};

/// What is changed in a sound year: in a file, from, to.
type Changes<'c> = &'c [(&'c str, &'c str, &'c str)];

/// Each fault with the one line it is told by.
fn refused(rows: &[(Changes<'_>, &str)]) {
    for (changes, expected) in rows {
        assert_eq!(told(&with(changes)), [*expected], "{changes:?}");
    }
}

const JUDGED: &str = r#"{ kind = "judged", step = "0.0001" }"#;

#[test]
fn a_leaf_has_a_source_and_a_rule() {
    let area = "sets/s/area-1.toml";
    refused(&[
        (
            &[(
                area,
                "source = \"appraisal\"\nrule = { kind = \"judged\", step = \"0.0001\" }",
                "source = \"survey\"",
            )],
            "sets/s/area-1.toml:6 RuleMisplaced",
        ),
        (
            &[(
                area,
                "source = \"appraisal\"\nrule = { kind = \"judged\", step = \"0.0001\" }",
                "evidence = \"Tờ\"",
            )],
            "sets/s/area-1.toml:6 RuleMisplaced",
        ),
        (&[(area, "source = \"appraisal\"\n", "")], "sets/s/area-1.toml:5 KeyMissing"),
        (&[(area, "\"0.0001\"", "\"3\"")], "sets/s/area-1.toml:10 StepDoesNotDivide"),
        (&[(area, JUDGED, r#"{ kind = "ratio", floor = "70" }"#)], "sets/s/area-1.toml:10 OutOfRange"),
        (
            &[(area, JUDGED, r#"{ kind = "ratio", floor = "0.9", target = "0.8", empty = "full" }"#)],
            "sets/s/area-1.toml:10 OutOfRange",
        ),
    ]);
    let mut files = year();
    files.remove(area);
    assert_eq!(told(&files), ["sets/s/area-*.toml:0 FileMissing"]);
}

#[test]
fn points_without_inputs_are_points_the_rule_can_give() {
    let rows: [(&str, &[&str], &[&str]); 9] = [
        (r#"{ kind = "judged", step = "2.5" }"#, &["0", "7.5", "10"], &["6.1", "2.4"]),
        (
            r#"{ kind = "deduct", start = "10", floor = "4", events = [ { id = "v", points = "1", label = "vụ" } ] }"#,
            &["4", "9", "10"],
            &["1", "3.9999", "9.5"],
        ),
        (r#"{ kind = "yes_no" }"#, &["0", "10"], &["0.5"]),
        (
            r#"{ kind = "options", options = [ { points = "10", label = "a" }, { points = "2", label = "b" } ] }"#,
            &["2", "10"],
            &["0", "1.9"],
        ),
        (
            r#"{ kind = "checklist", items = [ { id = "1", points = "4", label = "a" }, { id = "2", points = "6", label = "b" } ] }"#,
            &["0", "4", "6", "10"],
            &["0.3", "2"],
        ),
        (
            r#"{ kind = "count_steps", steps = [ { min = "3", points = "10" }, { min = "0", points = "2" } ] }"#,
            &["2", "10"],
            &["0", "1.7"],
        ),
        (
            r#"{ kind = "ratio_steps", steps = [ { min = "0.5", points = "10" }, { min = "0", points = "2" } ] }"#,
            &["0", "2", "10"],
            &["1.7"],
        ),
        (
            r#"{ kind = "ratio", floor = "0.5", target = "1", empty = "zero" }"#,
            &["0", "5", "7.1234"],
            &["4.9"],
        ),
        (r#"{ kind = "two_tier", late_factor = "0.5" }"#, &["0", "3.3333"], &[]),
    ];
    for (rule, given, others) in rows {
        // Nobody departs from the rule, the council included.
        for stage in ["round1", "council"] {
            let with = |points: &str| {
                with(&[
                    ("sets/s/area-1.toml", JUDGED, rule),
                    ("scores.csv", "", &format!("unit,code,{stage}\nU1,1.1,{points}\nU2,1.1,10\n")),
                ])
            };
            for points in given {
                assert_eq!(told(&with(points)), [""; 0], "{rule} {points}");
            }
            for points in others {
                assert_eq!(told(&with(points)), ["scores.csv:2 PointsNotByRule"], "{rule} {points}");
            }
        }
    }
}

#[test]
fn every_problem_of_inputs_is_told() {
    let rule = r#"{ kind = "two_tier", late_factor = "0.5" }"#;
    let files = with(&[
        ("sets/s/area-1.toml", JUDGED, rule),
        ("scores.csv", "", "unit,code,round1,round1_input\nU1,1.1,,a=x;b=-1;d=1\nU2,1.1,5,a=0;b=1;c=0\n"),
    ]);
    // Unknown d, no number a, b below 0, c missing; and nothing can be done of nothing.
    let input = |line: usize| format!("scores.csv:{line} Input");
    assert_eq!(told(&files), [input(2), input(2), input(2), input(2), input(3)]);
}

#[test]
fn names_and_ids_stand_once() {
    let block = "[[block]]\nid = \"b\"\nname = \"Bảng b\"\nset = \"s\"\ncluster = \"c\"\n";
    fn header<'t>(from: &'t str, to: &'t str) -> (&'t str, &'t str, &'t str) {
        ("year.toml", from, to)
    }
    let twins = "code,name,block\nU1,Đơn vị 1,b\nU2,Đơn vị\u{200b} 1,b\n";
    refused(&[
        (
            &[header("[[block]]", "[[cluster]]\nid = \"c\"\nname = \"Khối d\"\n[[block]]")],
            "year.toml:11 Duplicate",
        ),
        (
            &[header("[[block]]", "[[cluster]]\nid = \"d\"\nname = \"Khối c\"\n[[block]]")],
            "year.toml:11 Duplicate",
        ),
        (
            &[header(block, &format!("{block}{}", block.replace("Bảng b", "Bảng c")))],
            "year.toml:16 Duplicate",
        ),
        (&[header(block, &format!("{block}{}", block.replace("\"b\"", "\"d\"")))], "year.toml:16 Duplicate"),
        (
            &[header("[[cluster]]", "[[set]]\nid = \"s\"\nfolder = \"x\"\n[[cluster]]")],
            "year.toml:8 Duplicate",
        ),
        (&[("units.csv", "U2,Đơn vị 2", "U2,Đơn vị 1")], "units.csv:3 Duplicate"),
        (&[("units.csv", "", twins)], "units.csv:3 Twins"),
        (&[("reasons.csv", "", "code,name\nr,Một\nr,Hai\n")], "reasons.csv:3 Duplicate"),
        (&[("facts.csv", "", "key,value\nk,Một\nk,Hai\n")], "facts.csv:3 Duplicate"),
        (&[("facts.csv", "", "key,value\nk,2025-02-30\n")], "facts.csv:2 WrongType"),
        (&[("facts.csv", "", "key,value\nk,2025-13-45\n")], "facts.csv:2 WrongType"),
        (&[("facts.csv", "", "key,value\nk,31/02/2025\n")], "facts.csv:2 WrongType"),
        (&[("exemption.csv", "", "unit,code,reason\nU1,1,x\n")], "exemption.csv:0 FileMisnamed"),
        (
            &[("scores.csv", "", "unit,code,round1,round1\nU1,1.1,6,7\nU2,1.1,5,8\n")],
            "scores.csv:1 ColumnTwice",
        ),
        (&[("units.csv", "", "code,name,block\n")], "units.csv:1 NoRows"),
        (&[("sets/s/framework.toml", "\"Yếu\"", "\"Tốt\"")], "sets/s/framework.toml:15 ClassTwice"),
        (
            &[("sets/s/framework.toml", "from = \"50\"", "from = \"180\"")],
            "sets/s/framework.toml:15 OutOfRange",
        ),
    ]);
    let code = told(&with(&[("units.csv", "U2,Đơn vị 2", "U1,Đơn vị 2")]));
    assert_eq!(code, ["units.csv:3 Duplicate", "scores.csv:3 UnknownName"]);
    let all = changed(year(), &[("units.csv", "U1", "all"), ("scores.csv", "U1", "all")]);
    assert_eq!(told(&all), ["units.csv:2 Reserved"]);
}

#[test]
fn the_header_names_the_sets_it_uses() {
    let files = with(&[("sets/s/framework.toml", "id = \"s\"", "id = \"t\"")]);
    assert_eq!(told(&files), ["year.toml:6 SetIsAnother"]);
}

#[test]
fn marks_lie_in_order_on_areas_that_are_there() {
    let mark = |text: &str| format!("[[threshold]]\n{text}\n[[block]]");
    let rows = [
        ("area = \"9\"\nhigh = \"80\"", "year.toml:11 UnknownCode"),
        ("area = \"1\"\nhigh = \"180\"", "year.toml:11 OutOfRange"),
        ("area = \"1\"\nhigh = \"-1\"", "year.toml:11 OutOfRange"),
        ("area = \"1\"\nhigh = \"80\"\nlow = \"90\"", "year.toml:11 OutOfRange"),
        ("area = \"1\"\nhigh = \"80\"\n[[threshold]]\narea = \"1\"\nhigh = \"90\"", "year.toml:14 Duplicate"),
    ];
    for (text, expected) in rows {
        assert_eq!(told(&with(&[("year.toml", "[[block]]", &mark(text))])), [expected], "{text}");
    }
}

#[test]
fn the_year_before_is_a_year_before_and_known() {
    let before = ("year.toml", "province_mean", "previous_year = 2023\nprovince_mean");
    let index = ("previous.csv", "", "unit,index\nU1,50\nU2,50\n");
    let units = |predecessors: &str| {
        format!("code,name,block,predecessors\nU1,Đơn vị 1,b,{predecessors}\nU2,Đơn vị 2,b,\n")
    };
    let component = |text: &str| format!("unit,code,percent\n{text}\n");
    refused(&[
        (&[index], "previous.csv:0 NoYearBefore"),
        (
            &[("year.toml", "province_mean", "previous_year = 2024\nprovince_mean"), index],
            "year.toml:4 OutOfRange",
        ),
        (&[before, index, ("units.csv", "", &units("U9"))], "units.csv:2 UnknownName"),
        (&[before, index, ("units.csv", "", &units("U1++U2"))], "units.csv:2 HoleInList"),
        (&[before, index, ("units.csv", "", &units("U1+U1"))], "units.csv:2 Duplicate"),
        (&[before, ("previous.csv", "", "unit,index\nU1,50\n")], "units.csv:3 UnknownName"),
        (&[before, ("previous.csv", "", "unit,index\nU1,50\nU2,101\n")], "previous.csv:3 OutOfRange"),
        (&[before, ("previous.csv", "", "unit,index\nU1,50\nU2,-1\n")], "previous.csv:3 OutOfRange"),
        (&[before, ("previous.csv", "", "unit,index\nU1,50\nU2,50\n,40\n")], "previous.csv:4 KeyMissing"),
        (&[before, ("previous.csv", "", "unit,index\nU1,50\nU2,50\nU1,40\n")], "previous.csv:4 Duplicate"),
        (
            &[before, index, ("previous-components.csv", "", &component("U1,1,40\nU1,1,70"))],
            "previous-components.csv:3 Duplicate",
        ),
        (
            &[before, index, ("previous-components.csv", "", &component("U1,9,40"))],
            "previous-components.csv:2 UnknownCode",
        ),
        (
            &[before, index, ("previous-components.csv", "", &component("U1,1,101"))],
            "previous-components.csv:2 OutOfRange",
        ),
    ]);
    assert_eq!(told(&with(&[before, index, ("units.csv", "", &units("U1+U2"))])), [""; 0]);
}

#[test]
fn a_unit_keeps_something_of_its_scale() {
    let all = ("exemptions.csv", "", "unit,code,reason\nU1,1,Không có\n");
    let rest = ("scores.csv", "U1,1.1,6\n", "");
    refused(&[(&[all, rest], "exemptions.csv:2 NothingLeft")]);
    // Bonus points are a share of nothing.
    let bonus = [
        all,
        ("sets/s/area-T.toml", "", BONUS),
        ("scores.csv", "", "unit,code,round1\nU1,T.1,1\nU2,1.1,5\nU2,T.1,1\n"),
    ];
    refused(&[(&bonus, "exemptions.csv:2 NothingLeft")]);
}

#[test]
fn letters_that_are_none_are_refused_where_they_stand() {
    for letter in ['\0', '\u{7}', '\u{b}', '\u{1b}', '\u{85}', '\u{fffe}', '\u{ffff}', '\u{fdd0}'] {
        let name = format!("Đơn vị{letter} 2");
        assert_eq!(told(&with(&[("units.csv", "Đơn vị 2", &name)])), ["units.csv:3 ForbiddenLetter"]);
        let escaped = format!("Khối\\u{:04x} c", u32::from(letter));
        let expected = ["year.toml:10 ForbiddenLetter"];
        assert_eq!(told(&with(&[("year.toml", "Khối c", &escaped)])), expected, "{letter:?}");
        let expected = ["sets/s/area-1.toml:7 ForbiddenLetter"];
        let escaped = format!("Mục\\u{:04x} 1.1", u32::from(letter));
        assert_eq!(told(&with(&[("sets/s/area-1.toml", "Mục 1.1", &escaped)])), expected, "{letter:?}");
    }
    let lines = "code,name,block\nU1,Đơn vị 1,b\nU2,\"Đơn vị\n2\",b\n";
    refused(&[
        (&[("units.csv", "", lines)], "units.csv:3 ForbiddenLetter"),
        (&[("year.toml", "Khối c", "Khối\\nc")], "year.toml:10 ForbiddenLetter"),
        (&[("units.csv", "Đơn vị 2", "\u{200b}\u{202e}")], "units.csv:3 NothingVisible"),
        (&[("year.toml", "Bảng b", "\u{2060}")], "year.toml:13 NothingVisible"),
        (&[("sets/s/area-1.toml", "Mục 1.1", "\u{feff}\u{ad}")], "sets/s/area-1.toml:7 NothingVisible"),
    ]);
    // People write their explanations in several lines.
    let answer =
        "unit,code,round1,round2,reason,answer,outcome\nU1,1.1,6,7,r,\"Một\nHai\",partly\nU2,1.1,5,,,,\n";
    let reasons = ("reasons.csv", "", "code,name\nr,Thiếu\n");
    assert_eq!(told(&with(&[("scores.csv", "", answer), reasons])), [""; 0]);
    assert_eq!(
        told(&with(&[(
            "sets/s/area-1.toml",
            "",
            &AREA.replace("source", "evidence = \"Một\\nHai\"\nsource")
        )])),
        [""; 0]
    );
}

#[test]
fn one_cause_is_one_line() {
    let wide = "unit,code,round1,round2\nU1,1.1,6\nU2,1.1,5\n";
    assert_eq!(told(&with(&[("scores.csv", "", wide)]))[0], "scores.csv:1 HeadingCount");
    refused(&[(
        &[("scores.csv", "", "unit,code,round1,answer\nU1,1.1,6,Đã có\nU2,1.1,5,\n")],
        "scores.csv:2 KeyMissing",
    )]);
}

#[test]
fn a_survey_leaf_scored_by_an_index_of_others_is_judged() {
    let rule = r#"{ kind = "external", divide_by = "100" }"#;
    let files = with(&[
        ("sets/s/area-1.toml", "source = \"appraisal\"", "source = \"survey\""),
        ("sets/s/area-1.toml", JUDGED, rule),
        ("scores.csv", "", "unit,code,round1,round1_input\nU1,1.1,,x=62.5\nU2,1.1,5,\n"),
    ]);
    let results = crate::small::results(&files);
    let unit = &results.standing.units[0];
    assert_eq!((unit.survey.to_string(), unit.appraisal.to_string()), ("6.25".to_owned(), "0".to_owned()));
    let missing = changed(files, &[("scores.csv", "U1,1.1,,x=62.5\n", "")]);
    assert_eq!(told(&missing), ["scores.csv:0 ScoreMissing"]);
}

#[test]
fn a_scale_may_be_the_bonus_included() {
    let files = |scale: &str| {
        with(&[
            ("sets/s/framework.toml", "full_scale = \"10\"", &format!("full_scale = \"{scale}\"")),
            ("sets/s/area-T.toml", "", BONUS),
            ("scores.csv", "", "unit,code,round1\nU1,1.1,9\nU1,T.1,0\nU2,1.1,10\nU2,T.1,2\n"),
        ])
    };
    assert_eq!(told(&files("11")), ["sets/s/framework.toml:4 ScaleDoesNotAddUp"]);
    assert_eq!(told(&files("10")), [""; 0]);
    assert_eq!(told(&files("12")), [""; 0]);
}

#[test]
fn sheets_agree_with_themselves_and_with_their_quotas() {
    let leaf = "[[node]]\ncode = \"1.2\"\nname = \"Mục 1.2\"\nmax = \"4\"\nsource = \"survey\"\n\
                rule = { kind = \"survey\", questions = [\"Q\"], weights = { A = \"100\", B = \"0\" } }\n";
    let area = AREA.replace("max = \"10\"\nsource", "max = \"6\"\nsource") + leaf;
    let heading = "serial,form,stratum,status,refusal,unit,answers\n";
    let survey = |sheets: &str| {
        changed(
            year(),
            &[
                ("sets/s/area-1.toml", "", &area),
                ("survey-forms.csv", "", "form,name,respondents,rates\nM,Phiếu,Cán bộ,Tất cả\n"),
                ("survey-questions.csv", "", "form,question,text\nM,Q,Câu hỏi\n"),
                ("survey-plan.csv", "", "form,stratum,name,issued,required\nM,s,Nhóm,3,2\n"),
                ("survey-sheets.csv", "", &format!("{heading}{sheets}")),
            ],
        )
    };
    let sound = "1,M,s,accepted,,U1,A\n2,M,s,accepted,,U1,B\n";
    assert_eq!(told(&survey(sound)), [""; 0], "nobody answered about U2: it is not yet scored");
    let line = |kind: &str| format!("survey-sheets.csv:4 {kind}");
    for (row, kind) in [
        ("1,M,s,accepted,,U1,A", "Duplicate"),
        ("1,M,s,rejected,trống,U2,A", "SheetDiffers"),
        (",M,s,accepted,,U2,A", "KeyMissing"),
        ("3,M,t,rejected,trống,U2,A", "UnknownName"),
        ("3,M,s,rejected,,U2,A", "KeyMissing"),
        ("3,M,s,not_returned,trống,,", "RefusalMisplaced"),
        ("3,M,s,not_returned,,U2,A", "AnswersMisplaced"),
        ("3,M,s,rejected,trống,U2,AB", "AnswerCount"),
        ("3,M,s,rejected,trống,U2,?", "BadAnswer"),
    ] {
        assert_eq!(told(&survey(&format!("{sound}{row}\n"))), [line(kind)], "{row}");
    }
    let more = told(&survey(&format!("{sound}3,M,s,accepted,,U2,A\n")));
    assert_eq!(more, ["survey-sheets.csv:0 MoreSheets"]);
    let twice = changed(survey(sound), &[("survey-forms.csv", "M,Phiếu", "M,Một,,\nM,Phiếu")]);
    assert_eq!(told(&twice), ["survey-forms.csv:3 Duplicate"]);
    let unknown = changed(survey(sound), &[("survey-questions.csv", "M,Q", "M,R")]);
    assert_eq!(told(&unknown), ["survey-questions.csv:0 UnknownName"]);
}
