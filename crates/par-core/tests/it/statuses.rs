//! Units that are scored and not ranked, not evaluated, or there for a part of the year.

use par_core::framework::read::Files;
use par_core::language::Language;
use par_core::points::exact::Exact;
use par_core::publication::level::{Level, at_level};
use par_core::publication::standing::tables;
use par_core::report::{compose, text};
use par_core::score::derive::Value;
use par_core::score::figure::{Count, Figure, UnitFigure};
use par_core::score::results::{Lineage, Measure, Results, Scope};
use par_core::words;
use par_core::year::read;
use par_core::year::status::Status;
use par_core::year::write::write;

use crate::common::wording;
use crate::small::{changed, results, told, with, year};

const GROUND: &str = "Quyết định số 12/QĐ-UBND ngày 05/03/2024 của UBND tỉnh";

/// Two ranked units of six and five points, one scored of nine, one not evaluated.
fn files() -> Files {
    let units = format!(
        "code,name,block,predecessors,status,from,to,ground\n\
         U1,Đơn vị 1,b,,ranked,,,\nU2,Đơn vị 2,b,,,,,\n\
         U3,Đơn vị 3,b,,scored,,,{GROUND}\n\
         U4,Đơn vị 4,b,,not_evaluated,,2024-06-30,{GROUND}\n"
    );
    with(&[("units.csv", "", &units), ("scores.csv", "", "unit,code,round1\nU1,1.1,6\nU2,1.1,5\nU3,1.1,9\n")])
}

/// The same with a year before in which every unit had 40,00.
fn with_year_before() -> Files {
    let header = ("year.toml", "province_mean", "previous_year = 2023\nprovince_mean");
    let before = "unit,index\nU1,40\nU2,40\nU3,40\nU4,40\n";
    changed(files(), &[header, ("previous.csv", "", before)])
}

/// The report as plain text.
fn report(results: &Results) -> String {
    text::write(&compose::report(results, &wording()).document)
}

const ALL: [UnitFigure; 9] = [
    UnitFigure::Index,
    UnitFigure::Total,
    UnitFigure::Scale,
    UnitFigure::Appraisal,
    UnitFigure::Survey,
    UnitFigure::Place,
    UnitFigure::Class,
    UnitFigure::NextClass,
    UnitFigure::LikeForLike,
];

#[test]
fn a_unit_that_is_scored_only_has_points_and_index_and_no_share_in_anything_over_several() {
    let results = results(&with_year_before());
    let places: Vec<_> = results.standing.units.iter().map(|unit| unit.place).collect();
    assert_eq!(places, [Some(1), Some(2), None, None]);
    let index = |unit: usize| results.share(unit, &Measure::Index).map(|share| share.percent());
    assert_eq!(index(2), Some(Exact::whole(90)));
    assert_eq!(results.class_name(2), None);
    assert_eq!(results.to_next_class(2), None);
    assert_eq!((results.units(Scope::Province), results.unranked(Scope::Province)), (vec![0, 1], vec![2, 3]));
    assert_eq!(results.scored(Scope::Province), [0, 1, 2]);
    for scope in [Scope::Block(0), Scope::Cluster(0), Scope::Province] {
        assert_eq!(results.mean(scope, &Measure::Index), Some(Exact::whole(55)), "of six and five");
        assert_eq!(results.mean_change(scope, &Measure::Index), Some(Exact::whole(15)));
        let up = results.value(&Figure::Count(scope, Count::up(Measure::Index)));
        assert_eq!(up, Value::Count(2, 2));
        let lost = results.lost_by_area(scope);
        assert_eq!(lost[0].1.lost.to_string(), "9", "four and five points, not one more");
        assert_eq!(results.lost_by_cause(scope).iter().map(|one| one.units).max(), Some(2));
    }
    // Its own change is a fact like any other.
    assert_eq!(results.change(2, &Measure::Index), Some(Exact::whole(50)));
}

#[test]
fn a_unit_that_is_not_evaluated_is_in_no_figure_and_says_why() {
    let results = results(&with_year_before());
    let standing = &results.standing.units[3];
    assert_eq!((standing.index, standing.place, standing.class, standing.unscored), (None, None, None, 0));
    assert_eq!(results.change(3, &Measure::Index), None);
    for figure in ALL {
        let derived = results.derive(&Figure::Unit(3, figure.clone()), Language::Vi);
        assert_eq!(derived.value, Value::Nothing, "{figure:?}");
        assert!(derived.parts.is_empty() && derived.rule.contains(GROUND), "{derived:?}");
    }
    let place = results.derive(&Figure::Unit(2, UnitFigure::Place), Language::Vi);
    assert_eq!(place.rule, format!("Chấm, không xếp hạng, theo {GROUND}."));
    let said = words::status_of(&results.year.units[3], Language::Vi);
    assert_eq!(said, format!("không đánh giá, đến ngày 30/06/2024, theo {GROUND}"));
    // Nobody continues a unit through one that is not evaluated.
    let gone = changed(with_year_before(), &[("units.csv", "Đơn vị 4,b,,", "Đơn vị 4,b,U1,")]);
    let results = crate::small::results(&gone);
    assert_eq!(results.lineage(&results.year.units[0]), Lineage::Same);
}

#[test]
fn nothing_may_be_said_of_a_unit_that_is_not_evaluated() {
    let scored = changed(files(), &[("scores.csv", "U3,1.1,9", "U3,1.1,9\nU4,1.1,5")]);
    assert_eq!(told(&scored), ["scores.csv:5 ScoreOfUnevaluated"]);
    let survey = [
        ("survey-forms.csv", "", "form,name,respondents,rates\nM,Mẫu,Ai,Đơn vị\n"),
        ("survey-questions.csv", "", "form,question,text\nM,Q,Hỏi\n"),
        ("survey-plan.csv", "", "form,stratum,name,issued,required\nM,A,Nhóm,9,9\n"),
        ("survey-returns.csv", "", "form,stratum,accepted,rejected,over_quota,not_returned\nM,A,9,0,0,0\n"),
        ("survey-counts.csv", "", "form,unit,question,option,count\nM,U4,Q,A,9\n"),
    ];
    assert_eq!(told(&changed(files(), &survey)), ["units.csv:5 AnswersOfUnevaluated"]);
    // An exemption may stand, and so may the lack of one: nothing is asked of it.
    let exempt = ("exemptions.csv", "", "unit,code,reason\nU4,1,Đã sáp nhập\n");
    assert!(told(&changed(files(), &[exempt])).is_empty());
    // A ranked unit without a row, and one of which nothing is left, are refused as before.
    let missing = changed(files(), &[("scores.csv", "U2,1.1,5\n", "")]);
    assert_eq!(told(&missing), ["scores.csv:0 ScoreMissing"]);
}

#[test]
fn status_days_and_ground_are_read_strictly_and_all_problems_told() {
    let unit = |cells: &str| changed(year(), &[("units.csv", "", &row(cells))]);
    fn row(cells: &str) -> String {
        format!("code,name,block,status,from,to,ground\nU1,Đơn vị 1,b,,,,\nU2,Đơn vị 2,b,{cells}\n")
    }
    let rows: [(&str, &[&str]); 12] = [
        (",,,", &[]),
        ("ranked,2024-07-01,,", &[]),
        (",1997-05-01,2024-12-31,", &[]),
        ("paused,,,", &["units.csv:3 NotAllowed"]),
        ("scored,,,", &["units.csv:3 KeyMissing"]),
        (",01/07/2024,,", &["units.csv:3 WrongType"]),
        (",2024-02-30,,", &["units.csv:3 WrongType"]),
        (",2025-01-01,,", &["units.csv:3 OutOfRange"]),
        (",,2023-12-31,", &["units.csv:3 OutOfRange"]),
        (",2024-07-01,2024-06-30,", &["units.csv:3 OutOfRange"]),
        (",,,Quyết định của UBND tỉnh", &["units.csv:3 Ground", "units.csv:3 Ground"]),
        (",x,y,", &["units.csv:3 WrongType", "units.csv:3 WrongType"]),
    ];
    for (cells, expected) in rows {
        assert_eq!(told(&unit(cells)), expected, "{cells}");
    }
    let spoken = "scored,,,chỉ đạo miệng của Chủ tịch UBND tỉnh ngày 5/3/2024";
    let results = results(&changed(unit(spoken), &[("scores.csv", "U2,1.1,5", "U2,1.1,5")]));
    assert!(results.year.units[1].ground.as_ref().is_some_and(par_core::ground::Ground::is_pending));
}

#[test]
fn a_folder_is_written_as_it_was_read_and_says_nothing_where_there_is_nothing_to_say() {
    let year = results(&with_year_before()).year;
    let written = write(&year);
    let (again, problems) = read::read(&written);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(again.as_ref(), Some(&year));
    assert!(written["units.csv"].starts_with("code,name,block,predecessors,status,from,to,ground\n"));
    let plain = write(&results(&crate::small::year()).year);
    assert_eq!(plain["units.csv"], "code,name,block,predecessors\nU1,Đơn vị 1,b,\nU2,Đơn vị 2,b,\n");
}

#[test]
fn a_unit_that_was_not_there_all_the_year_is_compared_with_nothing() {
    let row = ("units.csv", "U2,Đơn vị 2,b,,,,,", "U2,Đơn vị 2,b,,,2024-03-01,,");
    let results = results(&changed(with_year_before(), &[row]));
    assert_eq!(results.change(1, &Measure::Index), None);
    assert_eq!(results.standing.units[1].place, Some(2), "it is ranked all the same");
    // The mean's change is over the other unit: 60 less 40.
    assert_eq!(results.mean(Scope::Province, &Measure::Index), Some(Exact::whole(55)));
    assert_eq!(results.mean_change(Scope::Province, &Measure::Index), Some(Exact::whole(20)));
    let why = results.derive(&Figure::Unit(1, UnitFigure::Change(Measure::Index)), Language::Vi).rule;
    assert_eq!(why, "Không so sánh với năm trước: đơn vị chỉ có từ ngày 01/03/2024.");
}

#[test]
fn a_list_of_which_nobody_is_ranked_has_no_place_and_no_mean() {
    let all = |word: &str| {
        let mut files = files();
        let text = files["units.csv"].clone();
        let lines = text.lines().enumerate().map(|(at, line)| match at {
            0 => line.to_owned(),
            _ => format!("U{at},Đơn vị {at},b,,{word},,,{GROUND}"),
        });
        files.insert("units.csv".to_owned(), lines.collect::<Vec<_>>().join("\n") + "\n");
        if word == "scored" {
            let scores = files["scores.csv"].clone() + "U4,1.1,5\n";
            files.insert("scores.csv".to_owned(), scores);
        } else {
            files.insert("scores.csv".to_owned(), "unit,code,round1\n".to_owned());
        }
        results(&files)
    };
    for word in ["scored", "not_evaluated"] {
        let results = all(word);
        for scope in [Scope::Block(0), Scope::Cluster(0), Scope::Province] {
            assert_eq!(results.mean(scope, &Measure::Index), None, "{word}");
            assert!(results.units(scope).is_empty() && results.unranked(scope).len() == 4);
        }
        assert!(results.standing.units.iter().all(|unit| unit.place.is_none() && unit.class.is_none()));
        let units = tables(&results).into_iter().find(|table| table.name == "units").expect("there is one");
        assert_eq!(units.rows.len(), 4);
        let text = report(&results);
        assert!(text.contains("Đơn vị 4") && text.contains(GROUND), "{text}");
    }
}

#[test]
fn every_level_of_publication_keeps_the_standing() {
    let full = results(&with_year_before());
    for level in [Level::Total, Level::Areas, Level::Criteria, Level::Leaves] {
        let public = Results::of(at_level(&full, level));
        let seen = |results: &Results| -> Vec<_> {
            let of = |unit: usize| (results.share(unit, &Measure::Index), results.standing.units[unit].place);
            (0..4).map(of).collect()
        };
        assert_eq!(seen(&public), seen(&full), "{level:?}");
        assert!(public.year.exemptions.is_empty(), "nothing is made up for the unit not evaluated");
        assert_eq!(public.year.units[3].status, Status::NotEvaluated);
        let (again, problems) = read::read(&write(&public.year));
        assert!(problems.is_empty(), "{level:?} {problems:?}");
        assert_eq!(again, Some(public.year));
    }
}

#[test]
fn tables_of_a_package_name_the_status_and_leave_out_what_is_not_evaluated() {
    let results = results(&with_year_before());
    let tables = tables(&results);
    let table = |name: &str| tables.iter().find(|table| table.name == name).expect("there is one");
    let units = table("units");
    let at = |name: &str| units.columns.iter().position(|column| column.name == name).expect("a column");
    let cells = |name: &str| -> Vec<&str> { units.rows.iter().map(|row| row[at(name)].as_str()).collect() };
    assert_eq!(cells("unit"), ["U1", "U2", "U3", "U4"]);
    assert_eq!(cells("status"), ["ranked", "ranked", "scored", "not_evaluated"]);
    assert_eq!(cells("place"), ["1", "2", "", ""]);
    assert_eq!(cells("index"), ["60.00", "50.00", "90.00", ""]);
    assert_eq!(cells("scale"), ["10.00", "10.00", "10.00", ""]);
    assert_eq!(cells("change"), ["20.00", "10.00", "50.00", ""]);
    for name in ["scores", "components", "changes"] {
        let units: Vec<&str> = table(name).rows.iter().map(|row| row[0].as_str()).collect();
        assert!(units.contains(&"U3") && !units.contains(&"U4"), "{name}");
    }
    // A year whose units are all ranked has no such column.
    let plain = par_core::publication::standing::tables(&crate::small::results(&year()));
    let units = plain.iter().find(|table| table.name == "units").expect("there is one");
    assert!(units.columns.iter().all(|column| column.name != "status"));
}

#[test]
fn the_report_names_them_below_the_ranking_with_their_ground() {
    let results = results(&with_year_before());
    let text = report(&results);
    assert!(text.contains("Đơn vị 3") && text.contains("không xếp hạng"), "{text}");
    assert!(text.contains(&format!("Chấm, không xếp hạng, theo {GROUND}.")), "{text}");
    let profile = text::write(&compose::unit(&results, &wording(), 2).document);
    let said = format!("Chỉ số 90,00%; chấm, không xếp hạng, theo {GROUND}.");
    assert!(profile.contains(&said) && !profile.contains("……"), "{profile}");
    assert!(text.contains(&format!("Không đánh giá, đến ngày 30/06/2024, theo {GROUND}.")), "{text}");
}
