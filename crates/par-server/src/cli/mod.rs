//! The command line: one file a command. Decides nothing about the index.
//!
//! Exit codes: 0 done and sound · 1 the input or the data has problems, each named · 2 wrong usage ·
//! 3 the machine failed (file not readable, port taken, database away).

mod explain;
mod framework;
mod output;
mod recheck;
mod score;
mod source;

use std::fmt::Display;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use par_core::problem::Problem;

use crate::exchange::folder::Unreadable;
use crate::messages::problems::{self, Keys};

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
}

impl Failure {
    /// A failure with the sentence that says what happened.
    pub fn new(message: impl Display) -> Failure {
        Failure { message: message.to_string(), hint: None }
    }

    /// The same with what to do about it.
    pub fn hint(mut self, hint: impl Display) -> Failure {
        self.hint = Some(hint.to_string());
        self
    }
}

/// Run a province's yearly Public Administration Reform index (Chỉ số cải cách hành chính).
#[derive(Parser)]
#[command(name = "parindex", version, about, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    data: Data,
    #[command(subcommand)]
    command: Command,
}

/// Where the program keeps its data.
#[derive(Args)]
struct Data {
    /// The data folder: database and files.
    #[arg(long, global = true, value_name = "DIR", default_value = "data", env = "PARINDEX_DATA")]
    data: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    Score(score::Score),
    Explain(explain::Explain),
    Recheck(recheck::Arguments),
    Framework(framework::Arguments),
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(Outcome::Sound) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("parindex: {}", failure.message);
            if let Some(hint) = failure.hint {
                eprintln!("  → {hint}");
            }
            ExitCode::from(3)
        }
    }
}

fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    let data = arguments.data;
    match arguments.command {
        Command::Score(command) => command.run(&data),
        Command::Explain(command) => command.run(&data),
        Command::Recheck(arguments) => recheck::run(arguments),
        Command::Framework(arguments) => framework::run(&arguments),
    }
}

/// Prints problems as `path:line: what is wrong`, in order.
fn report(problems: &[(String, Problem)]) {
    let mut problems: Vec<&(String, Problem)> = problems.iter().collect();
    problems.sort_by(|(a, one), (b, other)| (a, one.line).cmp(&(b, other.line)));
    for (path, problem) in problems {
        // A fault of the file as a whole has no line.
        let line = if problem.line > 0 { format!(":{}", problem.line) } else { String::new() };
        eprintln!("{path}{line}: {}", problems::sentence(&problem.kind, Keys::Shown));
    }
}

fn unreadable(unreadable: &Unreadable) -> Failure {
    Failure::new(format!("cannot read {}: {}", unreadable.path.display(), unreadable.reason)).hint(
        "name a folder with year.toml, units.csv and scores.csv, or a data folder made by `parindex demo`",
    )
}
