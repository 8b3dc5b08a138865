//! A scoring rule in words, as it stands beside a criterion.

use par_core::language::Language;
use par_core::points::Points;
use par_core::points::decimal::Decimal;
use par_core::points::exact::Exact;
use par_core::points::rounding::Rounding;
use par_core::rule::Rule;
use par_core::rule::checklist::Item;
use par_core::rule::ratio::{Empty, Ratio};
use par_core::rule::steps::Steps;
use par_core::rule::survey::Survey;

use super::cells::counted;

/// A rule as a sentence and the cases it distinguishes.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The rule.
    pub sentence: String,
    /// Cases or items.
    pub cases: Vec<Case>,
}

/// A case or item with what it is worth.
#[derive(Clone, Debug)]
pub struct Case {
    /// The case.
    pub label: String,
    /// Whether the label is one of the set's data.
    pub foreign: bool,
    /// What it is worth.
    pub worth: String,
}

/// Puts a rule into words; `max` is the leaf's maximum.
pub fn words(rule: &Rule, max: Points, language: Language) -> Words {
    let writer = Writer { language, max };
    Words { sentence: writer.sentence(rule), cases: writer.cases(rule) }
}

/// Writes about one leaf.
#[derive(Clone, Copy)]
struct Writer {
    language: Language,
    max: Points,
}

impl Writer {
    fn sentence(self, rule: &Rule) -> String {
        let max = self.language.points(self.max);
        let say = |vi: String, en: String| self.language.of(vi, en);
        let plain = |vi: &str, en: &str| self.language.of(vi, en).to_owned();
        match rule {
            Rule::YesNo => say(
                format!("Có thực hiện được {max} điểm, không thực hiện được 0 điểm."),
                format!("{} if carried out, 0 points if not.", self.points(self.max)),
            ),
            Rule::Options(_) => {
                plain("Chấm theo một trong các trường hợp:", "Scored by one of the following cases:")
            }
            Rule::Checklist(_) => {
                plain("Cộng điểm của các nội dung đạt:", "The points of all items fulfilled are added up:")
            }
            Rule::CountSteps(_) => plain("Chấm theo số lượng:", "Scored by number:"),
            Rule::RatioSteps(_) => plain("Chấm theo tỷ lệ b/a:", "Scored by the ratio b/a:"),
            Rule::Ratio(ratio) => self.ratio(ratio),
            Rule::TwoTier(rule) => {
                let late = self.number(rule.late_factor);
                say(
                    format!("Điểm = {max} × (số đúng hạn + {late} × số quá hạn) ÷ tổng số."),
                    format!("Points = {max} × (number on time + {late} × number overdue) ÷ total number."),
                )
            }
            Rule::Deduct(rule) => {
                let (start, floor) = (self.points(rule.start), self.points(rule.floor));
                say(
                    format!("Bắt đầu từ {start}, trừ theo từng trường hợp, không thấp hơn {floor}:"),
                    format!(
                        "Starts from {start}; each case takes points off, down to {floor} at the lowest:"
                    ),
                )
            }
            Rule::External(rule) => {
                let by = self.number(rule.divide_by);
                say(
                    format!("Điểm = {max} × chỉ số đã công bố ÷ {by}."),
                    format!("Points = {max} × the published index ÷ {by}."),
                )
            }
            Rule::Survey(rule) => self.survey(rule),
            Rule::Bonus(_) => say(
                format!("Điểm thưởng ngoài thang điểm, tối đa {max} điểm:"),
                format!("Bonus points outside the scale, at most {max}:"),
            ),
            Rule::Penalty(_) => say(
                format!("Điểm trừ ngoài thang điểm, nhiều nhất {max} điểm:"),
                format!("Penalty points outside the scale, down to {max}:"),
            ),
            Rule::Given(_) => say(
                "Điểm được công bố ở mức này; các phần bên dưới không công bố.".to_owned(),
                "Points are published at this level; the parts below are not public.".to_owned(),
            ),
            Rule::Judged(rule) => {
                let step = self.language.points(rule.step);
                say(
                    format!("Người thẩm định cho điểm theo bước {step} từ 0 đến {max}."),
                    format!("The appraisers give points in steps of {step}, from 0 to {max}."),
                )
            }
        }
    }

    fn ratio(self, ratio: &Ratio) -> String {
        let say = |vi: String, en: String| self.language.of(vi, en);
        let max = self.language.points(self.max);
        let mut sentence = say(format!("Điểm = {max} × b/a"), format!("Points = {max} × b/a"));
        if ratio.target != Decimal::new(1, 0) {
            let target = self.percent(ratio.target);
            sentence += &say(
                format!(" ÷ {target}, đạt từ {target} trở lên được điểm tối đa"),
                format!(" ÷ {target}; {target} or more earns the maximum"),
            );
        }
        if ratio.floor > Decimal::new(0, 0) {
            let floor = self.percent(ratio.floor);
            sentence += &say(
                format!("; tỷ lệ dưới {floor} không được điểm"),
                format!("; a ratio below {floor} earns no points"),
            );
        }
        sentence += match ratio.empty {
            Empty::Full => self.language.of(
                "; không phát sinh (a = 0) được điểm tối đa.",
                "; where there was nothing to do (a = 0), the maximum is earned.",
            ),
            Empty::Zero => self.language.of("; a = 0 được 0 điểm.", "; a = 0 earns 0 points."),
        };
        sentence
    }

    fn survey(self, rule: &Survey) -> String {
        let max = self.language.points(self.max);
        let (questions, several) = (rule.questions.join(", "), rule.questions.len() > 1);
        let word = if several { "questions" } else { "question" };
        self.language.of(
            format!(
                "Điểm = {max} × trung bình trọng số của các câu trả lời có ý kiến (câu hỏi {questions})."
            ),
            format!(
                "Points = {max} × the weighted mean of the answers that give an opinion ({word} {questions})."
            ),
        )
    }

    fn cases(self, rule: &Rule) -> Vec<Case> {
        let minus = self.language.of("trừ", "minus");
        match rule {
            Rule::Options(options) => {
                options.options.iter().map(|option| self.named(&option.label, option.points)).collect()
            }
            Rule::Checklist(list) => {
                list.items.iter().map(|item| self.named(&item.label, item.points)).collect()
            }
            Rule::CountSteps(steps) => self.steps(steps, |min| self.number(min)),
            Rule::RatioSteps(steps) => self.steps(steps, |min| self.percent(min)),
            Rule::Deduct(rule) => self.events(&rule.events, minus),
            Rule::Survey(rule) => {
                rule.weights.iter().map(|(letter, weight)| self.answer(*letter, *weight)).collect()
            }
            Rule::Bonus(rule) => self.events(&rule.events, self.language.of("cộng", "plus")),
            Rule::Penalty(rule) => self.events(&rule.events, minus),
            _ => Vec::new(),
        }
    }

    fn named(self, label: &str, points: Points) -> Case {
        Case { label: label.to_owned(), foreign: true, worth: self.points(points) }
    }

    fn events(self, items: &[Item], word: &str) -> Vec<Case> {
        let each = self.language.of("mỗi lần", "each time");
        let worth = |item: &Item| format!("{word} {} {each}", self.points(item.points));
        items.iter().map(|item| Case { worth: worth(item), ..self.named(&item.label, item.points) }).collect()
    }

    fn answer(self, letter: char, weight: Decimal) -> Case {
        let label = format!("{} {letter}", self.language.of("Phương án", "Answer"));
        Case { label, foreign: false, worth: format!("{}%", self.number(weight)) }
    }

    /// Steps from the highest, each with its lower bound.
    fn steps(self, steps: &Steps, bound: impl Fn(Decimal) -> String) -> Vec<Case> {
        let label = |min: Decimal| match min.units() {
            0 => self.language.of("thấp hơn", "below that").to_owned(),
            _ => {
                let bound = bound(min);
                self.language.of(format!("từ {bound} trở lên"), format!("{bound} or more"))
            }
        };
        let steps = steps.steps.iter();
        steps
            .map(|one| Case { label: label(one.min), foreign: false, worth: self.points(one.points) })
            .collect()
    }

    fn points(self, points: Points) -> String {
        counted(self.language, points)
    }

    fn number(self, number: Decimal) -> String {
        self.language.number(number.trimmed())
    }

    /// A ratio parameter such as 0.95 as `95%`.
    fn percent(self, ratio: Decimal) -> String {
        let hundredfold = &ratio.exact() * &Exact::whole(100);
        format!("{}%", self.number(Rounding::HalfUp.apply(&hundredfold, 2)))
    }
}
