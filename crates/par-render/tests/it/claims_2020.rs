//! The report of 2020 as an office receives it: every claim is in the words of the Word document and of
//! the PDF, read back from the files.

use std::collections::HashMap;
use std::sync::LazyLock;

use par_core::language::Language;
use par_core::report::{Chart, Document, Part, compose};
use par_core::score::results::Results;
use par_render::charts;
use par_render::docx::{self, Options};
use par_render::pdf::{self, Imprint};

use crate::claim_words::{Stated, stated};
use crate::{common, poppler, text};

/// A place in a Vietnamese document.
const ON: charts::On<'static> = charts::On { id: "c", language: Language::Vi };

static RESULTS: LazyLock<Results> = LazyLock::new(common::demo);
static REPORT: LazyLock<Document> = LazyLock::new(|| {
    let composed = compose::report(&RESULTS, &common::demo_wording());
    assert!(composed.problems.is_empty(), "{:#?}", composed.problems);
    composed.document
});

fn claims() -> Vec<Stated> {
    let units = &RESULTS.year.units;
    let names = units.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect();
    let path = common::root().join("crates/par-core/tests/data/claims-2020.csv");
    stated(&std::fs::read_to_string(path).unwrap(), &names)
}

fn drawings() -> HashMap<(Chart, usize), String> {
    let appendices = REPORT.appendices.iter().flat_map(|appendix| &appendix.parts);
    let charts = REPORT.body.iter().chain(appendices).filter_map(|part| match part {
        Part::Picture(picture) => Some(picture.chart),
        _ => None,
    });
    charts
        .map(|chart| ((chart, 0), charts::draw(&RESULTS, chart, ON).expect("2020 has every chart")))
        .collect()
}

#[test]
fn every_claim_of_2020_is_read_in_one_paragraph_footnote_or_row_of_the_word_document() {
    let options = Options {
        title: &RESULTS.year.title,
        author: "",
        created: "2021-04-20T00:00:00Z",
        draw: &|_| None,
        link: None,
        template: None,
    };
    let file = docx::write(&REPORT, &options).unwrap();
    let lines: Vec<String> = text::lines(&file).into_iter().map(|line| line.to_lowercase()).collect();
    let said = |claim: &Stated| lines.iter().any(|line| claim.words.iter().all(|word| line.contains(word)));
    let missing: Vec<String> = claims()
        .iter()
        .filter(|claim| !said(claim))
        .map(|claim| format!("{} {} {:?}", claim.section, claim.id, claim.words))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_word_of_every_claim_of_2020_is_read_in_the_pdf() {
    let pictures = drawings();
    let imprint =
        Imprint { title: &RESULTS.year.title, pictures: &pictures, link: None, created: 1_618_876_800 };
    let file = pdf::write(&REPORT, imprint).unwrap();
    assert!(file.accessible, "the report keeps PDF/UA-1");
    let pages: Vec<String> = poppler::pages(&file.bytes).iter().map(|page| squeezed(page)).collect();
    let missing: Vec<String> = claims()
        .iter()
        .flat_map(|claim| claim.words.iter().map(|word| (claim.id.clone(), squeezed(word))))
        .filter(|(_, word)| !is_read(&pages, word))
        .map(|(id, word)| format!("{id} {word:?}"))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Lines break anywhere: letters are compared, spaces and rules of tables are not.
fn squeezed(text: &str) -> String {
    text.to_lowercase().replace(|sign: char| sign.is_whitespace() || sign == '|', "")
}

/// Whether letters stand on a page, or begin on one, above its footnotes, and go on where the text of
/// the next page begins, behind the page number.
fn is_read(pages: &[String], letters: &str) -> bool {
    let goes_on = |at: usize, rest: &str| {
        pages.get(at).is_some_and(|next| {
            next.strip_prefix(&(at + 1).to_string()).is_some_and(|text| text.starts_with(rest))
        })
    };
    pages.iter().any(|page| page.contains(letters))
        || letters.char_indices().skip(1).any(|(cut, _)| {
            let (first, rest) = letters.split_at(cut);
            (0..pages.len()).any(|at| pages[at].contains(first) && goes_on(at + 1, rest))
        })
}
