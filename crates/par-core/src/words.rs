//! Words for the closed sets of the domain in both languages, one word a thing, everywhere the same:
//! phrases here, phrases about numbers in [`sentence`], short words for cells in [`short`].

pub mod analysis;
pub mod sentence;
pub mod short;

use crate::framework::{Compare, ExemptionMethod, Source, TieBreaker, Ties};
use crate::language::Language;
use crate::points::rounding::Rounding;
use crate::score::results::Lineage;
use crate::year::lost::Cause;
use crate::year::sheets::SheetStatus;
use crate::year::status::Status;
use crate::year::{Outcome, ProvinceMean, Stage, Unit};

/// A stage, as in a sentence.
pub fn stage(stage: Stage, language: Language) -> &'static str {
    match stage {
        Stage::Own => language.of("tự chấm điểm", "self-score"),
        Stage::Round(1) => language.of("thẩm định lần 1", "appraisal round 1"),
        Stage::Round(2) => language.of("thẩm định lần 2", "appraisal round 2"),
        Stage::Round(_) => language.of("thẩm định lần 3", "appraisal round 3"),
        Stage::Council => language.of("Hội đồng thẩm định", "appraisal council"),
    }
}

/// What became of an explanation.
pub fn outcome(outcome: Outcome, language: Language) -> &'static str {
    match outcome {
        Outcome::Accepted => language.of("chấp nhận giải trình", "explanation accepted"),
        Outcome::Partly => language.of("chấp nhận một phần giải trình", "explanation partly accepted"),
        Outcome::Rejected => language.of("không chấp nhận giải trình", "explanation not accepted"),
        Outcome::Silent => language.of("không giải trình", "no explanation given"),
    }
}

/// Who provides a score.
pub fn source(source: Source, language: Language) -> &'static str {
    match source {
        Source::Own => language.of("đơn vị tự chấm, thẩm định", "self-scored by the unit, then appraised"),
        Source::Appraisal => language.of("chỉ thẩm định", "appraisal only"),
        Source::Survey => language.of("điều tra xã hội học", "sociological survey"),
        Source::External => language.of("chỉ số do cơ quan khác công bố", "index published by another body"),
    }
}

/// A rounding mode.
pub fn rounding(mode: Rounding, language: Language) -> &'static str {
    match mode {
        Rounding::HalfUp => language
            .of("làm tròn thông thường (5 làm tròn lên)", "rounded to the nearest digit (5 rounds up)"),
        Rounding::HalfEven => language
            .of("5 làm tròn về chữ số chẵn", "rounded to the nearest digit (5 rounds to the even digit)"),
        Rounding::HalfDown => language.of("5 làm tròn xuống", "rounded to the nearest digit (5 rounds down)"),
        Rounding::Down => language
            .of("luôn làm tròn xuống (bỏ phần lẻ)", "always rounded down (further digits are dropped)"),
        Rounding::Up => language.of("luôn làm tròn lên", "always rounded up"),
    }
}

/// The value by which units are compared.
pub fn compare(compare: Compare, language: Language) -> &'static str {
    match compare {
        Compare::Exact => language.of("chỉ số chưa làm tròn", "unrounded index"),
        Compare::Printed => language.of("chỉ số đã làm tròn", "rounded index"),
    }
}

/// A tie rule.
pub fn ties(ties: &Ties, language: Language) -> String {
    match ties {
        Ties::Share => language
            .of(
                "đơn vị bằng nhau xếp cùng hạng và bỏ trống hạng kế tiếp (1-2-2-4)",
                "equal units share a place and the next place is left empty (1-2-2-4)",
            )
            .to_owned(),
        Ties::Dense => language
            .of(
                "đơn vị bằng nhau xếp cùng hạng, không bỏ trống hạng (1-2-2-3)",
                "equal units share a place and no place is left empty (1-2-2-3)",
            )
            .to_owned(),
        Ties::Breaker(breaker) => {
            let by = match breaker {
                TieBreaker::Survey => language.of("điểm điều tra xã hội học", "survey points").to_owned(),
                TieBreaker::Appraisal => language.of("điểm thẩm định", "appraisal points").to_owned(),
                TieBreaker::Node(code) => {
                    format!("{} {code}", language.of("chỉ số thành phần", "component index"))
                }
            };
            match language {
                Language::Vi => {
                    format!("đơn vị bằng nhau xếp theo {by}; nếu vẫn bằng nhau thì cùng hạng (1-2-2-4)")
                }
                Language::En => {
                    format!("equal units are ordered by {by}; if still equal, they share a place (1-2-2-4)")
                }
            }
        }
    }
}

/// What an exemption does to the scale.
pub fn exemption(method: ExemptionMethod, language: Language) -> &'static str {
    match method {
        ExemptionMethod::ReduceScale => language.of(
            "giảm thang điểm theo nội dung không đánh giá",
            "the scale is reduced by what is not evaluated",
        ),
        ExemptionMethod::RescaleToFull => {
            language.of("quy đổi điểm về thang điểm đầy đủ", "points are converted to the full scale")
        }
    }
}

/// Which mean is the province's.
pub fn province_mean(mean: ProvinceMean, language: Language) -> &'static str {
    match mean {
        ProvinceMean::ClusterMeans => language.of(
            "trung bình cộng của trung bình các khối, không theo số đơn vị của từng khối",
            "the mean of the cluster means, whatever the number of units in each cluster",
        ),
        ProvinceMean::Units => {
            language.of("trung bình cộng của tất cả các đơn vị", "the mean of all units, unweighted")
        }
    }
}

/// How a unit relates to the year before.
pub fn lineage(lineage: Lineage, language: Language) -> &'static str {
    match lineage {
        Lineage::Same => language.of("cùng đơn vị", "same unit"),
        Lineage::Successor => language.of("so với đơn vị tiền thân", "compared with the predecessor unit"),
        Lineage::Merged => language
            .of("so với trung bình các đơn vị được hợp nhất", "compared with the mean of the merged units"),
        Lineage::Split => {
            language.of("so với đơn vị trước khi tách", "compared with the unit before it was split")
        }
        Lineage::New => language.of("đơn vị mới, không so sánh", "new unit, not compared"),
    }
}

/// Why points were lost, apart from the reasons of requests for explanation, which the year names.
pub fn cause(cause: &Cause, language: Language) -> &'static str {
    match cause {
        Cause::Reason(_) => {
            language.of("thẩm định yêu cầu giải trình", "explanation requested by the appraisers")
        }
        Cause::Unexplained => language.of(
            "thẩm định thấp hơn điểm tự chấm, không nêu lý do",
            "appraised below the self-score, no reason given",
        ),
        Cause::Unclaimed => language.of("đơn vị tự chấm chưa đạt", "not claimed in the unit's self-score"),
        Cause::Survey => {
            language.of("điều tra xã hội học chưa đạt tối đa", "survey result below the maximum")
        }
        Cause::Unscored => language.of("chưa có điểm có hiệu lực", "no binding score yet"),
        Cause::Appraised => language.of(
            "thẩm định chấm trực tiếp chưa đạt tối đa",
            "scored by the appraisers alone, below the maximum",
        ),
    }
}

/// What became of a survey sheet.
pub fn sheet(status: SheetStatus, language: Language) -> &'static str {
    match status {
        SheetStatus::Accepted => language.of("đạt yêu cầu", "accepted"),
        SheetStatus::Rejected => language.of("không nghiệm thu", "not accepted"),
        SheetStatus::NotReturned => language.of("không thu về", "not returned"),
    }
}

/// What becomes of a unit in a year.
pub fn status(status: Status, language: Language) -> &'static str {
    match status {
        Status::Ranked => language.of("xếp hạng", "ranked"),
        Status::Scored => language.of("chấm, không xếp hạng", "scored, not ranked"),
        Status::NotEvaluated => language.of("không đánh giá", "not evaluated"),
    }
}

/// What stands where a ranked unit has its class; `None` for a unit that is ranked.
pub fn instead_of_class(status: Status, language: Language) -> Option<&'static str> {
    match status {
        Status::Ranked => None,
        Status::Scored => Some(language.of("không xếp hạng", "not ranked")),
        Status::NotEvaluated => Some(language.of("không đánh giá", "not evaluated")),
    }
}

/// What becomes of a unit, since or until when, and on what ground: `không đánh giá, đến ngày 30/06/2025, theo
/// Quyết định số …`.
pub fn status_of(unit: &Unit, language: Language) -> String {
    let mut said = status(unit.status, language).to_owned();
    let period = unit.period.said(language);
    if !period.is_empty() {
        said = format!("{said}, {period}");
    }
    match &unit.ground {
        Some(ground) => {
            let by = language.of("theo", "by");
            format!("{said}, {by} {}", ground.inside_sentence())
        }
        None => said,
    }
}

/// That leaves are not yet scored: `chưa chấm (3 tiêu chí)`.
pub fn unscored(missing: usize, language: Language) -> String {
    language.of(
        format!("chưa chấm ({missing} tiêu chí)"),
        format!("not yet scored ({missing} {})", if missing == 1 { "criterion" } else { "criteria" }),
    )
}
