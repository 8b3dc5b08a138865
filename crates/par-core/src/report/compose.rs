//! Templates and a year → a document.

use super::at::{At, Item};
use super::budget::Budget;
use super::look_up::Reader;
use super::value::{Value, joined};
use super::wording::{self, Arm, Block, Name, Word, Wording, Words, check};
use super::{Appendix, Document, Lead, Part, Picture, Run, Table, Text, lists, plain, tables};
use crate::problem::{Problem, ProblemKind};
use crate::report::wording::fault::WordingFault;
use crate::score::results::Results;
use crate::text::capital;
use crate::words::sentence::roman;

/// What stands where the year has nothing to say: room to write by hand.
const BLANK: &str = "……";

/// A document and where its templates ask for what the year does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// The document.
    pub document: Document,
    /// Names without a value, each once, with file and line.
    pub problems: Vec<Problem>,
    /// The list at which the wording asked for more than a document holds: what follows is missing.
    pub too_much: Option<Problem>,
}

/// The official report of a year.
pub fn report(results: &Results, wording: &Wording) -> Composed {
    let reader = Reader { results, wording };
    let mut composed = Composer::new(reader).document(&wording.report, &At::year());
    let (head, tail) = wording.letter.pages(&results.year);
    composed.document.head = Some(head);
    composed.document.tail = Some(tail);
    composed
}

/// The profile of a unit.
pub fn unit(results: &Results, wording: &Wording, unit: usize) -> Composed {
    let reader = Reader { results, wording };
    Composer::new(reader).document(&wording.unit, &At::unit(&results.year, unit))
}

struct Composer<'r> {
    reader: Reader<'r>,
    /// Numbered items since the last heading.
    items: u32,
    appendices: Vec<Appendix>,
    footnotes: Vec<(Name, Words)>,
    problems: Vec<Problem>,
    budget: Budget,
    too_much: Option<Problem>,
}

impl<'r> Composer<'r> {
    fn new(reader: Reader<'r>) -> Composer<'r> {
        let (appendices, footnotes, problems) = (Vec::new(), Vec::new(), Vec::new());
        let budget = Budget::of(reader.results.year.units.len());
        Composer { reader, items: 0, appendices, footnotes, problems, budget, too_much: None }
    }

    fn document(mut self, blocks: &[Block], at: &At) -> Composed {
        gather_footnotes(blocks, &mut self.footnotes);
        let mut parts = Vec::new();
        self.blocks(blocks, at, &mut parts);
        let body = numbered(parts);
        let mut appendices = std::mem::take(&mut self.appendices);
        let several = appendices.len() > 1;
        for (position, appendix) in appendices.iter_mut().enumerate() {
            appendix.number = if several { roman(position + 1) } else { String::new() };
        }
        let mut document = Document { body, appendices, ..Document::default() };
        captioned(&mut document);
        if self.budget.is_spent() && self.too_much.is_none() {
            let kind = ProblemKind::Wording { fault: WordingFault::TooMuch, column: 0 };
            self.too_much = Some(Problem { file: "wording".to_owned(), line: 0, kind });
        }
        Composed { document, problems: self.problems, too_much: self.too_much }
    }

    fn blocks(&mut self, blocks: &[Block], at: &At, parts: &mut Vec<Part>) {
        for block in blocks {
            match block {
                Block::Heading(level, words) => {
                    let text = self.sentence(words, at);
                    if !text.is_empty() {
                        self.items = 0;
                        parts.push(Part::Heading { level: *level, number: String::new(), text });
                    }
                }
                Block::Paragraph(lead, words) => {
                    let text = self.sentence(words, at);
                    if !text.is_empty() {
                        let lead = self.lead(*lead);
                        parts.push(Part::Paragraph { lead, text });
                    }
                }
                Block::Table(name, caption) => parts.extend(self.table(name, caption, at).map(Part::Table)),
                Block::Picture(name, caption) => parts.extend(self.picture(name, caption, at)),
                Block::Each(list, blocks) => {
                    for place in self.items(list, at) {
                        self.blocks(blocks, &place, parts);
                        if self.is_spent(list) {
                            break;
                        }
                    }
                }
                Block::Appendix { title, landscape, blocks } => {
                    let title = self.sentence(title, at);
                    let mut inside = Vec::new();
                    self.blocks(blocks, at, &mut inside);
                    if !inside.is_empty() {
                        let parts = numbered(inside);
                        let number = String::new();
                        self.appendices.push(Appendix { number, title, landscape: *landscape, parts });
                    }
                }
                Block::Footnote(..) => {}
            }
        }
    }

    fn lead(&mut self, lead: wording::Lead) -> Lead {
        match lead {
            wording::Lead::Body => Lead::Body,
            wording::Lead::Dash => Lead::Dash,
            wording::Lead::Remark => Lead::Remark,
            wording::Lead::Number => {
                self.items += 1;
                Lead::Number(self.items)
            }
        }
    }

    fn items(&mut self, list: &Name, at: &At) -> Vec<At> {
        if self.is_spent(list) {
            return Vec::new();
        }
        let items = lists::items(self.reader.results, self.reader.wording, at, &list.key).unwrap_or_default();
        self.budget.look(items.len() + 1);
        items
    }

    /// Whether nothing more can be composed; the list at which that shows first is kept.
    fn is_spent(&mut self, list: &Name) -> bool {
        let is_spent = self.budget.is_spent();
        if is_spent && self.too_much.is_none() {
            self.too_much = Some(check::at(list, WordingFault::TooMuch));
        }
        is_spent
    }

    fn table(&mut self, name: &Name, caption: &Words, at: &At) -> Option<Table> {
        let reader = self.reader;
        let mut footnote = |place: &At| {
            let words = self.footnotes.iter().find(|(known, _)| known.key == "thang-diem")?.1.clone();
            let text = self.sentence(&words, &place.with(Item::Unit));
            (!text.is_empty()).then_some(text)
        };
        let mut table = tables::table(&reader, at, &name.key, &mut footnote)?;
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            self.budget.look(1);
            self.budget.write(plain(cell).len());
        }
        table.caption = self.sentence(caption, at);
        Some(table)
    }

    fn picture(&mut self, name: &Name, caption: &Words, at: &At) -> Option<Part> {
        let chart = tables::chart(&self.reader, at, &name.key)?;
        let title = plain(&self.sentence(caption, at));
        let description = tables::description(&self.reader, chart);
        Some(Part::Picture(Picture { chart, part: 0, title, description }))
    }

    /// Words with their figures, tidied; empty when nothing is left of them.
    fn sentence(&mut self, words: &Words, at: &At) -> Text {
        let mut text = Text::new();
        self.words(words, at, &mut text);
        tidied(text)
    }

    fn words(&mut self, words: &Words, at: &At, text: &mut Text) {
        for word in words {
            self.budget.look(1);
            if self.budget.is_spent() {
                if let Word::Name(name) | Word::Choice(name, _) | Word::Each(name, _) = word {
                    self.is_spent(name);
                }
                break;
            }
            match word {
                Word::Text(typed) => {
                    self.budget.write(typed.len());
                    text.push(Run::Plain(typed.clone()));
                }
                Word::Name(name) => {
                    let value = self.reader.value(at, &name.key);
                    match value.text(name) {
                        Some(said) => {
                            said.iter()
                                .for_each(|run| self.budget.write(plain(std::slice::from_ref(run)).len()));
                            text.extend(said);
                        }
                        None => {
                            self.missing(name);
                            text.push(Run::Plain(BLANK.to_owned()));
                        }
                    }
                }
                Word::Choice(name, arms) => {
                    let value = match lists::items(self.reader.results, self.reader.wording, at, &name.key) {
                        Some(items) => Value::count(items.len()),
                        None => self.reader.value(at, &name.key),
                    };
                    if let Some(arm) = chosen(&value, arms) {
                        self.words(&arm.words, at, text);
                    }
                }
                Word::Each(list, words) => {
                    let places = self.items(list, at);
                    let mut items: Vec<Text> = Vec::new();
                    for place in &places {
                        items.push(self.sentence_part(words, place));
                        if self.is_spent(list) {
                            break;
                        }
                    }
                    items.retain(|item| !item.is_empty());
                    text.extend(joined(items));
                }
                Word::Note(words) => {
                    let note = self.sentence(words, at);
                    if !note.is_empty() {
                        text.push(Run::Note(note));
                    }
                }
                Word::Strong(words) => {
                    let mut strong = Text::new();
                    self.words(words, at, &mut strong);
                    text.push(Run::Strong(plain(&strong)));
                }
            }
        }
    }

    fn sentence_part(&mut self, words: &Words, at: &At) -> Text {
        let mut text = Text::new();
        self.words(words, at, &mut text);
        if plain(&text).trim().is_empty() { Text::new() } else { text }
    }

    fn missing(&mut self, name: &Name) {
        let problem = check::at(name, WordingFault::NoValue(name.typed.clone()));
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

fn chosen<'a>(value: &Value, arms: &'a [Arm]) -> Option<&'a Arm> {
    arms.iter().find(|arm| arm.case.is_none_or(|case| value.is(case)))
}

fn gather_footnotes(blocks: &[Block], footnotes: &mut Vec<(Name, Words)>) {
    for block in blocks {
        match block {
            Block::Footnote(name, words) => footnotes.push((name.clone(), words.clone())),
            Block::Each(_, blocks) | Block::Appendix { blocks, .. } => gather_footnotes(blocks, footnotes),
            _ => {}
        }
    }
}

/// Drops headings with nothing below them, then numbers the rest without slips.
fn numbered(parts: Vec<Part>) -> Vec<Part> {
    let level_of = |part: &Part| match part {
        Part::Heading { level, .. } => *level,
        _ => u8::MAX,
    };
    let mut kept: Vec<Part> = Vec::new();
    for part in parts.into_iter().rev() {
        let level = level_of(&part);
        let empty = level < u8::MAX && kept.last().is_none_or(|next| level_of(next) <= level);
        if !empty {
            kept.push(part);
        }
    }
    kept.reverse();
    let mut counted = [0usize; 3];
    for part in &mut kept {
        let Part::Heading { level, number, .. } = part else { continue };
        let level = usize::from(*level - 1);
        counted[level] += 1;
        counted[level + 1..].fill(0);
        *number = match level {
            0 => format!("{}.", roman(counted[0])),
            1 => format!("{}.", counted[1]),
            _ => format!("{})", letter(counted[2])),
        };
    }
    kept
}

/// Numbers tables and charts through the document: "Bảng 1. …", "Biểu đồ 1. …".
fn captioned(document: &mut Document) {
    let (mut tables, mut charts) = (0, 0);
    let appendices = document.appendices.iter_mut().flat_map(|appendix| &mut appendix.parts);
    for part in document.body.iter_mut().chain(appendices) {
        match part {
            Part::Table(table) if !table.caption.is_empty() => {
                tables += 1;
                table.caption.insert(0, Run::Plain(format!("Bảng {tables}. ")));
            }
            Part::Picture(picture) => {
                charts += 1;
                picture.title = format!("Biểu đồ {charts}. {}", picture.title);
            }
            _ => {}
        }
    }
}

/// a, b, c, d, đ, e, … as lists are lettered in Vietnamese documents.
fn letter(number: usize) -> char {
    const LETTERS: [char; 22] = [
        'a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
        'v', 'x',
    ];
    LETTERS[(number - 1) % LETTERS.len()]
}

/// One space between words, none before a closing sign, a capital where the text begins and where a
/// name or figure begins a sentence; nothing at all when only signs are left.
fn tidied(text: Text) -> Text {
    let mut tidy: Text = Vec::new();
    let mut last = ' ';
    let mut begins = true;
    for run in text {
        match run {
            Run::Plain(words) => match tidy.last_mut() {
                Some(Run::Plain(before)) => {
                    let words = spaced(&words, &mut last, &mut begins);
                    before.push_str(&words);
                }
                _ => tidy.push(Run::Plain(spaced(&words, &mut last, &mut begins))),
            },
            Run::Strong(words) => tidy.push(Run::Strong(spaced(&words, &mut last, &mut begins))),
            Run::Figure(printed, figure) => {
                tidy.push(Run::Figure(spaced(&printed, &mut last, &mut begins), figure));
            }
            Run::Note(note) => tidy.push(Run::Note(note)),
        }
    }
    if !plain(&tidy).contains(char::is_alphanumeric) {
        return Text::new();
    }
    for at in 0..tidy.len() {
        let closes = match tidy.get(at + 1) {
            Some(Run::Plain(words) | Run::Figure(words, _) | Run::Strong(words)) => {
                words.starts_with(CLOSING)
            }
            Some(Run::Note(_)) | None => true,
        };
        if let Run::Plain(words) = &mut tidy[at] {
            for sign in CLOSING {
                *words = words.replace(&format!(" {sign}"), &sign.to_string());
            }
            if closes {
                words.truncate(words.trim_end().len());
            }
        }
    }
    tidy.retain(|run| !matches!(run, Run::Plain(words) if words.is_empty()));
    tidy
}

/// Signs without a space before them.
const CLOSING: [char; 6] = [',', '.', ';', ':', ')', '%'];

/// The words with single spaces, capital at a sentence's beginning.
fn spaced(words: &str, last: &mut char, begins: &mut bool) -> String {
    let mut out = String::new();
    for letter in words.chars() {
        if letter == ' ' && *last == ' ' {
            continue;
        }
        if letter == ' ' && matches!(*last, '.' | '!' | '?') {
            *begins = true;
        }
        if *begins && letter.is_alphanumeric() {
            out.push_str(&capital(&letter.to_string()));
            *begins = false;
        } else {
            out.push(letter);
        }
        *last = letter;
    }
    out
}
