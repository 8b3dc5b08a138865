//! From a first value (hollow dot) to a second (full dot), one row each.

use par_core::points::decimal::Decimal;

use super::svg::{ACCENT, GREY, Hold, INK, RULE, SOFT, Svg, fit, position};

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

const WIDTH: f64 = 960.0;
const LEFT: f64 = 264.0;
const SPAN: f64 = 540.0;
const ROW: f64 = 24.0;
const TOP: f64 = 52.0;

/// The chart from `low` to `high`; `words` name the first and the second value.
pub fn draw(
    id: &str,
    title: &str,
    words: (&str, &str),
    (low, high): (Decimal, Decimal),
    pairs: &[Pair],
) -> String {
    let bottom = TOP + ROW * pairs.len() as f64;
    let mut svg = Svg::new(WIDTH, bottom + 8.0);
    let (start, end) = (position(low), position(high));
    let x = |value: f64| LEFT + (value - start) * SPAN / (end - start);
    for step in 0..=4 {
        let value = start + (end - start) * f64::from(step) / 4.0;
        svg.line((x(value), TOP - 6.0), (x(value), bottom), RULE, 1.0, "");
        let printed = format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').replace('.', ",");
        svg.text((x(value), TOP - 10.0), Hold::Middle, 11, GREY, &printed);
    }
    svg.dot((LEFT + 6.0, 16.0), 5.0, GREY, true);
    svg.text((LEFT + 16.0, 20.0), Hold::Start, 12, GREY, words.0);
    svg.dot((LEFT + 206.0, 16.0), 5.0, ACCENT, false);
    svg.text((LEFT + 216.0, 20.0), Hold::Start, 12, GREY, words.1);
    for (i, pair) in pairs.iter().enumerate() {
        let y = TOP + ROW * i as f64 + 12.0;
        svg.text((LEFT - 12.0, y + 4.0), Hold::End, 13, INK, &fit(&pair.label, 36));
        let to = x(position(pair.to));
        if let Some(from) = pair.from.map(position).map(x) {
            svg.line((from, y), (to, y), SOFT, 3.0, "");
            svg.dot((from, y), 5.0, GREY, true);
        }
        svg.dot((to, y), 5.0, ACCENT, false);
        svg.text((LEFT + SPAN + 14.0, y + 4.0), Hold::Start, 12, INK, &pair.note);
    }
    svg.finish(
        id,
        title,
        &format!("Mỗi dòng một giá trị: vòng trống là {}, chấm đặc là {}.", words.0, words.1),
    )
}
