//! Drawing: for each draw new points, indices, classes and places, counted.
//!
//! A draw looks only at leaves that can move, so its cost is that of the disputes, not of the year.

use std::cmp::Ordering;
use std::ops::Range;

use super::counts::{Counts, UnitCounts};
use super::model::{BlockModel, CHANCES, DrawnLeaf, Model, UnitModel};
use super::random::Stream;
use crate::points::rounding::{Rounding, divide};

impl Model {
    /// Makes the draws of a range and counts them. Counts of ranges add up: any split of `0..n`
    /// gives the same sum.
    pub fn draw(&self, seed: u64, draws: Range<u64>) -> Counts {
        let mut counts = self.nothing_counted();
        let mut desks: Vec<Desk> = self.blocks.iter().map(Desk::of).collect();
        for draw in draws {
            let mut stream = Stream::of(seed, draw);
            for (block, desk) in self.blocks.iter().zip(&mut desks) {
                block.draw(&mut stream, desk, &mut counts.units);
            }
            counts.draws += 1;
        }
        counts
    }

    fn nothing_counted(&self) -> Counts {
        let mut units = vec![UnitCounts::default(); self.units];
        for block in &self.blocks {
            for unit in &block.units {
                let (lowest, highest) = (block.bin(unit, unit.reach.0), block.bin(unit, unit.reach.1));
                let bins = usize::try_from(highest - lowest + 1).expect("indices lie between 0 and 100");
                units[unit.unit] = UnitCounts {
                    places: vec![0; block.units.len()],
                    classes: vec![0; unit.classes.len()],
                    lowest,
                    decimals: block.bins.0,
                    indices: vec![0; bins],
                };
            }
        }
        Counts { draws: 0, units }
    }
}

/// Room for one draw of a block, used again for the next.
struct Desk {
    drawn: Vec<Compared>,
    /// Order in one word a unit, where that suffices: distance from the greatest total, then position.
    packed: Option<Packed>,
}

struct Packed {
    highest: i64,
    bits: u32,
    words: Vec<u64>,
}

/// What a unit is compared by: greater is better.
#[derive(Clone, Copy)]
pub(super) struct Compared {
    value: i64,
    of: i64,
    second: i64,
    second_of: i64,
    unit: usize,
}

impl Compared {
    pub fn compare(&self, other: &Compared) -> Ordering {
        let shares = |a: i64, of_a: i64, b: i64, of_b: i64| {
            if of_a == of_b {
                return a.cmp(&b);
            }
            (i128::from(a) * i128::from(of_b)).cmp(&(i128::from(b) * i128::from(of_a)))
        };
        let first = shares(self.value, self.of, other.value, other.of);
        first.then_with(|| shares(self.second, self.second_of, other.second, other.second_of))
    }
}

impl Desk {
    fn of(block: &BlockModel) -> Desk {
        let same = block.units.windows(2).all(|pair| block.full(&pair[0]) == block.full(&pair[1]));
        let bits = usize::BITS - block.units.len().leading_zeros();
        let reach = |unit: &UnitModel| [block.value(unit, unit.reach.0), block.value(unit, unit.reach.1)];
        let lowest = block.units.iter().map(|unit| reach(unit)[0]).min().unwrap_or(0);
        let highest = block.units.iter().map(|unit| reach(unit)[1]).max().unwrap_or(0);
        let fits = (highest - lowest).leading_zeros() > bits;
        let packed = (same && fits && !block.breaker).then(|| Packed { highest, bits, words: Vec::new() });
        Desk { drawn: Vec::with_capacity(block.units.len()), packed }
    }
}

impl BlockModel {
    fn draw(&self, stream: &mut Stream, desk: &mut Desk, counts: &mut [UnitCounts]) {
        desk.drawn.clear();
        for unit in &self.units {
            let (moved, second) = self.moved(unit, stream);
            let total = (unit.sum + moved).clamp(0, unit.scale);
            let of_unit = &mut counts[unit.unit];
            let bin = usize::try_from(self.bin(unit, total) - of_unit.lowest).expect("within reach");
            of_unit.indices[bin] += 1;
            if let Some(class) = unit.classes.iter().position(|least| total >= *least) {
                of_unit.classes[class] += 1;
            }
            desk.drawn.push(self.compared(unit, total, second));
        }
        match &mut desk.packed {
            Some(packed) => self.rank_packed(&desk.drawn, packed, counts),
            None => self.rank(&mut desk.drawn, counts),
        }
    }

    /// What a unit is compared by when it has `total` points and what breaks ties moves by `second`.
    #[inline]
    pub(super) fn compared(&self, unit: &UnitModel, total: i64, second: i64) -> Compared {
        Compared {
            value: self.value(unit, total),
            of: self.full(unit),
            second: unit.breaker.0 + second,
            second_of: unit.breaker.1,
            unit: unit.unit,
        }
    }

    /// How far a unit's points, and those that break ties, move in a draw.
    #[inline]
    fn moved(&self, unit: &UnitModel, stream: &mut Stream) -> (i64, i64) {
        let (mut moved, mut second) = (0, 0);
        let mut take = |leaf: &DrawnLeaf, half: u64| {
            // The upper part of a product picks one of the chances; a chance is off by at most 2⁻³⁰.
            let chance = (half * CHANCES as u64) >> 32;
            let difference = leaf.differences[usize::from(leaf.chances[chance as usize])];
            moved += difference;
            second += difference & leaf.breaks;
        };
        for pair in self.leaves[unit.leaves.clone()].chunks(2) {
            let bits = stream.bits();
            take(&pair[0], bits >> 32);
            if let Some(leaf) = pair.get(1) {
                take(leaf, bits & 0xffff_ffff);
            }
        }
        for answers in &self.answers[unit.answers.clone()] {
            let difference = answers.difference(stream.normal());
            moved += difference;
            second += difference & answers.breaks;
        }
        (moved, second)
    }

    /// Index of a total in units of the last decimal in which indices are counted.
    #[inline]
    fn bin(&self, unit: &UnitModel, total: i64) -> i64 {
        percent(total, unit.scale, self.bins)
    }

    /// What a unit is compared by first, as a number out of [`BlockModel::full`].
    #[inline]
    fn value(&self, unit: &UnitModel, total: i64) -> i64 {
        self.printed.map_or(total, |print| percent(total, unit.scale, print))
    }

    #[inline]
    fn full(&self, unit: &UnitModel) -> i64 {
        if self.printed.is_some() { 1 } else { unit.scale }
    }

    fn rank(&self, drawn: &mut [Compared], counts: &mut [UnitCounts]) {
        drawn.sort_unstable_by(|a, b| b.compare(a));
        let mut place = 0;
        for (i, unit) in drawn.iter().enumerate() {
            if i == 0 || drawn[i - 1].compare(unit) != Ordering::Equal {
                place = if self.dense { place + 1 } else { i + 1 };
            }
            counts[unit.unit].places[place - 1] += 1;
        }
    }

    fn rank_packed(&self, drawn: &[Compared], packed: &mut Packed, counts: &mut [UnitCounts]) {
        let Packed { highest, bits, words } = packed;
        words.clear();
        let word =
            |(i, unit): (usize, &Compared)| (*highest - unit.value).cast_unsigned() << *bits | i as u64;
        words.extend(drawn.iter().enumerate().map(word));
        words.sort_unstable();
        let mut place = 0;
        let mut before = u64::MAX;
        for (i, word) in words.iter().enumerate() {
            let value = word >> *bits;
            if value != before {
                place = if self.dense { place + 1 } else { i + 1 };
                before = value;
            }
            let position = (word & ((1 << *bits) - 1)) as usize;
            counts[drawn[position].unit].places[place - 1] += 1;
        }
    }
}

/// A total as percent of its scale, in units of the last of `places` decimals.
#[inline]
fn percent(total: i64, scale: i64, (places, mode): (u8, Rounding)) -> i64 {
    let scaled = i128::from(total) * 100 * 10i128.pow(u32::from(places));
    i64::try_from(divide(scaled, i128::from(scale), mode)).expect("indices lie between 0 and 100")
}
