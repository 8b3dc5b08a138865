//! Sentences about what the operating system refused: files, folders, addresses.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::exchange::folder::{Reason, Unreadable};
use crate::exchange::whole_folder::Standing;

/// Why the system refused; its own words only where there are no better ones.
pub fn io_error(error: &Error) -> String {
    io_kind(error.kind(), &error.to_string())
}

/// The same by the error's kind and the system's words.
pub fn io_kind(kind: ErrorKind, said: &str) -> String {
    let sentence = match kind {
        ErrorKind::NotFound => "không có tệp hoặc thư mục này",
        ErrorKind::PermissionDenied => "không có quyền đọc hoặc ghi ở đây",
        ErrorKind::AlreadyExists => "đã có tệp hoặc thư mục tên này",
        ErrorKind::NotADirectory => "đây là tệp, không phải thư mục; ghi tên thư mục chứa nó",
        ErrorKind::IsADirectory => "đây là thư mục, không phải tệp",
        ErrorKind::DirectoryNotEmpty => "thư mục không trống",
        ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ổ đĩa đã đầy",
        ErrorKind::FileTooLarge => "tệp quá lớn đối với ổ đĩa này",
        ErrorKind::InvalidFilename => "tên tệp không hợp lệ hoặc quá dài",
        ErrorKind::AddrInUse => "cổng đang được chương trình khác dùng",
        ErrorKind::AddrNotAvailable => "máy này không có địa chỉ đó",
        ErrorKind::ConnectionRefused => "máy chủ từ chối kết nối, có thể chưa chạy",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::UnexpectedEof => {
            "kết nối hoặc tệp bị ngắt giữa chừng"
        }
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
            "không tới được máy chủ qua mạng"
        }
        ErrorKind::TimedOut => "quá thời gian chờ",
        ErrorKind::OutOfMemory => "hết bộ nhớ",
        ErrorKind::InvalidData => "nội dung không đúng định dạng",
        ErrorKind::Unsupported => "đây là ống dẫn hoặc thiết bị, không phải tệp",
        _ => return format!("hệ thống báo lỗi ({said})"),
    };
    sentence.to_owned()
}

/// Of a pipe or a device.
pub fn not_a_file() -> (String, &'static str) {
    (
        "đây là ống dẫn hoặc thiết bị, không phải tệp".to_owned(),
        "Ghi nội dung vào một tệp rồi nêu tên tệp đó.",
    )
}

/// Of a text in an encoding before Unicode.
pub fn legacy(encoding: &str) -> (String, &'static str) {
    (
        format!("chữ trong tệp theo mã {encoding}, không phải Unicode, nên chưa đối chiếu được gì"),
        "Chuyển sang Unicode (Unikey › Bộ công cụ › Chuyển mã, hoặc phông Times New Roman) rồi lưu lại.",
    )
}

/// Of a document or workbook with a password.
pub fn locked() -> (String, &'static str) {
    (
        "tệp có mật khẩu nên không đọc được".to_owned(),
        "Mở bằng Word hoặc Excel, gỡ mật khẩu (Tệp › Thông tin › Bảo vệ), rồi lưu lại.",
    )
}

/// That a file or folder could not be written, and why: what is missing is the folder around it.
pub fn unwritten(path: &Path, error: &Error) -> String {
    let around = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let reason = match error.kind() {
        ErrorKind::NotFound if !around.exists() => format!("không có thư mục {}", around.display()),
        ErrorKind::NotFound => "hệ thống không cho tạo tệp ở đây".to_owned(),
        ErrorKind::NotADirectory => format!("{} là tệp, không phải thư mục", around.display()),
        ErrorKind::PermissionDenied => "không có quyền ghi ở đây, hoặc tệp chỉ cho đọc".to_owned(),
        _ => io_error(error),
    };
    format!("{}: không ghi được: {reason}", path.display())
}

/// Why a file or folder could not be read.
pub fn unreadable(unreadable: &Unreadable) -> String {
    match &unreadable.reason {
        Reason::System(error) => io_error(error),
        Reason::TooManyFiles(most) => {
            format!("có hơn {most} tệp; đây không phải thư mục của năm hay của bộ tiêu chí")
        }
        Reason::TooLarge(most) => format!("lớn hơn {most} MB"),
    }
}

/// Why a folder is not written to, and what to do; `None` for one that is.
pub fn not_for_writing(folder: &Path, standing: &Standing) -> Option<(String, &'static str)> {
    const ELSEWHERE: &str = "nêu một thư mục mới, hoặc dời nội dung cũ đi";
    /// Most files named; the rest is counted.
    const MOST: usize = 5;
    let shown = folder.display();
    Some(match standing {
        Standing::Free | Standing::Ours => return None,
        Standing::File => (format!("{shown} là tệp, không phải thư mục"), "nêu một thư mục mới cho trang"),
        Standing::Lost => {
            (format!("{shown} là liên kết dẫn tới nơi không có"), "nêu một thư mục mới cho trang")
        }
        Standing::Foreign => (format!("{shown} đã có nội dung không do lệnh này ghi"), ELSEWHERE),
        Standing::Changed(files) => {
            let named = files.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = files.len().saturating_sub(MOST);
            let more = if more > 0 { format!(" và {more} tệp khác") } else { String::new() };
            (
                format!("{shown} có tệp không do lệnh này ghi, hoặc đã bị sửa: {named}{more}; chưa ghi gì"),
                "dời các tệp đó đi, hoặc nêu một thư mục mới",
            )
        }
    })
}
