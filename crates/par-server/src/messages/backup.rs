//! Sentences about backups: what is wrong with one, and why none was written or restored.

use super::{store, system};
use crate::exchange::backup::{Failed, Fault};

/// What happened and what to do.
pub fn failed(failed: &Failed) -> (String, &'static str) {
    const OTHER_BACKUP: &str = "không có gì được khôi phục từ tệp này; dùng bản sao lưu khác";
    match failed {
        Failed::Store(error) => store::error(error),
        Failed::System(path, error) => (
            format!("{}: {}", path.display(), system::io_error(error)),
            "kiểm tra đường dẫn, quyền ghi và chỗ trống của ổ đĩa rồi chạy lại",
        ),
        Failed::Spoilt(faults) => {
            let faults: Vec<String> = faults.iter().map(fault).collect();
            (format!("bản sao lưu không dùng được: {}", faults.join("; ")), OTHER_BACKUP)
        }
        Failed::Occupied(path) => (
            format!("{}: đã có ở đây; không có gì bị ghi đè", path.display()),
            "nêu tên tệp mới, hoặc thư mục chưa có hay còn trống",
        ),
        Failed::Differs(name) => (
            format!("{name}: nội dung ghi xuống không giống nội dung đọc được; chưa giữ lại gì"),
            "kiểm tra ổ đĩa, rồi chạy lại",
        ),
    }
}

/// One thing that is wrong with a backup.
fn fault(fault: &Fault) -> String {
    match fault {
        Fault::NoArchive => "không phải tệp nén, hoặc tệp bị cắt ngắn".to_owned(),
        Fault::NoManifest => "không có bản kê manifest.json đọc được; không phải bản sao lưu".to_owned(),
        Fault::Format(found) => format!("dạng «{found}» do phiên bản khác ghi, chương trình này không biết"),
        Fault::Missing(name) => format!("thiếu {name}"),
        Fault::Foreign(name) => format!("có {name} không nằm trong bản kê, hoặc không phải tệp của dữ liệu"),
        Fault::Changed(name) => format!("{name} không còn như khi ghi (mã băm khác)"),
        Fault::Swells(times) => {
            format!("giải nén ra lớn hơn {times} lần kích thước tệp, không phải bản sao lưu của parindex")
        }
        Fault::Table(name) => format!("bảng {name} không khớp với cấu trúc cơ sở dữ liệu"),
    }
}
