//! A report as PDF: layout of the decree, words, tags, notes.

use std::collections::HashMap;
use std::sync::LazyLock;

use par_core::report::{Chart, Document, Lead, Part, Picture, Run, Table, words};
use par_core::score::figure::{Figure, UnitFigure};
use par_render::pdf::{self, Fault, Imprint, Pdf};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::paper;
use crate::poppler::{Page, ask, pages, places};

const TITLE: &str = "Báo cáo kết quả Chỉ số cải cách hành chính năm 2020";

/// Millimetres as points.
fn mm(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

fn try_write(
    document: &Document,
    pictures: &HashMap<(Chart, usize), String>,
    created: u64,
) -> Result<Pdf, Fault> {
    pdf::write(document, Imprint { title: TITLE, pictures, link: None, created })
}

/// Written on 5/4/2021.
fn write(document: &Document) -> Pdf {
    try_write(document, &paper::pictures(), 1_617_580_800).unwrap()
}

fn text(words: &str) -> Part {
    Part::Paragraph { lead: Lead::Body, text: par_core::report::words(words) }
}

fn body(body: Vec<Part>) -> Document {
    Document { body, ..Document::default() }
}

static REPORT: LazyLock<Pdf> = LazyLock::new(|| write(&paper::report()));

#[test]
fn words_stand_within_the_margins_of_the_decree() {
    for (at, page) in places(&REPORT.bytes).iter().enumerate() {
        let (short, long) = (mm(210.0), mm(297.0));
        let lies = page.width > page.height;
        let (width, height) = if lies { (long, short) } else { (short, long) };
        assert!((page.width - width).abs() < 0.1 && (page.height - height).abs() < 0.1, "page {}", at + 1);
        for word in page.words.iter().filter(|word| word.top > mm(19.0)) {
            let inside = word.left >= mm(30.0) - 0.1
                && word.right <= width - mm(15.0) + 0.1
                && word.top >= mm(20.0) - 0.1
                && word.bottom <= height - mm(20.0) + 0.1;
            assert!(inside, "page {}: {word:?}", at + 1);
        }
    }
}

#[test]
fn the_page_number_stands_in_the_middle_of_the_top_margin_from_page_two() {
    let mut own = 0;
    let mut starts = 0;
    for (at, page) in places(&REPORT.bytes).iter().enumerate() {
        let above: Vec<_> = page.words.iter().filter(|word| word.bottom < mm(20.0)).collect();
        let label = page.words.iter().any(|word| word.text == "(Kèm");
        if at == 0 || label {
            assert!(above.is_empty(), "page {}: {above:?}", at + 1);
            (own, starts) = (1, starts + 1);
            continue;
        }
        own += 1;
        let [number] = above[..] else { panic!("page {}: {above:?}", at + 1) };
        assert_eq!(number.text, own.to_string(), "each appendix is numbered by itself");
        let middle = (mm(30.0) + page.width - mm(15.0)) / 2.0;
        assert!(((number.left + number.right) / 2.0 - middle).abs() < 0.5, "page {}: {number:?}", at + 1);
    }
    assert_eq!(starts, 3, "the text and two appendices");
}

#[test]
fn items_are_lists_for_readers_who_listen_and_paragraphs_for_the_eye() {
    let long = "một mục dài hơn một dòng để thấy rằng dòng thứ hai bắt đầu từ lề trái như mọi đoạn văn khác";
    let item = |lead: Lead| Part::Paragraph { lead, text: words(format!("Đây là {long}.")) };
    let numbers = (9..=11).map(|number| item(Lead::Number(number)));
    let pdf = write(&body(
        [text("Trước."), item(Lead::Dash), item(Lead::Dash)].into_iter().chain(numbers).collect(),
    ));
    assert!(pdf.accessible);
    let said = ask("pdfinfo", &["-struct-text"], &pdf.bytes);
    let count = |kind: &str| said.lines().filter(|line| line.split_whitespace().next() == Some(kind)).count();
    assert_eq!((count("L"), count("LI"), count("Lbl"), count("LBody")), (2, 5, 5, 5), "{said}");
    let read = pages(&pdf.bytes).join(" ");
    for said in ["- Đây là một mục", "(9) Đây là một mục", "(10) Đây", "(11) Đây"] {
        assert!(read.contains(said), "{said}: {read}");
    }
    let page = &places(&pdf.bytes)[0];
    let left = |word: &crate::poppler::Word| (word.left - mm(30.0)).abs() < 0.5;
    let dash = page.words.iter().find(|word| word.text == "-").unwrap();
    assert!((dash.left - mm(30.0) - mm(12.7)).abs() < 0.5, "{dash:?}");
    let at_the_margin = page.words.iter().filter(|word| left(word)).count();
    assert_eq!(at_the_margin, 5, "the second line of each item: {:?}", page.words);
    let right = page.words.iter().map(|word| word.right).fold(0.0, f64::max);
    assert!((right - mm(195.0)).abs() < 0.5, "{right}");
}

#[test]
fn the_first_line_of_a_paragraph_is_indented_and_lines_are_as_wide_as_the_page_allows() {
    let pages = places(&REPORT.bytes);
    let start = pages[0].words.iter().position(|word| word.text == "Thực").unwrap();
    let first = &pages[0].words[start];
    assert!((first.left - mm(30.0) - mm(12.7)).abs() < 0.5, "{first:?}");
    let next: Vec<_> = pages[0].words[start..].iter().filter(|word| word.top > first.bottom - 2.0).collect();
    assert!((next[0].left - mm(30.0)).abs() < 0.5, "{:?}", next[0]);
    let third = next.iter().find(|word| word.text.starts_with("74,52%")).unwrap();
    assert!((third.top - first.top - 36.0).abs() < 0.3, "14 pt stand on 18 pt: {third:?}");
    let line = pages[0].words[start..].iter().filter(|word| (word.top - first.top).abs() < 1.0);
    let right = line.map(|word| word.right).fold(0.0, f64::max);
    assert!((right - (mm(210.0) - mm(15.0))).abs() < 0.5, "{right}");
}

#[test]
fn the_head_stands_in_two_columns_that_do_not_touch() {
    let pages = places(&REPORT.bytes);
    let find = |text: &str| pages[0].words.iter().find(|word| word.text == text).unwrap();
    let (parent, state) = (find("CHÂU"), find("CỘNG"));
    assert!((parent.bottom - state.bottom).abs() < 0.5, "on one line: {parent:?} {state:?}");
    assert!(state.left - parent.right > 5.0, "{parent:?} {state:?}");
    let symbol = find("/BC-SNV");
    let date = find("2021");
    assert!((symbol.bottom - date.bottom).abs() < 0.5, "{symbol:?} {date:?}");
}

#[test]
fn all_words_can_be_read_out_with_their_marks() {
    let all = pages(&REPORT.bytes).join(" ");
    assert!(is_nfc(&all));
    for said in [
        "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Chỉ số trung bình đạt 86,05%, tăng 1,20 điểm phần trăm so với năm trước",
        "- Tổ giúp việc thẩm định lần 1, yêu cầu giải trình và thẩm định lần 2.",
        "(1) Ậm ừ ẫm ẵng ặc ẻo ẽo ỗi ộp ỡm ợt ữa ựa ỷ ỹ ỵ: các chữ",
        "trình Ủy ban nhân dân tỉnh xem xét./. Nơi nhận: - Ủy ban nhân dân tỉnh; - Các sở, ban, ngành tỉnh; - Lưu: VT, CCHC. KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Thị Bích Thủy",
        "Phụ lục II Biểu đồ thứ hạng (Kèm theo Báo cáo số /BC-SNV ngày tháng 4 năm 2021)",
    ] {
        assert!(all.contains(said), "{said}\n{all}");
    }
}

#[test]
fn words_are_never_taken_for_commands() {
    let all = pages(&REPORT.bytes).join(" ");
    assert!(
        all.contains(r"(2) #strong[không phải lệnh] $x$ *sao* _gạch_ @tham-chiếu <nhãn> \n // vẫn là chữ.")
    );
}

#[test]
fn marks_written_apart_come_out_joined() {
    let apart: String = "Ủy ban nhân dân huyện Mường Tè, Nậm Nhùn".nfd().collect();
    let read = pages(&write(&body(vec![text(&apart)])).bytes).join(" ");
    assert_eq!(read, "Ủy ban nhân dân huyện Mường Tè, Nậm Nhùn");
}

#[test]
fn fonts_are_embedded_and_can_be_read_out() {
    let said = ask("pdffonts", &[], &REPORT.bytes);
    let fonts: Vec<Vec<&str>> = said.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(fonts.len(), 5, "four faces of Tinos and that of the chart: {said}");
    for font in fonts {
        assert!(font[0].contains("+Tinos") || font[0].contains("+BeVietnamPro"), "{said}");
        assert_eq!(
            font[font.len() - 5..font.len() - 2],
            ["yes", "yes", "yes"],
            "embedded, subset, readable: {said}"
        );
    }
}

#[test]
fn a_report_is_tagged_titled_and_fit_for_archives() {
    assert!(REPORT.accessible);
    let said = ask("pdfinfo", &["-isodates"], &REPORT.bytes);
    let holds =
        |name: &str, value: &str| said.lines().any(|line| line.starts_with(name) && line.ends_with(value));
    assert!(holds("Title:", TITLE) && holds("Tagged:", "yes") && holds("Author:", "SỞ NỘI VỤ"), "{said}");
    assert!(holds("CreationDate:", "2021-04-05T00:00:00Z"), "{said}");
    let raw = String::from_utf8_lossy(&REPORT.bytes);
    for mark in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "<rdf:li>vi-VN<"] {
        assert!(raw.contains(mark), "{mark}");
    }
}

#[test]
fn headings_tables_charts_and_notes_are_what_they_look_like() {
    let said = ask("pdfinfo", &["-struct-text"], &REPORT.bytes);
    let count = |kind: &str| said.lines().filter(|line| line.split_whitespace().next() == Some(kind)).count();
    assert_eq!((count("H1"), count("H2"), count("H3")), (5, 2, 1), "three headings, two appendices");
    assert_eq!((count("Table"), count("Note"), count("Figure:")), (2, 3, 2));
    // Column headings, 60 names of units and four of groups; the mean; then the appendix.
    let headings = said.lines().filter(|line| line.trim_start().starts_with("TH ")).count();
    assert_eq!(headings, 4 + 60 + 4 + 1 + 12 + 40);
}

#[test]
fn the_header_of_a_table_is_on_every_page_of_it() {
    let pages = pages(&REPORT.bytes);
    let rows: Vec<_> = pages.iter().filter(|page| page.contains("Đơn vị số ")).collect();
    assert!(rows.len() >= 3, "{} pages", rows.len());
    assert!(rows.iter().all(|page| page.contains("TT Đơn vị Điểm Chỉ số (%)")));
    let leaves: Vec<_> = pages.iter().filter(|page| page.contains("Mức độ hoàn thành")).collect();
    assert!(leaves.len() >= 2 && leaves.iter().all(|page| page.contains("Mã Tiêu chí Đơn vị 1")));
}

#[test]
fn a_row_is_never_split_and_a_group_never_stands_alone() {
    for page in pages(&REPORT.bytes) {
        assert_eq!(page.matches("Đơn vị số ").count(), page.matches("một ô của bảng").count(), "{page}");
        for (at, _) in page.match_indices("Nhóm ") {
            assert!(page[at..].contains("Đơn vị số "), "{page}");
        }
    }
}

#[test]
fn a_row_longer_than_a_page_loses_no_words() {
    let mut table = paper::table("dai", 1, 2);
    table.rows[1].cells[1] = words("Giải trình rất dài. ".repeat(400));
    let read = pages(&write(&body(vec![Part::Table(table)])).bytes).join(" ");
    assert_eq!(read.replace("TT Đơn vị Điểm Chỉ số (%) ", "").matches("dài.").count(), 400);
}

#[test]
fn notes_are_numbered_through_and_stand_on_their_page() {
    let pages = pages(&REPORT.bytes);
    assert!(pages[0].contains("Ủy ban nhân dân tỉnh1 , Sở Nội vụ"), "{}", pages[0]);
    assert!(pages[0].contains("1 Kế hoạch mẫu, chỉ dùng để thử cách trình bày."), "{}", pages[0]);
    assert!(pages[0].contains("2 Xem Phụ lục I."), "{}", pages[0]);
    let third = pages.iter().find(|page| page.contains("một ô của bảng3")).unwrap();
    assert!(third.contains("3 Đơn vị mới thành lập."), "{third}");
}

#[test]
fn appendices_begin_on_pages_of_their_own_and_may_lie() {
    let laid: Vec<Page> = places(&REPORT.bytes);
    let pages = pages(&REPORT.bytes);
    let page = |start: &str| pages.iter().position(|page| page.contains(start)).unwrap();
    assert!(laid[page("Phụ lục I Điểm")].width > 800.0);
    assert!(laid[page("Phụ lục II Biểu")].width < 600.0);
    assert!(laid[page("Nguyễn Thị Bích Thủy")].width < 600.0);
}

#[test]
fn the_signature_never_stands_alone() {
    for lines in 25..45 {
        let mut report = paper::report();
        report.appendices.clear();
        report.body = (0..lines).map(|_| text("Một dòng.")).chain([text("Dòng cuối.")]).collect();
        let pages = pages(&write(&report).bytes);
        let last = pages.last().unwrap();
        assert!(last.contains("Dòng cuối./.") && last.contains("Nguyễn Thị Bích Thủy"), "{lines}: {last}");
    }
}

#[test]
fn the_same_values_give_the_same_bytes() {
    assert_eq!(REPORT.bytes, write(&paper::report()).bytes);
    let later = try_write(&paper::report(), &paper::pictures(), 1_617_580_801).unwrap();
    assert_ne!(REPORT.bytes, later.bytes);
}

#[test]
fn a_document_without_head_begins_with_its_text() {
    let profile = write(&body(vec![text("Sở Y tế xếp thứ 3.")]));
    assert_eq!((profile.pages, profile.accessible), (1, true));
    assert_eq!(pages(&profile.bytes), ["Sở Y tế xếp thứ 3."]);
}

#[test]
fn a_chart_that_is_missing_or_broken_is_named() {
    let none = try_write(&paper::report(), &HashMap::new(), 0);
    assert_eq!(none, Err(Fault::NoPicture(Chart::Ranks)));
    let broken = [((Chart::Ranks, 0), "không phải SVG".to_owned())].into();
    let picture = Picture { chart: Chart::Ranks, part: 0, title: "a".into(), description: "b".into() };
    let refused = try_write(&body(vec![Part::Picture(picture)]), &broken, 0);
    assert!(matches!(&refused, Err(Fault::Refused(said)) if said.len() == 1), "{refused:?}");
}

#[test]
fn a_chart_taller_than_a_page_is_made_smaller() {
    let picture =
        Picture {
            chart: Chart::Ranks, part: 0, title: "Biểu đồ dài".into(), description: "Dài".into()
        };
    let tall = [((Chart::Ranks, 0), paper::chart(90))].into();
    let pdf = try_write(&body(vec![text("Trước."), Part::Picture(picture)]), &tall, 0).unwrap();
    let pages = pages(&pdf.bytes);
    assert_eq!(pages.len(), 1);
    assert!(pages[0].contains("Môi trường 89") && pages[0].ends_with("Biểu đồ dài"), "{}", pages[0]);
}

#[test]
fn letters_no_font_has_cost_the_standard_but_not_the_document() {
    let pdf = write(&body(vec![text("Chữ lạ: 漢"), text("Chữ quen")]));
    assert!(!pdf.accessible);
    assert!(pages(&pdf.bytes)[0].contains("Chữ quen"));
    assert!(ask("pdfinfo", &[], &pdf.bytes).contains("Tagged:          yes"));
}

#[test]
fn a_level_left_out_a_short_row_and_an_empty_table_do_no_harm() {
    let deep = |level: u8| Part::Heading { level, number: String::new(), text: words("Tiêu đề") };
    let mut short = paper::table("ngan", 1, 3);
    short.rows[1].cells.truncate(2);
    for column in &mut short.columns {
        column.width = 0;
    }
    let empty = Part::Table(Table::default());
    let silent = Part::Paragraph { lead: Lead::Body, text: vec![Run::Plain(String::new())] };
    let odd = body(vec![deep(3), deep(1), deep(3), empty, Part::Table(short), silent]);
    let pdf = write(&odd);
    assert!(pdf.accessible);
    assert!(pages(&pdf.bytes)[0].contains("84,1020 86,05"));
    assert_eq!(write(&Document::default()).pages, 1);
}

#[test]
fn figures_lead_to_their_derivation_and_look_like_the_words_around_them() {
    let figure = Figure::Unit(0, UnitFigure::Index);
    let said = vec![Run::Plain("Chỉ số đạt ".into()), Run::Figure("87,42%".into(), figure)];
    let document = body(vec![Part::Paragraph { lead: Lead::Body, text: said }]);
    let link = |_: &Figure| "https://cchc.example/ket-qua/2020/dan-giai".to_owned();
    let imprint = Imprint { title: TITLE, pictures: &HashMap::new(), link: Some(&link), created: 0 };
    let linked = pdf::write(&document, imprint).unwrap();
    assert!(linked.accessible);
    let urls = ask("pdfinfo", &["-url"], &linked.bytes);
    assert_eq!(urls.matches("https://cchc.example/ket-qua/2020/dan-giai").count(), 1, "{urls}");
    let plain = pdf::write(&document, Imprint { link: None, ..imprint }).unwrap();
    assert!(!ask("pdfinfo", &["-url"], &plain.bytes).contains("https:"));
    for (one, other) in places(&linked.bytes)[0].words.iter().zip(&places(&plain.bytes)[0].words) {
        assert_eq!(one.text, other.text);
        assert!((one.left - other.left).abs() < 0.01 && (one.right - other.right).abs() < 0.01, "{one:?}");
    }
}

#[test]
fn an_item_longer_than_a_page_loses_no_words() {
    let item = Part::Paragraph { lead: Lead::Dash, text: words("Một mục rất dài. ".repeat(600)) };
    let pdf = write(&body(vec![text("Trước."), item]));
    assert_eq!(pages(&pdf.bytes).join(" ").matches("dài.").count(), 600);
    assert!(pages(&pdf.bytes)[0].matches("dài.").count() > 100, "it begins where there is room");
}
