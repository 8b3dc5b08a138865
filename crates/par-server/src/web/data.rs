//! Tables as CSV and JSON. Data files carry the same rows as pages: decimal point, exact values.

use serde_json::{Map, Value, json};

use super::table::{Cell, Kind, Row, Table, Weight};

/// The tables with that id as one CSV with a byte order mark, so that spreadsheets read UTF-8.
pub fn csv(tables: &[&Table]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(b"\xEF\xBB\xBF".to_vec());
    let mut write = |record: Vec<String>| writer.write_record(record).expect("a vector takes every record");
    if let Some(first) = tables.first() {
        write(first.columns.iter().map(|column| column.key.clone()).collect());
    }
    for table in tables {
        for row in table.rows.iter().filter(|row| row.weight != Weight::Summary) {
            write(
                row.cells
                    .iter()
                    .map(|cell| if cell.exact.is_some() { cell.data.clone() } else { neutral(&cell.data) })
                    .collect(),
            );
        }
    }
    writer.into_inner().expect("a vector can be flushed")
}

/// Text that a spreadsheet must not take for a formula.
fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Tables as JSON lists of rows; numbers as `{"printed": "87.42", "exact": "4283670/49"}`.
pub fn json(tables: &[&Table]) -> Value {
    let mut lists: Map<String, Value> = Map::new();
    for table in tables {
        let rows =
            table.rows.iter().filter(|row| row.weight != Weight::Summary).map(|row| json_row(table, row));
        let list = lists.entry(table.id).or_insert_with(
            || json!({ "title": table.list.unwrap_or(&table.caption), "notes": [], "rows": [] }),
        );
        list["rows"].as_array_mut().expect("made as a list").extend(rows);
        let notes = list["notes"].as_array_mut().expect("made as a list");
        // A note that holds for one part says for which.
        let of = table.list.map(|_| format!("{}: ", table.caption)).unwrap_or_default();
        notes.extend(table.notes.iter().map(|note| json!(format!("{of}{note}"))));
    }
    Value::Object(lists)
}

fn json_row(table: &Table, row: &Row) -> Value {
    let mut object = Map::new();
    for (cell, column) in row.cells.iter().zip(&table.columns) {
        object.insert(column.key.clone(), json_cell(cell));
        if let (Kind::Head, Some(href)) = (column.kind, &cell.href) {
            object.insert("address".to_owned(), json!(href));
        }
    }
    Value::Object(object)
}

fn json_cell(cell: &Cell) -> Value {
    match &cell.exact {
        Some(exact) => json!({ "printed": cell.data, "exact": exact }),
        None if cell.data.is_empty() => Value::Null,
        None => json!(cell.data),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{head, number};
    use super::*;
    use par_core::points::decimal::Decimal;

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        let mut table = Table::new("t", "T", vec![head("name", "Tên"), number("change", "Thay đổi")]);
        let change = Cell::number(Decimal::new(-150, 2), "-3/2".to_owned());
        table.push(Weight::Plain, vec![Cell::text("=HYPERLINK(\"x\")"), change]);
        let text = String::from_utf8(csv(&[&table])).unwrap();
        assert_eq!(text, "\u{feff}name,change\n\"'=HYPERLINK(\"\"x\"\")\",-1.50\n");
        assert_eq!(json(&[&table])["t"]["rows"][0]["change"]["exact"], "-3/2");
    }
}
