//! What is wrong with the text of a ground (căn cứ), and how one is written.

use par_core::ground::{GroundPart, GroundProblem};

const EXAMPLE: &str = "Quyết định số 12/QĐ-UBND ngày 05/03/2021 của UBND tỉnh";

/// The sentence for one problem.
pub fn sentence(problem: &GroundProblem) -> String {
    match problem {
        GroundProblem::Missing(part) => {
            format!("Căn cứ thiếu {}. Ghi đủ như «{EXAMPLE}».", name(*part))
        }
        GroundProblem::NoDay(text) => {
            format!("Trong căn cứ, «{text}» không phải ngày. Ghi dd/mm/yyyy, như «{EXAMPLE}».")
        }
        GroundProblem::NoTime(text) => {
            format!("Trong căn cứ, «{text}» không phải giờ. Ghi giờ:phút, như «lúc 16:30».")
        }
        GroundProblem::PaperToCome => {
            "Căn cứ đã nêu văn bản thì không ghi «bổ sung văn bản». Bỏ phần đó, hoặc ghi «Chỉ đạo miệng của … ngày …, bổ sung văn bản sau».".to_owned()
        }
    }
}

fn name(part: GroundPart) -> &'static str {
    match part {
        GroundPart::Kind => "loại văn bản",
        GroundPart::Number => "số, ký hiệu",
        GroundPart::Day => "ngày",
        GroundPart::Issuer => "cơ quan ban hành (sau chữ «của»)",
        GroundPart::By => "người chỉ đạo (sau chữ «của»)",
        GroundPart::About => "nội dung sau chữ «về việc»",
        GroundPart::Signer => "tên người ký trong ngoặc",
    }
}
