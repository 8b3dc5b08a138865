//! Results → the tables of a package: every published figure, exact values beside printed ones.
//!
//! Tables stand in the order in which figures follow from each other, so that the first difference a
//! reader meets is nearest to its cause.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::changes::changes;
use super::lists;
use super::table::{Column, Kind, Reference, Table};
use crate::framework::{Framework, LeafId, NodeId};
use crate::points::decimal::Decimal;
use crate::points::exact::Exact;
use crate::points::rounding::Rounding;
use crate::points::{POINT_PLACES, Points};
use crate::score::component::Quantity;
use crate::score::results::{Measure, Results, Scope};
use crate::score::{Origin, binding, printed_points, printed_scale};
use crate::year::status::Status;
use crate::year::write::set_ids;
use crate::year::{Stage, Unit, Year};

use Kind::{Exact as ExactNumber, Text, Whole, Word};

/// All tables of a year's result.
pub fn tables(results: &Results) -> Vec<Table> {
    let year = &results.year;
    vec![
        lists::sets(year),
        lists::criteria(year),
        lists::clusters(year),
        lists::blocks(year),
        lists::classes(year),
        lists::sheets(year),
        answers(results),
        scores(results),
        components(results),
        units(results),
        changes(results),
        means(results),
        counts(results),
    ]
}

/// Units with figures, by position.
fn evaluated(year: &Year) -> impl Iterator<Item = (usize, &Unit)> {
    year.units.iter().enumerate().filter(|(unit, _)| year.is_evaluated(*unit))
}

/// Whether every unit of a year is ranked: then nothing is said of it.
fn all_ranked(year: &Year) -> bool {
    year.units.iter().all(|unit| unit.status == Status::Ranked)
}

fn answers(results: &Results) -> Table {
    let year = &results.year;
    let codes = year.survey.forms.iter().flat_map(|form| &form.questions).map(|question| &question.code);
    let questions: BTreeSet<&String> = codes.collect();
    let mut rows = Vec::new();
    for (i, unit) in evaluated(year) {
        for question in &questions {
            for (letter, count) in results.year.survey.answers.pooled(i, std::slice::from_ref(*question)) {
                let count = count.to_string();
                rows.push(vec![unit.code.clone(), (*question).clone(), letter.to_string(), count]);
            }
        }
    }
    Table {
        name: "survey-answers",
        title: "Số câu trả lời điều tra xã hội học theo đơn vị, câu hỏi và mức trả lời",
        columns: vec![
            Column::always("unit", "Mã đơn vị", Text),
            Column::always("question", "Mã câu hỏi", Text),
            Column::always("answer", "Mức trả lời", Text),
            Column::always("count", "Số câu trả lời trên phiếu hợp lệ", Whole),
        ],
        key: vec!["unit", "question", "answer"],
        references: vec![Reference::one("unit", "units", "unit")],
        rows,
    }
}

fn scores(results: &Results) -> Table {
    let year = &results.year;
    let ids = set_ids(year);
    let mut rows = Vec::new();
    for (i, unit) in evaluated(year) {
        let (set, applies) = (year.set_of(i), year.applicable(i));
        for (leaf, node) in set.leaves() {
            let mut row = vec![
                unit.code.clone(),
                ids[year.blocks[unit.block].set].clone(),
                set.node(node).code.clone(),
            ];
            row.extend(score(results, i, leaf, applies[leaf.index()]));
            rows.push(row);
        }
    }
    let stages = year.rounds.stages().map(|stage| Column::maybe(stage.name(), given(stage), Kind::Decimal));
    let binding = year.rounds.stages().skip(1).map(Stage::name).chain(["survey"]);
    Table {
        name: "scores",
        title: "Điểm từng tiêu chí của từng đơn vị qua các bước chấm",
        columns: [
            Column::always("unit", "Mã đơn vị", Text),
            Column::always("set", "Mã bộ tiêu chí", Text),
            Column::always("code", "Mã tiêu chí chấm điểm", Text),
            Column::always(
                "status",
                "judged đã chấm, counted tính từ phiếu, exempt không đánh giá, waiting chưa chấm",
                Word(vec!["judged", "counted", "exempt", "waiting"]),
            ),
        ]
        .into_iter()
        .chain(stages)
        .chain([
            Column::maybe("binding", "Bước chấm có hiệu lực", Word(binding.collect())),
            Column::maybe("points", "Điểm có hiệu lực", Kind::Decimal),
        ])
        .collect(),
        key: vec!["unit", "code"],
        references: vec![Reference::one("unit", "units", "unit"), of_criterion()],
        rows,
    }
}

/// What a column says that holds the points of a stage.
fn given(stage: Stage) -> &'static str {
    match stage {
        Stage::Own => "Điểm tự chấm",
        Stage::Round(1) => "Điểm thẩm định lần 1",
        Stage::Round(2) => "Điểm thẩm định lần 2",
        Stage::Round(_) => "Điểm thẩm định lần 3",
        Stage::Council => "Điểm của Hội đồng thẩm định",
    }
}

/// Status, points of the stages, binding stage, binding points.
fn score(results: &Results, unit: usize, leaf: LeafId, applies: bool) -> Vec<String> {
    let stages = results.year.rounds.stages();
    if !applies {
        let none = vec![String::new(); stages.count() + 2];
        return [vec!["exempt".to_owned()], none].concat();
    }
    let file = results.year.leaf_file(unit, leaf);
    let said = |stage| file.at(stage).map(|judgement| judgement.points.to_string()).unwrap_or_default();
    let mut row: Vec<String> = stages.map(said).collect();
    let (status, stage, points) = match binding(&results.year, unit, leaf) {
        Some((points, Origin::Judged(stage))) => ("judged", stage.name(), points.to_string()),
        Some((points, Origin::Counted)) => ("counted", "survey", points.to_string()),
        None => ("waiting", "", String::new()),
    };
    row.insert(0, status.to_owned());
    row.extend([stage.to_owned(), points]);
    row
}

fn of_criterion() -> Reference {
    Reference { columns: vec!["set", "code"], table: "criteria", key: vec!["set", "code"] }
}

fn components(results: &Results) -> Table {
    let year = &results.year;
    let ids = set_ids(year);
    let mut rows = Vec::new();
    for (i, unit) in evaluated(year) {
        let set = year.blocks[unit.block].set;
        for (id, node) in year.sets[set].nodes() {
            let mut row = vec![unit.code.clone(), ids[set].clone(), node.code.clone()];
            row.extend(component(results, i, set, &year.sets[set], id));
            rows.push(row);
        }
    }
    Table {
        name: "components",
        title: "Điểm và chỉ số thành phần của từng mục, từng đơn vị",
        columns: vec![
            Column::always("unit", "Mã đơn vị", Text),
            Column::always("set", "Mã bộ tiêu chí", Text),
            Column::always("code", "Mã mục", Text),
            Column::always("earned", "Điểm đạt", Kind::Decimal),
            Column::always("max", "Điểm tối đa áp dụng cho đơn vị; 0 là không đánh giá", Kind::Decimal),
            Column::maybe("percent", "Chỉ số thành phần (phần trăm, làm tròn để in)", Kind::Decimal),
            Column::maybe("percent_exact", "Chỉ số thành phần (giá trị chính xác)", ExactNumber),
            Column::maybe("previous_exact", "Chỉ số thành phần năm trước (giá trị chính xác)", ExactNumber),
            Column::maybe("change", "Thay đổi so với năm trước (điểm phần trăm, làm tròn)", Kind::Decimal),
            Column::maybe("change_exact", "Thay đổi so với năm trước (giá trị chính xác)", ExactNumber),
        ],
        key: vec!["unit", "code"],
        references: vec![Reference::one("unit", "units", "unit"), of_criterion()],
        rows,
    }
}

fn component(results: &Results, unit: usize, position: usize, set: &Framework, id: NodeId) -> Vec<String> {
    let points = results.standing.units[unit].node(set, id);
    let measure = Measure::In(position, set.node(id).code.clone());
    let mut row = vec![points.earned.to_string(), points.max.to_string()];
    row.extend(pair(results, unit, points.share().map(|share| share.percent())));
    row.push(results.previous(unit, &measure).map(|exact| decimal_or_fraction(&exact)).unwrap_or_default());
    row.extend(pair(results, unit, results.change(unit, &measure)));
    row
}

/// A percent or change of a unit: as printed, and exact.
pub(super) fn pair(results: &Results, unit: usize, exact: Option<Exact>) -> [String; 2] {
    both(results.print_of(unit), exact)
}

/// The same with the decimals and rounding of a print.
fn both((places, mode): (u8, Rounding), exact: Option<Exact>) -> [String; 2] {
    let cells = |exact: Exact| [mode.apply(&exact, places).to_string(), decimal_or_fraction(&exact)];
    exact.map(cells).unwrap_or_default()
}

/// An exact number as a decimal of at most six places, or as a fraction when it is none.
pub fn decimal_or_fraction(exact: &Exact) -> String {
    let decimal = Points::nearest(exact, POINT_PLACES, Rounding::Down);
    match decimal.filter(|points| points.exact() == *exact) {
        Some(points) => points.to_string(),
        None => exact.to_string(),
    }
}

fn units(results: &Results) -> Table {
    let others = results.unranked(Scope::Province);
    let units = results.units(Scope::Province).into_iter().chain(others);
    let rows = units.map(|unit| unit_row(results, unit));
    let mut columns = vec![
        Column::always("unit", "Mã đơn vị", Text),
        Column::always("name", "Tên đơn vị", Text),
        Column::always("block", "Mã bảng xếp hạng", Text),
        Column::maybe("place", "Thứ hạng trong bảng", Whole),
        Column::maybe("class", "Xếp loại", Text),
    ];
    if !all_ranked(&results.year) {
        let title = "Trạng thái: ranked xếp hạng, scored chấm, không xếp hạng, not_evaluated không đánh giá";
        columns.push(Column::always("status", title, Word(Status::ALL.map(Status::name).to_vec())));
    }
    // Units that are not yet scored, or not evaluated, have no points.
    let has_points =
        |unit: usize| results.year.is_evaluated(unit) && results.standing.units[unit].unscored == 0;
    let complete = (0..results.year.units.len()).all(has_points);
    let points = if complete { Column::always } else { Column::maybe };
    let scale = if evaluated(&results.year).count() == results.year.units.len() {
        Column::always
    } else {
        Column::maybe
    };
    columns.extend([
        points("appraisal", "Điểm thẩm định, gồm điểm thưởng, điểm trừ (làm tròn)", Kind::Decimal),
        points("appraisal_exact", "Điểm thẩm định (giá trị chính xác)", ExactNumber),
        points("survey", "Điểm điều tra xã hội học (làm tròn)", Kind::Decimal),
        points("survey_exact", "Điểm điều tra xã hội học (giá trị chính xác)", ExactNumber),
    ]);
    if results.year.has_adjustments() {
        let appraisal = columns.iter_mut().find(|column| column.name == "appraisal");
        appraisal.expect("it was just added").title = "Điểm thẩm định (làm tròn)";
        columns.extend([
            points("bonus", "Điểm thưởng (làm tròn)", Kind::Decimal),
            points("bonus_exact", "Điểm thưởng (giá trị chính xác)", ExactNumber),
            points("penalty", "Điểm trừ (làm tròn)", Kind::Decimal),
            points("penalty_exact", "Điểm trừ (giá trị chính xác)", ExactNumber),
            points("cut", "Phần vượt khung bị cắt (làm tròn)", Kind::Decimal),
            points("cut_exact", "Phần vượt khung bị cắt (giá trị chính xác)", ExactNumber),
        ]);
    }
    columns.extend([
        points("total", "Tổng điểm (làm tròn)", Kind::Decimal),
        points("total_exact", "Tổng điểm (giá trị chính xác)", ExactNumber),
        scale("scale", "Thang điểm của đơn vị (làm tròn)", Kind::Decimal),
        scale("scale_exact", "Thang điểm của đơn vị (giá trị chính xác)", ExactNumber),
        Column::maybe("index", "Chỉ số cải cách hành chính (phần trăm, làm tròn để in)", Kind::Decimal),
        Column::maybe("index_exact", "Chỉ số cải cách hành chính (giá trị chính xác)", ExactNumber),
        Column::maybe("previous_exact", "Chỉ số năm trước đã công bố", ExactNumber),
        Column::maybe("change", "Thay đổi so với năm trước (điểm phần trăm)", Kind::Decimal),
        Column::maybe("change_exact", "Thay đổi so với năm trước (giá trị chính xác)", ExactNumber),
    ]);
    Table {
        name: "units",
        title: "Kết quả xếp hạng của từng đơn vị",
        columns,
        key: vec!["unit"],
        references: vec![Reference::one("block", "blocks", "block")],
        rows: rows.collect(),
    }
}

fn unit_row(results: &Results, unit: usize) -> Vec<String> {
    let standing = &results.standing.units[unit];
    let (set, named) = (results.year.set_of(unit), &results.year.units[unit]);
    let mut row = vec![
        named.code.clone(),
        named.name.clone(),
        results.year.blocks[named.block].id.clone(),
        standing.place.map(|place| place.to_string()).unwrap_or_default(),
        results.class_name(unit).unwrap_or_default().to_owned(),
    ];
    if !all_ranked(&results.year) {
        row.push(named.status.name().to_owned());
    }
    let is_evaluated = results.year.is_evaluated(unit);
    let has_points = is_evaluated && standing.unscored == 0;
    let stretched = |points| has_points.then(|| printed_points(set, points, standing.scale));
    let mut points = vec![standing.appraisal, standing.survey];
    if results.year.has_adjustments() {
        points.extend([standing.bonus, standing.penalty, standing.cut()]);
    }
    points.push(standing.total);
    for exact in points
        .into_iter()
        .map(stretched)
        .chain([is_evaluated.then(|| printed_scale(set, standing.scale).exact())])
    {
        row.extend(pair(results, unit, exact));
    }
    row.extend(pair(results, unit, standing.index.map(|index| index.percent())));
    let previous = results.previous(unit, &Measure::Index);
    row.push(previous.map(|exact| decimal_or_fraction(&exact)).unwrap_or_default());
    row.extend(pair(results, unit, results.change(unit, &Measure::Index)));
    row
}

/// Blocks, clusters and the province: word, id, scope.
fn scopes(year: &Year) -> Vec<(&'static str, String, Scope)> {
    let blocks = year.blocks.iter().enumerate().map(|(i, one)| ("block", one.id.clone(), Scope::Block(i)));
    let clusters = year.clusters.iter().enumerate();
    let clusters = clusters.map(|(i, one)| ("cluster", one.id.clone(), Scope::Cluster(i)));
    blocks.chain(clusters).chain([("province", "province".to_owned(), Scope::Province)]).collect()
}

/// The index, and every area under the code by which it is compared.
fn measures(year: &Year) -> Vec<(String, Measure)> {
    let mut measures = vec![("index".to_owned(), Measure::Index)];
    for set in &year.sets {
        for (area, _) in set.areas() {
            let code = set.compared_as(area);
            if !measures.iter().any(|(known, _)| *known == code) {
                measures.push((code.clone(), Measure::Node(code)));
            }
        }
    }
    measures
}

fn of_scope() -> Vec<Column> {
    vec![
        Column::always(
            "of",
            "block bảng xếp hạng, cluster khối, province toàn tỉnh",
            Word(vec!["block", "cluster", "province"]),
        ),
        Column::always("id", "Mã bảng xếp hạng hoặc khối", Text),
        Column::always("measure", "index là Chỉ số cải cách hành chính; nếu không là mã lĩnh vực", Text),
    ]
}

fn means(results: &Results) -> Table {
    let mut rows = Vec::new();
    for (of, id, scope) in scopes(&results.year) {
        let print = results.print_in(scope);
        for (name, measure) in measures(&results.year) {
            let mut row = vec![of.to_owned(), id.clone(), name];
            row.extend(both(print, results.mean(scope, &measure)));
            row.extend(both(print, results.previous_mean(scope, &measure)));
            row.extend(both(print, results.mean_change(scope, &measure)));
            rows.push(row);
        }
    }
    let mut columns = of_scope();
    columns.extend([
        Column::maybe("mean", "Trung bình (phần trăm, làm tròn)", Kind::Decimal),
        Column::maybe("mean_exact", "Trung bình (giá trị chính xác)", ExactNumber),
        Column::maybe("previous", "Trung bình năm trước (phần trăm, làm tròn)", Kind::Decimal),
        Column::maybe("previous_exact", "Trung bình năm trước (giá trị chính xác)", ExactNumber),
        Column::maybe("change", "Thay đổi (điểm phần trăm, làm tròn)", Kind::Decimal),
        Column::maybe("change_exact", "Thay đổi (giá trị chính xác)", ExactNumber),
    ]);
    let title = "Chỉ số trung bình và thay đổi so với năm trước";
    Table { name: "means", title, columns, key: vec!["of", "id", "measure"], references: Vec::new(), rows }
}

fn counts(results: &Results) -> Table {
    let mut rows = Vec::new();
    for (of, id, scope) in scopes(&results.year) {
        let mut add = |measure: &str, what: &str, mark: String, count: usize| {
            rows.push(vec![
                of.to_owned(),
                id.clone(),
                measure.to_owned(),
                what.to_owned(),
                mark,
                count.to_string(),
            ]);
        };
        for class in class_names(results, scope) {
            let units = results.units(scope).into_iter();
            let count = units.filter(|unit| results.class_name(*unit) == Some(&class)).count();
            add("index", "class", class, count);
        }
        let zero = Decimal::new(0, 0);
        for (name, measure) in measures(&results.year) {
            let change = Quantity::Change(measure);
            for (what, way) in [("up", Ordering::Greater), ("down", Ordering::Less)] {
                add(&name, what, "0".to_owned(), results.compared(scope, &change, zero, &[way]).len());
            }
        }
        for threshold in &results.year.thresholds {
            let percent = Quantity::Percent(Measure::Node(threshold.area.clone()));
            let count = |mark: Decimal, way: Ordering| results.compared(scope, &percent, mark, &[way]).len();
            let high = count(threshold.high, Ordering::Greater);
            add(&threshold.area, "above", threshold.high.to_string(), high);
            if let Some(low) = threshold.low {
                add(&threshold.area, "below", low.to_string(), count(low, Ordering::Less));
            }
        }
    }
    let mut seen = BTreeSet::new();
    rows.retain(|row| seen.insert(row[..5].to_vec()));
    let mut columns = of_scope();
    let words = vec!["class", "up", "down", "above", "below"];
    columns.extend([
        Column::always(
            "what",
            "class đơn vị xếp loại này, up tăng, down giảm, above trên mốc, below dưới mốc",
            Word(words),
        ),
        Column::always("mark", "Tên loại, hoặc mốc so sánh (phần trăm, điểm phần trăm)", Text),
        Column::always("count", "Số đơn vị, so theo số đã làm tròn để in", Whole),
    ]);
    let key = vec!["of", "id", "measure", "what", "mark"];
    Table {
        name: "counts",
        title: "Số đơn vị theo loại, theo mốc và theo chiều thay đổi",
        columns,
        key,
        references: Vec::new(),
        rows,
    }
}

/// The classes of a scope's blocks, each name once.
fn class_names(results: &Results, scope: Scope) -> Vec<String> {
    let year = &results.year;
    let mut names: Vec<String> = Vec::new();
    for (i, block) in year.blocks.iter().enumerate() {
        let inside = match scope {
            Scope::Block(one) => one == i,
            Scope::Cluster(cluster) => block.cluster == cluster,
            Scope::Province => true,
        };
        for class in year.classes_of(i).iter().filter(|_| inside) {
            if !names.contains(&class.name) {
                names.push(class.name.clone());
            }
        }
    }
    names
}
