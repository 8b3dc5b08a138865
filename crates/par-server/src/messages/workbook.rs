//! What is wrong in a workbook of criteria, in plain Vietnamese, with what to do about it.

use super::problems::{self, Keys};
use crate::exchange::framework_xlsx::{FaultKind, Unusable};

/// The sentences for one fault.
pub fn sentence(kind: &FaultKind) -> String {
    match kind {
        FaultKind::Content(problem) => problems::sentence(problem, Keys::Hidden),
        FaultKind::NoSheet => {
            "Không có trang tính này. Dùng tệp mẫu của lệnh «parindex framework export» và giữ nguyên tên các trang tính."
                .to_owned()
        }
        FaultKind::NoHeadings => {
            "Không thấy dòng tiêu đề cột (Mã, Tên, Điểm tối đa…). Thêm lại dòng tiêu đề như tệp mẫu.".to_owned()
        }
        FaultKind::NoRows => "Chưa có tiêu chí nào dưới dòng tiêu đề.".to_owned(),
        FaultKind::NoColumn(name) => format!("Thiếu cột «{name}». Thêm lại cột này như tệp mẫu."),
        FaultKind::UnknownColumn(name) => format!(
            "Không có cột nào tên «{name}». Sửa lại tên cột; cột ghi riêng của đơn vị thì đặt tên bắt đầu bằng «Ghi chú»."
        ),
        FaultKind::ColumnTwice(name) => format!("Có hai cột «{name}». Bỏ một cột."),
        FaultKind::NoSetting(name) => format!("Thiếu dòng «{name}» hoặc chưa ghi giá trị. Bổ sung dòng này."),
        FaultKind::UnknownSetting(name) => {
            format!("Không có thiết lập nào tên «{name}». Sửa lại tên hoặc bỏ dòng này.")
        }
        FaultKind::SettingTwice(name) => format!("Thiết lập «{name}» ghi hai lần. Bỏ một dòng."),
        FaultKind::Merged(range) => format!(
            "Các ô {range} đang gộp thành một nên chỉ ô đầu có giá trị. Bỏ gộp ô và ghi đủ từng dòng."
        ),
        FaultKind::CellError(error) => {
            format!("Ô đang báo lỗi {error}. Sửa công thức hoặc gõ thẳng giá trị.")
        }
        FaultKind::Date => {
            "Excel đã đổi giá trị này thành ngày tháng. Đặt định dạng ô là Văn bản (Text) rồi gõ lại.".to_owned()
        }
        FaultKind::Formula => {
            "Ô có công thức nhưng tệp không lưu giá trị (tệp do phần mềm ghi ra). Mở tệp bằng Excel hoặc LibreOffice, lưu lại, rồi thử lại."
                .to_owned()
        }
        FaultKind::CodeLostZero { shown, guess } => format!(
            "Ô này chứa số {shown}, có lẽ là mã {guess} bị Excel bỏ mất số 0 cuối. Đặt định dạng cột Mã là Văn bản (Text) rồi gõ lại {guess}."
        ),
        FaultKind::Number(problem) => {
            format!("Số chưa dùng được: {}", problems::number(problem))
        }
        FaultKind::NotAWord { value, allowed } => {
            format!("«{value}» không dùng được ở đây. Chọn một trong các giá trị: {}.", allowed.join("; "))
        }
        FaultKind::BadLine { line, example } => {
            format!("Không hiểu dòng «{}». Ghi như ví dụ: {}.", on_one_line(line), on_one_line(example))
        }
        FaultKind::LineTwice(line) => format!("Dòng «{line}» ghi hai lần. Bỏ một dòng."),
        FaultKind::LineMissing { name, example } => {
            format!("Thiếu dòng «{name}» trong ô này. Ghi như ví dụ: {}.", on_one_line(example))
        }
        FaultKind::TooMany(most) => format!("Trang tính dài hơn {most} dòng. Bỏ bớt các dòng trống ở cuối."),
    }
}

/// Why a file is no workbook.
pub fn unreadable(problem: &Unusable) -> String {
    match problem {
        Unusable::NotAWorkbook => "không phải tệp Excel .xlsx hoặc tệp đã hỏng".to_owned(),
        Unusable::Old => "tệp Excel kiểu cũ (.xls): mở bằng Excel rồi lưu thành .xlsx".to_owned(),
        Unusable::Locked => {
            let (sentence, hint) = super::system::locked();
            format!("{sentence}. {hint}")
        }
        Unusable::TooLargeUnpacked(megabytes) => {
            format!("tệp giải nén ra hơn {megabytes} MB, không phải bộ tiêu chí")
        }
        Unusable::LongCell(cell) => {
            format!("ô {cell} có nhiều chữ hơn mức Excel cho phép, không phải bộ tiêu chí")
        }
        Unusable::TooLarge(megabytes) => format!("tệp lớn hơn {megabytes} MB, không phải bộ tiêu chí"),
    }
}

fn on_one_line(text: &str) -> String {
    text.replace('\n', " | ")
}
