//! The sheets of the survey one by one, and how they are counted. A year holds the counts alone: what
//! stands together on a sheet is nobody's business but the keeper's.

use std::collections::{BTreeMap, HashMap};

use super::survey::{Answers, Counts, FormType, OVER_QUOTA};
use crate::rule::survey::Tally;

/// Every sheet issued, in the order of keying; empty where only counts are known.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Sheets(pub Vec<Sheet>);

/// One sheet (phiếu).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Serial number; says nothing about the person.
    pub serial: String,
    /// Form type code.
    pub form: String,
    /// Stratum code.
    pub stratum: String,
    /// What became of it.
    pub status: SheetStatus,
    /// Why it was refused, if it was.
    pub refusal: String,
    /// Ratings, one a unit rated on the sheet.
    pub ratings: Vec<Rating>,
}

/// Answers about one unit on one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Position of the unit rated.
    pub unit: usize,
    /// One letter a question in the form's order; `-` where the question was not asked.
    pub answers: String,
}

/// What became of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetStatus {
    /// Returned and accepted.
    Accepted,
    /// Returned and refused.
    Rejected,
    /// Never came back.
    NotReturned,
}

impl SheetStatus {
    /// All statuses.
    pub const ALL: [SheetStatus; 3] =
        [SheetStatus::Accepted, SheetStatus::Rejected, SheetStatus::NotReturned];

    /// The word used in files.
    pub fn name(self) -> &'static str {
        match self {
            SheetStatus::Accepted => "accepted",
            SheetStatus::Rejected => "rejected",
            SheetStatus::NotReturned => "not_returned",
        }
    }

    /// The status with that word.
    pub fn named(name: &str) -> Option<SheetStatus> {
        SheetStatus::ALL.into_iter().find(|status| status.name() == name)
    }
}

impl Sheets {
    /// What became of the sheets, by form and stratum.
    pub fn returns(&self) -> BTreeMap<(String, String), Counts> {
        let mut returns: BTreeMap<(String, String), Counts> = BTreeMap::new();
        for sheet in &self.0 {
            let counts = returns.entry((sheet.form.clone(), sheet.stratum.clone())).or_default();
            match sheet.status {
                SheetStatus::Accepted => counts.accepted += 1,
                SheetStatus::Rejected => counts.rejected += 1,
                SheetStatus::NotReturned => counts.not_returned += 1,
            }
            let over = sheet.status == SheetStatus::Rejected && sheet.refusal == OVER_QUOTA;
            counts.over_quota += usize::from(over);
        }
        returns
    }

    /// The answers of accepted sheets, counted.
    pub fn answers(&self, forms: &[FormType]) -> Answers {
        // One dense table a unit and form while counting: a form has at most a few dozen questions.
        let mut counts: HashMap<(usize, usize), Vec<[u32; 26]>> = HashMap::new();
        for sheet in self.0.iter().filter(|sheet| sheet.status == SheetStatus::Accepted) {
            let Some(form) = forms.iter().position(|form| form.code == sheet.form) else { continue };
            for rating in &sheet.ratings {
                let none = || vec![[0; 26]; forms[form].questions.len()];
                let questions = counts.entry((rating.unit, form)).or_insert_with(none);
                for (question, answer) in questions.iter_mut().zip(rating.answers.bytes()) {
                    if answer.is_ascii_uppercase() {
                        question[usize::from(answer - b'A')] += 1;
                    }
                }
            }
        }
        let mut answers = Answers::default();
        for ((unit, form), questions) in counts {
            let form = &forms[form];
            for (question, counts) in form.questions.iter().zip(questions) {
                let tally: Tally = ('A'..='Z').zip(counts).collect();
                answers.add(unit, &question.code, &form.code, &tally);
            }
        }
        answers
    }
}
