//! Derivations of one unit's figures.

use super::{Derivation, Part, Said, Value, long};
use crate::framework::{Framework, NodeId};
use crate::points::Points;
use crate::points::share::Share;
use crate::rule::Rule;
use crate::score::figure::{Figure, UnitFigure};
use crate::score::results::{Lineage, Measure, Results};
use crate::score::{self, Origin};
use crate::words;

pub(super) fn derive(results: &Results, unit: usize, figure: &UnitFigure) -> Derivation {
    let of = Unit { results, unit, set: results.year.set_of(unit) };
    match figure {
        UnitFigure::Index => of.index(),
        UnitFigure::Total => of.total(),
        UnitFigure::Scale => of.scale(),
        UnitFigure::Appraisal => of.leaves(UnitFigure::Appraisal),
        UnitFigure::Survey => of.leaves(UnitFigure::Survey),
        UnitFigure::Adjustment => of.leaves(UnitFigure::Adjustment),
        UnitFigure::Node(code) => of.node(code),
        UnitFigure::Percent(measure) => of.percent(measure),
        UnitFigure::Place => of.place(),
        UnitFigure::Class => of.class(),
        UnitFigure::NextClass => of.next_class(),
        UnitFigure::Previous(measure) => of.previous(measure),
        UnitFigure::Change(measure) => of.change(measure),
        UnitFigure::LikeForLike => of.like_for_like(),
    }
}

struct Unit<'r> {
    results: &'r Results,
    unit: usize,
    set: &'r Framework,
}

impl Unit<'_> {
    fn make(&self, figure: UnitFigure, what: &str, rule: impl Into<String>) -> Derivation {
        let figure = Figure::Unit(self.unit, figure);
        Derivation {
            title: format!("{what} của {}", self.results.name(self.unit)),
            value: self.results.value(&figure),
            figure,
            rule: rule.into(),
            working: String::new(),
            parts: Vec::new(),
            history: Vec::new(),
        }
    }

    fn part(&self, label: impl Into<String>, figure: UnitFigure, value: Value) -> Part {
        Part {
            label: label.into(),
            value,
            figure: Some(Figure::Unit(self.unit, figure)),
            note: String::new(),
        }
    }

    fn standing(&self) -> &score::UnitStanding {
        &self.results.standing.units[self.unit]
    }

    fn index(&self) -> Derivation {
        let standing = self.standing();
        let settings = &self.set.settings;
        let rule = format!(
            "Chỉ số = tổng điểm đạt được ÷ thang điểm của đơn vị × 100; khi in, {} đến {} chữ số thập phân.",
            words::rounding(settings.print_rounding),
            settings.print_places
        );
        let mut derivation = self.make(UnitFigure::Index, "Chỉ số CCHC", rule);
        if let Some(index) = standing.index {
            derivation.working = format!(
                "{} ÷ {} × 100 = {}",
                standing.total.vi(),
                standing.scale.vi(),
                long(&index.percent())
            );
        }
        derivation.parts = vec![
            self.part("Tổng điểm đạt được", UnitFigure::Total, Value::Points(standing.total)),
            self.part("Thang điểm", UnitFigure::Scale, Value::Points(standing.scale)),
        ];
        derivation
    }

    fn total(&self) -> Derivation {
        let standing = self.standing();
        let rule = "Tổng điểm bằng tổng điểm các lĩnh vực; tính đúng, không làm tròn.";
        let mut derivation = self.make(UnitFigure::Total, "Tổng điểm", rule);
        derivation.working = format!(
            "điểm thẩm định {} + điểm điều tra xã hội học {}{}",
            standing.appraisal.vi(),
            standing.survey.vi(),
            if standing.adjustment == Points::ZERO {
                String::new()
            } else {
                format!(" + điểm thưởng, điểm trừ {}", standing.adjustment.vi())
            }
        );
        let sum = standing.appraisal + standing.survey + standing.adjustment;
        if sum != standing.total {
            derivation.working.push_str(&format!(
                " = {}, giới hạn trong khoảng từ 0 đến thang điểm {}",
                sum.vi(),
                standing.scale.vi()
            ));
        }
        let areas = self.set.nodes().filter(|(_, node)| node.depth == 1).map(|(id, _)| self.node_part(id));
        derivation.parts = areas.collect();
        derivation
    }

    fn node_part(&self, id: NodeId) -> Part {
        let node = self.set.node(id);
        let points = self.standing().node(self.set, id);
        let label = format!("{} {}", node.code, node.name);
        if let Some(exemption) = self.results.year.exemption_at(self.unit, id) {
            let mut part = self.part(label, UnitFigure::Node(node.code.clone()), Value::Nothing);
            part.note = format!("không đánh giá: {}", exemption.reason);
            return part;
        }
        let mut part = self.part(label, UnitFigure::Node(node.code.clone()), Value::Points(points.earned));
        part.note = format!("trên {}", points.max.vi());
        part
    }

    fn scale(&self) -> Derivation {
        let rule = "Thang điểm bằng thang điểm đầy đủ của bộ tiêu chí trừ điểm tối đa của những nội dung không đánh giá.";
        let mut derivation = self.make(UnitFigure::Scale, "Thang điểm", rule);
        derivation.parts.push(Part {
            label: format!("Thang điểm đầy đủ: {}", self.set.name),
            value: Value::Points(self.set.full_scale),
            figure: None,
            note: String::new(),
        });
        for (id, node) in self.set.nodes().filter(|(id, _)| !self.set.is_adjustment(*id)) {
            let exemption = self.results.year.exemption_at(self.unit, id);
            let above = node.parent.and_then(|parent| self.results.year.exemption_at(self.unit, parent));
            let Some(exemption) = exemption.filter(|_| above.is_none()) else { continue };
            derivation.parts.push(Part {
                label: format!("Trừ {} {}", node.code, node.name),
                value: Value::Points(-node.max),
                figure: None,
                note: exemption.reason.clone(),
            });
        }
        derivation
    }

    /// The leaves of one kind, which add up to the figure.
    fn leaves(&self, figure: UnitFigure) -> Derivation {
        let (what, rule) = match figure {
            UnitFigure::Survey => {
                ("Điểm điều tra xã hội học", "Tổng điểm các tiêu chí chấm qua điều tra xã hội học.")
            }
            UnitFigure::Adjustment => ("Điểm thưởng, điểm trừ", "Tổng điểm thưởng và điểm trừ."),
            _ => (
                "Điểm thẩm định",
                "Tổng điểm có hiệu lực sau thẩm định của các tiêu chí không chấm qua điều tra xã hội học.",
            ),
        };
        let mut derivation = self.make(figure.clone(), what, rule);
        let wanted = |rule: &Rule| match figure {
            UnitFigure::Survey => matches!(rule, Rule::Survey(_)),
            UnitFigure::Adjustment => rule.is_adjustment(),
            _ => !matches!(rule, Rule::Survey(_)) && !rule.is_adjustment(),
        };
        let leaves = self.set.leaves().filter(|(leaf, _)| wanted(&self.set.scoring(*leaf).rule));
        derivation.parts = leaves.map(|(_, node)| self.node_part(node)).collect();
        derivation
    }

    fn node(&self, code: &str) -> Derivation {
        let id = self.set.find(code).expect("figures name nodes of the unit's set");
        let node = self.set.node(id);
        let points = self.standing().node(self.set, id);
        let what = format!("Điểm {} {}", node.code, node.name);
        let figure = UnitFigure::Node(code.to_owned());
        if let Some(exemption) = self.results.year.exemption_at(self.unit, id) {
            return self.make(figure, &what, format!("Không đánh giá: {}", exemption.reason));
        }
        let rule = format!("Điểm tối đa {}.", points.max.vi());
        let mut derivation = self.make(figure, &what, rule);
        match self.set.leaf(id) {
            None => {
                derivation.rule.push_str(" Điểm bằng tổng điểm các mục con.");
                derivation.parts = self.set.children(id).map(|child| self.node_part(child)).collect();
            }
            Some(leaf) => {
                derivation.history = self.results.history(self.unit, leaf);
                match score::binding(&self.results.year, &self.results.tallies, self.unit, leaf) {
                    None => derivation.rule.push_str(" Chưa có điểm thẩm định; tạm tính 0 điểm."),
                    Some((_, Origin::Counted(award))) => {
                        derivation.rule.push_str(
                            " Điểm bằng điểm tối đa nhân với trung bình trọng số của các câu trả lời có ý kiến.",
                        );
                        derivation.working = award.working;
                    }
                    Some((_, Origin::Judged(stage))) => {
                        derivation.rule.push_str(&format!(
                            " Điểm có hiệu lực là điểm của bước sau cùng: {}.",
                            words::stage(stage)
                        ));
                        derivation.working = binding_working(&derivation.history);
                    }
                }
            }
        }
        derivation
    }

    fn percent(&self, measure: &Measure) -> Derivation {
        let share = self.results.share(self.unit, measure);
        let node = self.results.node(self.unit, measure);
        let name = node
            .map(|id| self.set.node(id))
            .map_or(String::new(), |node| format!("{} {}", node.code, node.name));
        let what = format!("Chỉ số thành phần {name}");
        let rule = "Chỉ số thành phần = điểm đạt được ÷ điểm tối đa được đánh giá × 100.";
        let mut derivation = self.make(UnitFigure::Percent(measure.clone()), &what, rule);
        if let Some(share) = share {
            derivation.working = division(share);
        }
        derivation.parts = node.map(|id| self.node_part(id)).into_iter().collect();
        derivation
    }

    fn place(&self) -> Derivation {
        let block = self.results.year.units[self.unit].block;
        let ties = words::ties(&self.set.settings.ties);
        let rule = format!(
            "Thứ hạng trong bảng xếp hạng «{}», xếp theo chỉ số từ cao xuống thấp; {ties}.",
            self.results.year.blocks[block].name
        );
        let mut derivation = self.make(UnitFigure::Place, "Thứ hạng", rule);
        derivation.parts = self.results.standing.blocks[block]
            .iter()
            .map(|unit| {
                let standing = &self.results.standing.units[*unit];
                let place = standing.place.map_or("–".to_owned(), |place| place.to_string());
                Part {
                    label: format!("{place}. {}", self.results.name(*unit)),
                    value: standing.index.map_or(Value::Nothing, |index| Value::Percent(index.percent())),
                    figure: Some(Figure::Unit(*unit, UnitFigure::Index)),
                    note: if *unit == self.unit { "đơn vị đang xem".to_owned() } else { String::new() },
                }
            })
            .collect();
        derivation
    }

    fn class(&self) -> Derivation {
        let rule =
            "Xếp loại theo chỉ số chưa làm tròn; đạt đúng mức dưới của một loại thì được xếp vào loại đó.";
        let mut derivation = self.make(UnitFigure::Class, "Xếp loại", rule);
        let classes = self.results.year.classes_of(self.results.year.units[self.unit].block);
        derivation.parts = classes
            .iter()
            .map(|class| Part {
                label: class.name.clone(),
                value: Value::Word(format!("từ {}%", class.from.vi())),
                figure: None,
                note: String::new(),
            })
            .collect();
        let index = self.standing().index.map_or(Value::Nothing, |index| Value::Percent(index.percent()));
        derivation.parts.push(self.part("Chỉ số của đơn vị", UnitFigure::Index, index));
        derivation
    }

    fn next_class(&self) -> Derivation {
        let next = self.results.to_next_class(self.unit);
        let rule = match &next {
            Some((name, _)) => format!("Mức dưới của loại {name} trừ chỉ số của đơn vị."),
            None => "Đơn vị đang ở loại cao nhất.".to_owned(),
        };
        let mut derivation = self.make(UnitFigure::NextClass, "Khoảng cách đến loại trên", rule);
        let index = self.standing().index.map_or(Value::Nothing, |index| Value::Percent(index.percent()));
        derivation.parts = vec![self.part("Chỉ số của đơn vị", UnitFigure::Index, index)];
        derivation
    }

    fn measure_name(&self, measure: &Measure) -> String {
        match self.results.node(self.unit, measure) {
            None => "Chỉ số CCHC".to_owned(),
            Some(id) => format!("Chỉ số thành phần {} {}", self.set.node(id).code, self.set.node(id).name),
        }
    }

    fn previous(&self, measure: &Measure) -> Derivation {
        let previous = self.results.year.previous.as_ref();
        let year = previous.map_or("trước".to_owned(), |previous| previous.year.to_string());
        let unit = &self.results.year.units[self.unit];
        let rule = match self.results.lineage(unit) {
            Lineage::Same => "Số liệu năm trước của chính đơn vị, theo kết quả đã công bố.",
            Lineage::Successor => "Số liệu năm trước của đơn vị tiền thân.",
            Lineage::Merged => "Trung bình cộng số liệu năm trước của các đơn vị được hợp nhất.",
            Lineage::Split => "Số liệu năm trước của đơn vị trước khi tách.",
            Lineage::New => "Đơn vị mới, không có số liệu năm trước để so sánh.",
        };
        let what = format!("{} năm {year}", self.measure_name(measure));
        let mut derivation = self.make(UnitFigure::Previous(measure.clone()), &what, rule);
        let code = self.results.node(self.unit, measure).map(|id| self.set.node(id).code.as_str());
        for name in &unit.predecessors {
            let Some(before) = previous.and_then(|previous| previous.units.get(name)) else { continue };
            let value = match code {
                None => before.index,
                Some(code) => before.components.get(code).copied(),
            };
            derivation.parts.push(Part {
                label: format!("{name} năm {year}"),
                value: value.map_or(Value::Nothing, |value| Value::Percent(value.exact())),
                figure: None,
                note: before.origin.clone(),
            });
        }
        derivation
    }

    fn change(&self, measure: &Measure) -> Derivation {
        let rule = match measure {
            Measure::Index => {
                "Chỉ số in của năm nay trừ chỉ số đã công bố của năm trước, tính bằng điểm phần trăm."
            }
            _ => "Chỉ số thành phần năm nay trừ năm trước, tính bằng điểm phần trăm.",
        };
        let what = format!("Thay đổi so với năm trước: {}", self.measure_name(measure));
        let mut derivation = self.make(UnitFigure::Change(measure.clone()), &what, rule);
        let now = match measure {
            Measure::Index => {
                let printed = self.results.printed(self.unit, measure);
                let value = printed.map_or(Value::Nothing, |printed| Value::Percent(printed.exact()));
                self.part("Năm nay, như đã in", UnitFigure::Index, value)
            }
            _ => {
                let share = self.results.share(self.unit, measure);
                let value = share.map_or(Value::Nothing, |share| Value::Percent(share.percent()));
                self.part("Năm nay", UnitFigure::Percent(measure.clone()), value)
            }
        };
        let before = self.results.previous(self.unit, measure).map_or(Value::Nothing, Value::Percent);
        derivation.parts = vec![now, self.part("Năm trước", UnitFigure::Previous(measure.clone()), before)];
        derivation
    }

    fn like_for_like(&self) -> Derivation {
        let found = self.results.like_for_like(self.unit);
        let rule = "So sánh trên cùng nội dung: chỉ tính các lĩnh vực có số liệu ở cả hai năm, bỏ tiêu chí mới của năm nay; \
                    cả hai năm dùng điểm tối đa của năm nay làm trọng số.";
        let mut derivation = self.make(UnitFigure::LikeForLike, "Thay đổi trên cùng nội dung", rule);
        if let Some(found) = found {
            let plain = |label: &str, value| Part {
                label: label.to_owned(),
                value: Value::Percent(value),
                figure: None,
                note: String::new(),
            };
            derivation.parts = vec![
                plain("Năm nay, trên cùng nội dung", found.now),
                plain("Năm trước, trên cùng nội dung", found.before),
            ];
            if !found.left_out.is_empty() {
                derivation.working = format!("không tính: {}", found.left_out.join(", "));
            }
        }
        derivation
    }
}

fn division(share: Share) -> String {
    format!("{} ÷ {} × 100 = {}", share.earned().vi(), share.of().vi(), long(&share.percent()))
}

fn binding_working(history: &[Said]) -> String {
    history.iter().find(|said| said.binding).map(|said| said.working.clone()).unwrap_or_default()
}
