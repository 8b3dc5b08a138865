//! Charts as SVG texts. Knows values, not requests.

pub mod area_bars;
pub mod dots;
pub mod rank_bars;
pub mod rank_intervals;
pub mod slopes;
pub mod svg;
