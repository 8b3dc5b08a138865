//! `parindex serve` and `parindex demo`: pages over a data folder.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::sync::Arc;

use clap::Args;
use par_store::journal::By;
use par_store::store::Store;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::{Data, Failure, Outcome, output, source};
use crate::exchange::folder;
use crate::ops::load;
use crate::ops::place::now_ms;
use crate::ops::years::Years;
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
    /// Địa chỉ và cổng phục vụ; cổng 0 để hệ thống tự chọn
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", env = "PARINDEX_LISTEN")]
    listen: SocketAddr,
}

impl Demo {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        super::runtime()?.block_on(async {
            let store = data.place().open().await.map_err(super::database)?;
            if store.years().await.map_err(super::database)?.is_empty() {
                output::progress(format!("Tạo năm minh họa trong {}", data.place().shown()));
                let year = match load::year_of(&folder::demo()) {
                    Ok(year) => year,
                    Err(problems) => return source::refused(problems),
                };
                let by = By { actor: "parindex demo", at_ms: now_ms() };
                store.import_year(&year, &by).await.map_err(super::database)?;
            }
            serve(store, self.listen.listen).await
        })
    }
}

impl Serve {
    pub(super) fn run(self, data: &Data) -> Result<Outcome, Failure> {
        super::existing(data)?;
        super::runtime()?.block_on(async {
            let store = data.place().open().await.map_err(super::database)?;
            serve(store, self.listen.listen).await
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

async fn serve(store: Store, address: SocketAddr) -> Result<Outcome, Failure> {
    log();
    let taken = |error: std::io::Error| {
        Failure::new(format!("không phục vụ được ở {address}: {error}"))
            .hint("cổng đang được dùng hoặc không được phép; chọn cổng khác bằng --listen 127.0.0.1:PORT")
    };
    let listener = TcpListener::bind(address).await.map_err(taken)?;
    let bound = listener.local_addr().map_err(taken)?;
    output::print(format!("Mở http://{bound}/ bằng trình duyệt. Nhấn Ctrl+C để dừng.\n"))?;
    let app = App { years: Arc::new(Years::of(store.clone())) };
    listen::serve(router(app), listener).await.map_err(taken)?;
    store.close().await;
    Ok(Outcome::Sound)
}
