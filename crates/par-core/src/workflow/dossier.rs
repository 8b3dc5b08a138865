//! Everything that was said about a leaf of a unit, in the order it was said. Nothing is overwritten.
//!
//! What counts follows from the entries alone, never from the clock.

use super::actor::AccountId;
use crate::moment::Moment;
use crate::year::{Judgement, LeafFile, Stage};

/// One thing said.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// At which stage.
    pub stage: Stage,
    /// Whether it counts by itself.
    pub weight: Weight,
    /// The points; `None` takes back what the same stage said before.
    pub judgement: Option<Judgement>,
    /// A note, as it was typed.
    pub note: String,
    /// Who typed it.
    pub by: AccountId,
    /// For whom it was typed in from a signed paper (nhập thay).
    pub on_behalf: Option<String>,
    /// When.
    pub at: Moment,
    /// The hash of the criteria set it was made under.
    pub set: String,
}

/// Whether an entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// The unit, the lead body, the council.
    Binding,
    /// A co-appraiser or provider: it counts when the lead adopts it by an entry of his own.
    Opinion,
}

/// The entries of one leaf of one unit, oldest first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Dossier {
    /// The entries.
    pub entries: Vec<Entry>,
}

impl Dossier {
    /// The last binding entry of a stage.
    pub fn last(&self, stage: Stage) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.stage == stage && entry.weight == Weight::Binding)
    }

    /// What counts of it: the last binding entry a stage. A leaf exempted after it was scored keeps its
    /// entries, and none of them counts.
    pub fn file(&self, applies: bool) -> LeafFile {
        let mut file = LeafFile::default();
        for stage in Stage::ALL.into_iter().filter(|_| applies) {
            if let Some(judgement) = self.last(stage).and_then(|entry| entry.judgement.clone()) {
                file.judge(stage, judgement);
            }
        }
        file
    }
}
