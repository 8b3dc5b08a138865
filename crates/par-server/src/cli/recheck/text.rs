//! The result of a recheck as a page of text for an official: verdict first, then reasons, then rows.

use std::fmt::Write;
use std::ops::Range;

use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::points::rounding::Rounding;
use par_core::recheck::checks::{Check, Subject};
use par_core::recheck::classes::{ClassBounds, ClassFit};
use par_core::recheck::finding::Finding;
use par_core::recheck::means::{Definition, MeanFit, MeanSource};
use par_core::recheck::rows::Verdict;
use par_core::recheck::table::Table;
use par_core::recheck::{Fits, Recheck, RowVerdicts};
use par_core::words;

use super::{Judged, Unread};
use crate::messages::recheck as say;

/// Findings of one heading printed in full; the rest is counted.
const SHOWN: usize = 200;

/// Writes a line; memory takes every line.
macro_rules! line {
    ($page:expr) => { $page.push('\n') };
    ($page:expr, $($arguments:tt)*) => {
        writeln!($page, $($arguments)*).expect("memory takes every line")
    };
}

/// The pages of all tables, then what was not judged.
pub fn pages(judged: &[Judged], unread: &Unread) -> String {
    let pages: Vec<String> =
        judged.iter().map(|judged| page(&judged.name, &judged.table, &judged.result)).collect();
    let mut text = pages.join("\n");
    let notes = say::unread(&unread.without_table, &unread.hidden, &unread.parts);
    if !notes.is_empty() {
        line!(text, "\nPHẦN CỦA TỆP KHÔNG KIỂM");
        notes.iter().for_each(|note| wrapped(&mut text, note));
    }
    text
}

fn page(name: &str, table: &Table, result: &Recheck) -> String {
    let mut page = String::new();
    heading(&mut page, name, table);
    verdict(&mut page, result);
    let faults: Vec<&Finding> = result.findings.iter().filter(|finding| finding.is_fault()).collect();
    let (notes, explained): (Vec<&Finding>, Vec<&Finding>) = result
        .findings
        .iter()
        .filter(|finding| !finding.is_fault())
        .partition(|finding| finding.explained_by.is_none());
    findings(&mut page, "SAI LỆCH CHƯA GIẢI THÍCH ĐƯỢC", table, &faults);
    findings(&mut page, "SAI LỆCH GIẢI THÍCH ĐƯỢC", table, &explained);
    findings(&mut page, "LƯU Ý", table, &notes);
    fits(&mut page, table, &result.fits);
    rows(&mut page, table, result);
    page
}

fn heading(page: &mut String, name: &str, table: &Table) {
    line!(page, "KIỂM TRA BẢNG KẾT QUẢ: {name}");
    let units = table.rows.len();
    if table.blocks.len() == 1 {
        line!(page, "{units} đơn vị");
    } else {
        line!(page, "{units} đơn vị, {} khối:", table.blocks.len());
        let mut counts = vec![0; table.blocks.len()];
        table.rows.iter().for_each(|row| counts[row.block] += 1);
        let more = counts.len().saturating_sub(SHOWN);
        for (name, count) in full_names(table).iter().zip(counts).take(SHOWN) {
            line!(page, "  {name}: {count} đơn vị");
        }
        if more > 0 {
            line!(page, "  … và {more} khối khác");
        }
    }
}

/// The blocks' names, with their numbers where [`run_name`] uses those.
fn full_names(table: &Table) -> Vec<String> {
    let long = has_long_names(table);
    let full = |(block, name): (usize, &str)| {
        let name = if name.is_empty() { "(không ghi khối)" } else { name };
        if long { format!("Khối {}: {name}", block + 1) } else { name.to_owned() }
    };
    table.blocks.iter().map(|block| block.name.as_str()).enumerate().map(full).collect()
}

/// Whether names of blocks are too long to stand in a column.
fn has_long_names(table: &Table) -> bool {
    table.blocks.len() > 1 && table.blocks.iter().any(|block| block.name.chars().count() > 24)
}

/// The verdict, only of what was compared; then each check with what it compared, or why not.
fn verdict(page: &mut String, result: &Recheck) {
    let faults = result.findings.iter().filter(|finding| finding.is_fault()).count();
    let subjects = |made: bool| -> Vec<String> {
        let of = |check: &&Check| (check.made > 0) == made;
        let named = result.checks.iter().filter(of);
        named.map(|check| par_core::text::small(say::subject(check.subject))).collect()
    };
    let (made, left) = (subjects(true).join(", "), subjects(false).join(", "));
    line!(page);
    if faults > 0 {
        line!(page, "KẾT LUẬN: có {faults} sai lệch chưa giải thích được, cần xem lại trước khi ký.");
    } else if made.is_empty() {
        line!(page, "KẾT LUẬN: chưa kết luận được, vì không có gì trong bảng để so với nhau.");
    } else {
        line!(page, "KẾT LUẬN: không có sai lệch nào chưa giải thích được trong những gì đã kiểm ({made}).");
    }
    if !left.is_empty() {
        line!(page, "Không kiểm: {left}.");
    }
    line!(page);
    for check in &result.checks {
        let label = say::subject(check.subject);
        let unit = if check.subject == Subject::Mean { "giá trị" } else { "dòng" };
        if check.made == 0 {
            line!(page, "  {label:<10}  không kiểm: {}", say::why_not(check));
            continue;
        }
        let found = counted(result, check.subject);
        let rest = check.why_not.map_or(String::new(), |_| format!("; {}", say::why_not(check)));
        line!(page, "  {label:<10}  đã kiểm {}/{} {unit}: {found}{rest}", check.made, check.rows);
    }
}

/// What a check found, counted: "25 tính lại đúng, 3 giải thích được".
fn counted(result: &Recheck, subject: Subject) -> String {
    let of_rows = |pick: fn(&RowVerdicts) -> Verdict| {
        let count = |verdict| result.rows.iter().filter(|row| pick(row) == verdict).count();
        [count(Verdict::Right), count(Verdict::Explained), count(Verdict::Wrong)]
    };
    let (right, [rights, explained, wrong]) = match subject {
        Subject::Sum => ("cộng đúng", of_rows(|row| row.sum)),
        Subject::Index => ("tính lại đúng", of_rows(|row| row.index)),
        Subject::Place => ("đúng thứ tự", of_rows(|row| row.place)),
        Subject::Class => ("đúng ngưỡng", of_rows(|row| row.class)),
        Subject::Change => ("đúng", of_rows(|row| row.change)),
        Subject::Mean => {
            let compared = result.fits.means.printed.iter().filter(|mean| mean.compared);
            let explained = compared.clone().filter(|mean| mean.explained).count();
            let faults = result.findings.iter().filter(|finding| finding.is_fault());
            let wrong = faults.filter(|finding| matches!(finding.kind.name(), "mean" | "statistic")).count();
            ("đúng", [compared.count().saturating_sub(explained + wrong), explained, wrong])
        }
    };
    let counts = [(rights, right), (explained, "giải thích được"), (wrong, "SAI")];
    let said = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    said.collect::<Vec<_>>().join(", ")
}

fn findings(page: &mut String, title: &str, table: &Table, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    line!(page, "\n{title} ({})", findings.len());
    for finding in findings.iter().take(SHOWN) {
        let unit = finding.row.map_or("", |row| table.rows[row].unit.as_str());
        let place = match (finding.line, unit) {
            (Some(line), "") => format!("Dòng {line}: "),
            (Some(line), unit) => format!("Dòng {line}, {unit}: "),
            (None, _) => String::new(),
        };
        wrapped(page, &format!("{place}{}", say::finding(table, finding)));
    }
    if findings.len() > SHOWN {
        line!(page, "  … và {} mục khác (xem --format csv)", findings.len() - SHOWN);
    }
    let mut advice: Vec<&str> = findings.iter().filter_map(|finding| say::advice(&finding.kind)).collect();
    advice.dedup();
    advice.iter().for_each(|advice| line!(page, "  → {advice}"));
}

/// A list item, broken at about 100 characters.
fn wrapped(page: &mut String, text: &str) {
    let mut width = 2;
    page.push_str("  -");
    for word in text.split(' ') {
        let length = word.chars().count();
        if width + 1 + length > 100 {
            page.push_str("\n   ");
            width = 3;
        }
        page.push(' ');
        page.push_str(word);
        width += 1 + length;
    }
    page.push('\n');
}

fn fits(page: &mut String, table: &Table, fits: &Fits) {
    line!(page, "\nQUY ƯỚC PHÙ HỢP VỚI BẢNG");
    if fits.rounded_rows > 0 {
        line!(page, "  Làm tròn chỉ số ({} dòng)", fits.rounded_rows);
        for (at, fit) in fits.rounding.iter().enumerate() {
            let best = fits.rounding[0];
            let as_good = (fit.unexplained, fit.rederived) == (best.unexplained, best.rederived);
            let mark = match (at, as_good) {
                (0, _) => "phù hợp nhất",
                (_, true) => "phù hợp",
                _ if fit.unexplained <= best.unexplained => "có thể",
                _ => "không phù hợp",
            };
            let how = words::rounding(fit.mode, Language::Vi);
            let (right, explained, wrong) = (fit.rederived, fit.explained, fit.unexplained);
            line!(
                page,
                "    {how:<40} {mark:<14} {right:>4} tính lại đúng, {explained} giải thích được, {wrong} sai"
            );
        }
    }
    if let Some(scope) = fits.places.scope {
        line!(page, "  Thứ hạng: {}", say::scope(scope));
        if fits.places.rules.is_empty() {
            line!(
                page,
                "    Kiểm theo thứ tự của các hạng, vì có hạng hoặc dòng không khớp với các dòng khác."
            );
        } else if fits.places.ties == 0 {
            line!(page, "    Không có đơn vị nào cùng chỉ số nên chưa thấy cách xếp đồng hạng.");
        } else {
            line!(page, "    {} nhóm đơn vị cùng chỉ số:", fits.places.ties);
            for (rule, faults) in &fits.places.rules {
                let mark = if *faults == 0 {
                    "phù hợp".to_owned()
                } else {
                    format!("{faults} dòng không khớp")
                };
                line!(page, "    {}: {mark}", say::tie_rule(*rule));
            }
        }
    }
    fits.classes.iter().for_each(|fit| classes(page, table, fit));
    means(page, table, &fits.means);
}

fn classes(page: &mut String, table: &Table, fit: &ClassFit) {
    let block = fit.block.map_or(String::new(), |block| format!(" ({})", table.blocks[block].name));
    line!(page, "  Ngưỡng xếp loại{block}");
    let width = fit.classes.iter().map(|class| class.name.chars().count()).max().unwrap_or(0);
    for class in &fit.classes {
        let name = &class.name;
        line!(page, "    {name:<width$}  {:>3} đơn vị  {}", class.rows, bound(class));
    }
    let scales: Vec<String> = fit.scales.iter().map(|scale| say::bounds(scale)).collect();
    match (fit.stated, scales.is_empty()) {
        (true, _) => line!(page, "    Kiểm theo ngưỡng đã nêu: {}", scales.join("; ")),
        (false, false) => line!(page, "    Phù hợp với thang thường dùng: {}", scales.join("; ")),
        (false, true) => line!(page, "    Không trùng với thang thường dùng nào (90/80/70, 80/70/60, …)."),
    }
}

fn bound(class: &ClassBounds) -> String {
    match (class.above, class.at_most) {
        (Some(above), Some(most)) if above == most => {
            format!("ngưỡng dưới khoảng {}, phần thập phân không in quyết định", most.vi())
        }
        (Some(above), Some(most)) => format!("ngưỡng dưới trên {} và không quá {}", above.vi(), most.vi()),
        (Some(above), None) => format!("ngưỡng dưới trên {}", above.vi()),
        (None, Some(most)) => format!("không quá {}", most.vi()),
        (None, None) => String::new(),
    }
}

fn means(page: &mut String, table: &Table, means: &MeanFit) {
    if !means.printed.is_empty() {
        line!(page, "  Chỉ số trung bình đã công bố");
        means.printed.iter().for_each(|source| mean(page, table, source));
    }
    line!(page, "  Chỉ số trung bình tính lại, theo bốn cách");
    Definition::ALL.into_iter().zip("abcd".chars()).for_each(|(definition, letter)| {
        line!(page, "    ({letter}) {}", say::definition(definition));
    });
    let shown = means.computed.iter().take(SHOWN);
    let names: Vec<String> = shown.map(|run| run_name(table, &run.blocks)).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).clamp(4, 60);
    line!(page, "    {:<width$}  Đơn vị      (a)      (b)      (c)      (d)", "Khối");
    for (name, run) in names.iter().zip(&means.computed) {
        let cell = |definition: Definition| {
            let mean = run.means.iter().find(|(by, _)| *by == definition);
            mean.map_or("–".to_owned(), |(_, mean)| Rounding::HalfUp.apply(mean, 2).vi())
        };
        let cells: String = Definition::ALL.map(|definition| format!("  {:>7}", cell(definition))).concat();
        line!(page, "    {name:<width$}  {:>6}{cells}", run.units);
    }
}

fn mean(page: &mut String, table: &Table, source: &MeanSource) {
    let printed = &source.printed;
    line!(page, "    {}: {}", printed.name, printed.value.vi());
    if !source.compared {
        line!(page, "      không kiểm: bảng thiếu đơn vị hoặc có số không thể có");
    }
    let Some(blocks) = &source.blocks else { return };
    let name = run_name(table, blocks);
    let by: Vec<&str> = source.definitions.iter().map(|by| say::definition(*by)).collect();
    match (by.is_empty(), source.explained) {
        (false, _) => {
            line!(page, "      đúng cho: {name}");
            by.iter().for_each(|by| line!(page, "        {by}"));
        }
        (true, true) => line!(page, "      giải thích được: {name}; tính từ chỉ số chưa làm tròn"),
        (true, false) => line!(page, "      SAI: không cách tính nào cho kết quả này (gần nhất: {name})"),
    }
}

fn run_name(table: &Table, blocks: &Range<usize>) -> String {
    if blocks.len() == table.blocks.len() {
        return "Cả bảng".to_owned();
    }
    let name = |block: usize| {
        if has_long_names(table) { format!("Khối {}", block + 1) } else { table.blocks[block].name.clone() }
    };
    blocks.clone().map(name).collect::<Vec<_>>().join(" + ")
}

fn rows(page: &mut String, table: &Table, result: &Recheck) {
    line!(page, "\nTỪNG DÒNG");
    let width = table.rows.iter().map(|row| row.unit.chars().count()).max().unwrap_or(0).clamp(6, 48);
    line!(
        page,
        "  {:>5}  {:>4}  {:<width$}  {:>9}  {:>7}  {:<11}  {:<11}  {:<8}  Xếp loại",
        "Dòng",
        "Hạng",
        "Đơn vị",
        "Tổng điểm",
        "Chỉ số",
        "Cộng tổng",
        "Tính chỉ số",
        "Thứ hạng"
    );
    let mut block = None;
    let names: Vec<String> = full_names(table);
    for (row, verdicts) in table.rows.iter().zip(&result.rows) {
        if table.blocks.len() > 1 && block != Some(row.block) {
            line!(page, "  {}", names[row.block]);
            block = Some(row.block);
        }
        let number = |number: Option<Decimal>| number.map_or("–".to_owned(), Decimal::vi);
        let place = row.place.map_or("–".to_owned(), |place| place.to_string());
        let class = row.class.as_deref().unwrap_or("–");
        line!(
            page,
            "  {:>5}  {place:>4}  {:<width$}  {:>9}  {:>7}  {:<11}  {:<11}  {:<8}  {class}: {}",
            row.line,
            row.unit,
            number(row.total),
            number(row.index),
            say::verdict(verdicts.sum, "do làm tròn"),
            say::verdict(verdicts.index, "do làm tròn"),
            say::verdict(verdicts.place, "do số lẻ"),
            say::verdict(verdicts.class, "do số lẻ"),
        );
    }
}
