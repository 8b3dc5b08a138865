//! `parindex journal`: what was written, by whom and when; whether the chain holds.

use clap::{Args, Subcommand};
use par_core::language::Language;
use par_core::moment::{Day, Moment};
use par_core::year::write::csv;

use super::{Data, Failure, Outcome, output};
use crate::messages;
use crate::ops::journal::{self, Line, Verified, Wanted};

const EXAMPLES: &str = "Ví dụ:
  parindex journal list --year 2020
  parindex journal list --by sonoivu --from 01/03/2021 --to 31/03/2021 --csv
  parindex journal verify
  parindex journal verify --line 12 --hash 5f0c…     đối chiếu mã băm đã giữ ở nơi khác";

/// Nhật ký: mỗi lần ghi một dòng, mỗi dòng mang mã băm của dòng trước
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(List),
    Verify(Verify),
}

/// Liệt kê các dòng, cũ trước mới sau
#[derive(Args)]
struct List {
    /// Chỉ của năm này
    #[arg(long, value_name = "YEAR")]
    year: Option<u16>,
    /// Chỉ của người này
    #[arg(long, value_name = "ACCOUNT")]
    by: Option<String>,
    /// Chỉ việc này: import_year, record_judgement, publish_year, upgrade
    #[arg(long, value_name = "ACT")]
    act: Option<String>,
    /// Từ ngày (dd/mm/yyyy), kể cả ngày đó
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Đến ngày (dd/mm/yyyy), kể cả ngày đó
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Xuất CSV, với toàn bộ nội dung của dòng và mã băm
    #[arg(long)]
    csv: bool,
}

/// Kiểm tra chuỗi mã băm, số thứ tự và số lần ghi của từng năm
///
/// Ai ghi được vào cơ sở dữ liệu thì cũng viết lại được cả chuỗi; điều ấy chỉ lộ ra khi đối chiếu với mã
/// băm của một dòng đã giữ ở nơi khác (--line, --hash).
#[derive(Args)]
struct Verify {
    /// Số thứ tự của dòng đã giữ mã băm
    #[arg(long, value_name = "NUMBER", requires = "hash")]
    line: Option<i64>,
    /// Mã băm đã giữ của dòng đó
    #[arg(long, value_name = "HASH", requires = "line")]
    hash: Option<String>,
}

fn day(text: &str) -> Result<Day, &'static str> {
    Day::read_written(text).ok_or("ngày có dạng dd/mm/yyyy, như 05/03/2021")
}

impl Arguments {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        super::existing(data)?;
        match self.command {
            Command::List(list) => list.run(data),
            Command::Verify(verify) => verify.run(data),
        }
    }
}

const COLUMNS: [&str; 9] =
    ["sequence", "at", "actor", "act", "year", "revision", "sentence", "payload", "hash"];

impl List {
    fn run(self, data: &Data) -> Result<Outcome, Failure> {
        let wanted = Wanted {
            year: self.year,
            actor: self.by,
            act: self.act,
            from_ms: self.from.map(|day| day.begin().ms()),
            before_ms: self.to.map(|day| day.plus(1).begin().ms()),
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        let shown = super::runtime()?.block_on(journal::list(&data.folder(), &wanted, |line| {
            rows.push(if self.csv { record(&line) } else { row(&line) });
        }));
        shown.map_err(super::database)?;
        if self.csv {
            output::print(csv(&COLUMNS, &rows))?;
        } else if rows.is_empty() {
            output::print("Không có dòng nào của nhật ký khớp với điều kiện.\n")?;
        } else {
            output::print(output::columns(&rows, &[true, false, false, false]))?;
        }
        Ok(Outcome::Sound)
    }
}

fn row(line: &Line) -> Vec<String> {
    let at = Moment::from_ms(line.at_ms).said(Language::Vi);
    vec![line.sequence.to_string(), at, line.actor.clone(), messages::journal::sentence(line)]
}

fn record(line: &Line) -> Vec<String> {
    let (year, revision) =
        line.year.map_or_else(Default::default, |(year, revision)| (year.to_string(), revision.to_string()));
    vec![
        line.sequence.to_string(),
        Moment::from_ms(line.at_ms).to_string(),
        line.actor.clone(),
        line.act.clone(),
        year,
        revision,
        messages::journal::sentence(line),
        line.payload.clone(),
        line.hash.clone(),
    ]
}

impl Verify {
    fn run(self, data: &Data) -> Result<Outcome, Failure> {
        let verified = super::runtime()?.block_on(journal::verify(&data.folder(), self.line));
        let verified = verified.map_err(super::database)?;
        for finding in &verified.findings {
            output::complain(messages::database::finding(finding));
        }
        let kept = self.line.zip(self.hash.as_deref());
        let same = kept.is_none_or(|(line, hash)| told(&verified, line, hash));
        if !verified.findings.is_empty() || !same {
            return Ok(Outcome::Problems);
        }
        let Some((sequence, hash)) = &verified.head else {
            output::print("Nhật ký chưa có dòng nào.\n")?;
            return Ok(Outcome::Sound);
        };
        output::print(format!(
            "Nhật ký nguyên vẹn: {} dòng; dòng {sequence} có mã băm {hash}.\n\
             Giữ mã này ở nơi khác để sau này đối chiếu: parindex journal verify --line {sequence} --hash {hash}\n",
            verified.lines
        ))?;
        if let Some((line, _)) = kept {
            output::print(format!("Dòng {line} khớp với mã băm đã giữ.\n"))?;
        }
        Ok(Outcome::Sound)
    }
}

/// Whether the line carries the hash that was kept; says so when it does not.
fn told(verified: &Verified, line: i64, hash: &str) -> bool {
    let said = match &verified.kept {
        Some(found) if found.eq_ignore_ascii_case(hash.trim()) => return true,
        Some(found) => format!(
            "Dòng {line} có mã băm {found}, khác với mã đã giữ: nhật ký đã bị viết lại, hoặc mã giữ không phải của dòng này."
        ),
        None => format!("Nhật ký không có dòng {line}: nhật ký đã bị cắt, hoặc đây là cơ sở dữ liệu khác."),
    };
    output::complain(said);
    false
}
