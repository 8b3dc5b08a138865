//! The nodes of a criteria set while they are read: parents, sums, signs, and who carries a rule.
//!
//! Must not know: how a node is written in a file.

use std::collections::{BTreeMap, HashMap};

use super::{Node, NodeId, compare_codes, parent_code};
use crate::points::Points;
use crate::problem::{Problem, ProblemKind};
use crate::rule::Rule;

/// A node with the place it was read from.
pub(super) struct Found {
    pub node: Node,
    /// Whether a source, a rule, evidence or a legal basis was given, readable or not.
    pub scored: bool,
    /// Whether a rule was given, readable or not.
    pub ruled: bool,
    pub file: String,
    pub line: usize,
}

impl Found {
    fn problem(&self, kind: ProblemKind) -> Problem {
        Problem { file: self.file.clone(), line: self.line, kind }
    }

    fn is_adjustment(&self) -> bool {
        self.node.scoring.as_ref().is_some_and(|scoring| scoring.rule.is_adjustment())
    }
}

/// What was read, complete or not.
#[derive(Default)]
pub(super) struct Tree {
    pub found: Vec<Found>,
    /// Codes of nodes that could not be read; empty when not even the code could. Their problems
    /// are known, so nothing that follows from them is reported again.
    pub unreadable: Vec<String>,
}

impl Tree {
    /// Takes the nodes of another file.
    pub fn append(&mut self, mut other: Tree) {
        self.found.append(&mut other.found);
        self.unreadable.append(&mut other.unreadable);
    }

    /// Sorts the nodes, links parents and reports everything that does not fit together.
    pub fn check(&mut self, problems: &mut Vec<Problem>) {
        self.found.sort_by(|a, b| compare_codes(&a.node.code, &b.node.code));
        self.check_duplicates(problems);
        let children = self.link(problems);
        for (i, one) in self.found.iter().enumerate() {
            match children.get(&i) {
                None => self.check_leaf(one, problems),
                Some(below) => self.check_sum(one, below, problems),
            }
        }
        for one in self.found.iter().filter(|one| one.node.depth == 1) {
            let mut below = self.leaves_below(&one.node.code).map(Found::is_adjustment);
            let first = below.next();
            if below.any(|other| Some(other) != first) {
                problems.push(one.problem(ProblemKind::MixedArea(one.node.code.clone())));
            }
        }
    }

    /// Whether a node of that code was met.
    pub fn has(&self, code: &str) -> bool {
        self.found.iter().any(|one| one.node.code == code) || self.unreadable.iter().any(|one| one == code)
    }

    /// Sum of the areas that make up the scale; `None` when one of them could not be read.
    pub fn scale(&self) -> Option<Points> {
        if self.unreadable.iter().any(|code| parent_code(code).is_none()) {
            return None;
        }
        let areas = self.found.iter().filter(|one| one.node.depth == 1);
        let counted = areas.filter(|area| !self.leaves_below(&area.node.code).any(Found::is_adjustment));
        Some(counted.map(|area| area.node.max).sum())
    }

    /// The most bonus points that can be had.
    pub fn bonus(&self) -> Points {
        let areas = self.found.iter().filter(|one| one.node.depth == 1 && one.node.max > Points::ZERO);
        let bonus = areas.filter(|area| self.leaves_below(&area.node.code).any(Found::is_adjustment));
        bonus.map(|area| area.node.max).sum()
    }

    /// The nodes in reading order.
    pub fn into_nodes(self) -> Vec<Node> {
        self.found.into_iter().map(|one| one.node).collect()
    }

    fn leaves_below(&self, area: &str) -> impl Iterator<Item = &Found> {
        let prefix = format!("{area}.");
        let below = move |one: &&Found| one.node.code.starts_with(&prefix);
        let itself = self.found.iter().filter(move |one| one.node.code == area);
        itself.chain(self.found.iter().filter(below)).filter(|one| one.node.scoring.is_some())
    }

    fn check_duplicates(&mut self, problems: &mut Vec<Problem>) {
        let mut codes: HashMap<&str, &Found> = HashMap::new();
        let mut compared: HashMap<&str, &Found> = HashMap::new();
        for one in &self.found {
            let code = one.node.code.as_str();
            if let Some(first) = codes.get(code) {
                let first = format!("{}:{}", first.file, first.line);
                problems.push(one.problem(ProblemKind::Duplicate { value: code.to_owned(), first }));
                continue;
            }
            codes.insert(code, one);
            let Some(as_code) = one.node.compare_as.as_deref() else { continue };
            match compared.get(as_code) {
                Some(first) => problems.push(one.problem(ProblemKind::ComparedTwice {
                    code: as_code.to_owned(),
                    first: first.node.code.clone(),
                })),
                None => drop(compared.insert(as_code, one)),
            }
        }
        // A duplicate is reported once and counts nowhere.
        self.found.dedup_by(|later, first| later.node.code == first.node.code);
    }

    /// Sets every parent; children by parent.
    fn link(&mut self, problems: &mut Vec<Problem>) -> BTreeMap<usize, Vec<usize>> {
        let places: HashMap<String, usize> =
            self.found.iter().enumerate().map(|(i, one)| (one.node.code.clone(), i)).collect();
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in 0..self.found.len() {
            let code = self.found[i].node.code.clone();
            let Some(parent) = parent_code(&code) else { continue };
            if let Some(above) = places.get(parent) {
                self.found[i].node.parent = Some(NodeId(*above));
                children.entry(*above).or_default().push(i);
            } else if !self.unreadable.iter().any(|code| code.is_empty() || code == parent) {
                let kind = ProblemKind::NoParent { parent: parent.to_owned(), code };
                problems.push(self.found[i].problem(kind));
            }
        }
        children
    }

    fn check_leaf(&self, one: &Found, problems: &mut Vec<Problem>) {
        let (code, max) = (one.node.code.clone(), one.node.max);
        let prefix = format!("{code}.");
        let Some(scoring) = &one.node.scoring else {
            // A rule that is there but wrong is reported already, and so are children.
            let mut others = self.found.iter().map(|other| &other.node.code).chain(&self.unreadable);
            let has_parts = others.any(|other| other.is_empty() || other.starts_with(&prefix));
            if !one.ruled && !has_parts {
                problems.push(one.problem(ProblemKind::RuleMisplaced { code, leaf: true }));
            }
            return;
        };
        let penalty = matches!(scoring.rule, Rule::Penalty(_));
        if if penalty { max >= Points::ZERO } else { max <= Points::ZERO } {
            problems.push(one.problem(ProblemKind::WrongSign { code, max, penalty }));
            return;
        }
        let reaches = scoring.rule.reaches(max);
        if max != reaches {
            problems.push(one.problem(ProblemKind::RuleDoesNotReachMax { code, max, reaches }));
        }
    }

    fn check_sum(&self, one: &Found, below: &[usize], problems: &mut Vec<Problem>) {
        let (code, max) = (one.node.code.clone(), one.node.max);
        if one.scored {
            problems.push(one.problem(ProblemKind::RuleMisplaced { code: code.clone(), leaf: false }));
        }
        let sum: Points = below.iter().map(|child| self.found[*child].node.max).sum();
        let whole = |unreadable: &String| unreadable.is_empty() || parent_code(unreadable) == Some(&code);
        if sum != max && !self.unreadable.iter().any(whole) {
            problems.push(one.problem(ProblemKind::ChildrenDoNotAddUp { code, max, sum }));
        }
    }
}
