//! The two languages of public pages. Vietnamese is the language of the domain; English is for readers
//! from abroad. Names, criteria and what people wrote are data and stay as they were written.

use crate::points::Points;
use crate::points::decimal::Decimal;

/// A language of pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Both, the first being the one of plain addresses.
    pub const ALL: [Language; 2] = [Language::Vi, Language::En];

    /// The words in this language. Both stand side by side where they are used, so that neither can be
    /// forgotten or go stale.
    pub fn of<T>(self, vi: T, en: T) -> T {
        match self {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    /// The code of IETF BCP 47.
    pub fn code(self) -> &'static str {
        self.of("vi", "en")
    }

    /// A number in this language's notation: `1.135,50` or `1,135.50`.
    pub fn number(self, number: Decimal) -> String {
        match self {
            Language::Vi => number.vi(),
            Language::En => number.en(),
        }
    }

    /// A change with an explicit sign: `+3,32` or `+3.32`.
    pub fn signed(self, number: Decimal) -> String {
        let sign = if number.units() > 0 { "+" } else { "" };
        format!("{sign}{}", self.number(number))
    }

    /// Points in their shortest exact form: `1,25` or `1.25`.
    pub fn points(self, points: Points) -> String {
        self.number(points.decimal().trimmed())
    }

    /// A count: `1.160` or `1,160`.
    pub fn count(self, count: usize) -> String {
        self.number(Decimal::new(count as i128, 0))
    }
}
