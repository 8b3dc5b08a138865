//! Whether a unit is ranked in a year, and which days of the year are its own. Must not know: results.

use crate::language::Language;
use crate::moment::Day;

/// What becomes of a unit in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Status {
    /// Scored and ranked (xếp hạng).
    #[default]
    Ranked,
    /// Scored, not ranked (chấm, không xếp hạng): points and index, no place, no class, no share in anything
    /// taken over several units.
    Scored,
    /// Not evaluated this year (không đánh giá năm nay): in no figure at all.
    NotEvaluated,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 3] = [Status::Ranked, Status::Scored, Status::NotEvaluated];

    /// The word used in files.
    pub fn name(self) -> &'static str {
        match self {
            Status::Ranked => "ranked",
            Status::Scored => "scored",
            Status::NotEvaluated => "not_evaluated",
        }
    }

    /// The status with that word.
    pub fn named(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// The days on which a unit was there (từ ngày – đến ngày); an end that is open lies outside the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Period {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
}

impl Period {
    /// Whether every day of a year lies in it.
    pub fn is_whole(self, year: u16) -> bool {
        let (first, last) = days_of(year);
        self.from.is_none_or(|from| from <= first) && self.to.is_none_or(|to| to >= last)
    }

    /// For people: `từ ngày 01/07/2025 đến ngày 31/12/2025`; empty when both ends are open.
    pub fn said(self, language: Language) -> String {
        let day = |word: &str, day: Option<Day>| day.map(|day| format!("{word} {}", day.said(language)));
        let from = day(language.of("từ ngày", "from"), self.from);
        let to = day(language.of("đến ngày", "to"), self.to);
        from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
    }
}

/// The first and the last day of a year.
pub fn days_of(year: u16) -> (Day, Day) {
    let day = |month, day| Day::new(year.max(1).into(), month, day).expect("every year has these days");
    (day(1, 1), day(12, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_whole_when_no_day_of_the_year_is_missing() {
        let period = |from: &str, to: &str| Period { from: Day::read(from), to: Day::read(to) };
        let rows = [
            ("", "", true, ""),
            ("2025-01-01", "2025-12-31", true, "từ ngày 01/01/2025 đến ngày 31/12/2025"),
            ("1997-05-01", "", true, "từ ngày 01/05/1997"),
            ("2025-01-02", "", false, "từ ngày 02/01/2025"),
            ("", "2025-12-30", false, "đến ngày 30/12/2025"),
        ];
        for (from, to, whole, said) in rows {
            let period = period(from, to);
            assert_eq!((period.is_whole(2025), period.said(Language::Vi).as_str()), (whole, said));
        }
        assert_eq!(period("2025-07-01", "").said(Language::En), "from 1 July 2025");
    }
}
