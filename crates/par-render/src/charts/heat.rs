//! Component indices as a heat map: units × areas, every cell with its number.

use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::score::results::{Measure, Results, Scope};

use super::On;
use super::parts::{Slice, whole};
use super::round;
use super::svg::{GREY, Hold, INK, RULE, Svg, WIDTH, fit, width};

/// Lower bounds of the five steps, in percent: fixed, so that years can be compared by eye.
pub const STEPS: [i128; 5] = [0, 60, 70, 80, 90];
/// Grounds of the steps, from light to dark, so that they keep their order in grey.
const FILLS: [&str; 5] = ["#f7f1e1", "#dfe9d8", "#a9d0cb", "#5fa5b1", "#134f62"];

const LEFT: f64 = 190.0;
const ROW: f64 = 23.0;
const LEGEND: f64 = 34.0;
const HEAD: f64 = 26.0;

/// The step of a printed percent, from 1.
pub fn step(percent: Decimal) -> u8 {
    let reached = STEPS.iter().filter(|bound| percent >= Decimal::new(**bound, 0)).count();
    u8::try_from(reached.max(1)).expect("there are five steps")
}

/// What a step stands for, from 1.
pub fn words(step: usize, language: Language) -> String {
    match (STEPS[step - 1], STEPS.get(step)) {
        (0, Some(next)) => language.of(format!("dưới {next}%"), format!("under {next}%")),
        (from, Some(next)) => {
            language.of(format!("từ {from} đến dưới {next}%"), format!("{from} to under {next}%"))
        }
        (from, None) => language.of(format!("từ {from}%"), format!("{from}% or over")),
    }
}

/// The heat map of all lists; `None` without units or areas.
pub fn draw(results: &Results, on: On<'_>) -> Option<String> {
    of(results, &whole(results), on)
}

/// The heat map of these units; `None` without units or areas.
pub fn of(results: &Results, slices: &[Slice], on: On<'_>) -> Option<String> {
    let areas = results.areas();
    if areas.is_empty() || slices.is_empty() {
        return None;
    }
    let measures: Vec<Measure> =
        areas.iter().map(|(code, _)| Measure::Node(code.clone())).chain([Measure::Index]).collect();
    let rows: usize = slices.iter().map(|slice| slice.places.len() + 1).sum();
    let half = WIDTH / 2.0 - 8.0;
    let named = |(code, name): &(String, String)| format!("{code}. {name}");
    let columns = if areas.iter().all(|area| width(&named(area), 11) <= half) { 2 } else { 1 };
    let key = areas.len().div_ceil(columns) as f64 * 17.0 + 14.0;
    let height = LEGEND + slices.len() as f64 * (HEAD * 2.0) + rows as f64 * ROW + key;
    let mut svg = Svg::new(on, WIDTH, height);
    legend(&mut svg);
    let grid = Grid { measures, column: (WIDTH - LEFT - 2.0) / (areas.len() + 1) as f64 };
    let mut top = LEGEND;
    for slice in slices {
        top = grid.list(&mut svg, results, slice, &areas, top);
    }
    for (i, area) in areas.iter().enumerate() {
        let at = ((i % columns) as f64 * (half + 14.0), top + 18.0 + (i / columns) as f64 * 17.0);
        svg.text(at, Hold::Start, 11, GREY, &fit(&named(area), WIDTH - at.0 - 4.0, 11));
    }
    Some(svg.finish(
        on.say("Tỷ lệ điểm đạt được của các đơn vị theo lĩnh vực (%)", "Share of points earned by the units in each area (%)"),
        on.say("Mỗi dòng một đơn vị, mỗi cột một lĩnh vực, cột cuối là Chỉ số CCHC; ô càng đậm tỷ lệ càng cao, ô gạch chéo là không đánh giá (KĐG).", "One row for each unit, one column for each area, the PAR INDEX last; the darker a cell, the higher the share; hatched cells are not evaluated (n/e)."),
    ))
}

fn legend(svg: &mut Svg) {
    let mut x = 0.0;
    for (i, fill) in FILLS.iter().enumerate() {
        svg.rect((x, 4.0), (20.0, 14.0), fill);
        svg.frame((x, 4.0), (20.0, 14.0), GREY);
        let text = words(i + 1, svg.language());
        svg.text((x + 25.0, 15.0), Hold::Start, 11, GREY, &text);
        x += 25.0 + width(&text, 11) + 8.0;
    }
    svg.hatch((x, 4.0), (20.0, 14.0), 5.0, GREY);
    svg.frame((x, 4.0), (20.0, 14.0), GREY);
    svg.text((x + 25.0, 15.0), Hold::Start, 11, GREY, svg.say("KĐG: không đánh giá", "n/e: not evaluated"));
}

/// Columns of equal width.
struct Grid {
    measures: Vec<Measure>,
    column: f64,
}

impl Grid {
    /// Units of one list with its heading, and its mean where it ends; where the next begins.
    fn list(
        &self,
        svg: &mut Svg,
        results: &Results,
        slice: &Slice,
        areas: &[(String, String)],
        top: f64,
    ) -> f64 {
        let name = slice.name(results, svg.language());
        svg.strong((0.0, top + 18.0), Hold::Start, 13, INK, &fit(&name, WIDTH - 8.0, 14));
        let heads = areas.iter().map(|(code, _)| code.as_str()).chain([svg.say("Chỉ số", "Index")]);
        for (i, head) in heads.enumerate() {
            let x = LEFT + self.column * (i as f64 + 0.5);
            svg.strong((x, top + HEAD + 17.0), Hold::Middle, 12, INK, &fit(head, self.column - 2.0, 12));
        }
        let mut y = top + HEAD * 2.0;
        for unit in slice.units(results) {
            let name = fit(&results.year.units[*unit].name, LEFT - 10.0, 12);
            svg.text((LEFT - 8.0, y + 15.0), Hold::End, 12, INK, &name);
            for (i, measure) in self.measures.iter().enumerate() {
                self.cell(svg, i, y, results.printed(*unit, measure), results.waits(*unit, measure));
            }
            y += ROW;
        }
        if !slice.is_end(results) {
            return y + ROW;
        }
        svg.strong((LEFT - 8.0, y + 15.0), Hold::End, 12, INK, svg.say("Trung bình", "Mean"));
        for (i, measure) in self.measures.iter().enumerate() {
            let mean = results
                .mean(Scope::Block(slice.block), measure)
                .map(|mean| svg.number(round(results, &mean)));
            let x = LEFT + self.column * (i as f64 + 0.5);
            svg.strong((x, y + 15.0), Hold::Middle, 12, INK, &mean.unwrap_or_else(|| "–".to_owned()));
        }
        svg.line((0.0, y), (WIDTH - 2.0, y), RULE, 1.0, "");
        y + ROW
    }

    fn cell(&self, svg: &mut Svg, column: usize, y: f64, printed: Option<Decimal>, waits: bool) {
        let x = LEFT + self.column * column as f64;
        let (at, size) = ((x + 0.5, y + 0.5), (self.column - 1.0, ROW - 1.0));
        let middle = (x + self.column / 2.0, y + 15.0);
        let Some(printed) = printed else {
            svg.hatch(at, size, 6.0, RULE);
            svg.rect((middle.0 - 15.0, y + 4.0), (30.0, ROW - 8.0), "#ffffff");
            let why = if waits { svg.say("c.c.", "n/s") } else { svg.say("KĐG", "n/e") };
            return svg.text(middle, Hold::Middle, 11, GREY, why);
        };
        let step = step(printed);
        svg.rect(at, size, FILLS[usize::from(step) - 1]);
        let ink = if step == 5 { "#ffffff" } else { INK };
        svg.text(middle, Hold::Middle, 12, ink, &svg.number(printed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_begin_at_their_lower_bound() {
        for (hundredths, expect) in [(0, 1), (5_999, 1), (6_000, 2), (8_999, 4), (9_000, 5), (10_000, 5)] {
            assert_eq!(step(Decimal::new(hundredths, 2)), expect);
        }
    }
}
