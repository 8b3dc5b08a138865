//! The decimal sign of each column of a table.
//!
//! Must not know: what the numbers are worth.

use super::headings::{Columns, Role};
use super::layout::Line;
use super::numbers::{self, Evidence, Sign};

/// The decimal sign of each column of the file, and of the table.
#[derive(Default)]
pub(super) struct Signs {
    by_column: Vec<Evidence>,
    pub(super) table: Option<Sign>,
}

impl Signs {
    pub(super) fn of(lines: &[Line<'_>], columns: &Columns, stated: Option<Sign>) -> Signs {
        let by_column: Vec<Evidence> = (0..columns.all.len())
            .map(|at| match columns.role(at) {
                Some(
                    role @ (Role::Part
                    | Role::Minus
                    | Role::Unknown
                    | Role::Total
                    | Role::Scale
                    | Role::Index
                    | Role::Before),
                ) => {
                    let cells = || lines.iter().filter_map(|line| line.cells.get(at));
                    let certain = Evidence::of(cells());
                    // No index is ninety-one thousand: its three digits are decimals.
                    let percent = matches!(role, Role::Index | Role::Before);
                    if percent { certain.or(Evidence::of_percents(cells())) } else { certain }
                }
                _ => Evidence::default(),
            })
            .collect();
        let all = by_column.iter().copied().fold(Evidence::default(), Evidence::or);
        Signs { by_column, table: stated.or(all.sign()) }
    }

    pub(super) fn column(&self, at: usize) -> Option<Sign> {
        let own = self.by_column.get(at).copied().unwrap_or_default();
        // A column that mixes both leaves what is ambiguous in it ambiguous.
        if own.mixed() { None } else { own.sign().or(self.table) }
    }

    /// Columns in which both signs are in use.
    pub(super) fn mixed(&self) -> impl Iterator<Item = usize> {
        self.by_column.iter().enumerate().filter(|(_, evidence)| evidence.mixed()).map(|(at, _)| at)
    }
}

impl Evidence {
    /// The sign that three digits after it show where nothing can be as much as a thousand.
    fn of_percents<'a>(cells: impl Iterator<Item = &'a super::cell::Cell>) -> Evidence {
        let mut evidence = Evidence::default();
        for cell in cells.filter(|cell| numbers::is_ambiguous(cell)) {
            evidence.comma |= cell.text.contains(',');
            evidence.point |= cell.text.contains('.');
        }
        evidence
    }
}
