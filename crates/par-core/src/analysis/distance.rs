//! How far a unit is from another class or the next better place, in closed form.

use crate::framework::Compare;
use crate::points::Points;
use crate::points::exact::Exact;
use crate::points::rounding::{Rounding, divide};
use crate::points::share::Share;
use crate::score::results::Results;

/// A distance of a unit's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distance {
    /// In percentage points (điểm phần trăm).
    pub percent: Exact,
    /// In points of the unit's scale.
    pub points: Exact,
}

/// The class above or below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToClass {
    /// Its position in the block's classes.
    pub class: usize,
    /// How far it is.
    pub distance: Distance,
}

/// The next better unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToPlace {
    /// The unit, by position in the year.
    pub unit: usize,
    /// Its place.
    pub place: u32,
    /// Index less index, as the criteria set compares them: exact or printed.
    pub percent: Exact,
    /// The least points, in whole millionths, that bring the unit level with that index. When the
    /// set breaks ties, being level may not be enough.
    pub points: Points,
}

/// What the unit lacks to the next better class: with so much more it is in it. `None` in the best
/// class and without index.
pub fn class_above(results: &Results, unit: usize) -> Option<ToClass> {
    let class = results.standing.units[unit].class?.checked_sub(1)?;
    to_class(results, unit, class, class)
}

/// What the unit has above the lower bound of its class: losing more than that it is in the next
/// class below. `None` in the last class and without index.
pub fn class_below(results: &Results, unit: usize) -> Option<ToClass> {
    let class = results.standing.units[unit].class?;
    let below = class + 1;
    let classes = results.year.classes_of(results.year.units[unit].block);
    (below < classes.len()).then_some(())?;
    to_class(results, unit, below, class)
}

/// The distance from a unit's points to the lower bound of the class at `bound`.
fn to_class(results: &Results, unit: usize, class: usize, bound: usize) -> Option<ToClass> {
    let index = results.standing.units[unit].index?;
    let classes = results.year.classes_of(results.year.units[unit].block);
    let from = classes[bound].from.exact();
    let least = &(&from * &index.of().exact()) * &Exact::ratio(1, 100);
    let distance = Distance {
        percent: (&from - &index.percent()).abs(),
        points: (&least - &collected(results, unit).exact()).abs(),
    };
    Some(ToClass { class, distance })
}

/// What the unit lacks to be level with the next better place of its block; `None` for the first
/// place and without index.
pub fn place_above(results: &Results, unit: usize) -> Option<ToPlace> {
    let standing = &results.standing;
    let place = standing.units[unit].place?;
    let block = &standing.blocks[results.year.units[unit].block];
    let above = *block.iter().rev().find(|other| standing.units[**other].place.is_some_and(|p| p < place))?;
    let (mine, theirs) = standing.units[unit].index.zip(standing.units[above].index)?;
    let settings = &results.year.set_of(unit).settings;
    let print = (settings.print_places, settings.print_rounding);
    let (percent, least) = match settings.compare {
        Compare::Exact => (&theirs.percent() - &mine.percent(), level(theirs, mine.of())),
        Compare::Printed => {
            let printed = theirs.rounded(print.0, print.1);
            let percent = &printed.exact() - &mine.rounded(print.0, print.1).exact();
            (percent, printing(printed.units(), mine.of(), print))
        }
    };
    let points = (least - collected(results, unit)).max(Points::ZERO);
    Some(ToPlace { unit: above, place: standing.units[above].place?, percent, points })
}

/// All points of a unit, before they are kept between 0 and the scale.
fn collected(results: &Results, unit: usize) -> Points {
    let standing = &results.standing.units[unit];
    standing.appraisal + standing.survey + standing.adjustment()
}

/// The least points of a scale whose index reaches another unit's.
fn level(share: Share, scale: Points) -> Points {
    let product = i128::from(share.earned().millionths()) * i128::from(scale.millionths());
    millionths(divide(product, i128::from(share.of().millionths()), Rounding::Up))
}

/// The least points of a scale whose index prints at least `units` of the last decimal.
fn printing(units: i128, scale: Points, (places, mode): (u8, Rounding)) -> Points {
    if units <= 0 {
        return Points::ZERO;
    }
    // In halves of the last decimal: the lowest number that rounds to `units`, and whether that
    // number itself still does.
    let (halves, included) = match mode {
        Rounding::HalfUp => (2 * units - 1, true),
        Rounding::HalfEven => (2 * units - 1, units % 2 == 0),
        Rounding::HalfDown => (2 * units - 1, false),
        Rounding::Down => (2 * units, true),
        Rounding::Up => (2 * units - 2, false),
    };
    let by = 200 * 10i128.pow(u32::from(places));
    let product = halves * i128::from(scale.millionths());
    let least =
        if included { divide(product, by, Rounding::Up) } else { divide(product, by, Rounding::Down) + 1 };
    millionths(least)
}

fn millionths(points: i128) -> Points {
    Points::from_millionths(i64::try_from(points).expect("not above the scale by more than one point"))
}
