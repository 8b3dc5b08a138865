//! Criteria set folder → framework, with every problem of every file at once.
//!
//! A folder holds `framework.toml` (header, settings, classes), one further `.toml` file an area,
//! and `cases/*.toml`.

use std::collections::BTreeMap;

use super::document::{Document, Table};
use super::tree::{Found, Tree};
use super::{
    Cap, Class, Compare, ExemptionMethod, Framework, Node, Scoring, Settings, Source, TieBreaker, Ties,
};
use crate::points::Points;
use crate::points::rounding::Rounding;
use crate::problem::{Problem, ProblemKind};
use crate::rule::checklist::is_id;
use crate::rule::{MOST_POINTS, Rule};
use crate::text;

/// Files of a folder: path below the folder → text.
pub type Files = BTreeMap<String, String>;

/// The header file of a criteria set.
pub const HEADER: &str = "framework.toml";

/// Files in this sub-folder hold cases, not areas.
pub const CASES: &str = "cases/";

/// Reads a criteria set. The framework is there only when it can be used without doubt: any
/// problem of the tree or its settings withholds it.
pub fn read(files: &Files) -> (Option<Framework>, Vec<Problem>) {
    let mut problems = Problem::broken_texts(files);
    let Some(text) = files.get(HEADER) else {
        problems.push(Problem { file: HEADER.to_owned(), line: 0, kind: ProblemKind::FileMissing });
        return (None, problems);
    };
    let document = Document::new(HEADER, text);
    let mut header = read_header(document.top());
    problems.extend(document.into_problems());

    if !files.keys().any(|file| is_area_file(file)) {
        problems.push(Problem { file: "area-*.toml".to_owned(), line: 0, kind: ProblemKind::FileMissing });
        return (None, problems);
    }
    let places = header.as_ref().map_or(4, |header| header.settings.point_places);
    let mut tree = Tree::default();
    for (file, text) in files.iter().filter(|(file, _)| is_area_file(file)) {
        let document = Document::new(file, text);
        let mut area = Tree::default();
        read_area(document.top(), file, places, &mut area);
        let mut met = document.into_problems();
        if met.iter().any(|problem| matches!(problem.kind, ProblemKind::Syntax(_))) {
            // What stands behind a missing quote is anybody's guess.
            met.retain(|problem| matches!(problem.kind, ProblemKind::Syntax(_)));
            area = Tree { found: Vec::new(), unreadable: vec![String::new()] };
        }
        problems.append(&mut met);
        tree.append(area);
    }
    tree.check(&mut problems);
    if let Some(header) = &mut header {
        header.bonus_in_scale = tree.scale().is_some_and(|sum| sum != header.full_scale);
        check_header(header, text, &tree, &mut problems);
    }
    match header {
        Some(header) if problems.is_empty() => {
            (Some(Framework::assemble(header, tree.into_nodes())), problems)
        }
        _ => (None, problems),
    }
}

fn is_area_file(file: &str) -> bool {
    file != HEADER && !file.starts_with(CASES) && file.ends_with(".toml")
}

fn read_header(top: Table<'_, '_>) -> Option<Framework> {
    let id = top
        .name("id")
        .and_then(|id| if is_id(&id) { Some(id) } else { top.fault("id", ProblemKind::BadId(id)) });
    let name = top.name("name");
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
        bonus_in_scale: false,
        nodes: Vec::new(),
        leaves: Vec::new(),
        by_code: Default::default(),
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
    let cap = match top.table("total") {
        None => Some(Cap::default()),
        Some(table) => {
            let cap =
                table.require("cap").and_then(|()| table.word("cap", &Cap::ALL.map(Cap::name), Cap::named));
            table.finish();
            cap
        }
    };
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
        cap: cap?,
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

/// Reads `[[class]]` tables: names once, falling bounds, the last one 0.
pub(crate) fn read_classes(top: &Table<'_, '_>, key: &str) -> Option<Vec<Class>> {
    let mut classes: Vec<Option<Class>> = Vec::new();
    if !top.has(key) {
        return None;
    }
    for row in top.tables(key) {
        let (name, from) = (row.name("name"), row.points("from"));
        row.finish();
        classes.push(name.zip(from).map(|(name, from)| Class { name, from }));
    }
    let classes = classes.into_iter().collect::<Option<Vec<Class>>>()?;
    match classes_fault(&classes) {
        None => Some(classes),
        Some(kind) => top.fault(key, kind),
    }
}

/// What is wrong with a list of classes: a name that stands twice, bounds that do not fall to 0.
pub fn classes_fault(classes: &[Class]) -> Option<ProblemKind> {
    let name = |class: &Class| text::visible(&class.name);
    for (position, class) in classes.iter().enumerate() {
        if classes[..position].iter().any(|other| name(other) == name(class)) {
            return Some(ProblemKind::ClassTwice(class.name.clone()));
        }
    }
    let falling = classes.windows(2).all(|pair| pair[0].from > pair[1].from);
    let reaches_zero = classes.last().is_some_and(|class| class.from == Points::ZERO);
    (!falling || !reaches_zero).then_some(ProblemKind::ClassesOutOfOrder)
}

fn read_area(top: Table<'_, '_>, file: &str, places: u8, tree: &mut Tree) {
    top.require("area");
    let nodes = top.tables("node");
    if top.has("node") && nodes.is_empty() {
        tree.unreadable.push(String::new());
    }
    for table in top.table("area").into_iter().chain(nodes) {
        let line = table.line_of("code");
        let code = table.optional_text("code");
        let scored = ["source", "rule", "evidence", "legal"].iter().any(|key| table.has(key));
        let ruled = table.has("rule");
        match read_node(table, places) {
            Some(node) => tree.found.push(Found { node, scored, ruled, file: file.to_owned(), line }),
            None => tree.unreadable.push(code.unwrap_or_default()),
        }
    }
    top.finish();
}

fn read_node(table: Table<'_, '_>, places: u8) -> Option<Node> {
    let code = table.name("code");
    let name = table.name("name");
    let max = table.points("max").and_then(|max| bounded(&table, max));
    let since = table.optional_whole("since", 2000, 2100);
    let compare_as = table.optional_text("compare_as");
    let scoring = read_scoring(&table, max, places);
    let code = code.and_then(|code| {
        if is_code(&code) { Some(code) } else { table.fault("code", ProblemKind::BadCode(code)) }
    });
    if let Some(max) = max.filter(|max| !max.fits(places)) {
        table.fault::<()>("max", ProblemKind::TooManyPlaces { key: "max".to_owned(), points: max, places });
    }
    table.finish();
    let (code, name, max) = (code?, name?, max?);
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

fn bounded(table: &Table<'_, '_>, max: Points) -> Option<Points> {
    if max <= MOST_POINTS && -max <= MOST_POINTS {
        return Some(max);
    }
    let kind = ProblemKind::OutOfRange {
        key: "max".to_owned(),
        value: max.to_string(),
        min: (-MOST_POINTS).to_string(),
        max: MOST_POINTS.to_string(),
    };
    table.fault("max", kind)
}

fn read_scoring(table: &Table<'_, '_>, max: Option<Points>, places: u8) -> Option<Scoring> {
    let words = Source::ALL.map(Source::name);
    let source = table.word("source", &words, Source::named);
    let evidence = table.optional_text("evidence").unwrap_or_default();
    let legal = table.optional_text("legal").unwrap_or_default();
    let rule = table.table("rule")?;
    table.require("source");
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

/// Areas of points must add up to the full scale (bonus and penalty areas stand outside it), and
/// what the settings refer to must be there.
fn check_header(header: &Framework, text: &str, tree: &Tree, problems: &mut Vec<Problem>) {
    let document = Document::new(HEADER, text);
    let top = document.top();
    let scale = header.full_scale;
    if scale <= Points::ZERO {
        let kind = ProblemKind::OutOfRange {
            key: "full_scale".to_owned(),
            value: scale.to_string(),
            min: "> 0".to_owned(),
            max: "…".to_owned(),
        };
        top.fault::<()>("full_scale", kind);
    } else if let Some(sum) = tree.scale().filter(|sum| *sum != scale && *sum + tree.bonus() != scale) {
        top.fault::<()>("full_scale", ProblemKind::ScaleDoesNotAddUp { stated: scale, sum });
    }
    // Bonus points may lift an index above 100 only where the total is not capped.
    let most = header.highest_with(tree.bonus());
    if let Some(class) = header.settings.classes.iter().find(|class| class.from > most) {
        let (value, max) = (class.from.to_string(), most.to_string());
        let kind = ProblemKind::OutOfRange { key: "from".to_owned(), value, min: "0".to_owned(), max };
        top.fault::<()>("class", kind);
    }
    if let Ties::Breaker(TieBreaker::Node(code)) = &header.settings.ties
        && !tree.has(code)
    {
        top.fault::<()>("ranking", ProblemKind::UnknownCode(code.clone()));
    }
    // The header was read before: only the problems of this check are new.
    let new = document.into_problems();
    problems.extend(new.into_iter().filter(|problem| !matches!(problem.kind, ProblemKind::Syntax(_))));
}
