//! Sentences about facts of the database that do not hold.

use par_core::framework::Source;
use par_core::language::Language;
use par_core::points::read::{Notation, decimal};
use par_core::year::sheets::SheetStatus;
use par_core::year::{Outcome, Stage};
use par_core::{text, words};
use par_store::fact::Fact;
use par_store::finding::Finding;

/// A place where a fact does not hold: where, what is wrong, what stands there and what should.
pub fn finding(finding: &Finding) -> String {
    let (wrong, told) = fact(finding.fact);
    let place = match finding.place.as_str() {
        // Something about the year itself.
        "" | "years" => String::new(),
        codes => place(codes),
    };
    let place = match (finding.year, place.is_empty()) {
        (Some(year), true) => format!("Năm {year}"),
        (Some(year), false) => format!("Năm {year}, {place}"),
        (None, true) => "Cơ sở dữ liệu".to_owned(),
        (None, false) => text::capital(&place),
    };
    let details = details(told, &finding.said, &finding.expected);
    let details = if details.is_empty() { details } else { format!(" ({details})") };
    format!("{place}: {wrong}{details}.")
}

/// What is no fault, a line a year and fact: how many, what, and the first.
pub fn remarks(remarks: &[Finding]) -> Vec<String> {
    let alike = remarks.chunk_by(|one, next| (one.year, one.fact) == (next.year, next.fact));
    let line = |alike: &[Finding]| {
        let (first, wrong) = (&alike[0], fact(alike[0].fact).0);
        let year = first.year.map_or_else(String::new, |year| format!("Năm {year}, "));
        format!(
            "{year}{} chỗ cần biết, không phải lỗi của dữ liệu: {wrong}; chỗ đầu tiên: {}.",
            alike.len(),
            place(&first.place)
        )
    };
    alike.map(line).collect()
}

/// How what stands there is told beside what was expected.
#[derive(Clone, Copy)]
enum Told {
    /// The sentence says it all.
    Nothing,
    /// Only what stands there; the sentence says what should.
    Said,
    /// A number, and the sentence says what it should be.
    Number,
    /// Both, as they are.
    Texts,
    /// The name of a column.
    Column,
    /// Numbers of rows with the digest of all.
    Rows,
    /// Both are numbers.
    Numbers,
    /// A number and the range it must be in.
    Range,
    /// A word and the words there are.
    Words,
    /// Points of a maximum, both sides.
    Fraction,
    /// Points, and the rule's points or why it gives none.
    Rule,
    /// Points, and how many decimals are kept.
    Places,
    /// A lower and an upper mark.
    Marks,
    /// Points, and who provides the score.
    Source,
    /// Points of a round, if it gave any, and the maximum.
    Asked,
    /// An answer and what became of it.
    Answer,
    /// What became of an answer with the points of the round after it, and the points of the round before.
    Outcome,
    /// Points of a round and of the round before.
    Rounds,
    /// A round or its number, and how many rounds there are.
    Held,
    /// Accepted sheets and the quota.
    Quota,
    /// Why a sheet was refused, and its status.
    Sheet,
    /// Ratings on a sheet.
    Ratings,
    /// Answers, and how many questions there are.
    Answers,
}

/// What is wrong where the fact does not hold.
fn fact(fact: Fact) -> (&'static str, Told) {
    match fact {
        Fact::SchemaVersion => ("không phải do chương trình này tạo ra, hoặc đã bị sửa", Told::Texts),
        Fact::ReadableRow => ("có giá trị không đọc được, khác kiểu đã khai báo hoặc đã hỏng", Told::Column),
        Fact::FileIntegrity => ("tệp hỏng: chính SQLite thấy trang hoặc chỉ mục không khớp", Told::Said),
        Fact::YearReference => ("có dòng thuộc về một năm không có trong dữ liệu", Told::Said),
        Fact::JournalSequence => {
            ("số thứ tự các dòng nhật ký không liên tục, có dòng bị xóa hoặc chèn", Told::Texts)
        }
        Fact::JournalHash => {
            ("không khớp mã băm của nó hoặc của dòng trước, nội dung đã bị sửa", Told::Texts)
        }
        Fact::JournalHead => ("không chỉ vào dòng cuối cùng, có dòng cuối bị xóa hoặc thêm", Told::Texts),
        Fact::JournalRevision => ("số lần ghi của năm trong nhật ký không liên tục", Told::Texts),
        Fact::YearRevision => ("số lần ghi của năm khác với dòng nhật ký cuối cùng của năm", Told::Texts),
        Fact::CellRevision => {
            ("ô điểm hoặc yêu cầu giải trình mang số lần ghi mà năm chưa từng có", Told::Range)
        }
        Fact::CellJournal => ("điểm chấm khác với nội dung nhật ký đã ghi", Told::Texts),
        Fact::ImportDigest => (
            "các điểm chấm đã nhập khác với lúc nhập, có điểm bị sửa, thêm hoặc xóa ngoài chương trình",
            Told::Texts,
        ),
        Fact::YearSeal => (
            "nội dung bảng khác với lúc nhập hoặc lúc nâng cấp, có dòng bị sửa, thêm hoặc xóa ngoài chương trình",
            Told::Rows,
        ),
        Fact::KnownWord => ("có từ mã hóa mà chương trình không biết", Told::Words),
        Fact::ReadableNumber => ("giá trị không phải là số, hoặc nằm ngoài khoảng cho phép", Told::Said),
        Fact::Position => (
            "các dòng của danh sách không được đánh số liên tục từ 0, có dòng bị thiếu hoặc thừa",
            Told::Texts,
        ),
        Fact::SetReference => ("bộ tiêu chí của năm không có trong dữ liệu", Told::Nothing),
        Fact::SetHash => ("nội dung bộ tiêu chí đã bị sửa sau khi lưu", Told::Texts),
        Fact::SetReadable => ("bộ tiêu chí có lỗi, không đọc được trọn vẹn", Told::Nothing),
        Fact::SetHeader => ("tên bộ tiêu chí trong danh sách khác với tên trong tệp của bộ", Told::Texts),
        Fact::SetQuestion => ("bộ tiêu chí tính điểm từ một câu hỏi không có trên mẫu phiếu nào", Told::Said),
        Fact::BlockSet => ("bảng xếp hạng không gắn với bộ tiêu chí nào của năm", Told::Said),
        Fact::BlockCluster => ("bảng xếp hạng không thuộc khối nào của năm", Told::Said),
        Fact::BlockName => ("mã bảng xếp hạng hoặc mã khối bị trùng hoặc để trống", Told::Said),
        Fact::ClassOrder => ("các mức xếp loại không giảm dần đến mức bắt đầu từ 0", Told::Said),
        Fact::ClassBlock => {
            ("mức xếp loại thuộc về một bảng xếp hạng không có mức xếp loại riêng", Told::Said)
        }
        Fact::ThresholdArea => {
            ("ngưỡng đánh giá đặt cho một lĩnh vực không có trong bộ tiêu chí nào", Told::Said)
        }
        Fact::ThresholdOrder => {
            ("ngưỡng dưới cao hơn ngưỡng trên, hoặc ngưỡng nằm ngoài 0 đến 100", Told::Marks)
        }
        Fact::ReasonCode => ("mã lý do bị trùng hoặc để trống", Told::Said),
        Fact::FactKey => ("mã số liệu chung của năm bị trùng hoặc để trống", Told::Said),
        Fact::UnitBlock => ("đơn vị không thuộc bảng xếp hạng nào của năm", Told::Said),
        Fact::UnitCode => ("mã hoặc tên đơn vị bị trùng hoặc để trống", Told::Said),
        Fact::UnitSlug => (
            "địa chỉ trang của đơn vị bị trùng, để trống, hoặc có ký tự ngoài a-z, 0-9 và dấu gạch nối",
            Told::Said,
        ),
        Fact::UnitPeriod => {
            ("từ ngày, đến ngày của đơn vị không phải ngày, ngược thứ tự, hoặc nằm ngoài năm", Told::Said)
        }
        Fact::UnitGround => {
            ("đơn vị không xếp hạng mà không có căn cứ, hoặc căn cứ không đọc được", Told::Said)
        }
        Fact::UnitAnswers => {
            ("đơn vị không đánh giá mà lại có câu trả lời điều tra được tính", Told::Nothing)
        }
        Fact::UnitReference => ("có dòng nêu một đơn vị không có trong năm", Told::Said),
        Fact::Predecessor => ("đơn vị tiền thân không có trong số liệu của năm trước", Told::Said),
        Fact::PreviousPercent => ("số liệu của năm trước nằm ngoài khoảng 0 đến 100", Told::Number),
        Fact::PreviousYear => {
            ("năm so sánh không sớm hơn năm này, hoặc có số liệu năm trước mà không nêu năm", Told::Said)
        }
        Fact::ExemptionCode => ("mục được nêu không có trong bộ tiêu chí của đơn vị", Told::Said),
        Fact::ExemptionReason => ("không nêu lý do", Told::Nothing),
        Fact::ExemptionOnce => ("được ghi hai lần cho cùng đơn vị", Told::Nothing),
        Fact::SomethingLeft => ("đơn vị không còn tiêu chí nào được đánh giá", Told::Nothing),
        Fact::JudgementLeaf => {
            ("điểm chấm hoặc yêu cầu giải trình đặt ở mục không phải tiêu chí chấm điểm", Told::Said)
        }
        Fact::JudgementInputs => ("số liệu chấm điểm không đọc được", Told::Said),
        Fact::JudgementRule => ("điểm không đúng với kết quả của cách chấm", Told::Rule),
        Fact::JudgementLaw => (
            "số đạt (b) lớn hơn 0 mà tổng số (a) bằng 0; phiên bản trước cho nhập, nay không nhận thêm",
            Told::Said,
        ),
        Fact::JudgementBounds => ("điểm nằm ngoài khoảng từ 0 đến điểm tối đa của tiêu chí", Told::Range),
        Fact::JudgementPlaces => ("điểm có nhiều chữ số thập phân hơn bộ tiêu chí quy định", Told::Places),
        Fact::JudgementExempt => ("tiêu chí không đánh giá đối với đơn vị mà vẫn có điểm", Told::Number),
        Fact::JudgementSurvey => {
            ("tiêu chí điều tra xã hội học được tính từ phiếu mà lại có điểm chấm", Told::Number)
        }
        Fact::SelfScoreOpen => ("tiêu chí không do đơn vị tự chấm mà lại có điểm tự chấm", Told::Source),
        Fact::StageOrder => ("bước chấm sau có điểm mà thẩm định lần 1 chưa có", Told::Nothing),
        Fact::ScoreComplete => ("tiêu chí được đánh giá mà chưa có điểm có hiệu lực", Told::Nothing),
        Fact::RequestReason => ("yêu cầu giải trình nêu lý do không có trong danh sách của năm", Told::Said),
        Fact::RequestMax => {
            ("có yêu cầu giải trình mà điểm thẩm định không thấp hơn điểm tối đa", Told::Asked)
        }
        Fact::RequestAnswer => ("nội dung giải trình không khớp kết quả xử lý", Told::Answer),
        Fact::RequestOutcome => ("điểm thẩm định không khớp kết quả xử lý giải trình", Told::Outcome),
        Fact::RoundRequest => ("điểm thẩm định khác lần trước mà không có yêu cầu giải trình", Told::Rounds),
        Fact::RoundHeld => ("lần thẩm định này nhiều hơn số lần thẩm định của năm", Told::Held),
        Fact::SurveyForm => {
            ("câu hỏi, chỉ tiêu hoặc phiếu thuộc một mẫu phiếu không có trong năm", Told::Said)
        }
        Fact::FormCode => ("mã mẫu phiếu hoặc mã câu hỏi của mẫu bị trùng hoặc để trống", Told::Said),
        Fact::SheetStratum => ("phiếu không thuộc nhóm đối tượng nào của mẫu phiếu", Told::Said),
        Fact::SheetIssued => ("số phiếu được ghi nhận khác số phiếu phát ra", Told::Texts),
        Fact::SheetQuota => ("số phiếu đạt yêu cầu nhiều hơn chỉ tiêu", Told::Quota),
        Fact::OverQuota => ("có phiếu bị loại vì vượt chỉ tiêu trong khi chỉ tiêu chưa đủ", Told::Quota),
        Fact::SheetRefusal => ("lý do loại phiếu không khớp trạng thái của phiếu", Told::Sheet),
        Fact::SheetReturned => ("phiếu không thu về mà lại có câu trả lời", Told::Ratings),
        Fact::SurveyCounts => ("số đếm của điều tra khác với số đếm lại từ các phiếu", Told::Texts),
        Fact::RatingSheet => ("câu trả lời thuộc một phiếu không có trong năm", Told::Said),
        Fact::RatingOnce => ("một phiếu đánh giá cùng một đơn vị hai lần", Told::Nothing),
        Fact::AnswerLength => ("số câu trả lời khác số câu hỏi của mẫu phiếu", Told::Answers),
        Fact::AnswerLetter => ("câu trả lời có ký tự ngoài chữ in hoa A đến Z và dấu «-»", Told::Said),
        Fact::NodeSum => {
            ("điểm hoặc điểm tối đa của mục không bằng tổng các tiêu chí bên dưới", Told::Fraction)
        }
        Fact::TotalSum => {
            ("tổng điểm không bằng điểm thẩm định cộng điểm điều tra và điểm thưởng, điểm trừ", Told::Numbers)
        }
        Fact::ScaleSum => {
            ("thang điểm không bằng tổng điểm tối đa của các tiêu chí được đánh giá", Told::Numbers)
        }
        Fact::IndexBounds => ("chỉ số nằm ngoài khoảng 0 đến 100", Told::Number),
        Fact::Place => ("thứ hạng không đúng khi đếm lại số đơn vị có kết quả cao hơn", Told::Texts),
        Fact::BlockOrder => {
            ("bảng xếp hạng không nêu mỗi đơn vị đúng một lần theo thứ tự từ cao xuống thấp", Told::Nothing)
        }
        Fact::ClassOfIndex => ("xếp loại không phải mức cao nhất mà chỉ số đạt được", Told::Texts),
        Fact::PublicationVersion => {
            ("các phiên bản đã công bố không được đánh số liên tục, có phiên bản bị xóa", Told::Texts)
        }
        Fact::PublicationJournal => {
            ("các phiên bản đã công bố khác với nội dung nhật ký đã ghi", Told::Nothing)
        }
        Fact::PublicationFiles => {
            ("tệp của phiên bản đã công bố bị sửa, thiếu hoặc thừa so với mã băm", Told::Nothing)
        }
        Fact::PublicationHead => (
            "dòng nhật ký mà phiên bản đã công bố nêu không còn như khi công bố, nhật ký đã bị viết lại",
            Told::Texts,
        ),
        Fact::PublicationInputs => {
            ("khác với bản đã công bố, mà nhật ký không có lần ghi nào sau khi công bố", Told::Nothing)
        }
        Fact::PublicationStanding => {
            ("kết quả đã công bố không khớp khi tính lại từ đầu vào của phiên bản đó", Told::Nothing)
        }
    }
}

fn details(told: Told, said: &str, expected: &str) -> String {
    match told {
        Told::Nothing => String::new(),
        Told::Said => format!("ghi {}", plain(said)),
        Told::Column if said.is_empty() => String::new(),
        Told::Column => format!("cột {said}"),
        Told::Rows => {
            let rows = |seal: &str| seal.split(' ').next().unwrap_or_default().to_owned();
            format!("có {} dòng; lúc đó {} dòng", rows(said), rows(expected))
        }
        Told::Number => format!("ghi {}", number(said)),
        Told::Texts => format!("ghi {}; đúng ra {}", phrase(said), phrase(expected)),
        Told::Numbers => format!("ghi {}; đúng ra {}", number(said), number(expected)),
        Told::Range => match expected.split_once(" to ") {
            Some((low, high)) => {
                format!("ghi {}; phải từ {} đến {}", number(said), number(low), number(high))
            }
            None => format!("ghi {}", number(said)),
        },
        Told::Words => format!("ghi {}; chỉ dùng {expected}", plain(said)),
        Told::Fraction => format!("ghi {}; đúng ra {}", fraction(said), fraction(expected)),
        Told::Rule if decimal(expected, Notation::Data).is_ok() => {
            format!("ghi {}; đúng ra {}", number(said), number(expected))
        }
        Told::Rule => format!("số liệu chấm điểm «{said}» không dùng được cho cách chấm này"),
        Told::Places => format!("ghi {}; nhiều nhất {expected} chữ số thập phân", number(said)),
        Told::Marks => format!("ngưỡng dưới {}; ngưỡng trên {}", number(said), number(expected)),
        Told::Source => {
            let source =
                Source::named(expected).map(|known| words::source(known, Language::Vi)).unwrap_or(expected);
            format!("ghi {}; nguồn điểm: {source}", number(said))
        }
        Told::Asked if said.is_empty() => "lần thẩm định này chưa có điểm".to_owned(),
        Told::Asked => format!("ghi {}; tối đa {}", number(said), number(expected)),
        Told::Answer => format!("ghi {}; kết quả: {}", plain(said), outcome(expected)),
        Told::Outcome => {
            let (what, after) = said.split_once(": ").unwrap_or(("", said));
            format!("{}; lần trước {}, lần này {}", outcome(what), number(expected), number(after))
        }
        Told::Rounds => format!("lần trước {}, lần này {}", number(expected), number(said)),
        Told::Held => format!("năm có {expected} lần"),
        Told::Quota => format!("đạt yêu cầu {said}; chỉ tiêu {expected}"),
        Told::Sheet => {
            let status = SheetStatus::named(expected)
                .map(|known| words::sheet(known, Language::Vi))
                .unwrap_or(expected);
            format!("ghi {}; trạng thái: {status}", plain(said))
        }
        Told::Ratings => format!("{said} đơn vị được đánh giá"),
        Told::Answers => format!("ghi {}; mẫu phiếu có {expected} câu", plain(said)),
    }
}

/// A value as it stands, cut where it is a hash.
pub(super) fn plain(value: &str) -> String {
    if value.trim().is_empty() {
        return "trống".to_owned();
    }
    value.split(' ').map(short).collect::<Vec<_>>().join(" ")
}

/// The same, with the phrases of the check put in Vietnamese.
fn phrase(value: &str) -> String {
    match value {
        "missing" | "none" => return "không có".to_owned(),
        "a journal line" => return "một dòng nhật ký".to_owned(),
        _ => {}
    }
    if let Some(line) = value.strip_prefix("journal ") {
        return format!("dòng nhật ký {line}");
    }
    if let Some((judgement, revision)) = value.rsplit_once(" of revision ") {
        let (points, inputs) = judgement.split_once(' ').unwrap_or((judgement, ""));
        let inputs = if inputs.is_empty() { String::new() } else { format!(" từ {inputs}") };
        return format!("{}{inputs}, lần ghi {revision}", number(points));
    }
    plain(value)
}

/// The beginning of a hash is enough to compare two.
pub(super) fn short(word: &str) -> String {
    let end = if word.ends_with(',') { "," } else { "" };
    let hash = word.trim_end_matches(',');
    if hash.len() == 64 && hash.bytes().all(|letter| letter.is_ascii_hexdigit()) {
        format!("{}…{end}", &hash[..12])
    } else {
        word.to_owned()
    }
}

fn number(value: &str) -> String {
    decimal(value, Notation::Data).map_or_else(|_| plain(value), |number| number.vi())
}

fn fraction(value: &str) -> String {
    match value.split_once(" of ") {
        Some((earned, max)) => format!("{} trên {}", number(earned), number(max)),
        None => number(value),
    }
}

fn outcome(word: &str) -> &str {
    Outcome::named(word).map(|known| words::outcome(known, Language::Vi)).unwrap_or(word)
}

/// The place of a finding: tables and stages in words, codes as they are.
fn place(place: &str) -> String {
    let mut parts: Vec<&str> = place.split_whitespace().collect();
    let last = match parts.last() {
        Some(word) if parts.len() > 2 => {
            Stage::named(word).map(|known| words::stage(known, Language::Vi)).or(match *word {
                "request" => Some("yêu cầu giải trình"),
                "outcome" => Some("kết quả giải trình"),
                _ => None,
            })
        }
        Some(&"index") => Some("chỉ số"),
        _ => None,
    };
    if last.is_some() {
        parts.pop();
    }
    if let Some(first) = parts.first_mut() {
        *first = table(first);
    }
    if parts.len() > 1 && parts[1] == "all" {
        parts[1] = "mọi đơn vị";
    }
    let place = plain(&parts.join(" "));
    match last {
        Some(last) => format!("{place}, {last}"),
        None => place,
    }
}

/// What a table of the database holds.
pub(super) fn table(name: &str) -> &str {
    match name {
        "schema_versions" => "cấu trúc cơ sở dữ liệu",
        "journal" => "dòng nhật ký",
        "journal_head" => "cuối nhật ký",
        "publications" => "phiên bản công bố",
        "criteria_sets" | "year_sets" => "bộ tiêu chí",
        "criteria_set_files" => "tệp bộ tiêu chí",
        "years" => "năm",
        "clusters" => "khối",
        "blocks" => "bảng xếp hạng",
        "block_classes" => "mức xếp loại của bảng",
        "thresholds" => "ngưỡng của lĩnh vực",
        "reasons" => "lý do yêu cầu giải trình",
        "facts" => "số liệu chung của năm",
        "units" => "đơn vị",
        "unit_predecessors" => "đơn vị tiền thân",
        "exemptions" => "nội dung không đánh giá",
        "judgements" => "điểm chấm",
        "requests" => "yêu cầu giải trình",
        "survey_forms" => "mẫu phiếu",
        "survey_questions" => "câu hỏi của phiếu",
        "survey_plan" => "nhóm đối tượng",
        "survey_sheets" => "phiếu",
        "survey_returns" => "số phiếu",
        "survey_counts" => "số câu trả lời",
        "survey_ratings" => "câu trả lời của phiếu",
        "previous_units" => "đơn vị của năm trước",
        "previous_components" => "chỉ số thành phần của năm trước",
        "survey" => "phiếu điều tra",
        "publication_files" => "tệp của phiên bản công bố",
        "province_mean" => "trung bình toàn tỉnh",
        "previous_year" => "năm so sánh",
        "rounds" => "số lần thẩm định",
        code => code,
    }
}
