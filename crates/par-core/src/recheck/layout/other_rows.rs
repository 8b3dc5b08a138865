//! Rows of a table that are no ordinary unit's: titles, groups, numbering, means and extremes, maxima,
//! units without a result.
//!
//! Must not know: what the figures are worth.

use super::super::cell::{Cell, Content};
use super::super::headings::{Role, contains_words, fold};
use super::super::numbers;
use super::super::table::{PrintedMean, Statistic};
use super::super::wording;
use super::{Line, NOTES, Reader, Title};
use crate::points::decimal::Decimal;
use crate::points::rounding::Rounding;

impl Reader {
    /// Whether a row has a figure, or a formula that stands for one.
    pub(super) fn has_figures(&self, line: &Line<'_>) -> bool {
        self.figure_columns().filter_map(|at| line.cells.get(at)).any(|cell| {
            let digits = cell.text.chars().any(|c| c.is_ascii_digit());
            let words = cell.text.chars().filter(|c| c.is_alphabetic()).count() > 3;
            cell.content == Content::Formula || (digits && !words)
        })
    }

    /// Whether a row is a unit's of which the table says that it has no result.
    pub(super) fn has_no_result(&self, line: &Line<'_>) -> bool {
        let measured = [Role::Index, Role::Total, Role::Place].into_iter();
        let told = measured
            .chain([Role::Class, Role::Scale])
            .filter_map(|role| self.columns.position(role))
            .any(|at| line.cells.get(at).is_some_and(|cell| wording::says_none(&cell.text)));
        told && !self.cell(line, Role::Unit).is_empty() && !self.has_measure(line)
    }

    /// Whether the row has a number under the index or, without an index, the total.
    pub(super) fn has_measure(&self, line: &Line<'_>) -> bool {
        let at = self.columns.position(Role::Index).or_else(|| self.columns.position(Role::Total));
        let cell = at.and_then(|at| line.cells.get(at));
        cell.is_some_and(|cell| {
            cell.content != Content::Text || cell.text.chars().any(|c| c.is_ascii_digit())
        })
    }

    /// Whether a row whose name reads like a mean or a maximum is a unit's all the same: a commune
    /// may be called Trung Bình. A unit has a number or a place, or beside its index a class.
    pub(super) fn is_unit_like(&self, line: &Line<'_>) -> bool {
        let numbered = [Role::Serial, Role::Place].into_iter().filter_map(|role| self.columns.position(role));
        let filled =
            |at: usize| line.cells.get(at).is_some_and(|cell| cell.text.chars().any(|c| c.is_ascii_digit()));
        let columns: Vec<usize> = numbered.collect();
        if columns.is_empty() {
            return !self.cell(line, Role::Class).is_empty() && !self.cell(line, Role::Index).is_empty();
        }
        columns.into_iter().any(filled)
    }

    /// Whether a row without figures is a unit's all the same: it has a number, or names its block in a
    /// column of its own. Such a row must not vanish as if it were a title.
    pub(super) fn is_unit_row(&self, line: &Line<'_>) -> bool {
        let number = |role| {
            let cell = self.cell(line, role).trim_end_matches(['.', ')']);
            !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit())
        };
        let named = !self.cell(line, Role::Unit).is_empty();
        !self.cell(line, Role::Block).is_empty() || (named && (number(Role::Serial) || number(Role::Place)))
    }

    /// A row under the headings that numbers the columns: (1) (2) (3=1+2) or A B 1 2.
    pub(super) fn is_numbering(&self, line: &Line<'_>) -> bool {
        let unit = self.cell(line, Role::Unit).trim_matches(|c: char| !c.is_alphanumeric());
        let short = unit.chars().count() == 1 || unit.chars().all(|c| c.is_ascii_digit());
        if unit.is_empty() || !short {
            return false;
        }
        let leading = |cell: &Cell| -> Option<u32> {
            let cell = cell.text.trim_start_matches('(');
            let end = cell.find(|c: char| !c.is_ascii_digit()).unwrap_or(cell.len());
            cell[..end].parse().ok()
        };
        // "3=1+2" counts as 3; figures of a unit called X do not run on by one.
        let numbers: Vec<u32> = line.cells.iter().filter_map(leading).collect();
        numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]))
    }

    pub(super) fn statistic(&mut self, line: &Line<'_>, name: String, statistic: Statistic) {
        let index = self.columns.position(Role::Index).or_else(|| self.columns.position(Role::Total));
        let readable = |at: usize| numbers::cell(line.cells.get(at)?, self.signs.column(at)).ok().flatten();
        // Merged cells leave the mean beside its label, not under the index heading.
        let beside = || {
            let mut found = (0..line.cells.len()).filter_map(readable);
            found.next_back()
        };
        match index.and_then(readable).or_else(beside) {
            Some(printed) => {
                let block = self.table.rows.last().map(|row| row.block);
                let mean =
                    PrintedMean { line: Some(line.number), name, statistic, value: printed.value, block };
                self.table.means.push(mean);
            }
            None => self.title(line),
        }
    }

    /// The row of what a unit can reach gives the scale of the units below it.
    pub(super) fn maxima(&mut self, line: &Line<'_>) {
        let at = self.columns.position(Role::Total).or_else(|| self.columns.position(Role::Scale));
        let read = |at: usize| numbers::cell(line.cells.get(at)?, self.signs.column(at)).ok().flatten();
        let parts = || {
            let parts = self.parts.iter().filter_map(|(at, _)| read(*at)).map(|part| part.value.exact());
            let sum = parts.reduce(|a, b| &a + &b)?;
            Some(sum.rounded(2, Rounding::HalfUp))
        };
        let scale = at.and_then(read).map(|scale| scale.value).or_else(parts);
        self.scale = scale.or(self.scale);
        self.pending.clear();
    }

    /// A group row carries a roman numeral or a capital letter where units carry their number.
    pub(super) fn is_group(&self, line: &Line<'_>) -> bool {
        let place = self.columns.position(Role::Place).filter(|_| !self.roman_places);
        let at = self.columns.position(Role::Serial).or(place);
        let mark =
            at.and_then(|at| line.cells.get(at)).map_or("", |cell| cell.text.trim_end_matches(['.', ')']));
        wording::is_group_mark(mark)
    }

    pub(super) fn group(&mut self, line: &Line<'_>) {
        self.title(line);
        let at = self.columns.position(Role::Index);
        let value =
            at.and_then(|at| numbers::cell(line.cells.get(at)?, self.signs.column(at)).ok().flatten());
        if let Some(value) = value {
            self.mean_ahead = Some((line.number, self.text_of(line).to_owned(), value.value));
        }
    }

    pub(super) fn title(&mut self, line: &Line<'_>) {
        let texts = line.cells.iter().map(|cell| &cell.text).filter(|text| !text.is_empty());
        let text = texts.clone().find(|cell| !wording::is_group_mark(cell.trim_end_matches(['.', ')'])));
        let Some(text) = text else { return };
        let title = || Title {
            text: text.clone(),
            scale: texts.clone().find_map(|cell| wording::stated_scale(cell)),
        };
        if title().scale.is_some() && self.notes.len() < NOTES {
            self.notes.push(title());
        }
        // "(Kèm theo Báo cáo số …)" and the like name no block, nor does a note.
        if !text.starts_with(['(', '*']) {
            self.pending.push(title());
        }
    }

    /// "Sở Ngoại vụ xếp loại trên thang điểm 78,50" below a table gives that unit its scale.
    pub(super) fn scales_from_notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let notes: Vec<(String, Option<Decimal>)> =
            self.notes.drain(..).map(|note| (fold(&note.text), note.scale)).collect();
        for row in self.table.rows.iter_mut().filter(|row| row.scale.is_none()) {
            let unit = fold(&row.unit);
            let own = notes.iter().find(|(text, _)| !unit.is_empty() && contains_words(text, &unit));
            row.scale = own.and_then(|(_, scale)| *scale);
        }
    }
}
