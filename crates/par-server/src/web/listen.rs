//! Serving: our own accept loop, since the framework's has no limit on how long a connection may be open
//! and do nothing.
//!
//! Must not know: what is answered.

mod activity;
mod connections;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tower::ServiceExt;

use activity::{Activity, Watched};
use connections::{Connections, Ended};

/// How much a server takes on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once. When one more comes, the one that has done nothing longest goes.
    pub connections: usize,
    /// Connections of one address at once, before its own have to go.
    pub share: usize,
    /// How long a connection may do nothing: send no whole request, take nothing of an answer.
    pub silence: Duration,
    /// How long answers under way may take when the program is told to stop.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 768,
            share: 256,
            silence: Duration::from_secs(10),
            farewell: Duration::from_secs(15),
        }
    }
}

/// Bytes of a request's head, and of an answer waiting in the process.
const BUFFER: usize = 64 * 1024;
/// Pause when the system refuses connections, for example out of file handles.
const BACK_OFF: Duration = Duration::from_millis(100);

/// Serves on a bound address (bound by the caller, who can say which port it became) until the process is
/// told to stop (SIGINT, SIGTERM); answers under way are finished.
///
/// # Errors
/// When signals cannot be watched.
pub async fn serve(router: Router, listener: TcpListener) -> io::Result<()> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let told_to_stop = async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    serve_until(router, listener, Limits::default(), told_to_stop).await;
    Ok(())
}

/// Serves within limits until `stop` is done; answers under way are finished.
pub async fn serve_until(
    router: Router,
    listener: TcpListener,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let connections = Connections::of(limits);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &connections) => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, address)) => open(&router, &connections, stream, address, limits.silence),
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(BACK_OFF).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.farewell, connections.close()).await.is_err() {
        tracing::warn!("stopped with answers still under way");
    }
}

/// The next connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    connections: &Arc<Connections>,
) -> io::Result<(TcpStream, SocketAddr)> {
    connections.room().await;
    listener.accept().await
}

/// Serves a connection in a task of its own, until it ends or has to go.
fn open(
    router: &Router,
    connections: &Arc<Connections>,
    stream: TcpStream,
    address: SocketAddr,
    silence: Duration,
) {
    let activity = Arc::new(Activity::new(silence));
    let mut entry = connections.enter(address.ip(), &activity);
    let router = router.clone();
    tokio::spawn(async move {
        let io = TokioIo::new(Watched::of(stream, Arc::clone(&activity)));
        let answering = Arc::clone(&activity);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(address));
            let (router, making) = (router.clone(), answering.begin());
            async move {
                let response = router.oneshot(request.map(Body::new)).await;
                drop(making);
                Ok::<_, Infallible>(response.unwrap_or_else(|never| match never {}))
            }
        });
        let mut builder = Builder::new();
        builder.max_buf_size(BUFFER);
        let mut connection = pin!(builder.serve_connection(io, service));
        let ended = tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection ended early");
                }
                return;
            }
            () = activity.overdue() => Ended::Silent,
            ended = entry.told() => ended,
        };
        match ended {
            Ended::Stop => {
                connection.as_mut().graceful_shutdown();
                // What is under way is finished; what is silent is not waited for.
                tokio::select! {
                    _ = connection => {}
                    () = activity.overdue() => {}
                }
            }
            Ended::Silent | Ended::Crowded => tracing::debug!(%address, ?ended, "a connection was cut"),
        }
    });
}
