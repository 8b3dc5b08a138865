//! Sentences about files that cannot be read as tables.

use super::system;
use crate::exchange::table::{TableProblem, TableProblemKind};

/// Where the problem is, as `file:line` or `file [sheet]:line`.
pub fn place(problem: &TableProblem) -> String {
    let sheet = problem.sheet.as_ref().map_or(String::new(), |sheet| format!(" [{sheet}]"));
    let line = problem.line.map_or(String::new(), |line| format!(":{line}"));
    format!("{}{sheet}{line}", problem.file)
}

/// What is wrong, and what to do about it.
pub fn sentences(problem: &TableProblem) -> (String, &'static str) {
    if let Some(sentences) = beyond(&problem.kind) {
        return sentences;
    }
    match &problem.kind {
        TableProblemKind::Unreadable(kind, said) => (
            format!("không đọc được tệp: {}", system::io_kind(*kind, said)),
            "Kiểm tra đường dẫn và quyền đọc tệp.",
        ),
        TableProblemKind::Folder => {
            ("đây là thư mục, không phải tệp".to_owned(), "Ghi tên một tệp CSV hoặc XLSX trong thư mục đó.")
        }
        TableProblemKind::NotAFile => system::not_a_file(),
        TableProblemKind::Legacy(encoding) => system::legacy(encoding),
        TableProblemKind::Locked => system::locked(),
        TableProblemKind::Empty => (
            "tệp hoặc trang tính không có dữ liệu".to_owned(),
            "Kiểm tra lại tệp; nếu bảng nằm ở trang tính khác, dùng --sheet \"TÊN TRANG\".",
        ),
        TableProblemKind::NotUtf8 => (
            "dòng này không phải mã UTF-8".to_owned(),
            "Trong Excel chọn Lưu thành (Save As) › \"CSV UTF-8 (Comma delimited)\", hoặc lưu thành .xlsx.",
        ),
        TableProblemKind::Utf16 => (
            "tệp ghi theo mã UTF-16 (\"Unicode Text\")".to_owned(),
            "Trong Excel chọn Lưu thành (Save As) › \"CSV UTF-8 (Comma delimited)\", hoặc lưu thành .xlsx.",
        ),
        TableProblemKind::OpenQuote => (
            "dấu ngoặc kép mở ở dòng này không được đóng".to_owned(),
            "Thêm dấu \" còn thiếu, hoặc xóa dấu \" thừa.",
        ),
        TableProblemKind::OldWorkbook => {
            ("tệp Excel kiểu cũ (.xls)".to_owned(), "Mở bằng Excel rồi lưu thành .xlsx.")
        }
        TableProblemKind::NotATable => (
            "không phải tệp CSV hay XLSX".to_owned(),
            "Chép bảng vào Excel rồi lưu thành .xlsx, hoặc lưu thành \"CSV UTF-8\".",
        ),
        TableProblemKind::BrokenWorkbook(part) => (
            if part.is_empty() {
                "tệp XLSX bị hỏng".to_owned()
            } else {
                format!("tệp XLSX bị hỏng (phần {part})")
            },
            "Mở bằng Excel, sửa tệp nếu Excel đề nghị, rồi lưu lại; hoặc lấy lại tệp gốc.",
        ),
        TableProblemKind::NoSuchSheet(sheets) => (
            format!("không có trang tính tên đó; các trang tính hiện có: {}", sheets.join(", ")),
            "Ghi đúng tên trang tính sau --sheet.",
        ),
        _ => unreachable!("told by the bound it goes beyond"),
    }
}

/// Of a file that goes beyond a bound.
fn beyond(kind: &TableProblemKind) -> Option<(String, &'static str)> {
    Some(match kind {
        TableProblemKind::TooLargeUnpacked(most) => (
            format!("tệp giải nén ra hơn {most} MB"),
            "Chỉ giữ lại trang tính chứa bảng kết quả, xóa định dạng thừa, rồi lưu thành tệp mới.",
        ),
        TableProblemKind::TooLarge(actual, most) => (
            format!("tệp quá lớn ({actual} MB, tối đa {most} MB)"),
            "Chỉ giữ lại trang tính chứa bảng kết quả rồi lưu thành tệp mới.",
        ),
        TableProblemKind::TooManyRows(most) => {
            (format!("bảng có hơn {most} dòng"), "Xóa các dòng thừa ở cuối bảng hoặc tách thành nhiều tệp.")
        }
        TableProblemKind::TooManyColumns(most) => {
            (format!("bảng có hơn {most} cột"), "Xóa các cột thừa bên phải bảng.")
        }
        TableProblemKind::LongCell(most) => (
            format!("một ô ở dòng này dài hơn {most} chữ, hơn mức Excel cho phép"),
            "Kiểm tra lại tệp: bảng kết quả không có ô dài như vậy.",
        ),
        TableProblemKind::LineTooLong(most) => (
            format!("dòng này dài hơn {most} MB, không phải dòng của một bảng"),
            "Kiểm tra lại tệp: có thể thiếu dấu xuống dòng.",
        ),
        _ => return None,
    })
}
