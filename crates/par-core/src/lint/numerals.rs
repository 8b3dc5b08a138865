//! Numbers that begin a heading or a list item: `II.`, `3.`, `2.1.`, `(4)`, `b)`.
//!
//! Must not know: the data.

/// How items of a list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `II.`
    Roman,
    /// `3.` or `2.1.`
    Arabic,
    /// `(4)`
    Bracketed,
    /// `b)`
    Letter,
}

/// A number at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// How it is written.
    pub style: Style,
    /// `[2, 1]` of `2.1.`; one entry for all other styles.
    pub parts: Vec<u32>,
    /// Bytes it takes with its sign and the space behind it.
    pub length: usize,
}

/// Letters of lists in official documents, where `đ` may be left out.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// The number a text begins with, if any.
pub fn leading(text: &str) -> Option<Numeral> {
    let start = text.len() - text.trim_start().len();
    let body = &text[start..];
    let (style, parts, length) =
        bracketed(body).or_else(|| letter(body)).or_else(|| roman(body)).or_else(|| arabic(body))?;
    let rest = &body[length..];
    let space = rest.len() - rest.trim_start().len();
    // "1.160 phiếu" is a number, "1." alone numbers nothing.
    (space > 0 && !rest.trim().is_empty()).then_some(Numeral { style, parts, length: start + length + space })
}

fn bracketed(text: &str) -> Option<(Style, Vec<u32>, usize)> {
    let inner = text.strip_prefix('(')?;
    let end = inner.find(')').filter(|end| (1..=2).contains(end))?;
    Some((Style::Bracketed, vec![inner[..end].parse().ok()?], end + 2))
}

fn letter(text: &str) -> Option<(Style, Vec<u32>, usize)> {
    let first = text.chars().next()?;
    let at = LETTERS.chars().position(|letter| letter == first)?;
    text[first.len_utf8()..]
        .starts_with(')')
        .then(|| (Style::Letter, vec![u32::try_from(at).expect("few letters") + 1], first.len_utf8() + 1))
}

fn roman(text: &str) -> Option<(Style, Vec<u32>, usize)> {
    let end = text.find(|c| !"IVXL".contains(c)).filter(|end| (1..=6).contains(end))?;
    let sign = text[end..].starts_with(['.', ')', '-', '/', ':']);
    sign.then(|| value_of_roman(&text[..end])).flatten().map(|value| (Style::Roman, vec![value], end + 1))
}

fn value_of_roman(text: &str) -> Option<u32> {
    let digit = |c| match c {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        _ => 50,
    };
    let digits: Vec<u32> = text.chars().map(digit).collect();
    let mut value = 0;
    for (at, digit) in digits.iter().enumerate() {
        if digits.get(at + 1).is_some_and(|next| next > digit) {
            value += digits[at + 1] - digit;
        } else if at == 0 || digits[at - 1] >= *digit {
            value += digit;
        }
    }
    (in_roman(value) == text).then_some(value)
}

fn arabic(text: &str) -> Option<(Style, Vec<u32>, usize)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number = &text[..end];
    let dotted = number.ends_with('.');
    let closed = text[end..].starts_with(')');
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let small = parts.iter().all(|part| (1..=2).contains(&part.len()) && !part.starts_with('0'));
    // "2.1 Kế hoạch" numbers without a dot behind it, "28 đơn vị" does not.
    if !small || !(dotted || closed || parts.len() > 1) || number.ends_with("..") {
        return None;
    }
    let parts: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    Some((Style::Arabic, parts?, end + usize::from(closed)))
}

/// A number up to 89 in roman digits.
pub fn in_roman(mut value: u32) -> String {
    let mut text = String::new();
    for (digit, of) in [("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)] {
        while value >= of {
            text.push_str(digit);
            value -= of;
        }
    }
    text
}

impl Numeral {
    /// The number as it is written, with the last part replaced.
    pub fn with_last(&self, last: u32) -> String {
        match self.style {
            Style::Roman => in_roman(last),
            Style::Bracketed => format!("({last})"),
            Style::Letter => {
                let at = usize::try_from(last).unwrap_or(usize::MAX).saturating_sub(1);
                LETTERS.chars().nth(at).map_or_else(|| last.to_string(), |letter| format!("{letter})"))
            }
            Style::Arabic => {
                let mut parts: Vec<String> = self.parts.iter().map(u32::to_string).collect();
                parts.pop();
                parts.push(last.to_string());
                parts.join(".")
            }
        }
    }

    /// The last part.
    pub fn last(&self) -> u32 {
        *self.parts.last().expect("a number has at least one part")
    }

    /// Whether this number may follow `before` in one list.
    pub fn follows(&self, before: u32) -> bool {
        let next = before + 1;
        // d) is followed by đ) or, in texts with foreign letters, by e).
        self.last() == next || (self.style == Style::Letter && before == 4 && self.last() == 6)
    }
}

/// The level of a line that looks like a numbered heading: roman 1, `3.` 2, `2.1.` 3. Readers use it
/// where a file says nothing about headings.
pub fn heading_level(text: &str) -> Option<u8> {
    let text = text.trim();
    let numeral = leading(text)?;
    let sentence = text.ends_with(['.', ';', ',']) || text.chars().count() > 200;
    match (numeral.style, numeral.parts.len()) {
        (Style::Roman, _) if !sentence => Some(1),
        (Style::Arabic, depth) if !sentence => Some(u8::try_from(depth + 1).unwrap_or(9).min(9)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_begin_a_line_are_told_from_quantities() {
        let parts = |text: &str| leading(text).map(|found| (found.style, found.parts));
        assert_eq!(parts("II. KẾT QUẢ"), Some((Style::Roman, vec![2])));
        assert_eq!(parts("XIV. Khác"), Some((Style::Roman, vec![14])));
        assert_eq!(parts("2.1. Kế hoạch"), Some((Style::Arabic, vec![2, 1])));
        assert_eq!(parts("(4) Một số ngành"), Some((Style::Bracketed, vec![4])));
        assert_eq!(parts("đ) Nội dung"), Some((Style::Letter, vec![5])));
        for text in ["1.160 phiếu", "28 đơn vị", "(2020) năm", "IIII. Sai", "62.30", "1.", "Có 5"] {
            assert_eq!(parts(text), None, "{text}");
        }
        assert_eq!(heading_level("I. TÌNH HÌNH"), Some(1));
        assert_eq!(heading_level("3. Kết quả"), Some(2));
        assert_eq!(heading_level("3. Kết quả đạt 80%."), None);
    }
}
