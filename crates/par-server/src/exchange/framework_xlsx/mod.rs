//! Criteria sets as Excel workbooks: officials write criteria where they are used to.
//!
//! Decides nothing about criteria: a workbook is turned into the texts of a criteria set folder,
//! which the core reads, and its problems are shown at the cells they came from.

mod cells;
mod guide;
pub mod params;
pub mod read;
pub mod settings;
mod wordings;
pub mod write;

use par_core::points::read::NumberProblem;
use par_core::problem::ProblemKind;

/// The sheet of criteria.
pub const CRITERIA: &str = "Tiêu chí";
/// The sheet of settings.
pub const SETTINGS: &str = "Thiết lập";
/// The sheet that explains the others.
pub const GUIDE: &str = "Hướng dẫn";

/// A column of the sheet of criteria.
pub struct Column {
    /// Its heading.
    pub heading: &'static str,
    /// The key of a criteria set file it holds.
    pub key: &'static str,
    /// Width in characters.
    pub width: u8,
    /// What it is for.
    pub about: &'static str,
}

/// The columns in the order written; they are read in any order, by heading.
pub const COLUMNS: [Column; 10] = [
    Column {
        heading: "Mã",
        key: "code",
        width: 8,
        about: "Mã của lĩnh vực, tiêu chí, tiêu chí thành phần: 1, 1.2, 1.2.3, 4.2.3.a. Luôn để định dạng Văn bản (Text), nếu không Excel đổi 1.10 thành 1.1.",
    },
    Column {
        heading: "Tên", key: "name", width: 40, about: "Tên đầy đủ như trong quyết định ban hành."
    },
    Column {
        heading: "Điểm tối đa",
        key: "max",
        width: 8,
        about: "Điểm cao nhất của mục. Tổng các mục con phải đúng bằng mục cha; tổng các lĩnh vực phải đúng bằng thang điểm. Điểm trừ ghi số âm.",
    },
    Column {
        heading: "Nguồn điểm",
        key: "source",
        width: 13,
        about: "Ai cho điểm. Chỉ ghi ở mục không có mục con.",
    },
    Column {
        heading: "Cách chấm",
        key: "kind",
        width: 15,
        about: "Một trong 13 cách chấm ở bảng dưới. Chỉ ghi ở mục không có mục con.",
    },
    Column {
        heading: "Tham số, mức",
        key: "rule",
        width: 42,
        about: "Tham số của cách chấm, mỗi bậc, mức, nội dung hoặc trường hợp một dòng trong ô (Alt+Enter để xuống dòng). Dòng bắt đầu bằng hai dấu cách viết tiếp dòng trên.",
    },
    Column {
        heading: "Tài liệu kiểm chứng",
        key: "evidence",
        width: 24,
        about: "Tài liệu đơn vị phải gửi kèm.",
    },
    Column {
        heading: "Căn cứ", key: "legal", width: 18, about: "Điều, khoản của văn bản làm căn cứ."
    },
    Column {
        heading: "Năm áp dụng",
        key: "since",
        width: 8,
        about: "Năm đầu tiên đánh giá mục này, nếu cần ghi.",
    },
    Column {
        heading: "Mã so sánh",
        key: "compare_as",
        width: 8,
        about: "Mã dùng khi so với bộ tiêu chí khác hoặc năm khác; để trống là chính mã này; ghi «-» là không so sánh.",
    },
];

/// One fault of a workbook.
#[derive(Debug)]
pub struct Fault {
    /// Sheet and cell, as Excel names them: `Tiêu chí!C14`.
    pub place: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong in a workbook.
#[derive(Debug)]
pub enum FaultKind {
    /// The criteria themselves.
    Content(ProblemKind),
    /// The sheet is not there.
    NoSheet,
    /// No row of headings was found.
    NoHeadings,
    /// Nothing stands below the headings.
    NoRows,
    /// The column is not there.
    NoColumn(&'static str),
    /// A column that nothing reads.
    UnknownColumn(String),
    /// The column is there twice.
    ColumnTwice(&'static str),
    /// The setting is not there or empty.
    NoSetting(&'static str),
    /// A setting that nothing reads.
    UnknownSetting(String),
    /// The setting is there twice.
    SettingTwice(&'static str),
    /// Merged cells, whose values but the first are lost.
    Merged(String),
    /// Excel shows an error in the cell.
    CellError(String),
    /// Excel took what was typed for a date.
    Date,
    /// A formula whose value was never stored.
    Formula,
    /// Excel took a code for a number and dropped its last zero.
    CodeLostZero {
        /// The number in the cell.
        shown: String,
        /// What was probably typed.
        guess: String,
    },
    /// Not a usable number.
    Number(NumberProblem),
    /// None of the allowed words.
    NotAWord {
        /// What was given.
        value: String,
        /// The allowed words.
        allowed: Vec<&'static str>,
    },
    /// A line of parameters that cannot be understood.
    BadLine {
        /// The line.
        line: String,
        /// A line that can.
        example: &'static str,
    },
    /// The same parameter twice.
    LineTwice(String),
    /// A parameter that the rule needs.
    LineMissing {
        /// Its name.
        name: &'static str,
        /// How it is written.
        example: &'static str,
    },
    /// More rows than a criteria set can have.
    TooMany(u32),
}

/// Why a file is no workbook at all.
#[derive(Debug)]
pub enum Unusable {
    /// Not XLSX, or damaged.
    NotAWorkbook,
    /// Of Excel 97–2003.
    Old,
    /// With a password.
    Locked,
    /// Larger than this many megabytes.
    TooLarge(usize),
    /// Larger than this many megabytes once unpacked.
    TooLargeUnpacked(u64),
    /// A cell, by its name, with more letters than Excel lets it have.
    LongCell(String),
}

/// `Tiêu chí!C14` from a row and column counted from 0.
pub(crate) fn place(sheet: &str, cell: (u32, u32)) -> String {
    format!("{sheet}!{}", super::workbook::cell_name(cell))
}

/// A text as a TOML string on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
