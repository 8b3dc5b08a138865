//! The sociological survey: sheets handed out and answers given.

use askama::Template;
use axum::response::Response;
use par_core::points::exact::Exact;
use par_core::points::rounding::Rounding;
use par_core::publication::level::Level;
use par_core::report::Chart;
use par_core::text::{self as text_of, capital};
use par_core::words;
use par_core::year::sheets::SheetStatus;
use par_core::year::survey::{Counts, FormType};

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Column, Table, Weight, data_only, head, number, text};
use super::visit::Visit;
use par_render::charts::{answers, draw};

#[derive(Template)]
#[template(path = "survey.html")]
struct Survey {
    shell: Shell,
    /// Why there is nothing to show, if there is nothing.
    nothing: Option<&'static str>,
    issued: String,
    collected: String,
    accepted: String,
    rejected: String,
    forms: Table,
    strata: Table,
    chart: Option<String>,
    answers: Table,
    questions: Vec<FormPart>,
}

/// The answers to one form.
struct FormPart {
    name: String,
    chart: Option<String>,
    anchor: String,
    table: Table,
}

impl Page for Survey {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        let questions = self.questions.iter().map(|part| &part.table);
        [&self.forms, &self.strata, &self.answers].into_iter().chain(questions).collect()
    }
}

/// `/ket-qua/{year}/dieu-tra`
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let results = &*visit.results;
    let pen = visit.pen();
    let all = results.year.survey.counts(None);
    let letters = answers::letters(results);
    let page = Survey {
        shell: visit.shell(visit.say("Điều tra xã hội học", "Sociological survey")),
        nothing: nothing(pen),
        issued: pen.language.count(all.issued()),
        collected: pen.language.count(all.collected()),
        accepted: pen.language.count(all.accepted),
        rejected: pen.language.count(all.rejected),
        forms: forms(pen),
        strata: strata(pen),
        chart: draw(results, Chart::Answers, pen.on("bieu-do-tra-loi")),
        answers: by_form(pen, &letters),
        questions: results.year.survey.forms.iter().map(|form| form_part(pen, form, &letters)).collect(),
    };
    answer(&visit.request, page)
}

/// Why a year shows nothing of a survey: it had none, or its sheets and answers are not published.
fn nothing(pen: Pen<'_>) -> Option<&'static str> {
    let year = &pen.results.year;
    year.survey.forms.is_empty().then(|| match Level::of(year) {
        Level::Leaves => pen.say("Năm này không có điều tra xã hội học.", "There was no survey in this year."),
        _ => pen.say(
            "Số phiếu và câu trả lời không công bố ở mức của năm này; điểm điều tra của từng đơn vị có trong bảng xếp hạng.",
            "Sheets and answers are not published at the level of this year; the survey points of each unit are in the ranking.",
        ),
    })
}

fn count_columns(pen: Pen<'_>) -> [Column; 5] {
    let status = |status| capital(words::sheet(status, pen.language));
    [
        number("issued", pen.say("Phát ra", "Handed out")),
        number("collected", pen.say("Thu về", "Collected")),
        number("accepted", status(SheetStatus::Accepted)),
        number("refused", status(SheetStatus::Rejected)),
        number("not_returned", status(SheetStatus::NotReturned)),
    ]
}

fn count_cells(counts: &Counts) -> [Cell; 5] {
    [counts.issued(), counts.collected(), counts.accepted, counts.rejected, counts.not_returned]
        .map(Cell::count)
}

fn forms(pen: Pen<'_>) -> Table {
    let mut columns = vec![
        head("form", pen.say("Mẫu phiếu", "Form")),
        text("respondents", pen.say("Người trả lời", "Respondents")),
        text("rates", pen.say("Đánh giá", "Units rated")),
        number("questions", pen.say("Số câu hỏi", "Questions")),
    ];
    columns.extend(count_columns(pen));
    let mut table = Table::new("mau-phieu", pen.say("Số phiếu theo mẫu", "Sheets by form"), columns);
    let survey = &pen.results.year.survey;
    for form in &survey.forms {
        let mut cells = vec![
            Cell::name(&form.name).link(format!("#cau-hoi-{}", form.code)),
            Cell::name(&form.respondents),
            Cell::name(&form.rates),
            Cell::count(form.questions.len()),
        ];
        cells.extend(count_cells(&survey.counts(Some(&form.code))));
        table.push(Weight::Plain, cells);
    }
    let mut sums =
        vec![Cell::text(pen.say("Tất cả", "All")), Cell::default(), Cell::default(), Cell::default()];
    sums.extend(count_cells(&survey.counts(None)));
    table.push(Weight::Summary, sums);
    table
}

fn strata(pen: Pen<'_>) -> Table {
    let mut columns = vec![
        text("form", pen.say("Mẫu phiếu", "Form")),
        head("stratum", pen.say("Nhóm người trả lời", "Group of respondents")),
        number("required", pen.say("Số phiếu yêu cầu", "Sheets required")),
    ];
    columns.extend(count_columns(pen));
    let mut table = Table::new(
        "nhom",
        pen.say("Số phiếu theo nhóm người trả lời", "Sheets by group of respondents"),
        columns,
    );
    let survey = &pen.results.year.survey;
    for form in &survey.forms {
        for stratum in survey.plan.iter().filter(|stratum| stratum.form == form.code) {
            let mut cells = vec![
                Cell::name(&form.name),
                Cell::name(&stratum.name),
                Cell::count(usize::try_from(stratum.required).expect("counts fit the machine")),
            ];
            cells.extend(count_cells(&survey.counts_of(stratum)));
            table.push(Weight::Plain, cells);
        }
    }
    table
}

/// A column for each option of the questions.
fn option_columns(pen: Pen<'_>, letters: &[char]) -> Vec<Column> {
    let option = pen.say("Phương án", "Option");
    letters.iter().map(|letter| number(letter.to_string(), format!("{option} {letter}"))).collect()
}

/// Answers by form: counts and percents of the options with a weight, and no opinion apart.
fn by_form(pen: Pen<'_>, letters: &[char]) -> Table {
    let mut columns = vec![
        head("form", pen.say("Mẫu phiếu", "Form")),
        number("opinions", pen.say("Số câu trả lời có ý kiến", "Answers with an opinion")),
    ];
    columns.extend(option_columns(pen, letters));
    let of_opinions = pen.say("% có ý kiến", "% of opinions");
    columns.extend(
        letters.iter().map(|letter| number(format!("{letter}_percent"), format!("{letter} ({of_opinions})"))),
    );
    columns.push(number("no_opinion", pen.say("Không có ý kiến", "No opinion")));
    columns.push(number(
        "no_opinion_percent",
        pen.say("Không có ý kiến (% mọi câu trả lời)", "No opinion (% of all answers)"),
    ));
    let mut table = Table::new("tra-loi", pen.say("Câu trả lời theo mẫu phiếu", "Answers by form"), columns);
    let whole = |count: u32| Cell::count(usize::try_from(count).expect("counts fit the machine"));
    // One decimal, as in the chart.
    let percent = |exact: Option<Exact>| {
        exact.map_or_else(Cell::none, |exact| {
            Cell::number(exact.rounded(1, Rounding::HalfUp), exact.to_string())
        })
    };
    for counted in answers::forms(pen.results) {
        let chosen = |letter: &char| {
            counted.options.iter().find(|(known, _)| known == letter).map_or(0, |(_, count)| *count)
        };
        let mut cells = vec![Cell::name(&counted.label), whole(counted.opinions())];
        cells.extend(letters.iter().map(|letter| whole(chosen(letter))));
        cells.extend(letters.iter().map(|letter| percent(counted.percent(*letter))));
        cells.extend([whole(counted.none), percent(counted.none_percent())]);
        table.push(Weight::Plain, cells);
    }
    table
}

/// A form's chart and table by question.
fn form_part(pen: Pen<'_>, form: &FormType, letters: &[char]) -> FormPart {
    let chart =
        answers::form(pen.results, form, letters, pen.on(&format!("bieu-do-{}", text_of::slug(&form.code))));
    FormPart { name: form.name.clone(), chart, anchor: anchor(form), table: questions(pen, form) }
}

fn anchor(form: &FormType) -> String {
    format!("cau-hoi-{}", form.code)
}

/// How the answers to each question of a form are distributed, over all units rated.
fn questions(pen: Pen<'_>, form: &FormType) -> Table {
    let answers = pen.results.year.survey.answers(form);
    let mut letters: Vec<char> = pen
        .results
        .year
        .survey
        .forms
        .iter()
        .flat_map(|form| pen.results.year.survey.answers(form))
        .flat_map(|tally| tally.into_keys().collect::<Vec<_>>())
        .collect();
    letters.sort_unstable();
    letters.dedup();
    let mut columns = vec![
        data_only("form"),
        text("question", pen.say("Mã", "Code")),
        head("text", pen.say("Câu hỏi", "Question")),
    ];
    columns.extend(option_columns(pen, &letters));
    let caption = format!("{}: {}", form.name, pen.say("số lượt trả lời", "number of answers"));
    let mut table = Table::new("cau-hoi", caption, columns).part_of(pen.say(
        "Số lượt trả lời từng câu hỏi của các mẫu phiếu",
        "Number of answers to each question of the forms",
    ));
    table.anchor = Some(anchor(form));
    for (question, tally) in form.questions.iter().zip(answers) {
        let mut cells = vec![Cell::text(&form.code), Cell::text(&question.code), Cell::name(&question.text)];
        cells.extend(letters.iter().map(|letter| match tally.get(letter) {
            Some(count) => Cell::count(usize::try_from(*count).expect("counts fit the machine")),
            None => Cell::count(0),
        }));
        table.push(Weight::Plain, cells);
    }
    table
}
