//! A year with a unit that is scored and not ranked, and one that is not evaluated: on pages, in files, in the
//! report, in packages, and before our own checks.

use std::fs;
use std::sync::Arc;

use par_core::ground::Ground;
use par_core::moment::Day;
use par_core::publication::level::Level;
use par_core::score::results::Results;
use par_core::year::status::{Period, Status};
use par_core::year::survey::{Answers, Survey};
use par_core::year::write::write;
use par_core::year::{LeafFile, UnitFile, Year};
use par_server::exchange::package::archive;
use par_server::ops::publish::{Edition, package};
use par_store::fact::Fact;

use crate::app::{TestApp, built_in_year};
use crate::package::{beside, edition, parindex, place, python};

const GROUND: &str = "Quyết định số 15/QĐ-UBND ngày 08/01/2021 của UBND tỉnh";

/// The built-in year with Sở Tư pháp scored only, and Sở Công thương not evaluated.
fn year() -> Year {
    let mut year = built_in_year();
    let ground = Ground::read(GROUND).ok();
    let (scored, gone) = (find(&year, "STP"), find(&year, "SCT"));
    year.units[scored].status = Status::Scored;
    year.units[scored].ground.clone_from(&ground);
    year.units[gone].status = Status::NotEvaluated;
    year.units[gone].period = Period { from: None, to: Day::read("2020-06-30") };
    year.units[gone].ground = ground;
    let leaves = vec![LeafFile::default(); year.set_of(gone).leaf_count()];
    year.files[gone] = Arc::new(UnitFile { leaves });
    year.exemptions.retain(|one| one.unit != Some(gone));
    let mut answers = Answers::default();
    for (unit, question, form, tally) in year.survey.answers.iter().filter(|(unit, ..)| *unit != gone) {
        answers.add(unit, question, form, tally);
    }
    year.survey = Arc::new(Survey { answers, ..(*year.survey).clone() });
    year
}

fn find(year: &Year, code: &str) -> usize {
    year.find_unit(code).expect("a unit of 2020")
}

#[tokio::test]
async fn pages_name_them_below_the_ranking_and_data_files_have_a_column() {
    let app = TestApp::empty().await;
    app.show(&year()).await;
    let page = app.page("/ket-qua/2020").await;
    let told = |text: &str| assert!(page.contains(text), "{text}");
    told(&format!("Sở Tư pháp: chấm, không xếp hạng, theo {GROUND}."));
    told(&format!("Sở Công thương: không đánh giá, đến ngày 30/06/2020, theo {GROUND}."));
    let mean = page.find("Trung bình của bảng").expect("a row of means");
    assert!(page.rfind("Sở Công thương").is_some_and(|at| at > mean), "below the table");
    let rows = app.rows("/ket-qua/2020.json", "xep-hang").await;
    let of = |code: &str| rows.iter().find(|row| row["code"] == code).expect("every unit is named").clone();
    let (scored, gone, ranked) = (of("STP"), of("SCT"), of("SNV"));
    assert_eq!(
        [&scored["status"], &gone["status"], &ranked["status"]],
        ["scored", "not_evaluated", "ranked"]
    );
    assert!(scored["index"]["printed"].is_string() && scored["change"]["printed"].is_string());
    assert!(scored["place"].is_null() || scored["place"] == "", "{scored}");
    assert!(gone["index"].is_null() || gone["index"] == "", "{gone}");
    let csv = app.page("/ket-qua/2020.csv?bang=xep-hang").await;
    assert!(csv.lines().next().is_some_and(|line| line.contains("code,status,remark")), "{csv}");
    let english = app.page("/en/ket-qua/2020").await;
    assert!(english.contains("scored, not ranked, by Quyết định"), "both languages");
    for slug in ["so-tu-phap", "so-cong-thuong"] {
        for path in [format!("/ket-qua/2020/don-vi/{slug}"), format!("/en/ket-qua/2020/don-vi/{slug}")] {
            let card = app.page(&path).await;
            assert!(card.contains(GROUND), "{path}");
            assert!(!card.contains("loại cao nhất") && !card.contains("the highest class"), "{path}");
        }
        let derivation = app.page(&format!("/ket-qua/2020/dan-giai/don-vi/{slug}/thu-hang")).await;
        assert!(derivation.contains(GROUND), "{slug}");
    }
}

#[tokio::test]
async fn the_database_gives_the_year_back_and_check_finds_it_sound() {
    let app = TestApp::empty().await;
    let year = year();
    app.import(&year).await;
    let store = app.store().await;
    let (loaded, _) = store.load_year(2020).await.expect("it was just brought in");
    assert_eq!(loaded, year);
    let findings = par_store::invariants::check(&store).await.expect("the database answers");
    let other: Vec<_> = findings.iter().filter(|one| one.fact != Fact::SheetIssued).collect();
    assert!(other.is_empty(), "{other:?}");
}

#[test]
fn packages_of_every_level_verify_in_both_programs() {
    let year = year();
    for level in [Level::Total, Level::Areas, Level::Criteria, Level::Leaves] {
        let place = place();
        let edition = Edition { level, ..edition() };
        let public = par_core::publication::anonymous::publishable(&year);
        let public = par_core::publication::level::at_level(&Results::of(public), level);
        let package = package(&year, &edition, &beside(&public));
        let units = String::from_utf8(package.files["standing/units.csv"].clone()).expect("UTF-8");
        assert!(units.contains(",scored,") && units.contains(",not_evaluated,"), "{level:?}");
        fs::write(place.path().join("goi.zip"), archive::write(&package)).expect("writable");
        let (code, told) = parindex(place.path(), &["verify", "goi.zip"]);
        assert_eq!(code, 0, "{level:?} {told}");
        if let Some((code, told)) = python(place.path(), "goi.zip") {
            assert_eq!(code, 0, "{level:?} {told}");
        }
    }
}

#[test]
fn the_command_line_prints_them_and_our_own_checks_agree_with_what_was_printed() {
    let place = place();
    let folder = place.path().join("nam");
    for (path, text) in write(&year()) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }
    let (code, text) = parindex(place.path(), &["score", "nam"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains(&format!("Sở Tư pháp: chấm, không xếp hạng, theo {GROUND}.\n")), "{text}");
    let (_, csv) = parindex(place.path(), &["score", "nam", "--format", "csv"]);
    assert!(csv.lines().next().is_some_and(|line| line.ends_with("class,status,remark")), "{csv}");
    fs::write(place.path().join("bang.csv"), &csv).expect("writable");
    let (code, told) = parindex(place.path(), &["recheck", "bang.csv"]);
    assert_eq!(code, 0, "{told}");
    let arguments = ["report", "nam", "--docx", "b.docx", "--xlsx", "b.xlsx", "--text", "b.txt"];
    let (code, told) = parindex(place.path(), &arguments);
    assert_eq!(code, 0, "{told}");
    let checks: [&[&str]; 3] = [
        &["lint", "b.docx", "--against", "nam"],
        &["lint", "b.txt", "--against", "nam"],
        &["recheck", "b.xlsx"],
    ];
    for arguments in checks {
        let (code, told) = parindex(place.path(), arguments);
        assert_eq!(code, 0, "{arguments:?} {told}");
    }
}
