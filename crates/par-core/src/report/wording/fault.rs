//! What can be wrong in the wording of a report. Holds data only.

/// What can be wrong in a template of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WordingFault {
    /// A sign that opens something and is never closed.
    Unclosed(&'static str),
    /// `}` without `{`.
    StrayBrace,
    /// A date that the calendar does not have, or not as dd/mm/yyyy.
    NoDate(String),
    /// A file whose name says nothing here; carries the names that do.
    UnknownFile(Vec<String>),
    /// `[hết]` without an open list.
    StrayEnd,
    /// A list without its `[hết]`.
    MissingEnd,
    /// A name nothing answers to at this place.
    UnknownName {
        /// As typed.
        name: String,
        /// Names of this place that look alike.
        near: Vec<String>,
    },
    /// A fact that neither the year nor the wording built in knows.
    UnknownFact {
        /// Its key as typed.
        name: String,
        /// Keys that look alike, the most alike first.
        near: Vec<String>,
    },
    /// More choices, footnotes or lists inside each other than anybody can read; carries how many may be.
    TooDeep(usize),
    /// Lists inside each other ask for more than a document holds.
    TooMuch,
    /// The text is in another encoding, first here; nothing more is said of it.
    NotUtf8,
    /// A name that has no such part.
    UnknownPart {
        /// The name as typed.
        name: String,
        /// The parts it has.
        parts: Vec<String>,
    },
    /// A list stands where a figure or name is wanted, or the other way round.
    WrongUse(String),
    /// The year has nothing for the name, and no case provides for that.
    NoValue(String),
    /// A remark's test is none of the kinds there are.
    BadTest(String),
}
