//! Numbers of headings and list items: gaps and repeats.
//!
//! Must not know: the data.

use std::collections::HashMap;

use super::document::{Document, Part};
use super::finding::Kind;
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
        let kind = step(lists.entry(key).or_default(), &numeral, known, heading);
        known.push(numeral.last());
        found.extend(kind.map(|kind| (position, 0, kind)));
        lists.retain(|(style, parts, of_heading), _| {
            stays(&numeral, &prefix, heading, *style, parts, *of_heading)
        });
        seen.retain(|(style, parts), _| stays(&numeral, &prefix, heading, *style, parts, false));
    }
    found
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

fn step(list: &mut Sequence, numeral: &Numeral, seen: &[u32], of_heading: bool) -> Option<Kind> {
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
        return missing.then_some(Kind::NumberingGap { said, expected, of_heading });
    }
    Some(Kind::NumberingRepeat { said, expected, of_heading })
}

/// "(1) …; (2) …; (4) …" inside one paragraph.
fn inline(text: &str) -> Vec<(usize, Kind)> {
    let marks: Vec<(usize, Numeral)> = marks(text);
    let numbers: Vec<u32> = marks.iter().map(|(_, numeral)| numeral.last()).collect();
    if !numbers.starts_with(&[1]) || !numbers.contains(&2) {
        return Vec::new();
    }
    let mut list = Sequence::default();
    let step = |(at, numeral): &(usize, Numeral)| Some((*at, step(&mut list, numeral, &[], false)?));
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
