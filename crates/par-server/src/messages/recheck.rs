//! Sentences about rechecked result tables.

use par_core::points::decimal::Decimal;
use par_core::points::read::NumberProblem;
use par_core::recheck::checks::{Check, Subject, WhyNot};
use par_core::recheck::finding::{Explanation, Finding, Kind, Suspect, Value};
use par_core::recheck::headings::Role;
use par_core::recheck::layout::{Problem, ProblemKind};
use par_core::recheck::means::Definition;
use par_core::recheck::numbers::CellProblem;
use par_core::recheck::places::{Scope, TieRule};
use par_core::recheck::rows::Verdict;
use par_core::recheck::table::{Measure, PartsOf, Statistic, Table};

/// What was found, in one sentence.
pub fn finding(table: &Table, finding: &Finding) -> String {
    let said = finding.said.as_ref().map_or(String::new(), value);
    let computed = finding.computed.as_ref().map_or("không xác định được".to_owned(), value);
    let measure = measure(table);
    let sentence = match &finding.kind {
        Kind::Sum => {
            let whole = if table.layout.parts_of == PartsOf::Index { "Chỉ số" } else { "Tổng điểm" };
            format!("{whole} ghi {said}, cộng các điểm thành phần được {computed}")
        }
        Kind::Index => format!("Chỉ số ghi {said}, tính từ tổng điểm và thang điểm được {computed}"),
        Kind::SumAndIndex { index_from_total } => format!(
            "Tổng điểm ghi {said}, nhưng cộng các điểm thành phần được {computed} và chỉ số cũng không khớp \
             (từ tổng điểm đã ghi sẽ ra {})",
            index_from_total.vi()
        ),
        Kind::Place => format!("Thứ hạng ghi {said}, xếp theo {measure} là {computed}"),
        Kind::OutOfOrder { place } => format!(
            "{} {said} không hợp với thứ hạng {place} (các hạng trên và dưới đúng thứ tự; theo {measure} này \
             thì xếp hạng {computed}): sai ở {measure} hoặc thứ hạng",
            par_core::text::capital(measure)
        ),
        Kind::MissingPlaces { from, to } if from == to => {
            format!("Thiếu hạng {from} ngay trên dòng này: bảng có thể sót một đơn vị")
        }
        Kind::MissingPlaces { from, to } => {
            format!("Thiếu các hạng {from}–{to} ngay trên dòng này: bảng có thể sót đơn vị")
        }
        Kind::Excerpt { units, last } => format!(
            "Có {units} đơn vị mà hạng đến {last}: bảng chỉ trích một số đơn vị nên kiểm được thứ tự, không kiểm \
             được trung bình"
        ),
        Kind::UnreadPlaces { count } => {
            format!("{count} ô thứ hạng không hiểu được (ô đầu: \"{said}\") nên không kiểm thứ hạng ở đó")
        }
        Kind::Unranked => "Bảng ghi đơn vị này không xếp hạng: chỉ kiểm số của dòng này, không tính vào thứ hạng, xếp loại, trung bình".to_owned(),
        Kind::WithoutResult => "Bảng ghi đơn vị này không có kết quả nên không kiểm".to_owned(),
        Kind::Change => {
            format!(
                "Thay đổi ghi {}, tính từ hai chỉ số được {}",
                signed(&finding.said),
                signed(&finding.computed)
            )
        }
        Kind::Statistic { name, statistic } => {
            format!("\"{name}\" ghi {said}, {} của các đơn vị là {computed}", statistic_of(*statistic))
        }
        Kind::OddPart { column, most } => {
            format!(
                "\"{column}\" ghi {said}, trong khi các đơn vị khác nhiều nhất {}: có thể sai dấu thập phân",
                most.vi()
            )
        }
        Kind::HiddenTie { with } => format!("Hạng {said} có cùng chỉ số đã in với dòng {with}"),
        Kind::TieOrder { with } => format!(
            "Hạng {said} cùng chỉ số đã in nhưng tổng điểm chia thang điểm cao hơn dòng {with}, lẽ ra xếp hạng {computed}"
        ),
        Kind::Class if matches!(&finding.computed, Some(Value::OneOf(names)) if names.is_empty()) => {
            format!("Xếp loại ghi \"{said}\", nhưng chỉ số thấp hơn ngưỡng của mọi mức")
        }
        Kind::Class => format!("Xếp loại ghi \"{said}\", theo chỉ số phải là {}", quoted(&computed)),
        Kind::ClassAtBound => format!("Xếp loại ghi \"{said}\", theo chỉ số đã in là {}", quoted(&computed)),
        Kind::ClassUnusual { bounds } => {
            format!("Xếp loại ghi \"{said}\"; nếu dùng ngưỡng {} thì phải là \"{computed}\"", slashed(bounds))
        }
        Kind::Mean { name } => format!("\"{name}\" ghi {said}, tính từ các chỉ số được {computed}"),
        Kind::DuplicateUnit { line } => format!("Đơn vị \"{said}\" đã có ở dòng {line}"),
        Kind::Missing { column } if finding.computed.is_some() => {
            format!("Thiếu {}; tính từ các số khác được {computed}", role(*column))
        }
        Kind::Missing { column } => format!("Thiếu {}", role(*column)),
        Kind::IndexNegative => format!("Chỉ số {said} nhỏ hơn 0"),
        Kind::IndexAboveHundred => format!("Chỉ số {said} lớn hơn 100 %"),
        Kind::TotalAboveScale { scale } => format!("Tổng điểm {said} lớn hơn thang điểm {}", scale.vi()),
        Kind::ScaleNotPositive => format!("Thang điểm {said} phải lớn hơn 0"),
        Kind::NegativePart { column } => format!("\"{column}\" ghi {said}, nhỏ hơn 0"),
        Kind::ScaleUnknown if finding.computed.is_some() => {
            format!("Không có thang điểm nên chưa kiểm được chỉ số (suy ra thang điểm {computed})")
        }
        Kind::ScaleUnknown => "Không có thang điểm nên chưa kiểm được chỉ số".to_owned(),
        Kind::OwnScale => format!(
            "Chỉ số không theo thang điểm chung nhưng đúng với thang điểm {computed}: coi là thang điểm riêng"
        ),
        Kind::ScaleInferred { block } => {
            format!("Bảng không ghi thang điểm; suy từ số liệu{}: {computed}", of_block(table, *block))
        }
        Kind::SerialIsNoPlace => "Số thứ tự không theo chỉ số nên không coi là thứ hạng".to_owned(),
        Kind::MixedSigns { columns } => {
            format!("Dùng lẫn dấu phẩy và dấu chấm thập phân ở cột {}", listed(columns))
        }
        Kind::UnusedColumns { columns } => format!("Cột không dùng để kiểm tra: {}", listed(columns)),
    };
    let reason = match (finding.explained_by, finding.suspect) {
        (Some(reason), _) => format!(": {}", explanation(reason)),
        (None, Some(figure)) => format!(": {}", suspect(figure)),
        (None, None) => String::new(),
    };
    format!("{sentence}{reason}.")
}

/// What to do so that the note disappears; `None` where nothing needs doing.
pub fn advice(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::ScaleUnknown => Some("Ghi thang điểm bằng --scale \"TÊN ĐƠN VỊ=78,50\"."),
        Kind::OwnScale => Some("Nếu đơn vị không có thang điểm riêng thì chỉ số hoặc tổng điểm sai."),
        Kind::ScaleInferred { .. } => Some("Nếu không đúng, ghi thang điểm bằng --scale \"98\"."),
        _ => None,
    }
}

fn explanation(reason: Explanation) -> &'static str {
    match reason {
        Explanation::RoundingOfParts => "lệch do các điểm thành phần và tổng điểm được làm tròn riêng",
        Explanation::UnroundedTotal => "lệch do chỉ số được tính từ điểm thành phần chưa làm tròn",
        Explanation::HiddenDecimals => "hơn kém nhau ở phần thập phân không in",
        Explanation::UnroundedIndices => "lệch do được tính từ chỉ số chưa làm tròn",
    }
}

fn suspect(figure: Suspect) -> &'static str {
    match figure {
        Suspect::Part => "chỉ số khớp với tổng điểm nên nhiều khả năng sai ở một điểm thành phần",
        Suspect::Total => "nhiều khả năng sai ở tổng điểm",
        Suspect::Scale => "nhiều khả năng sai ở thang điểm",
        Suspect::Index => "nhiều khả năng sai ở chỉ số",
    }
}

/// A value in Vietnamese notation.
pub fn value(value: &Value) -> String {
    match value {
        Value::Number(number) => number.vi(),
        Value::Place(place) => place.to_string(),
        Value::Text(text) => text.clone(),
        Value::OneOf(texts) => {
            texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(" hoặc ")
        }
    }
}

/// A verdict in a few words; `explained` is what explains a difference of this kind.
pub fn verdict(verdict: Verdict, explained: &'static str) -> &'static str {
    match verdict {
        Verdict::Unchecked => "–",
        Verdict::Right => "đúng",
        Verdict::Explained => explained,
        Verdict::Wrong => "SAI",
    }
}

/// The name of a column.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Unit => "tên đơn vị",
        Role::Block => "khối",
        Role::Place => "thứ hạng",
        Role::Serial => "số thứ tự",
        Role::Part => "điểm thành phần",
        Role::Minus => "điểm trừ",
        Role::Before => "chỉ số năm trước",
        Role::Change => "thay đổi",
        Role::Unknown => "cột chưa rõ",
        Role::Total => "tổng điểm",
        Role::Scale => "thang điểm",
        Role::Index => "chỉ số",
        Role::Class => "xếp loại",
        Role::Other => "cột khác",
    }
}

/// How a rule places units with the same index.
pub fn tie_rule(rule: TieRule) -> &'static str {
    match rule {
        TieRule::Share => "đồng hạng, bỏ hạng kế tiếp (1-2-2-4)",
        TieRule::Dense => "đồng hạng, không bỏ hạng (1-2-2-3)",
        TieRule::Hidden => "phần thập phân không in quyết định; bằng hẳn thì đồng hạng, bỏ hạng kế tiếp",
        TieRule::HiddenDense => "phần thập phân không in quyết định; bằng hẳn thì đồng hạng, không bỏ hạng",
    }
}

/// Among which units places are counted.
pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Block => "xếp hạng riêng trong từng khối",
        Scope::Continued => "xếp hạng trong từng khối, đánh số nối tiếp",
        Scope::Table => "xếp hạng chung cả bảng",
    }
}

/// How a mean is formed.
pub fn definition(definition: Definition) -> &'static str {
    match definition {
        Definition::PrintedIndices => "trung bình cộng các chỉ số đã in",
        Definition::ExactIndices => "trung bình cộng các chỉ số chưa làm tròn",
        Definition::BlockMeans => "trung bình cộng của các trung bình khối",
        Definition::Pooled => "tổng điểm cả khối chia tổng thang điểm",
    }
}

/// What makes a file no result table, and what to do about it.
pub fn problem(problem: &Problem) -> (String, String) {
    let column = problem.column.as_ref().map_or(String::new(), |column| format!("cột \"{column}\": "));
    match &problem.kind {
        ProblemKind::MissingColumns { recognised, missing } => {
            let missing: Vec<&str> = missing.iter().map(|missing| role(*missing)).collect();
            let known: Vec<String> = recognised
                .iter()
                .map(|(known, heading)| format!("{} (\"{heading}\")", role(*known)))
                .collect();
            let known = if known.is_empty() { "không có cột nào".to_owned() } else { known.join(", ") };
            (
                format!("không tìm thấy cột {}; đã nhận ra: {known}", missing.join(", ")),
                "Bảng cần một dòng tiêu đề có ít nhất \"Tên đơn vị\" và \"Chỉ số\" hoặc \"Tổng điểm\"; nên có thêm \"STT\", \"Khối\", \
                 các cột điểm, \"Tổng điểm\", \"Thang điểm\", \"Xếp loại\"."
                    .to_owned(),
            )
        }
        ProblemKind::NoRows => (
            "dưới dòng tiêu đề không có đơn vị nào".to_owned(),
            "Kiểm tra lại tệp hoặc trang tính.".to_owned(),
        ),
        ProblemKind::ManyRows { units, rows } => (
            format!(
                "bảng có {rows} dòng cho {units} đơn vị: là bảng chi tiết, không phải bảng kết quả mỗi đơn vị một dòng"
            ),
            "Chọn bảng kết quả, mỗi đơn vị một dòng.".to_owned(),
        ),
        ProblemKind::Number(CellProblem::Number(reason)) => number(&column, reason),
        ProblemKind::Number(CellProblem::Date(shown)) => (
            format!("{column}ô này là ngày {shown}, có lẽ do Excel đổi số gõ vào (như 10.5) thành ngày"),
            "Đặt định dạng ô là Số (Number) rồi gõ lại số, ví dụ 10,5.".to_owned(),
        ),
        ProblemKind::Number(CellProblem::Formula) => formulas(1, &[]),
        ProblemKind::NoFigures => (
            "dòng của đơn vị không có số liệu nào".to_owned(),
            "Tệp có thể bị cắt, hoặc dòng chưa điền: bổ sung số liệu hoặc xóa dòng này.".to_owned(),
        ),
        ProblemKind::NoUnit => {
            ("dòng có số liệu nhưng thiếu tên đơn vị".to_owned(), "Ghi tên đơn vị hoặc xóa dòng.".to_owned())
        }
    }
}

/// That cells hold formulas without stored values.
pub fn formulas(count: usize, cells: &[String]) -> (String, String) {
    let shown: Vec<&str> = cells.iter().take(6).map(String::as_str).collect();
    let more = if cells.len() > shown.len() { ", …" } else { "" };
    let named = if shown.is_empty() { String::new() } else { format!(" ({}{more})", shown.join(", ")) };
    (
        format!("{count} ô có công thức nhưng tệp không lưu giá trị{named}: tệp do phần mềm ghi ra"),
        "Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại, các giá trị sẽ được tính và lưu.".to_owned(),
    )
}

/// That no sheet holds a result table.
pub fn no_sheet(without: &[String], hidden: &[String]) -> String {
    let hidden = if hidden.is_empty() { String::new() } else { format!("; trang ẩn: {}", listed(hidden)) };
    format!(
        "  Không trang tính nào có bảng kết quả: {}{hidden}. Chọn một trang bằng --sheet \"TÊN TRANG\".",
        listed(without)
    )
}

/// What a table ranks by.
pub fn measure(table: &Table) -> &'static str {
    match table.layout.measure {
        Measure::Index => "chỉ số",
        Measure::Points => "điểm",
    }
}

fn statistic_of(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Mean => "trung bình",
        Statistic::Highest => "cao nhất",
        Statistic::Lowest => "thấp nhất",
        Statistic::Median => "trung vị",
        Statistic::Other => "giá trị",
    }
}

fn signed(number: &Option<Value>) -> String {
    match number {
        Some(Value::Number(number)) => number.vi_signed(),
        other => other.as_ref().map_or(String::new(), value),
    }
}

/// What a check compares, as the heading of its line.
pub fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Sum => "Tổng điểm",
        Subject::Index => "Chỉ số",
        Subject::Place => "Thứ hạng",
        Subject::Class => "Xếp loại",
        Subject::Mean => "Trung bình",
        Subject::Change => "Thay đổi",
    }
}

/// A check in one sentence: what it compared, or why not.
pub fn check(check: &Check) -> String {
    let (what, why) = (subject(check.subject), why_not(check));
    let unit = if check.subject == Subject::Mean { "giá trị" } else { "dòng" };
    match (check.made, why.is_empty()) {
        (0, _) => format!("{what}: không kiểm, {why}."),
        (made, true) => format!("{what}: đã kiểm {made}/{} {unit}.", check.rows),
        (made, false) => format!("{what}: đã kiểm {made}/{} {unit}; {why}.", check.rows),
    }
}

/// Hidden rows and columns of a sheet: its name, the rows, the columns.
pub type HiddenParts = (String, Vec<usize>, Vec<String>);

/// Parts of the file that were not judged, one sentence each.
pub fn unread(without: &[String], hidden: &[String], parts: &[HiddenParts]) -> Vec<String> {
    let mut notes = Vec::new();
    if !without.is_empty() {
        notes.push(format!("Trang tính không có bảng kết quả: {}.", listed(without)));
    }
    if !hidden.is_empty() {
        notes.push(format!("Trang tính ẩn, không đọc: {} (xem bằng --sheet).", listed(hidden)));
    }
    for (sheet, rows, columns) in parts {
        if !rows.is_empty() {
            let shown: Vec<String> = rows.iter().take(20).map(usize::to_string).collect();
            let more =
                if rows.len() > 20 { format!(" và {} dòng khác", rows.len() - 20) } else { String::new() };
            notes.push(format!("Trang \"{sheet}\": dòng ẩn {}{more}, không kiểm.", shown.join(", ")));
        }
        if !columns.is_empty() {
            notes.push(format!("Trang \"{sheet}\": cột ẩn {}, không kiểm.", columns.join(", ")));
        }
    }
    notes
}

/// Why a check was not made, or not on all rows.
pub fn why_not(check: &Check) -> &'static str {
    let Some(why) = check.why_not else { return "" };
    match (why, check.subject) {
        (WhyNot::NotPrinted, Subject::Index) => "bảng không có cột chỉ số",
        (WhyNot::NotPrinted, Subject::Place) => "bảng không có cột thứ hạng",
        (WhyNot::NotPrinted, Subject::Class) => "bảng không có cột xếp loại",
        (WhyNot::NotPrinted, Subject::Mean) => "bảng không in giá trị trung bình",
        (WhyNot::NotPrinted, Subject::Change) => "bảng không có cột thay đổi so với năm trước",
        (WhyNot::NotPrinted, Subject::Sum) | (WhyNot::NoParts, _) => {
            "bảng không có từ hai cột điểm thành phần"
        }
        (WhyNot::PartsDoNotAddUp, _) => {
            "cộng các cột điểm không ra tổng ở hầu hết các dòng, có thể có trọng số"
        }
        (WhyNot::NoTotal, Subject::Sum) => {
            "bảng không có cột tổng điểm, và các cột điểm không cộng thành chỉ số"
        }
        (WhyNot::NoTotal, _) => "bảng không có tổng điểm để chia cho thang điểm",
        (WhyNot::NoScale, _) => "không có thang điểm và không suy ra được",
        (WhyNot::SerialIsNoPlace, _) => "số thứ tự không theo kết quả nên không phải thứ hạng",
        (WhyNot::Unreadable, _) => "không hiểu các ô thứ hạng",
        (WhyNot::NoClasses, _) => "không nhận ra các mức xếp loại",
        (WhyNot::Incomplete, _) => "bảng chỉ trích một số đơn vị, hoặc có số thiếu hay không thể có",
        (WhyNot::NoYearBefore, _) => "bảng không in chỉ số năm trước",
        (WhyNot::CountedOtherwise, _) => "phần lớn không bằng hiệu hai chỉ số, có thể tính cách khác",
        (WhyNot::EmptyCells, _) if check.made == 0 => "các ô để trống",
        (WhyNot::EmptyCells, _) => "các dòng còn lại thiếu số để so",
    }
}

fn number(column: &str, reason: &NumberProblem) -> (String, String) {
    match reason {
        NumberProblem::Empty => (format!("{column}thiếu số"), "Ghi số vào ô này.".to_owned()),
        NumberProblem::NotANumber(text) => (
            format!("{column}\"{text}\" không phải là số"),
            "Ghi một số, ví dụ 87,42; để trống hoặc ghi \"-\" nếu không có.".to_owned(),
        ),
        NumberProblem::Ambiguous { text, as_decimal, as_thousands } => (
            format!("{column}\"{text}\" có thể là {as_decimal} hoặc {as_thousands}"),
            format!(
                "Ghi rõ {as_decimal} hoặc {as_thousands}, hoặc thêm --decimal comma (point) cho cả bảng."
            ),
        ),
        NumberProblem::TooPrecise(text) => (
            format!("{column}\"{text}\" có quá nhiều chữ số"),
            "Ghi tối đa 12 chữ số phần nguyên.".to_owned(),
        ),
    }
}

/// " khối …", or nothing for a table without named blocks.
fn of_block(table: &Table, block: usize) -> String {
    let name = &table.blocks[block].name;
    if name.is_empty() { String::new() } else { format!(" của \"{name}\"") }
}

fn quoted(text: &str) -> String {
    if text.contains('"') { text.to_owned() } else { format!("\"{text}\"") }
}

fn listed(texts: &[String]) -> String {
    texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ")
}

fn slashed(bounds: &[u8]) -> String {
    bounds.iter().map(u8::to_string).collect::<Vec<_>>().join("/")
}

/// Lower bounds of a scale: 90/80/70.
pub fn bounds(bounds: &[Decimal]) -> String {
    bounds.iter().map(|bound| bound.trimmed().vi()).collect::<Vec<_>>().join("/")
}
