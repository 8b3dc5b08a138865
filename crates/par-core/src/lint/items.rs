//! A sentence as what it speaks of: words, numbers, units, scopes, areas, classes, in order.
//!
//! Must not know: the data.

use super::names::{Meaning, Names, PREFIXES};
use super::tokens::{Number, Token, TokenKind, tokens};
use crate::points::decimal::Decimal;
use crate::score::results::Scope;

/// One thing a sentence speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// What.
    pub kind: ItemKind,
    /// First byte in the paragraph.
    pub at: usize,
    /// Byte behind it.
    pub end: usize,
    /// Whether it is a unit whose name is written with a slip.
    pub misspelt: bool,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    /// A word, lower case.
    Word(String),
    /// A number that may be measured.
    Number(Number),
    /// `a/b`, `a trong số b`.
    Fraction(usize, usize),
    /// A year.
    Year(u16),
    /// A date, a document, a code.
    Label,
    /// A place: "thứ 3", "hạng 3".
    Ordinal(u32),
    /// A unit.
    Unit(usize),
    /// Words that open a list of units of one kind: `các Sở:`.
    Opener,
    /// A set of units.
    Scope(Scope),
    /// An area.
    Area(String),
    /// The whole index.
    Index,
    /// A criterion, by its name.
    Criterion(String),
    /// A class.
    Class(String),
    /// A sign.
    Sign(char),
}

/// Cuts a paragraph into sentences of items.
pub(super) fn sentences(text: &str, names: &Names) -> Vec<Vec<Item>> {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, names, at: 0, list: None, depth: 0, items: Vec::new() };
    let mut sentences = Vec::new();
    while reader.at < tokens.len() {
        if reader.ends_sentence(text) {
            reader.at += 1;
            (reader.list, reader.depth) = (None, 0);
            sentences.push(finish(std::mem::take(&mut reader.items)));
        } else {
            reader.step();
        }
    }
    sentences.push(finish(reader.items));
    sentences.retain(|items| !items.is_empty());
    sentences
}

/// Reads tokens as items; inside a list of units it knows which words the names leave out.
struct Reader<'t> {
    tokens: &'t [Token],
    names: &'t Names,
    at: usize,
    /// The words left out, and how deep in brackets the list stands.
    list: Option<(&'static [&'static str], usize)>,
    depth: usize,
    items: Vec<Item>,
}

impl Reader<'_> {
    fn ends_sentence(&self, text: &str) -> bool {
        let token = &self.tokens[self.at];
        if !matches!(token.kind, TokenKind::Sign('.' | '!' | '?')) {
            return false;
        }
        let rest = text[token.end..].trim_start();
        let space = rest.len() < text.len() - token.end;
        let word = self.at > 0 && self.tokens[self.at - 1].word().is_some();
        let begins = |c: char| c.is_uppercase() || "-–(“\"".contains(c) || (word && c.is_ascii_digit());
        rest.is_empty() || (space && rest.starts_with(begins))
    }

    fn push(&mut self, kind: ItemKind, tokens: usize) {
        let at = self.tokens[self.at].at;
        let end = self.tokens[self.at + tokens - 1].end;
        self.items.push(Item { kind, at, end, misspelt: false });
        self.at += tokens;
    }

    fn step(&mut self) {
        let rest = &self.tokens[self.at..];
        if let Some((Meaning::Unit(unit), length)) = self.short_name() {
            return self.push(ItemKind::Unit(unit), length);
        }
        if let Some(length) = self.opener() {
            return self.push(ItemKind::Opener, length);
        }
        if let Some((meaning, length)) = self.names.at(&[], rest) {
            if let Meaning::Unit(_) = meaning {
                let prefix = PREFIXES.into_iter().find(|prefix| begins(rest, prefix));
                self.list = prefix.map(|prefix| (prefix, self.depth));
            }
            let kind = match meaning {
                Meaning::Unit(unit) => ItemKind::Unit(unit),
                Meaning::Scope(scope) => ItemKind::Scope(scope),
                Meaning::Area(code) => ItemKind::Area(code),
                Meaning::Index => ItemKind::Index,
                Meaning::Criterion(name) => ItemKind::Criterion(name),
                Meaning::Class(name) => ItemKind::Class(name),
            };
            return self.push(kind, length);
        }
        if let Some((unit, length)) = self.names.near(rest) {
            self.push(ItemKind::Unit(unit), length);
            self.items.iter_mut().last().expect("just pushed").misspelt = true;
            return;
        }
        self.plain();
    }

    fn plain(&mut self) {
        let token = &self.tokens[self.at];
        let kind = match &token.kind {
            TokenKind::Word(word) => ItemKind::Word(word.clone()),
            TokenKind::Number(number) => ItemKind::Number(number.clone()),
            TokenKind::Fraction(a, b) => ItemKind::Fraction(*a, *b),
            TokenKind::Year(year) => ItemKind::Year(*year),
            TokenKind::Label => ItemKind::Label,
            TokenKind::Ordinal(place) => ItemKind::Ordinal(*place),
            TokenKind::Sign(sign) => ItemKind::Sign(*sign),
        };
        match kind {
            ItemKind::Sign('(') => self.depth += 1,
            ItemKind::Sign(')') => {
                self.depth = self.depth.saturating_sub(1);
                self.list = self.list.filter(|(_, depth)| *depth <= self.depth);
            }
            ItemKind::Word(ref word) if word != "và" => {
                self.list = self.list.filter(|(_, depth)| *depth < self.depth);
            }
            _ => {}
        }
        self.push(kind, 1);
    }

    /// "các Sở:", "các huyện" where a short name follows.
    fn opener(&mut self) -> Option<usize> {
        let rest = &self.tokens[self.at..];
        let plural = usize::from(rest.first().and_then(Token::word).is_some_and(|word| word == "các"));
        let prefix = PREFIXES.into_iter().find(|prefix| begins(&rest[plural..], prefix))?;
        let mut length = plural + prefix.len();
        length += usize::from(rest.get(length).is_some_and(|token| token.kind == TokenKind::Sign(':')));
        let follows = self.names.at(prefix, &rest[length..]).is_some();
        if !follows || length == prefix.len() {
            return None;
        }
        self.list = Some((prefix, self.depth));
        Some(length)
    }

    /// A name without its first words, inside a list.
    fn short_name(&self) -> Option<(Meaning, usize)> {
        let (prefix, depth) = self.list?;
        let joined = self.items.last().is_some_and(|last| match &last.kind {
            ItemKind::Opener | ItemKind::Sign(',' | ';') => true,
            ItemKind::Word(word) => word == "và",
            _ => false,
        });
        if !joined || depth != self.depth {
            return None;
        }
        let rest = &self.tokens[self.at..];
        let found = self.names.at(prefix, rest)?;
        // "Tài chính công" is no office: behind a short name the list goes on or something is said.
        let ends = match rest.get(found.1).map(|token| &token.kind) {
            Some(TokenKind::Word(word)) => {
                ["và", "đạt", "tăng", "giảm", "có", "là", "với", "trong", "còn", "cùng", "xếp", "đứng", "đều"]
                    .contains(&word.as_str())
            }
            _ => true,
        };
        (ends && matches!(found.0, Meaning::Unit(_))).then_some(found)
    }
}

fn begins(tokens: &[Token], words: &[&str]) -> bool {
    tokens.len() >= words.len() && tokens.iter().zip(words).all(|(token, word)| token.folded == *word)
}

/// Joins what belongs together: scopes named side by side, "a trong số b", "không có đơn vị nào".
fn finish(items: Vec<Item>) -> Vec<Item> {
    let mut done: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        if let ItemKind::Scope(scope) = item.kind {
            let joins = |item: &Item| {
                matches!(item.kind, ItemKind::Sign(',' | ';' | '/')) || item.is("và") || item.is("của")
            };
            let back = done.iter().rev().take_while(|item| joins(item)).count();
            let before = done.len().checked_sub(back + 1);
            if let Some((at, ItemKind::Scope(other))) = before.map(|at| (at, done[at].kind.clone())) {
                let both = if other == scope { scope } else { Scope::Province };
                done.truncate(at + 1);
                done[at] =
                    Item { kind: ItemKind::Scope(both), at: done[at].at, end: item.end, misspelt: false };
                continue;
            }
        }
        done.push(item);
        join_fraction(&mut done);
        join_none(&mut done);
    }
    done
}

/// "6 trong (tổng) số 28" → 6/28.
fn join_fraction(items: &mut Vec<Item>) {
    let Some((last, rest)) = items.split_last() else { return };
    let words =
        rest.iter().rev().take_while(|item| ["trong", "tổng", "số", "trên"].iter().any(|w| item.is(w)));
    let back = words.count();
    let Some(at) = rest.len().checked_sub(back + 1) else { return };
    let of = back > 1 && (rest[at + 1].is("trong") || rest[at + 1].is("trên"));
    let (ItemKind::Number(a), ItemKind::Number(b)) = (&rest[at].kind, &last.kind) else { return };
    let whole = |number: &Number| {
        let whole = !number.percent && number.value.places() == 0;
        whole.then(|| usize::try_from(number.value.units()).ok()).flatten()
    };
    if let (true, Some(a), Some(b)) = (of, whole(a), whole(b)) {
        let kind = ItemKind::Fraction(a, b);
        let fraction = Item { kind, at: rest[at].at, end: last.end, misspelt: false };
        items.truncate(at);
        items.push(fraction);
    }
}

/// "không có đơn vị nào" counts 0 units.
fn join_none(items: &mut Vec<Item>) {
    let words = ["không", "đơn", "vị", "nào"];
    let tail = &items[items.len().saturating_sub(5)..];
    let middle = tail.len() == 5 && ["có", "còn"].iter().any(|word| tail[1].is(word));
    if middle && [0, 2, 3, 4].into_iter().zip(words).all(|(at, word)| tail[at].is(word)) {
        let (at, end) = (tail[0].at, tail[1].end);
        let zero = Number { value: Decimal::new(0, 0), sign: None, percent: false };
        let first = items.len() - 5;
        items.splice(first..first + 2, [Item { kind: ItemKind::Number(zero), at, end, misspelt: false }]);
    }
}

impl Item {
    /// Whether it is this word.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(&self.kind, ItemKind::Word(one) if one == word)
    }

    /// Whether it is this sign.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == ItemKind::Sign(sign)
    }
}
