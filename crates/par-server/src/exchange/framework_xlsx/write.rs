//! Framework → workbook, made to be edited: lists in cells, headings that stay, a page that prints.

use par_core::framework::{Framework, Node};
use par_core::points::Points;
use par_core::words::short::{self, BREAKERS, KINDS, SOURCES, Words};
use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::settings::{self, Form};
use super::{COLUMNS, CRITERIA, Column, SETTINGS, guide, params};

/// Rows below the last criterion that are ready for more.
const SPARE_ROWS: u32 = 200;
/// A4 as Excel counts papers.
const A4: u8 = 9;

/// The workbook's bytes.
///
/// # Errors
/// When a text is longer than a cell of Excel can hold.
pub fn workbook(framework: &Framework) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    criteria(workbook.add_worksheet().set_name(CRITERIA)?, framework)?;
    settings_sheet(workbook.add_worksheet().set_name(SETTINGS)?, framework)?;
    guide::write(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

fn criteria(sheet: &mut Worksheet, framework: &Framework) -> Result<(), XlsxError> {
    printed(sheet)?;
    for (at, column) in (0u16..).zip(&COLUMNS) {
        sheet.set_column_width(at, column.width)?;
        sheet.set_column_format(at, &if column.key == "max" { number(0) } else { text(0) })?;
        sheet.write_string_with_format(0, at, column.heading, &heading())?;
    }
    sheet.set_row_height(0, 34)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_repeat_rows(0, 0)?;
    let mut last = 0;
    for (row, (_, node)) in (1u32..).zip(framework.nodes()) {
        criterion(sheet, row, node)?;
        last = row;
    }
    let (first, end) = (1, last + SPARE_ROWS);
    choose_from(sheet, (first, column("source")), end, &SOURCES)?;
    choose_from(sheet, (first, column("kind")), end, &KINDS)?;
    // Codes are texts on purpose, also those that look like numbers.
    sheet.ignore_error_range(first, 0, end, column("compare_as"), IgnoreError::NumberStoredAsText)?;
    Ok(())
}

fn criterion(sheet: &mut Worksheet, row: u32, node: &Node) -> Result<(), XlsxError> {
    let depth = if node.scoring.is_some() { 0 } else { node.depth };
    let mut cells = Vec::new();
    for (at, column) in (0u16..).zip(&COLUMNS) {
        if column.key == "max" {
            write_points(sheet, (row, at), node.max, &number(depth))?;
            continue;
        }
        let indent = if column.key == "name" { node.depth.saturating_sub(1).min(10) } else { 0 };
        let format = text(depth).set_indent(u8::try_from(indent).expect("at most 10"));
        let format = if column.key == "name" { format.set_align(FormatAlign::Left) } else { format };
        let value = value_of(column, node);
        cells.push((value.clone(), usize::from(column.width) - indent));
        if value.is_empty() {
            sheet.write_blank(row, at, &format)?;
        } else {
            sheet.write_string_with_format(row, at, value, &format)?;
        }
    }
    sheet.set_row_height(row, height(cells.iter().map(|(text, width)| (text.as_str(), *width))))?;
    Ok(())
}

/// Points of height that show every line of the cells, as far as Excel lets a row grow. Excel and
/// LibreOffice do not grow rows by themselves when they open a file.
pub(super) fn height<'a>(cells: impl Iterator<Item = (&'a str, usize)>) -> u32 {
    let lines = |text: &str, width: usize| -> usize {
        text.lines().map(|line| line.chars().count().div_ceil(width.max(1)).max(1)).sum()
    };
    let most = cells.map(|(text, width)| lines(text, width)).max().unwrap_or(1).max(1);
    u32::try_from(most * 14 + 5).unwrap_or(409).min(409)
}

fn value_of(column: &Column, node: &Node) -> String {
    let scoring = node.scoring.as_ref();
    match column.key {
        "code" => node.code.clone(),
        "name" => node.name.clone(),
        "source" => scoring.map_or_else(String::new, |s| short::vi(&SOURCES, s.source.name()).to_owned()),
        "kind" => scoring.map_or_else(String::new, |s| short::vi(&KINDS, s.rule.kind()).to_owned()),
        "rule" => scoring.map_or_else(String::new, |s| params::text(&s.rule)),
        "evidence" => scoring.map_or_else(String::new, |s| s.evidence.clone()),
        "legal" => scoring.map_or_else(String::new, |s| s.legal.clone()),
        "since" => node.since.map_or_else(String::new, |year| year.to_string()),
        _ => match &node.compare_as {
            Some(code) if *code == node.code => String::new(),
            Some(code) => code.clone(),
            None => "-".to_owned(),
        },
    }
}

/// Points as a number where Excel keeps every digit, else as a text.
fn write_points(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    points: Points,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = points.to_string();
    match text.parse::<f64>() {
        Ok(number) if number.to_string() == text => {
            sheet.write_number_with_format(row, column, number, format)?
        }
        _ => sheet.write_string_with_format(row, column, params::typed(points.decimal()), format)?,
    };
    Ok(())
}

fn settings_sheet(sheet: &mut Worksheet, framework: &Framework) -> Result<(), XlsxError> {
    printed(sheet)?;
    for (at, (width, title)) in (0u16..).zip([(30, SETTINGS), (60, "Giá trị"), (70, "Giải thích")]) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, title, &heading())?;
    }
    sheet.set_freeze_panes(1, 1)?;
    for (row, setting) in (1u32..).zip(&settings::ALL) {
        sheet.write_string_with_format(row, 0, setting.label, &text(2))?;
        let value = setting.of(framework);
        let shown = [(setting.label, 30), (value.as_str(), 60), (setting.about, 70)];
        sheet.set_row_height(row, height(shown.into_iter()))?;
        sheet.write_string_with_format(row, 1, value, &text(0))?;
        sheet.write_string_with_format(row, 2, setting.about, &text(0).set_font_color(GREY))?;
        sheet.ignore_error(row, 1, IgnoreError::NumberStoredAsText)?;
        match setting.form {
            Form::Word(words) => choose_from(sheet, (row, 1), row, words)?,
            Form::Breaker => suggest(sheet, (row, 1), &BREAKERS)?,
            _ => {}
        }
    }
    Ok(())
}

fn choose_from(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    last: u32,
    words: &'static Words,
) -> Result<(), XlsxError> {
    let list = DataValidation::new()
        .allow_list_strings(&settings::choices(words))?
        .set_error_title("Giá trị không có trong danh sách")?
        .set_error_message("Chọn một giá trị trong danh sách thả xuống.")?;
    sheet.add_data_validation(row, column, last, column, &list)?;
    Ok(())
}

/// A list to choose from that also takes something else, such as a code.
fn suggest(sheet: &mut Worksheet, (row, column): (u32, u16), words: &'static Words) -> Result<(), XlsxError> {
    let list = DataValidation::new().allow_list_strings(&settings::choices(words))?.show_error_message(false);
    sheet.add_data_validation(row, column, row, column, &list)?;
    Ok(())
}

/// A4, landscape, as wide as the page, with page numbers.
pub(super) fn printed(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.6, 0.5, 0.6, 0.7, 0.3, 0.3).set_footer("&L&A&RTrang &P/&N");
    Ok(())
}

fn column(key: &str) -> u16 {
    let at = COLUMNS.iter().position(|column| column.key == key).expect("the key is one of the columns");
    u16::try_from(at).expect("there are ten columns")
}

const GREY: Color = Color::RGB(0x59_59_59);

pub(super) fn heading() -> Format {
    base()
        .set_bold()
        .set_background_color(Color::RGB(0x1F_3B_5B))
        .set_font_color(Color::White)
        .set_align(FormatAlign::VerticalCenter)
}

/// Text that Excel leaves alone; areas and criteria with parts stand out, 0 is plain.
pub(super) fn text(depth: usize) -> Format {
    let format = base().set_num_format("@");
    match depth {
        1 => format.set_bold().set_background_color(Color::RGB(0xDC_E6_F1)),
        2.. => format.set_bold(),
        0 => format,
    }
}

fn number(depth: usize) -> Format {
    text(depth).set_num_format("General").set_align(FormatAlign::Right).set_indent(1)
}

fn base() -> Format {
    Format::new()
        .set_font_name("Times New Roman")
        .set_font_size(11)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xBF_BF_BF))
}
