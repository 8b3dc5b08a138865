//! Which problems of a year folder are causes, and which only follow from them.
//!
//! Must not know: how files are read.

use crate::framework::read::Files;
use crate::legacy;
use crate::problem::{Named, Problem, ProblemKind};
use crate::text;

impl Problem {
    /// Each text that is written in an encoding before Unicode.
    pub fn legacy_texts<'a>(texts: impl IntoIterator<Item = (&'a String, &'a String)>) -> Vec<Problem> {
        let found = texts.into_iter().filter_map(|(file, text)| {
            let encoding = legacy::encoding(std::iter::once(text.as_str()))?;
            Some(Problem { file: file.clone(), line: 0, kind: ProblemKind::Legacy(encoding.to_owned()) })
        });
        found.collect()
    }

    /// Files that nobody would read because of a slip in their names: what they say would be left out
    /// without a word. `known` are the names of a folder's own files.
    pub fn misnamed_files(files: &Files, known: &[&'static str]) -> Vec<Problem> {
        let missing = || known.iter().copied().filter(|known| !files.contains_key(*known));
        let strangers = files.keys().filter(|file| !file.contains('/') && !known.contains(&file.as_str()));
        let problems = strangers.filter_map(|file| {
            let near = text::alike(file, missing());
            let kind = ProblemKind::FileMisnamed { near: near.clone() };
            (!near.is_empty()).then(|| Problem { file: file.clone(), line: 0, kind })
        });
        problems.collect()
    }

    /// Leaves out what only follows from another problem: where a file cannot be read as what it is,
    /// names that other files take from it are not unknown.
    pub fn without_consequences(problems: Vec<Problem>) -> Vec<Problem> {
        let spoilt =
            |file: &str| problems.iter().any(|problem| problem.file == file && problem.kind.is_cause());
        let (units, header, before) = (spoilt("units.csv"), spoilt("year.toml"), spoilt("previous.csv"));
        let follows = |problem: &Problem| match &problem.kind {
            ProblemKind::UnknownName { what: Named::Unit, .. } => units,
            ProblemKind::UnknownName { what: Named::Predecessor, .. } => before,
            ProblemKind::UnknownName { what: Named::Block | Named::Set | Named::Cluster, .. } => header,
            _ => false,
        };
        let kept: Vec<bool> = problems.iter().map(|problem| !follows(problem)).collect();
        problems.into_iter().zip(kept).filter_map(|(problem, kept)| kept.then_some(problem)).collect()
    }
}

impl ProblemKind {
    /// Whether other problems may only follow from it: the file cannot be read as what it is.
    pub fn is_cause(&self) -> bool {
        matches!(
            self,
            ProblemKind::FileMissing
                | ProblemKind::FileEmpty
                | ProblemKind::FileTooLong { .. }
                | ProblemKind::NoHeadings(_)
                | ProblemKind::NotUtf8
                | ProblemKind::Legacy(_)
                | ProblemKind::Syntax(_)
        )
    }
}
