//! What may be published of a year, and how a changed table is told.

use par_core::publication::anonymous::publishable;
use par_core::publication::compare::{Difference, DifferenceKind, compare};
use par_core::publication::standing::tables;
use par_core::score::results::Results;
use par_core::year::survey::SheetStatus;

use super::common;

#[test]
fn published_sheets_give_every_figure_and_nobodys_sheet() {
    let year = common::demo_year();
    let public = publishable(&year);
    assert!(publishable(&public) == public, "publishing twice changes something");
    assert_eq!(tables(&Results::of(public.clone())), tables(&Results::of(year.clone())));
    for form in &year.survey.forms {
        assert_eq!(public.survey.answers(form), year.survey.answers(form), "{}", form.code);
        assert_eq!(public.survey.counts(Some(&form.code)), year.survey.counts(Some(&form.code)));
    }
    assert!(
        public
            .survey
            .sheets
            .iter()
            .all(|sheet| { sheet.status == SheetStatus::Accepted || sheet.ratings.is_empty() })
    );
}

/// Two people exchange one answer about the same unit: in public nothing tells.
#[test]
fn on_whose_sheet_an_answer_stood_cannot_be_read() {
    let year = common::demo_year();
    let mut other = year.clone();
    let unit = year.find_unit("SNV").expect("a unit of the demo");
    let mut places = Vec::new();
    for (i, sheet) in year.survey.sheets.iter().enumerate() {
        for (j, rating) in sheet.ratings.iter().enumerate() {
            if sheet.form == "M1" && sheet.status == SheetStatus::Accepted && rating.unit == unit {
                places.push((i, j));
            }
        }
    }
    let answer = |(i, j): (usize, usize)| &year.survey.sheets[i].ratings[j].answers;
    let (one, two) =
        (places[0], *places.iter().find(|at| answer(**at) != answer(places[0])).expect("unlike"));
    // Exchanging whole lines of answers exchanges every single one of them.
    other.survey.sheets[one.0].ratings[one.1].answers = answer(two).clone();
    other.survey.sheets[two.0].ratings[two.1].answers = answer(one).clone();
    assert!(other != year);
    assert!(publishable(&other) == publishable(&year));
}

#[test]
fn answers_of_few_people_are_dealt_over_all_forms_that_ask_the_same() {
    let mut year = common::demo_year();
    // Only three people fill in form M5 about one unit.
    let unit = year.find_unit("TPLC").expect("a unit of the demo");
    let mut left = 3;
    for sheet in year.survey.sheets.iter_mut().filter(|sheet| sheet.form == "M5") {
        sheet.ratings.retain(|rating| {
            rating.unit != unit || {
                left -= 1;
                left >= 0
            }
        });
    }
    let public = publishable(&year);
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
