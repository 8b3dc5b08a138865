//! Cuts a text into words, numbers and signs; abbreviations become the words they stand for.
//!
//! Must not know: units, the data, what a number means.

use crate::points::decimal::Decimal;
use crate::text;

/// One word, number or sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// A word as names compare it, empty of anything else: names are looked up at every token.
    pub folded: String,
    /// First byte in the text.
    pub at: usize,
    /// Byte behind it.
    pub end: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word, lower case, with diacritics.
    Word(String),
    /// A number.
    Number(Number),
    /// `a/b` of whole numbers.
    Fraction(usize, usize),
    /// A year after the word `năm`.
    Year(u16),
    /// A date, a document, a code, the number of a section: nothing that is measured.
    Label,
    /// A number after the words `thứ` and `hạng`.
    Ordinal(u32),
    /// Any other sign.
    Sign(char),
}

/// A number that may be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub value: Decimal,
    /// The decimal sign it is written with.
    pub sign: Option<char>,
    /// Whether `%` follows.
    pub percent: bool,
}

/// What offices abbreviate, one written word (without `&`) a row.
const ABBREVIATIONS: [(&str, &str); 33] = [
    ("cchc", "cải cách hành chính"),
    ("tthc", "thủ tục hành chính"),
    ("ubnd", "ủy ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("ktck", "kinh tế cửa khẩu"),
    ("kkt", "khu kinh tế"),
    ("kcn", "khu công nghiệp"),
    ("bql", "ban quản lý"),
    ("ptnt", "phát triển nông thôn"),
    ("nnptnt", "nông nghiệp và phát triển nông thôn"),
    ("nn", "nông nghiệp"),
    ("tbxh", "thương binh và xã hội"),
    ("lđ", "lao động"),
    ("lđtbxh", "lao động thương binh và xã hội"),
    ("gdđt", "giáo dục và đào tạo"),
    ("khđt", "kế hoạch và đầu tư"),
    ("khcn", "khoa học và công nghệ"),
    ("tttt", "thông tin và truyền thông"),
    ("tnmt", "tài nguyên và môi trường"),
    ("gtvt", "giao thông vận tải"),
    ("vhttdl", "văn hóa thể thao và du lịch"),
    ("vhtt", "văn hóa thể thao"),
    ("ttdl", "thể thao và du lịch"),
    ("vp", "văn phòng"),
    ("vbqppl", "văn bản quy phạm pháp luật"),
    ("qppl", "quy phạm pháp luật"),
    ("cbccvc", "cán bộ công chức viên chức"),
    ("ccvc", "công chức viên chức"),
    ("cbcc", "cán bộ công chức"),
    ("xhh", "xã hội học"),
    ("dvc", "dịch vụ công"),
    ("bcci", "bưu chính công ích"),
    ("tp", "thành phố"),
];

/// Words after which a number names something instead of measuring it.
const LABELLED: [&str; 25] = [
    "số", "ngày", "tháng", "quý", "lần", "vòng", "điều", "khoản", "mục", "chương", "phần", "bảng", "biểu",
    "hình", "trang", "phụ", "lục", "iso", "khóa", "nhiệm", "kỳ", "nghị", "quyết", "mẫu", "giai",
];

/// Cuts a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_ascii_digit() {
            at = number(text, at, &mut tokens);
        } else if c.is_alphabetic() {
            at = word(text, at, &mut tokens);
        } else {
            if !c.is_whitespace() {
                tokens.push(Token::of(TokenKind::Sign(c), at, at + c.len_utf8()));
            }
            at += c.len_utf8();
        }
    }
    tokens
}

fn word(text: &str, at: usize, tokens: &mut Vec<Token>) -> usize {
    let letters = |c: char| c.is_alphanumeric() || c == '&' || ('\u{300}'..='\u{36f}').contains(&c);
    let end = text[at..].find(|c| !letters(c)).map_or(text.len(), |length| at + length);
    let end = at + text[at..end].trim_end_matches('&').len();
    let lower = text[at..end].to_lowercase();
    let plain: String = lower.chars().filter(|c| *c != '&').collect();
    let mut push = |word: &str| tokens.push(Token::of(TokenKind::Word(word.to_owned()), at, end));
    match ABBREVIATIONS.iter().find(|(short, _)| *short == plain) {
        Some((_, words)) => words.split(' ').for_each(push),
        None if plain.chars().any(|c| c.is_ascii_digit()) => {
            tokens.push(Token::of(TokenKind::Label, at, end));
        }
        None => push(&plain),
    }
    end
}

/// Takes everything that hangs together with a digit.
fn number(text: &str, at: usize, tokens: &mut Vec<Token>) -> usize {
    let run = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/');
    let end = text[at..].find(|c| !run(c)).map_or(text.len(), |length| at + length);
    let chunk = text[at..end].trim_end_matches(['.', ',', '/']);
    let end = at + chunk.len();
    let rest = &text[end..];
    // "29/2019/QĐ-UBND", "41/SNV-XDCQ", "9001a".
    let glued = rest.starts_with(char::is_alphabetic)
        || rest.strip_prefix(['/', '-']).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    if glued {
        let blank = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '(');
        let end = rest.find(blank).map_or(text.len(), |length| end + length);
        let end = at + text[at..end].trim_end_matches('.').len();
        tokens.push(Token::of(TokenKind::Label, at, end));
        return end;
    }
    let percent_sign = rest.trim_start_matches([' ', '\u{a0}']);
    let percent = percent_sign.starts_with('%');
    let kind = kind_of(chunk, percent, before(text, at, chunk, tokens));
    let behind = if percent { text.len() - percent_sign.len() + 1 } else { end };
    let (kind, mut at) = signed(kind, text, at, tokens);
    if let TokenKind::Year(_) = kind {
        at = tokens.pop().map_or(at, |word| word.at);
    }
    tokens.push(Token::of(kind, at, behind));
    behind
}

/// What stands before a number.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    /// The word `năm`.
    Year,
    /// The word `thứ` or `hạng`.
    Place,
    /// A word that makes the number a name, or a word glued to it.
    Label,
}

fn before(text: &str, at: usize, chunk: &str, tokens: &[Token]) -> Before {
    let Some(last) = tokens.last() else { return Before::Nothing };
    if let TokenKind::Word(word) = &last.kind {
        // "6 trong tổng số 28"
        let ahead = tokens.len().checked_sub(2).and_then(|ahead| tokens[ahead].word());
        if word == "số" && matches!(ahead, Some("trong" | "tổng")) {
            return Before::Nothing;
        }
        let of_place = matches!(word.as_str(), "thứ" | "hạng");
        return match word.as_str() {
            "năm" => Before::Year,
            // "tiêu chí 4.2", "nội dung 3.1"
            "chí" | "dung" if chunk.contains('.') => Before::Label,
            _ if of_place => Before::Place,
            word if LABELLED.contains(&word) => Before::Label,
            _ => Before::Nothing,
        };
    }
    // "covid-19", "KH-2020"
    let dash = last.kind == TokenKind::Sign('-') && last.end == at;
    let glued = dash && text[..last.at].ends_with(char::is_alphabetic);
    if glued { Before::Label } else { Before::Nothing }
}

fn kind_of(chunk: &str, percent: bool, before: Before) -> TokenKind {
    if before == Before::Place && !percent {
        // "thứ 7/8" is the seventh of eight.
        let place = chunk.split('/').next().and_then(|place| place.parse().ok());
        return place.map_or(TokenKind::Label, TokenKind::Ordinal);
    }
    if chunk.contains('/') {
        let parts: Vec<&str> = chunk.split('/').collect();
        return match parts.as_slice() {
            [a, b] if before != Before::Label && b.len() < 4 => match (a.parse(), b.parse()) {
                (Ok(a), Ok(b)) if a <= b => TokenKind::Fraction(a, b),
                _ => TokenKind::Label,
            },
            _ => TokenKind::Label,
        };
    }
    let year = || chunk.parse().ok().filter(|year| (1900..2200).contains(year));
    match (before, year()) {
        (Before::Year, Some(year)) if !percent => return TokenKind::Year(year),
        (Before::Label, _) if !percent => return TokenKind::Label,
        _ => {}
    }
    read(chunk, percent).map_or(TokenKind::Label, TokenKind::Number)
}

/// Reads a number in both notations; `None` for codes such as `4.2.3`.
fn read(chunk: &str, percent: bool) -> Option<Number> {
    let signs: Vec<(usize, char)> = chunk.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let grouped = |text: &str| {
        let mut groups = text.split(['.', ',']);
        (1..=3).contains(&groups.next().map_or(0, str::len)) && groups.all(|group| group.len() == 3)
    };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let decimal = |whole: &str, fraction: &str| {
        let places = u8::try_from(fraction.len()).ok().filter(|places| *places <= 12)?;
        let digits = format!("{}{fraction}", digits(whole));
        (digits.len() <= 24).then(|| digits.parse().ok()).flatten().map(|units| Decimal::new(units, places))
    };
    let (value, sign) = match signs.as_slice() {
        [] => (decimal(chunk, "")?, None),
        // A single sign before three digits groups thousands, unless it is a percent.
        [(at, _)] if !percent && chunk.len() - at == 4 && grouped(chunk) && !chunk.starts_with('0') => {
            (decimal(chunk, "")?, None)
        }
        [(at, sign)] => (decimal(&chunk[..*at], &chunk[at + 1..])?, Some(*sign)),
        [rest @ .., (at, last)] if rest.iter().all(|(_, sign)| sign != last) && grouped(&chunk[..*at]) => {
            (decimal(&chunk[..*at], &chunk[at + 1..])?, Some(*last))
        }
        _ if signs.iter().all(|(_, sign)| *sign == signs[0].1) && grouped(chunk) => {
            (decimal(chunk, "")?, None)
        }
        _ => return None,
    };
    Some(Number { value, sign, percent })
}

/// A minus glued to a number and to nothing before it belongs to the number.
fn signed(kind: TokenKind, text: &str, at: usize, tokens: &mut Vec<Token>) -> (TokenKind, usize) {
    let TokenKind::Number(mut number) = kind else { return (kind, at) };
    let minus = |sign| matches!(sign, TokenKind::Sign('-' | '\u{2212}' | '\u{2013}'));
    let dash = tokens.last().filter(|last| last.end == at && minus(last.kind.clone()));
    let free = dash.is_some_and(|dash| text[..dash.at].ends_with([' ', '(', '\u{a0}']) || dash.at == 0);
    let range = tokens.len() > 1 && matches!(tokens[tokens.len() - 2].kind, TokenKind::Number(_));
    if !free || range {
        return (TokenKind::Number(number), at);
    }
    number.value = Decimal::new(-number.value.units(), number.value.places());
    (TokenKind::Number(number), tokens.pop().map_or(at, |dash| dash.at))
}

impl Token {
    fn of(kind: TokenKind, at: usize, end: usize) -> Token {
        let folded = if let TokenKind::Word(word) = &kind { fold_word(word) } else { String::new() };
        Token { kind, folded, at, end }
    }

    /// The word, or nothing.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The words of a text without diacritics, abbreviations written out, signs left out: the form in
/// which names are compared.
pub(super) fn folded(text: &str) -> Vec<String> {
    tokens(text).into_iter().filter(|token| token.word().is_some()).map(|token| token.folded).collect()
}

/// A word as names compare it. `số` and `so` stay apart from `sở`, which begins many names.
pub(super) fn fold_word(word: &str) -> String {
    if matches!(word, "số" | "so") { format!("{word}.") } else { text::fold(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |token: Token| match token.kind {
            TokenKind::Word(word) => word,
            TokenKind::Number(Number { value, percent, .. }) => {
                format!("<{value}{}>", if percent { "%" } else { "" })
            }
            TokenKind::Fraction(a, b) => format!("<{a} of {b}>"),
            TokenKind::Year(year) => format!("<year {year}>"),
            TokenKind::Label => "<label>".to_owned(),
            TokenKind::Ordinal(place) => format!("<place {place}>"),
            TokenKind::Sign(sign) => sign.to_string(),
        };
        tokens(text).into_iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_are_read_in_both_notations() {
        assert_eq!(shown("đạt 82.08%, tăng 3,32 %"), "đạt <82.08%> , tăng <3.32%>");
        assert_eq!(shown("1.160 phiếu; 1.135,50"), "<1160> phiếu ; <1135.50>");
        assert_eq!(shown("có 04 đơn vị, 15/20"), "có <4> đơn vị , <15 of 20>");
        assert_eq!(shown("từ 70,22 % - 79,77 %"), "từ <70.22%> - <79.77%>");
        assert_eq!(shown("từ 60%-79.19%"), "từ <60%> - <79.19%>");
        assert_eq!(shown("(-3,51)"), "( <-3.51> )");
    }

    #[test]
    fn dates_documents_and_codes_are_left_alone() {
        for text in ["18/01/2021", "29/2019/QĐ-UBND", "41/SNV-XDCQ", "4.2.3", "9001a"] {
            assert_eq!(shown(text), "<label>", "{text}");
        }
        assert_eq!(shown("ngày 13/4; ISO 9001"), "ngày <label> ; iso <label>");
        assert_eq!(shown("covid-19 năm 2020"), "covid - <label> <year 2020>");
    }

    #[test]
    fn abbreviations_become_words() {
        assert_eq!(folded("Sở Lao động, TB&XH").join(" "), "so lao dong thuong binh va xa hoi");
        assert_eq!(folded("Sở LĐ-TB&XH").join(" "), "so lao dong thuong binh va xa hoi");
        assert_eq!(folded("BQL Khu KTCK").join(" "), "ban quan ly khu kinh te cua khau");
        assert_eq!(folded("tổng số sở").join(" "), "tong số. so");
    }
}
