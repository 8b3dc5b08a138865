//! Units by rank as bars over the bands of the classes.

use par_core::points::decimal::Decimal;

use super::svg::{ACCENT, GREY, GROUND, Hold, INK, RULE, Svg, fit, position};

/// A ranking list.
pub struct Group {
    /// Its name.
    pub name: String,
    /// Classes: name and lower bound in percent, from the best.
    pub classes: Vec<(String, Decimal)>,
    /// Units from the first place.
    pub bars: Vec<Bar>,
    /// The mean of the list.
    pub mean: Option<Decimal>,
}

/// A unit.
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Its index.
    pub value: Decimal,
    /// Its class.
    pub class: String,
}

const WIDTH: f64 = 960.0;
const LEFT: f64 = 248.0;
const SPAN: f64 = 570.0;
const ROW: f64 = 24.0;
const HEAD: f64 = 64.0;

/// The chart of all lists, on one scale from 0 to 100 percent.
pub fn draw(id: &str, title: &str, groups: &[Group]) -> String {
    let height: f64 = groups.iter().map(|group| HEAD + ROW * group.bars.len() as f64 + 24.0).sum();
    let mut svg = Svg::new(WIDTH, height);
    let mut top = 0.0;
    for group in groups {
        bands(&mut svg, group, top);
        bars(&mut svg, group, top + HEAD);
        top += HEAD + ROW * group.bars.len() as f64 + 24.0;
    }
    svg.finish(
        id,
        title,
        "Mỗi thanh là một đơn vị theo thứ hạng; nền chia theo khoảng của từng loại; vạch đứt là trung bình.",
    )
}

fn x(percent: f64) -> f64 {
    LEFT + percent * SPAN / 100.0
}

/// Alternating grounds with the class's name and lower bound on two levels, so that narrow bands
/// keep their names.
fn bands(svg: &mut Svg, group: &Group, top: f64) {
    let bottom = top + HEAD + ROW * group.bars.len() as f64 + 4.0;
    svg.strong((0.0, top + 20.0), Hold::Start, 14, INK, &group.name);
    let mut end = 100.0;
    for (i, (name, from)) in group.classes.iter().enumerate() {
        let start = position(*from);
        if i % 2 == 0 {
            svg.rect((x(start), top + 56.0), (x(end) - x(start), bottom - top - 56.0), GROUND);
        }
        let level = if i % 2 == 0 { 52.0 } else { 38.0 };
        if start > 0.0 {
            svg.line((x(start), top + level - 10.0), (x(start), bottom), RULE, 1.0, "");
        }
        let label = if start > 0.0 { format!("{name} ≥ {}", from.trimmed().vi()) } else { name.clone() };
        svg.text((x(start) + 4.0, top + level), Hold::Start, 11, GREY, &label);
        end = start;
    }
}

fn bars(svg: &mut Svg, group: &Group, top: f64) {
    for (i, bar) in group.bars.iter().enumerate() {
        let y = top + ROW * i as f64;
        let value = position(bar.value);
        svg.text((LEFT - 8.0, y + 16.0), Hold::End, 13, INK, &fit(&bar.label, 34));
        svg.rect((LEFT, y + 4.0), (x(value) - LEFT, 16.0), ACCENT);
        svg.text(
            (LEFT + SPAN + 8.0, y + 16.0),
            Hold::Start,
            13,
            INK,
            &format!("{} {}", bar.value.vi(), bar.class),
        );
    }
    if let Some(mean) = group.mean {
        let bottom = top + ROW * group.bars.len() as f64;
        let at = x(position(mean));
        svg.line((at, top - 2.0), (at, bottom + 4.0), "#ffffff", 3.0, "");
        svg.line((at, top - 2.0), (at, bottom + 4.0), INK, 1.5, "5 3");
        svg.text((at, bottom + 17.0), Hold::Middle, 11, INK, &format!("trung bình {}", mean.vi()));
    }
}
