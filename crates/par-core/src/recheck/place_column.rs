//! Tells by its cells whether a column whose heading says "Xếp hạng" holds places, or classes.
//!
//! Must not know: whether the places are right.

use super::headings::{Columns, Role};
use super::layout::Line;
use super::{classes, numbers, wording};

/// Rows looked at.
const ROWS: usize = 200;

/// The columns with at most one of places: one that holds classes is a column of classes, and a
/// running number is the place only where no column says that it is.
pub(super) fn settled(mut columns: Columns, below: &[Line<'_>]) -> Columns {
    for at in columns.positions(Role::Place).collect::<Vec<_>>() {
        if holds_classes(below, at) {
            let free = columns.position(Role::Class).is_none();
            columns.set(at, if free { Role::Class } else { Role::Other });
        }
    }
    columns.keep_best(Role::Place);
    if columns.position(Role::Place).is_some() {
        let numbers: Vec<usize> = columns.positions(Role::Serial).collect();
        numbers.into_iter().for_each(|at| columns.set(at, Role::Other));
    }
    columns
}

/// Whether places are printed as roman numerals: most rows with a number under the index or total have one.
pub(super) fn is_roman(columns: &Columns, below: &[Line<'_>]) -> bool {
    let measure = columns.position(Role::Index).or_else(|| columns.position(Role::Total));
    let (Some(place), Some(measure)) = (columns.position(Role::Place), measure) else { return false };
    let text = |line: &Line<'_>, at: usize| line.cells.get(at).map_or("", |cell| cell.text.trim()).to_owned();
    let (mut roman, mut others) = (0, 0);
    for line in below.iter().take(ROWS) {
        let said = text(line, place);
        if said.is_empty() || !text(line, measure).chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let is_roman = wording::roman(&said).is_some();
        roman += usize::from(is_roman);
        others += usize::from(!is_roman);
    }
    roman > others
}

fn holds_classes(below: &[Line<'_>], at: usize) -> bool {
    let cells = below.iter().take(ROWS).filter_map(|line| line.cells.get(at)).map(|cell| cell.text.as_str());
    let said = cells.filter(|text| !numbers::is_blank(text) && !wording::says_none(text));
    let (mut places, mut named) = (0, 0);
    for text in said {
        places += usize::from(wording::place(text).is_some());
        named += usize::from(classes::is_class(text));
    }
    named > places
}
