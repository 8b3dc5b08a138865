//! One area across all units: percents with the cluster's mean, and the way from the year before.

use par_core::score::component::{Quantity, Valued};
use par_core::score::results::{Measure, Results, Scope};

use super::bars::{self, Bar};
use super::pairs::{self, Group, Pair};
use super::round;

/// Units from the best, with the mean of their cluster marked; `None` when nobody is evaluated.
pub fn units(results: &Results, measure: &Measure, id: &str) -> Option<String> {
    let year = &results.year;
    let bar = |valued: Valued| {
        let cluster = year.blocks[year.units[valued.unit].block].cluster;
        let mean = results.mean(Scope::Cluster(cluster), measure);
        Bar {
            label: year.units[valued.unit].name.clone(),
            value: Some(valued.printed),
            mean: mean.map(|mean| round(results, &mean)),
        }
    };
    let bars: Vec<Bar> = ordered(results, measure).into_iter().map(bar).collect();
    bars::draw(id, "Tỷ lệ điểm đạt được của các đơn vị (%)", "trung bình của khối", &bars)
}

/// From the year before to this year; units that cannot be compared say so. `None` without a year
/// before.
pub fn moves(results: &Results, measure: &Measure, id: &str) -> Option<String> {
    let year = &results.year;
    let before = year.previous.as_ref()?.year;
    let pair = |valued: Valued| {
        let from = results.previous(valued.unit, measure).map(|exact| round(results, &exact));
        let change = results.change(valued.unit, measure).map(|change| round(results, &change).vi_signed());
        Pair {
            label: year.units[valued.unit].name.clone(),
            from,
            to: valued.printed,
            note: change.unwrap_or_else(|| "không so sánh".to_owned()),
        }
    };
    let pairs: Vec<Pair> = ordered(results, measure).into_iter().map(pair).collect();
    let words = (format!("năm {before}"), format!("năm {}", year.year));
    let groups = [Group { name: String::new(), pairs }];
    pairs::draw(id, "Thay đổi so với năm trước (%)", (&words.0, &words.1), (0.0, 100.0, 25.0), &groups)
}

fn ordered(results: &Results, measure: &Measure) -> Vec<Valued> {
    results.ordered(Scope::Province, &Quantity::Percent(measure.clone()))
}
