//! Several years beside each other in the language of a page: what the pages of trends share.
//!
//! Must not know: which tables and charts are made of it.

use std::sync::Arc;

use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::points::read::{Notation, decimal};
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::history::{History, Known, Step};
use par_core::score::results::{Lineage, Measure, Results, Scope};
use par_core::words;
use par_render::charts::On;
use par_render::charts::lines::Line;

use super::pen::Pen;
use super::request::address;
use super::table::{Cell, Column, number};

/// Years, those of them that have columns, and the language in which they are written.
#[derive(Clone, Copy)]
pub struct Span<'r> {
    /// The years.
    pub history: History<'r>,
    /// The years that have columns, from the earliest.
    pub known: &'r [u16],
    /// The language.
    pub language: Language,
}

impl<'r> Span<'r> {
    /// The words in the language of the page.
    pub fn say<T>(&self, vi: T, en: T) -> T {
        self.language.of(vi, en)
    }

    /// Where a chart stands on the page.
    pub fn on<'i>(&self, id: &'i str) -> On<'i> {
        On { id, language: self.language }
    }

    /// Writes the figures of one of the years.
    pub fn pen<'y>(&self, results: &'y Results) -> Pen<'y> {
        Pen { results, language: self.language }
    }

    /// The latest year.
    pub fn latest(&self) -> Option<&'r Results> {
        self.history.years().last().copied()
    }

    /// The address of a unit's trend.
    pub fn trend(&self, slug: &str) -> String {
        address(self.language, &format!("/xu-huong/{slug}"))
    }

    /// The years there are results of, latest first, with their addresses.
    pub fn menu(&self) -> Vec<(u16, String)> {
        let years = self.history.years().iter().rev();
        years.map(|results| (results.year.year, self.pen(results).address(""))).collect()
    }

    /// What is said of years whose values are not facts, each sentence once with its years.
    pub fn notice(&self) -> Option<String> {
        let mut said: Vec<(&str, Vec<String>)> = Vec::new();
        for results in self.history.years() {
            let Some(notice) = &results.year.notice else { continue };
            let year = results.year.year.to_string();
            match said.iter_mut().find(|(known, _)| known == notice) {
                Some((_, years)) => years.push(year),
                None => said.push((notice, vec![year])),
            }
        }
        let year = self.say("Năm ", "");
        let sentence = |(notice, years): (&str, Vec<String>)| format!("{year}{}: {notice}", years.join(", "));
        (!said.is_empty()).then(|| said.into_iter().map(sentence).collect::<Vec<_>>().join(" "))
    }

    /// A column a year.
    pub fn year_columns(&self) -> impl Iterator<Item = Column> {
        let year = self.say("Năm ", "");
        self.known.iter().map(move |known| number(known.to_string(), format!("{year}{known} (%)")))
    }

    /// The change of a year against the one before it.
    pub fn change_column(&self, latest: Option<&Results>) -> Column {
        let (change, points) = self.say(("Thay đổi", "điểm phần trăm"), ("Change", "percentage points"));
        let years =
            latest.and_then(|results| Some((results.year.year, results.year.previous.as_ref()?.year)));
        let title = match years {
            Some((year, before)) => format!("{change} {before}–{year} ({points})"),
            None => format!("{change} ({points})"),
        };
        number("change", title)
    }

    /// The mean of a year: the year's own, or what the year after cites.
    fn mean(&self, year: u16, scope: Scope, measure: &Measure) -> Cell {
        let Some(latest) = self.latest() else { return Cell::none() };
        let figure = |results: &Results, of: fn(Scope, Measure) -> Figure| {
            same(latest, results, scope)
                .map_or_else(Cell::none, |scope| self.pen(results).figure(&of(scope, measure.clone())))
        };
        if let Some(results) = self.history.results(year) {
            return figure(results, Figure::Mean);
        }
        let cites = |results: &&&Results| results.year.previous.as_ref().is_some_and(|one| one.year == year);
        let citing = self.history.years().iter().find(cites);
        citing.map_or_else(Cell::none, |results| figure(results, Figure::PreviousMean))
    }

    /// The means of all years.
    pub fn means(&self, scope: Scope, measure: &Measure) -> Vec<Cell> {
        self.known.iter().map(|year| self.mean(*year, scope, measure)).collect()
    }

    /// A year of a unit as a cell: opening into the derivation where one unit stands for it.
    pub fn step(&self, step: &Step<'_>, measure: &Measure) -> Cell {
        if let Some((results, unit)) = step.single() {
            return self.pen(results).percent(unit, measure);
        }
        let Some(value) = step.value(measure) else { return Cell::none() };
        match &step.known {
            // The figures that the year after compares one unit with are a figure of that unit.
            Known::Cited(results, unit, codes) if results.year.units[*unit].predecessors == *codes => {
                self.pen(results).of_unit(*unit, UnitFigure::Previous(measure.clone()))
            }
            Known::Cited(results, ..) | Known::Results(results, _) => {
                Cell::number(self.pen(results).round(&value), value.to_string())
            }
        }
    }

    /// The cells of a unit's years.
    pub fn steps(&self, steps: &[Step<'_>], measure: &Measure) -> Vec<Cell> {
        let of = |year: &u16| {
            let step = steps.iter().find(|step| step.year == *year);
            step.map_or_else(Cell::none, |step| self.step(step, measure))
        };
        self.known.iter().map(of).collect()
    }

    /// With what a unit is compared, or why it is not.
    pub fn comparable(&self, results: &Results, unit: usize) -> &'static str {
        let lineage = results.lineage(&results.year.units[unit]);
        if lineage != Lineage::New && results.previous(unit, &Measure::Index).is_none() {
            return self.say(
                "không có số liệu năm trước, không so sánh",
                "no data of the previous year, not compared",
            );
        }
        words::lineage(lineage, self.language)
    }
}

/// The years' results without their counters.
pub fn borrowed(all: &[Arc<Results>]) -> Vec<&Results> {
    all.iter().map(Arc::as_ref).collect()
}

/// The numbers of a row's year cells as a line.
pub fn line(label: String, cells: &[Cell], strong: bool) -> Line {
    Line { label, values: cells.iter().map(printed).collect(), strong }
}

/// A cell's number as it is printed.
fn printed(cell: &Cell) -> Option<Decimal> {
    cell.exact.as_ref()?;
    decimal(&cell.data, Notation::Data).ok()
}

/// The scope of another year that goes by the same id.
fn same(latest: &Results, results: &Results, scope: Scope) -> Option<Scope> {
    match scope {
        Scope::Cluster(cluster) => {
            let id = &latest.year.clusters[cluster].id;
            results.year.clusters.iter().position(|one| one.id == *id).map(Scope::Cluster)
        }
        Scope::Block(block) => {
            let id = &latest.year.blocks[block].id;
            results.year.blocks.iter().position(|one| one.id == *id).map(Scope::Block)
        }
        Scope::Province => Some(scope),
    }
}
