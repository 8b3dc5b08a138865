//! Reads the lines of a file as a result table: title lines, headings, group rows, units, means.
//!
//! Must not know: how the file is stored, and whether the figures are right.

use std::collections::BTreeMap;

use super::heading_rows::{HEADING_WITHIN, heading, heading_columns, heading_height};
use super::headings::{Columns, Role, columns, contains_words, fold};
use super::numbers::{self, Evidence, Sign};
use super::table::{Block, Layout, PlaceColumn, PrintedMean, Row, Table};
use super::wording;
use crate::points::decimal::Decimal;
use crate::points::read::NumberProblem;

/// One line of a file.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: usize,
    /// Trimmed texts.
    pub cells: &'a [String],
}

/// Why a file is not a result table that can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, if it is about one.
    pub line: Option<usize>,
    /// Heading of the column, if it is about one.
    pub column: Option<String>,
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
    Number(NumberProblem),
    /// A cell of the place column holds no whole number.
    Place(String),
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
    let columns = heading_columns(lines, start, height);
    let mut reader = Reader::new(lines[start].number, &columns);
    reader.signs = Signs::of(&lines[start + height..], &columns, sign);
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
        .map(|line| (line.number, columns(line.cells, None)))
        .filter(|(_, columns)| columns.recognised() > 0)
        .reduce(|best, next| if next.1.recognised() > best.1.recognised() { next } else { best });
    let (line, columns) = match best {
        Some((line, columns)) => (Some(line), columns),
        None => (None, Columns { roles: Vec::new() }),
    };
    let missing = columns.missing();
    let known = |role: Role| !matches!(role, Role::Unknown | Role::Other);
    let recognised = columns.roles.into_iter().flatten().filter(|(role, _)| known(*role)).collect();
    Problem { line, column: None, kind: ProblemKind::MissingColumns { recognised, missing } }
}

/// The decimal sign of each column of the file.
#[derive(Default)]
struct Signs {
    by_column: Vec<Evidence>,
    table: Option<Sign>,
}

impl Signs {
    fn of(lines: &[Line<'_>], columns: &Columns, stated: Option<Sign>) -> Signs {
        let figures = [Role::Part, Role::Unknown, Role::Total, Role::Scale, Role::Index];
        let by_column: Vec<Evidence> = (0..columns.roles.len())
            .map(|at| match &columns.roles[at] {
                Some((role, _)) if figures.contains(role) => {
                    Evidence::of(lines.iter().filter_map(|line| line.cells.get(at)).map(String::as_str))
                }
                _ => Evidence::default(),
            })
            .collect();
        let all = by_column.iter().copied().fold(Evidence::default(), Evidence::or);
        Signs { by_column, table: stated.or(all.sign()) }
    }

    fn column(&self, at: usize) -> Option<Sign> {
        let own = self.by_column.get(at).copied().unwrap_or_default();
        // A column that mixes both leaves what is ambiguous in it ambiguous.
        if own.mixed() { None } else { own.sign().or(self.table) }
    }
}

/// A line of text that may name a block, hold a scale, or both.
struct Title {
    text: String,
    scale: Option<Decimal>,
}

struct Reader {
    columns: Columns,
    signs: Signs,
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
        let layout = Layout {
            heading_line,
            place,
            has_total: columns.position(Role::Total).is_some(),
            has_scale: columns.position(Role::Scale).is_some(),
            has_class: columns.position(Role::Class).is_some(),
            unused: columns.positions(Role::Other).map(|at| columns.heading(at).to_owned()).collect(),
            ..Layout::default()
        };
        let mut reader = Reader {
            columns: columns.clone(),
            signs: Signs::default(),
            table: Table { layout, ..Table::default() },
            parts: Vec::new(),
            unknown: Vec::new(),
            pending: Vec::new(),
            notes: Vec::new(),
            mean_ahead: None,
            block_scale: None,
            blocks: BTreeMap::new(),
            problems: Vec::new(),
        };
        reader.assign_parts();
        reader
    }

    /// Gives each part column of the current heading the slot of the same heading, or a new one.
    fn assign_parts(&mut self) {
        self.parts.clear();
        let named = self.columns.positions(Role::Part).map(|at| (at, false));
        let unknown = self.columns.positions(Role::Unknown).map(|at| (at, true));
        for (at, unknown) in named.chain(unknown).collect::<Vec<_>>() {
            let heading = self.columns.heading(at).to_owned();
            let free = |slot: &usize| self.parts.iter().all(|(_, taken)| taken != slot);
            let slots = 0..self.table.layout.parts.len();
            let same = |slot: &usize| fold(&self.table.layout.parts[*slot]) == fold(&heading);
            let slot = slots.filter(free).find(same).unwrap_or_else(|| {
                self.table.layout.parts.push(heading.clone());
                self.unknown.push(unknown);
                self.table.layout.parts.len() - 1
            });
            self.parts.push((at, slot));
        }
    }

    /// Takes the first of the lines and says how many were consumed.
    fn line(&mut self, lines: &[Line<'_>]) -> usize {
        let line = &lines[0];
        if line.cells.iter().all(|cell| cell.is_empty()) {
            return 1;
        }
        if let Some(height) = heading_height(lines) {
            self.columns = heading_columns(lines, 0, height);
            self.assign_parts();
            self.signs = Signs::of(&lines[height..], &self.columns, self.signs.table);
            return height;
        }
        if self.is_numbering(line) {
            return 1;
        }
        match self.mean_label(line) {
            Some(label) => self.mean(line, label),
            None if !self.has_figures(line) && self.is_unit_row(line) => {
                self.problem(line, None, ProblemKind::NoFigures);
            }
            None if !self.has_figures(line) => self.title(line),
            None if self.is_group(line) => self.group(line),
            None if wording::is_sum(&fold(self.text_of(line))) => {}
            None => self.unit(line),
        }
        1
    }

    fn cell<'a>(&self, line: &Line<'a>, role: Role) -> &'a str {
        self.columns.position(role).and_then(|at| line.cells.get(at)).map_or("", String::as_str)
    }

    /// The unit's cell or, where it is empty, the first cell with letters.
    fn text_of<'a>(&self, line: &Line<'a>) -> &'a str {
        let unit = self.cell(line, Role::Unit);
        if !unit.is_empty() {
            return unit;
        }
        let letters = |cell: &&String| cell.chars().filter(|c| c.is_alphabetic()).count() > 2;
        line.cells.iter().find(letters).map_or("", String::as_str)
    }

    fn figure_columns(&self) -> impl Iterator<Item = usize> + '_ {
        let single = [Role::Total, Role::Scale, Role::Index];
        self.parts
            .iter()
            .map(|(at, _)| *at)
            .chain(single.into_iter().filter_map(|role| self.columns.position(role)))
    }

    fn has_figures(&self, line: &Line<'_>) -> bool {
        self.figure_columns().filter_map(|at| line.cells.get(at)).any(|cell| {
            cell.chars().any(|c| c.is_ascii_digit()) && cell.chars().filter(|c| c.is_alphabetic()).count() < 4
        })
    }

    /// Whether a row without figures is a unit's all the same: it has a number, or names its block in a
    /// column of its own. Such a row must not vanish as if it were a title.
    fn is_unit_row(&self, line: &Line<'_>) -> bool {
        let number = |role| {
            let cell = self.cell(line, role).trim_end_matches(['.', ')']);
            !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit())
        };
        let named = !self.cell(line, Role::Unit).is_empty();
        !self.cell(line, Role::Block).is_empty() || (named && (number(Role::Serial) || number(Role::Place)))
    }

    /// A row under the headings that numbers the columns: (1) (2) (3=1+2) or A B 1 2.
    fn is_numbering(&self, line: &Line<'_>) -> bool {
        let unit = self.cell(line, Role::Unit).trim_matches(|c: char| !c.is_alphanumeric());
        let short = unit.chars().count() == 1 || unit.chars().all(|c| c.is_ascii_digit());
        if unit.is_empty() || !short {
            return false;
        }
        let leading = |cell: &String| -> Option<u32> {
            let cell = cell.trim_start_matches('(');
            let end = cell.find(|c: char| !c.is_ascii_digit()).unwrap_or(cell.len());
            cell[..end].parse().ok()
        };
        // "3=1+2" counts as 3; figures of a unit called X do not run on by one.
        let numbers: Vec<u32> = line.cells.iter().filter_map(leading).collect();
        numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]))
    }

    fn mean_label(&self, line: &Line<'_>) -> Option<String> {
        let text = self.text_of(line);
        let named = wording::is_mean(text);
        // A commune may be called Trung Bình: a unit has a class or a total beside its index.
        let unit_like = !self.cell(line, Role::Class).is_empty() && !self.cell(line, Role::Index).is_empty();
        (named && !unit_like).then(|| text.to_owned())
    }

    fn mean(&mut self, line: &Line<'_>, name: String) {
        let index = self.columns.position(Role::Index);
        let readable = |at: usize| {
            let cell = line.cells.get(at)?;
            if numbers::is_blank(cell) { None } else { numbers::number(cell, self.signs.column(at)).ok() }
        };
        // Merged cells leave the mean beside its label, not under the index heading.
        let beside = || {
            let mut found = (0..line.cells.len()).filter_map(readable);
            found.next_back()
        };
        match index.and_then(readable).or_else(beside) {
            Some(value) => {
                let block = self.table.rows.last().map(|row| row.block);
                self.table.means.push(PrintedMean { line: Some(line.number), name, value, block });
            }
            None => self.title(line),
        }
    }

    /// A group row carries a roman numeral or a capital letter where units carry their number.
    fn is_group(&self, line: &Line<'_>) -> bool {
        let at = self.columns.position(Role::Serial).or(self.columns.position(Role::Place));
        let mark = at.and_then(|at| line.cells.get(at)).map_or("", |cell| cell.trim_end_matches(['.', ')']));
        wording::is_group_mark(mark)
    }

    fn group(&mut self, line: &Line<'_>) {
        self.title(line);
        let at = self.columns.position(Role::Index);
        let value = at.and_then(|at| numbers::number(line.cells.get(at)?, self.signs.column(at)).ok());
        if let Some(value) = value {
            self.mean_ahead = Some((line.number, self.text_of(line).to_owned(), value));
        }
    }

    fn title(&mut self, line: &Line<'_>) {
        let texts = line.cells.iter().filter(|cell| !cell.is_empty());
        let text = texts.clone().find(|cell| !wording::is_group_mark(cell.trim_end_matches(['.', ')'])));
        let Some(text) = text else { return };
        let title = || Title {
            text: text.clone(),
            scale: texts.clone().find_map(|cell| wording::stated_scale(cell)),
        };
        if title().scale.is_some() && self.notes.len() < NOTES {
            self.notes.push(title());
        }
        // "(Kèm theo Báo cáo số …)" and the like name no block.
        if !text.starts_with('(') {
            self.pending.push(title());
        }
    }

    fn unit(&mut self, line: &Line<'_>) {
        let unit = self.cell(line, Role::Unit).to_owned();
        if unit.is_empty() {
            self.problem(line, None, ProblemKind::NoUnit);
        }
        let block = self.block(line);
        let mut parts = vec![None; self.table.layout.parts.len()];
        for (at, slot) in self.parts.clone() {
            parts[slot] = self.part(line, at);
        }
        let mut figure = |role| self.columns.position(role).and_then(|at| self.number(line, at));
        let (total, scale, index) = (figure(Role::Total), figure(Role::Scale), figure(Role::Index));
        let class = Some(self.cell(line, Role::Class).to_owned()).filter(|class| !numbers::is_blank(class));
        let place = self.place(line);
        let scale = scale.or(self.block_scale);
        self.table.rows.push(Row {
            line: line.number,
            unit,
            block,
            place,
            parts,
            total,
            scale,
            index,
            class,
        });
    }

    /// The block of a unit's row: from its cell, or from the titles above it.
    fn block(&mut self, line: &Line<'_>) -> usize {
        let named = self.columns.position(Role::Block).is_some();
        let titled = self.pending.drain(..).next_back();
        if named {
            let name = self.cell(line, Role::Block).to_owned();
            return self.block_named(&name, true);
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
            self.table.means.push(PrintedMean { line: Some(line), name, value, block: Some(block) });
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

    fn place(&mut self, line: &Line<'_>) -> Option<u32> {
        let at = self.columns.position(Role::Place).or(self.columns.position(Role::Serial))?;
        let text = line.cells.get(at)?.trim_end_matches(['.', ')']).trim();
        if numbers::is_blank(text) {
            return None;
        }
        let place = text.parse().ok();
        if place.is_none() && self.columns.position(Role::Place).is_some() {
            self.problem(line, Some(at), ProblemKind::Place(text.to_owned()));
        }
        place
    }

    /// A part; an unknown column may hold anything, so it raises no problem.
    fn part(&mut self, line: &Line<'_>, at: usize) -> Option<Decimal> {
        if matches!(self.columns.roles[at], Some((Role::Unknown, _))) {
            let text = line.cells.get(at).filter(|cell| !numbers::is_blank(cell))?;
            return numbers::number(text, self.signs.column(at)).ok();
        }
        self.number(line, at)
    }

    fn number(&mut self, line: &Line<'_>, at: usize) -> Option<Decimal> {
        let text = line.cells.get(at).filter(|cell| !numbers::is_blank(cell))?;
        match numbers::number(text, self.signs.column(at)) {
            Ok(number) => Some(number),
            Err(problem) => {
                self.problem(line, Some(at), ProblemKind::Number(problem));
                None
            }
        }
    }

    fn problem(&mut self, line: &Line<'_>, at: Option<usize>, kind: ProblemKind) {
        let column = at.map(|at| self.columns.heading(at).to_owned());
        self.problems.push(Problem { line: Some(line.number), column, kind });
    }

    fn finish(mut self) -> Result<Table, Vec<Problem>> {
        if self.table.rows.is_empty() && self.problems.is_empty() {
            let line = Some(self.table.layout.heading_line);
            self.problems.push(Problem { line, column: None, kind: ProblemKind::NoRows });
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        self.scales_from_notes();
        let mixed = (0..self.signs.by_column.len()).filter(|at| self.signs.by_column[*at].mixed());
        self.table.layout.mixed_signs = mixed.map(|at| self.columns.heading(at).to_owned()).collect();
        self.table.settle(&self.unknown);
        Ok(self.table)
    }

    /// "Sở Ngoại vụ xếp loại trên thang điểm 78,50" below a table gives that unit its scale.
    fn scales_from_notes(&mut self) {
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
