//! Judgements and requests of a year folder: `scores.csv`.

use std::collections::{HashMap, HashSet};

use super::csv_table::Row;
use super::judge::{Objection, Seat, judge};
use super::read::Reader;
use super::{Judgement, LeafFile, Outcome, Request, Rounds, Stage, UnitFile, Year};
use crate::framework::{Framework, LeafId};
use crate::points::Points;
use crate::problem::{Named, Problem, ProblemKind};
use crate::rule::inputs::Inputs;
use crate::rule::problem::InputProblem;

/// Columns of `scores.csv` for the request for explanation after each round: reason, answer, outcome.
pub const REQUESTS: [[&str; 3]; Rounds::MOST as usize] =
    [["reason", "answer", "outcome"], ["reason2", "answer2", "outcome2"], ["reason3", "answer3", "outcome3"]];

impl Reader<'_> {
    pub(super) fn scores(&mut self, year: &Year) -> Vec<UnitFile> {
        let inputs = Stage::ALL.map(|stage| format!("{}_input", stage.name()));
        let optional: Vec<&str> = Stage::ALL
            .map(Stage::name)
            .into_iter()
            .chain(inputs.iter().map(String::as_str))
            .chain(REQUESTS.into_iter().flatten())
            .collect();
        let rows = self.rows("scores.csv", &["unit", "code"], &optional);
        let mut files: Vec<UnitFile> = (0..year.units.len())
            .map(|unit| UnitFile { leaves: vec![LeafFile::default(); year.set_of(unit).leaf_count()] })
            .collect();
        let applies: Vec<Vec<bool>> = (0..year.units.len()).map(|unit| year.applicable(unit)).collect();
        let mut seen: HashSet<(usize, LeafId)> = HashSet::new();
        let mut unevaluated = HashSet::new();
        let units: HashMap<&str, usize> =
            year.units.iter().enumerate().map(|(i, unit)| (unit.code.as_str(), i)).collect();
        for row in rows {
            let Some((unit, leaf)) = self.place_of(&row, year, &units) else { continue };
            let (unit_code, code) = (row.text("unit").to_owned(), row.text("code").to_owned());
            if !year.is_evaluated(unit) {
                let kind = ProblemKind::ScoreOfUnevaluated(unit_code.clone());
                // One cause, not one a criterion.
                if unevaluated.insert(unit) {
                    row.fault::<()>(&mut self.problems, kind);
                }
            } else if !applies[unit][leaf.index()] {
                row.fault::<()>(&mut self.problems, ProblemKind::ScoreOfExempt { unit: unit_code, code });
            } else if !seen.insert((unit, leaf)) {
                let kind = ProblemKind::Duplicate {
                    value: format!("{unit_code} {code}"),
                    first: "scores.csv".to_owned(),
                };
                row.fault::<()>(&mut self.problems, kind);
            } else {
                files[unit].leaves[leaf.index()] = self.leaf_file(&row, year, year.set_of(unit), leaf);
            }
        }
        // Without its headings nothing of the file can be missed.
        if !seen.is_empty() || self.problems.iter().all(|one| one.file != "scores.csv") {
            self.check_complete(year, &applies, &seen);
        }
        files
    }

    fn place_of(&mut self, row: &Row, year: &Year, units: &HashMap<&str, usize>) -> Option<(usize, LeafId)> {
        let (name, code) = (row.text("unit"), row.text("code"));
        let Some(unit) = units.get(name).copied() else {
            self.unknown(row, Named::Unit, name);
            return None;
        };
        let set = year.set_of(unit);
        let Some(node) = set.find(code) else {
            return row.fault(&mut self.problems, ProblemKind::UnknownCode(code.to_owned()));
        };
        match set.leaf(node) {
            Some(leaf) => Some((unit, leaf)),
            None => row.fault(&mut self.problems, ProblemKind::NotALeaf(code.to_owned())),
        }
    }

    fn leaf_file(&mut self, row: &Row, year: &Year, set: &Framework, leaf: LeafId) -> LeafFile {
        let mut file = LeafFile::default();
        for stage in Stage::ALL {
            if let Some(judgement) = self.judgement(row, year, (set, leaf), stage) {
                file.judge(stage, judgement);
            }
        }
        for (round, columns) in (1..=Rounds::MOST).zip(REQUESTS) {
            let Some(request) = self.request(row, year, columns) else { continue };
            if round > year.rounds.count() {
                self.no_such_round(row, year, columns[0]);
            } else {
                file.ask(round, request);
            }
        }
        file
    }

    fn no_such_round(&mut self, row: &Row, year: &Year, column: &str) {
        let kind = ProblemKind::NoSuchRound { column: column.to_owned(), rounds: year.rounds.count() };
        row.fault::<()>(&mut self.problems, kind);
    }

    fn request(&mut self, row: &Row, year: &Year, columns: [&str; 3]) -> Option<Request> {
        let [reason, answer, outcome] = columns;
        let Some(code) = row.filled(reason) else {
            if row.filled(answer).is_some() || row.filled(outcome).is_some() {
                row.fault::<()>(&mut self.problems, ProblemKind::KeyMissing(reason.to_owned()));
            }
            return None;
        };
        if year.reasons.iter().all(|known| known.code != code) {
            self.unknown(row, Named::Reason, code);
        }
        let word = row.text(outcome);
        let known = Outcome::named(word).or_else(|| {
            let allowed = Outcome::ALL.map(|outcome| outcome.name().to_owned()).to_vec();
            let (key, value) = (outcome.to_owned(), word.to_owned());
            row.fault(&mut self.problems, ProblemKind::NotAllowed { key, value, allowed })
        });
        let answer = row.filled(answer).map(str::to_owned);
        known.map(|outcome| Request { reason: code.to_owned(), answer, outcome })
    }

    /// What a row says at a stage; a row exists only for leaves that apply.
    fn judgement(
        &mut self,
        row: &Row,
        year: &Year,
        (set, leaf): (&Framework, LeafId),
        stage: Stage,
    ) -> Option<Judgement> {
        let name = stage.name();
        let given = row.filled(&format!("{name}_input"));
        if given.is_none() && row.filled(name).is_none() {
            return None;
        }
        let said = row.points(name, &mut self.problems);
        let inputs = match given.map(Inputs::parse).transpose() {
            Ok(inputs) => inputs,
            Err(problems) => return self.input_faults(row, stage, problems),
        };
        if said.is_none() && (inputs.is_none() || row.filled(name).is_some()) {
            return None;
        }
        let seat = Seat { set, leaf, applies: true, stage, rounds: year.rounds };
        match judge(seat, said, inputs.as_ref()) {
            Ok(points) => Some(Judgement { points, inputs: inputs.unwrap_or_default() }),
            Err(objections) => {
                for objection in objections {
                    self.object(row, seat, objection, said);
                }
                None
            }
        }
    }

    fn input_faults<T>(&mut self, row: &Row, stage: Stage, problems: Vec<InputProblem>) -> Option<T> {
        for problem in problems {
            let stage = stage.name().to_owned();
            row.fault::<()>(&mut self.problems, ProblemKind::Input { stage, problem });
        }
        None
    }

    /// Tells at its row why a judgement may not stand.
    fn object(&mut self, row: &Row, seat: Seat<'_>, objection: Objection, said: Option<Points>) {
        let stage = seat.stage.name().to_owned();
        let code = row.text("code").to_owned();
        let points = said.unwrap_or_default();
        let kind = match objection {
            Objection::Exempt => ProblemKind::ScoreOfExempt { unit: row.text("unit").to_owned(), code },
            Objection::NoSuchRound(rounds) => ProblemKind::NoSuchRound { column: stage, rounds },
            Objection::Counted | Objection::NotOpen => ProblemKind::StageNotOpen { stage, code },
            Objection::Bounds { low, high } => {
                let (value, min, max) = (points.to_string(), low.to_string(), high.to_string());
                ProblemKind::OutOfRange { key: stage, value, min, max }
            }
            Objection::Places(places) => ProblemKind::TooManyPlaces { key: stage, points, places },
            Objection::NotByRule => {
                let rule = seat.set.scoring(seat.leaf).rule.kind().to_owned();
                ProblemKind::PointsNotByRule { stage, points, rule }
            }
            Objection::Differs(rule) => ProblemKind::PointsDifferFromRule { stage, said: points, rule },
            Objection::Inputs(problems) => {
                self.input_faults::<()>(row, seat.stage, problems);
                return;
            }
        };
        row.fault::<()>(&mut self.problems, kind);
    }

    /// Every applicable leaf that is judged has a row; the first leaf missing stands for a unit's.
    fn check_complete(&mut self, year: &Year, applies: &[Vec<bool>], seen: &HashSet<(usize, LeafId)>) {
        for (unit, applies) in applies.iter().enumerate() {
            let set = year.set_of(unit);
            let named = &year.units[unit].code;
            let missing: Vec<&str> = set
                .leaves()
                .filter(|(leaf, _)| applies[leaf.index()] && !set.scoring(*leaf).is_counted())
                .filter(|(leaf, _)| !seen.contains(&(unit, *leaf)))
                .map(|(_, node)| set.node(node).code.as_str())
                .collect();
            if let Some(first) = missing.first().filter(|_| !self.doubtful.contains(named)) {
                let (unit, code) = (named.clone(), (*first).to_owned());
                let kind = ProblemKind::ScoreMissing { unit, code, more: missing.len() - 1 };
                self.problems.push(Problem { file: "scores.csv".to_owned(), line: 0, kind });
            }
        }
    }
}
