//! A day of the calendar and a moment, as values: read, written, counted with. Knows no clock.
//!
//! Days are Vietnam's (UTC+7, no summer time); data files write `2021-04-13` and
//! `2021-04-13T08:00:00+07:00`, people read `13/04/2021` and `08:00`.

use std::fmt::{Display, Formatter, Result};

use crate::language::Language;

/// Milliseconds between UTC and Vietnam.
const AHEAD_MS: i64 = 7 * 3600 * 1000;
const DAY_MS: i64 = 86_400_000;

/// A day of the Gregorian calendar, as days since 1/1/1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// The day with that date; `None` when the calendar does not have it, or its year has not four digits.
    pub fn new(year: i64, month: u32, day: u32) -> Option<Day> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        if !(1..=days).contains(&day) || !(1..=9999).contains(&year) {
            return None;
        }
        // Years begin in March here, so that the day that leap years add is the last.
        let (month, day) = (i64::from(month), i64::from(day));
        let (march, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let (era, of_era) = (march.div_euclid(400), march.rem_euclid(400));
        let of_year = (153 * month + 2) / 5 + day - 1;
        Some(Day(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468))
    }

    /// The day that many days after 1/1/1970.
    pub fn since_1970(days: i64) -> Day {
        Day(days)
    }

    /// Year, month from 1, day from 1 (civil calendar in 400-year eras of March years).
    pub fn date(self) -> (i64, u32, u32) {
        let shifted = self.0 + 719_468;
        let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let small = |value: i64| u32::try_from(value).expect("months and days are below 32");
        (era * 400 + year + i64::from(month <= 2), small(month), small(day))
    }

    /// The day of a text as data files write it, `2021-04-13`.
    pub fn read(text: &str) -> Option<Day> {
        let mut parts = text.split('-').map(|part| (part.len(), number(part)));
        let (Some((4, year)), Some((2, month)), Some((2, day)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        Day::new(year?.into(), month?, day?)
    }

    /// The day of a text as people write it, `13/04/2021` or `13/4/2021`.
    pub fn read_written(text: &str) -> Option<Day> {
        let mut parts = text.split('/').map(|part| (part.len(), number(part)));
        let (Some((1..=2, day)), Some((1..=2, month)), Some((4, year)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        Day::new(year?.into(), month?, day?)
    }

    /// The day that many days later, or earlier.
    pub fn plus(self, days: i64) -> Day {
        Day(self.0 + days)
    }

    /// Days from this day to another; below 0 when that is earlier.
    pub fn days_to(self, other: Day) -> i64 {
        other.0 - self.0
    }

    /// The day of the week, from 1 (Monday, thứ Hai) to 7 (Sunday, Chủ nhật).
    pub fn weekday(self) -> u32 {
        // 1/1/1970 was a Thursday.
        u32::try_from((self.0 + 3).rem_euclid(7) + 1).expect("below 8")
    }

    /// The moment at which it begins in Vietnam.
    pub fn begin(self) -> Moment {
        Moment(self.0 * DAY_MS - AHEAD_MS)
    }

    /// For people: `05/04/2021` or `5 April 2021`.
    pub fn said(self, language: Language) -> String {
        let (year, month, day) = self.date();
        match language {
            Language::Vi => format!("{day:02}/{month:02}/{year:04}"),
            Language::En => format!("{day} {} {year}", MONTHS[month as usize - 1]),
        }
    }
}

/// As data files write it: `2021-04-13`.
impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A day as data files write it, for people; any other text as it is.
pub fn said_day(text: &str, language: Language) -> String {
    Day::read(text).map_or_else(|| text.to_owned(), |day| day.said(language))
}

/// A moment as data files write it, for people; any other text as it is.
pub fn said(text: &str, language: Language) -> String {
    Moment::read_exact(text).map_or_else(|| text.to_owned(), |moment| moment.said(language))
}

/// Digits and nothing else.
fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A moment, as milliseconds UTC since 1/1/1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// The moment that many milliseconds UTC after 1/1/1970.
    pub fn from_ms(ms: i64) -> Moment {
        Moment(ms)
    }

    /// Milliseconds UTC since 1/1/1970.
    pub fn ms(self) -> i64 {
        self.0
    }

    /// The moment of a text after RFC 3339, whatever its offset; what is smaller than a millisecond is cut.
    pub fn read(text: &str) -> Option<Moment> {
        let (day, rest) = text.split_at_checked(10)?;
        let day = Day::read(day)?;
        let (time, rest) = rest.strip_prefix(['T', 't', ' '])?.split_at_checked(8)?;
        let mut parts = time.split(':').map(|part| number(part).filter(|_| part.len() == 2));
        let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
        if hours > 23 || minutes > 59 || seconds > 59 {
            return None;
        }
        let (fraction, offset) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at_checked(rest.find(|sign: char| !sign.is_ascii_digit())?)?,
            None => ("0", rest),
        };
        let thousandths = number(&format!("{fraction:0<3}")[..3]).filter(|_| !fraction.is_empty())?;
        let ahead = match offset {
            "Z" | "z" => 0,
            _ => {
                let (hours, minutes) = offset.get(1..)?.split_once(':')?;
                let part = |text: &str, below: u32| {
                    number(text).filter(|number| text.len() == 2 && *number < below).map(i64::from)
                };
                let minutes = part(hours, 24)? * 60 + part(minutes, 60)?;
                match offset.as_bytes()[0] {
                    b'+' => minutes,
                    b'-' => -minutes,
                    _ => return None,
                }
            }
        };
        let seconds = i64::from(hours * 3600 + minutes * 60 + seconds) - ahead * 60;
        Some(Moment(day.0 * DAY_MS + seconds * 1000 + i64::from(thousandths)))
    }

    /// The moment of a text exactly as data files write it, `2021-04-13T08:00:00+07:00`.
    pub fn read_exact(text: &str) -> Option<Moment> {
        Moment::read(text).filter(|moment| moment.to_string() == text)
    }

    /// Its day in Vietnam.
    pub fn day(self) -> Day {
        Day((self.0 + AHEAD_MS).div_euclid(DAY_MS))
    }

    /// Its time in Vietnam: `08:00`.
    pub fn time(self) -> String {
        let (hours, minutes, _) = clock_face(self.0 + AHEAD_MS);
        format!("{hours:02}:{minutes:02}")
    }

    /// Its day, hour, minute and second in UTC.
    pub fn utc(self) -> (Day, [u32; 3]) {
        let (hours, minutes, seconds) = clock_face(self.0);
        (Day(self.0.div_euclid(DAY_MS)), [hours, minutes, seconds])
    }

    /// As office files write it, to the second: `2021-04-13T01:00:00Z`.
    pub fn utc_text(self) -> String {
        let (day, [hours, minutes, seconds]) = self.utc();
        format!("{day}T{hours:02}:{minutes:02}:{seconds:02}Z")
    }

    /// For people: `13/04/2021 08:00` or `13 April 2021, 08:00`.
    pub fn said(self, language: Language) -> String {
        format!("{}{}{}", self.day().said(language), language.of(" ", ", "), self.time())
    }
}

/// As data files write it, to the second: `2021-04-13T08:00:00+07:00`.
impl Display for Moment {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (hours, minutes, seconds) = clock_face(self.0 + AHEAD_MS);
        write!(f, "{}T{hours:02}:{minutes:02}:{seconds:02}+07:00", self.day())
    }
}

/// Hours, minutes and seconds of the day.
fn clock_face(ms: i64) -> (u32, u32, u32) {
    let seconds = u32::try_from(ms.rem_euclid(DAY_MS) / 1000).expect("a day has 86,400 seconds");
    (seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates_and_dates_days() {
        let rows =
            [(0, "01/01/1970"), (11_016, "29/02/2000"), (18_730, "13/04/2021"), (20_779, "22/11/2026")];
        for (days, expect) in rows {
            assert_eq!(Day::since_1970(days).said(Language::Vi), expect);
            assert_eq!(Day::read_written(expect), Some(Day::since_1970(days)));
        }
        // Every day of two eras: one more than the day before, and read as it is written.
        let mut day = Day::new(1900, 1, 1).unwrap();
        while day < Day::new(2301, 1, 1).unwrap() {
            let (year, month, of_month) = day.date();
            assert_eq!(Day::new(year, month, of_month), Some(day));
            assert_eq!(Day::read(&day.to_string()), Some(day));
            assert_eq!(day.days_to(day.plus(1)), 1);
            day = day.plus(1);
        }
    }

    #[test]
    fn what_is_no_day_of_the_calendar_is_none() {
        let wrong = ["2021-02-30", "2100-02-29", "2021-13-01", "2021-00-10", "0000-01-01", "2021-4-13", ""];
        for wrong in wrong.into_iter().chain(["2021-04-13-1", "+021-04-13", "2021-04-1x", "20210413"]) {
            assert_eq!(Day::read(wrong), None, "{wrong}");
        }
        for wrong in ["31/04/2021", "+1/04/2021", "1/4/21", "1/4", "1/4/2021/1", "13.04.2021", "001/4/2021"] {
            assert_eq!(Day::read_written(wrong), None, "{wrong}");
        }
        assert_eq!(Day::read_written("5/4/2021"), Day::read("2021-04-05"));
    }

    #[test]
    fn days_of_the_week_count_from_monday() {
        let weekday = |text| Day::read(text).unwrap().weekday();
        assert_eq!([weekday("1970-01-01"), weekday("2026-11-28"), weekday("2026-11-30")], [4, 6, 1]);
        assert_eq!(weekday("1969-12-29"), 1);
    }

    #[test]
    fn days_are_said_in_both_languages_and_other_texts_stay() {
        let said = |text| Language::ALL.map(|language| said_day(text, language));
        assert_eq!(said("2021-04-05"), ["05/04/2021", "5 April 2021"]);
        assert_eq!(said("2021-12-31"), ["31/12/2021", "31 December 2021"]);
        assert_eq!(said("quý I"), ["quý I", "quý I"]);
        assert_eq!(said("2021-02-30"), ["2021-02-30", "2021-02-30"]);
    }

    #[test]
    fn moments_are_written_in_vietnamese_time_and_read_back() {
        let moment = Moment::from_ms(1_618_275_600_000);
        assert_eq!(moment.to_string(), "2021-04-13T08:00:00+07:00");
        assert_eq!(moment.utc_text(), "2021-04-13T01:00:00Z");
        assert_eq!(Language::ALL.map(|one| moment.said(one)), ["13/04/2021 08:00", "13 April 2021, 08:00"]);
        for at in [0, -1_000, 951_782_400_000, 1_618_275_600_000, 1_795_000_000_000] {
            assert_eq!(Moment::read_exact(&Moment::from_ms(at).to_string()).map(Moment::ms), Some(at));
        }
        // A day begins at 17:00 UTC of the day before.
        let day = Day::new(2021, 4, 13).unwrap();
        assert_eq!(day.begin().utc_text(), "2021-04-12T17:00:00Z");
        assert_eq!(Moment::from_ms(day.begin().ms() - 1).day(), day.plus(-1));
    }

    #[test]
    fn moments_of_other_programs_are_read_but_are_not_written_exactly() {
        let same = "2021-04-13T08:00:00+07:00";
        let moment = Moment::read(same).unwrap();
        for other in [
            "2021-04-13T01:00:00Z",
            "2021-04-13 01:00:00z",
            "2021-04-12T20:30:00-04:30",
            "2021-04-13T08:00:00.0+07:00",
        ] {
            assert_eq!(Moment::read(other), Some(moment), "{other}");
            assert_eq!(Moment::read_exact(other), None, "{other}");
        }
        let thousandths = |text| Moment::read(text).map(|one| one.ms() - moment.ms());
        assert_eq!(thousandths("2021-04-13T08:00:00.5+07:00"), Some(500));
        assert_eq!(thousandths("2021-04-13T08:00:00.1239+07:00"), Some(123));
        let wrong =
            ["2021-04-13", "2021-02-30T08:00:00+07:00", "2021-04-13T25:00:00+07:00", "", "é021-04-13"];
        let more = ["2021-04-13T08:00:00", "2021-04-13T08:00:00.+07:00", "2021-04-13T08:00+07:00"];
        let odd = [
            "2021-04-13T08:00:00+0700",
            "2021-04-13T08:00:00é07:00",
            "2021-04-13T8:00:000Z",
            "2021-04-13T08:60:00Z",
        ];
        for wrong in wrong.into_iter().chain(more).chain(odd) {
            assert_eq!(Moment::read(wrong), None, "{wrong}");
        }
    }
}
