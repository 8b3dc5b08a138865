//! The analysis of how firm a standing is, in words.

use crate::analysis::pairs::Effect;

/// What stands above every analysis.
pub const REMARK: &str = "Phân tích tham khảo, không phải kết quả chính thức";

/// The model of uncertainty, a sentence a part.
pub const MODEL: [&str; 5] = [
    "Tiêu chí còn ý kiến khác nhau là tiêu chí mà tự chấm điểm, thẩm định lần 1, thẩm định lần 2 hoặc Hội đồng \
     thẩm định cho điểm khác với điểm có hiệu lực. Mỗi lượt mô phỏng giữ điểm có hiệu lực với xác suất 1/2; các \
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

/// What a change does to the order of two units.
pub fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Swap => "đổi chỗ",
        Effect::Level => "thành ngang nhau",
        Effect::Part => "không còn ngang nhau",
    }
}

/// The warning for a list of few units.
pub fn few(units: usize) -> String {
    format!(
        "Bảng chỉ có {units} đơn vị: với ít đơn vị như vậy, tương quan, phần phương sai và độ tin cậy hầu như không \
         nói lên điều gì; không nên dựa vào các số này để kết luận."
    )
}

/// What the figures of areas say, a sentence a figure.
pub const AREAS: [&str; 4] = [
    "Tỷ trọng điểm là điểm tối đa của lĩnh vực chia cho thang điểm đầy đủ.",
    "Phần phương sai là hiệp phương sai giữa phần đóng góp của lĩnh vực vào chỉ số (điểm của lĩnh vực chia cho thang \
     điểm của đơn vị) và chỉ số, chia cho phương sai của chỉ số: lĩnh vực có phần càng lớn thì càng quyết định chênh \
     lệch giữa các đơn vị. Phần âm nghĩa là lĩnh vực đi ngược với thứ hạng chung.",
    "Tương quan (từ -1 đến 1) tính giữa chỉ số thành phần của hai lĩnh vực, theo giá trị (Pearson) và theo thứ tự \
     (Spearman), trên các đơn vị được đánh giá cả hai lĩnh vực.",
    "Độ tin cậy (hệ số Cronbach alpha) cho biết các lĩnh vực cùng đo một điều đến mức nào; tính trên chỉ số thành phần \
     của những lĩnh vực mà mọi đơn vị trong bảng đều được đánh giá. Cần ít nhất 3 đơn vị.",
];
