//! Who may do and see what: the table as a golden, every reachable state of a small year, what stays hidden.

mod allowed;
mod hours;
mod reach;
mod sight;

use std::sync::Arc;

use par_core::framework::LeafId;
use par_core::moment::Moment;
use par_core::workflow::Rules;
use par_core::workflow::actor::{AccountId, Actor, Duty, Role};
use par_core::workflow::scope::{Nodes, Scope, Units};
use par_core::workflow::state::UnitState;
use par_core::workflow::timetable::{Phase, Timetable, Window};
use par_core::year::{LeafFile, UnitFile, Year, read};

use crate::small;

/// Two units of two self-scored leaves, in two areas.
pub fn year() -> Year {
    let mut files = small::year();
    let area = |number: u8| {
        format!(
            "[area]\ncode = \"{number}\"\nname = \"Lĩnh vực {number}\"\nmax = \"5\"\n[[node]]\ncode = \"{number}.1\"\n\
             name = \"Mục\"\nmax = \"5\"\nsource = \"self\"\nrule = {{ kind = \"yes_no\" }}\n"
        )
    };
    files.insert("sets/s/area-1.toml".to_owned(), area(1));
    files.insert("sets/s/area-2.toml".to_owned(), area(2));
    let scores = "unit,code,round1\nU1,1.1,5\nU1,2.1,5\nU2,1.1,5\nU2,2.1,5\n";
    files.insert("scores.csv".to_owned(), scores.to_owned());
    let (year, problems) = read::read(&files);
    let mut year = year.unwrap_or_else(|| panic!("{problems:?}"));
    // Nothing was said yet.
    for file in &mut year.files {
        let leaves = vec![LeafFile::default(); file.leaves.len()];
        *file = Arc::new(UnitFile { leaves });
    }
    year
}

pub fn leaves(year: &Year) -> Vec<LeafId> {
    year.set_of(0).leaves().map(|(leaf, _)| leaf).collect()
}

const HOUR: i64 = 3_600_000;

/// The phases of the test's year, one after the other with an hour between, each two hours long.
pub fn timetable(year: &Year) -> Timetable {
    let windows = Phase::of(year.rounds).into_iter().zip(0..).map(|(phase, number)| {
        let opens = (1 + 3 * number) * HOUR;
        let closes = opens + 2 * HOUR - 1;
        let [opens, closes] = [opens, closes].map(Moment::from_ms);
        Window { phase, units: Units::All, opens, closes, late_until: closes }
    });
    Timetable { windows: windows.collect() }
}

/// A moment within each phase and between, with the sign the golden shows it by: `-` before all, then
/// S, 1, a (explanation), 2, b, C, and `.` after each.
pub fn moments() -> Vec<(&'static str, Moment)> {
    let signs = ["-", "S", "s", "1", "1.", "a", "a.", "2", "2.", "b", "b.", "C", "C."];
    let mut at = Vec::new();
    for (number, sign) in (0_i64..).zip(signs) {
        let hour = if number == 0 { 0 } else { 1 + 3 * ((number - 1) / 2) + 2 * ((number - 1) % 2) };
        at.push((sign, Moment::from_ms(hour * HOUR + HOUR / 2)));
    }
    at
}

pub fn role(duty: Duty, scope: Scope) -> Role {
    Role { duty, scope, from: Moment::from_ms(0).day(), to: None }
}

pub fn actor(number: i64, home: Option<usize>, duties: &[Duty]) -> Actor {
    let roles = duties.iter().map(|duty| role(*duty, Scope::ALL)).collect();
    Actor { account: AccountId(number), home, roles, conflicts: Vec::new() }
}

/// The part of the criteria that the first leaf belongs to.
pub fn first_part() -> Scope {
    Scope { units: Units::All, nodes: Nodes::Below("1".to_owned()) }
}

pub fn rules<'y>(
    year: &'y Year,
    states: &'y [UnitState],
    timetable: &'y Timetable,
    now: Moment,
) -> Rules<'y> {
    Rules { year, states, timetable, published: false, now }
}
