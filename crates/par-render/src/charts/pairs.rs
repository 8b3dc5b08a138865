//! From a first value (hollow dot) to a second (full dot), one row each.

use par_core::points::decimal::Decimal;

use super::On;
use super::svg::{ACCENT, GREY, Hold, INK, RULE, SOFT, Svg, WIDTH, fit, position, tick, width};

/// One row.
pub struct Pair {
    /// Whose values.
    pub label: String,
    /// The first value.
    pub from: Option<Decimal>,
    /// The second value.
    pub to: Decimal,
    /// What is printed at the end of the row.
    pub note: String,
}

/// Rows under a common heading, which may be empty.
pub struct Group {
    /// The heading.
    pub name: String,
    /// The rows.
    pub pairs: Vec<Pair>,
}

const LEFT: f64 = 206.0;
const SPAN: f64 = 376.0;
const ROW: f64 = 22.0;
const TOP: f64 = 52.0;
const HEADING: f64 = 28.0;

/// The chart from `low` to `high`, with a line every `step`; `words` name the first and the second
/// value. `None` without rows.
pub fn draw(
    on: On<'_>,
    title: &str,
    words: (&str, &str),
    (low, high, step): (f64, f64, f64),
    groups: &[Group],
) -> Option<String> {
    let rows: usize = groups.iter().map(|group| group.pairs.len()).sum();
    if rows == 0 || low >= high || step <= 0.0 {
        return None;
    }
    let named = groups.iter().filter(|group| !group.name.is_empty() && !group.pairs.is_empty()).count();
    let bottom = TOP + ROW * rows as f64 + HEADING * named as f64;
    let mut svg = Svg::new(on, WIDTH, bottom + 8.0);
    let x = |value: f64| LEFT + (value.clamp(low, high) - low) * SPAN / (high - low);
    let mut value = low;
    while value <= high + step / 2.0 {
        svg.line((x(value), TOP - 6.0), (x(value), bottom), RULE, 1.0, "");
        svg.text((x(value), TOP - 10.0), Hold::Middle, 11, GREY, &tick(value));
        value += step;
    }
    svg.dot((LEFT + 6.0, 16.0), 5.0, GREY, true);
    svg.text((LEFT + 16.0, 20.0), Hold::Start, 12, GREY, words.0);
    svg.dot((LEFT + 206.0, 16.0), 5.0, ACCENT, false);
    svg.text((LEFT + 216.0, 20.0), Hold::Start, 12, GREY, words.1);
    let mut y = TOP;
    for group in groups.iter().filter(|group| !group.pairs.is_empty()) {
        if !group.name.is_empty() {
            let name = fit(&group.name, WIDTH - 8.0, 13);
            svg.rect((0.0, y + 4.0), ((width(&name, 13) + 4.0).min(WIDTH), 20.0), "#ffffff");
            svg.strong((0.0, y + 18.0), Hold::Start, 12, INK, &name);
            y += HEADING;
        }
        for pair in &group.pairs {
            row(&mut svg, pair, y + 11.0, x);
            y += ROW;
        }
    }
    Some(svg.finish(
        title,
        &on.say(
            format!("Mỗi dòng một đơn vị: vòng trống là {}, chấm đặc là {}.", words.0, words.1),
            format!(
                "One row for each unit: the hollow circle is the {}, the full dot the {}.",
                words.0, words.1
            ),
        ),
    ))
}

fn row(svg: &mut Svg, pair: &Pair, y: f64, x: impl Fn(f64) -> f64) {
    svg.text((LEFT - 12.0, y + 4.0), Hold::End, 12, INK, &fit(&pair.label, LEFT - 14.0, 12));
    let to = x(position(pair.to));
    if let Some(from) = pair.from.map(position).map(&x) {
        svg.line((from, y), (to, y), SOFT, 3.0, "");
        svg.dot((from, y), 5.0, GREY, true);
    }
    svg.dot((to, y), if pair.from.is_some() { 4.0 } else { 5.0 }, ACCENT, false);
    let at = LEFT + SPAN + 14.0;
    svg.text((at, y + 4.0), Hold::Start, 12, INK, &fit(&pair.note, WIDTH - at, 12));
}
