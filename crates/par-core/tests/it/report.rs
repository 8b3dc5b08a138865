//! The report as a value: the demo year's text, degenerate years, templates that are wrong.

use crate::common;

use par_core::report::{compose, text};

#[test]
fn the_report_of_2020_reads_as_its_golden() {
    let results = common::demo();
    let composed = compose::report(&results, &common::demo_wording());
    assert!(composed.problems.is_empty(), "{:#?}", composed.problems);
    common::golden("report-2020.txt", &text::write(&composed.document));
}
