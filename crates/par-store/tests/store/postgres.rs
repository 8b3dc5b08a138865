//! A PostgreSQL server of the test's own: started once a test binary, gone when the process ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Said when the server cannot be had.
const HOW: &str = "PostgreSQL is needed for this test: run the README's test command, which installs it, \
                   or name a server in PARINDEX_TEST_POSTGRES";

/// The URL of the server's maintenance database and the query that goes with it.
pub struct Server {
    base: String,
    query: String,
    // The server's shell waits on this pipe; the system closes it however this process ends.
    _shell: Option<Child>,
}

impl Server {
    /// The URL of a database of this server.
    pub fn url(&self, database: &str) -> String {
        format!("{}/{database}{}", self.base, self.query)
    }
}

/// The server named in `PARINDEX_TEST_POSTGRES`, or one of our own.
pub fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| match std::env::var("PARINDEX_TEST_POSTGRES") {
        Ok(url) => {
            let (rest, query) = url
                .split_once('?')
                .map_or((url.as_str(), String::new()), |(rest, query)| (rest, format!("?{query}")));
            let authority = rest.find("://").map_or(0, |at| at + 3);
            let end = rest[authority..].find('/').map_or(rest.len(), |at| authority + at);
            Server { base: rest[..end].to_owned(), query, _shell: None }
        }
        Err(_) => start(),
    })
}

fn start() -> Server {
    let binaries = binaries().unwrap_or_else(|| panic!("{HOW}"));
    let place = std::env::temp_dir().join(format!("parindex-test-postgres-{}", std::process::id()));
    fs::create_dir(&place).expect("the temporary folder can be written");
    let user = unprivileged();
    if let Some(user) = &user {
        run(Command::new("chown").arg(user).arg(&place));
    }
    let data = place.join("data");
    let mut initdb = as_user(&user, &binaries.join("initdb"));
    initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]);
    run(initdb.arg("-D").arg(&data));

    let mut shell = as_user(&user, Path::new("/bin/sh"));
    // Ends when the pipe closes, also when the test process was killed.
    shell.arg("-c").arg(
        r#""$1" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c max_connections=200 </dev/null >"$2/log" 2>&1 &
           cat >/dev/null; kill -INT $!; wait $!; rm -rf "$2""#,
    );
    shell.arg("parindex-test-postgres").arg(binaries.join("postgres")).arg(&place);
    // A process group of its own: Ctrl-C at the test ends the test, and then this by its pipe.
    std::os::unix::process::CommandExt::process_group(&mut shell, 0);
    let shell = shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let shell = shell.spawn().expect("a shell can be started");
    wait_for(&place);
    let query = format!("?host={}", place.display());
    Server { base: "postgres://postgres@localhost".to_owned(), query, _shell: Some(shell) }
}

/// Waits until the server says that it accepts connections.
fn wait_for(place: &Path) {
    let started = Instant::now();
    loop {
        let log = fs::read_to_string(place.join("log")).unwrap_or_default();
        if log.contains("ready to accept connections") {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "PostgreSQL does not start: {log}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The folder of `initdb` and `postgres`: the newest below /usr/lib/postgresql, or from the PATH.
fn binaries() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = installed.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// PostgreSQL refuses to run as root: the name of a user to run it as, when we are root.
fn unprivileged() -> Option<String> {
    let id = |args: &[&str]| Command::new("id").args(args).output().expect("id is part of every system");
    let root = String::from_utf8_lossy(&id(&["-u"]).stdout).trim() == "0";
    root.then(|| {
        let known = ["postgres", "nobody"].into_iter().find(|user| id(&["-u", user]).status.success());
        known.expect("a system has the user nobody").to_owned()
    })
}

fn as_user(user: &Option<String>, program: &Path) -> Command {
    let mut command = match user {
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    command.current_dir("/");
    command
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}; {HOW}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}
