//! One area across all units: percents with the cluster's mean, and the way from the year before.

use par_core::score::component::{Quantity, Valued};
use par_core::score::results::{Measure, Results, Scope};

use super::On;
use super::bars::{self, Bar};
use super::pairs::{self, Group, Pair};
use super::round;

/// Units from the best, with the mean of their cluster marked; `None` when nobody is evaluated.
pub fn units(results: &Results, measure: &Measure, on: On<'_>) -> Option<String> {
    let year = &results.year;
    let bar = |valued: Valued| {
        let cluster = year.blocks[year.units[valued.unit].block].cluster;
        let mean = results.mean(Scope::Cluster(cluster), measure);
        Bar {
            label: year.units[valued.unit].name.clone(),
            value: Some(valued.printed),
            waits: false,
            mean: mean.map(|mean| round(results, &mean)),
        }
    };
    let bars: Vec<Bar> = ordered(results, measure).into_iter().map(bar).collect();
    bars::draw(
        on,
        on.say("Tỷ lệ điểm đạt được của các đơn vị (%)", "Share of points earned by the units (%)"),
        on.say("trung bình của khối", "mean of the cluster"),
        &bars,
    )
}

/// From the year before to this year; units that cannot be compared say so. `None` without a year
/// before.
pub fn moves(results: &Results, measure: &Measure, on: On<'_>) -> Option<String> {
    let year = &results.year;
    let before = year.previous.as_ref()?.year;
    let pair = |valued: Valued| {
        let from = results.previous(valued.unit, measure).map(|exact| round(results, &exact));
        let change =
            results.change(valued.unit, measure).map(|change| on.language.signed(round(results, &change)));
        Pair {
            label: year.units[valued.unit].name.clone(),
            from,
            to: valued.printed,
            note: change.unwrap_or_else(|| on.say("không so sánh", "not compared").to_owned()),
        }
    };
    let pairs: Vec<Pair> = ordered(results, measure).into_iter().map(pair).collect();
    let words = (format!("{}{before}", on.say("năm ", "")), format!("{}{}", on.say("năm ", ""), year.year));
    let groups = [Group { name: String::new(), pairs }];
    pairs::draw(
        on,
        on.say("Thay đổi so với năm trước (%)", "Change against the previous year (%)"),
        (&words.0, &words.1),
        (0.0, 100.0, 25.0),
        &groups,
    )
}

fn ordered(results: &Results, measure: &Measure) -> Vec<Valued> {
    results.ordered(Scope::Province, &Quantity::Percent(measure.clone()))
}
