//! Charts as SVG texts, the same on pages and in documents. Knows results, not requests.
//!
//! Nothing is told by colour alone: every mark has a shape, a pattern, a word or its number.

pub mod answers;
pub mod area;
pub mod bars;
pub mod changes;
pub mod claims;
pub mod components;
pub mod criterion;
pub mod heat;
pub mod lines;
pub mod pairs;
pub mod parts;
pub mod ranks;
pub mod reasons;
pub mod share;
pub mod side_by_side;
pub mod slopes;
pub mod svg;
pub mod unit;

use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::report::Chart;
use par_core::score::results::Results;

/// Where a chart stands.
#[derive(Clone, Copy, Debug)]
pub struct On<'i> {
    /// Its id, unique on its page.
    pub id: &'i str,
    /// The language of its words.
    pub language: Language,
}

impl On<'_> {
    /// The words in the language of the page.
    pub fn say<T>(self, vi: T, en: T) -> T {
        self.language.of(vi, en)
    }
}

/// A chart of a year as SVG. `None` when the year has nothing to draw:
/// no unit that is ranked, no year before, no request for explanation, no survey, no such unit.
pub fn draw(results: &Results, chart: Chart, on: On<'_>) -> Option<String> {
    match chart {
        Chart::Ranks => ranks::draw(results, on),
        Chart::Areas => heat::draw(results, on),
        Chart::OwnAppraised => claims::draw(results, on),
        Chart::Changes => changes::draw(results, on),
        Chart::Reasons => reasons::draw(results, on),
        Chart::Components => components::draw(results, on),
        Chart::Answers => answers::draw(results, on),
        Chart::Unit(unit) => unit::against_cluster(results, unit, on),
    }
}

/// A number over several units as the year prints it.
fn round(results: &Results, exact: &Exact) -> Decimal {
    let (places, mode) = results.print();
    mode.apply(exact, places)
}
