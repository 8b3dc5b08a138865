//! Words of one paragraph: names, choices, footnotes, emphasis.

use super::{Arm, Case, DEEPEST, Name, Word, Words};
use crate::problem::{Problem, ProblemKind};
use crate::report::wording::fault::WordingFault;
use crate::text;

/// Line and column, both from 1.
pub(super) type Place = (usize, usize);

/// Part of a line with the place at which it begins.
#[derive(Clone, Copy)]
pub(super) struct Piece<'l> {
    pub place: Place,
    pub text: &'l str,
}

impl<'l> Piece<'l> {
    /// The piece behind so many bytes, without the space around it.
    pub fn after(self, bytes: usize) -> Piece<'l> {
        let text = self.text[bytes..].trim_start();
        let skipped = self.text[..self.text.len() - text.len()].chars().count();
        Piece { place: (self.place.0, self.place.1 + skipped), text: text.trim_end() }
    }
}

/// Letters of a paragraph with the place of each.
pub(super) struct Scanner<'a> {
    file: &'a str,
    letters: Vec<(char, Place)>,
    at: usize,
    /// How many choices, footnotes and lists are open here.
    depth: usize,
    problems: &'a mut Vec<Problem>,
}

/// Reads the words of a paragraph from its lines.
pub(super) fn words(file: &str, lines: &[Piece<'_>], problems: &mut Vec<Problem>) -> Words {
    let mut letters = Vec::new();
    for piece in lines {
        let Piece { place: (line, column), text } = piece.after(0);
        if !letters.is_empty() {
            letters.push((' ', (line, column)));
        }
        letters.extend(text.chars().zip(column..).map(|(letter, column)| (letter, (line, column))));
    }
    let mut scanner = Scanner { file, letters, at: 0, depth: 0, problems };
    let mut words = Words::new();
    loop {
        words.extend(scanner.until(&[]));
        match scanner.next() {
            None => return words,
            Some(letter) => push(&mut words, letter),
        }
    }
}

fn push(words: &mut Words, letter: char) {
    match words.last_mut() {
        Some(Word::Text(text)) => text.push(letter),
        _ => words.push(Word::Text(letter.to_string())),
    }
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).map(|(letter, _)| *letter)
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek(0)?;
        self.at += 1;
        Some(letter)
    }

    fn place(&self) -> Place {
        let last = self.letters.last().map_or((1, 1), |(_, place)| *place);
        self.letters.get(self.at).map_or(last, |(_, place)| *place)
    }

    fn fault(&mut self, (line, column): Place, fault: WordingFault) {
        let kind = ProblemKind::Wording { column, fault };
        self.problems.push(Problem { file: self.file.to_owned(), line, kind });
    }

    /// Words up to one of the signs `ends` or `**` (when `*` is one of them), which is left unread.
    fn until(&mut self, ends: &[char]) -> Words {
        let mut words = Words::new();
        if self.depth > DEEPEST {
            let place = self.place();
            self.fault(place, WordingFault::TooDeep(DEEPEST));
            self.at = self.letters.len();
        }
        self.depth += 1;
        while let Some(letter) = self.peek(0) {
            if letter == '*' && self.peek(1) == Some('*') {
                if ends.contains(&'*') {
                    break;
                }
                words.push(self.strong());
            } else if ends.contains(&letter) && letter != '*' {
                break;
            } else if letter == '{' {
                words.extend(self.braces());
            } else if letter == '^' && self.peek(1) == Some('[') {
                words.push(self.note());
            } else {
                if letter == '}' {
                    let place = self.place();
                    self.fault(place, WordingFault::StrayBrace);
                }
                self.at += 1;
                push(&mut words, letter);
            }
        }
        self.depth -= 1;
        words
    }

    fn strong(&mut self) -> Word {
        let place = self.place();
        self.at += 2;
        let words = self.until(&['*']);
        if self.peek(0).is_none() {
            self.fault(place, WordingFault::Unclosed("**"));
        }
        self.at += 2;
        Word::Strong(words)
    }

    fn note(&mut self) -> Word {
        let place = self.place();
        self.at += 2;
        let words = self.until(&[']']);
        if self.next().is_none() {
            self.fault(place, WordingFault::Unclosed("^["));
        }
        Word::Note(words)
    }

    /// What stands between braces; nothing when they name nothing.
    fn braces(&mut self) -> Option<Word> {
        let place = self.place();
        self.at += 1;
        let mut typed = String::new();
        while let Some(letter) = self.peek(0).filter(|letter| !"}?:{".contains(*letter)) {
            typed.push(letter);
            self.at += 1;
        }
        let each = typed.trim().split_once(' ').filter(|(first, _)| text::fold(first) == "moi");
        let word = match (self.next(), each) {
            (Some('}'), _) => Some(Word::Name(name(self.file, place, &typed))),
            (Some('?'), _) => Some(Word::Choice(name(self.file, place, &typed), self.arms())),
            (Some(':'), Some((_, list))) => {
                let list = name(self.file, place, list);
                Some(Word::Each(list, trimmed(self.until(&['}']))))
            }
            _ => {
                self.fault(place, WordingFault::Unclosed("{"));
                return None;
            }
        };
        if !matches!(word, Some(Word::Name(_))) && self.next().is_none() {
            self.fault(place, WordingFault::Unclosed("{"));
        }
        word
    }

    /// Arms up to the closing brace, which is left unread.
    fn arms(&mut self) -> Vec<Arm> {
        let mut arms = Vec::new();
        loop {
            let case = self.case();
            arms.push(Arm { case, words: trimmed(self.until(&['|', '}'])) });
            if self.peek(0) != Some('|') {
                return arms;
            }
            self.at += 1;
        }
    }

    /// Reads `case:` when a known case stands here, and nothing otherwise.
    fn case(&mut self) -> Option<Case> {
        let ahead: String = self.letters[self.at..]
            .iter()
            .map(|(letter, _)| *letter)
            .take_while(|l| !"|}{".contains(*l))
            .collect();
        let (typed, _) = ahead.split_once(':')?;
        let key = text::slug(typed);
        let (case, _) = Case::ALL.into_iter().find(|(_, word)| text::slug(word) == key)?;
        self.at += typed.chars().count() + 1;
        Some(case)
    }
}

/// A name as typed, with what is wanted of it behind the first dot.
pub(super) fn name(file: &str, (line, column): Place, typed: &str) -> Name {
    let (typed, part) = match typed.split_once('.') {
        Some((typed, part)) => (typed, Some(text::slug(part))),
        None => (typed, None),
    };
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    Name { file: file.to_owned(), line, column, key: text::slug(&typed), typed, part }
}

/// Without the space behind: it only sets the closing sign apart. The space in front stays, since it
/// keeps the words apart from those before; where a sign follows or a line begins it is dropped when
/// the sentence is made.
fn trimmed(mut words: Words) -> Words {
    if let Some(Word::Text(text)) = words.last_mut() {
        *text = text.trim_end().to_owned();
    }
    words
}
