//! Nobody's answers can be had from what is public: packages of all levels and versions, and their
//! differences. What attacks is a script of its own, which must find what earlier forms gave away.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn parindex(place: &Path, arguments: &[&str]) -> (i32, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_parindex")).current_dir(place).args(arguments).output().unwrap();
    let told = String::from_utf8([output.stderr, output.stdout].concat()).unwrap();
    (output.status.code().unwrap(), told)
}

fn attack(place: &Path, named: &[&str]) -> (i32, String) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/attack_survey.py");
    let output = Command::new("python3").current_dir(place).arg(script).args(named).output().unwrap();
    let told = String::from_utf8([output.stderr, output.stdout].concat()).unwrap();
    (output.status.code().unwrap(), told)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = (entry.as_ref().unwrap().path(), entry.unwrap().file_name());
        if path.is_dir() {
            copy(&path, &to.join(name))
        } else {
            fs::copy(&path, to.join(name)).map(drop).unwrap()
        }
    }
}

/// The year of four communes in which three leaders rate each of them on a form of their own.
fn small(place: &Path) -> PathBuf {
    let folder = place.join("nam");
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/khao-sat-nho")), &folder);
    folder
}

const LEVELS: [&str; 4] = ["tong", "linh-vuc", "tieu-chi", "thanh-phan"];

#[test]
fn no_level_of_the_demonstration_year_gives_a_sheet_or_a_small_group_away() {
    let place = tempfile::TempDir::new().unwrap();
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/lai-chau-2020");
    let names: Vec<String> = LEVELS.iter().map(|level| format!("{level}.zip")).collect();
    for (level, name) in LEVELS.iter().zip(&names) {
        let (code, told) = parindex(place.path(), &["package", name, "--from", demo, "--level", level]);
        assert_eq!(code, 0, "{told}");
    }
    let (code, told) = attack(place.path(), &names.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(code, 0, "{told}");
}

#[test]
fn three_leaders_stay_unknown_in_every_version_and_level() {
    let place = tempfile::TempDir::new().unwrap();
    let place = place.path();
    let folder = small(place);
    for level in LEVELS {
        let (code, told) =
            parindex(place, &["package", &format!("{level}.zip"), "--from", "nam", "--level", level]);
        assert_eq!(code, 0, "{told}");
    }
    let (code, told) = attack(place, &["tong.zip", "linh-vuc.zip", "tieu-chi.zip", "thanh-phan.zip"]);
    assert_eq!(code, 0, "{told}");

    // One sheet keyed anew must not become a version beside the one that is public.
    let (code, told) = parindex(place, &["import", "nam"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(parindex(place, &["publish"]).0, 0);
    let sheets = folder.join("survey-sheets.csv");
    let text = fs::read_to_string(&sheets).unwrap();
    let line = text.lines().find(|line| line.contains(",accepted,,XA,") && line.starts_with("L-")).unwrap();
    let other = if line.ends_with('A') { "C" } else { "A" };
    let edited = format!("{}{other}", &line[..line.len() - 1]);
    fs::write(&sheets, text.replacen(line, &edited, 1)).unwrap();
    let (code, told) = parindex(place, &["package", "sua.zip", "--from", "nam"]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = attack(place, &["thanh-phan.zip", "sua.zip"]);
    assert!(
        code == 1 && told.contains("XA: the versions differ by 1 answers"),
        "the attack is blind: {told}"
    );
}

#[test]
fn the_attack_sees_what_earlier_forms_gave_away() {
    let place = tempfile::TempDir::new().unwrap();
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/goi-dang-2.zip");
    let (code, told) = attack(place.path(), &[old]);
    assert!(code == 1 && told.contains("answers of one sheet each"), "{told}");
}
