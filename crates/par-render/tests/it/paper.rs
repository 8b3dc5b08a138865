//! A document that uses every kind of part, with words of no real report.

use std::collections::HashMap;

use par_core::language::Language;
use par_core::points::decimal::Decimal;
use par_core::report::{Align, Appendix, Chart, Column, Document, Head, Lead, Part, Picture, Row, RowKind};
use par_core::report::{Run, Table, Tail, Text, words};
use par_core::score::figure::{Figure, UnitFigure};
use par_render::charts::On;
use par_render::charts::bars::{self, Bar};

/// A report with head, all kinds of parts, a table over several pages and two appendices.
pub fn report() -> Document {
    let table = table("so-lieu", 4, 60);
    let wide = table_of_leaves(40);
    Document {
        head: Some(Head {
            parent: "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU".into(),
            issuer: "SỞ NỘI VỤ".into(),
            number: "Số:        /BC-SNV".into(),
            dated: "Lai Châu, ngày      tháng 4 năm 2021".into(),
            kind: "BÁO CÁO".into(),
            subject: "Kết quả xác định Chỉ số cải cách hành chính của các sở, ban, ngành và Ủy ban nhân dân các huyện, thành phố năm 2020".into(),
        }),
        body: body(table),
        tail: Some(Tail {
            recipients: vec!["Ủy ban nhân dân tỉnh".into(), "Các sở, ban, ngành tỉnh".into(), "Lưu: VT, CCHC".into()],
            signer: vec!["KT. GIÁM ĐỐC".into(), "PHÓ GIÁM ĐỐC".into()],
            name: "Nguyễn Thị Bích Thủy".into(),
        }),
        appendices: vec![
            Appendix {
                number: "I".into(),
                title: words("Điểm của từng tiêu chí"),
                landscape: true,
                parts: vec![Part::Table(wide)],
            },
            Appendix {
                number: "II".into(),
                title: words("Biểu đồ thứ hạng"),
                landscape: false,
                parts: vec![heading(1, "1.", "Các sở"), picture(Chart::Areas), paragraph(Lead::Body, "Hết phần phụ lục.")],
            },
        ],
    }
}

fn body(table: Table) -> Vec<Part> {
    let cited = vec![
        Run::Plain("Thực hiện kế hoạch của Ủy ban nhân dân tỉnh".into()),
        Run::Note(words("Kế hoạch mẫu, chỉ dùng để thử cách trình bày.")),
        Run::Plain(", Sở Nội vụ báo cáo: ".into()),
        Run::Strong("Chỉ số trung bình".into()),
        Run::Plain(" đạt ".into()),
        Run::Figure("86,05%".into(), Figure::Unit(0, UnitFigure::Index)),
        Run::Plain(", tăng 1,20 điểm phần trăm so với năm trước; thấp nhất là 74,52%".into()),
        Run::Note(vec![Run::Plain("Xem ".into()), Run::Strong("Phụ lục I".into()), Run::Plain(".".into())]),
        Run::Plain(".".into()),
    ];
    vec![
        heading(1, "I.", "QUÁ TRÌNH THỰC HIỆN"),
        Part::Paragraph { lead: Lead::Body, text: cited },
        heading(2, "1.", "Tự đánh giá và thẩm định"),
        paragraph(Lead::Dash, "Các đơn vị tự chấm điểm, gửi tài liệu kiểm chứng đúng thời hạn được giao."),
        paragraph(Lead::Dash, "Tổ giúp việc thẩm định lần 1, yêu cầu giải trình và thẩm định lần 2."),
        heading(3, "a)", "Những điểm chính"),
        paragraph(Lead::Number(1), "Ậm ừ ẫm ẵng ặc ẻo ẽo ỗi ộp ỡm ợt ữa ựa ỷ ỹ ỵ: các chữ có hai dấu đứng đủ trên mỗi dòng."),
        paragraph(Lead::Number(2), "#strong[không phải lệnh] $x$ *sao* _gạch_ @tham-chiếu <nhãn> \\n // vẫn là chữ."),
        paragraph(Lead::Remark, "Ghi chú: số liệu trong văn bản này là số liệu thử."),
        heading(1, "II.", "KẾT QUẢ"),
        paragraph(Lead::Body, &"Kết quả được trình bày trong bảng dưới đây theo thứ tự từ cao xuống thấp, kèm theo thay đổi so với năm trước. ".repeat(4)),
        Part::Table(table),
        picture(Chart::Ranks),
        heading(1, "III.", "KIẾN NGHỊ"),
        paragraph(Lead::Body, "Trên đây là báo cáo kết quả, Sở Nội vụ trình Ủy ban nhân dân tỉnh xem xét."),
    ]
}

fn heading(level: u8, number: &str, text: &str) -> Part {
    Part::Heading { level, number: number.into(), text: words(text) }
}

fn paragraph(lead: Lead, text: &str) -> Part {
    Part::Paragraph { lead, text: words(text) }
}

fn picture(chart: Chart) -> Part {
    Part::Picture(Picture {
        chart,
        part: 0,
        title: "Biểu đồ: Chỉ số của các sở, ban, ngành theo thứ hạng".into(),
        description: "Biểu đồ thanh: mười hai đơn vị từ 95,00% xuống 84,00%.".into(),
    })
}

fn column(title: &str, align: Align, width: u16) -> Column {
    Column { title: title.into(), align, width }
}

fn plain(cells: Vec<Text>) -> Row {
    Row { kind: RowKind::Plain, cells }
}

/// A table of four columns with groups, a footnote in a cell and a summary.
pub fn table(id: &str, groups: usize, rows: usize) -> Table {
    let mut table = Table {
        id: id.into(),
        caption: words("Bảng 1. Điểm và Chỉ số của các đơn vị"),
        columns: vec![
            column("TT", Align::Centre, 1),
            column("Đơn vị", Align::Left, 6),
            column("Điểm", Align::Right, 2),
            column("Chỉ số (%)", Align::Right, 2),
        ],
        rows: Vec::new(),
    };
    for at in 0..rows {
        if at % (rows / groups) == 0 {
            table.rows.push(Row {
                kind: RowKind::Group,
                cells: vec![words(format!("Nhóm {}", at / (rows / groups) + 1))],
            });
        }
        let mut name =
            words(format!("Đơn vị số {}, có tên dài để thử xuống dòng trong một ô của bảng", at + 1));
        if at == 2 {
            name.push(Run::Note(words("Đơn vị mới thành lập.")));
        }
        table.rows.push(plain(vec![words(format!("{}", at + 1)), name, words("85,6685"), words("87,42")]));
    }
    let mean = ["", "Trung bình", "84,1020", "86,05"].map(words).to_vec();
    table.rows.push(Row { kind: RowKind::Summary, cells: mean });
    table
}

fn table_of_leaves(rows: usize) -> Table {
    let mut columns = vec![column("Mã", Align::Centre, 2), column("Tiêu chí", Align::Left, 10)];
    columns.extend((1..=10).map(|at| column(&format!("Đơn vị {at}"), Align::Right, 2)));
    let row = |at: usize| {
        let mut cells =
            vec![words(format!("1.{at}")), words("Mức độ hoàn thành kế hoạch cải cách hành chính năm")];
        cells.extend((0..10).map(|unit| words(format!("{},50", (at + unit) % 3))));
        plain(cells)
    };
    Table { id: "tieu-chi".into(), caption: Text::new(), columns, rows: (1..=rows).map(row).collect() }
}

/// The charts of the report.
pub fn pictures() -> HashMap<(Chart, usize), String> {
    [((Chart::Ranks, 0), chart(12)), ((Chart::Areas, 0), chart(4))].into()
}

/// Bars of some units.
pub fn chart(units: i128) -> String {
    let bar = |at: i128| Bar {
        waits: false,
        label: format!("Sở Tài nguyên và Môi trường {at}"),
        value: Some(Decimal::new(9500 - 100 * at, 2)),
        mean: Some(Decimal::new(8605, 2)),
    };
    let bars: Vec<Bar> = (0..units).map(bar).collect();
    bars::draw(On { id: "thu-hang", language: Language::Vi }, "Chỉ số theo thứ hạng", "trung bình", &bars)
        .expect("there are bars")
}
