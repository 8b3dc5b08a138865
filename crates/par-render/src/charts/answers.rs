//! Survey answers as stacked bars: options with a weight by their share, no opinion apart.

use std::collections::BTreeSet;

use par_core::points::exact::Exact;
use par_core::points::rounding::Rounding;
use par_core::rule::Rule;
use par_core::rule::survey::Tally;
use par_core::score::results::Results;
use par_core::year::survey::FormType;

use super::On;
use super::bars::label;
use super::svg::{GREY, Hold, INK, Svg, WIDTH, position, width};

const LEFT: f64 = 246.0;
const SPAN: f64 = 330.0;
/// Where the bar of answers without an opinion begins, and how wide all answers would be.
const APART: f64 = LEFT + SPAN + 22.0;
const APART_SPAN: f64 = WIDTH - APART - 2.0;
const ROW: f64 = 34.0;
const TOP: f64 = 48.0;

/// Fills from the best option to the worst, dark to light, and the ink on them.
const FILLS: [(&str, &str); 5] =
    [("#134f62", "#ffffff"), ("#5fa5b1", INK), ("#c3dcd9", INK), ("#f7f1e1", INK), ("#ffffff", INK)];

/// Answers to one question, or to all questions of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// What was asked.
    pub label: String,
    /// Options with a weight and how often they were chosen, in the order of their letters.
    pub options: Vec<(char, u32)>,
    /// Answers without an opinion.
    pub none: u32,
}

impl Counted {
    /// Answers with an opinion.
    pub fn opinions(&self) -> u32 {
        self.options.iter().map(|(_, count)| count).sum()
    }

    /// How many of those chose an option, in percent; `None` when nobody had an opinion.
    pub fn percent(&self, letter: char) -> Option<Exact> {
        let (_, count) = self.options.iter().find(|(known, _)| *known == letter)?;
        let all = Exact::whole(self.opinions().into());
        Exact::whole(i128::from(*count) * 100).checked_div(&all)
    }

    /// Answers without an opinion in percent of all answers; `None` without answers.
    pub fn none_percent(&self) -> Option<Exact> {
        let all = Exact::whole(i128::from(self.opinions()) + i128::from(self.none));
        Exact::whole(i128::from(self.none) * 100).checked_div(&all)
    }
}

/// Letters that some rule weighs for a question; the others say that there is no opinion. All letters
/// count as opinions for a question that no criterion uses.
fn weighed(results: &Results, question: &str) -> Option<BTreeSet<char>> {
    let leaves = results.year.sets.iter().flat_map(|set| set.leaves().map(|(leaf, _)| set.scoring(leaf)));
    let mut letters = None;
    for scoring in leaves {
        if let Rule::Survey(rule) = &scoring.rule
            && rule.questions.iter().any(|known| known == question)
        {
            letters.get_or_insert_with(BTreeSet::new).extend(rule.weights.iter().map(|(letter, _)| *letter));
        }
    }
    letters
}

/// Options of the whole survey that carry a weight anywhere, so that all bars share their fills.
pub fn letters(results: &Results) -> Vec<char> {
    let counted = results.year.survey.forms.iter().flat_map(|form| questions(results, form));
    let all: BTreeSet<char> =
        counted.flat_map(|one| one.options.into_iter().map(|(letter, _)| letter)).collect();
    all.into_iter().collect()
}

/// The answers to each question of a form over all units rated, in the form's order.
pub fn questions(results: &Results, form: &FormType) -> Vec<Counted> {
    let tallies = results.year.survey.answers(form);
    let one = |(question, tally): (&par_core::year::survey::Question, Tally)| {
        let weighed = weighed(results, &question.code);
        let opinion = |letter: char| weighed.as_ref().is_none_or(|letters| letters.contains(&letter));
        let none = tally.iter().filter(|(letter, _)| !opinion(**letter)).map(|(_, count)| count).sum();
        let mut options: Vec<(char, u32)> = weighed.iter().flatten().map(|letter| (*letter, 0)).collect();
        for (letter, count) in tally.into_iter().filter(|(letter, _)| opinion(*letter)) {
            match options.iter_mut().find(|(known, _)| *known == letter) {
                Some((_, known)) => *known = count,
                None => options.push((letter, count)),
            }
        }
        Counted { label: question.text.clone(), options, none }
    };
    form.questions.iter().zip(tallies).map(one).collect()
}

/// The answers to all questions of each form, in the survey's order.
pub fn forms(results: &Results) -> Vec<Counted> {
    let pooled = |form: &FormType| {
        let mut all = Counted { label: form.name.clone(), options: Vec::new(), none: 0 };
        for one in questions(results, form) {
            all.none += one.none;
            for (letter, count) in one.options {
                match all.options.iter_mut().find(|(known, _)| *known == letter) {
                    Some((_, known)) => *known += count,
                    None => all.options.push((letter, count)),
                }
            }
        }
        all.options.sort_unstable();
        all
    };
    results.year.survey.forms.iter().map(pooled).collect()
}

/// The chart by form; `None` without answers.
pub fn draw(results: &Results, on: On<'_>) -> Option<String> {
    let named = |(counted, form): (Counted, &FormType)| Counted {
        label: format!("{}: {}", form.name, form.respondents),
        ..counted
    };
    let rows: Vec<Counted> = forms(results).into_iter().zip(&results.year.survey.forms).map(named).collect();
    stacked(on, on.say("Câu trả lời theo mẫu phiếu (%)", "Answers by form (%)"), &letters(results), &rows)
}

/// The chart of one form by question, with the survey's [`letters`]; `None` without answers.
pub fn form(results: &Results, form: &FormType, letters: &[char], on: On<'_>) -> Option<String> {
    let title =
        format!("{}: {}", form.name, on.say("câu trả lời từng câu hỏi (%)", "answers to each question (%)"));
    stacked(on, &title, letters, &questions(results, form))
}

fn stacked(on: On<'_>, title: &str, letters: &[char], rows: &[Counted]) -> Option<String> {
    if rows.iter().all(|row| row.opinions() == 0 && row.none == 0) {
        return None;
    }
    let mut svg = Svg::new(on, WIDTH, TOP + ROW * rows.len() as f64 + 6.0);
    legend(&mut svg, letters);
    for (i, row) in rows.iter().enumerate() {
        let y = TOP + ROW * i as f64;
        label(&mut svg, &row.label, LEFT, y + ROW / 2.0);
        bar(&mut svg, letters, row, y + 6.0);
        apart(&mut svg, row, y + 6.0);
    }
    Some(svg.finish(
        title,
        on.say(
            "Mỗi thanh chia theo tỷ lệ các phương án trong số câu trả lời có ý kiến; thanh bên phải là tỷ lệ không có ý kiến trong mọi câu trả lời.",
            "Each bar is divided by the shares of the options among answers with an opinion; the bar on the right is the share of no opinion among all answers.",
        ),
    ))
}

fn legend(svg: &mut Svg, letters: &[char]) {
    let mut x = LEFT;
    for (i, letter) in letters.iter().enumerate() {
        let fill = FILLS[i.min(FILLS.len() - 1)].0;
        svg.rect((x, 22.0), (18.0, 13.0), fill);
        svg.frame((x, 22.0), (18.0, 13.0), GREY);
        svg.text((x + 23.0, 33.0), Hold::Start, 11, INK, &letter.to_string());
        x += 44.0;
    }
    svg.text(
        (LEFT, 13.0),
        Hold::Start,
        11,
        GREY,
        svg.say("Phương án, % số câu trả lời có ý kiến", "Options, % of answers with an opinion"),
    );
    svg.text((APART, 13.0), Hold::Start, 11, GREY, svg.say("Không có ý kiến,", "No opinion,"));
    svg.text((APART, 27.0), Hold::Start, 11, GREY, svg.say("% mọi câu trả lời", "% of all answers"));
}

fn bar(svg: &mut Svg, letters: &[char], row: &Counted, y: f64) {
    if row.opinions() == 0 {
        return svg.text(
            (LEFT + 5.0, y + 15.0),
            Hold::Start,
            11,
            GREY,
            svg.say("không ai có ý kiến", "nobody had an opinion"),
        );
    }
    let mut x = LEFT;
    for (i, letter) in letters.iter().enumerate() {
        let Some(percent) = row.percent(*letter) else { continue };
        let wide = position(percent.rounded(6, Rounding::HalfUp)) * SPAN / 100.0;
        let (fill, ink) = FILLS[i.min(FILLS.len() - 1)];
        if wide <= 0.0 {
            continue;
        }
        svg.rect((x, y), (wide, 22.0), fill);
        svg.frame((x, y), (wide, 22.0), GREY);
        let number = svg.number(percent.rounded(1, Rounding::HalfUp));
        // The letter stands in the bar as soon as there is room, so that grey print tells them apart.
        let texts = [format!("{letter} {number}"), number, letter.to_string()];
        if let Some(text) = texts.iter().find(|text| width(text, 11) + 4.0 <= wide) {
            svg.text((x + wide / 2.0, y + 15.0), Hold::Middle, 11, ink, text);
        }
        x += wide;
    }
}

/// No opinion, apart from the opinions and out of all answers.
fn apart(svg: &mut Svg, row: &Counted, y: f64) {
    let Some(percent) = row.none_percent() else { return };
    let wide = position(percent.rounded(6, Rounding::HalfUp)) * (APART_SPAN - 34.0) / 100.0;
    svg.hatch((APART, y + 3.0), (wide, 16.0), 4.0, GREY);
    svg.frame((APART, y + 3.0), (wide, 16.0), GREY);
    let number = svg.number(percent.rounded(1, Rounding::HalfUp));
    svg.text((APART + wide + 4.0, y + 15.0), Hold::Start, 11, INK, &number);
}
