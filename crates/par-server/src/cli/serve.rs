//! `parindex serve` and `parindex demo`: pages over a data folder.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal};
use std::net::SocketAddr;

use clap::Args;
use tokio::net::{TcpListener, lookup_host};
use tracing_subscriber::EnvFilter;

use super::{Data, Failure, Outcome, output, publish, source};
use crate::messages::system;
use crate::ops::demo::{self, NoDemonstration};
use crate::ops::publications::laid;
use crate::ops::publications::watch::{Away, Watch};
use crate::web::{App, listen, router};

const DEMO_EXAMPLES: &str = "Ví dụ:
  parindex demo                                  mở http://127.0.0.1:8080/ sau khi chạy
  parindex demo --data /tmp/thu --listen 127.0.0.1:9000";

const SERVE_EXAMPLES: &str = "Ví dụ:
  parindex serve --data /srv/parindex
  parindex serve --listen 0.0.0.0:80 --database postgres://parindex@/parindex";

/// Tạo (hoặc mở lại) thư mục dữ liệu với năm minh họa Lai Châu 2020 rồi phục vụ các trang kết quả
#[derive(Args)]
#[command(after_help = DEMO_EXAMPLES)]
pub struct Demo {
    #[command(flatten)]
    listen: Listen,
}

/// Phục vụ các trang kết quả của thư mục dữ liệu
#[derive(Args)]
#[command(after_help = SERVE_EXAMPLES)]
pub struct Serve {
    #[command(flatten)]
    listen: Listen,
}

#[derive(Args)]
struct Listen {
    /// Địa chỉ hoặc tên máy, và cổng phục vụ; cổng 0 để hệ thống tự chọn
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", env = "PARINDEX_LISTEN",
          value_parser = parse_listen)]
    listen: String,
}

impl Demo {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        super::runtime()?.block_on(async {
            // A port in use leaves no folder behind.
            let listener = self.listen.bind().await?;
            let folder = data.folder();
            super::updated(&folder, data).await?;
            let begun = || output::progress(format!("Tạo năm minh họa trong {}", folder.shown()));
            match demo::make(&folder, begun).await {
                Ok(()) => serve(listener, data).await,
                Err(NoDemonstration::Year(problems)) => source::refused(problems),
                Err(NoDemonstration::Database(error)) => Err(super::database(error)),
                Err(NoDemonstration::Import(failed)) => Err(super::not_imported(failed)),
                Err(NoDemonstration::Release(refused)) => Err(publish::not_released(&folder, refused)),
            }
        })
    }
}

impl Serve {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        if !laid::is_there(&data.folder().path) {
            super::existing(data)?;
        }
        super::runtime()?.block_on(async { serve(self.listen.bind().await?, data).await })
    }
}

/// Logs to standard error, in UTC: plain for a person, JSON lines for a collector. `PARINDEX_LOG` sets
/// the level, or else `level` does.
pub(super) fn log(level: &str) {
    let filter = EnvFilter::try_from_env("PARINDEX_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let logger = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        logger.init();
    } else {
        logger.json().init();
    }
}

/// `ADDRESS:PORT` as text: a name is looked up when it is bound.
fn parse_listen(text: &str) -> Result<String, &'static str> {
    match text.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(text.to_owned()),
        _ => Err("ghi ĐỊA-CHỈ:CỔNG, ví dụ 127.0.0.1:8080 hoặc localhost:8080; cổng từ 0 đến 65535"),
    }
}

impl Listen {
    async fn bind(&self) -> Result<TcpListener, Failure> {
        let addresses: Vec<SocketAddr> = match lookup_host(&self.listen).await {
            Ok(addresses) => addresses.collect(),
            Err(_) => Vec::new(),
        };
        if addresses.is_empty() {
            return Err(Failure::usage(format!("không tìm thấy địa chỉ hoặc tên máy trong {}", self.listen))
                .hint("ghi địa chỉ của máy này, ví dụ --listen 127.0.0.1:8080 hoặc --listen 0.0.0.0:8080"));
        }
        TcpListener::bind(addresses.as_slice()).await.map_err(|error| not_served(&self.listen, &error))
    }
}

fn not_served(address: impl Display, error: &std::io::Error) -> Failure {
    let hint = match error.kind() {
        ErrorKind::AddrNotAvailable => "ghi một địa chỉ của máy này, hoặc 0.0.0.0 cho mọi địa chỉ",
        _ => "chọn cổng khác từ 1024 trở lên bằng --listen 127.0.0.1:PORT",
    };
    Failure::new(format!("không phục vụ được ở {address}: {}", system::io_error(error))).hint(hint)
}

async fn serve(listener: TcpListener, data: &Data) -> Result<Outcome, Failure> {
    log("warn,par_server=info");
    let watch = watched(data).await?;
    let bound = listener.local_addr().map_err(|error| not_served("cổng đã mở", &error))?;
    output::print(format!("Mở http://{bound}/ bằng trình duyệt. Nhấn Ctrl+C để dừng.\n"))?;
    let app = App::of(watch.publications());
    let watching = tokio::spawn(watch.forever());
    listen::serve(router(app), listener).await.map_err(|error| not_served(bound, &error))?;
    watching.abort();
    Ok(Outcome::Sound)
}

/// What is published in a data folder. Where the database is away, what was laid down before is served; it
/// is asked again while serving.
async fn watched(data: &Data) -> Result<Watch, Failure> {
    let mut watch = Watch::of(data.folder());
    let looked = match super::updated(&data.folder(), data).await {
        Ok(()) => watch.look().await.map_err(away).map(drop),
        Err(failure) => Err(failure),
    };
    if let Err(failure) = looked {
        let published = watch.publications().now().list();
        if published.is_empty() {
            return Err(failure);
        }
        output::complain(format!(
            "{}\n  → vẫn phục vụ các năm đã công bố: {}",
            failure.message,
            named(&published)
        ));
    }
    let waiting = watch.unpublished();
    if !waiting.is_empty() {
        output::complain(format!(
            "Năm {} chưa công bố nên chưa có trên trang; công bố bằng: parindex publish --year NĂM",
            named(&waiting)
        ));
    }
    Ok(watch)
}

fn away(away: Away) -> Failure {
    match away {
        Away::Error(error) => super::database(error),
        Away::Silent => Failure::new("cơ sở dữ liệu không trả lời").hint("kiểm tra máy chủ cơ sở dữ liệu"),
        Away::Removed(file) => {
            Failure::usage(format!("không còn tệp {}", file.display())).hint("khôi phục tệp từ bản sao lưu")
        }
    }
}

fn named(years: &[u16]) -> String {
    years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}
