//! What does not hold in a package, in plain Vietnamese.

use par_core::publication::compare::DifferenceKind;

use super::problems::{self, Keys};
use crate::exchange::package::disk::{Foreign, Looks};
use crate::exchange::package::fault::{Fault, FaultKind};
use crate::exchange::package::{MANIFEST, ObstacleKind};

/// What is in the way of reading a package or one of its files.
pub fn obstacle(kind: &ObstacleKind) -> String {
    match kind {
        ObstacleKind::Damaged(words) => {
            format!("tệp nén bị hỏng hoặc bị cắt ngắn ({words}). Tải lại gói từ nơi công bố.")
        }
        ObstacleKind::Path => {
            "tên này dẫn ra ngoài gói hoặc không dùng được làm tên tệp. Không giải nén gói này.".to_owned()
        }
        ObstacleKind::Twice => {
            "tên này có hai lần trong tệp nén: mỗi chương trình có thể mở ra một nội dung khác. Không dùng gói này."
                .to_owned()
        }
        ObstacleKind::NotAFile => "không phải tệp thường (liên kết, hoặc có mật khẩu).".to_owned(),
        ObstacleKind::TooManyFiles(most) => format!("có hơn {most} tệp; đây không phải gói dữ liệu của một năm."),
        ObstacleKind::TooLarge(most) => {
            format!("quá lớn, hoặc bung ra lớn bất thường so với tệp nén (tối đa {most} MB).")
        }
    }
}

/// That something is no package, and what to do.
pub fn foreign(foreign: &Foreign) -> (String, &'static str) {
    let lacking = foreign.lacking.join(", ");
    let sentence = match foreign.looks {
        Looks::NoArchive => "không phải gói dữ liệu: không phải tệp .zip".to_owned(),
        Looks::Empty => "không phải gói dữ liệu: thư mục trống".to_owned(),
        Looks::YearFolder => {
            format!("không phải gói dữ liệu mà là thư mục tệp của một năm: không có {lacking}")
        }
        Looks::DataFolder => {
            format!("không phải gói dữ liệu mà là thư mục dữ liệu của parindex: không có {lacking}")
        }
        Looks::Site => format!("không phải gói dữ liệu mà là trang kết quả đã ghi: không có {lacking}"),
        Looks::Unknown => format!("không phải gói dữ liệu: không có {lacking}"),
    };
    let hint = match foreign.looks {
        Looks::YearFolder => "làm gói từ thư mục này bằng `parindex package TÊN.zip --from THƯ-MỤC`",
        Looks::DataFolder => "lấy gói của một năm bằng `parindex package TÊN.zip --year NĂM --data THƯ-MỤC`",
        Looks::Site => "nêu gói của một phiên bản: cong-bo/NĂM/PHIÊN-BẢN hoặc tệp .zip trong cong-bo/NĂM",
        Looks::Empty | Looks::NoArchive | Looks::Unknown => {
            "nêu thư mục của gói hoặc tệp .zip do `parindex package` hay `parindex publish` ghi"
        }
    };
    (sentence, hint)
}

/// The place and the sentence of a fault.
pub fn fault(fault: &Fault) -> (String, String) {
    let mut place = fault.file.clone();
    if fault.line > 0 {
        place.push_str(&format!(", dòng {}", fault.line));
    }
    if let FaultKind::Row { row, .. } = &fault.kind
        && !row.is_empty()
    {
        place.push_str(&format!(", {row}"));
    }
    (place, sentence(&fault.kind))
}

fn sentence(kind: &FaultKind) -> String {
    match kind {
        FaultKind::Obstacle(kind) => obstacle(kind),
        FaultKind::Needed => "thiếu tệp này; gói không đầy đủ.".to_owned(),
        FaultKind::ManifestLine(line) => {
            format!("«{line}» không phải một dòng mã băm (64 chữ số, hai dấu cách, đường dẫn).")
        }
        FaultKind::ManifestEnds => {
            "các dòng kết thúc kiểu khác (CRLF) nên mã gói không còn là mã đã công bố; lấy lại tệp gốc."
                .to_owned()
        }
        FaultKind::ManifestTwice(path) => format!("{path} được liệt kê hai lần."),
        FaultKind::Missing => format!("có trong {MANIFEST} nhưng không có trong gói."),
        FaultKind::Extra => format!("có trong gói nhưng không có trong {MANIFEST}."),
        FaultKind::Stranger => {
            "không phải tệp của gói dữ liệu: có mã băm nhưng không suy ra từ số liệu nào. Bỏ tệp này khỏi gói."
                .to_owned()
        }
        FaultKind::Hash { said, found } => {
            format!("nội dung đã bị sửa: {MANIFEST} ghi {}…, tệp có {}….", &said[..12], &found[..12])
        }
        FaultKind::NotJson(words) => format!("không đọc được theo khuôn dạng của gói ({words})."),
        FaultKind::Field { field, said, expected } => {
            format!("{field}: ghi {}, đúng ra {}.", quoted(said), quoted(expected))
        }
        FaultKind::Malformed { field, said } => format!("{field}: giá trị {} không hợp lệ.", quoted(said)),
        FaultKind::Input(problem) => problems::sentence(&problem.kind, Keys::Shown),
        FaultKind::Row { kind, .. } => difference(kind),
        FaultKind::Text { said, expected } => text(said.as_deref(), expected.as_deref()),
        FaultKind::Id { wanted, found } => {
            format!("mã gói là {found}, không phải mã đã nêu {wanted}: đây là một gói khác.")
        }
    }
}

/// Two versions of a line; long lines are cut down to where they part.
fn text(said: Option<&str>, expected: Option<&str>) -> String {
    let (Some(said), Some(expected)) = (said, expected) else {
        let line = |line: Option<&str>| line.map_or_else(|| "hết văn bản".to_owned(), quoted);
        return format!("ghi {}, soạn lại {}.", line(said), line(expected));
    };
    const BEFORE: usize = 40;
    let same = said.chars().zip(expected.chars()).take_while(|(one, other)| one == other).count();
    let part = |line: &str| {
        let from = line.char_indices().nth(same.saturating_sub(BEFORE)).map_or(line.len(), |(at, _)| at);
        let sign = if from > 0 { "…" } else { "" };
        quoted(&format!("{sign}{}", &line[from..]))
    };
    format!("ghi {}, soạn lại {}.", part(said), part(expected))
}

fn difference(kind: &DifferenceKind) -> String {
    match kind {
        DifferenceKind::Syntax(words) => format!("không đọc được như một bảng CSV ({words})."),
        DifferenceKind::Headings { said, expected } => {
            format!("tiêu đề cột: ghi {}, đúng ra {}.", quoted(said), quoted(expected))
        }
        DifferenceKind::Cell { column, title, said, expected } => {
            format!("cột {column} ({title}): ghi {}, tính lại {}.", quoted(said), quoted(expected))
        }
        DifferenceKind::RowMissing => "thiếu dòng này.".to_owned(),
        DifferenceKind::RowExtra => "dòng này không có căn cứ trong số liệu đầu vào.".to_owned(),
        DifferenceKind::RowTwice => "dòng này có hai lần.".to_owned(),
        DifferenceKind::Order => "các dòng đúng nhưng sai thứ tự.".to_owned(),
        DifferenceKind::Written => {
            "các ô đúng nhưng tệp được ghi cách khác (dấu nháy, kết thúc dòng).".to_owned()
        }
    }
}

/// A value between guillemets; long ones are cut, an empty one is said to be.
fn quoted(value: &str) -> String {
    const MOST: usize = 160;
    if value.is_empty() {
        return "trống".to_owned();
    }
    match value.char_indices().nth(MOST) {
        Some((at, _)) => format!("«{}…»", &value[..at]),
        None => format!("«{value}»"),
    }
}
