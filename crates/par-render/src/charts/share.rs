//! The picture that stands beside a shared link: what the year is, and who leads.

use par_core::language::Language;
use par_core::score::component::Quantity;
use par_core::score::results::{Measure, Results, Scope};
use par_core::text::capital;

use super::round;
use super::svg::{ACCENT, GREY, Hold, INK, RULE, Svg, fit};

/// Width and height that networks ask for.
pub const SIZE: (f64, f64) = (1200.0, 630.0);
/// How many clusters find room.
const MOST: usize = 3;

/// The picture as SVG; `None` when no unit is ranked.
pub fn draw(results: &Results) -> Option<String> {
    let year = &results.year;
    let mut svg = Svg::new(SIZE.0, SIZE.1);
    svg.rect((0.0, 0.0), (SIZE.0, 18.0), ACCENT);
    svg.text((80.0, 110.0), Hold::Start, 34, GREY, &capital(&year.province));
    svg.strong((80.0, 180.0), Hold::Start, 56, INK, &format!("Chỉ số cải cách hành chính {}", year.year));
    let mut top = 250.0;
    for cluster in (0..year.clusters.len()).map(Scope::Cluster) {
        let order = results.ordered(cluster, &Quantity::Percent(Measure::Index));
        let (Some(best), Some(mean)) = (order.first(), results.mean(cluster, &Measure::Index)) else {
            continue;
        };
        if top > 250.0 + 120.0 * (MOST as f64 - 0.5) {
            break;
        }
        svg.line((80.0, top), (SIZE.0 - 80.0, top), RULE, 2.0, "");
        svg.text(
            (80.0, top + 42.0),
            Hold::Start,
            28,
            GREY,
            &fit(results.scope_name(cluster, Language::Vi), 700.0, 28),
        );
        let mean = format!("trung bình {}%", round(results, &mean).vi());
        svg.text((SIZE.0 - 80.0, top + 42.0), Hold::End, 28, GREY, &mean);
        let leader = fit(&year.units[best.unit].name, 760.0, 40);
        svg.strong((80.0, top + 94.0), Hold::Start, 40, INK, &leader);
        svg.strong((SIZE.0 - 80.0, top + 94.0), Hold::End, 40, ACCENT, &format!("{}%", best.printed.vi()));
        top += 120.0;
    }
    if top == 250.0 {
        return None;
    }
    if let Some(notice) = &year.notice {
        svg.text((80.0, SIZE.1 - 20.0), Hold::Start, 18, GREY, &fit(notice, SIZE.0 - 160.0, 18));
    }
    Some(svg.finish("chia-se", &year.title, "Đơn vị đứng đầu và chỉ số trung bình của từng khối."))
}
