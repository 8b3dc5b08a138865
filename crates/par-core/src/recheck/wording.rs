//! Recognises what rows other than units say: groups, sums, means, scales in titles.
//!
//! Must not know: columns.

use super::headings::fold;
use super::numbers;
use crate::points::decimal::Decimal;

/// Whether a text labels a row of means.
pub(super) fn is_mean(text: &str) -> bool {
    let folded = fold(text);
    let marks = [
        "chi so trung binh",
        "chi so cchc trung binh",
        "gia tri trung binh",
        "diem trung binh",
        "trung binh",
        "binh quan",
        "chi so binh quan",
        "mean",
        "average",
    ];
    marks.iter().any(|mark| folded == *mark || folded.starts_with(&format!("{mark} ")))
}

/// Whether a text numbers a group of units: a roman numeral or a capital letter.
pub(super) fn is_group_mark(text: &str) -> bool {
    let roman = text.chars().all(|c| "IVX".contains(c));
    let letter = text.len() == 1 && text.chars().all(|c| c.is_ascii_uppercase());
    !text.is_empty() && (roman || letter)
}

/// Whether a folded text labels a row of sums.
pub(super) fn is_sum(folded: &str) -> bool {
    ["cong", "tong cong", "tong so", "sum", "total"].contains(&folded)
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
