//! Sentences about texts that were checked against the data.

use par_core::language::Language;
use par_core::lint::Report;
use par_core::lint::finding::{Extreme, Kind, Numbered, Of, Place, Points, Selection, Sheets};
use par_core::points::decimal::Decimal;
use par_core::score::results::{Measure, Results, Scope};

/// Where something stands: line, heading, paragraph.
pub fn place(place: &Place) -> String {
    let line = place.line.map(|line| format!("dòng {line}"));
    let heading = (!place.heading.is_empty()).then(|| format!("mục «{}»", short(&place.heading)));
    let paragraph = (place.paragraph > 0).then(|| format!("đoạn {}", place.paragraph));
    let note = place.note.then(|| "chú thích".to_owned());
    let parts: Vec<String> = [line, heading, paragraph, note].into_iter().flatten().collect();
    if parts.is_empty() { "cả văn bản".to_owned() } else { parts.join(", ") }
}

/// What was compared, each kind of check in one sentence, or why it was not.
pub fn checks(report: &Report, hidden: usize) -> Vec<String> {
    let by_words = report.compared - report.beside;
    let open = match report.unchecked.len() {
        0 => String::new(),
        open => format!("; {open} số không hiểu được nói về gì nên chưa đối chiếu"),
    };
    let words = match by_words {
        0 => format!("Số, theo câu chữ quanh nó: không có số nào đối chiếu được{open}."),
        some => format!("Số, theo câu chữ quanh nó: đã đối chiếu {some} số{open}."),
    };
    let lines = if report.lines == 0 {
        "Từng dòng với báo cáo do chương trình lập: không kiểm, văn bản không dùng câu chữ của báo cáo đó."
            .to_owned()
    } else {
        format!(
            "Từng dòng với báo cáo do chương trình lập: đã kiểm {} dòng cùng câu chữ, {} số.",
            report.lines, report.beside
        )
    };
    let names = match report.names {
        0 => "Tên đơn vị: không kiểm, văn bản không nêu đơn vị nào của năm này.".to_owned(),
        some => format!("Tên đơn vị: đã kiểm {some} chỗ nêu tên."),
    };
    let hidden = (hidden > 0).then(|| format!("Chữ ẩn: {hidden} đoạn, không in ra nên không đối chiếu."));
    [words, lines, names].into_iter().chain(hidden).collect()
}

/// A heading in at most 80 characters.
fn short(heading: &str) -> String {
    match heading.char_indices().nth(80) {
        None => heading.to_owned(),
        Some((end, _)) => {
            let cut = heading[..end].rfind(' ').unwrap_or(end);
            format!("{} …", &heading[..cut])
        }
    }
}

/// What the text says and what the data say.
pub fn finding(results: &Results, kind: &Kind) -> (String, String) {
    let names = Names(results);
    match kind {
        Kind::Value { of, said, data } => names.value(of, *said, *data),
        Kind::Count { selection, scope, measure, said, data } => (
            format!("{said} đơn vị {}", names.selection(selection, measure)),
            format!("{data} đơn vị ({})", names.scope(*scope)),
        ),
        Kind::Denominator { scope, measure, said, data } => (
            format!("trên tổng số {said} đơn vị"),
            format!("{data} đơn vị có {} ({})", names.measure(measure), names.scope(*scope)),
        ),
        Kind::OtherScope { scope, fits, measure, said, data } => (
            format!("nói về {}, nhưng mẫu số là {}", names.scope(*scope), listed(said)),
            format!(
                "{} có {data} đơn vị được tính {}; các số đếm này là của {}",
                names.scope(*scope),
                names.measure(measure),
                names.scope(*fits)
            ),
        ),
        Kind::MixedDenominators { denominators } => {
            let each = denominators.iter().map(|(of, places)| format!("{of} ({places} chỗ)"));
            (
                format!(
                    "mẫu số khi đếm đơn vị toàn tỉnh không thống nhất: {}",
                    each.collect::<Vec<_>>().join(", ")
                ),
                "số đơn vị được tính khác nhau theo lĩnh vực; nêu rõ đơn vị không đánh giá ở từng chỗ"
                    .to_owned(),
            )
        }
        Kind::OutOfScope { unit, scope } => (
            format!("nêu {} khi nói về {}", names.unit(*unit), names.scope(*scope)),
            format!("{} không thuộc nhóm này", names.unit(*unit)),
        ),
        Kind::Extreme { extreme, rank, scope, measure, said, data, value } => {
            let what = extreme_words(*extreme);
            let which = if *rank == 1 { what.to_owned() } else { format!("{what} thứ {rank}") };
            let unit =
                if matches!(extreme, Extreme::Rise | Extreme::Fall) { " điểm phần trăm" } else { "%" };
            let value = if *extreme == Extreme::Fall { value.vi().replace('-', "") } else { value.vi() };
            (
                format!("{which} là {}", names.unit(*said)),
                format!(
                    "{which} ({}, {}) là {} ({value}{unit})",
                    names.measure(measure),
                    names.scope(*scope),
                    names.unit(*data)
                ),
            )
        }
        Kind::List { selection, scope, measure, missing, extra } => {
            let part = |units: &[usize], word: &str| {
                (!units.is_empty()).then(|| format!("{word} {}", names.units(units)))
            };
            let parts: Vec<String> =
                [part(missing, "thiếu"), part(extra, "thừa")].into_iter().flatten().collect();
            (
                format!("danh sách đơn vị {} ({})", names.selection(selection, measure), names.scope(*scope)),
                parts.join("; "),
            )
        }
        Kind::ListLength { said, named } => {
            (format!("{said} đơn vị"), format!("danh sách kèm theo nêu tên {named} đơn vị"))
        }
        Kind::Rest { scope, measure, said, data } => (
            format!("các đơn vị còn lại từ {}% đến {}%", said.0.vi(), said.1.vi()),
            format!(
                "từ {}% đến {}% ({}, {})",
                data.0.vi(),
                data.1.vi(),
                names.measure(measure),
                names.scope(*scope)
            ),
        ),
        Kind::Class { unit, said, data } => (
            format!("{} xếp loại {said}", names.unit(*unit)),
            data.as_ref().map_or("không xếp loại".to_owned(), |class| format!("xếp loại {class}")),
        ),
        Kind::NumberingGap { said, expected, of } => {
            (format!("{}{said}", numbered(*of)), format!("trước đó thiếu {expected}"))
        }
        Kind::NumberingRepeat { said, expected, of } => (
            format!("{}{said}", numbered(*of)),
            format!("số này đã dùng hoặc đã qua; theo thứ tự là {expected}"),
        ),
        Kind::MixedDecimalSigns { commas, points, rarer } => (
            format!("dùng lẫn dấu thập phân: {commas} số có dấu phẩy, {points} số có dấu chấm"),
            format!("nên thống nhất dấu phẩy; số ít gặp hơn: {}", rarer.join("; ")),
        ),
        Kind::ChangeInPercent { places } => (
            format!("{places} chỗ ghi mức tăng, giảm bằng \"%\""),
            "chênh lệch giữa hai tỷ lệ phần trăm tính bằng điểm phần trăm".to_owned(),
        ),
        Kind::Differs { said, data, figure } => match figure {
            Some(figure) => (format!("{}: {said}", results.derive(figure, Language::Vi).title), data.clone()),
            None => (said.clone(), data.clone()),
        },
        Kind::Misspelt { said, unit } => (
            format!("tên đơn vị «{said}»"),
            format!("không có đơn vị này; tên gần nhất là {}", names.unit(*unit)),
        ),
        Kind::RowSum { said, data } => {
            (format!("tổng điểm {}", said.vi()), format!("cộng các điểm trong hàng được {}", data.vi()))
        }
        Kind::RowIndex { said, data } => {
            (format!("chỉ số {}", said.vi()), format!("tổng điểm chia thang điểm được {}", data.vi()))
        }
    }
}

/// What stands before a number; that of a caption names its own kind.
fn numbered(of: Numbered) -> &'static str {
    match of {
        Numbered::Heading => "đề mục đánh số ",
        Numbered::Item => "ý đánh số ",
        Numbered::Caption => "chú dẫn ",
    }
}

fn listed(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

fn extreme_words(extreme: Extreme) -> &'static str {
    match extreme {
        Extreme::Highest => "cao nhất",
        Extreme::Lowest => "thấp nhất",
        Extreme::Rise => "tăng nhiều nhất",
        Extreme::Fall => "giảm nhiều nhất",
    }
}

/// Words for positions.
struct Names<'r>(&'r Results);

impl Names<'_> {
    fn unit(&self, unit: usize) -> &str {
        &self.0.year.units[unit].name
    }

    fn units(&self, units: &[usize]) -> String {
        units.iter().map(|unit| self.unit(*unit)).collect::<Vec<_>>().join(", ")
    }

    fn scope(&self, scope: Scope) -> String {
        match scope {
            Scope::Province => "toàn tỉnh".to_owned(),
            Scope::Cluster(_) | Scope::Block(_) => lower_first(self.0.scope_name(scope, Language::Vi)),
        }
    }

    fn measure(&self, measure: &Measure) -> String {
        let named = |code: &str| {
            let node = self.0.year.sets.iter().find_map(|set| Some(set.node(set.find_compared(code)?)));
            node.map_or_else(
                || format!("chỉ số thành phần {code}"),
                |node| format!("chỉ số thành phần «{}»", node.name),
            )
        };
        match measure {
            Measure::Index => "Chỉ số CCHC".to_owned(),
            Measure::Node(code) => named(code),
            Measure::In(_, code) => format!("chỉ số thành phần {code}"),
        }
    }

    fn selection(&self, selection: &Selection, measure: &Measure) -> String {
        let measure = self.measure(measure);
        let mark = |mark: &Decimal| mark.trimmed().vi();
        match selection {
            Selection::Up => format!("có {measure} tăng"),
            Selection::Down => format!("có {measure} giảm"),
            Selection::Above(at) => format!("có {measure} trên {}%", mark(at)),
            Selection::AtLeast(at) => format!("có {measure} từ {}% trở lên", mark(at)),
            Selection::Below(at) => format!("có {measure} dưới {}%", mark(at)),
            Selection::AtMost(at) => format!("có {measure} từ {}% trở xuống", mark(at)),
            Selection::Between(low, high) => {
                format!("có {measure} từ {}% đến dưới {}%", mark(low), mark(high))
            }
            Selection::Class(name) => format!("xếp loại {name}"),
            Selection::ClassBefore(name) => format!("xếp loại {name} năm trước"),
            Selection::ClassChange(name) => format!("xếp loại {name} thay đổi so với năm trước"),
        }
    }

    fn value(&self, of: &Of, said: Decimal, data: Option<Decimal>) -> (String, String) {
        let (about, unit) = self.about(of);
        let change = matches!(of, Of::Change(..) | Of::MeanChange(..));
        let print = |value: Decimal| {
            let size = Decimal::new(value.units().abs(), value.places()).vi();
            match (change, value.units().signum()) {
                (true, 1) => format!("tăng {size}{unit}"),
                (true, -1) => format!("giảm {size}{unit}"),
                (true, _) => "không đổi".to_owned(),
                (false, _) => format!("{}{unit}", value.vi()),
            }
        };
        let data = data.map_or("không có số liệu này".to_owned(), print);
        (format!("{about}: {}", print(said)), data)
    }

    fn about(&self, of: &Of) -> (String, &'static str) {
        match of {
            Of::Percent(unit, measure) | Of::Change(unit, measure) => {
                let change = matches!(of, Of::Change(..));
                let about = format!("{} của {}", self.measure(measure), self.unit(*unit));
                (about, if change { " điểm phần trăm" } else { "%" })
            }
            Of::Mean(scope, measure) | Of::MeanChange(scope, measure) => {
                let change = matches!(of, Of::MeanChange(..));
                let about = format!("trung bình {} ({})", self.measure(measure), self.scope(*scope));
                (about, if change { " điểm phần trăm" } else { "%" })
            }
            Of::Scale(unit, Measure::Index) => (format!("thang điểm của {}", self.unit(*unit)), ""),
            Of::Scale(unit, measure) => {
                (format!("thang điểm {} của {}", self.measure(measure), self.unit(*unit)), "")
            }
            Of::Points(unit, points) => {
                let kind = match points {
                    Points::Appraisal => "điểm thẩm định",
                    Points::Survey => "điểm điều tra",
                    Points::Total => "tổng điểm",
                };
                (format!("{kind} của {}", self.unit(*unit)), "")
            }
            Of::Place(unit) => (format!("thứ hạng của {}", self.unit(*unit)), ""),
            Of::Survey(sheets) => sheets_words(*sheets),
            Of::Criteria(measure) => (format!("số tiêu chí của {}", self.measure(measure)), ""),
        }
    }
}

fn sheets_words(sheets: Sheets) -> (String, &'static str) {
    let (words, unit) = match sheets {
        Sheets::Issued => ("số phiếu phát ra", ""),
        Sheets::Collected => ("số phiếu thu về", ""),
        Sheets::Accepted => ("số phiếu đạt yêu cầu", ""),
        Sheets::Rejected => ("số phiếu không nghiệm thu", ""),
        Sheets::NotReturned => ("số phiếu không thu về", ""),
        Sheets::Forms => ("số mẫu phiếu", ""),
        Sheets::ReturnRate => ("tỷ lệ phiếu thu về", "%"),
    };
    (words.to_owned(), unit)
}

/// A name inside a sentence: "các sở, ban, ngành tỉnh".
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let proper = name.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase));
    match letters.next() {
        Some(first) if !proper => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}
