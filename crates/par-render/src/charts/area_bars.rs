//! Bars in percent, each with marks of what it is compared with.

use par_core::points::decimal::Decimal;

use super::svg::{ACCENT, GREY, Hold, INK, RULE, Svg, fit, position};

/// One bar.
pub struct Bar {
    /// What is measured.
    pub label: String,
    /// Its percent; `None` when not evaluated.
    pub value: Option<Decimal>,
    /// The percent it is compared with.
    pub mean: Option<Decimal>,
}

const WIDTH: f64 = 960.0;
const SPAN: f64 = 500.0;
const ROW: f64 = 28.0;
const TOP: f64 = 40.0;

/// The chart; `mean` says what the mark stands for, empty when there are none.
pub fn draw(id: &str, title: &str, mean: &str, bars: &[Bar]) -> String {
    let left = 360.0;
    let bottom = TOP + ROW * bars.len() as f64;
    let mut svg = Svg::new(WIDTH, bottom + 8.0);
    let x = |percent: f64| left + percent * SPAN / 100.0;
    for step in [0.0, 25.0, 50.0, 75.0, 100.0] {
        svg.line((x(step), TOP - 6.0), (x(step), bottom), RULE, 1.0, "");
        svg.text((x(step), TOP - 12.0), Hold::Middle, 11, GREY, &format!("{step:.0}%"));
    }
    if !mean.is_empty() {
        svg.line((4.0, TOP - 24.0), (4.0, TOP - 8.0), INK, 2.5, "");
        svg.text((12.0, TOP - 12.0), Hold::Start, 12, GREY, mean);
    }
    for (i, bar) in bars.iter().enumerate() {
        let y = TOP + ROW * i as f64;
        svg.text((left - 8.0, y + 18.0), Hold::End, 13, INK, &fit(&bar.label, 50));
        match bar.value {
            Some(value) => {
                svg.rect((left, y + 6.0), (x(position(value)) - left, 16.0), ACCENT);
                svg.text((left + SPAN + 10.0, y + 18.0), Hold::Start, 13, INK, &value.vi());
            }
            None => svg.text((left + 6.0, y + 18.0), Hold::Start, 12, GREY, "không đánh giá"),
        }
        if let Some(mean) = bar.mean {
            let at = x(position(mean));
            svg.line((at, y + 2.0), (at, y + 26.0), "#ffffff", 5.0, "");
            svg.line((at, y + 3.0), (at, y + 25.0), INK, 2.5, "");
        }
    }
    svg.finish(id, title, "Mỗi thanh là một tỷ lệ phần trăm; vạch đậm là giá trị so sánh.")
}
