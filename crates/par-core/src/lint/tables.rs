//! Rows of result tables: each cell against the data, by what its column's heading says.
//!
//! Must not know: running text.

use super::data::Data;
use super::finding::{Kind, Of, Points};
use super::names::{Meaning, area_of_heading};
use super::sentence::Sink;
use super::tokens::{Number, TokenKind, folded, tokens};
use crate::points::decimal::Decimal;
use crate::score::results::{Measure, Scope};
use crate::score::{printed_points, printed_scale};
use crate::text;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Other,
    Points(Points),
    Scale,
    /// A percent; the figure is the one the place speaks of when the heading names none.
    Percent(Option<Measure>),
    Before,
    Change,
    Class,
    Place,
}

/// A table being read from its first row.
#[derive(Debug, Default)]
pub(super) struct Table {
    headings: Vec<String>,
    columns: Vec<Column>,
    units: Vec<usize>,
}

/// What became of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Its cells were compared.
    Compared,
    /// It is no row of a unit and no heading: its text is to be read as a sentence.
    Text,
}

impl Table {
    /// Reads the next row; `measure` is the figure the place of the table speaks of.
    pub(super) fn row(
        &mut self,
        cells: &[String],
        measure: Option<&Measure>,
        data: &Data,
        sink: &mut Sink,
    ) -> Row {
        let unit = cells.iter().position(|cell| unit_of(cell, data).is_some());
        let Some(unit) = unit.and_then(|at| unit_of(&cells[at], data)) else {
            return self.other_row(cells, measure, data, sink);
        };
        if self.columns.is_empty() {
            self.columns = self.headings.iter().map(|heading| column(heading, data)).collect();
        }
        self.units.push(unit);
        if self.columns.len() != cells.len() {
            return Row::Text;
        }
        let mut at = 0;
        for (cell, column) in cells.iter().zip(&self.columns) {
            compare(cell, at, column, unit, measure, data, sink);
            // Cells are joined by " · " in the row's text.
            at += if cell.is_empty() { 0 } else { cell.len() + " · ".len() };
        }
        Row::Compared
    }

    fn other_row(
        &mut self,
        cells: &[String],
        measure: Option<&Measure>,
        data: &Data,
        sink: &mut Sink,
    ) -> Row {
        let numbers = cells.iter().filter(|cell| number(cell).is_some()).count();
        if self.columns.is_empty() && numbers == 0 {
            self.headings.resize(self.headings.len().max(cells.len()), String::new());
            for (heading, cell) in self.headings.iter_mut().zip(cells) {
                *heading = format!("{heading} {cell}").trim().to_owned();
            }
            return Row::Compared;
        }
        if self.columns.is_empty() {
            self.columns = self.headings.iter().map(|heading| column(heading, data)).collect();
        }
        let words = folded(&cells.join(" "));
        let mean = words.windows(2).any(|pair| pair == ["trung", "binh"] || pair == ["binh", "quan"]);
        if self.columns.len() != cells.len() {
            return Row::Text;
        }
        match mean {
            true if numbers > 0 => self.means(cells, measure, data, sink),
            false if numbers > 2 => self.unknown_unit(cells, sink),
            _ => return Row::Text,
        }
        Row::Compared
    }

    /// A row of means: of the units named in the row, or of a scope that fits.
    fn means(&self, cells: &[String], measure: Option<&Measure>, data: &Data, sink: &mut Sink) {
        let named = cells.iter().find_map(|cell| {
            let tokens = tokens(cell);
            (0..tokens.len()).find_map(|at| match data.names.at(&[], &tokens[at..]) {
                Some((Meaning::Scope(scope), _)) => Some(scope),
                _ => None,
            })
        });
        let own = data.scopes.iter().copied().find(|scope| {
            let mut units = data.results.units(*scope);
            let mut here = self.units.clone();
            units.sort_unstable();
            here.sort_unstable();
            units == here
        });
        let mut at = 0;
        for (cell, column) in cells.iter().zip(&self.columns) {
            let place = at;
            at += if cell.is_empty() { 0 } else { cell.len() + " · ".len() };
            let Some(number) = number(cell) else { continue };
            let measure = match column {
                Column::Percent(own) => own.as_ref().or(measure),
                _ => None,
            };
            let Some(measure) = measure else {
                sink.unchecked.push((place, place + cell.len()));
                continue;
            };
            let mean = |scope: Scope| data.mean(scope, measure, number.value.places());
            if data
                .scopes
                .iter()
                .any(|scope| named.is_none_or(|one| one == *scope) && mean(*scope) == Some(number.value))
            {
                sink.checked.push(place);
            } else if let Some(scope) = named.or(own) {
                let of = Of::Mean(scope, measure.clone());
                value(sink, place, of, number.value, mean(scope));
            } else {
                sink.unchecked.push((place, place + cell.len()));
            }
        }
    }

    /// A row of a unit the data do not know: only its own arithmetic can be checked.
    fn unknown_unit(&self, cells: &[String], sink: &mut Sink) {
        let find = |wanted: &Column| {
            let at = self.columns.iter().position(|column| column == wanted)?;
            number(&cells[at]).map(|number| number.value)
        };
        let total = find(&Column::Points(Points::Total));
        let parts = (find(&Column::Points(Points::Appraisal)), find(&Column::Points(Points::Survey)));
        let near = |one: Decimal, other: Decimal| {
            (&one.exact() - &other.exact()).abs() <= Decimal::new(1, 2).exact()
        };
        if let (Some(total), (Some(one), Some(other))) = (total, parts) {
            let sum = (&one.exact() + &other.exact()).rounded(2, Default::default());
            if !near(sum, total) {
                sink.findings.push((0, Kind::RowSum { said: total, data: sum }));
            }
        }
        let index = find(&Column::Percent(None)).or_else(|| find(&Column::Percent(Some(Measure::Index))));
        if let (Some(total), Some(scale), Some(index)) = (total, find(&Column::Scale), index) {
            let share = total.exact().checked_div(&scale.exact());
            let data =
                share.map(|share| (&share * &Decimal::new(100, 0).exact()).rounded(2, Default::default()));
            if let Some(data) = data.filter(|data| !near(*data, index)) {
                sink.findings.push((0, Kind::RowIndex { said: index, data }));
            }
        }
        let mut at = 0;
        for cell in cells {
            if number(cell).is_some() {
                sink.unchecked.push((at, at + cell.len()));
            }
            at += if cell.is_empty() { 0 } else { cell.len() + " · ".len() };
        }
    }
}

/// The unit whose name is the whole cell.
fn unit_of(cell: &str, data: &Data) -> Option<usize> {
    let tokens = tokens(cell);
    match data.names.at(&[], &tokens)? {
        (Meaning::Unit(unit), length) if length == tokens.len() => Some(unit),
        _ => None,
    }
}

/// The only number of a cell.
fn number(cell: &str) -> Option<Number> {
    match tokens(cell).as_slice() {
        [token] => match &token.kind {
            TokenKind::Number(number) => Some(number.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn column(heading: &str, data: &Data) -> Column {
    let words = format!(" {} ", folded(heading).join(" "));
    let has = |phrase: &str| words.contains(&format!(" {phrase} "));
    if has("tang") || has("giam") || has("thay doi") || has("chenh lech") {
        return Column::Change;
    }
    if has("nam truoc")
        || data.results.year.previous.as_ref().is_some_and(|one| heading.contains(&one.year.to_string()))
    {
        return Column::Before;
    }
    if let Some(area) = area_of_heading(data.results, heading) {
        return Column::Percent(Some(Measure::Node(area)));
    }
    if has("xep loai") {
        Column::Class
    } else if has("xep hang") || has("thu hang") || has("hang") {
        Column::Place
    } else if has("thang diem") || has("diem toi da") {
        Column::Scale
    } else if has("chi số. cai cach hanh chinh") {
        Column::Percent(Some(Measure::Index))
    } else if has("chi số.") || has("ty le") {
        Column::Percent(None)
    } else if has("tham dinh") {
        Column::Points(Points::Appraisal)
    } else if has("dieu tra") {
        Column::Points(Points::Survey)
    } else if has("tong diem") || has("tong cong") {
        Column::Points(Points::Total)
    } else {
        Column::Other
    }
}

fn compare(
    cell: &str,
    at: usize,
    column: &Column,
    unit: usize,
    place: Option<&Measure>,
    data: &Data,
    sink: &mut Sink,
) {
    if *column == Column::Class {
        let said = data.results.class_name(unit);
        let same = said.is_some_and(|class| text::fold(class) == text::fold(cell.trim()));
        let is_class =
            super::names::classes(data.results).iter().any(|one| text::fold(one) == text::fold(cell.trim()));
        if is_class && !same {
            let kind = Kind::Class { unit, said: cell.to_owned(), data: said.map(str::to_owned) };
            sink.findings.push((at, kind));
        }
        return;
    }
    let Some(number) = number(cell) else { return };
    let (said, places) = (number.value, number.value.places());
    let standing = &data.results.standing.units[unit];
    let set = data.results.year.set_of(unit);
    let (_, mode) = data.results.print_of(unit);
    let index = Measure::Index;
    let (of, found) = match column {
        Column::Points(kind) => {
            let points = match kind {
                Points::Appraisal => standing.appraisal,
                Points::Survey => standing.survey,
                Points::Total => standing.total,
            };
            let printed = mode.apply(&printed_points(set, points, standing.scale), places);
            (Of::Points(unit, *kind), vec![printed])
        }
        Column::Scale => (Of::Scale(unit, index), vec![printed_scale(set, standing.scale).decimal()]),
        Column::Percent(measure) => {
            let measure = measure.as_ref().or(place).unwrap_or(&index);
            let known = [measure, &index].into_iter().filter_map(|one| data.percent(unit, one, places));
            let found = if column == &Column::Percent(None) {
                known.collect()
            } else {
                data.percent(unit, measure, places).into_iter().collect()
            };
            (Of::Percent(unit, measure.clone()), found)
        }
        Column::Change => {
            let measure = place.unwrap_or(&index);
            let mut found = data.change(unit, measure, places);
            found.extend(data.change(unit, &index, places));
            (Of::Change(unit, measure.clone()), found)
        }
        Column::Place => (
            Of::Place(unit),
            standing.place.map(|place| Decimal::new(i128::from(place), 0)).into_iter().collect(),
        ),
        Column::Before | Column::Other | Column::Class => {
            // A running number is not worth a word.
            if places > 0 || number.percent {
                sink.unchecked.push((at, at + cell.len()));
            }
            return;
        }
    };
    if found.contains(&said) {
        sink.checked.push(at);
    } else if matches!(of, Of::Change(..) | Of::Place(_)) {
        // The sign may be in a word, the place among other units: not judged.
        sink.unchecked.push((at, at + cell.len()));
    } else {
        value(sink, at, of, said, found.first().copied());
    }
}

fn value(sink: &mut Sink, at: usize, of: Of, said: Decimal, data: Option<Decimal>) {
    sink.checked.push(at);
    sink.findings.push((at, Kind::Value { of, said, data }));
}
