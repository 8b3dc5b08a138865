//! Why an office's Word template cannot be used.

use par_render::docx::template::{CONTENT, PLACEHOLDERS, Place, TemplateProblem};

/// The sentence for one problem, without its full stop.
pub fn problem(problem: &TemplateProblem) -> String {
    match problem {
        TemplateProblem::NotADocument => {
            "tệp không phải văn bản Word (.docx, .dotx) hoặc đã hỏng; lưu lại từ Word dạng «Word Document»"
                .to_owned()
        }
        TemplateProblem::TooLarge { limit } => {
            format!("tệp mở ra lớn hơn {} MB; bỏ bớt hình trong mẫu", limit / 1024 / 1024)
        }
        TemplateProblem::HasMacros => "mẫu có macro; lưu lại dạng không có macro (.docx)".to_owned(),
        TemplateProblem::Strict => "mẫu lưu dạng «Strict Open XML»; lưu lại dạng «Word Document»".to_owned(),
        TemplateProblem::NoContentPlace => format!("mẫu chưa có {{{{{CONTENT}}}}}"),
        TemplateProblem::SeveralContentPlaces => {
            format!("mẫu có nhiều hơn một {{{{{CONTENT}}}}}; chỉ giữ một")
        }
        TemplateProblem::ContentNotAlone { text } => {
            format!("đoạn có {{{{{CONTENT}}}}} còn chữ khác («{text}»); để nó một mình trong đoạn")
        }
        TemplateProblem::ContentNotInText { place } => {
            let place = match place {
                Place::Text => "trong bảng hoặc khung",
                Place::Header => "ở đầu trang",
                Place::Footer => "ở chân trang",
                Place::Note => "trong chú thích",
            };
            format!("{{{{{CONTENT}}}}} nằm {place}; đặt nó trong thân văn bản, ngoài bảng và khung")
        }
        TemplateProblem::UnknownPlaceholder { name, place } => format!(
            "không có chỗ điền nào tên {{{{{name}}}}} (ở {}); dùng được: {}",
            self::place(*place),
            PLACEHOLDERS.map(|name| format!("{{{{{name}}}}}")).join(", ")
        ),
        TemplateProblem::Unclosed { text, place } => {
            format!("«{text}» ở {} thiếu }}}} trong cùng đoạn", self::place(*place))
        }
    }
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Text => "thân văn bản",
        Place::Header => "đầu trang",
        Place::Footer => "chân trang",
        Place::Note => "chú thích",
    }
}
