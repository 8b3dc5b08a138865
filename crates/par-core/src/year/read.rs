//! Year folder → year, with every problem of every file at once.
//!
//! Files: `year.toml`, `units.csv`, `scores.csv`; optional `exemptions.csv`, `reasons.csv`,
//! `facts.csv`, `survey-forms.csv`, `survey-questions.csv`, `survey-plan.csv`, with `survey-sheets.csv` or
//! else `survey-counts.csv` and `survey-returns.csv`; `previous.csv`, `previous-components.csv`; and each
//! criteria set under `sets/{id}/`.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::csv_table::{Columns, Row};
use super::sheets::Sheets;
use super::status::{Period, Status};
use super::whole::{ALL_UNITS, At, Fault, Lines};
use super::{
    Block, Cluster, Exemption, Fact, Previous, PreviousUnit, ProvinceMean, Reason, Rounds, Threshold, Unit,
    Year, losses_read, survey_read, whole,
};
use crate::framework::document::{Document, Table};
use crate::framework::read::{Files, read_classes};
use crate::framework::{self, Framework};
use crate::ground::Ground;
use crate::moment::Day;
use crate::problem::{Expected, Named, Problem, ProblemKind};
use crate::rule::checklist::is_id;
use crate::text;

/// The header file of a year folder.
pub const HEADER: &str = "year.toml";

/// All files of a year folder but those of its criteria sets and its wording.
pub const FILES: [&str; 15] = [
    HEADER,
    "units.csv",
    "scores.csv",
    "losses.csv",
    "exemptions.csv",
    "reasons.csv",
    "facts.csv",
    "survey-forms.csv",
    "survey-questions.csv",
    "survey-plan.csv",
    "survey-sheets.csv",
    "survey-returns.csv",
    "survey-counts.csv",
    "previous.csv",
    "previous-components.csv",
];

/// Criteria sets stand under `sets/{id}/`.
pub const SETS: &str = "sets/";

/// Reads a year. The year is there only when nothing at all is wrong: a result must never come
/// from half of its inputs.
pub fn read(files: &Files) -> (Option<Year>, Vec<Problem>) {
    let (year, problems) = read_with_sheets(files);
    (year.map(|(year, _)| year), problems)
}

/// The same with the sheets of the survey; there are none where the folder has counts of them only.
pub fn read_with_sheets(files: &Files) -> (Option<(Year, Sheets)>, Vec<Problem>) {
    // Texts of criteria sets are checked where the sets are read.
    let own = || files.iter().filter(|(file, _)| !file.starts_with(SETS));
    let mut problems = Problem::broken_texts(own());
    problems.extend(Problem::legacy_texts(own()));
    problems.extend(Problem::misnamed_files(files, &FILES));
    let (doubtful, told, lines) = (HashSet::new(), HashSet::new(), Lines::new());
    let mut reader = Reader { files, problems, doubtful, told, lines };
    let year = reader.year();
    let problems = Problem::without_consequences(reader.problems);
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
    /// Ids of clusters and blocks and codes of units that are at fault themselves: rows that name them
    /// are not told as faults of theirs.
    pub(super) doubtful: HashSet<String>,
    /// Unknown names already told, by file and name: one fault is told once.
    told: HashSet<(String, String)>,
    /// Where the things of the year were read.
    lines: Lines,
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
        year.survey = Arc::new(survey);
        year.previous = self.previous(&year);
        if sets_sound {
            year.exemptions = self.exemptions(&year);
            self.tell(whole::faults(&year));
        }
        if sets_sound && !year.units.is_empty() {
            year.files = self.scores(&year).into_iter().map(Arc::new).collect();
            year.losses = losses_read::losses(self, &year);
            self.check_survey_leaves(&year);
        }
        Some((year, sheets))
    }

    /// Whether the folder has a file.
    pub(super) fn has(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Tells the laws that the year breaks, each at the line it was read from.
    fn tell(&mut self, faults: Vec<Fault>) {
        for fault in faults {
            // Units that could not be read are told where they stand.
            let Some(line) = self.lines.get(&fault.at).copied() else { continue };
            if fault.at == At::Units && self.problems.iter().any(|one| one.file == "units.csv") {
                continue;
            }
            let place = |at: &At| format!("{}:{}", at.file(), self.lines.get(at).copied().unwrap_or(0));
            let mut kind = fault.kind;
            if let ProblemKind::Duplicate { first, .. } | ProblemKind::Twins { first, .. } = &mut kind {
                *first = fault.first.as_ref().map(place).unwrap_or_default();
            }
            let problem = Problem { file: fault.at.file().to_owned(), line, kind };
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }

    /// What the header says, with defaults where it is at fault, and whether every set could be read.
    fn header(&mut self, top: Table<'_, '_>) -> (Year, bool) {
        let number = top.whole("year", 2000, 2100);
        let title = top.name("title");
        let province = top.name("province");
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
        let (ids, sets) = self.sets(&top);
        let mut clusters: Vec<Cluster> = Vec::new();
        for table in top.tables("cluster") {
            self.lines.insert(At::Cluster(clusters.len()), table.line());
            let (id, name) = (id(&table), table.name("name"));
            table.finish();
            self.doubtful.extend(id.clone().filter(|_| name.is_none()));
            clusters.extend(id.zip(name).map(|(id, name)| Cluster { id, name }));
        }
        top.require("block");
        let mut blocks: Vec<Block> = Vec::new();
        for table in top.tables("block") {
            self.lines.insert(At::Block(blocks.len()), table.line());
            let named = table.name("id");
            let block = block(table, &ids, &clusters, &self.doubtful);
            self.doubtful.extend(named.filter(|_| block.is_none()));
            blocks.extend(block);
        }
        let mut thresholds = Vec::new();
        for table in top.tables("threshold") {
            self.lines.insert(At::Mark(thresholds.len()), table.line());
            thresholds.extend(threshold(table));
        }
        self.lines.insert(At::Header, top.line_of("previous_year"));
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

    /// The ids of the sets the header names, and those that could be read.
    fn sets(&mut self, top: &Table<'_, '_>) -> (Vec<String>, Vec<Arc<Framework>>) {
        let (mut ids, mut sets) = (Vec::new(), Vec::new());
        for table in top.tables("set") {
            let (named, _) = (id(&table), table.text("folder"));
            let Some(named) = named else { continue };
            self.lines.insert(At::Set(sets.len()), table.line());
            if let Some(set) = self.set(&named) {
                if set.id != named {
                    let kind = ProblemKind::SetIsAnother { said: named.clone(), id: set.id.clone() };
                    table.fault::<()>("id", kind);
                }
                sets.push(Arc::new(set));
            }
            table.finish();
            ids.push(named);
        }
        (ids, sets)
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
        let unitless = self.lines.contains_key(&At::Units);
        let follows = what == Named::Unit && (unitless || self.doubtful.contains(name));
        if !follows && self.told.insert((row.file().to_owned(), name.to_owned())) {
            row.fault::<()>(&mut self.problems, ProblemKind::UnknownName { what, name: name.to_owned() });
        }
    }

    fn units(&mut self, blocks: &[Block]) -> Vec<Unit> {
        let optional = ["predecessors", "status", "from", "to", "ground"];
        let rows = self.rows("units.csv", &["code", "name", "block"], &optional);
        let mut units: Vec<Unit> = Vec::new();
        let mut slugs: HashSet<String> = HashSet::new();
        if rows.is_empty() {
            self.lines.insert(At::Units, 1);
        }
        for row in rows {
            let (code, name) = (text::compose(row.text("code")), text::compose(row.text("name")));
            self.lines.insert(At::Unit(units.len()), row.line());
            let Some(block) = blocks.iter().position(|block| block.id == row.text("block")) else {
                if !self.doubtful.contains(row.text("block")) {
                    self.unknown(&row, Named::Block, row.text("block"));
                }
                self.doubtful.insert(code);
                continue;
            };
            let predecessors = match row.text("predecessors") {
                "" => vec![code.clone()],
                "-" => Vec::new(),
                codes => codes.split('+').map(|code| code.trim().to_owned()).collect(),
            };
            let mut slug = text::slug(&name);
            if slug.is_empty() || slugs.contains(&slug) {
                slug = format!("{slug}-{}", text::slug(&code));
            }
            slugs.insert(slug.clone());
            let (status, ground) = (self.status(&row), self.ground(&row));
            let period = Period { from: self.day(&row, "from"), to: self.day(&row, "to") };
            units.push(Unit { code, name, slug, block, predecessors, status, period, ground });
        }
        for fault in whole::units(&units) {
            if let At::Unit(unit) = fault.at {
                self.doubtful.insert(units[unit].code.clone());
            }
        }
        units
    }

    fn status(&mut self, row: &Row) -> Status {
        let Some(word) = row.filled("status") else { return Status::default() };
        let known = Status::named(word).or_else(|| {
            let allowed = Status::ALL.map(|status| status.name().to_owned()).to_vec();
            let (key, value) = ("status".to_owned(), word.to_owned());
            row.fault(&mut self.problems, ProblemKind::NotAllowed { key, value, allowed })
        });
        known.unwrap_or_default()
    }

    fn day(&mut self, row: &Row, column: &str) -> Option<Day> {
        Day::read(row.filled(column)?).or_else(|| {
            let kind = ProblemKind::WrongType { key: column.to_owned(), expected: Expected::Date };
            row.fault(&mut self.problems, kind)
        })
    }

    fn ground(&mut self, row: &Row) -> Option<Ground> {
        match Ground::read(row.filled("ground")?) {
            Ok(ground) => Some(ground),
            Err(problems) => {
                for problem in problems {
                    row.fault::<()>(&mut self.problems, ProblemKind::Ground(problem));
                }
                None
            }
        }
    }

    fn reasons(&mut self) -> Vec<Reason> {
        let rows = self.rows("reasons.csv", &["code", "name"], &[]);
        self.lines.extend(rows.iter().enumerate().map(|(at, row)| (At::Reason(at), row.line())));
        rows.iter()
            .map(|row| Reason { code: row.text("code").to_owned(), name: row.text("name").to_owned() })
            .collect()
    }

    fn facts(&mut self) -> Vec<Fact> {
        let rows = self.rows("facts.csv", &["key", "value"], &["origin", "note"]);
        self.lines.extend(rows.iter().enumerate().map(|(at, row)| (At::Fact(at), row.line())));
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
            self.lines.insert(At::Exemption(exemptions.len()), row.line());
            exemptions.push(Exemption { unit, code, reason: row.text("reason").to_owned() });
        }
        exemptions
    }

    fn previous(&mut self, year: &Year) -> Option<Previous> {
        let Some(mut previous) = year.previous.clone() else {
            for file in ["previous.csv", "previous-components.csv"] {
                if self.files.contains_key(file) {
                    let kind = ProblemKind::NoYearBefore;
                    self.problems.push(Problem { file: file.to_owned(), line: 0, kind });
                }
            }
            return None;
        };
        self.needed("previous.csv");
        for row in self.rows("previous.csv", &["unit", "index"], &["class", "origin"]) {
            let unit = PreviousUnit {
                index: row.decimal("index", &mut self.problems),
                class: row.filled("class").map(str::to_owned),
                origin: row.text("origin").to_owned(),
                components: BTreeMap::new(),
            };
            let code = row.text("unit").to_owned();
            if let Some(first) = self.again(At::Previous(code.clone()), &row) {
                let kind = ProblemKind::Duplicate { value: code, first };
                row.fault::<()>(&mut self.problems, kind);
            } else {
                previous.units.insert(code, unit);
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
            let (named, code) = (row.text("unit").to_owned(), row.text("code").to_owned());
            if let Some(first) = self.again(At::Component(named, code.clone()), &row) {
                let kind = ProblemKind::Duplicate { value: format!("{} {code}", row.text("unit")), first };
                row.fault::<()>(&mut self.problems, kind);
            } else if let Some(percent) = percent {
                unit.components.insert(code, percent);
            } else if row.filled("percent").is_none() {
                row.fault::<()>(&mut self.problems, ProblemKind::KeyMissing("percent".to_owned()));
            }
        }
        Some(previous)
    }

    /// Remembers the line of a thing; where it stood before, if it did.
    fn again(&mut self, at: At, row: &Row) -> Option<String> {
        match self.lines.get(&at) {
            Some(line) => Some(format!("{}:{line}", at.file())),
            None => {
                self.lines.insert(at, row.line());
                None
            }
        }
    }

    /// Questions that criteria count are asked on a form. Answers may still be missing: such a leaf is not
    /// yet scored.
    fn check_survey_leaves(&mut self, year: &Year) {
        let forms = &year.survey.forms;
        // Without forms, or with faulty ones, nothing can be said about questions.
        if forms.is_empty() || self.problems.iter().any(|one| one.file.starts_with("survey-")) {
            return;
        }
        let asked: HashSet<&str> =
            forms.iter().flat_map(|form| &form.questions).map(|one| one.code.as_str()).collect();
        let mut told = HashSet::new();
        for (leaf, set) in year.sets.iter().flat_map(|set| set.leaves().map(move |(leaf, _)| (leaf, set))) {
            let crate::rule::Rule::Survey(rule) = &set.scoring(leaf).rule else { continue };
            for name in rule.questions.iter().filter(|question| !asked.contains(question.as_str())) {
                if told.insert(name) {
                    let kind = ProblemKind::UnknownName { what: Named::Question, name: name.clone() };
                    self.problems.push(Problem { file: "survey-questions.csv".to_owned(), line: 0, kind });
                }
            }
        }
    }
}

/// An id that can stand in addresses and files.
fn id(table: &Table<'_, '_>) -> Option<String> {
    let id = table.name("id")?;
    if is_id(&id) { Some(id) } else { table.fault("id", ProblemKind::BadId(id)) }
}

/// `all` is every unit; otherwise a code.
fn unit_or_all(name: &str, units: &[Unit]) -> Option<Option<usize>> {
    if name == ALL_UNITS { Some(None) } else { units.iter().position(|unit| unit.code == name).map(Some) }
}

/// A block; what is told of a cluster is not told again of its blocks.
fn block(
    table: Table<'_, '_>,
    sets: &[String],
    clusters: &[Cluster],
    doubtful: &HashSet<String>,
) -> Option<Block> {
    let id = id(&table);
    let name = table.name("name");
    let set = table.text("set").and_then(|name| {
        sets.iter()
            .position(|id| *id == name)
            .or_else(|| table.fault("set", ProblemKind::UnknownName { what: Named::Set, name }))
    });
    let cluster = table.text("cluster").and_then(|name| {
        let known = clusters.iter().position(|cluster| cluster.id == name);
        if known.is_none() && !doubtful.contains(&name) {
            table.fault::<()>("cluster", ProblemKind::UnknownName { what: Named::Cluster, name });
        }
        known
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
