//! What may be published of a year, and how a changed table is told.

use std::sync::Arc;

use par_core::publication::anonymous::{publishable, too_few, too_near};
use par_core::publication::compare::{Difference, DifferenceKind, compare};
use par_core::publication::level::{Level, at_level};
use par_core::publication::standing::tables;
use par_core::report::wording::read::misfits;
use par_core::report::{compose, text};
use par_core::rule::survey::Tally;
use par_core::score::UnitStanding;
use par_core::score::results::{Results, Scope};
use par_core::year::sheets::SheetStatus;
use par_core::year::survey::{Answers, POOLED};
use par_core::year::{read, write};

use super::common;

#[test]
fn published_counts_give_every_figure() {
    let year = common::demo_year();
    let public = publishable(&year);
    assert!(publishable(&public) == public, "publishing twice changes something");
    assert_eq!(tables(&Results::of(public.clone())), tables(&Results::of(year.clone())));
    for form in &year.survey.forms {
        assert_eq!(public.survey.answers(form), year.survey.answers(form), "{}", form.code);
        assert_eq!(public.survey.counts(Some(&form.code)), year.survey.counts(Some(&form.code)));
    }
}

/// Two people exchange what they answered about the same unit: no year tells.
#[test]
fn on_whose_sheet_an_answer_stood_cannot_be_read() {
    let (year, sheets) = common::demo_with_sheets();
    let mut other = sheets.clone();
    let unit = year.find_unit("SNV").expect("a unit of the demo");
    let mut places = Vec::new();
    for (i, sheet) in sheets.0.iter().enumerate() {
        for (j, rating) in sheet.ratings.iter().enumerate() {
            if sheet.form == "M1" && sheet.status == SheetStatus::Accepted && rating.unit == unit {
                places.push((i, j));
            }
        }
    }
    let answer = |(i, j): (usize, usize)| &sheets.0[i].ratings[j].answers;
    let (one, two) =
        (places[0], *places.iter().find(|at| answer(**at) != answer(places[0])).expect("unlike"));
    other.0[one.0].ratings[one.1].answers = answer(two).clone();
    other.0[two.0].ratings[two.1].answers = answer(one).clone();
    assert!(other != sheets);
    assert_eq!(other.answers(&year.survey.forms), year.survey.answers);
    assert_eq!(other.returns(), year.survey.returns);
}

#[test]
fn answers_of_few_people_are_pooled_over_all_forms_that_ask_the_same() {
    let mut year = common::demo_year();
    // Only three people fill in form M5 about one unit, all with the same answer.
    let unit = year.find_unit("TPLC").expect("a unit of the demo");
    let few = |of: usize, form: &str| of == unit && form == "M5";
    let mut answers = Answers::default();
    for (of, question, form, tally) in year.survey.answers.iter() {
        let three = Tally::from([('A', 3)]);
        answers.add(of, question, form, if few(of, form) { &three } else { tally });
    }
    Arc::make_mut(&mut year.survey).answers = answers;
    let public = publishable(&year);
    assert!(publishable(&public) == public, "publishing twice changes something");
    let asked = |form: &str| {
        let form = year.survey.forms.iter().find(|one| one.code == form).expect("a form of the demo");
        form.questions.iter().map(|question| question.code.clone()).collect::<Vec<_>>()
    };
    for (_, question, form, _) in public.survey.answers.iter() {
        assert_eq!(form == POOLED, asked("M5").iter().any(|one| one == question), "{question} on {form}");
    }
    assert_eq!(tables(&Results::of(public)), tables(&Results::of(year)));
}

/// At every level units have the totals, places and classes they have, and the year reads back the same.
#[test]
fn every_level_keeps_the_figures_it_publishes_and_reads_back() {
    let year = common::demo_year();
    let full = Results::of(publishable(&year));
    for level in Level::ALL {
        let public = at_level(&full, level);
        assert_eq!(Level::of(&public), level);
        let (read, problems) = read::read(&write::write(&public));
        assert_eq!(problems, Vec::new(), "{level:?}");
        assert!(read.as_ref() == Some(&public), "{level:?} reads back otherwise");
        let results = Results::of(public);
        for (now, was) in results.standing.units.iter().zip(&full.standing.units) {
            let figures =
                |one: &UnitStanding| (one.total, one.scale, one.survey, one.appraisal, one.place, one.class);
            assert_eq!(figures(now), figures(was), "{level:?}");
        }
        let asked =
            results.year.files.iter().flat_map(|file| &file.leaves).any(|leaf| leaf.requests().count() > 0);
        assert!(!asked, "{level:?}: a request for explanation is public");
    }
}

/// An office writes its remarks once; those about what a level keeps to itself are left out there, and a
/// slip of the pen is told where all codes are known.
#[test]
fn remarks_about_what_is_not_public_at_a_level_are_left_out() {
    let full = Results::of(publishable(&common::demo_year()));
    let mut wording = common::demo_wording();
    for level in Level::ALL {
        let results = Results::of(at_level(&full, level));
        assert_eq!(misfits(&wording, &results.year), [], "{level:?}");
        let said = text::write(&compose::report(&results, &wording).document);
        let remark = "Chưa xin lỗi khi giải quyết hồ sơ quá hạn";
        assert_eq!(said.contains(remark), level == Level::Leaves, "{level:?}");
    }
    wording.findings[0].area = "9".to_owned();
    assert_eq!(misfits(&wording, &full.year).len(), 1);
}

/// The report and its tables of causes follow from sums, without a single request.
#[test]
fn a_public_year_composes_the_same_report_without_the_requests() {
    let year = common::demo_year();
    let (full, public) = (Results::of(year.clone()), Results::of(publishable(&year)));
    for scope in [Scope::Province, Scope::Block(0), Scope::Cluster(1)] {
        assert_eq!(full.lost_by_cause(scope), public.lost_by_cause(scope));
        assert_eq!(full.lost_by_area(scope), public.lost_by_area(scope));
    }
    let requests = |results: &Results| {
        (0..results.year.units.len()).map(|unit| results.requests(unit)).collect::<Vec<_>>()
    };
    assert_eq!(requests(&full), requests(&public));
}

#[test]
fn too_few_answers_and_versions_too_near_each_other_are_named() {
    let year = common::demo_year();
    assert!(too_few(&year).is_empty() && too_near(&year, &year).is_empty());
    let unit = year.find_unit("SNV").expect("a unit of the demo");
    let with = |more: &dyn Fn(usize, &str, &str) -> Option<Tally>| {
        let mut other = year.clone();
        let mut answers = Answers::default();
        for (of, question, form, tally) in year.survey.answers.iter() {
            answers.add(of, question, form, more(of, question, form).as_ref().unwrap_or(tally));
        }
        Arc::make_mut(&mut other.survey).answers = answers;
        other
    };
    // One more sheet about one unit: somebody's, answer by answer.
    let one_more = with(&|of, question, form| {
        let tally = year
            .survey
            .answers
            .iter()
            .find(|(unit, asked, on, _)| (*unit, *asked, *on) == (of, question, form));
        let mut tally = tally?.3.clone();
        *tally.entry('A').or_default() += 1;
        (of == unit && form == "M1").then_some(tally)
    });
    assert_eq!(too_near(&year, &one_more), ["SNV"]);
    assert_eq!(too_near(&one_more, &year), ["SNV"]);
    let many_more = with(&|of, _, form| (of == unit && form == "M1").then(|| Tally::from([('A', 80)])));
    assert!(too_near(&year, &many_more).is_empty());
    let three = with(&|of, question, _| (of == unit && question == "D01").then(|| Tally::from([('A', 2)])));
    assert_eq!(too_few(&three), [(unit, "D01".to_owned())]);
}

#[test]
fn every_change_of_a_table_is_told_with_its_row() {
    let results = common::demo();
    let all = tables(&results);
    let units = all.iter().find(|table| table.name == "units").expect("a table of units");
    let text = units.csv();
    let told = |said: &str| compare(units, said);
    assert_eq!(told(&text), Vec::new());
    let first = text.lines().nth(1).expect("a first unit").to_owned();
    let code = first.split(',').next().expect("a code").to_owned();
    let one = |line: usize, kind| vec![Difference { line, row: code.clone(), kind }];
    assert_eq!(told(&text.replace(&format!("{first}\n"), "")), one(0, DifferenceKind::RowMissing));
    let end = text.lines().count() + 1;
    assert_eq!(told(&format!("{text}{first}\n")), one(end, DifferenceKind::RowTwice));
    let said = |kind| vec![Difference { line: 0, row: String::new(), kind }];
    assert_eq!(told(&text.replace('\n', "\r\n")), said(DifferenceKind::Written));
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(1, 2);
    assert_eq!(told(&(lines.join("\n") + "\n")), said(DifferenceKind::Order));
    let worse = first.replace("Xuất sắc", "Tốt").replace("Tốt", "Khá");
    let differences = told(&text.replace(&first, &worse));
    assert!(
        matches!(
            &differences[..],
            [Difference { line: 2, kind: DifferenceKind::Cell { column: "class", .. }, .. }]
        ),
        "{differences:?}"
    );
    assert!(matches!(told("unit\nSNV\n")[0].kind, DifferenceKind::Headings { .. }));
    assert!(matches!(told("a,b\n\"c\n")[0].kind, DifferenceKind::Syntax(_)));
}
