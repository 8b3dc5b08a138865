//! `parindex check`: facts that hold in every sound database.

use std::path::PathBuf;

use clap::Args;

use super::{Data, Failure, Outcome, output};
use crate::exchange::package::against::Against;
use crate::exchange::package::disk;
use crate::messages;
use crate::ops::check::{self, Checked};

const EXAMPLES: &str = "Ví dụ:
  parindex check --data /srv/parindex
  parindex check --package goi-2020.zip                    đối chiếu với gói đã công bố giữ ở nơi khác
  parindex check --database postgres://parindex@/parindex";

/// Kiểm tra toàn bộ dữ liệu: tham chiếu, tổng điểm, quy tắc chấm, phiếu, thứ hạng, chuỗi nhật ký
///
/// Ai ghi được vào cơ sở dữ liệu thì cũng viết lại được nhật ký và bản công bố trong đó; điều ấy chỉ lộ ra
/// khi đối chiếu với một gói đã công bố giữ ở nơi khác (--package).
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Check {
    /// Gói dữ liệu đã công bố, giữ ở nơi khác: thư mục hoặc tệp .zip
    #[arg(long, value_name = "PACKAGE")]
    package: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        super::existing(data)?;
        let package = match &self.package {
            None => None,
            Some(path) => match disk::read(path) {
                Ok(package) => Some(package),
                Err(refused) => return super::package::no_package(path, refused),
            },
        };
        output::progress(format!("Kiểm tra {}", data.folder().shown()));
        let folder = data.folder();
        let runtime = super::runtime()?;
        let checked = runtime.block_on(check::folder(&folder)).map_err(super::database)?;
        let mut is_sound = told(&checked)?;
        if let Some(package) = &package {
            let against = runtime.block_on(check::against(&folder, package)).map_err(super::database)?;
            let sentence = messages::store::against(&against);
            if matches!(against, Against::Same { .. }) {
                output::print(format!("{sentence}\n"))?;
            } else {
                output::complain(sentence);
                is_sound = false;
            }
        }
        Ok(if is_sound { Outcome::Sound } else { Outcome::Problems })
    }
}

/// Says what was found; true when nothing is wrong.
fn told(checked: &Checked) -> Result<bool, Failure> {
    for finding in &checked.findings {
        output::complain(messages::database::finding(finding));
    }
    if !checked.findings.is_empty() {
        output::complain(format!(
            "{} chỗ sai; khôi phục từ bản sao lưu gần nhất hoặc gửi danh sách này cho đơn vị quản trị.",
            checked.findings.len()
        ));
    } else if checked.years.is_empty() {
        output::print("Dữ liệu nguyên vẹn; chưa có năm nào.\n")?;
    } else {
        let years: Vec<String> = checked.years.iter().map(u16::to_string).collect();
        let facts = check::facts();
        output::print(format!(
            "Dữ liệu nguyên vẹn: {facts} loại điều kiện đúng cho năm {}.\n",
            years.join(", ")
        ))?;
    }
    for remark in messages::database::remarks(&checked.remarks) {
        output::print(format!("{remark}\n"))?;
    }
    if !checked.sealed_late.is_empty() {
        output::print(format!("{}\n", messages::store::sealed_late(&checked.sealed_late)))?;
    }
    Ok(checked.findings.is_empty())
}
