//! `parindex verify`: recomputes a published year from its package and says line by line what holds.

use std::path::PathBuf;

use clap::Args;
use par_core::language::Language;
use par_core::moment;

use super::{Data, Failure, Outcome, output, package};
use crate::exchange::package::{disk, is_hash, record};
use crate::messages;
use crate::ops::verify::{self, Check, Report, What};

/// Most faults told of one file; the rest is counted.
const MOST: usize = 20;

const EXAMPLES: &str = "Ví dụ:
  parindex verify goi-2020.zip
  parindex verify goi-2020 --id 5c0f…            so với mã gói đã thông báo
  parindex verify goi-2020-v1.zip goi-2020-v2.zip   kiểm tra cả chuỗi đính chính";

/// Tính lại một năm đã công bố từ gói dữ liệu và đối chiếu từng dòng
///
/// Kiểm tra mã băm, tệp thiếu, tệp thừa, số liệu đầu vào, mọi bảng kết quả, mô tả và chuỗi đính chính.
/// Mã kết thúc 0 chỉ khi tất cả đều khớp.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Verify {
    /// Gói dữ liệu: thư mục hoặc tệp .zip; nêu nhiều phiên bản để kiểm tra cả chuỗi đính chính
    #[arg(required = true)]
    packages: Vec<PathBuf>,
    /// Mã gói mà cơ quan công bố đã thông báo, khi chỉ kiểm tra một gói
    #[arg(long, value_name = "HASH", value_parser = parse_id)]
    id: Option<String>,
}

fn parse_id(text: &str) -> Result<String, &'static str> {
    let id = text.trim().to_lowercase();
    if is_hash(&id) {
        Ok(id)
    } else {
        Err("mã gói gồm đúng 64 chữ số 0–9 và chữ a–f, như trong dòng «Mã gói» khi công bố")
    }
}

impl Verify {
    pub(super) fn run(self, _: &Data) -> Result<Outcome, Failure> {
        if self.id.is_some() && self.packages.len() > 1 {
            return Err(Failure::usage("--id chỉ dùng với một gói").hint("kiểm tra từng gói một"));
        }
        let mut reports = Vec::new();
        for path in &self.packages {
            output::progress(format!("Đọc và tính lại {}", path.display()));
            let package = match disk::read(path) {
                Ok(package) => package,
                Err(refused) => return package::no_package(path, refused),
            };
            let mut report = verify::verify(&package);
            if let Some(id) = &self.id {
                verify::check_id(&mut report, id);
            }
            reports.push(report);
        }
        verify::check_versions(&mut reports);
        let mut text = String::new();
        for (path, report) in self.packages.iter().zip(&reports) {
            text.push_str(&told(&path.display().to_string(), report));
        }
        output::print(text)?;
        let holds = reports.iter().all(|report| report.faults().next().is_none());
        Ok(if holds { Outcome::Sound } else { Outcome::Problems })
    }
}

/// What stays unproved in a sound package.
const ONLY_HASHED: &str = "Đã tính lại: các bảng trong standing, văn bản báo cáo (gói dạng 3 trở đi), mô tả các bảng, chuỗi đính chính.
Chỉ kiểm bằng mã băm, không tính lại được: số liệu đầu vào (là gốc của phép tính), thời điểm công bố và dòng nhật ký trong publication.json, tệp Word, PDF, Excel của báo cáo, HUONG-DAN.md, dcat.jsonld, schema-org.jsonld, verify.py.
Vì vậy hãy so mã gói ở trên với mã mà cơ quan đã công bố: gói bị sửa rồi lập lại mã băm sẽ có mã khác.";

/// What is not done for packages of earlier forms.
const EARLIER: &str = "Gói dạng cũ: văn bản báo cáo chỉ được kiểm bằng mã băm; thay đổi so với năm trước tính theo cách của dạng này.\n";

/// The report as people read it.
fn told(path: &str, report: &Report) -> String {
    let faults = report.faults().count();
    // The id of a spoilt package proves nothing, and is easily taken for a proof.
    let id = if faults == 0 { &report.id } else { "không nêu, vì gói có chỗ sai" };
    let mut text = format!("Gói {path}\nMã gói: {id}\n");
    if let Some(record) = &report.record {
        let at = moment::said(&record.published_at, Language::Vi);
        text.push_str(&format!("Năm {}, phiên bản {}, công bố {at}\n", record.year, record.version));
    }
    text.push('\n');
    for check in &report.checks {
        let faults = check.faults.len();
        let mark = if faults == 0 { "khớp" } else { "SAI " };
        let count = if faults == 0 { String::new() } else { format!(": {faults} chỗ") };
        text.push_str(&format!("{mark}  {}{count}\n", what(check)));
        for fault in check.faults.iter().take(MOST) {
            let (place, sentence) = messages::package::fault(fault);
            text.push_str(&format!("        {place}: {sentence}\n"));
        }
        if faults > MOST {
            text.push_str(&format!("        … và {} chỗ khác\n", faults - MOST));
        }
    }
    text.push_str(&if faults == 0 {
        let is_earlier = report.record.as_ref().is_some_and(record::Record::is_earlier);
        let earlier = if is_earlier { EARLIER } else { "" };
        format!(
            "\nĐÚNG: mọi kết quả tính lại từ số liệu đầu vào đều khớp với gói.\n{earlier}{ONLY_HASHED}\n\n"
        )
    } else {
        format!("\nKHÔNG KHỚP: {faults} chỗ sai.\n{}\n", other_program(report))
    });
    text
}

/// A later program may reckon or word otherwise: who compares should know.
fn other_program(report: &Report) -> String {
    let (ours, record) = (env!("CARGO_PKG_VERSION"), report.record.as_ref());
    let theirs = record.map(|record| record.program.version.as_str()).filter(|theirs| *theirs != ours);
    theirs.map_or_else(String::new, |theirs| {
        format!("Gói ghi là do parindex {theirs} làm; chương trình này là {ours}.\n")
    })
}

fn what(check: &Check) -> String {
    match &check.what {
        What::Files(count) => format!("tệp trong gói so với danh sách {count} mã băm"),
        What::Record => "publication.json so với số liệu đầu vào".to_owned(),
        What::Inputs(0) => "inputs: số liệu đầu vào".to_owned(),
        What::Inputs(units) => format!("inputs: số liệu đầu vào của {units} đơn vị"),
        What::Losses => "inputs/losses.csv: điểm mất theo nguyên nhân so với điểm từng lĩnh vực".to_owned(),
        What::Table(path, rows) => format!("{path}: {rows} dòng tính lại"),
        What::ReportText(0) => format!("{}: văn bản báo cáo", record::REPORT_TEXT),
        What::ReportText(lines) => {
            format!("{}: {lines} dòng soạn lại từ số liệu và câu chữ", record::REPORT_TEXT)
        }
        What::Description => "datapackage.json so với các bảng".to_owned(),
        What::Chain => "chuỗi phiên bản và đính chính".to_owned(),
    }
}
