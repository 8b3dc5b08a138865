//! The command line: one file a command. Decides nothing about the index.
//!
//! Exit codes: 0 done and sound · 1 the input or the data has problems, each named · 2 wrong usage ·
//! 3 the machine failed (file not readable, port taken, database away).

pub mod framework;

use std::fmt::Display;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Framework(framework::Arguments),
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command) {
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

fn run(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Framework(arguments) => framework::run(&arguments),
    }
}
