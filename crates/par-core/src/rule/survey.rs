//! The weighted mean of survey answers, taken over answers that express an opinion.

use super::checklist::is_id;
use super::working::Working;
use super::{Award, Frame};
use crate::framework::document::Table;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::points::{POINT_PLACES, Points};
use crate::problem::ProblemKind;

/// Weights of the options and the questions whose answers are pooled.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// Option letter and weight in percent; letters not listed mean "no opinion" and are left out.
    pub weights: Vec<(char, Decimal)>,
    /// Question codes.
    pub questions: Vec<String>,
}

/// Answers counted by option letter.
pub type Tally = std::collections::BTreeMap<char, u32>;

impl Survey {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Survey> {
        let questions = table.texts("questions");
        if !table.has("questions") {
            table.fault::<()>("questions", ProblemKind::KeyMissing("questions".to_owned()));
        }
        for (i, question) in questions.iter().enumerate() {
            if !is_id(question) {
                table.fault::<()>("questions", ProblemKind::BadId(question.clone()));
            } else if questions[..i].contains(question) {
                let first = table.document().place(table.line_of("questions"));
                let value = question.clone();
                table.fault::<()>("questions", ProblemKind::Duplicate { value, first });
            }
        }
        table.require("weights")?;
        let given = table.table("weights")?;
        let mut weights = Vec::new();
        for key in given.keys() {
            weights.push(weight(&given, &key));
        }
        let weights = weights.into_iter().collect::<Option<Vec<_>>>()?;
        if weights.is_empty() {
            return table.fault("weights", ProblemKind::KeyMissing("weights".to_owned()));
        }
        (!questions.is_empty()).then_some(Survey { weights, questions })
    }

    /// The most points: everybody chooses the option of the greatest weight.
    pub(super) fn reaches(&self, max: Points) -> Points {
        let greatest = self.weights.iter().map(|(_, weight)| *weight).max().expect("weights are not empty");
        let share = &greatest.exact() * &Exact::ratio(1, 100);
        Points::nearest(&(&max.exact() * &share), POINT_PLACES, Rounding::Down)
            .expect("not above the maximum")
    }

    /// Points from counted answers, or `None` when nobody expressed an opinion.
    pub fn award_tally<'r>(&'r self, frame: Frame, tally: &'r Tally) -> Option<Award<'r>> {
        let mut sum = Exact::zero();
        let mut valid = 0i128;
        for (letter, weight) in &self.weights {
            let count = i128::from(tally.get(letter).copied().unwrap_or(0));
            sum = &sum + &(&weight.exact() * &Exact::whole(count));
            valid += count;
        }
        let share = sum.checked_div(&Exact::whole(valid * 100))?;
        let working = Working::Answers { max: frame.max, weights: &self.weights, tally };
        Some(Award { points: frame.round(&(&frame.max.exact() * &share)), working })
    }
}

/// An option's capital letter with its weight in percent.
fn weight(given: &Table<'_, '_>, key: &str) -> Option<(char, Decimal)> {
    let weight = given.decimal(key)?;
    let mut letters = key.chars();
    let Some(letter) =
        letters.next().filter(|letter| letter.is_ascii_uppercase() && letters.next().is_none())
    else {
        let allowed = ('A'..='Z').map(String::from).collect();
        let kind = ProblemKind::NotAllowed { key: "weights".to_owned(), value: key.to_owned(), allowed };
        return given.fault(key, kind);
    };
    if weight.units() < 0 || weight > Decimal::new(100, 0) {
        let kind = ProblemKind::OutOfRange {
            key: "weights".to_owned(),
            value: weight.to_string(),
            min: "0".to_owned(),
            max: "100".to_owned(),
        };
        return given.fault(key, kind);
    }
    Some((letter, weight))
}
