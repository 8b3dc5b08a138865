//! Vietnamese words for the closed sets of the domain, one word a thing, everywhere the same: phrases
//! here, phrases about numbers in [`sentence`], short words for cells in [`short`].

pub mod analysis;
pub mod sentence;
pub mod short;

use crate::framework::{Compare, ExemptionMethod, Source, TieBreaker, Ties};
use crate::points::rounding::Rounding;
use crate::score::reasons::Cause;
use crate::score::results::Lineage;
use crate::year::survey::SheetStatus;
use crate::year::{Outcome, ProvinceMean, Stage};

/// A stage, as in a sentence.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Own => "tự chấm điểm",
        Stage::Round1 => "thẩm định lần 1",
        Stage::Round2 => "thẩm định lần 2",
        Stage::Council => "Hội đồng thẩm định",
    }
}

/// What became of an explanation.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "chấp nhận giải trình",
        Outcome::Partly => "chấp nhận một phần giải trình",
        Outcome::Rejected => "không chấp nhận giải trình",
        Outcome::Silent => "không giải trình",
    }
}

/// Who provides a score.
pub fn source(source: Source) -> &'static str {
    match source {
        Source::Own => "đơn vị tự chấm, thẩm định",
        Source::Appraisal => "chỉ thẩm định",
        Source::Survey => "điều tra xã hội học",
        Source::External => "chỉ số do cơ quan khác công bố",
    }
}

/// A rounding mode.
pub fn rounding(mode: Rounding) -> &'static str {
    match mode {
        Rounding::HalfUp => "làm tròn thông thường (5 làm tròn lên)",
        Rounding::HalfEven => "5 làm tròn về chữ số chẵn",
        Rounding::HalfDown => "5 làm tròn xuống",
        Rounding::Down => "luôn làm tròn xuống (bỏ phần lẻ)",
        Rounding::Up => "luôn làm tròn lên",
    }
}

/// The value by which units are compared.
pub fn compare(compare: Compare) -> &'static str {
    match compare {
        Compare::Exact => "chỉ số chưa làm tròn",
        Compare::Printed => "chỉ số đã làm tròn",
    }
}

/// A tie rule.
pub fn ties(ties: &Ties) -> String {
    match ties {
        Ties::Share => "đơn vị bằng nhau xếp cùng hạng và bỏ trống hạng kế tiếp (1-2-2-4)".to_owned(),
        Ties::Dense => "đơn vị bằng nhau xếp cùng hạng, không bỏ trống hạng (1-2-2-3)".to_owned(),
        Ties::Breaker(breaker) => {
            let by = match breaker {
                TieBreaker::Survey => "điểm điều tra xã hội học".to_owned(),
                TieBreaker::Appraisal => "điểm thẩm định".to_owned(),
                TieBreaker::Node(code) => format!("chỉ số thành phần {code}"),
            };
            format!("đơn vị bằng nhau xếp theo {by}; nếu vẫn bằng nhau thì cùng hạng (1-2-2-4)")
        }
    }
}

/// What an exemption does to the scale.
pub fn exemption(method: ExemptionMethod) -> &'static str {
    match method {
        ExemptionMethod::ReduceScale => "giảm thang điểm theo nội dung không đánh giá",
        ExemptionMethod::RescaleToFull => "quy đổi điểm về thang điểm đầy đủ",
    }
}

/// Which mean is the province's.
pub fn province_mean(mean: ProvinceMean) -> &'static str {
    match mean {
        ProvinceMean::ClusterMeans => {
            "trung bình cộng của trung bình các khối, không theo số đơn vị của từng khối"
        }
        ProvinceMean::Units => "trung bình cộng của tất cả các đơn vị",
    }
}

/// How a unit relates to the year before.
pub fn lineage(lineage: Lineage) -> &'static str {
    match lineage {
        Lineage::Same => "cùng đơn vị",
        Lineage::Successor => "so với đơn vị tiền thân",
        Lineage::Merged => "so với trung bình các đơn vị được hợp nhất",
        Lineage::Split => "so với đơn vị trước khi tách",
        Lineage::New => "đơn vị mới, không so sánh",
    }
}

/// Why points were lost, apart from the reasons of requests for explanation, which the year names.
pub fn cause(cause: &Cause) -> &'static str {
    match cause {
        Cause::Reason(_) => "thẩm định yêu cầu giải trình",
        Cause::Unexplained => "thẩm định thấp hơn điểm tự chấm, không nêu lý do",
        Cause::Unclaimed => "đơn vị tự chấm chưa đạt",
        Cause::Survey => "điều tra xã hội học chưa đạt tối đa",
        Cause::Unscored => "chưa có điểm có hiệu lực",
        Cause::Appraised => "thẩm định chấm trực tiếp chưa đạt tối đa",
    }
}

/// What became of a survey sheet.
pub fn sheet(status: SheetStatus) -> &'static str {
    match status {
        SheetStatus::Accepted => "đạt yêu cầu",
        SheetStatus::Rejected => "không nghiệm thu",
        SheetStatus::NotReturned => "không thu về",
    }
}
