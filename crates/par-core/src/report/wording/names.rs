//! The names templates can use, where each is known, and what it stands for.

use std::sync::LazyLock;

use super::super::value::Kind;
use crate::text;

/// What stands around a name: the year and the lists that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Everywhere.
    Year,
    /// Inside a cluster or block.
    Group,
    /// Inside an area.
    Area,
    /// Inside a unit.
    Unit,
    /// Inside a criteria set.
    Set,
    /// Inside a class.
    Class,
    /// Inside a criterion.
    Criterion,
    /// Inside a reduced scale.
    Scale,
    /// Inside a reason.
    Reason,
    /// Inside a form type.
    Form,
    /// Inside a remark.
    Finding,
    /// Inside a loss of a unit.
    Loss,
}

/// A name: in which contexts it is known, as typed, its kind, what it says.
pub type Entry = (&'static [Context], &'static str, Kind, &'static str);

/// All names, in the order in which they are listed for people.
pub const NAMES: &[Entry] = {
    use Context::{Area, Class, Criterion, Finding, Form, Loss, Reason, Scale, Set, Unit, Year};
    use Kind::{Change, List, Nodes, Number, Units, Word};
    &[
        (&[Year], "năm", Word, "năm được đánh giá"),
        (&[Year], "năm trước", Word, "năm liền trước có số liệu"),
        (&[Year], "tỉnh", Word, "tên tỉnh, như “tỉnh Lai Châu”"),
        (&[Year], "tiêu đề", Word, "tiêu đề của kết quả"),
        (&[Year], "ghi chú dữ liệu", Word, "lưu ý về dữ liệu, nếu có"),
        (&[Year], "số khối", Number, "số khối đơn vị"),
        (&[Year], "số lĩnh vực", Number, "số lĩnh vực"),
        (&[Year], "phiếu phát ra", Number, "số phiếu điều tra phát ra"),
        (&[Year], "phiếu thu về", Number, "số phiếu thu về"),
        (&[Year], "tỷ lệ thu về", Number, "tỷ lệ phiếu thu về, một chữ số thập phân"),
        (&[Year], "phiếu hợp lệ", Number, "số phiếu được nghiệm thu"),
        (&[Year], "phiếu không hợp lệ", Number, "số phiếu không được nghiệm thu"),
        (&[Year], "phiếu vượt chỉ tiêu", Number, "số phiếu không nghiệm thu vì thừa so với yêu cầu"),
        (&[Year], "phiếu không thu về", Number, "số phiếu không thu về"),
        (&[Year], "số mẫu phiếu", Number, "số mẫu phiếu"),
        (&[Year], "số lần thẩm định", Word, "số lần thẩm định trước khi Hội đồng kết luận, bằng chữ"),
        (&[Year], "lần thẩm định cuối", Number, "lần thẩm định cuối cùng là lần mấy"),
        (&[Year], "số yêu cầu giải trình", Number, "số lượt nội dung bị yêu cầu giải trình"),
        (&[Year], "giải trình", Units, "đơn vị được yêu cầu giải trình"),
        (&[Year], "không giải trình", Units, "đơn vị có nội dung không giải trình"),
        (&[Year], "tỷ lệ giải trình", Number, "phần trăm đơn vị phải giải trình"),
        (
            &[Year],
            "điểm hội đồng thay đổi",
            Number,
            "số điểm thành phần Hội đồng kết luận khác lần thẩm định cuối",
        ),
        (&[Year], "cách tính trung bình tỉnh", Word, "cách lấy trung bình của tỉnh"),
        (&[Year], "cách làm tròn", Word, "cách làm tròn khi in"),
        (&[Year], "cách xếp hạng bằng nhau", Word, "cách xếp hạng khi bằng nhau"),
        (&[Year], "tên", Word, "tên của khối, bảng, lĩnh vực … đang nói tới"),
        (&[Year], "đơn vị", Units, "đơn vị được đánh giá trên tổng số đơn vị"),
        (&[Year], "không đánh giá", Units, "đơn vị không đánh giá nội dung này"),
        (&[Year], "chưa chấm", Units, "đơn vị chưa chấm xong nội dung này"),
        (&[Year], "trung bình", Number, "giá trị trung bình (%)"),
        (&[Year], "trung bình năm trước", Number, "giá trị trung bình năm trước (%)"),
        (&[Year], "thay đổi", Change, "thay đổi của giá trị trung bình"),
        (&[Year], "cao nhất", Units, "đơn vị cao nhất (cả những đơn vị bằng nhau)"),
        (&[Year], "cao thứ hai", Units, "đơn vị đứng sau đơn vị cao nhất"),
        (&[Year], "thấp nhất", Units, "đơn vị thấp nhất"),
        (&[Year], "thấp thứ hai", Units, "đơn vị đứng trước đơn vị thấp nhất"),
        (&[Year], "tăng", Units, "đơn vị tăng so với năm trước"),
        (&[Year], "giảm", Units, "đơn vị giảm so với năm trước"),
        (&[Year], "không đổi", Units, "đơn vị không thay đổi"),
        (&[Year], "tăng nhiều nhất", Units, "đơn vị tăng nhiều nhất"),
        (&[Year], "tăng nhiều thứ hai", Units, "đơn vị tăng nhiều thứ hai"),
        (&[Year], "giảm nhiều nhất", Units, "đơn vị giảm nhiều nhất"),
        (&[Year], "giảm nhiều thứ hai", Units, "đơn vị giảm nhiều thứ hai"),
        (&[Year], "đơn vị mới", Units, "đơn vị không có năm trước để so sánh"),
        (&[Year], "khối", List, "các khối"),
        (&[Year], "bảng", List, "các bảng xếp hạng"),
        (&[Year], "lĩnh vực", List, "các lĩnh vực"),
        (&[Year], "bộ tiêu chí", List, "các bộ tiêu chí"),
        (&[Year], "loại", List, "các loại, từ cao xuống"),
        (&[Year], "lý do", List, "các lý do yêu cầu giải trình"),
        (&[Year], "mẫu phiếu", List, "các mẫu phiếu"),
        (&[Year], "thang điểm riêng", List, "các nhóm đơn vị có thang điểm thấp hơn"),
        (&[Year], "tiêu chí mất điểm", List, "các tiêu chí mất nhiều điểm nhất"),
        (&[Year], "danh sách đơn vị", List, "các đơn vị theo thứ hạng"),
        (&[Area, Criterion, Loss], "mã", Word, "mã của lĩnh vực"),
        (&[Area], "thứ hạng", Number, "lĩnh vực đứng thứ mấy theo giá trị trung bình"),
        (&[Area], "mốc trên", Number, "mốc phần trăm để nêu các đơn vị cao"),
        (&[Area], "mốc dưới", Number, "mốc phần trăm để nêu các đơn vị thấp"),
        (&[Area], "trên", Units, "đơn vị trên mốc trên"),
        (&[Area], "đạt mốc", Units, "đơn vị từ mốc trên trở lên"),
        (&[Area], "dưới", Units, "đơn vị dưới mốc dưới"),
        (&[Area], "còn lại", Units, "đơn vị giữa hai mốc"),
        (&[Area], "tiêu chí", List, "các tiêu chí của lĩnh vực"),
        (&[Area], "nhận xét", List, "các nhận xét về lĩnh vực"),
        (&[Area], "tiêu chí cao nhất", Nodes, "tiêu chí có tỷ lệ điểm cao nhất"),
        (&[Area], "tiêu chí cao thứ hai", Nodes, "tiêu chí đứng thứ hai"),
        (&[Area], "tiêu chí thấp nhất", Nodes, "tiêu chí có tỷ lệ điểm thấp nhất"),
        (&[Area], "tiêu chí thấp thứ hai", Nodes, "tiêu chí thấp thứ hai"),
        (&[Area], "tiêu chí thấp năm trước", Nodes, "hai tiêu chí thấp nhất của năm trước"),
        (&[Area], "tiêu chí tăng", Nodes, "tiêu chí, tiêu chí thành phần tăng so với năm trước"),
        (&[Area], "tiêu chí giảm", Nodes, "tiêu chí, tiêu chí thành phần giảm so với năm trước"),
        (&[Area], "tiêu chí riêng", Nodes, "tiêu chí chỉ có ở một bộ tiêu chí"),
        (&[Area], "tiêu chí yếu", Nodes, "tiêu chí mà các đơn vị dưới mốc mất nhiều điểm"),
        (&[Unit], "bảng xếp hạng", Word, "tên bảng xếp hạng của đơn vị"),
        (&[Unit], "hạng", Number, "thứ hạng"),
        (&[Unit], "số đơn vị bảng", Number, "số đơn vị của bảng xếp hạng"),
        (&[Unit], "chỉ số", Number, "chỉ số (%), hoặc tỷ lệ điểm của lĩnh vực"),
        (&[Unit], "chỉ số năm trước", Number, "chỉ số năm trước (%)"),
        (&[Unit], "thay đổi của đơn vị", Change, "thay đổi của chỉ số hoặc tỷ lệ điểm"),
        (&[Unit], "tổng điểm", Number, "tổng điểm"),
        (&[Unit], "điểm tự chấm", Number, "tổng điểm tự chấm"),
        (&[Unit], "điểm thẩm định", Number, "điểm thẩm định"),
        (&[Unit], "điểm điều tra", Number, "điểm điều tra xã hội học"),
        (&[Unit, Scale], "thang điểm", Number, "thang điểm của đơn vị hoặc của nhóm"),
        (&[Unit], "xếp loại", Word, "xếp loại"),
        (&[Unit], "trạng thái", Word, "vì sao không xếp hạng, kèm căn cứ; không có nếu đơn vị được xếp hạng"),
        (&[Unit], "loại trên", Word, "loại kế trên"),
        (&[Unit], "còn thiếu", Number, "điểm phần trăm còn thiếu để lên loại kế trên"),
        (&[Unit], "mất điểm", List, "các nội dung mất nhiều điểm nhất"),
        (&[Unit], "số nội dung giải trình", Number, "số nội dung bị yêu cầu giải trình"),
        (&[Set], "thang điểm đầy đủ", Number, "tổng điểm tối đa của bộ tiêu chí hoặc lĩnh vực"),
        (&[Set], "điểm tối đa thẩm định", Number, "phần điểm thẩm định trong thang điểm"),
        (&[Set], "điểm tối đa điều tra", Number, "phần điểm điều tra và chỉ số công bố"),
        (
            &[Set],
            "thang điểm năm nay",
            Number,
            "thang điểm sau khi trừ nội dung không đánh giá với mọi đơn vị",
        ),
        (&[Set], "bỏ chung", Word, "nội dung không đánh giá với mọi đơn vị"),
        (&[Set], "điểm bỏ chung", Number, "điểm của nội dung không đánh giá với mọi đơn vị"),
        (&[Set], "số tiêu chí", Number, "số tiêu chí"),
        (&[Set], "số tiêu chí thành phần", Number, "số tiêu chí thành phần"),
        (&[Set], "số tiêu chí mới", Number, "số tiêu chí lần đầu đánh giá"),
        (&[Class], "số năm trước", Number, "số đơn vị loại này năm trước"),
        (&[Criterion, Loss], "điểm mất", Number, "tổng điểm các đơn vị không đạt"),
        (&[Scale], "nội dung", Word, "nội dung không đánh giá"),
        (&[Loss], "điểm tối đa", Number, "điểm tối đa của nội dung"),
        (&[Loss], "lý do giải trình", Word, "lý do yêu cầu giải trình, nếu có"),
        (&[Reason], "số lượt", Number, "số lần yêu cầu với lý do này"),
        (&[Form], "người trả lời", Word, "đối tượng trả lời"),
        (&[Form], "đối tượng đánh giá", Word, "đơn vị được đánh giá bằng mẫu phiếu"),
        (&[Form], "số câu hỏi", Number, "số câu hỏi của mẫu phiếu"),
        (&[Finding], "câu", Word, "nội dung nhận xét"),
    ]
};

/// Names that carry a key of the year's facts behind them, as in `{dữ kiện council_date}`.
pub const FACT: &str = "du-kien-";
/// The ratio of two facts in percent, as in `{tỷ lệ dữ kiện council_agree council_members}`.
pub const FACT_RATIO: &str = "ty-le-du-kien-";

/// The context inside a list.
pub fn inside(list: &str) -> Context {
    match list {
        "khoi" | "bang" => Context::Group,
        "linh-vuc" => Context::Area,
        "bo-tieu-chi" => Context::Set,
        "loai" => Context::Class,
        "ly-do" => Context::Reason,
        "mau-phieu" => Context::Form,
        "thang-diem-rieng" => Context::Scale,
        "nhan-xet" => Context::Finding,
        "tieu-chi" | "tieu-chi-mat-diem" => Context::Criterion,
        "danh-sach-don-vi" => Context::Unit,
        "mat-diem" => Context::Loss,
        _ => Context::Year,
    }
}

/// The keys of [`NAMES`]: a wording asks for hundreds of names, and a key takes a while to make.
static KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| NAMES.iter().map(|entry| text::slug(entry.1)).collect());

/// The kind of a name where those contexts are open; `None` when it is not known there.
pub fn kind(key: &str, contexts: &[Context], list: bool) -> Option<Kind> {
    if !list && key.starts_with(FACT_RATIO) {
        return Some(Kind::Number);
    }
    if !list && key.starts_with(FACT) {
        return Some(Kind::Word);
    }
    let fits = |(entry, known): &(&Entry, &String)| {
        *known == key
            && (entry.2 == Kind::List) == list
            && entry.0.iter().any(|context| *context == Context::Year || contexts.contains(context))
    };
    NAMES.iter().zip(KEYS.iter()).find(fits).map(|(entry, _)| entry.2)
}

/// Names known in those contexts that look like a mistyped one: those with slips of a few letters
/// first, then those that share words.
pub fn near(key: &str, contexts: &[Context]) -> Vec<String> {
    let words: Vec<&str> = key.split('-').collect();
    let known = || {
        let open = |entry: &&Entry| entry.0.iter().any(|one| *one == Context::Year || contexts.contains(one));
        NAMES.iter().filter(open).map(|entry| entry.1)
    };
    let mut found = text::alike(key, known());
    let mut sharing: Vec<(usize, &str)> = known()
        .map(|name| (text::slug(name).split('-').filter(|word| words.contains(word)).count(), name))
        .filter(|(shared, _)| *shared > 0)
        .collect();
    sharing.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    for (_, name) in sharing {
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    }
    found.truncate(3);
    found
}
