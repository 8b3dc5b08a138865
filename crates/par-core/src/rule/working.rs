//! How an award came about: the numbers and names it was made of, put into words when somebody reads it.
//!
//! Must not know: how points are computed. Nothing here is text of ours until [`Working::say`].

use super::checklist::Item;
use super::ratio::share;
use super::survey::Tally;
use crate::language::Language;
use crate::points::Points;
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;

/// How an award came about. Names are borrowed from the criteria set, in whose language they stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Working<'r> {
    /// Whether it was done.
    Done(bool),
    /// The situation chosen, counted from 1, and its description.
    Chosen(i128, &'r str),
    /// The items fulfilled, which add up.
    Items(Vec<&'r Item>),
    /// A count, and the bound that decided about it.
    Count(i128, Bound),
    /// A ratio, and the bound that decided about it.
    Step(Ratio, Bound),
    /// Nothing had to be done; whether that earns the maximum.
    Empty(bool),
    /// A ratio below the floor.
    BelowFloor(Ratio, Decimal),
    /// A ratio that reaches the target.
    AtTarget(Ratio, Decimal),
    /// The maximum times a ratio; divided by the target where it is not 1.
    Part(Points, Ratio, Option<Decimal>),
    /// The maximum times what was on time and, in part, late.
    TwoTier(Points, OnTime),
    /// A start reduced by events.
    Deducted {
        /// Points without any event.
        start: Points,
        /// The kinds of events that happened.
        events: Events<'r>,
        /// The floor, where it was reached.
        floor: Option<Points>,
    },
    /// Events that add up.
    Adjusted {
        /// The kinds of events that happened.
        events: Events<'r>,
        /// The cap, where it was reached.
        cap: Option<Points>,
    },
    /// The maximum times an index of others, divided by the index that earns the maximum.
    Scaled(Points, Decimal, Decimal),
    /// Points a person gave.
    Judged(Points),
    /// Points as published, out of this maximum.
    Given(Points),
    /// The maximum times the weighted mean of the answers that express an opinion.
    Answers {
        /// The maximum.
        max: Points,
        /// The weight in percent of each option that expresses an opinion.
        weights: &'r [(char, Decimal)],
        /// Answers counted by option.
        tally: &'r Tally,
    },
}

/// Kinds of events with how often they happened.
pub type Events<'r> = Vec<(i128, &'r Item)>;

/// b out of a, a above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// The whole.
    pub a: Decimal,
    /// The part.
    pub b: Decimal,
}

/// What decided about a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The lower bound of the step itself.
    Reached(Decimal),
    /// The bound of the step above, where no bound below is left to reach.
    Missed(Decimal),
}

/// Tasks done on time and late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnTime {
    /// All tasks, above 0.
    pub a: Decimal,
    /// Done on time.
    pub b: Decimal,
    /// Done late.
    pub c: Decimal,
    /// What a late task counts.
    pub late_factor: Decimal,
}

impl Working<'_> {
    /// In words, such as `2 × 2640/2644 (99,85%)`.
    pub fn say(&self, language: Language) -> String {
        let number = |number: &Decimal| language.number(number.trimmed());
        let points = |points: &Points| language.points(*points);
        match self {
            Working::Done(true) => language.of("có", "yes").to_owned(),
            Working::Done(false) => language.of("không", "no").to_owned(),
            Working::Chosen(choice, label) => format!("{} {choice}: {label}", language.of("mức", "option")),
            Working::Items(items) => {
                let terms = items.iter().map(|item| format!("{} ({})", points(&item.points), item.label));
                sum(terms.collect(), language.of("không nội dung nào đạt", "no item fulfilled"))
            }
            Working::Count(count, bound) => format!("{count} {}", bound.say(number)),
            Working::Step(ratio, bound) => {
                let shown = bound.say(|min| exact_percent(*min, language));
                format!("{} {shown}", ratio.say_beside(bound.min(), language))
            }
            Working::Empty(true) => {
                language.of("a = 0: không phát sinh, đạt tối đa", "a = 0: no cases, full points").to_owned()
            }
            Working::Empty(false) => "a = 0".to_owned(),
            Working::BelowFloor(ratio, floor) => {
                ratio.held(" <", *floor, language.of("không tính điểm", "no points"), language)
            }
            Working::AtTarget(ratio, target) => {
                ratio.held(" ≥", *target, language.of("đạt tối đa", "full points"), language)
            }
            Working::Part(max, ratio, target) => {
                let over = target.map(|target| format!(" ÷ {}", exact_percent(target, language)));
                format!("{} × {}{}", points(max), ratio.say(language), over.unwrap_or_default())
            }
            Working::TwoTier(max, OnTime { a, b, c, late_factor }) => format!(
                "{} × ({} + {} × {})/{}",
                points(max),
                number(b),
                number(late_factor),
                number(c),
                number(a)
            ),
            Working::Deducted { start, events, floor } => deducted(*start, events, *floor, language),
            Working::Adjusted { events, cap } => adjusted(events, *cap, language),
            Working::Scaled(max, index, of) => {
                format!("{} × {}/{}", points(max), number(index), number(of))
            }
            Working::Given(max) => format!(
                "{} {}",
                language.of("điểm được công bố, trên tối đa", "points as published, out of"),
                points(max)
            ),
            Working::Judged(given) => format!("{} {}", language.of("chấm", "given"), points(given)),
            Working::Answers { max, weights, tally } => answers(*max, weights, tally, language),
        }
    }
}

fn deducted(start: Points, events: &Events<'_>, floor: Option<Points>, language: Language) -> String {
    let mut text = language.points(start);
    if events.is_empty() {
        text.push_str(language.of(", không bị trừ", ", nothing deducted"));
    }
    for term in terms(events, language) {
        text.push_str(" − ");
        text.push_str(&term);
    }
    if let Some(floor) = floor {
        text.push_str(language.of(", không thấp hơn ", ", not below "));
        text.push_str(&language.points(floor));
    }
    text
}

fn adjusted(events: &Events<'_>, cap: Option<Points>, language: Language) -> String {
    let mut text = sum(terms(events, language).collect(), language.of("không phát sinh", "no cases"));
    if let Some(cap) = cap {
        text.push_str(language.of(", giới hạn ", ", capped at "));
        text.push_str(&language.points(cap));
    }
    text
}

impl Ratio {
    /// `2640/2644 (99,85%)`
    fn say(self, language: Language) -> String {
        let (a, b) = (self.a.trimmed(), self.b.trimmed());
        let share = share(a, b).expect("the whole is above 0");
        format!("{}/{} ({})", language.number(b), language.number(a), percent(&share, language))
    }

    /// The ratio, the bound it was held against, and what follows.
    fn held(self, sign: &str, bound: Decimal, verdict: &str, language: Language) -> String {
        let bound_in_words = exact_percent(bound, language);
        format!("{}{sign} {bound_in_words}: {verdict}", self.say_beside(bound, language))
    }

    /// The same beside a bound it was held against, with the decimals that tell on which side it lies:
    /// `2/3 (66,666…%)` beside 66,667%.
    fn say_beside(self, bound: Decimal, language: Language) -> String {
        let (a, b) = (self.a.trimmed(), self.b.trimmed());
        let share = share(a, b).expect("the whole is above 0");
        let percent = &share * &Exact::whole(100);
        let held = &bound.exact() * &Exact::whole(100);
        let rounded = Rounding::HalfUp.apply(&percent, 2).exact();
        if rounded.cmp(&held) == percent.cmp(&held) {
            return self.say(language);
        }
        // Cut off at the bound's own decimals a ratio stays on its side.
        let places = bound.trimmed().places().saturating_sub(2).max(2);
        let cut = Rounding::Down.apply(&percent, places);
        format!("{}/{} ({}…%)", language.number(b), language.number(a), language.number(cut))
    }
}

impl Bound {
    fn min(self) -> Decimal {
        let (Bound::Reached(min) | Bound::Missed(min)) = self;
        min
    }

    /// `≥ 95%` or `< 80%`
    fn say(self, print: impl Fn(&Decimal) -> String) -> String {
        match self {
            Bound::Reached(min) => format!("≥ {}", print(&min)),
            Bound::Missed(min) => format!("< {}", print(&min)),
        }
    }
}

/// A ratio as a percent with at most two decimals: `95%`, `99,85%`.
fn percent(ratio: &Exact, language: Language) -> String {
    let shown = Rounding::HalfUp.apply(&(ratio * &Exact::whole(100)), 2);
    format!("{}%", language.number(shown.trimmed()))
}

/// A bound as a percent, with all its decimals.
fn exact_percent(ratio: Decimal, language: Language) -> String {
    let ratio = ratio.trimmed();
    let percent = Decimal::new(ratio.units() * 100, ratio.places()).trimmed();
    format!("{}%", language.number(percent))
}

/// One term a kind of event, `2 × 0,25 (…)`.
fn terms(events: &[(i128, &Item)], language: Language) -> impl Iterator<Item = String> {
    events
        .iter()
        .map(move |(count, event)| format!("{count} × {} ({})", language.points(event.points), event.label))
}

fn sum(terms: Vec<String>, nothing: &str) -> String {
    if terms.is_empty() { nothing.to_owned() } else { terms.join(" + ") }
}

/// `2 × (30A × 100% + 12B × 50%) / 42`
fn answers(max: Points, weights: &[(char, Decimal)], tally: &Tally, language: Language) -> String {
    let counted = |letter: &char| tally.get(letter).copied().unwrap_or(0);
    let terms: Vec<String> = weights
        .iter()
        .map(|(letter, weight)| {
            format!("{}{letter} × {}%", counted(letter), language.number(weight.trimmed()))
        })
        .collect();
    let valid: u64 = weights.iter().map(|(letter, _)| u64::from(counted(letter))).sum();
    format!("{} × ({}) / {valid}", language.points(max), terms.join(" + "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(units: i128, places: u8) -> Decimal {
        Decimal::new(units, places)
    }

    #[test]
    fn every_working_is_said_in_both_languages() {
        let item = |points: i64, label: &str| Item {
            id: "1".to_owned(),
            points: Points::from_millionths(points),
            label: label.to_owned(),
        };
        let (half, quarter) = (item(500_000, "Công khai"), item(250_000, "Chậm"));
        let two = Points::whole(2);
        let ratio = Ratio { a: decimal(2644, 0), b: decimal(26405, 1) };
        let weights = [('A', decimal(100, 0)), ('B', decimal(505, 1))];
        let tally = Tally::from([('A', 30), ('B', 12), ('E', 2)]);
        let tasks =
            OnTime { a: decimal(10, 0), b: decimal(80, 1), c: decimal(2, 0), late_factor: decimal(50, 2) };
        let deducted = |events, floor| Working::Deducted { start: two, events, floor };
        let rows = [
            (Working::Done(true), "có", "yes"),
            (Working::Done(false), "không", "no"),
            (Working::Chosen(2, "Chậm"), "mức 2: Chậm", "option 2: Chậm"),
            (
                Working::Items(vec![&half, &quarter]),
                "0,5 (Công khai) + 0,25 (Chậm)",
                "0.5 (Công khai) + 0.25 (Chậm)",
            ),
            (Working::Items(Vec::new()), "không nội dung nào đạt", "no item fulfilled"),
            (Working::Count(3, Bound::Reached(decimal(30, 1))), "3 ≥ 3", "3 ≥ 3"),
            (
                Working::Step(ratio, Bound::Missed(decimal(9995, 4))),
                "2.640,5/2.644 (99,87%) < 99,95%",
                "2,640.5/2,644 (99.87%) < 99.95%",
            ),
            (Working::Empty(true), "a = 0: không phát sinh, đạt tối đa", "a = 0: no cases, full points"),
            (Working::Empty(false), "a = 0", "a = 0"),
            (
                Working::BelowFloor(ratio, decimal(1, 0)),
                "2.640,5/2.644 (99,87%) < 100%: không tính điểm",
                "2,640.5/2,644 (99.87%) < 100%: no points",
            ),
            (
                Working::AtTarget(ratio, decimal(95, 2)),
                "2.640,5/2.644 (99,87%) ≥ 95%: đạt tối đa",
                "2,640.5/2,644 (99.87%) ≥ 95%: full points",
            ),
            (Working::Part(two, ratio, None), "2 × 2.640,5/2.644 (99,87%)", "2 × 2,640.5/2,644 (99.87%)"),
            (
                Working::Part(two, ratio, Some(decimal(9, 1))),
                "2 × 2.640,5/2.644 (99,87%) ÷ 90%",
                "2 × 2,640.5/2,644 (99.87%) ÷ 90%",
            ),
            (Working::TwoTier(two, tasks), "2 × (8 + 0,5 × 2)/10", "2 × (8 + 0.5 × 2)/10"),
            (deducted(Vec::new(), None), "2, không bị trừ", "2, nothing deducted"),
            (
                deducted(vec![(9, &quarter)], Some(Points::ZERO)),
                "2 − 9 × 0,25 (Chậm), không thấp hơn 0",
                "2 − 9 × 0.25 (Chậm), not below 0",
            ),
            (Working::Adjusted { events: Vec::new(), cap: None }, "không phát sinh", "no cases"),
            (
                Working::Adjusted { events: vec![(5, &half), (1, &quarter)], cap: Some(two) },
                "5 × 0,5 (Công khai) + 1 × 0,25 (Chậm), giới hạn 2",
                "5 × 0.5 (Công khai) + 1 × 0.25 (Chậm), capped at 2",
            ),
            (Working::Scaled(two, decimal(8750, 2), decimal(100, 0)), "2 × 87,5/100", "2 × 87.5/100"),
            (Working::Judged(quarter.points), "chấm 0,25", "given 0.25"),
            (
                Working::Answers { max: two, weights: &weights, tally: &tally },
                "2 × (30A × 100% + 12B × 50,5%) / 42",
                "2 × (30A × 100% + 12B × 50.5%) / 42",
            ),
        ];
        for (working, vi, en) in rows {
            assert_eq!(Language::ALL.map(|language| working.say(language)), [vi, en]);
        }
    }
}
