//! Recognises what rows other than units say: groups, sums, means, extremes, scales in titles; and
//! what cells say that hold no number.
//!
//! Must not know: columns.

use super::headings::{contains_words, fold, marked};
use super::numbers;
use super::table::Statistic;
use crate::points::decimal::Decimal;

/// What a text labels a row of, if it is a mean or the like over units.
pub(super) fn statistic(text: &str) -> Option<Statistic> {
    let folded = fold(text);
    let own = marked(text);
    // "Chỉ số CCHC trung bình", "Điểm TB", "Giá trị cao nhất": what it is of stands before it.
    let of = ["chi so cchc", "chi so", "diem so", "tong diem", "diem", "gia tri", "muc", "ket qua"];
    let bare = of.iter().find_map(|of| folded.strip_prefix(of)).map_or(folded.as_str(), str::trim);
    let begins = |words: &[&str]| {
        words
            .iter()
            .any(|word| bare.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    };
    // Trung Binh typed with other marks is a name.
    let mean = own == folded
        || contains_words(&own, "trung bình")
        || contains_words(&own, "bình quân")
        || contains_words(&own, "tb");
    if begins(&["trung binh", "binh quan", "tb", "mean", "average", "avg"]) && mean {
        return Some(Statistic::Mean);
    }
    let whole = |words: &[&str]| words.contains(&bare);
    let scope = |words: &[&str]| {
        begins(words)
            && ["toan tinh", "khoi", "nhom", "cua", "chung"].iter().any(|scope| contains_words(bare, scope))
    };
    let highest = ["cao nhat", "lon nhat", "max", "maximum", "highest"];
    let lowest = ["thap nhat", "nho nhat", "min", "minimum", "lowest"];
    if whole(&highest) || scope(&highest) {
        Some(Statistic::Highest)
    } else if whole(&lowest) || scope(&lowest) {
        Some(Statistic::Lowest)
    } else if begins(&["trung vi", "median"]) {
        Some(Statistic::Median)
    } else if begins(&["do lech chuan", "standard deviation"]) {
        Some(Statistic::Other)
    } else {
        None
    }
}

/// Whether a text labels the row of the most that a unit can reach.
pub(super) fn is_maxima(text: &str) -> bool {
    let folded = fold(text);
    let labels = [
        "diem toi da",
        "toi da",
        "thang diem",
        "diem chuan",
        "tong diem toi da",
        "so diem toi da",
        "maximum points",
    ];
    labels.iter().any(|label| folded == *label || folded.starts_with(&format!("{label} ")))
}

/// Whether a text numbers a group of units: a roman numeral or a capital letter.
pub(super) fn is_group_mark(text: &str) -> bool {
    let roman = text.chars().all(|c| "IVX".contains(c));
    let letter = text.len() == 1 && text.chars().all(|c| c.is_ascii_uppercase());
    !text.is_empty() && (roman || letter)
}

/// Whether a folded text labels a row of sums.
pub(super) fn is_sum(folded: &str) -> bool {
    ["cong", "tong cong", "tong so", "tong", "tong diem", "sum", "total"].contains(&folded)
}

/// Whether a cell says in words that there is no value, as of a unit that is not ranked.
pub(super) fn says_none(text: &str) -> bool {
    let words = [
        "n a",
        "na",
        "khong xep hang",
        "khong xep loai",
        "khong danh gia",
        "khong cham",
        "khong cham diem",
        "khong tinh",
        "khong ap dung",
        "chua xep hang",
        "chua danh gia",
        "chua cham",
        "chua co",
        "khong co",
        "khong co so lieu",
        "kxh",
        "kdg",
        "mien",
        "not ranked",
        "not evaluated",
        "none",
        "khong",
    ];
    text.len() < 80 && words.contains(&fold(text).as_str())
}

/// Whether a cell says in words that a unit is not ranked, whatever figures it has.
pub(super) fn says_unranked(text: &str) -> bool {
    text.len() < 80 && ["khong xep hang", "kxh", "not ranked"].contains(&fold(text).as_str())
}

/// The number right after "thang điểm" ("scale"); "thấp hơn 98" states none.
pub(super) fn stated_scale(text: &str) -> Option<Decimal> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let after = (0..words.len()).find_map(|at| {
        let pair = at > 0 && folded[at - 1] == "thang" && folded[at] == "diem";
        (pair || folded[at] == "scale").then_some(at + 1)
    })?;
    let digits = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let word = words.get(after).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let end = word.find(|c| !digits(c)).unwrap_or(word.len());
    numbers::number(word[..end].trim_end_matches(['.', ',']), None).ok()
}

/// A roman numeral up to the thirties.
pub(super) fn roman(text: &str) -> Option<u32> {
    let tens = text.chars().take_while(|c| *c == 'X').count();
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let one = ones.iter().position(|one| *one == &text[tens..])?;
    u32::try_from(tens * 10 + one).ok().filter(|place| (1..40).contains(place))
}

/// A place as tables print it: 1, 1/6, Hạng 1, thứ nhất, 2=, T2; 2-3 of two units that share both.
pub(super) fn place(text: &str) -> Option<u32> {
    let text = numbers::without_mark(text);
    let folded = fold(&text);
    let bare = [
        "dong hang",
        "xep thu",
        "hang thu",
        "hang",
        "thu",
        "xep",
        "vi tri thu",
        "vi tri",
        "giai",
        "no",
        "dong",
    ]
    .iter()
    .find_map(|lead| folded.strip_prefix(lead).filter(|rest| rest.starts_with(' ')))
    .map_or(folded.as_str(), str::trim);
    if let Some((place, of)) = text.split_once('/') {
        let (place, of): (u32, u32) = (place.trim().parse().ok()?, of.trim().parse().ok()?);
        return (place <= of).then_some(place);
    }
    if let Some((first, last)) = text.split_once(['-', '–']).filter(|(first, _)| !first.trim().is_empty()) {
        let (first, last): (u32, u32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        return (first < last).then_some(first);
    }
    let words = [
        "nhat",
        "nhi",
        "ba",
        "tu",
        "nam",
        "sau",
        "bay",
        "tam",
        "chin",
        "muoi",
        "muoi mot",
        "muoi hai",
        "muoi ba",
        "muoi bon",
        "muoi lam",
        "muoi sau",
        "muoi bay",
        "muoi tam",
        "muoi chin",
        "hai muoi",
    ];
    let others = [("hai", 2), ("bon", 4), ("mot", 1), ("first", 1), ("second", 2), ("third", 3)];
    let in_words = || {
        let at = words.iter().position(|word| *word == bare);
        let other = || others.iter().find(|(word, _)| *word == bare).map(|(_, place)| *place);
        at.and_then(|at| u32::try_from(at + 1).ok()).or_else(other)
    };
    let digits = bare.trim_start_matches('t').trim();
    digits.parse().ok().or_else(in_words)
}
