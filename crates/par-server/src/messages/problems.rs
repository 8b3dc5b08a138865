//! What is wrong in an input file, in plain Vietnamese, with what to do about it.

use par_core::points::decimal::Decimal;
use par_core::points::read::{self, Notation, NumberProblem};
use par_core::problem::{CaseResult, Expected, Named, ProblemKind};
use par_core::rule::problem::InputProblem;
use par_core::text;
use par_core::words::short::{self, KINDS, SOURCES};

/// Whether the names that values have in files stand in the sentences.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// For those who edit the files: `điểm tối đa «max»`.
    Shown,
    /// For those who never see them.
    Hidden,
}

/// The sentences for one problem. Longer than other functions, since one exhaustive match keeps any
/// problem from going without its words.
pub fn sentence(kind: &ProblemKind, keys: Keys) -> String {
    let field = |key: &str| field(key, keys);
    match kind {
        ProblemKind::FileMisnamed { near } => format!(
            "Không đọc tệp nào tên như vậy, mà thư mục thiếu «{}». Đổi tên tệp, hoặc chuyển tệp đi nơi khác.",
            near.join("» hoặc «")
        ),
        ProblemKind::FileMissing => "Thiếu tệp này. Kiểm tra lại thư mục hoặc tên tệp.".to_owned(),
        ProblemKind::FileEmpty => "Tệp trống. Ghi dòng tiêu đề và các dòng số liệu, hoặc bỏ tệp nếu không dùng.".to_owned(),
        ProblemKind::FileTooLong { most } => {
            format!("Tệp lớn hơn {most} kB, không phải tệp do người viết. Kiểm tra lại tệp hoặc tách thành nhiều tệp.")
        }
        ProblemKind::ValueTooLong { most } => {
            format!("Có một dòng hoặc một ô dài hơn {} chữ. Rút ngắn nội dung ô này.", Decimal::new(*most as i128, 0).vi())
        }
        ProblemKind::NoHeadings(columns) => format!(
            "Dòng đầu không có tên cột nào của tệp này (cần: {}); các ô phải ngăn bằng dấu phẩy, chấm phẩy hoặc tab. Sửa dòng tiêu đề.",
            columns.join(", ")
        ),
        ProblemKind::Legacy(encoding) => {
            let (sentence, hint) = super::system::legacy(encoding);
            format!("{}. {hint}", text::capital(&sentence))
        }
        ProblemKind::CellCount { found, expected } => format!(
            "Dòng có {found} ô, tiêu đề có {expected} ô. Đặt ô có dấu phẩy trong dấu nháy kép, và ghi đủ ô trống ở cuối dòng."
        ),
        ProblemKind::NotUtf8 => "Dòng này có ký tự hỏng: tệp không phải UTF-8. Lưu lại tệp dạng UTF-8 (trong Excel: «CSV UTF-8»).".to_owned(),
        ProblemKind::ForbiddenLetter { key, letter } => format!(
            "{} có ký tự không in được (U+{:04X}), do dán từ nơi khác. Xóa ký tự này rồi gõ lại.",
            text::capital(&field(key)),
            u32::from(*letter)
        ),
        ProblemKind::NothingVisible(key) => format!(
            "{} chỉ có ký tự không nhìn thấy. Gõ lại.",
            text::capital(&field(key))
        ),
        ProblemKind::Twins { value, first } => format!(
            "«{value}» trông giống hệt tên ở {first}, chỉ khác ký tự không nhìn thấy. Gõ lại tên, hoặc bỏ một trong hai."
        ),
        ProblemKind::ColumnTwice(column) => {
            format!("Cột «{column}» có hai lần. Đổi tên hoặc bỏ một cột.")
        }
        ProblemKind::HeadingCount { headings, cells } => format!(
            "Dòng tiêu đề có {headings} ô, mọi dòng dưới có {cells} ô. Sửa dòng tiêu đề."
        ),
        ProblemKind::NoRows => "Tệp chỉ có dòng tiêu đề. Ghi ít nhất một dòng.".to_owned(),
        ProblemKind::Reserved { key, value } => format!(
            "{} không được là «{value}»: trong các tệp khác chữ này có nghĩa riêng. Đổi {}.",
            text::capital(&field(key)),
            field(key)
        ),
        ProblemKind::HoleInList(key) => {
            format!("Danh sách ở {} có chỗ trống giữa hai dấu «+». Bỏ dấu thừa.", field(key))
        }
        ProblemKind::SetIsAnother { said, id } => format!(
            "Bộ tiêu chí trong thư mục này có mã «{id}», không phải «{said}». Sửa mã ở đây hoặc chỉ đúng thư mục."
        ),
        ProblemKind::NoYearBefore => {
            "Có số liệu năm trước nhưng year.toml không ghi previous_year. Ghi năm trước, hoặc bỏ tệp này.".to_owned()
        }
        ProblemKind::Syntax(words) => {
            format!("Sai cú pháp, không đọc được từ chỗ này ({words}). Kiểm tra dấu nháy, dấu ngoặc, dấu phẩy.")
        }
        ProblemKind::KeyMissing(key) => format!("Thiếu {}. Bổ sung giá trị này.", field(key)),
        ProblemKind::KeyUnknown(key) => {
            format!("Không có mục nào tên «{key}» ở đây. Sửa lại tên hoặc bỏ mục này.")
        }
        ProblemKind::WrongType { key, expected } => {
            format!("Giá trị của {} phải là {}.", field(key), expected_vi(*expected))
        }
        ProblemKind::Number { key, problem: NumberProblem::NotANumber(text) } if text.contains(',') => format!(
            "{}: «{text}» phải ghi bằng dấu chấm thập phân trong tệp này: {}.",
            text::capital(&field(key)),
            text.replace(',', ".")
        ),
        ProblemKind::Number { key, problem } => format!("{}: {}", text::capital(&field(key)), number(problem)),
        ProblemKind::NotAllowed { key, value, allowed } => format!(
            "«{value}» không dùng được cho {}. Chọn một trong các giá trị: {}.",
            field(key),
            allowed.join(", ")
        ),
        ProblemKind::OutOfRange { key, value, min, max } => {
            format!("{} là {}, nằm ngoài khoảng cho phép ({}).", text::capital(&field(key)), vi(value), range(min, max))
        }
        ProblemKind::Duplicate { value, first } => {
            format!("«{value}» đã có ở {first}. Mỗi giá trị chỉ được ghi một lần: sửa hoặc bỏ một trong hai.")
        }
        ProblemKind::UnknownName { what, name } => {
            format!("Không có {} nào là «{name}». Kiểm tra chính tả hoặc khai báo trước.", named(*what))
        }
        ProblemKind::Wording { fault, .. } => super::wording::sentence(fault),
        ProblemKind::BadCode(code) => format!(
            "«{code}» không phải là mã hợp lệ. Mã gồm chữ không dấu và số, ngăn bằng dấu chấm, như 1.2 hoặc 4.2.3.a."
        ),
        ProblemKind::BadId(id) => format!(
            "«{id}» không dùng làm mã được. Chỉ dùng chữ không dấu, số, gạch nối, gạch dưới, dấu chấm; không có dấu cách."
        ),
        ProblemKind::NoParent { code, parent } => {
            format!("Mục {code} không có mục cha {parent}. Thêm mục {parent} hoặc sửa mã {code}.")
        }
        ProblemKind::ChildrenDoNotAddUp { code, max, sum } => format!(
            "Tổng điểm tối đa của các mục con của {code} là {}, khác với {} ghi ở mục cha. Sửa điểm tối đa của mục con hoặc của {code}.",
            sum.vi(),
            max.vi()
        ),
        ProblemKind::ScaleDoesNotAddUp { stated, sum } => format!(
            "Tổng điểm tối đa của các lĩnh vực là {}, khác với thang điểm {} đã ghi. Sửa điểm các lĩnh vực hoặc thang điểm.",
            sum.vi(),
            stated.vi()
        ),
        ProblemKind::RuleMisplaced { code, leaf: true } => {
            format!("Mục {code} không có mục con nên phải có nguồn điểm và cách chấm. Bổ sung cách chấm, hoặc thêm mục con.")
        }
        ProblemKind::RuleMisplaced { code, leaf: false } => format!(
            "Mục {code} có mục con nên điểm là tổng của mục con; không ghi nguồn điểm, cách chấm, tài liệu kiểm chứng hay căn cứ ở đây. Chuyển chúng xuống mục con."
        ),
        ProblemKind::SourceDoesNotFit { code, source, rule } => {
            let (source, rule) = (short::vi(&SOURCES, source), short::vi(&KINDS, rule));
            format!("Mục {code}: nguồn điểm «{source}» không đi với cách chấm «{rule}». Đổi một trong hai.")
        }
        ProblemKind::RuleDoesNotReachMax { code, max, reaches } => format!(
            "Mục {code}: cách chấm cho nhiều nhất {} điểm, khác với điểm tối đa {}. Sửa các mức điểm hoặc điểm tối đa.",
            reaches.vi(),
            max.vi()
        ),
        ProblemKind::WrongSign { code, max, penalty: true } => {
            format!("Mục {code} là điểm trừ nên điểm tối đa phải là số âm, không phải {}.", max.vi())
        }
        ProblemKind::WrongSign { code, max, penalty: false } => {
            format!("Điểm tối đa của mục {code} phải lớn hơn 0, không phải {}.", max.vi())
        }
        ProblemKind::MixedArea(code) => format!(
            "Lĩnh vực {code} vừa có tiêu chí tính vào thang điểm, vừa có điểm thưởng hoặc điểm trừ. Tách điểm thưởng, điểm trừ thành lĩnh vực riêng."
        ),
        ProblemKind::ComparedTwice { code, first } => {
            format!("Mã so sánh {code} đã dùng cho mục {first}. Mỗi mã so sánh chỉ dùng cho một mục; ghi «-» nếu không so sánh.")
        }
        ProblemKind::StepDoesNotDivide { step, max } => format!(
            "Điểm tối đa {} không phải là bội số của bước điểm {}, nên không bao giờ cho được điểm tối đa. Đổi bước điểm.",
            max.vi(),
            step.vi()
        ),
        ProblemKind::StepsOutOfOrder(_) => {
            "Các bậc điểm phải xếp từ mức cao xuống mức thấp, không lặp lại. Sắp xếp lại các bậc.".to_owned()
        }
        ProblemKind::StepsOpenBelow(_) => {
            "Bậc cuối phải bắt đầu từ 0, để mọi kết quả đều có điểm. Thêm bậc cuối từ 0 (thường được 0 điểm).".to_owned()
        }
        ProblemKind::TooManyPlaces { key, points, places } => format!(
            "{} là {}, có nhiều hơn {places} chữ số thập phân mà bộ tiêu chí giữ lại. Ghi ít chữ số hơn hoặc đổi thiết lập làm tròn.",
            text::capital(&field(key)),
            points.vi()
        ),
        ProblemKind::ClassTwice(name) => {
            format!("Loại «{name}» có hai lần. Mỗi tên loại chỉ ghi một lần.")
        }
        ProblemKind::ClassesOutOfOrder => {
            "Các mức xếp loại phải xếp từ cao xuống thấp và mức cuối bắt đầu từ 0. Sắp xếp lại hoặc thêm mức cuối.".to_owned()
        }
        ProblemKind::UnknownCode(code) => {
            format!("Bộ tiêu chí không có mã {code}. Sửa lại mã.")
        }
        ProblemKind::NotALeaf(code) => {
            format!("Mục {code} là tổng của các mục con, không chấm điểm trực tiếp. Ghi mã của mục con.")
        }
        ProblemKind::CaseFailed { case, expected, got } => format!(
            "Trường hợp «{case}»: mong đợi {}, nhưng cách chấm cho {}. Sửa cách chấm hoặc sửa trường hợp.",
            result(expected),
            result(got)
        ),
        ProblemKind::CaseExpectsBoth => {
            "Một trường hợp chỉ ghi điểm (points) hoặc lý do từ chối (refused), không ghi cả hai.".to_owned()
        }
        ProblemKind::ExemptTwice { unit, code } => {
            format!("Mục {code} đã được ghi không đánh giá cho «{unit}» rồi. Bỏ dòng trùng.")
        }
        ProblemKind::NothingLeft(unit) => {
            format!("Đơn vị «{unit}» không còn tiêu chí nào để chấm. Bỏ bớt mục không đánh giá.")
        }
        ProblemKind::Ground(problem) => super::ground::sentence(problem),
        ProblemKind::ScoreOfUnevaluated(unit) => {
            format!("Đơn vị «{unit}» không đánh giá năm nay nhưng vẫn có điểm. Bỏ các dòng của đơn vị, hoặc sửa trạng thái.")
        }
        ProblemKind::AnswersOfUnevaluated(unit) => {
            format!("Đơn vị «{unit}» không đánh giá năm nay nhưng phiếu hợp lệ có câu trả lời về đơn vị. Bỏ các câu này, hoặc sửa trạng thái.")
        }
        ProblemKind::ScoreOfExempt { unit, code } => {
            format!("Mục {code} không đánh giá với «{unit}» nhưng vẫn có điểm. Bỏ điểm hoặc bỏ miễn đánh giá.")
        }
        ProblemKind::ScoreMissing { unit, code, more: 0 } => {
            format!("Thiếu điểm mục {code} của «{unit}». Thêm dòng cho mục này, hoặc ghi miễn đánh giá nếu đơn vị không phải chấm.")
        }
        ProblemKind::ScoreMissing { unit, code, more } => format!(
            "Thiếu điểm mục {code} và {more} mục khác của «{unit}». Thêm dòng cho các mục này, hoặc ghi miễn đánh giá nếu đơn vị không phải chấm."
        ),
        ProblemKind::PointsDifferFromRule { stage, said, rule } => format!(
            "Cột {stage} ghi {} điểm, nhưng theo cách chấm là {} điểm. Sửa điểm hoặc sửa số liệu đầu vào.",
            said.vi(),
            rule.vi()
        ),
        ProblemKind::PointsNotByRule { stage, points, rule } => format!(
            "Cột {stage} ghi {} điểm, là số điểm mà cách chấm của mục này không cho: {}. Sửa điểm, hoặc sửa cách chấm trong bộ tiêu chí.",
            points.vi(),
            allowed_points(rule)
        ),
        ProblemKind::Input { stage, problem } => format!("Cột {stage}: {}", input(problem)),
        ProblemKind::StageNotOpen { stage, code } => {
            format!("Mục {code} không được chấm ở cột {stage}. Bỏ giá trị ở cột này.")
        }
        ProblemKind::NoSuchRound { column, rounds } => format!(
            "Cột {column} có nội dung, nhưng năm này thẩm định {rounds} lần. Bỏ nội dung ở cột này, hoặc sửa rounds trong year.toml thành số lần thẩm định thật."
        ),
        ProblemKind::SheetDiffers(serial) => format!(
            "Phiếu «{serial}» có mẫu phiếu hoặc trạng thái khác với dòng trước của cùng phiếu. Ghi thống nhất, hoặc sửa số phiếu."
        ),
        ProblemKind::RefusalMisplaced => {
            "Phiếu không bị loại mà lại ghi lý do loại. Bỏ lý do, hoặc sửa trạng thái.".to_owned()
        }
        ProblemKind::AnswersMisplaced => {
            "Phiếu không thu về mà lại có đánh giá. Bỏ đơn vị và câu trả lời, hoặc sửa trạng thái.".to_owned()
        }
        ProblemKind::AnswerCount { found, due } => {
            format!("Có {found} câu trả lời, mẫu phiếu có {due} câu hỏi. Ghi đủ mỗi câu một chữ cái, hoặc «-».")
        }
        ProblemKind::MoreSheets { stratum, found, most } => format!(
            "Nhóm «{stratum}» có {found} phiếu, nhiều hơn {most} theo survey-plan.csv (phiếu phát ra, hoặc phiếu đạt yêu cầu). Sửa phiếu hoặc kế hoạch."
        ),
        ProblemKind::BadAnswer { column, answer } => {
            format!("«{answer}» ở cột {column} không phải là phương án trả lời. Ghi đúng chữ cái của phương án.")
        }
        ProblemKind::SheetsAndCounts => {
            "Thư mục có cả từng phiếu (survey-sheets.csv) lẫn số đếm (survey-counts.csv, survey-returns.csv). Giữ một trong hai: có phiếu thì bỏ hai tệp số đếm, chương trình tự đếm."
                .to_owned()
        }
    }
}

/// Why a text is no usable number.
pub fn number(problem: &NumberProblem) -> String {
    match problem {
        NumberProblem::Empty => "chưa ghi số.".to_owned(),
        NumberProblem::NotANumber(text) => {
            format!("«{text}» không phải là số. Chỉ ghi chữ số và một dấu phẩy hoặc dấu chấm thập phân.")
        }
        NumberProblem::Ambiguous { text, as_decimal, as_thousands } => format!(
            "«{text}» có thể hiểu là {as_decimal} hoặc {as_thousands}. Ghi lại là {as_decimal} hoặc {as_thousands}."
        ),
        NumberProblem::TooPrecise(text) => {
            format!("«{text}» có quá nhiều chữ số: nhiều nhất 12 chữ số phần nguyên và 6 chữ số thập phân.")
        }
    }
}

/// Why inputs cannot be scored by a rule.
pub fn input(problem: &InputProblem) -> String {
    match problem {
        InputProblem::Malformed(text) => {
            format!(
                "«{text}» không đúng dạng tên=giá trị; ngăn các giá trị bằng dấu chấm phẩy, mỗi tên một lần."
            )
        }
        InputProblem::Missing(name) => format!("Chưa ghi số liệu «{name}»."),
        InputProblem::Unknown(name) => format!("Cách chấm này không dùng số liệu «{name}». Bỏ hoặc sửa tên."),
        InputProblem::Number { name, problem: NumberProblem::NotANumber(text) } if text.contains(',') => {
            format!(
                "Số liệu «{name}»: «{text}» phải ghi bằng dấu chấm thập phân: {}.",
                text.replace(',', ".")
            )
        }
        InputProblem::Number { name, problem } => format!("Số liệu «{name}»: {}", number(problem)),
        InputProblem::NotWhole(name) => format!("Số liệu «{name}» phải là số nguyên."),
        InputProblem::OutOfRange { name, min, max } => {
            format!("Số liệu «{name}» phải từ {} đến {}.", vi(min), vi(max))
        }
        InputProblem::PartOfNothing => {
            "Tổng số a là 0 nên số đạt b cũng phải là 0. Kiểm tra lại a, b.".to_owned()
        }
        InputProblem::Twice(name) => format!("«{name}» ghi hai lần. Bỏ một lần."),
        InputProblem::PartsExceedWhole => {
            "Các phần cộng lại lớn hơn tổng số. Kiểm tra lại b, c so với a.".to_owned()
        }
        InputProblem::NotAStep(text) => format!("{} không phải là mức điểm cho phép.", vi(text)),
        InputProblem::FromSurvey => "Mục này tính từ phiếu điều tra, không nhập số liệu.".to_owned(),
        InputProblem::NoAnswers => "Không có phiếu trả lời hợp lệ nào.".to_owned(),
    }
}

/// Which points a kind of rule gives at all.
fn allowed_points(kind: &str) -> &'static str {
    match kind {
        "yes_no" => "chỉ có 0 hoặc điểm tối đa",
        "options" => "chỉ có điểm của các mức đã ghi",
        "checklist" => "phải là tổng điểm của một số nội dung",
        "count_steps" | "ratio_steps" => "chỉ có điểm của các bậc đã ghi",
        "ratio" => "là 0, hoặc từ điểm ở mức sàn trở lên",
        "deduct" => "không thấp hơn mức sàn, và bằng điểm ban đầu trừ điểm của các trường hợp",
        "bonus" | "penalty" => "phải là tổng điểm của các trường hợp, hoặc điểm tối đa",
        _ => "phải là bội số của bước điểm",
    }
}

/// A value's name for people, with the name it has in files: `điểm tối đa «max»`.
fn field(key: &str, keys: Keys) -> String {
    let words = match key {
        "max" => "điểm tối đa",
        "code" => "mã",
        "name" => "tên",
        "id" => "mã định danh",
        "year" => "năm",
        "full_scale" => "thang điểm",
        "source" => "nguồn điểm",
        "kind" | "rule" => "cách chấm",
        "since" => "năm bắt đầu áp dụng",
        "compare_as" => "mã so sánh",
        "floor" => "mức sàn",
        "target" => "mức đích",
        "empty" => "điểm khi a = 0",
        "late_factor" => "hệ số quá hạn",
        "start" => "điểm ban đầu",
        "step" => "bước điểm",
        "divide_by" => "số chia",
        "min" => "mức bắt đầu của bậc",
        "points" => "điểm",
        "label" => "nội dung",
        "steps" => "các bậc điểm",
        "options" => "các mức",
        "items" => "các nội dung",
        "events" => "các trường hợp",
        "questions" => "các câu hỏi",
        "weights" => "trọng số",
        "from" => "mức xếp loại bắt đầu",
        "class" => "các mức xếp loại",
        "area" => "lĩnh vực",
        "node" => "tiêu chí",
        "given" => "số liệu đã cho",
        "leaf" => "mã tiêu chí",
        "rounding" => "thiết lập làm tròn",
        "ranking" => "thiết lập xếp hạng",
        "exemption" => "thiết lập không đánh giá",
        "method" => "cách tính khi không đánh giá",
        "point_places" => "số chữ số thập phân của điểm",
        "print_places" => "số chữ số thập phân khi in",
        "print" => "cách làm tròn khi in",
        "compare" => "giá trị so sánh",
        "ties" => "cách xếp khi bằng điểm",
        "breaker" => "tiêu chí phân định",
        "title" => "tên kết quả",
        "province" => "tên tỉnh",
        "previous_year" => "năm trước",
        "reason" => "lý do",
        "unit" => "đơn vị",
        "index" => "chỉ số",
        "percent" => "tỷ lệ phần trăm",
        "predecessors" => "các đơn vị tiền thân",
        "high" => "mức trên",
        "low" => "mức dưới",
        "total" => "thiết lập tổng điểm",
        "cap" => "cách chặn tổng điểm",
        _ => return format!("«{key}»"),
    };
    if keys == Keys::Shown { format!("{words} «{key}»") } else { words.to_owned() }
}

fn expected_vi(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "chữ trong dấu nháy",
        Expected::QuotedNumber => "số trong dấu nháy, như \"1.5\", để không mất chữ số nào",
        Expected::WholeNumber => "số nguyên",
        Expected::Whole => "số nguyên không có dấu nháy",
        Expected::Flag => "true hoặc false",
        Expected::List => "danh sách trong ngoặc vuông",
        Expected::Table => "bảng các giá trị có tên",
        Expected::Date => "ngày dạng năm-tháng-ngày, như 2020-12-31",
    }
}

fn named(what: Named) -> &'static str {
    match what {
        Named::Unit => "đơn vị",
        Named::Block => "bảng xếp hạng",
        Named::Cluster => "khối",
        Named::Set => "bộ tiêu chí",
        Named::Reason => "mã lý do",
        Named::Form => "mẫu phiếu",
        Named::Question => "câu hỏi",
        Named::Stratum => "nhóm đối tượng",
        Named::Predecessor => "đơn vị của năm trước",
    }
}

fn result(result: &CaseResult) -> String {
    match result {
        CaseResult::Points(points) => format!("{} điểm", points.vi()),
        CaseResult::Refused(name) => format!("từ chối ({name})"),
    }
}

/// Bounds as the core names them: `0`, `> 0`, `…` for none.
fn range(min: &str, max: &str) -> String {
    let from = match min.strip_prefix("> ") {
        Some(min) => format!("lớn hơn {}", vi(min)),
        None => format!("từ {}", vi(min)),
    };
    if max == "…" { from } else { format!("{from} đến {}", vi(max)) }
}

/// A number of data notation with a decimal comma; other texts stay.
fn vi(text: &str) -> String {
    read::decimal(text, Notation::Data)
        .map_or_else(|_| text.to_owned(), |number| number.trimmed().to_string().replace('.', ","))
}
