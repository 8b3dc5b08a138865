//! Columns that tables of several pages share, in the language of the page.

use par_core::words::short;
use par_core::year::Stage;

use super::pen::Pen;
use super::table::{Column, head, number};

/// Names of units.
pub fn unit(pen: Pen<'_>) -> Column {
    head("unit", pen.say("Tên đơn vị", "Unit"))
}

/// The maximum in the criteria set.
pub fn max(pen: Pen<'_>) -> Column {
    number("max", pen.say("Điểm tối đa", "Maximum"))
}

/// The maximum behind what is not evaluated.
pub fn applied(pen: Pen<'_>) -> Column {
    number("max", pen.say("Điểm tối đa áp dụng", "Applicable maximum"))
}

/// Points of a node.
pub fn earned(pen: Pen<'_>) -> Column {
    number("points", pen.say("Điểm đạt được", "Points earned"))
}

/// Points of a node beside those of the stages.
pub fn counted(pen: Pen<'_>) -> Column {
    number("points", pen.say("Điểm tính vào kết quả", "Points counted"))
}

/// Points between maximum and binding score.
pub fn lost(pen: Pen<'_>, key: &str) -> Column {
    number(key, pen.say("Điểm mất", "Points lost"))
}

/// What each stage gave.
pub fn stages(pen: Pen<'_>) -> [Column; 4] {
    Stage::ALL.map(|stage| number(stage.name(), short::stage(stage, pen.language)))
}

/// Component indices of units.
pub fn percent(pen: Pen<'_>) -> Column {
    number("percent", pen.say("Tỷ lệ (%)", "Component index (%)"))
}

/// Means.
pub fn mean(pen: Pen<'_>) -> Column {
    number("mean", pen.say("Trung bình (%)", "Mean (%)"))
}

/// The same figure of the year before.
pub fn previous(pen: Pen<'_>) -> Column {
    number("previous", pen.say("Năm trước (%)", "Previous year (%)"))
}

/// Changes against the year before.
pub fn change(pen: Pen<'_>) -> Column {
    number("change", pen.say("Thay đổi (điểm phần trăm)", "Change (percentage points)"))
}
