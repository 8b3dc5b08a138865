//! What the source has to look like, read as text: directions, forbidden words, sizes.

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A file of the repository: its path from the root, and its text.
type File = (String, String);

fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(&Path::new(ROOT).join(folder), ending, &mut found);
    found.sort();
    assert!(!found.is_empty(), "{folder} holds no {ending:?}");
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<File>) {
    let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in entries {
        if path.is_dir() {
            walk(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            let name = path.strip_prefix(ROOT).unwrap().to_string_lossy().into_owned();
            let text = fs::read(&path).unwrap();
            found.push((name, String::from_utf8_lossy(&text).into_owned()));
        }
    }
}

/// All Rust of the crates, tests included, but not this file, which names what it forbids.
fn rust() -> Vec<File> {
    let mut all = files("crates", ".rs");
    all.extend(files("e2e", ".rs"));
    all.retain(|(path, _)| !path.ends_with("tests/it/tidy.rs"));
    all
}

/// Sources of the crates without examples and tests.
fn sources() -> Vec<File> {
    let mut all = files("crates", ".rs");
    all.retain(|(path, _)| path.contains("/src/"));
    for (_, text) in &mut all {
        if let Some(tests) = text.find("#[cfg(test)]") {
            text.truncate(tests);
        }
    }
    all
}

/// Lines that `forbidden` picks, as `path:line: text`.
fn lines(files: &[File], forbidden: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        for (line, number) in text.lines().zip(1..) {
            if forbidden(path, line) {
                found.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    found
}

fn none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}\n{}", found.join("\n"));
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Whether `word` stands in `line` with nothing of a name around it.
fn has_word(line: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

/// Names of the dependencies in a section of a manifest.
fn dependencies(of: &str, section: &str) -> Vec<String> {
    let manifest = fs::read_to_string(Path::new(ROOT).join("crates").join(of).join("Cargo.toml")).unwrap();
    let lines = manifest.lines().skip_while(|line| *line != section).skip(1);
    let of_section = lines.take_while(|line| !line.starts_with('['));
    let name = |line: &str| line.split(['.', ' ', '=']).next().unwrap_or_default().to_owned();
    of_section.filter(|line| !line.trim().is_empty()).map(name).collect()
}

#[test]
fn crates_depend_only_downwards() {
    let core = dependencies("par-core", "[dependencies]");
    let store = dependencies("par-store", "[dependencies]");
    assert!(store.contains(&"par-core".to_owned()), "manifests are read: {store:?}");
    for world in ["par-store", "par-server", "tokio", "sqlx", "axum", "serde_json", "rand", "chrono"] {
        assert!(!core.iter().any(|one| one == world), "par-core depends on {world}");
    }
    assert!(!store.iter().any(|one| one == "par-server"), "par-store depends on par-server");
    let render = dependencies("par-render", "[dependencies]");
    for world in ["par-store", "par-server", "tokio", "axum"] {
        assert!(!render.iter().any(|one| one == world), "par-render depends on {world}");
    }
    for section in ["[dependencies]", "[dev-dependencies]"] {
        let server = dependencies("par-server", section);
        assert!(!server.iter().any(|one| one == "sqlx"), "par-server reaches the database around par-store");
    }
}

#[test]
fn the_core_computes_without_binary_floating_point() {
    let mut core = files("crates/par-core/src", ".rs");
    let number = |_: &str, line: &str| !is_comment(line) && (has_word(line, "f64") || has_word(line, "f32"));
    none("floating point in par-core", &lines(&core, number));
    core.retain(|(path, _)| path.ends_with("src/lib.rs"));
    assert!(core[0].1.contains("#![deny(clippy::float_arithmetic)]"));
}

#[test]
fn only_the_store_contains_sql() {
    let statement = |path: &str, line: &str| {
        let outside = !path.starts_with("crates/par-store/");
        outside && line.match_indices('"').any(|(at, _)| is_statement(&line[at + 1..]))
    };
    none("SQL outside par-store", &lines(&rust(), statement));
    assert!(
        !lines(&files("crates/par-store/src", ".rs"), |_, line| {
            line.match_indices('"').any(|(at, _)| is_statement(&line[at + 1..]))
        })
        .is_empty()
    );
}

fn is_statement(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("insert into ")
        || text.starts_with("delete from ")
        || (text.starts_with("select ") && text.contains(" from "))
        || (text.starts_with("update ") && text.contains(" set "))
}

#[test]
fn nothing_ends_the_program_without_saying_why() {
    let bare = |_: &str, line: &str| !is_comment(line) && line.contains(".unwrap()");
    none("unwrap outside tests", &lines(&sources(), bare));
}

#[test]
fn days_are_counted_and_the_clock_is_read_in_one_place() {
    let calendar = ["146_097", "719_468", "719_163", "% 400"];
    let found = lines(&sources(), |path, line| {
        let counts =
            path != "crates/par-core/src/moment.rs" && calendar.iter().any(|sign| line.contains(sign));
        counts || (path != "crates/par-server/src/ops/clock.rs" && line.contains("SystemTime::now"))
    });
    none("a second calendar or clock", &found);
}

#[test]
fn everything_printed_survives_a_closed_or_full_stream() {
    let direct = ["println!", "print!", "eprintln!", "eprint!"];
    let found = lines(&sources(), |path, line| {
        path.starts_with("crates/par-server/") && direct.iter().any(|word| has_word(line, word))
    });
    none("printed without cli::output", &found);
}

#[test]
fn nothing_is_left_unfinished() {
    let left = ["todo!", "dbg!", "unimplemented!", "TODO", "FIXME"];
    let found = lines(&rust(), |_, line| left.iter().any(|word| has_word(line, word)));
    none("left unfinished", &found);
}

#[test]
fn parts_of_the_server_use_only_what_stands_below_them() {
    let server = "crates/par-server/src/";
    let wrong = |path: &str, line: &str| {
        let Some(path) = path.strip_prefix(server) else { return false };
        if is_comment(line) {
            return false;
        }
        let below = ["ops", "exchange", "messages"];
        let is_below = below
            .iter()
            .any(|part| path.strip_prefix(part).is_some_and(|rest| rest.starts_with('/') || rest == ".rs"));
        let to_web = is_below && line.contains("crate::web");
        let to_cli =
            !path.starts_with("cli/") && path != "main.rs" && path != "lib.rs" && line.contains("crate::cli");
        // Values in, words out: these open nothing.
        let pure = path.starts_with("messages/");
        let to_ops = (pure || path.starts_with("exchange/")) && line.contains("crate::ops");
        to_web || to_cli || to_ops
    };
    none("an edge that ARCHITECTURE.md does not have", &lines(&sources(), wrong));
}

#[test]
fn every_module_begins_with_what_it_is() {
    let without: Vec<String> =
        rust().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    none("files without a first line that says what they are", &without);
}

/// Files that may be longer than 500 lines, with the reason.
const LONG: [(&str, &str); 1] =
    [("crates/par-core/src/problem.rs", "one list of all that can be wrong in a file, data only")];

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let mut long: Vec<String> = files("crates", ".rs")
        .into_iter()
        .filter(|(path, text)| path.contains("/src/") && text.lines().count() > 500)
        .map(|(path, _)| path)
        .collect();
    long.retain(|path| !LONG.iter().any(|(allowed, _)| allowed == path));
    none("files over 500 lines", &long);
}

#[test]
fn commands_and_pages_reach_the_store_through_ops() {
    let around = lines(&sources(), |path, line| {
        let path = path.strip_prefix("crates/par-server/src/").unwrap_or_default();
        (path.starts_with("cli/") || path.starts_with("web/"))
            && !is_comment(line)
            && line.contains("par_store")
    });
    none("the store reached around ops", &around);
}

/// Functions that may be longer than 70 lines, with the reason.
const LONG_FUNCTIONS: [(&str, &str); 5] = [
    ("crates/par-server/src/messages/recheck.rs finding", "one sentence a kind of finding, exhaustive"),
    ("crates/par-core/src/lint/tables.rs compare", "one arm a kind of column, and what each is held against"),
    ("crates/par-server/src/messages/problems.rs sentence", "one sentence a kind of problem, exhaustive"),
    ("crates/par-server/src/messages/database.rs fact", "one sentence a fact, exhaustive"),
    ("crates/par-server/src/messages/lint.rs finding", "one sentence a kind of finding, exhaustive"),
];

#[test]
fn no_function_is_longer_than_a_reader_can_hold() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        let text: Vec<&str> = text.lines().collect();
        for (at, line) in text.iter().enumerate() {
            let Some(name) = function(line) else { continue };
            let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
            let length = text[at..].iter().position(|line| *line == end).map_or(1, |end| end + 1);
            // A function of one line ends there; the brace found is another's.
            if length > 70 && !line.ends_with('}') && !line.ends_with(';') {
                long.push(format!("{path} {name}"));
            }
        }
    }
    let known: Vec<&str> = LONG_FUNCTIONS.iter().map(|(name, _)| *name).collect();
    let gone: Vec<&&str> = known.iter().filter(|name| !long.iter().any(|one| one == *name)).collect();
    assert!(gone.is_empty(), "functions that need no exception any more: {gone:?}");
    long.retain(|name| !known.contains(&name.as_str()));
    none("functions over 70 lines", &long);
}

/// The name of the function that a line begins.
fn function(line: &str) -> Option<&str> {
    let mut words = line
        .split_whitespace()
        .skip_while(|word| word.starts_with("pub") || ["const", "async", "unsafe"].contains(word));
    let name = words.next().filter(|word| *word == "fn").and(words.next())?;
    name.split(['(', '<']).next()
}

#[test]
fn data_names_no_path_of_the_machine_it_was_made_on() {
    let mut data = files("frameworks", "");
    data.extend(files("demo", ""));
    let machine = ["/home/", "/work/", "/tmp/", "/root/", "/Users/", "C:\\"];
    let found = lines(&data, |_, line| machine.iter().any(|path| line.contains(path)));
    none("paths of a machine in the data", &found);
}
