//! `parindex analyse`: what a member of the council reads, and how bad input ends.

use std::process::Command;

use serde_json::Value;

use crate::golden::golden;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const DEMO: &str = "demo/lai-chau-2020";

fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_parindex"))
        .current_dir(ROOT)
        .arg("analyse")
        .args(arguments)
        .output()
        .expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().expect("not killed"), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_demo_year_reads_as_an_analysis_and_not_as_a_result() {
    let (code, text, told) = run(&[DEMO, "--draws", "2000", "--seed", "1"]);
    assert_eq!((code, told.as_str()), (0, ""));
    assert!(text.starts_with("PHÂN TÍCH THAM KHẢO, KHÔNG PHẢI KẾT QUẢ CHÍNH THỨC"));
    golden("analyse/lai-chau-2020.txt", &text);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let json = |seed: &str| run(&[DEMO, "--draws", "1500", "--seed", seed, "--format", "json"]).1;
    let first = json("7");
    assert_eq!(first, json("7"));
    assert_ne!(first, json("8"));
    let value: Value = serde_json::from_str(&first).expect("JSON parses");
    assert_eq!(value["analysis"], true);
    assert_eq!((&value["draws"], &value["seed"]), (&1500.into(), &7.into()));
    assert_eq!(value["model"]["binding"], "1/2");
    let units =
        value["blocks"].as_array().unwrap().iter().flat_map(|block| block["units"].as_array().unwrap());
    let mut count = 0;
    for unit in units {
        let draws = |list: &str| -> u64 {
            unit[list].as_array().unwrap().iter().map(|one| one["draws"].as_u64().unwrap()).sum()
        };
        assert_eq!((draws("places"), draws("classes")), (1500, 1500), "{unit}");
        count += 1;
    }
    assert_eq!(count, 28);
}

#[test]
fn a_number_is_a_year_of_the_data_folder() {
    let place = tempfile::TempDir::new().unwrap();
    let data = place.path().to_str().unwrap();
    let import = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_parindex")).current_dir(ROOT).args(arguments).status().unwrap()
    };
    assert!(import(&["import", DEMO, "--data", data]).success());
    let options = ["--draws", "600", "--format", "json"];
    let (code, stored, told) = run(&[&["2020", "--data", data][..], &options].concat());
    assert_eq!((code, told.as_str()), (0, ""));
    assert_eq!(stored, run(&[&[DEMO][..], &options].concat()).1, "the folder and the database say the same");
    assert_eq!(run(&[&[data][..], &options].concat()).1, stored, "a data folder with one year");
    for (arguments, said) in [
        (&["1999", "--data", data][..], "không có năm 1999"),
        (&["2020", "--year", "2019", "--data", data], "hai năm khác nhau"),
        (&["99999999", "--data", data], "không phải một năm"),
        (&["2020", "--data", "khong-co"], "không phải thư mục dữ liệu"),
    ] {
        let (code, out, told) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {told}");
        assert!(told.contains(said), "{arguments:?}: {told}");
    }
}

#[test]
fn draws_and_seed_out_of_range_are_wrong_usage() {
    for (option, value, said) in [
        ("--draws", "0", "từ 1 đến 10.000.000"),
        ("--draws", "10000001", "từ 1 đến 10.000.000"),
        ("--draws", "-5", "từ 1 đến 10.000.000"),
        ("--draws", "1.000", "từ 1 đến 10.000.000"),
        ("--draws", "nhiều", "từ 1 đến 10.000.000"),
        ("--seed", "-1", "hạt giống"),
        ("--seed", "x", "hạt giống"),
    ] {
        let (code, out, told) = run(&[DEMO, option, value]);
        assert_eq!((code, out.as_str()), (2, ""), "{option} {value}: {told}");
        assert!(told.contains(said), "{option} {value}: {told}");
    }
    assert_eq!(run(&[DEMO, "--draws", "1", "--seed", "18446744073709551615"]).0, 0);
    assert_eq!(run(&["khong-co"]).0, 2);
}

#[test]
fn a_list_of_few_units_is_analysed_with_a_warning() {
    let place = tempfile::TempDir::new().unwrap();
    let folder = crate::static_site::small_year(place.path());
    let folder = folder.to_str().unwrap();
    let (code, text, told) = run(&[folder, "--draws", "1000"]);
    assert_eq!((code, told.as_str()), (0, ""));
    assert!(text.contains("1.000 lượt mô phỏng"), "{text}");
    assert!(text.contains("  Lưu ý: bảng chỉ có 2 đơn vị"), "{text}");
    let (_, json, _) = run(&[folder, "--draws", "1000", "--format", "json"]);
    let value: Value = serde_json::from_str(&json).expect("JSON parses");
    assert!(value["blocks"][0]["notes"][0].as_str().unwrap().contains("chỉ có 2 đơn vị"), "{json}");
    let (_, json, _) = run(&[DEMO, "--draws", "100", "--format", "json"]);
    let value: Value = serde_json::from_str(&json).expect("JSON parses");
    for block in value["blocks"].as_array().unwrap() {
        let (units, notes) = (block["areas"]["units"].as_u64().unwrap(), block["notes"].as_array().unwrap());
        assert_eq!(notes.is_empty(), units >= 6, "{}", block["name"]);
    }
}
