//! Reads a workbook (.xlsx): the cells of each sheet with what they are, merged ranges, what is hidden.
//!
//! Must not know: what the sheets are about.

use std::collections::{BTreeMap, BTreeSet};

use par_core::points::decimal::Decimal;
use quick_xml::events::{BytesStart, Event};

use super::unpack::{Archive, MOST, Spoilt};
use super::xml::{attribute, content, events};

mod formats;

use formats::{Formats, Shown, number};

/// Most cells kept of one sheet.
const MOST_CELLS: usize = 2_000_000;
/// Letters that Excel lets a cell hold.
pub const LONGEST_CELL: usize = 32_767;

/// A row and a column, counted from 0.
pub type Place = (u32, u32);

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, as typed.
    Text(String),
    /// A number; of a cell shown in percent the percent.
    Number(Decimal),
    /// A number too large or too small for points, as the file has it.
    Unusual(String),
    /// True or false.
    Truth(bool),
    /// A date, as day/month/year.
    Date(String),
    /// An error that Excel shows, such as #REF!.
    Error(String),
    /// A formula whose value was never stored: a program wrote the file, and nobody saved it since.
    Formula,
}

/// A sheet by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As on its tab.
    pub name: String,
    /// Whether its tab is hidden.
    pub hidden: bool,
    member: String,
}

/// The cells of one sheet that hold something.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Filled cells by place.
    pub cells: BTreeMap<Place, Value>,
    /// First and last cell of every merged range.
    pub merged: Vec<(Place, Place)>,
    /// Hidden rows.
    pub hidden_rows: BTreeSet<u32>,
    /// Ranges of hidden columns, both ends included.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Whether cells beyond the bounds were left out.
    pub cut: Option<Place>,
}

/// Bounds of a sheet: rows and columns.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Rows looked at.
    pub rows: u32,
    /// Columns looked at.
    pub columns: u32,
}

/// A workbook that could be opened.
pub struct Workbook {
    archive: Archive,
    /// Its sheets, in the order of their tabs.
    pub sheets: Vec<Named>,
    texts: Vec<String>,
    formats: Formats,
    /// Bytes that the texts of cells may still take: thousands of cells can name one text.
    room: usize,
}

/// Whether an archive is a workbook at all.
fn part(archive: &mut Archive) -> Result<Option<String>, Spoilt> {
    let named = archive.text("_rels/.rels")?.and_then(|rels| {
        let relations = relations(&rels)?;
        relations
            .into_iter()
            .find(|(_, kind, _)| kind.ends_with("/officeDocument"))
            .map(|(.., target)| target)
    });
    let part = named.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let part = part.trim_start_matches('/').to_owned();
    Ok(Some(part).filter(|part| part.ends_with("workbook.xml") && archive.has(part)))
}

impl Workbook {
    /// Opens a workbook; `None` when the archive is something else.
    ///
    /// # Errors
    /// See [`Spoilt`].
    pub fn open(bytes: Vec<u8>) -> Result<Option<Workbook>, Spoilt> {
        let mut archive = Archive::open(bytes)?;
        let Some(part) = part(&mut archive)? else { return Ok(None) };
        let broken = |name: &str| Spoilt::Broken(name.to_owned());
        let folder = part.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let rels_name = format!("{folder}_rels/{}.rels", &part[folder.len()..]);
        let rels = archive.text(&rels_name)?.ok_or_else(|| broken(&rels_name))?;
        let rels = relations(&rels).ok_or_else(|| broken(&rels_name))?;
        let member = |target: &str| match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("{folder}{target}"),
        };
        let of_kind = |kind: &str| {
            rels.iter().find(|(_, found, _)| found.ends_with(kind)).map(|(.., target)| member(target))
        };
        let xml = archive.text(&part)?.ok_or_else(|| broken(&part))?;
        let mut sheets = Vec::new();
        let mut from_1904 = false;
        events(&xml, |event| {
            if let Event::Start(tag) | Event::Empty(tag) = &event {
                match tag.local_name().as_ref() {
                    "sheet" => sheets.push((
                        attribute(tag, "name").unwrap_or_default(),
                        attribute(tag, "id").unwrap_or_default(),
                        attribute(tag, "state").is_some_and(|state| state != "visible"),
                    )),
                    "workbookPr" => {
                        from_1904 = attribute(tag, "date1904").is_some_and(|on| on == "1" || on == "true");
                    }
                    _ => {}
                }
            }
            Some(())
        })
        .ok_or_else(|| broken(&part))?;
        // Sheets of charts and old macros have no cells.
        let is_cells = |kind: &str| kind.ends_with("/worksheet");
        let sheets = sheets.into_iter().filter_map(|(name, id, hidden)| {
            let (_, kind, target) = rels.iter().find(|(own, ..)| *own == id)?;
            is_cells(kind).then(|| Named { name, hidden, member: member(target) })
        });
        let sheets: Vec<Named> = sheets.collect();
        let texts = match of_kind("/sharedStrings") {
            Some(name) => match archive.text(&name)? {
                Some(xml) => shared_texts(&xml).ok_or_else(|| broken(&name))?,
                None => Vec::new(),
            },
            None => Vec::new(),
        };
        let styles = match of_kind("/styles") {
            Some(name) => archive.text(&name)?,
            None => None,
        };
        let formats = styles.and_then(|xml| Formats::of(&xml, from_1904)).unwrap_or_default();
        let room = usize::try_from(MOST).unwrap_or(usize::MAX);
        Ok(Some(Workbook { archive, sheets, texts, formats, room }))
    }

    /// Reads a sheet.
    ///
    /// # Errors
    /// See [`Spoilt`].
    pub fn sheet(&mut self, named: &Named, bounds: Bounds) -> Result<Sheet, Spoilt> {
        let broken = || Spoilt::Broken(named.member.clone());
        let xml = self.archive.text(&named.member)?.ok_or_else(broken)?;
        let mut reader = Cells {
            texts: &self.texts,
            formats: &self.formats,
            bounds,
            sheet: Sheet::default(),
            row: None,
            column: None,
            open: None,
            room: self.room,
            spoilt: None,
        };
        let read = events(&xml, |event| reader.event(&event));
        self.room = reader.room;
        match reader.spoilt {
            Some(spoilt) => Err(spoilt),
            None => read.map(|()| reader.sheet).ok_or_else(broken),
        }
    }
}

/// Id, kind and target of each relation.
fn relations(xml: &str) -> Option<Vec<(String, String, String)>> {
    let mut found = Vec::new();
    events(xml, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && tag.local_name().as_ref() == "Relationship"
        {
            let value = |name| attribute(tag, name).unwrap_or_default();
            found.push((value("Id"), value("Type"), value("Target")));
        }
        Some(())
    })?;
    Some(found)
}

/// The texts that cells name by number; sounds of East Asian writing are passed over.
fn shared_texts(xml: &str) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    let (mut open, mut in_text, mut sounds) = (String::new(), false, 0usize);
    events(xml, |event| {
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "si" => open.clear(),
                "rPh" => sounds += 1,
                "t" => in_text = sounds == 0,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => texts.push(String::new()),
            Event::End(tag) => match tag.local_name().as_ref() {
                "si" => texts.push(unescaped(&std::mem::take(&mut open))),
                "rPh" => sounds = sounds.saturating_sub(1),
                "t" => in_text = false,
                _ => {}
            },
            other if in_text => open.extend(content(other)?),
            _ => {}
        }
        Some(())
    })?;
    Some(texts)
}

/// A text with the signs that XML cannot hold, which Excel writes as `_x000B_`.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let ends = rest.get(at + 6..).is_some_and(|behind| behind.starts_with('_'));
        let code =
            rest.get(at + 2..at + 6).filter(|code| ends && code.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(sign) => {
                plain.push(sign);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain + rest
}

/// A cell being read.
#[derive(Default)]
struct Open {
    kind: String,
    style: usize,
    value: String,
    formula: bool,
    reads: bool,
}

/// A sheet being read.
struct Cells<'a> {
    texts: &'a [String],
    formats: &'a Formats,
    bounds: Bounds,
    sheet: Sheet,
    row: Option<u32>,
    column: Option<u32>,
    open: Option<Open>,
    room: usize,
    spoilt: Option<Spoilt>,
}

impl Cells<'_> {
    fn event(&mut self, event: &Event<'_>) -> Option<()> {
        match event {
            Event::Start(tag) => self.start(tag, false),
            Event::Empty(tag) => self.start(tag, true),
            Event::End(tag) => {
                match tag.local_name().as_ref() {
                    "c" => return self.end_cell(),
                    "v" | "t" => {
                        if let Some(open) = &mut self.open {
                            open.reads = false;
                        }
                    }
                    _ => {}
                }
                Some(())
            }
            other => {
                if let Some(open) = self.open.as_mut().filter(|open| open.reads)
                    && let Some(text) = content(other)?
                {
                    open.value.push_str(&text);
                }
                Some(())
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) -> Option<()> {
        let number = |name: &str| attribute(tag, name).and_then(|text| text.parse::<u32>().ok());
        let is_on = |name: &str| attribute(tag, name).is_some_and(|on| on == "1" || on == "true");
        match tag.local_name().as_ref() {
            "col" if is_on("hidden") => {
                let (from, to) = (number("min")?.checked_sub(1)?, number("max")?.checked_sub(1)?);
                self.sheet.hidden_columns.push((from, to));
            }
            "row" => {
                let row = number("r")
                    .map_or_else(|| self.row.map_or(0, |row| row + 1), |row| row.saturating_sub(1));
                (self.row, self.column) = (Some(row), None);
                if is_on("hidden") {
                    self.sheet.hidden_rows.insert(row);
                }
            }
            "c" => {
                let named = attribute(tag, "r").and_then(|name| place(&name));
                self.column = Some(
                    named.map_or_else(|| self.column.map_or(0, |column| column + 1), |(_, column)| column),
                );
                self.row = named.map(|(row, _)| row).or(self.row).or(Some(0));
                let open = Open {
                    kind: attribute(tag, "t").unwrap_or_default(),
                    style: number("s").unwrap_or(0) as usize,
                    ..Open::default()
                };
                self.open = (!empty).then_some(open);
            }
            "f" => {
                if let Some(open) = &mut self.open {
                    open.formula = true;
                }
            }
            "v" | "t" if !empty => {
                if let Some(open) = &mut self.open {
                    open.reads = true;
                }
            }
            "mergeCell" => {
                let range = attribute(tag, "ref")?;
                let (from, to) = range.split_once(':').unwrap_or((&range, &range));
                self.sheet.merged.push((place(from)?, place(to)?));
            }
            _ => {}
        }
        Some(())
    }

    /// Keeps a cell; `None` where no more is read.
    fn end_cell(&mut self) -> Option<()> {
        let (Some(open), Some(row), Some(column)) = (self.open.take(), self.row, self.column) else {
            return Some(());
        };
        if row >= self.bounds.rows || column >= self.bounds.columns || self.sheet.cells.len() >= MOST_CELLS {
            if self.value(&open).is_some() {
                self.sheet.cut.get_or_insert((row, column));
            }
            return Some(());
        }
        let Some(value) = self.value(&open) else { return Some(()) };
        if let Value::Text(text) | Value::Unusual(text) | Value::Error(text) | Value::Date(text) = &value {
            let (long, room) = (text.chars().count() > LONGEST_CELL, self.room.checked_sub(text.len()));
            self.spoilt = match room {
                _ if long => Some(Spoilt::LongCell((row, column))),
                None => Some(Spoilt::TooLarge(MOST >> 20)),
                Some(_) => None,
            };
            self.room = room.unwrap_or_default();
        }
        self.sheet.cells.insert((row, column), value);
        self.spoilt.is_none().then_some(())
    }

    fn value(&self, open: &Open) -> Option<Value> {
        let text = &open.value;
        let value = match open.kind.as_str() {
            "s" => Value::Text(self.texts.get(text.trim().parse::<usize>().ok()?)?.clone()),
            "str" | "inlineStr" => Value::Text(unescaped(text)),
            "b" => Value::Truth(text.trim() == "1"),
            "e" => Value::Error(text.clone()),
            "d" => Value::Date(text.clone()),
            _ if text.trim().is_empty() && open.formula => Value::Formula,
            _ if text.trim().is_empty() => return None,
            _ => match self.formats.shown(open.style) {
                Shown::Date => {
                    self.formats.date(text).map_or_else(|| Value::Unusual(text.clone()), Value::Date)
                }
                shown => number(text, shown == Shown::Percent),
            },
        };
        let blank = matches!(&value, Value::Text(text) if text.trim().is_empty());
        (!blank).then_some(value)
    }
}

/// Row and column of a cell's name: C14.
fn place(name: &str) -> Option<Place> {
    let name = name.trim().replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let mut column = 0u32;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)?;
    }
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// Letters of a column counted from 0: `A`, `Z`, `AA`.
pub fn letters(mut column: u32) -> String {
    let mut text = String::new();
    loop {
        text.insert(0, char::from(b'A' + u8::try_from(column % 26).expect("below 26")));
        match (column / 26).checked_sub(1) {
            Some(rest) => column = rest,
            None => return text,
        }
    }
}

/// A cell's name: C14.
pub fn cell_name((row, column): Place) -> String {
    format!("{}{}", letters(column), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_excel() {
        for (name, at) in [("C14", (13, 2)), ("AA1", (0, 26)), ("ZZ10", (9, 701))] {
            assert_eq!((cell_name(at).as_str(), place(name)), (name, Some(at)));
        }
        assert_eq!(place("14"), None);
    }
}
