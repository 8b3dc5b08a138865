//! Properties: tables made by the rules themselves are sound, and a changed digit is found.
#![allow(clippy::unwrap_used)] // tests may panic

use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::points::rounding::Rounding;
use par_core::recheck::cell::Cell;
use par_core::recheck::finding::Kind;
use par_core::recheck::layout::{self, Line};
use par_core::recheck::rows::Verdict;
use par_core::recheck::{Options, Recheck, recheck};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Ties {
    Share,
    Dense,
    Exact,
}

/// Rules by which a table is made.
#[derive(Clone, Debug)]
struct Rules {
    mode: Rounding,
    ties: Ties,
    /// Lower bounds in hundredths of a percent, best first.
    bounds: Vec<i128>,
    /// Scale of each unit, in hundredths; repeated as needed.
    scales: Vec<i128>,
    comma: bool,
}

fn rules(modes: &'static [Rounding]) -> impl Strategy<Value = Rules> {
    (
        prop::sample::select(modes),
        prop::sample::select(&[Ties::Share, Ties::Dense, Ties::Exact][..]),
        prop::collection::btree_set(3000i128..9500, 1..4),
        prop::collection::vec(6000i128..=10000, 1..4),
        any::<bool>(),
    )
        .prop_map(|(mode, ties, bounds, scales, comma)| Rules {
            mode,
            ties,
            bounds: bounds.into_iter().rev().collect(),
            scales,
            comma,
        })
}

/// A printed table: one line a unit, cells as printed.
struct Printed {
    lines: Vec<Vec<String>>,
}

struct Unit {
    parts: [Exact; 2],
    total: Exact,
    scale: i128,
    exact: Exact,
    index: Decimal,
}

/// Prints a table of units whose parts are given in 10^-`places` points of a share of the scale.
fn printed(rules: &Rules, parts: &[(i128, i128)], places: u8, points: Rounding) -> Printed {
    let mut units: Vec<Unit> = parts
        .iter()
        .zip(rules.scales.iter().cycle())
        .map(|((a, b), scale)| {
            let unit = 10i128.pow(u32::from(places));
            // Each part is at most 0.45 of the scale.
            let part = |share: i128| Exact::ratio(share * scale * 45 / 10_000 * unit / 10_000, unit);
            let parts = [part(*a), part(*b)];
            let total = &parts[0] + &parts[1];
            let exact = (&total * &Exact::whole(100)).checked_div(&Exact::ratio(*scale, 100)).unwrap();
            let index = exact.rounded(2, rules.mode);
            Unit { parts, total, scale: *scale, exact, index }
        })
        .collect();
    units.sort_by(|a, b| b.exact.cmp(&a.exact));
    let number = |number: Decimal| if rules.comma { number.vi() } else { number.to_string() };
    let classes = ["Xuất sắc", "Tốt", "Khá", "Trung bình"];
    let mut lines: Vec<Vec<String>> = vec![
        [
            "Thứ hạng",
            "Đơn vị",
            "Điểm thẩm định",
            "Điểm điều tra",
            "Tổng điểm",
            "Thang điểm",
            "Chỉ số",
            "Xếp loại",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    let place = |at: usize| match rules.ties {
        Ties::Share => 1 + units.iter().filter(|unit| unit.index > units[at].index).count(),
        Ties::Exact => 1 + units.iter().filter(|unit| unit.exact > units[at].exact).count(),
        Ties::Dense => {
            let mut above: Vec<Decimal> =
                units.iter().map(|unit| unit.index).filter(|index| *index > units[at].index).collect();
            above.dedup();
            1 + above.len()
        }
    };
    for (at, unit) in units.iter().enumerate() {
        let rank = rules.bounds.iter().position(|bound| unit.exact >= Exact::ratio(*bound, 100));
        lines.push(vec![
            place(at).to_string(),
            format!("Xã số {at}"),
            number(unit.parts[0].rounded(2, points)),
            number(unit.parts[1].rounded(2, points)),
            number(unit.total.rounded(2, points)),
            number(Decimal::new(unit.scale, 2)),
            number(unit.index),
            classes[rank.unwrap_or(rules.bounds.len())].to_owned(),
        ]);
    }
    Printed { lines }
}

fn rechecked(printed: &Printed) -> Recheck {
    let cells: Vec<Vec<Cell>> = printed
        .lines
        .iter()
        .map(|line| line.iter().map(|text| Cell::from(text.as_str())).collect())
        .collect();
    let lines: Vec<Line<'_>> =
        cells.iter().enumerate().map(|(at, cells)| Line { number: at + 1, cells }).collect();
    let table = layout::read(&lines, None).expect("a printed table is readable");
    recheck(&table, &Options::default())
}

fn parts(units: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(i128, i128)>> {
    prop::collection::vec((1000i128..=10_000, 1000i128..=10_000), units)
}

const NEAREST: &[Rounding] = &[Rounding::HalfUp, Rounding::HalfEven, Rounding::HalfDown];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_table_of_exact_points_is_sound_under_every_rounding_of_the_index(
        rules in rules(&Rounding::ALL), parts in parts(1..40),
    ) {
        let result = rechecked(&printed(&rules, &parts, 2, Rounding::HalfUp));
        prop_assert!(result.is_sound(), "{:?}", result.findings);
        prop_assert!(result.fits.rounding.iter().any(|fit| fit.mode == rules.mode && fit.rederived == parts.len()));
    }

    #[test]
    fn a_table_of_unrounded_points_is_sound(rules in rules(NEAREST), parts in parts(1..40)) {
        let result = rechecked(&printed(&rules, &parts, 4, rules.mode));
        prop_assert!(result.is_sound(), "{:?}", result.findings);
    }

    #[test]
    fn an_index_changed_by_two_hundredths_or_more_is_found_at_its_row(
        rules in rules(NEAREST),
        parts in parts(2..40),
        row in any::<prop::sample::Index>(),
        change in prop::sample::select(&[2i128, 3, 9, 10, 50, 100, 900, -2, -7, -10, -80, -100, -500][..]),
    ) {
        let mut table = printed(&rules, &parts, 2, Rounding::HalfUp);
        let row = row.index(parts.len());
        let index = par_core::recheck::numbers::number(&table.lines[row + 1][6], None).unwrap();
        let changed = Decimal::new(index.units() + change, 2);
        table.lines[row + 1][6] = if rules.comma { changed.vi() } else { changed.to_string() };
        let result = rechecked(&table);
        prop_assert_eq!(result.rows[row].index, Verdict::Wrong);
        let faults: Vec<_> = result.findings.iter().filter(|finding| finding.is_fault()).collect();
        prop_assert!(faults.iter().any(|fault| fault.row == Some(row) && fault.kind == Kind::Index));
        prop_assert_eq!(faults.len(), 1, "{:?}", faults);
    }

    #[test]
    fn no_table_of_any_text_makes_the_reader_fail(
        rows in prop::collection::vec(prop::collection::vec("(STT|Đơn vị|Chỉ số|Tổng điểm|thang điểm 98|I|Trung bình|[0-9]{1,13}[.,][0-9]{0,20}|-|\\PC{0,6})", 0..7), 0..12),
    ) {
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect();
        let lines: Vec<Line<'_>> = rows.iter().enumerate().map(|(at, cells)| Line { number: at + 1, cells }).collect();
        if let Ok(table) = layout::read(&lines, None) {
            recheck(&table, &Options::default());
        }
    }
}
