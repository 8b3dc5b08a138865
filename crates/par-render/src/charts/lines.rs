//! Values over several years: a line each, labelled at its end.

use par_core::points::decimal::Decimal;

use super::On;
use super::svg::{ACCENT, GREY, Hold, INK, MARKS, RULE, Svg, WIDTH, axis, fit, position, spread, tick};

/// One line.
pub struct Line {
    /// What it shows.
    pub label: String,
    /// A value a year, `None` where it is not known.
    pub values: Vec<Option<Decimal>>,
    /// Whether it is what the chart is read for, such as a mean among units.
    pub strong: bool,
}

const LEFT: f64 = 44.0;
const RIGHT: f64 = 430.0;
const LABEL: f64 = 16.0;
const TOP: f64 = 34.0;
/// Patterns that tell neighbouring lines apart.
const DASHES: [&str; 4] = ["", "7 3", "2 3", "9 3 2 3"];

/// The chart; `years` in order, one value a year in every line. `None` when no line has a value.
pub fn draw(on: On<'_>, title: &str, years: &[u16], lines: &[Line]) -> Option<String> {
    let lines: Vec<&Line> = lines.iter().filter(|line| line.values.iter().any(Option::is_some)).collect();
    if lines.is_empty() {
        return None;
    }
    let (low, high, step) =
        axis(lines.iter().flat_map(|line| line.values.iter().flatten()).map(|v| position(*v)));
    let bottom = TOP + (LABEL * lines.len() as f64 + 10.0).max(220.0);
    let mut svg = Svg::new(on, WIDTH, bottom + 12.0);
    let y = |value: f64| TOP + 8.0 + (high - value) * (bottom - TOP - 16.0) / (high - low);
    let x = |year: usize| match years.len() {
        0 | 1 => (LEFT + RIGHT) / 2.0,
        count => LEFT + 24.0 + (RIGHT - LEFT - 48.0) * year as f64 / (count - 1) as f64,
    };
    let mut value = low;
    while value <= high + step / 2.0 {
        svg.line((LEFT, y(value)), (RIGHT, y(value)), RULE, 1.0, "");
        svg.text((LEFT - 8.0, y(value) + 4.0), Hold::End, 11, GREY, &tick(value));
        value += step;
    }
    // With many years, only as many are named as have room; the last always is.
    let every = years.len().div_ceil(9).max(1);
    for (i, year) in years.iter().enumerate().filter(|(i, _)| (years.len() - 1 - i).is_multiple_of(every)) {
        svg.strong((x(i), TOP - 12.0), Hold::Middle, 12, INK, &year.to_string());
    }
    let last = |line: &Line| line.values.iter().rposition(Option::is_some).expect("lines have a value");
    let end = |line: &Line| position(line.values[last(line)].expect("a value is there"));
    let labels = spread(lines.iter().map(|line| y(end(line))).collect(), LABEL, (TOP, bottom - 4.0));
    for (i, line) in lines.iter().enumerate() {
        trace(&mut svg, i, line, lines.len() <= MARKS.len(), &x, &y);
        let from = (x(last(line)) + 7.0, y(end(line)));
        svg.line(from, (RIGHT + 8.0, labels[i]), RULE, 1.0, "");
        let value = svg.number(line.values[last(line)].expect("a value is there"));
        let label = fit(&format!("{value} – {}", line.label), WIDTH - RIGHT - 14.0, 12);
        let at = (RIGHT + 12.0, labels[i] + 4.0);
        if line.strong {
            svg.strong(at, Hold::Start, 12, INK, &label)
        } else {
            svg.text(at, Hold::Start, 12, INK, &label)
        }
    }
    Some(svg.finish(
        title,
        on.say(
            "Mỗi đường một giá trị qua các năm, tên ở cuối đường; năm không có số liệu để trống.",
            "One line for each value over the years, named at its end; years without data are left open.",
        ),
    ))
}

/// The line through its years, broken where one is missing.
fn trace(
    svg: &mut Svg,
    which: usize,
    line: &Line,
    few: bool,
    x: &impl Fn(usize) -> f64,
    y: &impl Fn(f64) -> f64,
) {
    let colour = match (line.strong, few) {
        (true, false) => INK,
        (_, true) => MARKS[which % MARKS.len()],
        (false, false) => {
            if which.is_multiple_of(2) {
                ACCENT
            } else {
                GREY
            }
        }
    };
    let (width, dash) = if line.strong { (3.0, "") } else { (1.6, DASHES[which % DASHES.len()]) };
    let at = |year: usize| line.values[year].map(|value| (x(year), y(position(value))));
    for year in 1..line.values.len() {
        if let (Some(from), Some(to)) = (at(year - 1), at(year)) {
            svg.line(from, to, colour, width, dash);
        }
    }
    for point in (0..line.values.len()).filter_map(at) {
        if few { svg.mark(which, point) } else { svg.dot(point, 3.0, colour, !line.strong) }
    }
}
