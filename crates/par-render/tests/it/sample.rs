//! A report made by hand that uses every kind of part.

use par_core::report::{
    Align, Appendix, Chart, Column, Document, Head, Lead, Part, Picture, Row, RowKind, Run, Table, Tail,
    Text, words,
};
use par_core::score::figure::{Figure, UnitFigure};
use par_render::docx::Options;
use par_render::png::Png;

/// When the sample was made.
pub const CREATED: &str = "2021-04-20T00:00:00Z";
/// A chess board of 32 by 16 pixels.
const BOARD: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 32, 0, 0, 0, 16, 8, 0, 0, 0, 0,
    82, 107, 34, 133, 0, 0, 0, 30, 73, 68, 65, 84, 120, 218, 99, 136, 2, 130, 19, 64, 128, 139, 102, 160,
    131, 2, 124, 146, 32, 154, 30, 10, 70, 195, 1, 76, 3, 0, 35, 149, 34, 16, 33, 85, 173, 77, 0, 0, 0, 0,
    73, 69, 78, 68, 174, 66, 96, 130,
];

pub fn draw(_: &Picture) -> Option<Png> {
    Some(Png { bytes: BOARD.to_vec(), width: 32, height: 16 })
}

pub fn options() -> Options<'static> {
    Options {
        title: "Báo cáo mẫu",
        author: "Sở Nội vụ",
        created: CREATED,
        draw: &draw,
        link: None,
        template: None,
    }
}

fn heading(level: u8, number: &str, text: &str) -> Part {
    Part::Heading { level, number: number.to_owned(), text: words(text) }
}

fn paragraph(lead: Lead, text: Text) -> Part {
    Part::Paragraph { lead, text }
}

fn figure(printed: &str) -> Run {
    Run::Figure(printed.to_owned(), Figure::Unit(0, UnitFigure::Index))
}

fn plain(text: &str) -> Run {
    Run::Plain(text.to_owned())
}

fn note(text: &str) -> Run {
    Run::Note(words(text))
}

fn column(title: &str, align: Align, width: u16) -> Column {
    Column { title: title.to_owned(), align, width }
}

fn row(kind: RowKind, cells: &[&str]) -> Row {
    Row { kind, cells: cells.iter().map(|cell| words(*cell)).collect() }
}

pub fn head() -> Head {
    Head {
        parent: "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU".to_owned(),
        issuer: "SỞ NỘI VỤ".to_owned(),
        number: "Số:        /BC-SNV".to_owned(),
        dated: "Lai Châu, ngày      tháng 4 năm 2021".to_owned(),
        kind: "BÁO CÁO".to_owned(),
        subject:
            "Kết quả xác định Chỉ số cải cách hành chính năm 2020 của các sở, ban, ngành và ủy ban nhân dân \
                  các huyện, thành phố"
                .to_owned(),
    }
}

pub fn tail() -> Tail {
    Tail {
        recipients: vec![
            "Ủy ban nhân dân tỉnh (để báo cáo)".to_owned(),
            "Các sở, ban, ngành".to_owned(),
            "Lưu: VT, CCHC".to_owned(),
        ],
        signer: vec!["KT. GIÁM ĐỐC".to_owned(), "PHÓ GIÁM ĐỐC".to_owned()],
        name: "Nguyễn Văn A".to_owned(),
    }
}

/// Forty-two units in two groups with their mean: longer than a page.
pub fn ranked() -> Table {
    let mut rows = vec![row(RowKind::Group, &["Các sở, ban, ngành"])];
    for place in 1..=40 {
        let cells = [
            place.to_string(),
            format!("Đơn vị thứ {place} có tên dài để xuống dòng trong ô"),
            format!("{},{:02}", 95 - place, 100 - place),
            "+3,32".to_owned(),
            "1.160".to_owned(),
            if place % 2 == 0 { "Tốt" } else { "Khá" }.to_owned(),
        ];
        rows.push(Row { kind: RowKind::Plain, cells: cells.iter().map(words).collect() });
    }
    rows[2].cells[1].push(note("Thang điểm 78,5 do không đánh giá lĩnh vực 3."));
    rows.push(row(RowKind::Group, &["Ủy ban nhân dân cấp huyện"]));
    rows.push(row(RowKind::Plain, &["1", "=SUM(A1:A9) không phải công thức", "87,42", "-0,5", "12", "Tốt"]));
    rows.push(row(RowKind::Summary, &["", "Trung bình chung", "74,50", "+1,00", "", ""]));
    Table {
        id: "xep-hang".to_owned(),
        caption: words("Bảng 1. Xếp hạng Chỉ số cải cách hành chính năm 2020"),
        columns: vec![
            column("TT", Align::Centre, 6),
            column("Đơn vị", Align::Left, 40),
            column("Chỉ số (%)", Align::Right, 14),
            column("Tăng, giảm (điểm phần trăm)", Align::Right, 16),
            column("Phiếu", Align::Right, 12),
            column("Xếp loại", Align::Centre, 12),
        ],
        rows,
    }
}

/// A table for a page on its side.
pub fn wide() -> Table {
    let mut columns = vec![column("TT", Align::Centre, 5), column("Đơn vị", Align::Left, 25)];
    columns.extend((1..=8).map(|area| column(&format!("Lĩnh vực {area}"), Align::Right, 10)));
    let cells = |unit: usize| {
        let mut cells = vec![words(unit.to_string()), words(format!("Đơn vị {unit}"))];
        cells.extend((1..=8).map(|area| words(format!("{},{area}0", 60 + unit))));
        Row { kind: RowKind::Plain, cells }
    };
    Table {
        id: "linh-vuc".to_owned(),
        caption: words("Chỉ số thành phần [theo lĩnh vực]: so sánh giữa các đơn vị / năm 2020"),
        columns,
        rows: (1..=20).map(cells).collect(),
    }
}

pub fn body() -> Vec<Part> {
    let mut body = vec![
        heading(1, "I.", "QUÁ TRÌNH TRIỂN KHAI"),
        paragraph(
            Lead::Body,
            vec![
                plain("Năm 2020, có "),
                figure("28/28"),
                plain(" đơn vị tự chấm điểm"),
                note("Gồm 20 sở, ban, ngành & 8 huyện, thành phố <đủ>."),
                plain(
                    " và gửi hồ sơ về Sở Nội vụ; điểm được thẩm định hai lần trước khi trình Hội đồng xem xét.",
                ),
            ],
        ),
        heading(2, "1.", "Thẩm định"),
        paragraph(Lead::Dash, vec![Run::Strong("Lần 1: ".to_owned()), plain("từ dữ liệu của các cơ quan.")]),
        paragraph(Lead::Number(1), words("Kết quả được gửi lại từng đơn vị.")),
        paragraph(Lead::Number(2), words("Đơn vị giải trình, bổ sung.")),
        heading(3, "a)", "Điều tra xã hội học"),
        paragraph(Lead::Remark, words("Ghi chú: số liệu mẫu.")),
        heading(1, "II.", "KẾT QUẢ"),
        Part::Table(ranked()),
        Part::Picture(Picture {
            chart: Chart::Ranks,
            part: 0,
            title: "Hình 1. Chỉ số theo thứ hạng".to_owned(),
            description: "Cột ngang cho từng đơn vị; cao nhất 94,99 \"%\" & thấp nhất 55,60.".to_owned(),
        }),
    ];
    for number in 1..=6 {
        body.push(paragraph(
            Lead::Body,
            words(format!(
                "Đoạn thứ {number}: chỉ số trung bình của các đơn vị tăng so với năm trước, trong đó mức tăng cao nhất \
                 thuộc về lĩnh vực hiện đại hóa hành chính và mức tăng thấp nhất thuộc về lĩnh vực tài chính công."
            )),
        ));
    }
    body.push(paragraph(
        Lead::Body,
        words("Trên đây là kết quả năm 2020, kính trình Ủy ban nhân dân tỉnh xem xét."),
    ));
    body
}

pub fn report() -> Document {
    Document {
        head: Some(head()),
        body: body(),
        tail: Some(tail()),
        appendices: vec![
            Appendix {
                number: "I".to_owned(),
                title: words("CHỈ SỐ THÀNH PHẦN"),
                landscape: true,
                parts: vec![Part::Table(wide())],
            },
            Appendix {
                number: "II".to_owned(),
                title: words("CÁCH TÍNH"),
                landscape: false,
                parts: vec![paragraph(
                    Lead::Body,
                    vec![plain("Chỉ số là điểm chia thang điểm"), note("Nhân 100.")],
                )],
            },
            Appendix {
                number: "III".to_owned(),
                title: words("DANH SÁCH"),
                landscape: false,
                parts: vec![paragraph(Lead::Dash, words("Đơn vị 1."))],
            },
        ],
    }
}

/// A document without head and tail, such as a unit's profile.
pub fn profile() -> Document {
    Document { body: vec![heading(1, "", "Hồ sơ đơn vị"), Part::Table(wide())], ..Document::default() }
}

/// What a composer may also hand over: long names, empty words, tables without caption, header or
/// rows, notes in every place, appendices of tables only.
pub fn odd() -> Document {
    let pairs = Table {
        columns: vec![column("", Align::Left, 1), column("", Align::Right, 1)],
        rows: vec![
            Row { kind: RowKind::Group, cells: vec![vec![plain("Nhóm"), note("Ghi chú của nhóm.")]] },
            row(RowKind::Plain, &["Chỉ số", "87,42"]),
            row(RowKind::Plain, &["Thiếu ô"]),
            Row {
                kind: RowKind::Summary,
                cells: vec![vec![Run::Strong("Cộng".to_owned()), note("Tròn số.")]],
            },
        ],
        ..Table::default()
    };
    let empty =
        Table {
            caption: vec![plain("Bảng trống"), note("Chưa có số liệu.")], rows: Vec::new(), ..ranked()
        };
    let nested = vec![plain("Xem"), Run::Note(vec![plain("Ghi chú"), note("trong ghi chú")])];
    let tables =
        || vec![Part::Table(pairs.clone()), Part::Table(empty.clone()), Part::Table(Table::default())];
    let appendix = |landscape| Appendix {
        number: String::new(),
        title: vec![
            plain("Phụ lục có tên rất dài "),
            Run::Strong("và đậm".to_owned()),
            note("Ghi chú của tên."),
        ],
        landscape,
        parts: tables(),
    };
    let mut body = tables();
    body.insert(0, paragraph(Lead::Dash, nested));
    Document {
        head: Some(Head {
            parent: String::new(),
            issuer: "BAN QUẢN LÝ KHU KINH TẾ CỬA KHẨU MA LÙ THÀNG VÀ CÁC KHU CÔNG NGHIỆP TỈNH".to_owned(),
            kind: "BÁO CÁO".to_owned(),
            ..Head::default()
        }),
        body,
        tail: Some(Tail {
            recipients: Vec::new(), signer: vec!["GIÁM ĐỐC".to_owned()], name: String::new()
        }),
        appendices: vec![appendix(false), appendix(true), appendix(true), appendix(false)],
    }
}
