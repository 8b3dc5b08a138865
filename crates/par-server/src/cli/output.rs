//! Writing to standard output and error: the one place through which texts of foreign files go, so
//! that none of their signs commands a terminal; it survives a closed pipe and aligns columns.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use super::Failure;
use crate::messages::system;

/// Prints a whole text. A reader that stops early (`| head`) is no failure.
///
/// # Errors
/// When standard output cannot be written for another reason.
pub fn print(text: impl Display) -> Result<(), Failure> {
    let text = text.to_string();
    let mut out = io::stdout().lock();
    match out.write_all(harmless(&text).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::new(format!("không ghi được kết quả: {}", system::io_error(&error)))),
        Ok(()) => Ok(()),
    }
}

/// Writes to standard error, long values cut; a person who closed it is told nothing.
pub fn complain(text: impl Display) {
    let text = text.to_string();
    let _ = writeln!(io::stderr().lock(), "{}", harmless(&short(&text)));
}

/// The text with every sign that would command a terminal or turn the direction of writing shown as a
/// sign: a name or a cell of somebody's file must not move the cursor, set a title or hide a line.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let shown = |c: char| -> Option<char> {
        match c {
            '\n' | '\t' => None,
            '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)),
            '\u{7F}' => Some('\u{2421}'),
            '\u{80}'..='\u{9F}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => Some('\u{FFFD}'),
            _ => None,
        }
    };
    // Line ends of other systems are no command.
    let carriage = |at: usize| text[at + 1..].starts_with('\n');
    let harms = |(at, c): &(usize, char)| shown(*c).is_some() && !(*c == '\r' && carriage(*at));
    if !text.char_indices().any(|found| harms(&found)) {
        return Cow::Borrowed(text);
    }
    let signs = text.char_indices();
    signs.map(|(at, c)| if harms(&(at, c)) { shown(c).unwrap_or(c) } else { c }).collect()
}

/// A message with its long words cut: a cell of somebody's file may be one word of a million letters.
fn short(message: &str) -> Cow<'_, str> {
    if message.len() <= LONG_MESSAGE {
        return Cow::Borrowed(message);
    }
    let letters = message.chars().count();
    let (head, tail) = (SHOWN_LETTERS, SHOWN_LETTERS.min(letters.saturating_sub(SHOWN_LETTERS)));
    let first: String = message.chars().take(head).collect();
    let last: String = message.chars().skip(letters - tail).collect();
    Cow::Owned(format!("{first} […] {last}"))
}

/// Bytes of a message that is printed whole.
const LONG_MESSAGE: usize = 4_000;
/// Letters shown of the beginning and of the end of a longer one.
const SHOWN_LETTERS: usize = 600;

/// Says what long work is doing, to a person at a terminal only.
pub fn progress(what: impl Display) {
    let mut err = io::stderr().lock();
    if err.is_terminal() {
        // Nobody is helped by a failure to say so.
        let _ = writeln!(err, "{} …", harmless(&what.to_string()));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_command_a_terminal_are_shown_instead() {
        assert_eq!(harmless("Sở \u{1b}[31mNội vụ\u{7}"), "Sở ␛[31mNội vụ␇");
        assert_eq!(harmless("a\r\nb\rc\td"), "a\r\nb␍c\td");
        assert_eq!(harmless("\u{9b}2J\u{202e}x"), "\u{fffd}2J\u{fffd}x");
        assert!(matches!(harmless("Sở Nội vụ\n"), Cow::Borrowed(_)));
    }
}
