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
use crate::year::{LeafFile, Request, Stage, Year};

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
        let evaluated = points.applies();
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
    let rounds = rounds(&results.year);
    let mut table = detail(&rounds);
    for (id, node) in set.nodes() {
        let points = results.standing.units[unit].node(set, id);
        let name = words(node.name.clone());
        let cells = if !points.applies() && !set.is_adjustment(id) {
            let parent_out =
                node.parent.is_some_and(|parent| !results.standing.units[unit].node(set, parent).applies());
            if parent_out {
                continue;
            }
            let reason = results.year.exemption_at(unit, id).map(|one| one.reason.clone());
            exempt(&table, node.code.clone(), name, reason)
        } else {
            match set.leaf(id) {
                None => sum(reader, &table, &node.code, name, (points.max, points.earned)),
                Some(leaf) => judged(reader, unit, id, results.year.leaf_file(unit, leaf), &rounds),
            }
        };
        let kind = if node.depth == 1 { RowKind::Summary } else { RowKind::Plain };
        table.rows.push(row(kind, cells));
    }
    Some(table)
}

/// The rounds of a year, and whether the table has columns for the request after each: the first
/// always, a later one when it asked for anything.
fn rounds(year: &Year) -> Vec<(u8, bool)> {
    let leaves = || year.files.iter().flat_map(|file| &file.leaves);
    let asked = |round| leaves().any(|leaf| leaf.request_after(Stage::Round(round)).is_some());
    (1..=year.rounds.count()).map(|round| (round, round == 1 || asked(round))).collect()
}

fn detail(rounds: &[(u8, bool)]) -> Table {
    const NARROW: u16 = 6;
    const NAME: u16 = 27;
    const ASKED: u16 = 14;
    const ANSWERED: u16 = 17;
    let requests = rounds.iter().filter(|(_, asked)| *asked).map(|_| ASKED + ANSWERED).sum::<u16>();
    let narrow = NARROW * rounds.iter().map(|_| 1).sum::<u16>() + NARROW * 5;
    let wide = |width: u16| width * (100 - narrow) / (NAME + requests);
    let names: Vec<String> = rounds.iter().map(|(round, _)| format!("Lần {round}")).collect();
    let mut columns = vec![
        ("Mã", Align::Left, NARROW),
        ("Tiêu chí, tiêu chí thành phần", Align::Left, wide(NAME)),
        ("Điểm tối đa", Align::Right, NARROW),
        ("Tự chấm", Align::Right, NARROW),
    ];
    for (name, (_, asked)) in names.iter().zip(rounds) {
        columns.push((name, Align::Right, NARROW));
        if *asked {
            columns.push(("Yêu cầu giải trình", Align::Left, wide(ASKED)));
            columns.push(("Giải trình của đơn vị", Align::Left, wide(ANSWERED)));
        }
    }
    columns.extend([("Hội đồng", Align::Right, NARROW), ("Điểm", Align::Right, NARROW)]);
    headed("chi-tiet", &columns)
}

fn exempt(table: &Table, code: String, name: Text, reason: Option<String>) -> Vec<Text> {
    let mut cells = vec![Text::new(); table.columns.len()];
    cells[0] = words(code);
    cells[1] = name;
    cells[5] = words("Không đánh giá");
    cells[6] = words(reason.unwrap_or_default());
    cells
}

fn sum(
    reader: &Reader<'_>,
    table: &Table,
    code: &str,
    name: Text,
    (max, earned): (Points, Points),
) -> Vec<Text> {
    let mut cells = vec![Text::new(); table.columns.len() - 1];
    cells[0] = words(code);
    cells[1] = name;
    cells[2] = cell(&reader.scale(max));
    cells.push(cell(&reader.points(earned)));
    cells
}

fn judged(reader: &Reader<'_>, unit: usize, id: NodeId, file: &LeafFile, rounds: &[(u8, bool)]) -> Vec<Text> {
    let year = &reader.results.year;
    let set = year.set_of(unit);
    let points = reader.results.standing.units[unit].node(set, id);
    let stage = |stage: Stage| match file.at(stage) {
        Some(judgement) => cell(&reader.points(judgement.points)),
        None => Text::new(),
    };
    let mut cells = vec![
        words(set.node(id).code.clone()),
        words(set.node(id).name.clone()),
        cell(&reader.scale(points.max)),
        stage(Stage::Own),
    ];
    for (round, asked) in rounds {
        cells.push(stage(Stage::Round(*round)));
        if *asked {
            cells.extend(requested(year, file.request_after(Stage::Round(*round))));
        }
    }
    cells.extend([stage(Stage::Council), cell(&reader.points(points.earned))]);
    cells
}

/// The reason of a request and what was answered.
fn requested(year: &Year, request: Option<&Request>) -> [Text; 2] {
    let Some(request) = request else { return [Text::new(), Text::new()] };
    let outcome = vi::outcome(request.outcome, Language::Vi);
    let answer = match &request.answer {
        Some(answer) => format!("{answer} ({outcome})"),
        None => outcome.to_owned(),
    };
    [words(year.reason(&request.reason)), words(answer)]
}
