//! Finds the rows of a file that are the heading of a result table, and tables that stand side by
//! side under one heading.
//!
//! Must not know: what stands below the heading.

use std::ops::Range;

use super::cell::{Cell, Content};
use super::headings::{Columns, Role, columns};
use super::layout::Line;
use super::numbers::{self, Sign};

/// Rows looked through for a heading.
pub(super) const HEADING_WITHIN: usize = 60;
/// Rows that a heading may take.
const HEADING_ROWS: usize = 4;

/// Position of the heading row and how many rows it takes.
pub(super) fn heading(lines: &[Line<'_>]) -> Option<(usize, usize)> {
    (0..lines.len().min(HEADING_WITHIN))
        .find_map(|at| heading_height(&lines[at..]).map(|height| (at, height)))
}

/// Rows that a heading at the first line takes, or `None` when there is none: as many as name most
/// columns; a row that names no further one, as a group's, is no part of it.
pub(super) fn heading_height(lines: &[Line<'_>]) -> Option<usize> {
    let filled = lines[0].cells.iter().filter(|cell| !cell.is_empty()).count();
    if filled < 2 {
        return None;
    }
    let words = lines.iter().take(HEADING_ROWS).take_while(|line| !has_numbers(line.cells)).count();
    if words == 0 || heading_columns(lines, 0, 1).recognised() < 2 {
        return None;
    }
    let mut best: Option<(usize, usize)> = None;
    for height in 1..=words {
        let columns = heading_columns(lines, 0, height);
        let recognised = columns.recognised();
        // A row that is a heading by itself begins another table.
        let another = height > 1 && heading_columns(lines, height - 1, 1).sufficient() && best.is_some();
        if another && best.is_some_and(|(most, _)| recognised <= most) {
            break;
        }
        if columns.sufficient() && best.is_none_or(|(most, _)| recognised > most) {
            best = Some((recognised, height));
        }
    }
    best.map(|(_, height)| height)
}

/// The columns that a heading of some rows names.
pub(super) fn heading_columns(lines: &[Line<'_>], start: usize, height: usize) -> Columns {
    let rows: Vec<Vec<&str>> = lines[start..start + height]
        .iter()
        .map(|line| line.cells.iter().map(|cell| cell.text.as_str()).collect())
        .collect();
    columns(&rows)
}

/// Whether a row has figures; years are headings too.
fn has_numbers(cells: &[Cell]) -> bool {
    cells.iter().any(|cell| {
        let year = cell.text.len() == 4 && cell.text.parse().is_ok_and(|year| (1990..=2100).contains(&year));
        let number = matches!(cell.content, Content::Number(_) | Content::Date | Content::Formula)
            || (!numbers::is_blank(&cell.text) && numbers::number(&cell.text, Some(Sign::Comma)).is_ok());
        number && !year
    })
}

/// The columns of each table of the lines: several where tables stand side by side, each with a
/// name and a measure of its own.
pub fn tables_beside(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let width = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let whole: Vec<Range<usize>> = std::iter::once(0..width).collect();
    let Some(first) = lines.iter().take(HEADING_WITHIN).position(|line| {
        line.cells.iter().filter(|cell| !cell.is_empty()).count() > 3
            && !has_numbers(line.cells)
            && starts_of(line.cells).len() > 1
    }) else {
        return whole;
    };
    let mut starts = starts_of(lines[first].cells);
    // Titles to the left belong to the first table.
    starts[0] = 0;
    let ends = starts.iter().skip(1).copied().chain([width]);
    let ranges: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(from, to)| from..to).collect();
    let is_table = |range: &Range<usize>| {
        let lines: Vec<Line<'_>> = lines.iter().map(|line| line.part(range)).collect();
        heading(&lines).is_some()
    };
    if ranges.iter().filter(|range| is_table(range)).count() > 1 { ranges } else { whole }
}

/// Where tables begin in a heading row: at each unit's column, or the number before it, once the
/// table before has a measure. Tables side by side begin alike.
fn starts_of(cells: &[Cell]) -> Vec<usize> {
    let roles: Vec<Option<Role>> =
        cells.iter().map(|cell| columns(&[vec![cell.text.as_str()]]).role(0)).collect();
    let before = |at: usize| at.checked_sub(1).and_then(|at| roles[at]);
    let mut starts = Vec::new();
    let (mut lead, mut measured) = (None, false);
    for (at, role) in roles.iter().enumerate() {
        match role {
            Some(Role::Unit) if starts.is_empty() || measured => {
                if starts.is_empty() {
                    lead = before(at).filter(|role| matches!(role, Role::Serial | Role::Place));
                }
                let led = lead.is_some() && before(at) == lead;
                starts.push(if led { at - 1 } else { at });
                measured = false;
            }
            Some(Role::Index | Role::Total | Role::Part) => measured = true,
            _ => {}
        }
    }
    starts
}
