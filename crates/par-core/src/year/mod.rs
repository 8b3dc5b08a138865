//! A year of the index with all its inputs: units, exemptions, judgements, survey, the year before.
//!
//! Inputs only; everything that can be computed from them is computed by `score`. Must not know:
//! files on disk, databases.

pub mod causes;
mod csv_table;
mod dialect;
pub mod judge;
mod losses_read;
pub mod lost;
pub mod read;
mod scores_read;
pub mod sheets;
pub mod status;
pub mod survey;
mod survey_read;
pub mod whole;
pub mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::framework::{Class, Framework, LeafId, NodeId};
use crate::ground::Ground;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::rule::inputs::Inputs;
use lost::LossGiven;
use status::{Period, Status};
use survey::Survey;

/// A year of the index.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Year {
    /// The year assessed (not the year of the work).
    pub year: u16,
    /// Title of the result.
    pub title: String,
    /// The province, as in `tỉnh Lai Châu`.
    pub province: String,
    /// Shown on every page when values are not facts.
    pub notice: Option<String>,
    /// Which mean is called the province's.
    pub province_mean: ProvinceMean,
    /// How often leaves are appraised before the council decides.
    pub rounds: Rounds,
    /// Criteria sets in use; years of one database share them.
    pub sets: Vec<Arc<Framework>>,
    /// Groups of blocks over which means are taken.
    pub clusters: Vec<Cluster>,
    /// Ranking lists in report order.
    pub blocks: Vec<Block>,
    /// Units in report order.
    pub units: Vec<Unit>,
    /// What is not evaluated, for whom and why.
    pub exemptions: Vec<Exemption>,
    /// Marks above and below which units are counted, by area.
    pub thresholds: Vec<Threshold>,
    /// Reasons for a request for explanation.
    pub reasons: Vec<Reason>,
    /// Judgements of each unit, in the order of `units`; a copy of the year shares them.
    pub files: Vec<Arc<UnitFile>>,
    /// What a public year says of lost points in place of requests for explanation; `None` in a year that
    /// has the requests themselves.
    pub losses: Option<Vec<LossGiven>>,
    /// The sociological survey.
    pub survey: Arc<Survey>,
    /// The year before, as published.
    pub previous: Option<Previous>,
    /// Dates and facts of the cycle.
    pub facts: Vec<Fact>,
}

/// Which mean is called the province's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ProvinceMean {
    /// The unweighted mean of the clusters' means (Lai Châu 2020).
    #[default]
    ClusterMeans,
    /// The unweighted mean over all units.
    Units,
}

/// How many rounds of appraisal (lần thẩm định) a year has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounds(u8);

impl Rounds {
    /// The most rounds a year can have.
    pub const MOST: u8 = 3;

    /// That many rounds, from 1 to [`Rounds::MOST`].
    pub fn new(count: u8) -> Option<Rounds> {
        (1..=Rounds::MOST).contains(&count).then_some(Rounds(count))
    }

    /// How many.
    pub fn count(self) -> u8 {
        self.0
    }

    /// The stages of a year with that many rounds, in order.
    pub fn stages(self) -> impl Iterator<Item = Stage> + Clone {
        Stage::ALL.into_iter().filter(move |stage| !matches!(stage, Stage::Round(round) if *round > self.0))
    }
}

/// Two rounds, as in Lai Châu.
impl Default for Rounds {
    fn default() -> Rounds {
        Rounds(2)
    }
}

/// Blocks that share a mean (khối): in 2020 the departments' two ranking lists are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Short id.
    pub id: String,
    /// Name, as in `Sở, ban, ngành tỉnh`.
    pub name: String,
}

/// A ranking list (nhóm xếp hạng).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Short id, the word in data files.
    pub id: String,
    /// Heading of its table.
    pub name: String,
    /// Position of its criteria set in [`Year::sets`].
    pub set: usize,
    /// Position of its cluster in [`Year::clusters`].
    pub cluster: usize,
    /// Classes of this block where they differ from the set's.
    pub classes: Option<Vec<Class>>,
}

/// A body of the year, ranked unless its status says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Unit {
    /// Short code, the word in data files.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Part of its addresses: `so-noi-vu`; unique in the year.
    pub slug: String,
    /// Position of its block in [`Year::blocks`].
    pub block: usize,
    /// The units of the year before that it continues; empty for a new unit.
    pub predecessors: Vec<String>,
    /// What becomes of it this year.
    pub status: Status,
    /// The days on which it was there.
    pub period: Period,
    /// What its status or its days rest on.
    pub ground: Option<Ground>,
}

/// A node not evaluated for a unit or for everyone; it covers everything below the node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// The unit's position, or `None` for every unit.
    pub unit: Option<usize>,
    /// The node's code.
    pub code: String,
    /// Why, with its legal ground.
    pub reason: String,
}

/// Marks of an area: units above `high` and below `low` are counted and named in the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The area's code.
    pub area: String,
    /// Upper mark in percent.
    pub high: Decimal,
    /// Lower mark in percent.
    pub low: Option<Decimal>,
}

/// A reason for a request for explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Code used in files.
    pub code: String,
    /// What it says.
    pub name: String,
}

/// All judgements of one unit.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct UnitFile {
    /// One entry a leaf of the unit's criteria set.
    pub leaves: Vec<LeafFile>,
}

/// Everything that was said about one leaf of one unit; nobody overwrites anybody.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct LeafFile {
    /// The unit's own score.
    pub own: Option<Judgement>,
    /// Rounds of appraisal in order, up to the last one in which anything was said: a round beyond
    /// the end is one in which nothing was.
    pub rounds: Vec<Round>,
    /// The council's decision.
    pub council: Option<Judgement>,
}

/// What one round of appraisal said about a leaf.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Round {
    /// The appraisers' points.
    pub judgement: Option<Judgement>,
    /// The explanation they asked for after it.
    pub request: Option<Request>,
}

/// Points given at one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The points, rounded once by the set's rule.
    pub points: Points,
    /// The inputs they follow from; empty when only points were recorded.
    pub inputs: Inputs,
}

/// A request for explanation after a round of appraisal and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Reason code.
    pub reason: String,
    /// What the unit answered; `None` when no answer came (không giải trình).
    pub answer: Option<String>,
    /// The appraisers' view of the answer.
    pub outcome: Outcome,
}

/// What became of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted in full.
    Accepted,
    /// Accepted in part.
    Partly,
    /// Not accepted.
    Rejected,
    /// No explanation came.
    Silent,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Outcome; 4] = [Outcome::Accepted, Outcome::Partly, Outcome::Rejected, Outcome::Silent];

    /// The word used in files.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Accepted => "accepted",
            Outcome::Partly => "partly",
            Outcome::Rejected => "rejected",
            Outcome::Silent => "none",
        }
    }

    /// The outcome with that word.
    pub fn named(name: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// The stages of a judgement, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Self-scoring (tự chấm điểm).
    Own,
    /// A round of appraisal (thẩm định lần n), from 1 to [`Rounds::MOST`].
    Round(u8),
    /// The council (Hội đồng thẩm định).
    Council,
}

impl Stage {
    /// The stages of a year with as many rounds as there can be, in order.
    pub const ALL: [Stage; 5] =
        [Stage::Own, Stage::Round(1), Stage::Round(2), Stage::Round(3), Stage::Council];

    /// The word used in files.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Own => "self",
            Stage::Round(1) => "round1",
            Stage::Round(2) => "round2",
            Stage::Round(_) => "round3",
            Stage::Council => "council",
        }
    }

    /// The stage with that word.
    pub fn named(name: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

impl LeafFile {
    /// The judgement of a stage.
    pub fn at(&self, stage: Stage) -> Option<&Judgement> {
        match stage {
            Stage::Own => self.own.as_ref(),
            Stage::Round(round) => self.round(round)?.judgement.as_ref(),
            Stage::Council => self.council.as_ref(),
        }
    }

    /// The request for explanation that followed a stage.
    pub fn request_after(&self, stage: Stage) -> Option<&Request> {
        match stage {
            Stage::Round(round) => self.round(round)?.request.as_ref(),
            Stage::Own | Stage::Council => None,
        }
    }

    /// Every request for explanation, in order.
    pub fn requests(&self) -> impl DoubleEndedIterator<Item = &Request> {
        self.rounds.iter().filter_map(|round| round.request.as_ref())
    }

    /// The last request for explanation: the one that says why points are missing.
    pub fn last_request(&self) -> Option<&Request> {
        self.requests().next_back()
    }

    /// The appraisers' last judgement, before the council.
    pub fn appraised(&self) -> Option<&Judgement> {
        self.rounds.iter().rev().find_map(|round| round.judgement.as_ref())
    }

    /// Writes the judgement of a stage.
    pub fn judge(&mut self, stage: Stage, judgement: Judgement) {
        match stage {
            Stage::Own => self.own = Some(judgement),
            Stage::Round(round) => self.round_mut(round).judgement = Some(judgement),
            Stage::Council => self.council = Some(judgement),
        }
    }

    /// Writes the request for explanation that followed a round, counted from 1.
    pub fn ask(&mut self, round: u8, request: Request) {
        self.round_mut(round).request = Some(request);
    }

    /// The binding score: the council's, or else that of the last round that has a judgement. Never
    /// the maximum of them, and a self-score alone never counts.
    pub fn binding(&self) -> Option<(Stage, &Judgement)> {
        if let Some(council) = &self.council {
            return Some((Stage::Council, council));
        }
        let mut rounds = (1..=Rounds::MOST).zip(&self.rounds).rev();
        rounds.find_map(|(round, said)| Some((Stage::Round(round), said.judgement.as_ref()?)))
    }

    fn round(&self, round: u8) -> Option<&Round> {
        self.rounds.get(usize::from(round).checked_sub(1)?)
    }

    fn round_mut(&mut self, round: u8) -> &mut Round {
        let count = usize::from(round.max(1));
        if self.rounds.len() < count {
            self.rounds.resize_with(count, Round::default);
        }
        &mut self.rounds[count - 1]
    }
}

/// The year before, as it was published.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Previous {
    /// Which year.
    pub year: u16,
    /// By unit code of that year.
    pub units: BTreeMap<String, PreviousUnit>,
}

/// A unit's published figures of the year before.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PreviousUnit {
    /// Index in percent, as printed.
    pub index: Option<Decimal>,
    /// Class, as printed.
    pub class: Option<String>,
    /// Where the index comes from, when it is not simply the published one.
    pub origin: String,
    /// Component index in percent by node code.
    pub components: BTreeMap<String, Decimal>,
}

/// A date or fact of the cycle, such as the council's meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Key, as in `council_date`.
    pub key: String,
    /// Value; dates as yyyy-mm-dd.
    pub value: String,
    /// Whether it was published or made up for the demonstration.
    pub origin: String,
    /// A remark.
    pub note: String,
}

impl Year {
    /// The criteria set by which a unit is scored.
    pub fn set_of(&self, unit: usize) -> &Framework {
        &self.sets[self.blocks[self.units[unit].block].set]
    }

    /// Whether a set of the year gives bonus or penalty points.
    pub fn has_adjustments(&self) -> bool {
        self.sets.iter().any(|set| set.nodes().any(|(id, node)| node.depth == 1 && set.is_adjustment(id)))
    }

    /// The classes of a block.
    pub fn classes_of(&self, block: usize) -> &[Class] {
        let block = &self.blocks[block];
        block.classes.as_deref().unwrap_or(&self.sets[block.set].settings.classes)
    }

    /// The unit with that code or slug.
    pub fn find_unit(&self, name: &str) -> Option<usize> {
        self.units.iter().position(|unit| unit.code == name || unit.slug == name)
    }

    /// What a reason code says; the code itself when the year does not list it.
    pub fn reason<'a>(&'a self, code: &'a str) -> &'a str {
        self.reasons.iter().find(|reason| reason.code == code).map_or(code, |reason| &reason.name)
    }

    /// The fact with that key.
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.key == key)
    }

    /// Whether a unit is evaluated at all.
    pub fn is_evaluated(&self, unit: usize) -> bool {
        self.units[unit].status != Status::NotEvaluated
    }

    /// Leaves that apply to a unit: those no exemption covers; none of a unit that is not evaluated.
    pub fn applicable(&self, unit: usize) -> Vec<bool> {
        let set = self.set_of(unit);
        let mut applies = vec![self.is_evaluated(unit); set.leaf_count()];
        for exemption in self.exemptions_of(unit) {
            if let Some(node) = set.find(&exemption.code) {
                applies[set.leaves_below(node)].fill(false);
            }
        }
        applies
    }

    /// Exemptions that concern a unit.
    pub fn exemptions_of(&self, unit: usize) -> impl Iterator<Item = &Exemption> {
        self.exemptions.iter().filter(move |exemption| exemption.unit.is_none_or(|one| one == unit))
    }

    /// The exemption that covers a node for a unit, if any.
    pub fn exemption_at(&self, unit: usize, node: NodeId) -> Option<&Exemption> {
        let set = self.set_of(unit);
        let code = &set.node(node).code;
        self.exemptions_of(unit).find(|exemption| {
            code.strip_prefix(exemption.code.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// Everything said about one leaf of a unit.
    pub fn leaf_file(&self, unit: usize, leaf: LeafId) -> &LeafFile {
        &self.files[unit].leaves[leaf.index()]
    }

    /// The stages of scoring of which the year says the points: none in a year published to a higher level,
    /// whose points are given.
    pub fn told_stages(&self) -> Vec<Stage> {
        let is_cut = self.sets.iter().any(|set| set.leaves().any(|(leaf, _)| set.scoring(leaf).is_given()));
        if is_cut { Vec::new() } else { self.rounds.stages().collect() }
    }
}
