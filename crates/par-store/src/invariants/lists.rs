//! Header lists, units, exemptions, the year before.

use std::collections::HashSet;

use par_core::problem::ProblemKind;
use par_core::year::Year;
use par_core::year::whole::{self, Law};

use crate::fact::Fact;
use crate::finding::Findings;

pub(super) fn check(year: &Year, findings: &mut Findings) {
    for fault in whole::faults(year) {
        let (said, mut expected) = told(&fault.kind);
        if let (Law::MarkOrder, ProblemKind::OutOfRange { max, .. }) = (fault.law, &fault.kind) {
            // Told as the lower mark beside the upper one.
            expected.clone_from(max);
        }
        findings.add(fact(fault.law), fault.at.name(year), said, expected);
    }
    unique(Fact::UnitSlug, "units", year.units.iter().map(|unit| &unit.slug), findings);
    for unit in &year.units {
        let sound = |letter: u8| letter == b'-' || letter.is_ascii_lowercase() || letter.is_ascii_digit();
        if !unit.slug.bytes().all(sound) {
            findings.add(Fact::UnitSlug, &unit.code, &unit.slug, "a-z, 0-9 and -");
        }
    }
}

/// What stands there and what should, by what is wrong.
fn told(kind: &ProblemKind) -> (String, String) {
    match kind {
        ProblemKind::Duplicate { value, .. } | ProblemKind::Twins { value, .. } => {
            (value.clone(), "only once".to_owned())
        }
        ProblemKind::ClassTwice(value) => (value.clone(), "only once".to_owned()),
        ProblemKind::OutOfRange { value, min, max, .. } => (value.clone(), format!("{min} to {max}")),
        ProblemKind::UnknownCode(code) => (code.clone(), "a code of a set".to_owned()),
        ProblemKind::UnknownName { name, .. } => (name.clone(), "a known name".to_owned()),
        ProblemKind::AnswersOfUnevaluated(_) => ("answers".to_owned(), "none".to_owned()),
        ProblemKind::Reserved { value, .. } => (value.clone(), "another word".to_owned()),
        _ => (String::new(), "not empty".to_owned()),
    }
}

/// The fact by which a check reports a law.
fn fact(law: Law) -> Fact {
    match law {
        Law::Set => Fact::SetReference,
        Law::BlockName => Fact::BlockName,
        Law::Classes => Fact::ClassOrder,
        Law::MarkArea => Fact::ThresholdArea,
        Law::MarkOrder => Fact::ThresholdOrder,
        Law::Reason => Fact::ReasonCode,
        Law::FactKey | Law::FactDate => Fact::FactKey,
        Law::Unit => Fact::UnitCode,
        Law::UnitPeriod => Fact::UnitPeriod,
        Law::UnitGround => Fact::UnitGround,
        Law::UnitAnswers => Fact::UnitAnswers,
        Law::Predecessor => Fact::Predecessor,
        Law::PreviousPercent | Law::PreviousNode => Fact::PreviousPercent,
        Law::PreviousYear => Fact::PreviousYear,
        Law::ExemptionCode => Fact::ExemptionCode,
        Law::ExemptionReason => Fact::ExemptionReason,
        Law::ExemptionOnce => Fact::ExemptionOnce,
        Law::SomethingLeft => Fact::SomethingLeft,
    }
}

/// Records values that are empty or stand there twice.
pub(super) fn unique<'v>(
    fact: Fact,
    place: &str,
    values: impl Iterator<Item = &'v String>,
    findings: &mut Findings,
) {
    let mut seen = HashSet::new();
    for value in values {
        if value.trim().is_empty() {
            findings.add(fact, place, value, "not empty");
        } else if !seen.insert(value) {
            findings.add(fact, place, value, "only once");
        }
    }
}
