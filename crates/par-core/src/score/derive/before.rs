//! Derivations of what a unit is compared with: its figures of the year before, and changes against them.

use super::unit::Unit;
use super::{Derivation, Part, Value};
use crate::score::figure::UnitFigure;
use crate::score::results::{Lineage, Measure};
use crate::text;

impl Unit<'_> {
    fn measure_name(&self, measure: &Measure) -> String {
        match self.results.node(self.unit, measure) {
            None => self.of("Chỉ số CCHC", "PAR INDEX").to_owned(),
            Some(id) => {
                let node = self.set.node(id);
                let what = self.of("Chỉ số thành phần", "Component index");
                format!("{what} {} {}", node.code, node.name)
            }
        }
    }

    pub fn previous(&self, measure: &Measure) -> Derivation {
        let previous = self.results.year.previous.as_ref();
        let year = match previous {
            Some(previous) => format!("{} {}", self.of("năm", "in"), previous.year),
            None => self.of("năm trước", "in the previous year").to_owned(),
        };
        let unit = &self.results.year.units[self.unit];
        let rule = match self.results.lineage(unit) {
            Lineage::Same => self.of(
                "Số liệu năm trước của chính đơn vị, theo kết quả đã công bố.",
                "The unit's own figure for the previous year, as published.",
            ),
            Lineage::Successor => self.of(
                "Số liệu năm trước của đơn vị tiền thân.",
                "The predecessor unit's figure for the previous year.",
            ),
            Lineage::Merged => self.of(
                "Trung bình cộng số liệu năm trước của các đơn vị được hợp nhất.",
                "The mean of the merged units' figures for the previous year.",
            ),
            Lineage::Split => self.of(
                "Số liệu năm trước của đơn vị trước khi tách.",
                "The figure for the previous year of the unit before it was split.",
            ),
            Lineage::New => self.of(
                "Đơn vị mới, không có số liệu năm trước để so sánh.",
                "The unit is new; there is no figure for the previous year to compare with.",
            ),
        };
        let what = format!("{} {year}", self.measure_name(measure));
        let mut derivation = self.make(UnitFigure::Previous(measure.clone()), &what, rule);
        let code = self.results.node(self.unit, measure).map(|id| self.set.node(id).code.as_str());
        for name in &unit.predecessors {
            let Some(before) = previous.and_then(|previous| previous.units.get(name)) else { continue };
            let value = match code {
                None => before.index,
                Some(code) => before.components.get(code).copied(),
            };
            derivation.parts.push(Part {
                label: format!("{name} {year}"),
                value: value.map_or(Value::Nothing, |value| Value::Percent(value.exact())),
                figure: None,
                note: before.origin.clone(),
            });
        }
        derivation
    }

    pub fn change(&self, measure: &Measure) -> Derivation {
        let rule = match measure {
            Measure::Index => self.of(
                "Chỉ số in của năm nay trừ chỉ số đã công bố của năm trước (của đơn vị hợp nhất: trung bình, làm tròn như khi in), tính bằng điểm phần trăm.",
                "This year's index as printed minus the published index of the previous year (of a merged unit: the mean, rounded as printed), in percentage points.",
            ),
            _ => self.of(
                "Chỉ số thành phần năm nay trừ năm trước, tính bằng điểm phần trăm.",
                "This year's component index minus that of the previous year, in percentage points.",
            ),
        };
        let what = self.of("Thay đổi so với năm trước:", "Change from the previous year,");
        let name = match measure {
            Measure::Index => self.measure_name(measure),
            _ => self.of(self.measure_name(measure), text::small(&self.measure_name(measure))),
        };
        let what = format!("{what} {name}");
        let mut derivation = self.make(UnitFigure::Change(measure.clone()), &what, rule);
        let now = match measure {
            Measure::Index => {
                let printed = self.results.printed(self.unit, measure);
                let value = printed.map_or(Value::Nothing, |printed| Value::Percent(printed.exact()));
                self.part(self.of("Năm nay, như đã in", "This year, as printed"), UnitFigure::Index, value)
            }
            _ => {
                let share = self.results.share(self.unit, measure);
                let value = share.map_or(Value::Nothing, |share| Value::Percent(share.percent()));
                self.part(self.of("Năm nay", "This year"), UnitFigure::Percent(measure.clone()), value)
            }
        };
        let before = self.results.compared_with(self.unit, measure).map_or(Value::Nothing, Value::Percent);
        let year_before = self.of("Năm trước", "Previous year");
        derivation.parts = vec![now, self.part(year_before, UnitFigure::Previous(measure.clone()), before)];
        derivation
    }

    pub fn like_for_like(&self) -> Derivation {
        let found = self.results.like_for_like(self.unit);
        let rule = self.of(
            "So sánh trên cùng nội dung: chỉ tính các lĩnh vực có số liệu ở cả hai năm, bỏ tiêu chí mới của năm nay; \
             cả hai năm dùng điểm tối đa của năm nay làm trọng số.",
            "A like-for-like comparison: only areas with figures of both years count, without the criteria that are \
             new this year; both years are weighted by this year's maxima.",
        );
        let what = self.of("Thay đổi trên cùng nội dung", "Like-for-like change");
        let mut derivation = self.make(UnitFigure::LikeForLike, what, rule);
        if let Some(found) = found {
            let plain = |label: &str, value| Part {
                label: label.to_owned(),
                value: Value::Percent(value),
                figure: None,
                note: String::new(),
            };
            derivation.parts = vec![
                plain(self.of("Năm nay, trên cùng nội dung", "This year, like for like"), found.now),
                plain(self.of("Năm trước, trên cùng nội dung", "Previous year, like for like"), found.before),
            ];
            if !found.left_out.is_empty() {
                let without = self.of("không tính", "not counted");
                derivation.working = format!("{without}: {}", found.left_out.join(", "));
            }
        }
        derivation
    }
}
