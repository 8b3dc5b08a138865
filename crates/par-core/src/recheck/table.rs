//! A published result table as values: blocks, rows, printed means. Knows no file and no judgement.

use crate::points::decimal::Decimal;

/// A published result table, read but not judged.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Blocks (khối) in the order in which they first appear; at least one.
    pub blocks: Vec<Block>,
    /// One entry a unit, in the order of the file.
    pub rows: Vec<Row>,
    /// Means printed in the table, in the order of the file.
    pub means: Vec<PrintedMean>,
    /// What the table has and how it is printed.
    pub layout: Layout,
}

/// A block of the table (khối, nhóm).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// As printed; empty when the table has no blocks.
    pub name: String,
}

/// One unit's printed figures.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// The unit's name as printed.
    pub unit: String,
    /// Position in [`Table::blocks`].
    pub block: usize,
    /// Printed place in the ranking.
    pub place: Option<u32>,
    /// Whether its cell says something that is no place, such as "Không xếp hạng".
    pub placeless: bool,
    /// Printed parts, in the order of [`Layout::parts`]; an empty or dashed cell is `None`.
    pub parts: Vec<Option<Decimal>>,
    /// Printed total points.
    pub total: Option<Decimal>,
    /// The maximum the unit could reach: from its cell, a title or a footnote.
    pub scale: Option<Decimal>,
    /// Printed index in percent.
    pub index: Option<Decimal>,
    /// Printed class.
    pub class: Option<String>,
    /// Whether its cell says that there is none.
    pub classless: bool,
    /// Printed index of the year before.
    pub before: Option<Decimal>,
    /// Printed change since the year before.
    pub change: Option<Decimal>,
    /// The table says that the unit has no result: "Không xếp hạng", "N/A".
    pub without_result: bool,
    /// The table says that the unit has figures and is not ranked: no place, no class, no share in means.
    pub unranked: bool,
}

/// What is printed of several units together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// Their mean.
    Mean,
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
    /// The one in the middle.
    Median,
    /// Known, and not checked.
    Other,
}

/// By what a table ranks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// By the index in percent.
    #[default]
    Index,
    /// By points: the table has no index, and [`Row::index`] holds the total.
    Points,
}

/// A mean, an extreme or a median printed in the table or stated beside it.
#[derive(Clone, Debug)]
pub struct PrintedMean {
    /// Line of the file; `None` when it was stated on the command line.
    pub line: Option<usize>,
    /// What the table calls it.
    pub name: String,
    /// What it is.
    pub statistic: Statistic,
    /// The printed value, in percent.
    pub value: Decimal,
    /// The block it stands in or after; `None` when it may belong to any.
    pub block: Option<usize>,
}

/// Which columns a table has and with how many decimals they are printed.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Line of the (first) heading row.
    pub heading_line: usize,
    /// By what the table ranks.
    pub measure: Measure,
    /// Headings of the part columns.
    pub parts: Vec<String>,
    /// Whether each part is taken off; its values are negative in [`Row::parts`].
    pub minus: Vec<bool>,
    /// How the parts make up a figure.
    pub parts_of: PartsOf,
    /// Whether points are added beyond the scale, so that a total may pass it.
    pub has_bonus: bool,
    /// Places that cannot be read, with the first of them.
    pub unread_places: Option<(usize, String)>,
    /// Whether changes since the year before are printed.
    pub has_change: bool,
    /// Whether figures of the year before are printed.
    pub has_before: bool,
    /// Most decimals seen in each part column.
    pub part_places: Vec<u8>,
    /// Most decimals seen in the total column.
    pub total_places: u8,
    /// Most decimals seen in the index column.
    pub index_places: u8,
    /// What the places come from.
    pub place: Option<PlaceColumn>,
    /// Whether there is a total column.
    pub has_total: bool,
    /// Whether there is a scale column.
    pub has_scale: bool,
    /// Whether there is a class column.
    pub has_class: bool,
    /// Headings of columns that play no part in the check.
    pub unused: Vec<String>,
    /// Headings of columns in which both decimal comma and decimal point occur.
    pub mixed_signs: Vec<String>,
}

/// What the parts of a row add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartsOf {
    /// Their sum is the total.
    #[default]
    Total,
    /// Their sum is the index: the table prints no total.
    Index,
    /// Their sum is neither in most rows: they may be weighted, so sums are not checked.
    Neither,
    /// There are no two parts, or nothing to compare them with.
    Nothing,
}

/// Where printed places come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceColumn {
    /// A column that says it holds places (Thứ hạng, Xếp hạng).
    Ranks,
    /// A running number (STT), which most published tables use as the place.
    Serial,
}

impl Table {
    /// Settles, once all rows are read, what only the figures can say: the printed places of each
    /// column, which unnamed columns (`unknown`, by slot) are parts, and of what.
    pub(super) fn settle(&mut self, unknown: &[bool]) {
        let slots = unknown.len();
        for row in &mut self.rows {
            row.parts.resize(slots, None);
        }
        self.layout.total_places = settle_column(self.rows.iter_mut().filter_map(|row| row.total.as_mut()));
        self.layout.index_places = settle_column(self.rows.iter_mut().filter_map(|row| row.index.as_mut()));
        self.layout.part_places = (0..slots)
            .map(|slot| settle_column(self.rows.iter_mut().filter_map(|row| row.parts[slot].as_mut())))
            .collect();
        if self.layout.measure == Measure::Points {
            self.rows.iter_mut().for_each(|row| row.index = row.total);
            self.layout.index_places = self.layout.total_places;
        }
        let (kept, parts_of) = self.part_slots(unknown);
        self.layout.parts_of = parts_of;
        let names = std::mem::take(&mut self.layout.parts);
        let places = std::mem::take(&mut self.layout.part_places);
        let minus = std::mem::take(&mut self.layout.minus);
        for (slot, name) in names.into_iter().enumerate() {
            if kept.contains(&slot) {
                self.layout.parts.push(name);
                self.layout.part_places.push(places[slot]);
                self.layout.minus.push(minus[slot]);
            } else {
                self.layout.unused.push(name);
            }
        }
        for row in &mut self.rows {
            row.parts = kept.iter().map(|slot| row.parts[*slot]).collect();
        }
    }

    /// The slots whose sum agrees with most totals (or indices, where there is no total): the named
    /// ones, unless others do better; and what they are the parts of.
    fn part_slots(&self, unknown: &[bool]) -> (Vec<usize>, PartsOf) {
        let slots = |keep: &dyn Fn(bool) -> bool| -> Vec<usize> {
            (0..unknown.len()).filter(|slot| keep(unknown[*slot])).collect()
        };
        let named = slots(&|unknown| !unknown);
        let mut best = (self.sums_that_fit(&named), named);
        for other in [slots(&|_| true), slots(&|unknown| unknown)] {
            let fit = self.sums_that_fit(&other);
            // Columns of unknown meaning are parts only if they explain most of the table.
            if other != best.1 && fit > best.0 && fit * 2 > self.rows.len() {
                best = (fit, other);
            }
        }
        let (fit, kept) = best;
        let rows = self.rows.iter().filter(|row| self.sum_of(row, &kept).is_some()).count();
        let of = match self.layout.has_total {
            _ if kept.len() < 2 || rows == 0 => PartsOf::Nothing,
            // One row says nothing of the others; where hardly any row adds up, no row is at fault.
            _ if rows > 1 && (fit == 0 || fit * 4 < rows) => PartsOf::Neither,
            true => PartsOf::Total,
            false if fit * 2 > rows => PartsOf::Index,
            false => PartsOf::Neither,
        };
        (kept, of)
    }

    /// The sum of a row's parts and what it is compared with.
    fn sum_of(&self, row: &Row, slots: &[usize]) -> Option<(Sum, Decimal, u8)> {
        let parts = slots.iter().map(|slot| (row.parts[*slot], self.layout.part_places[*slot]));
        let (whole, places) = if self.layout.has_total {
            (row.total?, self.layout.total_places)
        } else {
            (row.index?, self.layout.index_places)
        };
        Sum::of(parts).map(|sum| (sum, whole, places))
    }

    fn sums_that_fit(&self, slots: &[usize]) -> usize {
        let fits = |row: &&Row| {
            self.sum_of(row, slots).is_some_and(|(sum, whole, places)| sum.explains(whole, places))
        };
        self.rows.iter().filter(fits).count()
    }
}

/// A sum of printed parts with what their rounding may hide.
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    /// The sum of the printed parts.
    pub value: Decimal,
    /// Half a unit of every part's last place, together.
    pub slack: Decimal,
}

impl Sum {
    /// Adds parts, each with the printed places of its column; `None` when none is given.
    pub fn of(parts: impl Iterator<Item = (Option<Decimal>, u8)> + Clone) -> Option<Sum> {
        let given = || parts.clone().filter_map(|(part, places)| part.map(|part| (part, places)));
        let finest = given().map(|(part, places)| part.places().max(places)).max()?;
        let value = given().map(|(part, _)| at_places(part, finest).units()).sum();
        // One place more than the finest, so that half a unit is a whole number: 5.
        let slack = given().map(|(_, places)| 5 * 10i128.pow(u32::from(finest - places))).sum();
        Some(Sum { value: Decimal::new(value, finest), slack: Decimal::new(slack, finest + 1) })
    }

    /// Whether unrounded parts and an unrounded total can explain the printed total.
    pub fn explains(&self, total: Decimal, total_places: u8) -> bool {
        let finest = self.slack.places().max(total.places()).max(total_places + 1);
        let units = |decimal| at_places(decimal, finest).units();
        let slack = units(self.slack) + units(Decimal::new(5, total_places + 1));
        (units(total) - units(self.value)).abs() <= slack
    }
}

/// The same number with at least `places` decimals.
pub(super) fn at_places(number: Decimal, places: u8) -> Decimal {
    match places.checked_sub(number.places()) {
        Some(more) => Decimal::new(number.units() * 10i128.pow(u32::from(more)), places),
        None => number,
    }
}

/// Finds the printed places of a column and gives all its numbers at least as many.
///
/// Workbooks drop trailing zeros (62.3 for 62.30), so the most decimals seen count; but beyond two
/// decimals a few odd cells must not make the whole column look more precise than it is.
fn settle_column<'a>(numbers: impl Iterator<Item = &'a mut Decimal>) -> u8 {
    let numbers: Vec<&mut Decimal> = numbers.collect();
    let most = numbers.iter().map(|number| number.places()).max().unwrap_or(0);
    let odd = (numbers.len() / 10).max(usize::from(numbers.len() >= 5));
    let beyond = |places: u8| numbers.iter().filter(|number| number.trimmed().places() > places).count();
    let places = (2..most).find(|places| beyond(*places) <= odd).unwrap_or(most);
    for number in numbers {
        *number = at_places(*number, places);
    }
    places
}
