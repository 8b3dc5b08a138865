//! Why an office's Word template cannot be used.

use par_render::docx::template::hazard::Hazard;
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
        TemplateProblem::Hazard { hazard, part } => format!("{part}: {}", self::hazard(hazard)),
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

/// What a part carries that a signed document must not carry, and how to be rid of it.
fn hazard(hazard: &Hazard) -> String {
    match hazard {
        Hazard::Field(word) if word.is_empty() => {
            "có trường ghép từ trường khác; xóa trường này (Alt+F9 để thấy trường)".to_owned()
        }
        Hazard::Field(word) => {
            format!(
                "có trường {word}, là trường lấy nội dung từ nơi khác hoặc tự chạy; xóa trường này (Alt+F9 để thấy trường)"
            )
        }
        Hazard::AttachedTemplate => {
            "gắn với tệp mẫu ở nơi khác; vào Developer › Document Template, đổi về Normal rồi lưu lại"
                .to_owned()
        }
        Hazard::OutsidePicture => {
            "có hình lấy từ nơi khác khi mở; chèn hình vào trong mẫu (Insert) thay cho liên kết".to_owned()
        }
        Hazard::Outside(kind) => format!("có phần «{kind}» lấy từ nơi khác khi mở; bỏ liên kết này"),
        Hazard::Embedded => {
            "có tệp hoặc điều khiển của chương trình khác nằm bên trong; xóa đối tượng này".to_owned()
        }
        Hazard::Chunk => "có văn bản lạ chỉ được chèn khi mở; chép nội dung đó vào mẫu".to_owned(),
        Hazard::Macro => "có macro; lưu lại dạng không có macro (.docx)".to_owned(),
        Hazard::Path => "có tên dẫn ra ngoài tệp; không dùng mẫu này".to_owned(),
    }
}
