//! Names that texts use for units, scopes, areas and classes, and where they stand in a text.
//!
//! Must not know: numbers and what is said about them.

use std::collections::HashMap;

use super::spelling;
use super::tokens::{Token, TokenKind, folded};
use crate::score::results::{Results, Scope};

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A unit, by position.
    Unit(usize),
    /// A set of units.
    Scope(Scope),
    /// An area, by the code under which it is compared.
    Area(String),
    /// The whole index.
    Index,
    /// A criterion, by its name.
    Criterion(String),
    /// A class.
    Class(String),
}

/// Names as a tree of words, so that looking one up costs its length.
#[derive(Debug, Default)]
pub(super) struct Names {
    nodes: Vec<HashMap<String, usize>>,
    meanings: HashMap<usize, Meaning>,
    /// Units with the words of their names, by first word.
    units: HashMap<String, Vec<(usize, Vec<String>)>>,
}

/// Words that begin the names of units of one kind; a list may leave them out after the first.
pub(super) const PREFIXES: [&[&str]; 8] =
    [&["so"], &["huyen"], &["thanh", "pho"], &["thi", "xa"], &["xa"], &["phuong"], &["dac", "khu"], &["ban"]];

/// How texts speak of the departments, the districts and the communes of a province. Commas between
/// the words are passed over.
const DEPARTMENTS: [&str; 14] = [
    "các sở ban ngành tỉnh",
    "các sở ban ngành",
    "các sở ngành tỉnh",
    "các sở ngành",
    "khối các sở ban ngành",
    "khối sở ban ngành",
    "khối sở ngành tỉnh",
    "khối sở ngành",
    "sở ban ngành tỉnh",
    "sở ban ngành",
    "sở ngành tỉnh",
    "cấp sở",
    "các cơ quan chuyên môn thuộc ubnd tỉnh",
    "các sở",
];
const DISTRICTS: [&str; 8] = [
    "các huyện thành phố",
    "các huyện thị xã thành phố",
    "khối các huyện thành phố",
    "khối huyện thành phố",
    "huyện thành phố",
    "cấp huyện",
    "khối huyện",
    "các huyện",
];
const COMMUNES: [&str; 6] =
    ["các xã phường", "các xã phường thị trấn", "các xã phường đặc khu", "xã phường", "cấp xã", "các xã"];
const PROVINCE: [&str; 8] = [
    "toàn tỉnh",
    "cả tỉnh",
    "các cơ quan đơn vị địa phương",
    "các sở ban ngành địa phương",
    "các ngành địa phương",
    "các đơn vị địa phương",
    "các cơ quan đơn vị",
    "chung của tỉnh",
];

impl Names {
    /// The names of a year's units, scopes, areas and classes.
    pub(super) fn of(results: &Results) -> Names {
        let mut names = Names { nodes: vec![HashMap::new()], ..Names::default() };
        names.add_scopes(results);
        names.add("chỉ số cchc", &Meaning::Index);
        for set in &results.year.sets {
            for (_, area) in set.areas() {
                if let Some(code) = &area.compare_as {
                    names.add(&area.name, &Meaning::Area(code.clone()));
                }
            }
        }
        for set in &results.year.sets {
            for (_, node) in set.nodes().filter(|(_, node)| node.parent.is_some()) {
                // Shorter names are words of everyday use.
                if folded(&node.name).len() > 3 {
                    names.add(&node.name, &Meaning::Criterion(node.name.clone()));
                }
            }
        }
        for class in classes(results) {
            for before in ["xếp loại", "loại"] {
                names.add(&format!("{before} {class}"), &Meaning::Class(class.clone()));
            }
        }
        for (unit, of) in results.year.units.iter().enumerate() {
            let words = folded(&of.name);
            let meaning = Meaning::Unit(unit);
            if let Some(rest) = words.strip_prefix(&["uy", "ban", "nhan", "dan"].map(str::to_owned)[..]) {
                names.add_words(rest, &meaning);
            }
            if words.len() > 3 && words.last().is_some_and(|last| last == "tinh") {
                names.add_words(&words[..words.len() - 1], &meaning);
            }
            names.add_words(&words, &meaning);
            if let Some((first, rest)) = words.split_first() {
                names.units.entry(first.clone()).or_default().push((unit, rest.to_vec()));
            }
        }
        names
    }

    /// The one unit whose name is spelt with a slip at a token, with the number of tokens.
    pub(super) fn near(&self, tokens: &[Token]) -> Option<(usize, usize)> {
        let units = self.units.get(&tokens.first()?.folded)?;
        let mut found =
            units.iter().filter_map(|(unit, words)| Some((*unit, spelling::near(words, &tokens[1..])? + 1)));
        let one = found.next()?;
        // Two units that could be meant suggest nothing.
        found.next().is_none().then_some(one)
    }

    fn add_scopes(&mut self, results: &Results) {
        for phrase in PROVINCE {
            self.add(phrase, &Meaning::Scope(Scope::Province));
        }
        let kinds: [(&[&str], &[&str]); 3] =
            [(&DEPARTMENTS, &["so"]), (&DISTRICTS, &["huyen"]), (&COMMUNES, &["xa", "phuong"])];
        for (phrases, first) in kinds {
            let Some(cluster) = cluster_of(results, first) else { continue };
            for phrase in phrases {
                self.add(phrase, &Meaning::Scope(Scope::Cluster(cluster)));
            }
        }
        for (cluster, of) in results.year.clusters.iter().enumerate() {
            self.add(&of.name, &Meaning::Scope(Scope::Cluster(cluster)));
        }
        for (block, of) in results.year.blocks.iter().enumerate() {
            let alone =
                results.units(Scope::Block(block)).len() == results.units(Scope::Cluster(of.cluster)).len();
            let scope = if alone { Scope::Cluster(of.cluster) } else { Scope::Block(block) };
            self.add(&of.name, &Meaning::Scope(scope));
        }
    }

    fn add(&mut self, name: &str, meaning: &Meaning) {
        self.add_words(&folded(name), meaning);
    }

    fn add_words(&mut self, words: &[String], meaning: &Meaning) {
        if words.is_empty() {
            return;
        }
        let mut node = 0;
        for word in words {
            let next = self.nodes.len();
            node = *self.nodes[node].entry(word.clone()).or_insert(next);
            if node == next {
                self.nodes.push(HashMap::new());
            }
        }
        self.meanings.entry(node).or_insert_with(|| meaning.clone());
    }

    /// The longest name that begins at a token, as if `prefix` stood before it, with the number of
    /// tokens it takes.
    pub(super) fn at(&self, prefix: &[&str], tokens: &[Token]) -> Option<(Meaning, usize)> {
        let mut node = 0;
        for word in prefix {
            node = *self.nodes[node].get(*word)?;
        }
        let mut found = None;
        for (at, token) in tokens.iter().enumerate() {
            let word = match &token.kind {
                TokenKind::Word(_) => token.folded.as_str(),
                // "Lao động, thương binh", "Lao động - Thương binh", "sở, ban, ngành".
                // "điều hành CCHC (điều tra XHH)".
                TokenKind::Sign(',' | '-' | '\u{2013}' | ';' | '(' | ')') if at > 0 => continue,
                _ => break,
            };
            match self.nodes[node].get(word) {
                Some(next) => node = *next,
                None => break,
            }
            if let Some(meaning) = self.meanings.get(&node) {
                found = Some((meaning.clone(), at + 1));
            }
        }
        found
    }
}

/// All class names of the year and of the year before.
pub(super) fn classes(results: &Results) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for block in 0..results.year.blocks.len() {
        names.extend(results.year.classes_of(block).iter().map(|class| class.name.clone()));
    }
    let previous = results.year.previous.iter().flat_map(|previous| previous.units.values());
    names.extend(previous.filter_map(|unit| unit.class.clone()));
    names.sort_unstable();
    names.dedup();
    names
}

/// The cluster most of whose units begin with one of these words.
fn cluster_of(results: &Results, first: &[&str]) -> Option<usize> {
    (0..results.year.clusters.len()).find(|cluster| {
        let units = results.units(Scope::Cluster(*cluster));
        let named = |unit: &&usize| {
            let words = folded(&results.year.units[**unit].name);
            let at = usize::from(words.starts_with(&["uy", "ban", "nhan", "dan"].map(str::to_owned))) * 4;
            words.get(at).is_some_and(|word| first.contains(&word.as_str()))
        };
        !units.is_empty() && units.iter().filter(named).count() * 2 > units.len()
    })
}

/// The words of an area's name that a text shares with it, as a part of both, at least 7 in 10: the
/// area a heading speaks of.
pub(super) fn area_of_heading(results: &Results, heading: &str) -> Option<String> {
    let words = folded(heading);
    let mut best: Option<(usize, usize, String)> = None;
    for set in &results.year.sets {
        for (_, area) in set.areas() {
            let Some(code) = &area.compare_as else { continue };
            let name = folded(&area.name);
            let shared = shared(&words, &name) * 2;
            let all = words.len() + name.len();
            let better = best.as_ref().is_none_or(|(one, of, _)| shared * of > one * all);
            if shared * 10 >= all * 7 && better {
                best = Some((shared, all, code.clone()));
            }
        }
    }
    best.map(|(_, _, code)| code)
}

/// How many words two texts share, each counted as often as it stands in both.
pub(super) fn shared(one: &[String], other: &[String]) -> usize {
    shared_with(&counted(one), other)
}

/// How often each word stands in a text.
pub(super) fn counted(words: &[String]) -> HashMap<&str, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// [`shared`] for a text whose words are counted already; the other text is a short one.
pub(super) fn shared_with(counts: &HashMap<&str, usize>, other: &[String]) -> usize {
    let taken = |at: usize| other[..at].iter().filter(|word| **word == other[at]).count();
    let all = other.iter().enumerate();
    all.filter(|(at, word)| counts.get(word.as_str()).is_some_and(|count| *count > taken(*at))).count()
}
