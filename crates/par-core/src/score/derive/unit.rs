//! Derivations of one unit's figures.

use super::{Derivation, Part, Said, Value, long};
use crate::framework::{ExemptionMethod, Framework, LeafId, NodeId, Scoring, Source};
use crate::language::Language;
use crate::points::Points;
use crate::points::share::Share;
use crate::rule::Rule;
use crate::score::figure::{Figure, UnitFigure};
use crate::score::results::{Measure, Results};
use crate::score::{self, Origin};
use crate::text::capital;
use crate::words;
use crate::year::status::Status;

pub(super) fn derive(results: &Results, unit: usize, figure: &UnitFigure, language: Language) -> Derivation {
    let of = Unit { results, unit, set: results.year.set_of(unit), language };
    let mut derivation = match figure {
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
    };
    if let Some(why) = of.why_not(figure) {
        let Derivation { figure, title, value, .. } = derivation;
        let (working, parts, history) = (String::new(), Vec::new(), Vec::new());
        derivation = Derivation { figure, title, value, rule: why, working, parts, history };
    }
    derivation
}

pub(super) struct Unit<'r> {
    pub results: &'r Results,
    pub unit: usize,
    pub set: &'r Framework,
    pub language: Language,
}

impl Unit<'_> {
    /// Why a figure is not there for the unit, whatever was judged: it is not evaluated, not ranked, or was
    /// not there all the year.
    fn why_not(&self, figure: &UnitFigure) -> Option<String> {
        let unit = &self.results.year.units[self.unit];
        let ranked = matches!(figure, UnitFigure::Place | UnitFigure::Class | UnitFigure::NextClass);
        let compared =
            matches!(figure, UnitFigure::Previous(_) | UnitFigure::Change(_) | UnitFigure::LikeForLike);
        if unit.status == Status::NotEvaluated || unit.status == Status::Scored && ranked {
            return Some(format!("{}.", capital(&words::status_of(unit, self.language))));
        }
        let part = unit.period.said(self.language);
        (compared && !unit.period.is_whole(self.results.year.year)).then(|| {
            self.of(
                format!("Không so sánh với năm trước: đơn vị chỉ có {part}."),
                format!("Not compared with the previous year: the unit was there only {part}."),
            )
        })
    }

    /// The words in the language asked for.
    pub fn of<T>(&self, vi: T, en: T) -> T {
        self.language.of(vi, en)
    }

    fn points(&self, points: Points) -> String {
        self.language.points(points)
    }

    pub fn make(&self, figure: UnitFigure, what: &str, rule: impl Into<String>) -> Derivation {
        let figure = Figure::Unit(self.unit, figure);
        let name = self.results.name(self.unit);
        Derivation {
            title: self.of(format!("{what} của {name}"), format!("{what}: {name}")),
            value: self.results.value(&figure),
            figure,
            rule: rule.into(),
            working: String::new(),
            parts: Vec::new(),
            history: Vec::new(),
        }
    }

    pub fn part(&self, label: impl Into<String>, figure: UnitFigure, value: Value) -> Part {
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
        let rounding = words::rounding(settings.print_rounding, self.language);
        let places = settings.print_places;
        let rule = self.of(
            format!("Chỉ số = tổng điểm đạt được ÷ thang điểm của đơn vị × 100; khi in, {rounding} đến {places} chữ số thập phân."),
            format!("Index = total points earned ÷ the unit's scale × 100; printed to {places} decimal places, {rounding}."),
        );
        let mut derivation = self.make(UnitFigure::Index, self.of("Chỉ số CCHC", "PAR INDEX"), rule);
        if let Some(index) = standing.index {
            derivation.working = self.division(standing.total, standing.scale, index);
        } else if standing.unscored > 0 {
            derivation.working = self.not_yet(standing.unscored);
        }
        let value = |figure| self.results.value(&Figure::Unit(self.unit, figure));
        let (total, scale) = (value(UnitFigure::Total), value(UnitFigure::Scale));
        derivation.parts = vec![
            self.part(self.of("Tổng điểm đạt được", "Total points earned"), UnitFigure::Total, total),
            self.part(self.of("Thang điểm", "Scale"), UnitFigure::Scale, scale),
        ];
        derivation
    }

    fn total(&self) -> Derivation {
        let standing = self.standing();
        let rule = self.of(
            "Tổng điểm bằng tổng điểm các lĩnh vực; tính đúng, không làm tròn.",
            "The total is the sum of the points of the areas, computed exactly, without rounding.",
        );
        let mut derivation = self.make(UnitFigure::Total, self.of("Tổng điểm", "Total points"), rule);
        derivation.working = format!(
            "{} {} + {} {}",
            self.of("điểm thẩm định", "appraisal points"),
            self.points(standing.appraisal),
            self.of("điểm điều tra xã hội học", "survey points"),
            self.points(standing.survey),
        );
        if standing.adjustment() != Points::ZERO {
            derivation.working.push_str(self.of(" + điểm thưởng, điểm trừ ", " + bonus and penalty points "));
            derivation.working.push_str(&self.points(standing.adjustment()));
        }
        if standing.unscored > 0 {
            derivation.working = self.not_yet(standing.unscored);
        }
        let sum = standing.appraisal + standing.survey + standing.adjustment();
        if sum != standing.total {
            let (sum, scale) = (self.points(sum), self.points(standing.scale));
            derivation.working.push_str(&self.of(
                format!(" = {sum}, giới hạn trong khoảng từ 0 đến thang điểm {scale}"),
                format!(" = {sum}, kept between 0 and the scale of {scale}"),
            ));
        }
        derivation.working.push_str(&self.stretch(standing.total));
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
            part.note = format!("{}: {}", self.of("không đánh giá", "not evaluated"), exemption.reason);
            return part;
        }
        let value = if points.missing > 0 { Value::Nothing } else { Value::Points(points.earned) };
        let mut part = self.part(label, UnitFigure::Node(node.code.clone()), value);
        part.note = format!("{} {}", self.of("trên", "out of"), self.points(points.max));
        if points.missing > 0 {
            part.note = format!("{}; {}", part.note, self.not_yet(points.missing));
        }
        part
    }

    fn scale(&self) -> Derivation {
        let rule = self.of(
            "Thang điểm bằng thang điểm đầy đủ của bộ tiêu chí trừ điểm tối đa của những nội dung không đánh giá.",
            "The scale is the full scale of the criteria set minus the maxima of everything that is not evaluated.",
        );
        let mut derivation = self.make(UnitFigure::Scale, self.of("Thang điểm", "Scale"), rule);
        derivation.parts.push(Part {
            label: format!("{}: {}", self.of("Thang điểm đầy đủ", "Full scale"), self.set.name),
            value: Value::Points(self.set.full_scale),
            figure: None,
            note: String::new(),
        });
        for (id, node) in self.set.nodes().filter(|(id, _)| !self.set.is_adjustment(*id)) {
            let exemption = self.results.year.exemption_at(self.unit, id);
            let above = node.parent.and_then(|parent| self.results.year.exemption_at(self.unit, parent));
            let Some(exemption) = exemption.filter(|_| above.is_none()) else { continue };
            derivation.parts.push(Part {
                label: format!("{} {} {}", self.of("Trừ", "Minus"), node.code, node.name),
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
            UnitFigure::Survey => self.of(
                ("Điểm điều tra xã hội học", "Tổng điểm các tiêu chí chấm qua điều tra xã hội học."),
                ("Survey points", "The sum of the points of the criteria scored by sociological survey."),
            ),
            UnitFigure::Adjustment => self.of(
                ("Điểm thưởng, điểm trừ", "Tổng điểm thưởng và điểm trừ."),
                ("Bonus and penalty points", "The sum of bonus and penalty points."),
            ),
            _ => self.of(
                (
                    "Điểm thẩm định",
                    "Tổng điểm có hiệu lực sau thẩm định của các tiêu chí không chấm qua điều tra xã hội học.",
                ),
                (
                    "Appraisal points",
                    "The sum of the binding scores after appraisal, over the criteria not scored by sociological survey.",
                ),
            ),
        };
        let mut derivation = self.make(figure.clone(), what, rule);
        let wanted = |scoring: &Scoring| match figure {
            UnitFigure::Survey => scoring.source == Source::Survey && !scoring.rule.is_adjustment(),
            UnitFigure::Adjustment => scoring.rule.is_adjustment(),
            _ => scoring.source != Source::Survey && !scoring.rule.is_adjustment(),
        };
        let leaves = self.set.leaves().filter(|(leaf, _)| wanted(self.set.scoring(*leaf)));
        derivation.parts = leaves.map(|(_, node)| self.node_part(node)).collect();
        let points = match figure {
            UnitFigure::Survey => self.standing().survey,
            UnitFigure::Adjustment => self.standing().adjustment(),
            _ => self.standing().appraisal,
        };
        derivation.working = match self.standing().unscored {
            0 => self.stretch(points),
            missing => self.not_yet(missing),
        };
        derivation
    }

    fn node(&self, code: &str) -> Derivation {
        let id = self.set.find(code).expect("figures name nodes of the unit's set");
        let node = self.set.node(id);
        let points = self.standing().node(self.set, id);
        let what = format!("{} {} {}", self.of("Điểm", "Points for"), node.code, node.name);
        let figure = UnitFigure::Node(code.to_owned());
        if let Some(exemption) = self.results.year.exemption_at(self.unit, id) {
            let rule = format!("{}: {}", self.of("Không đánh giá", "Not evaluated"), exemption.reason);
            return self.make(figure, &what, rule);
        }
        let rule = format!("{} {}.", self.of("Điểm tối đa", "The maximum is"), self.points(points.max));
        let mut derivation = self.make(figure, &what, rule);
        match self.set.leaf(id) {
            None => {
                derivation.rule.push_str(self.of(
                    " Điểm bằng tổng điểm các mục con.",
                    " The points are the sum of the points of the items below.",
                ));
                derivation.parts = self.set.children(id).map(|child| self.node_part(child)).collect();
            }
            Some(leaf) => self.leaf(leaf, &mut derivation),
        }
        derivation
    }

    /// Adds what was said about a leaf and what counts.
    fn leaf(&self, leaf: LeafId, derivation: &mut Derivation) {
        if self.set.scoring(leaf).is_given() {
            derivation.rule.push_str(self.of(
                " Điểm được công bố tới mức này; các phần bên dưới và các bước chấm không công bố.",
                " Points are published to this level; the parts below and the stages of scoring are not.",
            ));
            return;
        }
        derivation.history = self.results.history(self.unit, leaf, self.language);
        match score::binding(&self.results.year, self.unit, leaf) {
            None => derivation.rule.push_str(self.of(
                " Chưa chấm: chưa có điểm có hiệu lực, nên đơn vị chưa có chỉ số, thứ hạng, xếp loại.",
                " Not yet scored: there is no binding score, so the unit has no index, place or class yet.",
            )),
            Some((_, Origin::Counted)) => {
                derivation.rule.push_str(self.of(
                    " Điểm bằng điểm tối đa nhân với trung bình trọng số của các câu trả lời có ý kiến.",
                    " The points are the maximum times the weighted mean of the answers that express an opinion.",
                ));
                derivation.working = self.answers(leaf).unwrap_or_default();
            }
            Some((_, Origin::Judged(stage))) => {
                let stage = words::stage(stage, self.language);
                derivation.rule.push_str(&self.of(
                    format!(" Điểm có hiệu lực là điểm của bước sau cùng: {stage}."),
                    format!(" The binding score is that of the latest stage: {stage}."),
                ));
                derivation.working = binding_working(&derivation.history);
            }
        }
    }

    /// How counted answers became the points of a survey leaf.
    fn answers(&self, leaf: LeafId) -> Option<String> {
        let Rule::Survey(rule) = &self.set.scoring(leaf).rule else { return None };
        let tally = self.results.year.survey.answers.pooled(self.unit, &rule.questions);
        Some(rule.award_tally(self.set.frame(leaf), &tally)?.working.say(self.language))
    }

    fn percent(&self, measure: &Measure) -> Derivation {
        let share = self.results.share(self.unit, measure);
        let node = self.results.node(self.unit, measure);
        let name = node
            .map(|id| self.set.node(id))
            .map_or(String::new(), |node| format!("{} {}", node.code, node.name));
        let what = format!("{} {name}", self.of("Chỉ số thành phần", "Component index"));
        let rule = self.of(
            "Chỉ số thành phần = điểm đạt được ÷ điểm tối đa được đánh giá × 100.",
            "Component index = points earned ÷ maximum points evaluated × 100.",
        );
        let mut derivation = self.make(UnitFigure::Percent(measure.clone()), &what, rule);
        if let Some(share) = share {
            derivation.working = self.division(share.earned(), share.of(), share);
        }
        derivation.parts = node.map(|id| self.node_part(id)).into_iter().collect();
        derivation
    }

    fn place(&self) -> Derivation {
        let block = self.results.year.units[self.unit].block;
        let ties = words::ties(&self.set.settings.ties, self.language);
        let name = &self.results.year.blocks[block].name;
        let rule = self.of(
            format!("Thứ hạng trong bảng xếp hạng «{name}», xếp theo chỉ số từ cao xuống thấp; {ties}."),
            format!("The place in the ranking table “{name}”, ordered by index from the highest to the lowest; {ties}."),
        );
        let mut derivation = self.make(UnitFigure::Place, self.of("Thứ hạng", "Place"), rule);
        let here = self.of("đơn vị đang xem", "the unit shown");
        derivation.parts = self.results.standing.blocks[block]
            .iter()
            .map(|unit| {
                let standing = &self.results.standing.units[*unit];
                let place = standing.place.map_or("–".to_owned(), |place| place.to_string());
                Part {
                    label: format!("{place}. {}", self.results.name(*unit)),
                    value: standing.index.map_or(Value::Nothing, |index| Value::Percent(index.percent())),
                    figure: Some(Figure::Unit(*unit, UnitFigure::Index)),
                    note: if *unit == self.unit { here.to_owned() } else { String::new() },
                }
            })
            .collect();
        derivation
    }

    fn class(&self) -> Derivation {
        let rule = self.of(
            "Xếp loại theo chỉ số chưa làm tròn; đạt đúng mức dưới của một loại thì được xếp vào loại đó.",
            "The class follows from the unrounded index; an index exactly at the lower bound of a class belongs to that class.",
        );
        let mut derivation = self.make(UnitFigure::Class, self.of("Xếp loại", "Class"), rule);
        let classes = self.results.year.classes_of(self.results.year.units[self.unit].block);
        derivation.parts = classes
            .iter()
            .map(|class| Part {
                label: class.name.clone(),
                value: Value::Word(format!("{} {}%", self.of("từ", "from"), self.points(class.from))),
                figure: None,
                note: String::new(),
            })
            .collect();
        let index = self.standing().index.map_or(Value::Nothing, |index| Value::Percent(index.percent()));
        derivation.parts.push(self.part(
            self.of("Chỉ số của đơn vị", "The unit's index"),
            UnitFigure::Index,
            index,
        ));
        derivation
    }

    fn next_class(&self) -> Derivation {
        let next = self.results.to_next_class(self.unit);
        let rule = match &next {
            Some((name, _)) => self.of(
                format!("Mức dưới của loại {name} trừ chỉ số của đơn vị."),
                format!("The lower bound of the class {name} minus the unit's index."),
            ),
            None => self.of("Đơn vị đang ở loại cao nhất.", "The unit is in the highest class.").to_owned(),
        };
        let what = self.of("Khoảng cách đến loại trên", "Distance to the next class");
        let mut derivation = self.make(UnitFigure::NextClass, what, rule);
        let index = self.standing().index.map_or(Value::Nothing, |index| Value::Percent(index.percent()));
        derivation.parts =
            vec![self.part(self.of("Chỉ số của đơn vị", "The unit's index"), UnitFigure::Index, index)];
        derivation
    }

    /// `85,6734 ÷ 98 × 100 = 87,421836…%`
    fn division(&self, earned: Points, of: Points, share: Share) -> String {
        let percent = long(&share.percent(), self.language);
        format!("{} ÷ {} × 100 = {percent}", self.points(earned), self.points(of))
    }

    /// How points become those of the full scale; nothing where they stay as they are.
    fn stretch(&self, points: Points) -> String {
        let standing = self.standing();
        if self.set.settings.exemption == ExemptionMethod::ReduceScale
            || standing.scale == self.set.full_scale
        {
            return String::new();
        }
        let stretched = score::printed_points(self.set, points, standing.scale);
        let (places, mode) = self.results.print_of(self.unit);
        format!(
            "{} {}: {} × {} ÷ {} = {}",
            self.of("; quy về thang điểm", "; stretched to the scale of"),
            self.points(self.set.full_scale),
            self.points(points),
            self.points(self.set.full_scale),
            self.points(standing.scale),
            self.language.number(mode.apply(&stretched, places))
        )
    }

    fn not_yet(&self, missing: usize) -> String {
        words::unscored(missing, self.language)
    }
}

fn binding_working(history: &[Said]) -> String {
    history.iter().find(|said| said.binding).map(|said| said.working.clone()).unwrap_or_default()
}
