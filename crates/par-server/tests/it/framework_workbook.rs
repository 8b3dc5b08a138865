//! Criteria sets in Excel: out and back without losing anything.

use std::path::Path;

use par_core::framework::{Framework, read as folder};
use par_server::exchange::framework_xlsx::{read, write};
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
