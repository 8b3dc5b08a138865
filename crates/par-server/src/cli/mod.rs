//! The command line: one file a command. Decides nothing about the index.
//!
//! Exit codes: 0 done and sound · 1 the input or the data has problems, each named · 2 wrong usage ·
//! 3 the machine failed (file not readable, port taken, database away).

mod analyse;
mod backup;
mod check;
mod completions;
mod explain;
mod framework;
mod import;
mod journal;
mod lint;
mod output;
mod package;
mod publish;
mod recheck;
mod report;
mod score;
mod serve;
mod source;
mod verify;
mod wording;

use std::collections::HashMap;
use std::fmt::Display;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ContextKind;
use clap::{Args, Parser, Subcommand};
use par_core::problem::Problem;

use crate::exchange::folder::{Reason, Unreadable};
use crate::messages;
use crate::messages::problems::{self, Keys};
use crate::messages::store::{Blame, Failed};
use crate::ops::data_folder::{Backup, DataFolder};
use crate::ops::import::NotImported;

/// How a command ended.
pub enum Outcome {
    /// Done, and nothing is wrong.
    Sound,
    /// Done, and the problems found were printed.
    Problems,
}

/// Why a command could not do its work; printed to standard error with what to do.
pub struct Failure {
    message: String,
    hint: Option<String>,
    code: u8,
    /// Whether it is about the data folder or database that `--data` and `--database` name.
    of_data: bool,
}

impl Failure {
    /// A failure with the sentence that says what happened.
    pub fn new(message: impl Display) -> Failure {
        Failure { message: message.to_string(), hint: None, code: 3, of_data: false }
    }

    /// A failure because the command names something that is not there.
    pub fn usage(message: impl Display) -> Failure {
        Failure { code: 2, ..Failure::new(message) }
    }

    /// A failure because what was given or stored is not in order.
    pub fn problem(message: impl Display) -> Failure {
        Failure { code: 1, ..Failure::new(message) }
    }

    /// The same with the place, where it is about the data.
    fn placed(self, folder: &DataFolder) -> Failure {
        if !self.of_data {
            return self;
        }
        Failure { message: format!("{}: {}", folder.shown(), self.message), of_data: false, ..self }
    }

    /// The same with what to do about it.
    pub fn hint(mut self, hint: impl Display) -> Failure {
        self.hint = Some(hint.to_string());
        self
    }
}

const EXAMPLES: &str = "Ví dụ:
  parindex demo                                 năm minh họa Lai Châu 2020, cổng 8080
  parindex score demo/lai-chau-2020             bảng xếp hạng từ một thư mục tệp
  parindex explain SNV 2.1.1                    diễn giải một số liệu
  parindex analyse 2020                         phân tích độ vững của kết quả
  parindex report 2020 --docx bao-cao.docx      báo cáo kết quả (Word, PDF, Excel)
  parindex recheck bang-ket-qua.xlsx            kiểm tra một bảng đã công bố
  parindex lint bao-cao.docx --against 2020     đối chiếu một văn bản với số liệu
  parindex framework check frameworks/xa-2025   kiểm tra một bộ tiêu chí

Mã kết thúc:
  0  xong, không có gì sai
  1  có lỗi trong tệp hoặc dữ liệu, từng lỗi được nêu
  2  sai cú pháp lệnh, hoặc nêu tên không có
  3  máy không thực hiện được: không đọc được tệp, cổng đang dùng, mất kết nối cơ sở dữ liệu";

/// Chỉ số cải cách hành chính (PAR INDEX) hằng năm của một tỉnh
#[derive(Parser)]
#[command(name = "parindex", version, about, max_term_width = 100, after_help = EXAMPLES)]
struct Arguments {
    #[command(flatten)]
    data: Data,
    #[command(subcommand)]
    command: Command,
}

/// Where the program keeps its data.
#[derive(Args)]
struct Data {
    /// Thư mục dữ liệu
    #[arg(long, global = true, value_name = "DIR", default_value = "data", env = "PARINDEX_DATA")]
    data: PathBuf,
    /// Cơ sở dữ liệu PostgreSQL thay cho tệp SQLite trong thư mục dữ liệu
    #[arg(long, global = true, value_name = "URL", env = "PARINDEX_DATABASE", hide_env_values = true,
          value_parser = parse_database)]
    database: Option<String>,
    /// Đã sao lưu: cho phép nâng cấp cấu trúc dữ liệu do phiên bản cũ tạo mà không chép lại tệp
    ///
    /// Tệp SQLite được chép ra bên cạnh trước khi nâng cấp; cơ sở dữ liệu PostgreSQL thì người vận hành
    /// tự sao lưu rồi thêm tùy chọn này.
    #[arg(long, global = true)]
    backed_up: bool,
}

impl Data {
    fn folder(&self) -> DataFolder {
        DataFolder { path: self.data.clone(), database: self.database.clone() }
    }

    fn backup(&self) -> Backup {
        if self.backed_up { Backup::Made } else { Backup::Copy }
    }
}

fn parse_database(text: &str) -> Result<String, &'static str> {
    let known = ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    if known {
        Ok(text.to_owned())
    } else {
        Err("địa chỉ PostgreSQL có dạng postgres://NGƯỜI-DÙNG@MÁY/TÊN; thư mục dữ liệu thì nêu bằng --data")
    }
}

#[derive(Subcommand)]
enum Command {
    Demo(serve::Demo),
    Serve(serve::Serve),
    Import(import::Import),
    Score(score::Score),
    Explain(explain::Explain),
    Analyse(analyse::Analyse),
    Recheck(recheck::Arguments),
    Report(report::Report),
    Wording(wording::Arguments),
    Lint(lint::Lint),
    Framework(framework::Arguments),
    Package(package::WritePackage),
    Publish(publish::Publish),
    Verify(verify::Verify),
    Check(check::Check),
    Journal(journal::Arguments),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Completions(completions::Completions),
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let ended = match Arguments::try_parse() {
        Ok(arguments) => run(arguments),
        Err(error) => match wrong_value(&error) {
            Some(failure) => Err(failure),
            None => error.exit(),
        },
    };
    match ended {
        Ok(Outcome::Sound) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(failure) => {
            output::complain(format!("parindex: {}", failure.message));
            if let Some(hint) = failure.hint {
                output::complain(format!("  → {hint}"));
            }
            ExitCode::from(failure.code)
        }
    }
}

/// What this program's own parsers say about a value. The value is not repeated: it may be an address
/// with a password.
fn wrong_value(error: &clap::Error) -> Option<Failure> {
    let said = std::error::Error::source(error)?;
    let option = error.get(ContextKind::InvalidArg)?;
    Some(
        Failure::usage(format!("giá trị không dùng được cho {option}: {said}"))
            .hint("xem cách dùng bằng --help"),
    )
}

fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    let data = &arguments.data;
    let folder = data.folder();
    command(arguments.command, data).map_err(|failure| failure.placed(&folder))
}

fn command(command: Command, data: &Data) -> Result<Outcome, Failure> {
    if !matches!(command, Command::Demo(_) | Command::Serve(_)) {
        serve::log("off");
    }
    match command {
        Command::Demo(command) => command.run(data),
        Command::Serve(command) => command.run(data),
        Command::Import(command) => command.run(data),
        Command::Score(command) => command.run(data),
        Command::Explain(command) => command.run(data),
        Command::Analyse(command) => command.run(data),
        Command::Recheck(arguments) => recheck::run(arguments),
        Command::Report(command) => command.run(data),
        Command::Wording(arguments) => wording::run(arguments, data),
        Command::Lint(command) => command.run(data),
        Command::Framework(arguments) => framework::run(&arguments),
        Command::Package(command) => command.run(data),
        Command::Publish(command) => command.run(data),
        Command::Verify(command) => command.run(data),
        Command::Check(command) => command.run(data),
        Command::Journal(arguments) => arguments.run(data),
        Command::Backup(command) => command.run(data),
        Command::Restore(command) => command.run(data),
        Command::Completions(command) => command.run(),
    }
}

/// Prints problems as `path:line:column: what is wrong`: first those that others follow from, then in
/// order; a column only where it is known. The same sentence about several lines of a file is said
/// once, with the other lines behind it.
fn report(problems: &[(String, Problem)]) {
    let mut problems: Vec<&(String, Problem)> = problems.iter().collect();
    problems
        .sort_by_key(|(path, problem)| (!problem.kind.is_cause(), path, problem.line, problem.kind.column()));
    let mut told: Vec<(&str, String, String, Vec<String>)> = Vec::new();
    let mut known: HashMap<(&str, String), usize> = HashMap::new();
    for (path, problem) in problems {
        // A fault of the file as a whole has no line.
        let place = [problem.line, problem.kind.column()].into_iter().take_while(|number| *number > 0);
        let place: String = place.map(|number| format!(":{number}")).collect();
        let sentence = problems::sentence(&problem.kind, Keys::Shown);
        match known.get(&(path.as_str(), sentence.clone())) {
            // A slip of the pen is told at each of its places.
            Some(at) if problem.kind.column() == 0 => told[*at].3.push(problem.line.to_string()),
            _ => {
                known.insert((path, sentence.clone()), told.len());
                told.push((path, place, sentence, Vec::new()));
            }
        }
    }
    for (path, place, sentence, others) in told {
        let shown = others.iter().take(LINES_NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = if others.len() > LINES_NAMED { ", …" } else { "" };
        let others = match others.len() {
            0 => String::new(),
            count => format!(" (và {count} dòng khác: {shown}{more})"),
        };
        output::complain(format!("{path}{place}: {sentence}{others}"));
    }
}

/// Other lines with the same problem that are named by their numbers.
const LINES_NAMED: usize = 10;

fn unreadable(unreadable: &Unreadable) -> Failure {
    refused_by_system(unreadable).hint(
        "nêu thư mục có year.toml, units.csv và scores.csv, hoặc thư mục dữ liệu do `parindex demo` tạo",
    )
}

/// A file or folder that could not be written: the machine failed, whatever stood in the way.
fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(messages::system::unwritten(path, error))
        .hint("nêu nơi khác, hoặc kiểm tra thư mục, quyền ghi và chỗ trống của ổ đĩa")
}

/// A name of nothing is wrong usage, wrong content a problem; else the machine failed.
fn refused_by_system(unreadable: &Unreadable) -> Failure {
    let code = match &unreadable.reason {
        Reason::System(error) => match error.kind() {
            ErrorKind::NotFound
            | ErrorKind::NotADirectory
            | ErrorKind::IsADirectory
            | ErrorKind::Unsupported => 2,
            _ => 3,
        },
        Reason::TooManyFiles(_) | Reason::TooLarge(_) => 1,
    };
    let reason = messages::system::unreadable(unreadable);
    let message = format!("{}: không đọc hoặc ghi được: {reason}", unreadable.path.display());
    Failure { code, ..Failure::new(message) }
}

/// A data folder that a command reads has to be there already.
fn existing(data: &Data) -> Result<(), Failure> {
    if data.folder().exists() {
        return Ok(());
    }
    Err(Failure::usage(format!("{} không phải thư mục dữ liệu", data.data.display())).hint(
        "tạo bằng `parindex demo` hoặc `parindex import THƯ-MỤC`, hoặc nêu thư mục khác bằng --data DIR",
    ))
}

/// What the database did not do; whose fault it is makes the exit code.
fn database(error: impl Into<Failed>) -> Failure {
    let Failed { sentence, hint, blame } = error.into();
    let code = match blame {
        Blame::Data => 1,
        Blame::Usage => 2,
        Blame::Machine => 3,
    };
    Failure { code, of_data: blame == Blame::Machine, ..Failure::new(sentence).hint(hint) }
}

/// Brings the database of a folder up to this program's schema, if there is one, and says so.
async fn updated(folder: &DataFolder, data: &Data) -> Result<(), Failure> {
    if !folder.exists() {
        return Ok(());
    }
    if let Some(upgraded) = folder.update(data.backup()).await.map_err(database)? {
        output::complain(messages::store::upgraded(upgraded.from, upgraded.to, upgraded.backup.as_deref()));
    }
    Ok(())
}

fn not_imported(failed: NotImported) -> Failure {
    match failed {
        NotImported::YearExists => Failure::problem("năm này đã có trong dữ liệu")
            .hint("dữ liệu đã có không bị ghi đè; nêu thư mục khác bằng --data DIR"),
        NotImported::Store(error) => database(error),
        NotImported::Wording(path, error) => unwritten(&path, &error),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Runtime::new().map_err(|error| {
        Failure::new(format!("không khởi động được: {}", messages::system::io_error(&error)))
    })
}
