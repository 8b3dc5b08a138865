//! What an act rests on (căn cứ): a document, or an instruction whose document is still to come.
//!
//! Its text is the citation of an official document (Nghị định 30/2020, Phụ lục I), the same in files,
//! tables and sentences: `Quyết định số 12/QĐ-UBND ngày 05/03/2021 của UBND tỉnh về việc …`. Must not know:
//! which act it is the ground of.

use std::fmt::{Display, Formatter, Result as Written};

use crate::moment::Day;
use crate::text;

/// What an act rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A document.
    Paper(Paper),
    /// An instruction by word of mouth: an act is never blocked because the paper is not there yet.
    Spoken(Spoken),
}

/// A document (văn bản).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its kind (loại), as in `Quyết định`.
    pub kind: String,
    /// Number and symbol (số, ký hiệu), as in `12/QĐ-UBND`.
    pub number: String,
    /// The day it was signed.
    pub day: Day,
    /// The body that issued it (cơ quan ban hành).
    pub issuer: String,
    /// Who signed it.
    pub signer: Option<String>,
    /// What it is about (trích yếu), as it stands behind `về việc`.
    pub about: Option<String>,
}

/// An instruction without a paper (chỉ đạo miệng, qua điện thoại).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// How it came.
    pub way: Way,
    /// Whose it is.
    pub by: String,
    /// The day it was given.
    pub day: Day,
    /// The time of that day, as `16:30`.
    pub time: Option<String>,
    /// What it is about.
    pub about: Option<String>,
    /// The last day on which its document may come; `None` when none was set.
    pub paper_due: Option<Day>,
}

/// How an instruction came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Face to face (miệng).
    Mouth,
    /// By telephone (qua điện thoại).
    Telephone,
}

/// What is wrong with the text of a ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroundProblem {
    /// A part is not there, or nothing stands in it.
    Missing(GroundPart),
    /// The day is none of the calendar, or not written dd/mm/yyyy.
    NoDay(String),
    /// The time is not written HH:mm.
    NoTime(String),
    /// A document that is named is not one to come.
    PaperToCome,
}

/// Parts that a ground must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroundPart {
    /// The kind of document.
    Kind,
    /// Its number and symbol.
    Number,
    /// The day.
    Day,
    /// The body that issued it.
    Issuer,
    /// Who gave the instruction.
    By,
    /// What stands behind `về việc`.
    About,
    /// Who signed, between the parentheses.
    Signer,
}

const SPOKEN: [(&str, Way); 2] = [("Chỉ đạo miệng", Way::Mouth), ("Chỉ đạo qua điện thoại", Way::Telephone)];
const ABOUT: &str = " về việc ";
const TO_COME: &str = ", bổ sung văn bản ";
const LATER: &str = "sau";
const BEFORE: &str = "trước ngày ";

impl Ground {
    /// Reads a text, or says everything that is wrong with it.
    pub fn read(text: &str) -> Result<Ground, Vec<GroundProblem>> {
        let text = text::visible(text);
        let mut reader = Reader { problems: Vec::new() };
        let (rest, to_come) = reader.pending(&text);
        let (head, about) = match format!("{rest} ").split_once(ABOUT) {
            Some((head, about)) => (head.to_owned(), reader.part(GroundPart::About, about.trim())),
            None => (rest.to_owned(), None),
        };
        let spoken = SPOKEN.into_iter().find_map(|(word, way)| {
            let same = head.get(..word.len()).filter(|start| text::fold(start) == text::fold(word));
            same.map(|start| (&head[start.len()..], way))
        });
        let ground = match spoken {
            Some((head, way)) => Ground::Spoken(reader.spoken(way, head, about, to_come.flatten())),
            None => {
                if to_come.is_some() {
                    reader.problems.push(GroundProblem::PaperToCome);
                }
                Ground::Paper(reader.paper(&head, about))
            }
        };
        if reader.problems.is_empty() { Ok(ground) } else { Err(reader.problems) }
    }

    /// Whether its document is still to come (bổ sung văn bản sau).
    pub fn is_pending(&self) -> bool {
        matches!(self, Ground::Spoken(_))
    }

    /// As it stands inside a sentence: names of documents keep their capital.
    pub fn inside_sentence(&self) -> String {
        match self {
            Ground::Paper(_) => self.to_string(),
            Ground::Spoken(_) => text::small(&self.to_string()),
        }
    }
}

struct Reader {
    problems: Vec<GroundProblem>,
}

impl Reader {
    /// Takes off the end that says when the document is to come.
    fn pending<'t>(&mut self, text: &'t str) -> (&'t str, Option<Option<Day>>) {
        match text.rsplit_once(TO_COME) {
            Some((rest, LATER)) => (rest, Some(None)),
            Some((rest, due)) if due.starts_with(BEFORE) => (rest, Some(self.day(&due[BEFORE.len()..]))),
            _ => (text, None),
        }
    }

    fn paper(&mut self, head: &str, about: Option<String>) -> Paper {
        let (head, signer) = match head.strip_suffix(" ký)").and_then(|head| head.rsplit_once(" (")) {
            Some((head, signer)) => (head, self.part(GroundPart::Signer, signer)),
            None => (head, None),
        };
        let (head, issuer) = split(head, " của ");
        let (head, day) = split(head, " ngày ");
        let (kind, number) = split(head, " số ");
        let kind = self.needed(GroundPart::Kind, Some(kind));
        let number = self.needed(GroundPart::Number, number);
        let day = self.needed_day(day);
        let issuer = self.needed(GroundPart::Issuer, issuer);
        Paper { kind: text::capital(&kind), number, day, issuer, signer, about }
    }

    fn spoken(&mut self, way: Way, head: &str, about: Option<String>, paper_due: Option<Day>) -> Spoken {
        let (head, time) = match head.rsplit_once(" lúc ") {
            Some((head, time)) => (head, Some(self.time(time))),
            None => (head, None),
        };
        let (head, day) = match head.rsplit_once(" ngày ") {
            Some((head, day)) => (head, Some(day)),
            None => (head, None),
        };
        let by = self.needed(GroundPart::By, split(head, " của ").1);
        let day = self.needed_day(day);
        Spoken { way, by, day, time, about, paper_due }
    }

    fn part(&mut self, part: GroundPart, text: &str) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            self.problems.push(GroundProblem::Missing(part));
        }
        Some(text.to_owned())
    }

    fn needed(&mut self, part: GroundPart, text: Option<&str>) -> String {
        self.part(part, text.unwrap_or_default()).unwrap_or_default()
    }

    fn needed_day(&mut self, text: Option<&str>) -> Day {
        let day = match text {
            Some(text) => self.day(text),
            None => {
                self.problems.push(GroundProblem::Missing(GroundPart::Day));
                None
            }
        };
        day.unwrap_or(Day::since_1970(0))
    }

    /// `05/03/2021`, or `05 tháng 3 năm 2021` as on paper.
    fn day(&mut self, text: &str) -> Option<Day> {
        let day = Day::read_written(&text.trim().replace(" tháng ", "/").replace(" năm ", "/"));
        if day.is_none() {
            self.problems.push(GroundProblem::NoDay(text.to_owned()));
        }
        day
    }

    fn time(&mut self, text: &str) -> String {
        let part = |text: &str, below: u32| {
            text.len() == 2
                && text.bytes().all(|byte| byte.is_ascii_digit())
                && text.parse::<u32>().is_ok_and(|number| number < below)
        };
        if !text.split_once(':').is_some_and(|(hours, minutes)| part(hours, 24) && part(minutes, 60)) {
            self.problems.push(GroundProblem::NoTime(text.to_owned()));
        }
        text.to_owned()
    }
}

/// What stands before a mark, and behind it where it is there.
fn split<'t>(text: &'t str, mark: &str) -> (&'t str, Option<&'t str>) {
    // A mark may begin or end the text.
    if let Some(behind) = text.strip_prefix(mark.trim_start()) {
        return ("", Some(behind));
    }
    match text.split_once(mark) {
        Some((before, behind)) => (before, Some(behind)),
        None => (text.strip_suffix(mark.trim_end()).unwrap_or(text), None),
    }
}

/// The one text of a ground.
impl Display for Ground {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        use crate::language::Language::Vi;
        let about = |f: &mut Formatter<'_>, about: &Option<String>| match about {
            Some(about) => write!(f, "{ABOUT}{about}"),
            None => Ok(()),
        };
        match self {
            Ground::Paper(paper) => {
                let Paper { kind, number, day, issuer, .. } = paper;
                write!(f, "{kind} số {number} ngày {} của {issuer}", day.said(Vi))?;
                if let Some(signer) = &paper.signer {
                    write!(f, " ({signer} ký)")?;
                }
                about(f, &paper.about)
            }
            Ground::Spoken(spoken) => {
                let (way, _) = SPOKEN[spoken.way as usize];
                write!(f, "{way} của {} ngày {}", spoken.by, spoken.day.said(Vi))?;
                if let Some(time) = &spoken.time {
                    write!(f, " lúc {time}")?;
                }
                about(f, &spoken.about)?;
                match spoken.paper_due {
                    Some(due) => write!(f, "{TO_COME}{BEFORE}{}", due.said(Vi)),
                    None => write!(f, "{TO_COME}{LATER}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::read(text).unwrap()
    }

    #[test]
    fn a_document_is_read_as_it_is_cited() {
        let text = "Quyết định số 12/QĐ-UBND ngày 05/03/2021 của UBND tỉnh";
        let paper = Paper {
            kind: "Quyết định".to_owned(),
            number: "12/QĐ-UBND".to_owned(),
            day: day("2021-03-05"),
            issuer: "UBND tỉnh".to_owned(),
            signer: None,
            about: None,
        };
        assert_eq!(Ground::read(text), Ok(Ground::Paper(paper.clone())));
        let long = format!("{text} (Chủ tịch Trần Tiến Dũng ký) về việc sáp nhập các sở của tỉnh");
        let whole = Paper {
            signer: Some("Chủ tịch Trần Tiến Dũng".to_owned()),
            about: Some("sáp nhập các sở của tỉnh".to_owned()),
            ..paper.clone()
        };
        assert_eq!(Ground::read(&long), Ok(Ground::Paper(whole)));
        for same in [
            "quyết định số 12/QĐ-UBND ngày 5/3/2021 của UBND tỉnh",
            " Quyết định  số 12/QĐ-UBND ngày 05 tháng 3 năm 2021 của UBND tỉnh ",
        ] {
            let read = Ground::read(same).unwrap();
            assert_eq!((read.to_string().as_str(), read.is_pending()), (text, false), "{same}");
        }
    }

    #[test]
    fn an_instruction_says_whose_it_is_when_it_came_and_when_its_document_is_due() {
        let texts = [
            "Chỉ đạo miệng của Chủ tịch UBND tỉnh ngày 05/03/2021, bổ sung văn bản sau",
            "Chỉ đạo qua điện thoại của Giám đốc Sở Nội vụ ngày 05/03/2021 lúc 16:30 về việc gia hạn, bổ sung văn bản trước ngày 12/03/2021",
        ];
        for text in texts {
            let read = Ground::read(text).unwrap();
            assert_eq!((read.to_string().as_str(), read.is_pending()), (text, true));
            assert_eq!(read.inside_sentence(), text::small(text));
        }
        // That the document is to come goes without saying.
        let short = Ground::read("chỉ đạo miệng của Chủ tịch UBND tỉnh ngày 5/3/2021").unwrap();
        assert_eq!(short.to_string(), texts[0]);
        let Ok(Ground::Spoken(spoken)) = Ground::read(texts[1]) else { panic!("an instruction") };
        assert_eq!((spoken.way, spoken.paper_due), (Way::Telephone, Some(day("2021-03-12"))));
        assert_eq!((spoken.time.as_deref(), spoken.about.as_deref()), (Some("16:30"), Some("gia hạn")));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        use GroundPart::*;
        use GroundProblem::*;
        let rows: [(&str, Vec<GroundProblem>); 12] = [
            ("", vec![Missing(Kind), Missing(Number), Missing(Day), Missing(Issuer)]),
            ("Quyết định", vec![Missing(Number), Missing(Day), Missing(Issuer)]),
            ("Quyết định của UBND tỉnh", vec![Missing(Number), Missing(Day)]),
            ("số 12 ngày 05/03/2021 của UBND tỉnh", vec![Missing(Kind)]),
            ("Quyết định số 12 ngày 31/02/2021 của UBND tỉnh", vec![NoDay("31/02/2021".to_owned())]),
            (
                "Quyết định số 12 ngày 5.3 về việc ",
                vec![Missing(About), NoDay("5.3".to_owned()), Missing(Issuer)],
            ),
            ("Quyết định số 12 ngày 05/03/2021 của", vec![Missing(Issuer)]),
            ("Quyết định số 12 ngày 05/03/2021 của UBND, bổ sung văn bản sau", vec![PaperToCome]),
            ("Chỉ đạo miệng", vec![Missing(By), Missing(Day)]),
            ("Chỉ đạo miệng của A ngày 05/03/2021 lúc 25:00", vec![NoTime("25:00".to_owned())]),
            ("Chỉ đạo miệng của A ngày mai", vec![NoDay("mai".to_owned())]),
            (
                "Chỉ đạo miệng của A ngày 05/03/2021, bổ sung văn bản trước ngày x",
                vec![NoDay("x".to_owned())],
            ),
        ];
        for (text, problems) in rows {
            assert_eq!(Ground::read(text), Err(problems), "{text}");
        }
    }

    #[test]
    fn whatever_is_read_is_read_the_same_when_it_is_written() {
        let parts = ["Quyết định", "của", "ngày", "số", "05/03/2021", "12", "về việc", "(A ký)", "lúc 08:00"];
        let starts = ["", "Chỉ đạo miệng ", "Công văn số 5 ngày 01/02/2021 của "];
        let ends = ["", ", bổ sung văn bản sau", " ngày 05/03/2021"];
        let (mut read, mut seed) = (0, 12_345_u64);
        for _ in 0..20_000 {
            let mut next = |below: usize| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (seed >> 33) as usize % below
            };
            let middle: Vec<&str> = (0..next(6)).map(|_| parts[next(parts.len())]).collect();
            let text = format!("{}{}{}", starts[next(3)], middle.join(" "), ends[next(3)]);
            if let Ok(ground) = Ground::read(&text) {
                assert_eq!(Ground::read(&ground.to_string()).as_ref(), Ok(&ground), "{text}");
                read += 1;
            }
        }
        assert!(read > 1_000, "{read}");
    }
}
