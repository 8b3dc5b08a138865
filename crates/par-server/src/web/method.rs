//! How the year's numbers are made: settings, legal basis, sources.

use askama::Template;
use axum::response::Response;
use par_core::framework::Framework;
use par_core::language::Language;
use par_core::{moment, words};

use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::pen::Pen;
use super::table::{Cell, Table, Weight, head, number, text};
use super::visit::Visit;

#[derive(Template)]
#[template(path = "method.html")]
struct Method {
    shell: Shell,
    settings: Table,
    classes: Table,
    facts: Table,
    legal: Vec<(String, Vec<String>)>,
    mean: &'static str,
}

impl Page for Method {
    fn shell(&self) -> &Shell {
        &self.shell
    }
    fn tables(&self) -> Vec<&Table> {
        vec![&self.settings, &self.classes, &self.facts]
    }
}

/// `/ket-qua/{year}/phuong-phap`
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let (results, pen) = (&*visit.results, visit.pen());
    let sets = &results.year.sets;
    let page = Method {
        shell: visit.shell(visit.say("Cách tính", "Method")),
        settings: settings(pen),
        classes: classes(pen),
        facts: facts(pen),
        legal: sets.iter().map(|set| (set.name.clone(), set.legal_basis.clone())).collect(),
        mean: words::province_mean(results.year.province_mean, visit.request.language),
    };
    answer(&visit.request, page)
}

/// One column a criteria set, one row a setting.
fn settings(pen: Pen<'_>) -> Table {
    let sets = &pen.results.year.sets;
    let mut columns = vec![head("setting", pen.say("Quy định", "Setting"))];
    columns.extend(sets.iter().map(|set| text(&set.id, &set.name)));
    let mut table = Table::new(
        "quy-dinh",
        pen.say("Quy định của từng bộ tiêu chí", "Settings of each criteria set"),
        columns,
    );
    let mut row = |vi: &str, en: &str, value: &dyn Fn(&Framework) -> String| {
        let mut cells = vec![Cell::text(pen.say(vi, en))];
        cells.extend(sets.iter().map(|set| Cell::text(value(set))));
        table.push(Weight::Plain, cells);
    };
    row("Thang điểm đầy đủ", "Full scale", &|set| {
        let scale = pen.language.points(set.full_scale);
        format!("{scale} {}", pen.say("điểm", "points"))
    });
    row("Lĩnh vực", "Areas", &|set| set.areas().count().to_string());
    row("Nội dung chấm điểm", "Items scored", &|set| set.leaf_count().to_string());
    let decimals = pen.say("chữ số thập phân", "decimals");
    row("Làm tròn điểm từng nội dung", "Rounding of each item’s points", &|set| {
        let settings = &set.settings;
        format!(
            "{} {decimals}, {}",
            settings.point_places,
            words::rounding(settings.point_rounding, pen.language)
        )
    });
    row("Làm tròn khi in", "Rounding when printed", &|set| {
        let settings = &set.settings;
        format!(
            "{} {decimals}, {}",
            settings.print_places,
            words::rounding(settings.print_rounding, pen.language)
        )
    });
    row("Xếp hạng theo", "Ranked by", &|set| {
        words::compare(set.settings.compare, pen.language).to_owned()
    });
    row("Khi bằng nhau", "Ties", &|set| words::ties(&set.settings.ties, pen.language));
    row("Nội dung không đánh giá", "Items not evaluated", &|set| {
        words::exemption(set.settings.exemption, pen.language).to_owned()
    });
    table
}

/// One column a class, since blocks mostly share them.
fn classes(pen: Pen<'_>) -> Table {
    let year = &pen.results.year;
    let mut names: Vec<&str> = Vec::new();
    for class in (0..year.blocks.len()).flat_map(|block| year.classes_of(block)) {
        if !names.contains(&class.name.as_str()) {
            names.push(&class.name);
        }
    }
    let mut columns = vec![head("block", pen.say("Bảng xếp hạng", "Ranking table"))];
    let from = pen.say("từ (%)", "from (%)");
    columns.extend(names.iter().map(|name| number(*name, format!("{name}, {from}"))));
    let caption = pen.say(
        "Ngưỡng xếp loại, tính cả giá trị đúng bằng ngưỡng",
        "Thresholds of the classes; an index equal to a threshold reaches the class",
    );
    let mut table = Table::new("xep-loai", caption, columns);
    for (position, block) in year.blocks.iter().enumerate() {
        let mut cells = vec![Cell::name(&block.name)];
        cells.extend(names.iter().map(|name| {
            let class = year.classes_of(position).iter().find(|class| class.name == *name);
            class.map_or_else(Cell::none, |class| {
                Cell::number(class.from.decimal().trimmed(), class.from.to_string())
            })
        }));
        table.push(Weight::Plain, cells);
    }
    table
}

fn facts(pen: Pen<'_>) -> Table {
    let columns = vec![
        head("fact", pen.say("Việc", "Item")),
        text("value", pen.say("Nội dung", "Value")),
        text("origin", pen.say("Nguồn", "Source")),
        text("note", pen.say("Ghi chú", "Remark")),
    ];
    let caption =
        pen.say("Mốc thời gian và văn bản của năm đánh giá", "Dates and documents of the year’s evaluation");
    let mut table = Table::new("moc", caption, columns);
    for fact in &pen.results.year.facts {
        let origin = match fact.origin.as_str() {
            "published" => pen.say("đã công bố", "published"),
            "synthetic" => pen.say("minh họa", "demonstration"),
            other => other,
        };
        table.push(
            Weight::Plain,
            vec![
                Cell { data: fact.key.clone(), ..Cell::text(name(pen, &fact.key)) },
                value(&fact.value, pen.language),
                Cell { data: fact.origin.clone(), ..Cell::text(origin) },
                Cell::name(&fact.note),
            ],
        );
    }
    table
}

/// What a fact's key means; an unknown key is shown as it is.
fn name<'k>(pen: Pen<'_>, key: &'k str) -> &'k str {
    match key {
        "guidance_letter" => pen.say("Công văn hướng dẫn", "Letter of guidance"),
        "guidance_date" => pen.say("Ngày công văn hướng dẫn", "Date of the letter of guidance"),
        "framework_decision" => {
            pen.say("Quyết định ban hành bộ tiêu chí", "Decision issuing the criteria sets")
        }
        "framework_date" => pen.say("Ngày quyết định", "Date of the decision"),
        "self_score_deadline" => pen.say("Hạn tự chấm điểm", "Deadline for self-scores"),
        "round1_sent" => pen.say("Gửi kết quả thẩm định lần 1", "Results of appraisal round 1 sent"),
        "round2_sent" => pen.say("Gửi kết quả thẩm định lần 2", "Results of appraisal round 2 sent"),
        "round3_sent" => pen.say("Gửi kết quả thẩm định lần 3", "Results of appraisal round 3 sent"),
        "explanation_deadline" => pen.say("Hạn giải trình", "Deadline for explanations"),
        "round2_done" => pen.say("Xong thẩm định lần 2", "Appraisal round 2 completed"),
        "round3_done" => pen.say("Xong thẩm định lần 3", "Appraisal round 3 completed"),
        "council_date" => pen.say("Hội đồng thẩm định họp", "Meeting of the appraisal council"),
        "council_members" => pen.say("Số thành viên Hội đồng", "Members of the council"),
        "council_agree" => pen.say("Số thành viên đồng ý", "Members in agreement"),
        other => other,
    }
}

/// A date in the notation of the page; other values, such as numbers of documents, stay.
fn value(value: &str, language: Language) -> Cell {
    let printed = moment::said_day(value, language);
    let cell = if printed == value { Cell::name(value) } else { Cell::text(printed) };
    Cell { data: value.to_owned(), ..cell }
}
