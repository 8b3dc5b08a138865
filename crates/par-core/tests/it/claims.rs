//! Every figure the 2020 report states, replayed: `data/claims-2020.csv` against the program.
//!
//! The reconstruction's README explains the columns. A claim marked `reproduced` must come out of
//! the program; a `contradiction` must not, and each is listed with what the program finds instead.

use crate::common;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use par_core::framework::{Framework, Source};
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::points::read::{Notation, decimal};
use par_core::points::rounding::Rounding;
use par_core::points::share::Share;
use par_core::score::component::{Quantity, Valued};
use par_core::score::results::{Measure, Results, Scope};
use par_core::year::Outcome;

#[derive(Debug)]
struct Claim {
    id: String,
    kind: String,
    scope: String,
    item: String,
    operand: String,
    published: String,
    places: u8,
    status: String,
}

fn claims() -> Vec<Claim> {
    let path = common::root().join("crates/par-core/tests/data/claims-2020.csv");
    let mut reader = csv::Reader::from_path(path).expect("the claims are there");
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    rows.map(|row| {
        let row = row.expect("claims are well-formed");
        let text = |key: &str| row[key].clone();
        Claim {
            id: text("id"),
            kind: text("kind"),
            scope: text("scope"),
            item: text("item"),
            operand: text("operand"),
            published: text("published"),
            places: row["decimals"].parse().unwrap_or(0),
            status: text("status"),
        }
    })
    .collect()
}

#[test]
fn every_claim_of_the_2020_report_is_reproduced_or_listed_as_contradiction() {
    let results = common::demo();
    let replay = Replay { results: &results };
    let (mut reproduced, mut failed, mut contradictions) = (0, Vec::new(), Vec::new());
    for claim in claims() {
        if claim.status == "not modelled" {
            continue;
        }
        let got = replay.evaluate(&claim);
        let same = got.as_deref() == Some(sorted_if_list(&claim).as_str());
        match (claim.status.as_str(), same) {
            ("reproduced", true) => reproduced += 1,
            ("contradiction", false) => contradictions.push((claim.id.clone(), got.unwrap_or_default())),
            _ => failed.push(format!(
                "{} {} {} {}: published {}, computed {got:?}",
                claim.id, claim.kind, claim.scope, claim.item, claim.published
            )),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert_eq!(reproduced, 404);
    let expect = [("K139", "86.54"), ("K168", "72.20"), ("K217", "67.82"), ("K409", ""), ("K412", "")];
    let expect: Vec<_> = expect.map(|(id, got)| (id.to_owned(), got.to_owned())).to_vec();
    assert_eq!(contradictions, expect, "contradictions of the report and what follows from its figures");
}

fn sorted_if_list(claim: &Claim) -> String {
    let lists =
        ["list_above", "list_below", "list_up", "list_down", "excluded", "event_list", "not_evaluated"];
    if !lists.contains(&claim.kind.as_str()) {
        return claim.published.clone();
    }
    let mut names: Vec<&str> = claim.published.split(';').collect();
    names.sort_unstable();
    names.join(";")
}

struct Replay<'r> {
    results: &'r Results,
}

impl Replay<'_> {
    fn evaluate(&self, claim: &Claim) -> Option<String> {
        let places = claim.places;
        let scope = self.scope(&claim.scope);
        let extreme = |rank: usize, best: bool| {
            let mut order = self.results.ordered(scope?, &quantity(&claim.item)?);
            if !best {
                order.reverse();
            }
            let found = order.get(rank)?;
            Some(format!("{} {}", self.code(found.unit), print(&found.value, places)))
        };
        match claim.kind.as_str() {
            "value" => self.value(self.unit(&claim.scope)?, &claim.item, places),
            "count_above" => self.count(claim, &[Ordering::Greater]),
            "count_at_least" => self.count(claim, &[Ordering::Greater, Ordering::Equal]),
            "count_below" => self.count(claim, &[Ordering::Less]),
            "list_above" => self.list(claim, &[Ordering::Greater]),
            "list_below" => self.list(claim, &[Ordering::Less]),
            "max" => extreme(0, true),
            "second_max" => extreme(1, true),
            "min" => extreme(0, false),
            "second_min" => extreme(1, false),
            "rest_low" | "rest_high" => self.rest(claim),
            "mean" => Some(print(&self.mean(&claim.scope, &claim.item)?, places)),
            "change" => Some(print(&self.change_of_mean(&claim.scope, &claim.item)?, places)),
            "direction" => {
                let down = self.change_of_mean(&claim.scope, &claim.item)?.signum() < 0;
                Some(if down { "down" } else { "up" }.to_owned())
            }
            "count_up" | "count_down" => {
                let all = self.results.values(scope?, &quantity(&claim.item)?).len();
                Some(format!("{}/{all}", self.moved(claim)?.len()))
            }
            "list_up" | "list_down" => Some(self.names(self.moved(claim)?)),
            "count_class" => Some(self.class_count(claim, claim.item == "class2019").to_string()),
            "change_class" => {
                let (now, before) = (self.class_count(claim, false), self.class_count(claim, true));
                Some((now - before).to_string())
            }
            "order" => Some(self.order(scope?)),
            "count_units" => self.count_units(claim),
            "survey" => self.survey(&claim.item),
            "structure" => self.structure(&claim.item),
            "excluded" => self.excluded(claim),
            "not_evaluated" => {
                let measure = measure(&claim.item)?;
                let units = self.results.units(Scope::Province);
                Some(self.names(
                    units.into_iter().filter(|unit| self.results.share(*unit, &measure).is_none()).collect(),
                ))
            }
            "event_list" => Some(self.names(self.event_units(claim))),
            "event_count" => {
                Some(format!("{}/{}", self.event_units(claim).len(), self.results.units(scope?).len()))
            }
            "event_exists" => {
                let exists =
                    self.results.units(Scope::Province).iter().any(|unit| self.event(*unit, &claim.item));
                Some(if exists { "yes" } else { "no" }.to_owned())
            }
            "higher_block" => {
                let higher = self.mean("departments", &claim.item)? > self.mean("districts", &claim.item)?;
                Some(if higher { "departments" } else { "districts" }.to_owned())
            }
            "rank_item" => self.rank_item(claim),
            "only_up" => self.only_up(claim),
            "loss_set" => self.loss_set(claim),
            "share_units" => self.share_of_units_with_requests(places),
            "rate" => {
                let (a, b) = claim.item.split_once('/')?;
                let number = |key: &str| self.results.year.fact(key)?.value.parse::<i128>().ok();
                Some(print(&Exact::ratio(number(a)? * 100, number(b)?), places))
            }
            "fact" => self.results.year.fact(&claim.item).map(|fact| fact.value.clone()),
            "from_printed" => {
                let total = decimal(&claim.operand, Notation::Data).ok()?.points()?;
                let scale = self.results.standing.units[self.unit(&claim.scope)?].scale;
                Some(Share::new(total, scale)?.rounded(places, Rounding::HalfUp).to_string())
            }
            other => panic!("{}: no replay for claims of kind {other}", claim.id),
        }
    }

    fn value(&self, unit: usize, item: &str, places: u8) -> Option<String> {
        let standing = &self.results.standing.units[unit];
        let value = match item {
            "position" => return standing.place.map(|place| place.to_string()),
            "class" => return self.results.class_name(unit).map(str::to_owned),
            "appraisal" => standing.appraisal.exact(),
            "survey" => standing.survey.exact(),
            "total" => standing.total.exact(),
            "scale" => standing.scale.exact(),
            "index" => standing.index?.percent(),
            "d_index" => self.results.change(unit, &Measure::Index)?,
            item => match item.strip_prefix("scale_A") {
                Some(area) => self.results.share(unit, &Measure::Node(area.to_owned()))?.of().exact(),
                None => self.results.share(unit, &measure(item)?)?.percent(),
            },
        };
        Some(print(&value, places))
    }

    /// Units of the claim's scope that have the claim's item, with the value compared to a mark.
    fn compared(&self, claim: &Claim, ways: &[Ordering]) -> Option<(Vec<usize>, usize)> {
        let scope = self.scope(&claim.scope)?;
        let mark = decimal(&claim.operand, Notation::Data).ok()?;
        if claim.item == "scale" {
            let units = self.results.units(scope);
            let all = units.len();
            let scale = |unit: &usize| self.results.standing.units[*unit].scale.decimal();
            return Some((
                units.into_iter().filter(|unit| ways.contains(&scale(unit).cmp(&mark))).collect(),
                all,
            ));
        }
        let quantity = quantity(&claim.item)?;
        let found = self.results.compared(scope, &quantity, mark, ways);
        Some((found.iter().map(|one| one.unit).collect(), self.results.values(scope, &quantity).len()))
    }

    fn count(&self, claim: &Claim, ways: &[Ordering]) -> Option<String> {
        let (units, all) = self.compared(claim, ways)?;
        Some(format!("{}/{all}", units.len()))
    }

    fn list(&self, claim: &Claim, ways: &[Ordering]) -> Option<String> {
        Some(self.names(self.compared(claim, ways)?.0))
    }

    fn rest(&self, claim: &Claim) -> Option<String> {
        let (low, high) = claim.operand.split_once('|')?;
        let mark = |text: &str| decimal(text, Notation::Data).ok();
        let mut rest = self.results.ordered(self.scope(&claim.scope)?, &quantity(&claim.item)?);
        rest.retain(|one| mark(low).is_none_or(|low| one.printed >= low));
        rest.retain(|one| mark(high).is_none_or(|high| one.printed <= high));
        let found: &Valued = if claim.kind == "rest_low" { rest.last()? } else { rest.first()? };
        Some(found.printed.to_string())
    }

    fn moved(&self, claim: &Claim) -> Option<Vec<usize>> {
        let way = if claim.kind.ends_with("up") { Ordering::Greater } else { Ordering::Less };
        let found = self.results.compared(
            self.scope(&claim.scope)?,
            &quantity(&claim.item)?,
            Decimal::new(0, 0),
            &[way],
        );
        Some(found.iter().map(|one| one.unit).collect())
    }

    fn mean(&self, scope: &str, item: &str) -> Option<Exact> {
        match item.strip_suffix("@2019") {
            Some(item) => self.results.previous_mean(self.scope(scope)?, &self.measure(scope, item)?),
            // A plain list of units is the mean over just these.
            None if self.scope(scope).is_none() => {
                let units: Option<Vec<usize>> = scope.split(';').map(|code| self.unit(code)).collect();
                let measure = measure(item)?;
                Exact::mean_percent(units?.into_iter().filter_map(|unit| self.results.share(unit, &measure)))
            }
            None => self.results.mean(self.scope(scope)?, &self.measure(scope, item)?),
        }
    }

    fn change_of_mean(&self, scope: &str, item: &str) -> Option<Exact> {
        self.results.mean_change(self.scope(scope)?, &self.measure(scope, item)?)
    }

    /// In a single cluster a criterion's code is that of the cluster's own set: the districts' 5.5 is
    /// compared with nothing else.
    fn measure(&self, scope: &str, item: &str) -> Option<Measure> {
        match (item.strip_prefix("C:"), scope) {
            (Some(code), "departments" | "districts") => {
                let set = self.results.year.sets.iter().position(|set| set.id == scope)?;
                Some(Measure::In(set, code.to_owned()))
            }
            _ => measure(item),
        }
    }

    fn class_count(&self, claim: &Claim, before: bool) -> i64 {
        let wanted = if claim.operand.is_empty() { &claim.item } else { &claim.operand };
        let class = |unit: &usize| {
            if before {
                let code = &self.results.year.units[*unit].code;
                self.results.year.previous.as_ref()?.units.get(code)?.class.clone()
            } else {
                self.results.class_name(*unit).map(str::to_owned)
            }
        };
        let units = self.results.units(self.scope(&claim.scope).expect("classes are counted over a scope"));
        i64::try_from(units.iter().filter(|unit| class(unit).as_ref() == Some(wanted)).count())
            .expect("few units")
    }

    fn order(&self, scope: Scope) -> String {
        let units = self.results.units(scope);
        units.iter().map(|unit| self.code(*unit)).collect::<Vec<_>>().join(";")
    }

    fn count_units(&self, claim: &Claim) -> Option<String> {
        let scope = self.scope(&claim.scope)?;
        let count = match measure(&claim.item) {
            Some(measure) => self
                .results
                .units(scope)
                .iter()
                .filter(|unit| self.results.share(**unit, &measure).is_some())
                .count(),
            None => self.results.units(scope).len(),
        };
        Some(count.to_string())
    }

    fn survey(&self, item: &str) -> Option<String> {
        let survey = &self.results.year.survey;
        let counts = survey.counts(None);
        let count = match item {
            "issued" => counts.issued(),
            "issued_plan" => survey.plan.iter().map(|stratum| stratum.issued as usize).sum(),
            "collected" => counts.collected(),
            "accepted" => counts.accepted,
            "rejected" => counts.rejected,
            "not_returned" => counts.not_returned,
            "over_quota" => survey.counts(None).over_quota,
            "form_types" => survey.forms.len(),
            "return_rate" => {
                return Some(print(
                    &Exact::ratio(counts.collected() as i128 * 100, counts.issued() as i128),
                    1,
                ));
            }
            _ => return None,
        };
        Some(count.to_string())
    }

    fn structure(&self, item: &str) -> Option<String> {
        let mut parts = item.split(':');
        let set = self.set(parts.next()?)?;
        let (what, at) = (parts.next()?, parts.next()?);
        let below = |depth: usize| {
            let prefix = format!("{at}.");
            set.nodes().filter(move |(_, node)| node.depth == depth && node.code.starts_with(&prefix))
        };
        Some(match what {
            "criteria" => below(2).count().to_string(),
            "components" => below(3).count().to_string(),
            "new" => below(2).filter(|(_, node)| node.since == Some(2020)).count().to_string(),
            "areas" => set.areas().count().to_string(),
            "max" => set.node(set.find(at)?).max.to_string(),
            "points" => {
                let sources: Vec<Source> =
                    at.split('+').map(|name| Source::named(name).expect("a source")).collect();
                let leaves = set.leaves().filter(|(leaf, _)| sources.contains(&set.scoring(*leaf).source));
                leaves.map(|(_, node)| set.node(node).max).sum::<par_core::points::Points>().to_string()
            }
            "common" => {
                let other = self.set(if item.starts_with('D') { "H" } else { "D" })?;
                let shared = |code: &Option<String>| {
                    code.as_deref().is_some_and(|code| other.find_compared(code).is_some())
                };
                below(2).filter(|(_, node)| shared(&node.compare_as)).count().to_string()
            }
            _ => return None,
        })
    }

    fn excluded(&self, claim: &Claim) -> Option<String> {
        let units = self.results.units(self.scope(&claim.scope)?);
        let exempt = |unit: &usize| {
            let node = self.results.year.set_of(*unit).find(&claim.item);
            node.is_some_and(|node| self.results.year.exemption_at(*unit, node).is_some())
        };
        Some(self.names(units.into_iter().filter(exempt).collect()))
    }

    fn event_units(&self, claim: &Claim) -> Vec<usize> {
        let units = self.results.units(self.scope(&claim.scope).expect("events are listed over a scope"));
        units.into_iter().filter(|unit| self.event(*unit, &claim.item)).collect()
    }

    fn event(&self, unit: usize, event: &str) -> bool {
        let year = &self.results.year;
        let set = year.set_of(unit);
        let district = set.id == "districts";
        let lost = |code: &str| {
            let share =
                set.find(code).and_then(|node| self.results.standing.units[unit].node(set, node).share());
            share.is_some_and(|share| share.earned() < share.of())
        };
        let happened = |code: &str, input: &str| {
            let leaf = set.find(code).and_then(|node| set.leaf(node)).expect("a leaf");
            let binding = year.leaf_file(unit, leaf).binding();
            binding.is_some_and(|(_, judgement)| judgement.inputs.count(input).is_ok_and(|count| count > 0))
        };
        let earned = |code: &str| {
            set.find(code).is_some_and(|node| {
                self.results.standing.units[unit].node(set, node).earned > par_core::points::Points::ZERO
            })
        };
        match event {
            "late" => lost("3.4.1"),
            "no_apology" if district => happened("3.4.2", "xl"),
            "no_apology" => lost("3.4.2"),
            "not_updated" => lost("3.3.2"),
            "extra_papers" => district && happened("3.4.2", "tp"),
            "commune_staff_100" => district && earned("5.5"),
            "commune_staff_below" => district && !earned("5.5"),
            "discipline_cases" => lost("5.3.2"),
            "unanswered_requests" => year.files[unit]
                .leaves
                .iter()
                .any(|leaf| leaf.requests().any(|request| request.outcome == Outcome::Silent)),
            other => panic!("no event {other}"),
        }
    }

    fn rank_item(&self, claim: &Claim) -> Option<String> {
        let (item, year) = match claim.item.strip_suffix("@2019") {
            Some(item) => (item, "@2019"),
            None => (claim.item.as_str(), ""),
        };
        let mut order: Vec<(Exact, &str)> = Vec::new();
        for other in claim.operand.split(';') {
            order.push((self.mean(&claim.scope, &format!("{other}{year}"))?, other));
        }
        order.sort_by(|a, b| b.0.cmp(&a.0));
        order.iter().position(|(_, other)| *other == item).map(|place| (place + 1).to_string())
    }

    fn only_up(&self, claim: &Claim) -> Option<String> {
        let mut up = Vec::new();
        for item in claim.operand.split(';') {
            let change = self.change_of_mean(&claim.scope, item)?;
            if Rounding::HalfUp.apply(&change, 2).units() > 0 {
                up.push(item);
            }
        }
        Some(up.join(";"))
    }

    fn loss_set(&self, claim: &Claim) -> Option<String> {
        let (worse, better) = claim.item.split_once('|')?;
        let mean = |code: &str| self.mean(&claim.scope, &format!("C:{code}"));
        let worst_kept = worse.split(';').map(mean).collect::<Option<Vec<_>>>()?.into_iter().max()?;
        let best_lost = better.split(';').map(mean).collect::<Option<Vec<_>>>()?.into_iter().min()?;
        Some(if worst_kept < best_lost { "yes" } else { "no" }.to_owned())
    }

    fn share_of_units_with_requests(&self, places: u8) -> Option<String> {
        let files = &self.results.year.files;
        let asked =
            files.iter().filter(|file| file.leaves.iter().any(|leaf| leaf.last_request().is_some())).count();
        Some(print(&Exact::ratio(asked as i128 * 100, files.len() as i128), places))
    }

    fn unit(&self, code: &str) -> Option<usize> {
        self.results.year.find_unit(code)
    }

    fn code(&self, unit: usize) -> &str {
        &self.results.year.units[unit].code
    }

    fn names(&self, units: Vec<usize>) -> String {
        let mut codes: Vec<&str> = units.into_iter().map(|unit| self.code(unit)).collect();
        codes.sort_unstable();
        codes.join(";")
    }

    fn set(&self, letter: &str) -> Option<&Framework> {
        let id = if letter == "D" { "departments" } else { "districts" };
        self.results.year.sets.iter().find(|set| set.id == id).map(AsRef::as_ref)
    }

    fn scope(&self, name: &str) -> Option<Scope> {
        let block =
            |id: &str| self.results.year.blocks.iter().position(|block| block.id == id).map(Scope::Block);
        let cluster = |id: &str| {
            self.results.year.clusters.iter().position(|cluster| cluster.id == id).map(Scope::Cluster)
        };
        match name {
            "all" => Some(Scope::Province),
            "full" => block("departments"),
            "special" => block("special"),
            name => cluster(name),
        }
    }
}

fn measure(item: &str) -> Option<Measure> {
    match item {
        "index" => Some(Measure::Index),
        // `C:5.5|5.6` names the departments' code and the districts' code of one criterion; the sets
        // themselves say that the two are compared.
        item => match item.strip_prefix("C:") {
            Some(codes) => Some(Measure::Node(codes.split('|').next()?.to_owned())),
            None => {
                let area = item.strip_prefix('A')?;
                area.parse::<u8>().ok().map(|_| Measure::Node(area.to_owned()))
            }
        },
    }
}

fn quantity(item: &str) -> Option<Quantity> {
    match item.strip_prefix('d') {
        Some("_index") => Some(Quantity::Change(Measure::Index)),
        Some(rest) => measure(rest).map(Quantity::Change),
        None => measure(item).map(Quantity::Percent),
    }
}

fn print(value: &Exact, places: u8) -> String {
    Rounding::HalfUp.apply(value, places).to_string()
}
