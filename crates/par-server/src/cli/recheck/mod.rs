//! `parindex recheck`: says of a published table what follows from what.

mod data;
mod text;

use std::io::ErrorKind;
use std::ops::Range;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use par_core::points::decimal::Decimal;
use par_core::recheck::finding::Kind;
use par_core::recheck::heading_rows::tables_beside;
use par_core::recheck::layout::{self, Line, Problem, ProblemKind};
use par_core::recheck::numbers::{self, CellProblem, Sign};
use par_core::recheck::table::Table;
use par_core::recheck::{Options, Recheck, recheck};

use super::{Failure, Outcome, output};
use crate::exchange::table::{self, Book, Grid, Limits, TableProblem, TableProblemKind};
use crate::messages;

const EXAMPLES: &str = "\
Ví dụ (examples):
  parindex recheck ket-qua-2020.xlsx
  parindex recheck ket-qua-2020.xlsx --sheet \"Cấp huyện\" --scale 98
  parindex recheck units-2020.csv --classes \"Xuất sắc=90, Tốt=80, Khá=70, Trung bình=50\"
  parindex recheck units-2020.csv --mean \"Khối sở, ngành=82,08\" --mean \"Cấp huyện=72,65\"
  parindex recheck bang.csv --scale \"Sở Ngoại vụ=78,5\" --scale \"Ban Dân tộc=80\"
  parindex recheck units-2020.csv --format json > kiem-tra.json

Mã kết thúc (exit code): 0 mọi thứ đã kiểm đều khớp hoặc giải thích được · 1 còn sai lệch, không kiểm
được gì, hoặc bảng không đọc được thành bảng kết quả · 2 sai cú pháp lệnh · 3 không đọc được tệp.";

/// Kiểm tra một bảng kết quả đã công bố (CSV, XLSX): tổng điểm, chỉ số, thứ hạng, xếp loại, trung bình.
///
/// Says row by row whether sums, indices, places and classes of a published table follow from its
/// figures, which rounding, tie rule and class bounds fit, and which printed means are reproduced.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Bảng kết quả: CSV (UTF-8) hoặc XLSX
    file: PathBuf,
    /// Trang tính của tệp XLSX; mặc định là mọi trang không ẩn
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Ngưỡng dưới của các mức xếp loại, ví dụ "Xuất sắc=90, Tốt=80, Khá=70"
    #[arg(long, value_name = "NAME=BOUND,…", value_parser = parse_classes)]
    classes: Option<Classes>,
    /// Chỉ số trung bình công bố ngoài bảng, ví dụ "Khối sở=82,08"; ghi được nhiều lần
    #[arg(long = "mean", value_name = "NAME=VALUE", value_parser = parse_mean)]
    means: Vec<(String, Decimal)>,
    /// Thang điểm khi bảng không ghi: "98", hoặc "ĐƠN VỊ=78,5", "KHỐI=98"; ghi được nhiều lần
    #[arg(long = "scale", value_name = "[NAME=]SCALE", value_parser = parse_scale)]
    scales: Vec<(String, Decimal)>,
    /// Dấu thập phân, khi số liệu trong bảng không cho biết
    #[arg(long, value_enum)]
    decimal: Option<DecimalSign>,
    /// Dạng kết quả
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum DecimalSign {
    Comma,
    Point,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

#[derive(Clone)]
struct Classes(Vec<(String, Decimal)>);

/// A table of the file that was judged.
struct Judged {
    /// Sheet and, beside others on it, columns.
    name: String,
    table: Table,
    result: Recheck,
}

/// What of the file was not judged, and why.
#[derive(Default)]
struct Unread {
    /// Sheets without a result table.
    without_table: Vec<String>,
    /// Hidden sheets.
    hidden: Vec<String>,
    /// Hidden rows and columns of sheets that were judged: sheet, rows, columns.
    parts: Vec<(String, Vec<usize>, Vec<String>)>,
}

/// Rechecks the file and prints the result.
///
/// # Errors
/// When the file cannot be read or the result cannot be written.
pub fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    let file = arguments.file.display().to_string();
    let book = match table::read(&arguments.file, arguments.sheet.as_deref(), &Limits::default()) {
        Ok(book) => book,
        Err(problem) => return refused(&problem),
    };
    let sign = arguments.decimal.map(|sign| match sign {
        DecimalSign::Comma => Sign::Comma,
        DecimalSign::Point => Sign::Point,
    });
    let classes = arguments.classes.map_or(Vec::new(), |classes| classes.0);
    let options = Options { classes, means: arguments.means, scales: arguments.scales };
    let Some((mut judged, unread, sound)) = judge(&file, &book, sign, &options) else {
        return Ok(Outcome::Problems);
    };
    stated_means_once(&mut judged);
    let text = match arguments.format {
        Format::Text => text::pages(&judged, &unread),
        Format::Json => data::json(&judged, &unread),
        Format::Csv => data::csv(&judged, &unread),
    };
    output::print(&text)?;
    let mut results = judged.iter().map(|judged| &judged.result);
    let sound = sound && results.clone().all(Recheck::is_sound) && results.any(Recheck::compared);
    Ok(if sound { Outcome::Sound } else { Outcome::Problems })
}

/// Judges every table of the file; `None` when none could be read, which is told. The last value is
/// whether all that look like result tables could be read.
fn judge(
    file: &str,
    book: &Book,
    sign: Option<Sign>,
    options: &Options,
) -> Option<(Vec<Judged>, Unread, bool)> {
    let mut judged = Vec::new();
    let mut unread = Unread { hidden: book.hidden.clone(), ..Unread::default() };
    let mut refused = Vec::new();
    for grid in &book.grids {
        let lines: Vec<Line<'_>> =
            grid.rows.iter().map(|row| Line { number: row.line, cells: &row.cells }).collect();
        let beside = tables_beside(&lines);
        let before = judged.len();
        let mut found = false;
        for columns in &beside {
            let part: Vec<Line<'_>> = lines.iter().map(|line| line.part(columns)).collect();
            match layout::read(&part, sign) {
                Ok(table) => {
                    let result = recheck(&table, options);
                    judged.push(Judged { name: name(grid, columns, beside.len() > 1), table, result });
                }
                Err(problems) => {
                    found |= !problems.iter().all(is_no_table);
                    refused.push((grid, columns.clone(), problems));
                }
            }
        }
        if judged.len() == before && !found {
            unread.without_table.push(grid.name.clone());
        }
        if grid.hidden.0.len() + grid.hidden.1.len() > 0 {
            unread.parts.push((grid.name.clone(), grid.hidden.0.clone(), grid.hidden.1.clone()));
        }
    }
    let broken: Vec<_> = refused.iter().filter(|(.., problems)| !problems.iter().all(is_no_table)).collect();
    for (grid, columns, problems) in &broken {
        print_problems(file, grid, columns, problems);
    }
    if judged.is_empty() {
        if let (true, Some((grid, columns, problems))) = (broken.is_empty(), refused.first()) {
            print_problems(file, grid, columns, problems);
            if unread.without_table.len() + unread.hidden.len() > 1 {
                output::complain(messages::recheck::no_sheet(&unread.without_table, &unread.hidden));
            }
        }
        return None;
    }
    let sound = broken.is_empty();
    Some((judged, unread, sound))
}

/// Whether the only problem is that there is no result table.
fn is_no_table(problem: &Problem) -> bool {
    let kind = &problem.kind;
    matches!(kind, ProblemKind::MissingColumns { .. } | ProblemKind::ManyRows { .. } | ProblemKind::NoRows)
}

/// The name of a table: the sheet's, with its columns where several stand side by side.
fn name(grid: &Grid, columns: &Range<usize>, several: bool) -> String {
    let letters = |at: usize| grid.columns.get(at).cloned().unwrap_or_else(|| (at + 1).to_string());
    if several {
        format!("{} (cột {}–{})", grid.name, letters(columns.start), letters(columns.end.saturating_sub(1)))
    } else {
        grid.name.clone()
    }
}

/// A mean that is stated beside the file is about one of its tables: where one gives it, the others
/// need not.
fn stated_means_once(judged: &mut [Judged]) {
    let given: Vec<String> = judged
        .iter()
        .flat_map(|judged| &judged.result.fits.means.printed)
        .filter(|mean| mean.printed.line.is_none() && (!mean.definitions.is_empty() || mean.explained))
        .map(|mean| mean.printed.name.clone())
        .collect();
    for judged in judged {
        judged.result.findings.retain(|finding| match &finding.kind {
            Kind::Mean { name } => {
                finding.line.is_some() || finding.explained_by.is_some() || !given.contains(name)
            }
            _ => true,
        });
    }
}

/// A file that the machine does not give is a failure; one with wrong content has a problem.
fn refused(problem: &TableProblem) -> Result<Outcome, Failure> {
    let (sentence, hint) = messages::table::sentences(problem);
    let message = format!("{}: {sentence}", messages::table::place(problem));
    match problem.kind {
        TableProblemKind::Unreadable(ErrorKind::NotFound, _)
        | TableProblemKind::Folder
        | TableProblemKind::NotAFile => {
            return Err(Failure::usage(message).hint(hint));
        }
        TableProblemKind::Unreadable(..) => return Err(Failure::new(message).hint(hint)),
        _ => output::complain(format!("{message}\n  → {hint}")),
    }
    Ok(Outcome::Problems)
}

/// Problems printed at most; the rest is counted.
const SHOWN: usize = 50;

fn print_problems(file: &str, grid: &Grid, columns: &Range<usize>, problems: &[Problem]) {
    let sheet = !grid.columns.is_empty();
    let cell = |problem: &Problem| -> Option<String> {
        let letters = grid.columns.get(columns.start + problem.position?)?;
        Some(format!("{letters}{}", problem.line?))
    };
    let place = |problem: &Problem| match (sheet, cell(problem), problem.line) {
        (true, Some(cell), _) => format!(" [{}!{cell}]", grid.name),
        (true, None, Some(line)) => format!(" [{}]:{line}", grid.name),
        (true, None, None) => format!(" [{}]", grid.name),
        (false, _, Some(line)) => format!(":{line}"),
        (false, _, None) => String::new(),
    };
    // Formulas without values stand in whole columns: one message names them all.
    let of_formula = |problem: &&Problem| problem.kind == ProblemKind::Number(CellProblem::Formula);
    let (formulas, others): (Vec<&Problem>, Vec<&Problem>) = problems.iter().partition(of_formula);
    if !formulas.is_empty() {
        let cells: Vec<String> = formulas.iter().filter_map(|problem| cell(problem)).collect();
        let (sentence, hint) = messages::recheck::formulas(formulas.len(), &cells);
        output::complain(format!("{file} [{}]: {sentence}\n  → {hint}", grid.name));
    }
    for problem in others.iter().take(SHOWN) {
        let (sentence, hint) = messages::recheck::problem(problem);
        output::complain(format!("{file}{}: {sentence}\n  → {hint}", place(problem)));
    }
    if others.len() > SHOWN {
        output::complain(format!("{file}: còn {} lỗi khác", others.len() - SHOWN));
    }
}

fn parse_number(text: &str) -> Result<Decimal, String> {
    numbers::number(text, None).map_err(|problem| messages::problems::number(&problem))
}

fn parse_mean(text: &str) -> Result<(String, Decimal), String> {
    let (name, value) = text.rsplit_once('=').ok_or("ghi TÊN=GIÁ TRỊ, ví dụ «Khối sở=82,08»")?;
    Ok((name.trim().to_owned(), parse_number(value)?))
}

fn parse_scale(text: &str) -> Result<(String, Decimal), String> {
    let (name, value) = text.rsplit_once('=').unwrap_or(("", text));
    let scale = parse_number(value)?;
    if scale <= Decimal::new(0, 0) {
        return Err("thang điểm phải lớn hơn 0".to_owned());
    }
    Ok((name.trim().to_owned(), scale))
}

/// "Tốt=79,5, Khá=70": a comma followed by a digit is a decimal sign.
fn parse_classes(text: &str) -> Result<Classes, String> {
    let mut bounds: Vec<(String, Decimal)> = Vec::new();
    let mut rest = text.trim().trim_end_matches([',', ';']);
    while !rest.is_empty() {
        let ends = |(at, sign): (usize, char)| {
            let digit = rest[at + 1..].starts_with(|c: char| c.is_ascii_digit());
            (sign == ';' || (sign == ',' && !digit)).then_some(at)
        };
        let end = rest.char_indices().filter(|(_, c)| matches!(c, ',' | ';')).find_map(ends);
        let (one, after) = end.map_or((rest, ""), |at| (&rest[..at], &rest[at + 1..]));
        let (name, bound) = one.rsplit_once('=').ok_or("ghi TÊN=MỨC DƯỚI, ví dụ «Tốt=80, Khá=70»")?;
        bounds.push((name.trim().to_owned(), parse_number(bound)?));
        rest = after.trim_start();
    }
    bounds.sort_by_key(|(_, bound)| std::cmp::Reverse(*bound));
    if bounds.is_empty() || bounds.windows(2).any(|pair| pair[0].1 == pair[1].1) {
        return Err("mỗi mức xếp loại phải có mức dưới riêng".to_owned());
    }
    Ok(Classes(bounds))
}
