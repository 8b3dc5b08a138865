//! Random numbers that are the same on every machine, addressed by seed, draw and unit.
//!
//! SplitMix64 by Guy Steele, Doug Lea and Christine Flood ("Fast Splittable Pseudorandom Number
//! Generators", 2014) in the form of Sebastiano Vigna, which is in the public domain
//! (<https://prng.di.unimi.it/splitmix64.c>). It also mixes the address into where a stream begins,
//! so draws can be made in any order and on any number of threads.

/// A draw of a seed.
#[derive(Clone, Copy, Debug)]
pub struct Draw(u64);

impl Draw {
    /// The draw of that number.
    pub fn of(seed: u64, draw: u64) -> Draw {
        // The seed is mixed before the draw's number is added: seed 1, draw 2 is not seed 2, draw 1.
        Draw(Stream(Stream(seed).bits().wrapping_add(draw)).bits())
    }

    /// The stream of one unit in the draw, by the unit's position in the year.
    #[inline]
    pub fn stream(self, unit: usize) -> Stream {
        Stream(Stream(self.0.wrapping_add(unit as u64)).bits())
    }
}

/// A stream of random numbers.
#[derive(Clone, Copy, Debug)]
pub struct Stream(u64);

impl Stream {
    /// The next 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number close to normally distributed, times 2¹⁶: the sum of twelve uniform numbers of 16
    /// bits less its mean. Mean 0, variance 2³² − 1, never beyond ±6 standard deviations.
    #[inline]
    pub fn normal(&mut self) -> i64 {
        /// Two lanes of 32 bits.
        const LANES: u64 = 0x0000_ffff_0000_ffff;
        let mut lanes = 0;
        for _ in 0..3 {
            let bits = self.bits();
            lanes += (bits & LANES) + ((bits >> 16) & LANES);
        }
        let sum = (lanes & 0xffff_ffff) + (lanes >> 32);
        sum.cast_signed() - 12 * 65_535 / 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_numbers_of_its_author() {
        let mut stream = Stream(1_234_567);
        let expect = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([(); 3].map(|()| stream.bits()), expect);
    }

    #[test]
    fn normal_numbers_have_the_mean_and_variance_they_are_said_to_have() {
        let mut stream = Draw::of(1, 0).stream(0);
        let count = 100_000;
        let (mut sum, mut squares) = (0i128, 0i128);
        for _ in 0..count {
            let number = i128::from(stream.normal());
            assert!(number.abs() <= 6 * 65_536);
            sum += number;
            squares += number * number;
        }
        // Five standard errors of the mean and of the variance of so many normal numbers.
        assert!((sum / count).abs() < 5 * 65_536 / 316, "mean {}", sum / count);
        let variance = squares / count;
        assert!((variance - (1 << 32)).abs() < (1i128 << 32) / 44, "variance {variance}");
    }

    #[test]
    fn draws_of_neighbouring_seeds_and_numbers_differ() {
        let first = |seed, draw| Draw::of(seed, draw).stream(0).bits();
        let mut all: Vec<u64> =
            (0..100).flat_map(|seed| (0..100).map(move |draw| first(seed, draw))).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 10_000);
    }
}
