//! A server of our own and a headless Chromium driven over WebDriver.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use tempfile::TempDir;

const AXE: &str = include_str!("axe/axe.min.js");

/// The real binary serving the demo year from an empty folder.
pub struct Server {
    process: Child,
    address: String,
    _folder: TempDir,
}

impl Server {
    /// Starts `parindex demo` on a free port and waits until it says where it listens.
    pub async fn demo() -> Server {
        let folder = TempDir::new().expect("a temporary folder");
        let mut process = Command::new(env!("CARGO_BIN_EXE_parindex"))
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output is ours")).lines();
        let address = loop {
            let line = lines.next().expect("it says where it listens before it ends").expect("text");
            if let Some(at) = line.find("http://") {
                let address = line[at..].split_whitespace().next().unwrap_or_default();
                break address.trim_end_matches('/').to_owned();
            }
        };
        Server { process, address, _folder: folder }
    }

    /// The full address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A Chromium with a profile of its own.
pub struct Browser {
    client: Client,
    driver: Child,
    port: u16,
    _profile: TempDir,
}

impl Browser {
    /// Starts chromedriver on a free port and a headless browser with a wide window.
    pub async fn start() -> Browser {
        Browser::with(json!({ "args": ["--window-size=1280,900"] })).await
    }

    /// The same as a telephone: a window of Chromium is never narrower than 500 px, so the device's
    /// measures are emulated.
    pub async fn telephone() -> Browser {
        let metrics = json!({ "width": 360, "height": 740, "pixelRatio": 1.0, "touch": true });
        Browser::with(json!({ "args": [], "mobileEmulation": { "deviceMetrics": metrics } })).await
    }

    /// The same as [`Browser::start`], keeping what pages complain of.
    pub async fn logging() -> Browser {
        Browser::with(json!({ "args": ["--window-size=1280,900"] })).await
    }

    async fn with(mut options: Value) -> Browser {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver is missing: run ./test, which installs it");
        let mut lines = BufReader::new(driver.stdout.take().expect("its output is ours")).lines();
        let port: u16 = loop {
            let line = lines.next().expect("chromedriver says its port").expect("text");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').parse().expect("a port is a number");
            }
        };
        let profile = TempDir::new().expect("a temporary folder");
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ];
        let given = options["args"].as_array_mut().expect("a list of arguments");
        given.extend(arguments.map(Value::from));
        given.push(format!("--user-data-dir={}", profile.path().display()).into());
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the browser starts");
        Browser { client, driver, port, _profile: profile }
    }

    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.expect("the page opens");
    }

    /// Follows the first link whose text contains `text`.
    pub async fn follow(&self, text: &str) {
        let link = self
            .client
            .find(Locator::XPath(&format!("//main//a[contains(normalize-space(.), '{text}')]")))
            .await;
        let link = match link {
            Ok(link) => link,
            Err(_) => panic!("no link {text:?} on {}:\n{}", self.address().await, self.text().await),
        };
        link.click().await.expect("the link can be followed");
    }

    /// Follows the link to the page in the other language.
    pub async fn change_language(&self) {
        let link = self.client.find(Locator::Css("a.language")).await.expect("every page has one");
        link.click().await.expect("the link can be followed");
    }

    pub async fn press_tab(&self) {
        let body = self.client.find(Locator::Css("body")).await.expect("a body");
        body.send_keys(&Key::Tab.to_string()).await.expect("the key can be pressed");
    }

    /// Sends the search form of the page's head.
    pub async fn search(&self, words: &str) {
        let field = self.client.find(Locator::Css("input[type=search]")).await.expect("a search field");
        field.send_keys(&format!("{words}{}", Key::Enter)).await.expect("the field can be filled");
        // The answer is another page: it is there when its address is.
        let wait = self.client.wait().at_most(Duration::from_secs(20));
        wait.for_element(Locator::Css("#tim-thay li, main .table-block a"))
            .await
            .expect("something is found");
    }

    /// What pages have complained of so far: script errors, files that are not there.
    pub async fn errors(&self) -> Vec<String> {
        let session = self.client.session_id().await.expect("a session").expect("its id");
        // The driver of the protocol has no words for this extension, so it is asked directly.
        let body = r#"{"type":"browser"}"#;
        let request = format!(
            "POST /session/{session}/se/log HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        );
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).expect("chromedriver listens");
        connection.write_all(request.as_bytes()).expect("it reads");
        // The driver keeps the connection open: what it says of the length says where the answer ends.
        let mut answer = BufReader::new(connection);
        let mut length = 0;
        loop {
            let mut line = String::new();
            answer.read_line(&mut line).expect("it answers");
            let line = line.trim().to_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length is a number");
            }
            if line.is_empty() {
                break;
            }
        }
        let mut content = vec![0; length];
        answer.read_exact(&mut content).expect("the whole answer comes");
        let log: Value = serde_json::from_slice(&content).expect("JSON");
        let log = &log["value"];
        let entries = log.as_array().expect("a list").iter();
        let severe = entries.filter(|entry| entry["level"] == "SEVERE");
        severe.map(|entry| entry["message"].to_string()).collect()
    }

    pub async fn text(&self) -> String {
        self.client.find(Locator::Css("main")).await.expect("a main part").text().await.expect("text")
    }

    pub async fn address(&self) -> String {
        self.client.current_url().await.expect("an address").to_string()
    }

    pub async fn number(&self, script: &str) -> i64 {
        self.run(script).await.as_i64().expect("a number")
    }

    pub async fn string(&self, script: &str) -> String {
        self.run(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Violations of WCAG 2.2 A and AA and of best practice found by axe, a line each.
    pub async fn axe(&self) -> Vec<String> {
        self.run(AXE).await;
        let script =
            "const done = arguments[arguments.length - 1]; axe.run(document).then(r => done(r.violations));";
        let found = self.client.execute_async(script, Vec::new()).await.expect("axe runs");
        let line = |violation: &Value| {
            let nodes = violation["nodes"].as_array().map_or(0, Vec::len);
            format!(
                "{} ({}): {} places, first {}",
                violation["id"], violation["help"], nodes, violation["nodes"][0]["html"]
            )
        };
        found.as_array().expect("a list").iter().map(line).collect()
    }

    async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.expect("the script runs")
    }

    /// Closes the window; the browser's processes end with their driver.
    pub async fn stop(self) {
        let _ = self.client.clone().close().await;
    }
}

impl Drop for Browser {
    /// Also when a test panics: asked to shut down, chromedriver ends its browser too; a killed one
    /// would leave it behind.
    fn drop(&mut self) {
        if let Ok(mut connection) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = connection.set_read_timeout(Some(Duration::from_secs(5)));
            let request = format!(
                "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
                self.port
            );
            let _ = connection.write_all(request.as_bytes());
            let _ = connection.read_to_end(&mut Vec::new());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
