//! Templates checked as a whole: every name in every arm, whatever this year takes.

use super::super::tables;
use super::super::value::{Kind, parts};
use super::names::{Context, inside, kind, near};
use super::{Block, Name, Word, Words};
use crate::problem::{Problem, ProblemKind};
use crate::report::wording::fault::WordingFault;
use crate::text;

/// Everything that is wrong with the names of a template.
pub fn check(blocks: &[Block], contexts: &[Context]) -> Vec<Problem> {
    let mut problems = Vec::new();
    check_blocks(blocks, contexts, &mut problems);
    problems
}

fn check_blocks(blocks: &[Block], contexts: &[Context], problems: &mut Vec<Problem>) {
    for block in blocks {
        match block {
            Block::Heading(_, words) | Block::Paragraph(_, words) => check_words(words, contexts, problems),
            Block::Table(name, caption) => {
                check_thing(name, &tables::NAMES, problems);
                check_words(caption, contexts, problems);
            }
            Block::Picture(name, caption) => {
                check_thing(name, &tables::CHARTS, problems);
                check_words(caption, contexts, problems);
            }
            Block::Each(list, blocks) => {
                check_name(list, contexts, true, problems);
                check_blocks(blocks, &within(contexts, list), problems);
            }
            Block::Appendix { title, blocks, .. } => {
                check_words(title, contexts, problems);
                check_blocks(blocks, contexts, problems);
            }
            Block::Footnote(name, words) => {
                check_thing(name, &tables::FOOTNOTES, problems);
                check_words(words, &within(contexts, name), problems);
            }
        }
    }
}

fn within(contexts: &[Context], list: &Name) -> Vec<Context> {
    let inner = if text::slug(tables::FOOTNOTES[0]) == list.key { Context::Unit } else { inside(&list.key) };
    contexts.iter().copied().chain([inner]).collect()
}

fn check_words(words: &Words, contexts: &[Context], problems: &mut Vec<Problem>) {
    for word in words {
        match word {
            Word::Text(_) => {}
            Word::Name(name) => check_name(name, contexts, false, problems),
            Word::Choice(name, arms) => {
                // A list can be asked whether it has items.
                if kind(&name.key, contexts, true).is_none() {
                    check_name(name, contexts, false, problems);
                }
                arms.iter().for_each(|arm| check_words(&arm.words, contexts, problems));
            }
            Word::Each(list, words) => {
                check_name(list, contexts, true, problems);
                check_words(words, &within(contexts, list), problems);
            }
            Word::Note(words) | Word::Strong(words) => check_words(words, contexts, problems),
        }
    }
}

fn check_name(name: &Name, contexts: &[Context], list: bool, problems: &mut Vec<Problem>) {
    let fault = match kind(&name.key, contexts, list) {
        Some(kind) => unknown_part(name, kind),
        None if kind(&name.key, contexts, !list).is_some() => {
            Some(WordingFault::WrongUse(name.typed.clone()))
        }
        None => {
            let near = near(&name.key, contexts);
            Some(WordingFault::UnknownName { name: name.typed.clone(), near })
        }
    };
    problems.extend(fault.map(|fault| at(name, fault)));
}

fn unknown_part(name: &Name, kind: Kind) -> Option<WordingFault> {
    let part = name.part.as_ref()?;
    let known = parts(kind);
    if known.iter().any(|one| text::slug(one) == *part) {
        return None;
    }
    let parts = known.iter().map(|part| (*part).to_owned()).collect();
    Some(WordingFault::UnknownPart { name: name.typed.clone(), parts })
}

/// Tables, charts and footnotes come from closed lists.
fn check_thing(name: &Name, known: &[&str], problems: &mut Vec<Problem>) {
    if known.iter().all(|known| text::slug(known) != name.key) {
        let near = known.iter().map(|known| (*known).to_owned()).collect();
        problems.push(at(name, WordingFault::UnknownName { name: name.typed.clone(), near }));
    }
}

/// A problem at a name.
pub fn at(name: &Name, fault: WordingFault) -> Problem {
    Problem {
        file: name.file.clone(),
        line: name.line,
        kind: ProblemKind::Wording { column: name.column, fault },
    }
}
