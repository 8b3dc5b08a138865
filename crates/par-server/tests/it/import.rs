//! An import is whole or nothing, its wording included, whenever the program is killed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const YEAR: &str = "demo/lai-chau-2020";

fn parindex(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
    command.current_dir(ROOT).args(arguments).arg("--data").arg(data);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn succeeds(data: &Path, arguments: &[&str]) -> bool {
    parindex(data, arguments).status().unwrap().success()
}

/// What an import leaves beside the database, by name: the year's own wording.
fn wording(data: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(data.join("wording/2020")) else { return Vec::new() };
    let mut files: Vec<(PathBuf, Vec<u8>)> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'))
        .map(|path| (path.file_name().unwrap().into(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Kills imports at moments spread over the time that one takes.
pub fn killed(times: u32) {
    let place = tempfile::TempDir::new().unwrap();
    let whole = place.path().join("whole");
    let started = Instant::now();
    assert!(succeeds(&whole, &["import", YEAR]));
    let (lasts, expected) = (started.elapsed(), wording(&whole));
    assert!(!expected.is_empty(), "the demonstration has wording of its own");
    let mut without_year = 0;
    for time in 1..=times {
        let data = place.path().join(format!("killed-{time}"));
        let mut import = parindex(&data, &["import", YEAR]).spawn().unwrap();
        let until = Instant::now() + lasts * time / (times + 1);
        while Instant::now() < until && import.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let _ = import.kill();
        import.wait().unwrap();
        if succeeds(&data, &["score"]) {
            assert_eq!(wording(&data), expected, "a year without its wording, killed at {until:?}");
            continue;
        }
        without_year += 1;
        assert!(succeeds(&data, &["import", YEAR]), "what a killed import left does not stand in the way");
        assert_eq!(wording(&data), expected);
        let left = data.join("wording/2020/.dang-nhap");
        assert!(!left.exists());
        // The database is the same each time: it need not be looked through eighty times.
        assert!(without_year > 1 || succeeds(&data, &["check"]));
    }
    assert!(without_year > 0, "some kills come before the year is there");
}

#[test]
fn a_killed_import_leaves_a_year_with_its_wording_or_nothing_in_the_way() {
    killed(5);
}

#[test]
fn wording_of_a_killed_import_makes_way_for_that_of_the_next() {
    let place = tempfile::TempDir::new().unwrap();
    let (data, folder) = (place.path().join("data"), place.path().join("data/wording/2020"));
    fs::create_dir_all(&folder).unwrap();
    // As an import leaves it that was killed after its wording was laid and before its rows were there.
    let laid = b"left behind\n".as_slice();
    let hash = par_server::exchange::package::sha256(laid);
    fs::write(folder.join("findings.toml"), laid).unwrap();
    fs::write(folder.join("report-1-trien-khai.txt"), "edited since\n").unwrap();
    let edited = par_server::exchange::package::sha256(b"as it was laid\n");
    let mark = format!("{hash}  findings.toml\n{edited}  report-1-trien-khai.txt\n");
    fs::write(folder.join(".dang-nhap"), mark).unwrap();
    assert!(succeeds(&data, &["import", YEAR]));
    let own = fs::read(Path::new(ROOT).join(YEAR).join("wording/findings.toml")).unwrap();
    assert_eq!(fs::read(folder.join("findings.toml")).unwrap(), own);
    let kept = fs::read_to_string(folder.join("report-1-trien-khai.txt")).unwrap();
    assert_eq!(kept, "edited since\n", "what somebody wrote stays");
}

#[test]
fn a_second_import_of_a_year_changes_nothing() {
    let place = tempfile::TempDir::new().unwrap();
    let data = place.path().join("data");
    assert!(succeeds(&data, &["import", YEAR]));
    let own = data.join("wording/2020/findings.toml");
    fs::write(&own, "# sửa tại đây\n").unwrap();
    assert_eq!(parindex(&data, &["import", YEAR]).status().unwrap().code(), Some(1));
    assert_eq!(fs::read_to_string(&own).unwrap(), "# sửa tại đây\n");
    assert!(!data.join("wording/2020/.dang-nhap").exists());
}
