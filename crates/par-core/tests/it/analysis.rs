//! The analysis of how firm a standing is: draws against evaluation, distances against trying.

use std::sync::Arc;

use crate::common;

use par_core::analysis::areas::{Correlation, alpha, areas, correlation};
use par_core::analysis::counts::Counts;
use par_core::analysis::dispute::disputes;
use par_core::analysis::distance::{class_above, class_below, place_above};
use par_core::analysis::model::{BINDING_CHANCES, CHANCES, Model, deviation};
use par_core::analysis::pairs::{Effect, pairs};
use par_core::analysis::random::Draw;
use par_core::framework::LeafId;
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::points::rounding::Rounding;
use par_core::points::{POINT_PLACES, Points};
use par_core::rule::Rule;
use par_core::rule::survey::Tally;
use par_core::score::results::Results;
use par_core::score::{LeafPoints, Standing, binding, standing};
use par_core::year::survey::Answers;
use par_core::year::{Round, read};

/// The demo year with a line of both criteria sets' headers replaced.
fn demo_with(changes: &[(&str, &str)]) -> Results {
    let mut files = common::demo_files();
    for id in ["departments", "districts"] {
        let text = files.get_mut(&format!("sets/{id}/framework.toml")).expect("part of the demo");
        for (from, to) in changes {
            assert!(text.contains(from), "the header has no {from:?}");
            *text = text.replace(from, to);
        }
    }
    let (year, problems) = read::read(&files);
    assert!(problems.is_empty(), "{problems:#?}");
    Results::of(year.expect("a year without problems is there"))
}

/// The ways in which units can be compared.
fn settings() -> Vec<Results> {
    let header = common::demo_files()["sets/departments/framework.toml"].clone();
    let line = |key: &str| {
        let found = header.lines().find(|line| line.starts_with(key));
        found.unwrap_or_else(|| panic!("the header has {key}")).to_owned()
    };
    let (compare, ties, print) = (line("compare"), line("ties"), line("print_places"));
    let with = |compare_as: &str, ties_as: &str, print_as: &str| {
        demo_with(&[(compare.as_str(), compare_as), (ties.as_str(), ties_as), (print.as_str(), print_as)])
    };
    vec![
        common::demo(),
        with("compare = \"exact\"", "ties = \"share\"", "print_places = 2"),
        // With no decimals many units are equal.
        with("compare = \"printed\"", "ties = \"share\"", "print_places = 0"),
        with("compare = \"printed\"", "ties = \"dense\"", "print_places = 0"),
        with("compare = \"printed\"", "ties = \"breaker\"\nbreaker = \"survey\"", "print_places = 0"),
        with("compare = \"printed\"", "ties = \"breaker\"\nbreaker = \"appraisal\"", "print_places = 0"),
        with("compare = \"printed\"", "ties = \"breaker\"\nbreaker = \"1\"", "print_places = 0"),
        with("compare = \"exact\"", "ties = \"breaker\"\nbreaker = \"1\"", "print_places = 4"),
    ]
}

fn points(results: &Results) -> Vec<LeafPoints> {
    let year = &results.year;
    let of_unit = |unit: usize| {
        let leaves = year.set_of(unit).leaves();
        let bound = |leaf| binding(year, unit, leaf).map_or(Points::ZERO, |(points, _)| points);
        LeafPoints { points: leaves.map(|(leaf, _)| bound(leaf)).collect(), missing: Vec::new() }
    };
    (0..year.units.len()).map(of_unit).collect()
}

/// The standing of one draw, by evaluating its points as a year's are evaluated.
fn evaluated(results: &Results, seed: u64, draw: u64) -> Standing {
    let mut points = points(results);
    for (unit, points) in points.iter_mut().enumerate() {
        let set = results.year.set_of(unit);
        let applies = results.year.applicable(unit);
        let mut stream = Draw::of(seed, draw).stream(unit);
        for pair in disputes(results, unit).chunks(2) {
            let bits = stream.bits();
            for (dispute, half) in pair.iter().zip([bits >> 32, bits & 0xffff_ffff]) {
                let chance = usize::try_from((half * CHANCES as u64) >> 32).expect("below twelve");
                if let Some(other) = chance.checked_sub(BINDING_CHANCES) {
                    let other = other * dispute.others.len() / (CHANCES - BINDING_CHANCES);
                    points.points[dispute.leaf.index()] = dispute.others[other].points;
                }
            }
        }
        for (leaf, _) in set.leaves().filter(|(leaf, _)| applies[leaf.index()]) {
            let Rule::Survey(rule) = &set.scoring(leaf).rule else { continue };
            let frame = set.frame(leaf);
            let tally = results.year.survey.answers.pooled(unit, &rule.questions);
            let Some(deviation) = deviation(rule, frame, &tally).filter(|one| *one > Points::ZERO) else {
                continue;
            };
            let counted = &mut points.points[leaf.index()];
            let moved = counted.millionths() + ((deviation.millionths() * stream.normal()) >> 16);
            *counted = Points::from_millionths(moved.clamp(0, frame.max.millionths()))
                .round(frame.places, frame.rounding);
        }
    }
    standing(&results.year, &points)
}

#[test]
fn a_draw_ranks_and_classifies_as_the_evaluation_of_its_points_does() {
    for results in settings() {
        let model = Model::of(&results);
        for draw in [0, 1, 2, 999_999_999_999] {
            let counts = model.draw(7, draw..draw + 1);
            let expect = evaluated(&results, 7, draw);
            for (unit, expect) in expect.units.iter().enumerate() {
                let counts = &counts.units[unit];
                let place = expect.place.expect("every unit is ranked");
                assert_eq!(counts.at_place(place), 1, "place of {}", results.year.units[unit].name);
                assert_eq!(counts.classes[expect.class.expect("classes reach down to 0")], 1);
                let print = &results.year.set_of(unit).settings;
                let index = expect.index.expect("an index");
                let printed = index.rounded(print.print_places.min(2), print.print_rounding);
                let interval = counts.index_interval().expect("one draw");
                assert_eq!((interval.from, interval.to), (printed, printed));
            }
        }
    }
}

#[test]
fn every_draw_counts_once_and_parts_add_up_to_the_whole() {
    let results = common::demo();
    let model = Model::of(&results);
    let whole = model.draw(3, 0..700);
    assert_eq!(whole.draws, 700);
    for unit in &whole.units {
        assert_eq!(unit.places.iter().sum::<u32>(), 700);
        assert_eq!(unit.classes.iter().sum::<u32>(), 700);
    }
    let sum_of = |parts: &[std::ops::Range<u64>]| {
        let mut sum: Option<Counts> = None;
        for part in parts {
            let part = model.draw(3, part.clone());
            match &mut sum {
                Some(sum) => sum.add(&part),
                None => sum = Some(part),
            }
        }
        sum.expect("there are parts")
    };
    assert!(whole == sum_of(&[0..1, 1..512, 512..600, 600..700]));
    assert!(whole != model.draw(4, 0..700), "another seed draws something else");
}

#[test]
fn without_dispute_and_survey_error_every_interval_is_a_point() {
    let mut year = common::demo_year();
    for leaf in year.files.iter_mut().flat_map(|file| &mut Arc::make_mut(file).leaves) {
        let binding = leaf.binding().map(|(_, judgement)| judgement.clone());
        leaf.own = binding.clone();
        leaf.rounds = vec![Round { judgement: binding.clone(), request: None }];
    }
    // Everybody answers the same, so there is nothing to sample.
    let mut answers = Answers::default();
    for (unit, question, form, tally) in year.survey.answers.iter() {
        answers.add(unit, question, form, &Tally::from([('B', tally.values().sum())]));
    }
    Arc::make_mut(&mut year.survey).answers = answers;
    let results = Results::of(year);
    let model = Model::of(&results);
    assert_eq!((model.disputed(), model.surveyed()), (0, 0));
    let counts = model.draw(1, 0..100);
    for (unit, counts) in counts.units.iter().enumerate() {
        let place = counts.place_interval().expect("ranked");
        assert_eq!(
            (Some(place.from), Some(place.to)),
            (results.standing.units[unit].place, results.standing.units[unit].place)
        );
        let index = counts.index_interval().expect("ranked");
        let printed = results.printed(unit, &par_core::score::results::Measure::Index);
        assert_eq!((Some(index.from), Some(index.to)), (printed, printed));
    }
    assert!((0..3).all(|block| pairs(&results, &model, block).iter().all(|pair| pair.changes.is_empty())));
}

/// The standing when a unit has more (or fewer) points on its first applicable leaf.
fn with(results: &Results, points: &[LeafPoints], unit: usize, more: Points) -> Standing {
    let mut points = points.to_vec();
    let leaf = results.year.applicable(unit).iter().position(|applies| *applies).expect("something applies");
    let leaf = &mut points[unit].points[leaf];
    *leaf += more;
    standing(&results.year, &points)
}

/// The least whole millionths not below an exact number of points.
fn up(points: &Exact) -> Points {
    Points::nearest(points, POINT_PLACES, Rounding::Up).expect("a few points")
}

const ONE: Points = Points::from_millionths(1);

#[test]
fn adding_the_distance_reaches_the_class_above_and_losing_the_margin_keeps_the_class() {
    let results = common::demo();
    let binding = points(&results);
    for unit in 0..results.year.units.len() {
        let class = results.standing.units[unit].class;
        let class_with = |more: Points| with(&results, &binding, unit, more).units[unit].class;
        if let Some(above) = class_above(&results, unit) {
            let points = up(&above.distance.points);
            assert_eq!(class_with(points), Some(above.class));
            assert_eq!(class_with(points - ONE), class, "one millionth less is not enough");
            let scale = results.standing.units[unit].scale.exact();
            let percent = (&above.distance.points * &Exact::whole(100)).checked_div(&scale);
            assert_eq!(percent, Some(above.distance.percent), "points and percent say the same");
        }
        if let Some(below) = class_below(&results, unit) {
            let points = Points::nearest(&below.distance.points, POINT_PLACES, Rounding::Down).expect("few");
            assert_eq!(class_with(-points), class);
            assert_eq!(class_with(-points - ONE), Some(below.class));
        }
    }
}

#[test]
fn adding_the_distance_brings_a_unit_level_with_the_next_better_place() {
    let rounded = |mode: &str| {
        demo_with(&[
            ("print = \"half_up\"", &format!("print = \"{mode}\"")),
            ("compare = \"exact\"", "compare = \"printed\""),
        ])
    };
    let mut years = settings();
    years.truncate(4);
    years.extend(["half_even", "half_down", "down", "up"].map(rounded));
    for results in years {
        let binding = points(&results);
        for unit in 0..results.year.units.len() {
            let place = results.standing.units[unit].place.expect("ranked");
            let Some(above) = place_above(&results, unit) else {
                assert_eq!(place, 1);
                continue;
            };
            let place_with =
                |more: Points| with(&results, &binding, unit, more).units[unit].place.expect("ranked");
            assert!(above.place < place);
            assert!(place_with(above.points) <= above.place, "{}", results.year.units[unit].name);
            assert!(place_with(above.points - ONE) > above.place, "one millionth less is not enough");
        }
    }
}

#[test]
fn the_changes_named_for_a_pair_are_those_that_alter_its_order() {
    for results in settings() {
        let model = Model::of(&results);
        let binding = points(&results);
        let order = |standing: &Standing, first: usize, second: usize| {
            standing.units[second].place.cmp(&standing.units[first].place)
        };
        for pair in (0..results.year.blocks.len()).flat_map(|block| pairs(&results, &model, block)) {
            let before = order(&results.standing, pair.first, pair.second);
            let mut expect = Vec::new();
            for unit in [pair.first, pair.second] {
                for dispute in disputes(&results, unit) {
                    for other in dispute.others {
                        let mut points = binding.clone();
                        points[unit].points[dispute.leaf.index()] = other.points;
                        let after = order(&standing(&results.year, &points), pair.first, pair.second);
                        let effect = match (before, after) {
                            (before, after) if before == after => continue,
                            (std::cmp::Ordering::Equal, _) => Effect::Part,
                            (_, std::cmp::Ordering::Equal) => Effect::Level,
                            _ => Effect::Swap,
                        };
                        expect.push((unit, dispute.leaf, other.points, effect));
                    }
                }
            }
            let got: Vec<(usize, LeafId, Points, Effect)> =
                pair.changes.iter().map(|one| (one.unit, one.leaf, one.to, one.effect)).collect();
            assert_eq!(got, expect);
        }
    }
}

#[test]
fn the_sampling_error_is_that_of_the_mean_of_independent_answers() {
    let results = common::demo();
    let set = &results.year.sets[0];
    let (leaf, rule) = set
        .leaves()
        .find_map(|(leaf, _)| match &set.scoring(leaf).rule {
            Rule::Survey(rule) => Some((leaf, rule)),
            _ => None,
        })
        .expect("the demo has survey leaves");
    assert_eq!(rule.weights[0], ('A', Decimal::new(100, 0)));
    assert_eq!(rule.weights[3], ('D', Decimal::new(0, 0)));
    // Half of 100 answers at 100 %, half at 0 %: the standard deviation of one is 50 %, of the mean 5 %;
    // answers without opinion count nowhere.
    let tally = Tally::from([('A', 50), ('D', 50), ('E', 900)]);
    let frame = set.frame(leaf);
    let expect = Points::nearest(&(&frame.max.exact() * &Exact::ratio(5, 100)), 6, Rounding::HalfUp);
    assert_eq!(deviation(rule, frame, &tally), expect);
    assert_eq!(deviation(rule, frame, &Tally::from([('B', 7)])), Some(Points::ZERO));
    assert_eq!(deviation(rule, frame, &Tally::from([('E', 7)])), None);
}

fn whole(values: &[i128]) -> Vec<Exact> {
    values.iter().map(|value| Exact::whole(*value)).collect()
}

#[test]
fn reliability_and_correlation_are_those_computed_by_hand() {
    // Items 1 2 3 4, 2 1 4 3, 2 4 6 8: variances (n − 1) 5/3, 5/3, 20/3; sums 5 7 13 15, variance 68/3;
    // alpha = 3/2 × (1 − 30/68) = 57/68.
    let items = [whole(&[1, 2, 3, 4]), whole(&[2, 1, 4, 3]), whole(&[2, 4, 6, 8])];
    assert_eq!(alpha(&items), Some(Exact::ratio(57, 68)));
    assert_eq!(alpha(&items[..1]), None, "one item");
    assert_eq!(alpha(&[whole(&[1, 2]), whole(&[2, 1])]), None, "two units");
    assert_eq!(alpha(&[whole(&[1, 1, 1]), whole(&[2, 2, 2])]), None, "no variance");

    let some = |values: &[i128]| -> Vec<Option<Exact>> { whole(values).into_iter().map(Some).collect() };
    let four = |units| Some(Decimal::new(units, 4));
    // Deviations −1.5 −0.5 0.5 1.5 and −0.5 −1.5 1.5 0.5: products 3, squares 5 and 5.
    let got = correlation(&some(&[1, 2, 3, 4]), &some(&[2, 1, 4, 3]));
    assert_eq!(got, Correlation { units: 4, pearson: four(6000), spearman: four(6000) });
    // 1 2 3 against 1 4 9: 8 / √(2 × 98/3) = √(48/49) = 0.98974; the order is the same.
    let got = correlation(&some(&[1, 2, 3]), &some(&[1, 4, 9]));
    assert_eq!(got, Correlation { units: 3, pearson: four(9897), spearman: four(10_000) });
    // Ranks 1 2.5 2.5 4 against 4 3 2 1: −4.5 / √(4.5 × 5) = −√0.9.
    let got = correlation(&some(&[1, 5, 5, 9]), &some(&[40, 30, 20, 10]));
    assert_eq!(got.spearman, four(-9487));
    // Only units with both values count, and three of them are needed.
    let mut gaps = some(&[1, 2, 3, 4]);
    gaps[0] = None;
    assert_eq!(correlation(&gaps, &some(&[9, 1, 4, 9])).units, 3);
    gaps[1] = None;
    assert_eq!(correlation(&gaps, &some(&[9, 1, 4, 9])).pearson, None);
    assert_eq!(correlation(&some(&[1, 2, 3]), &some(&[5, 5, 5])).pearson, None, "no variance");
}

#[test]
fn the_shares_of_variance_of_all_areas_add_up_to_the_whole() {
    let results = common::demo();
    for block in 0..results.year.blocks.len() {
        let areas = areas(&results, block);
        let shares = areas.areas.iter().map(|area| area.effective.clone().expect("five units at least"));
        let sum = shares.fold(Exact::zero(), |sum, share| &sum + &share);
        assert_eq!(sum, Exact::whole(100));
        let weights = areas.areas.iter().fold(Exact::zero(), |sum, area| &sum + &area.nominal);
        assert_eq!(weights, Exact::whole(100));
        for (one, area) in areas.areas.iter().enumerate() {
            // An area in which all units are alike goes together with none.
            let itself = area.correlations[one].pearson;
            assert!(itself.is_none_or(|one| one == Decimal::new(1, 0)), "an area with itself");
        }
    }
}

#[test]
fn a_block_of_two_units_has_intervals_and_distances_but_no_coefficients() {
    let mut year = common::demo_year();
    let special: Vec<usize> = (0..year.units.len()).filter(|unit| year.units[*unit].block == 1).collect();
    // Three of the five move to another list of the same criteria set.
    special.iter().skip(2).for_each(|unit| year.units[*unit].block = 0);
    let results = Results::of(year);
    let of_two = areas(&results, 1);
    assert_eq!((of_two.units, of_two.alpha.is_none()), (2, true));
    assert!(of_two.areas.iter().all(|area| area.effective.is_none()));
    let counts = Model::of(&results).draw(1, 0..50);
    assert_eq!(counts.units[special[0]].places.len(), 2);
}
