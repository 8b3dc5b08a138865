//! Survey counts as they may be published: every figure stays, the few are not told apart.
//!
//! Where fewer than [`SMALLEST`] answers to a question about a unit came on one form, the answers of all
//! forms that ask the same are taken together, sorted, and dealt out again, so that not even the form
//! tells whose they are. Points, and counts by unit and question, stay what they were.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::rule::survey::Tally;
use crate::year::Year;
use crate::year::survey::{Answers, Survey};

/// Fewer answers than this to a question about a unit are not told apart from other forms'.
pub const SMALLEST: usize = 5;

/// The year as it may be published. Doing it again changes nothing.
pub fn publishable(year: &Year) -> Year {
    let mut year = year.clone();
    let answers = dealt(&year.survey);
    Arc::make_mut(&mut year.survey).answers = answers;
    year
}

fn dealt(survey: &Survey) -> Answers {
    let mut by_question: BTreeMap<(usize, &str), Vec<(&str, &Tally)>> = BTreeMap::new();
    for form in &survey.forms {
        for (unit, question, _, tally) in survey.answers.iter().filter(|(_, _, of, _)| *of == form.code) {
            by_question.entry((unit, question)).or_default().push((&form.code, tally));
        }
    }
    let mut dealt = Answers::default();
    for ((unit, question), forms) in by_question {
        let count = |tally: &Tally| tally.values().map(|count| *count as usize).sum::<usize>();
        if forms.iter().all(|(_, tally)| count(tally) >= SMALLEST) {
            forms.into_iter().for_each(|(form, tally)| dealt.add(unit, question, form, tally));
            continue;
        }
        let mut pool = survey.answers.pooled(unit, &[question.to_owned()]);
        for (form, tally) in forms {
            dealt.add(unit, question, form, &taken(&mut pool, count(tally)));
        }
    }
    dealt
}

/// That many answers of the pool, in the order of the options.
fn taken(pool: &mut Tally, mut count: usize) -> Tally {
    let mut taken = Tally::new();
    for (option, left) in pool {
        let here = (*left as usize).min(count);
        let here = u32::try_from(here).expect("not more than is left");
        taken.insert(*option, here);
        *left -= here;
        count -= here as usize;
    }
    taken
}
