//! Short words for table headings and cells, beside the phrases of the parent module.
//!
//! A list pairs the word of criteria set files with what people read; workbooks are written and read
//! with them.

use crate::language::Language;
use crate::text;
use crate::year::Stage;

/// A stage as the heading of a column.
pub fn stage(stage: Stage, language: Language) -> &'static str {
    match stage {
        Stage::Own => language.of("Tự chấm", "Self-score"),
        Stage::Round(1) => language.of("Thẩm định lần 1", "Round 1"),
        Stage::Round(2) => language.of("Thẩm định lần 2", "Round 2"),
        Stage::Round(_) => language.of("Thẩm định lần 3", "Round 3"),
        Stage::Council => language.of("Hội đồng", "Council"),
    }
}

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
pub const KINDS: [(&str, &str); 14] = [
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
    ("given", "Điểm công bố"),
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

/// What happens to a total that bonus points lift above the scale.
pub const CAPS: [(&str, &str); 2] = [("scale", "Chặn ở thang điểm"), ("none", "Tính đủ")];

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Source;
    use crate::points::rounding::Rounding;

    #[test]
    fn lists_name_what_there_is() {
        let words = |list: &'static Words| list.iter().map(|(word, _)| *word).collect::<Vec<_>>();
        assert_eq!(words(&SOURCES), Source::ALL.map(Source::name));
        let mut modes = words(&ROUNDINGS);
        modes.sort_unstable();
        let mut known = Rounding::ALL.map(Rounding::name);
        known.sort_unstable();
        assert_eq!(modes, known);
    }

    #[test]
    fn a_word_is_found_whatever_its_case_and_diacritics() {
        for list in [&SOURCES[..], &KINDS, &ROUNDINGS, &COMPARE, &TIES, &BREAKERS, &EXEMPTIONS] {
            for (known, vi) in list {
                let found =
                    list.iter().find(|(_, other)| text::slug(other) == text::slug(&vi.to_uppercase()));
                assert_eq!(found.map(|(word, _)| word), Some(known));
            }
        }
        assert_eq!(word(&SOURCES, " TU CHAM"), Some("self"));
        assert_eq!(vi(&SOURCES, "self"), "Tự chấm");
    }
}
