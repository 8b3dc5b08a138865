//! A template file → blocks.

use super::scan::{self, Piece, Place, name};
use super::{Block, DEEPEST, Lead, Name, Words};
use crate::problem::{Problem, ProblemKind};
use crate::report::wording::fault::WordingFault;
use crate::text;

/// A line that is a command: `[word rest] words`.
struct Command<'l> {
    word: String,
    rest: Piece<'l>,
    words: Piece<'l>,
}

/// Blocks being gathered inside an `[mỗi …]` or `[phụ lục]`.
enum Open {
    Each(Name),
    Appendix(Words, bool),
}

/// Reads one file; problems are added with their lines.
pub(super) fn blocks(file: &str, source: &str, problems: &mut Vec<Problem>) -> Vec<Block> {
    let mut parser = Parser { file, problems, open: Vec::new(), levels: vec![Vec::new()] };
    let mut paragraph: Vec<Piece<'_>> = Vec::new();
    for (text, number) in source.lines().zip(1..) {
        let line = Piece { place: (number, 1), text }.after(0);
        let begins = line.text.is_empty()
            || ["#", "- ", "(#)", "> ", "//"].iter().any(|sign| line.text.starts_with(sign))
            || command(line).is_some();
        if begins {
            parser.paragraph(std::mem::take(&mut paragraph));
        }
        if line.text.is_empty() || line.text.starts_with("//") {
            continue;
        }
        match command(line) {
            Some(command) => parser.command(line.place, command),
            None => paragraph.push(line),
        }
    }
    parser.paragraph(paragraph);
    parser.finish()
}

/// `[bảng kết quả] Caption` as a command; a footnote or a bracket in a sentence is none.
fn command(line: Piece<'_>) -> Option<Command<'_>> {
    let (inside, _) = line.text.strip_prefix('[')?.split_once(']')?;
    let words = line.after(inside.len() + 2);
    let two = ["phu luc ngang", "phu luc", "bieu do", "chu thich", "bang", "moi", "het"];
    let folded = text::fold(inside.trim());
    let word = two.into_iter().find(|word| {
        folded.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })?;
    let mut rest = Piece { text: &line.text[..=inside.len()], ..line }.after(1);
    for _ in word.split(' ') {
        rest = rest.after(rest.text.find(' ').unwrap_or(rest.text.len()));
    }
    Some(Command { word: word.to_owned(), rest, words })
}

struct Parser<'p> {
    file: &'p str,
    problems: &'p mut Vec<Problem>,
    open: Vec<(Place, Open)>,
    levels: Vec<Vec<Block>>,
}

impl Parser<'_> {
    fn add(&mut self, block: Block) {
        self.levels.last_mut().expect("the outermost level is never closed").push(block);
    }

    fn paragraph(&mut self, mut lines: Vec<Piece<'_>>) {
        let Some(first) = lines.first_mut() else { return };
        let level = first.text.chars().take_while(|letter| *letter == '#').count();
        let signs = [("- ", Lead::Dash), ("(#)", Lead::Number), ("> ", Lead::Remark)];
        let mut lead = Lead::Body;
        if (1..=3).contains(&level) {
            *first = first.after(level);
        } else if let Some((sign, found)) = signs.into_iter().find(|(sign, _)| first.text.starts_with(sign)) {
            *first = first.after(sign.len());
            lead = found;
        }
        let words = scan::words(self.file, &lines, self.problems);
        self.add(match u8::try_from(level) {
            Ok(level @ 1..=3) => Block::Heading(level, words),
            _ => Block::Paragraph(lead, words),
        });
    }

    fn command(&mut self, place: Place, command: Command<'_>) {
        let words = scan::words(self.file, &[command.words], self.problems);
        let name = name(self.file, command.rest.place, command.rest.text);
        match command.word.as_str() {
            "bang" => self.add(Block::Table(name, words)),
            "bieu do" => self.add(Block::Picture(name, words)),
            "chu thich" => self.add(Block::Footnote(name, words)),
            "moi" => self.begin(place, Open::Each(name)),
            "het" => match self.open.last() {
                Some((_, Open::Each(_))) => self.end(),
                _ => self.fault(place, WordingFault::StrayEnd),
            },
            appendix => {
                self.close_appendix(place);
                self.begin(place, Open::Appendix(words, appendix.ends_with("ngang")));
            }
        }
    }

    fn begin(&mut self, place: Place, open: Open) {
        if self.open.len() == DEEPEST {
            self.fault(place, WordingFault::TooDeep(DEEPEST));
        }
        if self.open.len() >= DEEPEST {
            return;
        }
        self.open.push((place, open));
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
    fn close_appendix(&mut self, place: Place) {
        if self.open.iter().any(|(_, open)| matches!(open, Open::Appendix(..))) {
            while let Some((_, Open::Each(_))) = self.open.last() {
                self.fault(place, WordingFault::MissingEnd);
                self.end();
            }
            self.end();
        }
    }

    fn fault(&mut self, (line, column): Place, fault: WordingFault) {
        let kind = ProblemKind::Wording { column, fault };
        self.problems.push(Problem { file: self.file.to_owned(), line, kind });
    }

    fn finish(mut self) -> Vec<Block> {
        while let Some((place, open)) = self.open.last() {
            if matches!(open, Open::Each(_)) {
                let place = *place;
                self.fault(place, WordingFault::MissingEnd);
            }
            self.end();
        }
        self.levels.pop().expect("the outermost level is never closed")
    }
}
