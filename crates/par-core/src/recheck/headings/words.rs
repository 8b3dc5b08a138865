//! The words of headings, and what each says that a column holds.
//!
//! Must not know: the other columns.

use super::{Role, contains_words, fold, marked};

/// Words of parts of the total.
pub(super) const PARTS: [&str; 6] = ["thẩm định", "điều tra", "xhh", "appraisal", "survey", "khảo sát"];

/// A heading in the forms in which its words are looked for.
pub(super) struct Heading {
    marked: String,
    folded: String,
    pub(super) percent: bool,
}

impl Heading {
    pub(super) fn of(text: &str) -> Heading {
        let percent = text.contains('%');
        Heading { marked: marked(text), folded: fold(text), percent }
    }

    /// Typed without any mark, so that it is compared without marks.
    fn unmarked(&self) -> bool {
        self.marked == self.folded
    }

    pub(super) fn has(&self, words: &[&str]) -> bool {
        words.iter().any(|word| {
            if self.unmarked() {
                contains_words(&self.folded, &fold(word))
            } else {
                contains_words(&self.marked, word)
            }
        })
    }

    pub(super) fn is(&self, texts: &[&str]) -> bool {
        let own = if self.percent { format!("{} %", self.marked) } else { self.marked.clone() };
        let own = own.trim().to_owned();
        texts.iter().any(|text| {
            own == *text || self.marked == *text || (self.unmarked() && own == spaced_percent(text))
        })
    }

    pub(super) fn starts(&self, words: &[&str]) -> bool {
        words.iter().any(|word| {
            let (own, word) =
                if self.unmarked() { (&self.folded, fold(word)) } else { (&self.marked, (*word).to_owned()) };
            own.strip_prefix(&word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }

    pub(super) fn year(&self) -> Option<u16> {
        let year = |word: &str| word.parse().ok().filter(|year| (1990..=2100).contains(year));
        let said = self.marked.split(' ').filter(|word| word.len() == 4).find_map(year);
        said.or_else(|| self.has(&["năm trước", "kỳ trước", "năm ngoái", "previous"]).then_some(0))
    }
}

fn spaced_percent(text: &str) -> String {
    let folded = fold(text);
    let own = if text.contains('%') { format!("{folded} %") } else { folded };
    own.trim().to_owned()
}

/// Columns that are beside the point whatever else their headings say.
pub(super) fn aside(heading: &Heading) -> Option<Role> {
    let of_no_use = [
        "tự chấm",
        "tự đánh giá",
        "self",
        "ghi chú",
        "note",
        "notes",
        "chỉ số thành phần",
        "exact",
        "giá trị chính xác",
    ];
    // Packages give the index of the year before in this one form.
    if heading.has(&of_no_use) && !heading.is(&["previous exact"]) {
        return Some(Role::Other);
    }
    let starts = ["so với", "thay đổi", "chênh lệch", "mức tăng", "mức giảm", "tăng hạng"];
    let within = ["tăng giảm", "so với năm", "thay đổi so với", "change"];
    // "Giảm nghèo" and "hạ tầng" are no changes.
    let change = heading.is(&["tăng", "giảm"]) || heading.starts(&starts) || heading.has(&within);
    if change {
        let of_places = heading.has(&["hạng", "bậc", "rank", "vị trí"]);
        let one_way = heading.is(&["tăng", "giảm"]);
        return Some(if of_places || one_way { Role::Other } else { Role::Change });
    }
    None
}

/// The role that a heading names, and how plainly.
pub(super) fn role(heading: &Heading) -> (Role, u8) {
    let has = |words: &[&str]| heading.has(words);
    let is = |texts: &[&str]| heading.is(texts);
    if is(&["stt", "tt", "số tt", "số thứ tự", "no", "tt stt", "s tt"]) {
        return (Role::Serial, 1);
    }
    let places = [
        "thứ hạng",
        "xếp hạng",
        "xếp thứ",
        "vị thứ",
        "vị trí",
        "hạng",
        "thứ bậc",
        "rank",
        "ranking",
        "place",
        "position",
    ];
    if has(&places) || is(&["xh", "vt", "bậc"]) {
        return (Role::Place, 1);
    }
    if is(&["thứ tự", "thứ tự xếp hạng"]) {
        return (Role::Place, 0);
    }
    if has(&["xếp loại", "phân loại", "class", "mức đánh giá", "xếp mức", "mức xếp loại"]) || is(&["loại"])
    {
        return (Role::Class, 1);
    }
    if has(&["thang điểm", "scale"]) {
        return (Role::Scale, 2);
    }
    if has(&["điểm tối đa", "max", "maximum"]) || is(&["tối đa"]) {
        return (Role::Scale, 1);
    }
    if has(&["điểm chuẩn"]) {
        return (Role::Scale, 0);
    }
    if has(&["khối", "nhóm", "cụm", "block", "group", "loại đơn vị"]) {
        return (Role::Block, 1);
    }
    points(heading).unwrap_or_else(|| names(heading))
}

/// Total, index and parts.
fn points(heading: &Heading) -> Option<(Role, u8)> {
    let has = |words: &[&str]| heading.has(words);
    let taken_off = has(&["đã trừ", "sau trừ", "sau khi trừ"]);
    if !taken_off
        && (has(&["điểm trừ", "bị trừ", "trừ điểm", "giảm trừ", "khấu trừ", "điểm phạt", "penalty", "minus"])
            || heading.is(&["trừ"]))
    {
        return Some((Role::Minus, 1));
    }
    if heading.is(&["previous exact"]) {
        return Some((Role::Index, 1));
    }
    if heading.percent && has(&["quy đổi"]) {
        return Some((Role::Index, 1));
    }
    if has(&["tổng", "tổng điểm", "total", "tổng cộng"]) {
        let plain = has(&["đạt"]) || heading.is(&["tổng điểm", "tổng", "total", "tổng cộng"]);
        let part = has(&PARTS);
        return Some((Role::Total, if plain { 2 } else { u8::from(!part) }));
    }
    if has(&["chỉ số", "index", "par index"]) {
        let plain = has(&["cchc", "par index", "cải cách hành chính", "percent"]);
        return Some((Role::Index, if plain { 3 } else { 2 }));
    }
    let ratio = has(&["tỷ lệ", "tỉ lệ"]);
    let outcome = heading.is(&[
        "kết quả %",
        "kết quả",
        "kết quả đánh giá %",
        "kết quả cchc %",
        "phần trăm",
        "%",
        "mức độ hoàn thành %",
        "mức độ hoàn thành",
        "mức hoàn thành %",
        "điểm quy đổi",
        "kết quả thực hiện %",
        "percent",
        "kết quả đạt được %",
        "mức đạt %",
        "tỷ trọng %",
        "điểm %",
    ]);
    if ratio || outcome || (heading.percent && has(&["phần trăm", "hoàn thành", "kết quả"])) {
        return Some((Role::Index, u8::from(ratio)));
    }
    let parts = [
        "điểm",
        "xhh",
        "points",
        "point",
        "score",
        "thẩm định",
        "điều tra",
        "appraisal",
        "survey",
        "khảo sát",
        "thưởng",
        "bonus",
        "vượt khung",
        "cut",
    ];
    has(&parts).then_some((Role::Part, 1))
}

/// Names of units; of areas where nothing names a unit.
fn names(heading: &Heading) -> (Role, u8) {
    let units = [
        "đơn vị",
        "cơ quan",
        "địa phương",
        "unit",
        "sở ngành",
        "sở ban ngành",
        "xã phường",
        "phường xã",
        "huyện",
        "tỉnh",
        "bộ ngành",
        "thành phố",
    ];
    let short = [
        "tên",
        "name",
        "agency",
        "department",
        "xã",
        "sở",
        "phường",
        "quận",
        "bộ",
        "ngành",
        "province",
        "district",
    ];
    // Beside a code, the name says which unit it is.
    if heading.is(&["unit", "mã đơn vị"]) {
        return (Role::Unit, 1);
    }
    if heading.has(&units) || heading.is(&short) {
        return (Role::Unit, 2);
    }
    if heading.starts(&["tên"]) {
        return (Role::Unit, 1);
    }
    if heading.is(&["lĩnh vực", "nội dung", "tiêu chí", "lĩnh vực đánh giá", "nội dung đánh giá", "area"])
    {
        return (Role::Unit, 0);
    }
    (Role::Unknown, 0)
}
