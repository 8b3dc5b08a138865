//! `parindex check`: facts that hold in every sound database.

use clap::Args;
use par_store::fact::Fact;
use par_store::invariants;

use super::{Data, Failure, Outcome, output};
use crate::messages;

const EXAMPLES: &str = "Ví dụ:
  parindex check --data /srv/parindex
  parindex check --database postgres://parindex@/parindex";

/// Kiểm tra toàn bộ dữ liệu: tham chiếu, tổng điểm, quy tắc chấm, phiếu, thứ hạng, chuỗi nhật ký
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Check;

impl Check {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        super::existing(data)?;
        output::progress(format!("Kiểm tra {}", data.folder().shown()));
        let (years, findings) = super::runtime()?
            .block_on(async {
                let store = data.folder().open().await?;
                let years = store.years().await?;
                let findings = invariants::check(&store).await?;
                store.close().await;
                Ok((years, findings))
            })
            .map_err(super::database)?;
        for finding in &findings {
            output::complain(messages::database::finding(finding));
        }
        if findings.is_empty() {
            if years.is_empty() {
                output::print("Dữ liệu nguyên vẹn; chưa có năm nào.\n")?;
                return Ok(Outcome::Sound);
            }
            let years: Vec<String> = years.iter().map(|(year, _)| year.to_string()).collect();
            let facts = Fact::ALL.len();
            output::print(format!(
                "Dữ liệu nguyên vẹn: {facts} loại điều kiện đúng cho năm {}.\n",
                years.join(", ")
            ))?;
            return Ok(Outcome::Sound);
        }
        output::complain(format!(
            "{} chỗ sai; khôi phục từ bản sao lưu gần nhất hoặc gửi danh sách này cho đơn vị quản trị.",
            findings.len()
        ));
        Ok(Outcome::Problems)
    }
}
