//! A scoring rule in words, as it stands beside a criterion.

use par_core::points::Points;
use par_core::points::decimal::Decimal;
use par_core::points::rounding::Rounding;
use par_core::rule::Rule;
use par_core::rule::checklist::Item;
use par_core::rule::ratio::Empty;
use par_core::rule::steps::Steps;

/// A rule as a sentence and the cases it distinguishes.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The rule.
    pub sentence: String,
    /// Cases or items with their points.
    pub cases: Vec<String>,
}

/// Puts a rule into words; `max` is the leaf's maximum.
pub fn words(rule: &Rule, max: Points) -> Words {
    let max = max.vi();
    let say = |sentence: String| Words { sentence, cases: Vec::new() };
    match rule {
        Rule::YesNo => say(format!("Có thực hiện được {max} điểm, không thực hiện được 0 điểm.")),
        Rule::Options(options) => Words {
            sentence: "Chấm theo một trong các trường hợp:".to_owned(),
            cases: options.options.iter().map(|option| case(&option.label, option.points)).collect(),
        },
        Rule::Checklist(list) => Words {
            sentence: "Cộng điểm của các nội dung đạt:".to_owned(),
            cases: list.items.iter().map(|item| case(&item.label, item.points)).collect(),
        },
        Rule::CountSteps(steps) => Words {
            sentence: "Chấm theo số lượng:".to_owned(),
            cases: cases(steps, |min| min.trimmed().vi()),
        },
        Rule::RatioSteps(steps) => {
            Words { sentence: "Chấm theo tỷ lệ b/a:".to_owned(), cases: cases(steps, percent) }
        }
        Rule::Ratio(ratio) => {
            let mut sentence = format!("Điểm = {max} × b/a");
            if ratio.target != Decimal::new(1, 0) {
                sentence += &format!(" ÷ {}, đạt từ {0} trở lên được điểm tối đa", percent(ratio.target));
            }
            if ratio.floor > Decimal::new(0, 0) {
                sentence += &format!("; tỷ lệ dưới {} không được điểm", percent(ratio.floor));
            }
            sentence += match ratio.empty {
                Empty::Full => "; không phát sinh (a = 0) được điểm tối đa.",
                Empty::Zero => "; a = 0 được 0 điểm.",
            };
            say(sentence)
        }
        Rule::TwoTier(rule) => say(format!(
            "Điểm = {max} × (số đúng hạn + {} × số quá hạn) ÷ tổng số.",
            rule.late_factor.trimmed().vi()
        )),
        Rule::Deduct(rule) => Words {
            sentence: format!(
                "Bắt đầu từ {} điểm, trừ theo từng trường hợp, không thấp hơn {} điểm:",
                rule.start.vi(),
                rule.floor.vi()
            ),
            cases: events(&rule.events, "trừ"),
        },
        Rule::External(rule) => {
            say(format!("Điểm = {max} × chỉ số đã công bố ÷ {}.", rule.divide_by.trimmed().vi()))
        }
        Rule::Survey(rule) => Words {
            sentence: format!(
                "Điểm = {max} × trung bình trọng số của các câu trả lời có ý kiến (câu hỏi {}).",
                rule.questions.join(", ")
            ),
            cases: rule
                .weights
                .iter()
                .map(|(letter, weight)| format!("Phương án {letter}: {}%", weight.trimmed().vi()))
                .collect(),
        },
        Rule::Bonus(rule) => Words {
            sentence: format!("Điểm thưởng ngoài thang điểm, tối đa {max} điểm:"),
            cases: events(&rule.events, "cộng"),
        },
        Rule::Penalty(rule) => Words {
            sentence: format!("Điểm trừ ngoài thang điểm, nhiều nhất {max} điểm:"),
            cases: events(&rule.events, "trừ"),
        },
        Rule::Judged(rule) => {
            say(format!("Người thẩm định cho điểm theo bước {} từ 0 đến {max}.", rule.step.vi()))
        }
    }
}

fn case(label: &str, points: Points) -> String {
    format!("{label}: {} điểm", points.vi())
}

fn events(items: &[Item], word: &str) -> Vec<String> {
    items.iter().map(|item| format!("{}: {word} {} điểm mỗi lần", item.label, item.points.vi())).collect()
}

/// Steps from the highest, each with its lower bound.
fn cases(steps: &Steps, bound: impl Fn(Decimal) -> String) -> Vec<String> {
    let step = |min: Decimal, points: Points| match min.units() {
        0 => format!("thấp hơn: {} điểm", points.vi()),
        _ => format!("từ {} trở lên: {} điểm", bound(min), points.vi()),
    };
    steps.steps.iter().map(|one| step(one.min, one.points)).collect()
}

/// A ratio parameter such as 0.95 as `95%`.
fn percent(ratio: Decimal) -> String {
    let hundredfold = &ratio.exact() * &par_core::points::exact::Exact::whole(100);
    format!("{}%", Rounding::HalfUp.apply(&hundredfold, 2).trimmed().vi())
}
