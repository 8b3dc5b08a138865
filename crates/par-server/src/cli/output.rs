//! Writing to standard output: one place that survives a closed pipe and aligns columns.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use super::Failure;
use crate::messages::system;

/// Prints a whole text. A reader that stops early (`| head`) is no failure.
///
/// # Errors
/// When standard output cannot be written for another reason.
pub fn print(text: impl Display) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::new(format!("không ghi được kết quả: {}", system::io_error(&error)))),
        Ok(()) => Ok(()),
    }
}

/// Writes to standard error; a person who closed it is told nothing.
pub fn complain(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says what long work is doing, to a person at a terminal only.
pub fn progress(what: impl Display) {
    let mut err = io::stderr().lock();
    if err.is_terminal() {
        // Nobody is helped by a failure to say so.
        let _ = writeln!(err, "{what} …");
    }
}

/// Aligned columns: texts to the left, numbers (`right`) to the right.
pub fn columns(rows: &[Vec<String>], right: &[bool]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..right.len()).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for ((cell, width), right) in row.iter().zip(&widths).zip(right) {
            let gap = " ".repeat(width - cell.chars().count());
            let padded = if *right { format!("{gap}{cell}") } else { format!("{cell}{gap}") };
            line.push_str(&padded);
            line.push_str("  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
