//! The data's side of a comparison: figures by scope, each computed once.
//!
//! Must not know: texts.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::finding::Selection;
use super::names::{self, Names};
use super::tokens::folded;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::score::component::{Quantity, Valued};
use crate::score::results::{Measure, Results, Scope};

type Ordered = Rc<Vec<Valued>>;

/// A year's results with what was already asked of them.
pub(super) struct Data<'r> {
    pub results: &'r Results,
    pub names: Names,
    /// Every set of units, the province first.
    pub scopes: Vec<Scope>,
    /// The index and every area.
    pub measures: Vec<Measure>,
    /// Criteria of an area with the words of their names.
    criteria: HashMap<Measure, Vec<(Measure, Vec<String>)>>,
    /// Words of the areas' names.
    area_words: HashMap<Measure, HashSet<String>>,
    ordered: RefCell<HashMap<(Scope, Quantity), Ordered>>,
    means: RefCell<HashMap<(Scope, Measure), Means>>,
}

/// The mean of this year and of the year before.
type Means = [Option<Exact>; 2];

/// Whether a printed value is counted.
type Holds = Box<dyn Fn(&Decimal) -> bool>;

impl<'r> Data<'r> {
    pub(super) fn of(results: &'r Results) -> Data<'r> {
        let mut scopes = vec![Scope::Province];
        scopes.extend((0..results.year.clusters.len()).map(Scope::Cluster));
        scopes.extend((0..results.year.blocks.len()).map(Scope::Block));
        let mut measures = vec![Measure::Index];
        let mut criteria: HashMap<Measure, Vec<(Measure, Vec<String>)>> = HashMap::new();
        let mut area_words: HashMap<Measure, HashSet<String>> = HashMap::new();
        for (position, set) in results.year.sets.iter().enumerate() {
            for (_, area) in set.areas() {
                let Some(code) = &area.compare_as else { continue };
                let measure = Measure::Node(code.clone());
                if !measures.contains(&measure) {
                    measures.push(measure.clone());
                }
                area_words.entry(measure.clone()).or_default().extend(folded(&area.name));
                let below = format!("{}.", area.code);
                let list = criteria.entry(measure).or_default();
                for (_, node) in set.nodes().filter(|(_, node)| node.code.starts_with(&below)) {
                    let words = folded(&node.name);
                    list.push((Measure::In(position, node.code.clone()), words.clone()));
                    list.extend(node.compare_as.clone().map(|code| (Measure::Node(code), words)));
                }
            }
        }
        let names = Names::of(results);
        let (ordered, means) = (RefCell::default(), RefCell::default());
        Data { results, names, scopes, measures, criteria, area_words, ordered, means }
    }

    /// Whether a folded word belongs to the name of an area.
    pub(super) fn is_area_word(&self, area: &Measure, word: &str) -> bool {
        self.area_words.get(area).is_some_and(|words| words.contains(word))
    }

    pub(super) fn mode(&self) -> Rounding {
        self.results.print().1
    }

    /// Units of a scope that have the quantity, the highest first.
    pub(super) fn ordered(&self, scope: Scope, quantity: &Quantity) -> Ordered {
        let key = (scope, quantity.clone());
        if let Some(known) = self.ordered.borrow().get(&key) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.results.ordered(scope, quantity));
        self.ordered.borrow_mut().insert(key, Rc::clone(&found));
        found
    }

    pub(super) fn contains(&self, scope: Scope, unit: usize) -> bool {
        let block = self.results.year.units[unit].block;
        match scope {
            Scope::Province => true,
            Scope::Cluster(cluster) => self.results.year.blocks[block].cluster == cluster,
            Scope::Block(one) => one == block,
        }
    }

    /// How many units could be counted.
    pub(super) fn population(&self, scope: Scope, measure: &Measure, selection: &Selection) -> usize {
        match selection {
            Selection::Up | Selection::Down => self.ordered(scope, &Quantity::Change(measure.clone())).len(),
            Selection::Class(_) | Selection::ClassBefore(_) | Selection::ClassChange(_) => {
                self.results.units(scope).len()
            }
            _ => self.ordered(scope, &Quantity::Percent(measure.clone())).len(),
        }
    }

    /// The units counted; of a class change nobody.
    pub(super) fn selected(&self, scope: Scope, measure: &Measure, selection: &Selection) -> Vec<usize> {
        let zero = Decimal::new(0, 0);
        let (quantity, holds): (_, Holds) = match selection {
            Selection::Up => (Quantity::Change(measure.clone()), Box::new(move |value| *value > zero)),
            Selection::Down => (Quantity::Change(measure.clone()), Box::new(move |value| *value < zero)),
            Selection::Class(name) => return self.of_class(scope, name, false),
            Selection::ClassBefore(name) => return self.of_class(scope, name, true),
            Selection::ClassChange(_) => return Vec::new(),
            by_mark => {
                let by_mark = by_mark.clone();
                let holds = move |value: &Decimal| holds(&by_mark, value);
                (Quantity::Percent(measure.clone()), Box::new(holds))
            }
        };
        self.ordered(scope, &quantity).iter().filter(|one| holds(&one.printed)).map(|one| one.unit).collect()
    }

    fn of_class(&self, scope: Scope, class: &str, before: bool) -> Vec<usize> {
        let mut units = self.results.units(scope);
        units.retain(|unit| {
            let own = if before { self.class_before(*unit) } else { self.results.class_name(*unit) };
            own == Some(class)
        });
        units
    }

    /// A unit's class of the year before, where it has one predecessor.
    pub(super) fn class_before(&self, unit: usize) -> Option<&str> {
        let [code] = self.results.year.units[unit].predecessors.as_slice() else { return None };
        self.results.year.previous.as_ref()?.units.get(code)?.class.as_deref()
    }

    /// The count a text should state.
    pub(super) fn count(&self, scope: Scope, measure: &Measure, selection: &Selection) -> i64 {
        let signed = |units: Vec<usize>| i64::try_from(units.len()).unwrap_or(i64::MAX);
        match selection {
            Selection::ClassChange(name) => {
                signed(self.of_class(scope, name, false)) - signed(self.of_class(scope, name, true))
            }
            other => signed(self.selected(scope, measure, other)),
        }
    }

    /// The mean of a scope and its change, exact.
    fn means(&self, scope: Scope, measure: &Measure) -> [Option<Exact>; 2] {
        let key = (scope, measure.clone());
        if let Some(known) = self.means.borrow().get(&key) {
            return known.clone();
        }
        let found = [self.results.mean(scope, measure), self.results.previous_mean(scope, measure)];
        self.means.borrow_mut().insert(key, found.clone());
        found
    }

    /// The mean as a text may print it.
    pub(super) fn mean(&self, scope: Scope, measure: &Measure, places: u8) -> Option<Decimal> {
        let [now, _] = self.means(scope, measure);
        now.map(|now| self.mode().apply(&now, places))
    }

    /// The mean of the year before as a text may print it.
    pub(super) fn mean_before(&self, scope: Scope, measure: &Measure, places: u8) -> Option<Decimal> {
        let [_, before] = self.means(scope, measure);
        before.map(|before| self.mode().apply(&before, places))
    }

    /// The change of a mean: rounded, and the difference of the rounded means where it differs.
    pub(super) fn mean_change(&self, scope: Scope, measure: &Measure, places: u8) -> Vec<Decimal> {
        let [Some(now), Some(before)] = self.means(scope, measure) else { return Vec::new() };
        self.changes(&now, &before, places)
    }

    /// A unit's percent as a text may print it.
    pub(super) fn percent(&self, unit: usize, measure: &Measure, places: u8) -> Option<Decimal> {
        let (_, mode) = self.results.print_of(unit);
        self.results.share(unit, measure).map(|share| share.rounded(places, mode))
    }

    /// A unit's percent of the year before as a text may print it.
    pub(super) fn percent_before(&self, unit: usize, measure: &Measure, places: u8) -> Option<Decimal> {
        self.results.previous(unit, measure).map(|value| self.mode().apply(&value, places))
    }

    /// A unit's change: as the program prints it, and the difference of the rounded percents.
    pub(super) fn change(&self, unit: usize, measure: &Measure, places: u8) -> Vec<Decimal> {
        let Some(change) = self.results.change(unit, measure) else { return Vec::new() };
        let mut found = vec![self.mode().apply(&change, places)];
        if let (Some(share), Some(before)) =
            (self.results.share(unit, measure), self.results.previous(unit, measure))
        {
            found.extend(self.changes(&share.percent(), &before, places));
        }
        found
    }

    fn changes(&self, now: &Exact, before: &Exact, places: u8) -> Vec<Decimal> {
        let mode = self.mode();
        let rounded = |value: &Exact| mode.apply(value, places.max(2)).exact();
        vec![mode.apply(&(now - before), places), mode.apply(&(&rounded(now) - &rounded(before)), places)]
    }

    /// Whether a number is the mean (or its change) of a criterion of the area whose name a text
    /// gives at least by half.
    pub(super) fn is_of_criterion(
        &self,
        area: &Measure,
        words: &[String],
        said: Decimal,
        change: bool,
    ) -> bool {
        // Outside the parts about areas the criterion may be of any.
        let own = self.criteria.get(area);
        let criteria = own.into_iter().chain(self.criteria.values().filter(|_| own.is_none())).flatten();
        let counts = names::counted(words);
        criteria.filter(|(_, name)| names::shared_with(&counts, name) * 2 >= name.len()).any(
            |(measure, _)| {
                self.scopes.iter().any(|scope| {
                    if change {
                        self.mean_change(*scope, measure, said.places()).contains(&said)
                    } else {
                        self.mean(*scope, measure, said.places()) == Some(said)
                    }
                })
            },
        )
    }

    /// How many criteria the area has in each criteria set.
    pub(super) fn criteria_counts(&self, area: &Measure) -> Vec<usize> {
        let Measure::Node(code) = area else { return Vec::new() };
        let sets = self.results.year.sets.iter();
        sets.filter_map(|set| set.find_compared(code).map(|node| set.children(node).count())).collect()
    }

    /// Maxima of everything that is evaluated for a unit: the index, its areas and criteria.
    pub(super) fn has_scale(&self, unit: usize, said: Decimal) -> bool {
        let set = self.results.year.set_of(unit);
        let standing = &self.results.standing.units[unit];
        let nodes = set.nodes().filter_map(|(id, _)| standing.node(set, id).share());
        standing.scale.decimal() == said || nodes.into_iter().any(|share| share.of().decimal() == said)
    }
}

fn holds(selection: &Selection, value: &Decimal) -> bool {
    match selection {
        Selection::Above(mark) => value.cmp(mark) == Ordering::Greater,
        Selection::AtLeast(mark) => value >= mark,
        Selection::Below(mark) => value < mark,
        Selection::AtMost(mark) => value <= mark,
        Selection::Between(low, high) => value >= low && value < high,
        _ => false,
    }
}
