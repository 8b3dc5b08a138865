//! What is wrong in a template of a document, and what to do about it.

use par_core::report::wording::fault::WordingFault;

/// What is wrong in a template of a document.
pub fn sentence(fault: &WordingFault) -> String {
    let listed =
        |names: &[String]| names.iter().map(|name| format!("«{name}»")).collect::<Vec<_>>().join(", ");
    match fault {
        WordingFault::Unclosed(sign) => {
            format!("Dấu {sign} mở ra mà không đóng lại trong đoạn. Thêm dấu đóng ({}).", closing(sign))
        }
        WordingFault::StrayBrace => {
            "Dấu } không có dấu { mở trước. Thêm { ở đầu tên số liệu hoặc bỏ dấu này.".to_owned()
        }
        WordingFault::NoDate(date) => {
            format!("«{date}» không phải ngày. Ghi dd/mm/yyyy, hoặc để trống khi chưa ký.")
        }
        WordingFault::UnknownFile(known) => {
            format!("Tệp này không được dùng: tên tệp phải là {}. Đổi tên hoặc bỏ tệp.", known.join(", "))
        }
        WordingFault::StrayEnd => {
            "[hết] không đóng danh sách nào. Bỏ dòng này hoặc thêm [mỗi …] phía trên.".to_owned()
        }
        WordingFault::MissingEnd => {
            "Danh sách [mỗi …] chưa có dòng [hết]. Thêm [hết] ở cuối danh sách.".to_owned()
        }
        WordingFault::UnknownName { name, near } if near.is_empty() => {
            format!(
                "Không có số liệu nào tên «{name}» ở chỗ này. Xem các tên dùng được bằng `parindex wording names`."
            )
        }
        WordingFault::UnknownName { name, near } => {
            format!("Không có số liệu nào tên «{name}» ở chỗ này. Tên gần giống: {}.", listed(near))
        }
        WordingFault::UnknownFact { name, near } if near.is_empty() => format!(
            "Không có dữ kiện nào tên «{name}» trong facts.csv. Kiểm tra lại tên, hoặc thêm dữ kiện này vào facts.csv."
        ),
        WordingFault::UnknownFact { name, near } => {
            format!("Không có dữ kiện nào tên «{name}» trong facts.csv. Tên gần giống: {}.", listed(near))
        }
        WordingFault::TooDeep(most) => {
            format!("Lồng nhau quá {most} lớp từ chỗ này. Tách thành nhiều đoạn.")
        }
        WordingFault::NotUtf8 => {
            "Tệp không phải UTF-8 (có ký tự hỏng từ chỗ này), nên không đọc tiếp. Lưu lại tệp với mã UTF-8 (trong Notepad: «Save As», ô «Encoding»).".to_owned()
        }
        WordingFault::UnknownPart { name, parts } if parts.is_empty() => {
            format!("«{name}» không có phần sau dấu chấm. Chỉ ghi {{{name}}}.")
        }
        WordingFault::UnknownPart { name, parts } => {
            format!("Phần sau dấu chấm của «{name}» phải là một trong: {}.", listed(parts))
        }
        WordingFault::WrongUse(name) => format!(
            "«{name}» dùng sai chỗ: danh sách chỉ dùng với [mỗi …] hoặc {{mỗi …: …}}, số liệu thì ghi {{{name}}}."
        ),
        WordingFault::TooMuch => {
            "Các danh sách lồng nhau từ chỗ này làm văn bản dài quá mức. Bỏ bớt một danh sách.".to_owned()
        }
        WordingFault::NoValue(name) => format!(
            "Năm này không có số liệu «{name}»; văn bản để trống chỗ này. Viết điều kiện {{{name}? có: …}} hoặc bỏ câu."
        ),
        WordingFault::BadTest(test) => format!(
            "«{test}» không phải điều kiện. Ghi: lost MÃ, earned MÃ, zero MÃ hoặc event MÃ ĐẦU-VÀO; nhiều điều kiện nối bằng or."
        ),
    }
}

fn closing(sign: &str) -> &str {
    match sign {
        "{" => "}",
        "^[" => "]",
        other => other,
    }
}
