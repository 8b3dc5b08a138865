//! Vietnamese for the words of criteria set files; Excel workbooks are written and read with it.

use par_core::text;

/// Pairs of the word in files and the words people read.
pub type Words = [(&'static str, &'static str)];

/// Who provides a score.
pub const SOURCES: [(&str, &str); 4] = [
    ("self", "Tự chấm"),
    ("appraisal", "Thẩm định"),
    ("survey", "Điều tra XHH"),
    ("external", "Chỉ số bên ngoài"),
];

/// Kinds of rules.
pub const KINDS: [(&str, &str); 13] = [
    ("yes_no", "Có/không"),
    ("options", "Chọn mức"),
    ("checklist", "Cộng nội dung"),
    ("count_steps", "Bậc theo số lượng"),
    ("ratio_steps", "Bậc theo tỷ lệ"),
    ("ratio", "Tỷ lệ"),
    ("two_tier", "Đúng hạn/quá hạn"),
    ("deduct", "Trừ dần"),
    ("external", "Quy đổi chỉ số"),
    ("survey", "Điều tra"),
    ("bonus", "Điểm thưởng"),
    ("penalty", "Điểm trừ"),
    ("judged", "Chấm theo bước"),
];

/// Rounding modes.
pub const ROUNDINGS: [(&str, &str); 5] = [
    ("half_up", "Nửa làm tròn lên"),
    ("half_even", "Nửa làm tròn về số chẵn"),
    ("half_down", "Nửa làm tròn xuống"),
    ("down", "Cắt bỏ"),
    ("up", "Luôn làm tròn lên"),
];

/// By what units are ranked.
pub const COMPARE: [(&str, &str); 2] = [("exact", "Chỉ số chính xác"), ("printed", "Chỉ số đã làm tròn")];

/// What happens to equal units.
pub const TIES: [(&str, &str); 3] = [
    ("share", "Đồng hạng bỏ hạng sau (1-2-2-4)"),
    ("dense", "Đồng hạng liền hạng sau (1-2-2-3)"),
    ("breaker", "Phân định bằng điểm khác"),
];

/// What decides between equal units, besides a code.
pub const BREAKERS: [(&str, &str); 2] = [("survey", "Điểm điều tra XHH"), ("appraisal", "Điểm thẩm định")];

/// What an exemption does.
pub const EXEMPTIONS: [(&str, &str); 2] =
    [("reduce_scale", "Giảm thang điểm"), ("rescale_to_full", "Quy về thang điểm đầy đủ")];

/// The Vietnamese of a word; the word itself when there is none.
pub fn vi<'a>(words: &'static Words, word: &'a str) -> &'a str {
    words.iter().find(|(known, _)| *known == word).map_or(word, |(_, vi)| vi)
}

/// The word of a Vietnamese text, whatever its case, spaces and diacritics.
pub fn word(words: &'static Words, given: &str) -> Option<&'static str> {
    let key = |text: &str| text::slug(text);
    words.iter().find(|(_, vi)| key(vi) == key(given)).map(|(word, _)| *word)
}
