//! Criteria sets in Excel: out and back without losing anything.

use std::path::Path;

use par_core::framework::{Framework, read as folder};
use par_server::exchange::framework_xlsx::{read, settings, write};
use proptest::prelude::*;

use crate::generate;

/// The set as a workbook and back.
fn there_and_back(framework: &Framework) -> (Option<Framework>, String) {
    let bytes = write::workbook(framework).expect("the texts fit into cells");
    let back = read::read(&bytes).unwrap_or_else(|problem| panic!("{problem:?}"));
    (back.framework, format!("{:#?}", back.faults))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_set_in_a_workbook_comes_back_the_same(files in generate::framework()) {
        let framework = folder::read(&files).0.expect("generated sets are sound");
        let (back, faults) = there_and_back(&framework);
        prop_assert!(back.is_some(), "{}\n{:#?}", faults, files);
        prop_assert_eq!(back, Some(framework));
    }
}

#[test]
fn shipped_sets_in_a_workbook_come_back_the_same() {
    for set in ["lai-chau-2020/departments", "lai-chau-2020/districts", "xa-2025"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frameworks").join(set);
        let files = par_server::exchange::folder::framework(&path).expect("the folder can be read").files;
        let framework = folder::read(&files).0.expect("shipped sets are sound");
        let (back, faults) = there_and_back(&framework);
        assert!(back.as_ref() == Some(&framework), "{set}: {faults}");
    }
}

/// The keys of `framework.toml` as the reference of formats names them: `rounding.points`, `total.cap`, ….
fn documented_settings() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats.md");
    let text = std::fs::read_to_string(path).expect("the reference is there");
    let chapter = text.split("## Criteria set: framework.toml").nth(1).expect("a chapter on it");
    let rows =
        chapter.lines().skip_while(|line| !line.starts_with("| `")).take_while(|line| line.starts_with('|'));
    let quoted = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    rows.flat_map(|row| {
        let mut cells = row.split('|').skip(1);
        let (keys, means) = (quoted(cells.next().unwrap_or_default()), cells.next().unwrap_or_default());
        if !means.trim_start().starts_with("table:") {
            return keys;
        }
        // "(only with `ties = …`)" is about a key and no key.
        let names = quoted(means).into_iter().filter(|name| !name.contains(' '));
        names.map(|name| format!("{}.{name}", keys[0])).collect()
    })
    .collect()
}

#[test]
fn every_setting_of_a_set_has_its_row_in_the_workbook() {
    let mut documented = documented_settings();
    let mut rows: Vec<String> = settings::ALL.iter().map(|setting| setting.key.to_owned()).collect();
    documented.sort();
    rows.sort();
    assert_eq!(documented, rows);
}
