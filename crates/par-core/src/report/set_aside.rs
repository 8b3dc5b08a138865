//! The table of what is set aside in a year: parts not evaluated, units not ranked.

use super::look_up::Reader;
use super::tables::{headed, row};
use super::value::joined;
use super::{Align, Row, RowKind, Table, words};
use crate::framework::{Framework, compare_codes};
use crate::language::Language;
use crate::score::results::Scope;
use crate::text::capital;
use crate::words::status_of;
use crate::year::Unit;
use crate::year::status::Status;

/// What is not evaluated, for whom and why; units with the same reason share a row. Units that are not ranked
/// stand below.
pub fn table(reader: &Reader<'_>) -> Table {
    let year = &reader.results.year;
    let mut table = headed(
        "khong-danh-gia",
        &[
            ("Mã", Align::Left, 8),
            ("Nội dung không đánh giá", Align::Left, 34),
            ("Đơn vị", Align::Left, 28),
            ("Lý do", Align::Left, 30),
        ],
    );
    let mut shared: Vec<(&str, String, &str, Vec<&str>)> = Vec::new();
    for exemption in &year.exemptions {
        let (who, set) = match exemption.unit {
            Some(unit) => (year.units[unit].name.as_str(), Some(year.set_of(unit))),
            None => {
                let mut sets = year.sets.iter().map(AsRef::as_ref);
                ("Tất cả các đơn vị", sets.find(|set: &&Framework| set.find(&exemption.code).is_some()))
            }
        };
        let name = set.and_then(|set| Some(set.node(set.find(&exemption.code)?).name.clone()));
        let name = name.unwrap_or_default();
        let same = shared.iter_mut().find(|(code, known, reason, _)| {
            *code == exemption.code && *known == name && *reason == exemption.reason
        });
        match same {
            Some((.., units)) => units.push(who),
            None => shared.push((&exemption.code, name, &exemption.reason, vec![who])),
        }
    }
    shared.sort_by(|(a, ..), (b, ..)| compare_codes(a, b));
    for (code, name, reason, units) in shared {
        let units = joined(units.into_iter().map(words).collect());
        let cells = vec![words(code), words(name), units, words(reason)];
        table.rows.push(row(RowKind::Plain, cells));
    }
    table
        .rows
        .extend(reader.results.unranked(Scope::Province).into_iter().map(|unit| unranked(&year.units[unit])));
    table
}

/// What a unit that is not ranked does not get, and on what ground.
fn unranked(unit: &Unit) -> Row {
    let what = match unit.status {
        Status::NotEvaluated => "Toàn bộ tiêu chí",
        Status::Ranked | Status::Scored => "Thứ hạng, xếp loại",
    };
    let why = format!("{}.", capital(&status_of(unit, Language::Vi)));
    row(RowKind::Plain, vec![words("–"), words(what), words(unit.name.clone()), words(why)])
}
