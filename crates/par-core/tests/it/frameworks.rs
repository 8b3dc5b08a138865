//! Criteria sets: what is written reads back the same, and the shipped sets hold to their cases.

use par_core::framework::{cases, read, write};
use proptest::prelude::*;

use crate::{common, generate};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_set_written_and_read_back_is_the_same_set(files in generate::framework()) {
        let (framework, problems) = read::read(&files);
        prop_assert!(problems.is_empty(), "{problems:#?}\n{files:#?}");
        let framework = framework.expect("a set without problems is there");
        let written = write::write(&framework);
        let (again, problems) = read::read(&written);
        prop_assert!(problems.is_empty(), "{problems:#?}\n{written:#?}");
        prop_assert_eq!(again.as_ref(), Some(&framework));
    }
}

#[test]
fn shipped_sets_are_sound_and_every_leaf_has_a_case() {
    for set in ["lai-chau-2020/departments", "lai-chau-2020/districts", "xa-2025"] {
        let files = common::folder(&common::root().join("frameworks").join(set));
        let (framework, problems) = read::read(&files);
        assert!(problems.is_empty(), "{set}: {problems:#?}");
        let framework = framework.expect("a set without problems is there");
        let outcome = cases::run(&framework, &files);
        assert!(outcome.problems.is_empty(), "{set}: {:#?}", outcome.problems);
        assert!(outcome.uncovered.is_empty(), "{set}: leaves without a case: {:?}", outcome.uncovered);
        assert_eq!(read::read(&write::write(&framework)).0, Some(framework), "{set} written and read back");
    }
}
