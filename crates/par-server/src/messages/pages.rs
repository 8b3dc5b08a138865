//! Sentences of pages that cannot be shown: what happened and what to do, in the language of the page.

use par_core::language::Language;

/// What a reader is told.
pub struct Words {
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

/// Message and hint of a page that cannot be shown, in Vietnamese and English.
fn words(language: Language, message: [&str; 2], hint: [&'static str; 2]) -> Words {
    Words { message: language.of(message[0], message[1]).to_owned(), hint: language.of(hint[0], hint[1]) }
}

/// The address names no page.
pub fn no_page(language: Language) -> Words {
    words(
        language,
        ["Không có trang ở địa chỉ này", "There is no page at this address"],
        [
            "Kiểm tra lại địa chỉ, hoặc đi từ danh sách các năm.",
            "Check the address, or start from the list of years.",
        ],
    )
}

/// There is no such year; those there are stand below.
pub fn no_year(language: Language) -> Words {
    words(
        language,
        ["Chưa có kết quả của năm này", "There are no results of this year yet"],
        ["Chọn một năm đã công bố dưới đây.", "Choose one of the published years below."],
    )
}

/// The year has no such unit.
pub fn no_unit(language: Language, year: u16) -> Words {
    words(
        language,
        [&format!("Năm {year} không có đơn vị này"), &format!("There is no such unit in {year}")],
        [
            "Đơn vị có thể đã đổi tên hoặc sáp nhập; hãy tìm theo tên hoặc xem bảng xếp hạng.",
            "The unit may have been renamed or merged; search for its name or look at the ranking.",
        ],
    )
}

/// No year has such a unit.
pub fn never_unit(language: Language) -> Words {
    words(
        language,
        ["Chưa năm nào có đơn vị này", "There is no such unit in any year"],
        [
            "Đơn vị có thể đã đổi tên hoặc sáp nhập; hãy chọn đơn vị trong danh sách các năm.",
            "The unit may have been renamed or merged; choose a unit from the list of all years.",
        ],
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
pub fn no_area(language: Language, year: u16) -> Words {
    words(
        language,
        [&format!("Năm {year} không có lĩnh vực này"), &format!("There is no such area in {year}")],
        ["Xem danh sách các lĩnh vực của năm.", "See the list of the year's areas."],
    )
}

/// The year has no such criterion or criteria set.
pub fn no_criterion(language: Language, year: u16) -> Words {
    words(
        language,
        [&format!("Năm {year} không có tiêu chí này"), &format!("There is no such criterion in {year}")],
        [
            "Mã tiêu chí thay đổi theo năm và theo bộ tiêu chí; hãy tìm theo tên tiêu chí.",
            "Codes of criteria change with the year and the criteria set; search for the criterion's name.",
        ],
    )
}

/// The year has no such figure.
pub fn no_figure(language: Language, year: u16) -> Words {
    words(
        language,
        [&format!("Năm {year} không có số liệu này"), &format!("There is no such figure in {year}")],
        [
            "Mở lại số liệu từ bảng xếp hạng hoặc từ trang của đơn vị.",
            "Open the figure from the ranking or from the unit's page.",
        ],
    )
}

/// The page has no such table, or none at all.
pub fn no_table(language: Language) -> Words {
    words(
        language,
        ["Trang này không có bảng dữ liệu như vậy", "This page has no such table"],
        [
            "Bỏ tham số «bang» để lấy bảng chính của trang.",
            "Leave out the parameter “bang” to get the main table of the page.",
        ],
    )
}

/// Public pages are only read.
pub fn only_reading(language: Language) -> Words {
    words(
        language,
        ["Trang công khai chỉ để xem", "Public pages are only for reading"],
        ["Mở lại trang bằng địa chỉ của nó.", "Open the page by its address."],
    )
}

/// Too many ask at once for what takes time to make.
pub fn busy(language: Language) -> Words {
    words(
        language,
        ["Máy chủ đang bận", "The server is busy"],
        [
            "Nhiều người đang mở trang cùng lúc; thử lại sau vài giây.",
            "Many readers are asking at once; try again in a few seconds.",
        ],
    )
}

/// What was published cannot be read whole.
pub fn unavailable(language: Language) -> Words {
    words(
        language,
        ["Dữ liệu tạm thời chưa đọc được", "The data cannot be read at the moment"],
        [
            "Thử lại sau ít phút; nếu vẫn lỗi, báo cho đơn vị quản trị.",
            "Try again in a few minutes; if it fails again, tell the operators of the site.",
        ],
    )
}

/// Writing a page failed.
pub fn broken(language: Language) -> Words {
    words(
        language,
        ["Máy chủ gặp lỗi khi dựng trang", "The server failed to make this page"],
        [
            "Thử lại sau ít phút; nếu vẫn lỗi, báo cho đơn vị quản trị kèm địa chỉ trang.",
            "Try again in a few minutes; if it fails again, tell the operators the page's address.",
        ],
    )
}
