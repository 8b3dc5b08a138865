//! All tables of a report as a workbook: one sheet a table, numbers as numbers, a list of contents.
//!
//! Knows no files. Texts are never read as formulas.

use std::fmt::Write;

use par_core::report::{Align, Document, Part, Row, RowKind, Run, Table, plain};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Url, Workbook, Worksheet,
    XlsxError,
};

use crate::width;

/// A4 as Excel counts papers.
const A4: u8 = 9;
/// Name of the first sheet.
const CONTENTS: &str = "Mục lục";
/// Excel's limit for the name of a sheet.
const LONGEST_NAME: usize = 31;
/// From how many columns on a sheet is printed on its side.
const WIDE: usize = 8;
/// Characters of 12 points that fit across a page, upright and on its side.
const ACROSS: (f64, f64) = (78.0, 116.0);
/// Pixels of a row and of a column as Excel has them for the font and size of the workbook.
const DEFAULT_ROW: u32 = 21;
const DEFAULT_COLUMN: u32 = 72;
/// Points of a character of a column's width: a digit of the font.
const CHARACTER: f64 = 6.0;
/// Digits that a cell of Excel keeps.
const DIGITS: usize = 15;
const FONT: &str = "Times New Roman";
/// Of most words, in points.
const SIZE: u32 = 12;

/// What a workbook needs besides its tables.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Its title, also on the first sheet.
    pub title: &'a str,
    /// Who issues it.
    pub author: &'a str,
    /// When it was made, as in `2021-04-20T00:00:00Z`.
    pub created: &'a str,
}

/// The tables of `document` as an `.xlsx` file. The same arguments always give the same bytes.
///
/// # Errors
/// When `created` is no time, or a text is longer than a cell of Excel can hold.
pub fn write(document: &Document, options: &Options) -> Result<Vec<u8>, XlsxError> {
    let tables = tables(document);
    let mut workbook = Workbook::new();
    // Widths of columns count digits of this font, so they are the same on every machine.
    workbook.set_default_format(&base(), DEFAULT_ROW, DEFAULT_COLUMN)?;
    let created = ExcelDateTime::parse_from_str(options.created)?;
    let properties = DocProperties::new().set_title(options.title).set_author(options.author);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    contents(workbook.add_worksheet(), options.title, &tables)?;
    for (name, table) in &tables {
        sheet(workbook.add_worksheet().set_name(name)?, table)?;
    }
    workbook.save_to_buffer()
}

/// The tables in order, each with the name of its sheet.
fn tables(document: &Document) -> Vec<(String, &Table)> {
    let mut tables: Vec<(String, &Table)> = Vec::new();
    let of_appendices = document.appendices.iter().map(|one| (plain(&one.title), one.parts.as_slice()));
    for (mut heading, parts) in
        std::iter::once((String::new(), document.body.as_slice())).chain(of_appendices)
    {
        for part in parts {
            match part {
                Part::Heading { text, .. } => heading = plain(text),
                Part::Table(table) if !table.columns.is_empty() => {
                    let caption = plain(&table.caption);
                    let wanted = if caption.trim().is_empty() { &heading } else { &caption };
                    let name = unused(wanted, &tables);
                    tables.push((name, table));
                }
                _ => {}
            }
        }
    }
    tables
}

/// A name for a sheet that Excel takes and no other sheet has.
fn unused(wanted: &str, taken: &[(String, &Table)]) -> String {
    // Signs that Excel refuses, and signs it counts twice.
    let allowed = |sign: char| match sign {
        '[' | '(' => '(',
        ']' | ')' => ')',
        ':' | '*' | '?' | '/' | '\\' | '\'' => ' ',
        other if other.is_control() || u32::from(other) > 0xffff => ' ',
        other => other,
    };
    let words: String = wanted.chars().map(allowed).collect();
    let mut words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        words = format!("Bảng {}", taken.len() + 1);
    }
    let is_taken = |name: &str| {
        let same = |other: &str| other.to_lowercase() == name.to_lowercase();
        same(CONTENTS) || same("History") || taken.iter().any(|(known, _)| same(known))
    };
    let mut name = shortened(&words, LONGEST_NAME);
    let mut number = 1;
    while is_taken(&name) {
        number += 1;
        let ending = format!(" ({number})");
        name = format!("{}{ending}", shortened(&words, LONGEST_NAME - ending.chars().count()));
    }
    name
}

/// As many whole words as fit into `most` letters.
fn shortened(words: &str, most: usize) -> String {
    let Some((cut, next)) = words.char_indices().nth(most) else { return words.to_owned() };
    let short = &words[..cut];
    let whole = if next == ' ' { Some(cut) } else { short.rfind(' ') };
    short[..whole.unwrap_or(cut)].trim_end_matches([' ', ',', '.', '-', '–', '(']).to_owned()
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(SIZE)
}

fn cell(align: Align) -> Format {
    let side = match align {
        Align::Left => FormatAlign::Left,
        Align::Centre => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    };
    let format = base().set_border(FormatBorder::Thin).set_text_wrap();
    format.set_align(side).set_align(FormatAlign::VerticalCenter)
}

fn contents(sheet: &mut Worksheet, title: &str, tables: &[(String, &Table)]) -> Result<(), XlsxError> {
    sheet.set_name(CONTENTS)?;
    page(sheet, false);
    sheet.set_column_width(0, 6)?.set_column_width(1, 64)?.set_column_width(2, 12)?;
    let format = base().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    sheet.merge_range(0, 0, 0, 2, title, &format)?;
    sheet.set_row_height(0, height(std::iter::once((title.to_owned(), 82.0)), true))?;
    let heading = cell(Align::Centre).set_bold();
    for (at, words) in (0..).zip(["TT", "Bảng", "Số dòng"]) {
        sheet.write_string_with_format(2, at, words, &heading)?;
    }
    for (row, (number, (name, table))) in (3..).zip((1u32..).zip(tables)) {
        sheet.write_number_with_format(row, 0, number, &cell(Align::Centre))?;
        let caption = plain(&table.caption);
        let words = if caption.trim().is_empty() { name } else { caption.trim() };
        let link = Url::new(format!("internal:'{name}'!A1")).set_text(words);
        sheet.write_url_with_format(row, 1, link, &cell(Align::Left).set_hyperlink())?;
        let rows = table.rows.iter().filter(|row| row.kind == RowKind::Plain).count();
        let rows = u32::try_from(rows).expect("a table in memory");
        sheet.write_number_with_format(row, 2, rows, &cell(Align::Right).set_num_format("#,##0"))?;
        sheet.set_row_height(row, height(std::iter::once((words.to_owned(), 64.0)), false))?;
    }
    sheet.set_freeze_panes(3, 0)?;
    Ok(())
}

fn page(sheet: &mut Worksheet, is_wide: bool) {
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&C&\"Times New Roman\"Trang &P/&N");
    if is_wide {
        sheet.set_landscape();
    }
}

/// A sheet that is being written.
struct Writing<'a> {
    sheet: &'a mut Worksheet,
    table: &'a Table,
    widths: Vec<f64>,
    row: u32,
    notes: Vec<String>,
}

fn sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let is_wide = table.columns.len() >= WIDE;
    page(sheet, is_wide);
    let all: f64 = table.columns.iter().map(|column| f64::from(column.width.max(1))).sum();
    let across = if is_wide { ACROSS.1 } else { ACROSS.0 };
    let width = |width: u16| (across * f64::from(width.max(1)) / all).max(5.0);
    let widths: Vec<f64> = table.columns.iter().map(|column| width(column.width)).collect();
    for (at, width) in (0..).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    let mut writing = Writing { sheet, table, widths, row: 0, notes: Vec::new() };
    writing.above()?;
    let first = writing.row;
    for row in &table.rows {
        writing.row(row)?;
    }
    let last = writing.row.saturating_sub(1).max(first);
    let columns = u16::try_from(table.columns.len() - 1).unwrap_or(u16::MAX);
    // Codes and ordinal numbers in columns of words are texts on purpose.
    writing.sheet.ignore_error_range(first, 0, last, columns, IgnoreError::NumberStoredAsText)?;
    writing.below()
}

impl Writing<'_> {
    /// Caption and header, which stay in sight and are printed on every page.
    fn above(&mut self) -> Result<(), XlsxError> {
        let caption = self.words(&self.table.caption);
        if !caption.is_empty() {
            let format = base().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
            self.across(&caption, &format)?;
            let width = self.widths.iter().sum();
            self.sheet.set_row_height(0, height(std::iter::once((caption, width)), true))?;
            self.row = 1;
        }
        let columns = &self.table.columns;
        if columns.iter().any(|column| !column.title.is_empty()) {
            let heading = cell(Align::Centre).set_bold();
            for (at, column) in (0..).zip(columns) {
                self.sheet.write_string_with_format(self.row, at, &column.title, &heading)?;
            }
            let titles = columns.iter().map(|column| column.title.clone());
            self.sheet.set_row_height(self.row, height(titles.zip(self.widths.iter().copied()), true))?;
            self.row += 1;
        }
        if self.row > 0 {
            self.sheet.set_freeze_panes(self.row, 0)?;
            self.sheet.set_repeat_rows(0, self.row - 1)?;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row) -> Result<(), XlsxError> {
        let nothing: Vec<Run> = Vec::new();
        let mut texts = Vec::new();
        if row.kind == RowKind::Group {
            let text = self.words(row.cells.first().unwrap_or(&nothing));
            self.across(&text, &cell(Align::Left).set_bold())?;
            texts.push((text, self.widths.iter().sum()));
        } else {
            for (at, column) in self.table.columns.iter().enumerate() {
                let format = cell(column.align);
                let format = if row.kind == RowKind::Summary { format.set_bold() } else { format };
                let text = self.cell(at, row.cells.get(at).unwrap_or(&nothing), format)?;
                texts.push((text, self.widths[at]));
            }
        }
        self.sheet.set_row_height(self.row, height(texts.into_iter(), row.kind != RowKind::Plain))?;
        self.row += 1;
        Ok(())
    }

    /// Writes a cell; gives its words.
    fn cell(&mut self, at: usize, text: &[Run], format: Format) -> Result<String, XlsxError> {
        let is_number = self.table.columns[at].align != Align::Left;
        let (row, column) = (self.row, u16::try_from(at).unwrap_or(u16::MAX));
        let printed = plain(text);
        let printed = printed.trim();
        match number(printed).filter(|_| is_number) {
            Some(Number { value, format: picture }) => {
                let mark = self.marks(text);
                let picture = if mark.is_empty() { picture } else { marked(&picture, &mark) };
                let format = format.set_num_format(picture);
                self.sheet.write_number_with_format(row, column, value, &format)?;
                Ok(format!("{printed}{mark}"))
            }
            None => {
                let words = self.words(text);
                if words.is_empty() {
                    self.sheet.write_blank(row, column, &format)?;
                } else {
                    self.sheet.write_string_with_format(row, column, &words, &format)?;
                }
                Ok(words)
            }
        }
    }

    /// The words of a text with the marks of its notes where they stand.
    fn words(&mut self, text: &[Run]) -> String {
        let mut words = String::new();
        for run in text {
            match run {
                Run::Plain(part) | Run::Strong(part) | Run::Figure(part, _) => words.push_str(part),
                Run::Note(_) => words.push_str(&self.marks(std::slice::from_ref(run))),
            }
        }
        words.trim().to_owned()
    }

    /// The marks of the notes of a text; the notes are kept for the foot of the table.
    fn marks(&mut self, text: &[Run]) -> String {
        let mut marks = String::new();
        for run in text {
            if let Run::Note(note) = run {
                self.notes.push(plain(note));
                write!(marks, " ({})", self.notes.len()).expect("a string takes all");
            }
        }
        marks
    }

    fn across(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let last = u16::try_from(self.table.columns.len() - 1).unwrap_or(u16::MAX);
        if last == 0 {
            self.sheet.write_string_with_format(self.row, 0, text, format)?;
        } else {
            self.sheet.merge_range(self.row, 0, self.row, last, text, format)?;
        }
        Ok(())
    }

    /// The notes.
    fn below(mut self) -> Result<(), XlsxError> {
        self.row += 1;
        let format =
            base().set_font_size(11).set_text_wrap().set_align(FormatAlign::Left).set_align(FormatAlign::Top);
        for (number, note) in (1..).zip(std::mem::take(&mut self.notes)) {
            let text = format!("({number}) {note}");
            self.across(&text, &format)?;
            let width = self.widths.iter().sum();
            self.sheet.set_row_height(self.row, height(std::iter::once((text, width)), false))?;
            self.row += 1;
        }
        Ok(())
    }
}

/// A number and how Excel has to show it to look as printed.
struct Number {
    value: f64,
    format: String,
}

/// `text` as a number where it is one as printed in Vietnamese: `87,42`, `1.160`, `+3,32`.
fn number(text: &str) -> Option<Number> {
    let mut signs = text.chars();
    let sign = signs.next().filter(|sign| matches!(sign, '+' | '-' | '\u{2212}' | '\u{2013}'));
    let body = if sign.is_some() { signs.as_str() } else { text };
    let (whole, decimals) = body.split_once(',').map_or((body, None), |(whole, part)| (whole, Some(part)));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    let groups: Vec<&str> = whole.split('.').collect();
    let (first, rest) = groups.split_first()?;
    let is_grouped = !rest.is_empty();
    let is_whole = groups.iter().all(|group| are_digits(group))
        && (!is_grouped || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3)));
    let digits = groups.concat();
    // "007" is a code.
    let has_padding = digits.len() > 1 && digits.starts_with('0');
    let fraction = decimals.unwrap_or("0");
    if !is_whole || has_padding || !are_digits(fraction) || digits.len() + fraction.len() > DIGITS {
        return None;
    }
    let size: f64 = format!("{digits}.{fraction}").parse().ok()?;
    let mut picture = if is_grouped { "#,##0".to_owned() } else { "0".to_owned() };
    if let Some(decimals) = decimals {
        picture.push('.');
        picture.push_str(&"0".repeat(decimals.len()));
    }
    let format = match sign {
        Some('+') => format!("+{picture};-{picture};+{picture}"),
        Some(dash @ ('\u{2212}' | '\u{2013}')) => {
            format!("{picture};\"{dash}\"{picture};\"{dash}\"{picture}")
        }
        Some(_) => format!("{picture};-{picture};-{picture}"),
        None => picture,
    };
    let is_negative = sign.is_some_and(|sign| sign != '+');
    Some(Number { value: if is_negative && size > 0.0 { -size } else { size }, format })
}

/// A picture of numbers with a mark behind every part of it.
fn marked(picture: &str, mark: &str) -> String {
    picture.split(';').map(|part| format!("{part}\"{mark}\"")).collect::<Vec<_>>().join(";")
}

/// Points of height that show every line of the cells, as far as Excel lets a row grow: rows are not
/// grown by themselves when a file is opened.
fn height(cells: impl Iterator<Item = (String, f64)>, is_bold: bool) -> f64 {
    let lines = |text: &str, width: f64| -> usize {
        let room = (width * CHARACTER * 20.0) as u32;
        text.lines().map(|line| width::lines(line, room, SIZE, is_bold).max(1)).sum()
    };
    let most = cells.map(|(text, width)| lines(&text, width)).max().unwrap_or(1).max(1);
    (most as f64 * 16.0 + 3.0).min(409.0)
}
