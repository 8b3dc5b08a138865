//! The tables of a package that say what was assessed: criteria sets, lists, classes, sheets counted.

use std::collections::BTreeSet;

use super::table::{Column, Kind, Reference, Table};
use crate::framework::Source;
use crate::rule::KINDS;
use crate::year::Year;
use crate::year::write::set_ids;

use Kind::{Text, Whole, Word};

pub(super) fn sets(year: &Year) -> Table {
    let rows = year.sets.iter().zip(set_ids(year)).map(|(set, id)| {
        let settings = &set.settings;
        let (places, mode) = (settings.print_places.to_string(), settings.print_rounding.name().to_owned());
        vec![id, set.name.clone(), set.year.to_string(), set.full_scale.to_string(), places, mode]
    });
    Table {
        name: "sets",
        title: "Bộ tiêu chí",
        columns: vec![
            Column::always("set", "Mã bộ tiêu chí", Text),
            Column::always("name", "Tên bộ tiêu chí", Text),
            Column::always("year", "Năm đánh giá của bộ tiêu chí", Whole),
            Column::always("full_scale", "Thang điểm đầy đủ", Kind::Decimal),
            Column::always("print_places", "Số chữ số thập phân khi in", Whole),
            Column::always(
                "print_rounding",
                "Cách làm tròn khi in",
                Word(vec!["half_up", "half_even", "half_down", "down", "up"]),
            ),
        ],
        key: vec!["set"],
        references: Vec::new(),
        rows: rows.collect(),
    }
}

pub(super) fn criteria(year: &Year) -> Table {
    let rows = year.sets.iter().zip(set_ids(year)).flat_map(|(set, id)| {
        set.nodes().map(move |(_, node)| {
            let parent = node.parent.map(|parent| set.node(parent).code.clone()).unwrap_or_default();
            let scoring = node.scoring.as_ref();
            vec![
                id.clone(),
                node.code.clone(),
                parent,
                node.depth.to_string(),
                node.name.clone(),
                node.max.to_string(),
                node.compare_as.clone().unwrap_or_default(),
                scoring.map_or("", |scoring| scoring.source.name()).to_owned(),
                scoring.map_or("", |scoring| scoring.rule.kind()).to_owned(),
            ]
        })
    });
    Table {
        name: "criteria",
        title: "Lĩnh vực, tiêu chí, tiêu chí thành phần",
        columns: vec![
            Column::always("set", "Mã bộ tiêu chí", Text),
            Column::always("code", "Mã mục", Text),
            Column::maybe("parent", "Mã mục cấp trên", Text),
            Column::always("depth", "Cấp: 1 lĩnh vực, 2 tiêu chí, từ 3 tiêu chí thành phần", Whole),
            Column::always("name", "Tên mục", Text),
            Column::always("max", "Điểm tối đa; âm là điểm trừ", Kind::Decimal),
            Column::maybe("compare_as", "Mã dùng khi so sánh giữa các bộ tiêu chí", Text),
            Column::maybe("source", "Nguồn điểm", Word(Source::ALL.map(Source::name).to_vec())),
            Column::maybe("rule", "Cách chấm", Word(KINDS.to_vec())),
        ],
        key: vec!["set", "code"],
        references: vec![Reference::one("set", "sets", "set")],
        rows: rows.collect(),
    }
}

pub(super) fn clusters(year: &Year) -> Table {
    Table {
        name: "clusters",
        title: "Khối đơn vị",
        columns: vec![Column::always("cluster", "Mã khối", Text), Column::always("name", "Tên khối", Text)],
        key: vec!["cluster"],
        references: Vec::new(),
        rows: year.clusters.iter().map(|cluster| vec![cluster.id.clone(), cluster.name.clone()]).collect(),
    }
}

pub(super) fn blocks(year: &Year) -> Table {
    let ids = set_ids(year);
    let rows = year.blocks.iter().map(|block| {
        let cluster = year.clusters[block.cluster].id.clone();
        vec![block.id.clone(), block.name.clone(), ids[block.set].clone(), cluster]
    });
    Table {
        name: "blocks",
        title: "Bảng xếp hạng",
        columns: vec![
            Column::always("block", "Mã bảng xếp hạng", Text),
            Column::always("name", "Tên bảng xếp hạng", Text),
            Column::always("set", "Mã bộ tiêu chí", Text),
            Column::always("cluster", "Mã khối", Text),
        ],
        key: vec!["block"],
        references: vec![
            Reference::one("set", "sets", "set"),
            Reference::one("cluster", "clusters", "cluster"),
        ],
        rows: rows.collect(),
    }
}

pub(super) fn classes(year: &Year) -> Table {
    let rows = year.blocks.iter().enumerate().flat_map(|(i, block)| {
        let classes = year.classes_of(i).iter();
        classes.map(|class| vec![block.id.clone(), class.name.clone(), class.from.to_string()])
    });
    Table {
        name: "classes",
        title: "Ngưỡng xếp loại của từng bảng",
        columns: vec![
            Column::always("block", "Mã bảng xếp hạng", Text),
            Column::always("class", "Tên loại", Text),
            Column::always("from", "Chỉ số từ (phần trăm, kể cả giá trị này)", Kind::Decimal),
        ],
        key: vec!["block", "class"],
        references: vec![Reference::one("block", "blocks", "block")],
        rows: rows.collect(),
    }
}

pub(super) fn sheets(year: &Year) -> Table {
    let mut told = BTreeSet::new();
    let mut rows = Vec::new();
    for form in &year.survey.forms {
        for plan in year.survey.plan.iter().filter(|plan| plan.form == form.code) {
            if !told.insert((&plan.form, &plan.code)) {
                continue;
            }
            let found = year.survey.counts_of(plan);
            let numbers =
                [found.issued(), found.collected(), found.accepted, found.rejected, found.not_returned];
            let mut row = vec![form.code.clone(), plan.code.clone(), plan.name.clone()];
            row.push(plan.required.to_string());
            row.extend(numbers.map(|number| number.to_string()));
            rows.push(row);
        }
    }
    Table {
        name: "survey-sheets",
        title: "Số phiếu điều tra xã hội học theo mẫu và nhóm đối tượng",
        columns: vec![
            Column::always("form", "Mẫu phiếu", Text),
            Column::always("stratum", "Mã nhóm đối tượng", Text),
            Column::always("name", "Nhóm đối tượng", Text),
            Column::always("required", "Số phiếu cần", Whole),
            Column::always("issued", "Số phiếu phát ra", Whole),
            Column::always("collected", "Số phiếu thu về", Whole),
            Column::always("accepted", "Số phiếu hợp lệ", Whole),
            Column::always("rejected", "Số phiếu không hợp lệ", Whole),
            Column::always("not_returned", "Số phiếu không thu được", Whole),
        ],
        key: vec!["form", "stratum"],
        references: Vec::new(),
        rows,
    }
}
