//! What may be published of a year, and how a changed table is told.

use std::sync::Arc;

use par_core::publication::anonymous::publishable;
use par_core::publication::compare::{Difference, DifferenceKind, compare};
use par_core::publication::standing::tables;
use par_core::rule::survey::Tally;
use par_core::score::results::Results;
use par_core::year::Year;
use par_core::year::sheets::SheetStatus;
use par_core::year::survey::Answers;

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
fn answers_of_few_people_are_dealt_over_all_forms_that_ask_the_same() {
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
    let told = |year: &Year| -> usize {
        let of_few = year.survey.answers.iter().filter(|(of, _, form, _)| few(*of, form));
        of_few.filter(|(.., tally)| tally.get(&'A') == Some(&3) && tally.len() == 1).count()
    };
    assert!(told(&year) > 0 && told(&public) < told(&year));
    let counts = |year: &Year| -> Vec<u32> {
        let of_few = year.survey.answers.iter().filter(|(of, _, form, _)| few(*of, form));
        of_few.map(|(.., tally)| tally.values().sum()).collect()
    };
    assert_eq!(counts(&public), counts(&year), "each form keeps its number of answers");
    assert_eq!(tables(&Results::of(public)), tables(&Results::of(year)));
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
