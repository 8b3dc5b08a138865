//! `parindex recheck`: says of a published table what follows from what.

mod data;
mod text;

use std::io::ErrorKind;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use par_core::points::decimal::Decimal;
use par_core::recheck::layout::{self, Line, Problem};
use par_core::recheck::numbers::{self, Sign};
use par_core::recheck::table::Table;
use par_core::recheck::{Options, recheck};

use super::{Failure, Outcome, output};
use crate::exchange::table::{self, Grid, Limits, TableProblem, TableProblemKind};
use crate::messages;

const EXAMPLES: &str = "\
Ví dụ (examples):
  parindex recheck ket-qua-2020.xlsx
  parindex recheck ket-qua-2020.xlsx --sheet \"Cấp huyện\" --scale 98
  parindex recheck units-2020.csv --classes \"Xuất sắc=90, Tốt=80, Khá=70, Trung bình=50\"
  parindex recheck units-2020.csv --mean \"Khối sở, ngành=82,08\" --mean \"Cấp huyện=72,65\"
  parindex recheck bang.csv --scale \"Sở Ngoại vụ=78,5\" --scale \"Ban Dân tộc=80\"
  parindex recheck units-2020.csv --format json > kiem-tra.json

Mã kết thúc (exit code): 0 không còn sai lệch chưa giải thích được · 1 còn sai lệch, hoặc bảng không
đọc được thành bảng kết quả · 2 sai cú pháp lệnh · 3 không đọc được tệp.";

/// Kiểm tra một bảng kết quả đã công bố (CSV, XLSX): tổng điểm, chỉ số, thứ hạng, xếp loại, trung bình.
///
/// Says row by row whether sums, indices, places and classes of a published table follow from its
/// figures, which rounding, tie rule and class bounds fit, and which printed means are reproduced.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Bảng kết quả: CSV (UTF-8) hoặc XLSX
    file: PathBuf,
    /// Trang tính của tệp XLSX; mặc định là trang đầu tiên có dữ liệu
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

/// Rechecks the file and prints the result.
///
/// # Errors
/// When the file cannot be read or the result cannot be written.
pub fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    let file = arguments.file.display().to_string();
    let grid = match table::read(&arguments.file, arguments.sheet.as_deref(), &Limits::default()) {
        Ok(grid) => grid,
        Err(problem) => return refused(&problem),
    };
    let sign = arguments.decimal.map(|sign| match sign {
        DecimalSign::Comma => Sign::Comma,
        DecimalSign::Point => Sign::Point,
    });
    let table = match read_table(&grid, sign) {
        Ok(table) => table,
        Err(problems) => {
            print_problems(&file, &problems);
            return Ok(Outcome::Problems);
        }
    };
    let classes = arguments.classes.map_or(Vec::new(), |classes| classes.0);
    let options = Options { classes, means: arguments.means, scales: arguments.scales };
    let result = recheck(&table, &options);
    let text = match arguments.format {
        Format::Text => text::page(&grid.name, &table, &result),
        Format::Json => data::json(&table, &result),
        Format::Csv => data::csv(&table, &result),
    };
    output::print(&text)?;
    Ok(if result.is_sound() { Outcome::Sound } else { Outcome::Problems })
}

fn read_table(grid: &Grid, sign: Option<Sign>) -> Result<Table, Vec<Problem>> {
    let lines: Vec<Line<'_>> =
        grid.rows.iter().map(|row| Line { number: row.line, cells: &row.cells }).collect();
    layout::read(&lines, sign)
}

/// A file that the machine does not give is a failure; one with wrong content has a problem.
fn refused(problem: &TableProblem) -> Result<Outcome, Failure> {
    let (sentence, hint) = messages::table::sentences(problem);
    let message = format!("{}: {sentence}", messages::table::place(problem));
    match problem.kind {
        TableProblemKind::Unreadable(ErrorKind::NotFound, _) | TableProblemKind::Folder => {
            return Err(Failure::usage(message).hint(hint));
        }
        TableProblemKind::Unreadable(..) => return Err(Failure::new(message).hint(hint)),
        _ => output::complain(format!("{message}\n  → {hint}")),
    }
    Ok(Outcome::Problems)
}

/// Problems printed at most; the rest is counted.
const SHOWN: usize = 50;

fn print_problems(file: &str, problems: &[Problem]) {
    for problem in problems.iter().take(SHOWN) {
        let line = problem.line.map_or(String::new(), |line| format!(":{line}"));
        let (sentence, hint) = messages::recheck::problem(problem);
        output::complain(format!("{file}{line}: {sentence}\n  → {hint}"));
    }
    if problems.len() > SHOWN {
        output::complain(format!("{file}: còn {} lỗi khác", problems.len() - SHOWN));
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
