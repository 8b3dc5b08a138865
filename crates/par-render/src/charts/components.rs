//! Mean component indices, area by area, a bar a cluster.

use par_core::score::results::{Measure, Results, Scope};

use super::On;
use super::bars::label;
use super::round;
use super::svg::{GREY, Hold, INK, RULE, Svg, WIDTH, fit, position, width};

const LEFT: f64 = 262.0;
const SPAN: f64 = 400.0;
const BAR: f64 = 17.0;
const GAP: f64 = 14.0;

/// The chart; `None` when no area has a mean.
pub fn draw(results: &Results, on: On<'_>) -> Option<String> {
    let clusters: Vec<usize> = (0..results.year.clusters.len())
        .filter(|cluster| !results.units(Scope::Cluster(*cluster)).is_empty())
        .collect();
    let mean = |cluster: usize, code: &str| {
        let mean = results.mean(Scope::Cluster(cluster), &Measure::Node(code.to_owned()))?;
        Some(round(results, &mean))
    };
    let mut areas = results.areas();
    areas.retain(|(code, _)| clusters.iter().any(|cluster| mean(*cluster, code).is_some()));
    if areas.is_empty() {
        return None;
    }
    let x = |percent: f64| LEFT + percent.clamp(0.0, 100.0) * SPAN / 100.0;
    let top = 22.0 * clusters.len() as f64 + 30.0;
    let row = BAR * clusters.len() as f64 + GAP;
    let row = row.max(34.0);
    let bottom = top + row * areas.len() as f64;
    let mut svg = Svg::new(on, WIDTH, bottom + 6.0);
    for (i, cluster) in clusters.iter().enumerate() {
        let y = 22.0 * i as f64 + 4.0;
        svg.fill(i, (LEFT, y), (24.0, 13.0));
        let name = fit(&results.year.clusters[*cluster].name, WIDTH - LEFT - 34.0, 12);
        svg.text((LEFT + 30.0, y + 11.0), Hold::Start, 12, INK, &name);
    }
    for step in [0.0, 25.0, 50.0, 75.0, 100.0] {
        svg.line((x(step), top - 6.0), (x(step), bottom), RULE, 1.0, "");
        svg.text((x(step), top - 10.0), Hold::Middle, 11, GREY, &format!("{step:.0}%"));
    }
    for (i, (code, name)) in areas.iter().enumerate() {
        let y = top + row * i as f64;
        label(&mut svg, &format!("{code}. {name}"), LEFT, y + row / 2.0 - 2.0);
        let first = y + (row - BAR * clusters.len() as f64) / 2.0;
        for (which, cluster) in clusters.iter().enumerate() {
            let at = first + BAR * which as f64;
            match mean(*cluster, code) {
                Some(mean) => {
                    let end = x(position(mean));
                    svg.fill(which, (LEFT, at), (end - LEFT, BAR - 4.0));
                    svg.rect(
                        (end + 3.0, at - 1.0),
                        (width(&svg.number(mean), 11) + 4.0, BAR - 2.0),
                        "#ffffff",
                    );
                    svg.text((end + 5.0, at + 10.5), Hold::Start, 11, INK, &svg.number(mean));
                }
                None => svg.text(
                    (LEFT + 5.0, at + 10.5),
                    Hold::Start,
                    11,
                    GREY,
                    on.say("không đánh giá", "not evaluated"),
                ),
            }
        }
    }
    Some(svg.finish(
        on.say("Trung bình các lĩnh vực theo khối (%)", "Means of the areas by cluster (%)"),
        on.say(
            "Mỗi lĩnh vực một nhóm thanh, mỗi khối một thanh; các khối phân biệt bằng kiểu tô.",
            "One set of bars for each area, one bar for each cluster; the clusters differ by their filling.",
        ),
    ))
}
