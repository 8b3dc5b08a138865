//! What is allowed, line by line; whatever the golden does not list is denied.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use par_core::framework::LeafId;
use par_core::moment::Moment;
use par_core::workflow::At;
use par_core::workflow::act::Act;
use par_core::workflow::actor::Duty;
use par_core::workflow::permit::permit;
use par_core::workflow::state::{Sending, UnitState};
use par_core::workflow::timetable::Opening;

use super::{actor, leaves, moments, rules, timetable, year};
use crate::common::golden;

/// The states of a unit that the golden tells apart.
fn states(leaf: LeafId) -> Vec<(&'static str, UnitState)> {
    let (at, opening) = (Moment::from_ms(1), Opening::InTime);
    let of = |self_score: Sending, rounds: &[(bool, bool)]| {
        let mut state = UnitState { self_score, ..UnitState::default() };
        for (number, (delivered, asked)) in (1..).zip(rounds) {
            let round = state.round_mut(number);
            if *delivered {
                round.delivered.add(leaf);
            }
            if *asked {
                round.asked.add(leaf);
            }
        }
        state
    };
    let explained = |round: u8, mut state: UnitState| {
        state.round_mut(round).explained = Some(at);
        state
    };
    let received = Sending::Received { at, opening };
    vec![
        ("chưa gửi", of(Sending::Unsent, &[])),
        ("đã gửi", of(Sending::Sent { at, opening }, &[])),
        ("đã tiếp nhận", of(received, &[])),
        ("trả lại", of(Sending::Returned { at, opening }, &[])),
        ("chấp nhận bản lưu", of(Sending::TakenAsIs, &[])),
        ("coi như không chấm", of(Sending::CountsAsNone, &[])),
        ("gửi kết quả 1", of(received, &[(true, false)])),
        ("hỏi 1", of(received, &[(true, true)])),
        ("giải trình 1", explained(1, of(received, &[(true, true)]))),
        ("gửi kết quả 2", of(received, &[(true, true), (true, false)])),
        ("hỏi 2", of(received, &[(true, true), (true, true)])),
        ("giải trình 2", explained(2, of(received, &[(true, true), (true, true)]))),
    ]
}

/// Whom an act is about: a leaf, a unit or the year, whichever it is allowed for.
fn places(unit: usize, leaf: LeafId) -> [(&'static str, At); 3] {
    [("tiêu chí", At::Leaf(unit, leaf)), ("đơn vị", At::Unit(unit)), ("cả năm", At::Year)]
}

/// How a person stands to the unit: the home unit, and whether a conflict is declared.
const RELATIONS: [(&str, Option<usize>, bool); 3] =
    [("của mình", Some(0), false), ("khác", Some(1), false), ("xung đột", None, true)];

/// What is allowed to somebody in a relation: moments and state, as they are shown.
struct Relation {
    name: &'static str,
    found: Vec<(String, &'static str)>,
}

/// Relations to which the same is allowed, together; those to which nothing is are left out.
fn alike(relations: Vec<Relation>) -> Vec<Vec<Relation>> {
    let mut groups: Vec<Vec<Relation>> = Vec::new();
    for relation in relations.into_iter().filter(|relation| !relation.found.is_empty()) {
        match groups.iter_mut().find(|group| group[0].found == relation.found) {
            Some(group) => group.push(relation),
            None => groups.push(vec![relation]),
        }
    }
    groups
}

/// States that have the same moments, together.
fn by_moments(found: &[(String, &'static str)]) -> Vec<(String, String)> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (signs, state) in found {
        match groups.iter_mut().find(|(known, _)| known == signs) {
            Some((_, states)) => states.push(state),
            None => groups.push((signs.clone(), vec![state])),
        }
    }
    let shown = |states: Vec<&str>| {
        if states.len() == STATES { "mọi trạng thái".to_owned() } else { states.join(", ") }
    };
    groups.into_iter().map(|(signs, states)| (signs, shown(states))).collect()
}

/// How many states the golden tells apart.
const STATES: usize = 12;

#[test]
fn nobody_may_do_more_than_the_golden_says() {
    let (year, first) = (year(), leaves(&year())[0]);
    let (timetable, moments) = (timetable(&year), moments());
    let mut lines: BTreeMap<(String, &str, &str), Vec<Relation>> = BTreeMap::new();
    for act in Act::all(year.rounds.count()) {
        for duty in Duty::ALL {
            for (relation, home, conflict) in RELATIONS {
                let mut person = actor(1, home, &[duty]);
                person.conflicts.extend(conflict.then_some(0));
                for (place, at) in places(0, first) {
                    let found = states(first).into_iter().map(|(name, state)| {
                        let units = [state, UnitState::default()];
                        let open = moments.iter().filter(|(_, now)| {
                            permit(&person, act, at, &rules(&year, &units, &timetable, *now)).is_ok()
                        });
                        (open.fold(String::new(), |text, (sign, _)| text + " " + sign), name)
                    });
                    let found: Vec<(String, &str)> = found.filter(|(signs, _)| !signs.is_empty()).collect();
                    let line = lines.entry((format!("{act:?}"), duty.name(), place)).or_default();
                    line.push(Relation { name: relation, found });
                }
            }
        }
    }
    let mut told = String::from(
        "Chỉ những gì ghi ở đây là được phép. Mỗi dòng: việc · vai trò · về · đơn vị · thời điểm · trạng thái của đơn vị.\n\
         - trước tự chấm, S tự chấm, 1 2 thẩm định, a b giải trình, C Hội đồng; chữ s và dấu chấm: sau khi đóng.\n",
    );
    for ((act, duty, place), relations) in lines {
        for alike in alike(relations) {
            let names: Vec<&str> = alike.iter().map(|relation| relation.name).collect();
            for (signs, states) in by_moments(&alike[0].found) {
                let all = signs.split_whitespace().count() == moments.len();
                let signs = if all { " luôn" } else { &signs };
                writeln!(told, "{act} · {duty} · {place} · {} ·{signs} · {states}", names.join(", "))
                    .unwrap();
            }
        }
    }
    golden("allowed.txt", &told);
}
