//! The rows of the sheet of settings: what they are called, how they are written.

use par_core::framework::{Compare, ExemptionMethod, Framework, TieBreaker, Ties};
use par_core::points::read::{self, Notation};
use par_core::words::short::{self, BREAKERS, CAPS, COMPARE, EXEMPTIONS, ROUNDINGS, TIES};

use super::params::{entry, logical, typed};
use super::{FaultKind, quoted};

/// One setting.
pub struct Setting {
    /// What it is called.
    pub label: &'static str,
    /// Its key in `framework.toml`.
    pub key: &'static str,
    /// What may be written.
    pub form: Form,
    /// What it is for.
    pub about: &'static str,
}

/// What may be written as a setting.
#[derive(Clone, Copy)]
pub enum Form {
    /// Any text.
    Text,
    /// A decimal number.
    Number,
    /// A whole number.
    Whole,
    /// One of some words.
    Word(&'static short::Words),
    /// A word, or the code of a node.
    Breaker,
    /// Lines of bound and name.
    Classes,
    /// Lines of text.
    Lines,
}

/// The settings in the order written.
pub const ALL: [Setting; 15] = [
    Setting {
        label: "Mã bộ tiêu chí",
        key: "id",
        form: Form::Text,
        about: "Tên ngắn không dấu, như departments; dùng trong tệp và địa chỉ.",
    },
    Setting {
        label: "Tên bộ tiêu chí",
        key: "name",
        form: Form::Text,
        about: "Tên đầy đủ, như trong quyết định.",
    },
    Setting { label: "Năm", key: "year", form: Form::Whole, about: "Năm đánh giá." },
    Setting {
        label: "Thang điểm",
        key: "full_scale",
        form: Form::Number,
        about: "Tổng điểm tối đa của các lĩnh vực, không kể điểm trừ; có thể kể cả điểm thưởng (85 và 15 điểm thưởng là 100).",
    },
    Setting {
        label: "Số chữ số thập phân của điểm",
        key: "rounding.point_places",
        form: Form::Whole,
        about: "Điểm từng mục được làm tròn một lần, giữ lại bấy nhiêu chữ số (0 đến 6).",
    },
    Setting {
        label: "Cách làm tròn điểm",
        key: "rounding.points",
        form: Form::Word(&ROUNDINGS),
        about: "Cách làm tròn điểm từng mục.",
    },
    Setting {
        label: "Số chữ số thập phân khi in",
        key: "rounding.print_places",
        form: Form::Whole,
        about: "Số chữ số thập phân trên bảng kết quả (0 đến 6).",
    },
    Setting {
        label: "Cách làm tròn khi in",
        key: "rounding.print",
        form: Form::Word(&ROUNDINGS),
        about: "Chỉ ảnh hưởng đến số in ra, không ảnh hưởng đến xếp hạng theo chỉ số chính xác.",
    },
    Setting {
        label: "Giá trị so sánh",
        key: "ranking.compare",
        form: Form::Word(&COMPARE),
        about: "Xếp hạng theo chỉ số chính xác hay theo chỉ số đã làm tròn.",
    },
    Setting {
        label: "Khi bằng nhau",
        key: "ranking.ties",
        form: Form::Word(&TIES),
        about: "Cách xếp các đơn vị bằng nhau.",
    },
    Setting {
        label: "Phân định bằng",
        key: "ranking.breaker",
        form: Form::Breaker,
        about: "Chỉ ghi khi phân định bằng điểm khác: Điểm điều tra XHH, Điểm thẩm định, hoặc mã một mục.",
    },
    Setting {
        label: "Khi không đánh giá",
        key: "exemption.method",
        form: Form::Word(&EXEMPTIONS),
        about: "Thang điểm giảm đi, hay điểm được quy về thang đầy đủ.",
    },
    Setting {
        label: "Xếp loại",
        key: "class",
        form: Form::Classes,
        about: "Mỗi loại một dòng, từ cao xuống thấp, loại cuối từ 0. Ví dụ: 90: Xuất sắc",
    },
    Setting {
        label: "Căn cứ",
        key: "legal_basis",
        form: Form::Lines,
        about: "Mỗi văn bản một dòng trong ô.",
    },
    Setting {
        label: "Khi điểm thưởng vượt khung",
        key: "total.cap",
        form: Form::Word(&CAPS),
        about: "Tổng điểm bị chặn ở thang điểm, hay được tính đủ; bỏ trống là chặn ở thang điểm.",
    },
];

impl Setting {
    /// Whether the set can do without it.
    pub fn is_optional(&self) -> bool {
        matches!(self.form, Form::Breaker | Form::Lines) || self.key == "total.cap"
    }

    /// `key = value` for `framework.toml`.
    pub fn line(&self, text: &str) -> Result<String, Vec<FaultKind>> {
        let value = match self.form {
            Form::Text => Ok(quoted(text)),
            Form::Number => number(text),
            Form::Whole => whole(text),
            Form::Word(words) => word(words, text),
            Form::Breaker => Ok(quoted(short::word(&BREAKERS, text).unwrap_or(text))),
            Form::Classes => {
                return classes(text).map(|rows| format!("{} = [{}]", self.key, rows.join(", ")));
            }
            Form::Lines => Ok(format!(
                "[{}]",
                logical(text).iter().map(|line| quoted(line)).collect::<Vec<_>>().join(", ")
            )),
        };
        value.map(|value| format!("{} = {value}", self.key)).map_err(|fault| vec![fault])
    }

    /// What a set has for it.
    pub fn of(&self, framework: &Framework) -> String {
        let settings = &framework.settings;
        match self.key {
            "id" => framework.id.clone(),
            "name" => framework.name.clone(),
            "year" => framework.year.to_string(),
            "full_scale" => typed(framework.full_scale.decimal()),
            "rounding.point_places" => settings.point_places.to_string(),
            "rounding.points" => short::vi(&ROUNDINGS, settings.point_rounding.name()).to_owned(),
            "rounding.print_places" => settings.print_places.to_string(),
            "rounding.print" => short::vi(&ROUNDINGS, settings.print_rounding.name()).to_owned(),
            "ranking.compare" => short::vi(&COMPARE, compare(settings.compare)).to_owned(),
            "ranking.ties" => short::vi(&TIES, ties(&settings.ties)).to_owned(),
            "ranking.breaker" => breaker(&settings.ties),
            "exemption.method" => short::vi(&EXEMPTIONS, exemption(settings.exemption)).to_owned(),
            "total.cap" => short::vi(&CAPS, settings.cap.name()).to_owned(),
            "class" => {
                lines(settings.classes.iter().map(|class| entry(&typed(class.from.decimal()), &class.name)))
            }
            _ => lines(framework.legal_basis.iter().map(|basis| basis.replace('\n', "\n  "))),
        }
    }
}

/// The words as people read them.
pub fn choices(words: &'static short::Words) -> Vec<&'static str> {
    words.iter().map(|(_, vi)| *vi).collect()
}

/// A typed word as the quoted word of files.
pub fn word(words: &'static short::Words, text: &str) -> Result<String, FaultKind> {
    match short::word(words, text) {
        Some(word) => Ok(quoted(word)),
        None => Err(FaultKind::NotAWord { value: text.to_owned(), allowed: choices(words) }),
    }
}

/// A typed number as the quoted number of files.
pub fn number(text: &str) -> Result<String, FaultKind> {
    let number = read::decimal(text, Notation::Typed).map_err(FaultKind::Number)?;
    Ok(quoted(&number.trimmed().to_string()))
}

/// A whole number without quotes.
pub fn whole(text: &str) -> Result<String, FaultKind> {
    match text.parse::<u32>() {
        Ok(whole) => Ok(whole.to_string()),
        Err(_) => Err(FaultKind::Number(read::NumberProblem::NotANumber(text.to_owned()))),
    }
}

fn classes(text: &str) -> Result<Vec<String>, Vec<FaultKind>> {
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    for line in logical(text) {
        let parts = line.split_once(':');
        match parts.map(|(from, name)| (number(from.trim()), name.trim())) {
            Some((Ok(from), name)) => rows.push(format!("{{ name = {}, from = {from} }}", quoted(name))),
            Some((Err(fault), _)) => faults.push(fault),
            None => faults.push(FaultKind::BadLine { line, example: "90: Xuất sắc" }),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn compare(compare: Compare) -> &'static str {
    match compare {
        Compare::Exact => "exact",
        Compare::Printed => "printed",
    }
}

fn ties(ties: &Ties) -> &'static str {
    match ties {
        Ties::Share => "share",
        Ties::Dense => "dense",
        Ties::Breaker(_) => "breaker",
    }
}

fn breaker(ties: &Ties) -> String {
    match ties {
        Ties::Share | Ties::Dense => String::new(),
        Ties::Breaker(TieBreaker::Survey) => short::vi(&BREAKERS, "survey").to_owned(),
        Ties::Breaker(TieBreaker::Appraisal) => short::vi(&BREAKERS, "appraisal").to_owned(),
        Ties::Breaker(TieBreaker::Node(code)) => code.clone(),
    }
}

fn exemption(method: ExemptionMethod) -> &'static str {
    match method {
        ExemptionMethod::ReduceScale => "reduce_scale",
        ExemptionMethod::RescaleToFull => "rescale_to_full",
    }
}
