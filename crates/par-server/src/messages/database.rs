//! Sentences about the database: why it refused, and which facts do not hold.

use par_store::error::Error;
use par_store::invariants::Finding;

/// What happened and what to do.
pub fn error(error: &Error) -> (String, &'static str) {
    match error {
        Error::NotFound(_) => {
            ("không có mục được nêu trong dữ liệu".to_owned(), "kiểm tra lại năm và mã đơn vị")
        }
        Error::Conflict(_) => {
            ("dữ liệu đã được người khác sửa".to_owned(), "mở lại để xem giá trị mới rồi thực hiện lại")
        }
        Error::SchemaTooNew { found, known } => (
            format!(
                "cơ sở dữ liệu do phiên bản mới hơn tạo (cấu trúc {found}, chương trình này biết đến {known})"
            ),
            "dùng phiên bản parindex mới hơn",
        ),
        Error::Damaged(findings) => (
            format!("dữ liệu không còn nguyên vẹn: {} chỗ sai", findings.len()),
            "chạy `parindex check` để xem từng chỗ, rồi khôi phục từ bản sao lưu",
        ),
        Error::Other(error) => (
            format!("không dùng được cơ sở dữ liệu: {error}"),
            "kiểm tra thư mục dữ liệu có tồn tại và ghi được, hoặc địa chỉ PostgreSQL",
        ),
    }
}

/// A place where a fact does not hold.
pub fn finding(finding: &Finding) -> String {
    finding.to_string()
}
