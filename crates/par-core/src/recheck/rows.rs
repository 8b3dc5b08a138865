//! Checks within a row: sum of parts against total, total over scale against index.
//!
//! Must not know: other rows, places, classes.

use super::table::{Layout, PartsOf, Row, Sum, at_places};
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::{Rounding, divide};

/// How a printed figure compares with what it should follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Verdict {
    /// What it should follow from is not in the table.
    #[default]
    Unchecked,
    /// It follows exactly.
    Right,
    /// It follows from unrounded figures that print as the table has them.
    Explained,
    /// It does not follow.
    Wrong,
}

/// A verdict with what was computed.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// How the printed figure compares.
    pub verdict: Verdict,
    /// What it should be, from the printed figures.
    pub computed: Decimal,
}

/// Compares the printed total, or the index where that is what the parts add up to, with the sum of
/// the printed parts; `None` where there is nothing to compare.
pub fn sum(row: &Row, layout: &Layout) -> Option<Check> {
    let (whole, places) = match layout.parts_of {
        PartsOf::Total => (row.total?, layout.total_places),
        PartsOf::Index => (row.index?, layout.index_places),
        PartsOf::Neither | PartsOf::Nothing => return None,
    };
    let sum = parts(row, layout)?;
    let verdict = if sum.value == whole {
        Verdict::Right
    } else if sum.explains(whole, places) {
        Verdict::Explained
    } else {
        Verdict::Wrong
    };
    Some(Check { verdict, computed: sum.value })
}

/// The row's parts together; `None` with fewer than two part columns.
pub fn parts(row: &Row, layout: &Layout) -> Option<Sum> {
    if layout.parts.len() < 2 {
        return None;
    }
    Sum::of(row.parts.iter().copied().zip(layout.part_places.iter().copied()))
}

/// Total points with what rounding may hide, over a scale: the unrounded index lies between
/// `(total ± slack) / scale × 100`.
#[derive(Clone, Copy, Debug)]
pub struct Quotient {
    total: Decimal,
    slack: Decimal,
    scale: Decimal,
}

impl Quotient {
    /// The quotient of a printed total; `None` unless both are there and the scale is positive.
    pub fn of_total(row: &Row, scale: Option<Decimal>, layout: &Layout) -> Option<Quotient> {
        Quotient::new(row.total?, Decimal::new(5, layout.total_places + 1), scale?)
    }

    /// The quotient of the sum of the parts, for a row whose total is doubtful.
    pub fn of_parts(row: &Row, scale: Option<Decimal>, layout: &Layout) -> Option<Quotient> {
        let sum = parts(row, layout)?;
        Quotient::new(sum.value, sum.slack, scale?)
    }

    fn new(total: Decimal, slack: Decimal, scale: Decimal) -> Option<Quotient> {
        (scale.units() > 0).then_some(Quotient { total, slack, scale })
    }

    /// The exact index in percent, as if the printed total were exact.
    pub fn percent(&self) -> Exact {
        let places = self.slack.places().max(self.total.places());
        let numerator =
            at_places(self.total, places).units() * 100 * 10i128.pow(u32::from(self.scale.places()));
        Exact::ratio(numerator, self.scale.units() * 10i128.pow(u32::from(places)))
    }

    /// The total and the scale.
    pub fn terms(&self) -> (Decimal, Decimal) {
        (self.total, self.scale)
    }

    /// The index rounded as printed.
    pub fn index(&self, places: u8, mode: Rounding) -> Decimal {
        self.rounded(0, places, mode)
    }

    /// Whether the whole range of the quotient lies below that of another.
    pub fn surely_below(&self, other: &Quotient) -> bool {
        let (own, own_scale) = self.bound(1);
        let (others, other_scale) = other.bound(-1);
        Exact::ratio(own, own_scale) < Exact::ratio(others, other_scale)
    }

    /// Checks a printed index under a rounding mode; `places` are those of its column, of which a
    /// single index may have more.
    pub fn check(&self, index: Decimal, places: u8, mode: Rounding) -> Check {
        let places = places.max(index.trimmed().places());
        let computed = self.index(places, mode);
        let verdict = if computed == index {
            Verdict::Right
        } else if (self.rounded(-1, places, mode)..=self.rounded(1, places, mode)).contains(&index) {
            Verdict::Explained
        } else {
            Verdict::Wrong
        };
        Check { verdict, computed }
    }

    /// Scales under which the total gives the index: least and greatest.
    pub fn scales(row: &Row, layout: &Layout) -> Option<(Exact, Exact)> {
        let (total, index) = (row.total?, row.index?);
        let half = |places: u8| Decimal::new(5, places + 1).exact();
        let (total_slack, index_slack) = (half(layout.total_places), half(layout.index_places));
        let (total, index) = (total.exact(), index.exact());
        let hundred = Exact::whole(100);
        let least = (&(&total - &total_slack) * &hundred).checked_div(&(&index + &index_slack))?;
        let low_index = &index - &index_slack;
        if low_index.signum() <= 0 {
            return None;
        }
        let most = (&(&total + &total_slack) * &hundred).checked_div(&low_index)?;
        Some((least, most))
    }

    /// Numerator and denominator of the total moved by `side` slacks, over the scale.
    fn bound(&self, side: i128) -> (i128, i128) {
        let places = self.slack.places().max(self.total.places());
        let units = |decimal| at_places(decimal, places).units();
        let total = units(self.total) + side * units(self.slack);
        (
            total * 10i128.pow(u32::from(self.scale.places())),
            self.scale.units() * 10i128.pow(u32::from(places)),
        )
    }

    fn rounded(&self, side: i128, places: u8, mode: Rounding) -> Decimal {
        let (numerator, denominator) = self.bound(side);
        Decimal::new(divide(numerator * 100 * 10i128.pow(u32::from(places)), denominator, mode), places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(total: i128, scale: i128, index: i128) -> (Row, Layout) {
        let row = Row {
            total: Some(Decimal::new(total, 2)),
            scale: Some(Decimal::new(scale, 2)),
            index: Some(Decimal::new(index, 2)),
            ..Row::default()
        };
        (row, Layout { total_places: 2, index_places: 2, ..Layout::default() })
    }

    #[test]
    fn an_index_follows_exactly_or_by_an_unrounded_total_or_not() {
        let cases = [
            (85_67, 98_00, 87_42, Verdict::Right),
            (67_93, 78_50, 86_53, Verdict::Explained),
            (55_23, 76_50, 72_19, Verdict::Explained),
            (66_46, 98_00, 67_81, Verdict::Explained),
            (85_67, 98_00, 87_44, Verdict::Wrong),
        ];
        for (total, scale, index, expect) in cases {
            let (row, layout) = row(total, scale, index);
            let quotient = Quotient::of_total(&row, row.scale, &layout).expect("has total and scale");
            let got = quotient.check(Decimal::new(index, 2), 2, Rounding::HalfUp);
            assert_eq!(got.verdict, expect, "{total} / {scale} against {index}");
        }
    }

    #[test]
    fn parts_may_miss_the_total_by_the_halves_they_hide() {
        let layout = Layout {
            parts: vec!["a".to_owned(), "b".to_owned()],
            part_places: vec![2, 2],
            total_places: 2,
            ..Layout::default()
        };
        for (total, expect) in [(85_67, Verdict::Right), (85_68, Verdict::Explained), (85_69, Verdict::Wrong)]
        {
            let row = Row {
                parts: vec![Some(Decimal::new(62_30, 2)), Some(Decimal::new(23_37, 2))],
                total: Some(Decimal::new(total, 2)),
                ..Row::default()
            };
            assert_eq!(sum(&row, &layout).expect("has parts").verdict, expect, "{total}");
        }
    }
}
