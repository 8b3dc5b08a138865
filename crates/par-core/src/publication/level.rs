//! How deep a year is published: down to the leaves, or only to criteria, areas or the total.
//!
//! At a coarser level the parts at that level become leaves whose points are given; everything is computed,
//! derived and checked from them as from any leaf, and ends there.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::framework::{Framework, LeafId, NodeId, Scoring, Source, TieBreaker, Ties};
use crate::points::Points;
use crate::rule::Rule;
use crate::rule::given::Given;
use crate::rule::inputs::Inputs;
use crate::score::results::Results;
use crate::year::lost::{Cause, LossGiven};
use crate::year::survey::Survey;
use crate::year::{Exemption, Judgement, LeafFile, Stage, UnitFile, Year};

/// How deep a year is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    /// Total, scale and index of every unit.
    Total,
    /// Areas (lĩnh vực).
    Areas,
    /// Criteria (tiêu chí).
    Criteria,
    /// Components and deeper parts (tiêu chí thành phần): the leaves with their judgements.
    #[default]
    Leaves,
}

impl Level {
    /// All levels, the coarsest first.
    pub const ALL: [Level; 4] = [Level::Total, Level::Areas, Level::Criteria, Level::Leaves];

    /// The word used in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Level::Total => "tong",
            Level::Areas => "linh-vuc",
            Level::Criteria => "tieu-chi",
            Level::Leaves => "thanh-phan",
        }
    }

    /// The level with that word.
    pub fn named(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }

    /// The level at which a public year stands.
    pub fn of(year: &Year) -> Level {
        let given = |set: &Framework| {
            let given = set.leaves().filter(|(leaf, _)| set.scoring(*leaf).is_given());
            given.map(|(_, node)| set.node(node).depth).max()
        };
        match year.sets.iter().filter_map(|set| given(set)).max() {
            None => Level::Leaves,
            Some(1) if year.sets.iter().any(|set| set.find(WHOLE).is_some()) => Level::Total,
            Some(1) => Level::Areas,
            Some(_) => Level::Criteria,
        }
    }

    /// Whether a code lies in or below a part of which the year says only what it gives.
    pub fn hides(year: &Year, code: &str) -> bool {
        let within = |part: &str| {
            part == WHOLE
                || code.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let hides = |set: &Framework| {
            let mut leaves = set.leaves();
            leaves.any(|(leaf, node)| {
                matches!(set.scoring(leaf).rule, Rule::Given(_)) && within(&set.node(node).code)
            })
        };
        year.sets.iter().any(|set| hides(set))
    }

    /// The depth of the nodes that become leaves.
    fn depth(self) -> usize {
        match self {
            Level::Total | Level::Areas => 1,
            Level::Criteria => 2,
            Level::Leaves => usize::MAX,
        }
    }

    /// The code of a node by which equal units are ordered and that is not published at this level: places
    /// could not be followed.
    pub fn hides_breaker(self, year: &Year) -> Option<&str> {
        let hidden = |set: &Framework, code: &str| match set.find(code) {
            Some(_) if self == Level::Total => true,
            Some(node) => set.node(node).depth > self.depth(),
            None => false,
        };
        year.sets.iter().find_map(|set| match &set.settings.ties {
            Ties::Breaker(TieBreaker::Node(code)) if hidden(set, code) => Some(code.as_str()),
            _ => None,
        })
    }
}

/// The code under which the whole scale stands when only totals are published.
const WHOLE: &str = "0";

/// A public year at a level. `results` are those of the public year with all its leaves.
pub fn at_level(results: &Results, level: Level) -> Year {
    let full = &results.year;
    if level == Level::Leaves {
        return full.clone();
    }
    let cuts: Vec<Cut> = full.sets.iter().map(|set| Cut::of(set, level)).collect();
    let mut year = Year { survey: Arc::new(Survey::default()), files: Vec::new(), ..full.clone() };
    year.sets = cuts.iter().map(|cut| Arc::new(cut.set.clone())).collect();
    // What is not evaluated of a part shows in the part's maximum.
    year.exemptions.retain(|one| match one.unit {
        Some(unit) => cuts[full.blocks[full.units[unit].block].set].set.find(&one.code).is_some(),
        None => cuts.iter().any(|cut| cut.set.find(&one.code).is_some()),
    });
    for unit in 0..full.units.len() {
        let cut = &cuts[full.blocks[full.units[unit].block].set];
        let leaves = cut.leaves.iter().map(|parts| given(results, unit, parts));
        let leaves: Vec<(LeafFile, Points)> = leaves.collect();
        for ((_, max), (_, node)) in leaves.iter().zip(cut.set.leaves()) {
            let code = &cut.set.node(node).code;
            let is_covered = year.exemption_at(unit, node).is_some();
            if *max == Points::ZERO && !is_covered && full.is_evaluated(unit) {
                let reason = reason(full, unit, code);
                year.exemptions.push(Exemption { unit: Some(unit), code: code.clone(), reason });
            }
        }
        year.files.push(Arc::new(UnitFile { leaves: leaves.into_iter().map(|(file, _)| file).collect() }));
    }
    let is_there = |code: &str| cuts.iter().any(|cut| cut.set.find(code).is_some());
    year.thresholds.retain(|one| level != Level::Total && is_there(&one.area));
    for unit in year.previous.iter_mut().flat_map(|previous| previous.units.values_mut()) {
        unit.components.retain(|code, _| level != Level::Total && is_there(code));
    }
    year.losses = full.losses.as_ref().map(|losses| summed(losses, level));
    year
}

/// A criteria set cut off at a level.
struct Cut {
    set: Framework,
    /// For each leaf of it, the nodes of the full set that it stands for.
    leaves: Vec<Vec<NodeId>>,
}

impl Cut {
    fn of(full: &Framework, level: Level) -> Cut {
        let (mut nodes, mut leaves) = (Vec::new(), Vec::new());
        // Where a node of the full set stands in the cut.
        let mut moved: HashMap<NodeId, NodeId> = HashMap::new();
        if level == Level::Total {
            let areas: Vec<NodeId> = full.areas().map(|(id, _)| id).collect();
            if let Some(first) = areas.first() {
                let mut whole = full.node(*first).clone();
                whole.max = areas.iter().map(|area| full.node(*area).max).sum();
                "Toàn bộ tiêu chí".clone_into(&mut whole.name);
                WHOLE.clone_into(&mut whole.code);
                (whole.since, whole.compare_as) = (None, Some(WHOLE.to_owned()));
                whole.scoring = scoring(full, *first);
                nodes.push(whole);
                leaves.push(areas);
            }
        }
        for (id, node) in full.nodes().filter(|(_, node)| node.depth <= level.depth()) {
            if level == Level::Total && !full.is_adjustment(id) {
                continue;
            }
            let mut node = node.clone();
            node.scoring = None;
            node.parent = node.parent.map(|parent| moved[&parent]);
            moved.insert(id, NodeId(nodes.len()));
            if node.depth == level.depth() || full.leaf(id).is_some() {
                node.scoring = scoring(full, id);
                // A part with new content is new: the years before did not assess the same.
                node.since = full.subtree(id).filter_map(|below| full.node(below).since).max();
                leaves.push(vec![id]);
            }
            nodes.push(node);
        }
        Cut { set: Framework::assemble(full.clone(), nodes), leaves }
    }
}

fn scoring(full: &Framework, id: NodeId) -> Option<Scoring> {
    let rule = Rule::Given(Given { adjusts: full.is_adjustment(id) });
    Some(Scoring { source: Source::Appraisal, rule, evidence: String::new(), legal: String::new() })
}

/// What the parts of the full set give a unit at a leaf of the cut, and the maximum that applies.
fn given(results: &Results, unit: usize, parts: &[NodeId]) -> (LeafFile, Points) {
    let (set, standing) = (results.year.set_of(unit), &results.standing.units[unit]);
    let (mut points, mut max, mut survey) = (Points::ZERO, Points::ZERO, Points::ZERO);
    let mut waiting = false;
    for part in parts {
        let node = standing.node(set, *part);
        points += node.earned;
        max += node.max;
        for leaf in set.leaves_below(*part).map(LeafId) {
            let at = standing.node(set, set.leaf_node(leaf));
            if set.scoring(leaf).source == Source::Survey {
                survey += at.earned;
            }
            waiting |= at.max != Points::ZERO && results.is_waiting(unit, leaf);
        }
    }
    let size = |points: Points| Points::from_millionths(points.millionths().abs());
    let mut file = LeafFile::default();
    if max != Points::ZERO && !waiting {
        let text = format!("points={};max={};survey={survey}", size(points), size(max));
        let inputs = Inputs::parse(&text).expect("names and numbers");
        file.judge(Stage::Council, Judgement { points, inputs });
    }
    (file, max)
}

/// Why a part is not evaluated: the reasons of what it is made of, each once.
fn reason(full: &Year, unit: usize, code: &str) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for one in full.exemptions_of(unit) {
        let below = one.code.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'));
        if (below || code == WHOLE) && !reasons.contains(&one.reason.as_str()) {
            reasons.push(&one.reason);
        }
    }
    if reasons.is_empty() { "Không đánh giá".to_owned() } else { reasons.join(" ") }
}

/// Losses by cause without their areas, when areas are not published.
fn summed(losses: &[LossGiven], level: Level) -> Vec<LossGiven> {
    if level != Level::Total {
        return losses.to_vec();
    }
    let mut sums: BTreeMap<(usize, Cause), LossGiven> = BTreeMap::new();
    for one in losses {
        let none = || LossGiven {
            area: String::new(),
            cases: 0,
            outcomes: [0; 4],
            points: Points::ZERO,
            ..one.clone()
        };
        let sum = sums.entry((one.unit, one.cause.clone())).or_insert_with(none);
        sum.cases += one.cases;
        sum.points += one.points;
        sum.outcomes.iter_mut().zip(one.outcomes).for_each(|(sum, count)| *sum += count);
    }
    sums.into_values().collect()
}
