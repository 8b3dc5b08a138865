//! Draws counted: places, classes and indices of every unit, and what they say.

use crate::points::decimal::Decimal;

/// Counts over some draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// How many draws were made.
    pub draws: u64,
    /// In the order of the year's units; empty for units without index.
    pub units: Vec<UnitCounts>,
}

/// One unit's counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitCounts {
    /// Draws in which the unit took the first place, the second, …
    pub places: Vec<u32>,
    /// Draws in which it was in each of its block's classes, from the best.
    pub classes: Vec<u32>,
    /// The lowest index that can be drawn, in units of the last decimal.
    pub(super) lowest: i64,
    /// Decimals in which indices are counted.
    pub(super) decimals: u8,
    /// Draws by index, from the lowest.
    pub(super) indices: Vec<u32>,
}

/// The range that keeps the middle nine tenths of the draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval<T> {
    /// The smallest value that at least 5 % of the draws do not exceed.
    pub from: T,
    /// The smallest value that at least 95 % of the draws do not exceed.
    pub to: T,
}

impl Counts {
    /// Adds the counts of other draws of the same model.
    pub fn add(&mut self, other: &Counts) {
        self.draws += other.draws;
        for (unit, more) in self.units.iter_mut().zip(&other.units) {
            for (counts, more) in [
                (&mut unit.places, &more.places),
                (&mut unit.classes, &more.classes),
                (&mut unit.indices, &more.indices),
            ] {
                counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
            }
        }
    }
}

impl UnitCounts {
    /// The places between which the unit stands in nine draws of ten; `None` without draws.
    pub fn place_interval(&self) -> Option<Interval<u32>> {
        let place = |position: usize| u32::try_from(position + 1).expect("fewer units than 2^32");
        interval(&self.places).map(|(from, to)| Interval { from: place(from), to: place(to) })
    }

    /// The indices between which the unit's lies in nine draws of ten, in percent with at most two
    /// decimals; `None` without draws.
    pub fn index_interval(&self) -> Option<Interval<Decimal>> {
        let index = |bin: usize| Decimal::new(i128::from(self.lowest) + bin as i128, self.decimals);
        interval(&self.indices).map(|(from, to)| Interval { from: index(from), to: index(to) })
    }

    /// Draws in which the unit took a place, counted from 1.
    pub fn at_place(&self, place: u32) -> u32 {
        self.places.get(place as usize - 1).copied().unwrap_or(0)
    }
}

/// Positions of the 5 % and the 95 % quantile.
fn interval(counts: &[u32]) -> Option<(usize, usize)> {
    let all: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let reached = |twentieths: u64| {
        let mut sum = 0;
        counts.iter().position(|count| {
            sum += u64::from(*count);
            sum > 0 && sum * 20 >= all * twentieths
        })
    };
    reached(1).zip(reached(19))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_leaves_a_twentieth_of_the_draws_on_each_side() {
        assert_eq!(interval(&[0, 100, 0]), Some((1, 1)));
        assert_eq!(interval(&[5, 90, 5]), Some((0, 1)));
        assert_eq!(interval(&[4, 91, 5]), Some((1, 1)));
        assert_eq!(interval(&[4, 90, 6]), Some((1, 2)));
        assert_eq!(interval(&[0, 0]), None);
    }
}
