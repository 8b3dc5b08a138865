//! A text to be checked, whatever file it came from: headings, paragraphs, table rows, footnotes.
//!
//! Must not know: files, the data.

/// A text in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Document {
    /// Headings, paragraphs, table rows and footnotes without an anchor.
    pub paragraphs: Vec<Paragraph>,
    /// Hidden passages, which are not printed and were left out.
    pub hidden: usize,
}

/// One paragraph or one table row. Texts are in composed form (`text::compose`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub part: Part,
    /// The text; of a row its cells joined by ` · `.
    pub text: String,
    /// Where lines of the file begin: byte offset in `text`, line counted from 1. Empty where a file
    /// has no lines.
    pub lines: Vec<(usize, usize)>,
    /// Footnotes anchored in it.
    pub notes: Vec<Note>,
}

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading; 1 is the highest level.
    Heading(u8),
    /// Running text.
    Text,
    /// A row of a table.
    Row {
        /// Position of the table in the text.
        table: usize,
        /// One entry a grid column; a cell over several columns is followed by empty ones.
        cells: Vec<String>,
    },
    /// A footnote of which nobody knows where it is anchored.
    LooseNote,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Byte offset of its anchor in the paragraph's text.
    pub at: usize,
    /// What it says.
    pub text: String,
    /// Line of the file on which it begins, where the file has lines.
    pub line: Option<usize>,
}

impl Paragraph {
    /// Running text on a line of its own.
    pub fn text(text: impl Into<String>, line: Option<usize>) -> Paragraph {
        Paragraph::of(Part::Text, text, line)
    }

    /// A paragraph without footnotes.
    pub fn of(part: Part, text: impl Into<String>, line: Option<usize>) -> Paragraph {
        let lines = line.map(|line| (0, line)).into_iter().collect();
        Paragraph { part, text: text.into(), lines, notes: Vec::new() }
    }

    /// A table row; its text is made of the cells.
    pub fn row(table: usize, cells: Vec<String>, line: Option<usize>) -> Paragraph {
        let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        let text = filled.join(" · ");
        Paragraph::of(Part::Row { table, cells }, text, line)
    }

    /// The line on which the byte at `offset` stands.
    pub fn line_at(&self, offset: usize) -> Option<usize> {
        let before = self.lines.partition_point(|(start, _)| *start <= offset);
        before.checked_sub(1).map(|found| self.lines[found].1)
    }
}
