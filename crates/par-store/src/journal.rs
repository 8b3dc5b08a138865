//! The journal: one line a write, each carrying the hash of the line before.
//!
//! Must not know: what the acts mean, who may read it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::database::{Transaction, statements};
use crate::error::Result;
use crate::value::Row;

statements! {
    ADVANCE = "update journal_head set sequence = sequence + 1 where id = 1 returning sequence, hash";
    SET_HEAD = "update journal_head set hash = $1 where id = 1";
    HEAD = "select sequence, hash from journal_head where id = 1";
    ADD = "insert into journal (sequence, at_ms, actor, act, year, revision, payload, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIRST_OF_YEAR = "select at_ms from journal where year = $1 order by sequence limit 1";
    LAST = "select at_ms from journal order by sequence desc limit 1";
    HASH = "select hash from journal where sequence = $1";
    LINES = "select sequence, at_ms, actor, act, year, revision, payload, hash from journal order by sequence";
}

/// Who writes, and when.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// Account name.
    pub actor: &'a str,
    /// Server time in milliseconds UTC.
    pub at_ms: i64,
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 1, 2, 3 …
    pub sequence: i64,
    /// Server time in milliseconds UTC.
    pub at_ms: i64,
    /// Account name.
    pub actor: String,
    /// What was done, one stable word.
    pub act: String,
    /// The year concerned and its revision after the write.
    pub year: Option<(i64, i64)>,
    /// What was written, lines `name: value`.
    pub payload: String,
    /// SHA-256 over the previous line's hash and this line, in hex.
    pub hash: String,
}

/// What was written, as readable lines.
#[derive(Debug, Default)]
pub(crate) struct Payload(String);

impl Payload {
    /// Adds a line; a line break inside a value is written as `\n`.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Payload {
        let value = value.to_string().replace('\\', "\\\\").replace('\n', "\\n");
        let _ = writeln!(self.0, "{name}: {value}");
        self
    }

    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

/// The values of all lines of a name in a payload.
pub(crate) fn values_of<'p>(payload: &'p str, name: &'p str) -> impl Iterator<Item = &'p str> {
    payload.lines().filter_map(move |line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// The value of a payload's line, as it was given to [`Payload::with`].
pub(crate) fn value_of(payload: &str, name: &str) -> Option<String> {
    let line = payload.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))?;
    let mut value = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => value.push(if letters.next() == Some('n') { '\n' } else { '\\' }),
            other => value.push(other),
        }
    }
    Some(value)
}

impl Line {
    /// What the line says under a name; `None` when it says nothing there.
    pub fn value(&self, name: &str) -> Option<String> {
        value_of(&self.payload, name)
    }

    /// The hash this line should carry after a line of hash `previous`: over each part with its
    /// length, so that nothing can move from one part to the next.
    pub fn expected_hash(&self, previous: &str) -> String {
        let (year, revision) = match self.year {
            Some((year, revision)) => (year.to_string(), revision.to_string()),
            None => Default::default(),
        };
        let (sequence, at_ms) = (self.sequence.to_string(), self.at_ms.to_string());
        digest([previous, &sequence, &at_ms, &self.actor, &self.act, &year, &revision, &self.payload])
    }
}

/// SHA-256 over parts, each with its length in bytes before it, in hex.
pub(crate) fn digest<'p>(parts: impl IntoIterator<Item = &'p str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(format!("{}:", part.len()));
        hash.update(part);
        hash.update("\n");
    }
    hex(&hash.finalize())
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Takes the next sequence number and the hash it follows; other writers wait until the end of the
/// transaction.
pub(crate) async fn advance(transaction: &mut Transaction) -> Result<Option<(i64, String)>> {
    transaction.row(ADVANCE, &[], |row| Ok((row.whole(0)?, row.text(1)?))).await
}

/// Adds the line whose sequence number was taken.
pub(crate) async fn add(transaction: &mut Transaction, line: &Line) -> Result<()> {
    let values = [
        line.sequence.into(),
        line.at_ms.into(),
        (&line.actor).into(),
        (&line.act).into(),
        line.year.map(|(year, _)| year).into(),
        line.year.map(|(_, revision)| revision).into(),
        (&line.payload).into(),
        (&line.hash).into(),
    ];
    transaction.execute(ADD, &values).await?;
    transaction.execute(SET_HEAD, &[(&line.hash).into()]).await?;
    Ok(())
}

/// Sequence and hash of the end of the journal.
pub(crate) async fn head(transaction: &mut Transaction) -> Result<Option<(i64, String)>> {
    transaction.row(HEAD, &[], |row| Ok((row.whole(0)?, row.text(1)?))).await
}

/// When the first line of a year was written and when the last of all; `None` for a year without lines.
pub(crate) async fn moments(transaction: &mut Transaction, year: u16) -> Result<Option<(i64, i64)>> {
    let first = transaction.row(FIRST_OF_YEAR, &[year.into()], |row| row.whole(0)).await?;
    let last = transaction.row(LAST, &[], |row| row.whole(0)).await?;
    Ok(first.zip(last))
}

/// The hash of a line; `None` when there is no such line.
pub(crate) async fn hash(transaction: &mut Transaction, sequence: i64) -> Result<Option<String>> {
    transaction.row(HASH, &[sequence.into()], |row| row.text(0)).await
}

/// Shows all lines in order, one at a time: a journal of a million lines is not held.
pub(crate) async fn each(transaction: &mut Transaction, mut see: impl FnMut(Line) + Send) -> Result<()> {
    transaction
        .each(LINES, &[], |row| {
            see(line(row)?);
            Ok(())
        })
        .await
}

fn line(row: &Row<'_>) -> sqlx::Result<Line> {
    Ok(Line {
        sequence: row.whole(0)?,
        at_ms: row.whole(1)?,
        actor: row.text(2)?,
        act: row.text(3)?,
        year: row.maybe_whole(4)?.zip(row.maybe_whole(5)?),
        payload: row.text(6)?,
        hash: row.text(7)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_gives_its_values_back() {
        let text = Payload::default().with("a", "x\ny").with("b", r"c:\new").into_text();
        assert_eq!(text.lines().count(), 2);
        assert_eq!(value_of(&text, "a").as_deref(), Some("x\ny"));
        assert_eq!(value_of(&text, "b").as_deref(), Some(r"c:\new"));
        assert_eq!(value_of(&text, "c"), None);
    }

    #[test]
    fn parts_that_join_to_the_same_text_have_different_digests() {
        assert_ne!(digest(["ab", "c"]), digest(["a", "bc"]));
    }
}
