//! What must hold of a year as a whole, whoever wrote it: names once, references known, marks in order.
//!
//! Asked by the reader of a year folder, which tells the line, and by a check of a database, which tells
//! the row. Must not know: files, lines, tables.

use std::collections::HashMap;

use super::status::{Status, days_of};
use super::{Unit, Year};
use crate::framework::read::classes_fault;
use crate::moment::Day;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::problem::{Expected, Named, ProblemKind};
use crate::text;

/// A law that a year breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The law.
    pub law: Law,
    /// What breaks it.
    pub at: At,
    /// The earlier thing it clashes with.
    pub first: Option<At>,
    /// What is wrong, for people; where it names an earlier place, that is left empty.
    pub kind: ProblemKind,
}

/// The laws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Criteria sets are different ones.
    Set,
    /// Ids and names of blocks and clusters stand once.
    BlockName,
    /// Classes fall from the highest, which can be reached, to one that begins at 0; names stand once.
    Classes,
    /// Marks are set once, on areas that a set has.
    MarkArea,
    /// A lower mark is not above the upper one; both are percents that can be reached.
    MarkOrder,
    /// Codes of reasons stand once.
    Reason,
    /// Keys of facts stand once.
    FactKey,
    /// What looks like a date is one.
    FactDate,
    /// There are units; their codes and names stand once.
    Unit,
    /// A unit's days are in order, and one of them lies in the year.
    UnitPeriod,
    /// A unit that is not ranked says on what ground.
    UnitGround,
    /// No answers are counted about a unit that is not evaluated.
    UnitAnswers,
    /// Units continue units of the year before, each once.
    Predecessor,
    /// Figures of the year before are percents.
    PreviousPercent,
    /// Component figures of the year before name nodes of a set.
    PreviousNode,
    /// The year compared with is earlier.
    PreviousYear,
    /// An exemption names a node of the unit's set.
    ExemptionCode,
    /// An exemption has a reason.
    ExemptionReason,
    /// Nothing is exempted twice for the same unit.
    ExemptionOnce,
    /// Something of the scale is left to evaluate for every unit that is evaluated.
    SomethingLeft,
}

/// A thing of a year, by its position in its list or by its codes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// The year's own settings.
    Header,
    /// A criteria set.
    Set(usize),
    /// A cluster.
    Cluster(usize),
    /// A block.
    Block(usize),
    /// A mark of an area.
    Mark(usize),
    /// All units together.
    Units,
    /// A unit.
    Unit(usize),
    /// An exemption.
    Exemption(usize),
    /// A reason for a request.
    Reason(usize),
    /// A fact.
    Fact(usize),
    /// The figures of a unit of the year before, by its code.
    Previous(String),
    /// A component figure of the year before, by unit and node.
    Component(String, String),
}

/// Every law the year breaks.
pub fn faults(year: &Year) -> Vec<Fault> {
    let mut faults = Faults::default();
    header(year, &mut faults);
    faults.list.extend(units(&year.units));
    statuses(year, &mut faults);
    predecessors(year, &mut faults);
    exemptions(year, &mut faults);
    previous(year, &mut faults);
    faults.list
}

#[derive(Default)]
struct Faults {
    list: Vec<Fault>,
}

impl Faults {
    fn add(&mut self, law: Law, at: At, kind: ProblemKind) {
        self.list.push(Fault { law, at, first: None, kind });
    }

    /// Names that are empty, stand twice, or look the same as an earlier one.
    fn once<'v>(&mut self, law: Law, key: &str, names: impl Iterator<Item = (At, &'v String)>) {
        let mut seen: HashMap<String, (At, &String)> = HashMap::new();
        for (at, name) in names {
            let shown = text::visible(name);
            if shown.is_empty() {
                let kind = match name.trim().is_empty() {
                    true => ProblemKind::KeyMissing(key.to_owned()),
                    false => ProblemKind::NothingVisible(key.to_owned()),
                };
                self.add(law, at, kind);
                continue;
            }
            let (value, first) = (name.clone(), String::new());
            match seen.get(&shown) {
                None => drop(seen.insert(shown, (at, name))),
                Some((earlier, same)) => {
                    let kind = match *same == name {
                        true => ProblemKind::Duplicate { value, first },
                        false => ProblemKind::Twins { value, first },
                    };
                    self.list.push(Fault { law, at, first: Some(earlier.clone()), kind });
                }
            }
        }
    }
}

fn numbered<T>(list: &[T], at: fn(usize) -> At) -> impl Iterator<Item = (At, &T)> {
    list.iter().enumerate().map(move |(i, one)| (at(i), one))
}

fn header(year: &Year, faults: &mut Faults) {
    faults.once(Law::Set, "id", numbered(&year.sets, At::Set).map(|(at, set)| (at, &set.id)));
    let clusters = || numbered(&year.clusters, At::Cluster);
    faults.once(Law::BlockName, "id", clusters().map(|(at, one)| (at, &one.id)));
    faults.once(Law::BlockName, "name", clusters().map(|(at, one)| (at, &one.name)));
    let blocks = || numbered(&year.blocks, At::Block);
    faults.once(Law::BlockName, "id", blocks().map(|(at, one)| (at, &one.id)));
    faults.once(Law::BlockName, "name", blocks().map(|(at, one)| (at, &one.name)));
    for (at, block) in blocks() {
        let Some(classes) = &block.classes else { continue };
        faults.list.extend(classes_fault(classes).map(|kind| Fault {
            law: Law::Classes,
            at: at.clone(),
            first: None,
            kind,
        }));
        let most = year.sets.get(block.set).map_or(Points::whole(100), |set| set.highest_percent());
        if let Some(class) = classes.iter().find(|class| class.from > most) {
            let max = most.decimal();
            faults.add(Law::Classes, at, out_of_range("from", class.from.decimal(), Decimal::new(0, 0), max));
        }
    }
    marks(year, faults);
    faults.once(Law::Reason, "code", numbered(&year.reasons, At::Reason).map(|(at, one)| (at, &one.code)));
    faults.once(Law::FactKey, "key", numbered(&year.facts, At::Fact).map(|(at, one)| (at, &one.key)));
    for (at, fact) in numbered(&year.facts, At::Fact) {
        if written_date(&fact.value).is_some_and(|date| Day::read(&date).is_none()) {
            let kind = ProblemKind::WrongType { key: fact.key.clone(), expected: Expected::Date };
            faults.add(Law::FactDate, at, kind);
        }
    }
}

fn marks(year: &Year, faults: &mut Faults) {
    let most = most_percent(year);
    faults.once(Law::MarkArea, "area", numbered(&year.thresholds, At::Mark).map(|(at, one)| (at, &one.area)));
    for (at, mark) in numbered(&year.thresholds, At::Mark) {
        if !year.sets.iter().any(|set| set.areas().any(|(_, node)| node.code == mark.area)) {
            faults.add(Law::MarkArea, at.clone(), ProblemKind::UnknownCode(mark.area.clone()));
        }
        let zero = Decimal::new(0, 0);
        if mark.high < zero || mark.high > most {
            faults.add(Law::MarkOrder, at, out_of_range("high", mark.high, zero, most));
        } else if let Some(low) = mark.low.filter(|low| *low < zero || *low > mark.high) {
            faults.add(Law::MarkOrder, at, out_of_range("low", low, zero, mark.high));
        }
    }
}

/// The highest percent any unit of the year can reach.
fn most_percent(year: &Year) -> Decimal {
    let most = year.sets.iter().map(|set| set.highest_percent()).max();
    most.unwrap_or(Points::whole(100)).decimal()
}

fn out_of_range(key: &str, value: Decimal, min: Decimal, max: Decimal) -> ProblemKind {
    let said = |number: Decimal| number.trimmed().to_string();
    ProblemKind::OutOfRange { key: key.to_owned(), value: said(value), min: said(min), max: said(max) }
}

/// Numbers of a day, as 2020-12-31 or as people write it, 31/12/2020; the latter turned into the former.
fn written_date(value: &str) -> Option<String> {
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let three = |sign: char| <[&str; 3]>::try_from(value.split(sign).collect::<Vec<_>>()).ok();
    let [year, month, day] = match (three('-'), three('/')) {
        (Some(parts), _) => parts,
        (_, Some([day, month, year])) => [year, month, day],
        _ => return None,
    };
    let is_date =
        [year, month, day].iter().all(digits) && year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    let is_people = value.contains('/');
    is_date.then(|| if is_people { format!("{year}-{month:0>2}-{day:0>2}") } else { value.to_owned() })
}

/// The word that stands for every unit in a list of exemptions.
pub const ALL_UNITS: &str = "all";

/// What is wrong with a list of units by itself.
pub fn units(units: &[Unit]) -> Vec<Fault> {
    let mut faults = Faults::default();
    if units.is_empty() {
        faults.add(Law::Unit, At::Units, ProblemKind::NoRows);
    }
    faults.once(Law::Unit, "code", numbered(units, At::Unit).map(|(at, unit)| (at, &unit.code)));
    faults.once(Law::Unit, "name", numbered(units, At::Unit).map(|(at, unit)| (at, &unit.name)));
    for (at, unit) in numbered(units, At::Unit) {
        // Both words, and the sign between predecessors, mean something else where units are named.
        if unit.code == ALL_UNITS || unit.code == "-" || unit.code.contains('+') {
            let (key, value) = ("code".to_owned(), unit.code.clone());
            faults.add(Law::Unit, at, ProblemKind::Reserved { key, value });
        }
    }
    faults.list
}

/// What a unit's status and days ask for.
fn statuses(year: &Year, faults: &mut Faults) {
    let (first, last) = days_of(year.year);
    let range = |key: &str, value: Day, min: Option<Day>, max: Option<Day>| {
        let text = |day: Option<Day>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        ProblemKind::OutOfRange {
            key: key.to_owned(),
            value: value.to_string(),
            min: text(min),
            max: text(max),
        }
    };
    for (position, unit) in year.units.iter().enumerate() {
        let at = || At::Unit(position);
        if let Some(from) = unit.period.from.filter(|from| *from > last) {
            faults.add(Law::UnitPeriod, at(), range("from", from, None, Some(last)));
        }
        let least = unit.period.from.unwrap_or(first).clamp(first, last);
        if let Some(to) = unit.period.to.filter(|to| *to < least) {
            faults.add(Law::UnitPeriod, at(), range("to", to, Some(least), None));
        }
        if unit.status != Status::Ranked && unit.ground.is_none() {
            faults.add(Law::UnitGround, at(), ProblemKind::KeyMissing("ground".to_owned()));
        }
        if !year.is_evaluated(position) && year.survey.answers.has_any(position) {
            let kind = ProblemKind::AnswersOfUnevaluated(unit.code.clone());
            faults.add(Law::UnitAnswers, at(), kind);
        }
    }
}

fn predecessors(year: &Year, faults: &mut Faults) {
    for (at, unit) in numbered(&year.units, At::Unit) {
        for (place, code) in unit.predecessors.iter().enumerate() {
            let unknown = year.previous.as_ref().is_some_and(|previous| !previous.units.contains_key(code));
            let kind = if code.is_empty() && !unit.code.is_empty() {
                ProblemKind::HoleInList("predecessors".to_owned())
            } else if unit.predecessors[..place].contains(code) {
                ProblemKind::Duplicate { value: code.clone(), first: String::new() }
            } else if unknown {
                ProblemKind::UnknownName { what: Named::Predecessor, name: code.clone() }
            } else {
                continue;
            };
            let first = matches!(kind, ProblemKind::Duplicate { .. }).then(|| at.clone());
            faults.list.push(Fault { law: Law::Predecessor, at: at.clone(), first, kind });
        }
    }
}

fn exemptions(year: &Year, faults: &mut Faults) {
    let mut seen: HashMap<(Option<usize>, &str), At> = HashMap::new();
    for (at, one) in numbered(&year.exemptions, At::Exemption) {
        let known = match one.unit {
            Some(unit) => year.set_of(unit).find(&one.code).is_some(),
            None => year.sets.iter().any(|set| set.find(&one.code).is_some()),
        };
        if !known {
            faults.add(Law::ExemptionCode, at.clone(), ProblemKind::UnknownCode(one.code.clone()));
        }
        if text::visible(&one.reason).is_empty() {
            faults.add(Law::ExemptionReason, at.clone(), ProblemKind::KeyMissing("reason".to_owned()));
        }
        if let Some(first) = seen.insert((one.unit, one.code.as_str()), at.clone()) {
            let unit = one.unit.map_or(ALL_UNITS, |unit| year.units[unit].code.as_str()).to_owned();
            let kind = ProblemKind::ExemptTwice { unit, code: one.code.clone() };
            faults.list.push(Fault { law: Law::ExemptionOnce, at, first: Some(first), kind });
        }
    }
    let evaluated = year.units.iter().enumerate().filter(|(unit, _)| year.is_evaluated(*unit));
    for (position, unit) in evaluated {
        let (set, applies) = (year.set_of(position), year.applicable(position));
        let mut scale = set.leaves().filter(|(_, node)| !set.is_adjustment(*node));
        if !scale.any(|(leaf, _)| applies[leaf.index()]) {
            // Bonus points alone are a share of nothing.
            let last = year.exemptions.iter().rposition(|one| one.unit.is_none_or(|unit| unit == position));
            let at = last.map_or(At::Unit(position), At::Exemption);
            faults.add(Law::SomethingLeft, at, ProblemKind::NothingLeft(unit.code.clone()));
        }
    }
}

fn previous(year: &Year, faults: &mut Faults) {
    let Some(previous) = &year.previous else { return };
    let zero = Decimal::new(0, 0);
    if previous.year >= year.year {
        let (value, last) = (previous.year.into(), i128::from(year.year) - 1);
        let kind = out_of_range(
            "previous_year",
            Decimal::new(value, 0),
            Decimal::new(2000, 0),
            Decimal::new(last, 0),
        );
        faults.add(Law::PreviousYear, At::Header, kind);
    }
    let most = most_percent(year);
    let percent = |key: &str, percent: Decimal| {
        (percent < zero || percent > most).then(|| out_of_range(key, percent, zero, most))
    };
    for (code, unit) in &previous.units {
        let at = At::Previous(code.clone());
        if code.trim().is_empty() {
            faults.add(Law::PreviousPercent, at.clone(), ProblemKind::KeyMissing("unit".to_owned()));
        }
        if let Some(kind) = unit.index.and_then(|index| percent("index", index)) {
            faults.add(Law::PreviousPercent, at, kind);
        }
        for (node, figure) in &unit.components {
            let at = At::Component(code.clone(), node.clone());
            if let Some(kind) = percent("percent", *figure) {
                faults.add(Law::PreviousPercent, at.clone(), kind);
            }
            if year.sets.iter().all(|set| set.find(node).is_none()) {
                faults.add(Law::PreviousNode, at, ProblemKind::UnknownCode(node.clone()));
            }
        }
    }
}

impl At {
    /// The file of a year folder in which it stands.
    pub fn file(&self) -> &'static str {
        match self {
            At::Header | At::Set(_) | At::Cluster(_) | At::Block(_) | At::Mark(_) => super::read::HEADER,
            At::Units | At::Unit(_) => "units.csv",
            At::Exemption(_) => "exemptions.csv",
            At::Reason(_) => "reasons.csv",
            At::Fact(_) => "facts.csv",
            At::Previous(_) => "previous.csv",
            At::Component(..) => "previous-components.csv",
        }
    }

    /// The thing in the year's own words: the list and its codes.
    pub fn name(&self, year: &Year) -> String {
        match self {
            At::Header => "years".to_owned(),
            At::Set(at) => format!("sets {}", year.sets[*at].id),
            At::Cluster(at) => format!("clusters {}", year.clusters[*at].id),
            At::Block(at) => format!("blocks {}", year.blocks[*at].id),
            At::Mark(at) => format!("thresholds {}", year.thresholds[*at].area),
            At::Units => "units".to_owned(),
            At::Unit(at) => format!("units {}", year.units[*at].code),
            At::Exemption(at) => {
                let one = &year.exemptions[*at];
                let unit = one.unit.map_or(ALL_UNITS, |unit| year.units[unit].code.as_str());
                format!("exemptions {unit} {}", one.code)
            }
            At::Reason(at) => format!("reasons {}", year.reasons[*at].code),
            At::Fact(at) => format!("facts {}", year.facts[*at].key),
            At::Previous(code) => format!("previous_units {code}"),
            At::Component(code, node) => format!("previous_components {code} {node}"),
        }
    }
}

/// Keeps where each thing was read.
pub(super) type Lines = HashMap<At, usize>;
