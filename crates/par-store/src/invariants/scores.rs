//! Judgements and requests against rules, exemptions and each other.

use par_core::framework::{Framework, LeafId, Source};
use par_core::points::Points;
use par_core::rule::Rule;
use par_core::year::{Judgement, LeafFile, Outcome, Request, Stage, Year};

use crate::fact::Fact;
use crate::finding::Findings;

pub(super) fn check(year: &Year, findings: &mut Findings) {
    let tallies = year.survey.tallies();
    for (unit, applies) in (0..year.units.len()).map(|unit| (unit, year.applicable(unit))) {
        let set = year.set_of(unit);
        for (leaf, node) in set.leaves() {
            let file = year.leaf_file(unit, leaf);
            let place = format!("{} {}", year.units[unit].code, set.node(node).code);
            for stage in Stage::ALL {
                if let Some(judgement) = file.at(stage) {
                    let applies = applies[leaf.index()];
                    check_judgement(
                        set,
                        leaf,
                        applies,
                        &format!("{place} {}", stage.name()),
                        findings,
                        (stage, judgement),
                    );
                }
            }
            check_order(file, &place, findings);
            if let Some(request) = &file.request {
                check_request(year, request, &place, findings);
                let max = set.node(node).max;
                let round1 = file.round1.as_ref().map(|judgement| judgement.points);
                if round1.is_none_or(|points| points >= max.max(Points::ZERO)) {
                    let said = round1.map_or_else(String::new, |points| points.to_string());
                    findings.add(Fact::RequestRound1, &place, said, max);
                }
            }
            check_rounds(file, &place, findings);
            let scored = match &set.scoring(leaf).rule {
                Rule::Survey(rule) => {
                    rule.award_tally(set.frame(leaf), &tallies.pooled(unit, &rule.questions)).is_some()
                }
                _ => file.binding().is_some(),
            };
            if applies[leaf.index()] && !scored {
                findings.add(Fact::ScoreComplete, place, "", "binding points");
            }
        }
    }
}

fn check_judgement(
    set: &Framework,
    leaf: LeafId,
    applies: bool,
    place: &str,
    findings: &mut Findings,
    (stage, judgement): (Stage, &Judgement),
) {
    let (frame, scoring) = (set.frame(leaf), set.scoring(leaf));
    let points = judgement.points;
    if !applies {
        findings.add(Fact::JudgementExempt, place, points, "not evaluated");
    }
    if scoring.source == Source::Survey {
        findings.add(Fact::JudgementSurvey, place, points, "survey answers");
        return;
    }
    if stage == Stage::Own && scoring.source != Source::Own {
        findings.add(Fact::SelfScoreOpen, place, points, scoring.source.name());
    }
    let (low, high) = (frame.max.min(Points::ZERO), frame.max.max(Points::ZERO));
    if !(low..=high).contains(&points) {
        findings.add(Fact::JudgementBounds, place, points, format!("{low} to {high}"));
    }
    if !points.fits(frame.places) {
        findings.add(Fact::JudgementPlaces, place, points, frame.places);
    }
    if judgement.inputs.is_empty() {
        return;
    }
    match scoring.rule.award(frame, &judgement.inputs) {
        Ok(award) => findings.same(Fact::JudgementRule, place, points, award.points),
        Err(problem) => findings.add(Fact::JudgementRule, place, &judgement.inputs, format!("{problem:?}")),
    }
}

/// Round 2 rests on round 1, the council on an appraisal.
fn check_order(file: &LeafFile, place: &str, findings: &mut Findings) {
    let missing = [
        (file.round2.is_some() && file.round1.is_none(), "round2", "round1"),
        (file.council.is_some() && file.round1.is_none(), "council", "round1"),
    ];
    for (_, said, expected) in missing.into_iter().filter(|(missing, ..)| *missing) {
        findings.add(Fact::StageOrder, place, said, expected);
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

/// Points of round 2 against round 1 and what became of the explanation.
fn check_rounds(file: &LeafFile, place: &str, findings: &mut Findings) {
    let (Some(round1), Some(round2)) = (&file.round1, &file.round2) else { return };
    let (before, after) = (round1.points, round2.points);
    match file.request.as_ref().map(|request| request.outcome) {
        None => findings.same(Fact::Round2Request, place, after, before),
        Some(outcome @ (Outcome::Rejected | Outcome::Silent)) if after != before => {
            findings.add(Fact::RequestOutcome, place, format!("{}: {after}", outcome.name()), before);
        }
        Some(outcome @ (Outcome::Accepted | Outcome::Partly)) if after <= before => {
            findings.add(Fact::RequestOutcome, place, format!("{}: {after}", outcome.name()), before);
        }
        Some(_) => {}
    }
}
