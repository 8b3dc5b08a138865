//! `parindex wording`: the templates of the report: out to a folder, checked, and their names listed.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use par_core::problem::Problem;
use par_core::report::tables;
use par_core::report::value::{Kind, parts};
use par_core::report::wording::Case;
use par_core::report::wording::names::{Context, NAMES};
use par_core::score::results::Results;

use super::{Data, Failure, Outcome, output, report as documents, source};
use crate::exchange::folder;
use crate::ops::report;

const EXAMPLES: &str = "Ví dụ:
  parindex wording export cau-chu                 các tệp mẫu mặc định để sửa
  parindex wording check cau-chu --against 2020   kiểm tra mọi tên, và những gì năm 2020 không có
  parindex wording names                          các tên dùng được trong tệp mẫu";

/// Câu chữ của báo cáo: xuất các tệp mẫu để sửa, kiểm tra, liệt kê tên dùng được
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Ghi các tệp mẫu mặc định vào một thư mục; không ghi đè tệp đã có
    Export {
        /// Thư mục
        folder: PathBuf,
    },
    /// Kiểm tra một thư mục câu chữ: cú pháp, tên, và những số liệu mà năm không có
    Check {
        /// Thư mục
        folder: PathBuf,
        /// Năm của thư mục dữ liệu, hoặc thư mục tệp của năm
        #[arg(long, value_name = "YEAR")]
        against: Option<String>,
    },
    /// Liệt kê các tên dùng được trong tệp mẫu
    Names,
}

pub(super) fn run(arguments: Arguments, data: &Data) -> Result<Outcome, Failure> {
    match arguments.command {
        Command::Export { folder } => export(&folder),
        Command::Check { folder, against } => check(&folder, against.as_deref(), data),
        Command::Names => {
            output::print(names())?;
            Ok(Outcome::Sound)
        }
    }
}

fn export(folder: &Path) -> Result<Outcome, Failure> {
    fs::create_dir_all(folder).map_err(|error| super::unwritten(folder, &error))?;
    let mut kept = 0;
    for (name, text) in folder::wording().files {
        let path = folder.join(name);
        if path.exists() {
            kept += 1;
            continue;
        }
        fs::write(&path, text).map_err(|error| super::unwritten(&path, &error))?;
        output::print(format!("{}\n", path.display()))?;
    }
    if kept > 0 {
        output::print(format!("Giữ nguyên {kept} tệp đã có.\n"))?;
    }
    Ok(Outcome::Sound)
}

fn check(folder: &Path, against: Option<&str>, data: &Data) -> Result<Outcome, Failure> {
    documents::holds_wording(folder)?;
    let year = match source::year_or_path(against, None, data) {
        Ok(year) => year,
        Err(ended) => return ended,
    };
    let results = Results::of(year);
    let mut folders = documents::wordings(against.map(Path::new), data).folders(results.year.year);
    folders.push(folder.to_owned());
    let worded =
        report::worded(&folders, &results.year).map_err(|error| documents::unread_wording(&error))?;
    let mut problems = worded.problems;
    if problems.is_empty() {
        let drafts = std::iter::once(report::report(&results, &worded.wording))
            .chain((0..results.year.units.len()).map(|unit| report::unit(&results, &worded.wording, unit)));
        for problem in drafts.flat_map(|draft| draft.problems) {
            let shown = (folder.join(&problem.file).display().to_string(), problem);
            let place =
                |(path, problem): &(String, Problem)| (path.clone(), problem.line, problem.kind.column());
            // That the year has nothing for a name follows from its being misspelt.
            let told = worded.doubts.iter().any(|doubt| place(doubt) == place(&shown));
            if !told && !problems.contains(&shown) {
                problems.push(shown);
            }
        }
    }
    problems.extend(worded.doubts);
    super::report(&problems);
    if problems.is_empty() {
        output::print(format!("{}: dùng được với năm {}.\n", folder.display(), results.year.year))?;
        return Ok(Outcome::Sound);
    }
    Ok(Outcome::Problems)
}

/// All names with what they stand for, by where they are known.
fn names() -> String {
    let place = |context: &Context| match context {
        Context::Year => "mọi nơi",
        Context::Group => "[mỗi khối], [mỗi bảng]",
        Context::Area => "[mỗi lĩnh vực]",
        Context::Unit => "[mỗi danh sách đơn vị], hồ sơ đơn vị",
        Context::Set => "[mỗi bộ tiêu chí]",
        Context::Class => "[mỗi loại]",
        Context::Criterion => "[mỗi tiêu chí]",
        Context::Scale => "[mỗi thang điểm riêng]",
        Context::Reason => "[mỗi lý do]",
        Context::Form => "[mỗi mẫu phiếu]",
        Context::Finding => "[mỗi nhận xét]",
        Context::Loss => "[mỗi mất điểm]",
    };
    let kind = |kind: Kind| match kind {
        Kind::Word => "chữ",
        Kind::Number => "số",
        Kind::Change => "thay đổi",
        Kind::Units => "đơn vị",
        Kind::Nodes => "tiêu chí",
        Kind::List => "danh sách",
    };
    let mut rows = vec![["Tên", "Loại", "Dùng ở", "Là gì"].map(str::to_owned).to_vec()];
    rows.extend(NAMES.iter().map(|(contexts, name, of_kind, said)| {
        let places: Vec<&str> = contexts.iter().map(place).collect();
        vec![(*name).to_owned(), kind(*of_kind).to_owned(), places.join("; "), (*said).to_owned()]
    }));
    let mut text = output::columns(&rows, &[false; 4]);
    let listed = |names: &[&str]| names.iter().map(|name| format!("«{name}»")).collect::<Vec<_>>().join(", ");
    for (of_kind, said) in [(Kind::Units, "đơn vị"), (Kind::Nodes, "tiêu chí"), (Kind::Change, "thay đổi")]
    {
        text.push_str(&format!("\nSau dấu chấm của loại {said}: {}.", listed(parts(of_kind))));
    }
    text.push_str(&format!("\nTrường hợp trong {{tên? …}}: {}.", listed(&Case::ALL.map(|(_, word)| word))));
    text.push_str(&format!("\nBảng: {}.", listed(&tables::NAMES)));
    text.push_str(&format!("\nBiểu đồ: {}.", listed(&tables::CHARTS)));
    text.push_str("\nDữ kiện của năm: {dữ kiện MÃ}; tỷ lệ hai dữ kiện: {tỷ lệ dữ kiện MÃ MÃ}.\n");
    text
}
