//! Connections that do nothing are cut, whatever they claim to be, and keep nobody else waiting.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use par_server::web::listen::{Limits, serve_until};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Far longer than a test takes: nothing is cut for its silence.
const NEVER: Duration = Duration::from_secs(3600);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n";

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

async fn serve(limits: Limits) -> Server {
    let router = Router::new()
        .route("/", get(async || "đây"))
        .route("/lon", get(async || "x".repeat(16 * 1024 * 1024)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(serve_until(router, listener, limits, async {
        stopped.await.unwrap();
    }));
    Server { address, stop, serving }
}

/// A connection that sends something and then nothing.
async fn connect(server: &Server, first: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(first).await.unwrap();
    stream
}

/// What the server sends until it ends the connection, kindly or not.
async fn until_cut(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    match stream.read_to_end(&mut said).await {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
    }
    String::from_utf8_lossy(&said).into_owned()
}

/// Asks on a connection of its own.
async fn reader(server: &Server) -> String {
    let mut stream = connect(server, b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").await;
    until_cut(&mut stream).await
}

#[tokio::test]
async fn silence_is_cut_in_whatever_protocol() {
    let server = serve(Limits { silence: Duration::from_millis(50), ..Limits::default() }).await;
    let preface: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    for first in [b"".as_slice(), b"G", b"GET / HTTP/1.1\r\nHost:", b"PRI * HTTP/2.0\r\n\r\n", preface] {
        until_cut(&mut connect(&server, first).await).await;
    }
    let said = until_cut(&mut connect(&server, REQUEST).await).await;
    assert!(said.starts_with("HTTP/1.1 200 OK") && said.ends_with("đây"), "answered, then cut: {said}");
}

#[tokio::test]
async fn who_opens_too_many_loses_those_that_are_silent_longest() {
    let limits = Limits { connections: 8, share: 4, silence: NEVER, ..Limits::default() };
    let server = serve(limits).await;
    let mut silent = Vec::new();
    for number in 0..20 {
        silent.push(connect(&server, if number % 2 == 0 { b"" } else { b"GET /" }).await);
    }
    assert!(reader(&server).await.ends_with("đây"), "a reader of the same address is answered");
    for stream in &mut silent[..17] {
        assert_eq!(until_cut(stream).await, "");
    }
    let mut last = silent.pop().unwrap();
    last.write_all(b" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").await.unwrap();
    assert!(until_cut(&mut last).await.ends_with("đây"), "the newest are still there");
}

#[tokio::test]
async fn who_asks_and_never_reads_is_cut_for_others() {
    let limits = Limits { connections: 8, share: 4, silence: NEVER, ..Limits::default() };
    let server = serve(limits).await;
    let mut deaf = Vec::new();
    for _ in 0..12 {
        deaf.push(connect(&server, &b"GET /lon HTTP/1.1\r\nHost: h\r\n\r\n".repeat(20)).await);
    }
    for _ in 0..3 {
        assert!(reader(&server).await.ends_with("đây"));
    }
    drop(deaf);
}

#[tokio::test]
async fn who_takes_nothing_of_an_answer_does_not_hold_up_the_end() {
    let limits = Limits { silence: Duration::from_millis(50), farewell: NEVER, ..Limits::default() };
    let server = serve(limits).await;
    let deaf = connect(&server, b"GET /lon HTTP/1.1\r\nHost: h\r\n\r\n").await;
    let silent = connect(&server, b"").await;
    server.stop.send(()).unwrap();
    server.serving.await.unwrap();
    drop((deaf, silent));
}

#[tokio::test]
async fn answers_under_way_are_finished_when_the_program_stops() {
    let server = serve(Limits { silence: NEVER, farewell: NEVER, ..Limits::default() }).await;
    let mut reading = connect(&server, b"GET /lon HTTP/1.1\r\nHost: h\r\n\r\n").await;
    let mut first = [0; 15];
    reading.read_exact(&mut first).await.unwrap();
    server.stop.send(()).unwrap();
    let rest = until_cut(&mut reading).await;
    assert!(rest.len() > 16 * 1024 * 1024, "{}", rest.len());
    server.serving.await.unwrap();
}
