//! Random criteria sets as the texts of their folders, written by other hands than
//! `framework::write`: random trees, every kind of rule, odd names.
//!
//! Included by path in the tests of other crates; no part of the library.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

/// Texts by file name, as `framework::read` takes them.
pub type Files = BTreeMap<String, String>;

/// A sound criteria set.
pub fn framework() -> impl Strategy<Value = Files> {
    (header(), vec(branch(3), 1..4), proptest::option::of(adjustments())).prop_map(
        |(header, areas, adjust)| {
            let mut files = Files::new();
            let mut scale = 0;
            for (i, area) in areas.iter().enumerate() {
                let code = (i + 1).to_string();
                let mut text = String::new();
                scale += area.write(&code, true, &mut text);
                files.insert(format!("area-{code}.toml"), text);
            }
            if let Some((bonus, penalty)) = adjust {
                files.insert("area-P.toml".to_owned(), adjustment("P", &penalty, true));
                files.insert("area-T.toml".to_owned(), adjustment("T", &bonus, false));
            }
            files.insert("framework.toml".to_owned(), header.replace("SCALE", &thousandths(scale)));
            files
        },
    )
}

/// A name as people and copy-and-paste make them.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-ZÀ-Ỹa-zà-ỹ][A-ZÀ-Ỹa-zà-ỹ0-9 ,.;:()%/-]{0,40}",
        1 => Just("=SUM(A1:A9)".to_owned()),
        1 => Just("Mức \"tốt\", 'khá'; từ 90%: 5".to_owned()),
        1 => Just("Dòng một\n\nDòng ba\n  lùi vào \\ hết".to_owned()),
        1 => Just("bắt đầu: 2".to_owned()),
        1 => Just("[1] 0,5: giả làm một mục".to_owned()),
        1 => Just("+84 @ -1 _x0041_ \u{1F600} Đặng Văn Ẩn #REF!".to_owned()),
        1 => Just("1.10".to_owned()),
        1 => Just("# không phải chú thích".to_owned()),
        // The replacement character stands for bytes that an encoding has broken; such files are refused.
        1 => "\\PC{1,30}".prop_filter("blank or broken", |text| {
            !text.trim().is_empty() && !text.contains(char::REPLACEMENT_CHARACTER)
        }),
    ]
}

/// The same in one line, with something to see: what can be a name.
pub fn name() -> impl Strategy<Value = String> {
    text().prop_filter("several lines, or nothing to see", |text| {
        par_core::text::forbidden(text, false).is_none() && !par_core::text::visible(text).is_empty()
    })
}

/// A node with what is below it. Points are thousandths.
#[derive(Clone, Debug)]
enum Branch {
    Leaf { name: String, rest: String, rule: LeafRule },
    Sum { name: String, below: Vec<Branch> },
}

/// A rule table without its braces, the source it needs and the maximum it reaches.
type LeafRule = (String, &'static str, i64);

impl Branch {
    /// Writes the node and what is below it; its maximum.
    fn write(&self, code: &str, area: bool, text: &mut String) -> i64 {
        let heading = if area { "[area]" } else { "[[node]]" };
        match self {
            Branch::Leaf { name, rest, rule: (rule, source, max) } => {
                text.push_str(&format!(
                    "{heading}\ncode = {}\nname = {}\nmax = \"{}\"\nsource = \"{source}\"\n{}rule = {{ {rule} }}\n\n",
                    quoted(code),
                    quoted(name),
                    thousandths(*max),
                    rest.replace("CODE", code)
                ));
                *max
            }
            Branch::Sum { name, below } => {
                let mut inner = String::new();
                let max = below
                    .iter()
                    .enumerate()
                    .map(|(i, branch)| branch.write(&format!("{code}.{}", i + 1), false, &mut inner))
                    .sum();
                text.push_str(&format!(
                    "{heading}\ncode = {}\nname = {}\nmax = \"{}\"\n\n{inner}",
                    quoted(code),
                    quoted(name),
                    thousandths(max)
                ));
                max
            }
        }
    }
}

fn branch(depth: u32) -> BoxedStrategy<Branch> {
    let leaf = (name(), rest(), rule()).prop_map(|(name, rest, rule)| Branch::Leaf { name, rest, rule });
    if depth == 0 {
        return leaf.boxed();
    }
    // Twelve children give codes 1.10 to 1.12.
    let below = prop_oneof![4 => vec(branch(depth - 1), 1..4), 1 => vec(branch(0), 10..13)];
    let sum = (name(), below).prop_map(|(name, below)| Branch::Sum { name, below });
    prop_oneof![3 => leaf, 1 => sum].boxed()
}

/// The optional keys of a leaf.
fn rest() -> impl Strategy<Value = String> {
    let since = proptest::option::of(2000..2101u32);
    let compare = prop_oneof![Just(""), Just("-"), Just("X.CODE")];
    (proptest::option::of(text()), proptest::option::of(text()), since, compare).prop_map(
        |(evidence, legal, since, compare)| {
            let mut lines = String::new();
            let mut line = |key: &str, value: String| lines.push_str(&format!("{key} = {value}\n"));
            evidence.into_iter().for_each(|text| line("evidence", quoted(&text)));
            legal.into_iter().for_each(|text| line("legal", quoted(&text)));
            since.into_iter().for_each(|year| line("since", year.to_string()));
            if !compare.is_empty() {
                line("compare_as", quoted(compare));
            }
            lines
        },
    )
}

fn rule() -> impl Strategy<Value = LeafRule> {
    let own = prop_oneof![Just("self"), Just("appraisal")];
    prop_oneof![
        (own.clone(), points()).prop_map(|(own, max)| ("kind = \"yes_no\"".to_owned(), own, max)),
        (own.clone(), vec((points(), text()), 1..4)).prop_map(|(own, options)| {
            let max = options.iter().map(|(points, _)| *points).max().expect("at least one");
            let rows = options.iter().map(|(p, label)| format!("{{ points = \"{}\", label = {} }}", thousandths(*p), quoted(label)));
            (format!("kind = \"options\", options = [{}]", joined(rows)), own, max)
        }),
        (own.clone(), vec((points(), text()), 1..4)).prop_map(|(own, items)| {
            let max = items.iter().map(|(points, _)| *points).sum();
            (format!("kind = \"checklist\", items = [{}]", item_rows(&items)), own, max)
        }),
        (own.clone(), steps(1)).prop_map(|(own, (rows, max))| (format!("kind = \"count_steps\", {rows}"), own, max)),
        (own.clone(), steps(1000)).prop_map(|(own, (rows, max))| (format!("kind = \"ratio_steps\", {rows}"), own, max)),
        (own.clone(), points(), 0..=1000i64, 1..=1000i64, prop_oneof![Just("full"), Just("zero")]).prop_map(
            |(own, max, floor, target, empty)| {
                let (floor, target) = (thousandths(floor.min(target)), thousandths(target));
                (format!("kind = \"ratio\", floor = \"{floor}\", target = \"{target}\", empty = \"{empty}\""), own, max)
            }
        ),
        (own.clone(), points(), 0..=1000i64).prop_map(|(own, max, late)| {
            (format!("kind = \"two_tier\", late_factor = \"{}\"", thousandths(late)), own, max)
        }),
        (own.clone(), points(), vec((points(), text()), 1..4)).prop_map(|(own, start, events)| {
            let floor = thousandths(start / 2);
            let rows = item_rows(&events);
            (format!("kind = \"deduct\", start = \"{}\", floor = \"{floor}\", events = [{rows}]", thousandths(start)), own, start)
        }),
        (prop_oneof![Just("external"), Just("survey")], points(), points())
            .prop_map(|(own, max, by)| (format!("kind = \"external\", divide_by = \"{}\"", thousandths(by)), own, max)),
        (points(), 0..=100_000i64, vec("[A-Z][0-9]{2}", 1..4)).prop_map(|(max, weight, questions)| {
            let mut questions: Vec<String> = questions.iter().map(|code| quoted(code)).collect();
            questions.sort();
            questions.dedup();
            let (weight, questions) = (thousandths(weight), questions.join(", "));
            (format!("kind = \"survey\", questions = [{questions}], weights = {{ A = \"100\", B = \"{weight}\" }}"), "survey", max)
        }),
        (own, points(), 1..5i64).prop_map(|(own, step, times)| {
            (format!("kind = \"judged\", step = \"{}\"", thousandths(step)), own, step * times)
        }),
    ]
}

type Adjustment = (i64, Vec<(i64, String)>);

fn adjustments() -> impl Strategy<Value = (Adjustment, Adjustment)> {
    let one = || (points(), vec((points(), text()), 1..3));
    (one(), one())
}

fn adjustment(code: &str, (cap, events): &Adjustment, penalty: bool) -> String {
    let cap = if penalty { format!("-{}", thousandths(*cap)) } else { thousandths(*cap) };
    let (kind, rows) = (if penalty { "penalty" } else { "bonus" }, item_rows(events));
    let head = format!("[area]\ncode = \"{code}\"\nname = \"Điều chỉnh\"\nmax = \"{cap}\"\n\n");
    let leaf = format!(
        "[[node]]\ncode = \"{code}.1\"\nname = \"Điều chỉnh\"\nmax = \"{cap}\"\nsource = \"appraisal\"\n"
    );
    format!("{head}{leaf}rule = {{ kind = \"{kind}\", events = [{rows}] }}\n")
}

/// Falling steps down to 0; whole numbers of `1 / of`.
fn steps(of: i64) -> impl Strategy<Value = (String, i64)> {
    vec((1..=1000i64, points()), 1..4).prop_map(move |mut steps| {
        steps.push((0, 0));
        steps.sort_by_key(|(min, _)| -min);
        steps.dedup_by_key(|(min, _)| *min);
        let min = |min: i64| if of == 1 { min.to_string() } else { thousandths(min) };
        let max = steps.iter().map(|(_, points)| *points).max().expect("at least the last");
        let rows = steps
            .iter()
            .map(|(from, p)| format!("{{ min = \"{}\", points = \"{}\" }}", min(*from), thousandths(*p)));
        (format!("steps = [{}]", joined(rows)), max)
    })
}

const MODES: &[&str] = &["half_up", "half_even", "half_down", "down", "up"];

fn header() -> impl Strategy<Value = String> {
    let ties = [
        "ties = \"share\"",
        "ties = \"dense\"",
        "ties = \"breaker\"\nbreaker = \"survey\"",
        "ties = \"breaker\"\nbreaker = \"appraisal\"",
        "ties = \"breaker\"\nbreaker = \"1\"",
    ];
    let classes = vec(name(), 1..5).prop_map(|mut names| {
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(par_core::text::visible(name)));
        names
    });
    (
        (name(), 2000..2101u32, vec(text(), 0..3), classes),
        (3..7u32, 0..7u32, proptest::sample::select(MODES), proptest::sample::select(MODES)),
        (proptest::sample::select(&["exact", "printed"][..]), 0..5usize),
        proptest::sample::select(&["reduce_scale", "rescale_to_full"][..]),
        proptest::sample::select(&["", "[total]\ncap = \"scale\"\n", "[total]\ncap = \"none\"\n"][..]),
    )
        .prop_map(move |((name, year, legal, classes), (places, print_places, points, print), (compare, tie), method, total)| {
            let legal = joined(legal.iter().map(|basis| quoted(basis)));
            let last = classes.len() - 1;
            let classes: String = classes
                .iter()
                .enumerate()
                .map(|(i, name)| format!("[[class]]\nname = {}\nfrom = \"{}\"\n", quoted(name), (last - i) * 20))
                .collect();
            format!(
                "id = \"bo-1\"\nname = {}\nyear = {year}\nfull_scale = \"SCALE\"\nlegal_basis = [{legal}]\n\
                 [rounding]\npoint_places = {places}\npoints = \"{points}\"\nprint_places = {print_places}\nprint = \"{print}\"\n\
                 [ranking]\ncompare = \"{compare}\"\n{}\n[exemption]\nmethod = \"{method}\"\n{total}{classes}",
                quoted(&name),
                ties[tie]
            )
        })
}

/// Thousandths of a point above 0; many with three decimals, the ambiguous ones.
fn points() -> impl Strategy<Value = i64> {
    prop_oneof![(1..40i64).prop_map(|quarters| quarters * 250), 1..5_000i64]
}

fn thousandths(value: i64) -> String {
    format!("{}.{:03}", value / 1000, value % 1000)
}

fn item_rows(items: &[(i64, String)]) -> String {
    let rows = items.iter().enumerate().map(|(i, (points, label))| {
        format!("{{ id = \"m{}\", points = \"{}\", label = {} }}", i + 7, thousandths(*points), quoted(label))
    });
    joined(rows)
}

fn joined(rows: impl Iterator<Item = String>) -> String {
    rows.collect::<Vec<_>>().join(", ")
}

fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
