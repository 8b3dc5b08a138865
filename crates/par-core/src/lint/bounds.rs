//! "Hơn 1.100", "gần 80%", "khoảng 82%", "ít nhất 5": numbers that are bounds, not values.
//!
//! Must not know: what is counted.

use crate::points::decimal::Decimal;

/// What a number before which such a word stands says of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// It is more, or as much.
    AtLeast,
    /// It is less, or as much.
    AtMost,
    /// It is a little less.
    Nearly,
    /// It rounds to the number.
    About,
}

/// The bound that the words right before a number make it, the nearest last.
pub(super) fn of(words: &[&str]) -> Option<Bound> {
    let pair = |first: &[&str], second: &str| match words {
        [.., one, two] => first.contains(one) && *two == second,
        _ => false,
    };
    let last = words.last().copied().unwrap_or_default();
    // "Cao hơn 3,32 điểm" tells a difference, not a bound.
    let compares =
        pair(&["cao", "thấp", "lớn", "nhỏ", "nhiều", "ít", "kém", "nhỉnh", "tốt", "tăng", "giảm"], "hơn");
    match last {
        "hơn" if !compares => Some(Bound::AtLeast),
        "trên" | "vượt" => Some(Bound::AtLeast),
        "nhất" if pair(&["ít"], "nhất") => Some(Bound::AtLeast),
        "thiểu" if pair(&["tối"], "thiểu") => Some(Bound::AtLeast),
        "dưới" if pair(&["không"], "dưới") => Some(Bound::AtLeast),
        "dưới" => Some(Bound::AtMost),
        "quá" if pair(&["không"], "quá") => Some(Bound::AtMost),
        "đa" if pair(&["tối"], "đa") => Some(Bound::AtMost),
        "gần" => Some(Bound::Nearly),
        "đến" | "tới" | "đầy" if pair(&["chưa", "gần"], last) => Some(Bound::Nearly),
        "khoảng" | "chừng" | "độ" => Some(Bound::About),
        "xỉ" if pair(&["xấp"], "xỉ") => Some(Bound::About),
        _ => None,
    }
}

impl Bound {
    /// Whether a value lies as the number says. "About" and "nearly" are as coarse as the number's
    /// last digit that is not zero: about 1.100 is 1.050 to 1.150, about 82 is 81,5 to 82,5.
    pub(super) fn holds(self, said: Decimal, value: Decimal) -> bool {
        let mut step = Decimal::new(1, said.trimmed().places());
        let mut units = said.trimmed().units();
        while said.trimmed().places() == 0 && units != 0 && units % 10 == 0 {
            units /= 10;
            step = Decimal::new(step.units() * 10, 0);
        }
        let (said, value, step) = (said.exact(), value.exact(), step.exact());
        match self {
            Bound::AtLeast => value >= said,
            Bound::AtMost => value <= said,
            Bound::Nearly => value <= said && value >= &said - &step,
            Bound::About => {
                let off = (&value - &said).abs();
                &off + &off <= step
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(words: &str, said: i128, value: (i128, u8)) -> Option<bool> {
        let words: Vec<&str> = words.split(' ').collect();
        of(&words).map(|bound| bound.holds(Decimal::new(said, 0), Decimal::new(value.0, value.1)))
    }

    #[test]
    fn approximate_words_are_bounds() {
        assert_eq!(holds("thu về hơn", 1100, (1138, 0)), Some(true));
        assert_eq!(holds("thu về hơn", 1200, (1138, 0)), Some(false));
        assert_eq!(holds("đạt khoảng", 82, (8208, 2)), Some(true));
        assert_eq!(holds("đạt khoảng", 81, (8208, 2)), Some(false));
        assert_eq!(holds("đạt gần", 1200, (1138, 0)), Some(true));
        assert_eq!(holds("đạt gần", 1138, (1238, 0)), Some(false));
        assert_eq!(holds("có ít nhất", 5, (7, 0)), Some(true));
        assert_eq!(holds("không dưới", 80, (7999, 2)), Some(false));
        assert_eq!(holds("cao hơn", 3, (5, 0)), None);
        assert_eq!(holds("đạt", 3, (5, 0)), None);
    }
}
