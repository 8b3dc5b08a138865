//! Cells and words that several pages share, in the language of the page.

use par_core::framework::{LeafId, NodeId};
use par_core::language::Language;
use par_core::points::Points;
use par_core::score::figure::Figure;
use par_core::score::results::{Measure, Scope};

use super::pen::{Pen, full_points};
use super::table::{Cell, Table};

/// The set by which a unit is scored, by its position.
pub fn set_of(pen: Pen<'_>, unit: usize) -> usize {
    pen.results.year.blocks[pen.results.year.units[unit].block].set
}

/// A unit, leading to its page.
pub fn unit(pen: Pen<'_>, unit: usize) -> Cell {
    Cell::name(&pen.results.year.units[unit].name).link(pen.unit(unit))
}

/// An area with the code under which it is compared, leading to its page.
pub fn area(pen: Pen<'_>, code: &str, name: &str) -> Cell {
    Cell::name(format!("{code}. {name}")).link(pen.area(code))
}

/// A node of a set with its code, leading to its page.
pub fn node(pen: Pen<'_>, set: usize, id: NodeId) -> Cell {
    let node = pen.results.year.sets[set].node(id);
    Cell::name(format!("{} {}", node.code, node.name)).link(pen.criterion(set, &node.code))
}

/// The province's mean and its change against the year before.
pub fn mean(pen: Pen<'_>, measure: Measure) -> [Cell; 2] {
    [
        pen.figure(&Figure::Mean(Scope::Province, measure.clone())),
        pen.figure(&Figure::MeanChange(Scope::Province, measure)),
    ]
}

/// The points each stage gave, where it spoke.
pub fn stages(pen: Pen<'_>, unit: usize, leaf: LeafId) -> impl Iterator<Item = Cell> {
    let year = &pen.results.year;
    let judgements = year.told_stages().into_iter().map(move |stage| year.leaf_file(unit, leaf).at(stage));
    judgements.map(|said| said.map_or_else(Cell::none, |judgement| full_points(judgement.points)))
}

/// The number of the footnote that says why a node is not evaluated for a unit.
pub fn exemption(pen: Pen<'_>, table: &mut Table, unit: usize, node: NodeId) -> Option<usize> {
    let exemption = pen.results.year.exemption_at(unit, node)?;
    Some(table.footnote(&exemption.reason))
}

/// Points with the word behind them: `1,5 điểm` or `1.5 points`.
pub fn counted(language: Language, points: Points) -> String {
    let one = points == Points::whole(1);
    let word = language.of("điểm", if one { "point" } else { "points" });
    format!("{} {word}", language.points(points))
}
