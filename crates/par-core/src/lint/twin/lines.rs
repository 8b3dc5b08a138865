//! A text cut into lines: sentences, headings and rows with their skeletons and slots.

use std::collections::HashMap;
use std::fmt::Write;

use super::compose::Figures;
use super::slots::{Slot, Value};
use crate::lint::data::Data;
use crate::lint::document::{Document, Paragraph, Part};
use crate::lint::items::{self, Item, ItemKind};
use crate::lint::{names, places};
use crate::text;

/// A paragraph, or one of its footnotes by position.
pub(super) type Spot = (usize, Option<usize>);

/// Bytes between cells in the text of a row.
pub(super) const BETWEEN_CELLS: usize = " · ".len();

/// A sentence, a heading or a row.
pub(super) struct Line {
    /// Where it stands.
    pub spot: Spot,
    /// Byte range there.
    pub range: (usize, usize),
    /// The heading above, of a row the caption: position among the composed report's.
    pub section: Option<usize>,
    /// Whether it is a row.
    pub row: bool,
    /// Its words, numbers and names replaced by signs; of a row behind those of the table's heading.
    pub skeleton: String,
    /// Numbers and names in order.
    pub slots: Vec<Slot>,
}

/// Headings and captions by skeleton, each with its positions.
pub(super) type Markers = HashMap<String, Vec<usize>>;

/// The lines of a text and its headings.
pub(super) struct Lines {
    pub lines: Vec<Line>,
    pub markers: Markers,
}

/// Cuts a text. `known` are the headings of the composed report; without them the text is that report.
pub(super) fn lines(document: &Document, figures: &Figures, known: Option<&Markers>, data: &Data) -> Lines {
    let mut cutter = Cutter {
        data,
        figures,
        known,
        classes: names::classes(data.results).iter().map(|class| text::fold(class)).collect(),
        heading: None,
        caption: None,
        last: None,
        table: None,
        done: Lines { lines: Vec::new(), markers: Markers::new() },
    };
    for (position, paragraph) in document.paragraphs.iter().enumerate() {
        let next = document.paragraphs.get(position + 1).map(|next| &next.part);
        cutter.paragraph(position, paragraph, matches!(next, Some(Part::Row { .. })));
    }
    cutter.done
}

struct Cutter<'a, 'r> {
    data: &'a Data<'r>,
    figures: &'a Figures,
    known: Option<&'a Markers>,
    classes: Vec<String>,
    heading: Option<usize>,
    caption: Option<usize>,
    /// The marker met last.
    last: Option<usize>,
    /// The table being read and the skeleton of its first row.
    table: Option<(usize, String)>,
    done: Lines,
}

impl Cutter<'_, '_> {
    fn paragraph(&mut self, position: usize, paragraph: &Paragraph, before_table: bool) {
        match &paragraph.part {
            Part::Row { table, cells } => self.row(position, *table, cells),
            part => {
                let mut whole = String::new();
                let own = self.sentences((position, None), &paragraph.text);
                own.iter().for_each(|line| whole.push_str(&line.skeleton));
                self.mark(&whole, matches!(part, Part::Heading(_)), before_table);
                self.add(own, self.heading);
            }
        }
        for (number, note) in paragraph.notes.iter().enumerate() {
            let lines = self.sentences((position, Some(number)), &note.text);
            let row = matches!(paragraph.part, Part::Row { .. });
            self.add(lines, if row { self.caption } else { self.heading });
        }
    }

    fn add(&mut self, lines: Vec<Line>, section: Option<usize>) {
        let kept = lines.into_iter().filter(|line| !line.slots.is_empty());
        self.done.lines.extend(kept.map(|line| Line { section, ..line }));
    }

    /// Takes over a heading or caption. In the composed report the part says what is one; elsewhere
    /// the words do, since files lose styles.
    fn mark(&mut self, skeleton: &str, heading: bool, before_table: bool) {
        let place = match self.known {
            None if heading || before_table => {
                let place = self.last.map_or(0, |last| last + 1);
                self.done.markers.entry(skeleton.to_owned()).or_default().push(place);
                place
            }
            None => return,
            Some(known) => {
                let Some(places) = known.get(skeleton) else { return };
                let next = places.iter().find(|place| self.last.is_none_or(|last| **place > last));
                *next.unwrap_or(&places[0])
            }
        };
        self.last = Some(place);
        if before_table {
            self.caption = Some(place);
        } else {
            (self.heading, self.caption) = (Some(place), Some(place));
        }
    }

    fn sentences(&self, spot: Spot, text: &str) -> Vec<Line> {
        let readable = places::without_numerals(text);
        let sentences = items::sentences(&readable, &self.data.names);
        let line = |items: &Vec<Item>| {
            // Dashes of list items are set by the file, not by the words.
            let lead = items.iter().take_while(|item| is_bullet(item)).count();
            let items = &items[lead..];
            let mut line = self.empty(spot, false);
            line.range = (items.first()?.at, items.last()?.end);
            self.words(items, text, 0, &mut line);
            Some(line)
        };
        sentences.iter().filter_map(line).collect()
    }

    fn empty(&self, spot: Spot, row: bool) -> Line {
        Line { spot, range: (0, 0), section: None, row, skeleton: String::new(), slots: Vec::new() }
    }

    /// Cells one by one, so that what is understood of one does not depend on the next.
    fn row(&mut self, position: usize, table: usize, cells: &[String]) {
        let mut line = self.empty((position, None), true);
        let mut at = 0;
        for cell in cells {
            let trimmed = cell.trim();
            if matches!(trimmed, "–" | "-" | "—") || self.classes.contains(&text::fold(trimmed)) {
                let said = Value::Words(text::fold(trimmed).replace(['–', '—'], "-"));
                line.slots.push(self.slot(line.spot, (at, at + cell.len()), cell.clone(), said));
                line.skeleton.push('#');
            } else {
                for items in items::sentences(cell, &self.data.names) {
                    self.words(&items, cell, at, &mut line);
                }
            }
            line.skeleton.push('|');
            at += if cell.is_empty() { 0 } else { cell.len() + BETWEEN_CELLS };
        }
        line.range = (0, at.saturating_sub(BETWEEN_CELLS));
        let first = self.table.as_ref().is_none_or(|(open, _)| *open != table);
        if first {
            self.table = Some((table, line.skeleton.clone()));
        } else if let Some((_, head)) = &self.table {
            line.skeleton = format!("{head}\n{}", line.skeleton);
        }
        let section = self.caption;
        self.add(vec![line], section);
    }

    fn slot(&self, spot: Spot, range: (usize, usize), written: String, said: Value) -> Slot {
        let known = self.figures.get(&spot).into_iter().flatten();
        let mut meant = known.filter(|((from, to), _)| *from <= range.0 && range.1 <= *to + 1);
        Slot { range, written, said, figure: meant.next().map(|(_, figure)| figure.clone()), counts: true }
    }

    /// Words into the skeleton, numbers and names into slots. `offset` is where the text begins.
    fn words(&self, items: &[Item], text: &str, offset: usize, line: &mut Line) {
        for (at, item) in items.iter().enumerate() {
            let behind_number = |back: usize| {
                at.checked_sub(back).is_some_and(|at| matches!(items[at].kind, ItemKind::Number(_)))
            };
            let value = match &item.kind {
                // "%" and "điểm phần trăm" are told apart elsewhere.
                ItemKind::Word(word) if word == "điểm" && behind_number(1) && is_points(items, at) => {
                    continue;
                }
                ItemKind::Word(word) if word == "phần" && behind_number(2) => continue,
                ItemKind::Word(word) if word == "trăm" && behind_number(3) => continue,
                ItemKind::Word(word) if word == "tăng" || word == "giảm" => Value::Words(word.clone()),
                ItemKind::Number(number) => Value::Number(number.value),
                ItemKind::Fraction(..) | ItemKind::Label | ItemKind::Year(_) | ItemKind::Ordinal(_) => {
                    let written = text.get(item.at..item.end).unwrap_or_default();
                    Value::Words(written.split_whitespace().collect::<String>().to_lowercase())
                }
                ItemKind::Unit(unit) => Value::Unit(*unit),
                ItemKind::Class(class) => Value::Words(text::fold(class)),
                literal => {
                    literal_of(literal, &mut line.skeleton);
                    continue;
                }
            };
            let sign = match (&item.kind, &value) {
                (_, Value::Unit(_)) => '@',
                (ItemKind::Word(_), _) => '±',
                (ItemKind::Class(_), _) => '^',
                _ => '#',
            };
            let written = text.get(item.at..item.end).unwrap_or_default().to_owned();
            let mut slot = self.slot(line.spot, (offset + item.at, offset + item.end), written, value);
            slot.counts = !(sign == '#' && is_own_number(&items[..at]));
            line.slots.push(slot);
            let _ = write!(line.skeleton, "{sign} ");
        }
    }
}

fn is_bullet(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Sign('-' | '–' | '—' | '+' | '*' | '•'))
}

/// Whether "điểm phần trăm" stands here.
fn is_points(items: &[Item], at: usize) -> bool {
    items.get(at + 1).is_some_and(|item| item.is("phần"))
        && items.get(at + 2).is_some_and(|item| item.is("trăm"))
}

/// "Bảng 3", "Biểu đồ 2": numbers that change when a table is left out.
fn is_own_number(before: &[Item]) -> bool {
    match before {
        [one] => one.is("bảng") || one.is("hình") || one.is("biểu"),
        [one, two] => {
            (one.is("biểu") && two.is("đồ")) || (one.is_sign('[') && (two.is("bảng") || two.is("hình")))
        }
        [one, two, three] => one.is_sign('[') && two.is("biểu") && three.is("đồ"),
        _ => false,
    }
}

fn literal_of(kind: &ItemKind, skeleton: &mut String) {
    match kind {
        ItemKind::Word(word) => skeleton.push_str(word),
        ItemKind::Sign(sign) => skeleton.push(match sign {
            '“' | '”' | '"' | '«' | '»' => '"',
            '–' | '—' | '\u{2212}' => '-',
            sign => *sign,
        }),
        ItemKind::Criterion(name) => skeleton.push_str(&text::fold(name).replace(' ', "_")),
        other => {
            let _ = write!(skeleton, "{}", format!("{other:?}").replace(' ', "_"));
        }
    }
    skeleton.push(' ');
}
