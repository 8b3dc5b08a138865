//! Properties that hold for every number, every year and every order of units.

use std::collections::BTreeSet;
use std::fmt::Write;

use par_core::framework::read::Files;
use par_core::points::Points;
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::points::read::{Notation, decimal};
use par_core::points::rounding::Rounding;
use par_core::points::share::Share;
use par_core::score::{LeafPoints, standing};
use par_core::year::{Year, read};
use proptest::prelude::*;

/// A year of one block with a flat set of judged leaves; `ties` is a tie rule's line.
fn year(maxima: &[u32], units: usize, ties: &str) -> Year {
    let sum: u32 = maxima.iter().sum();
    let mut area = format!("[area]\ncode = \"1\"\nname = \"Lĩnh vực\"\nmax = \"{sum}\"\n");
    for (i, max) in maxima.iter().enumerate() {
        let _ = write!(
            area,
            "[[node]]\ncode = \"1.{}\"\nname = \"Tiêu chí\"\nmax = \"{max}\"\nsource = \"appraisal\"\n\
             rule = {{ kind = \"judged\", step = \"0.25\" }}\n",
            i + 1
        );
    }
    let framework = format!(
        "id = \"s\"\nname = \"Bộ tiêu chí\"\nyear = 2024\nfull_scale = \"{sum}\"\n\
         [rounding]\npoint_places = 4\npoints = \"half_up\"\nprint_places = 2\nprint = \"half_up\"\n\
         [ranking]\ncompare = \"exact\"\nties = \"{ties}\"\n[exemption]\nmethod = \"reduce_scale\"\n\
         [[class]]\nname = \"Tốt\"\nfrom = \"80\"\n[[class]]\nname = \"Yếu\"\nfrom = \"0\"\n"
    );
    let header = "year = 2024\ntitle = \"Chỉ số\"\nprovince = \"tỉnh\"\nprovince_mean = \"units\"\n\
                  [[set]]\nid = \"s\"\nfolder = \"s\"\n[[cluster]]\nid = \"c\"\nname = \"Khối\"\n\
                  [[block]]\nid = \"b\"\nname = \"Nhóm\"\nset = \"s\"\ncluster = \"c\"\n";
    let mut list = "code,name,block\n".to_owned();
    let mut scores = "unit,code,council\n".to_owned();
    for unit in 0..units {
        let _ = writeln!(list, "U{unit},Đơn vị {unit},b");
        for leaf in 1..=maxima.len() {
            let _ = writeln!(scores, "U{unit},1.{leaf},0");
        }
    }
    let files = Files::from([
        ("year.toml".to_owned(), header.to_owned()),
        ("units.csv".to_owned(), list),
        ("scores.csv".to_owned(), scores),
        ("sets/s/framework.toml".to_owned(), framework),
        ("sets/s/area-1.toml".to_owned(), area),
    ]);
    let (year, problems) = read::read(&files);
    assert!(problems.is_empty(), "{problems:?}");
    year.expect("a year without problems is there")
}

/// Maxima of leaves, and for every unit points in quarters.
fn scored() -> impl Strategy<Value = (Vec<u32>, Vec<Vec<u32>>)> {
    prop::collection::vec(1u32..5, 1..6).prop_flat_map(|maxima| {
        let leaves: Vec<_> = maxima.iter().map(|max| 0..=max * 4).collect();
        (Just(maxima), prop::collection::vec(leaves, 1..12))
    })
}

fn points(quarters: &[Vec<u32>]) -> Vec<LeafPoints> {
    let quarter = |n: &u32| Points::from_millionths(i64::from(*n) * 250_000);
    let unit =
        |unit: &Vec<u32>| LeafPoints { points: unit.iter().map(quarter).collect(), missing: Vec::new() };
    quarters.iter().map(unit).collect()
}

proptest! {
    #[test]
    fn totals_are_sums_and_places_count_the_better_units((maxima, quarters) in scored()) {
        for (ties, dense) in [("share", false), ("dense", true)] {
            let year = year(&maxima, quarters.len(), ties);
            let result = standing(&year, &points(&quarters));
            let totals: Vec<u32> = quarters.iter().map(|unit| unit.iter().sum()).collect();
            for (unit, total) in totals.iter().enumerate() {
                let got = &result.units[unit];
                prop_assert_eq!(got.total.millionths(), i64::from(*total) * 250_000);
                prop_assert_eq!(got.scale, Points::whole(i32::try_from(maxima.iter().sum::<u32>()).expect("small")));
                let better = totals.iter().filter(|other| *other > total);
                let place = if dense { better.collect::<BTreeSet<_>>().len() } else { better.count() };
                prop_assert_eq!(got.place, Some(u32::try_from(place + 1).expect("small")));
            }
        }
    }

    #[test]
    fn the_order_in_which_units_are_listed_changes_no_result((maxima, quarters) in scored(), turn in 0usize..12) {
        let year = year(&maxima, quarters.len(), "share");
        let turn = turn % quarters.len();
        let mut turned = quarters.clone();
        turned.rotate_left(turn);
        let (plain, turned) = (standing(&year, &points(&quarters)), standing(&year, &points(&turned)));
        let mut expected = plain.units.clone();
        expected.rotate_left(turn);
        prop_assert_eq!(turned.units, expected);
    }

    #[test]
    fn a_better_leaf_never_costs_a_place((maxima, mut quarters) in scored(), unit in 0usize..12, leaf in 0usize..6) {
        let (unit, leaf) = (unit % quarters.len(), leaf % maxima.len());
        let year = year(&maxima, quarters.len(), "share");
        let before = standing(&year, &points(&quarters));
        quarters[unit][leaf] = maxima[leaf] * 4;
        let after = standing(&year, &points(&quarters));
        prop_assert!(after.units[unit].place <= before.units[unit].place);
        prop_assert!(after.units[unit].index >= before.units[unit].index);
    }

    #[test]
    fn shares_compare_and_average_like_their_percents(pairs in prop::collection::vec((0i64..1_000_000_000, 1i64..200_000_000), 2..20)) {
        let shares: Vec<Share> = pairs
            .iter()
            .map(|(earned, of)| Share::new(Points::from_millionths(*earned), Points::from_millionths(*of)).expect("of > 0"))
            .collect();
        let percents: Vec<Exact> = shares.iter().map(|share| share.percent()).collect();
        prop_assert_eq!(shares[0].cmp(&shares[1]), percents[0].cmp(&percents[1]));
        prop_assert_eq!(Exact::mean_percent(shares.iter().copied()), Exact::mean(&percents));
        for (share, percent) in shares.iter().zip(&percents) {
            for mode in Rounding::ALL {
                prop_assert_eq!(share.rounded(2, mode), mode.apply(percent, 2));
            }
        }
    }

    #[test]
    fn rounding_moves_a_number_by_less_than_a_unit_and_nearest_by_at_most_half(n in any::<i64>(), d in 1i64.., places in 0u8..6) {
        let exact = Exact::ratio(n.into(), d.into());
        let unit = Exact::ratio(1, 10i128.pow(places.into()));
        for mode in Rounding::ALL {
            let error = (&mode.apply(&exact, places).exact() - &exact).abs();
            prop_assert!(error < unit);
            if !matches!(mode, Rounding::Down | Rounding::Up) {
                prop_assert!(&error + &error <= unit);
            }
        }
    }

    #[test]
    fn a_printed_number_reads_back(units in -1_000_000_000_000i128..1_000_000_000_000, places in 0u8..=6) {
        let number = Decimal::new(units, places);
        prop_assert_eq!(decimal(&number.to_string(), Notation::Data), Ok(number));
        // Three decimals after one to three digits look like thousands and are refused; the rest reads back.
        if places != 3 && !(places == 0 && units.abs() >= 1000) {
            prop_assert_eq!(decimal(&number.vi(), Notation::Typed), Ok(number));
        }
    }

    #[test]
    fn no_text_makes_the_number_reader_panic(text in "\\PC{0,30}") {
        let _ = decimal(&text, Notation::Typed);
        let _ = decimal(&text, Notation::Data);
    }
}
