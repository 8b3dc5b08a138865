//! Points lost by reason of the request for explanation.

use par_core::score::reasons::LostFor;
use par_core::score::results::{Results, Scope};
use par_core::year::lost::Cause;

use super::On;
use super::bars::label;
use super::svg::{ACCENT, GREY, Hold, INK, RULE, Svg, WIDTH, position};

const LEFT: f64 = 246.0;
const SPAN: f64 = 250.0;
const ROW: f64 = 34.0;

/// The chart over all units; `None` when nothing was asked.
pub fn draw(results: &Results, on: On<'_>) -> Option<String> {
    let lost: Vec<LostFor> = results.lost_by_cause(Scope::Province);
    let reasons: Vec<(&str, &LostFor)> = lost
        .iter()
        .filter_map(|one| match &one.cause {
            Cause::Reason(code) => Some((results.year.reason(code), one)),
            _ => None,
        })
        .collect();
    let most = reasons.iter().map(|(_, one)| position(one.points.decimal())).fold(0.0, f64::max);
    if reasons.is_empty() {
        return None;
    }
    let x = |points: f64| LEFT + if most > 0.0 { points * SPAN / most } else { 0.0 };
    let bottom = 8.0 + ROW * reasons.len() as f64;
    let mut svg = Svg::new(on, WIDTH, bottom + 8.0);
    svg.line((LEFT, 4.0), (LEFT, bottom), RULE, 1.0, "");
    for (i, (name, one)) in reasons.iter().enumerate() {
        let y = 8.0 + ROW * i as f64;
        label(&mut svg, name, LEFT, y + ROW / 2.0);
        let end = x(position(one.points.decimal()));
        svg.rect((LEFT, y + 8.0), (end - LEFT, 18.0), ACCENT);
        svg.strong(
            (end + 8.0, y + 15.0),
            Hold::Start,
            12,
            INK,
            &format!("{} {}", svg.number(one.points.full()), svg.say("điểm", "points")),
        );
        let of = {
            let (cases, units) = (on.language.count(one.cases), on.language.count(one.units));
            on.say(format!("{cases} yêu cầu, {units} đơn vị"), format!("{cases} requests, {units} units"))
        };
        svg.text((end + 8.0, y + 29.0), Hold::Start, 11, GREY, &of);
    }
    Some(svg.finish(
        on.say(
            "Điểm mất theo lý do thẩm định yêu cầu giải trình",
            "Points lost by reason for which an explanation was requested",
        ),
        on.say(
            "Mỗi thanh là tổng số điểm các đơn vị không được công nhận vì một lý do, từ nhiều nhất.",
            "Each bar is the sum of points not granted to the units for one reason, most first.",
        ),
    ))
}
