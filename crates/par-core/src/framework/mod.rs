//! A criteria set (bộ tiêu chí): the tree of areas, criteria and components with their rules.
//!
//! Must not know: units, years other than its own, judgements. A set in use is never edited, only
//! superseded.

pub mod cases;
pub mod document;
pub mod read;
mod tree;
pub mod write;

use std::collections::HashMap;
use std::ops::Range;

use crate::points::Points;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::rule::{Frame, Rule};

/// A criteria set of one year for one or more blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Framework {
    /// Stable name used in files and addresses, such as `departments`.
    pub id: String,
    /// Name as officials say it.
    pub name: String,
    /// The year assessed.
    pub year: u16,
    /// The decisions and letters it rests on, in order of weight.
    pub legal_basis: Vec<String>,
    /// Sum of the areas' maxima before any exemption.
    pub full_scale: Points,
    /// Rounding, ranking and exemption settings.
    pub settings: Settings,
    /// Whether the bonus areas are part of the scale: full_scale is the sum of all areas with theirs
    /// (base 85 and bonus 15 make 100), so that full marks need the bonus.
    pub bonus_in_scale: bool,
    nodes: Vec<Node>,
    leaves: Vec<NodeId>,
    by_code: HashMap<String, NodeId>,
}

/// Settings of a criteria set that decide how numbers are made.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Decimals kept at a leaf, 0 to 6.
    pub point_places: u8,
    /// How a leaf is rounded to `point_places`.
    pub point_rounding: Rounding,
    /// Decimals printed, 0 to 6.
    pub print_places: u8,
    /// How a number is rounded when printed.
    pub print_rounding: Rounding,
    /// Whether units are compared by their exact or their printed index.
    pub compare: Compare,
    /// What happens to units that compare equal.
    pub ties: Ties,
    /// What an exemption does to the scale.
    pub exemption: ExemptionMethod,
    /// Whether bonus points may lift a total above the scale.
    pub cap: Cap,
    /// Classes from the highest; the last begins at 0.
    pub classes: Vec<Class>,
}

/// The value by which units are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// The exact index: units that print the same may still differ.
    Exact,
    /// The index as printed.
    Printed,
}

/// The tie rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ties {
    /// Equal units share the place and the next place is skipped: 1-2-2-4.
    Share,
    /// Equal units share the place and no place is skipped: 1-2-2-3.
    Dense,
    /// Equal units are ordered by another figure; if that is equal too, they share (1-2-2-4).
    Breaker(TieBreaker),
}

/// A figure that decides between units of equal index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TieBreaker {
    /// More survey points first.
    Survey,
    /// More appraisal points first.
    Appraisal,
    /// The higher component index of this node first.
    Node(String),
}

/// What an exemption does to a unit's scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExemptionMethod {
    /// The scale shrinks by the exempted maxima (Lai Châu).
    ReduceScale,
    /// The points earned are stretched to the full scale.
    RescaleToFull,
}

/// What happens to a total that bonus points lift above the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Cap {
    /// It is cut at the scale: no index is above 100.
    #[default]
    Scale,
    /// It counts in full: an index may be above 100.
    None,
}

impl Cap {
    /// All there are.
    pub const ALL: [Cap; 2] = [Cap::Scale, Cap::None];

    /// The word used in criteria sets.
    pub fn name(self) -> &'static str {
        match self {
            Cap::Scale => "scale",
            Cap::None => "none",
        }
    }

    /// The one with that word.
    pub fn named(name: &str) -> Option<Cap> {
        Cap::ALL.into_iter().find(|cap| cap.name() == name)
    }
}

/// A class (xếp loại): units whose index is at least `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name, such as `Tốt`.
    pub name: String,
    /// Lower bound in percent, inclusive.
    pub from: Points,
}

/// Position of a node in the set, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) usize);

impl NodeId {
    /// The position as an index into per-node lists.
    pub fn index(self) -> usize {
        self.0
    }
}

/// Position of a leaf among the leaves, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafId(pub(crate) usize);

impl LeafId {
    /// The position as an index into per-leaf lists.
    pub fn index(self) -> usize {
        self.0
    }
}

/// An area, criterion, component or deeper part.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The code as printed: `1.2.3`. Text, never a number: `1.10` follows `1.9`.
    pub code: String,
    /// The node's title.
    pub name: String,
    /// Most points it can give; negative for a penalty.
    pub max: Points,
    /// The node it is part of.
    pub parent: Option<NodeId>,
    /// 1 area, 2 criterion, 3 component, 4 and deeper parts of a component.
    pub depth: usize,
    /// First year in which the node was assessed, when the set says so.
    pub since: Option<u16>,
    /// The code under which the node is compared across the sets of a year.
    pub compare_as: Option<String>,
    /// How it is scored; `None` for a sum of children.
    pub scoring: Option<Scoring>,
    /// First position behind the node's subtree.
    end: usize,
    /// Leaves below the node (or the leaf itself).
    leaves: Range<usize>,
}

/// How a leaf is scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Scoring {
    /// Who provides the score.
    pub source: Source,
    /// The arithmetic.
    pub rule: Rule,
    /// Evidence expected, as shown beside the field.
    pub evidence: String,
    /// Article of the decision, where the set names it.
    pub legal: String,
}

impl Scoring {
    /// Whether the points are counted from survey answers, so that nobody judges the leaf. A leaf of the
    /// survey that is scored by an index others publish is judged like any other.
    pub fn is_counted(&self) -> bool {
        matches!(self.rule, Rule::Survey(_))
    }

    /// Whether the points are given as published, what they were made of being no part of the year.
    pub fn is_given(&self) -> bool {
        matches!(self.rule, Rule::Given(_))
    }
}

/// Who provides the score of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Scored by the unit, then appraised.
    Own,
    /// Scored by the appraisers only.
    Appraisal,
    /// Computed from survey answers.
    Survey,
    /// Taken from an index that another body publishes.
    External,
}

impl Source {
    /// All sources.
    pub const ALL: [Source; 4] = [Source::Own, Source::Appraisal, Source::Survey, Source::External];

    /// The word used in criteria sets.
    pub fn name(self) -> &'static str {
        match self {
            Source::Own => "self",
            Source::Appraisal => "appraisal",
            Source::Survey => "survey",
            Source::External => "external",
        }
    }

    /// The source with that word.
    pub fn named(name: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.name() == name)
    }
}

impl Framework {
    /// All nodes in reading order.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(i, node)| (NodeId(i), node))
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The node at a position of this set.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The node with that code.
    pub fn find(&self, code: &str) -> Option<NodeId> {
        self.by_code.get(code).copied()
    }

    /// The node compared across sets under that code; an area compared with nothing stands alone under
    /// [`Framework::compared_as`].
    pub fn find_compared(&self, code: &str) -> Option<NodeId> {
        let compared = self.nodes().find(|(_, node)| node.compare_as.as_deref() == Some(code));
        let alone = || self.find(code.strip_prefix(&self.id)?.strip_prefix('-')?);
        let alone = || alone().filter(|id| self.node(*id).compare_as.is_none() && self.node(*id).depth == 1);
        compared.map(|(id, _)| id).or_else(alone)
    }

    /// The code under which an area is listed: that under which it is compared, or, for an area compared
    /// with nothing, the set's id and its own code, as in `xa-2025-9`.
    pub fn compared_as(&self, area: NodeId) -> String {
        let node = self.node(area);
        node.compare_as.clone().unwrap_or_else(|| format!("{}-{}", self.id, node.code))
    }

    /// The areas, in order; without areas of bonus and penalty points.
    pub fn areas(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes().filter(|(id, node)| node.depth == 1 && !self.is_adjustment(*id))
    }

    /// The nodes directly below.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let depth = self.node(id).depth;
        self.subtree(id).filter(move |child| self.node(*child).depth == depth + 1)
    }

    /// The node and everything below it, in reading order.
    pub fn subtree(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0..self.nodes[id.0].end).map(NodeId)
    }

    /// All leaves in reading order.
    pub fn leaves(&self) -> impl Iterator<Item = (LeafId, NodeId)> {
        self.leaves.iter().enumerate().map(|(i, node)| (LeafId(i), *node))
    }

    /// How many leaves there are.
    pub fn leaf_count(&self) -> usize {
        self.leaves.len()
    }

    /// Leaves of a subtree, as positions among all leaves.
    pub fn leaves_below(&self, id: NodeId) -> Range<usize> {
        self.nodes[id.0].leaves.clone()
    }

    /// The leaf at a node, if the node is one.
    pub fn leaf(&self, id: NodeId) -> Option<LeafId> {
        let node = &self.nodes[id.0];
        node.scoring.is_some().then_some(LeafId(node.leaves.start))
    }

    /// The node of a leaf.
    pub fn leaf_node(&self, id: LeafId) -> NodeId {
        self.leaves[id.0]
    }

    /// How a leaf is scored.
    pub fn scoring(&self, id: LeafId) -> &Scoring {
        let node = &self.nodes[self.leaves[id.0].0];
        node.scoring.as_ref().expect("leaves are the nodes with scoring")
    }

    /// What the rule of a leaf is scored against.
    pub fn frame(&self, id: LeafId) -> Frame {
        Frame {
            max: self.nodes[self.leaves[id.0].0].max,
            places: self.settings.point_places,
            rounding: self.settings.point_rounding,
        }
    }

    /// The area a node belongs to.
    pub fn area_of(&self, mut id: NodeId) -> NodeId {
        while let Some(parent) = self.nodes[id.0].parent {
            id = parent;
        }
        id
    }

    /// Whether a node gives bonus or penalty points, which count to the total but not to the scale.
    pub fn is_adjustment(&self, id: NodeId) -> bool {
        let leaf = self.leaves[self.nodes[id.0].leaves.start];
        self.nodes[leaf.0].scoring.as_ref().is_some_and(|scoring| scoring.rule.is_adjustment())
    }

    /// The most bonus points that can be had.
    pub fn most_bonus(&self) -> Points {
        let areas = self.nodes().filter(|(id, node)| node.depth == 1 && self.is_adjustment(*id));
        areas.map(|(_, area)| area.max.max(Points::ZERO)).sum()
    }

    /// The highest index there can be, in percent.
    pub fn highest_percent(&self) -> Points {
        self.highest_with(self.most_bonus())
    }

    /// The same while the areas are not yet part of the set. Without exemptions: these can only raise
    /// what a bonus is worth, and classes and marks are set for all units.
    pub(crate) fn highest_with(&self, bonus: Points) -> Points {
        if self.settings.cap == Cap::Scale || self.bonus_in_scale || self.full_scale <= Points::ZERO {
            return Points::whole(100);
        }
        let reached = Exact::ratio(
            100 * i128::from((self.full_scale + bonus).millionths()),
            self.full_scale.millionths().into(),
        );
        Points::nearest(&reached, 6, Rounding::Up).unwrap_or(Points::whole(100))
    }

    /// Builds the tree from nodes in reading order whose parents, sums and codes were checked.
    pub(crate) fn assemble(mut header: Framework, mut nodes: Vec<Node>) -> Framework {
        let count = nodes.len();
        header.leaves = (0..count).filter(|i| nodes[*i].scoring.is_some()).map(NodeId).collect();
        let mut leaf = 0;
        for i in 0..count {
            let end = (i + 1..count).find(|j| nodes[*j].depth <= nodes[i].depth).unwrap_or(count);
            let below = header.leaves.iter().filter(|id| (i..end).contains(&id.0)).count();
            nodes[i].end = end;
            nodes[i].leaves = leaf..leaf + below;
            leaf += usize::from(nodes[i].scoring.is_some());
        }
        header.by_code = nodes.iter().enumerate().map(|(i, node)| (node.code.clone(), NodeId(i))).collect();
        header.nodes = nodes;
        header
    }
}

/// The code of the node above: `1.2.3` → `1.2`, `1` → none.
pub fn parent_code(code: &str) -> Option<&str> {
    code.rsplit_once('.').map(|(parent, _)| parent)
}

/// Order of codes as people read them: `1.9` before `1.10`, `4.2.3.a` before `4.2.3.b`.
pub fn compare_codes(a: &str, b: &str) -> std::cmp::Ordering {
    let key = |code: &str| -> Vec<(u64, String)> {
        code.split('.').map(|part| (part.parse().unwrap_or(u64::MAX), part.to_owned())).collect()
    };
    key(a).cmp(&key(b))
}
