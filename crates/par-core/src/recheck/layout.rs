//! Reads the lines of a file as a result table: title lines, headings, group rows, units, means.
//!
//! Must not know: how the file is stored, and whether the figures are right.

mod other_rows;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cell::Cell;
use super::heading_rows::{HEADING_WITHIN, heading, heading_columns, heading_height};
use super::headings::{Columns, Role, columns, contains_words, fold, marked};
use super::numbers::{self, CellProblem, Sign};
use super::place_column;
use super::signs::Signs;
use super::table::{Block, Layout, Measure, PlaceColumn, PrintedMean, Row, Statistic, Table};
use super::wording;
use crate::points::decimal::Decimal;

/// One line of a file.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: usize,
    /// Its cells; empty ones at the end may be left out.
    pub cells: &'a [Cell],
}

impl<'a> Line<'a> {
    /// The cells of some columns only.
    pub fn part(&self, columns: &Range<usize>) -> Line<'a> {
        let end = columns.end.min(self.cells.len());
        Line { number: self.number, cells: &self.cells[columns.start.min(end)..end] }
    }
}

/// Why a file is not a result table that can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, if it is about one.
    pub line: Option<usize>,
    /// Heading of the column, if it is about one.
    pub column: Option<String>,
    /// Position of that column, counted from 0.
    pub position: Option<usize>,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// No row names the required columns.
    MissingColumns {
        /// What the most promising row was recognised as.
        recognised: Vec<(Role, String)>,
        /// What is missing in it.
        missing: Vec<Role>,
    },
    /// There are headings and no units below them.
    NoRows,
    /// A cell of a number column holds no usable number.
    Number(CellProblem),
    /// Most units stand in several rows: the table is not one of a result a unit.
    ManyRows {
        /// Units.
        units: usize,
        /// Rows.
        rows: usize,
    },
    /// A row has figures and no unit.
    NoUnit,
    /// A row of a unit without any figure: cut off, or never filled in.
    NoFigures,
}

/// Titles and notes with a scale that are remembered.
const NOTES: usize = 1000;

/// Reads lines as a table; `sign` is the decimal sign where the office states it.
///
/// # Errors
/// All problems of the file at once.
pub fn read(lines: &[Line<'_>], sign: Option<Sign>) -> Result<Table, Vec<Problem>> {
    let Some((start, height)) = heading(lines) else {
        return Err(vec![missing_columns(lines)]);
    };
    let below = &lines[start + height..];
    let columns = place_column::settled(heading_columns(lines, start, height), below);
    let mut reader = Reader::new(lines[start].number, &columns);
    reader.signs = Signs::of(below, &columns, sign);
    reader.roman_places = place_column::is_roman(&columns, below);
    for line in &lines[..start] {
        reader.title(line);
    }
    let mut at = start + height;
    while at < lines.len() {
        at += reader.line(&lines[at..]);
    }
    reader.finish()
}

fn missing_columns(lines: &[Line<'_>]) -> Problem {
    let best = lines
        .iter()
        .take(HEADING_WITHIN)
        .map(|line| (line.number, columns(&[line.cells.iter().map(|cell| cell.text.as_str()).collect()])))
        .filter(|(_, columns)| columns.recognised() > 0)
        .reduce(|best, next| if next.1.recognised() > best.1.recognised() { next } else { best });
    let (line, columns) = match best {
        Some((line, columns)) => (Some(line), columns),
        None => (None, Columns::default()),
    };
    let missing = columns.missing();
    let known = |role: Role| !matches!(role, Role::Unknown | Role::Other);
    let all = columns.all.into_iter().flatten();
    let recognised =
        all.filter(|column| known(column.role)).map(|column| (column.role, column.heading)).collect();
    Problem { line, column: None, position: None, kind: ProblemKind::MissingColumns { recognised, missing } }
}

/// A line of text that may name a block, hold a scale, or both.
struct Title {
    text: String,
    scale: Option<Decimal>,
}

struct Reader {
    columns: Columns,
    signs: Signs,
    /// Whether places are printed as roman numerals, which elsewhere number groups.
    roman_places: bool,
    table: Table,
    /// Part columns under the current heading: position in the file, slot in [`Layout::parts`].
    parts: Vec<(usize, usize)>,
    /// Whether the heading of each slot says nothing.
    unknown: Vec<bool>,
    /// Titles since the last unit: the last names the next block.
    pending: Vec<Title>,
    /// Titles and notes with a scale, which may be about one unit.
    notes: Vec<Title>,
    /// Mean printed in a group row, above the units it is about.
    mean_ahead: Option<(usize, String, Decimal)>,
    block_scale: Option<Decimal>,
    /// From a row of maxima.
    scale: Option<Decimal>,
    /// The block of the unit before: a merged or left out cell of the block's column repeats it.
    block_cell: String,
    /// Positions of the blocks named in a column.
    blocks: BTreeMap<String, usize>,
    problems: Vec<Problem>,
}

impl Reader {
    fn new(heading_line: usize, columns: &Columns) -> Reader {
        let place = match (columns.position(Role::Place), columns.position(Role::Serial)) {
            (Some(_), _) => Some(PlaceColumn::Ranks),
            (None, Some(_)) => Some(PlaceColumn::Serial),
            (None, None) => None,
        };
        let has = |role| columns.position(role).is_some();
        let bonus = |at: usize| {
            let heading = fold(columns.heading(at));
            ["thuong", "cong", "bonus", "vuot khung", "cut"].iter().any(|word| contains_words(&heading, word))
        };
        let layout = Layout {
            heading_line,
            place,
            measure: if has(Role::Index) { Measure::Index } else { Measure::Points },
            has_total: has(Role::Total),
            has_scale: has(Role::Scale),
            has_class: has(Role::Class),
            has_change: has(Role::Change),
            has_before: has(Role::Before),
            has_bonus: columns.positions(Role::Part).any(bonus),
            unused: columns.positions(Role::Other).map(|at| columns.heading(at).to_owned()).collect(),
            ..Layout::default()
        };
        let mut reader = Reader {
            columns: columns.clone(),
            signs: Signs::default(),
            roman_places: false,
            table: Table { layout, ..Table::default() },
            parts: Vec::new(),
            unknown: Vec::new(),
            pending: Vec::new(),
            notes: Vec::new(),
            mean_ahead: None,
            block_scale: None,
            scale: None,
            block_cell: String::new(),
            blocks: BTreeMap::new(),
            problems: Vec::new(),
        };
        reader.assign_parts();
        reader
    }

    /// Gives each part column of the current heading the slot of the same heading, or a new one.
    fn assign_parts(&mut self) {
        self.parts.clear();
        let of = |role| self.columns.positions(role).map(move |at| (at, role));
        let all: Vec<(usize, Role)> =
            of(Role::Part).chain(of(Role::Minus)).chain(of(Role::Unknown)).collect();
        for (at, role) in all {
            let heading = self.columns.heading(at).to_owned();
            let free = |slot: &usize| self.parts.iter().all(|(_, taken)| taken != slot);
            let slots = 0..self.table.layout.parts.len();
            let same = |slot: &usize| fold(&self.table.layout.parts[*slot]) == fold(&heading);
            let slot = slots.filter(free).find(same).unwrap_or_else(|| {
                self.table.layout.parts.push(heading.clone());
                self.table.layout.minus.push(role == Role::Minus);
                self.unknown.push(role == Role::Unknown);
                self.table.layout.parts.len() - 1
            });
            self.parts.push((at, slot));
        }
    }

    /// Takes the first of the lines and says how many were consumed.
    fn line(&mut self, lines: &[Line<'_>]) -> usize {
        let line = &lines[0];
        if line.cells.iter().all(Cell::is_empty) {
            return 1;
        }
        if let Some(height) = heading_height(lines) {
            let below = &lines[height..];
            self.columns = place_column::settled(heading_columns(lines, 0, height), below);
            self.assign_parts();
            self.roman_places = place_column::is_roman(&self.columns, below);
            self.signs = Signs::of(below, &self.columns, self.signs.table);
            return height;
        }
        if self.is_numbering(line) {
            return 1;
        }
        let label = self.text_of(line).to_owned();
        if self.has_no_result(line) {
            self.unit(line, true);
        } else if let Some(statistic) = wording::statistic(&label).filter(|_| !self.is_unit_like(line)) {
            self.statistic(line, label, statistic);
        } else if !self.has_figures(line) && self.is_unit_row(line) {
            self.problem(line, None, ProblemKind::NoFigures);
        } else if !self.has_figures(line) {
            self.title(line);
        } else if self.is_group(line) {
            self.group(line);
        } else if wording::is_maxima(&label) && !self.is_unit_like(line) {
            self.maxima(line);
        } else if !wording::is_sum(&fold(&label)) {
            self.unit(line, false);
        }
        1
    }

    fn cell<'a>(&self, line: &Line<'a>, role: Role) -> &'a str {
        self.columns.position(role).and_then(|at| line.cells.get(at)).map_or("", |cell| cell.text.as_str())
    }

    /// The unit's cell or, where it is empty, the first cell with letters.
    fn text_of<'a>(&self, line: &Line<'a>) -> &'a str {
        let unit = self.cell(line, Role::Unit);
        if !unit.is_empty() {
            return unit;
        }
        let letters = |cell: &&Cell| cell.text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        line.cells.iter().find(letters).map_or("", |cell| cell.text.as_str())
    }

    fn figure_columns(&self) -> impl Iterator<Item = usize> + '_ {
        let single = [Role::Total, Role::Scale, Role::Index];
        self.parts
            .iter()
            .map(|(at, _)| *at)
            .chain(single.into_iter().filter_map(|role| self.columns.position(role)))
    }

    fn unit(&mut self, line: &Line<'_>, without_result: bool) {
        let unit = self.cell(line, Role::Unit).to_owned();
        if unit.is_empty() {
            self.problem(line, None, ProblemKind::NoUnit);
        }
        let block = self.block(line);
        let mut parts = vec![None; self.table.layout.parts.len()];
        for (at, slot) in self.parts.clone() {
            let part = self.part(line, at);
            // What is taken off is printed with or without its sign.
            parts[slot] = if self.table.layout.minus[slot] {
                part.map(|part| Decimal::new(-part.units().abs(), part.places()))
            } else {
                part
            };
        }
        let mut figure = |role| self.columns.position(role).and_then(|at| self.printed(line, at));
        let (total, scale, index) = (figure(Role::Total), figure(Role::Scale), figure(Role::Index));
        let before = figure(Role::Before).map(|before| before.value);
        let change = self.columns.position(Role::Change);
        let change = change.and_then(|at| numbers::change(line.cells.get(at)?, self.signs.column(at)));
        let class = self.cell(line, Role::Class);
        let blank = numbers::is_blank(class) || wording::says_none(class);
        let unranked = !without_result
            && [Role::Class, Role::Place].iter().any(|role| wording::says_unranked(self.cell(line, *role)));
        let class = Some(numbers::without_note(class)).filter(|_| !blank);
        let (place, placeless) = self.place(line);
        let place = place.filter(|_| !unranked);
        let of_total = total.and_then(|total| total.of);
        let scale = scale.map(|scale| scale.value).or(of_total).or(self.block_scale).or(self.scale);
        let (total, index) = (total.map(|total| total.value), index.map(|index| index.value));
        let row = Row {
            line: line.number,
            unit,
            block,
            place,
            placeless,
            parts,
            total,
            scale,
            index,
            class,
            classless: wording::says_none(self.cell(line, Role::Class)),
            before,
            change,
            without_result,
            unranked,
        };
        self.table.rows.push(row);
    }

    /// The block of a unit's row: from its cell, or from the titles above it.
    fn block(&mut self, line: &Line<'_>) -> usize {
        let named = self.columns.position(Role::Block).is_some();
        let titled = self.pending.drain(..).next_back();
        if named {
            let name = self.cell(line, Role::Block);
            if !name.is_empty() {
                self.block_cell = name.to_owned();
            }
            return self.block_named(&self.block_cell.clone(), true);
        }
        let Some(title) = titled else {
            return if self.table.blocks.is_empty() {
                self.block_named("", false)
            } else {
                self.table.blocks.len() - 1
            };
        };
        self.block_scale = title.scale;
        let block = self.block_named(&title.text, false);
        if let Some((line, name, value)) = self.mean_ahead.take() {
            let statistic = Statistic::Mean;
            self.table.means.push(PrintedMean {
                line: Some(line),
                name,
                statistic,
                value,
                block: Some(block),
            });
        }
        block
    }

    /// Blocks named in a column may be scattered; a title always starts a new one.
    fn block_named(&mut self, name: &str, reuse: bool) -> usize {
        let next = self.table.blocks.len();
        let at = if reuse { *self.blocks.entry(name.to_owned()).or_insert(next) } else { next };
        if at == next {
            self.table.blocks.push(Block { name: name.to_owned() });
        }
        at
    }

    /// The place, and whether the cell says something else than a place.
    fn place(&mut self, line: &Line<'_>) -> (Option<u32>, bool) {
        let at = self.columns.position(Role::Place).or_else(|| self.columns.position(Role::Serial));
        let text = at.and_then(|at| line.cells.get(at)).map_or("", |cell| cell.text.as_str());
        let text = text.trim_end_matches(['.', ')']).trim();
        if numbers::is_blank(text) {
            return (None, false);
        }
        if wording::says_none(text) {
            return (None, true);
        }
        let roman = || wording::roman(text).filter(|_| self.roman_places);
        let place = wording::place(text).or_else(roman);
        if place.is_none() && self.columns.position(Role::Place).is_some() {
            let (count, first) = self.table.layout.unread_places.take().unwrap_or((0, text.to_owned()));
            self.table.layout.unread_places = Some((count + 1, first));
        }
        (place, place.is_none())
    }

    /// A part; an unknown column may hold anything, so it raises no problem.
    fn part(&mut self, line: &Line<'_>, at: usize) -> Option<Decimal> {
        if self.columns.role(at) == Some(Role::Unknown) {
            let read = numbers::cell(line.cells.get(at)?, self.signs.column(at)).ok()?;
            return read.map(|printed| printed.value);
        }
        self.printed(line, at).map(|printed| printed.value)
    }

    fn printed(&mut self, line: &Line<'_>, at: usize) -> Option<numbers::Printed> {
        numbers::cell(line.cells.get(at)?, self.signs.column(at)).unwrap_or_else(|problem| {
            self.problem(line, Some(at), ProblemKind::Number(problem));
            None
        })
    }

    fn problem(&mut self, line: &Line<'_>, at: Option<usize>, kind: ProblemKind) {
        let column = at.map(|at| self.columns.heading(at).to_owned());
        self.problems.push(Problem { line: Some(line.number), column, position: at, kind });
    }

    fn finish(mut self) -> Result<Table, Vec<Problem>> {
        if self.table.rows.is_empty() && self.problems.is_empty() {
            let line = Some(self.table.layout.heading_line);
            self.problems.push(Problem { line, column: None, position: None, kind: ProblemKind::NoRows });
        }
        let rows = self.table.rows.len();
        let units = self.table.rows.iter().map(|row| marked(&row.unit)).collect::<BTreeSet<_>>().len();
        if units * 2 < rows {
            let kind = ProblemKind::ManyRows { units, rows };
            let line = Some(self.table.layout.heading_line);
            self.problems = vec![Problem { line, column: None, position: None, kind }];
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        self.scales_from_notes();
        self.table.layout.mixed_signs =
            self.signs.mixed().map(|at| self.columns.heading(at).to_owned()).collect();
        self.table.settle(&self.unknown);
        Ok(self.table)
    }
}
