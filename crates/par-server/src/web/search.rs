//! Search of units, areas and criteria, with or without diacritics.

use askama::Template;
use axum::response::Response;
use par_core::text;

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::request::encode;
use super::table::text as words;
use super::table::{Cell, Table, Weight, head};
use super::visit::Visit;

/// The parameter that holds what is sought.
pub const QUERY: &str = "q";

/// Most results shown; a query that finds more is too wide to help.
const MOST: usize = 60;

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    shell: Shell,
    found: Table,
    more: bool,
    examples: Vec<(String, String)>,
}

impl Page for Search {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        vec![&self.found]
    }
}

/// `/ket-qua/{year}/tim?q=`
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let query: String = visit.request.parameter(QUERY).unwrap_or_default().trim().chars().take(100).collect();
    let mut shell = visit.shell(visit.say("Tìm kiếm", "Search"));
    shell.data_query = if query.is_empty() { String::new() } else { format!("{QUERY}={}&", encode(&query)) };
    shell.sought = query.clone();
    let mut all = find(visit.pen(), &query);
    let more = all.rows.len() > MOST;
    all.rows.truncate(MOST);
    answer(&visit.request, Search { shell, found: all, more, examples: examples(visit.pen()) })
}

/// Everything whose name or code contains the query; units first, then areas, then criteria.
fn find(pen: Pen<'_>, query: &str) -> Table {
    let columns = vec![head("name", pen.say("Tên", "Name")), words("kind", pen.say("Loại", "Kind"))];
    let caption = pen.say(format!("Kết quả tìm «{query}»"), format!("Results of the search for “{query}”"));
    let mut table = Table::new("ket-qua", caption, columns);
    let sought = text::fold(query);
    if sought.is_empty() {
        return table;
    }
    for Entry { name, kind, href, also } in entries(pen) {
        let found = position(&name, &sought);
        if found.is_some() || text::fold(&also).contains(&sought) {
            let cell = Cell { found, ..Cell::name(name).link(href) };
            table.push(Weight::Plain, vec![cell, Cell::text(kind)]);
        }
    }
    table
}

/// Something that can be found.
pub struct Entry {
    /// Its name, with its code where people know it by that.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Its page.
    pub href: String,
    /// Other words by which it is found.
    pub also: String,
}

/// Everything that can be found in a year: units first, then areas, then criteria.
pub fn entries(pen: Pen<'_>) -> Vec<Entry> {
    let results = pen.results;
    let mut entries = Vec::new();
    let mut add = |name: String, kind: &str, href: String, also: &str| {
        entries.push(Entry { name, kind: kind.to_owned(), href, also: also.to_owned() });
    };
    for (position, unit) in results.year.units.iter().enumerate() {
        add(unit.name.clone(), pen.say("Đơn vị", "Unit"), pen.unit(position), &unit.code);
    }
    for (code, name) in results.areas() {
        add(format!("{code}. {name}"), pen.say("Lĩnh vực", "Area"), pen.area(&code), "");
    }
    for (position, set) in results.year.sets.iter().enumerate() {
        for (_, node) in set.nodes().filter(|(_, node)| node.depth > 1) {
            let kind = format!("{} – {}", pen.say("Tiêu chí", "Criterion"), set.name);
            add(format!("{} {}", node.code, node.name), &kind, pen.criterion(position, &node.code), "");
        }
    }
    entries
}

/// Where the folded query stands in the name, in bytes of the name.
fn position(name: &str, sought: &str) -> Option<(usize, usize)> {
    // Folding works letter by letter, so letters of the name and of its folded form keep in step.
    let mut folded = String::new();
    let mut ends = Vec::new();
    for (at, letter) in name.char_indices() {
        for byte in text::fold(&letter.to_string()).bytes() {
            folded.push(char::from(byte));
            ends.push((at, at + letter.len_utf8()));
        }
    }
    let latin: String = sought.bytes().map(char::from).collect();
    // Every pushed character stands for one byte of the folded form.
    let start = folded.find(&latin)?;
    let start = folded[..start].chars().count();
    let end = start + latin.chars().count();
    Some((ends.get(start)?.0, ends.get(end.checked_sub(1)?)?.1))
}

/// Searches that find something, for a reader who found nothing.
fn examples(pen: Pen<'_>) -> Vec<(String, String)> {
    let results = pen.results;
    let query = |word: &str| (word.to_owned(), pen.address(&format!("/tim?q={}", encode(word))));
    let unit = results.year.units.first().map(|unit| query(&text::fold(&unit.name)));
    let area = results.areas().into_iter().nth(2).map(|(_, name)| query(&text::fold(&name)));
    unit.into_iter().chain(area).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_diacritics_and_marked_where_they_stand() {
        let name = "Sở Văn hóa, thể thao và Đu lịch";
        let check = |query: &str, expect: &str| {
            let (start, end) = position(name, &text::fold(query)).unwrap();
            assert_eq!(&name[start..end], expect);
        };
        check("van hoa", "Văn hóa");
        check("THỂ THAO", "thể thao");
        check("du lich", "Đu lịch");
        assert_eq!(position(name, "tai chinh"), None);
    }
}
