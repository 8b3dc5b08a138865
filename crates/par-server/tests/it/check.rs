//! `parindex check` as an administrator meets it: sound data, damaged data, and every sentence it has.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use par_core::points::Points;
use par_core::rule::inputs::Inputs;
use par_core::year::{Judgement, Stage};
use par_server::messages::database::finding;
use par_store::cell::Cell;
use par_store::fact::{Fact, Phase};
use par_store::finding::Finding;
use par_store::journal::By;
use par_store::location::Location;
use par_store::revision::Revision;
use par_store::store::Store;

use crate::golden::golden;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn parindex(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parindex"))
        .current_dir(ROOT)
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .expect("the program starts")
}

fn data_folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let data = folder.path().join("data");
    let imported = parindex(&data, &["import", "demo/lai-chau-2020"]);
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    (folder, data)
}

#[test]
fn an_imported_year_is_sound_until_points_stop_following_from_their_inputs() {
    let (_folder, data) = data_folder();
    let sound = parindex(&data, &["check"]);
    assert_eq!(sound.status.code(), Some(0), "{}", String::from_utf8_lossy(&sound.stderr));
    assert!(String::from_utf8_lossy(&sound.stdout).contains("Dữ liệu nguyên vẹn"));

    give_wrong_points(&data.join("parindex.sqlite"));
    let damaged = parindex(&data, &["check"]);
    assert_eq!(damaged.status.code(), Some(1));
    let told = String::from_utf8_lossy(&damaged.stderr);
    let expect = "Năm 2020, SNV 1.1.3, Hội đồng thẩm định: điểm không đúng với kết quả của cách chấm \
                  (ghi 0,9; đúng ra 1).";
    assert_eq!(told.lines().next(), Some(expect));
    assert!(told.contains("1 chỗ sai"), "{told}");
}

/// The store takes what it is given; that points follow from inputs is for its callers to see to.
fn give_wrong_points(file: &Path) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let store = Store::open(&Location::File(file.to_owned())).await.unwrap();
        let cell = Cell { year: 2020, unit: "SNV", leaf: "1.1.3", stage: Stage::Council };
        let inputs = Inputs::parse("a=21;b=21").unwrap();
        let wrong = Judgement { points: Points::from_millionths(900_000), inputs };
        let by = By { actor: "test", at_ms: 0 };
        store.record_judgement(&cell, Some(Revision::from_number(1)), &wrong, &by).await.unwrap();
        store.close().await;
    });
}

#[test]
fn every_fact_has_a_sentence_an_administrator_understands() {
    let (other, hash) = ("0".repeat(64), "a".repeat(64));
    let mut told = String::new();
    for &fact in Fact::ALL {
        let (place, said, expected) = example(fact);
        let fill = |text: &str| text.replace("{other}", &other).replace("{hash}", &hash);
        let year = (!OF_NO_YEAR.contains(&fact)).then_some(2020);
        let (place, said, expected) = (fill(place), fill(said), fill(expected));
        let is_fault = fact.phase() == Phase::Always;
        told += &finding(&Finding { fact, year, place, said, expected, is_fault });
        told.push('\n');
    }
    golden("check/facts.txt", &told);
}

/// Facts about the whole database.
const OF_NO_YEAR: [Fact; 8] = [
    Fact::FileIntegrity,
    Fact::SchemaVersion,
    Fact::YearReference,
    Fact::JournalSequence,
    Fact::JournalHash,
    Fact::JournalHead,
    Fact::JournalRevision,
    Fact::YearRevision,
];

/// Place, what stands there and what was expected, as the checks of the store write them.
fn example(fact: Fact) -> (&'static str, &'static str, &'static str) {
    match fact {
        Fact::SchemaVersion => ("schema_versions", "1 year {other}", "1 year {hash}"),
        Fact::ReadableRow => ("units", "block_position", "-"),
        Fact::FileIntegrity => ("", "row 3 missing from index units_slug", "ok"),
        Fact::YearReference => ("clusters", "2019", "-"),
        Fact::JournalSequence => ("journal", "3", "2"),
        Fact::JournalHash => ("journal 2", "{other}", "{hash}"),
        Fact::JournalHead => ("journal_head", "2 {other}", "3 {hash}"),
        Fact::JournalRevision => ("journal 3", "3", "2"),
        Fact::YearRevision => ("years 2020", "9", "3"),
        Fact::CellRevision => ("SNV 1.1.1 self", "8", "1 to 3"),
        Fact::CellJournal => ("SNV 1.1.1 council", "0 opt=1 of revision 3", "0.5 opt=1 of revision 3"),
        Fact::ImportDigest => ("journal 1", "{other}", "{hash}"),
        Fact::YearSeal => ("units", "27 {other}", "28 {hash}"),
        Fact::KnownWord => ("SNV 1.1.1 outcome", "late", "accepted, partly, rejected, none"),
        Fact::ReadableNumber => ("thresholds 1", "x", "a decimal number"),
        Fact::Position => ("facts", "4", "3"),
        Fact::SetReference => ("{hash}", "", "a criteria set"),
        Fact::SetHash => ("lai-chau-so {hash}", "{other}", "{hash}"),
        Fact::SetReadable => ("lai-chau-so area-1.toml:12", "ChildSum", "no problem"),
        Fact::SetHeader => ("{hash}", "so, Bộ khác, 2020", "so, Bộ tiêu chí, 2020"),
        Fact::SetQuestion => ("lai-chau-so 1.10.1", "D01", "-"),
        Fact::BlockSet => ("districts", "7", "2"),
        Fact::BlockCluster => ("districts", "7", "2"),
        Fact::BlockName => ("clusters", "departments", "only once"),
        Fact::ClassOrder => ("blocks districts", "90, 80, 85", "falling to 0"),
        Fact::ClassBlock => ("block_classes 1", "Tốt", "-"),
        Fact::ThresholdArea => ("thresholds 1.1", "1.1", "-"),
        Fact::ThresholdOrder => ("thresholds 1", "90", "80.5"),
        Fact::ReasonCode => ("reasons", "missing", "only once"),
        Fact::FactKey => ("facts", "guidance_date", "only once"),
        Fact::UnitBlock => ("STP", "9", "2"),
        Fact::UnitCode => ("units", "Sở Nội vụ", "only once"),
        Fact::UnitSlug => ("STP", "Sở Tư pháp", "-"),
        Fact::UnitPeriod => ("STP", "2020-02-31", "a day, yyyy-mm-dd"),
        Fact::UnitGround => ("STP", "", "not empty"),
        Fact::UnitAnswers => ("STP", "answers", "none"),
        Fact::UnitReference => ("judgements XYZ 1.1.1", "XYZ", "-"),
        Fact::Predecessor => ("STP", "XYZ", "a unit of 2019"),
        Fact::PreviousPercent => ("SNV index", "101.5", "0 to 100"),
        Fact::PreviousYear => ("years", "2021", "before 2020"),
        Fact::ExemptionCode => ("exemptions STP 9", "9", "-"),
        Fact::ExemptionReason => ("exemptions all 8.2", " ", "-"),
        Fact::ExemptionOnce => ("exemptions STP 8.2", "twice", "once"),
        Fact::SomethingLeft => ("STP", "0", "-"),
        Fact::JudgementLeaf => ("judgements STP", "1.1", "-"),
        Fact::JudgementInputs => ("STP 1.1.1 self", "opt", "-"),
        Fact::JudgementRule => ("SNV 1.1.3 council", "0.9", "1"),
        Fact::JudgementLaw => ("SNV 1.1.3 round1", "a=0;b=40", "b=0 where a=0"),
        Fact::JudgementBounds => ("STP 1.1.1 self", "9", "0 to 0.5"),
        Fact::JudgementPlaces => ("STP 1.1.1 self", "0.250001", "2"),
        Fact::JudgementExempt => ("STP 8.2 round1", "0.5", "-"),
        Fact::JudgementSurvey => ("STP 1.10.1 round1", "0.5", "-"),
        Fact::SelfScoreOpen => ("STP 1.2.2 self", "0.5", "appraisal"),
        Fact::StageOrder => ("STP 1.1.1", "council", "round1"),
        Fact::ScoreComplete => ("STP 1.1.1", "", "-"),
        Fact::RequestReason => ("SNV 1.1.1 round1", "whim", "-"),
        Fact::RequestMax => ("SNV 1.1.1 round1", "0.5", "0.5"),
        Fact::RequestAnswer => ("SNV 1.1.1 round1", "Đã gửi", "none"),
        Fact::RequestOutcome => ("SNV 1.1.1 round2", "rejected: 0.5", "0.25"),
        Fact::RoundRequest => ("SNV 1.1.1 round2", "0.5", "0.25"),
        Fact::RoundHeld => ("SNV 1.1.1 round3", "round3", "2"),
        Fact::SurveyForm => ("survey_plan TANUYEN", "M9", "-"),
        Fact::FormCode => ("survey_questions M1", "D01", "only once"),
        Fact::SheetStratum => ("survey_sheets M1-0001", "M1 X", "-"),
        Fact::SheetIssued => ("survey_plan M1 SNV", "40", "41"),
        Fact::SheetQuota => ("survey_plan M1 SNV", "39", "38"),
        Fact::OverQuota => ("survey_plan M6 TANUYEN", "37", "38"),
        Fact::SheetRefusal => ("survey_sheets M1-0001", "", "rejected"),
        Fact::SheetReturned => ("survey_sheets M1-0001", "20", "0"),
        Fact::SurveyCounts => ("survey_counts M1 SNV D01", "A=12;B=3", "A=13;B=3"),
        Fact::RatingSheet => ("survey_ratings", "M1-0001", "-"),
        Fact::RatingOnce => ("survey_ratings M1-0001 STP", "twice", "once"),
        Fact::AnswerLength => ("survey_ratings M1-0001 SNV", "ABAA", "3"),
        Fact::AnswerLetter => ("survey_ratings M1-0001 SNV", "aba", "-"),
        Fact::NodeSum => ("SNV 1.1", "1.5 of 2", "1.75 of 2"),
        Fact::TotalSum => ("SNV", "84.2", "85.2"),
        Fact::ScaleSum => ("SNV", "97", "98"),
        Fact::IndexBounds => ("SNV", "101.5", "0 to 100"),
        Fact::Place => ("SNV", "2", "1"),
        Fact::BlockOrder => ("departments", "[3, 0]", "-"),
        Fact::ClassOfIndex => ("SNV", "none", "Tốt"),
        Fact::PublicationVersion => ("publications", "3", "2"),
        Fact::PublicationJournal => ("publications", "1 {other} 4 0 ", "1 {hash} 4 0 "),
        Fact::PublicationFiles => ("publications 1 standing/units.csv", "{other}", "{hash}"),
        Fact::PublicationHead => ("publications 2", "{other}", "{hash}"),
        Fact::PublicationInputs => ("survey", "", "-"),
        Fact::PublicationStanding => ("publications 1 standing/units.csv", "2", "0"),
    }
}

#[test]
fn the_readme_says_how_many_facts_are_checked() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(path).expect("the README is there");
    assert!(readme.contains(&format!("| {} facts about", Fact::ALL.len())), "{}", Fact::ALL.len());
}
