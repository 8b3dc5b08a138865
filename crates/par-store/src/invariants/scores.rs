//! Judgements and requests against rules, exemptions and each other.

use par_core::points::Points;
use par_core::rule::Rule;
use par_core::rule::problem::InputProblem;
use par_core::year::judge::{Objection, Seat, judge};
use par_core::year::{Judgement, LeafFile, Outcome, Request, Stage, Year};

use crate::fact::Fact;
use crate::finding::Findings;

const FIRST: Stage = Stage::Round(1);

pub(super) fn check(year: &Year, findings: &mut Findings) {
    for (unit, applies) in (0..year.units.len()).map(|unit| (unit, year.applicable(unit))) {
        let set = year.set_of(unit);
        for (leaf, node) in set.leaves() {
            let file = year.leaf_file(unit, leaf);
            let place = format!("{} {}", year.units[unit].code, set.node(node).code);
            for stage in year.rounds.stages() {
                if let Some(judgement) = file.at(stage) {
                    let applies = applies[leaf.index()];
                    let seat = Seat { set, leaf, applies, stage, rounds: year.rounds };
                    check_judgement(seat, &format!("{place} {}", stage.name()), findings, judgement);
                }
            }
            check_order(file, &place, findings);
            for (round, said) in (1..).map(Stage::Round).zip(&file.rounds) {
                let Some(request) = &said.request else { continue };
                let place = format!("{place} {}", round.name());
                check_request(year, request, &place, findings);
                let max = set.node(node).max;
                let points = said.judgement.as_ref().map(|judgement| judgement.points);
                if points.is_none_or(|points| points >= max.max(Points::ZERO)) {
                    let said = points.map_or_else(String::new, |points| points.to_string());
                    findings.add(Fact::RequestMax, place, said, max);
                }
            }
            check_rounds(file, &place, findings);
            let scored = match &set.scoring(leaf).rule {
                Rule::Survey(rule) => rule
                    .award_tally(set.frame(leaf), &year.survey.answers.pooled(unit, &rule.questions))
                    .is_some(),
                _ => file.binding().is_some(),
            };
            if applies[leaf.index()] && !scored {
                findings.add(Fact::ScoreComplete, place, "", "binding points");
            }
        }
    }
}

/// A judgement before the one judge.
fn check_judgement(seat: Seat<'_>, place: &str, findings: &mut Findings, judgement: &Judgement) {
    let points = judgement.points;
    let inputs = Some(&judgement.inputs).filter(|inputs| !inputs.is_empty());
    for objection in judge(seat, Some(points), inputs).err().unwrap_or_default() {
        match objection {
            Objection::Exempt => findings.add(Fact::JudgementExempt, place, points, "not evaluated"),
            Objection::Counted => findings.add(Fact::JudgementSurvey, place, points, "survey answers"),
            Objection::NoSuchRound(_) => {
                findings.add(Fact::StageOrder, place, points, "a round of the year");
            }
            Objection::NotOpen => {
                findings.add(Fact::SelfScoreOpen, place, points, seat.set.scoring(seat.leaf).source.name());
            }
            Objection::Bounds { low, high } => {
                findings.add(Fact::JudgementBounds, place, points, format!("{low} to {high}"));
            }
            Objection::Places(places) => findings.add(Fact::JudgementPlaces, place, points, places),
            Objection::NotByRule => {
                findings.add(Fact::JudgementRule, place, points, seat.set.scoring(seat.leaf).rule.kind());
            }
            Objection::Differs(rule) => findings.add(Fact::JudgementRule, place, points, rule),
            Objection::Inputs(problems) if problems == [InputProblem::PartOfNothing] => {
                findings.add(Fact::JudgementLaw, place, &judgement.inputs, "b=0 where a=0");
            }
            Objection::Inputs(problems) => {
                findings.add(Fact::JudgementRule, place, &judgement.inputs, format!("{problems:?}"));
            }
        }
    }
}

/// A later round and the council rest on round 1.
fn check_order(file: &LeafFile, place: &str, findings: &mut Findings) {
    if file.at(FIRST).is_some() {
        return;
    }
    for stage in Stage::ALL.into_iter().filter(|stage| *stage > FIRST && file.at(*stage).is_some()) {
        findings.add(Fact::StageOrder, place, stage.name(), FIRST.name());
    }
}

fn check_request(year: &Year, request: &Request, place: &str, findings: &mut Findings) {
    if !year.reasons.iter().any(|reason| reason.code == request.reason) {
        findings.add(Fact::RequestReason, place, &request.reason, "a reason of the year");
    }
    if request.answer.is_some() == (request.outcome == Outcome::Silent) {
        let said = request.answer.as_deref().unwrap_or_default();
        findings.add(Fact::RequestAnswer, place, said, request.outcome.name());
    }
}

/// Points of each round against the round before and what became of the explanation between them.
fn check_rounds(file: &LeafFile, place: &str, findings: &mut Findings) {
    let judged =
        (1..).zip(&file.rounds).filter_map(|(round, said)| Some((round, said, said.judgement.as_ref()?)));
    for ((_, before, old), (round, _, new)) in judged.clone().zip(judged.skip(1)) {
        let (before, place) = (before.request.as_ref(), format!("{place} {}", Stage::Round(round).name()));
        check_answer(before.map(|request| request.outcome), (old.points, new.points), place, findings);
    }
}

fn check_answer(
    outcome: Option<Outcome>,
    (before, after): (Points, Points),
    place: String,
    findings: &mut Findings,
) {
    match outcome {
        None => findings.same(Fact::RoundRequest, place, after, before),
        Some(outcome @ (Outcome::Rejected | Outcome::Silent)) if after != before => {
            findings.add(Fact::RequestOutcome, place, format!("{}: {after}", outcome.name()), before);
        }
        Some(outcome @ (Outcome::Accepted | Outcome::Partly)) if after <= before => {
            findings.add(Fact::RequestOutcome, place, format!("{}: {after}", outcome.name()), before);
        }
        Some(_) => {}
    }
}
