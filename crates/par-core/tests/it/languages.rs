//! Derivations say the same in both languages.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::common;
use crate::derivations::figures;

use par_core::framework::read::Files;
use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::score::component::Quantity;
use par_core::score::derive::Derivation;
use par_core::score::figure::{Count, Figure, Lost, UnitFigure};
use par_core::score::results::{Measure, Results, Scope};
use par_core::text::fold;
use par_core::year::read;

/// The demo year with every text of its files stripped of diacritics: whatever Vietnamese letter is
/// left in a derivation is of our own words.
fn plain() -> (Results, Files) {
    let strip = |c: char| match c {
        c if c.is_ascii() => c.to_string(),
        c if c.is_uppercase() => fold(&c.to_string()).to_uppercase(),
        c => fold(&c.to_string()),
    };
    let files = common::demo_files().into_iter();
    let files: Files = files.map(|(file, text)| (file, text.chars().map(strip).collect())).collect();
    let (year, problems) = read::read(&files);
    assert!(problems.is_empty(), "{problems:#?}");
    (Results::of(year.expect("a year without problems is there")), files)
}

/// Every text of a derivation, line by line.
fn texts(results: &Results, derivation: &Derivation, language: Language) -> Vec<String> {
    let (places, mode) = results.print();
    let mut texts = vec![
        derivation.title.clone(),
        derivation.value.say(places, mode, language),
        derivation.rule.clone(),
        derivation.working.clone(),
    ];
    for part in &derivation.parts {
        texts.push(part.label.clone());
        texts.push(part.value.say(places, mode, language));
        texts.push(part.note.clone());
    }
    texts.extend(derivation.history.iter().map(|said| said.working.clone()));
    texts
}

/// Numbers of a text with their separators, `1.135,50`.
fn numbers(text: &str) -> Vec<&str> {
    let runs = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
    runs.map(|run| run.trim_matches(['.', ','])).filter(|run| !run.is_empty()).collect()
}

fn swapped(number: &str) -> String {
    let swap = |c| match c {
        '.' => ',',
        ',' => '.',
        c => c,
    };
    number.chars().map(swap).collect()
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// Whether every comma stands before three digits, as it does between thousands.
fn is_english(number: &str) -> bool {
    let (whole, _) = number.split_once('.').unwrap_or((number, ""));
    whole.split(',').skip(1).all(|group| group.len() == 3) && !number[whole.len()..].contains(',')
}

#[test]
fn english_derivations_hold_no_vietnamese_word_and_the_same_numbers() {
    let (results, files) = plain();
    let given: BTreeSet<&str> = files.values().flat_map(|text| numbers(text)).collect();
    let mut checked = 0;
    for figure in figures(&results) {
        let [vi, en] = Language::ALL.map(|language| {
            let derivation = results.derive(&figure, language);
            assert_eq!(derivation.value, results.value(&figure), "{}", derivation.title);
            texts(&results, &derivation, language)
        });
        assert_eq!(vi.len(), en.len(), "{figure:?}");
        for (vi, en) in vi.iter().zip(&en) {
            let foreign = en.chars().find(|c| !c.is_ascii() && !"×÷−≥…–“”".contains(*c));
            assert_eq!(foreign, None, "{en}");
            let (mut in_vi, mut in_en) = (numbers(vi), numbers(en));
            in_vi.sort_by_key(|number| digits(number));
            in_en.sort_by_key(|number| digits(number));
            assert_eq!(in_vi.len(), in_en.len(), "{vi} / {en}");
            for (in_vi, in_en) in in_vi.iter().zip(in_en) {
                assert!(*in_vi == in_en || swapped(in_vi) == in_en, "{vi} / {en}");
                assert!(is_english(in_en) || given.contains(in_en), "{in_en}: {en}");
            }
        }
        checked += 1;
    }
    assert!(checked > 4_000, "only {checked} figures");
}

/// One figure of every kind, and a leaf of every kind of rule in the demo year.
fn samples(results: &Results) -> Vec<Figure> {
    let unit = results.year.find_unit("SNV").expect("Sở Nội vụ");
    let area = || Measure::Node("1".to_owned());
    let mut figures: Vec<Figure> = [
        UnitFigure::Index,
        UnitFigure::Total,
        UnitFigure::Scale,
        UnitFigure::Appraisal,
        UnitFigure::Survey,
        UnitFigure::Adjustment,
        UnitFigure::Node("1".to_owned()),
        UnitFigure::Percent(area()),
        UnitFigure::Place,
        UnitFigure::Class,
        UnitFigure::NextClass,
        UnitFigure::Previous(Measure::Index),
        UnitFigure::Change(Measure::Index),
        UnitFigure::Change(area()),
        UnitFigure::LikeForLike,
    ]
    .map(|figure| Figure::Unit(unit, figure))
    .into();
    let mut kinds = BTreeSet::new();
    for (unit, _) in results.year.units.iter().enumerate() {
        let set = results.year.set_of(unit);
        for (leaf, node) in set.leaves() {
            let evaluated = results.standing.units[unit].node(set, node).share().is_some();
            if evaluated && kinds.insert(set.scoring(leaf).rule.kind()) {
                figures.push(Figure::Unit(unit, UnitFigure::Node(set.node(node).code.clone())));
            }
        }
    }
    let province = Scope::Province;
    let (percent, change) = (Quantity::Percent(Measure::Index), Quantity::Change(area()));
    let five = Decimal::new(5, 0);
    figures.extend([
        Figure::Mean(province, Measure::Index),
        Figure::Mean(Scope::Cluster(0), area()),
        Figure::PreviousMean(Scope::Block(0), Measure::Index),
        Figure::MeanChange(province, area()),
        Figure::Count(province, Count::Above(percent.clone(), Decimal::new(8050, 2))),
        Figure::Count(province, Count::AtLeast(percent.clone(), Decimal::new(90, 0))),
        Figure::Count(province, Count::Below(percent, Decimal::new(70, 0))),
        Figure::Count(province, Count::up(Measure::Index)),
        Figure::Count(province, Count::down(area())),
        Figure::Count(province, Count::AtLeast(change.clone(), Decimal::new(0, 0))),
        Figure::Count(province, Count::Above(change.clone(), five)),
        Figure::Count(province, Count::AtLeast(change.clone(), five)),
        Figure::Count(province, Count::Below(change, Decimal::new(-55, 1))),
        Figure::Count(province, Count::InClass("Trung bình".to_owned())),
        Figure::Lost(province, Lost::All),
        Figure::Lost(province, Lost::Area("1".to_owned())),
        Figure::Lost(province, Lost::Leaf(0, "2.1.1".to_owned())),
    ]);
    let causes = results.lost_by_cause(province).into_iter();
    figures.extend(causes.map(|lost| Figure::Lost(province, Lost::Cause(lost.cause))));
    figures
}

#[test]
fn derivations_read_well_in_both_languages() {
    let results = common::demo();
    let (places, mode) = results.print();
    let mut text = String::new();
    for figure in samples(&results) {
        let _ = writeln!(text, "# {}", figure.path(&results.year));
        for language in Language::ALL {
            let derivation = results.derive(&figure, language);
            let value = |value: &par_core::score::derive::Value| value.say(places, mode, language);
            let _ = writeln!(text, "{} = {}", derivation.title, value(&derivation.value));
            let _ = writeln!(text, "  {}", derivation.rule);
            if !derivation.working.is_empty() {
                let _ = writeln!(text, "  {}", derivation.working);
            }
            for part in derivation.parts.iter().take(2) {
                let _ = writeln!(text, "  - {} = {} ({})", part.label, value(&part.value), part.note);
            }
            for said in &derivation.history {
                let stage = par_core::words::stage(said.stage, language);
                let _ = writeln!(text, "  * {stage}: {}", said.working);
            }
        }
    }
    common::golden("derivations.txt", &text);
}
