//! The journal read: lines that fit a question, and the chain checked.

use par_store::error::Error;
use par_store::finding::Finding;
use par_store::invariants;
/// A line as the store keeps it.
pub use par_store::journal::Line;

use super::data_folder::DataFolder;

/// Which lines are asked for; what is not said is any.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of this year.
    pub year: Option<u16>,
    /// By this person.
    pub actor: Option<String>,
    /// Of this act.
    pub act: Option<String>,
    /// From this moment on, in milliseconds UTC.
    pub from_ms: Option<i64>,
    /// Before this moment, in milliseconds UTC.
    pub before_ms: Option<i64>,
}

impl Wanted {
    fn fits(&self, line: &Line) -> bool {
        let year = line.year.map(|(year, _)| year);
        self.year.is_none_or(|wanted| year == Some(i64::from(wanted)))
            && self.actor.as_ref().is_none_or(|wanted| line.actor == *wanted)
            && self.act.as_ref().is_none_or(|wanted| line.act == *wanted)
            && self.from_ms.is_none_or(|from| from <= line.at_ms)
            && self.before_ms.is_none_or(|before| line.at_ms < before)
    }
}

/// Shows the lines asked for, oldest first.
///
/// # Errors
/// When the database cannot be asked.
pub async fn list(
    folder: &DataFolder,
    wanted: &Wanted,
    mut see: impl FnMut(Line) + Send,
) -> Result<(), Error> {
    let store = folder.open().await?;
    let shown = store
        .journal(|line| {
            if wanted.fits(&line) {
                see(line)
            }
        })
        .await;
    store.close().await;
    shown
}

/// What checking the chain came to.
#[derive(Debug)]
pub struct Verified {
    /// How many lines there are.
    pub lines: u64,
    /// Sequence and hash of the last line.
    pub head: Option<(i64, String)>,
    /// Where it does not hold.
    pub findings: Vec<Finding>,
    /// The hash that the line asked about carries; `None` when there is no such line.
    pub kept: Option<String>,
}

/// Checks the chain, and what a line carries whose hash was kept elsewhere.
///
/// # Errors
/// When the database cannot be asked.
pub async fn verify(folder: &DataFolder, kept: Option<i64>) -> Result<Verified, Error> {
    let store = folder.open().await?;
    let mut verified = Verified { lines: 0, head: None, findings: Vec::new(), kept: None };
    verified.findings = invariants::check_journal(&store).await?;
    let counted = store
        .journal(|line| {
            verified.lines += 1;
            if kept == Some(line.sequence) {
                verified.kept = Some(line.hash.clone());
            }
            verified.head = Some((line.sequence, line.hash));
        })
        .await;
    store.close().await;
    match counted {
        // A line that cannot be read is among the findings.
        Err(Error::Unreadable { .. }) | Ok(()) => Ok(verified),
        Err(error) => Err(error),
    }
}
