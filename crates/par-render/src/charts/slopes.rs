//! Change between two years: a line from the earlier value to the later, a panel a list.

use par_core::points::decimal::Decimal;

use super::On;
use super::svg::{ACCENT, GREY, Hold, INK, RULE, Svg, WIDTH, fit, position, spread};

/// One line.
pub struct Slope {
    /// Whose values.
    pub label: String,
    /// Earlier, in percent.
    pub before: Decimal,
    /// Later, in percent.
    pub now: Decimal,
    /// The change in percentage points, as printed; empty where it is not said.
    pub change: String,
}

/// A panel.
pub struct Panel {
    /// Its heading, which may be empty.
    pub name: String,
    /// Its lines.
    pub slopes: Vec<Slope>,
    /// What cannot be compared, in words; may be empty.
    pub remark: String,
}

const LEFT: f64 = 66.0;
const RIGHT: f64 = 350.0;
const LINE: f64 = 17.0;
const HEAD: f64 = 26.0;
const YEARS: f64 = 28.0;
const REMARK: f64 = 22.0;

impl Panel {
    /// Room for the lines' labels, and for slopes to be seen.
    fn plot(&self) -> f64 {
        (LINE * self.slopes.len() as f64 + 12.0).max(150.0)
    }

    fn height(&self) -> f64 {
        let name = if self.name.is_empty() { 0.0 } else { HEAD };
        name + YEARS + self.plot() + if self.remark.is_empty() { 10.0 } else { REMARK + 10.0 }
    }
}

/// The chart; `years` head the two sides. Falling lines are dashed. `None` without lines.
pub fn draw(on: On<'_>, title: &str, years: (&str, &str), panels: &[Panel]) -> Option<String> {
    let drawn: Vec<&Panel> = panels.iter().filter(|panel| !panel.slopes.is_empty()).collect();
    if drawn.is_empty() {
        return None;
    }
    let mut svg = Svg::new(on, WIDTH, 24.0 + drawn.iter().map(|panel| panel.height()).sum::<f64>());
    svg.line((0.0, 10.0), (28.0, 10.0), ACCENT, 2.0, "");
    svg.text((34.0, 14.0), Hold::Start, 12, GREY, on.say("tăng hoặc giữ nguyên", "up or unchanged"));
    svg.line((190.0, 10.0), (218.0, 10.0), GREY, 2.0, "6 4");
    svg.text((224.0, 14.0), Hold::Start, 12, GREY, on.say("giảm", "down"));
    let mut top = 24.0;
    for panel in drawn {
        draw_panel(&mut svg, years, panel, top);
        top += panel.height();
    }
    Some(svg.finish(
        title,
        on.say(
            "Mỗi đường nối giá trị năm trước với năm nay; đường liền là tăng hoặc giữ nguyên, đường đứt là giảm.",
            "Each line leads from the value of the previous year to this year's; full lines rise or stay, dashed lines fall.",
        ),
    ))
}

fn draw_panel(svg: &mut Svg, years: (&str, &str), panel: &Panel, mut top: f64) {
    if !panel.name.is_empty() {
        svg.strong((0.0, top + 18.0), Hold::Start, 13, INK, &fit(&panel.name, WIDTH - 8.0, 14));
        top += HEAD;
    }
    let all = || panel.slopes.iter().flat_map(|slope| [position(slope.before), position(slope.now)]);
    let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
    let span = if high > low { high - low } else { 1.0 };
    let (start, plot) = (top + YEARS + 6.0, panel.plot() - 12.0);
    let y = |value: f64| start + (high - value) * plot / span;
    for (x, hold, year) in [(LEFT, Hold::Middle, years.0), (RIGHT, Hold::Middle, years.1)] {
        svg.line((x, top + YEARS - 4.0), (x, start + plot + 4.0), RULE, 1.0, "");
        svg.strong((x, top + YEARS - 12.0), hold, 12, INK, year);
    }
    let left = spread(
        panel.slopes.iter().map(|slope| y(position(slope.before))).collect(),
        14.0,
        (start, start + plot),
    );
    let right = spread(
        panel.slopes.iter().map(|slope| y(position(slope.now))).collect(),
        LINE,
        (start, start + plot),
    );
    for (i, slope) in panel.slopes.iter().enumerate() {
        let (from, to) = (y(position(slope.before)), y(position(slope.now)));
        let (colour, dash) = if slope.now < slope.before { (GREY, "6 4") } else { (ACCENT, "") };
        svg.line((LEFT, from), (RIGHT, to), colour, 1.8, dash);
        svg.dot((LEFT, from), 3.5, colour, true);
        svg.dot((RIGHT, to), 3.5, colour, false);
        // A thin line leads from a dot to a label that had to give way.
        svg.line((LEFT - 5.0, from), (LEFT - 16.0, left[i]), RULE, 1.0, "");
        svg.text((LEFT - 18.0, left[i] + 4.0), Hold::End, 11, GREY, &svg.number(slope.before));
        svg.line((RIGHT + 5.0, to), (RIGHT + 20.0, right[i]), RULE, 1.0, "");
        let change = if slope.change.is_empty() { String::new() } else { format!(" ({})", slope.change) };
        let label = format!("{}{change} {}", svg.number(slope.now), slope.label);
        svg.text(
            (RIGHT + 23.0, right[i] + 4.0),
            Hold::Start,
            12,
            INK,
            &fit(&label, WIDTH - RIGHT - 25.0, 12),
        );
    }
    if !panel.remark.is_empty() {
        let remark = fit(&panel.remark, WIDTH - 8.0, 11);
        svg.text((0.0, start + plot + 24.0), Hold::Start, 11, GREY, &remark);
    }
}
