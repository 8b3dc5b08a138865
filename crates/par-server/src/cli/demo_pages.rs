//! `parindex demo-pages`: the public pages of the built-in year, for looking at them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use clap::Args;

use super::{Failure, Outcome, serve};
use crate::exchange::folder;
use crate::ops::load::{self, NoYear};
use crate::ops::years::Years;
use crate::web::{App, router};

/// Serve the public pages of the built-in demonstration year.
#[derive(Args)]
pub struct DemoPages {
    /// The port on this machine; 0 for any free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

impl DemoPages {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let year = match load::year_of(&folder::demo()) {
            Ok(year) => year,
            Err(NoYear::Unreadable(unreadable)) => return Err(super::unreadable(&unreadable)),
            Err(NoYear::Problems(problems)) => {
                super::report(&problems);
                return Ok(Outcome::Problems);
            }
        };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let app = App { years: Arc::new(Years::fixed([year])) };
        let runtime = tokio::runtime::Runtime::new().map_err(Failure::new)?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(address).await?;
            println!("http://{}/", listener.local_addr()?);
            serve::serve(router(app), listener).await
        });
        served.map_err(|error| {
            Failure::new(format!("cannot serve on {address}: {error}")).hint("choose another --port")
        })?;
        Ok(Outcome::Sound)
    }
}
