//! Recognises the columns of a result table from Vietnamese and English headings.
//!
//! Must not know: the rows below the heading.

mod words;

use unicode_normalization::UnicodeNormalization;

use crate::text;
use words::{Heading, PARTS, aside, role};

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
    /// A part that is taken off the total.
    Minus,
    /// A heading that says nothing; a part if the figures say so.
    Unknown,
    /// The total.
    Total,
    /// The maximum.
    Scale,
    /// The index in percent.
    Index,
    /// The index of the year before.
    Before,
    /// The change of the index since the year before.
    Change,
    /// The class.
    Class,
    /// Known, and of no use here: self-scores, earlier years, notes.
    Other,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it holds.
    pub role: Role,
    /// All its headings, from top to bottom.
    pub heading: String,
    /// How plainly the heading says so; the plainest of several columns is taken.
    plain: u8,
    /// The year in the heading; 0 for "the year before".
    year: Option<u16>,
}

/// The columns of one heading, by position; `None` without a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// One entry a column of the file.
    pub all: Vec<Option<Column>>,
}

impl Columns {
    /// Position of the first column with that role.
    pub fn position(&self, role: Role) -> Option<usize> {
        self.positions(role).next()
    }

    /// Positions of all columns with that role.
    pub fn positions(&self, role: Role) -> impl Iterator<Item = usize> {
        self.all
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.as_ref().is_some_and(|column| column.role == role))
            .map(|(at, _)| at)
    }

    /// What a column holds; `None` without a heading.
    pub fn role(&self, at: usize) -> Option<Role> {
        self.all.get(at)?.as_ref().map(|column| column.role)
    }

    /// The heading of a column; empty when it has none.
    pub fn heading(&self, at: usize) -> &str {
        self.all.get(at).and_then(Option::as_ref).map_or("", |column| &column.heading)
    }

    /// Whether the columns without which nothing can be checked are there.
    pub fn sufficient(&self) -> bool {
        self.missing().is_empty()
    }

    /// Required columns that were not recognised: the unit's name, and an index or points. A table of
    /// areas or criteria needs all that its index follows from, or there is nothing to check.
    pub fn missing(&self) -> Vec<Role> {
        let has = |role| self.position(role).is_some();
        let of_areas = self.all.iter().flatten().any(|column| column.role == Role::Unit && column.plain == 0);
        if of_areas {
            let needed = [Role::Total, Role::Scale, Role::Index];
            return needed.into_iter().filter(|role| !has(*role)).collect();
        }
        let measure = has(Role::Index) || has(Role::Total) || has(Role::Part);
        let unit = (!has(Role::Unit)).then_some(Role::Unit);
        unit.into_iter().chain((!measure).then_some(Role::Index)).collect()
    }

    /// How many columns were recognised.
    pub fn recognised(&self) -> usize {
        let known = |column: &&Column| !matches!(column.role, Role::Unknown | Role::Other);
        self.all.iter().flatten().filter(known).count()
    }

    /// Gives a column another role.
    pub(super) fn set(&mut self, at: usize, role: Role) {
        if let Some(Some(column)) = self.all.get_mut(at) {
            column.role = role;
        }
    }
}

/// Folded text with every run of other signs as one space: the form in which headings and names are
/// compared.
///
/// ```
/// assert_eq!(par_core::recheck::headings::fold(" Điểm  THẨM định (XHH)"), "diem tham dinh xhh");
/// ```
pub fn fold(words: &str) -> String {
    spaced(&text::fold(words))
}

/// The same with the marks of letters and tones: "hạ tầng" is not "tăng", Tân Hà is not Tân Hạ.
pub fn marked(words: &str) -> String {
    spaced(&words.nfc().collect::<String>().to_lowercase())
}

fn spaced(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Reads headings of one or more rows; `rows` are the cells from top to bottom. A cell that spans
/// several columns stands in the first of them.
pub fn columns(rows: &[Vec<&str>]) -> Columns {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut all: Vec<Option<Column>> = (0..width).map(|at| column(&pieces(rows, at))).collect();
    // A column without any heading of its own belongs to nothing.
    for (at, column) in all.iter_mut().enumerate() {
        if rows.iter().all(|row| row.get(at).is_none_or(|cell| cell.is_empty())) {
            *column = None;
        }
    }
    let mut columns = Columns { all };
    columns.settle();
    columns
}

/// The texts above a column, from top to bottom. An upper cell that spans the columns to its right
/// is the heading of each that has a heading of its own below.
fn pieces<'a>(rows: &[Vec<&'a str>], at: usize) -> Vec<&'a str> {
    let cell = |row: usize, at: usize| rows[row].get(at).copied().unwrap_or("");
    let filled_below = |row: usize, at: usize| (row + 1..rows.len()).any(|row| !cell(row, at).is_empty());
    let mut pieces: Vec<&str> = Vec::new();
    for row in 0..rows.len() {
        let mut text = cell(row, at);
        if text.is_empty() && filled_below(row, at) {
            let spanning = (0..at).rev().find(|left| !cell(row, *left).is_empty());
            text = spanning.filter(|left| filled_below(row, *left)).map_or("", |left| cell(row, left));
        }
        if !text.is_empty() && pieces.last() != Some(&text) {
            pieces.push(text);
        }
    }
    pieces
}

/// Roles of which a table has one column; the plainest heading says which.
const SINGLE: [Role; 7] =
    [Role::Unit, Role::Block, Role::Serial, Role::Scale, Role::Class, Role::Total, Role::Index];

impl Columns {
    /// Leaves one column of each single role: of the latest year, with the plainest heading.
    fn settle(&mut self) {
        self.latest_year();
        let bonus = |column: &Column| Heading::of(&column.heading).has(&["thưởng", "cộng", "trừ", "bonus"]);
        let with_bonus = self.all.iter().flatten().any(|column| column.role != Role::Other && bonus(column));
        let scales = self.positions(Role::Scale).count();
        for column in self.all.iter_mut().flatten() {
            // "Điểm chuẩn" is what a unit starts from where points are added and taken off.
            if column.role == Role::Scale && column.plain == 0 && (scales > 1 || with_bonus) {
                column.role = Role::Part;
            }
        }
        // "Thứ tự" is the place beside a running number, else the running number.
        let first = self.position(Role::Place).filter(|at| *at == 0 && self.position(Role::Serial).is_none());
        let vague = |at: &usize| self.all[*at].as_ref().is_some_and(|column| column.plain == 0);
        if let Some(first) = first.filter(vague) {
            self.set(first, Role::Serial);
        }
        for role in SINGLE {
            self.keep_best(role);
        }
        self.only_points();
        if self.position(Role::Before).is_none() || self.position(Role::Index).is_none() {
            let idle: Vec<usize> = self.positions(Role::Change).chain(self.positions(Role::Before)).collect();
            idle.into_iter().for_each(|at| self.set(at, Role::Other));
        }
        let changes: Vec<usize> = self.positions(Role::Change).skip(1).collect();
        changes.into_iter().for_each(|at| self.set(at, Role::Other));
    }

    /// Where headings name several years, the latest is the one published; the index of the year
    /// before it is what changes are counted from.
    fn latest_year(&mut self) {
        let dated = |column: &&Column| {
            !matches!(column.role, Role::Other | Role::Change | Role::Unit | Role::Serial | Role::Block)
        };
        let years: Vec<u16> =
            self.all.iter().flatten().filter(dated).filter_map(|column| column.year).collect();
        let undated = |column: &&Column| column.role == Role::Index && column.year.is_none();
        let undated_index = self.all.iter().flatten().any(|column| undated(&column));
        let latest = match years.iter().max() {
            // An index without a year beside one with a year is this year's.
            Some(_) if undated_index && self.positions(Role::Index).count() > 1 => u16::MAX,
            Some(latest) => *latest,
            None => return,
        };
        let several = years.iter().any(|year| *year != latest);
        let before = years.iter().copied().filter(|year| *year < latest).max();
        for column in self.all.iter_mut().flatten().filter(|_| several) {
            let Some(year) = column.year.filter(|year| *year != latest) else { continue };
            column.role = match column.role {
                Role::Change | Role::Unit | Role::Serial | Role::Block => continue,
                Role::Index if Some(year) == before => Role::Before,
                _ => Role::Other,
            };
        }
        let earlier: Vec<usize> = self.positions(Role::Before).skip(1).collect();
        earlier.into_iter().for_each(|at| self.set(at, Role::Other));
    }

    /// Leaves the column of a role whose heading is the plainest, the first of equals; an index stands
    /// behind the total that it follows from.
    pub(super) fn keep_best(&mut self, role: Role) {
        let found: Vec<usize> = self.positions(role).collect();
        let total = self.position(Role::Total).filter(|_| role == Role::Index);
        let follows = |at: usize| total.is_some_and(|total| at > total);
        let plain = |at: usize| self.all[at].as_ref().map_or(0, |column| column.plain);
        let best = found.iter().copied().rev().max_by_key(|at| (plain(*at), follows(*at)));
        let behind = best.is_some_and(follows);
        let shares: Vec<usize> =
            found.iter().copied().filter(|at| behind && !follows(*at) && plain(*at) <= 1).collect();
        for at in found.into_iter().filter(|at| Some(*at) != best) {
            // "Tổng điểm thẩm định" beside "Tổng điểm" is a part of it.
            let heading = Heading::of(self.heading(at));
            let part = role == Role::Total && heading.has(&PARTS);
            let scale_part = role == Role::Scale && heading.has(&["điểm chuẩn"]);
            // "Tỷ lệ hạ tầng số (%)" before the total may be one of its parts, if the figures say so.
            let unless_part = if shares.contains(&at) { Role::Unknown } else { Role::Other };
            self.set(at, if part || scale_part { Role::Part } else { unless_part });
        }
    }

    /// A table without a total and with one column of points has its total there.
    fn only_points(&mut self) {
        let parts: Vec<usize> = self.positions(Role::Part).collect();
        if let ([only], None, None) =
            (parts.as_slice(), self.position(Role::Total), self.position(Role::Minus))
        {
            self.set(*only, Role::Total);
        }
    }
}

/// What the headings above one column say together: the lowest that says something decides.
fn column(pieces: &[&str]) -> Option<Column> {
    if pieces.is_empty() {
        return None;
    }
    let heading = pieces.join(" ");
    let whole = Heading::of(&heading);
    let named = |role, plain| Some(Column { role, heading: heading.clone(), plain, year: whole.year() });
    if let Some(role) = aside(&whole) {
        return named(role, 0);
    }
    let lowest_first = (0..pieces.len()).rev().map(|from| pieces[from..].join(" "));
    let alone = (0..pieces.len()).rev().map(|at| pieces[at].to_owned());
    for (at, text) in lowest_first.chain(alone).enumerate() {
        let said = Heading::of(&text);
        let vague = pieces.len() > 1 && at == 0 && said.is(&["điểm", "điểm số", "số điểm", "%", "hạng"]);
        let (role, plain) = if vague { (Role::Unknown, 0) } else { role(&said) };
        if role != Role::Unknown {
            // A place under the heading of an area is the place in that area.
            let of_area =
                role == Role::Place && pieces.len() > 1 && whole.has(&["lĩnh vực", "trục", "nội dung"]);
            return named(if of_area { Role::Other } else { role }, plain);
        }
    }
    named(Role::Unknown, 0)
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
    use super::super::place_column;
    use super::*;

    fn roles(rows: &[&str]) -> Vec<Role> {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
        place_column::settled(columns(&rows), &[])
            .all
            .into_iter()
            .flatten()
            .map(|column| column.role)
            .collect()
    }

    fn check(headings: &str, expect: &[Role]) {
        assert_eq!(roles(&[headings]), expect, "{headings}");
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
        check(
            "STT|Don vi|Diem tham dinh|Tong diem|Thang diem|Chi so|Xep loai",
            &[Serial, Unit, Part, Total, Scale, Index, Class],
        );
    }

    #[test]
    fn a_heading_is_taken_with_its_marks() {
        use Role::*;
        check(
            "Đơn vị|Điểm hạ tầng|Điểm giám sát|Điểm tăng trưởng|Tổng điểm",
            &[Unit, Part, Part, Part, Total],
        );
        check("Don vi|Diem ha tang|Diem giam sat|Tong diem", &[Unit, Part, Part, Total]);
        check("Đơn vị|Tỷ lệ đúng hạn|Chỉ số", &[Unit, Other, Index]);
        check(
            "Đơn vị|Điểm chuẩn|Điểm thưởng|Điểm trừ|Tổng điểm|Thang điểm",
            &[Unit, Part, Part, Minus, Total, Scale],
        );
        check("Đơn vị|Điểm chuẩn|Điểm đạt|Chỉ số", &[Unit, Scale, Total, Index]);
    }

    #[test]
    fn the_latest_of_several_years_is_the_one_that_counts() {
        use Role::*;
        check(
            "TT|Tỉnh, thành phố|Chỉ số năm 2023 (%)|Chỉ số năm 2024 (%)|Tăng/giảm|Hạng năm 2023|Hạng năm 2024",
            &[Other, Unit, Before, Index, Change, Other, Place],
        );
        check("TT|Đơn vị|Chỉ số năm trước|Chỉ số CCHC|Thay đổi", &[Serial, Unit, Before, Index, Change]);
        let rows = ["STT|Đơn vị|Chỉ số (%)||Hạng|", "||2023|2024|2023|2024"];
        assert_eq!(roles(&rows), [Other, Unit, Before, Index, Other, Place]);
        let rows = ["STT|Đơn vị|Năm 2024|||Năm 2023|", "||Tổng điểm|Chỉ số|Hạng|Chỉ số|Hạng"];
        assert_eq!(roles(&rows), [Other, Unit, Total, Index, Place, Before, Other]);
    }

    #[test]
    fn decomposed_letters_are_recognised_too() {
        let decomposed: String = "Tổng điểm".nfd().collect();
        assert_eq!((fold(&decomposed), marked(&decomposed)), ("tong diem".into(), "tổng điểm".into()));
    }

    #[test]
    fn further_heading_rows_complete_the_first() {
        use Role::*;
        assert_eq!(
            roles(&["Đơn vị|Điểm||Tổng|Chỉ số", "|Thẩm định|Điều tra||(%)"]),
            [Unit, Part, Part, Total, Index]
        );
        let rows = [
            "STT|Đơn vị|Kết quả đánh giá||||",
            "||Điểm|||Thang điểm|Chỉ số",
            "||Thẩm định|Điều tra XHH|Tổng||(%)",
        ];
        assert_eq!(roles(&rows), [Serial, Unit, Part, Part, Total, Scale, Index]);
    }
}
