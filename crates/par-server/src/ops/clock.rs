//! Moments as people and data files write them, in Vietnam (UTC+7, no summer time). Knows no clock.

use par_core::language::Language;
use par_core::words::sentence::date as date_of;

/// Milliseconds between UTC and Vietnam.
const AHEAD_MS: i64 = 7 * 3600 * 1000;
const DAY_MS: i64 = 86_400_000;

/// The day of a moment in milliseconds UTC: `03/04/2021` or `3 April 2021`.
pub fn date(ms: i64, language: Language) -> String {
    date_of(&moment(ms)[..10], language)
}

/// A moment in milliseconds UTC as data files write it: `2021-04-13T08:00:00+07:00`.
pub fn moment(ms: i64) -> String {
    let (year, month, day) = civil((ms + AHEAD_MS).div_euclid(DAY_MS));
    let seconds = (ms + AHEAD_MS).rem_euclid(DAY_MS) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}+07:00")
}

/// A moment in milliseconds UTC as office files write it: `2021-04-13T01:00:00Z`.
pub fn utc(ms: i64) -> String {
    let here = moment(ms - AHEAD_MS);
    here.trim_end_matches("+07:00").to_owned() + "Z"
}

/// Whether a text is a moment as [`moment`] writes it, of a day that there is.
pub fn is_moment(text: &str) -> bool {
    let shape = "0000-00-00T00:00:00+07:00";
    let same =
        |(found, wanted): (char, char)| if wanted == '0' { found.is_ascii_digit() } else { found == wanted };
    if text.len() != shape.len() || !text.is_ascii() || !text.ends_with("+07:00") {
        return false;
    }
    if !text[..19].chars().zip(shape.chars()).all(same) {
        return false;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(u32::MAX);
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day) && number(11, 13) < 24 && number(14, 16) < 60 && number(17, 19) < 60
}

/// The milliseconds UTC of a moment; `None` when the text is none.
pub fn ms(moment: &str) -> Option<i64> {
    if !is_moment(moment) {
        return None;
    }
    let number = |from: usize, to: usize| moment[from..to].parse::<i64>().expect("digits by is_moment");
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    // Years begin in March here, so that the day that leap years add is the last.
    let (march, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (march.div_euclid(400), march.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let seconds = number(11, 13) * 3600 + number(14, 16) * 60 + number(17, 19);
    Some(days * DAY_MS + seconds * 1000 - AHEAD_MS)
}

/// A moment of a data file for people: `13/04/2021 08:00` or `13 April 2021, 08:00`; what is no moment
/// stays as it is.
pub fn told(moment: &str, language: Language) -> String {
    if !is_moment(moment) {
        return moment.to_owned();
    }
    format!("{}{}{}", date_of(&moment[..10], language), language.of(" ", ", "), &moment[11..16])
}

/// Days since 1/1/1970 → year, month, day (civil calendar in 400-year eras of March years).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        let rows =
            [(0, "01/01/1970"), (11_016, "29/02/2000"), (18_730, "13/04/2021"), (20_779, "22/11/2026")];
        for (days, expect) in rows {
            assert_eq!(date(days * DAY_MS - AHEAD_MS, Language::Vi), expect);
        }
    }

    #[test]
    fn moments_are_written_in_vietnamese_time_and_read_strictly() {
        assert_eq!(moment(1_618_275_600_000), "2021-04-13T08:00:00+07:00");
        for at in [0, 951_782_400_000, 1_618_275_600_000, 1_795_000_000_000] {
            assert_eq!(ms(&moment(at)), Some(at), "{}", moment(at));
        }
        let said = Language::ALL.map(|language| told("2021-04-03T08:00:00+07:00", language));
        assert_eq!(said, ["03/04/2021 08:00", "3 April 2021, 08:00"]);
        for wrong in
            ["2021-04-13", "2021-02-30T08:00:00+07:00", "2021-04-13T25:00:00+07:00", "2021-04-13T08:00:00Z"]
        {
            assert!(!is_moment(wrong), "{wrong}");
        }
    }
}
