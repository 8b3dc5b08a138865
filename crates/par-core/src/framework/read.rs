//! Criteria set folder → framework, with every problem of every file at once.
//!
//! A folder holds `framework.toml` (header, settings, classes), one further `.toml` file an area,
//! and `cases/*.toml`.

use std::collections::{BTreeMap, HashMap};

use super::document::{Document, Table};
use super::{
    Class, Compare, ExemptionMethod, Framework, Node, NodeId, Scoring, Settings, Source, TieBreaker, Ties,
    compare_codes, parent_code,
};
use crate::points::Points;
use crate::points::rounding::Rounding;
use crate::problem::{Problem, ProblemKind};
use crate::rule::Rule;

/// Files of a folder: path below the folder → text.
pub type Files = BTreeMap<String, String>;

/// The header file of a criteria set.
pub const HEADER: &str = "framework.toml";

/// Files in this sub-folder hold cases, not areas.
pub const CASES: &str = "cases/";

/// Reads a criteria set. The framework is there only when it can be used without doubt: any
/// problem of the tree or its settings withholds it.
pub fn read(files: &Files) -> (Option<Framework>, Vec<Problem>) {
    let mut problems = Vec::new();
    let Some(text) = files.get(HEADER) else {
        problems.push(Problem { file: HEADER.to_owned(), line: 0, kind: ProblemKind::FileMissing });
        return (None, problems);
    };
    let document = Document::new(HEADER, text);
    let header = read_header(document.top());
    problems.extend(document.into_problems());

    let places = header.as_ref().map_or(4, |header| header.settings.point_places);
    let mut found: Vec<Found> = Vec::new();
    for (file, text) in files.iter().filter(|(file, _)| is_area_file(file)) {
        let document = Document::new(file, text);
        read_area(document.top(), file, places, &mut found);
        problems.extend(document.into_problems());
    }
    found.sort_by(|a, b| compare_codes(&a.node.code, &b.node.code));
    check_tree(&mut found, &mut problems);
    if let Some(header) = &header {
        check_scale(header, &found, &mut problems);
    }
    match header {
        Some(header) if problems.is_empty() => {
            let nodes = found.into_iter().map(|found| found.node).collect();
            (Some(Framework::assemble(header, nodes)), problems)
        }
        _ => (None, problems),
    }
}

fn is_area_file(file: &str) -> bool {
    file != HEADER && !file.starts_with(CASES) && file.ends_with(".toml")
}

/// A node with the place it was read from.
struct Found {
    node: Node,
    file: String,
    line: usize,
}

impl Found {
    fn problem(&self, kind: ProblemKind) -> Problem {
        Problem { file: self.file.clone(), line: self.line, kind }
    }
}

fn read_header(top: Table<'_, '_>) -> Option<Framework> {
    let id = top.text("id");
    let name = top.text("name");
    let year = top.whole("year", 2000, 2100);
    let full_scale = top.points("full_scale");
    let legal_basis = top.texts("legal_basis");
    let settings = read_settings(&top);
    top.finish();
    Some(Framework {
        id: id?,
        name: name?,
        year: u16::try_from(year?).expect("between 2000 and 2100"),
        legal_basis,
        full_scale: full_scale?,
        settings: settings?,
        nodes: Vec::new(),
        leaves: Vec::new(),
        by_code: HashMap::new(),
    })
}

fn read_settings(top: &Table<'_, '_>) -> Option<Settings> {
    let rounding = top.require("rounding").and_then(|()| top.table("rounding")).map(|table| {
        let modes = Rounding::ALL.map(Rounding::name);
        let read = (
            table.whole("point_places", 0, 6),
            table.require("points").and_then(|()| table.word("points", &modes, Rounding::named)),
            table.whole("print_places", 0, 6),
            table.require("print").and_then(|()| table.word("print", &modes, Rounding::named)),
        );
        table.finish();
        read
    });
    let ranking = top.require("ranking").and_then(|()| top.table("ranking")).map(|table| {
        let compare = table.require("compare").and_then(|()| {
            table.word("compare", &["exact", "printed"], |word| match word {
                "exact" => Some(Compare::Exact),
                "printed" => Some(Compare::Printed),
                _ => None,
            })
        });
        let ties = read_ties(&table);
        table.finish();
        (compare, ties)
    });
    let exemption = top.require("exemption").and_then(|()| top.table("exemption")).and_then(|table| {
        let methods = ["reduce_scale", "rescale_to_full"];
        let method = table.require("method").and_then(|()| {
            table.word("method", &methods, |word| match word {
                "reduce_scale" => Some(ExemptionMethod::ReduceScale),
                "rescale_to_full" => Some(ExemptionMethod::RescaleToFull),
                _ => None,
            })
        });
        table.finish();
        method
    });
    top.require("class");
    let classes = read_classes(top, "class");
    let ((point_places, point_rounding, print_places, print_rounding), (compare, ties)) =
        rounding.zip(ranking)?;
    Some(Settings {
        point_places: u8::try_from(point_places?).expect("at most 6"),
        point_rounding: point_rounding?,
        print_places: u8::try_from(print_places?).expect("at most 6"),
        print_rounding: print_rounding?,
        compare: compare?,
        ties: ties?,
        exemption: exemption?,
        classes: classes?,
    })
}

fn read_ties(table: &Table<'_, '_>) -> Option<Ties> {
    table.require("ties")?;
    let allowed = ["share", "dense", "breaker"];
    let word = table.word("ties", &allowed, |word| allowed.into_iter().find(|known| *known == word))?;
    match word {
        "share" => Some(Ties::Share),
        "dense" => Some(Ties::Dense),
        _ => {
            let breaker = table.text("breaker")?;
            Some(Ties::Breaker(match breaker.as_str() {
                "survey" => TieBreaker::Survey,
                "appraisal" => TieBreaker::Appraisal,
                code => TieBreaker::Node(code.to_owned()),
            }))
        }
    }
}

/// Reads `[[class]]` tables: falling bounds, the last one 0.
pub(crate) fn read_classes(top: &Table<'_, '_>, key: &str) -> Option<Vec<Class>> {
    let mut classes: Vec<Class> = Vec::new();
    for row in top.tables(key) {
        let class = row.text("name").zip(row.points("from"));
        row.finish();
        let (name, from) = class?;
        classes.push(Class { name, from });
    }
    let falling = classes.windows(2).all(|pair| pair[0].from > pair[1].from);
    let reaches_zero = classes.last().is_some_and(|class| class.from == Points::ZERO);
    if falling && reaches_zero { Some(classes) } else { top.fault(key, ProblemKind::ClassesOutOfOrder) }
}

fn read_area(top: Table<'_, '_>, file: &str, places: u8, found: &mut Vec<Found>) {
    top.require("area");
    let tables = top.table("area").into_iter().chain(top.tables("node"));
    for table in tables {
        let line = table.line_of("code");
        if let Some(node) = read_node(table, places) {
            found.push(Found { node, file: file.to_owned(), line });
        }
    }
    top.finish();
}

fn read_node(table: Table<'_, '_>, places: u8) -> Option<Node> {
    let code = table.text("code");
    let name = table.text("name");
    let max = table.points("max");
    let since = table.optional_whole("since", 2000, 2100);
    let compare_as = table.optional_text("compare_as");
    let scoring = read_scoring(&table, max, places);
    let bad_code = code.as_deref().is_some_and(|code| !is_code(code));
    if bad_code {
        table.fault::<()>("code", ProblemKind::BadCode(code.clone().unwrap_or_default()));
    }
    if let Some(max) = max.filter(|max| !max.fits(places)) {
        table.fault::<()>("max", ProblemKind::TooManyPlaces { key: "max".to_owned(), points: max, places });
    }
    table.finish();
    let (code, name, max) = (code?, name?, max?);
    if bad_code {
        return None;
    }
    let compare_as = match compare_as.as_deref() {
        None => Some(code.clone()),
        Some("-") => None,
        Some(other) => Some(other.to_owned()),
    };
    Some(Node {
        depth: code.split('.').count(),
        code,
        name,
        max,
        parent: None,
        since: since.map(|year| u16::try_from(year).expect("between 2000 and 2100")),
        compare_as,
        scoring,
        end: 0,
        leaves: 0..0,
    })
}

fn read_scoring(table: &Table<'_, '_>, max: Option<Points>, places: u8) -> Option<Scoring> {
    let words = Source::ALL.map(Source::name);
    let source = table.word("source", &words, Source::named);
    let evidence = table.optional_text("evidence").unwrap_or_default();
    let legal = table.optional_text("legal").unwrap_or_default();
    let rule = table.table("rule")?;
    table.require("source")?;
    let rule = Rule::read(rule, max.unwrap_or_default(), places)?;
    let source = source?;
    if !rule.fits(source) {
        let kind = ProblemKind::SourceDoesNotFit {
            code: table.optional_text("code").unwrap_or_default(),
            source: source.name().to_owned(),
            rule: rule.kind().to_owned(),
        };
        return table.fault("source", kind);
    }
    Some(Scoring { source, rule, evidence, legal })
}

/// Parts of letters and digits between dots: `1`, `4.2.3.a`, `T.1`.
fn is_code(code: &str) -> bool {
    code.len() <= 40
        && code.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// Links parents, and checks duplicates, sums, and that exactly the leaves have rules.
fn check_tree(found: &mut [Found], problems: &mut Vec<Problem>) {
    let mut place: HashMap<String, usize> = HashMap::new();
    for i in 0..found.len() {
        let code = found[i].node.code.clone();
        if let Some(first) = place.get(&code) {
            let first = &found[*first];
            let first = format!("{}:{}", first.file, first.line);
            problems.push(found[i].problem(ProblemKind::Duplicate { value: code, first }));
        } else {
            place.insert(code, i);
        }
    }
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..found.len() {
        let Some(parent) = parent_code(&found[i].node.code) else { continue };
        match place.get(parent) {
            Some(above) => {
                found[i].node.parent = Some(NodeId(*above));
                children.entry(*above).or_default().push(i);
            }
            None => {
                let code = found[i].node.code.clone();
                let kind = ProblemKind::NoParent { parent: parent.to_owned(), code };
                problems.push(found[i].problem(kind));
            }
        }
    }
    for (i, one) in found.iter().enumerate() {
        let code = one.node.code.clone();
        match (children.get(&i), &one.node.scoring) {
            (None, Some(scoring)) => {
                let (max, reaches) = (one.node.max, scoring.rule.reaches(one.node.max));
                if max != reaches {
                    problems.push(one.problem(ProblemKind::RuleDoesNotReachMax { code, max, reaches }));
                }
            }
            (None, None) => problems.push(one.problem(ProblemKind::RuleMisplaced { code, leaf: true })),
            (Some(_), Some(_)) => {
                problems.push(one.problem(ProblemKind::RuleMisplaced { code, leaf: false }))
            }
            (Some(below), None) => {
                let sum: Points = below.iter().map(|child| found[*child].node.max).sum();
                if sum != one.node.max {
                    let kind = ProblemKind::ChildrenDoNotAddUp { code, max: one.node.max, sum };
                    problems.push(one.problem(kind));
                }
            }
        }
    }
}

/// Areas of points must add up to the full scale; bonus and penalty areas stand outside it.
fn check_scale(header: &Framework, found: &[Found], problems: &mut Vec<Problem>) {
    let adjusts = |area: &str| {
        let below = format!("{area}.");
        found
            .iter()
            .filter(|one| one.node.code == area || one.node.code.starts_with(&below))
            .filter_map(|one| one.node.scoring.as_ref())
            .any(|scoring| scoring.rule.is_adjustment())
    };
    let sum: Points = found
        .iter()
        .filter(|one| one.node.depth == 1 && !adjusts(&one.node.code))
        .map(|one| one.node.max)
        .sum();
    if sum != header.full_scale {
        problems.push(Problem {
            file: HEADER.to_owned(),
            line: 0,
            kind: ProblemKind::ScaleDoesNotAddUp { stated: header.full_scale, sum },
        });
    }
    if let Ties::Breaker(TieBreaker::Node(code)) = &header.settings.ties
        && found.iter().all(|one| one.node.code != *code)
    {
        problems.push(Problem {
            file: HEADER.to_owned(),
            line: 0,
            kind: ProblemKind::UnknownCode(code.clone()),
        });
    }
}
