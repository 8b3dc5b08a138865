//! A year as it may be published: every figure stays, no single answer and no single request does.
//!
//! Survey counts stand a unit, question and option. A question's forms are told apart only where each of
//! them has at least [`SMALLEST`] answers about every unit it speaks of; else they are pooled, so that no
//! smaller group can be had, not even by subtracting one from the whole. Requests for explanation become
//! sums of lost points by unit, area and cause.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::rule::survey::Tally;
use crate::score::results::Results;
use crate::year::Year;
use crate::year::survey::{Answers, POOLED, Survey};

/// Fewer answers than this to a question about a unit are no group that is told apart.
pub const SMALLEST: usize = 5;

/// The year as it may be published. Doing it again changes nothing.
pub fn publishable(year: &Year) -> Year {
    let mut year = with_sums_for_requests(year);
    let answers = pooled(&year.survey);
    Arc::make_mut(&mut year.survey).answers = answers;
    year
}

/// Units and questions of which so few answered that their counts cannot be published at all, by the
/// unit's position and the question's code.
pub fn too_few(year: &Year) -> Vec<(usize, String)> {
    let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for (unit, question, _, tally) in year.survey.answers.iter() {
        *counts.entry((unit, question)).or_default() += count(tally);
    }
    let few = counts.into_iter().filter(|(_, count)| *count < SMALLEST);
    few.map(|((unit, question), _)| (unit, question.to_owned())).collect()
}

/// Units about which two versions of a survey differ by so few answers that the difference would show
/// somebody's: what came to a question, or went, is fewer than [`SMALLEST`] answers for every question.
pub fn too_near(before: &Year, now: &Year) -> Vec<String> {
    let of = |year: &Year| {
        let mut counts: BTreeMap<(String, String), Tally> = BTreeMap::new();
        for (unit, question, _, tally) in year.survey.answers.iter() {
            let sum = counts.entry((year.units[unit].code.clone(), question.to_owned())).or_default();
            tally.iter().for_each(|(option, count)| *sum.entry(*option).or_default() += count);
        }
        counts
    };
    let (before, now) = (of(before), of(now));
    let mut largest: BTreeMap<&str, usize> = BTreeMap::new();
    let keys: BTreeSet<&(String, String)> = before.keys().chain(now.keys()).collect();
    for key in keys {
        let at = |counts: &BTreeMap<(String, String), Tally>, option: &char| {
            counts.get(key).and_then(|tally| tally.get(option)).copied().unwrap_or(0) as usize
        };
        let tallies = before.get(key).into_iter().chain(now.get(key));
        let options: BTreeSet<&char> = tallies.flat_map(|tally| tally.keys()).collect();
        let sum = |more: fn(usize, usize) -> usize| -> usize {
            options.iter().map(|option| more(at(&now, option), at(&before, option))).sum()
        };
        let came = sum(usize::saturating_sub);
        let went = sum(|now, before| before.saturating_sub(now));
        if came.max(went) > 0 {
            let known = largest.entry(&key.0).or_default();
            *known = came.max(went).max(*known);
        }
    }
    largest.into_iter().filter(|(_, most)| *most < SMALLEST).map(|(unit, _)| unit.to_owned()).collect()
}

/// The year with sums of lost points by unit, area and cause in place of its requests for explanation:
/// what was asked and answered at a leaf is not public.
fn with_sums_for_requests(year: &Year) -> Year {
    if year.losses.is_some() {
        return year.clone();
    }
    let results = Results::of(year.clone());
    let losses = (0..results.year.units.len()).flat_map(|unit| results.lost_of(unit)).collect();
    let mut year = results.year;
    for leaf in year.files.iter_mut().flat_map(|file| &mut Arc::make_mut(file).leaves) {
        leaf.rounds.iter_mut().for_each(|round| round.request = None);
        while leaf.rounds.last().is_some_and(|round| round.judgement.is_none()) {
            leaf.rounds.pop();
        }
    }
    year.losses = Some(losses);
    year
}

/// The answers with forms pooled wherever one of them is small.
fn pooled(survey: &Survey) -> Answers {
    let mut small: BTreeSet<&str> = BTreeSet::new();
    let mut forms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, question, form, tally) in survey.answers.iter() {
        forms.entry(question).or_default().insert(form);
        if count(tally) < SMALLEST {
            small.insert(question);
        }
    }
    small.retain(|question| forms[question].len() > 1);
    let mut pooled = Answers::default();
    for (unit, question, form, tally) in survey.answers.iter() {
        pooled.add(unit, question, if small.contains(question) { POOLED } else { form }, tally);
    }
    pooled
}

fn count(tally: &Tally) -> usize {
    tally.values().map(|count| *count as usize).sum()
}
