//! Indices of the year before and of this year, a panel a ranking list.

use par_core::score::results::{Measure, Results};

use super::On;
use super::parts::{Slice, whole};
use super::round;
use super::slopes::{self, Panel, Slope};

/// The chart; `None` without a year before or without a unit that can be compared with it.
pub fn draw(results: &Results, on: On<'_>) -> Option<String> {
    of(results, &whole(results), on)
}

/// The chart of these units; `None` without one that can be compared.
pub fn of(results: &Results, slices: &[Slice], on: On<'_>) -> Option<String> {
    let year = &results.year;
    let before = year.previous.as_ref()?.year;
    let panels: Vec<Panel> = slices.iter().map(|slice| panel(results, slice, on)).collect();
    let years = (format!("{}{before}", on.say("Năm ", "")), format!("{}{}", on.say("Năm ", ""), year.year));
    let title = on.say(
        format!("Chỉ số cải cách hành chính năm {before} và năm {} (%)", year.year),
        format!("PAR INDEX of {before} and {} (%)", year.year),
    );
    slopes::draw(on, &title, (&years.0, &years.1), &panels)
}

fn panel(results: &Results, slice: &Slice, on: On<'_>) -> Panel {
    let mut apart: Vec<&str> = Vec::new();
    let mut slopes = Vec::new();
    for unit in slice.units(results) {
        let name = &results.year.units[*unit].name;
        let before = results.previous(*unit, &Measure::Index);
        let now = results.printed(*unit, &Measure::Index);
        match before.zip(now) {
            Some((before, now)) => {
                let change = results.change(*unit, &Measure::Index);
                slopes.push(Slope {
                    label: name.clone(),
                    before: round(results, &before),
                    now,
                    change: change
                        .map(|change| on.language.signed(round(results, &change)))
                        .unwrap_or_default(),
                });
            }
            None => apart.push(name),
        }
    }
    let remark = if apart.is_empty() {
        String::new()
    } else {
        format!("{}: {}.", on.say("Không so sánh", "Not compared"), apart.join("; "))
    };
    Panel { name: slice.name(results, on.language), slopes, remark }
}
