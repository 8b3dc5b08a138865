//! Every chart of every year: inside its picture, without broken numbers, said in words too.

use std::fmt::Write;
use std::path::Path;

use par_core::language::Language;
use par_core::report::Chart;
use par_core::score::results::{Measure, Results};
use par_render::charts::lines::{self, Line};
use par_render::charts::side_by_side::{self, Row};
use par_render::charts::svg::{WIDTH, fit, spread, width, wrap};
use par_render::charts::{self, On};
use par_render::charts::{answers, area, criterion, draw, unit};
use proptest::prelude::*;

use crate::common;
use crate::small::Small;

const CHARTS: [(&str, Chart); 8] = [
    ("xếp hạng", Chart::Ranks),
    ("bản đồ nhiệt", Chart::Areas),
    ("tự chấm và có hiệu lực", Chart::OwnAppraised),
    ("thay đổi", Chart::Changes),
    ("lý do", Chart::Reasons),
    ("trung bình lĩnh vực", Chart::Components),
    ("câu trả lời", Chart::Answers),
    ("một đơn vị", Chart::Unit(0)),
];

/// A place on a Vietnamese page.
const B: On<'static> = On { id: "b", language: Language::Vi };

/// All charts of a year in both languages, those of its pages included.
fn all(results: &Results) -> Vec<String> {
    Language::ALL.into_iter().flat_map(|language| written(results, On { id: "b", language })).collect()
}

fn written(results: &Results, on: On<'_>) -> Vec<String> {
    let mut drawn: Vec<String> = CHARTS.iter().filter_map(|(_, chart)| draw(results, *chart, on)).collect();
    for one in 0..results.year.units.len() {
        drawn.extend(draw(results, Chart::Unit(one), on));
        drawn.extend(unit::changes(results, one, on));
    }
    for (code, _) in results.areas() {
        let measure = Measure::Node(code);
        drawn.extend(area::units(results, &measure, on));
        drawn.extend(area::moves(results, &measure, on));
    }
    for (position, set) in results.year.sets.iter().enumerate() {
        drawn.extend(set.leaves().filter_map(|(leaf, _)| criterion::claims(results, position, leaf, on)));
    }
    let letters = answers::letters(results);
    let forms = results.year.survey.forms.iter();
    drawn.extend(forms.filter_map(|form| answers::form(results, form, &letters, on)));
    drawn
}

/// The values of an attribute.
fn values<'t>(element: &'t str, name: &str) -> Option<&'t str> {
    element.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next())
}

/// What is wrong with a chart; `None` when it is sound.
fn fault(svg: &str) -> Option<String> {
    if svg.contains("NaN") || svg.contains("inf\"") {
        return Some("a broken number".to_owned());
    }
    let view = values(svg, "viewBox")?.split(' ').map(|n| n.parse().unwrap()).collect::<Vec<f64>>();
    let (wide, high) = (view[2], view[3]);
    if !(high > 0.0 && wide == WIDTH && svg.contains("<title id=\"") && svg.contains("<desc id=\"")) {
        return Some("an empty picture".to_owned());
    }
    let outside = |x: f64, y: f64| !(-0.6..=wide + 0.6).contains(&x) || !(-0.6..=high + 0.6).contains(&y);
    let mut texts = 0;
    for element in svg.split('<').skip(2) {
        let number = |name: &str| values(element, name).map(|n| n.parse::<f64>().unwrap());
        let pair = |x: &str, y: &str| number(x).zip(number(y));
        if let Some((x, y)) = pair("x", "y") {
            let (right, low) = (x + number("width").unwrap_or(0.0), y + number("height").unwrap_or(0.0));
            if outside(x, y) || outside(right, low) || right < x || low < y {
                return Some(element.to_owned());
            }
        }
        for (x, y) in [pair("x1", "y1"), pair("x2", "y2"), pair("cx", "cy")].into_iter().flatten() {
            if outside(x, y) {
                return Some(element.to_owned());
            }
        }
        if element.starts_with("text ") {
            texts += 1;
            let said = element.split_once('>').unwrap().1;
            let said =
                said.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            let wide = width(&said, number("font-size").unwrap() as u8);
            let x = number("x").unwrap();
            let (left, right) = match values(element, "text-anchor").unwrap() {
                "start" => (x, x + wide),
                "middle" => (x - wide / 2.0, x + wide / 2.0),
                _ => (x - wide, x),
            };
            if outside(left, 0.0) || outside(right, 0.0) {
                return Some(format!("{said:?} from {left:.0} to {right:.0}"));
            }
        }
    }
    (texts == 0).then(|| "no words".to_owned())
}

fn sound(results: &Results) {
    for svg in all(results) {
        assert_eq!(fault(&svg), None, "{}", svg.split("<desc").next().unwrap());
    }
}

#[test]
fn every_chart_of_the_demo_year_is_drawn_inside_its_picture() {
    let demo = common::demo();
    assert!(CHARTS.iter().all(|(_, chart)| draw(&demo, *chart, B).is_some()));
    assert_eq!(draw(&demo, Chart::Unit(28), B), None, "there is no such unit");
    sound(&demo);
}

/// The words of every chart of a year, in the order in which they are drawn, and what is left out.
fn said(results: &Results) -> String {
    let mut text = String::new();
    for (name, chart) in CHARTS {
        match draw(results, chart, B) {
            None => writeln!(text, "## {name}: không vẽ").unwrap(),
            Some(svg) => {
                writeln!(text, "## {name}").unwrap();
                for element in svg.split("<text ").skip(1) {
                    let words = element.split_once('>').unwrap().1.split('<').next().unwrap();
                    writeln!(text, "{words}").unwrap();
                }
            }
        }
    }
    text
}

fn golden(name: &str, results: &Results) {
    sound(results);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.txt"));
    let text = said(results);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let want = std::fs::read_to_string(&path).expect("the golden is there; UPDATE_GOLDEN=1 writes it");
    assert_eq!(text, want, "{name}");
}

fn before(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    codes.iter().map(|(code, index)| ((*code).to_owned(), (*index).to_owned())).collect()
}

#[test]
fn units_that_tie_are_drawn_beside_each_other() {
    let mut year = Small::of(&[[16, 16, 16, 16], [16, 16, 16, 16], [20, 20, 20, 20]]);
    year.previous = before(&[("U0", "80.00"), ("U1", "80.00"), ("U2", "100.00")]);
    golden("bang-nhau", &year.results());
}

#[test]
fn one_unit_an_empty_list_and_no_year_before_leave_out_what_cannot_be_drawn() {
    golden("mot-don-vi", &Small::of(&[[20, 12, 8, 0]]).results());
}

#[test]
fn a_year_with_units_in_one_class_and_requests_shows_their_reason() {
    let mut year = Small::of(&[[16, 16, 17, 16], [16, 17, 16, 17], [17, 17, 17, 17]]);
    year.requests = vec![("U0".to_owned(), 0), ("U2".to_owned(), 3)];
    golden("cung-loai", &year.results());
}

#[test]
fn a_merged_unit_is_drawn_from_the_mean_of_its_predecessors_and_a_new_one_is_named() {
    let mut year = Small::of(&[[16, 16, 16, 16], [12, 14, 16, 18]]);
    year.units[0].2 = "X+Y".to_owned();
    year.units[1].2 = "-".to_owned();
    year.previous = before(&[("X", "70.00"), ("Y", "75.00")]);
    golden("hop-nhat", &year.results());
}

#[test]
fn nobody_scored_anything_and_everything_still_draws() {
    golden("toan-khong", &Small::of(&[[0, 0, 0, 0], [0, 0, 0, 0]]).results());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn no_year_draws_a_broken_chart(
        quarters in prop::collection::vec(prop::array::uniform4(0u32..=20), 1..14),
        blocks in prop::collection::vec(any::<bool>(), 14),
        indices in prop::collection::vec(prop::option::of(0u32..=10_000), 14),
        asked in prop::collection::vec(0usize..4, 14),
    ) {
        let mut year = Small::of(&quarters);
        for (unit, second) in year.units.iter_mut().zip(&blocks) {
            unit.1 = if *second { "b" } else { "a" };
        }
        for (unit, index) in quarters.iter().enumerate().map(|(unit, _)| unit).zip(&indices) {
            match index {
                Some(index) => {
                    year.previous.push((format!("U{unit}"), format!("{}.{:02}", index / 100, index % 100)));
                }
                // A unit that is not in the year before is said to be new.
                None => "-".clone_into(&mut year.units[unit].2),
            }
            year.requests.push((format!("U{unit}"), asked[unit]));
        }
        for svg in all(&year.results()) {
            prop_assert_eq!(fault(&svg), None);
        }
    }

    #[test]
    fn lines_and_marks_stay_inside_whatever_is_known(
        values in prop::collection::vec(prop::collection::vec(prop::option::of(0i128..=10_000), 6), 1..30),
        label in "\\PC{0,80}",
        years in 1usize..=6,
    ) {
        let decimal = |value: &Option<i128>| value.map(|value| par_core::points::decimal::Decimal::new(value, 2));
        let line = |row: &Vec<Option<i128>>| Line {
            label: label.clone(),
            values: row.iter().take(years).map(decimal).collect(),
            strong: row[0].is_some(),
        };
        let lines: Vec<Line> = values.iter().map(line).collect();
        let named: Vec<u16> = (2019..).take(years).collect();
        let any = lines.iter().any(|line| line.values.iter().any(Option::is_some));
        let svg = lines::draw(B, "Tiêu đề", &named, &lines);
        prop_assert_eq!(svg.is_some(), any);
        prop_assert_eq!(svg.as_deref().and_then(fault), None);
        let rows: Vec<Row> = values
            .iter()
            .map(|row| Row { label: label.clone(), values: row.iter().take(5).map(decimal).collect() })
            .collect();
        let svg = side_by_side::draw(B, "Tiêu đề", &vec![label; 5], &rows);
        prop_assert_eq!(svg.as_deref().and_then(fault), None);
    }

    #[test]
    fn labels_fit_keep_their_order_and_never_cover_each_other(
        label in "\\PC{0,120}",
        most in 20f64..300.0,
        places in prop::collection::vec(20f64..500.0, 1..30),
    ) {
        prop_assert!(width(&fit(&label, most, 12), 12) <= most);
        for line in wrap(&label, most, 12) {
            prop_assert!(width(&line, 12) <= most);
        }
        let bottom = 520.0f64.max(places.len() as f64 * 17.0 + 17.0);
        let moved = spread(places.clone(), 17.0, (10.0, bottom));
        for (i, a) in places.iter().enumerate() {
            prop_assert!(moved[i] <= bottom + 0.01 && moved[i] >= 9.99);
            for (j, b) in places.iter().enumerate() {
                prop_assert!(i == j || (moved[i] - moved[j]).abs() > 16.9);
                prop_assert!(a >= b || moved[i] < moved[j]);
            }
        }
    }
}

#[test]
fn long_names_take_their_usual_short_forms_before_they_are_cut() {
    let name = "Ủy ban nhân dân các huyện và thành phố";
    assert_eq!(fit(name, 200.0, 12), "UBND các huyện và thành phố");
    assert_eq!(fit("Sở Văn hóa, thể thao và Du lịch", 150.0, 12), "Sở Văn hóa, thể thao…");
    assert_eq!(fit("Sở Nội vụ", 150.0, 12), "Sở Nội vụ");
}

/// A year of 168 units, of which each has a year before.
fn communes() -> Small {
    let quarters: Vec<[u32; 4]> =
        (0..168).map(|unit| [20 - unit % 9, 12 + unit % 5, 20, unit % 20]).collect();
    let mut small = Small::of(&quarters);
    for (code, _, before, _) in &mut small.units {
        before.clone_from(code);
    }
    small.previous = small.units.iter().map(|unit| (unit.0.clone(), "75".to_owned())).collect();
    small
}

#[test]
fn a_chart_of_many_units_is_drawn_in_parts_that_fit_a_page() {
    let results = communes().results();
    for chart in [Chart::Ranks, Chart::Areas, Chart::OwnAppraised, Chart::Changes] {
        let pieces = charts::parts::pieces(&results, chart, B);
        assert_eq!(pieces.len(), 5, "{chart:?}");
        let all: String = pieces.iter().map(|piece| piece.svg.as_str()).collect();
        for unit in &results.year.units {
            let named = format!("{}</text>", unit.name);
            assert_eq!(all.matches(&named).count(), 1, "{chart:?}: {}", unit.name);
        }
        assert_eq!(all.matches("Các sở (tiếp theo)").count(), 4, "{chart:?}");
        for (at, piece) in (1..).zip(&pieces) {
            let height = piece.svg.split_once("viewBox=\"0 0 720 ").unwrap().1;
            let height: u32 = height.split_once('"').unwrap().0.parse().unwrap();
            assert!(height <= 1100, "{chart:?}: {height} at a width of 720");
            assert!(piece.svg.contains(&format!("id=\"b-{at}-ten\"")), "an id of its own");
            let (first, last) = piece.units.clone().unwrap();
            let ends = [first, last].map(|name| piece.svg.find(&format!("{name}</text>")).unwrap());
            assert!(ends[0] < ends[1], "{chart:?}");
        }
    }
    let pieces = charts::parts::pieces(&results, Chart::OwnAppraised, B);
    let scale = |svg: &str| -> Vec<String> {
        let ticks = svg.split("font-size=\"11\"").skip(1);
        ticks.map(|tick| tick.split('<').next().unwrap().to_owned()).collect()
    };
    let scales = [scale(&pieces[0].svg), scale(&pieces[4].svg)];
    assert_eq!(scales[0], scales[1], "all parts have the scale of the whole");
}

#[test]
fn a_chart_of_few_units_is_drawn_whole() {
    let results = Small::of(&[[20, 20, 20, 20], [8, 8, 8, 8]]).results();
    for chart in [Chart::Ranks, Chart::Areas, Chart::OwnAppraised] {
        let pieces = charts::parts::pieces(&results, chart, B);
        assert_eq!(pieces.len(), 1);
        assert_eq!((Some(&pieces[0].svg), &pieces[0].units), (draw(&results, chart, B).as_ref(), &None));
    }
    assert!(charts::parts::pieces(&results, Chart::Changes, B).is_empty(), "no year before");
}
