//! Charts of many units in several parts, each of which can be read on one page of paper.

use std::ops::Range;

use par_core::language::Language;
use par_core::report::Chart;
use par_core::score::results::Results;

use super::On;
use super::{changes, claims, draw, heat, ranks};

/// Rows a chart may have before it is drawn in parts; a year of 30 units in three lists has fewer.
const MOST_WHOLE: usize = 48;
/// Rows of a part, so that it is a page high at the width of the text.
const MOST: usize = 40;
/// Rows the heading of a list takes.
const HEADING: usize = 3;
/// A list neither begins nor ends with fewer rows on a part, unless it has no more.
const LEAST: usize = 5;

/// Places of one ranking list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The list.
    pub block: usize,
    /// Its places, from 0.
    pub places: Range<usize>,
}

impl Slice {
    /// The units on these places.
    pub fn units<'r>(&self, results: &'r Results) -> &'r [usize] {
        &results.standing.blocks[self.block][self.places.clone()]
    }

    /// What stands above them: the name of the list, and whether it goes on.
    pub fn name(&self, results: &Results, language: Language) -> String {
        let name = &results.year.blocks[self.block].name;
        if self.places.start == 0 {
            name.clone()
        } else {
            format!("{name} ({})", language.of("tiếp theo", "continued"))
        }
    }

    /// Whether the list ends with them.
    pub fn is_end(&self, results: &Results) -> bool {
        self.places.end == results.standing.blocks[self.block].len()
    }
}

/// All lists with somebody in them, whole.
pub fn whole(results: &Results) -> Vec<Slice> {
    let lists = results.standing.blocks.iter().enumerate().filter(|(_, units)| !units.is_empty());
    lists.map(|(block, units)| Slice { block, places: 0..units.len() }).collect()
}

/// A part of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The drawing.
    pub svg: String,
    /// Its first and its last unit, of a chart in several parts.
    pub units: Option<(String, String)>,
}

/// A chart for paper; ids begin with that of `on`. Empty when the year has nothing to draw.
pub fn pieces(results: &Results, chart: Chart, on: On<'_>) -> Vec<Piece> {
    let of: fn(&Results, &[Slice], On<'_>) -> Option<String> = match chart {
        Chart::Ranks => ranks::of,
        Chart::Areas => heat::of,
        Chart::OwnAppraised => claims::of,
        Chart::Changes => changes::of,
        _ => return draw(results, chart, on).map(|svg| Piece { svg, units: None }).into_iter().collect(),
    };
    let parts = divided(&whole(results));
    let is_one = parts.len() == 1;
    let piece = |(at, part): (usize, &Vec<Slice>)| {
        let id = if is_one { on.id.to_owned() } else { format!("{}-{}", on.id, at + 1) };
        let svg = of(results, part, On { id: &id, ..on })?;
        let mut units = part.iter().flat_map(|slice| slice.units(results));
        let name = |unit: &usize| results.year.units[*unit].name.clone();
        let first = name(units.next()?);
        let last = units.next_back().map_or_else(|| first.clone(), name);
        Some(Piece { svg, units: (!is_one).then_some((first, last)) })
    };
    parts.iter().enumerate().filter_map(piece).collect()
}

/// Lists in parts of about the same number of rows.
fn divided(lists: &[Slice]) -> Vec<Vec<Slice>> {
    let rows: usize = lists.iter().map(|list| list.places.len() + HEADING).sum();
    if rows <= MOST_WHOLE {
        return vec![lists.to_vec()];
    }
    // Lists that go on take headings more.
    let room = rows.div_ceil(rows.div_ceil(MOST)) + HEADING;
    let mut parts = vec![Vec::new()];
    let mut left = room;
    for list in lists {
        let Range { mut start, end } = list.places;
        while start < end {
            if left < HEADING + LEAST.min(end - start) {
                parts.push(Vec::new());
                left = room;
            }
            let fits = (left - HEADING).min(end - start);
            let taken = if end - start - fits < LEAST { end - start } else { fits };
            let slice = Slice { block: list.block, places: start..start + taken };
            parts.last_mut().expect("there is a part").push(slice);
            start += taken;
            left = left.saturating_sub(HEADING + taken);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(lengths: &[usize]) -> Vec<Vec<Slice>> {
        let lists = lengths.iter().enumerate().map(|(block, length)| Slice { block, places: 0..*length });
        divided(&lists.collect::<Vec<_>>())
    }

    fn rows(part: &[Slice]) -> usize {
        part.iter().map(|slice| slice.places.len() + HEADING).sum()
    }

    #[test]
    fn a_year_of_thirty_units_is_one_chart() {
        assert_eq!(parts(&[18, 2, 8]).len(), 1);
        assert_eq!(parts(&[]), [vec![]]);
    }

    #[test]
    fn every_place_is_on_one_part_and_every_part_fits_a_page() {
        for lengths in [&[168][..], &[500], &[46, 1, 1], &[44, 5, 3], &[20, 20, 20, 20], &[1; 60], &[39, 43]]
        {
            let parts = parts(lengths);
            for (block, length) in lengths.iter().enumerate() {
                let all = parts.iter().flatten().filter(|slice| slice.block == block);
                let places: Vec<usize> = all.flat_map(|slice| slice.places.clone()).collect();
                assert_eq!(places, (0..*length).collect::<Vec<_>>(), "{lengths:?}");
            }
            for part in &parts {
                assert!((1..=MOST_WHOLE).contains(&rows(part)), "{lengths:?}: {part:?}");
            }
        }
        let of_168: Vec<usize> = parts(&[168]).iter().map(|part| rows(part)).collect();
        assert_eq!(of_168, [38, 38, 38, 38, 31], "about the same");
    }
}
