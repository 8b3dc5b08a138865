//! `parindex serve` and `parindex demo`: pages over a data folder.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal};
use std::net::SocketAddr;
use std::sync::Arc;

use clap::Args;
use par_store::store::Store;
use tokio::net::{TcpListener, lookup_host};
use tracing_subscriber::EnvFilter;

use super::{Data, Failure, Outcome, output, source};
use crate::exchange::folder;
use crate::messages::system;
use crate::ops::report::Wordings;
use crate::ops::years::Years;
use crate::ops::{import, load, report};
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
            let store = data.folder().create().await.map_err(super::database)?;
            if store.years().await.map_err(super::database)?.is_empty() {
                output::progress(format!("Tạo năm minh họa trong {}", data.folder().shown()));
                let year = match load::year_of(&folder::demo()) {
                    Ok(year) => year,
                    Err(problems) => return source::refused(problems),
                };
                import::year(&store, &year, "parindex demo").await.map_err(super::database)?;
                report::keep(&data.folder(), year.year, &folder::demo_wording())
                    .map_err(|error| super::unwritten(&data.data, &error))?;
            }
            serve(store, listener, data).await
        })
    }
}

impl Serve {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        super::existing(data)?;
        super::runtime()?.block_on(async {
            let store = data.folder().open_updated().await.map_err(super::database)?;
            serve(store, self.listen.bind().await?, data).await
        })
    }
}

/// Logs to standard error, in UTC: plain for a person, JSON lines for a collector. `PARINDEX_LOG` sets
/// the level.
fn log() {
    let filter =
        EnvFilter::try_from_env("PARINDEX_LOG").unwrap_or_else(|_| EnvFilter::new("warn,par_server=info"));
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

async fn serve(store: Store, listener: TcpListener, data: &Data) -> Result<Outcome, Failure> {
    log();
    let bound = listener.local_addr().map_err(|error| not_served("cổng đã mở", &error))?;
    output::print(format!("Mở http://{bound}/ bằng trình duyệt. Nhấn Ctrl+C để dừng.\n"))?;
    let app =
        App { years: Arc::new(Years::of(store.clone()).worded_by(Wordings::DataFolder(data.folder()))) };
    listen::serve(router(app), listener).await.map_err(|error| not_served(bound, &error))?;
    store.close().await;
    Ok(Outcome::Sound)
}
