//! The sheet that explains the workbook to those who fill it in.

use par_core::words::short::{KINDS, SOURCES};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::write::{heading, height, printed, text};
use super::{COLUMNS, GUIDE, params};

/// Widths of the three columns in characters.
const WIDTHS: [usize; 3] = [22, 76, 44];

/// General advice, one a row.
const ADVICE: [&str; 6] = [
    "Mỗi dòng của trang «Tiêu chí» là một lĩnh vực, tiêu chí hoặc tiêu chí thành phần; không gộp ô.",
    "Chỉ mục không có mục con mới ghi nguồn điểm, cách chấm, tham số, tài liệu kiểm chứng, căn cứ.",
    "Số ghi bằng dấu phẩy hoặc dấu chấm thập phân đều được; không dùng dấu ngăn hàng nghìn. «1.160» không rõ là 1,16 hay 1160 nên bị từ chối.",
    "Mã luôn là chữ: 1.10 khác 1.1. Nếu Excel đổi mã thành số hoặc ngày, đặt định dạng cột là Văn bản (Text) rồi gõ lại.",
    "Có thể thêm cột có tên bắt đầu bằng «Ghi chú»; chương trình bỏ qua các cột này.",
    "Kiểm tra tệp bằng: parindex framework check TỆP.xlsx — mọi lỗi được nêu một lần, kèm trang tính và ô.",
];

/// What the sources mean.
const SOURCE_ABOUT: [&str; 4] = [
    "Đơn vị tự chấm, sau đó được thẩm định.",
    "Chỉ tổ thẩm định chấm; đơn vị không tự chấm.",
    "Tính từ phiếu điều tra xã hội học.",
    "Lấy từ chỉ số do cơ quan khác công bố.",
];

/// What the rules do.
const KIND_ABOUT: [&str; 14] = [
    "Có được điểm tối đa, không được 0 điểm.",
    "Chọn một trong các mức mô tả sẵn, mỗi mức một số điểm.",
    "Cộng điểm các nội dung đạt được. Mã trong ngoặc vuông có thể bỏ; khi đó được đánh số 1, 2, 3…",
    "Điểm theo số lượng, ghi từ bậc cao xuống bậc thấp; bậc cuối từ 0.",
    "Điểm theo tỷ lệ b/a, ghi từ bậc cao xuống bậc thấp; bậc cuối từ 0%.",
    "Điểm tối đa × tỷ lệ b/a. Dưới sàn không có điểm; từ đích trở lên được tối đa; a = 0 thì ghi được 0 điểm hay tối đa.",
    "Điểm tối đa × (đúng hạn + hệ số × quá hạn) / tổng số.",
    "Bắt đầu từ điểm tối đa, mỗi trường hợp trừ số điểm đã ghi, không thấp hơn mức sàn.",
    "Điểm tối đa × chỉ số đã công bố / số chia.",
    "Bình quân trọng số (%) của các phương án được chọn × điểm tối đa; phương án không có trọng số là không có ý kiến. Ngăn bằng dấu chấm phẩy.",
    "Cộng ngoài thang điểm, mỗi trường hợp số điểm đã ghi, không quá điểm tối đa.",
    "Trừ ngoài thang điểm; điểm tối đa ghi số âm là mức trừ nhiều nhất.",
    "Người chấm cho điểm theo bội số của bước, từ 0 đến tối đa.",
    "Chỉ có trong gói công bố: điểm của một mục mà các phần bên dưới không công bố.",
];

/// Writes the guide.
pub fn write(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(GUIDE)?;
    printed(sheet)?;
    for (at, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(at, u16::try_from(width).expect("at most 255"))?;
    }
    let plain = Format::new().set_font_name("Times New Roman").set_font_size(11).set_text_wrap();
    let mut row = 0;
    for advice in ADVICE {
        sheet.merge_range(row, 0, row, 2, advice, &plain)?;
        sheet.set_row_height(row, height([(advice, WIDTHS.iter().sum())].into_iter()))?;
        row += 1;
    }
    row = table(
        sheet,
        row + 1,
        ["Cột", "Ghi gì", "Ví dụ"],
        COLUMNS.iter().map(|column| [column.heading, column.about, column_example(column.key)]),
    )?;
    row = table(
        sheet,
        row + 1,
        ["Nguồn điểm", "Ý nghĩa", ""],
        SOURCES.iter().zip(SOURCE_ABOUT).map(|((_, vi), about)| [*vi, about, ""]),
    )?;
    table(
        sheet,
        row + 1,
        ["Cách chấm", "Ý nghĩa", "Tham số, mức (ví dụ)"],
        KINDS.iter().zip(KIND_ABOUT).map(|((kind, vi), about)| {
            [
                *vi,
                about,
                match params::example(kind) {
                    "" => "(để trống)",
                    example => example,
                },
            ]
        }),
    )?;
    Ok(())
}

/// Headings and rows; the first row behind them.
fn table<'a>(
    sheet: &mut Worksheet,
    mut row: u32,
    headings: [&str; 3],
    rows: impl Iterator<Item = [&'a str; 3]>,
) -> Result<u32, XlsxError> {
    for (at, title) in (0u16..).zip(headings) {
        sheet.write_string_with_format(row, at, title, &heading())?;
    }
    for cells in rows {
        row += 1;
        sheet.set_row_height(row, height(cells.into_iter().zip(WIDTHS)))?;
        for (at, cell) in (0u16..).zip(cells) {
            sheet.write_string_with_format(row, at, cell, &text(if at == 0 { 2 } else { 0 }))?;
        }
    }
    Ok(row + 1)
}

fn column_example(key: &str) -> &'static str {
    match key {
        "code" => "1.2.3",
        "name" => "Mức độ hoàn thành kế hoạch",
        "max" => "1,5",
        "source" => "Tự chấm",
        "kind" => "Tỷ lệ",
        "rule" => params::example("ratio"),
        "evidence" => "Kế hoạch, báo cáo kết quả",
        "legal" => "Điều 5 Quyết định số 29/2019/QĐ-UBND",
        "since" => "2019",
        _ => "3.5",
    }
}
