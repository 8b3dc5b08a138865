//! The sociological survey (điều tra xã hội học) as a year knows it: forms, the plan, sheets that came
//! back and answers, both as counts. Must not know: single sheets (see `sheets`).

use std::collections::BTreeMap;

use crate::rule::survey::Tally;

/// Forms, the plan, what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Survey {
    /// Form types.
    pub forms: Vec<FormType>,
    /// How many sheets go to whom.
    pub plan: Vec<Stratum>,
    /// What became of the sheets, by codes of form type and stratum.
    pub returns: BTreeMap<(String, String), Counts>,
    /// Answers on accepted sheets.
    pub answers: Answers,
}

/// A form type (mẫu phiếu).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormType {
    /// Short code, as in `M1`.
    pub code: String,
    /// Title.
    pub name: String,
    /// Who answers.
    pub respondents: String,
    /// Whom they rate.
    pub rates: String,
    /// Questions in the order of the answer columns.
    pub questions: Vec<Question>,
}

/// A question of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Code by which criteria refer to it; the same question may stand on several forms.
    pub code: String,
    /// What is asked.
    pub text: String,
}

/// Respondents of one kind for one form: the quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Form type code.
    pub form: String,
    /// Short code of the stratum.
    pub code: String,
    /// Who they are.
    pub name: String,
    /// Sheets handed out.
    pub issued: u32,
    /// Sheets needed; more are refused as over quota.
    pub required: u32,
}

/// The form of answers that are not told apart by form: those of all forms that ask the question.
pub const POOLED: &str = "";

/// Refused because the quota was full: the word sheets give as their refusal.
pub const OVER_QUOTA: &str = "over_quota";

/// How many sheets came back and count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Accepted.
    pub accepted: usize,
    /// Came back and refused.
    pub rejected: usize,
    /// Refused because the quota was full, part of those refused.
    pub over_quota: usize,
    /// Never came back.
    pub not_returned: usize,
}

impl Counts {
    /// Handed out.
    pub fn issued(self) -> usize {
        self.collected() + self.not_returned
    }

    /// Came back: accepted and refused.
    pub fn collected(self) -> usize {
        self.accepted + self.rejected
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(counts: I) -> Counts {
        counts.fold(Counts::default(), |sum, one| Counts {
            accepted: sum.accepted + one.accepted,
            rejected: sum.rejected + one.rejected,
            over_quota: sum.over_quota + one.over_quota,
            not_returned: sum.not_returned + one.not_returned,
        })
    }
}

impl Survey {
    /// Sheets of one form type or of all.
    pub fn counts(&self, form: Option<&str>) -> Counts {
        let returns = self.returns.iter();
        returns.filter(|((of, _), _)| form.is_none_or(|form| of == form)).map(|(_, counts)| *counts).sum()
    }

    /// Sheets of one stratum.
    pub fn counts_of(&self, stratum: &Stratum) -> Counts {
        let key = (stratum.form.clone(), stratum.code.clone());
        self.returns.get(&key).copied().unwrap_or_default()
    }

    /// Answers to the questions of one form type over all units rated, in the form's order.
    pub fn answers(&self, form: &FormType) -> Vec<Tally> {
        let mut tallies = vec![Tally::new(); form.questions.len()];
        for (_, question, _, tally) in self.answers.iter().filter(|(_, _, of, _)| *of == form.code) {
            if let Some(at) = form.questions.iter().position(|one| one.code == question) {
                add(&mut tallies[at], tally);
            }
        }
        tallies
    }
}

/// Answers counted by unit, question and form; nothing is kept that was answered by nobody.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Answers(BTreeMap<usize, BTreeMap<String, BTreeMap<String, Tally>>>);

impl Answers {
    /// Adds answers about a unit (by position) to a question on a form.
    pub fn add(&mut self, unit: usize, question: &str, form: &str, tally: &Tally) {
        let given: Tally = tally.iter().filter(|(_, count)| **count > 0).map(|(o, n)| (*o, *n)).collect();
        if !given.is_empty() {
            let by_form = self.0.entry(unit).or_default().entry(question.to_owned()).or_default();
            add(by_form.entry(form.to_owned()).or_default(), &given);
        }
    }

    /// All counts in order: unit, question, form, answers by option.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &str, &str, &Tally)> {
        self.0.iter().flat_map(|(unit, questions)| {
            questions.iter().flat_map(move |(question, forms)| {
                forms.iter().map(move |(form, tally)| (*unit, question.as_str(), form.as_str(), tally))
            })
        })
    }

    /// Answers about a unit, pooled over questions. All answers to a question weigh the same,
    /// whatever form they came on.
    pub fn pooled(&self, unit: usize, questions: &[String]) -> Tally {
        let mut pooled = Tally::new();
        let Some(about) = self.0.get(&unit) else { return pooled };
        for tally in questions.iter().filter_map(|question| about.get(question)).flat_map(BTreeMap::values) {
            add(&mut pooled, tally);
        }
        pooled
    }

    /// Whether anybody answered about a unit.
    pub fn has_any(&self, unit: usize) -> bool {
        self.0.contains_key(&unit)
    }

    /// How many answers there are.
    pub fn count(&self) -> u64 {
        self.iter().flat_map(|(.., tally)| tally.values()).map(|count| u64::from(*count)).sum()
    }
}

/// Counts of a survey stay below [`u32::MAX`] in all: where they come in, the sum is checked.
fn add(sum: &mut Tally, tally: &Tally) {
    for (option, count) in tally {
        *sum.entry(*option).or_default() += count;
    }
}
