//! Cases: given inputs → expected points, written so that officials can read and add them.

use super::Framework;
use super::document::{Document, Table};
use super::read::{CASES, Files};
use crate::problem::{Problem, ProblemKind};
use crate::rule::inputs::Inputs;
use crate::rule::survey::Tally;
use crate::rule::{Award, Rule};

/// How the cases of a set came out.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Cases that hold.
    pub passed: usize,
    /// Leaves that no case covers, by code.
    pub uncovered: Vec<String>,
    /// Cases that fail or cannot be read.
    pub problems: Vec<Problem>,
}

/// Runs every `cases/*.toml` of a criteria set.
pub fn run(framework: &Framework, files: &Files) -> Outcome {
    let mut outcome = Outcome::default();
    let mut covered = std::collections::BTreeSet::new();
    for (file, text) in files.iter().filter(|(file, _)| file.starts_with(CASES) && file.ends_with(".toml")) {
        let document = Document::new(file, text);
        let top = document.top();
        for case in top.tables("case") {
            if let Some(code) = run_case(framework, case) {
                covered.insert(code);
                outcome.passed += 1;
            }
        }
        top.finish();
        outcome.problems.extend(document.into_problems());
    }
    outcome.uncovered = framework
        .leaves()
        .map(|(_, node)| framework.node(node).code.clone())
        .filter(|code| !covered.contains(code))
        .collect();
    outcome
}

/// Runs one case; the leaf's code when it holds.
fn run_case(framework: &Framework, case: Table<'_, '_>) -> Option<String> {
    let name = case.text("name");
    let code = case.text("leaf");
    let given = case.text("given");
    let points = case.optional_points("points");
    let refused = case.optional_text("refused");
    if points.is_none() && refused.is_none() {
        case.require("points");
    }
    let expected = match (points, refused) {
        (Some(points), _) => points.to_string(),
        (None, refused) => format!("refused: {}", refused?),
    };
    let found = code.as_deref().and_then(|code| framework.find(code)).and_then(|id| framework.leaf(id));
    let (name, code, given) = (name?, code?, given?);
    let Some(leaf) = found else {
        return case.fault("leaf", ProblemKind::UnknownCode(code));
    };
    let got = match award(framework, leaf, &given) {
        Ok(award) => award.points.to_string(),
        Err(refusal) => format!("refused: {refusal}"),
    };
    if got != expected {
        return case.fault("given", ProblemKind::CaseFailed { case: name, expected, got });
    }
    case.finish();
    Some(code)
}

fn award(framework: &Framework, leaf: super::LeafId, given: &str) -> Result<Award, &'static str> {
    let frame = framework.frame(leaf);
    match &framework.scoring(leaf).rule {
        Rule::Survey(rule) => {
            let tally = tally(given).ok_or("malformed")?;
            rule.award_tally(frame, &tally).ok_or("no_answers")
        }
        rule => {
            let inputs = Inputs::parse(given).map_err(|problem| problem.name())?;
            rule.award(frame, &inputs).map_err(|problem| problem.name())
        }
    }
}

/// Answers counted by option: `A=12;B=3;E=2`.
fn tally(given: &str) -> Option<Tally> {
    let inputs = Inputs::parse(given).ok()?;
    let mut tally = Tally::new();
    for (name, _) in inputs.iter() {
        let mut letters = name.chars();
        let letter = letters.next().filter(|_| letters.next().is_none())?;
        tally.insert(letter, u32::try_from(inputs.count(name).ok()?).ok()?);
    }
    Some(tally)
}
