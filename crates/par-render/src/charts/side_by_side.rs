//! A few units beside each other: a row a measure, a mark a unit.

use par_core::points::decimal::Decimal;

use super::On;
use super::bars::label;
use super::svg::{GREY, Hold, INK, MARKS, RULE, Svg, WIDTH, axis, fit, position, tick};

/// Most units that can be told apart by the shapes of their marks.
pub const MOST: usize = MARKS.len();

/// One row.
pub struct Row {
    /// What is measured.
    pub label: String,
    /// A percent a unit, `None` when not evaluated.
    pub values: Vec<Option<Decimal>>,
}

const LEFT: f64 = 262.0;
const RIGHT: f64 = WIDTH - 24.0;
const ROW: f64 = 34.0;

/// The chart of at most [`MOST`] units; `None` without values.
pub fn draw(on: On<'_>, title: &str, units: &[String], rows: &[Row]) -> Option<String> {
    let values = || rows.iter().flat_map(|row| row.values.iter().flatten().map(|value| position(*value)));
    values().next()?;
    let (low, high, step) = axis(values());
    let top = units.len().div_ceil(2) as f64 * 20.0 + 34.0;
    let bottom = top + ROW * rows.len() as f64;
    let mut svg = Svg::new(on, WIDTH, bottom + 6.0);
    for (i, unit) in units.iter().enumerate() {
        let at = (if i % 2 == 0 { 10.0 } else { WIDTH / 2.0 + 10.0 }, (i / 2) as f64 * 20.0 + 10.0);
        svg.mark(i, at);
        svg.text((at.0 + 14.0, at.1 + 4.0), Hold::Start, 12, INK, &fit(unit, WIDTH / 2.0 - 30.0, 12));
    }
    let x = |value: f64| LEFT + (value.clamp(low, high) - low) * (RIGHT - LEFT) / (high - low);
    let mut value = low;
    while value <= high + step / 2.0 {
        svg.line((x(value), top - 6.0), (x(value), bottom), RULE, 1.0, "");
        svg.text((x(value), top - 10.0), Hold::Middle, 11, GREY, &format!("{}%", tick(value)));
        value += step;
    }
    for (i, row) in rows.iter().enumerate() {
        let y = top + ROW * i as f64 + ROW / 2.0;
        label(&mut svg, &row.label, LEFT, y);
        let mut drawn: Vec<(usize, f64)> =
            row.values.iter().enumerate().filter_map(|(i, v)| v.map(|v| (i, x(position(v))))).collect();
        drawn.sort_by(|a, b| a.1.total_cmp(&b.1));
        if let (Some(first), Some(last)) = (drawn.first(), drawn.last()) {
            svg.line((first.1, y), (last.1, y), RULE, 3.0, "");
        }
        for (at, (which, x)) in drawn.iter().enumerate() {
            // Marks that would cover each other step up and down.
            let close = at > 0 && x - drawn[at - 1].1 < 9.0;
            let up = if close { if at % 2 == 0 { -8.0 } else { 8.0 } } else { 0.0 };
            svg.mark(*which, (*x, y + up));
        }
    }
    Some(svg.finish(
        title,
        on.say(
            "Mỗi dòng một lĩnh vực, mỗi đơn vị một dấu riêng; tỷ lệ càng cao càng ở bên phải.",
            "One row for each area, a mark of its own for each unit; higher shares are further right.",
        ),
    ))
}
