//! The smallest years whose numbers say what the documents and the settings mean by them.

use par_core::language::Language;
use par_core::points::exact::Exact;
use par_core::points::rounding::Rounding;
use par_core::score::derive::Value;
use par_core::score::figure::{Figure, UnitFigure};
use par_core::score::printed_points;
use par_core::score::results::{Measure, Results, Scope};

use crate::small::{AREA, BONUS, PENALTY, SET, changed, results, with};

const BEFORE: (&str, &str, &str) = ("year.toml", "province_mean", "previous_year = 2023\nprovince_mean");

fn print(exact: Option<Exact>) -> String {
    exact.map_or("–".to_owned(), |exact| Rounding::HalfUp.apply(&exact, 2).to_string())
}

fn places(results: &Results) -> Vec<Option<u32>> {
    results.standing.units.iter().map(|unit| unit.place).collect()
}

#[test]
fn an_area_compared_with_nothing_is_left_out_of_comparisons_and_shown_everywhere() {
    let second = AREA.replace("\"1", "\"2").replace("vực 1", "vực 2").replace("Mục 1", "Mục 2");
    let second = second
        .replacen("\"20\"", "\"10\"", 2)
        .replace("max = \"10\"\n[[", "max = \"10\"\ncompare_as = \"-\"\n[[");
    let results = results(&with(&[
        BEFORE,
        ("previous.csv", "", "unit,index\nU1,50\nU2,50\n"),
        ("previous-components.csv", "", "unit,code,percent\nU1,1,40\nU2,1,40\n"),
        ("sets/s/area-2.toml", "", &second),
        ("sets/s/framework.toml", "full_scale = \"10\"", "full_scale = \"20\""),
        ("scores.csv", "", "unit,code,round1\nU1,1.1,6\nU1,2.1,5\nU2,1.1,5\nU2,2.1,5\n"),
    ]));
    let found = results.like_for_like(0).expect("area 1 is known of both years");
    assert_eq!((print(Some(found.change)), found.left_out), ("20.00".to_owned(), vec!["2".to_owned()]));
    let areas: Vec<String> = results.areas().into_iter().map(|(code, _)| code).collect();
    assert_eq!(areas, ["1", "s-2"]);
    let lost = results.lost_by_area(Scope::Province);
    assert_eq!(lost.iter().map(|(_, at)| at.lost.to_string()).collect::<Vec<_>>(), ["9", "10"]);
    assert_eq!(print(results.mean(Scope::Province, &Measure::Node("s-2".to_owned()))), "50.00");
    // Its figures have addresses like any other.
    let figure = Figure::Unit(0, UnitFigure::Percent(Measure::Node("s-2".to_owned())));
    assert_eq!(Figure::parse(&results.year, &figure.path(&results.year)), Some(figure));
}

#[test]
fn a_stretched_total_is_the_same_in_tables_and_in_its_derivation() {
    let area = AREA.replace("max = \"10\"\nsource", "max = \"5\"\nsource");
    let leaf = area[area.find("[[node]]").expect("a leaf")..].replace("1.1", "1.2");
    let results = results(&with(&[
        ("sets/s/area-1.toml", "", &format!("{area}{leaf}")),
        ("sets/s/framework.toml", "reduce_scale", "rescale_to_full"),
        ("exemptions.csv", "", "unit,code,reason\nU1,1.2,Không có\n"),
        ("scores.csv", "", "unit,code,round1\nU1,1.1,3\nU2,1.1,5\nU2,1.2,4\n"),
    ]));
    let derive = |figure| results.derive(&Figure::Unit(0, figure), Language::Vi);
    let total = derive(UnitFigure::Total);
    assert_eq!(total.value, Value::Stretched(Exact::whole(6)));
    assert!(total.working.ends_with("quy về thang điểm 10: 3 × 10 ÷ 5 = 6,00"), "{}", total.working);
    assert_eq!(derive(UnitFigure::Scale).value.exact(), "10");
    assert_eq!(derive(UnitFigure::Appraisal).value.exact(), "6");
}

#[test]
fn ties_are_broken_by_the_column_of_that_name() {
    let breaker = |breaker: &str| format!("ties = \"breaker\"\nbreaker = \"{breaker}\"");
    let files = |name: &str, scores: &str| {
        with(&[
            ("sets/s/framework.toml", "ties = \"share\"", &breaker(name)),
            ("sets/s/area-P.toml", "", PENALTY),
            ("scores.csv", "", &format!("unit,code,round1\n{scores}")),
        ])
    };
    // Four points each: 6 − 2 and 4 − 0.
    let scores = "U1,1.1,6\nU1,P.1,-2\nU2,1.1,4\nU2,P.1,0\n";
    assert_eq!(places(&results(&files("appraisal", scores))), [Some(1), Some(2)]);
    // Fewer points off are better.
    assert_eq!(places(&results(&files("P", scores))), [Some(2), Some(1)]);
    assert_eq!(places(&results(&files("P.1", scores))), [Some(2), Some(1)]);
    // Stretched to the full scale, 3 of 5 and 6 of 10 are the same number in the column.
    let area = AREA.replace("max = \"10\"\nsource", "max = \"5\"\nsource");
    let leaf = area[area.find("[[node]]").expect("a leaf")..].replace("1.1", "1.2");
    let stretched = results(&with(&[
        ("sets/s/area-1.toml", "", &format!("{area}{leaf}")),
        ("sets/s/framework.toml", "reduce_scale", "rescale_to_full"),
        ("sets/s/framework.toml", "ties = \"share\"", &breaker("appraisal")),
        ("exemptions.csv", "", "unit,code,reason\nU1,1.2,Không có\n"),
        ("scores.csv", "", "unit,code,round1\nU1,1.1,3\nU2,1.1,2\nU2,1.2,4\n"),
    ]));
    assert_eq!(places(&stretched), [Some(1), Some(1)]);
}

#[test]
fn means_of_a_block_print_as_the_set_of_its_units() {
    let other =
        SET.replace("\"s\"", "\"t\"").replace("Bộ s", "Bộ t").replace("print_places = 2", "print_places = 0");
    let header = "[[set]]\nid = \"t\"\nfolder = \"sets/t\"\n[[set]]\nid = \"s\"";
    let block = "[[cluster]]\nid = \"d\"\nname = \"Khối d\"\n[[block]]\nid = \"a\"\nname = \"Bảng a\"\nset = \"t\"\ncluster = \"d\"\n[[block]]";
    let results = results(&with(&[
        ("year.toml", "[[set]]\nid = \"s\"", header),
        ("year.toml", "[[block]]", block),
        ("sets/t/framework.toml", "", &other),
        ("sets/t/area-1.toml", "", AREA),
        ("units.csv", "code,name,block\n", "code,name,block\nT1,Đơn vị T,a\n"),
        ("scores.csv", "", "unit,code,round1\nT1,1.1,5\nU1,1.1,6.1234\nU2,1.1,5\n"),
    ]));
    let printed = |scope: Scope| {
        let (places, mode) = results.print_in(scope);
        mode.apply(&results.mean(scope, &Measure::Index).expect("a mean"), places).to_string()
    };
    assert_eq!(
        [printed(Scope::Block(0)), printed(Scope::Block(1)), printed(Scope::Province)],
        ["50", "55.62", "54"]
    );
}

#[test]
fn the_change_of_a_mean_is_taken_over_the_units_of_both_years() {
    let results = results(&with(&[
        BEFORE,
        ("previous.csv", "", "unit,index\nU1,78\n"),
        ("units.csv", "", "code,name,block,predecessors\nU1,Đơn vị 1,b,\nU2,Đơn vị 2,b,-\n"),
        ("scores.csv", "", "unit,code,round1\nU1,1.1,8\nU2,1.1,4\n"),
    ]));
    let (scope, measure) = (Scope::Province, Measure::Index);
    assert_eq!(print(results.mean(scope, &measure)), "60.00");
    assert_eq!(print(results.mean_change(scope, &measure)), "2.00");
    let derivation = results.derive(&Figure::MeanChange(scope, measure), Language::Vi);
    let parts: Vec<String> = derivation.parts.iter().map(|part| part.value.exact()).collect();
    assert_eq!(parts, ["80", "78"], "the parts give the change again");
}

#[test]
fn the_change_of_an_index_is_printed_less_printed() {
    let results = results(&with(&[
        BEFORE,
        ("previous.csv", "", "unit,index\nA,70.01\nB,70.02\nU2,50.0049\n"),
        ("units.csv", "", "code,name,block,predecessors\nU1,Đơn vị 1,b,A+B\nU2,Đơn vị 2,b,\n"),
        ("scores.csv", "", "unit,code,round1\nU1,1.1,8.01\nU2,1.1,5\n"),
    ]));
    assert_eq!(print(results.change(0, &Measure::Index)), "10.08", "80,10 less 70,02");
    assert_eq!(print(results.change(1, &Measure::Index)), "0.00", "50,00 less 50,00");
    let derivation = results.derive(&Figure::Unit(0, UnitFigure::Change(Measure::Index)), Language::Vi);
    assert_eq!(derivation.parts[1].value.exact(), "3501/50", "70.02");
}

#[test]
fn what_nobody_has_judged_has_no_result() {
    let results = results(&with(&[
        BEFORE,
        ("previous.csv", "", "unit,index\nU1,50\nU2,50\n"),
        ("scores.csv", "", "unit,code,round1\nU1,1.1,6\nU2,1.1,\n"),
    ]));
    let unit = &results.standing.units[1];
    assert_eq!((unit.index, unit.place, unit.class, unit.unscored), (None, None, None, 1));
    assert_eq!(results.standing.blocks[0], [0, 1], "it stands last");
    assert_eq!(results.unscored(Scope::Province), [(1, 1)]);
    assert_eq!(results.share(1, &Measure::Node("1".to_owned())), None, "nor have its areas");
    assert_eq!(results.change(1, &Measure::Index), None);
    assert_eq!(print(results.mean(Scope::Province, &Measure::Index)), "60.00", "it is in no mean");
    assert_eq!(print(results.mean_change(Scope::Province, &Measure::Index)), "10.00");
    for figure in
        [UnitFigure::Index, UnitFigure::Total, UnitFigure::Appraisal, UnitFigure::Node("1.1".to_owned())]
    {
        assert_eq!(results.value(&Figure::Unit(1, figure.clone())), Value::Nothing, "{figure:?}");
    }
    let tables = par_core::publication::standing::tables(&results);
    let units = tables.iter().find(|table| table.name == "units").expect("units");
    let row = units.rows.iter().find(|row| row[0] == "U2").expect("U2");
    assert!(!row.contains(&"0.00".to_owned()) && !row.contains(&"Yếu".to_owned()), "{row:?}");
}

#[test]
fn totals_are_cut_or_not_as_the_set_says_and_rows_add_up() {
    let files = with(&[
        ("sets/s/area-T.toml", "", BONUS),
        ("scores.csv", "", "unit,code,round1\nU1,1.1,9.7\nU1,T.1,1\nU2,1.1,9.5\nU2,T.1,2\n"),
    ]);
    let sums = |results: &Results| -> Vec<String> {
        let set = &results.year.sets[0];
        let sum = |unit: &par_core::score::UnitStanding| {
            let print = |points| printed_points(set, points, unit.scale).to_string();
            let [appraisal, bonus, cut, total] =
                [unit.appraisal, unit.bonus, unit.cut(), unit.total].map(print);
            format!("{appraisal} + {bonus} + {cut} = {total}")
        };
        results.standing.units.iter().map(sum).collect()
    };
    let cut = results(&files);
    assert_eq!(sums(&cut), ["97/10 + 1 + -7/10 = 10", "19/2 + 2 + -3/2 = 10"]);
    assert_eq!(places(&cut), [Some(1), Some(1)]);
    let open = ("sets/s/framework.toml", "[[class]]", "[total]\ncap = \"none\"\n[[class]]");
    let open = results(&changed(files, &[open]));
    assert_eq!(sums(&open), ["97/10 + 1 + 0 = 107/10", "19/2 + 2 + 0 = 23/2"]);
    assert_eq!(places(&open), [Some(2), Some(1)]);
    assert_eq!(print(open.standing.units[1].index.map(|index| index.percent())), "115.00");
}

#[test]
fn a_bonus_inside_the_scale_is_needed_for_full_marks() {
    let results = results(&with(&[
        ("sets/s/framework.toml", "full_scale = \"10\"", "full_scale = \"12\""),
        ("sets/s/area-T.toml", "", BONUS),
        ("scores.csv", "", "unit,code,round1\nU1,1.1,9\nU1,T.1,0\nU2,1.1,10\nU2,T.1,2\n"),
    ]));
    let index = |unit: usize| print(results.standing.units[unit].index.map(|index| index.percent()));
    assert_eq!([index(0), index(1)], ["75.00", "100.00"]);
}
