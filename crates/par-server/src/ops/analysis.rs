//! The analysis of how firm a standing is, as rows: what the command line and the page print.

use std::num::NonZero;
use std::thread;

use par_core::analysis::areas::{Areas, FEW, FEWEST, areas};
use par_core::analysis::counts::{Counts, UnitCounts};
use par_core::analysis::distance::{ToClass, class_above, class_below, place_above};
use par_core::analysis::model::Model;
use par_core::analysis::pairs::{Change, Effect, pairs};
use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::points::rounding::Rounding;
use par_core::score::results::Results;
use par_core::words;
use serde::Serialize;

use super::standing::Shown;

/// Draws when nobody says how many.
pub const DRAWS: u64 = 2_000;
/// Most draws of one analysis.
pub const MOST_DRAWS: u64 = 10_000_000;
/// The seed when nobody names one.
pub const SEED: u64 = 1;
/// Decimals of distances and coefficients, which are too small for two.
const PLACES: u8 = 4;
/// Decimals of probabilities in percent.
const CHANCE_PLACES: u8 = 2;

/// How an analysis is made.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Settings {
    /// Draws made, 1 to [`MOST_DRAWS`].
    pub draws: u64,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { draws: DRAWS, seed: SEED }
    }
}

/// A whole analysis.
#[derive(Clone, Debug, Serialize)]
pub struct Analysis {
    /// Always true: an analysis is no result.
    pub analysis: bool,
    /// The same for people.
    pub remark: &'static str,
    /// The year.
    pub year: u16,
    /// Title of the year.
    pub title: String,
    /// Said when values are not facts.
    pub notice: Option<String>,
    /// Draws and seed.
    #[serde(flatten)]
    pub settings: Settings,
    /// What was drawn.
    pub model: Drawn,
    /// Ranking lists in report order.
    pub blocks: Vec<Block>,
}

/// What was drawn.
#[derive(Clone, Debug, Serialize)]
pub struct Drawn {
    /// The generator of random numbers.
    pub generator: &'static str,
    /// Chance of a disputed leaf's binding points.
    pub binding: &'static str,
    /// Chance that all its other points share equally.
    pub others: &'static str,
    /// How survey leaves move.
    pub survey: &'static str,
    /// Part of the draws below and above an interval's ends, in percent.
    pub interval: [&'static str; 2],
    /// Disputed leaves, over all units.
    pub disputed_leaves: usize,
    /// Survey leaves whose answers differ, over all units.
    pub survey_leaves: usize,
    /// The model in words.
    pub words: [&'static str; 5],
}

/// A ranking list.
#[derive(Clone, Debug, Serialize)]
pub struct Block {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Units from the first place.
    pub units: Vec<Unit>,
    /// Neighbours from the first place.
    pub pairs: Vec<Neighbours>,
    /// Areas.
    pub areas: AreaRows,
    /// What to bear in mind with its figures, as sentences.
    pub notes: Vec<String>,
}

/// A unit.
#[derive(Clone, Debug, Serialize)]
pub struct Unit {
    /// Its name.
    pub unit: String,
    /// Its code.
    pub code: String,
    /// Its position in the year.
    #[serde(skip)]
    pub position: usize,
    /// Its place in the result.
    pub place: u32,
    /// Its index in the result, in percent.
    pub index: Shown,
    /// Its class in the result.
    pub class: Option<String>,
    /// Disputed leaves.
    pub disputed_leaves: usize,
    /// First and last place in nine draws of ten.
    pub place_interval: [u32; 2],
    /// Lowest and highest index in nine draws of ten, in percent.
    #[serde(serialize_with = "as_texts")]
    pub index_interval: [Decimal; 2],
    /// Part of the draws with the place of the result.
    pub same_place: Chance,
    /// Part of the draws with the class of the result.
    pub same_class: Chance,
    /// Places drawn at least once.
    pub places: Vec<PlaceChance>,
    /// Classes from the best.
    pub classes: Vec<ClassChance>,
    /// What it lacks to be level with the next better unit.
    pub place_above: Option<PlaceAbove>,
    /// What it lacks to the next better class.
    pub class_above: Option<ClassDistance>,
    /// What it can lose and still keep its class.
    pub class_below: Option<ClassDistance>,
}

/// A part of the draws.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Chance {
    /// Draws.
    pub draws: u32,
    /// Of all draws, in percent.
    #[serde(serialize_with = "as_text")]
    pub percent: Decimal,
}

/// The chance of a place.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceChance {
    /// The place.
    pub place: u32,
    /// Its chance.
    #[serde(flatten)]
    pub chance: Chance,
}

/// The chance of a class.
#[derive(Clone, Debug, Serialize)]
pub struct ClassChance {
    /// The class.
    pub class: String,
    /// Its chance.
    #[serde(flatten)]
    pub chance: Chance,
}

/// The distance to the next better unit.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceAbove {
    /// That unit's name.
    pub unit: String,
    /// Its place.
    pub place: u32,
    /// Percentage points.
    pub percent: Shown,
    /// Least points needed to be level.
    pub points: Shown,
}

/// The distance to another class.
#[derive(Clone, Debug, Serialize)]
pub struct ClassDistance {
    /// The class.
    pub class: String,
    /// Percentage points.
    pub percent: Shown,
    /// Points.
    pub points: Shown,
}

/// Two units next to each other.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbours {
    /// The unit listed first.
    pub first: String,
    /// The unit listed after it.
    pub second: String,
    /// Percentage points between them.
    pub gap: Shown,
    /// Single leaves on which their order depends.
    pub changes: Vec<LeafChange>,
}

/// A leaf taking other points on the table.
#[derive(Clone, Debug, Serialize)]
pub struct LeafChange {
    /// Whose leaf.
    pub unit: String,
    /// The leaf's code.
    pub code: String,
    /// Its title.
    pub name: String,
    /// Binding points.
    pub from: String,
    /// The other points.
    pub to: String,
    /// The stages that gave them, by their word in files.
    pub stages: Vec<&'static str>,
    /// The stages in words.
    #[serde(skip)]
    pub said_by: String,
    /// `swap`, `level` or `part`.
    pub effect: &'static str,
    /// The effect in words.
    #[serde(skip)]
    pub outcome: &'static str,
    /// The binding points in Vietnamese notation.
    #[serde(skip)]
    pub from_vi: String,
    /// The same for the other points.
    #[serde(skip)]
    pub to_vi: String,
}

/// The areas of a block.
#[derive(Clone, Debug, Serialize)]
pub struct AreaRows {
    /// Units with an index.
    pub units: usize,
    /// Whether there are enough units to compute anything.
    pub computable: bool,
    /// Cronbach's alpha.
    pub alpha: Option<Shown>,
    /// Codes of the areas over which alpha was taken.
    pub alpha_areas: Vec<String>,
    /// The areas.
    pub areas: Vec<AreaRow>,
}

/// An area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Part of the full scale, in percent.
    pub nominal: Shown,
    /// Share of the variance of the index, in percent.
    pub effective: Option<Shown>,
    /// With every area of the block, in order.
    pub correlations: Vec<CorrelationRow>,
}

/// How far two areas go together.
#[derive(Clone, Debug, Serialize)]
pub struct CorrelationRow {
    /// The other area's code.
    pub area: String,
    /// Units with both.
    pub units: usize,
    /// Pearson's coefficient.
    #[serde(serialize_with = "as_text_if_any")]
    pub pearson: Option<Decimal>,
    /// Spearman's coefficient.
    #[serde(serialize_with = "as_text_if_any")]
    pub spearman: Option<Decimal>,
}

/// Analyses a year. The same settings give the same analysis on every machine.
pub fn analyse(results: &Results, settings: Settings) -> Analysis {
    let model = Model::of(results);
    let counts = draw(&model, settings);
    let year = &results.year;
    let block = |position: usize| {
        let areas = areas(results, position);
        let few = (1..FEW).contains(&areas.units).then(|| words::analysis::few(areas.units, Language::Vi));
        Block {
            id: year.blocks[position].id.clone(),
            name: year.blocks[position].name.clone(),
            units: units(results, &model, &counts, position),
            pairs: neighbours(results, &model, position),
            areas: area_rows(results, position, &areas),
            notes: few.into_iter().collect(),
        }
    };
    Analysis {
        analysis: true,
        remark: words::analysis::remark(Language::Vi),
        year: year.year,
        title: year.title.clone(),
        notice: year.notice.clone(),
        settings,
        model: Drawn {
            generator: "splitmix64",
            binding: "1/2",
            others: "1/2",
            survey: "normal_by_twelve_uniforms",
            interval: ["5", "95"],
            disputed_leaves: model.disputed(),
            survey_leaves: model.surveyed(),
            words: words::analysis::model(Language::Vi),
        },
        blocks: (0..year.blocks.len()).map(block).collect(),
    }
}

/// Makes the draws on all processors; counts add up to the same, however they are split.
fn draw(model: &Model, settings: Settings) -> Counts {
    let Settings { draws, seed } = settings;
    let threads = thread::available_parallelism().map_or(1, NonZero::get) as u64;
    // Starting a thread costs as much as some hundred draws of a year.
    let threads = threads.min(draws / 500).max(1);
    let part = |thread: u64| draws * thread / threads..draws * (thread + 1) / threads;
    thread::scope(|scope| {
        let others: Vec<_> =
            (1..threads).map(|thread| scope.spawn(move || model.draw(seed, part(thread)))).collect();
        let mut counts = model.draw(seed, part(0));
        for other in others {
            counts.add(&other.join().expect("drawing does not panic"));
        }
        counts
    })
}

fn shown(exact: &Exact, places: u8, mode: Rounding) -> Shown {
    Shown { printed: mode.apply(exact, places), exact: exact.to_string() }
}

fn chance(draws: u32, all: u64) -> Chance {
    let percent = Exact::ratio(i128::from(draws) * 100, i128::from(all.max(1)));
    Chance { draws, percent: percent.rounded(CHANCE_PLACES, Rounding::HalfUp) }
}

fn units(results: &Results, model: &Model, counts: &Counts, block: usize) -> Vec<Unit> {
    let order = results.standing.blocks[block].iter();
    order.filter_map(|unit| row(results, model, counts.draws, &counts.units[*unit], *unit)).collect()
}

fn row(results: &Results, model: &Model, draws: u64, counts: &UnitCounts, unit: usize) -> Option<Unit> {
    let standing = &results.standing.units[unit];
    let (place, index) = standing.place.zip(standing.index)?;
    let (places, indices) = counts.place_interval().zip(counts.index_interval())?;
    let (print, mode) = results.print_of(unit);
    let classes = results.year.classes_of(results.year.units[unit].block);
    let in_class = |class: usize| chance(counts.classes.get(class).copied().unwrap_or(0), draws);
    let named = |to: ToClass, mode: Rounding| ClassDistance {
        class: classes[to.class].name.clone(),
        percent: shown(&to.distance.percent, PLACES, mode),
        points: shown(&to.distance.points, PLACES, mode),
    };
    let above = place_above(results, unit).map(|above| PlaceAbove {
        unit: results.year.units[above.unit].name.clone(),
        place: above.place,
        percent: shown(&above.percent, PLACES, Rounding::Up),
        points: shown(&above.points.exact(), PLACES, Rounding::Up),
    });
    let drawn = counts.places.iter().zip(1..).filter(|(count, _)| **count > 0);
    Some(Unit {
        unit: results.year.units[unit].name.clone(),
        code: results.year.units[unit].code.clone(),
        position: unit,
        place,
        index: shown(&index.percent(), print, mode),
        class: results.class_name(unit).map(str::to_owned),
        disputed_leaves: model.disputed_of(unit),
        place_interval: [places.from, places.to],
        index_interval: [indices.from, indices.to],
        same_place: chance(counts.at_place(place), draws),
        same_class: standing.class.map_or_else(|| chance(0, draws), in_class),
        places: drawn.map(|(count, place)| PlaceChance { place, chance: chance(*count, draws) }).collect(),
        classes: classes
            .iter()
            .enumerate()
            .map(|(class, one)| ClassChance { class: one.name.clone(), chance: in_class(class) })
            .collect(),
        place_above: above,
        // What is lacking is rounded up and what may be lost down, so that both hold as printed.
        class_above: class_above(results, unit).map(|to| named(to, Rounding::Up)),
        class_below: class_below(results, unit).map(|to| named(to, Rounding::Down)),
    })
}

fn neighbours(results: &Results, model: &Model, block: usize) -> Vec<Neighbours> {
    let name = |unit: usize| results.year.units[unit].name.clone();
    pairs(results, model, block)
        .into_iter()
        .map(|pair| Neighbours {
            first: name(pair.first),
            second: name(pair.second),
            gap: shown(&pair.gap, PLACES, Rounding::HalfUp),
            changes: pair.changes.iter().map(|one| change(results, one)).collect(),
        })
        .collect()
}

fn change(results: &Results, change: &Change) -> LeafChange {
    let set = results.year.set_of(change.unit);
    let node = set.node(set.leaf_node(change.leaf));
    let said: Vec<&str> = change.stages.iter().map(|stage| words::stage(*stage, Language::Vi)).collect();
    LeafChange {
        unit: results.year.units[change.unit].name.clone(),
        code: node.code.clone(),
        name: node.name.clone(),
        from: change.from.to_string(),
        to: change.to.to_string(),
        stages: change.stages.iter().map(|stage| stage.name()).collect(),
        said_by: said.join(", "),
        effect: match change.effect {
            Effect::Swap => "swap",
            Effect::Level => "level",
            Effect::Part => "part",
        },
        outcome: words::analysis::effect(change.effect, Language::Vi),
        from_vi: change.from.vi(),
        to_vi: change.to.vi(),
    }
}

fn area_rows(results: &Results, block: usize, areas: &Areas) -> AreaRows {
    let set = &results.year.sets[results.year.blocks[block].set];
    let code = |area: usize| set.node(areas.areas[area].node).code.clone();
    let (print, mode) = (set.settings.print_places, set.settings.print_rounding);
    let row = |area: &par_core::analysis::areas::Area| AreaRow {
        code: set.node(area.node).code.clone(),
        name: set.node(area.node).name.clone(),
        nominal: shown(&area.nominal, print, mode),
        effective: area.effective.as_ref().map(|share| shown(share, print, mode)),
        correlations: area
            .correlations
            .iter()
            .enumerate()
            .map(|(other, one)| CorrelationRow {
                area: code(other),
                units: one.units,
                pearson: one.pearson,
                spearman: one.spearman,
            })
            .collect(),
    };
    AreaRows {
        units: areas.units,
        computable: areas.units >= FEWEST,
        alpha: areas.alpha.as_ref().map(|alpha| shown(alpha, PLACES, Rounding::HalfUp)),
        alpha_areas: areas.alpha_areas.iter().map(|area| code(*area)).collect(),
        areas: areas.areas.iter().map(row).collect(),
    }
}

fn as_text<S: serde::Serializer>(decimal: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(decimal)
}

fn as_texts<S: serde::Serializer>(decimals: &[Decimal; 2], serializer: S) -> Result<S::Ok, S::Error> {
    decimals.map(|decimal| decimal.to_string()).serialize(serializer)
}

fn as_text_if_any<S: serde::Serializer>(decimal: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    decimal.map(|decimal| decimal.to_string()).serialize(serializer)
}
