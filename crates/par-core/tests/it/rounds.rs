//! One, two or three rounds of appraisal: what is binding, what the files, the report and the
//! derivations say.

use std::sync::Arc;

use crate::common;

use par_core::language::Language;
use par_core::points::Points;
use par_core::problem::ProblemKind;
use par_core::report::{compose, text};
use par_core::score::results::Results;
use par_core::year::{Judgement, Outcome, Request, Rounds, Stage, Year, read, write};

/// The demo year appraised once: the second round never happened.
fn one_round() -> Year {
    let mut year = common::demo_year();
    year.rounds = Rounds::new(1).expect("one is a number of rounds");
    for leaf in year.files.iter_mut().flat_map(|file| &mut Arc::make_mut(file).leaves) {
        leaf.rounds.truncate(1);
        leaf.council = None;
    }
    year
}

/// The demo year appraised three times: the council's points are those of the third round, and the
/// explanations it asks for come after the second.
fn three_rounds() -> Year {
    let mut year = common::demo_year();
    year.rounds = Rounds::new(3).expect("three is a number of rounds");
    for leaf in year.files.iter_mut().flat_map(|file| &mut Arc::make_mut(file).leaves) {
        let Some(council) = leaf.council.take() else { continue };
        if leaf.at(Stage::Round(2)) != Some(&council) {
            let request = Request { reason: "missing".to_owned(), answer: None, outcome: Outcome::Silent };
            leaf.ask(2, request);
        }
        leaf.judge(Stage::Round(3), council);
    }
    year
}

fn reread(year: &Year) -> Year {
    let (again, problems) = read::read(&write::write(year));
    assert!(problems.is_empty(), "{problems:#?}");
    again.expect("a year without problems is there")
}

#[test]
fn the_last_round_with_points_is_binding_until_the_council_has_spoken() {
    let given = |points| Judgement { points: Points::whole(points), inputs: Default::default() };
    let mut leaf = par_core::year::LeafFile { own: Some(given(9)), ..Default::default() };
    assert_eq!(leaf.binding(), None, "a self-score alone never counts");
    for (stage, points) in [(Stage::Round(1), 5), (Stage::Round(2), 3), (Stage::Round(3), 4)] {
        leaf.judge(stage, given(points));
        assert_eq!(leaf.binding(), Some((stage, &given(points))));
    }
    leaf.rounds[2].judgement = None;
    assert_eq!(leaf.binding(), Some((Stage::Round(2), &given(3))), "a round that gave nothing is skipped");
    leaf.judge(Stage::Council, given(1));
    assert_eq!(leaf.binding(), Some((Stage::Council, &given(1))));
}

#[test]
fn the_results_of_2020_do_not_depend_on_which_round_gave_the_binding_points() {
    let (demo, three) = (common::demo(), Results::of(three_rounds()));
    assert_eq!(three.standing, demo.standing);
    let one = Results::of(one_round());
    assert_ne!(one.standing, demo.standing, "explanations changed points");
}

#[test]
fn files_hold_as_many_rounds_as_the_year_has() {
    for (year, headings, missing) in [
        (one_round(), "round1,round1_input,council,council_input,reason,answer,outcome", "round2"),
        (
            three_rounds(),
            "round1,round1_input,round2,round2_input,round3,round3_input,council,council_input,\
             reason,answer,outcome,reason2,answer2,outcome2",
            "reason3",
        ),
    ] {
        let files = write::write(&year);
        let first = files["scores.csv"].lines().next().expect("headings").to_owned();
        assert_eq!(first, format!("unit,code,self,self_input,{headings}"));
        assert!(!first.contains(missing));
        assert_eq!(reread(&year), year);
    }
}

#[test]
fn what_is_said_in_a_round_the_year_does_not_have_is_named() {
    let mut files = write::write(&three_rounds());
    // Requests after round 2 stay right.
    let header = files.get_mut("year.toml").expect("a header");
    *header = header.replace("rounds = 3", "rounds = 2");
    let (year, problems) = read::read(&files);
    assert!(year.is_none());
    let columns = |column: &str| {
        let kind = ProblemKind::NoSuchRound { column: column.to_owned(), rounds: 2 };
        problems.iter().filter(|problem| problem.kind == kind).count()
    };
    assert!(columns("round3") > 1000 && columns("reason3") == 0);
    assert_eq!(columns("round3"), problems.len(), "{:?}", problems.first());
}

#[test]
fn the_report_says_how_often_leaves_were_appraised() {
    for (year, said, council) in [(one_round(), "qua một lần", None), (three_rounds(), "qua ba lần", None)]
    {
        let results = Results::of(year);
        let composed = compose::report(&results, &common::demo_wording());
        assert!(composed.problems.is_empty(), "{:#?}", composed.problems);
        let report = text::write(&composed.document);
        assert!(report.contains(said), "{said}");
        assert_eq!(report.lines().find(|line| line.contains("Hội đồng kết luận khác")), council);
        let profile = compose::unit(&results, &common::wording(), 0);
        let profile = text::write(&profile.document);
        let rounds = usize::from(results.year.rounds.count());
        for round in 1..=3 {
            assert_eq!(profile.contains(&format!("Lần {round}")), round <= rounds, "{round} of {rounds}");
        }
    }
}

#[test]
fn a_derivation_shows_each_round_with_the_explanation_asked_for_after_it() {
    let results = Results::of(three_rounds());
    let asked = (0..results.year.units.len()).find_map(|unit| {
        let leaves = results.year.set_of(unit).leaves();
        let mut asked = leaves
            .filter(|(leaf, _)| results.year.leaf_file(unit, *leaf).request_after(Stage::Round(2)).is_some());
        asked.next().map(|(leaf, _)| (unit, leaf))
    });
    let (unit, leaf) = asked.expect("the council changed points in 2020");
    let history = results.history(unit, leaf, Language::Vi);
    let stages: Vec<Stage> = history.iter().map(|said| said.stage).collect();
    assert_eq!(stages, [Stage::Own, Stage::Round(1), Stage::Round(2), Stage::Round(3)]);
    assert_eq!(history.iter().position(|said| said.binding), Some(3));
    assert_eq!(history[2].request.as_ref().map(|request| request.outcome), Some(Outcome::Silent));
}
