//! Recognises the columns of a result table from Vietnamese and English headings.
//!
//! Must not know: the rows below the heading.

use crate::text;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The unit's name.
    Unit,
    /// Its block.
    Block,
    /// Its place, under a heading that says so.
    Place,
    /// A running number.
    Serial,
    /// A part of the total.
    Part,
    /// A heading that says nothing; a part if the figures say so.
    Unknown,
    /// The total.
    Total,
    /// The maximum.
    Scale,
    /// The index in percent.
    Index,
    /// The class.
    Class,
    /// Known, and of no use here: self-scores, earlier years, changes, notes.
    Other,
}

/// The columns of one heading row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Role and heading of every column that has a heading, by position.
    pub roles: Vec<Option<(Role, String)>>,
}

impl Columns {
    /// Position of the first column with that role.
    pub fn position(&self, role: Role) -> Option<usize> {
        self.positions(role).next()
    }

    /// Positions of all columns with that role.
    pub fn positions(&self, role: Role) -> impl Iterator<Item = usize> {
        self.roles
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.as_ref().is_some_and(|(r, _)| *r == role))
            .map(|(at, _)| at)
    }

    /// The heading of a column; empty when it has none.
    pub fn heading(&self, at: usize) -> &str {
        self.roles.get(at).and_then(Option::as_ref).map_or("", |(_, heading)| heading)
    }

    /// Whether the columns without which nothing can be checked are there.
    pub fn sufficient(&self) -> bool {
        self.missing().is_empty()
    }

    /// Required columns that were not recognised.
    pub fn missing(&self) -> Vec<Role> {
        [Role::Unit, Role::Index].into_iter().filter(|role| self.position(*role).is_none()).collect()
    }

    /// How many columns were recognised.
    pub fn recognised(&self) -> usize {
        self.roles.iter().flatten().filter(|(role, _)| !matches!(role, Role::Unknown | Role::Other)).count()
    }
}

/// Folded text with every run of other signs as one space: the form in which headings and names are
/// compared.
///
/// ```
/// assert_eq!(par_core::recheck::headings::fold(" Điểm  THẨM định (XHH)"), "diem tham dinh xhh");
/// ```
pub fn fold(words: &str) -> String {
    let folded = text::fold(words);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Reads the cells of one row as headings. `below` holds the cells of a second heading row, as
/// under merged headings ("Điểm" over "Thẩm định", "Điều tra").
pub fn columns(cells: &[String], below: Option<&[String]>) -> Columns {
    let width = cells.len().max(below.map_or(0, <[String]>::len));
    let heading = |at: usize| {
        let own = cells.get(at).map_or("", String::as_str);
        let under = below.and_then(|row| row.get(at)).map_or("", String::as_str);
        format!("{own} {under}").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut columns = Columns {
        roles: (0..width)
            .map(heading)
            .map(|text| if text.is_empty() { None } else { Some((role(&fold(&text)), text)) })
            .collect(),
    };
    // A running number is the place only where no column says that it is.
    if columns.position(Role::Place).is_some() {
        columns.demote(Role::Serial, 0);
    }
    for single in [Role::Unit, Role::Block, Role::Place, Role::Serial, Role::Scale, Role::Class] {
        columns.demote(single, 1);
    }
    columns.keep_best(Role::Total, |folded| u8::from(folded.contains("dat") || folded == "tong diem"));
    columns.keep_best(Role::Index, |folded| {
        u8::from(folded.contains("cchc") || folded.contains("par index") || folded.contains("percent"))
    });
    columns
}

impl Columns {
    /// Leaves the first `keep` columns of a role; the others are of no use.
    fn demote(&mut self, role: Role, keep: usize) {
        for at in self.positions(role).skip(keep).collect::<Vec<_>>() {
            if let Some((role, _)) = &mut self.roles[at] {
                *role = Role::Other;
            }
        }
    }

    /// Leaves the column of a role whose heading is the most telling, the first of equals.
    fn keep_best(&mut self, role: Role, telling: impl Fn(&str) -> u8) {
        let found: Vec<usize> = self.positions(role).collect();
        let best = found.iter().copied().rev().max_by_key(|at| telling(&fold(self.heading(*at))));
        for at in found.into_iter().filter(|at| Some(*at) != best) {
            if let Some((role, _)) = &mut self.roles[at] {
                *role = Role::Other;
            }
        }
    }
}

/// The role that a folded heading names.
fn role(folded: &str) -> Role {
    let has = |words: &[&str]| words.iter().any(|word| contains_words(folded, word));
    let is = |texts: &[&str]| texts.contains(&folded);
    let of_no_use = [
        "tu cham",
        "tu danh gia",
        "self",
        "tang",
        "giam",
        "change",
        "ghi chu",
        "note",
        "notes",
        "so voi",
        "nam truoc",
        "previous",
        "chenh lech",
        "thanh phan",
    ];
    if has(&of_no_use) {
        return Role::Other;
    }
    if is(&["stt", "tt", "so tt", "so thu tu", "no", "tt stt"]) {
        return Role::Serial;
    }
    if has(&["thu hang", "xep hang", "xep thu", "vi thu", "vi tri", "hang", "rank", "place", "position"]) {
        return Role::Place;
    }
    if has(&["xep loai", "class", "muc danh gia", "xep muc"]) || is(&["loai"]) {
        return Role::Class;
    }
    if has(&["thang diem", "scale", "diem toi da", "diem chuan", "max", "maximum"]) {
        return Role::Scale;
    }
    if has(&["khoi", "nhom", "block", "group", "loai don vi"]) {
        return Role::Block;
    }
    if has(&["tong", "tong diem", "total"]) {
        return Role::Total;
    }
    if has(&["chi so", "index", "ty le", "ti le"]) {
        return Role::Index;
    }
    if has(&["diem", "tham dinh", "dieu tra", "xhh", "points", "point", "score", "appraisal", "survey"]) {
        return Role::Part;
    }
    if has(&["don vi", "co quan", "dia phuong", "unit", "so nganh", "so ban nganh", "xa phuong", "huyen"])
        || is(&["ten", "name", "agency", "department", "xa", "so"])
    {
        return Role::Unit;
    }
    Role::Unknown
}

/// Whether `words` occurs in `text` at word boundaries.
pub(super) fn contains_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let end = at + words.len();
        (at == 0 || text.as_bytes()[at - 1] == b' ') && (end == text.len() || text.as_bytes()[end] == b' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headings: &str, expect: &[Role]) {
        let cells: Vec<String> = headings.split('|').map(|h| h.trim().to_owned()).collect();
        let got: Vec<Role> =
            columns(&cells, None).roles.into_iter().flatten().map(|(role, _)| role).collect();
        assert_eq!(got, expect, "{headings}");
    }

    #[test]
    fn vietnamese_and_english_headings_name_the_same_columns() {
        use Role::*;
        check(
            "STT|Tên đơn vị|Điểm thẩm định|Điểm điều tra|Tổng điểm đạt được|Chỉ số CCHC (%)|Xếp loại",
            &[Serial, Unit, Part, Part, Total, Index, Class],
        );
        check(
            "group|position|unit|appraisal_points|survey_points|total_points|scale_points|index_percent|class",
            &[Block, Place, Unit, Part, Part, Total, Scale, Index, Class],
        );
        check(
            "TT|CƠ QUAN, ĐƠN VỊ|Khối|Điểm tự chấm|Điểm thẩm định|Điểm điều tra XHH|Tổng điểm|Thang điểm|Chỉ số (%)|Thứ hạng",
            &[Other, Unit, Block, Other, Part, Part, Total, Scale, Index, Place],
        );
        check(
            "Xếp hạng|Đơn vị|Cải cách thể chế|Tổng|Chỉ số CCHC 2019 (%)|Tăng/giảm|Ghi chú",
            &[Place, Unit, Unknown, Total, Index, Other, Other],
        );
    }

    #[test]
    fn decomposed_letters_are_recognised_too() {
        use unicode_normalization::UnicodeNormalization;
        let decomposed: String = "Tổng điểm".nfd().collect();
        assert_eq!(fold(&decomposed), "tong diem");
    }

    #[test]
    fn a_second_heading_row_completes_the_first() {
        let upper: Vec<String> = ["Đơn vị", "Điểm", "", "Tổng", "Chỉ số"].map(str::to_owned).to_vec();
        let lower: Vec<String> = ["", "Thẩm định", "Điều tra", "", "(%)"].map(str::to_owned).to_vec();
        let roles: Vec<Role> =
            columns(&upper, Some(&lower)).roles.into_iter().flatten().map(|(role, _)| role).collect();
        assert_eq!(roles, [Role::Unit, Role::Part, Role::Part, Role::Total, Role::Index]);
    }
}
