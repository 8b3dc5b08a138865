//! Names of units written with a slip of a letter or two.
//!
//! Must not know: which names there are.

use super::tokens::{Token, TokenKind};

/// How many tokens spell these words with at least one slip and few enough to be sure: one in four
/// letters or more, two in ten or more. `None` where they are spelt right or are other words.
pub(super) fn near(words: &[String], tokens: &[Token]) -> Option<usize> {
    let letters: usize = words.iter().map(String::len).sum();
    let most = match letters {
        0..4 => return None,
        4..10 => 1,
        _ => 2,
    };
    let (mut slips, mut at) = (0, 0);
    for word in words {
        while at > 0 && matches!(tokens.get(at)?.kind, TokenKind::Sign(',' | '-' | '\u{2013}')) {
            at += 1;
        }
        let token = tokens.get(at)?;
        token.word()?;
        slips += distance(word, &token.folded, most)?;
        if slips > most {
            return None;
        }
        at += 1;
    }
    (slips > 0).then_some(at)
}

/// Letters to add, drop, replace or exchange with their neighbour; `None` where there are more than
/// `most`, or where a whole short word is another.
fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most || one.len() < 2 || other.len() > 20 {
        return None;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for (at, letter) in one.iter().enumerate() {
        let mut row = vec![at + 1];
        for (place, with) in other.iter().enumerate() {
            let replaced = rows[at][place] + usize::from(letter != with);
            let mut least = replaced.min(rows[at][place + 1] + 1).min(row[place] + 1);
            if at > 0 && place > 0 && *letter == other[place - 1] && one[at - 1] == *with {
                least = least.min(rows[at - 1][place - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    // "mường tè" is not "mường la": of two letters one stays.
    Some(rows[one.len()][other.len()]).filter(|slips| *slips <= most && slips * 2 <= one.len())
}

#[cfg(test)]
mod tests {
    use super::near;
    use crate::lint::tokens::{folded, tokens};

    fn slip(name: &str, written: &str) -> bool {
        near(&folded(name), &tokens(written)).is_some()
    }

    #[test]
    fn a_slip_of_the_pen_is_told_from_another_name() {
        for (name, written) in [
            ("Tư pháp", "Tư phápp"),
            ("Nội vụ", "Nội uv"),
            ("Phong Thổ", "Phong Tho5"),
            ("Tân Uyên", "Tân Uên"),
        ] {
            assert_eq!(slip(name, written), !written.contains('5'), "{written}");
        }
        for (name, written) in [
            ("Tư pháp", "Tư pháp"),
            ("Y tế", "Y tá"),
            ("Mường Tè", "Mường La"),
            ("Dân tộc", "Dân vận"),
            ("Văn phòng UBND tỉnh", "Văn phòng UBND huyện"),
        ] {
            assert!(!slip(name, written), "{written}");
        }
    }
}
