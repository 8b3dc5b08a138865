//! Vietnamese text: folding for search and headings, addresses, and the order of names.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics: `Sở Nội vụ` → `so noi vu`, `Đ` → `d`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// A readable part of an address: `Sở Văn hóa, thể thao` → `so-van-hoa-the-thao`.
pub fn slug(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join("-")
}

/// The same with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The same with a small first letter.
pub fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The first letter that no text of a file may hold: control characters (a line break and a tab only
/// where `breaks` allows them) and code points that are no letters. Documents and pictures cannot carry
/// them, and nobody sees them.
pub fn forbidden(text: &str, breaks: bool) -> Option<char> {
    let is_break = |c: char| breaks && matches!(c, '\n' | '\r' | '\t');
    let no_letter =
        |c: char| c.is_control() || u32::from(c) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c);
    text.chars().find(|c| no_letter(*c) && !is_break(*c))
}

/// What a reader sees of a name: composed, without letters that show nothing (zero width, direction,
/// soft hyphens), every space the same and only between words. Names that are the same here are the
/// same on paper.
pub fn visible(text: &str) -> String {
    let seen: String = text.nfc().filter(|c| !is_invisible(*c)).collect();
    seen.split_whitespace().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_invisible(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Composed form, so that texts typed on different keyboards compare equal.
pub fn compose(text: &str) -> String {
    text.nfc().collect()
}

/// A key whose order is that of a Vietnamese dictionary: letters a ă â b c d đ e ê … first, tones
/// (level, huyền, hỏi, ngã, sắc, nặng) only between words that are otherwise equal.
pub fn sort_key(text: &str) -> (Vec<u32>, Vec<u8>) {
    let mut letters = Vec::new();
    let mut tones = Vec::new();
    for c in text.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}' => set_last(&mut tones, 1),
            '\u{309}' => set_last(&mut tones, 2),
            '\u{303}' => set_last(&mut tones, 3),
            '\u{301}' => set_last(&mut tones, 4),
            '\u{323}' => set_last(&mut tones, 5),
            // Breve and circumflex and horn make letters of their own, behind the plain one.
            '\u{306}' => raise_last(&mut letters, 1),
            '\u{302}' => raise_last(&mut letters, 2),
            '\u{31b}' => raise_last(&mut letters, 3),
            'đ' => push(&mut letters, &mut tones, u32::from('d') * 4 + 1),
            c => push(&mut letters, &mut tones, u32::from(c) * 4),
        }
    }
    (letters, tones)
}

fn push(letters: &mut Vec<u32>, tones: &mut Vec<u8>, letter: u32) {
    letters.push(letter);
    tones.push(0);
}

fn set_last(tones: &mut [u8], tone: u8) {
    if let Some(last) = tones.last_mut() {
        *last = tone;
    }
}

fn raise_last(letters: &mut [u32], by: u32) {
    if let Some(last) = letters.last_mut() {
        *last += by;
    }
}

/// A cell of a CSV file that a spreadsheet does not take for a formula: with an apostrophe before it where
/// it begins like one and is no number. [`bare`] takes it off again.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if begins_like_a_formula(cell.trim_start_matches('\'')) { format!("'{cell}").into() } else { cell.into() }
}

/// The cell that [`guarded`] was given.
pub fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn begins_like_a_formula(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['=', '+', '-', '@', '\t', '\r']) else { return false };
    let is_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '/');
    let is_number = text.starts_with(['-', '+']) && rest.chars().all(is_number);
    !rest.is_empty() && !is_number
}

/// Names that differ from a mistyped one in a few letters only, the most alike first.
pub fn alike<'n>(typed: &str, known: impl Iterator<Item = &'n str>) -> Vec<String> {
    let typed: Vec<char> = slug(typed).chars().collect();
    let most = (typed.len() / 4).max(1);
    let mut found: Vec<(usize, &str)> =
        known.map(|name| (distance(&typed, &slug(name)), name)).filter(|(far, _)| *far <= most).collect();
    found.sort_by_key(|(far, _)| *far);
    found.dedup();
    found.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

/// How many letters have to be changed, added or dropped to make one word of another (Levenshtein).
fn distance(one: &[char], other: &str) -> usize {
    let mut row: Vec<usize> = (0..=one.len()).collect();
    for (at, letter) in other.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, mine) in one.iter().enumerate() {
            let changed = diagonal + usize::from(*mine != letter);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[one.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_in_a_vietnamese_dictionary() {
        let mut names =
            ["Đà Nẵng", "Dĩ An", "Ấu", "Ao", "Ăn", "Bà", "Bá", "Ba", "Bã", "Bả", "Bạ", "Ở", "Ô", "O"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            ["Ao", "Ăn", "Ấu", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Dĩ An", "Đà Nẵng", "O", "Ô", "Ở"]
        );
    }

    #[test]
    fn names_become_addresses() {
        assert_eq!(slug("Sở Lao động, TB&XH"), "so-lao-dong-tb-xh");
        assert_eq!(fold("ĐIỂM Thẩm định"), "diem tham dinh");
    }

    #[test]
    fn a_guarded_cell_is_no_formula_and_gives_the_cell_back() {
        let formulas = ["=cmd|' /C calc'!A0", "+A1", "-A1", "@SUM(A1)", "\t=1", "'=1", "''-x", "-AB-"];
        for cell in formulas {
            let guarded = guarded(cell);
            assert!(guarded.starts_with('\'') && guarded.len() == cell.len() + 1, "{cell}");
            assert_eq!(bare(&guarded), cell);
        }
        for cell in ["-0.5", "+3", "-17/4", "-", "", "'", "'a", "''", "A+B", "Sở Nội vụ", "1-2"] {
            assert_eq!((guarded(cell).as_ref(), bare(cell)), (cell, cell));
        }
    }
}
