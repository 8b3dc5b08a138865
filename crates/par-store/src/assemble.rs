//! Rows of a year → the year. Rows that cannot be placed become findings, so that the same code
//! loads a sound year and looks through a damaged one.

mod units;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use par_core::framework::{self, Class, Framework};
use par_core::points::Points;
use par_core::points::decimal::Decimal;
use par_core::points::read::{Notation, decimal};
use par_core::rule::inputs::Inputs;
use par_core::rule::survey::Tally;
use par_core::year::sheets::{Rating, Sheet, SheetStatus, Sheets};
use par_core::year::survey::{Answers, Counts, FormType, Question, Stratum, Survey};
use par_core::year::{
    Block, Cluster, Fact as CycleFact, Judgement, LeafFile, Outcome, Previous, PreviousUnit, Reason, Request,
    Rounds, Stage, Threshold, UnitFile, Year,
};

use crate::fact::Fact;
use crate::finding::{Finding, Findings};
use crate::tables::{YearRows, header, previous, scores, sets, sheets, survey};

/// The year, or `None` when its sets, blocks or units cannot be put together; and every row that
/// could not be placed.
pub(crate) fn year(rows: YearRows) -> (Option<Year>, Vec<Finding>) {
    let mut assembly = Assembly { findings: Findings::of(rows.header.year) };
    let year = assembly.year(rows);
    (year, assembly.findings.list)
}

/// The sheets of a year's survey, and every row that could not be placed.
pub(crate) fn sheets(year: &Year, rows: sheets::Rows) -> (Sheets, Vec<Finding>) {
    let mut assembly = Assembly { findings: Findings::of(year.year) };
    let sheets = assembly.sheets(rows.sheets, rows.ratings, &places(year));
    (Sheets(sheets), assembly.findings.list)
}

/// Positions of units by code.
fn places(year: &Year) -> HashMap<String, usize> {
    year.units.iter().enumerate().map(|(i, unit)| (unit.code.clone(), i)).collect()
}

struct Assembly {
    findings: Findings,
}

impl Assembly {
    fn year(&mut self, rows: YearRows) -> Option<Year> {
        let mut year = Year { year: rows.header.year, ..Year::default() };
        let sets: Vec<Option<Arc<Framework>>> =
            self.list("year_sets", &rows.sets, |set| set.position, Self::set);
        let units = self.units(&rows.units, rows.header.blocks.len());
        let blocks = self.blocks(&rows.header, sets.len());
        self.header(rows.header, &mut year);
        year.previous = self.previous(year.previous.take(), rows.previous);
        year.sets = sets.into_iter().collect::<Option<_>>()?;
        year.blocks = blocks.into_iter().collect::<Option<_>>()?;
        year.units = units.into_iter().collect::<Option<_>>()?;
        let places = places(&year);
        year.exemptions = self.exemptions(&rows.units.exemptions, &places);
        let files = self.files(&year, &rows.scores, &places);
        year.files = files.into_iter().map(Arc::new).collect();
        year.survey = Arc::new(self.survey(rows.survey, &places));
        Some(year)
    }

    /// Places rows that come in the order of their positions.
    fn list<R, T>(
        &mut self,
        table: &str,
        rows: &[R],
        position: fn(&R) -> i64,
        place: impl Fn(&mut Self, &R) -> T,
    ) -> Vec<T> {
        let mut list = Vec::with_capacity(rows.len());
        for row in rows {
            self.in_order(table, list.len(), position(row));
            list.push(place(self, row));
        }
        list
    }

    fn in_order(&mut self, place: &str, expected: usize, position: i64) {
        if usize::try_from(position) != Ok(expected) {
            self.findings.add(Fact::Position, place, position, expected);
        }
    }

    fn set(&mut self, row: &sets::Set) -> Option<Arc<Framework>> {
        if row.known.is_some() {
            return row.known.clone();
        }
        let Some((id, name, year)) = &row.header else {
            self.findings.add(Fact::SetReference, &row.hash, "", "a criteria set");
            return None;
        };
        self.findings.same(
            Fact::SetHash,
            format!("{id} {}", row.hash),
            sets::hash(&row.files),
            row.hash.clone(),
        );
        let (set, problems) = framework::read::read(&row.files);
        if let Some(first) = problems.first() {
            let place = format!("{id} {}:{}", first.file, first.line);
            self.findings.add(Fact::SetReadable, place, format!("{:?}", first.kind), "no problem");
        }
        let set = set?;
        let (listed, read) =
            (format!("{id}, {name}, {year}"), format!("{}, {}, {}", set.id, set.name, set.year));
        self.findings.same(Fact::SetHeader, &row.hash, listed, read);
        Some(Arc::new(set))
    }

    fn header(&mut self, rows: header::Rows, year: &mut Year) {
        year.title = rows.title;
        year.province = rows.province;
        year.notice = rows.notice;
        let means = header::PROVINCE_MEANS;
        match means.iter().find(|(word, _)| *word == rows.province_mean) {
            Some((_, mean)) => year.province_mean = *mean,
            None => {
                let expected = means.map(|(word, _)| word).join(", ");
                self.findings.add(Fact::KnownWord, "province_mean", &rows.province_mean, expected);
            }
        }
        match u8::try_from(rows.rounds).ok().and_then(Rounds::new) {
            Some(rounds) => year.rounds = rounds,
            None => {
                let expected = format!("1 to {}", Rounds::MOST);
                self.findings.add(Fact::ReadableNumber, "rounds", rows.rounds, expected);
            }
        }
        year.previous = rows.previous_year.and_then(|before| match u16::try_from(before) {
            Ok(year) => Some(Previous { year, units: BTreeMap::new() }),
            Err(_) => {
                self.findings.add(Fact::ReadableNumber, "previous_year", before, "a year");
                None
            }
        });
        year.clusters = self.list(
            "clusters",
            &rows.clusters,
            |row| row.0,
            |_, (_, [id, name])| Cluster { id: id.clone(), name: name.clone() },
        );
        year.reasons = self.list(
            "reasons",
            &rows.reasons,
            |row| row.0,
            |_, (_, [code, name])| Reason { code: code.clone(), name: name.clone() },
        );
        year.facts = self.list(
            "facts",
            &rows.facts,
            |row| row.0,
            |_, (_, texts)| {
                let [key, value, origin, note] = texts.clone();
                CycleFact { key, value, origin, note }
            },
        );
        let thresholds = self.list(
            "thresholds",
            &rows.thresholds,
            |row| row.position,
            |this, row| {
                let place = format!("thresholds {}", row.area);
                let high = this.decimal(&place, &row.high)?;
                let low = row.low.as_ref().map(|low| this.decimal(&place, low));
                Some(Threshold { area: row.area.clone(), high, low: low.flatten() })
            },
        );
        year.thresholds = thresholds.into_iter().flatten().collect();
    }

    fn blocks(&mut self, rows: &header::Rows, sets: usize) -> Vec<Option<Block>> {
        let mut classes: HashMap<i64, Vec<Class>> = HashMap::new();
        for row in &rows.classes {
            if !rows.blocks.iter().any(|block| block.position == row.block && block.own_classes) {
                let place = format!("block_classes {}", row.block);
                self.findings.add(Fact::ClassBlock, place, &row.name, "a block with its own classes");
            }
            let before = classes.entry(row.block).or_default();
            self.in_order(&format!("block_classes {}", row.block), before.len(), row.position);
            before.push(Class { name: row.name.clone(), from: Points::from_millionths(row.from_points) });
        }
        let clusters = rows.clusters.len();
        self.list(
            "blocks",
            &rows.blocks,
            |row| row.position,
            |this, row| {
                let set = this.below(Fact::BlockSet, &row.id, row.set, sets);
                let cluster = this.below(Fact::BlockCluster, &row.id, row.cluster, clusters);
                let own = classes.get(&row.position).cloned().unwrap_or_default();
                Some(Block {
                    id: row.id.clone(),
                    name: row.name.clone(),
                    set: set?,
                    cluster: cluster?,
                    classes: row.own_classes.then_some(own),
                })
            },
        )
    }

    fn files(&mut self, year: &Year, rows: &scores::Rows, places: &HashMap<String, usize>) -> Vec<UnitFile> {
        let empty = |unit| UnitFile { leaves: vec![LeafFile::default(); year.set_of(unit).leaf_count()] };
        let mut files: Vec<UnitFile> = (0..year.units.len()).map(empty).collect();
        for row in &rows.judgements {
            let Some((unit, leaf)) = self.cell(year, places, "judgements", &row.unit, &row.leaf) else {
                continue;
            };
            let place = || format!("{} {} {}", row.unit, row.leaf, row.stage);
            let Some(stage) = Stage::named(&row.stage) else {
                let expected = Stage::ALL.map(Stage::name).join(", ");
                self.findings.add(Fact::KnownWord, place(), &row.stage, expected);
                continue;
            };
            let inputs = Inputs::parse(&row.inputs).unwrap_or_else(|problem| {
                self.findings.add(Fact::JudgementInputs, place(), &row.inputs, format!("{problem:?}"));
                Inputs::default()
            });
            let points = Points::from_millionths(row.points);
            if year.rounds.stages().all(|held| held != stage) {
                self.findings.add(Fact::RoundHeld, place(), &row.stage, year.rounds.count());
                continue;
            }
            files[unit].leaves[leaf].judge(stage, Judgement { points, inputs });
        }
        for row in &rows.requests {
            let Some((unit, leaf)) = self.cell(year, places, "requests", &row.unit, &row.leaf) else {
                continue;
            };
            let Some(outcome) = Outcome::named(&row.outcome) else {
                let place = format!("{} {} outcome", row.unit, row.leaf);
                let expected = Outcome::ALL.map(Outcome::name).join(", ");
                self.findings.add(Fact::KnownWord, place, &row.outcome, expected);
                continue;
            };
            let (reason, answer) = (row.reason.clone(), row.answer.clone());
            match u8::try_from(row.round).ok().filter(|round| (1..=year.rounds.count()).contains(round)) {
                Some(round) => files[unit].leaves[leaf].ask(round, Request { reason, answer, outcome }),
                None => {
                    let place = format!("{} {} request", row.unit, row.leaf);
                    self.findings.add(Fact::RoundHeld, place, row.round, year.rounds.count());
                }
            }
        }
        files
    }

    /// Positions of a unit and of a leaf of its set.
    fn cell(
        &mut self,
        year: &Year,
        places: &HashMap<String, usize>,
        table: &str,
        unit: &str,
        leaf: &str,
    ) -> Option<(usize, usize)> {
        let Some(unit_place) = places.get(unit).copied() else {
            let place = format!("{table} {unit} {leaf}");
            self.findings.add(Fact::UnitReference, place, unit, "a unit of the year");
            return None;
        };
        let set = year.set_of(unit_place);
        let found = set.find(leaf).and_then(|node| set.leaf(node));
        if found.is_none() {
            let expected = format!("a leaf of {}", set.id);
            self.findings.add(Fact::JudgementLeaf, format!("{table} {unit}"), leaf, expected);
        }
        Some((unit_place, found?.index()))
    }

    fn survey(&mut self, rows: survey::Rows, places: &HashMap<String, usize>) -> Survey {
        let mut forms = self.list(
            "survey_forms",
            &rows.forms,
            |row| row.0,
            |_, (_, texts)| {
                let [code, name, respondents, rates] = texts.clone();
                FormType { code, name, respondents, rates, questions: Vec::new() }
            },
        );
        for row in rows.questions {
            let Some(form) = forms.iter_mut().find(|form| form.code == row.form) else {
                let place = format!("survey_questions {}", row.code);
                self.findings.add(Fact::SurveyForm, place, &row.form, "a form of the year");
                continue;
            };
            self.in_order(&format!("survey_questions {}", row.form), form.questions.len(), row.position);
            form.questions.push(Question { code: row.code, text: row.wording });
        }
        let plan = self.list(
            "survey_plan",
            &rows.plan,
            |row| row.position,
            |this, row| Stratum {
                form: row.form.clone(),
                code: row.code.clone(),
                name: row.name.clone(),
                issued: this.count("survey_plan", row.issued),
                required: this.count("survey_plan", row.required),
            },
        );
        let returns = rows.returns.into_iter().map(|([form, stratum], numbers)| {
            let place = format!("survey_returns {form} {stratum}");
            let [accepted, rejected, over_quota, not_returned] =
                numbers.map(|number| self.count(&place, number) as usize);
            ((form, stratum), Counts { accepted, rejected, over_quota, not_returned })
        });
        let returns = returns.collect();
        let answers = self.answers(rows.counts, &forms, places);
        Survey { forms, plan, returns, answers }
    }

    fn answers(
        &mut self,
        rows: Vec<([String; 4], i64)>,
        forms: &[FormType],
        places: &HashMap<String, usize>,
    ) -> Answers {
        let mut answers = Answers::default();
        let mut all = 0u32;
        for ([form, unit, question, option], count) in rows {
            let place = || format!("survey_counts {form} {unit} {question}");
            let known = forms.iter().find(|known| known.code == form);
            if known.is_none_or(|form| form.questions.iter().all(|known| known.code != question)) {
                self.findings.add(
                    Fact::SurveyForm,
                    place(),
                    format!("{form} {question}"),
                    "a question of a form",
                );
                continue;
            }
            let Some(unit) = self.unit(&place(), &unit, places) else { continue };
            let mut letters = option.chars();
            let letter = letters.next().filter(|one| one.is_ascii_uppercase() && letters.next().is_none());
            let Some(letter) = letter else {
                self.findings.add(Fact::AnswerLetter, place(), &option, "A to Z");
                continue;
            };
            // Sums of counts are taken in 32 bits.
            match u32::try_from(count).ok().and_then(|count| Some((count, all.checked_add(count)?))) {
                Some((count, sum)) => {
                    all = sum;
                    answers.add(unit, &question, &form, &Tally::from([(letter, count)]));
                }
                None => self.findings.add(Fact::ReadableNumber, place(), count, "a count"),
            }
        }
        answers
    }

    fn sheets(
        &mut self,
        rows: Vec<(i64, [String; 5])>,
        ratings: Vec<sheets::Rating>,
        places: &HashMap<String, usize>,
    ) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = Vec::with_capacity(rows.len());
        let mut by_serial: HashMap<String, usize> = HashMap::with_capacity(rows.len());
        for (i, (position, [serial, form, stratum, word, refusal])) in rows.into_iter().enumerate() {
            self.in_order("survey_sheets", i, position);
            let Some(status) = SheetStatus::named(&word) else {
                let expected = SheetStatus::ALL.map(SheetStatus::name).join(", ");
                self.findings.add(Fact::KnownWord, format!("survey_sheets {serial}"), word, expected);
                continue;
            };
            by_serial.insert(serial.clone(), sheets.len());
            sheets.push(Sheet { serial, form, stratum, status, refusal, ratings: Vec::new() });
        }
        for row in ratings {
            let Some(sheet) = by_serial.get(&row.serial).copied() else {
                self.findings.add(Fact::RatingSheet, "survey_ratings", &row.serial, "a sheet of the year");
                continue;
            };
            let ratings = sheets[sheet].ratings.len();
            if usize::try_from(row.position) != Ok(ratings) {
                self.in_order(&format!("survey_ratings {}", row.serial), ratings, row.position);
            }
            if let Some(unit) = self.unit(&row.serial, &row.unit, places) {
                sheets[sheet].ratings.push(Rating { unit, answers: row.answers });
            }
        }
        sheets
    }

    fn previous(&mut self, previous: Option<Previous>, rows: previous::Rows) -> Option<Previous> {
        let mut units: BTreeMap<String, PreviousUnit> = BTreeMap::new();
        for row in rows.units {
            let place = format!("previous_units {}", row.code);
            let index = row.index.and_then(|index| self.decimal(&place, &index));
            let (class, origin) = (row.class, row.origin);
            units.insert(row.code, PreviousUnit { index, class, origin, components: BTreeMap::new() });
        }
        for [unit, code, percent] in rows.components {
            let percent = self.decimal(&format!("previous_components {unit} {code}"), &percent);
            let Some(known) = units.get_mut(&unit) else {
                self.findings.add(Fact::Predecessor, "previous_components", &unit, "a unit of that year");
                continue;
            };
            known.components.extend(percent.map(|percent| (code, percent)));
        }
        if previous.is_none() && !units.is_empty() {
            self.findings.add(Fact::PreviousYear, "previous_units", units.len(), "no figures without a year");
        }
        previous.map(|previous| Previous { units, ..previous })
    }

    /// A position that must be below a count.
    fn below(&mut self, fact: Fact, place: &str, position: i64, count: usize) -> Option<usize> {
        let found = usize::try_from(position).ok().filter(|position| *position < count);
        if found.is_none() {
            self.findings.add(fact, place, position, count);
        }
        found
    }

    fn unit(&mut self, place: &str, code: &str, places: &HashMap<String, usize>) -> Option<usize> {
        let found = places.get(code).copied();
        if found.is_none() {
            self.findings.add(Fact::UnitReference, place, code, "a unit of the year");
        }
        found
    }

    fn decimal(&mut self, place: &str, text: &str) -> Option<Decimal> {
        let found = decimal(text, Notation::Data).ok();
        if found.is_none() {
            self.findings.add(Fact::ReadableNumber, place, text, "a decimal number");
        }
        found
    }

    fn count(&mut self, place: &str, number: i64) -> u32 {
        u32::try_from(number).unwrap_or_else(|_| {
            self.findings.add(Fact::ReadableNumber, place, number, "a count");
            0
        })
    }
}
