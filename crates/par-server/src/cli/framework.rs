//! `parindex framework`: checks criteria sets, and takes them to Excel and back.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use par_core::framework::read::{self, HEADER};
use par_core::framework::{Framework, cases};
use par_core::problem::Problem;
use par_core::year;

use super::{Failure, Outcome, output};
use crate::exchange::folder::{self, Folder, Unreadable};
use crate::exchange::framework_folder::{self, SaveError};
use crate::exchange::framework_xlsx;
use crate::exchange::input;
use crate::exchange::whole;
use crate::messages::workbook;

/// Kiểm tra bộ tiêu chí, chuyển sang Excel và ngược lại (criteria sets)
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Kiểm tra thư mục bộ tiêu chí, thư mục năm hoặc tệp .xlsx, nêu mọi lỗi một lần (check)
    Check {
        /// Thư mục bộ tiêu chí, thư mục chứa nhiều bộ, thư mục năm, hoặc tệp .xlsx
        path: PathBuf,
    },
    /// Ghi bộ tiêu chí từ tệp .xlsx thành thư mục; chỉ ghi khi không còn lỗi nào (import)
    Import {
        /// Tệp .xlsx theo mẫu của lệnh export
        file: PathBuf,
        /// Thư mục bộ tiêu chí sẽ được ghi
        dir: PathBuf,
        /// Thay bộ tiêu chí đang có trong thư mục; giữ các trường hợp kiểm tra và chú thích
        #[arg(long)]
        replace: bool,
    },
    /// Xuất bộ tiêu chí thành tệp .xlsx để sửa trong Excel (export)
    Export {
        /// Thư mục bộ tiêu chí
        dir: PathBuf,
        /// Tệp .xlsx sẽ được ghi
        file: PathBuf,
        /// Thay tệp đang có
        #[arg(long)]
        replace: bool,
    },
}

/// Runs the command.
///
/// # Errors
/// When a file or folder cannot be read or written.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    match &arguments.action {
        Action::Check { path } => check(path),
        Action::Import { file, dir, replace } => import(file, dir, *replace),
        Action::Export { dir, file, replace } => export(dir, file, *replace),
    }
}

fn check(path: &Path) -> Result<Outcome, Failure> {
    if is_workbook(path) {
        let Some(framework) = open_workbook(path)? else { return Ok(Outcome::Problems) };
        output::print(summary(&framework, None) + "\n")?;
        return Ok(Outcome::Sound);
    }
    if path.join(year::read::HEADER).is_file() {
        return check_year(path);
    }
    let mut sets = Vec::new();
    find_sets(path, 0, &mut sets)?;
    if sets.is_empty() {
        let found = format!("{}: không thấy bộ tiêu chí nào ở đây", path.display());
        return Err(Failure::problem(found).hint(format!(
            "Một bộ tiêu chí là thư mục có tệp {HEADER}; một năm là thư mục có tệp year.toml."
        )));
    }
    let mut outcome = Outcome::Sound;
    for set in sets {
        let folder = folder::framework(&set).map_err(unreadable)?;
        match check_set(&folder) {
            Ok(line) => output::print(line + "\n")?,
            Err(problems) => {
                print_problems(&folder, problems);
                outcome = Outcome::Problems;
            }
        }
    }
    Ok(outcome)
}

/// The line of a sound set, or everything that is wrong with it.
fn check_set(folder: &Folder) -> Result<String, Vec<Problem>> {
    let (framework, mut problems) = read::read(&folder.files);
    let Some(framework) = framework else { return Err(problems) };
    let cases = cases::run(&framework, &folder.files);
    let line = summary(&framework, Some(&cases));
    problems.extend(cases.problems);
    if problems.is_empty() { Ok(line) } else { Err(problems) }
}

fn check_year(path: &Path) -> Result<Outcome, Failure> {
    let folder = folder::year(path).map_err(unreadable)?;
    let (year, problems) = year::read::read(&folder.files);
    let Some(year) = year.filter(|_| problems.is_empty()) else {
        print_problems(&folder, problems);
        return Ok(Outcome::Problems);
    };
    output::print(format!(
        "{}: {} · {} đơn vị · {} bảng xếp hạng · {} mục không đánh giá\n",
        year.year,
        year.title,
        year.units.len(),
        year.blocks.len(),
        year.exemptions.len()
    ))?;
    let mut problems = Vec::new();
    for set in &year.sets {
        let prefix = format!("{}{}/", year::read::SETS, set.id);
        let own =
            |(file, text): (&String, &String)| Some((file.strip_prefix(&prefix)?.to_owned(), text.clone()));
        let mut cases = cases::run(set, &folder.files.iter().filter_map(own).collect());
        output::print(summary(set, Some(&cases)) + "\n")?;
        cases.problems.iter_mut().for_each(|problem| problem.file.insert_str(0, &prefix));
        problems.append(&mut cases.problems);
    }
    if !problems.is_empty() {
        print_problems(&folder, problems);
        return Ok(Outcome::Problems);
    }
    Ok(Outcome::Sound)
}

fn import(file: &Path, dir: &Path, replace: bool) -> Result<Outcome, Failure> {
    let Some(framework) = open_workbook(file)? else { return Ok(Outcome::Problems) };
    match framework_folder::save(&framework, dir, replace) {
        Ok(()) => {
            output::print(format!("{}\nĐã ghi vào {}\n", summary(&framework, None), dir.display()))?;
            Ok(Outcome::Sound)
        }
        Err(SaveError::Problems(folder, problems)) => {
            print_problems(&folder, problems);
            output::complain(format!("Chưa ghi gì vào {}: các lỗi trên phải được sửa trước.", dir.display()));
            Ok(Outcome::Problems)
        }
        Err(SaveError::NotEmpty) => {
            Err(Failure::usage(format!("{}: thư mục đã có dữ liệu, không ghi đè", dir.display()))
                .hint("Chọn thư mục khác, hoặc thêm --replace để thay bộ tiêu chí đang có."))
        }
        Err(SaveError::NotASet) => Err(Failure::usage(format!(
            "{}: thư mục có dữ liệu nhưng không phải bộ tiêu chí, không thay thế",
            dir.display()
        ))
        .hint("Chọn một thư mục mới hoặc thư mục có tệp framework.toml.")),
        Err(SaveError::Unreadable(problem)) => Err(unreadable(problem)),
    }
}

fn export(dir: &Path, file: &Path, replace: bool) -> Result<Outcome, Failure> {
    if file.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
        return Err(Failure::usage(format!("{}: tên tệp phải kết thúc bằng .xlsx", file.display()))
            .hint("lệnh export nhận thư mục bộ tiêu chí trước, tệp .xlsx sẽ được ghi sau"));
    }
    if file.exists() && !replace {
        return Err(Failure::usage(format!("{}: đã có tệp này, không ghi đè", file.display()))
            .hint("chọn tên khác, hoặc thêm --replace để thay tệp"));
    }
    let folder = folder::framework(dir).map_err(unreadable)?;
    let (framework, problems) = read::read(&folder.files);
    let Some(framework) = framework else {
        print_problems(&folder, problems);
        return Ok(Outcome::Problems);
    };
    let failed = |reason: String| Failure::new(format!("{}: {reason}", file.display()));
    let bytes = framework_xlsx::write::workbook(&framework).map_err(|error| failed(error.to_string()))?;
    whole::write(file, &bytes).map_err(|error| super::unwritten(file, &error))?;
    output::print(format!("{}\nĐã ghi {}\n", summary(&framework, None), file.display()))?;
    Ok(Outcome::Sound)
}

/// Bytes of a workbook of criteria at most; one takes some 30 kB.
const LARGEST_WORKBOOK: u64 = 64 << 20;

/// The framework of a workbook; its problems are printed.
fn open_workbook(path: &Path) -> Result<Option<Framework>, Failure> {
    let failed = |reason: String| {
        Failure::problem(format!("{}: {reason}", path.display()))
            .hint("Mở tệp bằng Excel hoặc LibreOffice và lưu lại dạng .xlsx.")
    };
    let bytes = input::read(path, LARGEST_WORKBOOK)
        .map_err(|unread| unreadable(Unreadable::of(path, unread.into_io())))?;
    let read =
        framework_xlsx::read::read(&bytes).map_err(|problem| failed(workbook::unreadable(&problem)))?;
    for fault in &read.faults {
        let sentence = workbook::sentence(&fault.kind);
        output::complain(format!("{}: {}: {sentence}", path.display(), fault.place));
    }
    Ok(read.framework)
}

fn is_workbook(path: &Path) -> bool {
    path.is_file() && path.extension().is_none_or(|extension| extension != "toml")
}

/// Criteria set folders at or below a folder, in order of their names.
fn find_sets(path: &Path, depth: usize, sets: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if path.join(HEADER).is_file() {
        sets.push(path.to_owned());
        return Ok(());
    }
    let failed = |error| unreadable(Unreadable::of(path, error));
    let entries = fs::read_dir(path).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let mut below: Vec<PathBuf> =
        entries.iter().map(fs::DirEntry::path).filter(|path| path.is_dir()).collect();
    below.sort();
    for folder in below.iter().filter(|_| depth < 3) {
        find_sets(folder, depth + 1, sets)?;
    }
    Ok(())
}

/// `lai-chau: 8 lĩnh vực, …` on one line.
fn summary(framework: &Framework, cases: Option<&cases::Outcome>) -> String {
    let criteria = framework.nodes().filter(|(_, node)| node.depth == 2).count();
    let mut line = format!(
        "{}: {} · {} lĩnh vực · {criteria} tiêu chí · {} mục chấm điểm · thang {}",
        framework.id,
        framework.name,
        framework.areas().count(),
        framework.leaf_count(),
        framework.full_scale.vi()
    );
    if let Some(cases) = cases {
        line.push_str(&format!(" · {} trường hợp đúng", cases.passed));
        if !cases.uncovered.is_empty() {
            line.push_str(&format!(" · chưa có trường hợp: {}", cases.uncovered.join(", ")));
        }
    }
    line
}

fn print_problems(folder: &Folder, problems: Vec<Problem>) {
    let shown: Vec<(String, Problem)> =
        problems.into_iter().map(|problem| (folder.shown(&problem), problem)).collect();
    super::report(&shown);
}

fn unreadable(problem: Unreadable) -> Failure {
    super::refused_by_system(&problem)
}
