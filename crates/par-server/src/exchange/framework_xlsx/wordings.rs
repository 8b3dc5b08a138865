//! Steps as decisions word them: "Từ 90% đến dưới 95%", "Dưới 80%", "3 hình thức trở lên".
//!
//! Only what says the same as "từ MỨC" is understood; "trên 95%" or "dưới 25% nhưng có làm" does not,
//! and is left to the person. Must not know: cells, points.

use par_core::points::decimal::Decimal;
use par_core::points::read::{self, Notation};
use par_core::text;

/// The bounds of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Its lower bound, which belongs to it.
    pub from: Decimal,
    /// Its upper bound where one is written; the step above begins there.
    pub below: Option<Decimal>,
}

enum Word {
    Number(Decimal),
    Text(String),
}

/// The bounds that a wording says; of percents the numbers before the sign.
pub fn bounds(wording: &str, percent: bool) -> Option<Bounds> {
    if percent && wording.contains(|c: char| c.is_ascii_digit()) && !wording.contains('%') {
        return None;
    }
    let spaced = wording.replace(['≥', '⩾'], " từ ").replace(">=", " từ ").replace('<', " dưới ");
    let mut words: Vec<Word> = Vec::new();
    for word in spaced.split_whitespace() {
        let bare = word.trim_matches(['(', ')', ',', ';', '.']);
        if bare.starts_with(|c: char| c.is_ascii_digit()) {
            let number = if percent { bare.trim_end_matches('%') } else { bare };
            words.push(Word::Number(read::decimal(number, Notation::Typed).ok()?));
        } else if !bare.is_empty() && bare != "%" {
            words.push(Word::Text(text::fold(bare)));
        }
    }
    let numbers: Vec<Decimal> = words
        .iter()
        .filter_map(|word| if let Word::Number(number) = word { Some(*number) } else { None })
        .collect();
    let says = |sought: &str| words.iter().any(|word| matches!(word, Word::Text(text) if text == sought));
    let zero = Decimal::new(0, 0);
    // Conditions besides the bound, and bounds that do not belong to the step.
    if ["nhung", "hoac", "va", "tren", "hon", "vuot", "qua", "moi", "cu", "neu"].iter().any(|word| says(word))
    {
        return None;
    }
    let known = [
        "tu", "den", "toi", "duoi", "tro", "len", "dat", "ty", "ti", "le", "-", "–", "khong", "con", "lai",
        "co", "thuc", "hien",
    ];
    let unknown =
        words.iter().any(|word| matches!(word, Word::Text(text) if !known.contains(&text.as_str())));
    // Of counts the noun may stand behind the number: "3 hình thức".
    if unknown && percent {
        return None;
    }
    match numbers.as_slice() {
        [] if says("khong") || says("lai") => Some(Bounds { from: zero, below: None }),
        [number] if says("duoi") => Some(Bounds { from: zero, below: Some(*number) }),
        [number] if !says("khong") && !says("den") => Some(Bounds { from: *number, below: None }),
        [from, below] if (says("den") || says("-") || says("–")) && from < below => {
            Some(Bounds { from: *from, below: Some(*below) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_decisions_say_where_a_step_begins() {
        let whole = |number: i128| Decimal::new(number, 0);
        for (wording, percent, from, below) in [
            ("Từ 95% trở lên", true, 95, None),
            ("Từ 90% đến dưới 95%", true, 90, Some(95)),
            ("Từ 80 đến dưới 90%", true, 80, Some(90)),
            ("Dưới 80%", true, 0, Some(80)),
            ("< 80%", true, 0, Some(80)),
            ("Đạt 100%", true, 100, None),
            ("Từ 3 hình thức trở lên", false, 3, None),
            ("2 hình thức", false, 2, None),
            ("3 hình thức trở lên", false, 3, None),
            ("Không", false, 0, None),
            ("Không thực hiện", false, 0, None),
            ("95%", true, 95, None),
        ] {
            let expect = Bounds { from: whole(from), below: below.map(whole) };
            assert_eq!(bounds(wording, percent), Some(expect), "{wording}");
        }
        for (wording, percent) in [
            ("Trên 95%", true),
            ("Dưới 25% nhưng có làm", true),
            ("Từ 95% hồ sơ khó", true),
            ("Tốt", true),
            ("", false),
        ] {
            assert_eq!(bounds(wording, percent), None, "{wording}");
        }
    }
}
