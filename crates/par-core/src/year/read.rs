//! Year folder → year, with every problem of every file at once.
//!
//! Files: `year.toml`, `units.csv`, `scores.csv`; optional `exemptions.csv`, `reasons.csv`,
//! `facts.csv`, `survey-forms.csv`, `survey-questions.csv`, `survey-plan.csv`, with `survey-sheets.csv` or
//! else `survey-counts.csv` and `survey-returns.csv`; `previous.csv`, `previous-components.csv`; and each
//! criteria set under `sets/{id}/`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::csv_table::{Columns, Row};
use super::sheets::Sheets;
use super::{
    Block, Cluster, Exemption, Fact, Judgement, LeafFile, Outcome, Previous, PreviousUnit, ProvinceMean,
    Reason, Request, Rounds, Stage, Threshold, Unit, UnitFile, Year, survey_read,
};
use crate::framework::document::{Document, Table};
use crate::framework::read::{Files, read_classes};
use crate::framework::{self, Framework, LeafId, Source};
use crate::points::Points;
use crate::problem::{Named, Problem, ProblemKind};
use crate::rule::inputs::Inputs;
use crate::text;

/// The header file of a year folder.
pub const HEADER: &str = "year.toml";

/// All files of a year folder but those of its criteria sets and its wording.
pub const FILES: [&str; 12] = [
    HEADER,
    "units.csv",
    "scores.csv",
    "exemptions.csv",
    "reasons.csv",
    "facts.csv",
    "survey-forms.csv",
    "survey-questions.csv",
    "survey-plan.csv",
    "survey-sheets.csv",
    "previous.csv",
    "previous-components.csv",
];

/// Criteria sets stand under `sets/{id}/`.
pub const SETS: &str = "sets/";

/// Columns of `scores.csv` for the request for explanation after each round: reason, answer, outcome.
pub const REQUESTS: [[&str; 3]; Rounds::MOST as usize] =
    [["reason", "answer", "outcome"], ["reason2", "answer2", "outcome2"], ["reason3", "answer3", "outcome3"]];

/// Reads a year. The year is there only when nothing at all is wrong: a result must never come
/// from half of its inputs.
pub fn read(files: &Files) -> (Option<Year>, Vec<Problem>) {
    let (year, problems) = read_with_sheets(files);
    (year.map(|(year, _)| year), problems)
}

/// The same with the sheets of the survey; there are none where the folder has counts of them only.
pub fn read_with_sheets(files: &Files) -> (Option<(Year, Sheets)>, Vec<Problem>) {
    // Texts of criteria sets are checked where the sets are read.
    let problems = Problem::broken_texts(files.iter().filter(|(file, _)| !file.starts_with(SETS)));
    let mut reader = Reader { files, problems, doubtful: HashSet::new(), told: HashSet::new() };
    let year = reader.year();
    let problems = reader.problems;
    (year.filter(|_| problems.is_empty()), problems)
}

/// Set ids and folders named by a year's header, in order: what a caller has to place under
/// `sets/{id}/`. Problems of the header are found again by [`read`].
pub fn set_folders(header: &str) -> Vec<(String, String)> {
    let document = Document::new(HEADER, header);
    document.top().tables("set").iter().filter_map(|set| set.text("id").zip(set.text("folder"))).collect()
}

pub(super) struct Reader<'f> {
    files: &'f Files,
    pub(super) problems: Vec<Problem>,
    /// Codes of units whose own row is at fault: rows that name them are not told as faults of theirs.
    doubtful: HashSet<String>,
    /// Unknown names already told, by file and name: one fault is told once.
    told: HashSet<(String, String)>,
}

impl Reader<'_> {
    fn year(&mut self) -> Option<(Year, Sheets)> {
        let Some(text) = self.files.get(HEADER) else {
            self.problems.push(Problem { file: HEADER.to_owned(), line: 0, kind: ProblemKind::FileMissing });
            return None;
        };
        let document = Document::new(HEADER, text);
        let header = self.header(document.top());
        self.problems.extend(document.into_problems());
        self.needed("units.csv");
        self.needed("scores.csv");
        // Whatever can be read without what is at fault is read all the same: all problems at once.
        let (mut year, sets_sound) = header;
        year.units = self.units(&year.blocks);
        year.reasons = self.reasons();
        year.facts = self.facts();
        let (survey, sheets) = survey_read::survey(self, &year.units);
        year.survey = survey;
        year.previous = self.previous(&year);
        if sets_sound && !year.units.is_empty() {
            year.exemptions = self.exemptions(&year);
            year.files = self.scores(&year);
            self.check_survey_leaves(&year);
        }
        Some((year, sheets))
    }

    /// Whether the folder has a file.
    pub(super) fn has(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// What the header says, with defaults where it is at fault, and whether every set could be read.
    fn header(&mut self, top: Table<'_, '_>) -> (Year, bool) {
        let number = top.whole("year", 2000, 2100);
        let title = top.text("title");
        let province = top.text("province");
        let notice = top.optional_text("notice");
        let previous_year = top.optional_whole("previous_year", 2000, 2100);
        let province_mean = top.require("province_mean").and_then(|()| {
            top.word("province_mean", &["cluster_means", "units"], |word| match word {
                "cluster_means" => Some(ProvinceMean::ClusterMeans),
                "units" => Some(ProvinceMean::Units),
                _ => None,
            })
        });
        let rounds = top.optional_whole("rounds", 1, u32::from(Rounds::MOST));
        top.require("set");
        let mut ids = Vec::new();
        let mut sets = Vec::new();
        for table in top.tables("set") {
            let id = table.text("id");
            table.text("folder");
            table.finish();
            if let Some(id) = id {
                sets.extend(self.set(&id));
                ids.push(id);
            }
        }
        let clusters: Vec<Cluster> = top
            .tables("cluster")
            .into_iter()
            .filter_map(|table| {
                let cluster = table.text("id").zip(table.text("name"));
                table.finish();
                cluster.map(|(id, name)| Cluster { id, name })
            })
            .collect();
        top.require("block");
        let blocks: Vec<Block> =
            top.tables("block").into_iter().filter_map(|table| block(table, &ids, &clusters)).collect();
        let thresholds = top.tables("threshold").into_iter().filter_map(threshold).collect();
        top.finish();
        let sets_sound = !sets.is_empty() && sets.len() == ids.len();
        let short = |year: u32| u16::try_from(year).expect("between 2000 and 2100");
        let year = Year {
            year: number.map_or(0, short),
            title: title.unwrap_or_default(),
            province: province.unwrap_or_default(),
            notice,
            province_mean: province_mean.unwrap_or_default(),
            rounds: rounds.and_then(|count| Rounds::new(u8::try_from(count).ok()?)).unwrap_or_default(),
            sets,
            clusters,
            blocks,
            thresholds,
            previous: previous_year.map(|year| Previous { year: short(year), units: BTreeMap::new() }),
            ..Year::default()
        };
        (year, sets_sound)
    }

    fn set(&mut self, id: &str) -> Option<Framework> {
        let prefix = format!("{SETS}{id}/");
        let files: Files = self
            .files
            .iter()
            .filter_map(|(file, text)| file.strip_prefix(&prefix).map(|file| (file.to_owned(), text.clone())))
            .collect();
        let (set, problems) = framework::read::read(&files);
        self.problems
            .extend(problems.into_iter().map(|one| Problem { file: format!("{prefix}{}", one.file), ..one }));
        set
    }

    /// Rows of a file that may be missing.
    pub(super) fn rows(&mut self, file: &str, required: &[&str], optional: &[&str]) -> Vec<Row> {
        let Some(text) = self.files.get(file) else { return Vec::new() };
        Columns { file, required, optional }.read(text, &mut self.problems)
    }

    fn needed(&mut self, file: &str) {
        if !self.files.contains_key(file) {
            self.problems.push(Problem { file: file.to_owned(), line: 0, kind: ProblemKind::FileMissing });
        }
    }

    /// Records a name that nothing declares, once a file.
    pub(super) fn unknown(&mut self, row: &Row, what: Named, name: &str) {
        let follows = what == Named::Unit && self.doubtful.contains(name);
        if !follows && self.told.insert((row.file().to_owned(), name.to_owned())) {
            row.fault::<()>(&mut self.problems, ProblemKind::UnknownName { what, name: name.to_owned() });
        }
    }

    fn units(&mut self, blocks: &[Block]) -> Vec<Unit> {
        let rows = self.rows("units.csv", &["code", "name", "block"], &["predecessors"]);
        let mut units: Vec<Unit> = Vec::new();
        let mut seen: HashMap<String, String> = HashMap::new();
        for row in rows {
            let (code, name) = (text::compose(row.text("code")), text::compose(row.text("name")));
            for (column, value) in [("code", &code), ("name", &name)] {
                if value.is_empty() {
                    row.fault::<()>(&mut self.problems, ProblemKind::KeyMissing(column.to_owned()));
                } else if let Some(first) = seen.insert(format!("{column} {value}"), row.place()) {
                    let kind = ProblemKind::Duplicate { value: value.clone(), first };
                    row.fault::<()>(&mut self.problems, kind);
                    self.doubtful.insert(code.clone());
                }
            }
            let Some(block) = blocks.iter().position(|block| block.id == row.text("block")) else {
                self.unknown(&row, Named::Block, row.text("block"));
                self.doubtful.insert(code);
                continue;
            };
            let predecessors = match row.text("predecessors") {
                "" => vec![code.clone()],
                "-" => Vec::new(),
                codes => codes.split('+').map(|code| code.trim().to_owned()).collect(),
            };
            let mut slug = text::slug(&name);
            if slug.is_empty() || units.iter().any(|unit| unit.slug == slug) {
                slug = format!("{slug}-{}", text::slug(&code));
            }
            units.push(Unit { code, name, slug, block, predecessors });
        }
        units
    }

    fn reasons(&mut self) -> Vec<Reason> {
        let rows = self.rows("reasons.csv", &["code", "name"], &[]);
        rows.iter()
            .map(|row| Reason { code: row.text("code").to_owned(), name: row.text("name").to_owned() })
            .collect()
    }

    fn facts(&mut self) -> Vec<Fact> {
        let rows = self.rows("facts.csv", &["key", "value"], &["origin", "note"]);
        let fact = |row: &Row| Fact {
            key: row.text("key").to_owned(),
            value: row.text("value").to_owned(),
            origin: row.text("origin").to_owned(),
            note: row.text("note").to_owned(),
        };
        rows.iter().map(fact).collect()
    }

    fn exemptions(&mut self, year: &Year) -> Vec<Exemption> {
        let rows = self.rows("exemptions.csv", &["unit", "code", "reason"], &[]);
        let mut exemptions: Vec<Exemption> = Vec::new();
        for row in rows {
            let (name, code) = (row.text("unit"), row.text("code").to_owned());
            let Some(unit) = unit_or_all(name, &year.units) else {
                self.unknown(&row, Named::Unit, name);
                continue;
            };
            let known = match unit {
                Some(unit) => year.set_of(unit).find(&code).is_some(),
                None => year.sets.iter().any(|set| set.find(&code).is_some()),
            };
            if !known {
                row.fault::<()>(&mut self.problems, ProblemKind::UnknownCode(code));
            } else if exemptions.iter().any(|one| one.unit == unit && one.code == code) {
                row.fault::<()>(&mut self.problems, ProblemKind::ExemptTwice { unit: name.to_owned(), code });
            } else if row.text("reason").is_empty() {
                row.fault::<()>(&mut self.problems, ProblemKind::KeyMissing("reason".to_owned()));
            } else {
                exemptions.push(Exemption { unit, code, reason: row.text("reason").to_owned() });
            }
        }
        exemptions
    }

    fn previous(&mut self, year: &Year) -> Option<Previous> {
        let mut previous = year.previous.clone()?;
        self.needed("previous.csv");
        for row in self.rows("previous.csv", &["unit", "index"], &["class", "origin"]) {
            let unit = PreviousUnit {
                index: row.decimal("index", &mut self.problems),
                class: row.filled("class").map(str::to_owned),
                origin: row.text("origin").to_owned(),
                components: BTreeMap::new(),
            };
            if previous.units.insert(row.text("unit").to_owned(), unit).is_some() {
                let kind = ProblemKind::Duplicate {
                    value: row.text("unit").to_owned(),
                    first: "previous.csv".to_owned(),
                };
                row.fault::<()>(&mut self.problems, kind);
            }
        }
        // Without the units every row would be told as naming an unknown one.
        if !self.files.contains_key("previous.csv") {
            return Some(previous);
        }
        for row in self.rows("previous-components.csv", &["unit", "code", "percent"], &[]) {
            let percent = row.decimal("percent", &mut self.problems);
            let Some(unit) = previous.units.get_mut(row.text("unit")) else {
                self.unknown(&row, Named::Unit, row.text("unit"));
                continue;
            };
            if let Some(percent) = percent {
                unit.components.insert(row.text("code").to_owned(), percent);
            }
        }
        Some(previous)
    }

    fn scores(&mut self, year: &Year) -> Vec<UnitFile> {
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
        for (unit, applies) in applies.iter().enumerate() {
            if !applies.contains(&true) {
                let kind = ProblemKind::NothingLeft(year.units[unit].code.clone());
                self.problems.push(Problem { file: "exemptions.csv".to_owned(), line: 0, kind });
            }
        }
        let mut seen: HashSet<(usize, LeafId)> = HashSet::new();
        let units: HashMap<&str, usize> =
            year.units.iter().enumerate().map(|(i, unit)| (unit.code.as_str(), i)).collect();
        for row in rows {
            let Some((unit, leaf)) = self.place_of(&row, year, &units) else { continue };
            let (unit_code, code) = (row.text("unit").to_owned(), row.text("code").to_owned());
            if !applies[unit][leaf.index()] {
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
        self.check_complete(year, &applies, &seen);
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
        let source = set.scoring(leaf).source;
        for stage in Stage::ALL {
            let judgement = self.judgement(row, set, leaf, stage);
            let open = source != Source::Survey && (stage != Stage::Own || source == Source::Own);
            let Some(judgement) = judgement else { continue };
            if !open {
                let kind = ProblemKind::StageNotOpen {
                    stage: stage.name().to_owned(),
                    code: row.text("code").to_owned(),
                };
                row.fault::<()>(&mut self.problems, kind);
            } else if year.rounds.stages().all(|held| held != stage) {
                self.no_such_round(row, year, stage.name());
            } else {
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
        let code = row.filled(reason)?;
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

    fn judgement(&mut self, row: &Row, set: &Framework, leaf: LeafId, stage: Stage) -> Option<Judgement> {
        let stage_name = stage.name().to_owned();
        let said = row.decimal(stage.name(), &mut self.problems).map(|number| (number, number.points()));
        let given = row.filled(&format!("{}_input", stage.name()));
        if given.is_none() && said.is_none() {
            return None;
        }
        let frame = set.frame(leaf);
        let Some(given) = given else {
            let (number, points) = said?;
            let (low, high) = (frame.max.min(Points::ZERO), frame.max.max(Points::ZERO));
            return match points.filter(|points| (low..=high).contains(points)) {
                Some(points) if points.fits(frame.places) => {
                    Some(Judgement { points, inputs: Inputs::default() })
                }
                Some(points) => {
                    let kind = ProblemKind::TooManyPlaces { key: stage_name, points, places: frame.places };
                    row.fault(&mut self.problems, kind)
                }
                None => {
                    let kind = ProblemKind::OutOfRange {
                        key: stage_name,
                        value: number.to_string(),
                        min: low.to_string(),
                        max: high.to_string(),
                    };
                    row.fault(&mut self.problems, kind)
                }
            };
        };
        let award = Inputs::parse(given)
            .and_then(|inputs| set.scoring(leaf).rule.award(frame, &inputs).map(|award| (award, inputs)));
        match award {
            Err(problem) => row.fault(&mut self.problems, ProblemKind::Input { stage: stage_name, problem }),
            Ok((award, inputs)) => match said.and_then(|(_, points)| points) {
                Some(said) if said != award.points => {
                    let kind =
                        ProblemKind::PointsDifferFromRule { stage: stage_name, said, rule: award.points };
                    row.fault(&mut self.problems, kind)
                }
                _ => Some(Judgement { points: award.points, inputs }),
            },
        }
    }

    /// Every applicable leaf that is judged has a row; the first leaf missing stands for a unit's.
    fn check_complete(&mut self, year: &Year, applies: &[Vec<bool>], seen: &HashSet<(usize, LeafId)>) {
        for (unit, applies) in applies.iter().enumerate() {
            let set = year.set_of(unit);
            let named = &year.units[unit].code;
            let missing: Vec<&str> = set
                .leaves()
                .filter(|(leaf, _)| applies[leaf.index()] && set.scoring(*leaf).source != Source::Survey)
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

    /// A survey leaf without one valid answer would silently count as 0.
    fn check_survey_leaves(&mut self, year: &Year) {
        for unit in 0..year.units.len() {
            let set = year.set_of(unit);
            let applies = year.applicable(unit);
            for (leaf, node) in set.leaves().filter(|(leaf, _)| applies[leaf.index()]) {
                if let crate::rule::Rule::Survey(rule) = &set.scoring(leaf).rule
                    && rule
                        .award_tally(set.frame(leaf), &year.survey.answers.pooled(unit, &rule.questions))
                        .is_none()
                {
                    let (unit, code) = (year.units[unit].code.clone(), set.node(node).code.clone());
                    let kind = ProblemKind::NoAnswers { unit, code };
                    self.problems.push(Problem { file: "survey-sheets.csv".to_owned(), line: 0, kind });
                }
            }
        }
    }
}

/// `all` is every unit; otherwise a code.
fn unit_or_all(name: &str, units: &[Unit]) -> Option<Option<usize>> {
    if name == "all" { Some(None) } else { units.iter().position(|unit| unit.code == name).map(Some) }
}

fn block(table: Table<'_, '_>, sets: &[String], clusters: &[Cluster]) -> Option<Block> {
    let id = table.text("id");
    let name = table.text("name");
    let set = table.text("set").and_then(|name| {
        sets.iter()
            .position(|id| *id == name)
            .or_else(|| table.fault("set", ProblemKind::UnknownName { what: Named::Set, name }))
    });
    let cluster = table.text("cluster").and_then(|name| {
        clusters
            .iter()
            .position(|cluster| cluster.id == name)
            .or_else(|| table.fault("cluster", ProblemKind::UnknownName { what: Named::Cluster, name }))
    });
    let classes = if table.has("class") { Some(read_classes(&table, "class")?) } else { None };
    table.finish();
    Some(Block { id: id?, name: name?, set: set?, cluster: cluster?, classes })
}

fn threshold(table: Table<'_, '_>) -> Option<Threshold> {
    let threshold = (table.text("area"), table.decimal("high"), table.optional_decimal("low"));
    table.finish();
    Some(Threshold { area: threshold.0?, high: threshold.1?, low: threshold.2 })
}
