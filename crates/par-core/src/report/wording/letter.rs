//! Head and end of the official report, from `letter.toml`.

use super::super::{Head, Tail};
use crate::framework::document::{Document, Table};
use crate::moment::Day;
use crate::problem::{Problem, ProblemKind};
use crate::report::wording::fault::WordingFault;
use crate::year::Year;

/// What stands around the text of the report. `{năm}` and `{tỉnh}` may stand in every value.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Letter {
    /// The body above the issuing one.
    pub parent: String,
    /// The issuing body.
    pub issuer: String,
    /// The symbol behind the number, as in `BC-SNV`.
    pub symbol: String,
    /// The number, empty until it is given.
    pub number: String,
    /// The place, as in `Lai Châu`.
    pub place: String,
    /// The date as dd/mm/yyyy, empty until it is given.
    pub date: String,
    /// The kind of document.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// Who receives it.
    pub recipients: Vec<String>,
    /// Lines above the signature.
    pub signer: Vec<String>,
    /// Who signs.
    pub name: String,
}

/// Names that may stand in the values.
const NAMES: [&str; 4] = ["{năm}", "{năm sau}", "{tỉnh}", "{TỈNH}"];

/// The day a letter is dated: a day of the calendar, not before 1900.
fn day(text: &str) -> Option<Day> {
    Day::read_written(text).filter(|day| day.date().0 >= 1900)
}

impl Letter {
    /// Reads `letter.toml`; problems are added with their lines.
    pub fn read(file: &str, source: &str, problems: &mut Vec<Problem>) -> Letter {
        let document = Document::new(file, source);
        let table = document.top();
        let text = |key: &str| table.optional_text(key).unwrap_or_default();
        let letter = Letter {
            parent: text("parent"),
            issuer: table.text("issuer").unwrap_or_default(),
            symbol: table.text("symbol").unwrap_or_default(),
            number: text("number"),
            place: table.text("place").unwrap_or_default(),
            date: text("date"),
            kind: table.text("kind").unwrap_or_default(),
            subject: table.text("subject").unwrap_or_default(),
            recipients: table.texts("recipients"),
            signer: table.texts("signer"),
            name: text("name"),
        };
        letter.check(&table);
        table.finish();
        problems.extend(document.into_problems());
        letter
    }

    /// Names in braces that nothing answers to, and a date that is none.
    fn check(&self, table: &Table<'_, '_>) {
        let fault = |key: &str, fault: WordingFault| {
            table.document().report(table.line_of(key), ProblemKind::Wording { column: 0, fault });
        };
        let lists = [("recipients", &self.recipients), ("signer", &self.signer)];
        let texts = [
            ("parent", &self.parent),
            ("issuer", &self.issuer),
            ("place", &self.place),
            ("kind", &self.kind),
            ("subject", &self.subject),
        ];
        let all = lists.iter().flat_map(|(key, texts)| texts.iter().map(|text| (*key, text))).chain(texts);
        for (key, text) in all {
            let mut rest = text.clone();
            for name in NAMES {
                rest = rest.replace(name, "");
            }
            if let Some((_, unknown)) = rest.split_once('{') {
                let name = unknown.split('}').next().unwrap_or_default().to_owned();
                let near = NAMES.map(|name| name.trim_matches(['{', '}']).to_owned()).to_vec();
                fault(key, WordingFault::UnknownName { name, near });
            }
        }
        if !self.date.is_empty() && day(&self.date).is_none() {
            fault("date", WordingFault::NoDate(self.date.clone()));
        }
    }

    /// Head and end as they stand on paper. Number and date leave room to be written by hand until
    /// they are known; numbers and days below 10 and the months January and February are written with
    /// a 0 (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    pub fn pages(&self, year: &Year) -> (Head, Tail) {
        let filled = |text: &String| {
            let province = year.province.strip_prefix("tỉnh ").unwrap_or(&year.province);
            text.replace("{năm}", &year.year.to_string())
                .replace("{năm sau}", &(year.year + 1).to_string())
                .replace("{TỈNH}", &province.to_uppercase())
                .replace("{tỉnh}", province)
        };
        let number = match self.number.parse::<u32>() {
            Ok(number) => format!("{number:02}"),
            Err(_) if self.number.is_empty() => "        ".to_owned(),
            Err(_) => self.number.clone(),
        };
        let dated = match day(&self.date).map(Day::date) {
            Some((year, month @ 1..=2, day)) => format!("ngày {day:02} tháng {month:02} năm {year}"),
            Some((year, month, day)) => format!("ngày {day:02} tháng {month} năm {year}"),
            None => format!("ngày      tháng      năm {}", year.year + 1),
        };
        let head = Head {
            parent: filled(&self.parent),
            issuer: filled(&self.issuer),
            number: format!("Số: {number}/{}", self.symbol),
            dated: format!("{}, {dated}", filled(&self.place)),
            kind: filled(&self.kind),
            subject: filled(&self.subject),
        };
        let tail = Tail {
            recipients: self.recipients.iter().map(filled).collect(),
            signer: self.signer.iter().map(filled).collect(),
            name: self.name.clone(),
        };
        (head, tail)
    }
}
