//! Tables about one unit.

use super::at::At;
use super::look_up::Reader;
use super::tables::{cell, headed, row};
use super::unit_values::beside_mean;
use super::value::Value;
use super::{Align, RowKind, Table, Text, words};
use crate::framework::NodeId;
use crate::language::Language;
use crate::points::Points;
use crate::score::results::Measure;
use crate::words as vi;
use crate::year::{LeafFile, Stage};

/// The unit's component indices beside its cluster's means.
pub fn areas(reader: &Reader<'_>, at: &At) -> Option<Table> {
    let unit = at.unit?;
    let results = reader.results;
    let set = results.year.set_of(unit);
    let mut table = headed(
        "linh-vuc-don-vi",
        &[
            ("STT", Align::Centre, 8),
            ("Lĩnh vực", Align::Left, 36),
            ("Điểm", Align::Right, 12),
            ("Thang điểm", Align::Right, 12),
            ("Tỷ lệ (%)", Align::Right, 10),
            ("Trung bình khối (%)", Align::Right, 11),
            ("So với năm trước (điểm phần trăm)", Align::Right, 11),
        ],
    );
    for (id, node) in set.areas() {
        let points = results.standing.units[unit].node(set, id);
        let measure = match &node.compare_as {
            Some(code) => Measure::Node(code.clone()),
            None => continue,
        };
        let (own, mean, change) = beside_mean(reader, unit, &measure);
        let evaluated = points.share().is_some();
        let or_none = |value: Value| if evaluated { cell(&value) } else { words("không đánh giá") };
        table.rows.push(row(
            RowKind::Plain,
            vec![
                words(node.code.clone()),
                words(node.name.clone()),
                or_none(reader.points(points.earned)),
                if evaluated { cell(&reader.scale(points.max)) } else { words("–") },
                cell(&own),
                cell(&mean),
                cell(&change),
            ],
        ));
    }
    Some(table)
}

/// Every leaf of a unit with everything said about it.
pub fn leaves(reader: &Reader<'_>, at: &At) -> Option<Table> {
    let unit = at.unit?;
    let results = reader.results;
    let set = results.year.set_of(unit);
    let mut table = headed(
        "chi-tiet",
        &[
            ("Mã", Align::Left, 6),
            ("Tiêu chí, tiêu chí thành phần", Align::Left, 27),
            ("Điểm tối đa", Align::Right, 6),
            ("Tự chấm", Align::Right, 6),
            ("Lần 1", Align::Right, 6),
            ("Yêu cầu giải trình", Align::Left, 14),
            ("Giải trình của đơn vị", Align::Left, 17),
            ("Lần 2", Align::Right, 6),
            ("Hội đồng", Align::Right, 6),
            ("Điểm", Align::Right, 6),
        ],
    );
    for (id, node) in set.nodes() {
        let points = results.standing.units[unit].node(set, id);
        let name = words(node.name.clone());
        let cells = if points.share().is_none() && !set.is_adjustment(id) {
            let parent_out = node
                .parent
                .is_some_and(|parent| results.standing.units[unit].node(set, parent).share().is_none());
            if parent_out {
                continue;
            }
            exempt(node.code.clone(), name, results.year.exemption_at(unit, id).map(|one| one.reason.clone()))
        } else {
            match set.leaf(id) {
                None => sum(reader, &node.code, name, points.max, points.earned),
                Some(leaf) => judged(reader, unit, id, results.year.leaf_file(unit, leaf)),
            }
        };
        let kind = if node.depth == 1 { RowKind::Summary } else { RowKind::Plain };
        table.rows.push(row(kind, cells));
    }
    Some(table)
}

fn exempt(code: String, name: Text, reason: Option<String>) -> Vec<Text> {
    let mut cells = vec![Text::new(); 10];
    cells[0] = words(code);
    cells[1] = name;
    cells[5] = words("Không đánh giá");
    cells[6] = words(reason.unwrap_or_default());
    cells
}

fn sum(reader: &Reader<'_>, code: &str, name: Text, max: Points, earned: Points) -> Vec<Text> {
    let mut cells = vec![Text::new(); 10];
    cells[0] = words(code);
    cells[1] = name;
    cells[2] = cell(&reader.scale(max));
    cells[9] = cell(&reader.points(earned));
    cells
}

fn judged(reader: &Reader<'_>, unit: usize, id: NodeId, file: &LeafFile) -> Vec<Text> {
    let year = &reader.results.year;
    let set = year.set_of(unit);
    let points = reader.results.standing.units[unit].node(set, id);
    let stage = |stage: Stage| match file.at(stage) {
        Some(judgement) => cell(&reader.points(judgement.points)),
        None => Text::new(),
    };
    let (asked, answered) = match &file.request {
        None => (Text::new(), Text::new()),
        Some(request) => {
            let outcome = vi::outcome(request.outcome, Language::Vi);
            let answer = match &request.answer {
                Some(answer) => format!("{answer} ({outcome})"),
                None => outcome.to_owned(),
            };
            (words(year.reason(&request.reason)), words(answer))
        }
    };
    vec![
        words(set.node(id).code.clone()),
        words(set.node(id).name.clone()),
        cell(&reader.scale(points.max)),
        stage(Stage::Own),
        stage(Stage::Round1),
        asked,
        answered,
        stage(Stage::Round2),
        stage(Stage::Council),
        cell(&reader.points(points.earned)),
    ]
}
