//! The table of a package that says how each unit's index changed: as published, and over what both
//! years assessed.

use super::standing::{decimal_or_fraction, pair};
use super::table::{Column, Kind, Reference, Table};
use crate::score::results::{Lineage, Measure, Results, Scope};

use Kind::{Decimal, Exact, Text, Word};

/// The word of each lineage in files.
const LINEAGES: [(Lineage, &str); 5] = [
    (Lineage::Same, "same"),
    (Lineage::Successor, "renamed"),
    (Lineage::Merged, "merged"),
    (Lineage::Split, "split"),
    (Lineage::New, "new"),
];

/// Units in the order of the table of units.
pub(super) fn changes(results: &Results) -> Table {
    let rows = results.scored(Scope::Province).into_iter().map(|unit| row(results, unit));
    Table {
        name: "changes",
        title: "Thay đổi của chỉ số so với năm trước: theo số đã công bố, và trên cùng nội dung đánh giá",
        columns: vec![
            Column::always("unit", "Mã đơn vị", Text),
            Column::always(
                "lineage",
                "So với năm trước: same cùng đơn vị, renamed đổi tên hoặc tổ chức lại, merged hợp nhất, split chia tách, new đơn vị mới",
                Word(LINEAGES.map(|(_, word)| word).to_vec()),
            ),
            Column::maybe("predecessors", "Mã các đơn vị tiền thân, nối bằng dấu +", Text),
            Column::maybe("change", "Thay đổi theo số đã công bố (điểm phần trăm, làm tròn)", Decimal),
            Column::maybe("change_exact", "Thay đổi theo số đã công bố (giá trị chính xác)", Exact),
            Column::maybe("like_now_exact", "Chỉ số năm nay trên cùng nội dung (giá trị chính xác)", Exact),
            Column::maybe(
                "like_previous_exact",
                "Chỉ số năm trước trên cùng nội dung (giá trị chính xác)",
                Exact,
            ),
            Column::maybe("like_change", "Thay đổi trên cùng nội dung (điểm phần trăm, làm tròn)", Decimal),
            Column::maybe("like_change_exact", "Thay đổi trên cùng nội dung (giá trị chính xác)", Exact),
            Column::maybe("left_out", "Mã các mục chỉ năm nay có, nối bằng dấu +", Text),
        ],
        key: vec!["unit"],
        references: vec![Reference::one("unit", "units", "unit")],
        rows: rows.collect(),
    }
}

fn row(results: &Results, unit: usize) -> Vec<String> {
    let known = &results.year.units[unit];
    let lineage = results.lineage(known);
    let (_, word) =
        LINEAGES.into_iter().find(|(one, _)| *one == lineage).expect("every lineage has its word");
    let mut row = vec![known.code.clone(), word.to_owned(), known.predecessors.join("+")];
    row.extend(pair(results, unit, results.change(unit, &Measure::Index)));
    let like = results.like_for_like(unit);
    let ends = like.as_ref().map(|like| [&like.now, &like.before].map(decimal_or_fraction));
    row.extend(ends.unwrap_or_default());
    row.extend(pair(results, unit, like.as_ref().map(|like| like.change.clone())));
    row.push(like.map(|like| like.left_out.join("+")).unwrap_or_default());
    row
}
