//! Where units may stand: a bar from the best to the worst place, with a dot at the place they have.

use super::On;
use super::svg::{ACCENT, GREY, GROUND, Hold, INK, RULE, SOFT, Svg, fit};

/// A ranking list.
pub struct Group {
    /// Its name.
    pub name: String,
    /// Units from the first place.
    pub rows: Vec<Row>,
}

/// A unit.
pub struct Row {
    /// Its name.
    pub label: String,
    /// Its place in the result.
    pub place: u32,
    /// The best and the worst place of the interval.
    pub interval: [u32; 2],
}

const WIDTH: f64 = 960.0;
const LEFT: f64 = 248.0;
const SPAN: f64 = 600.0;
const ROW: f64 = 24.0;
const HEAD: f64 = 56.0;
/// Most places that are written above a list.
const LABELS: usize = 20;

/// The chart of all lists, each on its own scale of places.
pub fn draw(on: On<'_>, title: &str, groups: &[Group]) -> String {
    let legend = 32.0;
    let all: f64 = groups.iter().map(height).sum();
    let mut svg = Svg::new(on, WIDTH, legend + all);
    svg.rect((4.0, 9.0), (28.0, 8.0), SOFT);
    svg.text(
        (40.0, 17.0),
        Hold::Start,
        12,
        GREY,
        on.say("khoảng thứ hạng 5–95% số lượt", "ranks in 5–95% of the draws"),
    );
    svg.dot((264.0, 13.0), 5.0, ACCENT, false);
    svg.text(
        (276.0, 17.0),
        Hold::Start,
        12,
        GREY,
        on.say("thứ hạng trong kết quả chính thức", "rank in the official result"),
    );
    let mut top = legend;
    for group in groups {
        list(&mut svg, group, top);
        top += height(group);
    }
    svg.finish(
        title,
        on.say(
            "Mỗi dòng là một đơn vị: thanh nhạt đi từ hạng tốt nhất đến hạng thấp nhất của khoảng 5–95%, chấm \
             đặc là thứ hạng trong kết quả chính thức.",
            "One row for each unit: the pale bar leads from the best to the worst rank of the range 5–95%, the \
             full dot is the rank in the official result.",
        ),
    )
}

fn height(group: &Group) -> f64 {
    HEAD + ROW * group.rows.len() as f64 + 20.0
}

fn list(svg: &mut Svg, group: &Group, top: f64) {
    svg.strong((0.0, top + 20.0), Hold::Start, 14, INK, &group.name);
    let last = group.rows.len().max(1);
    let step = SPAN / last as f64;
    let x = |place: u32| LEFT + step * (f64::from(place) - 0.5);
    let bottom = top + HEAD + ROW * group.rows.len() as f64;
    let every = last.div_ceil(LABELS);
    for place in (1..=last).filter(|place| (place - 1) % every == 0) {
        let at = LEFT + step * (place as f64 - 0.5);
        svg.line((at, top + HEAD - 4.0), (at, bottom), RULE, 1.0, "");
        svg.text((at, top + HEAD - 10.0), Hold::Middle, 11, GREY, &place.to_string());
    }
    for (i, row) in group.rows.iter().enumerate() {
        let y = top + HEAD + ROW * i as f64;
        if i % 2 == 0 {
            svg.rect((0.0, y), (LEFT - 4.0, ROW), GROUND);
        }
        svg.text((LEFT - 8.0, y + 16.0), Hold::End, 13, INK, &fit(&row.label, LEFT - 16.0, 13));
        let [best, worst] = row.interval;
        let (start, end) = (x(best) - step * 0.4, x(worst) + step * 0.4);
        svg.rect((start, y + 7.0), (end - start, 10.0), SOFT);
        svg.dot((x(row.place), y + 12.0), 5.0, ACCENT, false);
        let words = if best == worst { best.to_string() } else { format!("{best}–{worst}") };
        svg.text((LEFT + SPAN + 10.0, y + 16.0), Hold::Start, 13, INK, &words);
    }
}
