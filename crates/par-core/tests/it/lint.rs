//! What a check of a text finds, sentence by sentence, against the demonstration year.

use crate::common;

use par_core::lint::document::{Document, Note, Paragraph, Part};
use par_core::lint::finding::Kind;
use par_core::lint::{Report, lint, lint_beside};
use par_core::report::{compose, text};
use par_core::score::results::Results;

const INDEX: &str = "Kết quả Chỉ số CCHC";
const OFFICES: &str = "1. Các sở, ban, ngành tỉnh";
const AREA_1: &str = "Công tác chỉ đạo, điều hành cải cách hành chính";
const AREA_2: &str = "Xây dựng và tổ chức thực hiện văn bản quy phạm pháp luật";
const AREA_4: &str = "Cải cách tổ chức bộ máy";

fn check(results: &Results, heading: &str, text: &str) -> Report {
    let heading = Paragraph::of(Part::Heading(1), heading, None);
    lint(&Document { paragraphs: vec![heading, Paragraph::text(text, None)], hidden: 0 }, results)
}

fn kinds(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.kind.name()).collect()
}

/// Heading, correct text, the same with a slip, what is found.
const SLIPS: [(&str, &str, &str, &str); 7] = [
    (
        INDEX,
        "Sở Nội vụ, Sở Tư pháp và Sở Y tế lần lượt đạt 87,42%, 86,52% và 74,31%.",
        "Sở Nội vụ, Sở Tư pháp và Sở Y tế lần lượt đạt 87,42%, 86,25% và 74,31%.",
        "value",
    ),
    (
        INDEX,
        "Thành phố Lai Châu và huyện Nậm Nhùn tăng lần lượt là 2,55 và 1,86 điểm phần trăm.",
        "Thành phố Lai Châu và huyện Nậm Nhùn tăng lần lượt là 2,55 và 1,68 điểm phần trăm.",
        "value",
    ),
    (INDEX, "Sở Y tế xếp thứ 15 trong khối.", "Sở Y tế xếp thứ 14 trong khối.", "value"),
    (INDEX, "Huyện Tam Đường đứng thứ hai.", "Huyện Tam Đường đứng thứ ba.", "value"),
    (INDEX, "Sở Tư pháp đạt 86,52%.", "Sở Tư phápp đạt 86,52%.", "misspelt"),
    (
        INDEX,
        "Các sở, ban, ngành có 05 đơn vị xếp loại Khá và 15 đơn vị xếp loại Tốt.",
        "Các sở, ban, ngành có 04 đơn vị xếp loại Khá và 15 đơn vị xếp loại Tốt.",
        "count",
    ),
    (
        AREA_2,
        "Tỷ lệ điểm trung bình của các sở, ban, ngành là 85,76%. Cao nhất là Văn phòng UBND tỉnh đạt 91,94%.",
        "Tỷ lệ điểm trung bình của các huyện, thành phố là 90,02%. Cao nhất là Sở Y tế đạt 82,64%.",
        "extreme",
    ),
];

#[test]
fn a_slip_is_found_and_its_correct_twin_is_left_alone() {
    let results = common::demo();
    // Heading, correct text, the same with a slip, what is found.
    let rows = [
        (INDEX, "Sở Tư pháp đạt 86,52%.", "Sở Tư pháp đạt 85,62%.", "value"),
        (
            INDEX,
            "BQL Khu KTCK Ma Lù Thàng tăng 12,14 điểm phần trăm.",
            "Ban Quản lý Khu kinh tế cửa khẩu Ma Lù Thàng giảm 12,14 điểm phần trăm.",
            "value",
        ),
        (INDEX, "Sở Lao động, thương binh và Xã hội đạt 80,81%.", "Sở LĐTBXH đạt 81,80%.", "value"),
        (
            INDEX,
            "Tổng điểm của Sở Nội vụ đạt 85,67 điểm.",
            "Tổng điểm của Sở Nội vụ đạt 86,57 điểm.",
            "value",
        ),
        (
            INDEX,
            "Sở Ngoại vụ xếp loại trên thang điểm 78,50.",
            "Sở Ngoại vụ xếp loại trên thang điểm 75,80.",
            "value",
        ),
        (
            INDEX,
            "Chỉ số trung bình cấp huyện đạt 72,65%, giảm 3,51 điểm phần trăm.",
            "Chỉ số trung bình cấp huyện đạt 72,65%, tăng 3,51 điểm phần trăm.",
            "value",
        ),
        (INDEX, "Cao nhất là Sở Nội vụ đạt 87,42%.", "Cao nhất là Sở Tư pháp đạt 86,52%.", "extreme"),
        (
            INDEX,
            "Các sở, ban, ngành: có 05 đơn vị xếp loại Khá.",
            "Các sở, ban, ngành: có 06 đơn vị xếp loại Khá.",
            "count",
        ),
        (
            INDEX,
            "Các huyện, thành phố có 2/8 đơn vị có chỉ số tăng là thành phố Lai Châu, huyện Nậm Nhùn.",
            "Các huyện, thành phố có 2/8 đơn vị có chỉ số tăng là thành phố Lai Châu, huyện Than Uyên.",
            "list",
        ),
        (
            INDEX,
            "Có 3 đơn vị cần lưu ý (Sở Y tế, Sở Tài chính, huyện Sìn Hồ).",
            "Có 4 đơn vị cần lưu ý (Sở Y tế, Sở Tài chính, huyện Sìn Hồ).",
            "list_length",
        ),
        (INDEX, "Huyện Sìn Hồ xếp loại Trung bình.", "Huyện Sìn Hồ xếp loại Khá.", "class"),
        (
            INDEX,
            "Các huyện Tân Uyên, Tam Đường xếp loại Khá.",
            "Các huyện Tân Uyên, Than Uyên xếp loại Khá.",
            "class",
        ),
        (INDEX, "Sở Xây dựng đạt 80,59 điểm.", "Sở Xây dựng đạt 81,59 điểm.", "value"),
        (OFFICES, "Sở Xây dựng xếp thứ 9/15 đơn vị.", "Sở Xây dựng xếp thứ 7/15 đơn vị.", "value"),
        (OFFICES, "Sở Xây dựng xếp thứ 9.", "Sở Xây dựng xếp thứ 15.", "value"),
        (
            INDEX,
            "Chỉ số CCHC của Sở Xây dựng nhỉnh hơn năm 2019 là 5,10 điểm phần trăm.",
            "Chỉ số CCHC của Sở Xây dựng nhỉnh hơn năm 2019 là 1,50 điểm phần trăm.",
            "value",
        ),
        (AREA_1, "Có 6/28 đơn vị đạt trên 80%.", "Có 6/27 đơn vị đạt trên 80%.", "denominator"),
        (AREA_2, "Có 9/27 đơn vị đạt trên 90%.", "Có 9/28 đơn vị đạt trên 90%.", "denominator"),
        (
            AREA_1,
            "Có 6/28 đơn vị trên 80%; 8/28 đơn vị dưới 60%. Các đơn vị còn lại từ 60% - 79,19%.",
            "Có 6/28 đơn vị trên 80%; 8/28 đơn vị dưới 60%. Các đơn vị còn lại từ 61% - 79,19%.",
            "rest",
        ),
        (
            AREA_2,
            "Các sở, ban, ngành: cao nhất là Văn phòng UBND tỉnh 91,94%.",
            "Các sở, ban, ngành: cao nhất là huyện Tân Uyên 91,95%.",
            "out_of_scope",
        ),
        (
            AREA_4,
            "Các sở, ban, ngành: có 2/20 đơn vị đạt trên 90%.",
            "Các sở, ban, ngành: có 2/28 đơn vị đạt trên 90%.",
            "other_scope",
        ),
        (
            AREA_4,
            "Gồm: (1) biên chế; (2) báo cáo; (3) phân cấp.",
            "Gồm: (1) biên chế; (2) báo cáo; (4) phân cấp.",
            "numbering_gap",
        ),
        (
            AREA_4,
            "Tỷ lệ điểm trung bình tăng 0,19 điểm phần trăm.",
            "Tỷ lệ điểm trung bình tăng 0,19%.",
            "change_in_percent",
        ),
        (
            AREA_4,
            "Sở Xây dựng đạt 91,60%, Sở Ngoại vụ đạt 95,20%.",
            "Sở Xây dựng đạt 91.60%, Sở Ngoại vụ đạt 95,20%.",
            "mixed_decimal_signs",
        ),
    ];
    for (heading, right, wrong, kind) in rows.into_iter().chain(SLIPS) {
        assert_eq!(kinds(&check(&results, heading, right)), [""; 0], "{right}");
        assert_eq!(kinds(&check(&results, heading, wrong)), [kind], "{wrong}");
    }
}

#[test]
fn what_the_data_do_not_have_is_counted_and_no_finding() {
    let results = common::demo();
    let texts = [
        "Tỷ lệ hồ sơ đúng hạn của Sở Tư pháp đạt 98,50%, Sở Y tế đạt 97,10%.",
        "Sở Xây dựng tiếp nhận 1.250 hồ sơ, tăng 15% so với năm 2018.",
        "Trong 40 xã được kiểm tra, 3/12 đơn vị bị nhắc nhở.",
    ];
    for text in texts {
        let report = check(&results, INDEX, text);
        assert_eq!(kinds(&report), [""; 0], "{text}");
        assert!(report.unchecked.len() >= 2, "{text}: {:?}", report.unchecked);
    }
    let report =
        check(&results, INDEX, "Căn cứ Quyết định số 29/2019/QĐ-UBND ngày 19/9/2019, Điều 5, khoản 2.");
    assert_eq!((report.findings.len(), report.unchecked.len()), (0, 0));
}

#[test]
fn an_agency_that_is_not_evaluated_is_no_misspelt_unit() {
    let results = common::demo();
    let texts = [
        "Ban Dân vận Tỉnh ủy, Văn phòng HĐND tỉnh, Bộ Nội vụ và UBND tỉnh chỉ đạo; huyện Mường La học tập.",
        "Thanh tra huyện, Văn phòng UBND huyện và Ban Tổ chức Tỉnh ủy phối hợp.",
    ];
    for text in texts {
        assert_eq!(kinds(&check(&results, INDEX, text)), [""; 0], "{text}");
    }
}

/// A line of the composed report that begins with these words.
fn line_of(report: &str, start: &str) -> String {
    report.lines().find(|line| line.starts_with(start)).expect("the report has the line").to_owned()
}

#[test]
fn a_line_with_the_words_of_the_report_is_compared_number_by_number() {
    let results = common::demo();
    let report = compose::report(&results, &common::demo_wording()).document;
    let line = line_of(&text::write(&report), "(6) Qua thẩm định còn");
    let check = |line: &str| {
        lint_beside(&Document { paragraphs: vec![Paragraph::text(line, None)], hidden: 0 }, &results, &report)
    };
    assert_eq!(kinds(&check(&line)), [""; 0]);
    assert_eq!(check(&line).unchecked, []);
    let found = check(&line.replace("102 lượt ở 28", "103 lượt ở 28"));
    assert_eq!(kinds(&found), ["differs"]);
    let told = matches!(&found.findings[0].kind, Kind::Differs { said, data, .. } if (said.as_str(), data.as_str()) == ("103", "102"));
    assert!(told, "{:?}", found.findings);
}

#[test]
fn a_sentence_somebody_else_wrote_in_the_words_of_the_report_is_read_on_its_own() {
    let results = common::demo();
    let report = compose::report(&results, &common::demo_wording()).document;
    let texts = [
        "Khối sở: mức trung bình là 91,33% theo kết quả chấm.",
        "Toàn khối có 15 cơ quan tham gia nội dung này.",
        "Có 11/15 đơn vị đạt trên 90%.",
        "Người dân trả lời 692 phiếu về nội dung này.",
    ];
    let mut paragraphs =
        vec![Paragraph::of(Part::Heading(1), "8. Tác động của CCHC đến người dân, tổ chức", None)];
    paragraphs.extend(texts.map(|text| Paragraph::text(text, None)));
    let found = lint_beside(&Document { paragraphs, hidden: 0 }, &results, &report);
    assert_eq!(kinds(&found), [""; 0], "{:?}", found.findings);
}

#[test]
fn tables_numbered_with_a_gap_are_found() {
    let results = common::demo();
    let captions = |numbers: &[u32]| {
        let caption = |number: &u32| Paragraph::text(format!("Bảng {number}. Số đơn vị"), None);
        lint(&Document { paragraphs: numbers.iter().map(caption).collect(), hidden: 0 }, &results)
    };
    assert_eq!(kinds(&captions(&[1, 2, 3, 1, 2])), [""; 0]);
    assert_eq!(kinds(&captions(&[1, 2, 4])), ["numbering_gap"]);
    assert_eq!(kinds(&captions(&[1, 2, 2])), ["numbering_repeat"]);
}

#[test]
fn a_footnote_speaks_of_what_its_paragraph_speaks_of() {
    let results = common::demo();
    let mut paragraph = Paragraph::text("Lĩnh vực này còn nhiều hạn chế.", None);
    let text = "Thấp nhất là Văn phòng UBND tỉnh đạt 66,61%.".to_owned();
    paragraph.notes.push(Note { at: 10, text, line: None });
    let heading = Paragraph::of(Part::Heading(2), AREA_4, None);
    let report = lint(&Document { paragraphs: vec![heading, paragraph], hidden: 0 }, &results);
    assert_eq!(kinds(&report), ["value"]);
    let place = &report.findings[0].place;
    assert!(place.note && place.heading == AREA_4 && place.paragraph == 1, "{place:?}");
}

#[test]
fn headings_numbered_twice_or_with_a_gap_are_found() {
    let results = common::demo();
    let numbered = |numbers: &[&str]| {
        let heading = |number: &&str| Paragraph::of(Part::Heading(1), format!("{number} Nội dung"), None);
        lint(&Document { paragraphs: numbers.iter().map(heading).collect(), hidden: 0 }, &results)
    };
    assert_eq!(
        kinds(&numbered(&["I.", "1.", "2.", "2.1.", "2.2.", "3.", "II.", "1.", "2.", "III."])),
        [""; 0]
    );
    assert_eq!(kinds(&numbered(&["I.", "II.", "II.", "III."])), ["numbering_repeat"]);
    assert_eq!(kinds(&numbered(&["I.", "1.", "2.", "4.", "II.", "1."])), ["numbering_gap"]);
}

#[test]
fn rows_of_a_unit_nobody_knows_are_checked_by_their_own_arithmetic() {
    let results = common::demo();
    let row = |cells: [&str; 6]| Paragraph::row(0, cells.map(str::to_owned).to_vec(), None);
    let head = ["Tên đơn vị", "Điểm thẩm định", "Điểm điều tra", "Tổng điểm", "Thang điểm", "Chỉ số (%)"];
    let table = |unit| lint(&Document { paragraphs: vec![row(head), row(unit)], hidden: 0 }, &results);
    assert_eq!(kinds(&table(["Sở Văn thư", "60,00", "20,00", "80,00", "98", "81,63"])), [""; 0]);
    assert_eq!(
        kinds(&table(["Sở Văn thư", "60,00", "20,00", "82,00", "98", "81,63"])),
        ["row_sum", "row_index"]
    );
    assert_eq!(kinds(&table(["Sở Nội vụ", "62,30", "23,37", "85,76", "98", "87,42"])), ["value"]);
}
