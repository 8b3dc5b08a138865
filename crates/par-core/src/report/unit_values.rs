//! Names known inside a unit.

use super::at::{At, Item, percent_of};
use super::look_up::Reader;
use super::value::Value;
use crate::language::Language;
use crate::points::Points;
use crate::score::figure::{Figure, UnitFigure};
use crate::score::results::{Measure, Scope};
use crate::score::{printed_points, printed_scale};
use crate::words;
use crate::year::status::Status;

/// Names that have no value while something of the unit is not yet scored, and of a unit not evaluated.
const POINTS: [&str; 3] = ["tong-diem", "diem-tham-dinh", "diem-dieu-tra"];

/// The value of a name of a unit; `None` for other names.
pub fn value(reader: &Reader<'_>, unit: usize, at: &At, key: &str) -> Option<Value> {
    let results = reader.results;
    let (year, standing) = (&results.year, &results.standing.units[unit]);
    if let Item::Loss(position) = at.item {
        return loss(reader, unit, position, key);
    }
    let measure = at.measure();
    let block = year.units[unit].block;
    let stretched = |points| printed_points(year.set_of(unit), points, standing.scale);
    let number = |exact, figure| Value::Number(reader.number(&exact, Some(Figure::Unit(unit, figure))));
    Some(match key {
        "ten" if matches!(at.item, Item::Unit) => Value::word(&year.units[unit].name),
        "bang-xep-hang" => Value::word(&year.blocks[block].name),
        "hang" => standing.place.map_or(Value::Missing, |place| Value::count(place as usize)),
        "so-don-vi-bang" => Value::count(results.units(Scope::Block(block)).len()),
        "chi-so" => match results.share(unit, &measure) {
            Some(share) => Value::Number(reader.number(&share.percent(), Some(percent_of(unit, &measure)))),
            None => Value::Missing,
        },
        "chi-so-nam-truoc" => match results.previous(unit, &measure) {
            Some(before) => number(before, UnitFigure::Previous(measure)),
            None => Value::Missing,
        },
        "thay-doi-cua-don-vi" => match results.change(unit, &measure) {
            Some(change) => {
                let figure = Figure::Unit(unit, UnitFigure::Change(measure));
                Value::Change(reader.number(&change, Some(figure)))
            }
            None => Value::Missing,
        },
        _ if (standing.unscored > 0 || !year.is_evaluated(unit)) && POINTS.contains(&key) => Value::Missing,
        "tong-diem" => number(stretched(standing.total), UnitFigure::Total),
        "diem-tham-dinh" => number(stretched(standing.appraisal), UnitFigure::Appraisal),
        "diem-dieu-tra" => number(stretched(standing.survey), UnitFigure::Survey),
        "diem-tu-cham" => own_total(reader, unit),
        "thang-diem" if !year.is_evaluated(unit) => Value::Missing,
        "thang-diem" => reader.scale(printed_scale(results.year.set_of(unit), standing.scale)),
        "xep-loai" if standing.unscored > 0 => Value::word(words::unscored(standing.unscored, Language::Vi)),
        "xep-loai" if year.units[unit].status != Status::Ranked => {
            Value::word(words::instead_of_class(year.units[unit].status, Language::Vi).unwrap_or_default())
        }
        "xep-loai" => Value::word(results.class_name(unit).unwrap_or_default()),
        "trang-thai" => match year.units[unit].status {
            Status::Ranked => Value::Missing,
            _ => Value::word(words::status_of(&year.units[unit], Language::Vi)),
        },
        "loai-tren" => match results.to_next_class(unit) {
            Some((class, _)) => Value::word(class),
            None => Value::Missing,
        },
        "con-thieu" => match results.to_next_class(unit) {
            Some((_, lacking)) => number(lacking, UnitFigure::NextClass),
            None => Value::Missing,
        },
        "so-noi-dung-giai-trinh" => Value::count(reader.results.requests(unit).values().flatten().sum()),
        _ => return None,
    })
}

/// The sum of the unit's own scores over the leaves it scores itself.
fn own_total(reader: &Reader<'_>, unit: usize) -> Value {
    let leaves = &reader.results.year.files[unit].leaves;
    if leaves.iter().all(|leaf| leaf.own.is_none()) {
        return Value::Missing;
    }
    reader.points(leaves.iter().filter_map(|leaf| leaf.own.as_ref()).map(|own| own.points).sum::<Points>())
}

fn loss(reader: &Reader<'_>, unit: usize, position: usize, key: &str) -> Option<Value> {
    let results = reader.results;
    let loss = *results.losses(unit).get(position)?;
    let set = results.year.set_of(unit);
    let node = set.node(loss.node);
    Some(match key {
        "ma" => Value::word(&node.code),
        "ten" => Value::word(&node.name),
        "diem-mat" => reader.points(loss.lost),
        "diem-toi-da" => reader.scale(results.standing.units[unit].node(set, loss.node).max),
        "ly-do-giai-trinh" => {
            let request = results.year.leaf_file(unit, loss.leaf).last_request();
            Value::word(request.map(|request| results.year.reason(&request.reason)).unwrap_or_default())
        }
        "chi-so" | "trung-binh" => Value::Missing,
        _ => return None,
    })
}

/// The unit's measure and its cluster's mean, for tables.
pub fn beside_mean(reader: &Reader<'_>, unit: usize, measure: &Measure) -> (Value, Value, Value) {
    let at = At::unit(&reader.results.year, unit);
    let code = match measure {
        Measure::Node(code) => Some(code.clone()),
        _ => None,
    };
    let at = At { area: code, ..at };
    (reader.value(&at, "chi-so"), reader.value(&at, "trung-binh"), reader.value(&at, "thay-doi-cua-don-vi"))
}
