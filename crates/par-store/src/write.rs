//! A write: one transaction with its journal line. There is no other way to commit.

use crate::database::Transaction;
use crate::error::{Error, Result};
use crate::journal::{self, By, Line, Payload};
use crate::revision::Revision;

/// A write under way; dropped without [`Write::commit`] it leaves nothing behind.
pub(crate) struct Write {
    pub(crate) transaction: Transaction,
    sequence: i64,
    previous: String,
}

impl Write {
    /// Takes the next place in the journal; other writers wait until this one ends.
    pub(crate) async fn begin(mut transaction: Transaction) -> Result<Write> {
        let head = journal::advance(&mut transaction).await?;
        let (sequence, previous) = head.ok_or_else(|| Error::other("the journal has no head"))?;
        Ok(Write { transaction, sequence, previous })
    }

    /// Adds the journal line, with the year concerned and its revision, and makes everything durable.
    pub(crate) async fn commit(
        mut self,
        by: &By<'_>,
        act: &str,
        of: Option<(u16, Revision)>,
        payload: Payload,
    ) -> Result<()> {
        let mut line = Line {
            sequence: self.sequence,
            at_ms: by.at_ms,
            actor: by.actor.to_owned(),
            act: act.to_owned(),
            year: of.map(|(year, revision)| (i64::from(year), revision.number())),
            payload: payload.into_text(),
            hash: String::new(),
        };
        line.hash = line.expected_hash(&self.previous);
        journal::add(&mut self.transaction, &line).await?;
        self.transaction.commit().await
    }
}
