//! Figures as cells: printed by the set's rounding, exact beside it, opening into their derivation.

use par_core::framework::NodeId;
use par_core::language::Language;
use par_core::points::Points;
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::score::derive::Value;
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::results::{Measure, Results};
use par_core::words;

use par_render::charts::On;

use super::request::address;
use super::table::{Cell, Mark, Printed};

/// Writes the figures of a year in the language of a page.
#[derive(Clone, Copy)]
pub struct Pen<'r> {
    /// The year.
    pub results: &'r Results,
    /// The language.
    pub language: Language,
}

impl Pen<'_> {
    /// The words in the language of the page.
    pub fn say<T>(&self, vi: T, en: T) -> T {
        self.language.of(vi, en)
    }

    /// Where a chart stands on the page.
    pub fn on<'i>(&self, id: &'i str) -> On<'i> {
        On { id, language: self.language }
    }

    /// The address of a page of the year; `below` begins with `/` or is empty.
    pub fn address(&self, below: &str) -> String {
        address(self.language, &format!("/ket-qua/{}{below}", self.results.year.year))
    }

    /// The address of a unit's page.
    pub fn unit(&self, unit: usize) -> String {
        self.address(&format!("/don-vi/{}", self.results.year.units[unit].slug))
    }

    /// The address of an area's page, by the code under which it is compared.
    pub fn area(&self, code: &str) -> String {
        self.address(&format!("/linh-vuc/{code}"))
    }

    /// The address of a criterion's page.
    pub fn criterion(&self, set: usize, code: &str) -> String {
        self.address(&format!("/tieu-chi/{}/{code}", self.results.year.sets[set].id))
    }

    /// The address at which a figure opens into what it is made of.
    pub fn derivation(&self, figure: &Figure) -> String {
        self.address(&format!("/dan-giai/{}", figure.path(&self.results.year)))
    }

    /// A figure as a cell that opens into its derivation.
    pub fn figure(&self, figure: &Figure) -> Cell {
        let value = self.results.value(figure);
        self.value(&value, figure).link(self.derivation(figure))
    }

    /// A value as a cell, rounded as the figure's set prints.
    pub fn value(&self, value: &Value, figure: &Figure) -> Cell {
        let (places, mode) = self.results.print_for(figure);
        match value {
            Value::Percent(exact) => Cell::number(mode.apply(exact, places), exact.to_string()),
            Value::Change(exact) => self.change(exact, mode.apply(exact, places)),
            Value::Points(points) => full_points(*points),
            Value::Stretched(points) => Cell::number(mode.apply(points, places), points.to_string()),
            Value::Number(number) => Cell::number(Decimal::new(i128::from(*number), 0), number.to_string()),
            Value::Count(count, of) => Cell {
                data: count.to_string(),
                exact: Some(count.to_string()),
                ..Cell::text(format!("{count}/{of}"))
            },
            Value::Word(word) => Cell::name(word),
            Value::Nothing => Cell::none(),
        }
    }

    /// A change with its sign and direction.
    fn change(&self, exact: &Exact, printed: Decimal) -> Cell {
        // As printed: nothing that reads 0,00 rises or falls, just as counts compare printed values.
        let mark = match printed.units().signum() {
            1 => Mark::Up,
            -1 => Mark::Down,
            _ => Mark::None,
        };
        Cell { printed: Printed::Signed(printed), ..Cell::number(printed, exact.to_string()) }.mark(mark)
    }

    /// A figure of a unit; `không đánh giá` where a percent is missing because of an exemption, `chưa chấm`
    /// where it still waits for a score.
    pub fn of_unit(&self, unit: usize, figure: UnitFigure) -> Cell {
        let waits = matches!(&figure, UnitFigure::Percent(measure) if self.results.waits(unit, measure));
        let exempt = matches!(&figure, UnitFigure::Percent(measure)
            if self.results.share(unit, measure).is_none() && self.results.node(unit, measure).is_some());
        let cell = self.figure(&Figure::Unit(unit, figure));
        if waits {
            let words = self.say("chưa chấm", "not yet scored");
            return Cell { href: cell.href, ..Cell::only_read(words) };
        }
        if exempt { Cell { href: cell.href, ..Cell::not_evaluated() } } else { cell }
    }

    /// The percent of a unit.
    pub fn percent(&self, unit: usize, measure: &Measure) -> Cell {
        self.of_unit(
            unit,
            match measure {
                Measure::Index => UnitFigure::Index,
                other => UnitFigure::Percent(other.clone()),
            },
        )
    }

    /// The class of a unit, with its shape; of a unit that has none, why.
    pub fn class(&self, unit: usize) -> Cell {
        let missing = self.results.standing.units[unit].unscored;
        if missing > 0 {
            return Cell::text(words::unscored(missing, self.language));
        }
        let status = self.results.year.units[unit].status;
        if let Some(word) = words::instead_of_class(status, self.language) {
            let figure = Figure::Unit(unit, UnitFigure::Class);
            return Cell::text(word).link(self.derivation(&figure));
        }
        let cell = self.figure(&Figure::Unit(unit, UnitFigure::Class));
        match self.results.standing.units[unit].class {
            Some(position) => cell.mark(Mark::Class(position)),
            None => cell,
        }
    }

    /// The points of a node of a unit.
    pub fn points(&self, unit: usize, node: NodeId) -> Cell {
        let set = self.results.year.set_of(unit);
        let code = set.node(node).code.clone();
        let points = self.results.standing.units[unit].node(set, node);
        if points.max == Points::ZERO {
            return Cell::not_evaluated();
        }
        self.figure(&Figure::Unit(unit, UnitFigure::Node(code)))
    }

    /// The points of a node of a unit behind its maximum for that unit.
    pub fn max(&self, unit: usize, node: NodeId) -> Cell {
        let points = self.results.standing.units[unit].node(self.results.year.set_of(unit), node);
        if points.max == Points::ZERO { Cell::none() } else { full_points(points.max) }
    }

    /// An exact number over several units as this year prints it.
    pub fn round(&self, exact: &Exact) -> Decimal {
        let (places, mode) = self.results.print();
        mode.apply(exact, places)
    }
}

/// Points in full, with at least two decimals: nothing is rounded away.
pub fn full_points(points: Points) -> Cell {
    let printed = points.full();
    Cell::number(printed, points.to_string())
}
