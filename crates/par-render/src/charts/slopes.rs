//! Change between two years: a line from the earlier value to the later.

use par_core::points::decimal::Decimal;

use super::svg::{ACCENT, GREY, Hold, INK, RULE, Svg, fit, position};

/// One line.
pub struct Slope {
    /// Whose values.
    pub label: String,
    /// Earlier, in percent.
    pub before: Decimal,
    /// Later, in percent.
    pub now: Decimal,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 110.0;
const RIGHT: f64 = 470.0;
const TOP: f64 = 44.0;
const LINE: f64 = 18.0;

/// The chart; `years` head the two sides. Falling lines are dashed.
pub fn draw(id: &str, title: &str, years: (&str, &str), slopes: &[Slope]) -> String {
    let all = || slopes.iter().flat_map(|slope| [position(slope.before), position(slope.now)]);
    let (low, high) = (all().fold(100.0, f64::min), all().fold(0.0, f64::max));
    let span = if high > low { high - low } else { 1.0 };
    let y = |value: f64| TOP + 16.0 + (high - value) * (HEIGHT - TOP - 40.0) / span;
    let mut svg = Svg::new(WIDTH, HEIGHT);
    for (x, year) in [(LEFT, years.0), (RIGHT, years.1)] {
        svg.line((x, TOP), (x, HEIGHT - 8.0), RULE, 1.0, "");
        svg.strong((x, TOP - 14.0), Hold::Middle, 13, INK, year);
    }
    let left = spread(slopes.iter().map(|slope| y(position(slope.before))).collect());
    let right = spread(slopes.iter().map(|slope| y(position(slope.now))).collect());
    for (i, slope) in slopes.iter().enumerate() {
        let (from, to) = (y(position(slope.before)), y(position(slope.now)));
        let falls = slope.now < slope.before;
        let (colour, dash) = if falls { (GREY, "6 4") } else { (ACCENT, "") };
        svg.line((LEFT, from), (RIGHT, to), colour, 2.0, dash);
        svg.dot((LEFT, from), 4.0, colour, true);
        svg.dot((RIGHT, to), 4.0, colour, false);
        svg.text((LEFT - 12.0, left[i] + 4.0), Hold::End, 12, GREY, &slope.before.vi());
        let label = format!("{} – {}", slope.now.vi(), fit(&slope.label, 58));
        svg.text((RIGHT + 14.0, right[i] + 4.0), Hold::Start, 12, INK, &label);
    }
    svg.finish(id, title, "Đường liền là tăng, đường đứt là giảm.")
}

/// Moves labels apart so that none covers another, keeping their order.
fn spread(places: Vec<f64>) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    let mut moved = places.clone();
    for pair in order.windows(2) {
        moved[pair[1]] = moved[pair[1]].max(moved[pair[0]] + LINE);
    }
    // What ran over the lower edge is pushed back up.
    let mut limit = HEIGHT - 12.0;
    for i in order.iter().rev() {
        moved[*i] = moved[*i].min(limit);
        limit = moved[*i] - LINE;
    }
    moved
}
