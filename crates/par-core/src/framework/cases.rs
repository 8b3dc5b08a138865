//! Cases: given inputs → expected points, written so that officials can read and add them.

use super::Framework;
use super::document::{Document, Table};
use super::read::{CASES, Files};
use crate::points::Points;
use crate::problem::{CaseResult, Problem, ProblemKind};
use crate::rule::Rule;
use crate::rule::inputs::Inputs;
use crate::rule::problem::InputProblem;
use crate::rule::survey::Tally;

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
    // No inputs at all is a case too: nothing happened, or everything is missing.
    let given = case.require("given").and_then(|()| case.optional_text("given"));
    let expected = expected(&case);
    let (name, code, given, expected) = (name?, code?, given?, expected?);
    let Some(node) = framework.find(&code) else {
        return case.fault("leaf", ProblemKind::UnknownCode(code));
    };
    let Some(leaf) = framework.leaf(node) else {
        return case.fault("leaf", ProblemKind::NotALeaf(code));
    };
    let got = match award(framework, leaf, &given) {
        Ok(points) => vec![CaseResult::Points(points)],
        Err(problems) => problems.iter().map(|problem| CaseResult::Refused(problem.name())).collect(),
    };
    if !got.contains(&expected) {
        let got = got.into_iter().next().expect("points or at least one problem");
        return case.fault("given", ProblemKind::CaseFailed { case: name, expected, got });
    }
    case.finish();
    Some(code)
}

/// `points = "1.5"` or `refused = "out_of_range"`, exactly one of them.
fn expected(case: &Table<'_, '_>) -> Option<CaseResult> {
    match (case.has("points"), case.has("refused")) {
        (true, true) => case.fault("refused", ProblemKind::CaseExpectsBoth),
        (false, true) => case
            .word("refused", &InputProblem::NAMES, |word| {
                InputProblem::NAMES.into_iter().find(|name| *name == word)
            })
            .map(CaseResult::Refused),
        _ => case.points("points").map(CaseResult::Points),
    }
}

fn award(framework: &Framework, leaf: super::LeafId, given: &str) -> Result<Points, Vec<InputProblem>> {
    let frame = framework.frame(leaf);
    let inputs = Inputs::parse(given)?;
    match &framework.scoring(leaf).rule {
        Rule::Survey(rule) => {
            let tally = tally(&inputs).map_err(|problem| vec![problem])?;
            let award = rule.award_tally(frame, &tally).map(|award| award.points);
            award.ok_or_else(|| vec![InputProblem::NoAnswers])
        }
        rule => rule.award(frame, &inputs).map(|award| award.points),
    }
}

/// Answers counted by option: `A=12;B=3;E=2`.
fn tally(inputs: &Inputs) -> Result<Tally, InputProblem> {
    let mut tally = Tally::new();
    for (name, _) in inputs.iter() {
        let unknown = || InputProblem::Unknown(name.to_owned());
        let mut letters = name.chars();
        let letter = letters.next().filter(|_| letters.next().is_none()).ok_or_else(unknown)?;
        let count = u32::try_from(inputs.count(name)?).map_err(|_| unknown())?;
        tally.insert(letter, count);
    }
    Ok(tally)
}
