//! Random numbers that are the same on every machine, addressed by seed and draw.
//!
//! xoshiro256++ 1.0 by David Blackman and Sebastiano Vigna, its state filled by SplitMix64 as its
//! authors advise; both are in the public domain (<https://prng.di.unimi.it/>).

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Stream([u64; 4]);

impl Stream {
    /// The stream of one draw. Draws can be made in any order and on any number of threads.
    pub fn of(seed: u64, draw: u64) -> Stream {
        // The seed is mixed before the draw's number is added: seed 1, draw 2 is not seed 2, draw 1.
        let mut state = SplitMix(seed).mixed().wrapping_add(draw);
        state = SplitMix(state).mixed();
        let mut fill = SplitMix(state);
        Stream([fill.mixed(), fill.mixed(), fill.mixed(), fill.mixed()])
    }

    /// The next 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
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

/// SplitMix64, which turns any seed into well-mixed bits.
struct SplitMix(u64);

impl SplitMix {
    fn mixed(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generators_give_the_numbers_of_their_authors() {
        let mut stream = Stream([1, 2, 3, 4]);
        let expect =
            [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386, 9_228_616_714_210_784_205];
        assert_eq!([(); 5].map(|()| stream.bits()), expect);
        let mut fill = SplitMix(1_234_567);
        let expect = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([(); 3].map(|()| fill.mixed()), expect);
    }

    #[test]
    fn normal_numbers_have_the_mean_and_variance_they_are_said_to_have() {
        let mut stream = Stream::of(1, 0);
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
        let first = |seed, draw| Stream::of(seed, draw).bits();
        let mut all: Vec<u64> =
            (0..100).flat_map(|seed| (0..100).map(move |draw| first(seed, draw))).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 10_000);
    }
}
