//! How the year's numbers are made: settings, legal basis, sources.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use par_core::framework::Framework;
use par_core::language::Language;
use par_core::score::results::Results;
use par_core::words;

use super::App;
use super::asked::Asked;
use super::failure::Failure;
use super::page::{Page, Shell, answer};
use super::table::{Cell, Table, Weight, head, number, text};

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
pub async fn show(
    State(app): State<App>,
    Path(year): Path<String>,
    asked: Asked,
) -> Result<Response, Failure> {
    let results = app.year(&year).await?;
    let sets = &results.year.sets;
    let page = Method {
        shell: Shell::of(&asked, &results, "Cách tính"),
        settings: settings(&results),
        classes: classes(&results),
        facts: facts(&results),
        legal: sets.iter().map(|set| (set.name.clone(), set.legal_basis.clone())).collect(),
        mean: words::province_mean(results.year.province_mean, Language::Vi),
    };
    answer(&asked, page)
}

/// One column a criteria set, one row a setting.
fn settings(results: &Results) -> Table {
    let sets = &results.year.sets;
    let mut columns = vec![head("setting", "Quy định")];
    columns.extend(sets.iter().map(|set| text(&set.id, &set.name)));
    let mut table = Table::new("quy-dinh", "Quy định của từng bộ tiêu chí", columns);
    let mut row = |name: &str, value: &dyn Fn(&Framework) -> String| {
        let mut cells = vec![Cell::text(name)];
        cells.extend(sets.iter().map(|set| Cell::text(value(set))));
        table.push(Weight::Plain, cells);
    };
    row("Thang điểm đầy đủ", &|set| format!("{} điểm", set.full_scale.vi()));
    row("Lĩnh vực", &|set| set.areas().count().to_string());
    row("Nội dung chấm điểm", &|set| set.leaf_count().to_string());
    row("Làm tròn điểm từng nội dung", &|set| {
        let settings = &set.settings;
        format!(
            "{} chữ số thập phân, {}",
            settings.point_places,
            words::rounding(settings.point_rounding, Language::Vi)
        )
    });
    row("Làm tròn khi in", &|set| {
        let settings = &set.settings;
        format!(
            "{} chữ số thập phân, {}",
            settings.print_places,
            words::rounding(settings.print_rounding, Language::Vi)
        )
    });
    row("Xếp hạng theo", &|set| words::compare(set.settings.compare, Language::Vi).to_owned());
    row("Khi bằng nhau", &|set| words::ties(&set.settings.ties, Language::Vi));
    row("Nội dung không đánh giá", &|set| {
        words::exemption(set.settings.exemption, Language::Vi).to_owned()
    });
    table
}

/// One column a class, since blocks mostly share them.
fn classes(results: &Results) -> Table {
    let year = &results.year;
    let mut names: Vec<&str> = Vec::new();
    for class in (0..year.blocks.len()).flat_map(|block| year.classes_of(block)) {
        if !names.contains(&class.name.as_str()) {
            names.push(&class.name);
        }
    }
    let mut columns = vec![head("block", "Bảng xếp hạng")];
    columns.extend(names.iter().map(|name| number(*name, format!("{name}, từ (%)"))));
    let mut table = Table::new("xep-loai", "Ngưỡng xếp loại, tính cả giá trị đúng bằng ngưỡng", columns);
    for (position, block) in year.blocks.iter().enumerate() {
        let mut cells = vec![Cell::text(&block.name)];
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

fn facts(results: &Results) -> Table {
    let columns = vec![
        head("fact", "Việc"),
        text("value", "Nội dung"),
        text("origin", "Nguồn"),
        text("note", "Ghi chú"),
    ];
    let mut table = Table::new("moc", "Mốc thời gian và văn bản của năm đánh giá", columns);
    for fact in &results.year.facts {
        let origin = match fact.origin.as_str() {
            "published" => "đã công bố",
            "synthetic" => "minh họa",
            other => other,
        };
        table.push(
            Weight::Plain,
            vec![
                Cell { data: fact.key.clone(), ..Cell::text(name(&fact.key)) },
                Cell { data: fact.value.clone(), ..Cell::text(date_vi(&fact.value)) },
                Cell { data: fact.origin.clone(), ..Cell::text(origin) },
                Cell::text(&fact.note),
            ],
        );
    }
    table
}

/// What a fact's key means; an unknown key is shown as it is.
fn name(key: &str) -> &str {
    match key {
        "guidance_letter" => "Công văn hướng dẫn",
        "guidance_date" => "Ngày công văn hướng dẫn",
        "framework_decision" => "Quyết định ban hành bộ tiêu chí",
        "framework_date" => "Ngày quyết định",
        "self_score_deadline" => "Hạn tự chấm điểm",
        "round1_sent" => "Gửi kết quả thẩm định lần 1",
        "explanation_deadline" => "Hạn giải trình",
        "round2_done" => "Xong thẩm định lần 2",
        "council_date" => "Hội đồng thẩm định họp",
        "council_members" => "Số thành viên Hội đồng",
        "council_agree" => "Số thành viên đồng ý",
        other => other,
    }
}

/// `2021-04-13` → `13/04/2021`; other values stay.
fn date_vi(value: &str) -> String {
    let parts: Vec<&str> = value.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) => {
            format!("{day}/{month}/{year}")
        }
        _ => value.to_owned(),
    }
}
