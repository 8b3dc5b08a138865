//! Drawing: for each draw new points, indices, classes and places, counted.
//!
//! A draw looks only at leaves that can move, so its cost is that of the disputes, not of the year.

use std::cmp::Ordering;
use std::ops::Range;

use super::counts::{Counts, UnitCounts};
use super::model::{BlockModel, CHANCES, DrawnLeaf, Model, UnitModel};
use super::random::{Draw, Stream};
use crate::points::rounding::{Rounding, divide};

/// Draws made of one unit before the next, so that its leaves stay at hand.
const BATCH: usize = 512;

impl Model {
    /// Makes the draws of a range and counts them. Counts of ranges add up: any split of `0..n`
    /// gives the same sum.
    pub fn draw(&self, seed: u64, draws: Range<u64>) -> Counts {
        let mut counts = self.nothing_counted();
        let mut desks: Vec<Desk> = self.blocks.iter().map(Desk::of).collect();
        for start in draws.clone().step_by(BATCH) {
            let end = draws.end.min(start + BATCH as u64);
            let batch: Vec<Draw> = (start..end).map(|draw| Draw::of(seed, draw)).collect();
            for (block, desk) in self.blocks.iter().zip(&mut desks) {
                block.draw(&batch, desk, &mut counts.units);
            }
            counts.draws += end - start;
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

/// Room for a batch of draws of a block, used again for the next.
struct Desk {
    /// Of each draw, every unit in the model's order; empty where words suffice.
    drawn: Vec<Compared>,
    order: Vec<usize>,
    /// Order in one word a unit, where that suffices.
    packed: Option<Packed>,
    /// Places in the order of the units, counted from 0.
    places: Vec<u32>,
}

/// Words whose order is that of the units: distance from the greatest value, then position.
struct Packed {
    highest: i64,
    bits: u32,
    words: Vec<u64>,
}

impl Packed {
    #[inline]
    fn word(&self, value: i64, position: usize) -> u64 {
        ((self.highest - value).cast_unsigned() << self.bits) | position as u64
    }
}

/// What a unit is compared by: greater is better.
#[derive(Clone, Copy)]
pub(super) struct Compared {
    value: i64,
    of: i64,
    second: i64,
    second_of: i64,
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
        let room = block.units.len() * BATCH;
        let packed = (same && fits && !block.breaker).then(|| Packed { highest, bits, words: vec![0; room] });
        let blank = Compared { value: 0, of: 1, second: 0, second_of: 1 };
        let drawn = vec![blank; if packed.is_some() { 0 } else { room }];
        Desk { drawn, order: Vec::new(), packed, places: vec![0; room] }
    }
}

impl BlockModel {
    fn draw(&self, batch: &[Draw], desk: &mut Desk, counts: &mut [UnitCounts]) {
        let many = self.units.len();
        for (position, unit) in self.units.iter().enumerate() {
            let of_unit = &mut counts[unit.unit];
            for (i, draw) in batch.iter().enumerate() {
                let (moved, second) = self.moved(unit, draw.stream(unit.unit));
                let total = (unit.sum + moved).clamp(0, unit.top);
                let bin = usize::try_from(self.bin(unit, total) - of_unit.lowest).expect("within reach");
                of_unit.indices[bin] += 1;
                if let Some(class) = unit.classes.iter().position(|least| total >= *least) {
                    of_unit.classes[class] += 1;
                }
                let at = i * many + position;
                match &mut desk.packed {
                    Some(packed) => packed.words[at] = packed.word(self.value(unit, total), position),
                    None => desk.drawn[at] = self.compared(unit, total, second),
                }
            }
        }
        for i in 0..batch.len() {
            let part = i * many..(i + 1) * many;
            let places = &mut desk.places[part.clone()];
            match &mut desk.packed {
                Some(packed) => self.rank_packed(&mut packed.words[part], packed.bits, places),
                None => self.rank(&desk.drawn[part], &mut desk.order, places),
            }
        }
        for (position, unit) in self.units.iter().enumerate() {
            let of_unit = &mut counts[unit.unit];
            for i in 0..batch.len() {
                of_unit.places[desk.places[i * many + position] as usize] += 1;
            }
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
        }
    }

    /// How far a unit's points, and those that break ties, move in a draw.
    #[inline]
    fn moved(&self, unit: &UnitModel, mut stream: Stream) -> (i64, i64) {
        let (mut moved, mut second) = (0, 0);
        let mut take = |leaf: &DrawnLeaf, half: u64| {
            // The upper part of a product picks one of the chances; a chance is off by at most 2⁻³⁰.
            let chance = (half * CHANCES as u64) >> 32;
            // Chances are 0 to 3 anyway; saying so saves a check.
            let difference = leaf.differences[usize::from(leaf.chances[chance as usize] & 3)];
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
        match u64::try_from(total).ok().and_then(|total| total.checked_mul(self.bin_factor)) {
            Some(scaled) => unit.bins.divide(scaled).cast_signed(),
            None => percent(total, unit.scale, self.bins),
        }
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

    fn rank(&self, drawn: &[Compared], order: &mut Vec<usize>, places: &mut [u32]) {
        order.clear();
        order.extend(0..drawn.len());
        order.sort_unstable_by(|a, b| drawn[*b].compare(&drawn[*a]));
        let mut place = Places { dense: self.dense, last: None };
        for (i, unit) in order.iter().enumerate() {
            let same = i > 0 && drawn[order[i - 1]].compare(&drawn[*unit]) == Ordering::Equal;
            places[*unit] = place.next(i, same);
        }
    }

    fn rank_packed(&self, words: &mut [u64], bits: u32, places: &mut [u32]) {
        words.sort_unstable();
        let mut place = Places { dense: self.dense, last: None };
        for (i, word) in words.iter().enumerate() {
            let same = i > 0 && words[i - 1] >> bits == word >> bits;
            places[(word & ((1 << bits) - 1)) as usize] = place.next(i, same);
        }
    }
}

/// Gives places, counted from 0, to units in order.
struct Places {
    dense: bool,
    last: Option<u32>,
}

impl Places {
    /// The place of the unit at position `i`, which may be the same as the one before.
    #[inline]
    fn next(&mut self, i: usize, same: bool) -> u32 {
        let place = match self.last {
            Some(last) if same => last,
            Some(last) if self.dense => last + 1,
            _ => u32::try_from(i).expect("fewer units than 2^32"),
        };
        self.last = Some(place);
        place
    }
}

/// A total as percent of its scale, in units of the last of `places` decimals.
fn percent(total: i64, scale: i64, (places, mode): (u8, Rounding)) -> i64 {
    let scaled = i128::from(total) * i128::from(100 * 10i64.pow(u32::from(places)));
    i64::try_from(divide(scaled, i128::from(scale), mode)).expect("indices lie between 0 and 100")
}
