//! What stays hidden, whatever roles somebody has.

use std::sync::Arc;

use par_core::framework::LeafId;
use par_core::points::Points;
use par_core::workflow::At;
use par_core::workflow::actor::{Actor, Duty};
use par_core::workflow::sight::{PARTS, Part, seen_by, sees};
use par_core::workflow::state::UnitState;
use par_core::year::{Judgement, Outcome, Request, Stage, UnitFile, Year};

use super::{actor, first_part, leaves, moments, role, rules, timetable, year};

/// Every leaf of both units judged at every stage.
fn judged() -> Year {
    let mut year = year();
    let full = || Judgement { points: Points::whole(5), inputs: Default::default() };
    for file in &mut year.files {
        let mut leaves = file.leaves.clone();
        for leaf in &mut leaves {
            for stage in year.rounds.stages() {
                leaf.judge(stage, full());
            }
        }
        *file = Arc::new(UnitFile { leaves });
    }
    year
}

fn parts_seen(person: &Actor, unit: usize, leaf: LeafId, states: &[UnitState], moment: usize) -> Vec<Part> {
    let (year, timetable) = (year(), timetable(&year()));
    let rules = rules(&year, states, &timetable, moments()[moment].1);
    PARTS.into_iter().filter(|part| sees(person, *part, At::Leaf(unit, leaf), &rules)).collect()
}

#[test]
fn a_role_more_never_shows_the_appraisal_of_the_own_unit_before_its_delivery() {
    let leaf = leaves(&year())[0];
    let states = vec![UnitState::default(); 2];
    for moment in 0..moments().len() {
        for first in Duty::ALL {
            for second in Duty::ALL {
                let person = actor(1, Some(0), &[first, second]);
                let seen = parts_seen(&person, 0, leaf, &states, moment);
                let hidden = [Part::Appraisal(1), Part::Appraisal(2), Part::Inner, Part::Council];
                assert!(!seen.iter().any(|part| hidden.contains(part)), "{first:?} {second:?}: {seen:?}");
            }
        }
    }
}

#[test]
fn a_declared_conflict_hides_like_the_own_unit() {
    let leaf = leaves(&year())[0];
    let states = vec![UnitState::default(); 2];
    for duty in Duty::ALL {
        let mut person = actor(1, None, &[duty]);
        person.conflicts.push(1);
        for moment in 0..moments().len() {
            let seen = parts_seen(&person, 1, leaf, &states, moment);
            assert!(
                !seen.contains(&Part::Appraisal(1)) && !seen.contains(&Part::Inner),
                "{duty:?}: {seen:?}"
            );
        }
    }
}

#[test]
fn a_unit_sees_nothing_of_another() {
    let leaf = leaves(&year())[0];
    let mut states = vec![UnitState::default(); 2];
    states[1].round_mut(1).delivered.add(leaf);
    for duties in [[Duty::Contact, Duty::Contributor], [Duty::Head, Duty::Contact]] {
        for moment in 0..moments().len() {
            assert_eq!(parts_seen(&actor(1, Some(0), &duties), 1, leaf, &states, moment), []);
        }
    }
}

#[test]
fn an_administrator_sees_no_score() {
    let leaf = leaves(&year())[0];
    let states = vec![UnitState::default(); 2];
    for moment in 0..moments().len() {
        assert_eq!(parts_seen(&actor(1, None, &[Duty::Administrator]), 0, leaf, &states, moment), []);
    }
}

#[test]
fn the_year_as_a_unit_sees_it_holds_its_own_words_alone() {
    let (year, timetable) = (judged(), timetable(&year()));
    let states = vec![UnitState::default(); 2];
    let rules = rules(&year, &states, &timetable, moments()[1].1);
    let seen = seen_by(&actor(1, Some(0), &[Duty::Contact]), &rules);
    assert!(!seen.whole);
    assert_eq!(seen.hidden, [true, true]);
    assert_eq!(seen.year.units, year.units, "positions stay");
    let stages = |unit: usize| -> Vec<Stage> {
        let leaf = &seen.year.files[unit].leaves[0];
        year.rounds.stages().filter(|stage| leaf.at(*stage).is_some()).collect()
    };
    assert_eq!(stages(0), [Stage::Own]);
    assert_eq!(stages(1), []);
}

#[test]
fn an_organiser_without_a_unit_sees_the_year_whole_and_shares_it() {
    let (year, timetable) = (judged(), timetable(&year()));
    let states = vec![UnitState::default(); 2];
    let rules = rules(&year, &states, &timetable, moments()[3].1);
    let seen = seen_by(&actor(1, None, &[Duty::Organiser]), &rules);
    assert!(seen.whole);
    assert!(Arc::ptr_eq(&seen.year.files[0], &year.files[0]), "what is not changed is not copied");
}

#[test]
fn an_appraiser_sees_evidence_of_the_assigned_part_alone() {
    let leaves = leaves(&year());
    let states = vec![UnitState::default(); 2];
    let mut person = actor(1, None, &[]);
    person.roles.push(role(Duty::Appraiser, first_part()));
    // The self-score has closed.
    let seen = |leaf: LeafId| parts_seen(&person, 0, leaf, &states, 3);
    assert!(seen(leaves[0]).contains(&Part::Evidence));
    assert!(!seen(leaves[1]).contains(&Part::Evidence));
    assert!(seen(leaves[1]).contains(&Part::SelfScore), "points of all are read");
}

#[test]
fn an_explanation_is_read_from_above_only_once_it_was_sent() {
    let (mut year, timetable, leaf) = (judged(), timetable(&year()), leaves(&year())[0]);
    let mut file = (*year.files[0]).clone();
    let request =
        Request {
            reason: "x".to_owned(), answer: Some("chưa gửi".to_owned()), outcome: Outcome::Accepted
        };
    file.leaves[leaf.index()].ask(1, request.clone());
    year.files[0] = Arc::new(file);
    let mut states = vec![UnitState::default(); 2];
    states[0].round_mut(1).delivered.add(leaf);
    states[0].round_mut(1).asked.add(leaf);
    let now = moments()[5].1;
    let of = |states: &[UnitState], duty: Duty, home: Option<usize>| {
        let seen = seen_by(&actor(1, home, &[duty]), &rules(&year, states, &timetable, now));
        seen.year.files[0].leaves[leaf.index()].request_after(Stage::Round(1)).cloned()
    };
    assert_eq!(of(&states, Duty::Leader, None), None);
    assert_eq!(of(&states, Duty::Contact, Some(0)), Some(request.clone()));
    states[0].round_mut(1).explained = Some(now);
    assert_eq!(of(&states, Duty::Leader, None), Some(request));
}
