//! The closed set of scoring rules: inputs in, exact points and their working out.
//!
//! Must not know: units, stages, who judges. One file a kind; a criterion that fits none is
//! [`judged`] with allowed steps.

pub mod adjustment;
pub mod checklist;
pub mod deduct;
pub mod external;
pub mod given;
pub mod inputs;
pub mod judged;
pub mod options;
pub mod problem;
pub mod ratio;
pub mod steps;
pub mod survey;
pub mod two_tier;
pub mod working;

use crate::framework::Source;
use crate::framework::document::Table;
use crate::points::Points;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::problem::ProblemKind;
use crate::rule::problem::InputProblem;
use inputs::{Given, Inputs, Slot};
use working::Working;

/// A scoring rule with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// Yes earns the maximum, no earns nothing.
    YesNo,
    /// One of several described situations, each with its points.
    Options(options::Options),
    /// The sum of the items fulfilled.
    Checklist(checklist::Checklist),
    /// A table of steps over a count.
    CountSteps(steps::Steps),
    /// A table of steps over the ratio b / a.
    RatioSteps(steps::Steps),
    /// The ratio b / a times the maximum, with an optional floor and target.
    Ratio(ratio::Ratio),
    /// On time counts fully, late counts in part.
    TwoTier(two_tier::TwoTier),
    /// A start reduced by events, not below a floor.
    Deduct(deduct::Deduct),
    /// Another body's index scaled to the maximum.
    External(external::External),
    /// The weighted mean of survey answers.
    Survey(survey::Survey),
    /// Points on top of the scale, up to a cap.
    Bonus(adjustment::Adjustment),
    /// Points off the total, down to a cap.
    Penalty(adjustment::Adjustment),
    /// A judgement among allowed steps.
    Judged(judged::Judged),
    /// Points as they were published, without what they are made of.
    Given(given::Given),
}

/// Names of the rule kinds, as written in criteria sets.
pub const KINDS: [&str; 14] = [
    "yes_no",
    "options",
    "checklist",
    "count_steps",
    "ratio_steps",
    "ratio",
    "two_tier",
    "deduct",
    "external",
    "survey",
    "bonus",
    "penalty",
    "judged",
    "given",
];

/// Most points of a node, an item or an event: far above any scale, so that no sum can overflow.
pub const MOST_POINTS: Points = Points::whole(1_000_000);

/// What a leaf's rule is scored against.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The leaf's maximum; negative for a penalty.
    pub max: Points,
    /// Decimals kept.
    pub places: u8,
    /// How the leaf is rounded.
    pub rounding: Rounding,
}

impl Frame {
    fn round(self, value: &Exact) -> Points {
        Points::nearest(value, self.places, self.rounding).expect("awards lie between 0 and the maximum")
    }
}

/// Points given by a rule and how they came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award<'r> {
    /// Rounded once, to the set's places.
    pub points: Points,
    /// The arithmetic, put into words on demand.
    pub working: Working<'r>,
}

impl Rule {
    /// The kind's name in criteria sets.
    pub fn kind(&self) -> &'static str {
        match self {
            Rule::YesNo => "yes_no",
            Rule::Options(_) => "options",
            Rule::Checklist(_) => "checklist",
            Rule::CountSteps(_) => "count_steps",
            Rule::RatioSteps(_) => "ratio_steps",
            Rule::Ratio(_) => "ratio",
            Rule::TwoTier(_) => "two_tier",
            Rule::Deduct(_) => "deduct",
            Rule::External(_) => "external",
            Rule::Survey(_) => "survey",
            Rule::Bonus(_) => "bonus",
            Rule::Penalty(_) => "penalty",
            Rule::Judged(_) => "judged",
            Rule::Given(_) => "given",
        }
    }

    /// The inputs the rule is scored from, in the order of a form.
    pub fn slots(&self) -> Vec<Slot> {
        match self {
            Rule::YesNo => vec![Slot::flag("yes", "Có thực hiện")],
            Rule::Options(rule) => rule.slots(),
            Rule::Checklist(rule) => rule.slots(),
            Rule::CountSteps(_) => vec![Slot::count("n", "Số lượng")],
            Rule::RatioSteps(_) | Rule::Ratio(_) => ratio::slots(),
            Rule::TwoTier(_) => two_tier::slots(),
            Rule::Deduct(rule) => rule.slots(),
            Rule::External(rule) => rule.slots(),
            Rule::Survey(_) => Vec::new(),
            Rule::Bonus(rule) | Rule::Penalty(rule) => rule.slots(),
            Rule::Judged(_) => vec![Slot::number("points", "Điểm")],
            Rule::Given(_) => given::Given::slots(),
        }
    }

    /// Whether an input of this name is asked for: one of [`Rule::slots`], without making them.
    fn takes(&self, name: &str) -> bool {
        match self {
            Rule::YesNo => name == "yes",
            Rule::Options(_) => name == "opt",
            Rule::Checklist(_) => name == "items",
            Rule::CountSteps(_) => name == "n",
            Rule::RatioSteps(_) | Rule::Ratio(_) => matches!(name, "a" | "b"),
            Rule::TwoTier(_) => matches!(name, "a" | "b" | "c"),
            Rule::Deduct(rule) => rule.events.iter().any(|event| event.id == name),
            Rule::External(_) => name == "x",
            Rule::Survey(_) => false,
            Rule::Bonus(rule) | Rule::Penalty(rule) => rule.events.iter().any(|event| event.id == name),
            Rule::Judged(_) => name == "points",
            Rule::Given(_) => matches!(name, "points" | "max" | "survey"),
        }
    }

    /// Scores inputs.
    ///
    /// # Errors
    /// Every [`InputProblem`]: inputs that are missing, unknown, out of bounds or contradict each other.
    pub fn award(&self, frame: Frame, inputs: &Inputs) -> Result<Award<'_>, Vec<InputProblem>> {
        if let Rule::Survey(_) = self {
            return Err(vec![InputProblem::FromSurvey]);
        }
        let mut given = Given::of(inputs, |name| self.takes(name));
        let award = match self {
            Rule::YesNo => given.take(inputs.flag("yes")).map(|yes| {
                let points = if yes { frame.max } else { Points::ZERO };
                Award { points, working: Working::Done(yes) }
            }),
            Rule::Options(rule) => rule.award(&mut given),
            Rule::Checklist(rule) => rule.award(&mut given),
            Rule::CountSteps(rule) => rule.award_count(&mut given),
            Rule::RatioSteps(rule) => rule.award_ratio(&mut given),
            Rule::Ratio(rule) => rule.award(frame, &mut given),
            Rule::TwoTier(rule) => rule.award(frame, &mut given),
            Rule::Deduct(rule) => rule.award(&mut given),
            Rule::External(rule) => rule.award(frame, &mut given),
            Rule::Survey(_) => None,
            Rule::Bonus(rule) | Rule::Penalty(rule) => rule.award(frame, &mut given),
            Rule::Judged(rule) => rule.award(frame, &mut given),
            Rule::Given(_) => given
                .take(given::Given::part(frame, inputs))
                .map(|part| Award { points: part.points, working: Working::Given(part.max) }),
        };
        award.filter(|_| given.problems.is_empty()).ok_or(given.problems)
    }

    /// Whether there are inputs for which the rule gives these points: what may be written as points
    /// alone. The steps of a count, the options, the sums of items and events are the only points there
    /// are; between the bounds of a ratio every number is one.
    pub fn gives(&self, frame: Frame, points: Points) -> bool {
        let (low, high) = (frame.max.min(Points::ZERO), frame.max.max(Points::ZERO));
        let zero = points == Points::ZERO;
        (low..=high).contains(&points)
            && match self {
                Rule::YesNo => zero || points == frame.max,
                Rule::Options(rule) => rule.options.iter().any(|option| option.points == points),
                Rule::Checklist(rule) => rule.gives(points),
                Rule::CountSteps(rule) => rule.gives(points),
                Rule::RatioSteps(rule) => zero || rule.gives(points),
                Rule::Ratio(rule) => zero || points >= rule.least(frame),
                Rule::Deduct(rule) => rule.gives(points),
                Rule::Bonus(rule) | Rule::Penalty(rule) => rule.gives(frame, points),
                Rule::Judged(rule) => rule.allows(points),
                Rule::TwoTier(_) | Rule::External(_) => true,
                // Counted, or said with their maximum only.
                Rule::Survey(_) | Rule::Given(_) => false,
            }
    }

    /// The most points (for a penalty: the most points off) the rule can give.
    pub fn reaches(&self, max: Points) -> Points {
        match self {
            Rule::Options(rule) => rule.reaches(),
            Rule::Checklist(rule) => rule.reaches(),
            Rule::CountSteps(rule) | Rule::RatioSteps(rule) => rule.reaches(),
            Rule::Deduct(rule) => rule.reaches(),
            Rule::Survey(rule) => rule.reaches(max),
            _ => max,
        }
    }

    /// Bonus and penalty points count to the total but not to the scale.
    pub fn is_adjustment(&self) -> bool {
        matches!(self, Rule::Bonus(_) | Rule::Penalty(_) | Rule::Given(given::Given { adjusts: true }))
    }

    /// Whether a leaf of that source can be scored by this rule.
    pub fn fits(&self, source: Source) -> bool {
        match self {
            Rule::Survey(_) => source == Source::Survey,
            Rule::External(_) => matches!(source, Source::External | Source::Survey),
            _ => matches!(source, Source::Own | Source::Appraisal),
        }
    }

    /// Reads a rule table; problems are recorded in its document.
    pub fn read(table: Table<'_, '_>, max: Points, places: u8) -> Option<Rule> {
        table.require("kind")?;
        let kind = table.word("kind", &KINDS, |word| KINDS.into_iter().find(|kind| *kind == word))?;
        let rule = match kind {
            "yes_no" => Some(Rule::YesNo),
            "options" => options::Options::read(&table, places).map(Rule::Options),
            "checklist" => checklist::Checklist::read(&table, places).map(Rule::Checklist),
            "count_steps" => steps::Steps::read(&table, places, inputs::LARGEST).map(Rule::CountSteps),
            "ratio_steps" => steps::Steps::read(&table, places, 1).map(Rule::RatioSteps),
            "ratio" => ratio::Ratio::read(&table).map(Rule::Ratio),
            "two_tier" => two_tier::TwoTier::read(&table).map(Rule::TwoTier),
            "deduct" => deduct::Deduct::read(&table, places).map(Rule::Deduct),
            "external" => external::External::read(&table).map(Rule::External),
            "survey" => survey::Survey::read(&table).map(Rule::Survey),
            "bonus" => adjustment::Adjustment::read(&table, places).map(Rule::Bonus),
            "penalty" => adjustment::Adjustment::read(&table, places).map(Rule::Penalty),
            "given" => given::Given::read(&table).map(Rule::Given),
            _ => judged::Judged::read(&table, max, places).map(Rule::Judged),
        };
        table.finish();
        rule
    }
}

/// Reads points of a rule and refuses more decimals than the set keeps.
fn read_points(table: &Table<'_, '_>, key: &str, places: u8) -> Option<Points> {
    let points = table.points(key)?;
    if points < Points::ZERO || points > MOST_POINTS {
        return table.fault(
            key,
            ProblemKind::OutOfRange {
                key: key.to_owned(),
                value: points.to_string(),
                min: "0".to_owned(),
                max: MOST_POINTS.to_string(),
            },
        );
    }
    if !points.fits(places) {
        return table.fault(key, ProblemKind::TooManyPlaces { key: key.to_owned(), points, places });
    }
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::decimal::Decimal;

    #[test]
    fn a_rule_takes_the_inputs_its_form_asks_for_and_no_others() {
        let items = || {
            let item = |id: &str| checklist::Item {
                id: id.to_owned(),
                points: Points::whole(1),
                label: "Nội dung".to_owned(),
            };
            vec![item("late"), item("wrong")]
        };
        let one = Decimal::new(1, 0);
        let rules = [
            Rule::YesNo,
            Rule::Options(options::Options { options: Vec::new() }),
            Rule::Checklist(checklist::Checklist { items: items() }),
            Rule::CountSteps(steps::Steps { steps: Vec::new() }),
            Rule::RatioSteps(steps::Steps { steps: Vec::new() }),
            Rule::Ratio(ratio::Ratio { floor: one, target: one, empty: ratio::Empty::Zero }),
            Rule::TwoTier(two_tier::TwoTier { late_factor: one }),
            Rule::Deduct(deduct::Deduct { start: Points::ZERO, floor: Points::ZERO, events: items() }),
            Rule::External(external::External { divide_by: one }),
            Rule::Survey(survey::Survey { weights: Vec::new(), questions: Vec::new() }),
            Rule::Bonus(adjustment::Adjustment { events: items() }),
            Rule::Penalty(adjustment::Adjustment { events: items() }),
            Rule::Judged(judged::Judged { step: Points::whole(1) }),
            Rule::Given(given::Given { adjusts: false }),
        ];
        assert_eq!(rules.each_ref().map(Rule::kind), KINDS);
        let names: Vec<String> = rules.iter().flat_map(Rule::slots).map(|slot| slot.name).collect();
        for rule in &rules {
            let asked: Vec<String> = rule.slots().into_iter().map(|slot| slot.name).collect();
            for name in &names {
                assert_eq!(rule.takes(name), asked.contains(name), "{}: {name}", rule.kind());
            }
        }
    }
}
