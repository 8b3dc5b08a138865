//! The facts of the year that a wording asks for.

use super::{Block, Name, Word, Words};

/// Signs by which a name asks for facts, without case and diacritics.
const ASKED: [&str; 2] = ["du kien", "ty le du kien"];

/// Keys of facts with the names that ask for them, as often as they stand there.
pub(super) fn facts(blocks: &[Block]) -> Vec<(Name, String)> {
    let mut found = Vec::new();
    of_blocks(blocks, &mut found);
    found
}

fn of_blocks(blocks: &[Block], found: &mut Vec<(Name, String)>) {
    for block in blocks {
        match block {
            Block::Heading(_, words)
            | Block::Paragraph(_, words)
            | Block::Table(_, words)
            | Block::Picture(_, words)
            | Block::Footnote(_, words) => of_words(words, found),
            Block::Each(_, blocks) => of_blocks(blocks, found),
            Block::Appendix { title, blocks, .. } => {
                of_words(title, found);
                of_blocks(blocks, found);
            }
        }
    }
}

fn of_words(words: &Words, found: &mut Vec<(Name, String)>) {
    for word in words {
        match word {
            Word::Text(_) => {}
            Word::Name(name) => of_name(name, found),
            Word::Choice(name, arms) => {
                of_name(name, found);
                arms.iter().for_each(|arm| of_words(&arm.words, found));
            }
            Word::Each(_, words) | Word::Note(words) | Word::Strong(words) => of_words(words, found),
        }
    }
}

/// The words behind `dữ kiện` are keys, one or (of a ratio) two.
fn of_name(name: &Name, found: &mut Vec<(Name, String)>) {
    let folded = crate::text::fold(&name.typed);
    let asked =
        ASKED.iter().find(|asked| folded.strip_prefix(*asked).is_some_and(|rest| rest.starts_with(' ')));
    if let Some(asked) = asked {
        let keys = name.typed.split(' ').skip(asked.split(' ').count());
        found.extend(keys.map(|key| (name.clone(), key.to_owned())));
    }
}
