//! Sentences about files that cannot be read as texts.

use super::system;
use crate::exchange::document::DocumentProblem;

/// That a file of a report could not be made; details are in the log.
pub fn unmade(file: &str) -> (String, &'static str) {
    (
        format!("không làm được bản {file} của báo cáo; đây là lỗi của chương trình, số liệu không sao"),
        "đặt PARINDEX_LOG=error, chạy lại, rồi gửi các dòng in ra cùng thư mục của năm cho nơi phát triển",
    )
}

/// What is wrong, and what to do about it.
pub fn sentences(problem: &DocumentProblem) -> (String, &'static str) {
    match problem {
        DocumentProblem::Unreadable(kind, said) => (
            format!("không đọc được tệp: {}", system::io_kind(*kind, said)),
            "Kiểm tra đường dẫn và quyền đọc tệp.",
        ),
        DocumentProblem::Folder => {
            ("đây là thư mục, không phải tệp".to_owned(), "Ghi tên một tệp .docx hoặc .txt trong thư mục đó.")
        }
        DocumentProblem::NotAFile => system::not_a_file(),
        DocumentProblem::Legacy(encoding) => system::legacy(encoding),
        DocumentProblem::LineTooLong(line, most) => (
            format!("dòng {line} dài hơn {most} MB, không phải văn bản do người viết"),
            "Kiểm tra lại tệp; nếu đúng là văn bản thì ngắt thành các đoạn.",
        ),
        DocumentProblem::ParagraphTooLong(at, most) => (
            format!("đoạn thứ {at} dài hơn {most} MB, không phải văn bản do người viết"),
            "Kiểm tra lại tệp; nếu đúng là văn bản thì ngắt thành các đoạn.",
        ),
        DocumentProblem::Locked => system::locked(),
        DocumentProblem::Empty => {
            ("tệp không có chữ nào".to_owned(), "Kiểm tra lại tệp; ảnh chụp văn bản thì không đọc được.")
        }
        DocumentProblem::TooLarge(most) => (
            format!("tệp quá lớn (tối đa {most} MB, kể cả sau khi giải nén)"),
            "Bỏ ảnh và phụ lục không cần kiểm tra rồi lưu thành tệp mới.",
        ),
        DocumentProblem::NotUtf8(line) => (
            format!("dòng {line} không phải mã UTF-8"),
            "Lưu lại thành tệp văn bản mã UTF-8, hoặc thành .docx.",
        ),
        DocumentProblem::Utf16 => {
            ("tệp ghi theo mã UTF-16".to_owned(), "Lưu lại thành tệp văn bản mã UTF-8, hoặc thành .docx.")
        }
        DocumentProblem::OldWord => {
            ("tệp Word kiểu cũ (.doc)".to_owned(), "Mở bằng Word rồi lưu thành .docx.")
        }
        DocumentProblem::NotAText => (
            "không phải văn bản .docx hay .txt".to_owned(),
            "Lưu văn bản thành .docx; với tệp PDF, chép chữ vào một tệp .txt mã UTF-8.",
        ),
        DocumentProblem::Broken(member) => {
            let part = if member.is_empty() { String::new() } else { format!(" (phần {member})") };
            (
                format!("tệp .docx bị hỏng{part}"),
                "Mở bằng Word, sửa tệp nếu Word đề nghị, rồi lưu lại; hoặc lấy lại tệp gốc.",
            )
        }
    }
}
