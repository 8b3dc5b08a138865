//! A template file → blocks.

use super::scan::{self, name};
use super::{Block, Lead, Name, Words};
use crate::problem::{Problem, ProblemKind, WordingFault};
use crate::text;

/// A line that is a command: `[word rest] words`.
struct Command<'l> {
    word: String,
    rest: &'l str,
    words: &'l str,
}

/// Blocks being gathered inside an `[mỗi …]` or `[phụ lục]`.
enum Open {
    Each(Name),
    Appendix(Words, bool),
}

/// Reads one file; problems are added with their lines.
pub(super) fn blocks(file: &str, source: &str, problems: &mut Vec<Problem>) -> Vec<Block> {
    let mut parser = Parser { file, problems, open: Vec::new(), levels: vec![Vec::new()] };
    let mut paragraph: Vec<(usize, &str)> = Vec::new();
    for (line, number) in source.lines().zip(1..) {
        let line = line.trim();
        let begins = line.is_empty()
            || ["#", "- ", "(#)", "> ", "//"].iter().any(|sign| line.starts_with(sign))
            || command(line).is_some();
        if begins {
            parser.paragraph(std::mem::take(&mut paragraph));
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        match command(line) {
            Some(command) => parser.command(number, command),
            None => paragraph.push((number, line)),
        }
    }
    parser.paragraph(paragraph);
    parser.finish(source.lines().count())
}

/// `[bảng kết quả] Caption` as a command; a footnote or a bracket in a sentence is none.
fn command(line: &str) -> Option<Command<'_>> {
    let (inside, words) = line.strip_prefix('[')?.split_once(']')?;
    let two = ["phu luc ngang", "phu luc", "bieu do", "chu thich", "bang", "moi", "het"];
    let folded = text::fold(inside.trim());
    let word = two.into_iter().find(|word| {
        folded.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })?;
    let skip = word.split(' ').count();
    let mut rest = inside.trim();
    for _ in 0..skip {
        rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
    }
    Some(Command { word: word.to_owned(), rest, words })
}

struct Parser<'p> {
    file: &'p str,
    problems: &'p mut Vec<Problem>,
    open: Vec<(usize, Open)>,
    levels: Vec<Vec<Block>>,
}

impl Parser<'_> {
    fn add(&mut self, block: Block) {
        self.levels.last_mut().expect("the outermost level is never closed").push(block);
    }

    fn paragraph(&mut self, mut lines: Vec<(usize, &str)>) {
        let Some((_, first)) = lines.first_mut() else { return };
        let level = first.chars().take_while(|letter| *letter == '#').count();
        let signs = [("- ", Lead::Dash), ("(#)", Lead::Number), ("> ", Lead::Remark)];
        let mut lead = Lead::Body;
        if (1..=3).contains(&level) {
            *first = first[level..].trim_start();
        } else if let Some((sign, found)) = signs.into_iter().find(|(sign, _)| first.starts_with(sign)) {
            *first = first[sign.len()..].trim_start();
            lead = found;
        }
        let words = scan::words(self.file, &lines, self.problems);
        self.add(match u8::try_from(level) {
            Ok(level @ 1..=3) => Block::Heading(level, words),
            _ => Block::Paragraph(lead, words),
        });
    }

    fn command(&mut self, line: usize, command: Command<'_>) {
        let words = scan::words(self.file, &[(line, command.words)], self.problems);
        let name = name(self.file, line, command.rest);
        match command.word.as_str() {
            "bang" => self.add(Block::Table(name, words)),
            "bieu do" => self.add(Block::Picture(name, words)),
            "chu thich" => self.add(Block::Footnote(name, words)),
            "moi" => self.begin(line, Open::Each(name)),
            "het" => match self.open.last() {
                Some((_, Open::Each(_))) => self.end(),
                _ => self.fault(line, WordingFault::StrayEnd),
            },
            appendix => {
                self.close_appendix(line);
                self.begin(line, Open::Appendix(words, appendix.ends_with("ngang")));
            }
        }
    }

    fn begin(&mut self, line: usize, open: Open) {
        self.open.push((line, open));
        self.levels.push(Vec::new());
    }

    fn end(&mut self) {
        let blocks = self.levels.pop().expect("every opened part has its level");
        let (_, open) = self.open.pop().expect("asked only while a part is open");
        self.add(match open {
            Open::Each(name) => Block::Each(name, blocks),
            Open::Appendix(title, landscape) => Block::Appendix { title, landscape, blocks },
        });
    }

    /// An appendix ends where the next begins; a list inside it has to be closed by then.
    fn close_appendix(&mut self, line: usize) {
        if self.open.iter().any(|(_, open)| matches!(open, Open::Appendix(..))) {
            while let Some((_, Open::Each(_))) = self.open.last() {
                self.fault(line, WordingFault::MissingEnd);
                self.end();
            }
            self.end();
        }
    }

    fn fault(&mut self, line: usize, fault: WordingFault) {
        let kind = ProblemKind::Wording(fault);
        self.problems.push(Problem { file: self.file.to_owned(), line, kind });
    }

    fn finish(mut self, lines: usize) -> Vec<Block> {
        while let Some((line, open)) = self.open.last() {
            if matches!(open, Open::Each(_)) {
                let line = (*line).min(lines);
                self.fault(line, WordingFault::MissingEnd);
            }
            self.end();
        }
        self.levels.pop().expect("the outermost level is never closed")
    }
}
