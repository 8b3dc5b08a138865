//! The analysis of how firm a standing is, in words.

use crate::analysis::pairs::Effect;
use crate::language::Language;

/// What stands above every analysis.
pub fn remark(language: Language) -> &'static str {
    language.of(
        "Phân tích tham khảo, không phải kết quả chính thức",
        "Analysis for reference, not an official result",
    )
}

/// The model of uncertainty, a sentence or two a part.
pub fn model(language: Language) -> [&'static str; 5] {
    language.of(MODEL, MODEL_EN)
}

/// What the figures of areas say, a sentence or two a figure.
pub fn areas(language: Language) -> [&'static str; 4] {
    language.of(AREAS, AREAS_EN)
}

/// The warning for a list of few units.
pub fn few(units: usize, language: Language) -> String {
    language.of(
        format!(
            "Bảng chỉ có {units} đơn vị: với ít đơn vị như vậy, tương quan, phần phương sai và độ tin cậy hầu như \
             không nói lên điều gì; không nên dựa vào các số này để kết luận."
        ),
        format!(
            "This table has only {units} units: with so few, correlations, shares of variance and reliability say \
             next to nothing; no conclusion should rest on them."
        ),
    )
}

/// What a change does to the order of two units.
pub fn effect(effect: Effect, language: Language) -> &'static str {
    match effect {
        Effect::Swap => language.of("đổi chỗ", "the two swap places"),
        Effect::Level => language.of("thành ngang nhau", "the two become level"),
        Effect::Part => language.of("không còn ngang nhau", "the two are no longer level"),
    }
}

const MODEL: [&str; 5] = [
    "Tiêu chí còn ý kiến khác nhau là tiêu chí mà tự chấm điểm, một lần thẩm định hoặc Hội đồng thẩm định \
     cho điểm khác với điểm có hiệu lực. Mỗi lượt mô phỏng giữ điểm có hiệu lực với xác suất 1/2; các \
     mức điểm khác chia đều xác suất 1/2 còn lại; các tiêu chí độc lập với nhau.",
    "Điểm điều tra xã hội học được cộng một sai số chọn mẫu ngẫu nhiên, gần như phân phối chuẩn (tổng của 12 số \
     ngẫu nhiên phân phối đều), với phương sai đúng bằng phương sai của một câu trả lời chia cho số câu trả lời có \
     ý kiến; các câu trả lời coi là độc lập với nhau. Điểm sau đó được làm tròn và giữ trong khoảng từ 0 đến điểm \
     tối đa như khi tính kết quả.",
    "Mọi số liệu khác giữ nguyên. Mỗi lượt mô phỏng tính lại tổng điểm, chỉ số, thứ hạng và xếp loại theo đúng quy \
     tắc của bộ tiêu chí.",
    "Chỉ số chính thức có thể nằm ngoài khoảng 5–95%: khi các mức điểm khác phần lớn thấp hơn (hoặc cao hơn) điểm có \
     hiệu lực, cả khoảng lệch về phía đó.",
    "Khoảng 5–95% bỏ đi 5% số lượt thấp nhất và 5% số lượt cao nhất. Cùng số lượt và cùng hạt giống thì cho cùng \
     một kết quả trên mọi máy.",
];

const MODEL_EN: [&str; 5] = [
    "A disputed criterion is one to which the self-score, a round of appraisal or the appraisal \
     council gave points other than the binding score. Each draw keeps the binding score with probability 1/2; the \
     other scores share the remaining probability of 1/2 equally; criteria are independent of each other.",
    "Survey points receive a random sampling error that is close to normally distributed (the sum of 12 uniform \
     random numbers) and whose variance is exactly the variance of one answer divided by the number of answers that \
     express an opinion; answers are taken to be independent of each other. The points are then rounded and kept \
     between 0 and the maximum, as they are when results are computed.",
    "All other figures stay as they are. Each draw recomputes totals, indices, places and classes by the rules of \
     the criteria set.",
    "The official index may lie outside the 5–95% range: where most of the other scores are lower (or higher) than \
     the binding score, the whole range is shifted to that side.",
    "The 5–95% range leaves out the lowest 5% and the highest 5% of the draws. The same number of draws with the \
     same seed gives the same result on every machine.",
];

const AREAS: [&str; 4] = [
    "Tỷ trọng điểm là điểm tối đa của lĩnh vực chia cho thang điểm đầy đủ.",
    "Phần phương sai là hiệp phương sai giữa phần đóng góp của lĩnh vực vào chỉ số (điểm của lĩnh vực chia cho thang \
     điểm của đơn vị) và chỉ số, chia cho phương sai của chỉ số: lĩnh vực có phần càng lớn thì càng quyết định chênh \
     lệch giữa các đơn vị. Phần âm nghĩa là lĩnh vực đi ngược với thứ hạng chung.",
    "Tương quan (từ -1 đến 1) tính giữa chỉ số thành phần của hai lĩnh vực, theo giá trị (Pearson) và theo thứ tự \
     (Spearman), trên các đơn vị được đánh giá cả hai lĩnh vực.",
    "Độ tin cậy (hệ số Cronbach alpha) cho biết các lĩnh vực cùng đo một điều đến mức nào; tính trên chỉ số thành phần \
     của những lĩnh vực mà mọi đơn vị trong bảng đều được đánh giá. Cần ít nhất 3 đơn vị.",
];

const AREAS_EN: [&str; 4] = [
    "The share of points is the maximum of the area divided by the full scale.",
    "The share of variance is the covariance between the area's contribution to the index (the area's points divided \
     by the unit's scale) and the index, divided by the variance of the index: the larger an area's share, the more \
     it decides the differences between units. A negative share means that the area runs against the overall order.",
    "Correlations (from -1 to 1) are taken between the component indices of two areas, by value (Pearson) and by \
     order (Spearman), over the units evaluated in both areas.",
    "Reliability (Cronbach's alpha) tells how far the areas measure the same thing; it is taken over the component \
     indices of those areas in which every unit of the table was evaluated. At least 3 units are needed.",
];
