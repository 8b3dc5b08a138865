//! Names of templates → values of the year.

use std::cmp::Ordering;

use super::at::{At, Item, described, percent_of};
use super::value::{Number, UnitValue, Units, Value, inside_sentence};
use super::wording::Wording;
use super::wording::names::{FACT, FACT_RATIO};
use super::{area_values, unit_values};
use crate::framework::Source;
use crate::language::Language;
use crate::moment;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::publication::level::Level;
use crate::score::component::{Quantity, Valued};
use crate::score::figure::{Count, Figure, UnitFigure};
use crate::score::results::{Measure, Results, Scope};
use crate::text::small;
use crate::words;
use crate::year::{Judgement, LeafFile, Outcome, Rounds};

/// Counts of rounds as written in a sentence.
const NUMBERS: [&str; Rounds::MOST as usize + 1] = ["không", "một", "hai", "ba"];

/// Reads names at places of a year.
#[derive(Clone, Copy)]
pub struct Reader<'r> {
    /// The year.
    pub results: &'r Results,
    /// The wording, for its remarks.
    pub wording: &'r Wording,
}

impl<'r> Reader<'r> {
    /// The value of a name at a place.
    pub fn value(&self, at: &At, key: &str) -> Value {
        self.of_item(at, key)
            .or_else(|| at.unit.and_then(|unit| unit_values::value(self, unit, at, key)))
            .or_else(|| area_values::value(self, at, key))
            .or_else(|| self.statistic(at, key))
            .or_else(|| self.of_year(key))
            .unwrap_or(Value::Missing)
    }

    /// A value over several units as it is printed.
    pub fn number(&self, value: &Exact, figure: Option<Figure>) -> Number {
        let (places, mode) =
            figure.as_ref().map_or_else(|| self.results.print(), |figure| self.results.print_for(figure));
        Number { printed: mode.apply(value, places), figure }
    }

    /// Points as they are printed: rounded like every figure of the report.
    pub fn points(&self, points: Points) -> Value {
        Value::Number(self.number(&points.exact(), None))
    }

    /// Points without needless zeros, for maxima and scales: 98, 78,5.
    pub fn scale(&self, points: Points) -> Value {
        Value::Number(Number { printed: points.decimal().trimmed(), figure: None })
    }

    fn of_year(&self, key: &str) -> Option<Value> {
        let year = &self.results.year;
        if let Some(keys) = key.strip_prefix(FACT_RATIO) {
            return Some(self.ratio(keys));
        }
        if let Some(wanted) = key.strip_prefix(FACT) {
            let fact = year.facts.iter().find(|fact| crate::text::slug(&fact.key) == wanted);
            return fact.map(|fact| Value::Word(moment::said_day(&fact.value, Language::Vi)));
        }
        let counts = year.survey.counts(None);
        let asked = |outcome: Option<Outcome>| {
            move |outcomes: &[usize; 4]| match outcome {
                Some(outcome) => outcomes[outcome as usize],
                None => outcomes.iter().sum(),
            }
        };
        let surveyed =
            |count: usize| if year.survey.returns.is_empty() { Value::Missing } else { Value::count(count) };
        Some(match key {
            "nam" => Value::Word(year.year.to_string()),
            "nam-truoc" => match &year.previous {
                Some(previous) => Value::Word(previous.year.to_string()),
                None => Value::Missing,
            },
            "tinh" => Value::word(&year.province),
            "tieu-de" => Value::word(&year.title),
            "ghi-chu-du-lieu" => Value::word(year.notice.clone().unwrap_or_default()),
            "so-khoi" => Value::count(year.clusters.len()),
            "so-linh-vuc" => Value::count(year.sets.iter().map(|set| set.areas().count()).max().unwrap_or(0)),
            "phieu-phat-ra" => surveyed(counts.issued()),
            "phieu-thu-ve" => surveyed(counts.collected()),
            "phieu-hop-le" => surveyed(counts.accepted),
            "phieu-khong-hop-le" => surveyed(counts.rejected),
            "phieu-khong-thu-ve" => surveyed(counts.not_returned),
            "phieu-vuot-chi-tieu" => surveyed(counts.over_quota),
            "ty-le-thu-ve" => self.percent(counts.collected(), counts.issued(), 1),
            "so-mau-phieu" => surveyed(year.survey.forms.len()),
            "so-lan-tham-dinh" => Value::word(NUMBERS[usize::from(year.rounds.count())]),
            "lan-tham-dinh-cuoi" => Value::count(usize::from(year.rounds.count())),
            "so-yeu-cau-giai-trinh" => Value::count(
                self.results
                    .units(Scope::Province)
                    .into_iter()
                    .map(|unit| self.asked(unit, asked(None)))
                    .sum(),
            ),
            "giai-trinh" => self.with_requests(asked(None)),
            "khong-giai-trinh" => self.with_requests(asked(Some(Outcome::Silent))),
            "ty-le-giai-trinh" => match self.with_requests(asked(None)) {
                Value::Units(units) => self.percent(units.found.len(), units.of, 0),
                other => other,
            },
            // Where only points as published are there, nobody knows what the council changed.
            "diem-hoi-dong-thay-doi" if self.results.year.told_stages().is_empty() => Value::Missing,
            "diem-hoi-dong-thay-doi" => Value::count(self.changed_by_council()),
            "cach-tinh-trung-binh-tinh" => {
                Value::word(words::province_mean(year.province_mean, Language::Vi))
            }
            "cach-lam-tron" => Value::word(words::rounding(self.results.print().1, Language::Vi)),
            "cach-xep-hang-bang-nhau" => Value::Word(
                year.sets
                    .first()
                    .map(|set| words::ties(&set.settings.ties, Language::Vi))
                    .unwrap_or_default(),
            ),
            _ => return None,
        })
    }

    fn percent(&self, part: usize, whole: usize, places: u8) -> Value {
        if whole == 0 {
            return Value::Missing;
        }
        let share = Exact::ratio(part as i128 * 100, whole as i128);
        Value::Number(Number {
            printed: self.results.print().1.apply(&share, places).trimmed(),
            figure: None,
        })
    }

    /// The ratio of two facts, named one behind the other.
    fn ratio(&self, keys: &str) -> Value {
        let number = |wanted: &str| {
            let facts = &self.results.year.facts;
            let fact = facts.iter().find(|fact| crate::text::slug(&fact.key) == wanted)?;
            fact.value.parse::<usize>().ok()
        };
        let ends = keys.match_indices('-').map(|(at, _)| at);
        let found = ends.filter_map(|at| number(&keys[..at]).zip(number(&keys[at + 1..]))).next();
        found.map_or(Value::Missing, |(part, whole)| self.percent(part, whole, 0))
    }

    /// Leaves that the council decided differently from the last round of appraisal.
    fn changed_by_council(&self) -> usize {
        let leaves = self.results.year.files.iter().flat_map(|file| &file.leaves);
        let points = |judgement: Option<&Judgement>| judgement.map(|one| one.points);
        let differs = |leaf: &LeafFile| {
            leaf.council.is_some() && points(leaf.council.as_ref()) != points(leaf.appraised())
        };
        leaves.filter(|leaf| differs(leaf)).count()
    }

    /// Units of the year of whose requests, by outcome, some are wanted.
    fn with_requests(&self, wanted: impl Fn(&[usize; 4]) -> usize) -> Value {
        self.units_that(|unit| self.asked(unit, &wanted) > 0)
    }

    /// Units of the year for which something holds.
    fn units_that(&self, holds: impl Fn(usize) -> bool) -> Value {
        let units = self.results.units(Scope::Province);
        let found = units.iter().filter(|unit| holds(**unit)).map(|unit| self.named(*unit)).collect();
        Value::Units(Units { found, of: units.len(), figure: None })
    }

    /// How many of a unit's requests are wanted.
    fn asked(&self, unit: usize, wanted: impl Fn(&[usize; 4]) -> usize) -> usize {
        self.results.requests(unit).values().map(wanted).sum()
    }

    /// A unit that is only named.
    pub fn named(&self, unit: usize) -> UnitValue {
        UnitValue { name: inside_sentence(&self.results.year.units[unit].name), value: None, change: false }
    }

    /// Means, extremes and counts over the units of a place.
    fn statistic(&self, at: &At, key: &str) -> Option<Value> {
        let (results, measure) = (self.results, at.measure());
        let scope = at.scope;
        let mean = |value: Option<Exact>, figure: Figure| match value {
            Some(value) => Value::Number(self.number(&value, Some(figure))),
            None => Value::Missing,
        };
        let percent = Quantity::Percent(measure.clone());
        let change = Quantity::Change(measure.clone());
        Some(match key {
            "ten" => Value::Word(self.name(at)?),
            "don-vi" => self.evaluated(at),
            "khong-danh-gia" => self.not_evaluated(at),
            "chua-cham" => self.waiting(at),
            "don-vi-moi" => self.new_units(at),
            "trung-binh" => mean(results.mean(scope, &measure), Figure::Mean(scope, measure)),
            "trung-binh-nam-truoc" => {
                mean(results.previous_mean(scope, &measure), Figure::PreviousMean(scope, measure))
            }
            "thay-doi" => match results.mean_change(scope, &measure) {
                Some(value) => Value::Change(self.number(&value, Some(Figure::MeanChange(scope, measure)))),
                None => Value::Missing,
            },
            "cao-nhat" => self.extreme(scope, &percent, true, 0),
            "cao-thu-hai" => self.extreme(scope, &percent, true, 1),
            "thap-nhat" => self.extreme(scope, &percent, false, 0),
            "thap-thu-hai" => self.extreme(scope, &percent, false, 1),
            "tang" => self.moved(scope, measure, Ordering::Greater),
            "giam" => self.moved(scope, measure, Ordering::Less),
            "khong-doi" => self.moved(scope, measure, Ordering::Equal),
            "tang-nhieu-nhat" => self.farthest(scope, &change, Ordering::Greater, 0),
            "tang-nhieu-thu-hai" => self.farthest(scope, &change, Ordering::Greater, 1),
            "giam-nhieu-nhat" => self.farthest(scope, &change, Ordering::Less, 0),
            "giam-nhieu-thu-hai" => self.farthest(scope, &change, Ordering::Less, 1),
            _ => return None,
        })
    }

    fn name(&self, at: &At) -> Option<String> {
        match (&at.area, at.unit) {
            (Some(code), _) if matches!(at.item, Item::Area) => {
                described(self.results, &Measure::Node(code.clone())).map(|(_, name)| name)
            }
            (_, Some(unit)) => Some(self.results.year.units[unit].name.clone()),
            _ => Some(inside_sentence(self.results.scope_name(at.scope, Language::Vi))),
        }
    }

    /// A unit with its value of a quantity.
    pub fn valued(&self, valued: &Valued, quantity: &Quantity) -> UnitValue {
        let (figure, change) = match quantity {
            Quantity::Percent(measure) => (percent_of(valued.unit, measure), false),
            Quantity::Change(measure) => {
                (Figure::Unit(valued.unit, UnitFigure::Change(measure.clone())), true)
            }
        };
        let value = Number { printed: valued.printed, figure: Some(figure) };
        UnitValue { value: Some(value), change, ..self.named(valued.unit) }
    }

    /// Units as they are counted and named.
    pub fn units(&self, found: &[Valued], of: usize, quantity: &Quantity, figure: Option<Figure>) -> Value {
        let found = found.iter().map(|one| self.valued(one, quantity)).collect();
        Value::Units(Units { found, of, figure })
    }

    fn evaluated(&self, at: &At) -> Value {
        let quantity = Quantity::Percent(at.measure());
        let found = self.results.ordered(at.scope, &quantity);
        let of = match at.scope {
            // A list is a part of its cluster.
            Scope::Block(block) => {
                self.results.units(Scope::Cluster(self.results.year.blocks[block].cluster)).len()
            }
            scope => self.results.units(scope).len(),
        };
        self.units(&found, of, &quantity, None)
    }

    fn not_evaluated(&self, at: &At) -> Value {
        let units = self.results.units(at.scope);
        let of = units.len();
        let measure = at.measure();
        let found = units.into_iter().filter(|unit| {
            self.results.share(*unit, &measure).is_none() && !self.results.waits(*unit, &measure)
        });
        Value::Units(Units { found: found.map(|unit| self.named(unit)).collect(), of, figure: None })
    }

    /// Units that still wait for a score in what is spoken of.
    fn waiting(&self, at: &At) -> Value {
        let units = self.results.units(at.scope);
        let of = units.len();
        let found = units.into_iter().filter(|unit| self.results.waits(*unit, &at.measure()));
        Value::Units(Units { found: found.map(|unit| self.named(unit)).collect(), of, figure: None })
    }

    /// Units whose value of this year has nothing to be compared with.
    fn new_units(&self, at: &At) -> Value {
        if self.results.year.previous.is_none() {
            return Value::Missing;
        }
        let measure = at.measure();
        let units = self.results.units(at.scope);
        let of = units.len();
        let new = |unit: &usize| {
            self.results.share(*unit, &measure).is_some() && self.results.previous(*unit, &measure).is_none()
        };
        let found = units.into_iter().filter(new).map(|unit| self.named(unit)).collect();
        Value::Units(Units { found, of, figure: None })
    }

    /// The units with the highest or lowest printed value, or the next one: those that print the same
    /// are named together, since readers cannot tell them apart.
    fn extreme(&self, scope: Scope, quantity: &Quantity, highest: bool, rank: usize) -> Value {
        let mut order = self.results.ordered(scope, quantity);
        if !highest {
            order.reverse();
        }
        // Among fewer the second from above would be the last or the second from below.
        let few = order.chunk_by(|a, b| a.printed == b.printed).count() < 4;
        let found = group(&order, rank);
        if found.is_empty() || (rank > 0 && few) {
            return Value::Missing;
        }
        self.units(&found, order.len(), quantity, None)
    }

    fn farthest(&self, scope: Scope, quantity: &Quantity, way: Ordering, rank: usize) -> Value {
        let zero = Decimal::new(0, 0);
        let mut order = self.results.ordered(scope, quantity);
        let of = order.len();
        order.retain(|one| one.printed.cmp(&zero) == way);
        if way == Ordering::Less {
            order.reverse();
        }
        let found = group(&order, rank);
        if found.is_empty() { Value::Missing } else { self.units(&found, of, quantity, None) }
    }

    /// Units whose printed change has a direction, the farthest first.
    fn moved(&self, scope: Scope, measure: Measure, way: Ordering) -> Value {
        let quantity = Quantity::Change(measure.clone());
        let of = self.results.values(scope, &quantity).len();
        if of == 0 {
            return Value::Missing;
        }
        let mut found = self.results.compared(scope, &quantity, Decimal::new(0, 0), &[way]);
        let count = match way {
            Ordering::Greater => Some(Count::up(measure)),
            Ordering::Less => {
                found.reverse();
                Some(Count::down(measure))
            }
            Ordering::Equal => None,
        };
        self.units(&found, of, &quantity, count.map(|count| Figure::Count(scope, count)))
    }

    fn of_item(&self, at: &At, key: &str) -> Option<Value> {
        let year = &self.results.year;
        match &at.item {
            Item::Set(set) => self.of_set(at, *set, key),
            Item::Class(class) => self.of_class(at, class, key),
            Item::Criterion(measure) => area_values::of_criterion(self, at, measure, key),
            Item::Scale(scale) => Some(match key {
                "thang-diem" => self.scale(scale.max),
                "don-vi" => Value::Units(Units {
                    found: scale.units.iter().map(|unit| self.named(*unit)).collect(),
                    of: self.results.units(at.scope).len(),
                    figure: None,
                }),
                "noi-dung" => Value::Word(
                    scale.exempt.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", "),
                ),
                _ => return None,
            }),
            Item::Reason(reason) => Some(match key {
                "ten" => Value::Word(small(&year.reasons[*reason].name)),
                "so-luot" => Value::count(super::lists::requests(self.results, at, *reason)),
                "don-vi" => {
                    let code = &year.reasons[*reason].code;
                    self.units_that(|unit| self.results.requests(unit).contains_key(code))
                }
                _ => return None,
            }),
            Item::Form(form) => self.of_form(*form, key),
            Item::Finding(finding) => Some(match key {
                "cau" => Value::word(&self.wording.findings[*finding].text),
                "don-vi" => self.found(&self.wording.findings[*finding].tests),
                _ => return None,
            }),
            _ => None,
        }
    }

    fn of_class(&self, at: &At, class: &str, key: &str) -> Option<Value> {
        let units = self.results.units(at.scope);
        Some(match key {
            "ten" => Value::word(class),
            "don-vi" => {
                let of = units.len();
                let found = units.into_iter().filter(|unit| self.results.class_name(*unit) == Some(class));
                let found = found.map(|unit| self.named(unit)).collect();
                let figure = Some(Figure::Count(at.scope, Count::InClass(class.to_owned())));
                Value::Units(Units { found, of, figure })
            }
            "so-nam-truoc" => match &self.results.year.previous {
                None => Value::Missing,
                Some(previous) => {
                    let codes = units.iter().flat_map(|unit| &self.results.year.units[*unit].predecessors);
                    let mut codes: Vec<&String> = codes.collect();
                    codes.sort_unstable();
                    codes.dedup();
                    let known = codes.into_iter().filter_map(|code| previous.units.get(code));
                    Value::count(known.filter(|unit| unit.class.as_deref() == Some(class)).count())
                }
            },
            _ => return None,
        })
    }

    fn of_form(&self, form: usize, key: &str) -> Option<Value> {
        let form = &self.results.year.survey.forms[form];
        let counts = self.results.year.survey.counts(Some(&form.code));
        Some(match key {
            "ten" => Value::word(&form.name),
            "nguoi-tra-loi" => Value::word(&form.respondents),
            "doi-tuong-danh-gia" => Value::word(&form.rates),
            "so-cau-hoi" => Value::count(form.questions.len()),
            "phieu-phat-ra" => Value::count(counts.issued()),
            "phieu-thu-ve" => Value::count(counts.collected()),
            "phieu-hop-le" => Value::count(counts.accepted),
            "phieu-khong-hop-le" => Value::count(counts.rejected),
            "phieu-khong-thu-ve" => Value::count(counts.not_returned),
            _ => return None,
        })
    }

    fn of_set(&self, at: &At, set: usize, key: &str) -> Option<Value> {
        let framework = &self.results.year.sets[set];
        let top = match &at.area {
            Some(code) => Some(framework.find_compared(code)?),
            None => None,
        };
        let leaves = || {
            let below = top.map_or(0..framework.leaf_count(), |node| framework.leaves_below(node));
            framework
                .leaves()
                .filter(move |(leaf, node)| below.contains(&leaf.index()) && !framework.is_adjustment(*node))
        };
        let sum = |wanted: &dyn Fn(Source) -> bool| -> Points {
            let of_kind = leaves().filter(|(leaf, _)| wanted(framework.scoring(*leaf).source));
            of_kind.map(|(_, node)| framework.node(node).max).sum()
        };
        let level = Level::of(&self.results.year);
        let judged = |source: Source| matches!(source, Source::Own | Source::Appraisal);
        let shared = || self.results.year.exemptions.iter().filter(|exemption| exemption.unit.is_none());
        let exempt: Vec<_> = shared()
            .filter_map(|exemption| framework.find(&exemption.code))
            .filter(|node| top.is_none_or(|top| framework.area_of(*node) == top))
            .collect();
        let dropped: Points = exempt.iter().map(|node| framework.node(*node).max).sum();
        let count = |depth: usize, new: bool| {
            let nodes = framework.nodes().filter(|(id, node)| {
                node.depth == depth
                    && top.is_none_or(|top| framework.area_of(*id) == top)
                    && (!new || node.since.is_some_and(|since| since >= framework.year))
            });
            Value::count(nodes.count())
        };
        Some(match key {
            "ten" => Value::Word(small(&framework.name)),
            "thang-diem-day-du" => self.scale(sum(&|_| true)),
            "diem-toi-da-tham-dinh" | "diem-toi-da-dieu-tra" if level != Level::Leaves => Value::Missing,
            "so-tieu-chi" | "so-tieu-chi-moi" if level < Level::Criteria => Value::Missing,
            "so-tieu-chi-thanh-phan" if level < Level::Leaves => Value::Missing,
            "diem-toi-da-tham-dinh" => self.scale(sum(&judged)),
            "diem-toi-da-dieu-tra" => self.scale(sum(&|source| !judged(source))),
            "thang-diem-nam-nay" => self.scale(sum(&|_| true) - dropped),
            "bo-chung" => Value::Word(
                exempt
                    .iter()
                    .map(|node| format!("“{}”", framework.node(*node).name))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
            "diem-bo-chung" => self.scale(dropped),
            "so-tieu-chi" => count(2, false),
            "so-tieu-chi-thanh-phan" => count(3, false),
            "so-tieu-chi-moi" => count(2, true),
            _ => return None,
        })
    }
}

/// The `rank`-th group of values that print the same.
fn group(order: &[Valued], rank: usize) -> Vec<Valued> {
    let groups = order.chunk_by(|a, b| a.printed == b.printed);
    groups.into_iter().nth(rank).map(<[Valued]>::to_vec).unwrap_or_default()
}
