//! What a line of the journal says, for people.

use par_core::language::Language;
use par_core::points::read::{Notation, decimal};
use par_core::words;
use par_core::year::Stage;
use par_store::journal::Line;
use par_store::migrations::UPGRADE;
use par_store::publications::PUBLISH_YEAR;
use par_store::store::{IMPORT_YEAR, RECORD_JUDGEMENT};

/// What was done, in a sentence without its end.
pub fn sentence(line: &Line) -> String {
    let of = |name: &str| line.value(name).unwrap_or_default();
    let year = line.year.map(|(year, _)| year.to_string()).unwrap_or_default();
    match line.act.as_str() {
        IMPORT_YEAR => format!(
            "Nhập năm {year}: {} đơn vị, {} điểm chấm, {} phiếu điều tra",
            shown(&of("units")),
            shown(&of("judgements")),
            shown(&of("sheets"))
        ),
        PUBLISH_YEAR => {
            let reason = of("reason");
            let why = if reason.is_empty() { String::new() } else { format!("; đính chính: {reason}") };
            format!("Công bố năm {year}, phiên bản {}, mã gói {}{why}", of("version"), of("package_id"))
        }
        RECORD_JUDGEMENT => judgement(line),
        UPGRADE => format!("Nâng cấp cấu trúc dữ liệu từ phiên bản {} lên {}", of("from"), of("to")),
        other => format!("Việc «{other}» do phiên bản khác của chương trình ghi"),
    }
}

fn judgement(line: &Line) -> String {
    let of = |name: &str| line.value(name).unwrap_or_default();
    let stage = of("stage");
    let stage = Stage::named(&stage).map_or(stage, |stage| words::stage(stage, Language::Vi).to_owned());
    let inputs = |name: &str| Some(of(name)).filter(|text| !text.is_empty());
    let given = inputs("inputs").map_or_else(String::new, |text| format!(" (số liệu {text})"));
    let before = line.value("before").map_or_else(String::new, |points| {
        let given = inputs("before_inputs").map_or_else(String::new, |text| format!(" (số liệu {text})"));
        format!(", trước đó {} điểm{given}", shown(&points))
    });
    format!(
        "Ghi {stage} của {}, tiêu chí {}: {} điểm{given}{before}",
        of("unit"),
        of("leaf"),
        shown(&of("points"))
    )
}

/// A number of a line as people write it.
fn shown(number: &str) -> String {
    let read = decimal(number, Notation::Data);
    read.map_or_else(|_| number.to_owned(), |number| Language::Vi.number(number.trimmed()))
}
