//! How wide words are in Times New Roman, to draw lines as long as them and to break names evenly.

use unicode_normalization::char::decompose_canonical;

/// Advances of A to Z in thousandths of the size, upright and bold.
const CAPITALS: [(u32, u32); 26] = [
    (722, 722),
    (667, 667),
    (667, 722),
    (722, 722),
    (611, 667),
    (556, 611),
    (722, 778),
    (722, 778),
    (333, 389),
    (389, 500),
    (722, 778),
    (611, 667),
    (889, 944),
    (722, 722),
    (722, 778),
    (556, 611),
    (722, 778),
    (667, 722),
    (556, 556),
    (611, 667),
    (722, 722),
    (722, 722),
    (944, 1000),
    (722, 722),
    (722, 722),
    (611, 667),
];
/// Advances of a to z.
const SMALL: [(u32, u32); 26] = [
    (444, 500),
    (500, 556),
    (444, 444),
    (500, 556),
    (444, 444),
    (333, 333),
    (500, 500),
    (500, 556),
    (278, 278),
    (278, 333),
    (500, 556),
    (278, 278),
    (778, 833),
    (500, 556),
    (500, 500),
    (500, 556),
    (500, 556),
    (333, 444),
    (389, 389),
    (278, 333),
    (500, 556),
    (500, 500),
    (722, 722),
    (500, 500),
    (500, 500),
    (444, 444),
];

/// Width of `words` in twentieths of a point at `size` points.
pub(crate) fn twips(words: &str, size: u32, bold: bool) -> u32 {
    words.chars().map(|letter| advance(letter, bold)).sum::<u32>() * size / 50
}

fn advance(letter: char, bold: bool) -> u32 {
    let mut base = letter;
    // Marks above and below a letter take no room of their own.
    let mut first = true;
    decompose_canonical(letter, |part| {
        if first {
            base = part;
            first = false;
        }
    });
    let pick = |(upright, heavy): (u32, u32)| if bold { heavy } else { upright };
    let at = |from: char| (u32::from(base) - u32::from(from)) as usize;
    match base {
        'A'..='Z' => pick(CAPITALS[at('A')]),
        'a'..='z' => pick(SMALL[at('a')]),
        'Đ' => 722,
        'đ' => pick((500, 556)),
        ' ' | '.' | ',' => 250,
        '-' => 333,
        '/' => 278,
        _ => 500,
    }
}

/// How many lines `words` take in `room` twips.
pub(crate) fn lines(words: &str, room: u32, size: u32, bold: bool) -> usize {
    wrapped(&measured(words, size, bold), twips(" ", size, bold), room).len()
}

fn measured(words: &str, size: u32, bold: bool) -> Vec<(&str, u32)> {
    words.split_whitespace().map(|part| (part, twips(part, size, bold))).collect()
}

/// `words` in as many lines as `room` twips ask for, broken so that the longest line is shortest.
pub(crate) fn balanced(words: &str, room: u32, size: u32, bold: bool) -> Vec<String> {
    let space = twips(" ", size, bold);
    let parts: Vec<(&str, u32)> =
        words.split_whitespace().map(|part| (part, twips(part, size, bold))).collect();
    let lines = wrapped(&parts, space, room).len();
    // Less room never makes fewer lines, so the narrowest room is found by halving.
    let (mut narrow, mut wide) = (0, room);
    while narrow + 1 < wide {
        let middle = (narrow + wide) / 2;
        if wrapped(&parts, space, middle).len() > lines { narrow = middle } else { wide = middle }
    }
    wrapped(&parts, space, wide)
}

fn wrapped(parts: &[(&str, u32)], space: u32, room: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut filled = 0;
    for (part, width) in parts {
        match lines.last_mut() {
            Some(line) if filled + space + width <= room => {
                line.push(' ');
                line.push_str(part);
                filled += space + width;
            }
            _ => {
                lines.push((*part).to_owned());
                filled = *width;
            }
        }
    }
    lines
}
