//! PostgreSQL that stops answering or dies: readers go on reading, who writes is told at once.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::postgres;

const YEAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/lai-chau-2020");

fn parindex(arguments: &[&str], database: &str, data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
    command.args(arguments).args(["--database", database, "--data"]).arg(data);
    command
}

fn told(command: &mut Command) -> (i32, String) {
    let output = command.output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap_or(-1), said)
}

/// The program, ended with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The processes of a server of our own; they go on when the test ends.
struct Processes(PathBuf);

impl Processes {
    fn signal(&self, name: &str) {
        let Ok(file) = fs::read_to_string(self.0.join("data/postmaster.pid")) else { return };
        let first = file.lines().next().unwrap().to_owned();
        let parent = format!("PPid:\t{first}");
        let is_child = |pid: &String| {
            let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
            status.lines().any(|line| line == parent)
        };
        let all =
            fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let children: Vec<String> = all.filter(is_child).collect();
        // A process that has ended meanwhile needs no signal.
        let _ = Command::new("kill").arg(format!("-{name}")).arg(&first).args(children).status().unwrap();
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        self.signal("CONT");
    }
}

#[test]
fn readers_are_answered_and_writers_told_while_postgresql_is_away() {
    let (server, place) = (postgres::server(), tempfile::TempDir::new().unwrap());
    let database = server.url("postgres");
    let (data, other) = (place.path().join("data"), place.path().join("khac"));
    // An empty database is filled, as `import` says it will be.
    let mut demo = parindex(&["demo", "--listen", "127.0.0.1:0"], &database, &data);
    let mut served = Served(demo.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(served.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split_once("http://").and_then(|(_, rest)| rest.split('/').next());
    let address = address.unwrap_or_else(|| panic!("no address in {line}")).to_owned();
    let read = |when: &str| {
        for path in ["/", "/ket-qua/2020", "/ket-qua/2020/linh-vuc", "/cong-bo/2020/1/standing/units.csv"] {
            let mut stream = TcpStream::connect(&address).unwrap();
            // Not how fast it is, but that it does not wait for the database, which never answers.
            stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
            write!(stream, "GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            assert!(answer.starts_with(b"HTTP/1.1 200 "), "{path}, {when}");
        }
    };
    let written = |when: &str, words: &str| {
        for command in [&["import", YEAR][..], &["publish"], &["check"], &["backup", "b.zip"]] {
            let (code, said) = told(parindex(command, &database, &other).current_dir(place.path()));
            assert!(code == 3 && said.contains(words), "{command:?}, {when}: {code} {said}");
            assert!(said.contains("cơ sở dữ liệu PostgreSQL: "), "{command:?}, {when}: {said}");
        }
        assert!(
            !place.path().join("b.zip").exists() && !other.join("wording/2020/findings.toml").exists(),
            "{when}"
        );
    };
    read("while it answers");
    let (code, said) = told(&mut parindex(&["import", YEAR], &database, &other));
    assert!(code == 1 && said.contains("năm 2020 đã có"), "{code}: {said}");
    // The server of somebody else is not stopped.
    let Some((_, own)) = database.split_once("host=") else { return };
    let processes = Processes(PathBuf::from(own));
    processes.signal("STOP");
    written("stopped", "PostgreSQL không trả lời trong 3 giây");
    read("stopped");
    processes.signal("CONT");
    assert_eq!(told(&mut parindex(&["check"], &database, &data)).0, 0);
    processes.signal("KILL");
    written("killed", "không tới được cơ sở dữ liệu");
    read("killed");
}
