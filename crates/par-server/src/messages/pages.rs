//! Sentences of pages that cannot be shown: what happened and what to do.

use par_core::language::Language;

/// What a reader is told.
pub struct Words {
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

fn words(message: impl Into<String>, hint: &'static str) -> Words {
    Words { message: message.into(), hint }
}

/// The address names no page.
pub fn no_page() -> Words {
    words("Không có trang ở địa chỉ này", "Kiểm tra lại địa chỉ, hoặc đi từ danh sách các năm.")
}

/// There is no such year; those there are stand below.
pub fn no_year() -> Words {
    words("Chưa có kết quả của năm này", "Chọn một năm đã công bố dưới đây.")
}

/// The year has no such unit.
pub fn no_unit(year: u16) -> Words {
    words(
        format!("Năm {year} không có đơn vị này"),
        "Đơn vị có thể đã đổi tên hoặc sáp nhập; hãy tìm theo tên hoặc xem bảng xếp hạng.",
    )
}

/// No year has such a unit.
pub fn never_unit() -> Words {
    words(
        "Chưa năm nào có đơn vị này",
        "Đơn vị có thể đã đổi tên hoặc sáp nhập; hãy chọn đơn vị trong danh sách các năm.",
    )
}

/// What is missing before units can be compared side by side; empty when nothing is.
pub fn comparison(
    language: Language,
    known: usize,
    unknown: &[String],
    most: usize,
    year: u16,
) -> Vec<String> {
    let mut said: Vec<String> = unknown
        .iter()
        .map(|name| {
            language.of(
                format!("Năm {year} không có đơn vị «{name}»; đã bỏ qua."),
                format!("There is no unit “{name}” in {year}; it was left out."),
            )
        })
        .collect();
    if known > most {
        said.push(language.of(
            format!("Chỉ so sánh được {most} đơn vị một lần; đã lấy {most} đơn vị chọn đầu tiên."),
            format!("Only {most} units can be compared at a time; the first {most} chosen are shown."),
        ));
    }
    let few = match known {
        0 => language.of(
            "Chọn từ hai đơn vị trở lên rồi bấm «So sánh».",
            "Choose two or more units, then press “Compare”.",
        ),
        1 => language.of(
            "Mới chọn một đơn vị; chọn thêm ít nhất một đơn vị để so sánh.",
            "Only one unit is chosen; choose at least one more to compare.",
        ),
        _ => return said,
    };
    said.push(few.to_owned());
    said
}

/// The year has no such area.
pub fn no_area(year: u16) -> Words {
    words(format!("Năm {year} không có lĩnh vực này"), "Xem danh sách các lĩnh vực của năm.")
}

/// The year has no such criterion or criteria set.
pub fn no_criterion(year: u16) -> Words {
    words(
        format!("Năm {year} không có tiêu chí này"),
        "Mã tiêu chí thay đổi theo năm và theo bộ tiêu chí; hãy tìm theo tên tiêu chí.",
    )
}

/// The year has no such figure.
pub fn no_figure(year: u16) -> Words {
    words(
        format!("Năm {year} không có số liệu này"),
        "Mở lại số liệu từ bảng xếp hạng hoặc từ trang của đơn vị.",
    )
}

/// The page has no such table, or none at all.
pub fn no_table() -> Words {
    words("Trang này không có bảng dữ liệu như vậy", "Bỏ tham số «bang» để lấy bảng chính của trang.")
}

/// Public pages are only read.
pub fn only_reading() -> Words {
    words("Trang công khai chỉ để xem", "Mở lại trang bằng địa chỉ của nó.")
}

/// The database did not answer.
pub fn unavailable() -> Words {
    words("Dữ liệu tạm thời chưa đọc được", "Thử lại sau ít phút; nếu vẫn lỗi, báo cho đơn vị quản trị.")
}

/// Writing a page failed.
pub fn broken() -> Words {
    words(
        "Máy chủ gặp lỗi khi dựng trang",
        "Thử lại sau ít phút; nếu vẫn lỗi, báo cho đơn vị quản trị kèm địa chỉ trang.",
    )
}

/// Said on every page of a year of which nothing is published.
pub fn unpublished() -> String {
    "Kết quả năm này chưa được công bố chính thức; số liệu còn có thể thay đổi.".to_owned()
}

/// Said on every page of a published year whose inputs have changed since.
pub fn moved_on(version: u32, at: &str) -> String {
    format!(
        "Số liệu đã thay đổi sau khi công bố phiên bản {version} ({at}). Trang này vẫn hiển thị bản đã công bố, cho đến khi có đính chính."
    )
}
