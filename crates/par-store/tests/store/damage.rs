//! A sound database, damaged by hand in one place; the check must find exactly that.

use std::collections::BTreeSet;

use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::year::{Judgement, Stage};
use par_store::cell::Cell;
use par_store::error::Error;
use par_store::fact::Fact;
use par_store::invariants::check;
use par_store::journal::By;
use par_store::location::Location;
use par_store::store::Store;

use crate::common::demo_with_sheets;
use crate::databases::{Database, NOW};

/// What is done behind the program's back, and the facts that no longer hold.
const DAMAGES: &[(&str, &[Fact])] = &[
    ("update schema_versions set hash = 'x'", &[Fact::SchemaVersion]),
    ("update units set block_position = 'x' where code = 'STP'", &[Fact::ReadableRow]),
    ("insert into clusters values (2019, 0, 'a', 'A')", &[Fact::YearReference]),
    // The journal.
    ("update journal set payload = 'points: 2' where sequence = 2", &[Fact::JournalHash, Fact::CellJournal]),
    ("update journal set actor = 'other' where sequence = 1", &[Fact::JournalHash]),
    ("update journal set at_ms = at_ms + 1 where sequence = 1", &[Fact::JournalHash]),
    (
        "delete from journal where sequence = 2",
        &[Fact::JournalSequence, Fact::JournalHash, Fact::JournalRevision],
    ),
    ("delete from journal where sequence = 3", &[Fact::JournalHead, Fact::YearRevision, Fact::CellJournal]),
    ("update journal_head set hash = 'x'", &[Fact::JournalHead]),
    ("delete from journal_head", &[Fact::JournalHead]),
    ("update years set revision = 9", &[Fact::YearRevision]),
    (
        "update judgements set revision = 8 where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::CellRevision],
    ),
    (
        "update judgements set revision = 2 where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::CellJournal],
    ),
    ("update requests set revision = 0 where unit = 'SNV'", &[Fact::CellRevision]),
    (
        "insert into publications values (2020, 2, 'x', 3, 0, '')",
        &[
            Fact::PublicationVersion,
            Fact::PublicationJournal,
            Fact::PublicationFiles,
            Fact::PublicationStanding,
        ],
    ),
    // The header.
    ("update years set province_mean = 'median'", &[Fact::KnownWord]),
    ("update years set previous_year = 2021", &[Fact::PreviousYear]),
    ("update years set previous_year = null", &[Fact::PreviousYear]),
    ("delete from clusters where position = 0", &[Fact::BlockCluster, Fact::Position]),
    ("update clusters set id = 'departments'", &[Fact::BlockName]),
    ("update blocks set set_position = 7 where position = 1", &[Fact::BlockSet]),
    ("update blocks set cluster_position = 7 where position = 1", &[Fact::BlockCluster]),
    ("update blocks set own_classes = 1 where position = 1", &[Fact::ClassOrder]),
    ("insert into block_classes values (2020, 1, 0, 'Tốt', 0)", &[Fact::ClassBlock]),
    ("update thresholds set area = '1.1' where position = 0", &[Fact::ThresholdArea]),
    ("update thresholds set low = '90' where position = 0", &[Fact::ThresholdOrder]),
    ("update thresholds set high = 'x' where position = 0", &[Fact::ReadableNumber]),
    (
        "drop index reasons_code; update reasons set code = 'missing' where position = 1",
        &[Fact::ReasonCode, Fact::RequestReason],
    ),
    ("update facts set key = 'guidance_date' where position = 0", &[Fact::FactKey]),
    ("delete from facts where position = 3", &[Fact::Position]),
    // Criteria sets.
    (
        "update criteria_set_files set content = content || '# edited' where file = 'area-1.toml'",
        &[Fact::SetHash],
    ),
    (
        "update criteria_set_files set content = replace(content, '0.5', '0.4') where file = 'area-1.toml'",
        &[Fact::SetHash, Fact::SetReadable],
    ),
    ("delete from criteria_set_files where file = 'area-1.toml'", &[Fact::SetHash, Fact::SetReadable]),
    ("update criteria_sets set name = 'Bộ khác'", &[Fact::SetHeader]),
    ("delete from criteria_sets", &[Fact::SetReference]),
    // Units and exemptions.
    ("update units set block_position = 9 where code = 'STP'", &[Fact::UnitBlock]),
    ("update units set status = 'paused' where code = 'STP'", &[Fact::KnownWord]),
    ("update units set status = 'scored' where code = 'STP'", &[Fact::UnitGround]),
    ("update units set ground = 'theo quyết định' where code = 'STP'", &[Fact::UnitGround]),
    ("update units set since = '2020-02-31' where code = 'STP'", &[Fact::UnitPeriod]),
    ("update units set since = '2021-01-01' where code = 'STP'", &[Fact::UnitPeriod]),
    ("update units set since = '2020-07-01', until = '2020-06-30' where code = 'STP'", &[Fact::UnitPeriod]),
    (
        "update units set status = 'not_evaluated', ground = 'Quyết định số 1/QĐ-UBND ngày 01/02/2020 của UBND tỉnh' where code = 'STP'",
        &[Fact::JudgementExempt, Fact::UnitAnswers],
    ),
    ("update units set name = 'Sở Nội vụ' where code = 'STP'", &[Fact::UnitCode]),
    ("drop index units_slug; update units set slug = 'so-noi-vu' where code = 'STP'", &[Fact::UnitSlug]),
    ("update units set slug = 'Sở Tư pháp' where code = 'STP'", &[Fact::UnitSlug]),
    ("update unit_predecessors set predecessor = 'XYZ' where unit = 'STP'", &[Fact::Predecessor]),
    ("update unit_predecessors set unit = 'XYZ' where unit = 'STP'", &[Fact::UnitReference]),
    ("update unit_predecessors set position = 1 where unit = 'STP'", &[Fact::Position]),
    ("update exemptions set unit = 'XYZ' where position = 1", &[Fact::UnitReference, Fact::ScoreComplete]),
    ("update exemptions set code = '9' where position = 1", &[Fact::ExemptionCode, Fact::ScoreComplete]),
    ("update exemptions set reason = ' ' where position = 1", &[Fact::ExemptionReason]),
    (
        "insert into exemptions select year, 26, unit, code, reason from exemptions where position = 1",
        &[Fact::ExemptionOnce],
    ),
    ("delete from exemptions where position = 5", &[Fact::Position, Fact::ScoreComplete]),
    ("update previous_units set index_percent = '101' where code = 'SNV'", &[Fact::PreviousPercent]),
    ("update previous_units set index_percent = 'x' where code = 'SNV'", &[Fact::ReadableNumber]),
    ("delete from previous_units where code = 'SNV'", &[Fact::Predecessor]),
    (
        "update previous_components set percent = '-1' where unit = 'SNV' and code = '1'",
        &[Fact::PreviousPercent],
    ),
    (
        "update survey_questions set code = 'Z99' where code = 'D01'",
        &[Fact::SetQuestion, Fact::ScoreComplete, Fact::SurveyForm, Fact::SurveyCounts],
    ),
    // Judgements.
    (
        "update judgements set leaf = '1.1' where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest, Fact::JudgementLeaf],
    ),
    (
        "update judgements set unit = 'XYZ' where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest, Fact::UnitReference],
    ),
    (
        "update judgements set stage = 'round9' where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest, Fact::KnownWord],
    ),
    (
        "update judgements set inputs = 'opt' where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest, Fact::JudgementInputs],
    ),
    (
        "update judgements set inputs = 'opt=9' where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest, Fact::JudgementRule],
    ),
    (
        "update judgements set inputs = 'a=0;b=40', points = 0 where unit = 'STP' and leaf = '1.1.3' and stage = 'self'",
        &[Fact::ImportDigest, Fact::JudgementLaw],
    ),
    (
        "update judgements set points = 0 where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest, Fact::JudgementRule],
    ),
    (
        "update judgements set inputs = '' where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest],
    ),
    (
        "update judgements set inputs = '', points = 250001 where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest, Fact::JudgementPlaces],
    ),
    (
        "update judgements set inputs = '', points = 90000000 where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest, Fact::JudgementBounds],
    ),
    (
        "update judgements set inputs = '', points = -1000000 where unit = 'STP' and leaf = '1.1.1' and stage = 'self'",
        &[Fact::ImportDigest, Fact::JudgementBounds],
    ),
    (
        "delete from judgements where unit = 'STP' and leaf = '1.1.1' and stage = 'council'",
        &[Fact::ImportDigest],
    ),
    (
        "delete from judgements where unit = 'STP' and leaf = '1.1.1' and stage = 'round1'",
        &[Fact::ImportDigest, Fact::StageOrder],
    ),
    (
        "delete from judgements where unit = 'STP' and leaf = '1.1.1'",
        &[Fact::ImportDigest, Fact::ScoreComplete],
    ),
    (
        "insert into judgements values (2020, 'STP', '8.2', 'round1', 0, '', 1)",
        &[Fact::ImportDigest, Fact::JudgementExempt],
    ),
    (
        "delete from judgements where unit = 'SNV' and leaf = '1.1.1' and stage = 'council'",
        &[Fact::CellJournal],
    ),
    (
        "update judgements set points = 0, inputs = '' where unit = 'SNV' and leaf = '1.1.1' and stage = 'council'",
        &[Fact::CellJournal],
    ),
    (
        "insert into judgements values (2020, 'STP', '1.10.1', 'round1', 0, '', 1)",
        &[Fact::ImportDigest, Fact::JudgementSurvey],
    ),
    (
        "insert into judgements values (2020, 'STP', '1.2.2', 'self', 0, '', 1)",
        &[Fact::ImportDigest, Fact::SelfScoreOpen],
    ),
    ("delete from exemptions", &[Fact::ScoreComplete]),
    ("insert into exemptions values (2020, 26, 'STP', '1', 'x')", &[Fact::JudgementExempt]),
    (
        "insert into exemptions select 2020, 25 + cast(code as bigint), 'STP', code, 'x' from previous_components where unit = 'STP' and length(code) = 1 and code between '1' and '8'",
        &[Fact::JudgementExempt, Fact::SomethingLeft],
    ),
    // Requests.
    ("update requests set reason = 'whim' where unit = 'SNV'", &[Fact::RequestReason]),
    (
        "update requests set leaf = '1' where unit = 'SNV' and leaf = (select min(leaf) from requests where unit = 'SNV')",
        &[Fact::JudgementLeaf, Fact::RoundRequest],
    ),
    ("update requests set answer = null where outcome = 'rejected'", &[Fact::RequestAnswer]),
    ("update requests set answer = 'Đã gửi' where outcome = 'none'", &[Fact::RequestAnswer]),
    ("update requests set outcome = 'rejected' where outcome = 'partly'", &[Fact::RequestOutcome]),
    ("update requests set outcome = 'accepted' where outcome = 'rejected'", &[Fact::RequestOutcome]),
    ("update requests set outcome = 'late' where outcome = 'none'", &[Fact::KnownWord]),
    ("delete from requests where outcome = 'accepted'", &[Fact::RoundRequest]),
    ("update requests set round = 3 where outcome = 'none'", &[Fact::RoundHeld]),
    ("update years set rounds = 1", &[Fact::RoundHeld]),
    (
        "insert into requests values (2020, 'SNV', '1.1.1', 1, 'missing', null, 'none', 1)",
        &[Fact::RequestMax],
    ),
    // The survey.
    (
        "update survey_questions set form = 'M9' where form = 'M1' and position = 17",
        &[Fact::SurveyForm, Fact::AnswerLength],
    ),
    (
        "update survey_questions set code = 'D01' where form = 'M1' and position = 1",
        &[Fact::FormCode, Fact::SurveyForm, Fact::SurveyCounts],
    ),
    (
        "update survey_plan set form = 'M9' where position = 0",
        &[Fact::SurveyForm, Fact::SheetStratum, Fact::SheetIssued],
    ),
    ("update survey_plan set required = 38 where position = 0", &[Fact::SheetQuota]),
    (
        "update survey_plan set required = required + 1 where form = 'M6' and code = 'TANUYEN'",
        &[Fact::OverQuota],
    ),
    ("update survey_plan set issued = 41 where position = 0", &[Fact::SheetIssued]),
    ("update survey_plan set issued = -1 where position = 0", &[Fact::ReadableNumber, Fact::SheetIssued]),
    (
        "update survey_sheets set stratum = 'X' where status = 'not_returned'",
        &[Fact::SheetStratum, Fact::SurveyCounts],
    ),
    (
        "update survey_sheets set refusal = '' where status = 'rejected'",
        &[Fact::SheetRefusal, Fact::SurveyCounts],
    ),
    (
        "update survey_sheets set status = 'lost' where status = 'not_returned'",
        &[Fact::KnownWord, Fact::SurveyCounts],
    ),
    (
        "update survey_sheets set status = 'not_returned' where serial = 'M1-0001'",
        &[Fact::SheetReturned, Fact::SurveyCounts],
    ),
    (
        "delete from survey_sheets where serial = 'M1-0001'",
        &[Fact::Position, Fact::RatingSheet, Fact::SurveyCounts],
    ),
    (
        "update survey_ratings set unit = 'STP' where serial = 'M1-0001' and unit = 'SNV'",
        &[Fact::RatingOnce, Fact::SurveyCounts],
    ),
    (
        "update survey_ratings set unit = 'XYZ' where serial = 'M1-0001' and position = 19",
        &[Fact::UnitReference, Fact::SurveyCounts],
    ),
    (
        "update survey_ratings set answers = answers || 'A' where serial = 'M1-0001' and position = 0",
        &[Fact::AnswerLength],
    ),
    (
        "update survey_ratings set answers = lower(answers) where serial = 'M1-0001' and position = 0",
        &[Fact::AnswerLetter, Fact::SurveyCounts],
    ),
    (
        "delete from survey_ratings where serial = 'M1-0001' and position = 0",
        &[Fact::Position, Fact::SurveyCounts],
    ),
    ("delete from survey_ratings where unit = 'SNV'", &[Fact::Position, Fact::SurveyCounts]),
    (
        "update survey_counts set count = count + 1 where form = 'M1' and unit = 'SNV' and option = 'A'",
        &[Fact::SurveyCounts],
    ),
    (
        "update survey_counts set option = 'a' where form = 'M1' and unit = 'SNV' and option = 'A'",
        &[Fact::AnswerLetter, Fact::SurveyCounts],
    ),
    ("delete from survey_counts where unit = 'SNV'", &[Fact::ScoreComplete, Fact::SurveyCounts]),
    (
        "update survey_returns set not_returned = not_returned + 1 where form = 'M1'",
        &[Fact::SheetIssued, Fact::SurveyCounts],
    ),
];

/// Beginnings of damages that PostgreSQL refuses by its types and checks.
const ONLY_SQLITE: &[&str] = &[
    "update units set block_position = 'x'",
    "update units set status = 'paused'",
    "update years set province_mean",
    "update blocks set own_classes",
    "update judgements set stage",
    "update survey_plan set issued = -1",
    "update survey_sheets set status = 'lost'",
    "update requests set outcome = 'late'",
];

/// The demo year, and one cell written twice.
async fn sound(database: &Database) {
    let store = database.store().await;
    let by = By { actor: "sonoivu", at_ms: NOW };
    let (year, sheets) = demo_with_sheets();
    let first = store.import_year(&year, &sheets, &by).await.unwrap();
    let cell = Cell { year: 2020, unit: "SNV", leaf: "1.1.1", stage: Stage::Council };
    let given =
        Judgement { points: Points::from_millionths(500_000), inputs: Inputs::parse("opt=1").unwrap() };
    let second = store.record_judgement(&cell, Some(first), &given, &by).await.unwrap();
    store.record_judgement(&cell, Some(second), &given, &by).await.unwrap();
    store.close().await;
}

async fn found(database: &Database, sql: &str) -> Vec<Fact> {
    database.damage(sql).await;
    let store = Store::open(&database.location).await.unwrap();
    let findings = check(&store).await.unwrap();
    let mut facts: BTreeSet<Fact> = findings.iter().map(|finding| finding.fact).collect();
    // That a table says something else than at the import is found beside what is wrong with it.
    let table = ["update ", "delete from ", "insert into "].iter().find_map(|verb| sql.split(verb).nth(1));
    let table = table.and_then(|rest| rest.split([' ', ';']).next()).unwrap_or_default();
    assert_eq!(facts.remove(&Fact::YearSeal), is_sealed(table, sql), "the seal after: {sql}");
    let of_sheets = ["survey_sheets", "survey_ratings"].iter().any(|table| sql.contains(table));
    if of_sheets {
        assert!(store.load_year(2020).await.is_ok(), "a year does not read its sheets: {sql}");
    } else if facts.iter().any(|fact| *fact == Fact::Position || *fact == Fact::UnitReference) {
        assert!(matches!(store.load_year(2020).await, Err(Error::Damaged(_))), "loaded after: {sql}");
    }
    store.close().await;
    facts.into_iter().collect()
}

/// Whether a damage of that table changes what its rows of the year say.
fn is_sealed(table: &str, sql: &str) -> bool {
    let elsewhere = ["schema_versions", "journal", "journal_head", "judgements", "publications"];
    let elsewhere = elsewhere.contains(&table) || table.starts_with("criteria_set");
    !elsewhere && !sql.contains("2019") && !sql.contains("set revision = 9")
}

/// Damages that are not answered by exactly their findings, with what was found.
async fn unexpected(damages: Vec<(&'static str, &'static [Fact], Database)>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (sql, expected, database) in damages {
        let mut expected = expected.to_vec();
        expected.sort();
        let found = found(&database, sql).await;
        database.remove().await;
        if found != expected {
            wrong.push(format!("{sql}\n    found {found:?}\n    expected {expected:?}"));
        }
    }
    wrong
}

#[tokio::test(flavor = "multi_thread")]
async fn each_damage_of_a_file_is_found_as_what_it_is() {
    let template = Database::file();
    sound(&template).await;
    let halves: Vec<_> = [0, 1]
        .into_iter()
        .map(|half| {
            let damages = DAMAGES.iter().skip(half).step_by(2);
            tokio::spawn(unexpected(damages.map(|(sql, facts)| (*sql, *facts, template.copy())).collect()))
        })
        .collect();
    let mut wrong = Vec::new();
    for half in halves {
        wrong.extend(half.await.unwrap());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_of_postgres_is_found_too() {
    let mut damages = Vec::new();
    for (sql, facts) in DAMAGES.iter().step_by(12) {
        if ONLY_SQLITE.iter().all(|beginning| !sql.starts_with(beginning)) {
            let database = Database::postgres().await;
            sound(&database).await;
            damages.push((*sql, *facts, database));
        }
    }
    let wrong = unexpected(damages).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fact_is_broken_somewhere() {
    let broken: BTreeSet<Fact> = DAMAGES.iter().flat_map(|(_, facts)| facts.iter().copied()).collect();
    // Results are computed, not stored: their checks are tested beside them on a falsified standing.
    let computed = [
        Fact::NodeSum,
        Fact::TotalSum,
        Fact::ScaleSum,
        Fact::IndexBounds,
        Fact::Place,
        Fact::BlockOrder,
        Fact::ClassOfIndex,
        // Their damages stand below and beside publications.
        Fact::FileIntegrity,
        Fact::YearSeal,
        Fact::PublicationHead,
        Fact::PublicationInputs,
    ];
    let rest: Vec<Fact> =
        Fact::ALL.iter().copied().filter(|fact| !broken.contains(fact) && !computed.contains(fact)).collect();
    assert_eq!(rest, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_file_that_was_overwritten_is_found() {
    let database = Database::file();
    sound(&database).await;
    let Location::File(path) = &database.location else { unreachable!("a file") };
    let mut bytes = std::fs::read(path).unwrap();
    let pages: Vec<usize> =
        (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"so-noi-vu")).map(|at| at / 4096).collect();
    assert!(pages.len() >= 2, "the table and its index: {pages:?}");
    // The page of the index, which the rows can be read without.
    let index = *pages.last().unwrap() * 4096;
    bytes[index + 3..index + 8].fill(0xff);
    std::fs::write(path, bytes).unwrap();
    let store = Store::open_existing(&database.location).await.unwrap();
    let found = check(&store).await.unwrap();
    assert!(found.iter().any(|finding| finding.fact == Fact::FileIntegrity), "{found:?}");
    store.close().await;
}
