//! Storms on the real program: connections that do nothing, heads that grow, every address there is.

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// More than the program has room for, and fewer than the system lets one process open.
const CONNECTIONS: usize = 900;
/// What the server may take of memory, whatever it is asked.
const MEGABYTES: u64 = 120;

/// The demonstration, served.
struct Server {
    child: Child,
    address: String,
    _folder: TempDir,
}

impl Server {
    fn start() -> Server {
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_parindex"))
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path())
            // Arenas of the allocator are no memory of the program.
            .env("MALLOC_ARENA_MAX", "2")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_once("http://").and_then(|(_, rest)| rest.split('/').next());
        let address = address.unwrap_or_else(|| panic!("no address in {line}")).to_owned();
        Server { child, address, _folder: folder }
    }

    fn connect(&self) -> Reader {
        let stream = TcpStream::connect(&self.address).unwrap();
        Reader { stream: BufReader::new(stream) }
    }

    /// Megabytes in memory now.
    fn megabytes(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection that is kept.
struct Reader {
    stream: BufReader<TcpStream>,
}

impl Reader {
    fn send(&mut self, bytes: &[u8]) {
        // Whoever is cut while sending is cut.
        let _ = self.stream.get_mut().write_all(bytes);
    }

    /// Asks, and reads the answer: its status and body.
    fn ask(&mut self, path: &str, headers: &str) -> (u16, Vec<u8>) {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: h\r\n{headers}\r\n").as_bytes());
        let (mut status, mut length, mut line) = (0, 0, String::new());
        while self.stream.read_line(&mut line).unwrap() > 2 {
            let low = line.to_ascii_lowercase();
            if let Some(rest) = low.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().unwrap();
            }
            if let Some(rest) = low.strip_prefix("content-length:") {
                length = rest.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        (status, body)
    }
}

#[test]
fn a_reader_is_answered_while_others_hold_connections_and_do_nothing() {
    let server = Server::start();
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec();
    let deaf = b"GET /ket-qua/2020 HTTP/1.1\r\nHost: h\r\n\r\n".repeat(120);
    let kinds = [Vec::new(), b"GET /ket-qua/2020 HTTP/1.1\r\nHost:".to_vec(), preface, deaf];
    for first in kinds {
        let mut held = Vec::new();
        for _ in 0..CONNECTIONS {
            let mut reader = server.connect();
            reader.send(&first);
            held.push(reader);
        }
        for _ in 0..20 {
            assert_eq!(server.connect().ask("/ket-qua/2020", "").0, 200);
        }
        drop(held);
    }
}

#[test]
fn memory_is_bounded_after_every_address_and_under_growing_heads() {
    let server = Server::start();
    let mut reader = server.connect();
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    while let Some(path) = waiting.pop_front() {
        let (status, body) = reader.ask(&path, "");
        assert!(status == 200 || status == 308, "{path}: {status}");
        let html = String::from_utf8_lossy(&body);
        for link in html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.replace("&#38;", "&").replace("&amp;", "&");
            let link = link.split('#').next().unwrap_or_default();
            // Documents are made one at a time and weigh; they have a test of their own.
            let page = link.starts_with('/') && !link.starts_with("/en") && !link.contains("/bao-cao/");
            if page && known.insert(link.to_owned()) {
                waiting.push_back(link.to_owned());
            }
        }
    }
    assert!(known.len() > 10_000, "{}", known.len());
    let crawled = server.megabytes();
    eprintln!("{} addresses: {crawled} MB", known.len());
    assert!(crawled <= MEGABYTES, "{crawled} MB after {} addresses", known.len());

    let long = "x".repeat(50_000);
    for number in 0..3_000 {
        let (path, headers) = match number % 3 {
            0 => (format!("/ket-qua/2020/tim.csv?x={number}{long}"), String::new()),
            1 => ("/ket-qua/2020/tim.csv".to_owned(), format!("X-Host: {number}{long}\r\n")),
            _ => (
                format!("/ket-qua/2020/tim.csv?x={number}"),
                format!("Accept-Encoding: identity\r\nX: {long}\r\n"),
            ),
        };
        assert_eq!(reader.ask(&path, &headers).0, 200);
    }
    for number in 0..20_000 {
        reader.ask(&format!("/ket-qua/2020/tim?q=a{number}"), "Cookie: a=b\r\n");
    }
    let grown = server.megabytes();
    eprintln!("under growing heads and 20,000 searches: {grown} MB");
    assert!(grown <= MEGABYTES, "{grown} MB");
}
