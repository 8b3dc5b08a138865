//! What the decree asks of the words of an official document, whatever it is written as
//! (Nghị định 30/2020/NĐ-CP, Phụ lục I).

use super::{Document, Head, Part, Run, Tail, Text, plain};
use crate::text::capital;

impl Document {
    /// The text as it stands on paper: the last paragraph of a document that is signed ends with `./.`.
    pub fn closed(&self) -> Vec<Part> {
        let mut body = self.body.clone();
        let last = body.iter_mut().rev().find_map(|part| match part {
            Part::Paragraph { text, .. } => Some(text),
            _ => None,
        });
        if let (Some(text), true) = (last, self.tail.is_some()) {
            close(text);
        }
        body
    }
}

/// Puts `./.` behind the last words, unless it stands there.
fn close(text: &mut Text) {
    let printed = plain(text);
    let sign = match printed.trim_end() {
        printed if printed.ends_with("./.") => return,
        printed if printed.ends_with('.') => "/.",
        _ => "./.",
    };
    let last = text.iter_mut().rev().find_map(|run| match run {
        Run::Plain(words) | Run::Strong(words) | Run::Figure(words, _) => Some(words),
        Run::Note(_) => None,
    });
    match last {
        Some(words) => {
            words.truncate(words.trim_end().len());
            words.push_str(sign);
        }
        None => text.push(Run::Plain(sign.to_owned())),
    }
}

impl Head {
    /// Number and symbol without the word before them; blanks to be filled by hand stay.
    pub fn bare_number(&self) -> &str {
        let printed = self.number.trim_start();
        let number = printed.strip_prefix("Số:").unwrap_or(printed);
        number.strip_prefix(' ').unwrap_or(number)
    }

    /// The date without the place; empty while there is none.
    pub fn bare_date(&self) -> &str {
        self.dated.find("ngày").map_or("", |at| &self.dated[at..])
    }

    /// Which document an appendix goes with: `(Kèm theo Báo cáo số 12/BC-SNV ngày 05 tháng 4 năm 2021)`.
    pub fn reference(&self) -> String {
        let (kind, number) = (capital(&self.kind.to_lowercase()), self.bare_number());
        format!("(Kèm theo {kind} số {number} {}", self.bare_date()).trim_end().to_owned() + ")"
    }
}

impl Tail {
    /// Each recipient with its dash and closing sign.
    pub fn recipient_lines(&self) -> Vec<String> {
        let last = self.recipients.len();
        let sign = |at: usize| if at == last { '.' } else { ';' };
        (1..).zip(&self.recipients).map(|(at, who)| format!("- {}{}", who.trim(), sign(at))).collect()
    }
}
