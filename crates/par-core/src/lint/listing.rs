//! Numbers of headings and list items: gaps and repeats.
//!
//! Must not know: the data.

use std::collections::HashMap;

use super::document::{Document, Part};
use super::finding::{Kind, Numbered};
use super::numerals::{Numeral, Style, leading};

/// A list as far as it was read: the last number, and those of lists it stands in.
#[derive(Debug, Default)]
struct Sequence {
    last: u32,
    outer: Vec<u32>,
}

/// Which list: its style, the parts before the last (`[2]` of `2.1.`), whether headings.
type Key = (Style, Vec<u32>, bool);

/// Gaps and repeats as paragraph, byte offset and finding.
pub(super) fn check(document: &Document) -> Vec<(usize, usize, Kind)> {
    let mut lists: HashMap<Key, Sequence> = HashMap::new();
    // Numbers of headings and of plain paragraphs may continue one another.
    let mut seen: HashMap<(Style, Vec<u32>), Vec<u32>> = HashMap::new();
    let mut found = Vec::new();
    for (position, paragraph) in document.paragraphs.iter().enumerate() {
        let heading = match paragraph.part {
            Part::Heading(_) => true,
            Part::Text => false,
            Part::Row { .. } | Part::LooseNote => continue,
        };
        found.extend(inline(&paragraph.text).into_iter().map(|(at, kind)| (position, at, kind)));
        let Some(numeral) = leading(&paragraph.text) else {
            if heading {
                lists.retain(|(style, ..), _| matches!(style, Style::Roman | Style::Arabic));
            }
            continue;
        };
        let prefix = numeral.parts[..numeral.parts.len() - 1].to_vec();
        let known = seen.entry((numeral.style, prefix.clone())).or_default();
        let key = (numeral.style, prefix.clone(), heading);
        let of = if heading { Numbered::Heading } else { Numbered::Item };
        let kind = step(lists.entry(key).or_default(), &numeral, known, of);
        known.push(numeral.last());
        found.extend(kind.map(|kind| (position, 0, kind)));
        lists.retain(|(style, parts, of_heading), _| {
            stays(&numeral, &prefix, heading, *style, parts, *of_heading)
        });
        seen.retain(|(style, parts), _| stays(&numeral, &prefix, heading, *style, parts, false));
    }
    found.extend(captions(document));
    found
}

/// Words that begin a caption.
const CAPTIONS: [&str; 3] = ["bảng", "biểu đồ", "hình"];

/// "Bảng 1. …", "Biểu đồ 2. …" through the whole text; each kind may begin again with 1.
fn captions(document: &Document) -> Vec<(usize, usize, Kind)> {
    let mut last: HashMap<&str, u32> = HashMap::new();
    let mut found = Vec::new();
    for (position, paragraph) in document.paragraphs.iter().enumerate() {
        if paragraph.part != Part::Text {
            continue;
        }
        let Some((word, number, at)) = caption(&paragraph.text) else { continue };
        let before = last.insert(word, number).unwrap_or(0);
        let written =
            |number: u32| paragraph.text[..at].trim_start_matches('[').to_owned() + &number.to_string();
        if number == 1 || number == before + 1 || before == 0 {
            continue;
        }
        let (said, expected, of) = (written(number), written(before + 1), Numbered::Caption);
        found.push((
            position,
            at,
            match number > before {
                true => Kind::NumberingGap { said, expected, of },
                false => Kind::NumberingRepeat { said, expected, of },
            },
        ));
    }
    found
}

/// The word and number of a caption, and where the number stands.
fn caption(text: &str) -> Option<(&'static str, u32, usize)> {
    let inner = text.trim_start_matches('[');
    let start = text.len() - inner.len();
    let word = CAPTIONS.into_iter().find(|word| {
        let head: String = inner.chars().take(word.chars().count()).collect();
        head.to_lowercase() == **word
    })?;
    let letters = inner.char_indices().nth(word.chars().count())?.0;
    let rest = inner[letters..].strip_prefix(' ')?;
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let titled = rest[end..].starts_with(". ") || rest[end..].starts_with(": ");
    Some((word, rest[..end].parse().ok().filter(|_| titled && end < 4)?, start + letters + 1))
}

/// Whether a list goes on behind a numbered paragraph of another list.
fn stays(by: &Numeral, prefix: &[u32], heading: bool, style: Style, parts: &[u32], of_heading: bool) -> bool {
    match by.style {
        Style::Roman => style == Style::Roman,
        Style::Arabic => {
            let below = parts.len() > prefix.len() && style == Style::Arabic;
            let item = matches!(style, Style::Bracketed | Style::Letter);
            let plain = heading && !of_heading && style == Style::Arabic && parts != prefix;
            !below && !item && !plain
        }
        Style::Bracketed => style != Style::Letter,
        Style::Letter => true,
    }
}

fn step(list: &mut Sequence, numeral: &Numeral, seen: &[u32], of: Numbered) -> Option<Kind> {
    let (number, before) = (numeral.last(), list.last);
    list.last = number;
    if before == 0 || numeral.follows(before) {
        return None;
    }
    if number == 1 {
        list.outer.push(before);
        return None;
    }
    while let Some(outer) = list.outer.pop() {
        if numeral.follows(outer) {
            return None;
        }
    }
    let (said, expected) = (numeral.with_last(number), numeral.with_last(before + 1));
    if number > before {
        let missing = (before + 1..number).any(|number| !seen.contains(&number));
        return missing.then_some(Kind::NumberingGap { said, expected, of });
    }
    Some(Kind::NumberingRepeat { said, expected, of })
}

/// "(1) …; (2) …; (4) …" inside one paragraph.
fn inline(text: &str) -> Vec<(usize, Kind)> {
    let marks: Vec<(usize, Numeral)> = marks(text);
    let numbers: Vec<u32> = marks.iter().map(|(_, numeral)| numeral.last()).collect();
    if !numbers.starts_with(&[1]) || !numbers.contains(&2) {
        return Vec::new();
    }
    let mut list = Sequence::default();
    let step = |(at, numeral): &(usize, Numeral)| Some((*at, step(&mut list, numeral, &[], Numbered::Item)?));
    marks.iter().filter_map(step).collect()
}

/// Bracketed numbers at the beginning of something: at the start, behind white space, before a word.
pub(super) fn marks(text: &str) -> Vec<(usize, Numeral)> {
    let starts = text.match_indices('(').map(|(at, _)| at);
    let free = starts.filter(|at| *at == 0 || text[..*at].ends_with(|c: char| c.is_whitespace() || c == ';'));
    let short = |at: &usize| {
        // A bracketed number is at most four bytes: what is read stays short in a long text.
        let end = text[*at..].char_indices().nth(12).map_or(text.len(), |(end, _)| at + end);
        leading(&text[*at..end]).filter(|numeral| numeral.style == Style::Bracketed)
    };
    free.filter_map(|at| short(&at).map(|numeral| (at, numeral))).collect()
}
