//! Every state that four people can bring the units of a small year into, breadth-first: what must hold in each.

use std::collections::{HashSet, VecDeque};

use par_core::framework::LeafId;
use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::workflow::At;
use par_core::workflow::act::{About, Act};
use par_core::workflow::actor::{Actor, Duty};
use par_core::workflow::decide::{Say, Step, say, step};
use par_core::workflow::dossier::{Dossier, Weight};
use par_core::workflow::permit::permit;
use par_core::workflow::sight::{Part, sees};
use par_core::workflow::state::UnitState;
use par_core::workflow::timetable::Timetable;
use par_core::year::status::Status;
use par_core::year::{Stage, Year};

use super::{actor, leaves, moments, rules, timetable, year};

/// How far the units are at a moment. What was said is no part of it: whether something more may be said
/// never depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    /// Index of the moment.
    moment: usize,
    states: Vec<UnitState>,
}

const STAGES: [Stage; 4] = [Stage::Own, Stage::Round(1), Stage::Round(2), Stage::Council];

struct Game {
    year: Year,
    timetable: Timetable,
    people: Vec<Actor>,
    /// The leaves that play.
    played: Vec<(usize, LeafId)>,
}

/// Something that somebody tries.
#[derive(Clone, Debug)]
enum Try {
    Say(usize, Stage, Option<String>, Weight),
    Step(usize, Step),
}

impl Game {
    fn new(played: Vec<(usize, LeafId)>) -> Game {
        let year = year();
        let people = vec![
            actor(1, Some(0), &[Duty::Contact]),
            actor(2, Some(1), &[Duty::Contact]),
            // In most provinces one specialist of a ranked unit appraises, organises and administers.
            actor(3, Some(1), &[Duty::Appraiser, Duty::Organiser, Duty::TeamLead, Duty::Administrator]),
            actor(4, None, &[Duty::Secretary, Duty::Appraiser, Duty::Organiser]),
        ];
        Game { timetable: timetable(&year), people, played, year }
    }

    fn tries(&self) -> Vec<Try> {
        let mut tries = Vec::new();
        for place in 0..self.played.len() {
            for stage in STAGES {
                tries.push(Try::Say(place, stage, None, Weight::Binding));
            }
            tries.push(Try::Say(place, Stage::Own, Some("UBND xã".to_owned()), Weight::Binding));
            tries.push(Try::Say(place, Stage::Round(1), None, Weight::Opinion));
            for round in [1, 2] {
                for asked in [false, true] {
                    let (unit, leaf) = self.played[place];
                    tries.push(Try::Step(unit, Step::Deliver(round, vec![(leaf, asked)])));
                }
            }
        }
        let units: HashSet<usize> = self.played.iter().map(|(unit, _)| *unit).collect();
        for unit in units {
            for one in [Step::Send, Step::Receive, Step::Return, Step::TakeAsIs, Step::CountAsNone] {
                tries.push(Try::Step(unit, one));
            }
            tries.extend([1, 2].map(|round| Try::Step(unit, Step::Explain(round))));
        }
        tries
    }

    /// The world after somebody's try, or `None` when it is refused.
    fn after(&self, world: &World, person: &Actor, tried: &Try) -> Option<World> {
        let now = moments()[world.moment].1;
        let rules = rules(&self.year, &world.states, &self.timetable, now);
        let mut next = world.clone();
        match tried {
            Try::Say(place, stage, on_behalf, weight) => {
                let (unit, leaf) = self.played[*place];
                let said = Say {
                    stage: *stage,
                    points: Some(Points::whole(5)),
                    inputs: Inputs::default(),
                    note: String::new(),
                    on_behalf: on_behalf.clone(),
                    set: String::new(),
                    weight: *weight,
                };
                let allowed = permit(person, said.act(), At::Leaf(unit, leaf), &rules);
                let decided = say(person, &rules, (unit, leaf), &Dossier::default(), said);
                assert_eq!(allowed.is_ok(), decided.is_ok(), "the page and the act agree: {tried:?}");
                let entry = decided.ok()??;
                assert_eq!((entry.stage, entry.by), (*stage, person.account));
            }
            Try::Step(unit, one) => {
                let at = |leaf: Option<LeafId>| leaf.map_or(At::Unit(*unit), |leaf| At::Leaf(*unit, leaf));
                let leaf = match one {
                    Step::Deliver(_, leaves) => Some(leaves[0].0),
                    _ => None,
                };
                let allowed = permit(person, one.act(), at(leaf), &rules);
                let decided = step(person, &rules, *unit, one);
                assert_eq!(allowed.is_ok(), decided.is_ok(), "the page and the act agree: {tried:?}");
                next.states[*unit] = decided.ok()?;
            }
        }
        Some(next)
    }

    /// What must hold of every change.
    fn lawful(&self, before: &World, person: &Actor, tried: &Try, after: &World) {
        let told = || format!("{:?} tries {tried:?} in {before:?}", person.account);
        if let Try::Say(place, stage, on_behalf, weight) = tried {
            let (unit, leaf) = self.played[*place];
            let (state, partial) = (&before.states[unit], person.is_partial(unit));
            assert_eq!(before, after, "words move nothing: {}", told());
            match stage {
                Stage::Own => {
                    assert!(state.self_score.is_open(), "a sent self-score is written: {}", told());
                    assert_ne!(person.is_home(unit), on_behalf.is_some(), "another's self-score: {}", told());
                }
                Stage::Round(round) => {
                    assert!(!state.is_delivered(*round, leaf), "delivered, then judged: {}", told());
                    assert!(
                        state.is_reopened(*round, leaf) && !partial,
                        "the own unit is judged: {}",
                        told()
                    );
                }
                Stage::Council => {
                    assert!(state.is_appraised(leaf, 2) && !partial, "resolved too early: {}", told());
                    assert_eq!(*weight, Weight::Binding);
                }
            }
        }
        for (unit, (was, is)) in before.states.iter().zip(&after.states).enumerate() {
            let about = matches!(tried, Try::Step(tried, _) if *tried == unit);
            assert!(was == is || about, "an act changes another unit: {}", told());
            for (_, leaf) in self.played.iter().filter(|(of, _)| *of == unit) {
                for round in [1, 2] {
                    assert!(!was.is_delivered(round, *leaf) || is.is_delivered(round, *leaf), "{}", told());
                    assert!(was.is_asked(round, *leaf) <= is.is_asked(round, *leaf), "{}", told());
                    assert!(!is.is_asked(round, *leaf) || is.is_delivered(round, *leaf), "{}", told());
                }
            }
            if let (Some(first), Some(last)) = (was.self_score.sent(), is.self_score.sent()) {
                assert_eq!(first, last, "the first sending stays: {}", told());
            }
        }
    }

    /// What must hold in every state: nobody learns of the appraisal of the own unit before its delivery.
    fn sighted(&self, world: &World) {
        let now = moments()[world.moment].1;
        let rules = rules(&self.year, &world.states, &self.timetable, now);
        for (unit, leaf) in &self.played {
            for (person, round) in self.people.iter().flat_map(|person| [(person, 1), (person, 2)]) {
                let seen = sees(person, Part::Appraisal(round), At::Leaf(*unit, *leaf), &rules);
                let delivered = world.states[*unit].is_delivered(round, *leaf);
                assert!(!seen || delivered || !person.is_partial(*unit), "{person:?} in {world:?}");
                assert!(!delivered || !person.is_home(*unit) || seen, "delivered is seen: {world:?}");
            }
        }
    }

    /// Whether the council may resolve about every leaf that plays.
    fn is_at_its_end(&self, world: &World) -> bool {
        let now = moments()[world.moment].1;
        let rules = rules(&self.year, &world.states, &self.timetable, now);
        self.played.iter().all(|(unit, leaf)| {
            let at = At::Leaf(*unit, *leaf);
            self.people.iter().any(|person| permit(person, Act::Resolve, at, &rules).is_ok())
        })
    }

    /// All worlds that can be reached.
    fn explore(&self) -> HashSet<World> {
        let begin = World { moment: 0, states: vec![UnitState::default(); self.year.units.len()] };
        let (mut seen, mut open) = (HashSet::from([begin.clone()]), VecDeque::from([begin]));
        let tries = self.tries();
        while let Some(world) = open.pop_front() {
            self.sighted(&world);
            let mut next: Vec<World> = Vec::new();
            if world.moment + 1 < moments().len() {
                next.push(World { moment: world.moment + 1, ..world.clone() });
            }
            for person in &self.people {
                for tried in &tries {
                    if let Some(after) = self.after(&world, person, tried) {
                        self.lawful(&world, person, tried, &after);
                        next.push(after);
                    }
                }
            }
            for one in next {
                if seen.insert(one.clone()) {
                    open.push_back(one);
                }
            }
        }
        seen
    }
}

/// One leaf of each unit; what is true of a unit does not hang on another, so a few states of the other
/// are enough.
#[test]
fn no_order_of_acts_on_a_unit_breaks_a_rule_or_touches_another() {
    let leaves = leaves(&year());
    for unit in [0, 1] {
        let game = Game::new(vec![(unit, leaves[0])]);
        let worlds = game.explore();
        assert!(worlds.iter().any(|world| game.is_at_its_end(world)), "a year can be brought to its end");
    }
}

#[test]
fn no_order_of_acts_on_two_leaves_breaks_a_rule() {
    let leaves = leaves(&year());
    let game = Game::new(vec![(0, leaves[0]), (0, leaves[1])]);
    let worlds = game.explore();
    assert!(worlds.iter().any(|world| game.is_at_its_end(world)), "a year can be brought to its end");
}

#[test]
fn a_unit_that_is_not_evaluated_is_neither_scored_nor_judged() {
    let (mut year, leaf) = (year(), leaves(&year())[0]);
    year.units[0].status = Status::NotEvaluated;
    let (timetable, states) = (timetable(&year), vec![UnitState::default(); 2]);
    let people = Game::new(Vec::new()).people;
    for (_, now) in moments() {
        let rules = rules(&year, &states, &timetable, now);
        let about = |act: Act| if act.about() == About::Leaf { At::Leaf(0, leaf) } else { At::Unit(0) };
        let writes = |act: &Act| !matches!(act, Act::Open | Act::ManageColleagues | Act::ViewAs);
        for act in Act::all(2).into_iter().filter(writes) {
            assert!(people.iter().all(|person| permit(person, act, about(act), &rules).is_err()), "{act:?}");
        }
    }
}
