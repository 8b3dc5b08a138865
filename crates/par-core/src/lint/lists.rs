//! Units listed behind a count: `gồm các Sở: Tư pháp, Nội vụ và Thanh tra tỉnh`.
//!
//! Must not know: the data.

use super::items::{Item, ItemKind};

/// Words that open a whole list. "trong đó có", "như" open a part of one and are not among them.
const OPENING: [&str; 6] = ["gồm", "bao", "là", "đó", "cụ", "thể"];
/// Words that may stand inside a list.
const INSIDE: [&str; 17] = [
    "và",
    "các",
    "sở",
    "huyện",
    "tăng",
    "giảm",
    "đạt",
    "với",
    "điểm",
    "phần",
    "trăm",
    "xã",
    "phường",
    "thành",
    "phố",
    "là",
    "gồm",
];
/// How far behind a count its list may begin, in items.
const NEAR: usize = 60;
/// Words behind a list.
const BEHIND: [&str; 10] = ["so", "cao", "thấp", "trong", "tiếp", "còn", "nhiều", "giảm", "tăng", "chỉ"];

/// The units of a whole list that begins at `from`; `None` where no list begins or its end is not
/// clear. A `loose` list may have any words before its opening word.
pub(super) fn after(items: &[Item], from: usize, loose: bool) -> Option<Vec<usize>> {
    let rest = items.get(from.saturating_sub(usize::from(from > 0))..)?;
    // The words of the count may have taken the opening word.
    let rest = match rest.first().map(|item| &item.kind) {
        Some(ItemKind::Word(word)) if OPENING.contains(&word.as_str()) => rest,
        _ => items.get(from..)?,
    };
    let first = rest.iter().take(NEAR).position(|item| matches!(item.kind, ItemKind::Unit(_)))?;
    let opened = opens(&rest[..first], loose)?;
    collect(&rest[first..], opened)
}

/// Whether these items open a whole list: a bracket, a colon or a word such as "gồm", and whether
/// inside a bracket.
fn opens(items: &[Item], loose: bool) -> Option<bool> {
    let end = items.iter().rposition(|item| item.kind != ItemKind::Opener && !item.is("các"));
    let before = &items[..end.map_or(0, |end| end + 1)];
    let opening = |item: &Item| match &item.kind {
        ItemKind::Word(word) => OPENING.contains(&word.as_str()),
        ItemKind::Sign(sign) => matches!(sign, '(' | ':' | '-' | '–' | ','),
        ItemKind::Year(_) => true,
        _ => false,
    };
    let last = before.last()?;
    let opens = last.is_sign('(')
        || last.is_sign(':')
        || matches!(&last.kind, ItemKind::Word(word) if ["gồm", "là"].contains(&word.as_str()));
    let bracket = before.iter().filter(|item| item.is_sign('(')).count();
    let closed = before.iter().filter(|item| item.is_sign(')')).count();
    let whole = before.iter().all(opening) || (loose && !before.iter().any(ends_loose));
    (opens && whole).then_some(bracket > closed)
}

/// What may not stand between a count and its list.
fn ends_loose(item: &Item) -> bool {
    match &item.kind {
        ItemKind::Number(_) | ItemKind::Fraction(..) | ItemKind::Scope(_) => true,
        ItemKind::Word(word) => {
            ["nhất", "tiếp", "trong", "như", "hình", "nhưng", "còn", "khi"].contains(&word.as_str())
        }
        ItemKind::Sign(sign) => matches!(sign, ';' | ')'),
        _ => false,
    }
}

fn collect(items: &[Item], in_bracket: bool) -> Option<Vec<usize>> {
    let mut units = Vec::new();
    let mut depth = 0usize;
    let mut last: Option<&ItemKind> = None;
    for (at, item) in items.iter().enumerate() {
        match &item.kind {
            ItemKind::Unit(unit) if depth == 0 => units.push(*unit),
            ItemKind::Sign('(') => depth += 1,
            ItemKind::Sign(')') if depth > 0 => depth -= 1,
            ItemKind::Sign(')') if in_bracket => break,
            ItemKind::Sign('.') if matches!(last, Some(ItemKind::Sign('.' | ','))) => return None,
            ItemKind::Sign('…') => return None,
            ItemKind::Sign(';') if depth == 0 && !names_unit(&items[at + 1..]) => break,
            _ if depth > 0 => {}
            ItemKind::Fraction(..) => break,
            ItemKind::Scope(_) | ItemKind::Area(_) | ItemKind::Class(_) => return None,
            ItemKind::Word(word) if !INSIDE.contains(&word.as_str()) => {
                let closed = matches!(last, Some(ItemKind::Sign(_)));
                if closed || BEHIND.contains(&word.as_str()) {
                    break;
                }
                return None;
            }
            _ => {}
        }
        last = Some(&item.kind);
    }
    Some(units)
}

/// Whether the next name of a list stands here.
fn names_unit(items: &[Item]) -> bool {
    let rest = items.iter().find(|item| !item.is("và") && item.kind != ItemKind::Opener);
    rest.is_some_and(|item| matches!(item.kind, ItemKind::Unit(_)))
}
