//! What is wrong in a file, and where; all problems of a folder are reported at once.
//!
//! Holds data only: the sentences shown to people are made by the caller.

use crate::ground::GroundProblem;
use crate::points::Points;
use crate::points::read::NumberProblem;
use crate::report::wording::fault::WordingFault;
use crate::rule::problem::InputProblem;

/// Letters of a cell of CSV at most.
pub const LONGEST_VALUE: usize = 10_000;

/// One fault in an input file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// File name relative to the folder that was read.
    pub file: String,
    /// Line counted from 1; 0 when the fault is the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub kind: ProblemKind,
}

impl Problem {
    /// The first line of each text that an encoding has broken.
    pub fn broken_texts<'a>(texts: impl IntoIterator<Item = (&'a String, &'a String)>) -> Vec<Problem> {
        let broken = |text: &str| text.lines().position(|line| line.contains(char::REPLACEMENT_CHARACTER));
        texts
            .into_iter()
            .filter_map(|(file, text)| {
                let line = broken(text)? + 1;
                Some(Problem { file: file.clone(), line, kind: ProblemKind::NotUtf8 })
            })
            .collect()
    }
}

/// What can be wrong in a criteria set, a case file or a year folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProblemKind {
    /// The file is needed and not there.
    FileMissing,
    /// A file whose name nobody reads and that looks like that of a file which is not there.
    FileMisnamed {
        /// The names it may be meant for.
        near: Vec<String>,
    },
    /// Nothing stands in the file.
    FileEmpty,
    /// More kilobytes than such a file ever has.
    FileTooLong {
        /// Allowed.
        most: usize,
    },
    /// A line or cell with more letters than anybody writes.
    ValueTooLong {
        /// Allowed.
        most: usize,
    },
    /// The first line names no column of this file; carries those that it has to name.
    NoHeadings(Vec<String>),
    /// Vietnamese in an encoding before Unicode, by name.
    Legacy(String),
    /// The line holds replacement characters: the file is in another encoding, or was broken by one.
    NotUtf8,
    /// A letter that no text may hold: a control character, or a code point that is no letter.
    ForbiddenLetter {
        /// The key or column; empty for the line as a whole.
        key: String,
        /// The letter.
        letter: char,
    },
    /// A name of which a reader sees nothing.
    NothingVisible(String),
    /// The text is not TOML or CSV; carries the parser's own words.
    Syntax(String),
    /// A row has another number of cells than the headings.
    CellCount {
        /// Cells in the row.
        found: u64,
        /// Cells in the headings.
        expected: u64,
    },
    /// A key or column that must be there is not.
    KeyMissing(String),
    /// A key or column that nothing reads: a typing error, or a newer format.
    KeyUnknown(String),
    /// The key holds a value of another type; says what is expected.
    WrongType {
        /// The key.
        key: String,
        /// A description of what is expected, such as `text` or `quoted number`.
        expected: Expected,
    },
    /// The value is not a number.
    Number {
        /// The key.
        key: String,
        /// Why.
        problem: NumberProblem,
    },
    /// The value is none of the allowed words.
    NotAllowed {
        /// The key.
        key: String,
        /// What was given.
        value: String,
        /// The allowed words.
        allowed: Vec<String>,
    },
    /// The number is outside its bounds.
    OutOfRange {
        /// The key.
        key: String,
        /// What was given.
        value: String,
        /// Smallest allowed value.
        min: String,
        /// Largest allowed value.
        max: String,
    },
    /// Two names that look the same and differ only by letters nobody sees.
    Twins {
        /// The name.
        value: String,
        /// Where the other one stands, as `file:line`.
        first: String,
    },
    /// A column stands twice in the headings.
    ColumnTwice(String),
    /// Every row has another number of cells than the headings.
    HeadingCount {
        /// Cells in the headings.
        headings: u64,
        /// Cells in the rows.
        cells: u64,
    },
    /// A list has headings and not one row.
    NoRows,
    /// A word that means something else in the files of a year.
    Reserved {
        /// The key.
        key: String,
        /// The word.
        value: String,
    },
    /// A place of a list between two signs is empty: `A++B`.
    HoleInList(String),
    /// The header names a set under another id than the set's own.
    SetIsAnother {
        /// The id in the year's header.
        said: String,
        /// The set's own.
        id: String,
    },
    /// A ground cannot be read.
    Ground(GroundProblem),
    /// A score of a unit that is not evaluated this year.
    ScoreOfUnevaluated(String),
    /// Counted survey answers about a unit that is not evaluated this year.
    AnswersOfUnevaluated(String),
    /// Figures of a year before, and the header names none.
    NoYearBefore,
    /// A code, name or key given twice.
    Duplicate {
        /// The value.
        value: String,
        /// Where it was given first, as `file:line`.
        first: String,
    },
    /// A code is not made of parts between dots.
    BadCode(String),
    /// An id of an item, event or question with signs that the text form of inputs needs itself.
    BadId(String),
    /// The code's parent does not exist.
    NoParent {
        /// The code.
        code: String,
        /// The parent it needs.
        parent: String,
    },
    /// The maxima of the children differ from the parent's.
    ChildrenDoNotAddUp {
        /// The parent.
        code: String,
        /// Its maximum.
        max: Points,
        /// The sum of its children's maxima.
        sum: Points,
    },
    /// The maxima of all areas differ from the stated full scale.
    ScaleDoesNotAddUp {
        /// The stated scale.
        stated: Points,
        /// The sum of the areas' maxima.
        sum: Points,
    },
    /// A node with children carries a rule, a source or evidence, or a leaf carries no rule.
    RuleMisplaced {
        /// The node.
        code: String,
        /// Whether the node has no children.
        leaf: bool,
    },
    /// The kind of source does not fit the rule.
    SourceDoesNotFit {
        /// The node.
        code: String,
        /// The source given.
        source: String,
        /// The rule's kind.
        rule: String,
    },
    /// The most a rule can give differs from the leaf's maximum.
    RuleDoesNotReachMax {
        /// The leaf.
        code: String,
        /// Its maximum.
        max: Points,
        /// The most the rule gives.
        reaches: Points,
    },
    /// Points that may not be 0 or must have the other sign: only a penalty is negative.
    WrongSign {
        /// The leaf.
        code: String,
        /// Its maximum.
        max: Points,
        /// Whether it must be below 0.
        penalty: bool,
    },
    /// An area mixes leaves of the scale with bonus or penalty leaves.
    MixedArea(String),
    /// Two nodes are compared across sets under the same code.
    ComparedTwice {
        /// The code they are compared under.
        code: String,
        /// The node that has it first.
        first: String,
    },
    /// The step of judged points does not divide the maximum, so the maximum could not be given.
    StepDoesNotDivide {
        /// The step.
        step: Points,
        /// The leaf's maximum.
        max: Points,
    },
    /// Steps of a rule are not in falling order.
    StepsOutOfOrder(String),
    /// The last step of a table does not begin at 0, so some inputs earn nothing silently.
    StepsOpenBelow(String),
    /// Points with more decimals than the set keeps.
    TooManyPlaces {
        /// The key.
        key: String,
        /// The points.
        points: Points,
        /// Decimals kept.
        places: u8,
    },
    /// Two classes of one list have the same name.
    ClassTwice(String),
    /// Classes are not in falling order or the last one does not begin at 0.
    ClassesOutOfOrder,
    /// A code that the criteria set does not have.
    UnknownCode(String),
    /// The node is a sum, not a leaf that can be scored.
    NotALeaf(String),
    /// A unit, block, cluster, set, reason, question or form that is not declared.
    UnknownName {
        /// What kind of thing.
        what: Named,
        /// The name given.
        name: String,
    },
    /// The same node is exempted twice for the same unit.
    ExemptTwice {
        /// The unit, or `all`.
        unit: String,
        /// The node.
        code: String,
    },
    /// An exemption leaves the unit with nothing to score.
    NothingLeft(String),
    /// A score for a leaf that is exempt for the unit.
    ScoreOfExempt {
        /// The unit.
        unit: String,
        /// The leaf.
        code: String,
    },
    /// A leaf that applies to the unit has no score row.
    ScoreMissing {
        /// The unit.
        unit: String,
        /// The first such leaf.
        code: String,
        /// How many further leaves of the unit have none either.
        more: usize,
    },
    /// The points given are not what the rule gives for the inputs.
    PointsDifferFromRule {
        /// The stage column.
        stage: String,
        /// The points in the file.
        said: Points,
        /// The points by the rule.
        rule: Points,
    },
    /// Points that the rule cannot give, whatever the inputs.
    PointsNotByRule {
        /// The stage column.
        stage: String,
        /// The points in the file.
        points: Points,
        /// The rule's kind.
        rule: String,
    },
    /// Inputs do not fit the rule.
    Input {
        /// The stage column.
        stage: String,
        /// Why.
        problem: InputProblem,
    },
    /// A judgement by someone who does not judge this leaf.
    StageNotOpen {
        /// The stage column.
        stage: String,
        /// The leaf.
        code: String,
    },
    /// Something said in a round of appraisal that the year does not have.
    NoSuchRound {
        /// The column in which it is said.
        column: String,
        /// How many rounds the year has.
        rounds: u8,
    },
    /// Rows of one sheet name different forms or statuses; carries its serial number.
    SheetDiffers(String),
    /// A reason for refusing a sheet that was not refused.
    RefusalMisplaced,
    /// Answers on a sheet that never came back.
    AnswersMisplaced,
    /// Another number of answers than the form has questions.
    AnswerCount {
        /// Answers given.
        found: usize,
        /// Questions of the form.
        due: usize,
    },
    /// More sheets of a quota than were issued, or more accepted than required.
    MoreSheets {
        /// The form and the quota.
        stratum: String,
        /// Sheets found.
        found: usize,
        /// The most there may be.
        most: usize,
    },
    /// A survey answer that is no option of the question.
    BadAnswer {
        /// The column.
        column: String,
        /// The answer.
        answer: String,
    },
    /// A folder brings the sheets of its survey and counts of them too.
    SheetsAndCounts,
    /// A case of a rule came out differently.
    CaseFailed {
        /// The case's sentence.
        case: String,
        /// What it expects.
        expected: CaseResult,
        /// What the rule gives.
        got: CaseResult,
    },
    /// A case names both points and a refusal.
    CaseExpectsBoth,
    /// A template of a document cannot be used as it is.
    Wording {
        /// Column counted from 1 in letters; 0 where it is not known.
        column: usize,
        /// What is wrong.
        fault: WordingFault,
    },
}

impl ProblemKind {
    /// The column of the line, counted from 1; 0 where it is not known.
    pub fn column(&self) -> usize {
        match self {
            ProblemKind::Wording { column, .. } => *column,
            _ => 0,
        }
    }
}

/// What a case of a rule ends in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CaseResult {
    /// Points.
    Points(Points),
    /// A refusal, by the name of the [`InputProblem`].
    Refused(&'static str),
}

/// What a value should have been.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// A text in quotes.
    Text,
    /// A decimal number in quotes, so that no digit is lost.
    QuotedNumber,
    /// A whole number without quotes.
    Whole,
    /// A whole number, as it stands in a CSV file.
    WholeNumber,
    /// true or false.
    Flag,
    /// A list in square brackets.
    List,
    /// A table.
    Table,
    /// A date as yyyy-mm-dd.
    Date,
}

/// Kinds of named things a file can refer to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Named {
    /// A unit's code.
    Unit,
    /// A block's id.
    Block,
    /// A cluster's id.
    Cluster,
    /// A criteria set's id.
    Set,
    /// A reason code.
    Reason,
    /// A survey form type.
    Form,
    /// A survey question.
    Question,
    /// A kind of respondent with its form.
    Stratum,
    /// A unit of the year before.
    Predecessor,
}
