//! Finds the rows of a file that are the heading of a result table.
//!
//! Must not know: what stands below the heading.

use super::headings::{Columns, columns};
use super::layout::Line;
use super::numbers::{self, Sign};

/// Rows looked through for a heading.
pub(super) const HEADING_WITHIN: usize = 60;

/// Position of the heading row and how many rows it takes.
pub(super) fn heading(lines: &[Line<'_>]) -> Option<(usize, usize)> {
    (0..lines.len().min(HEADING_WITHIN))
        .find_map(|at| heading_height(&lines[at..]).map(|height| (at, height)))
}

/// Rows that a heading at the first line takes, or `None` when there is none.
pub(super) fn heading_height(lines: &[Line<'_>]) -> Option<usize> {
    if has_numbers(lines[0].cells) {
        return None;
    }
    let first = columns(lines[0].cells, None);
    if first.recognised() < 2 {
        return None;
    }
    let second = lines.get(1).filter(|line| {
        let filled = line.cells.iter().filter(|cell| !cell.is_empty()).count();
        filled > 0 && !has_numbers(line.cells) && filled <= lines[0].cells.len()
    });
    if let Some(second) = second {
        let both = columns(lines[0].cells, Some(second.cells));
        // A second row counts only if it names a column that the first leaves open; a group row
        // ("I | Nhóm …") names none.
        let completes = both.recognised() > first.recognised()
            && second.cells.iter().enumerate().any(|(i, cell)| {
                !cell.is_empty()
                    && lines[0].cells.get(i).is_none_or(String::is_empty)
                    && both.roles[i].is_some()
            })
            && columns(second.cells, None).recognised() > 1;
        if both.sufficient() && (completes || !first.sufficient()) {
            return Some(2);
        }
    }
    first.sufficient().then_some(1)
}

/// The columns that a heading of one or two rows names.
pub(super) fn heading_columns(lines: &[Line<'_>], start: usize, height: usize) -> Columns {
    columns(lines[start].cells, (height == 2).then(|| lines[start + 1].cells))
}

fn has_numbers(cells: &[String]) -> bool {
    cells.iter().any(|cell| !numbers::is_blank(cell) && numbers::number(cell, Some(Sign::Comma)).is_ok())
}
