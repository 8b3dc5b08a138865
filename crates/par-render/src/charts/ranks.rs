//! Units by rank as bars over the bands of the classes, list by list.

use par_core::framework::Class;
use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::score::results::{Measure, Results, Scope};

use super::On;
use super::parts::{Slice, whole};
use super::round;
use super::svg::{ACCENT, GREY, GROUND, Hold, INK, RULE, Svg, WIDTH, fit, position, width};

const LEFT: f64 = 206.0;
const SPAN: f64 = 370.0;
const ROW: f64 = 24.0;
/// Room for the list's name, and for each level of class names.
const NAME: f64 = 30.0;
const LEVEL: f64 = 14.0;

/// A ranking list.
struct List {
    name: String,
    /// From the best: name with lower bound, lower bound, level on which the name stands.
    bands: Vec<(String, f64, usize)>,
    levels: usize,
    /// Name, index, class, from the first place.
    bars: Vec<(String, Decimal, String)>,
    mean: Option<Decimal>,
}

impl List {
    fn of(results: &Results, slice: &Slice, language: Language) -> Option<List> {
        let bar = |unit: &usize| {
            let index = results.printed(*unit, &Measure::Index)?;
            let class = results.class_name(*unit).unwrap_or_default().to_owned();
            Some((results.year.units[*unit].name.clone(), index, class))
        };
        let bars: Vec<_> = slice.units(results).iter().filter_map(bar).collect();
        let (bands, levels) = bands(results.year.classes_of(slice.block), language);
        let mean = results.mean(Scope::Block(slice.block), &Measure::Index).map(|mean| round(results, &mean));
        let name = slice.name(results, language);
        (!bars.is_empty()).then_some(List { name, bands, levels, bars, mean })
    }

    fn head(&self) -> f64 {
        NAME + LEVEL * self.levels as f64 + 8.0
    }

    fn height(&self) -> f64 {
        self.head() + ROW * self.bars.len() as f64 + 30.0
    }
}

/// The chart of all lists that rank somebody, on one scale from 0 to 100 percent.
pub fn draw(results: &Results, on: On<'_>) -> Option<String> {
    of(results, &whole(results), on)
}

/// The chart of these units; `None` when none of them is ranked.
pub fn of(results: &Results, slices: &[Slice], on: On<'_>) -> Option<String> {
    let lists: Vec<List> = slices.iter().filter_map(|slice| List::of(results, slice, on.language)).collect();
    if lists.is_empty() {
        return None;
    }
    let mut svg = Svg::new(on, WIDTH, lists.iter().map(List::height).sum());
    let mut top = 0.0;
    for list in &lists {
        grounds(&mut svg, list, top);
        bars(&mut svg, list, top + list.head());
        top += list.height();
    }
    Some(svg.finish(
        on.say("Chỉ số cải cách hành chính của các đơn vị theo thứ hạng (%)", "PAR INDEX of the units by rank (%)"),
        on.say("Mỗi thanh là một đơn vị theo thứ hạng; nền chia theo khoảng của từng loại; vạch đứt là trung bình.", "One bar for each unit by rank; the ground is divided by the ranges of the classes; the dashed line is the mean."),
    ))
}

fn x(percent: f64) -> f64 {
    LEFT + percent.clamp(0.0, 100.0) * SPAN / 100.0
}

/// Class names with their lower bounds, on as many levels as narrow bands need.
fn bands(classes: &[Class], language: Language) -> (Vec<(String, f64, usize)>, usize) {
    let mut begun: Vec<f64> = Vec::new();
    let mut bands = Vec::new();
    for class in classes {
        let from = position(class.from.decimal());
        let bound = language.points(class.from);
        let label = if from > 0.0 { format!("{} ≥ {bound}", class.name) } else { class.name.clone() };
        // Names go to the right of their bound, and classes come from the best: from right to left.
        let end = x(from) + 4.0 + width(&label, 11) + 6.0;
        let free = begun.iter().position(|start| end <= *start);
        let level = free.unwrap_or_else(|| {
            begun.push(0.0);
            begun.len() - 1
        });
        begun[level] = x(from);
        bands.push((label, from, level));
    }
    (bands, begun.len())
}

/// Alternating grounds with the names of the classes above.
fn grounds(svg: &mut Svg, list: &List, top: f64) {
    let head = top + list.head() - 4.0;
    let bottom = top + list.head() + ROW * list.bars.len() as f64 + 4.0;
    svg.strong((0.0, top + 20.0), Hold::Start, 14, INK, &fit(&list.name, WIDTH - 8.0, 15));
    let mut end = 100.0;
    for (i, (label, start, level)) in list.bands.iter().enumerate() {
        if i % 2 == 0 {
            svg.rect((x(*start), head), (x(end) - x(*start), bottom - head), GROUND);
        }
        let baseline = head - 4.0 - LEVEL * *level as f64;
        if *start > 0.0 {
            svg.line((x(*start), baseline - 10.0), (x(*start), bottom), RULE, 1.0, "");
        }
        let label = fit(label, WIDTH - x(*start) - 6.0, 11);
        // The line of a better class that begins higher up must not run through this name.
        svg.rect((x(*start) + 2.0, baseline - 10.0), (width(&label, 11) + 2.0, 12.0), "#ffffff");
        svg.text((x(*start) + 4.0, baseline), Hold::Start, 11, GREY, &label);
        end = *start;
    }
}

fn bars(svg: &mut Svg, list: &List, top: f64) {
    for (i, (name, index, class)) in list.bars.iter().enumerate() {
        let y = top + ROW * i as f64;
        svg.text((LEFT - 8.0, y + 16.0), Hold::End, 12, INK, &fit(name, LEFT - 10.0, 12));
        svg.rect((LEFT, y + 4.0), (x(position(*index)) - LEFT, 16.0), ACCENT);
        let at = LEFT + SPAN + 8.0;
        svg.text(
            (at, y + 16.0),
            Hold::Start,
            12,
            INK,
            &fit(&format!("{} {class}", svg.number(*index)), WIDTH - at, 12),
        );
    }
    if let Some(mean) = list.mean {
        let bottom = top + ROW * list.bars.len() as f64;
        let at = x(position(mean));
        svg.line((at, top - 2.0), (at, bottom + 4.0), "#ffffff", 3.0, "");
        svg.line((at, top - 2.0), (at, bottom + 4.0), INK, 1.5, "5 3");
        svg.text(
            (at, bottom + 17.0),
            Hold::Middle,
            11,
            INK,
            &format!("{} {}", svg.say("trung bình", "mean"), svg.number(mean)),
        );
    }
}
