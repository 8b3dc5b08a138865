//! The program from a shell: what it leaves behind, how it ends, what it says when it cannot go on.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Runs the program in a folder; its exit code, standard output and standard error.
fn run(place: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_parindex"))
        .current_dir(place)
        .args(arguments)
        .output()
        .expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().expect("not killed"), text(&output.stdout), text(&output.stderr))
}

fn place() -> tempfile::TempDir {
    tempfile::TempDir::new().expect("a temporary folder")
}

#[test]
fn a_database_that_is_no_postgres_address_is_wrong_usage_and_makes_no_file() {
    let place = place();
    let (code, _, told) = run(place.path(), &["check", "--database", "foo:secret"]);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("postgres://") && !told.contains("secret"), "{told}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn reading_changes_no_file_that_is_not_ours() {
    let place = place();
    let data = place.path().join("data");
    fs::create_dir(&data).unwrap();
    for bytes in [Vec::new(), "không phải cơ sở dữ liệu ".repeat(400).into_bytes()] {
        let file = data.join("parindex.sqlite");
        fs::write(&file, &bytes).unwrap();
        for command in
            [&["check"][..], &["score"], &["explain", "SNV"], &["serve", "--listen", "127.0.0.1:0"]]
        {
            let (code, out, told) = run(place.path(), command);
            assert_eq!((code, out.as_str()), (1, ""), "{command:?}: {told}");
            assert!(told.contains("parindex") && !told.contains("file is not"), "{told}");
        }
        assert_eq!(fs::read(&file).unwrap(), bytes);
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
    }
}

#[test]
fn exit_codes_tell_wrong_data_from_wrong_usage() {
    let place = place();
    let data = place.path().join("data");
    let data = data.to_str().unwrap();
    let root = Path::new(ROOT);
    assert_eq!(run(root, &["import", "demo/lai-chau-2020", "--data", data]).0, 0);
    let (code, _, told) = run(root, &["import", "demo/lai-chau-2020", "--data", data]);
    assert!(code == 1 && told.contains("đã có"), "{code}: {told}");
    for command in ["score", "explain", "analyse", "report", "package", "publish"] {
        let (code, _, told) = run(root, &[command, "--year", "99999"]);
        assert!(code == 2 && told.contains("năm có bốn chữ số"), "{command}: {code}: {told}");
    }
    let (code, _, told) = run(root, &["score", "README.md"]);
    assert!(code == 2 && told.contains("không phải thư mục"), "{code}: {told}");
    let (code, _, told) = run(root, &["score", "khong-co"]);
    assert!(code == 2 && !told.contains("os error"), "{code}: {told}");
    let (code, _, told) = run(place.path(), &["recheck", "a.csv", "--mean", "5"]);
    assert!(code == 2 && told.contains("TÊN=GIÁ TRỊ"), "{code}: {told}");
}

#[test]
fn a_demo_whose_port_is_taken_leaves_nothing_behind() {
    let place = place();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, _, told) = run(place.path(), &["demo", "--listen", &address]);
    assert!(code == 3 && told.contains("đang được chương trình khác dùng"), "{code}: {told}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    let (code, _, told) = run(place.path(), &["demo", "--listen", "8080"]);
    assert!(code == 2 && told.contains("localhost:8080"), "{code}: {told}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_a_failure_and_no_panic() {
    for stream in ["out", "both"] {
        let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
        let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
        command.current_dir(ROOT).args(["framework", "check", "frameworks/xa-2025"]).stdout(full());
        command.stderr(if stream == "both" { full() } else { Stdio::piped() });
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{stream}");
        if stream == "out" {
            assert!(String::from_utf8_lossy(&output.stderr).contains("ổ đĩa đã đầy"));
        }
    }
}
