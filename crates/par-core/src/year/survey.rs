//! The sociological survey (điều tra xã hội học): forms, sheets handed out, answers counted.

use std::collections::{BTreeMap, HashMap};

use crate::rule::survey::Tally;

/// Forms, the plan and every sheet.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Survey {
    /// Form types.
    pub forms: Vec<FormType>,
    /// How many sheets go to whom.
    pub plan: Vec<Stratum>,
    /// Every sheet issued.
    pub sheets: Vec<Sheet>,
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

/// How many sheets were issued, came back and count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Handed out.
    pub issued: usize,
    /// Came back: accepted and refused.
    pub collected: usize,
    /// Accepted.
    pub accepted: usize,
    /// Refused.
    pub rejected: usize,
    /// Never came back.
    pub not_returned: usize,
}

/// Answers counted by unit and question.
#[derive(Debug, Default)]
pub struct Tallies(HashMap<(usize, String), Tally>);

impl Survey {
    /// Counts sheets, of one form type or of all.
    pub fn counts(&self, form: Option<&str>) -> Counts {
        counts(self.sheets.iter().filter(|sheet| form.is_none_or(|form| sheet.form == form)))
    }

    /// Counts sheets of one form type by stratum, in one pass.
    pub fn counts_by_stratum(&self, form: &str) -> BTreeMap<&str, Counts> {
        let mut sheets: BTreeMap<&str, Vec<&Sheet>> = BTreeMap::new();
        for sheet in self.sheets.iter().filter(|sheet| sheet.form == form) {
            sheets.entry(&sheet.stratum).or_default().push(sheet);
        }
        sheets.into_iter().map(|(stratum, sheets)| (stratum, counts(sheets.into_iter()))).collect()
    }

    /// Answers on accepted sheets of one form type, counted by question over all units rated, in the
    /// form's order.
    pub fn answers(&self, form: &FormType) -> Vec<Tally> {
        let mut tallies = vec![Tally::new(); form.questions.len()];
        let accepted = |sheet: &&Sheet| sheet.form == form.code && sheet.status == SheetStatus::Accepted;
        for rating in self.sheets.iter().filter(accepted).flat_map(|sheet| &sheet.ratings) {
            for (tally, answer) in tallies.iter_mut().zip(rating.answers.chars()) {
                if answer.is_ascii_uppercase() {
                    *tally.entry(answer).or_default() += 1;
                }
            }
        }
        tallies
    }

    /// Counts the answers of accepted sheets. All answers to a question about a unit weigh the same,
    /// whatever form they came on.
    pub fn tallies(&self) -> Tallies {
        let forms: BTreeMap<&str, &FormType> =
            self.forms.iter().map(|form| (form.code.as_str(), form)).collect();
        // One dense table while counting: a form has at most a few dozen questions.
        let mut counts: HashMap<(usize, &str), [u32; 26]> = HashMap::new();
        for sheet in self.sheets.iter().filter(|sheet| sheet.status == SheetStatus::Accepted) {
            let Some(form) = forms.get(sheet.form.as_str()) else { continue };
            for rating in &sheet.ratings {
                for (question, answer) in form.questions.iter().zip(rating.answers.bytes()) {
                    if answer.is_ascii_uppercase() {
                        counts.entry((rating.unit, &question.code)).or_insert([0; 26])
                            [usize::from(answer - b'A')] += 1;
                    }
                }
            }
        }
        let named = |counts: [u32; 26]| -> Tally {
            let letters = (b'A'..=b'Z').map(char::from);
            letters.zip(counts).filter(|(_, count)| *count > 0).collect()
        };
        Tallies(counts.into_iter().map(|((unit, code), n)| ((unit, code.to_owned()), named(n))).collect())
    }
}

fn counts<'s>(sheets: impl Iterator<Item = &'s Sheet>) -> Counts {
    let mut counts = Counts::default();
    for sheet in sheets {
        counts.issued += 1;
        match sheet.status {
            SheetStatus::Accepted => counts.accepted += 1,
            SheetStatus::Rejected => counts.rejected += 1,
            SheetStatus::NotReturned => counts.not_returned += 1,
        }
    }
    counts.collected = counts.accepted + counts.rejected;
    counts
}

impl Tallies {
    /// Answers about a unit, pooled over questions.
    pub fn pooled(&self, unit: usize, questions: &[String]) -> Tally {
        let mut pooled = Tally::new();
        for question in questions {
            for (letter, count) in self.0.get(&(unit, question.clone())).into_iter().flatten() {
                *pooled.entry(*letter).or_default() += count;
            }
        }
        pooled
    }
}
