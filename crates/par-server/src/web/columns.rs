//! Columns that tables of several pages share, in the language of the page.

use par_core::language::Language;
use par_core::words::short;
use par_core::year::Year;

use super::table::{Column, head, number, text};

/// Names of units.
pub fn unit(language: Language) -> Column {
    head("unit", language.of("Tên đơn vị", "Unit"))
}

/// Places of units in their ranking table.
pub fn place(language: Language) -> Column {
    number("place", language.of("Thứ hạng", "Rank"))
}

/// Indices of units.
pub fn index(language: Language) -> Column {
    number("index", language.of("Chỉ số CCHC (%)", "PAR INDEX (%)"))
}

/// Classes of units.
pub fn class(language: Language) -> Column {
    text("class", language.of("Xếp loại", "Class"))
}

/// Names of areas.
pub fn area(language: Language) -> Column {
    head("area", language.of("Lĩnh vực", "Area"))
}

/// Ranking tables, clusters and the province.
pub fn scope(language: Language) -> Column {
    head("of", language.of("Phạm vi", "Scope"))
}

/// With what a unit of the previous year is compared.
pub fn lineage(language: Language) -> Column {
    text("lineage", language.of("So sánh", "Compared"))
}

/// The maximum in the criteria set.
pub fn max(language: Language) -> Column {
    number("max", language.of("Điểm tối đa", "Maximum"))
}

/// The maximum behind what is not evaluated.
pub fn applied(language: Language) -> Column {
    number("max", language.of("Điểm tối đa áp dụng", "Applicable maximum"))
}

/// Points of a node.
pub fn earned(language: Language) -> Column {
    number("points", language.of("Điểm đạt được", "Points earned"))
}

/// Points of a node beside those of the stages.
pub fn counted(language: Language) -> Column {
    number("points", language.of("Điểm tính vào kết quả", "Points counted"))
}

/// Points between maximum and binding score.
pub fn lost(language: Language, key: &str) -> Column {
    number(key, language.of("Điểm mất", "Points lost"))
}

/// What each stage gave, of the stages that the year tells.
pub fn stages(year: &Year, language: Language) -> impl Iterator<Item = Column> {
    year.told_stages().into_iter().map(move |stage| number(stage.name(), short::stage(stage, language)))
}

/// Component indices of units.
pub fn percent(language: Language) -> Column {
    number("percent", language.of("Tỷ lệ (%)", "Component index (%)"))
}

/// Means.
pub fn mean(language: Language) -> Column {
    number("mean", language.of("Trung bình (%)", "Mean (%)"))
}

/// The same figure of the year before.
pub fn previous(language: Language) -> Column {
    number("previous", language.of("Năm trước (%)", "Previous year (%)"))
}

/// Changes against the year before.
pub fn change(language: Language) -> Column {
    number("change", language.of("Thay đổi (điểm phần trăm)", "Change (percentage points)"))
}
