//! A timetable is a list of lines: extensions and early closings are further lines.

use par_core::moment::Moment;
use par_core::workflow::scope::Units;
use par_core::workflow::timetable::{Closed, Opening, Phase, Timetable, Window};

use super::year;

fn window(units: Units, opens: i64, closes: i64, late_until: i64) -> Window {
    let [opens, closes, late_until] = [opens, closes, late_until].map(Moment::from_ms);
    Window { phase: Phase::SelfScore, units, opens, closes, late_until }
}

fn opening(timetable: &Timetable, unit: usize, now: i64) -> Result<Opening, Closed> {
    timetable.open(Phase::SelfScore, Some(unit), &year(), Moment::from_ms(now))
}

#[test]
fn the_last_line_for_a_unit_holds_and_the_others_keep_theirs() {
    let mut timetable = Timetable { windows: vec![window(Units::All, 10, 20, 25)] };
    let at = |timetable: &Timetable, now: i64| [0, 1].map(|unit| opening(timetable, unit, now));
    assert_eq!(at(&timetable, 9), [Err(Closed::NotYet(Moment::from_ms(10))); 2]);
    assert_eq!(at(&timetable, 10), [Ok(Opening::InTime); 2]);
    assert_eq!(at(&timetable, 20), [Ok(Opening::InTime); 2], "the last moment is in time");
    assert_eq!(at(&timetable, 21), [Ok(Opening::Late); 2]);
    assert_eq!(at(&timetable, 26), [Err(Closed::Over(Moment::from_ms(25))); 2]);
    // One unit gets longer, then all are closed early, the unit with them.
    timetable.windows.push(window(Units::One(1), 10, 40, 40));
    assert_eq!(at(&timetable, 30), [Err(Closed::Over(Moment::from_ms(25))), Ok(Opening::InTime)]);
    timetable.windows.push(window(Units::All, 10, 15, 15));
    assert_eq!(at(&timetable, 18), [Err(Closed::Over(Moment::from_ms(15))); 2]);
}

#[test]
fn a_phase_nobody_set_dates_for_is_not_open() {
    let timetable = Timetable::default();
    assert_eq!(opening(&timetable, 0, 10), Err(Closed::Unplanned));
}

#[test]
fn an_extension_for_a_list_reaches_its_units_alone_and_not_the_year_as_a_whole() {
    let timetable = Timetable { windows: vec![window(Units::Block(0), 10, 20, 20)] };
    assert_eq!(opening(&timetable, 1, 15), Ok(Opening::InTime));
    let whole = timetable.open(Phase::SelfScore, None, &year(), Moment::from_ms(15));
    assert_eq!(whole, Err(Closed::Unplanned));
}
