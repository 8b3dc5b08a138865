//! Several years read as one, and where points were lost.

use par_core::points::Points;
use par_core::score::history::{History, Known};
use par_core::score::results::{Lineage, Measure, Results, Scope};
use par_core::year::lost::Cause;
use par_core::year::read;

use crate::{common, second_year};

fn years() -> (Results, Results) {
    let demo = common::demo();
    let (year, problems) = read::read(&second_year::files(&common::demo_files(), &demo));
    assert!(problems.is_empty(), "{problems:#?}");
    (demo, Results::of(year.expect("a year without problems is there")))
}

/// Years of a unit's history, each with the codes that stand for it.
fn way(history: History<'_>, results: &Results, code: &str) -> Vec<(u16, Vec<String>)> {
    let unit = results.year.find_unit(code).expect("a unit of the year");
    let results = history.results(results.year.year).expect("a year of the history");
    let codes = |known: &Known<'_>| match known {
        Known::Results(results, units) => {
            units.iter().map(|unit| results.year.units[*unit].code.clone()).collect()
        }
        Known::Cited(_, _, codes) => codes.clone(),
    };
    history.follow(results, unit).iter().map(|step| (step.year, codes(&step.known))).collect()
}

fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn a_unit_is_followed_through_merger_split_renaming_and_not_beyond_its_founding() {
    let (first, second) = years();
    let list = [&first, &second];
    let history = History::of(&list);
    assert_eq!(history.known(), [2019, 2020, 2021], "the year before the first is cited by it");
    let lineage =
        |code: &str| second.lineage(&second.year.units[second.year.find_unit(code).expect("known")]);
    let both = ["SKHDT", "STC"];
    assert_eq!(lineage("STC"), Lineage::Merged);
    assert_eq!(
        way(history, &second, "STC"),
        [(2019, codes(&both)), (2020, codes(&both)), (2021, codes(&["STC"]))]
    );
    assert_eq!((lineage("SNN"), lineage("SPTNT")), (Lineage::Split, Lineage::Split));
    for half in ["SNN", "SPTNT"] {
        assert_eq!(way(history, &second, half)[1], (2020, codes(&["SNNPTNT"])));
    }
    assert_eq!(lineage("SCTDL"), Lineage::Successor);
    assert_eq!(way(history, &second, "SCTDL")[0], (2019, codes(&["SCT"])));
    assert_eq!(lineage("BCDS"), Lineage::New);
    assert_eq!(way(history, &second, "BCDS"), [(2021, codes(&["BCDS"]))]);
}

#[test]
fn what_a_merged_unit_is_compared_with_is_the_mean_of_its_predecessors() {
    let (first, second) = years();
    let list = [&first, &second];
    let history = History::of(&list);
    let unit = second.year.find_unit("STC").expect("the merged unit");
    let steps = history.follow(&second, unit);
    // The years agree on 2020, so what the later one cites is what the earlier one gives.
    assert_eq!(steps[1].value(&Measure::Index), second.previous(unit, &Measure::Index));
    assert_eq!(steps[1].names(), ["Sở Kế hoạch và Đầu tư", "Sở Tài chính"]);
    assert_eq!(steps[0].names(), ["Sở Kế hoạch và Đầu tư", "Sở Tài chính"]);
    assert!(history.disagreements(&second).is_empty());
    let new = second.year.find_unit("BCDS").expect("the new unit");
    assert_eq!(second.change(new, &Measure::Index), None);
}

#[test]
fn a_unit_that_was_merged_away_names_what_continues_it() {
    let (first, second) = years();
    let list = [&first, &second];
    let history = History::of(&list);
    let (results, unit) = history.find("so-ke-hoach-va-dau-tu").expect("a unit of 2020 alone");
    assert_eq!(results.year.year, 2020);
    let names: Vec<&str> = history
        .successors(results, unit)
        .into_iter()
        .map(|(later, unit)| later.year.units[unit].name.as_str())
        .collect();
    assert_eq!(names, ["Sở Tài chính"]);
    let split = first.year.find_unit("SNNPTNT").expect("the unit that was split");
    assert_eq!(history.successors(&first, split).len(), 2);
}

#[test]
fn a_year_that_cites_another_number_is_named() {
    let demo = common::demo();
    let mut files = second_year::files(&common::demo_files(), &demo);
    let cited = files.get_mut("previous.csv").expect("the year before");
    *cited = cited.replace("SNV,87.42", "SNV,87.40");
    let second = Results::of(read::read(&files).0.expect("a sound year"));
    let list = [&demo, &second];
    let found = History::of(&list).disagreements(&second);
    let printed: Vec<_> = found.iter().map(|(code, a, b)| (code.as_str(), a.vi(), b.vi())).collect();
    assert_eq!(printed, [("SNV", "87,42".to_owned(), "87,40".to_owned())]);
}

#[test]
fn causes_areas_and_leaves_add_up_to_everything_that_was_lost() {
    let demo = common::demo();
    for scope in [Scope::Province, Scope::Cluster(0), Scope::Block(2)] {
        let units = demo.units(scope);
        let lost: Points = units.iter().flat_map(|unit| demo.losses(*unit)).map(|loss| loss.lost).sum();
        let standing = |unit: &usize| demo.standing.units[*unit].scale - demo.standing.units[*unit].total;
        assert_eq!(lost, units.iter().map(standing).sum());
        assert_eq!(demo.lost_by_cause(scope).iter().map(|one| one.points).sum::<Points>(), lost);
        assert_eq!(demo.lost_by_area(scope).iter().map(|(_, at)| at.lost).sum::<Points>(), lost);
        assert_eq!(demo.lost_by_leaf(scope).iter().map(|(_, _, at)| at.lost).sum::<Points>(), lost);
    }
}

#[test]
fn reasons_count_every_request_of_the_year_with_its_outcome() {
    let demo = common::demo();
    let lost = demo.lost_by_cause(Scope::Province);
    let reasons: Vec<_> = lost.iter().filter(|one| matches!(one.cause, Cause::Reason(_))).collect();
    assert_eq!(reasons.iter().map(|one| one.cases).sum::<usize>(), 398);
    assert!(reasons.windows(2).all(|pair| pair[0].points >= pair[1].points), "the costliest first");
    for one in &reasons {
        assert_eq!(one.outcomes.iter().sum::<usize>(), one.cases);
        assert!(one.units <= 28 && one.units > 0);
    }
    let first = lost.iter().position(|one| !matches!(one.cause, Cause::Reason(_)));
    assert_eq!(first, Some(reasons.len()), "other causes stand below");
}

#[test]
fn what_units_claimed_and_did_not_get_is_what_the_causes_of_their_own_leaves_say() {
    let demo = common::demo();
    let claims: Vec<_> = (0..demo.year.units.len()).filter_map(|unit| demo.claim(unit)).collect();
    assert_eq!(claims.len(), 28, "every unit of the demo scores itself");
    let lost: Points = claims.iter().map(|claim| claim.max - claim.binding).sum();
    let mut causes = Points::ZERO;
    for unit in 0..demo.year.units.len() {
        for (leaf, _) in demo.year.set_of(unit).leaves() {
            if demo.year.leaf_file(unit, leaf).own.is_none() {
                continue;
            }
            for (cause, points) in demo.causes(unit, leaf) {
                let own = matches!(cause, Cause::Reason(_) | Cause::Unexplained | Cause::Unclaimed);
                assert!(own, "a self-scored leaf is lost for what the unit or the appraisers said");
                causes += points;
            }
        }
    }
    assert_eq!(lost, causes);
    assert!(
        claims.iter().all(|claim| claim.leaves > 40 && claim.binding < claim.own && claim.own <= claim.max)
    );
}
