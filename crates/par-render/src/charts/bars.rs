//! Bars in percent, each with a mark of what it is compared with.

use par_core::points::decimal::Decimal;

use super::On;
use super::svg::{ACCENT, GREY, Hold, INK, RULE, Svg, WIDTH, position, wrap};

/// One bar.
pub struct Bar {
    /// What is measured.
    pub label: String,
    /// Its percent; `None` when not evaluated or not yet scored.
    pub value: Option<Decimal>,
    /// Whether it has no percent because something is not yet scored.
    pub waits: bool,
    /// The percent it is compared with.
    pub mean: Option<Decimal>,
}

const LEFT: f64 = 262.0;
const SPAN: f64 = 400.0;
const ROW: f64 = 30.0;
const TOP: f64 = 40.0;

/// The chart; `mean` says what the mark stands for. `None` without bars.
pub fn draw(on: On<'_>, title: &str, mean: &str, bars: &[Bar]) -> Option<String> {
    if bars.is_empty() {
        return None;
    }
    let bottom = TOP + ROW * bars.len() as f64;
    let mut svg = Svg::new(on, WIDTH, bottom + 8.0);
    let x = |percent: f64| LEFT + percent.clamp(0.0, 100.0) * SPAN / 100.0;
    for step in [0.0, 25.0, 50.0, 75.0, 100.0] {
        svg.line((x(step), TOP - 6.0), (x(step), bottom), RULE, 1.0, "");
        svg.text((x(step), TOP - 12.0), Hold::Middle, 11, GREY, &format!("{step:.0}%"));
    }
    if bars.iter().any(|bar| bar.mean.is_some()) {
        svg.line((4.0, TOP - 24.0), (4.0, TOP - 8.0), INK, 2.5, "");
        svg.text((12.0, TOP - 12.0), Hold::Start, 12, GREY, mean);
    }
    for (i, bar) in bars.iter().enumerate() {
        let y = TOP + ROW * i as f64;
        label(&mut svg, &bar.label, LEFT, y + ROW / 2.0);
        match bar.value {
            Some(value) => {
                svg.rect((LEFT, y + 7.0), (x(position(value)) - LEFT, 16.0), ACCENT);
                svg.text((LEFT + SPAN + 10.0, y + 19.0), Hold::Start, 12, INK, &svg.number(value));
            }
            None => svg.text(
                (LEFT + 6.0, y + 19.0),
                Hold::Start,
                12,
                GREY,
                if bar.waits {
                    on.say("chưa chấm", "not yet scored")
                } else {
                    on.say("không đánh giá", "not evaluated")
                },
            ),
        }
        if let Some(mean) = bar.mean {
            let at = x(position(mean));
            svg.line((at, y + 3.0), (at, y + 27.0), "#ffffff", 5.0, "");
            svg.line((at, y + 4.0), (at, y + 26.0), INK, 2.5, "");
        }
    }
    Some(svg.finish(
        title,
        on.say(
            "Mỗi thanh là một tỷ lệ phần trăm; vạch đậm là giá trị so sánh.",
            "Each bar is a percent; the bold line is the value it is compared with.",
        ),
    ))
}

/// A label on one or two lines before `left`, around `middle`.
pub fn label(svg: &mut Svg, label: &str, left: f64, middle: f64) {
    match wrap(label, left - 12.0, 12).as_slice() {
        [one] => svg.text((left - 8.0, middle + 4.0), Hold::End, 12, INK, one),
        lines => {
            for (line, y) in lines.iter().zip([middle - 3.0, middle + 11.0]) {
                svg.text((left - 8.0, y), Hold::End, 12, INK, line);
            }
        }
    }
}
